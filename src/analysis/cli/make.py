"""Commands that make: run, export, report, slides."""

from __future__ import annotations

import ast
import functools
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import app, many, parts, progress, say
from analysis.publish.order import FORMATS, SIZE_NAMES, SLIDE, Order
from analysis.records.errors import AnalysisError
from analysis.records.files import check_file, check_folder

if TYPE_CHECKING:
    from analysis.publish.execute import Run

Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameter",
        "-p",
        metavar="NAME=VALUE",
        help="A value for a name of the cell tagged 'parameters'; may be given several times.",
    ),
]


@app.command()
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NOTEBOOK]...", help="Names without .ipynb; all of them without any."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the executed copies.")] = Path(
        "build/notebooks"
    ),
    check_: Annotated[
        bool,
        typer.Option(
            "--check", help="Compare with the stored outputs, byte for byte; write nothing."
        ),
    ] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Write the outputs into the stored notebooks.")
    ] = False,
    html: Annotated[
        bool, typer.Option("--html", help="Also write each as a page, with alt texts, into --out.")
    ] = False,
    parameters: Parameters = None,
) -> None:
    """Execute the notebooks, two at a time, each in a fresh kernel.

    Example: analysis run 05_canton_fair_deals --check

    Example: analysis run 05_canton_fair_deals -p lang=zh -p sessions=5 --out build/zh
    """
    from analysis.publish import execute as runner
    from analysis.records.paths import check_not_hidden, notebook_paths

    if check_ and (update or html):
        raise AnalysisError("--check writes nothing; leave --update and --html out")
    values = dict(map(_parameter, parameters or ()))
    if values and (check_ or update):
        raise AnalysisError(
            "stored notebooks hold the parameters that they name; --parameter writes copies only"
        )
    paths, start = notebook_paths(tuple(names or ())), time.monotonic()
    check_not_hidden(paths[0].parent)
    runs = runner.execute(
        paths,
        done=lambda one: say(f"  {one.name}: {one.problem or 'executed'}", err=True),
        parameters=values,
    )
    places = None if check_ else [path if update else out / path.name for path in paths]
    wrong, done = _after(paths, runs, places)
    if html:
        done += f", {_pages(runs, out, str(values.get('lang', 'en')))} pages to {out}"
    for message in wrong:
        say(message, err=True)
    bad = len({message.split(":")[0].split(".")[0] for message in wrong})
    say(
        f"{len(paths) - bad} of {many(len(paths), 'notebook')} {done}, in {time.monotonic() - start:.0f} s."
    )
    if wrong:
        raise typer.Exit(1)


def _pages(runs: list[Run], out: Path, lang: str) -> int:
    """Write what was executed as pages; tells how many."""
    from analysis.publish.execute import as_html
    from analysis.records.files import write_whole
    from analysis.words.labels import notebook_title

    made = [one for one in runs if not one.problem]
    for one in made:
        page = as_html(one.text, notebook_title(one.name, lang), lang)
        write_whole(out / f"{one.name}.html", page)
    return len(made)


def _after(paths: list[Path], runs: list[Run], places: list[Path] | None) -> tuple[list[str], str]:
    """Store what was executed in its place, or without places compare it; problems, and what was done."""
    from analysis.publish import execute as runner

    wrong = [f"{one.name}: {one.problem}" for one in runs if one.problem]
    if places is not None:
        stored = zip(places, runs, strict=True)
        written = sum(runner.store(place, one.text) for place, one in stored if not one.problem)
        folder = places[0].parent
        said = folder.name if folder == paths[0].parent else folder
        return wrong, f"executed, {written} files written to {said}"
    for path, one in zip(paths, runs, strict=True):
        wrong += [] if one.problem else runner.differences(path, one)
    done = "agree with what is stored"
    if not runner.pictures_compared():
        done += " (pictures not compared: another kind of machine than the one that stored them)"
    return wrong, done


def _parameter(text: str) -> tuple[str, object]:
    """Name and value of a parameter: a number, a quoted text, or the text as it is."""
    name, given, value = text.partition("=")
    if not given or not name.isidentifier():
        raise AnalysisError(f"--parameter takes NAME=VALUE, such as lang=zh, got {text!r}")
    try:
        return name, ast.literal_eval(value)
    except (SyntaxError, ValueError):
        return name, value


