"""The command that estimates from a roster and outcomes."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import AsJson, Every, app, report, say
from analysis.records.errors import DataError

if TYPE_CHECKING:
    from analysis.verbs.causal_answer import Answer

PATIENCE = 2.0  # seconds without a word
Roster = Annotated[Path, typer.Argument(help="CSV, XLSX or Parquet: a row for each county.")]
Outcomes = Annotated[
    Path, typer.Argument(help="A row for each county and year; may be the same file.")
]
Unit = Annotated[str, typer.Option(help="Column of the county.")]
Time = Annotated[str, typer.Option(help="Column of the year.")]
Outcome = Annotated[str, typer.Option(help="Column of the outcome.")]
FirstTreated = Annotated[
    str, typer.Option(help="Column of the first year treated; empty or 0: never.")
]
Cluster = Annotated[
    str, typer.Option(help="Column of the level of assignment; if absent, the county.")
]
Treated = Annotated[
    str, typer.Option(help="Column of the outcomes that is 1 in years treated, for first-treated.")
]
Weights = Annotated[str, typer.Option(help="Column of either file: how much a county counts.")]
Covariate = Annotated[
    list[str] | None,
    typer.Option(help="Column of either file that trends may depend on; once for each."),
]
Balanced = Annotated[str, typer.Option(help="Counties that miss a year: keep or drop.")]
Unmatched = Annotated[str, typer.Option(help="Counties in one file only: refuse or drop.")]
Log = Annotated[bool, typer.Option("--log", help="The outcome is a natural logarithm.")]


@app.command()
def causal(
    roster: Roster,
    outcomes: Outcomes,
    unit: Unit = "county",
    time: Time = "year",
    outcome: Outcome = "outcome",
    first_treated: FirstTreated = "first_treated",
    cluster: Cluster = "cluster",
    treated: Treated = "",
    weights: Weights = "",
    covariate: Covariate = None,
    balanced: Balanced = "keep",
    unmatched: Unmatched = "refuse",
    log_outcome: Log = False,
    seed: Annotated[int, typer.Option(help="Seed of the bootstrap or of the randomisation.")] = 1,
    out: Annotated[
        Path | None, typer.Option(help="Folder for tables, charts, method and README.")
    ] = None,
    every: Every = False,
    as_json: AsJson = False,
) -> None:
    """Estimate a staggered difference-in-differences from two files, with its tests and notes.

    What is accepted is in docs/causal_data.md. Problems of the files are reported in one run, each kind once; --all
    lists each, --json all of them as JSON.

    With --out everything is also written to a folder: CSV, XLSX, charts in both languages, the method in words.

    Example: analysis causal roster.csv yearbook.xlsx --unit code --outcome income
    """
    from analysis.verbs.assumed import causal_study

    try:
        found = causal_study(
            roster,
            outcomes,
            unit=unit,
            time=time,
            outcome=outcome,
            first_treated=first_treated,
            cluster=cluster,
            treated=treated,
            weights=weights,
            covariates=covariate or (),
            balanced=balanced,
            unmatched=unmatched,
            log_outcome=log_outcome,
            seed=seed,
            step=_slow(),
        )
    except DataError as error:
        report(error.problems, "causal", every=every, as_json=as_json)
        raise typer.Exit(2) from None
    _show(found)
    if out is not None:
        from analysis.publish.causal_folder import save_study

        say(f"Written: {len(save_study(found, out))} files in {out}")


def _show(found: Answer) -> None:
    from analysis.verbs import table

    parts = {
        "Average effect on treated county-years": found.estimates.drop(columns="errors"),
        "By years since treatment": found.events,
        "Comparisons in the two-way coefficient": found.comparisons,
        "Tests": found.tests,
        "Specifications": found.specifications.drop(columns=["refused"]),
    }
    for caption, rows in parts.items():
        say(repr(table(rows, caption)) + "\n")
    say(f"Smallest effect found with a power of 80 %: {found.smallest:.6g}")
    for note in found.notes:
        say(f"- {note}")


def _slow() -> Callable[[str], None]:
    """Say on standard error what begins, once more than two seconds are gone."""
    start = clock.monotonic()

    def step(name: str) -> None:
        if clock.monotonic() - start > PATIENCE:
            say(f"{name} …", err=True)

    return step
