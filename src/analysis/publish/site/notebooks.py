"""The executed notebooks as pages: their cells by nbconvert, their pictures as files beside them."""

from __future__ import annotations

import base64
import copy
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import nbformat
from markupsafe import Markup, escape
from nbconvert import HTMLExporter
from nbconvert.preprocessors.sanitize import SanitizeHTML

from analysis.provenance.way_back import REGISTER
from analysis.publish.site.documents import page_of
from analysis.publish.site.markdown import markdown, slug
from analysis.publish.site.page import INDEX, ROOTS, Place
from analysis.publish.site.words import Words, loader, marked_html
from analysis.records.files import png_size
from analysis.words.catalogue import locale

FOLDER, CLAIMS, DATA = "notebooks", "claims", "data"
CHART = re.compile(r'\bchart\("(?P<id>[a-z0-9-]+)"(?:, (?:"(?P<lang>en|zh)"|lang))?\)\s*$')
TITLE = re.compile(r"\A# (?P<title>[^\n]+)\n*")
HEADING = re.compile(r"^## (?P<words>[^\n]+)", re.MULTILINE)
BACK = re.compile(
    rf'href="{REGISTER}\.ipynb#(?P<kind>[a-z]+)/(?P<id>[^"]+)"'
)  # to a claim and the like
SAID = re.compile(r"(?P<text>.*?)(?P<back>\n\n<details class=\"way-back .*</details>)?", re.DOTALL)
ASSET, PAGE, CODE, TO_CHART, TAG = (
    "@@asset/",
    "@@page/",
    "@@code",
    "@@chart",
    "@@tag",
)  # what a language fills in
HEAD, EMPTY_HEAD = re.compile(r"<th\b"), re.compile(r"<th\b([^>]*)></th>")
FILE = re.compile(r'href="\.\./data/(?P<name>[\w/-]+\.csv)"')  # behind the caption of a table
TABLE_TAGS = ("table", "caption", "thead", "tbody", "tr", "th", "td", "a")
BACK_TAGS = ("details", "summary", "ul", "li", "a", "code", "span")
IN_CHINESE = "## 中文摘要"
SCALE = 144 / 96  # a stored picture has 144 dots an inch, a page 96


@dataclass(frozen=True, eq=False)
class Notebook:
    """A stored notebook, read.

    Parameters
    ----------
    name : str
        Stem of the file.
    cells : tuple of NotebookNode
        With identifiers, sources and outputs.
    """

    name: str
    cells: tuple[nbformat.NotebookNode, ...]

    @property
    def folder(self) -> str:
        """Folder of its page."""
        return f"{FOLDER}/{self.name}"

    @property
    def title(self) -> str:
        """Its first heading."""
        found = TITLE.match(self.cells[0].source) if self.cells else None
        return found["title"] if found else self.name

    @property
    def question(self) -> str:
        """The lines below the title, up to the first empty line, as Markdown."""
        return TITLE.sub("", self.cells[0].source).split("\n\n")[0] if self.cells else ""

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Anchor and words of its headings of the second level."""
        texts = [cell.source for cell in self.cells if cell.cell_type == "markdown"]
        return [(slug(words), words) for text in texts for words in HEADING.findall(text)]

    @functools.cached_property
    def charts(self) -> tuple[tuple[str, str, str], ...]:
        """Chart, language and cell of each chart that it shows."""
        found = (
            (cell.id, CHART.search(cell.source)) for cell in self.cells if cell.cell_type == "code"
        )
        return tuple((one["id"], one["lang"] or "en", cell_id) for cell_id, one in found if one)

    @functools.cached_property
    def pictures(self) -> dict[str, bytes]:
        """Pictures in its outputs, by path from the site's root."""
        return {path: content for path, _, content in self.outputs_with_pictures(self.cells)}

    @functools.cached_property
    def tables(self) -> tuple[str, ...]:
        """Files of the data folder that its tables link to."""
        shown = "".join(
            output.get("data", {}).get("text/html", "")
            for cell in self.cells
            for output in cell.get("outputs", [])
        )
        return tuple(dict.fromkeys(FILE.findall(shown)))

    def outputs_with_pictures(
        self, cells: Iterable[nbformat.NotebookNode]
    ) -> Iterator[tuple[str, nbformat.NotebookNode, bytes]]:
        """Path, output and bytes of each picture of cells of this notebook."""
        for cell in cells:
            for number, output in enumerate(cell.get("outputs", [])):
                if "image/png" in output.get("data", {}):
                    yield (
                        f"{self.folder}/{cell.id}-{number}.png",
                        output,
                        base64.b64decode(output.data["image/png"]),
                    )


def read(name: str, text: str) -> Notebook:
    """A notebook from its text."""
    return Notebook(name, tuple(nbformat.reads(text, as_version=4).cells))


def cell_of(
    notebooks: Iterable[Notebook], chart_id: str, home: str, lang: str
) -> tuple[Notebook, str] | None:
    """The notebook and cell that show a chart: its own notebook first, then its language."""
    found = [
        ((one.name != home, shown != lang), one, cell)
        for one in notebooks
        for name, shown, cell in one.charts
        if name == chart_id
    ]
    return min(found, key=lambda item: item[0])[1:] if found else None


