"""Claims audit: what it finds in the data, every finding by hand, and the grades that follow."""

from __future__ import annotations

import csv
import dataclasses
import math

import pytest

from analysis.records.paths import PROJECT
from analysis.themes.claims_audit import findings as audit

INF = math.inf
JOBS = "scio-2021.ecommerce-jobs"


@pytest.fixture(scope="module")
def found(records):
    return {(one.check, one.subject): one for one in audit.outcomes(records)}


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in audit.findings(records)}


@pytest.mark.parametrize(
    ("check", "subject", "status", "said"),
    [
        # the fair's English page: over 670 million yuan to session 125, 86.69 million to session
        # 128
        (
            "running total",
            "canton-poverty-fee-exempted-cum@2017-10",
            "conflict",
            "670000000 or more at 2019-05-31, at most 86695000 at 2020-10-31",
        ),
        (
            "power of ten",
            "canton-poverty-fee-exempted-cum@2017-10",
            "warn",
            "only 10**-1 fits: 67000000",
        ),
        # the county funds of 2015: 2 billion, and 3.7 billion
        (
            "outside figure",
            "rural-ecommerce-opinions-2015.special-funds / demo-funds@2015",
            "ambiguous",  # when the 2 billion were to be paid is not stated
            "the claim is 1,500,000,000 to 2,500,000,000, the other figure 3,650,000,000 to 3,750,000,000, if both counted one thing; both can be true: since: 'not stated'",
        ),
        # work: more than 9 million workers of the poor counties at the end of March 2020, 7.71
        # million farmers cumulatively to August 2021, counties and start not stated
        (
            "outside figure",
            "scio-2021.ecommerce-jobs / pc-ecom-labour-claim@2020-03-31",
            "ambiguous",
            "measure: 'cumulative' and 'stock'; place: 'not stated' and '832 national poverty counties'; since: 'not stated'",
        ),
        # pay abroad: about 60,000 in 2018, more than 100,000 in 2021: beyond a fifth
        (
            "outside figure",
            "scio-2021.labor-income / mofcom-labour-income-stated@2018",
            "warn",
            "the claim is 100,000 or more, the other figure 55,000 to 65,000",
        ),
        # pages of 2024 on events of 2015: reposts
        ("page date", "rural-ecommerce-opinions-2015", "warn", "9.0 years after"),
        ("page date", "state-council-2015", "warn", "8.9 years after"),
        # two reports of the register, 92 and 88.62 million
        ("two sources", "cn-regpoor-n@2014-01-01/2014-12-31", "ambiguous", "3.81% apart"),
        # the word that the English dropped
        (
            "translation",
            "scio-2021.ecommerce-income / original",
            "ambiguous",
            "'poor' stands in one version only",
        ),
        # the director's figures of April 2021 said again in August
        (
            "standing still",
            "scio-2021.canton-fees / canton-poverty-fee-exempted-cum@2017-10/2020-10",
            "warn",
            "86,690,000, at 2021-04 and 2021-08-23",
        ),
        (
            "standing still",
            "scio-2021.canton-deals / canton-poverty-deals-cum@2017-10/2020-10",
            "warn",
            "1,700,000,000, at 2021-04 and 2021-08-23",
        ),
        # lists and sums
        (
            "enumeration",
            "covid-notice-2020.twelve-measures",
            "pass",
            "as many listed in our coding",
        ),
        (
            "enumeration",
            "rural-ecommerce-opinions-2015.ten-measures",
            "ambiguous",
            "10 are stated; in our coding 3 are named and 7 are not",
        ),
        # market entities, infrastructure, policy environment: the sentence names them
        (
            "enumeration",
            "rural-ecommerce-opinions-2015.major-aspects",
            "pass",
            "3 are stated, and as many listed in the sentence",
        ),
        ("arithmetic", "scio-2021.canton-sessions", "pass", "122nd to 128th, both counted, are 7"),
        (
            "arithmetic",
            "pc-online-retail@2020-01-01/2020-12-31",
            "pass",
            "301,440,000,000 to 301,460,000,000",
        ),
        # growth: 397.5/1.27 = 312.99, printed 230.5: 35.8 % more; 1370/1.304 = 1050.6, printed
        # 1244.88: 15.6 % less
        ("growth chain", "agri-online-retail@2019", "ambiguous", "2018 by +35.8%"),
        ("growth chain", "rural-online-retail@2018", "ambiguous", "on a comparable basis"),
        (
            "growth chain",
            "cn-povarea-inc-growth-stated@2013/2020",
            "ambiguous",
            "stated 11.6% a year",
        ),
        # 118/17: 117.5/17.5 = 6.714 to 118.5/16.5 = 7.182; 2016 has such days from October on
        ("exchange rate", "hunan-2017.funds-commerce", "pass", "6.714 to 7.182"),
    ],
)
def test_what_the_audit_finds(found, check, subject, status, said):
    assert found[check, subject].status == status
    assert said in found[check, subject].reason


