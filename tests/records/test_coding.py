"""The claims against two independent codings: a value changed by anybody turns red, by name."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from analysis.records.coding import coding_problems
from analysis.records.errors import DataError
from analysis.records.paths import PROJECT
from analysis.verbs.codings import agreement_text, stated

CODING = PROJECT / "docs/coding"
COMPARED = [
    "paragraph",
    "channel",
    "value_low",
    "value_high",
    "bound",
    "unit",
    "currency",
    "period_start",
    "period_end",
    "stated_usd",
    "kind",
    "said_on",
    "grade",
]
CATEGORICAL = ("channel", "bound", "unit", "currency", "kind", "grade")
ROW = "(row)"

Table = dict[str, dict[str, str]]


def table(path: Path, key: str = "claim_id") -> Table:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}


def adjudications() -> dict[tuple[str, str], dict[str, str]]:
    with (CODING / "claims_disagreements.csv").open(encoding="utf-8", newline="") as file:
        return {(row["claim_id"], row["column"]): row for row in csv.DictReader(file)}


FIRST = table(CODING / "claims_first_coder.csv")
SECOND = table(CODING / "claims_second_coder.csv")
MATCHING = {
    claim_id: row["second_id"] for claim_id, row in table(CODING / "claims_matching.csv").items()
}
DECIDED = adjudications()
PAIRS = {one: two for one, two in MATCHING.items() if one in FIRST and two in SECOND}


def expected(claim_id: str, column: str) -> str:
    """What the claims table must hold: what both coders have, or what was decided between them."""
    if (claim_id, column) in DECIDED:
        return DECIDED[claim_id, column]["adjudicated"]
    coded = [
        coder[name][column]
        for coder, name in ((FIRST, claim_id), (SECOND, MATCHING[claim_id]))
        if name in coder
    ]
    return coded[0] if len(set(coded)) == 1 else f"undecided between {coded[0]} and {coded[1]}"


def departures(claims: Table) -> list[str]:
    """Every cell in which the claims table is not what the coding says, with both values."""
    coded = {
        claim_id
        for claim_id in MATCHING
        if DECIDED.get((claim_id, ROW), {}).get("adjudicated") != "not coded"
    }
    lines = [
        f"{claim_id} is coded in docs/coding and missing from claims.csv"
        for claim_id in sorted(coded - claims.keys())
    ]
    lines += [
        f"{claim_id} stands in claims.csv and has no coding in docs/coding"
        for claim_id in sorted(claims.keys() - coded)
    ]
    return lines + [
        f"{claim_id}, {column}: claims.csv has {claims[claim_id][column]!r}, the coding says {expected(claim_id, column)!r}"
        for claim_id in MATCHING
        if claim_id in claims and claim_id in coded
        for column in COMPARED
        if claims[claim_id][column] != expected(claim_id, column)
    ]


def test_every_claim_is_what_two_coders_found_or_what_was_decided():
    assert departures(table(PROJECT / "data/claims.csv")) == []


@pytest.mark.parametrize(
    ("claim_id", "column", "value", "message"),
    [
        (
            "scio-2021.ecommerce-jobs",
            "value_high",
            "7720000",
            "scio-2021.ecommerce-jobs, value_high: claims.csv has '7720000', the coding says '7710000'",
        ),
        (
            "scio-2021.canton-deals",
            "bound",
            "about",
            "scio-2021.canton-deals, bound: claims.csv has 'about', the coding says 'more_than'",
        ),
        (
            "scio-2021.canton-deals",
            "period_start",
            "2017-10",
            "scio-2021.canton-deals, period_start: claims.csv has '2017-10', the coding says ''",
        ),
        (
            "scio-2021.canton-fees",
            "grade",
            "A",
            "scio-2021.canton-fees, grade: claims.csv has 'A', the coding says 'B'",
        ),
        (
            "hunan-2017.funds-central",
            "stated_usd",
            "15500000",
            "hunan-2017.funds-central, stated_usd: claims.csv has '15500000', the coding says '15 million'",
        ),
        (
            "hunan-2017.counties-raising-funds",
            "kind",
            "input",
            "hunan-2017.counties-raising-funds, kind: claims.csv has 'input', the coding says 'coverage'",
        ),
    ],
)
def test_a_changed_cell_is_named_with_both_values(
    data_copy, edit, claim_id, column, value, message
):
    edit(data_copy / "claims.csv", claim_id, column, value)
    assert departures(table(data_copy / "claims.csv")) == [message]


def test_a_claim_deleted_or_added_without_coding_is_named():
    claims = table(PROJECT / "data/claims.csv")
    moved = claims.pop("scio-2021.labor-income")
    assert departures(claims) == [
        "scio-2021.labor-income is coded in docs/coding and missing from claims.csv"
    ]
    claims["scio-2021.labor-pay"] = moved
    assert departures(claims)[1:] == [
        "scio-2021.labor-pay stands in claims.csv and has no coding in docs/coding"
    ]
    claims["hunan-2017.station-counties"] = FIRST["hunan-2017.station-counties"]
    assert (
        departures(claims)[1]
        == "hunan-2017.station-counties stands in claims.csv and has no coding in docs/coding"
    )


def test_the_record_of_disagreements_is_whole_and_holds_nothing_else():
    differing = {
        (one, column): (FIRST[one][column], SECOND[two][column])
        for one, two in PAIRS.items()
        for column in COMPARED
        if FIRST[one][column] != SECOND[two][column]
    }
    cells = {place: row for place, row in DECIDED.items() if place[1] != ROW}
    corrections = {
        place: row for place, row in cells.items() if row["reason"].startswith("Correction: ")
    }
    recorded = {place: (row["first"], row["second"]) for place, row in cells.items()}
    assert {
        place: pair for place, pair in recorded.items() if place not in corrections
    } == differing
    assert len(corrections) == 11  # eight bounds, three conversions
    for (claim_id, column), row in corrections.items():
        both = FIRST[claim_id][column], SECOND[MATCHING[claim_id]][column]
        assert (row["first"], row["second"]) == both
        assert both[0] == both[1] != row["adjudicated"]
    coded_once = {
        claim_id: (row["first"], row["second"])
        for (claim_id, column), row in DECIDED.items()
        if column == ROW
    }
    only_first, only_second = FIRST.keys() - PAIRS.keys(), SECOND.keys() - set(PAIRS.values())
    assert coded_once == dict.fromkeys(only_first, ("coded", "not coded")) | dict.fromkeys(
        only_second, ("not coded", "coded")
    )
    assert [place for place, row in DECIDED.items() if not row["reason"].endswith(".")] == []
    assert [
        place for place, row in DECIDED.items() if MATCHING.get(place[0], "") != row["second_id"]
    ] == []


# -- the same, as ``analysis check`` says it -------------------------------------------------------


@pytest.fixture
def coding(tmp_path) -> Path:
    """A copy of docs/coding that a test may break."""
    return shutil.copytree(CODING, tmp_path / "coding")


def said(coding: Path, claims: Path = PROJECT / "data/claims.csv") -> list[str]:
    return [str(problem) for problem in coding_problems(coding, claims)]


JOBS, DEALS = "scio-2021.ecommerce-jobs", "scio-2021.canton-deals"


def test_two_codings_that_differ_without_a_decision_are_named_with_both_rows(coding, edit):
    assert said(coding) == []
    edit(coding / "claims_second_coder.csv", MATCHING[JOBS], "unit", "household")
    row = list(SECOND).index(MATCHING[JOBS]) + 2
    assert said(coding) == [
        f"docs/coding/claims_second_coder.csv, row {row} ({MATCHING[JOBS]}), column unit: the second coder has 'household', the first 'person' (row {list(FIRST).index(JOBS) + 2} of claims_first_coder.csv); write what was decided, and why, into claims_disagreements.csv"
    ]
    with (coding / "claims_disagreements.csv").open("a", encoding="utf-8") as file:
        file.write(f"{JOBS},{MATCHING[JOBS]},unit,person,household,person,The text says farmers.\n")
    assert said(coding) == []


def test_a_claim_that_is_not_what_was_coded_is_named(coding, data_copy, edit):
    edit(data_copy / "claims.csv", DEALS, "bound", "about")
    row = list(table(PROJECT / "data/claims.csv")).index(DEALS) + 2
    assert said(coding, data_copy / "claims.csv") == [
        f"claims.csv, row {row} ({DEALS}), column bound: 'about' is not what the coding in docs/coding says, 'more_than'"
    ]


def test_a_claim_without_coding_and_a_coding_without_claim_are_named(coding, data_copy, edit):
    edit(data_copy / "claims.csv", JOBS, "claim_id", "scio-2021.jobs")
    place = list(MATCHING).index(JOBS) + 2
    assert said(coding, data_copy / "claims.csv") == [
        f"docs/coding/claims_matching.csv, row {place} ({JOBS}): is coded, and missing from data/claims.csv",
        "claims.csv, row 4 (scio-2021.jobs), column claim_id: has no coding in docs/coding; it is coded twice, and claims_matching.csv names both rows",
    ]
    edit(coding / "claims_matching.csv", DEALS, "second_id", "")
    assert (
        f"docs/coding/claims_matching.csv, row {list(MATCHING).index(DEALS) + 2} ({DEALS}): has not two codings; add the one that is missing, or a row with column (row) to claims_disagreements.csv"
        in said(coding)
    )


def test_a_column_that_is_missing_is_named_and_a_blank_line_shifts_no_row(coding, edit):
    second = coding / "claims_second_coder.csv"
    edit(second, MATCHING[JOBS], "unit", "household")
    second.write_text(second.read_text("utf-8").replace("\n", "\n\n", 1), "utf-8")
    assert (
        f"claims_second_coder.csv, row {list(SECOND).index(MATCHING[JOBS]) + 3} ("
        in said(coding)[0]
    )
    decisions = coding / "claims_disagreements.csv"
    decisions.write_text(decisions.read_text("utf-8").replace("adjudicated", "decided", 1), "utf-8")
    with pytest.raises(
        DataError,
        match=r"docs/coding/claims_disagreements\.csv, row 1, column adjudicated: is missing; the columns are claim_id, column, adjudicated",
    ):
        said(coding)


def agreement() -> dict[str, tuple[int, int, str]]:
    """Column -> pairs compared, pairs agreed, Cohen's kappa where the column is categorical."""
    found = {}
    for column in COMPARED:
        pairs = [(FIRST[one][column], SECOND[two][column]) for one, two in PAIRS.items()]
        found[column] = (
            len(pairs),
            sum(a == b for a, b in pairs),
            f"{kappa(pairs):.2f}" if column in CATEGORICAL else "",
        )
    return found