Charts = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[CHART]...", help="Charts in the order wanted; see 'analysis list charts'."
    ),
]
EVERY_FORMAT = ",".join(FORMATS)
Formats = Annotated[
    str,
    typer.Option(
        "--format", help=f"Formats, separated by commas: {', '.join(FORMATS)}; {SLIDE} besides."
    ),
]
Sizes = Annotated[str, typer.Option(help=f"Sizes, separated by commas: {', '.join(SIZE_NAMES)}.")]
Variants = Annotated[
    str,
    typer.Option(
        help="framed (words inside the picture), plain (marks only), or both, separated by a comma."
    ),
]
Archive = Annotated[
    Path | None, typer.Option("--zip", help="Also put all of it into one archive.", metavar="FILE")
]
Processes = Annotated[
    int | None,
    typer.Option(min=1, help="How many processes draw; one for each processor by default."),
]
Folder = Annotated[Path, typer.Option(help="Folder to write to.")]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite files that were changed since they were made.")
]
OFFICE_FILES = ".office.json"  # in the folder of reports and decks: their digests


@app.command()
def export(
    ids: Charts = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="Every chart, all data as one workbook, findings.csv, exhibits.csv."
        ),
    ] = False,
    lang: Annotated[str, typer.Option(help="Languages, separated by commas.")] = "en,zh",
    formats: Formats = EVERY_FORMAT,
    size: Sizes = "page",
    variant: Variants = "framed",
    zip_: Archive = None,
    sheet: Annotated[
        bool,
        typer.Option(
            "--sheet",
            help="Contact sheets instead: all charts, or those named, in one picture for each language and size.",
        ),
    ] = False,
    processes: Processes = None,
    out: Folder = Path("build/exports"),
    force: Force = False,
) -> None:
    """Export charts as pictures, data and texts, in English and Chinese, one folder each.

    What has not changed since the last export is left as it is.

    Example: analysis export canton-fair-break-even --lang zh --format png,svg --size column,slide --out charts

    Example: analysis export --sheet --lang zh --size page,phone
    """
    from analysis.publish import export as exporter

    if sheet and (zip_ or formats != EVERY_FORMAT):
        raise AnalysisError("--sheet writes PNG sheets alone; leave --format and --zip out")
    wanted, start = _wanted(ids, every or (sheet and not ids)), time.monotonic()
    given = {"--lang": lang, "--format": formats, "--size": size, "--variant": variant}
    langs, *rest = (parts(text, option) for option, text in given.items())
    order = Order(langs, rest[0], rest[1], rest[2])
    if sheet:
        return _sheets(wanted, order, out)
    if zip_:
        check_file(zip_)
    _warn_of_blanks(wanted)
    made, files = 0, []
    filled = exporter.export_charts(
        wanted, out, order, tables=every, processes=processes, force=force
    )
    with progress("charts", len(wanted) + every) as advance:
        for one in filled:
            made += len(one.made)
            files += [f"{one.chart_id}/{name}" if one.chart_id else name for name in one.files]
            advance()
    if zip_:
        exporter.archive(out, sorted(files), zip_)
    packed = f", packed into {zip_}" if zip_ else ""
    what = f"{many(len(files), 'file')} in {out}, {made} made anew{packed}"
    charts = f"{many(len(wanted), 'chart')} in {' and '.join(order.langs)}"
    say(f"{charts}: {what}, in {time.monotonic() - start:.0f} s.")


def _sheets(chart_ids: list[str], order: Order, out: Path) -> None:
    from analysis.publish.contact_sheet import write_sheets
    from analysis.records.load import load

    for path in write_sheets(chart_ids, load(), out, order):
        say(f"{many(len(chart_ids), 'chart')} in {path}")


def _warn_of_blanks(chart_ids: list[str]) -> None:
    """Say on stderr which of the charts are not finished; they are made all the same, to be looked at."""
    from analysis.records.schema import BLANK
    from analysis.verbs.checking import unfinished_charts

    for name in unfinished_charts(chart_ids):
        say(
            f"warning: chart {name} still holds {BLANK}; 'analysis check --all' names each place",
            err=True,
        )


