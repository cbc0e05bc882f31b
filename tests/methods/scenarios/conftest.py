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
        columns = list(records.assumptions.columns)
        texts = [
            (
                name,
                "made",
                name,
                name,
                shape,
                low,
                central,
                high,
                unit,
                "convention",
                "",
                "",
                "",
                "",
                "for a test",
            )
            for name, shape, low, central, high, unit in rows
        ]
        return dataclasses.replace(records, assumptions=pd.DataFrame(texts, columns=columns))

    return made
