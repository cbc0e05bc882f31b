"""The public verbs of the tidy tables; they read the project's own records."""

from __future__ import annotations

import pandas as pd

from analysis.records.load import load
from analysis.tidy import database
from analysis.tidy import tables as tidy


def tables(name: str | None = None) -> pd.DataFrame:
    """A tidy table with typed columns; without a name, the tables there are and what one row of each is.

    Parameters
    ----------
    name : str, optional
        Such as ``"claims"``, ``"intervals"``, ``"findings"``, ``"series"``; ``"columns"`` says what each
        column of each table holds.

    Returns
    -------
    DataFrame
        Dates as dates, closed lists as categories, yes and no as booleans; what is not stated is missing.

    Raises
    ------
    UnknownIdError
        If there is no such table.

    Examples
    --------
    >>> tables()["table_name"].head(5).tolist()
    ['claims', 'intervals', 'findings', 'finding_inputs', 'series']
    >>> tables("sources").loc[0, "event_date"].date()
    datetime.date(2021, 8, 23)
    """
    return tidy.table(load(), name or "tables")


def sql(query: str) -> pd.DataFrame:
    """The answer to one SELECT over the tidy tables, by DuckDB in memory.

    A query reads no file and changes nothing.

    Parameters
    ----------
    query : str
        In DuckDB's SQL; the tables are those of ``tables()``.

    Raises
    ------
    QueryError
        If it cannot be answered; names the tables there are.

    Examples
    --------
    >>> sql("select count(*) as open from intervals where direction = 'at least'")["open"].item()
    15
    """
    return database.sql(load(), query)
