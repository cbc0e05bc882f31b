"""Cells of a draft of a claim, from a figure that the reader found and a person chose or accepted."""

from __future__ import annotations

import math
import re
from collections.abc import Container, Mapping
from decimal import Decimal
from typing import Any

from analysis.audit.counted import PARTS, units_said
from analysis.audit.stated import VAGUE
from analysis.reading import dates, quotation_too_long
from analysis.records.printed import FIGURES, figure
from analysis.records.units import money_of

TIMES = ("year", "month", "week", "day", "hour")
_UNTIL = re.compile(r"\s*(?:by|until|till|as of|up to)\b|\s*(?:截至|截止|到|至)", re.IGNORECASE)


def proposal(row: Mapping[str, Any], units: Container[str]) -> dict[str, str]:
    """The cells that a figure fills: values, bound, unit, currency and the words as stated.

    What the register has no name for is left out, to be filled in by a person.

    Parameters
    ----------
    row : mapping
        ``low``, ``high`` (None: open), ``bound``, ``unit``, ``currency``, ``rate``, ``kind`` and
        ``text``, as of a candidate of the reader.
    units : container of str
        Units that the register has.

    Examples
    --------
    >>> from analysis.reading import read
    >>> (one,) = read("not exceeding 2.5% of sales")
    >>> proposal(one.as_dict(), ["share"])
    {'value_low': '0.025', 'value_high': '0.025', 'printed': '2.5%', 'last_digit': '0.001', 'bound': 'at_most', 'unit': 'share', 'as_stated': 'not exceeding 2.5% of sales'}
    """
    words, unit, bound = " ".join(row["text"].split()), row["unit"], row["bound"]
    ends = [end for end in (row["low"], row["high"]) if end is not None]
    if row["kind"] == VAGUE:  # "hundreds" is at least one hundred
        ends, bound = [ends[0] / 2], "at_least"
    values = [plain(end / PARTS.get(unit, 1.0)) for end in ends]
    if bound == "exact" and _rounded(ends[0], unit):
        bound = "rounded"
    cells = {
        "value_low": values[0],
        "value_high": values[-1],
        **as_printed(words, float(values[0])),
        "bound": bound,
        "unit": _unit(words, unit, row["rate"], units),
        "currency": money_of(unit) if unit else "",
        "as_stated": "" if quotation_too_long(words) else words,
    }
    return {name: cell for name, cell in cells.items() if cell}


def _rounded(value: float, unit: str) -> bool:
    """Whether a figure without a word of doubt is rounded rather than counted to the last."""
    return (
        unit in PARTS
        or bool(money_of(unit))
        or value != round(value)
        or (value >= 1000 and value % 10 == 0)
    )


def as_printed(words: str, value: float) -> dict[str, str]:
    """The figure of the words that has a value, and the unit of its last digit where that shows.

    Zeros at the end of a number written in full show nothing: 8,000 may be rounded to thousands.

    Examples
    --------
    >>> as_printed("allocated 20 million yuan", 20e6), as_printed("in 8,000 villages", 8000)
    ({'printed': '20 million', 'last_digit': '1000000'}, {'printed': '8,000'})
    """
    for text in FIGURES.findall(words):
        found = figure(text)
        if found and math.isclose(float(found[0]), value, rel_tol=1e-9):
            shown = text[-1] not in "0123456789" or "." in text or text[-1] != "0"
            return {"printed": text} | ({"last_digit": f"{found[1]:f}"} if shown else {})
    return {}


def accepted_cells(row: Mapping[str, Any], units: Container[str]) -> dict[str, str]:
    """The cells that a row accepted in a review fills: those of the figure, and who, where and when.

    Examples
    --------
    >>> row = {"low": 46.0, "high": 46.0, "bound": "exact", "unit": "firms", "currency": "", "rate": "",
    ...        "kind": "count", "text": "46 firms signed", "paragraph": 3, "counted": "firms",
    ...        "place": "Hunan", "period": "by 2020"}
    >>> cells = accepted_cells(row, ["enterprise"])
    >>> [cells[name] for name in ("paragraph", "unit", "counted", "geography", "period_end")]
    ['3', 'enterprise', 'firms', 'Hunan', '2020']
    """
    said = [one.date for one in dates(row["period"]) if one.date[0] != "-"]
    start = "" if len(said) == 1 and _UNTIL.match(row["period"]) else said[0] if said else ""
    cells = {
        "paragraph": str(row.get("paragraph") or ""),
        "counted": " ".join(row["counted"].split()),
        "geography": " ".join(row["place"].split()),
        "period_start": start,
        "period_end": said[-1] if said else "",
    }
    return proposal(row, units) | {name: cell for name, cell in cells.items() if cell}


def _unit(words: str, unit: str, rate: str, units: Container[str]) -> str:
    """The unit of the register for one of the reader and its rate; "" where there is none."""
    said = [part.strip().removeprefix("per ") for part in rate.split(",") if part.strip()]
    per = sorted(said, key=lambda one: one in TIMES)  # a rate by time stands last
    found = ["/".join([name, *per]) for name in units_said(words, unit)]
    return next((name for name in found if name in units), "")


def plain(value: float) -> str:
    """A number as a cell holds it: a plain decimal.

    Examples
    --------
    >>> plain(1.24488e12), plain(0.025), plain(2 / 3)
    ('1244880000000', '0.025', '0.666667')
    """
    short = f"{value:.6g}" if value != round(value, 6) else f"{value:.15g}"
    return f"{Decimal(short):f}"
