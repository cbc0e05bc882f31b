"""The two independent codings of the claims, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd

from analysis.records.errors import DataError, Problem
from analysis.records.paths import PROJECT

FOLDER = PROJECT / "docs/coding"
FILES = ("claims_first_coder.csv", "claims_second_coder.csv", "claims_matching.csv")
COMPARED = "paragraph channel value_low value_high bound unit currency period_start period_end stated_usd kind grade".split()


def claim_codings(folder: Path | None = None) -> pd.DataFrame:
    """What the two coders put into each cell of each statement that both coded.

    Parameters
    ----------
    folder : Path, optional
        Another folder than ``docs/coding``.

    Returns
    -------
    DataFrame
        ``claim_id``, ``column``, ``first``, ``second``, as text.

    Raises
    ------
    DataError
        If a file is missing.
    """
    first, second, matching = (_rows((folder or FOLDER) / name) for name in FILES)
    pairs = [(one, row["second_id"]) for one, row in matching.items() if one in first and row["second_id"] in second]
    cells = [(one, column, first[one][column], second[two][column]) for one, two in pairs for column in COMPARED]
    return pd.DataFrame(cells, columns=["claim_id", "column", "first", "second"])


def _rows(path: Path) -> dict[str, dict[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        raise DataError([Problem(f"docs/coding/{path.name}", "is missing; the agreement of the coders is computed from it")]) from None
    return {row["claim_id"]: row for row in csv.DictReader(text.splitlines())}
