"""One scenario under several readings, side by side."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.methods.scenarios.draw import COLUMNS, DRAWS, Scenario, draw
from analysis.methods.scenarios.readings import COMPARED
from analysis.records.load import Records


def compare_readings(
    records: Records, scenario: Scenario, *, readings: Iterable[str] = COMPARED, draws: int = DRAWS
) -> pd.DataFrame:
    """The scenario ranges of every output under each reading.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    readings : iterable of str
        Names of readings.
    draws : int

    Returns
    -------
    DataFrame
        As ``Drawn.table``, one row for each output and reading, the readings of an output together.
    """
    drawn = [draw(records, scenario, reading=reading, draws=draws) for reading in readings]
    rows = [
        one.ranges[place].row(one.reading)
        for place in range(len(scenario.outputs))
        for one in drawn
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))