def body(notebook: Notebook, place: Place, chart_ids: Iterable[str]) -> Markup:
    """The cells of a notebook as HTML, for one language of its page.

    Parameters
    ----------
    notebook : Notebook
    place : Place
        Where the page lies: pictures, charts and other notebooks are addressed from there.
    chart_ids : iterable of str
        Charts that have a page.
    """
    made, words = _converted(notebook, tuple(chart_ids)), Words(place.lang)
    if place.lang == "zh":
        made = _chinese_first(made, notebook)
    root = place.asset(".")
    for mark, text in (
        (ASSET, f"{root}/"),
        (PAGE, f"{root}/{ROOTS[place.lang]}"),
        (CODE, escape(words("code"))),
        (TO_CHART, escape(words("cell_chart"))),
        (TAG, locale(place.lang)),
    ):
        made = made.replace(mark, text)
    return Markup(made)


def _chinese_first(made: str, notebook: Notebook) -> str:
    """The page with its Chinese summary, if it has one, before everything else."""
    words = [cell.id for cell in notebook.cells if cell.cell_type == "markdown"]
    chinese = {cell.id for cell in notebook.cells if cell.source.startswith(IN_CHINESE)}
    begins = next((place for place, name in enumerate(words) if name in chinese), None)
    if begins is None:
        return made
    starts = [made.index(f'<section class="cell words" id="{name}">') for name in words]
    start, end = starts[begins], [*starts, len(made)][begins + 1]
    return made[start:end] + made[:start] + made[end:]


@functools.lru_cache(maxsize=64)
def _converted(notebook: Notebook, chart_ids: tuple[str, ...]) -> str:
    """The cells as HTML, once for both languages: addresses and words are marks."""
    cells = [copy.deepcopy(cell) for cell in notebook.cells]
    cells[0]["source"] = TITLE.sub("", cells[0].source)  # the page has it as its title
    charts = {
        cell: f"{PAGE}charts/{name}/{INDEX}"
        for name, _, cell in notebook.charts
        if name in chart_ids
    }
    spoken = {cell: locale(lang) for _, lang, cell in notebook.charts}
    for path, output, content in notebook.outputs_with_pictures(cells):
        width, height = (round(pixels / SCALE) for pixels in png_size(content))
        alt, cell_id = (
            output.metadata.get("image/png", {}).get("alt", ""),
            path.rpartition("/")[2].rpartition("-")[0],
        )
        output["metadata"] = nbformat.from_dict(
            {
                "site": {
                    "src": ASSET + path,
                    "width": width,
                    "height": height,
                    "alt": alt,
                    "tag": spoken.get(cell_id, "en"),
                    "chart": charts.get(cell_id, ""),
                }
            }
        )
    seen: list[str] = []
    exporter = HTMLExporter(
        extra_loaders=[loader()], template_name="basic", template_file="cells.html"
    )
    exporter.register_filter("markdown2html", lambda text: markdown(text, _marked, seen))
    exporter.register_filter("said2html", lambda text: _said(text, seen))
    exporter.register_filter("table2html", _table)
    made, _ = exporter.from_notebook_node(
        nbformat.v4.new_notebook(cells=cells),
        {"words": {"code": CODE, "cell_chart": TO_CHART, "tag": TAG}},
    )
    return marked_html(made, "en")


def _marked(address: str) -> str:
    folder, anchor, _ = page_of(address, f"{FOLDER}/")
    return f"{PAGE}{folder}/{INDEX}{anchor and '#'}{anchor}" if folder else ""


def _said(text: str, seen: list[str]) -> str:
    """A sentence, and closed behind it where its figures come from."""
    found = SAID.fullmatch(text)
    said, back = (found["text"], found["back"] or "") if found else (text, "")
    return str(markdown(said, _marked, seen)) + _way_back(back)


def _table(html: str) -> str:
    """A table of an output without anything but a table; its header cells say that they head columns."""
    table, end, back = html.partition("</table>")
    clean = EMPTY_HEAD.sub(r"<td\1></td>", _clean(table + end, TABLE_TAGS))
    return HEAD.sub('<th scope="col"', clean) + _way_back(back)


def _way_back(html: str) -> str:
    """Where figures come from; what a Chinese one says in English, such as a citation, is marked."""
    clean = _clean(html)
    chinese = f'lang="{locale("zh")}"' in clean
    return marked_html(clean, "zh", whole=True) if chinese else clean


def _clean(html: str, tags: tuple[str, ...] = BACK_TAGS) -> str:
    """HTML of an output without anything but some tags; what leads to the register leads to the page."""
    cleaner = SanitizeHTML(
        tags=list(tags),
        attributes={"*": ["style", "lang"], "a": ["href"], "details": ["class", "lang"]},
        styles=["text-align"],
    )
    clean = FILE.sub(rf'href="{ASSET}{DATA}/\g<name>"', cleaner.sanitize_html_tags(html))
    if f'lang="{locale("zh")}"' in clean:  # citations there hold both languages
        clean = marked_html(clean, "zh")
    return BACK.sub(lambda found: f'href="{_page_of(found["kind"], found["id"])}"', clean)


def _page_of(kind: str, name: str) -> str:
    """Each claim has a page; findings and series have a row of theirs."""
    return f"{PAGE}{kind}/{name}/{INDEX}" if kind == CLAIMS else f"{PAGE}{kind}/{INDEX}#{name}"
