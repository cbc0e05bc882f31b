"""Denominators: which series is valid for which claim, and what the ratio may be called.

A ratio is a *share* only where the numerator lies inside the denominator, in the same place, and the
series is taken at the year that the claim states. Where both count the same dimension and that is not
so, or not known, it is a *size relative to*. Where it would be read as a share of something that the
numerator is not in and cannot be, it is forbidden, with the reason. Different things may be divided
where the average makes sense (people *per* shop), never as a share. ``data/denominators.csv`` holds
the judgements, ``records/denominator_rules.py`` the rule between them; this module holds their consequences.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.records.denominator_rules import INSIDE, contradiction, ruled
from analysis.records.errors import QuantityError

VERDICTS = ("allowed", "size only", "per", "forbidden", "none")
RATIO_WORDS = {"allowed": "share of", "size only": "size relative to", "per": "per"}
_YES_NO = {"yes": True, "no": False, "": False}


@dataclass(frozen=True)
class Denominator:
    """One judgement: a series under a claim.

    Parameters
    ----------
    claim_id, series_id : str
        The numerator and the denominator; ``series_id`` is "" where no denominator makes sense.
    inside : {"yes", "no", "unknown", ""}
        Whether everything that the claim counts is counted by the series too.
    same_year : bool
        Whether the series is taken at the year that the claim states, or that it names.
    same_geography : bool
        Whether both are about the same place.
    verdict : {"allowed", "size only", "per", "forbidden", "none"}
        What may be said.
    reason : str
        Why, in a phrase.
    """

    claim_id: str
    series_id: str
    inside: str
    same_year: bool
    same_geography: bool
    verdict: str
    reason: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise QuantityError(
                f"{self.pair}: unknown verdict {self.verdict!r}; allowed are {', '.join(VERDICTS)}"
            )
        if not self.reason:
            raise QuantityError(f"{self.pair}: a verdict needs its reason")
        if (self.verdict == "none") != (self.series_id == "") or (
            self.verdict == "none" and self.inside
        ):
            raise QuantityError(
                f"{self.pair}: the verdict 'none' stands without a series, and every other one with one"
            )
        if self.verdict == "none":
            return
        _check_inside(self.inside)
        if said := contradiction(
            self.inside, self.verdict, same_year=self.same_year, same_geography=self.same_geography
        ):
            raise QuantityError(f"{self.pair}: {said}")

    @property
    def pair(self) -> str:
        """Claim over series, as text."""
        return f"{self.claim_id} over {self.series_id or 'nothing'}"


def verdict_of(
    inside: str, *, same_year: bool, same_geography: bool, comparable: bool = True
) -> str:
    """What a ratio may be called, from what is known of the two counts.

    Parameters
    ----------
    inside : {"yes", "no", "unknown"}
        Whether the numerator lies inside the denominator.
    same_year, same_geography : bool
        As in ``Denominator``.
    comparable : bool
        Whether both count the same dimension and no reader would take the ratio for a share that it
        cannot be; this is judged, not calculated.

    Returns
    -------
    str
        ``allowed``, ``size only`` or ``forbidden``.

    Raises
    ------
    QuantityError
        If ``inside`` is none of the three, or if a count inside another is said not to compare with it.

    Examples
    --------
    >>> verdict_of("yes", same_year=True, same_geography=True)
    'allowed'
    >>> verdict_of("unknown", same_year=True, same_geography=True)
    'size only'
    """
    _check_inside(inside)
    verdict = (
        ruled(inside, same_year=same_year, same_geography=same_geography)
        if comparable
        else "forbidden"
    )
    if said := contradiction(inside, verdict, same_year=same_year, same_geography=same_geography):
        raise QuantityError(said)
    return verdict


def _check_inside(inside: str) -> None:
    if inside not in INSIDE:
        raise QuantityError(
            f"{inside!r} does not say whether one lies inside the other; allowed are {', '.join(INSIDE)}"
        )


class Registry:
    """All judgements, looked up by claim and series.

    Parameters
    ----------
    rows : iterable of Denominator
        One for each pair.

    Raises
    ------
    QuantityError
        If a pair stands twice, or if a claim has the verdict "none" beside a denominator.
    """

    def __init__(self, rows: Iterable[Denominator]) -> None:
        self.rows = tuple(rows)
        pairs = [(row.claim_id, row.series_id) for row in self.rows]
        if twice := sorted(
            {f"{a} over {b or 'nothing'}" for a, b in pairs if pairs.count((a, b)) > 1}
        ):
            raise QuantityError(f"these pairs stand twice: {', '.join(twice)}")
        without = {row.claim_id for row in self.rows if row.verdict == "none"}
        if mixed := sorted({row.claim_id for row in self.rows if row.series_id} & without):
            raise QuantityError(
                f"these claims have the verdict 'none' and a denominator: {', '.join(mixed)}"
            )
        self._found = dict(zip(pairs, self.rows, strict=True))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Registry:
        """A registry from the table, whose columns are those of ``Denominator``; yes and no as text."""
        names = [field.name for field in fields(Denominator)]
        if absent := [name for name in names if name not in frame]:
            raise QuantityError(
                f"a registry needs the columns {', '.join(names)}; {', '.join(absent)} is missing"
            )
        return cls(_denominator(row) for row in frame[names].to_dict("records"))

    def judgement(self, claim_id: str, series_id: str) -> Denominator:
        """The judgement about a series under a claim; raises QuantityError if there is none."""
        if (claim_id, series_id) in self._found:
            return self._found[claim_id, series_id]
        own = [row for row in self.rows if row.claim_id == claim_id]
        if not own:
            raise QuantityError(f"{claim_id} is not in the registry of denominators")
        if own[0].verdict == "none":
            raise QuantityError(f"{claim_id} has no denominator: {own[0].reason}")
        known = ", ".join(sorted(row.series_id for row in own))
        raise QuantityError(
            f"{series_id} is not registered under {claim_id}; registered are {known}"
        )

    def ratio_word(self, claim_id: str, series_id: str) -> str:
        """``share of``, ``size relative to`` or ``per``; raises QuantityError with the reason if neither may be said."""
        found = self.judgement(claim_id, series_id)
        if found.verdict not in RATIO_WORDS:
            raise QuantityError(f"{found.pair} is {found.verdict}: {found.reason}")
        return RATIO_WORDS[found.verdict]

    def ratio(
        self, numerator: Bounds, claim_id: str, denominator: Bounds, series_id: str
    ) -> Bounds:
        """Claim over series, if the registry lets it be said: a pure number, or an average of different things.

        Parameters
        ----------
        numerator, denominator : Bounds
            Of the same dimension, unless the verdict is ``per``.
        claim_id, series_id : str
            What they are; both must be among what the bounds rest on.

        Raises
        ------
        QuantityError
            If the pair is forbidden or not registered, with the reason; if the units differ; or if
            the bounds rest on something else.
        """
        word = self.ratio_word(claim_id, series_id)
        for name, bounds in ((claim_id, numerator), (series_id, denominator)):
            if not any(source.split("@")[0] == name for source in bounds.inputs):
                raise QuantityError(
                    f"{bounds.formula} does not rest on {name}: the registry judges no other pair"
                )
        return numerator / (
            denominator if word == RATIO_WORDS["per"] else denominator.to(numerator.unit)
        )


def _denominator(row: dict[str, Any]) -> Denominator:
    for name in ("same_year", "same_geography"):
        if row[name] not in _YES_NO:
            raise QuantityError(
                f"{row['claim_id']} over {row['series_id']}: {name} is {row[name]!r}; allowed are yes and no"
            )
    return Denominator(
        **row | {name: _YES_NO[row[name]] for name in ("same_year", "same_geography")}
    )
