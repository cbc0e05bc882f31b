"""Channels side by side: reach, money and evidence of each, and why their counts are never added."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.bounds.bounds import Bounds, ends, largest, total
from analysis.bounds.claims import bounds_of
from analysis.bounds.finding import GRADES
from analysis.bounds.observed import observed, over, registry
from analysis.records.errors import QuantityError
from analysis.records.load import Records
from analysis.words.findings import Result, as_findings, result

RURAL_POOR = "cn-rpov-n-2010std"
LABOR_PLAN = "mofcom-labour-plan-people"
LABOR_INCOME_PLAN = "mofcom-labour-income-stated"
HOUSEKEEPING_PLAN = "mofcom-housekeeping-plan-people"
HOUSEKEEPING_INCOME_PLAN = "mofcom-housekeeping-income-stated"
HOUSEKEEPING_INCOME_PART = "housekeeping-income-ethnic-areas"
HOUSEKEEPING_PART = "housekeeping-ethnic-areas-2020"  # a row of benchmarks.csv
SERIES = (
    RURAL_POOR,
    LABOR_PLAN,
    LABOR_INCOME_PLAN,
    HOUSEKEEPING_PLAN,
    HOUSEKEEPING_INCOME_PLAN,
    HOUSEKEEPING_INCOME_PART,
)
POOR_IN, PLANNED_IN, PART_IN = "2012", "2018", "2020"


@dataclass(frozen=True)
class Channel:
    """One line of the scorecard: which claims state people, money, and money per person of the same people.

    Parameters
    ----------
    name : str
        Slug in identifiers of findings.
    people, money, per_person : str
        Claim ids; "" where no document states it.
    """

    name: str
    people: str = ""
    money: str = ""
    per_person: str = ""

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that the line rests on."""
        return tuple(one for one in (self.people, self.money, self.per_person) if one)


CHANNELS = (
    Channel("ecommerce-jobs", people="scio-2021.ecommerce-jobs"),
    Channel("ecommerce-income", people="scio-2021.ecommerce-income"),
    Channel("housekeeping", people="scio-2021.housekeeping-jobs"),
    Channel("labor-export", people="scio-2021.labor-people", per_person="scio-2021.labor-income"),
    Channel("contracted-purchases", money="scio-2021.contracted-purchases"),
    Channel("canton-fair", money="scio-2021.canton-deals"),
    Channel("border-trade", people="scio-2021.border-people"),
)
CLAIMS = tuple(claim for one in CHANNELS for claim in one.claims)
COUNTS = tuple(one.people for one in CHANNELS if one.people)


def scorecard(records: Records) -> pd.DataFrame:
    """One row per channel: people, money, money per person, and size relative to the rural poor of 2012.

    Returns
    -------
    DataFrame
        ``channel``, ``counted`` (what the claim counts), ``people``, ``people_low``, ``people_high``
        (persons), ``money`` and ``money_unit``, ``per_person`` (CNY/person/year, stated for the same
        people), ``over_rural_poor`` with its ``ratio_word`` (share or size), ``grade`` (the weakest
        claim). Not a number, and an empty text, where no document states it.

    References
    ----------
    The claims of ``CHANNELS``; data/denominators.csv decides between share and size.
    """
    return pd.DataFrame([_line(records, one) for one in CHANNELS])


def _line(records: Records, channel: Channel) -> dict[str, object]:
    people, money, per_person = (
        bounds_of(records, one) if one else None
        for one in (channel.people, channel.money, channel.per_person)
    )
    ratio = over(records, channel.people, RURAL_POOR, POOR_IN) if people else None
    value, low, high = _ends(people)
    return {
        "channel": channel.name,
        "counted": records.claim(channel.people or channel.money).counted,
        "people": value,
        "people_low": low,
        "people_high": high,
        "money": _ends(money)[0],
        "money_unit": records.claim(channel.money).unit if money else "",
        "per_person": _ends(per_person)[0],
        "over_rural_poor": _ends(ratio)[0],
        "ratio_word": registry(records).ratio_word(channel.people, RURAL_POOR) if ratio else "",
        "grade": max((records.claim(name).grade for name in channel.claims), key=GRADES.index),
    }


