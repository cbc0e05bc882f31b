"""How many counties of a batch are poverty counties, as the source of the batch prints it."""

from __future__ import annotations

import re

from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.series import value_at

_LISTED = re.compile(r"(\d+) poverty\b")  # in the qualifier of a batch


def printed_listed(records: Records, series_id: str, year: int) -> int:
    """Poverty counties in the batch of a year as its source prints them.

    Raises
    ------
    AnalysisError
        If the source prints none.
    """
    row = value_at(records, series_id, str(year))
    if not (found := _LISTED.search(str(row["qualifier"]))):
        raise AnalysisError(
            f"the batch of {year} does not say how many of its counties are poverty counties: {row['qualifier']!r}"
        )
    return int(found.group(1))
