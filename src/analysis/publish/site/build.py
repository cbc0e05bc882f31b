"""Building the site: pictures and data by the export, pages from templates, nothing written twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.publish.manifest import digest, read_manifest, unchanged, write_manifest
from analysis.publish.site.page import ROOTS, TEXTS, checked
from analysis.records.collection import collection
from analysis.records.errors import ExportError
from analysis.records.files import check_folder, write_whole
from analysis.records.fingerprint import fingerprint
from analysis.records.paths import PROJECT, data_folder, notebooks_folder

if TYPE_CHECKING:
    from analysis.publish.export import Exported
    from analysis.publish.site.downloads import ChartFiles

# What makes pages is imported where a page is made: a build that finds nothing to do takes a
# second, and those imports alone several.
MANIFEST = ".site.json"  # from what the site was made, and the digest of each file
STATIC = Path(__file__).parent / "static"
MADE = ".made.json"  # the export's own list, in each chart's folder
CSS = 100  # pixels of a page to an inch of a picture
CHARTS = "charts"  # folder of the charts' pages and files
LANGUAGES = tuple(ROOTS)


@dataclass(frozen=True)
class Built:
    """What a build left: paths of all files from the site's root, and of those written now."""

    files: tuple[str, ...]
    written: tuple[str, ...]


def build(
    out: Path,
    chart_ids: Sequence[str] = (),
    *,
    data: str | None = None,
    base_url: str = "",
    repository: str = "",
    done: Callable[[str, int], None] = lambda what, steps: None,
) -> Built:
    """Make the site, or leave it as it is where nothing that it is made from has changed.

    Parameters
    ----------
    out : Path
        Folder; made if it does not exist.
    chart_ids : sequence of str
        Charts that get a page; without any, all.
    data : str, optional
        Another data folder.
    base_url : str
        Where the site will be published: pages then name their own address, for search engines and
        for sites that show a preview. Every link stays relative.
    repository : str
        Address of the repository: documents name it, and link to its files.
    done : callable
        Called after each step with "charts" or "pages" and how many steps of the kind there are.

    Raises
    ------
    ExportError
        Folder that cannot be written, address that is none, or folder that holds something
        else than a site.
    UnknownIdError
        If no chart has an identifier.
    """
    base, kept_at = checked(base_url), checked(repository, "--repository").rstrip("/")
    old, inputs = read_manifest(out / MANIFEST), _inputs(chart_ids, data, f"{base} {kept_at}")
    if old.get("inputs") == inputs and unchanged(out, old["files"]) == old["files"]:
        return Built(tuple(old["files"]), ())
    wanted = _wanted(chart_ids, data)
    _check_ours(out, old)
    # the folder is ours from now on, also if this build is interrupted
    write_manifest(out / MANIFEST, old.get("files", {}), inputs="")
    exported, names, written = {}, [], []
    for one in _export(wanted, out / CHARTS, data):
        exported[one.chart_id] = one
        folder = f"{CHARTS}/{one.chart_id}"
        names += [f"{folder}/{name}" for name in (*one.files, MADE)]
        written += [f"{folder}/{name}" for name in one.made]
        done("charts", len(wanted))
    for path, content in _contents(out / CHARTS, wanted, exported, (data, base, kept_at), done):
        names.append(path)
        if _written(out / path, content):
            written.append(path)
    files = {name: digest((out / name).read_bytes()) for name in sorted(names)}
    _remove(out, set(old.get("files", {})) - set(files))
    write_manifest(out / MANIFEST, files, inputs=inputs)
    return Built(tuple(files), tuple(written))


def _remove(out: Path, names: set[str]) -> None:
    """Take away what an earlier build made and nobody wants now, and folders that are empty then."""
    for name in sorted(names, reverse=True):
        path = (out / name).resolve()
        if not path.is_relative_to(out.resolve()):
            continue  # a damaged list must not reach beyond the site
        path.unlink(missing_ok=True)
        for folder in path.relative_to(out.resolve()).parents[:-1]:
            if (out / folder).is_dir() and not any((out / folder).iterdir()):
                (out / folder).rmdir()


def _wanted(chart_ids: Sequence[str], data: str | None) -> tuple[str, ...]:
    """Charts that get a page, in the order of the notebooks."""
    from analysis.records.load import load
    from analysis.themes.charts import definition, definitions

    records = load(data)
    named = {definition(name, records).chart_id for name in chart_ids}
    return tuple(name for name in definitions(records) if name in named or not named)


def _export(chart_ids: tuple[str, ...], out: Path, data: str | None) -> Iterator[Exported]:
    """The files beside each chart's page: only what changed is made again."""
    from analysis.publish.export import export_charts
    from analysis.publish.site.downloads import ORDER

    yield from export_charts(chart_ids, out, ORDER, data=data, force=True)


