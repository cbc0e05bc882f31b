"""Records with made-up assumptions, for tests of the scenario engine."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pandas as pd
import pytest

from analysis.records.load import Records


@pytest.fixture(scope="session")
def with_assumptions() -> Callable[..., Records]:
    """``with_assumptions(records, (id, shape, low, central, high, unit), ...)``: the records with these assumptions only."""

    def made(records: Records, *rows: tuple) -> Records:
        cells = ("assumption_id", "shape", "low", "central", "high", "unit")
        table = pd.DataFrame(rows, columns=list(cells)).assign(
            topic="made", basis="convention", note="for a test"
        )
        names = table["assumption_id"]
        table = table.assign(label_en=names, label_zh=names)
        table = table.reindex(columns=records.assumptions.columns, fill_value="")
        return dataclasses.replace(records, assumptions=table)

    return made
