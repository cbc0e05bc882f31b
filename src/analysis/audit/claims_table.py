"""The checks of single claims and documents, over any claims table with these columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.audit import dates, stated
from analysis.audit.conversion import Pair, around, conversion
from analysis.audit.outcome import Outcome, Row, outcome
from analysis.methods.consistency import Check
from analysis.reading import numbers
from analysis.records.errors import QuantityError
from analysis.records.printed import figure, last_digit

COUNTED_UP = ("impact", "input", "coverage")  # kinds whose figures add up over time
AHEAD = "target"
CLAIM_COLUMNS = [
    "claim_id",
    "source_id",
    "paragraph",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "period_start",
    "period_end",
    "as_stated",
    "last_digit",
    "stated_usd",
    "kind",
]
SOURCE_COLUMNS = ["source_id", "publisher", "event_date", "page_date", "retrieval", "note"]
REPOST, MACHINE = "repost", "machine"


def numbered(frame: pd.DataFrame, file: str, key: str) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Rows of a table read whole, each with its place in the file."""
    for number, row in enumerate(frame.to_dict("records"), 2):
        yield Row(file, number, str(row[key])), row


def claim_outcomes(
    claims: pd.DataFrame, sources: pd.DataFrame, rates: pd.DataFrame
) -> list[Outcome]:
    """Parse, bound, unit, period, arithmetic and exchange rate of every claim.

    Parameters
    ----------
    claims, sources : DataFrame
        With ``CLAIM_COLUMNS`` and ``SOURCE_COLUMNS``.
    rates : DataFrame
        Monthly rates as ``conversion`` takes them.

    Raises
    ------
    QuantityError
        If a column is missing.
    """
    _need(claims, CLAIM_COLUMNS)
    _need(sources, SOURCE_COLUMNS)
    documents = {
        row["source_id"]: (place, row)
        for place, row in numbered(sources, "sources.csv", "source_id")
    }
    found = []
    for place, row in numbered(claims, "claims.csv", "claim_id"):
        claim_id, (source_place, source) = row["claim_id"], documents[row["source_id"]]
        words, values = row["as_stated"], (row["value_low"], row["value_high"])
        checks = {
            "parse": stated.parse(words, *values),
            "bound": stated.bound(words, row["bound"], *values),
            "unit": stated.unit(words, row["unit"], *values),
            "source": _source(row, source),
        }
        found += [outcome(name, claim_id, check, place) for name, check in checks.items()]
        start, end, kind = row["period_start"], row["period_end"], row["kind"]
        counted_up, ahead = kind in COUNTED_UP, kind == AHEAD
        when = dates.period(start, end, source["event_date"], counted_up=counted_up, ahead=ahead)
        found.append(outcome("period", claim_id, when, place, source_place))
        if [one.kind for one in numbers(words)] == [stated.ORDINAL] * 2:
            found.append(outcome("arithmetic", claim_id, checks["parse"], place))
        if (pair := _pair(row)) and start and end:
            check = conversion([pair], *around(rates, start, end))
            found.append(outcome("exchange rate", claim_id, check, place))
    return found


def source_outcomes(
    claims: pd.DataFrame, sources: pd.DataFrame, rates: pd.DataFrame
) -> list[Outcome]:
    """Page date, event date and the common exchange rate of every document."""
    found = []
    for place, row in numbered(sources, "sources.csv", "source_id"):
        source_id, event, page = row["source_id"], row["event_date"], row["page_date"]
        own = claims[(claims["source_id"] == source_id) & (claims["kind"] != AHEAD)]
        checks = {
            "page date": dates.page_date(event, page, repost=REPOST in _about(row)),
            "event date": dates.event_date(event, own["period_end"], page),
        }
        dated = (own["period_start"] != "") & (own["period_end"] != "")
        rows = own[dated & (own["stated_usd"] != "")]
        pairs = [pair for row in rows.to_dict("records") if (pair := _pair(row))]
        if len(pairs) > 1:
            near = around(rates, rows["period_start"].min(), rows["period_end"].max())
            converted = conversion(pairs, *near, exact=True)
            checks["exchange rate"] = converted
        found += [outcome(name, source_id, check, place) for name, check in checks.items()]
    return found


def _pair(row: dict[str, Any]) -> Pair | None:
    """The yuan of a row and the dollars printed with them, each with the unit of its last digit."""
    found = figure(row["stated_usd"])
    if found is None or not found[0]:
        return None
    yuan = row["value_low"], last_digit(row["value_low"], row["last_digit"])[0]
    return row["claim_id"], yuan, (float(found[0]), float(found[1]))


def _source(row: dict[str, Any], source: dict[str, Any]) -> Check:
    """Where a claim can be read: its paragraph, and what the text is."""
    where = f"paragraph {row['paragraph']}, {source['retrieval']}"
    if row["paragraph"] < 1:
        return Check("conflict", "in our coding no paragraph is named")
    about = _about(source)
    doubt = "a machine translation" if MACHINE in about else "a repost" if REPOST in about else ""
    if source["retrieval"] == "unverifiable":
        return Check("warn", f"{where}: the page cannot be seen again")
    return Check("warn" if doubt else "pass", f"{where}{f', {doubt}' if doubt else ''}")


def _about(source: dict[str, Any]) -> str:
    return f"{source['publisher']} {source['note']}".lower()


def _need(frame: pd.DataFrame, columns: list[str]) -> None:
    if absent := [name for name in columns if name not in frame]:
        raise QuantityError(
            f"a claims table needs the columns {', '.join(columns)}; {', '.join(absent)} is missing"
        )