def kappa(pairs: list[tuple[str, str]]) -> float:
    values = sorted({value for pair in pairs for value in pair})
    counts = [[sum(pair == (a, b) for pair in pairs) for b in values] for a in values]
    return float(cohens_kappa(counts, return_results=False))


def kappa_by_hand(pairs: list[tuple[str, str]]) -> float:
    n = len(pairs)
    agreed = sum(a == b for a, b in pairs) / n
    by_chance = (
        sum(
            sum(a == v for a, _ in pairs) * sum(b == v for _, b in pairs)
            for v in {a for a, _ in pairs}
        )
        / n**2
    )
    return (agreed - by_chance) / (1 - by_chance)


def test_the_readme_states_the_agreement_that_the_files_give():
    readme = (CODING / "README.md").read_text("utf-8")
    assert agreement_text() == readme, "run: analysis agreement --write"
    sentence, table_ = (found[0] for found in stated(readme))
    assert sentence == f"Over the {len(PAIRS)} statements that both coded."
    assert table_.splitlines()[2:] == [
        f"| `{column}` | {n} | {agreed} |{f' {kappa_}' if kappa_ else ''} |"
        for column, (n, agreed, kappa_) in agreement().items()
    ]


def test_another_coding_changes_sentence_and_table_and_nothing_else(coding):
    matching = coding / "claims_matching.csv"
    rows = matching.read_text("utf-8").splitlines(keepends=True)
    matching.write_text("".join(row for row in rows if "scio-2021.labor-income," not in row))
    changed, n = agreement_text(coding), len(PAIRS) - 1
    sentence, table_ = (found[0] for found in stated(changed))
    assert sentence == f"Over the {n} statements that both coded."
    assert f"| `unit` | {n} | {n} | 1.00 |" in table_
    before = [found[0] for found in stated((CODING / "README.md").read_text("utf-8"))]
    restored = changed.replace(sentence, before[0]).replace(table_, before[1])
    assert restored == (CODING / "README.md").read_text("utf-8")


def test_kappa_is_what_its_formula_gives():
    for column in CATEGORICAL:
        pairs = [(FIRST[one][column], SECOND[two][column]) for one, two in PAIRS.items()]
        assert kappa(pairs) == pytest.approx(kappa_by_hand(pairs))