def _inputs(chart_ids: Sequence[str], data: str | None, base: str = "") -> str:
    """A digest of everything that the site is made from."""
    texts = [path for paths in _texts().values() for path in paths.values()]
    if collection().own:
        texts = [*sorted(PROJECT.glob("*.md")), PROJECT / "docs"]
    found = fingerprint(data, [notebooks_folder(), *texts])
    return digest(f"{found} {' '.join(sorted(set(chart_ids)))} {base}".encode())


def _texts() -> dict[str, dict[str, Path]]:
    """The files of the pages of text, such as the glossary, as far as they are there."""
    place = PROJECT / "docs" if collection().own else data_folder()
    return {
        name: {lang: path for lang in LANGUAGES if (path := place / f"{name}.{lang}.md").is_file()}
        for name in TEXTS
    }


def _check_ours(out: Path, old: Mapping[str, Any]) -> None:
    """A folder with other things in it is not filled: a site could bury them."""
    if not old and (out / "index.html").exists():
        raise ExportError(
            f"{out} holds an index.html that no build of this site wrote; choose another folder with --out, or empty it"
        )
    check_folder(out)


def _contents(
    charts: Path,
    chart_ids: Sequence[str],
    exported: Mapping[str, Exported],
    settings: tuple[str | None, str, str],
    done: Callable[[str, int], None],
) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every file besides those of the export; the settings are data folder, address and repository."""
    from analysis.publish.exhibit import make_exhibit
    from analysis.publish.site import fonts
    from analysis.publish.site.contents import all_pages, rendered
    from analysis.publish.site.notebooks import DATA, read
    from analysis.records.load import load
    from analysis.records.paths import notebook_paths

    data, base, repository = settings
    records = load(data)
    notebooks = [read(path.stem, path.read_text("utf-8")) for path in notebook_paths()]
    for file in (*sorted(STATIC.iterdir()), fonts.LICENCE):
        yield f"static/{file.name}", file.read_bytes()
    for name, content in fonts.web_fonts():
        yield f"static/{name}", content
    for notebook in notebooks:
        yield from notebook.pictures.items()
    for name in sorted({name for one in notebooks for name in one.tables}):
        yield f"{DATA}/{name}", (data_folder() / name).read_bytes()
    bundled: dict[str, int] = {}
    for name in chart_ids:
        content = _bundle(charts / name, exported[name])
        bundled[name] = len(content)
        yield f"{CHARTS}/{name}/{name}.zip", content
    for name in chart_ids:  # addresses that stay, whatever else lies beside a chart
        for kind in ("csv", "json"):
            yield f"{DATA}/{name}.{kind}", (charts / name / f"{name}.{kind}").read_bytes()
    pages = all_pages(
        records,
        [make_exhibit(name, records) for name in chart_ids],
        notebooks,
        files={name: _beside(charts / name, exported[name], bundled[name]) for name in chart_ids},
        texts={
            name: {lang: path.read_text("utf-8") for lang, path in paths.items()}
            for name, paths in _texts().items()
        },
        repository=repository,
    )
    yield from rendered(pages, lambda total: done("pages", total), base)


def _bundle(folder: Path, exported: Exported) -> bytes:
    """All files of a chart as one archive."""
    from analysis.publish.archive import zipped

    name = exported.chart_id
    return zipped({f"{name}/{file}": (folder / file).read_bytes() for file in exported.files})


def _beside(folder: Path, exported: Exported, bundled: int) -> ChartFiles:
    """The files beside a chart's page, and the code to embed the chart."""
    from analysis.publish.site.downloads import ON_PAGES, PARTS, ChartFiles, shortened

    sizes = {name: (folder / name).stat().st_size for name in exported.files}
    sizes[f"{exported.chart_id}.zip"] = bundled
    pasted = {lang: folder / f"{exported.chart_id}.{lang}.html" for lang in LANGUAGES}
    snippets = {lang: shortened(path.read_text("utf-8")) for lang, path in pasted.items()}
    shown = [name for name in exported.files if name.endswith(ON_PAGES)]
    drawn = {
        name: (folder / name).read_text("utf-8") for name in exported.files if name.endswith(PARTS)
    }
    return ChartFiles(sizes, snippets, {name: _seen(folder / name) for name in shown}, drawn)


def _seen(path: Path) -> tuple[int, int]:
    """Width and height of a picture on a page: a PNG in its pixels, an SVG as wide as its medium."""
    from PIL import Image

    if path.suffix == ".png":
        with Image.open(path) as picture:
            return picture.size
    root = path.read_text("utf-8").partition("<svg")[2].partition(">")[0]
    points = dict(re.findall(r'(width|height)="([\d.]+)pt"', root))
    width, height = (round(float(points[one]) / 72 * CSS) for one in ("width", "height"))
    return width, height


def _written(path: Path, content: bytes) -> bool:
    """Write a file if it is another than the one that is there; tells whether it was."""
    if path.is_file() and path.read_bytes() == content:
        return False
    write_whole(path, content)
    return True
