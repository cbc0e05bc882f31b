"""The command that estimates from a roster and outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import AsJson, Every, app, report
from analysis.records.errors import DataError


@app.command()
def causal(
    roster: Annotated[
        Path, typer.Argument(help="CSV: county, first_treated (empty: never), perhaps cluster.")
    ],
    outcomes: Annotated[Path, typer.Argument(help="CSV: county, year, outcome.")],
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap or of the randomisation.")] = 1,
    every: Every = False,
    as_json: AsJson = False,
) -> None:
    """Estimate a staggered difference-in-differences from two files, with its tests and notes.

    The format is in docs/causal_data.md. Problems of the files are reported in one run, each kind once; --all lists
    each, --json all of them as JSON.

    Example: analysis causal roster.csv outcomes.csv
    """
    from analysis.verbs import causal_study, table

    try:
        found = causal_study(roster, outcomes, seed=seed)
    except DataError as error:
        report(error.problems, "causal", every=every, as_json=as_json)
        raise typer.Exit(2) from None
    parts = {
        "Average effect on treated county-years": found.estimates.drop(columns="errors"),
        "By years since treatment": found.events,
        "Comparisons in the two-way coefficient": found.comparisons,
        "Tests": found.tests,
        "Specifications": found.specifications.drop(columns=["refused"]),
    }
    for caption, rows in parts.items():
        typer.echo(repr(table(rows, caption)) + "\n")
    typer.echo(f"Smallest effect found with a power of 80 %: {found.smallest:.6g}")
    for note in found.notes:
        typer.echo(f"- {note}")
