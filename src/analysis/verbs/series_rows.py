"""Rows of one series, whose plot is its chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from analysis.plotting.view import Chart


class SeriesRows(pd.DataFrame):  # type: ignore[misc]  # pandas ships no types
    """Rows of one series as a DataFrame; what is selected from them is an ordinary one."""

    _metadata = ("definition",)

    @classmethod
    def of(cls, rows: pd.DataFrame, definition: str | None) -> SeriesRows:
        """The rows, and the definition that was asked for."""
        made = cls(rows)
        made.definition = definition
        return made

    def plot(self, *arguments: Any, lang: str = "en", **more: Any) -> Chart | Any:
        """The chart of the series: the best copies over time; with arguments, the plot of pandas."""
        if arguments or more:
            return pd.DataFrame(self).plot(*arguments, **more)
        from analysis.records.load import load
        from analysis.themes.charts import series_chart

        return series_chart(load(), str(self["series_id"].iloc[0]), self.definition, lang)