def test_outcomes_name_their_rows(found, records):
    one = found["outside figure", "rural-ecommerce-opinions-2015.special-funds / demo-funds@2015"]
    assert [row.file for row in one.rows] == ["claims.csv", "series/ecommerce.csv"]
    assert (
        records.claims["claim_id"].iloc[one.rows[0].number - 2]
        == "rural-ecommerce-opinions-2015.special-funds"
    )
    ecommerce = records.series[
        records.series["series_id"].isin(
            records.series_index.query("theme == 'ecommerce'")["series_id"]
        )
    ].reset_index(drop=True)
    assert ecommerce["value"].iloc[one.rows[1].number - 2] == 3.7e9


def test_every_claim_is_parsed_and_no_check_stands_twice(found, records):
    assert {subject for check, subject in found if check == "parse"} == {
        *records.claims["claim_id"],
        *(f"{name} / original" for name in records.originals["claim_id"]),
    }
    pairs = [
        (one.check, one.subject) for one in audit.outcomes(records) if one.check != "printed figure"
    ]  # two copies may print one figure
    assert len(pairs) == len(set(pairs))
    assert [
        one.reason
        for one in found.values()
        if one.check in ("parse", "bound", "unit") and one.status == "conflict"
    ] == []


def test_every_conflict_is_declared_and_every_declared_one_is_found(records):
    assert audit.conflict_problems(records) == []
    table = audit.differences(records)
    assert len(table) == len(records.conflicts)
    assert (table["explanation"] != "").all()


def test_differences_lie_outside_the_documents_and_one_misprint_contradicts(records):
    table = audit.differences(records)
    # 2 page dates and 3 wordings; 4 claims against figures, 1 fall, 1 pair of sources, 8 chains
    assert table.groupby("origin").size().to_dict() == {"metadata": 2 + 3, "outside": 4 + 1 + 1 + 8}
    struck = table[table["status"] == "conflict"]
    assert set(struck["declared"]) == {"misprint"}
    assert all("canton-poverty-fee-exempted-cum" in subject for subject in struck["subject"])
    sums = audit.by_origin(records)
    assert sums["conflict"].sum() == 2
    assert sums[["pass", "ambiguous", "warn", "conflict"]].to_numpy().sum() == len(
        audit.outcomes(records)
    )


def test_audited_grades(records):
    grades = audit.audited_grades(records)
    changed = grades[grades["changed"]].set_index("claim_id")["audited"].to_dict()
    assert changed == {}  # no second count confirms a figure or refutes one
    stored = records.claims.set_index("claim_id")
    assert (
        stored.loc[stored["grade"] != stored["coded_grade"], "grade"].to_dict() == changed
    )  # data/audited_grades.csv is neither short nor stale


def test_grades_follow_an_independent_count_and_a_contradiction(records):
    agreeing = records.comparisons.assign(independent="yes")
    changed = dataclasses.replace(records, comparisons=agreeing)
    grades = audit.audited_grades(changed).set_index("claim_id")["audited"]
    assert grades["rural-ecommerce-opinions-2015.poor-people"] == "A"
    # 790 million people fit "more than 600 million" only because it is open: no agreement
    assert grades["rural-ecommerce-opinions-2015.people-lifted"] == "C"
    known = records.definitions.set_index("definition_id")
    known.loc[JOBS, ["population_en", "measure", "place_en", "since"]] = [
        *known.loc["pc-ecom-labour-claim", ["population_en", "measure", "place_en"]],
        "2020-03",
    ]
    same = dataclasses.replace(records, definitions=known.reset_index())
    one = next(
        one
        for one in audit.outcomes(same)
        if one.subject == f"{JOBS} / pc-ecom-labour-claim@2020-03-31"
        and one.check == "outside figure"
    )
    assert one.status == "conflict"  # were they one count of one thing, it could not fall


def test_only_a_conflict_that_nothing_resolves_contradicts_a_claim(records):
    nothing = records.conflicts.assign(declared_status="unresolved")
    grades = audit.audited_grades(dataclasses.replace(records, conflicts=nothing))
    found = grades.set_index("claim_id")["audited"]
    # of the 14 differences from figures outside, one cannot be true together with a claim
    assert [*found[found == "X"].index] == ["scio-2021.canton-fees"]


