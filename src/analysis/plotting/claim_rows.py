"""Tables that several charts plot."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.bounds.claims import bounds_of
from analysis.records.load import Records
from analysis.words.wording import stated


def claim_rows(records: Records, claim_ids: Iterable[str]) -> pd.DataFrame:
    """Claims as intervals, with their wording in both languages.

    Returns
    -------
    DataFrame
        Columns ``claim_id``, ``value``, ``low``, ``high`` (in the claim's unit; an open end is infinite),
        ``stated_en``, ``stated_zh``.
    """
    rows = []
    for claim_id in claim_ids:
        bounds, claim = bounds_of(records, claim_id), records.claim(claim_id)
        rows.append(
            {
                "claim_id": claim_id,
                "value": bounds.value,
                "low": bounds.low,
                "high": bounds.high,
                "stated_en": stated(claim),
                "stated_zh": stated(claim, "zh"),
            }
        )
    return pd.DataFrame(rows)
