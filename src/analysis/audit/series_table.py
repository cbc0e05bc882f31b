"""The checks of context series, over any table with their columns: printed figures, two sources, sums, running totals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.audit.outcome import Outcome, Row, outcome
from analysis.audit.pairs import told
from analysis.audit.totals import Span, adds_up, slip_of_ten, standing_still, tilings
from analysis.bounds.intervals import Interval
from analysis.bounds.observed import printed_ends
from analysis.methods.consistency import Check, monotone
from analysis.records.periods import first_day, last_day
from analysis.records.printed import figure

CLOSE = 1e-9
SMALL = 0.01  # two sources that differ by no more than this share are a revision or rounding
FLOW, CUMULATIVE = "flow", "cumulative"
Figure = tuple[Row, dict[str, Any]]


def numbered_series(series: pd.DataFrame, themes: dict[str, str]) -> list[Figure]:
    """Rows of all series, each with its place in the file of its theme.

    Parameters
    ----------
    series : DataFrame
        All files one after the other.
    themes : dict
        Series -> theme, the stem of the file.
    """
    theme = series["series_id"].map(themes)
    places = theme.groupby(theme, sort=False).cumcount() + 2
    return [
        (Row(f"series/{own}.csv", int(number), f"{row['series_id']}@{row['period_start']}"), row)
        for own, number, row in zip(theme, places, series.to_dict("records"), strict=True)
    ]


def series_outcomes(
    rows: list[Figure], natures: dict[str, str], kinds: Mapping[str, Sequence[str]] | None = None
) -> list[Outcome]:
    """Printed figures, two sources of one period, sums of spans, running totals and powers of ten.

    Parameters
    ----------
    rows : list of (Row, dict)
        As ``numbered_series`` gives them.
    natures : dict
        Series -> nature. Flows from one beginning, and what is cumulative, cannot fall.
    kinds : mapping, optional
        Definition -> what it counts, in which measure and where. Sources of figures that differ in these
        are not two sources of one figure.
    """
    found = [
        outcome(
            "printed figure",
            f"{place.key}/{row['period_end']} = {row['value']:,.12g}",
            check,
            place,
        )
        for place, row in rows
        if (check := printed_figure(row["printed"], row["value"]))
    ]
    by_series: dict[tuple[str, str], list[Figure]] = {}
    for place, row in rows:
        if row["value"] > 0:
            by_series.setdefault((row["series_id"], row["geography"]), []).append((place, row))
    places = Counter(series_id for series_id, _ in by_series)
    for (series_id, geography), own in by_series.items():
        name = f"{series_id} of {geography}" if places[series_id] > 1 else series_id
        found += _two_sources(name, own, kinds or {})
        if natures[series_id] in (FLOW, CUMULATIVE):
            found += [*_sums(name, own), *_totals(name, own, natures[series_id])]
    return found


def printed_figure(printed: str, value: float) -> Check | None:
    """Whether the value of a row is the figure that it names as printed; None where it names none.

    Examples
    --------
    >>> printed_figure("900万", 90_000_000).reason
    'printed 900万, the row has 90,000,000'
    """
    if not (found := figure(printed)):
        return None
    held = math.isclose(float(found[0]), value, rel_tol=CLOSE)
    return Check("pass" if held else "conflict", f"printed {printed}, the row has {value:,.12g}")


def _two_sources(
    name: str, own: list[Figure], kinds: Mapping[str, Sequence[str]]
) -> Iterator[Outcome]:
    spans: dict[tuple[str, ...], list[Figure]] = {}
    for place, row in own:
        counted = kinds.get(row.get("definition", ""), ())
        spans.setdefault((row["period_start"], row["period_end"], *counted), []).append(
            (place, row)
        )
    for (start, end, *_), several in spans.items():
        if len({row["source_title"] for _, row in several}) < 2:
            continue
        check = agree([row for _, row in several])
        if check.status == "conflict" and len({row.get("definition") for _, row in several}) > 1:
            said = "whether both are of one count is not stated"
            check = Check("ambiguous", f"{check.reason}; {said}", check.rows)
        places = (place for place, _ in several)
        yield outcome("two sources", f"{name}@{start}/{end}", check, *places)


def agree(rows: list[dict[str, Any]], *, small: float = SMALL) -> Check:
    """Whether what several sources print of one figure can be true together.

    Parameters
    ----------
    rows : list of dict
        With ``value`` and ``qualifier``.
    small : float
        Share up to which a difference is a warning only.
    """
    values, ends = sorted({row["value"] for row in rows}), [printed_ends(row) for row in rows]
    said = f"{len(rows)} sources print {' and '.join(f'{value:,.12g}' for value in values)}"
    if max(low for _, low, _ in ends) <= min(high for _, _, high in ends):
        return Check("pass", said)
    apart = values[-1] / values[0] - 1
    return Check("warn" if apart <= small else "conflict", f"{said}, {apart:.2%} apart")


def _sums(name: str, own: list[Figure]) -> Iterator[Outcome]:
    spans: dict[tuple[Any, Any], list[tuple[float, float, float]]] = {}
    for _, row in own:
        spans.setdefault((first_day(row["period_start"]), last_day(row["period_end"])), []).append(
            printed_ends(row)
        )
    united = [
        Span(*days, Interval(min(low for _, low, _ in ends), max(high for _, _, high in ends)))
        for days, ends in spans.items()
    ]
    for whole, parts in tilings(united):
        check = adds_up(
            whole.interval, {f"{one.first} to {one.last}": one.interval for one in parts}
        )
        places = [
            place
            for place, row in own
            if first_day(row["period_start"]) >= whole.first
            and last_day(row["period_end"]) <= whole.last
        ]
        yield outcome("arithmetic", f"{name}@{whole.first}/{whole.last}", check, *places)


def _totals(name: str, own: list[Figure], nature: str) -> Iterator[Outcome]:
    """Running totals: spans from one beginning, and dated points of what is cumulative."""
    begun: dict[str, list[Figure]] = {}
    for place, row in own:
        point = nature == CUMULATIVE and row["period_start"] == row["period_end"]
        begun.setdefault("" if point else row["period_start"], []).append((place, row))
    for start, several in begun.items():
        if len({row["period_end"] for _, row in several}) < 2:
            continue
        ends = [printed_ends(row) for _, row in several]
        frame = told(
            tuple(Interval(low, high) for _, low, high in ends),
            values=tuple(value for value, _, _ in ends),
            ends=tuple(row["period_end"] for _, row in several),
        )
        subject, places = f"{name}@{start}" if start else name, [place for place, _ in several]
        yield outcome("running total", subject, monotone(frame), *places)
        yield outcome("power of ten", subject, slip_of_ten(frame), *places)
        if nature == CUMULATIVE:
            yield outcome(
                "standing still",
                subject,
                standing_still(frame.rename(columns={"period": "said"})),
                *places,
            )
