"""Commands that begin something new: new claim, source, chart, notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import app, parts
from analysis.cli.new.files import Made
from analysis.records.errors import AnalysisError
from analysis.records.load import load
from analysis.records.paths import PROJECT

new = typer.Typer(
    help="Begin a claim, a source, a chart or a notebook: a form with blanks that the checks refuse until they are filled.\n\nExample: analysis new claim hunan-2017.villages",
    no_args_is_help=True,
)
app.add_typer(new, name="new")

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help="What is known already, as COLUMN=VALUE; may be given several times.",
        metavar="COLUMN=VALUE",
    ),
]


@new.command()
def claim(
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="SOURCE.SLUG", help="Its identifier; the source is there already."),
    ] = None,
    cells: Set = None,
) -> None:
    """Begin a claim: a row of claims.csv, its denominator and its two codings.

    Example: analysis new claim hunan-2017.villages --set paragraph=4 --set unit=village
    """
    from analysis.cli.new.rows import new_claim

    _write(new_claim(_asked(wanted, "Identifier of the claim, SOURCE.SLUG"), cells=_cells(cells)))


@new.command()
def source(
    wanted: Annotated[
        str | None, typer.Argument(metavar="ID", help="Its identifier, such as gansu-2018.")
    ] = None,
    text: Annotated[
        Path | None,
        typer.Option(
            help="The text to code from; its name and SHA-256 are entered.", metavar="FILE"
        ),
    ] = None,
    cells: Set = None,
) -> None:
    """Begin a source: a row of sources.csv.

    Example: analysis new source gansu-2018 --text gansu.txt --set event_date=2018-05
    """
    from analysis.cli.new.rows import new_source

    _write(new_source(_asked(wanted, "Identifier of the source"), text=text, cells=_cells(cells)))


@new.command()
def chart(
    wanted: Annotated[
        str | None, typer.Argument(metavar="TOPIC-NAME", help="Its identifier, topic first.")
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option(help="Claims of one unit, separated by commas.", metavar="CLAIM,..."),
    ] = None,
    notebook: Annotated[
        str | None,
        typer.Option(
            help="Notebook that shows it; by default the one with most charts of the topic."
        ),
    ] = None,
) -> None:
    """Begin a chart: a module with both languages, its name in the registry, its cell in the notebook.

    Example: analysis new chart labor-sent-abroad --claims scio-2021.labor-people
    """
    from analysis.cli.new.chart import new_chart

    chart_id = _asked(wanted, "Identifier of the chart, TOPIC-NAME")
    _write(
        new_chart(
            load(),
            chart_id,
            tuple(parts(_asked(claims, "Claims, separated by commas", "--claims"), "--claims")),
            notebook=notebook,
        )
    )


@new.command()
def notebook(
    wanted: Annotated[
        str | None, typer.Argument(metavar="NN_TOPIC", help="Its name, with a number that is free.")
    ] = None,
    channel: Annotated[
        str | None, typer.Option(help="Channel whose claims it begins with.")
    ] = None,
    charts: Annotated[
        str, typer.Option(help="Charts that it shows, separated by commas.", metavar="CHART,...")
    ] = "",
) -> None:
    """Begin a notebook: all parts of a theme, with cells that run.

    Example: analysis new notebook 12_border_trade --channel border_trade --charts channels-border
    """
    from analysis.cli.new.notebook import free_number, new_notebook

    name = _asked(wanted, "Name of the notebook, NN_TOPIC")
    free_number(name)  # a name that cannot be given is refused before anything else is asked for
    _write(
        new_notebook(
            load(),
            name,
            channel=_asked(channel, "Channel", "--channel"),
            charts=tuple(parts(charts, "--charts")) if charts else (),
        )
    )


def _asked(given: str | None, what: str, option: str = "") -> str:
    """What was given; asked for on a terminal, and nowhere else."""
    if given is not None:
        return given
    if sys.stdin.isatty():
        return typer.prompt(what)
    raise AnalysisError(f"{option or what} is missing; '--help' shows an example")


def _cells(given: list[str] | None) -> dict[str, str]:
    cells = {}
    for one in given or []:
        column, equals, value = one.partition("=")
        if not equals:
            raise AnalysisError(
                f"--set {one!r} is no COLUMN=VALUE; write it as in --set paragraph=4"
            )
        cells[column.strip()] = value.strip()
    return cells


def _write(made: Made) -> None:
    """Write what was made, and say what comes next."""
    for path in made.write():
        shown = path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path
        typer.echo(f"written: {shown}")
    for title, lines in (("Fill in:", made.fill), ("Then:", made.then)):
        typer.echo(f"\n{title}")
        for line in lines:
            typer.echo(f"  {line}")
