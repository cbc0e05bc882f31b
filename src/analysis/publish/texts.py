"""A chart's texts beside its pictures: alt text, Markdown, a figure for web pages, the folder's README, citations."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from analysis import RELEASED, __version__
from analysis.plotting.style import SIZES, VARIANTS
from analysis.plotting.view import Chart
from analysis.provenance.citation import csl_json
from analysis.publish.chart_basis import LICENCE_ADDRESS, cited_sources, licence_title, sha256
from analysis.publish.exhibit import Exhibit
from analysis.publish.file_guide import PIXELS, may_not_say, may_say, picture_name, use
from analysis.publish.order import SHOWABLE
from analysis.publish.phrases import Phrases
from analysis.publish.reader_table import reading_table
from analysis.words.catalogue import LANGUAGES, locale
from analysis.words.dates import day
from analysis.words.units import unit_label

MOST_ROWS = 40  # of the table in Markdown
_MARKS = re.compile(r"([\\`*_\[\]|~$])")
_BEGINNINGS = re.compile(r"^([#+=-]|\d+(?=[.)](?:\s|$)))")
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def alt_text(exhibit: Exhibit, lang: str) -> bytes:
    """The alt text alone, for a field that asks for it."""
    return f"{exhibit.text(lang).alt}\n".encode()


def markdown(exhibit: Exhibit, lang: str, picture: str) -> bytes:
    """The chart as Markdown: headline, picture with alt text, note, source, table, citation.

    Parameters
    ----------
    exhibit : Exhibit
    lang : {"en", "zh"}
    picture : str
        Name of a picture of this chart, in the same folder.
    """
    known = _context(exhibit, lang, picture)
    return _rendered("chart.md", **known, rows=known["table"].rows[:MOST_ROWS])


def snippet(exhibit: Exhibit, lang: str, picture: str) -> bytes:
    """An HTML figure to paste into any page: picture, caption, and the data as a table that opens.

    It needs no script and asks for nothing but the picture. All text is escaped.

    Parameters
    ----------
    exhibit : Exhibit
    lang : {"en", "zh"}
    picture : str
        Name of a picture of this chart; an address that leads to it may be put before it.

    Raises
    ------
    ExportError
        If the name is none of a picture of this chart.
    """
    return _rendered("figure.html", **_context(exhibit, lang, picture))


def readme(exhibit: Exhibit, files: Mapping[str, bytes | str]) -> bytes:
    """The README of a chart's folder, in English and then in Chinese.

    Parameters
    ----------
    exhibit : Exhibit
    files : mapping
        The other files by name: their bytes, or their SHA-256 in hexadecimal digits.
    """
    parts = [_part(exhibit, lang, sorted(files)) for lang in LANGUAGES]
    return _rendered(
        "readme.md", chart_id=exhibit.chart_id, parts=parts, licence_address=LICENCE_ADDRESS
    )


def manifest(files: Mapping[str, bytes | str]) -> bytes:
    """Checksums of files by name, as ``sha256sum -c`` reads them.

    Examples
    --------
    >>> manifest({"b": "1" * 64, "a": "0" * 64}).decode().splitlines()[0][-4:]
    '0  a'
    """
    return "".join(f"{sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def citations(exhibit: Exhibit) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the citation files: the chart, then each document behind it."""
    found = cited_sources(exhibit)
    chart, *documents = found
    texts = [
        chart.text,
        chart.text_zh,
        *(text for one in documents for text in (one.text, one.text_zh)),
    ]
    yield f"{exhibit.chart_id}.citation.txt", ("\n\n".join(texts) + "\n").encode()
    yield f"{exhibit.chart_id}.bib", ("\n\n".join(one.bibtex for one in found) + "\n").encode()
    yield f"{exhibit.chart_id}.csl.json", f"{csl_json(list(found))}\n".encode()


@dataclass(frozen=True)
class Shown:
    """How large a picture is, and whether its words stand beside it.

    Parameters
    ----------
    width, height : int
        Pixels of the picture.
    display : int
        Widest on a page, in pixels of the page.
    plain : bool
    """

    width: int
    height: int
    display: int
    plain: bool


def shown(chart: Chart, picture: str) -> Shown:
    """Size and variant of a picture by its name; what stands before a slash is no part of the name.

    Raises
    ------
    ExportError
        If the name is none of a picture of this chart.
    """
    name = picture.rpartition("/")[2]
    _, size, plain, _ = picture_name(chart.definition.chart_id, name)
    variant = VARIANTS[1] if plain else VARIANTS[0]
    display = round(SIZES[size].width * PIXELS)
    return Shown(*chart.pixels(size, variant), display=display, plain=plain)


def _context(exhibit: Exhibit, lang: str, picture: str) -> dict[str, Any]:
    return {
        **_said(exhibit, lang),
        "chart_id": exhibit.chart_id,
        "tag": locale(lang),
        "unit": unit_label(exhibit.spec.unit, lang),
        "table": reading_table(exhibit, lang),
        "picture": picture,
        "shown": shown(exhibit.charts[lang], picture),
    }


def _said(exhibit: Exhibit, lang: str) -> dict[str, Any]:
    """What every text says of a chart in a language."""
    return {
        "lang": lang,
        "text": exhibit.text(lang),
        "source": exhibit.source(lang),
        "licence": licence_title(lang),
        "cited": exhibit.citation.text_in(lang),
        "words": Phrases("texts", lang),
    }


def _part(exhibit: Exhibit, lang: str, names: list[str]) -> dict[str, Any]:
    """What the README says in one language; of the files, those of the language and those of none."""
    others = tuple(f"{exhibit.chart_id}.{code}." for code in LANGUAGES if code != lang)
    return {
        **_said(exhibit, lang),
        "dated": Phrases("texts", lang)("dated", version=__version__, date=day(lang, RELEASED)),
        "picture": next(
            (
                name
                for form in SHOWABLE
                for name in names
                if name.startswith(f"{exhibit.chart_id}.{lang}.") and name.endswith(f".{form}")
            ),
            "",
        ),
        "uses": [
            (name, use(exhibit.chart_id, name, lang))
            for name in names
            if not name.startswith(others)
        ],
        "may": list(may_say(exhibit, lang)),
        "may_not": list(may_not_say(exhibit, lang)),
    }


def _rendered(template: str, **known: Any) -> bytes:
    return _environment().get_template(template).render(**known).encode("utf-8")


@functools.cache
def _environment() -> Environment:
    """Templates of this package; in HTML everything is escaped, in Markdown what goes through ``md``."""
    found = Environment(
        loader=PackageLoader("analysis.publish", "templates"),
        autoescape=lambda name: str(name).endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters.update(md=escaped, link=linked)
    return found


def escaped(text: str) -> str:
    r"""A text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> print(escaped("*1* <b> |x|"))
    \*1\* &lt;b&gt; \|x\|
    """
    line = html.escape(" ".join(text.split()), quote=False)
    return _BEGINNINGS.sub(
        r"\\\1" if not line[:1].isdigit() else r"\1\\", _MARKS.sub(r"\\\1", line)
    )


def linked(address: str) -> str:
    """An address as a link of Markdown, if it is one of the web; else as text."""
    return f"<{address}>" if _ADDRESS.fullmatch(address) else escaped(address)
