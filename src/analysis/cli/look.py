"""The command line: list, check, verify, trace, cite, run, export."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.files import write_whole
from analysis.records.load import load, problems
from analysis.records.paths import data_folder
from analysis.records.texts import text_problems

app = typer.Typer(
    help="Official claims on China's commerce-led poverty reduction: data, notebooks, charts.\n\nExample: analysis export canton-fair-break-even --lang zh --format png",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
LISTS = ("charts", "findings", "scenarios", "claims", "sources", "notebooks")


@app.callback()
def _options(data: Annotated[str | None, typer.Option(help="Another data folder than the project's.", metavar="DIR")] = None) -> None:
    if data is not None:
        os.environ["ANALYSIS_DATA"] = str(Path(data).resolve())
        data_folder()


@app.command("list")
def list_(what: Annotated[str | None, typer.Argument(help=f"One of {', '.join(LISTS)}; all of them without it.")] = None) -> None:
    """List charts, findings, scenarios, claims, sources and notebooks with their identifiers.

    Example: analysis list charts
    """
    if what is not None and what not in LISTS:
        raise UnknownIdError("list", what, LISTS)
    from analysis.wording import Table

    for name in [what] if what else LISTS:
        typer.echo(repr(Table(_listed(name), name)) + "\n")


def _listed(what: str) -> pd.DataFrame:
    from analysis.charts.registry import definitions
    from analysis.charts.view import make_chart
    from analysis.run import notebook_paths
    from analysis.topics import all_findings, all_scenarios
    from analysis.wording import say, stated

    records = load()
    match what:
        case "charts":
            rows = [(name, own.notebook, make_chart(name, records).spec.en.headline) for name, own in definitions().items()]
            return pd.DataFrame(rows, columns=["chart", "notebook", "headline"])
        case "findings":
            rows = [(one.value_id, one.evidence_grade, say(one)) for one in all_findings(records)]
            return pd.DataFrame(rows, columns=["finding", "grade", "says"])
        case "scenarios":
            rows = [(one.scenario_id, ", ".join(one.outputs), one.label) for one in all_scenarios(records)]
            return pd.DataFrame(rows, columns=["scenario", "outputs", "label"])
        case "claims":
            rows = [(name, records.claim(name).grade, stated(records.claim(name))) for name in records.claims["claim_id"]]
            return pd.DataFrame(rows, columns=["claim", "grade", "says"])
        case "sources":
            return records.sources[["source_id", "event_date", "page_date", "title"]]
    return pd.DataFrame({"notebook": [path.stem for path in notebook_paths()]})


@app.command()
def check() -> None:
    """Check all data against datapackage.json, and audit the claims; report every problem in one run.

    Known conflicts of official figures are listed; one that data/conflicts.csv does not declare fails.

    Example: analysis check
    """
    from analysis import catalog
    from analysis.topics import audit

    found = problems() or [*catalog.use_problems(load()), *audit.conflict_problems(load())]
    for problem in found:
        typer.echo(f"{problem}", err=True)
    if found:
        typer.echo(f"{_many(len(found), 'problem')} in {data_folder()}", err=True)
        raise typer.Exit(2)
    records = load()
    sizes = f"{len(records.claims)} claims of {len(records.sources)} sources, {len(records.series)} observations of {records.series['series_id'].nunique()} series"
    known = audit.known_conflicts(records)
    typer.echo(f"The data are sound: {sizes}.\nThe audit finds {_many(len(known), 'conflict')} of official figures, all of them known:")
    for line in known:
        typer.echo(f"  {line}")


@app.command()
def verify(texts: Annotated[Path, typer.Option(help="Folder with the source texts named in sources.csv.")]) -> None:
    """Verify that each claim's words stand in their paragraph, and that each text is the one coded from.

    Example: analysis verify --texts ../shared/sources
    """
    records = load()
    found = text_problems(records, texts)
    for problem in found:
        typer.echo(str(problem), err=True)
    if found:
        typer.echo(_many(len(found), "problem"), err=True)
        raise typer.Exit(1)
    typer.echo(f"All {len(records.claims)} claims stand where they are said to stand; {len(records.sources)} texts have the sha256 of the table.")


@app.command()
def trace(wanted: Annotated[str, typer.Argument(metavar="ID", help="Finding, chart or claim, or the beginning of one.")], as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a tree.")] = False) -> None:
    """Trace a finding or chart back to formula, inputs, claims, documents and paragraphs.

    Example: analysis trace canton-fair.deals-per-yuan-waived
    """
    from analysis import lineage

    found = lineage.trace(load(), wanted)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    typer.echo(repr(found))


@app.command()
def catalog(write: Annotated[bool, typer.Option("--write", help="Write data/CATALOG.md instead of printing.")] = False) -> None:
    """List the context series by theme: span, grades, gaps, publishers, and what uses them.

    Example: analysis catalog --write
    """
    from analysis import catalog as catalogue

    text = catalogue.catalog_text(load())
    if not write:
        typer.echo(text, nl=False)
        return
    typer.echo(f"Written: {write_whole(data_folder() / catalogue.CATALOG, text.encode('utf-8'))}")


@app.command()
def cite(wanted: Annotated[str, typer.Argument(metavar="ID", help="Claim, source, chart or finding.")], bibtex: Annotated[bool, typer.Option("--bibtex", help="Only the BibTeX entry.")] = False) -> None:
    """Cite a claim, a document, a chart or a finding, as text and as BibTeX.

    Example: analysis cite scio-2021.canton-deals
    """
    from analysis import citation

    found = citation.cite(load(), wanted)
    typer.echo(found.bibtex if bibtex else repr(found))


@app.command()
def run(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NOTEBOOK]...", help="Names without .ipynb; all of them without any.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the executed copies.")] = Path("build/notebooks"),
    check_: Annotated[bool, typer.Option("--check", help="Compare with the stored outputs, byte for byte; write nothing.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Write the outputs into the stored notebooks.")] = False,
) -> None:
    """Execute the notebooks, two at a time, each in a fresh kernel.

    Example: analysis run 05_canton_fair_deals --check
    """
    from analysis import run as runner

    if check_ and update:
        raise AnalysisError("--check and --update contradict each other; give one of them")
    paths, start = runner.notebook_paths(tuple(names or ())), time.monotonic()
    runs = runner.execute(paths, done=lambda one: typer.echo(f"  {one.name}: {one.problem or 'executed'}", err=True))
    wrong = [f"{one.name}: {one.problem}" for one in runs if one.problem]
    written = 0
    for path, one in zip(paths, runs, strict=True):
        if one.problem:
            continue
        if check_:
            wrong += runner.differences(path, one)
        else:
            written += runner.store(path if update else out / path.name, one.text)
    for message in wrong:
        typer.echo(message, err=True)
    done = "agree with what is stored" if check_ else f"executed, {written} files written to {paths[0].parent.name if update else out}"
    pictures = "" if not check_ or runner.pictures_compared() else " (pictures not compared: another kind of machine than the one that stored them)"
    typer.echo(f"{len(paths) - len({m.split(':')[0].split('.')[0] for m in wrong})} of {_many(len(paths), 'notebook')} {done}{pictures}, in {time.monotonic() - start:.0f} s.")
    if wrong:
        raise typer.Exit(1)


@app.command()
def export(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[CHART]...", help="Charts to export; see 'analysis list charts'.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every chart, and the tables findings.csv and exhibits.csv.")] = False,
    lang: Annotated[str, typer.Option(help="Languages, separated by commas.")] = "en,zh",
    formats: Annotated[str, typer.Option("--format", help="Formats, separated by commas: svg, pdf, png, csv.")] = "svg,pdf,png,csv",
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("build/exports"),
) -> None:
    """Export charts as SVG, PDF, PNG and CSV, in English and Chinese, one folder each.

    Example: analysis export canton-fair-break-even --lang zh --format png,svg --out charts
    """
    from rich.console import Console
    from rich.progress import Progress

    from analysis.charts import export as exporter
    from analysis.charts.registry import definition, definitions

    if bool(ids) == every:
        raise AnalysisError("name the charts to export, or give --all; 'analysis list charts' lists them")
    start, records = time.monotonic(), load()
    wanted = list(definitions()) if every else [definition(name).chart_id for name in ids or []]
    langs, names = _parts(lang, "--lang"), _parts(formats, "--format")
    files = exporter.export_tables(records, out) if every else []
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("charts", total=len(wanted) * len(langs))
        for made in exporter.export_charts(wanted, out, langs=langs, formats=names):
            files += made
            progress.advance(task)
    typer.echo(f"{_many(len(wanted), 'chart')} in {' and '.join(langs)}: {_many(len(files), 'file')} in {out}, in {time.monotonic() - start:.0f} s.")


def _parts(text: str, option: str) -> list[str]:
    parts = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not parts:
        raise AnalysisError(f"{option} names nothing; give one or more, separated by commas")
    return parts


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")


def main() -> None:
    """Run the command line; a user's mistake is one sentence on stderr and exit code 2."""
    try:
        app()
    except AnalysisError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
