"""Accepted candidates of a text as rows of the register: what a text does not say is left as a marked blank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.bounds.units import COUNTED, CURRENCIES
from analysis.reading.dates import dates
from analysis.records.schema import BLANK

COLUMNS = (
    *("claim_id", "source_id", "paragraph", "channel", "indicator", "value_low", "value_high"),
    *("bound", "unit", "currency", "counted", "geography", "period_start", "period_end"),
    *("as_stated", "stated_usd", "kind", "speaker", "grade", "note"),
)
ONLY_A_PERSON = ("channel", "indicator", "kind", "speaker", "grade")
BOUNDS = {"at_most": "fewer_than"}  # the register has one name for both
_SHARE = "percent"
_SYNONYMS = {"firm": "enterprise", "company": "enterprise", "shop": "store", _SHARE: "share"}
_UNTIL = re.compile(r"\s*(?:by|until|till|as of|up to|through)\b|\s*(?:截至|截止|到|至)", re.I)


def as_claims(rows: Iterable[Mapping[str, Any]], source_id: str) -> pd.DataFrame:
    """Accepted rows as drafts of claims, with the columns of ``data/claims.csv``.

    Parameters
    ----------
    rows : iterable of mapping
        With the columns of :data:`analysis.explorers.review.COLUMNS`.
    source_id : str
        The document; a draft is named after it and its place among the rows.

    Examples
    --------
    >>> row = {"paragraph": 3, "text": "no more than 450 shops", "low": None, "high": 450.0,
    ...        "bound": "at_most", "unit": "shops", "currency": "", "rate": "", "counted": "shops",
    ...        "period": "in 2023", "place": ""}
    >>> (made,) = as_claims([row], "practice").to_dict("records")
    >>> made["claim_id"], made["value_low"], made["bound"], made["unit"], made["period_end"]
    ('practice.figure-1', 450.0, 'fewer_than', 'store', '2023')
    """
    made = [_claim(row, source_id, number) for number, row in enumerate(rows, 1)]
    return pd.DataFrame(made, columns=list(COLUMNS))


def _claim(row: Mapping[str, Any], source_id: str, number: int) -> dict[str, Any]:
    ends = [float(end) for end in (row["low"], row["high"]) if end is not None and end == end]
    if row["unit"] == _SHARE:
        ends = [end / 100 for end in ends]
    start, end = _period(row["period"])
    return dict.fromkeys(ONLY_A_PERSON, BLANK) | {
        "claim_id": f"{source_id}.figure-{number}",
        "source_id": source_id,
        "paragraph": row["paragraph"],
        "value_low": ends[0],
        "value_high": ends[-1],
        "bound": BOUNDS.get(row["bound"], row["bound"]),
        "unit": register_unit(row["unit"], row["rate"]) or BLANK,
        "currency": row["currency"],
        "counted": row["counted"] or BLANK,
        "geography": row["place"] or BLANK,
        "period_start": start,
        "period_end": end,
        "as_stated": row["text"],
        "stated_usd": float("nan"),
        "note": "",
    }


def register_unit(unit: str, rate: str = "") -> str:
    """A unit of the reader as the register writes it; one that the register lacks stays as read.

    Examples
    --------
    >>> register_unit("persons"), register_unit("CNY", "per person, per year"), register_unit("firms")
    ('person', 'CNY/person/year', 'enterprise')
    """
    per = [part.strip().removeprefix("per ") for part in rate.split(",") if part.strip()]
    return "/".join([_name(unit), *per])


def _name(unit: str) -> str:
    if unit in CURRENCIES or unit in _SYNONYMS:
        return _SYNONYMS.get(unit, unit)
    name = unit.replace(" ", "_")
    known = {f"{one}s": one for one in COUNTED} | {"counties": "county", "policies": "policy"}
    single = known.get(name) or name.removesuffix("s")
    single = _SYNONYMS.get(single, single)
    return single if single in COUNTED else unit


def _period(phrase: str) -> tuple[str, str]:
    """Start and end of a period phrase; no start where it only says until when."""
    found = [one.date for one in dates(phrase) if not one.date.startswith("-")] if phrase else []
    if not found:
        return "", ""
    return ("" if _UNTIL.match(phrase) and len(found) == 1 else found[0]), found[-1]