EveryChart = Annotated[bool, typer.Option("--all", help="Every chart.")]
Languages = Annotated[str, typer.Option(help="Languages, separated by commas; a file for each.")]
Title = Annotated[
    str | None, typer.Option(help="Title instead of the project's own; give one language with it.")
]


@app.command()
def report(
    ids: Charts = None,
    every: EveryChart = False,
    lang: Languages = "en,zh",
    title: Title = None,
    layout: Annotated[
        str,
        typer.Option(help="house, or gb9704: the page of Chinese official documents, --lang zh."),
    ] = "house",
    out: Folder = Path("build/office"),
    force: Force = False,
) -> None:
    """Write a Word report of charts: headings, captions, alt texts, notes, sources. Files: report.en.docx, report.zh.docx.

    Example: analysis report canton-fair-break-even labor-typical-earnings --lang en --title "Trade and poverty"

    Example: analysis report canton-fair-break-even --lang zh --layout gb9704
    """
    from analysis.publish.office.docx_layout import LAYOUTS, layout_of
    from analysis.publish.office.report import word_report

    for one in parts(lang, "--lang"):
        layout_of(layout, one)
    _office(
        functools.partial(word_report, layout=layout),
        "report.{}.docx" if layout == LAYOUTS[0] else f"report.{{}}.{layout}.docx",
        _wanted(ids, every),
        parts(lang, "--lang"),
        title=title,
        out=out,
        force=force,
    )


@app.command()
def slides(
    ids: Charts = None,
    every: EveryChart = False,
    lang: Languages = "en,zh",
    title: Title = None,
    out: Folder = Path("build/office"),
    force: Force = False,
) -> None:
    """Write a slide deck of charts, with alt texts and speaker notes. Files: slides.en.pptx, slides.zh.pptx.

    Example: analysis slides canton-fair-break-even labor-typical-earnings --lang zh --out decks
    """
    from analysis.publish.office.slides import slide_deck

    _office(
        slide_deck,
        "slides.{}.pptx",
        _wanted(ids, every),
        parts(lang, "--lang"),
        title=title,
        out=out,
        force=force,
    )


def _wanted(ids: list[str] | None, every: bool) -> list[str]:
    from analysis.records.load import load
    from analysis.themes.charts import definition, definitions

    if bool(ids) == every:
        raise AnalysisError("name the charts, or give --all; 'analysis list charts' lists them")
    return (
        list(definitions(load()))
        if every
        else [definition(name).chart_id for name in dict.fromkeys(ids or [])]
    )


def _office(
    make: Callable[..., bytes],
    name: str,
    wanted: list[str],
    langs: list[str],
    *,
    title: str | None,
    out: Path,
    force: bool,
) -> None:
    """Make a document in each language and write them when all are made."""
    from analysis.publish.exhibit import make_exhibit
    from analysis.publish.manifest import (
        announce,
        changed,
        digest,
        read_manifest,
        refuse,
        write_manifest,
    )
    from analysis.publish.office.shared import checked_title
    from analysis.records.files import write_whole
    from analysis.records.load import load

    for lang in langs:
        checked_title(title, lang)
    check_folder(out)
    names, known = [name.format(lang) for lang in langs], read_manifest(out / OFFICE_FILES)
    if not force:
        refuse(changed(out, names, known))
    _warn_of_blanks(wanted)
    start, records, exhibits, made = time.monotonic(), load(), [], {}
    with progress("charts", len(wanted) * (1 + len(langs))) as advance:
        for chart_id in wanted:
            exhibits.append(make_exhibit(chart_id, records))
            advance()
        for lang in langs:
            made[name.format(lang)] = make(exhibits, lang, title=title, done=advance)
    announce(out / OFFICE_FILES, made)
    for one, content in made.items():
        write_whole(out / one, content)
    digests = {one: digest(content) for one, content in made.items()}
    write_manifest(out / OFFICE_FILES, known.get("files", {}) | digests)
    say(
        f"{many(len(wanted), 'chart')} in {', '.join(str(out / one) for one in made)}, in {time.monotonic() - start:.0f} s."
    )