def reach_and_intensity(records: Records) -> pd.DataFrame:
    """People and yearly income per person: as reported, as planned, and for a part; gaps where nothing is stated.

    Returns
    -------
    DataFrame
        ``what``, ``kind`` ("reported", "planned", "part"), ``people``, ``people_low``, ``people_high``
        (persons; of the housekeeping plan, persons a year), ``income``, ``income_low``, ``income_high``
        (CNY/person/year), ``money``, ``grade`` (of the claims; "" for plans and parts).
    """
    card = scorecard(records).set_index("channel")
    rows = []
    for one in CHANNELS:
        people, income = (
            _ends(bounds_of(records, claim_id) if claim_id else None)
            for claim_id in (one.people, one.per_person)
        )
        rows.append(
            (one.name, "reported", *people, *income, *card.loc[one.name, ["money", "grade"]])
        )
    nothing = (math.nan, "")
    for name, *plans in (
        ("labor-export-plan", LABOR_PLAN, LABOR_INCOME_PLAN),
        ("housekeeping-plan", HOUSEKEEPING_PLAN, HOUSEKEEPING_INCOME_PLAN),
    ):
        people, income = (ends(observed(records, plan, PLANNED_IN)) for plan in plans)
        rows.append((name, "planned", *people, *income, *nothing))
    part = float(records.benchmarks.set_index("benchmark_id").loc[HOUSEKEEPING_PART, "value"])
    income = ends(observed(records, HOUSEKEEPING_INCOME_PART, PART_IN))
    rows.append(("housekeeping-part", "part", part, part, part, *income, *nothing))
    columns = [f"{what}{end}" for what in ("people", "income") for end in ("", "_low", "_high")]
    return pd.DataFrame(rows, columns=["what", "kind", *columns, "money", "grade"])


def _ends(one: Bounds | None) -> tuple[float, float, float]:
    return ends(one) if one else (math.nan, math.nan, math.nan)


def distinct_people(records: Records) -> tuple[Bounds, Bounds]:
    """Fewest and most different people behind the counts of all channels, in persons.

    Fewest, if the largest count holds all others; most, if nobody is in two. For the most, "more
    than" is closed at the next digit: an upper end that is open says nothing.

    References
    ----------
    Claims of ``COUNTS``; Fréchet (1951) bounds.
    """
    fewest = largest(*(bounds_of(records, claim_id) for claim_id in COUNTS))
    return fewest, total(bounds_of(records, one, reading="next digit") for one in COUNTS)


def added(records: Records, claim_ids: tuple[str, ...]) -> Bounds:
    """The total of one cumulative count, in persons; two or more are refused.

    Raises
    ------
    QuantityError
        If there is more than one count: nobody knows who is in several of them.
    """
    if len(claim_ids) == 1:
        return bounds_of(records, claim_ids[0])
    counted = "; ".join(records.claim(name).counted for name in claim_ids)
    raise QuantityError(
        f"cumulative counts of different channels are never added: no document states how many people are in several of them, nor from which year on they count; they count {counted}"
    )


@as_findings
def findings(records: Records) -> Iterator[Result]:
    """Every finding of the scorecard."""
    yield from _stated(records)
    yield from _relative(records)
    yield from _together(records)


def _stated(records: Records) -> Iterator[Result]:
    for one in CHANNELS:
        stated = {"reach": one.people, "money": one.money, "money-per-person": one.per_person}
        for kind, claim_id in stated.items():
            if claim_id:
                claim = records.claim(claim_id)
                yield result(
                    f"channels.{kind}-{{channel}}",
                    bounds_of(records, claim_id),
                    channel=one.name,
                    counted=claim.counted,
                    doubts=claim.note,
                )


def _relative(records: Records) -> Iterator[Result]:
    """Counts beside the rural poor of 2012, where no other notebook has the ratio."""
    for one in CHANNELS:
        if one.people and not one.name.startswith("ecommerce"):
            yield result(
                f"channels.relative-to-rural-poor-{one.name}",
                over(records, one.people, RURAL_POOR, POOR_IN),
            )


def _together(records: Records) -> Iterator[Result]:
    fewest, most = distinct_people(records)
    yield result("channels.distinct-people-fewest", fewest)
    yield result("channels.distinct-people-most", most)
