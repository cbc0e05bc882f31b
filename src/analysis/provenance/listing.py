"""What there is, by identifier: charts, findings, scenarios, claims, sources, notebooks, tables, explorers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.records.errors import UnknownIdError
from analysis.records.kept import kept
from analysis.records.load import load
from analysis.records.paths import notebook_paths

Rows = list[Any]


def listing(what: str) -> pd.DataFrame:
    """One list, a row for each thing, the identifier first.

    Parameters
    ----------
    what : str
        A key of ``LISTS``. What takes seconds to make is kept between runs (``records.kept``).

    Raises
    ------
    UnknownIdError
        If there is no such list.
    """
    if what not in LISTS:
        raise UnknownIdError("list", what, LISTS)
    columns, rows, slow = LISTS[what]
    return pd.DataFrame(kept(f"list-{what}", rows) if slow else rows(), columns=list(columns))


def _charts() -> Rows:
    from analysis.themes.charts import definitions, make_chart

    records = load()
    return [
        [name, own.notebook, make_chart(name, records).spec.en.headline]
        for name, own in definitions(records).items()
    ]


def _findings() -> Rows:
    from analysis.themes import all_findings
    from analysis.words.wording import say

    return [[one.value_id, one.evidence_grade, say(one)] for one in all_findings(load())]


def _scenarios() -> Rows:
    from analysis.themes import all_scenarios

    return [[one.scenario_id, ", ".join(one.outputs), one.label] for one in all_scenarios(load())]


def _explorers() -> Rows:
    from analysis.themes.explorers import explorers

    records = load()
    return [
        [name, ", ".join(control.name for control in one.controls(records)), one.en]
        for name, one in explorers(records).items()
    ]


def _claims() -> Rows:
    from analysis.words.wording import stated

    claims = map(load().claim, load().claims["claim_id"])
    return [[one.claim_id, one.grade, stated(one)] for one in claims]


def _sources() -> Rows:
    shown = ["source_id", "event_date", "page_date", "title"]
    return list(load().sources[shown].to_numpy().tolist())


def _series() -> Rows:
    return list(load().series_index[["series_id", "unit", "title"]].to_numpy().tolist())


def _notebooks() -> Rows:
    return [[path.stem] for path in notebook_paths()]


def _tables() -> Rows:
    from analysis.tidy.tables import table

    return list(table(load(), "tables").to_numpy().tolist())


LISTS: dict[str, tuple[tuple[str, ...], Callable[[], Rows], bool]] = {
    "charts": (("chart", "notebook", "headline"), _charts, True),
    "findings": (("finding", "grade", "says"), _findings, True),
    "scenarios": (("scenario", "outputs", "label"), _scenarios, True),
    "claims": (("claim", "grade", "says"), _claims, False),
    "sources": (("source_id", "event_date", "page_date", "title"), _sources, False),
    "notebooks": (("notebook",), _notebooks, False),
    "tables": (("table_name", "rows", "holds"), _tables, True),
    "explorers": (("explorer", "controls", "title"), _explorers, True),
    "series": (("series", "unit", "title"), _series, False),
}
