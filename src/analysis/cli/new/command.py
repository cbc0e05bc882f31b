"""Commands that begin something new: new claim, source, chart, notebook."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from analysis.cli.app import app, parts, say
from analysis.cli.new.files import Made
from analysis.records.errors import AnalysisError
from analysis.records.paths import PROJECT

new = typer.Typer(
    help="Begin a claim, a source, a chart or a notebook: a form with blanks to fill in.\n\nExample: analysis new claim hunan-2017.villages",
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
    text: Annotated[
        str | None,
        typer.Option(
            help="The text, or words of it: values, bound, unit and words are proposed from its figure.",
            metavar="FILE",
        ),
    ] = None,
    paragraph: Annotated[
        int | None,
        typer.Option(help="Paragraph of the text: non-empty lines, from 1.", metavar="N"),
    ] = None,
    figure: Annotated[
        int | None,
        typer.Option(help="Which figure of the paragraph, where it has several.", metavar="N"),
    ] = None,
    cells: Set = None,
) -> None:
    """Draft a claim: its row, its denominator and the form of its second coder; on a terminal, asks for what is missing.

    Drafts stand in data/drafts and stop nothing; 'analysis accept' moves a finished one into the tables.
    What is proposed from a text is yours to check; --set comes before it.

    Example: analysis new claim hunan-2017.villages --text hunan.txt --paragraph 4 --set channel=hunan
    """
    from analysis.cli.new.rows import missing, new_claim

    name, known = _asked(wanted, "Identifier of the claim, SOURCE.SLUG"), _cells(cells)
    if text is not None:
        known = _proposed(text, paragraph, figure) | known
    elif paragraph or figure:
        raise AnalysisError("--paragraph and --figure go with --text; --set paragraph=N enters one")
    made = new_claim(name, cells=known)  # what cannot be begun is refused before anything is asked
    more = _filled(missing("claim", known))
    _write(new_claim(name, cells=known | more) if more else made)


def _proposed(text: str, paragraph: int | None, figure: int | None) -> dict[str, str]:
    """Cells proposed from a text, and said."""
    from analysis.cli.new.figures import proposed

    found = proposed(text, paragraph, figure)
    say(f"proposed: {', '.join(f'{name}={cell}' for name, cell in found.items())}", err=True)
    return found


@new.command()
def claims(
    accepted: Annotated[
        Path,
        typer.Option(
            "--from",
            help="Figures accepted in a review: a CSV with the columns of 'analysis read --format csv'.",
            metavar="FILE",
        ),
    ],
    source: Annotated[
        str,
        typer.Option(
            help="The document that they stand in; it is there, or a draft.", metavar="ID"
        ),
    ],
) -> None:
    """Draft a claim for each accepted figure of a text; the form of the second coder stays empty.

    What the register has no name for is left as a blank; a row that is a claim or a draft already is passed over.

    Example: analysis new claims --from accepted.csv --source hunan-2017
    """
    from analysis.cli.new.figures import claims_from

    _write(claims_from(accepted, source))


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
    """Draft a source: a row of sources.csv; on a terminal, asks for what is missing.

    Example: analysis new source gansu-2018 --text gansu.txt --set event_date=2018-05
    """
    from analysis.cli.new.rows import missing, new_source

    name, known = _asked(wanted, "Identifier of the source"), _cells(cells)
    made = new_source(name, text=text, cells=known)
    entered = {"text_file": "", "text_sha256": ""} if text else {}
    more = _filled(missing("source", known | entered))
    _write(new_source(name, text=text, cells=known | more) if more else made)


@app.command()
def accept(
    identifiers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="Drafts of claims and sources; without any, the changes of the data are recorded.",
        ),
    ] = None,
) -> None:
    """Record the changes of the data, or move finished drafts into the tables.

    Without an identifier, data/lock.csv is written anew: it records each cell of the data, so that 'analysis check'
    names every change that nobody meant. What was changed since the last time is said.

    Drafts move into the tables, the codings and the record whole or not at all, once the check passes on the result.
    Where two coders differ, a form for each decision is added to data/drafts/claims_disagreements.csv first.

    Examples: analysis accept; analysis accept gansu-2018 gansu-2018.villages
    """
    from analysis.cli.new.accept import accepted, recorded, undecided

    if not identifiers:
        made, changed = recorded()
        say("\n".join(changed or ["Nothing has changed since the last record."]))
        (path,) = made.write()
        if changed:
            say(f"Recorded in {_shown(path)}; commit it with the change.")
        return
    for path in undecided(identifiers).write():
        say(f"The coders differ; decide each cell, with the reason, in {_shown(path)}.")
    _write(accepted(identifiers))


@new.command()
def chart(
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="PREFIX-NAME", help="Its identifier, the prefix of a theme first."),
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option(help="Claims of one unit, separated by commas.", metavar="CLAIM,..."),
    ] = None,
    notebook: Annotated[
        str | None,
        typer.Option(
            help="Notebook that shows it; by default the one with most charts of the prefix."
        ),
    ] = None,
) -> None:
    """Begin a chart: a module with both languages, its name in the registry, its cell in the notebook.

    Example: analysis new chart labor-sent-abroad --claims scio-2021.labor-people
    """
    from analysis.cli.new.chart import new_chart
    from analysis.records.load import load

    chart_id = _asked(wanted, "Identifier of the chart, PREFIX-NAME")
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

    Example: analysis new notebook 13_border_trade --channel border_trade --charts channels-border
    """
    from analysis.cli.new.notebook import free_number, new_notebook
    from analysis.records.load import load

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
        return str(typer.prompt(what))
    raise AnalysisError(f"{option or what} is missing; '--help' shows an example")


def _filled(fields: Mapping[str, dict[str, Any]]) -> dict[str, str]:
    """What is entered on a terminal for columns without a value; an empty answer leaves the blank."""
    from analysis.cli.new.rows import check_value, entered, said

    cells: dict[str, str] = {}
    waiting = dict(fields) if sys.stdin.isatty() else {}
    while waiting:
        name, field = next(iter(waiting.items()))
        answer = typer.prompt(f"{name}: {said(field)}", default="", show_default=False)
        value = entered(field, answer)
        try:
            if value:
                check_value(name, field, value)
                cells[name] = value
            waiting.pop(name)
        except AnalysisError as error:
            say(f"error: {error}", err=True)
    return cells


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


def _shown(path: Path) -> Path:
    return path.relative_to(PROJECT) if path.is_relative_to(PROJECT) else path


def _write(made: Made) -> None:
    """Write what was made, and say what comes next."""
    for path in made.write():
        say(f"written: {_shown(path)}")
    for title, lines in (("Fill in:", made.fill), ("Then:", made.then)):
        if lines:
            say("\n".join(["", title, *(f"  {line}" for line in lines)]))
