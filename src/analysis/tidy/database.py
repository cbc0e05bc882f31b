"""SQL over the tidy tables: DuckDB in memory, without files, network or settings."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from analysis.records.errors import QueryError
from analysis.records.load import Records
from analysis.tidy.columns import Described
from analysis.tidy.described import META
from analysis.tidy.tables import descriptions, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# one thread: without ORDER BY, rows come in the same order every time
Config = dict[str, str | bool | int | float | list[str]]
QUIET: Config = {
    "threads": "1",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
CLOSED: Config = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "memory_limit": "1GB",
}
SECONDS, MOST_ROWS = 60.0, 1_000_000  # of one query, and of its answer


def sql(records: Records, query: str) -> pd.DataFrame:
    """The answer to a query over the tidy tables.

    Parameters
    ----------
    records : Records
    query : str
        One ``SELECT`` in DuckDB's SQL.

    Returns
    -------
    DataFrame

    Raises
    ------
    QueryError
        If the query cannot be answered, asks for something else than a table, or for more than a million rows, 60 seconds or 1 GB of memory.
    """
    import duckdb

    known = descriptions()
    with duckdb.connect(":memory:", config=QUIET | CLOSED) as connection:
        try:
            statements = connection.extract_statements(query)
            if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
                raise QueryError(f"a query is one SELECT; {_tables(known)}")
            for name in _named(query, known):
                fill(connection, known[name], table(records, name))
            connection.execute("SET lock_configuration = true")
            with _limited(connection):
                found = connection.sql(query).limit(MOST_ROWS + 1).df()
        except duckdb.InterruptException:
            raise QueryError(
                f"the query takes longer than {SECONDS:g} seconds; ask for less, or use 'analysis export-data' and a database of your own"
            ) from None
        except duckdb.OutOfMemoryException:
            raise QueryError(
                f"the query takes more than {CLOSED['memory_limit']} of memory; ask for less, or use 'analysis export-data' and a database of your own"
            ) from None
        except duckdb.Error as error:
            raise QueryError(
                f"the query cannot be answered: {_said(error, known)}; {_tables(known)}, and what they hold stands in the table columns"
            ) from None
    if len(found) > MOST_ROWS:
        raise QueryError(f"the answer has more than {MOST_ROWS:,} rows; add a LIMIT")
    return found


@contextlib.contextmanager
def _limited(connection: DuckDBPyConnection) -> Iterator[None]:
    """Interrupt what a connection does when its time is over."""
    timer = threading.Timer(SECONDS, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def fill(connection: DuckDBPyConnection, one: Described, frame: pd.DataFrame) -> None:
    """Make a table with typed columns in a database.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    one : Described
        Its name and the types of its columns.
    frame : DataFrame
    """
    connection.register("_frame", frame)
    columns = ", ".join(
        f'CAST("{column.name}" AS DATE) AS "{column.name}"'
        if column.type == "date"
        else f'"{column.name}"'
        for column in one.columns
    )
    connection.execute(f'CREATE TABLE "{one.name}" AS SELECT {columns} FROM _frame')
    connection.unregister("_frame")


def _named(query: str, known: dict[str, Described]) -> list[str]:
    """The tables whose names stand in a query; all of them where it names none, or asks which there are."""
    named = [name for name in known if re.search(rf"\b{name}\b", query, re.I)]
    return named if set(named) - set(META) else list(known)


def _tables(known: dict[str, Described]) -> str:
    return f"the tables are {', '.join(known)}"


def _said(error: Exception, known: dict[str, Described]) -> str:
    """The first line of what DuckDB says, without the kind of error, and what it would take instead."""
    lines = [line.strip() for line in str(error).splitlines()]
    first = re.sub(r"^[\w ]+ Error: ", "", lines[0]).rstrip(".! ")
    near = [
        line
        for line in lines[1:]
        if line.startswith("Candidate")
        or any(f'"{name}"' in line for name in known if line.startswith("Did you mean"))
    ]
    return ". ".join([first, *near]).rstrip(".")
