"""Accepted figures of a text as rows of the register, in memory: what a text does not say is a marked blank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from analysis.audit.proposed import accepted_cells
from analysis.records.descriptor import descriptor
from analysis.records.paths import data_folder
from analysis.records.schema import BLANK
from analysis.records.units import Units

AMOUNTS = ("value_low", "value_high")
MAY_BE_EMPTY = (
    "printed",
    "last_digit",
    "stated_usd",
    "currency",
    "period_start",
    "period_end",
    "note",
)


def as_claims(rows: Iterable[Mapping[str, Any]], source_id: str) -> pd.DataFrame:
    """Accepted rows as drafts of claims; ``analysis new claims --from`` writes the same into files.

    Parameters
    ----------
    rows : iterable of mapping
        With the columns of :data:`analysis.exploring.review.COLUMNS`.
    source_id : str
        The document; a draft is named after it and its place among the rows.

    Returns
    -------
    DataFrame
        The columns of ``data/claims.csv``.

    Examples
    --------
    >>> row = {"paragraph": 3, "text": "no more than 450 shops", "low": None, "high": 450.0,
    ...        "bound": "at_most", "unit": "shops", "currency": "", "rate": "", "counted": "shops",
    ...        "period": "in 2023", "place": "", "kind": "count"}
    >>> (made,) = as_claims([row], "practice").to_dict("records")
    >>> made["claim_id"], made["value_low"], made["bound"], made["unit"], made["period_end"]
    ('practice.figure-1', 450.0, 'at_most', 'shop', '2023')
    """
    fields = {field["name"]: field for field in _claims_fields()}
    blank = {name: "" if name in MAY_BE_EMPTY else BLANK for name in fields}
    made = [
        blank
        | {"claim_id": f"{source_id}.figure-{number}", "source_id": source_id}
        | accepted_cells(row, Units())
        for number, row in enumerate(rows, 1)
    ]
    frame = pd.DataFrame(made, columns=list(fields))
    return frame.astype(dict.fromkeys(AMOUNTS, float) | {"paragraph": int})


def _claims_fields() -> list[dict[str, Any]]:
    tables = descriptor(data_folder())["resources"]
    found: list[dict[str, Any]] = next(
        one["schema"]["fields"] for one in tables if one["name"] == "claims"
    )
    return found
