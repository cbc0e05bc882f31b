"""A study of somebody's own two tables, to read and to keep: tables, charts, the method in words."""

from __future__ import annotations

import base64
import dataclasses
import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.methods.causal.panel import panel_of
from analysis.methods.causal.study import FIRST_YEARS, Study, study
from analysis.records.panels import Columns, read_panel
from analysis.words.wording import Table

if TYPE_CHECKING:
    from analysis.plotting.view import Chart
    from analysis.records.panel_cells import Source

CAPTIONS = {
    "estimates": "Average effect on treated unit-years",
    "events": "By years since treatment",
    "groups": "By first year of treatment",
    "cells": "Group-time effects: the cells used",
    "comparisons": "Comparisons in the two-way coefficient",
    "bounds": "Honest bounds under relative magnitudes",
    "tests": "Tests",
    "specifications": "Specifications, written beforehand",
}
CITED = (
    "Callaway, B. and Sant'Anna, P. H. C. (2021). Difference-in-differences with multiple time periods. Journal of Econometrics 225(2), 200-230.",
    "Borusyak, K., Jaravel, X. and Spiess, J. (2024). Revisiting event-study designs. Review of Economic Studies 91(6), 3253-3285.",
    "Sun, L. and Abraham, S. (2021). Estimating dynamic treatment effects in event studies with heterogeneous treatment effects. Journal of Econometrics 225(2), 175-199.",
    "Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing. Journal of Econometrics 225(2), 254-277.",
    "Rambachan, A. and Roth, J. (2023). A more credible approach to parallel trends. Review of Economic Studies 90(5), 2555-2591.",
    "Krishnamoorthy, K. and Yu, J. (2004). Modified Nel and Van der Merwe test for the multivariate Behrens-Fisher problem. Statistics and Probability Letters 66(2), 161-169.",
)


@dataclass(frozen=True, eq=False)
class Answer(Study):
    """A study with its tables, charts and method; a notebook shows it as a page."""

    seed: int = 1

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name."""
        own = {"groups": self.cohorts, "cells": self.effects.table}
        return {name: own[name] if name in own else getattr(self, name) for name in CAPTIONS}

    def charts(self, lang: str = "en") -> dict[str, Chart]:
        """The charts by name, labelled as your data, in English or Chinese."""
        from analysis.themes.causal_design.charts_own import own_charts

        return own_charts(self, lang)

    def method(self) -> str:
        """What was done, in words that a paper can take over, with the works to cite."""
        used = self.used
        extra = (
            f" Trends are conditional on {', '.join(used.covariates)} in the base year (doubly robust)."
            if used.covariates
            else ""
        )
        extra += " Units count by their weights." if used.weights is not None else ""
        text = (
            f"{len(used.units):,} units, {used.years[0]} to {used.years[-1]}, {int(used.seen.sum()):,} unit-years; {len(used.groups)} groups by first year of treatment. "
            f"Group-time average effects on the treated compare with units not yet treated.{extra} "
            f"Standard errors are clustered ({used.clusters:,} clusters), corrected within groups, with degrees of freedom by Welch and Satterthwaite; the event-study band is a sup-t band. "
            "Equal trends before treatment are tested jointly by Hotelling's test for samples with covariances of their own. "
            f"Honest bounds (relative magnitudes) are for the first year and the average of up to {FIRST_YEARS} years. Beside them stand imputation, the saturated event study, and the two-way coefficient with its decomposition. Seed {self.seed}. "
            "Estimators: diff-diff."
        )
        return f"{text}\n\n" + "\n".join(f"- {one}" for one in CITED) + "\n"

    def _repr_html_(self) -> str:
        parts = [
            Table(rows, CAPTIONS[name])._repr_html_()
            for name, rows in self.tables().items()
            if name not in ("cells", "specifications") and len(rows)
        ]
        for chart in self.charts().values():
            picture: dict[str, Any] = chart._repr_mimebundle_()[0]
            data = base64.b64encode(picture["image/png"]).decode()
            alt = html.escape(chart.spec.text(chart.lang).alt, quote=True)
            parts.append(f'<img alt="{alt}" src="data:image/png;base64,{data}">')
        notes = "".join(f"<li>{html.escape(note)}</li>" for note in self.notes)
        return "\n".join([*parts, f"<ul>{notes}</ul>"])


def answer(
    roster: Source,
    outcomes: Source,
    columns: Columns,
    balanced: str,
    unmatched: str,
    **options: Any,
) -> Answer:
    """Read two tables and study them; see ``causal_study``."""
    read = read_panel(roster, outcomes, columns, balanced=balanced, unmatched=unmatched)
    found = study(panel_of(read.roster, read.outcomes), **options)
    given = {one.name: getattr(found, one.name) for one in dataclasses.fields(found)}
    return Answer(**(given | {"notes": (*found.notes, *read.notes)}), seed=options["seed"])