def test_what_needs_a_note_has_one_or_says_its_grade(records):
    notes = audit.needs_note(records).set_index("claim_id")
    of_grade = notes.loc[notes["why"] == "grade", "note"]
    own = records.claims.set_index("claim_id")["note"][of_grade.index]
    assert of_grade.tolist() == own.replace("", audit.NO_NOTE).tolist()
    assert {"", *own[own != ""]} == {*own}, "claims with and without a note of their own"
    assert {
        "scio-2021.ecommerce-jobs",
        "scio-2021.ecommerce-income",
        "scio-2021.canton-fees",
        "scio-2021.labor-income",  # about 60,000 in 2018, more than 100,000 in 2021
        "rural-ecommerce-opinions-2015.special-funds",
    } <= set(notes.index)
    assert (
        "director" in notes.loc["scio-2021.canton-fees", "note"]
        or "2021-04" in notes.loc["scio-2021.canton-fees", "note"]
    )
    assert "scio-2021.labor-people" not in notes.index


def test_tiles_hold_each_pair_once(records):
    tiles = audit.tiles(records)
    assert not tiles.duplicated(["claim_id", "check"]).any()
    assert set(tiles["claim_id"]) == set(records.claims["claim_id"])
    late = tiles.query("check == 'page date' and status == 'warn'")
    assert set(late["source_id"]) == {
        "rural-ecommerce-opinions-2015",
        "state-council-2015",
        "hunan-2017",
    }


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "open_ended", "grade"),
    [
        # 9 of the briefing (a list of sessions and a translation are no other figure),
        # 5 of 2015, 3 of Hunan
        ("claims-held-against-figures", 17, 17, 17, "", "D"),
        # the fees, by a misprint of the fair
        ("claims-in-conflict", 1, 1, 1, "", "B"),
        ("claims-contradicted", 0, 0, 0, "", ""),
        ("claims-contested", 2, 2, 2, "", "C"),  # work, and funds of 2015
        ("claims-agreed", 0, 0, 0, "", ""),
        ("impact-and-input", 22, 22, 22, "", "D"),
        ("impact-and-input-confirmed", 0, 0, 0, "", ""),
        ("impact-and-input-contested", 2, 2, 2, "", "C"),
        # 19 claims of September 2015 and 3 of October 2015
        ("claims-on-late-pages", 22, 22, 22, "", "D"),
        ("claims-to-note", 15, 15, 15, "", "D"),
        # 14 of the briefing, 6 of the report of 2015
        ("claims-with-original", 20, 20, 20, "", "D"),
        # aspects, 771, 618.8, 31, 85, 14.6, 三四十, fees, deals, residents
        ("claims-worded-otherwise", 10, 10, 10, "", "D"),
        # poor people, poor border residents, from poor areas
        ("claims-of-fewer-people", 3, 3, 3, "", "C"),
        # 618.8万 and 6.19 million
        ("claims-with-digits-lost", 1, 1, 1, "", "C"),
        ("differences", 19, 19, 19, "", "D"),
        ("differences-outside", 14, 14, 14, "", "C"),
        ("conflicts", 2, 2, 2, "", "B"),
        ("funds-of-2015-other-over-stated", 3.7 / 2, 3.65 / 2.5, 3.75 / 1.5, "", "C"),
        ("jobs-2020-over-2021", 9 / 7.71, 9 / 7.715, INF, "high", "C"),
        ("fees-to-125-over-128", 670 / 86.69, 670 / 86.695, INF, "high", "B"),
    ],
)
def test_every_finding_is_what_arithmetic_by_hand_gives(
    by_id, slug, value, low, high, open_ended, grade
):
    one = by_id["audit." + slug]
    assert (one.value, one.low, one.high) == (
        pytest.approx(value, rel=1e-11),
        pytest.approx(low, rel=1e-11),
        pytest.approx(high, rel=1e-11),
    )
    assert (one.open_ended, one.unit, one.evidence_grade) == (open_ended, "", grade)


COUNTED = ("claims", "claims-that-add-up", "claims-without-start")


def test_what_counts_the_register_counts_its_rows(by_id):
    with (PROJECT / "data/claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    add_up = [row for row in rows if row["kind"] in ("impact", "input", "coverage")]
    counts = (len(rows), len(add_up), sum(row["period_start"] == "" for row in add_up))
    for slug, count in zip(COUNTED, counts, strict=True):
        one = by_id[f"audit.{slug}"]
        assert (one.value, one.low, one.high) == (count, count, count), slug
        assert (one.open_ended, one.unit, one.evidence_grade) == ("", "", "D")


def test_no_finding_is_left_without_an_answer_by_hand(by_id):
    (marks,) = [
        mark
        for mark in test_every_finding_is_what_arithmetic_by_hand_gives.pytestmark
        if mark.name == "parametrize"
    ]
    by_hand = [*COUNTED, *(row[0] for row in marks.args[1])]
    assert sorted(f"audit.{slug}" for slug in by_hand) == sorted(by_id)
