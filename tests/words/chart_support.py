"""What the words of a chart may rest on: its data, its claims, its documents, and what it declares."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd
from numbers_in_text import DATE, Said, numbers_said

from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec
from analysis.records.load import Records
from analysis.records.printed import figure
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import RATE_DIGITS, SAID_DIGITS, SIZE_DIGITS, significant

SESSION = "session"  # unit of a series whose values are the names of its rows
# a column with more different numbers is a curve: close to any number lies one, so that it supports
# none
CURVE = 30
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a column between them holds years
_YEAR = re.compile(r"(?:19|20)\d\d")
_ISO = re.compile(r"\b(?:19|20)\d\d(?:-\d\d){1,2}\b")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# charts whose results are rates of exchange, or only sizes
SPECIAL = {
    "hunan-exchange-rate-strip": {RATE_DIGITS},
    "labor-yen-break-even": {RATE_DIGITS},
    "channels-border": {SIZE_DIGITS},
}
_SLACK = 0.1  # a number further away, relative to what is said, cannot round to it


@dataclass(frozen=True)
class Support:
    """What the words of a chart may rest on.

    Parameters
    ----------
    values : frozenset of float
        What may be said as it is: cells of the data, figures of the claims, numbers of fair sessions, what the chart declares.
    lows, highs : frozenset of float
        What may stand behind "at least", and behind "at most": the ends of ranges, and values without a range.
    counts : frozenset of int
        Rows, different values, rows for each name; claims and documents.
    dates : frozenset of str
        Years, months and days, as in ISO 8601.
    starts, ends : frozenset of str
        Years with which a span of years may begin, and end.
    digits : frozenset of int
        Significant digits that results have: three; four on a chart of exchange rates, two on one of sizes.
    """

    values: frozenset[float]
    lows: frozenset[float]
    highs: frozenset[float]
    counts: frozenset[int]
    dates: frozenset[str]
    starts: frozenset[str]
    ends: frozenset[str]
    digits: frozenset[int] = frozenset({SAID_DIGITS})

    def covers(self, said: Said) -> bool:
        """Whether a number or a date follows by rounding, counting or quoting."""
        if said.kind == DATE:
            return self._has_date(said)
        if said.kind in ("plain", "word") and said.value in self.counts:
            return True
        pools = {"nearest": self.values, "down": self.lows, "up": self.highs}
        ways = [(way, number) for way in said.ways for number in pools[way]]
        if said.kind == "fraction":
            return any(_rounds_to(number, said, way) for way, number in ways)
        return any(self._prints(number, said, way) for way, number in ways)

    def _prints(self, number: float, said: Said, way: str) -> bool:
        """Whether a number is said in the one way: whole, or with the digits that results have.

        Without a sign a fall may be said by its size.
        """
        number = number if said.value < 0 else abs(number)
        printed = (number, *(significant(number, digits, way) for digits in self.digits))
        return any(math.isclose(said.value, one, rel_tol=1e-9) for one in printed)

    def _has_date(self, said: Said) -> bool:
        known = any(
            date == said.date or (said.date[:1] == "-" and f"{date}-".find(f"{said.date}-") == 4)
            for date in self.dates
        )
        year = said.date[:4] if said.date[:1] != "-" else ""
        return known and not (
            year
            and (
                ("from" in said.ways and year not in self.starts)
                or ("to" in said.ways and year not in self.ends)
            )
        )


def support_of(spec: ChartSpec, definition: ChartDefinition, records: Records) -> Support:
    """Collect what a chart's words may rest on.

    Parameters
    ----------
    spec : ChartSpec
    definition : ChartDefinition
        Names the claims and series; the figures of a chart on the whole register are not figures of its claims.
    records : Records
    """
    claims = (
        records.claims
        if definition.whole_register
        else records.claims[records.claims["claim_id"].isin(definition.claims)]
    )
    sources = records.sources[records.sources["source_id"].isin(claims["source_id"])]
    series = records.series[records.series["series_id"].isin(definition.series)]
    free = set(series.loc[series["unit"] == SESSION, "value"])
    if not definition.whole_register:
        free |= {float(value) for value in claims[["value_low", "value_high"]].stack()} | {
            float(found[0]) for text in claims["stated_usd"] if (found := figure(text))
        }
    pools, texts, spans = _cells(spec.data)
    declared = _dates(value for value in spec.said.values() if isinstance(value, str)) | _dates(
        definition.series
    )
    free |= {
        float(value) for value in spec.said.values() if not isinstance(value, str)
    } | set().union(*(in_text(text)[0] for text in texts))
    spans += [
        set().union(*spans),
        _dates(sources["event_date"]),
        _dates(sources["page_date"]),
        _dates([*claims["period_start"], *claims["period_end"]]),
    ]
    spans += [
        _dates([*rows["period_start"], *rows["period_end"]])
        for _, rows in series.groupby("series_id")
    ]
    years = [sorted(date for date in one if len(date) == 4) for one in spans]
    counts = {len(spec.data), len(claims), len(sources), *_counts(spec.data)}
    starts, ends = ({one[place] for one in years if one} for place in (0, -1))
    return Support(
        *(frozenset(pool | free) for pool in pools),
        frozenset(counts),
        frozenset(declared.union(*spans)),
        frozenset(starts),
        frozenset(ends),
        frozenset({SAID_DIGITS, *SPECIAL.get(definition.chart_id, ())}),
    )


def in_text(text: str) -> tuple[set[float], set[str]]:
    """Numbers and dates that stand in a text, whichever language it is in, or in an identifier.

    Examples
    --------
    >>> numbers, dates = in_text("household-of-3, said on 2021-08-23")
    >>> sorted(numbers), sorted(dates)
    ([3.0], ['2021', '2021-08', '2021-08-23'])
    """
    dates = {part for found in _ISO.findall(text) for part in (found[:4], found[:7], found)}
    rest = _ISO.sub(" ", text)
    said = [one for lang in LANGUAGES for one in numbers_said(rest, lang)]
    bare = _NUMBER.findall(rest)
    dates |= {found for found in bare if _YEAR.fullmatch(found)} | {
        one.date for one in said if one.date
    }
    return {float(found) for found in bare if not _YEAR.fullmatch(found)} | {
        one.value for one in said if not one.date
    }, dates


def _rounds_to(number: float, said: Said, way: str) -> bool:
    """Whether a number is said by these digits; without a sign a fall may be said by its size."""
    number, wanted = number if said.value < 0 else abs(number), significant(said.value, said.digits)
    return abs(number - wanted) <= _SLACK * abs(wanted) and math.isclose(
        significant(number, said.digits, way), wanted, rel_tol=1e-9
    )


def _dates(texts: Iterable[str]) -> set[str]:
    return set().union(*(in_text(text)[1] for text in set(texts)))


def _cells(data: pd.DataFrame) -> tuple[list[set[float]], set[str], list[set[str]]]:
    """Values, low ends and high ends of a table; its texts; the dates of each column."""
    values, lows, highs, texts, dates = (
        set(),
        set(),
        set(),
        set(data.columns),
        [_dates(data.columns)],
    )
    for name in data.columns:
        column = data[name].dropna()
        if not pd.api.types.is_numeric_dtype(column):
            cells = {str(value) for value in column}
            texts, dates = texts | cells, [*dates, _dates(cells)]
        elif not pd.api.types.is_bool_dtype(column):
            cells = {float(value) for value in column if abs(value) != float("inf")}
            if cells and min(cells) >= FIRST_YEAR and max(cells) < LAST_YEAR:
                dates.append({str(int(cell)) for cell in cells})
            elif len(cells) <= CURVE or not pd.api.types.is_float_dtype(column):
                (
                    lows if name.endswith("low") else highs if name.endswith("high") else values
                ).update(cells)
    no_ends = not any(name.endswith(("low", "high")) for name in data.columns)
    return (
        [values, lows | values if no_ends else lows, highs | values if no_ends else highs],
        texts,
        dates,
    )


def _counts(data: pd.DataFrame) -> Iterator[int]:
    """Different values of each column that names or numbers, and rows for each name."""
    for name in data.columns:
        rows = data[name].value_counts()
        if not pd.api.types.is_numeric_dtype(data[name]) or all(
            float(value).is_integer() for value in rows.index
        ):
            yield len(rows)
        if not pd.api.types.is_numeric_dtype(data[name]) or pd.api.types.is_bool_dtype(data[name]):
            yield from (int(count) for count in rows)
