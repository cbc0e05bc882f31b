"""``analysis check`` on altered data: a planted error of each kind fails, and the message names file, row and what."""

import csv
import re
import sys

import pytest

from analysis import cli

CLAIMS, SOURCES, FAIR, WORK, SHOPS = (
    "claims.csv",
    "sources.csv",
    "series/canton_fair.csv",
    "series/labor.csv",
    "series/ecommerce.csv",
)


@pytest.fixture
def check(monkeypatch, capsys, data_copy):
    def call(*more: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["analysis", "--data", str(data_copy), "check", *more])
        monkeypatch.setenv("ANALYSIS_DATA", "")
        try:
            cli.main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def plant(data_copy):
    """``plant(file, {column: value of the row wanted}, {column: new value})`` alters one row, and returns its number."""

    def alter(file: str, where: dict[str, str], new: dict[str, str]) -> int:
        with (data_copy / file).open(encoding="utf-8", newline="") as opened:
            rows = list(csv.DictReader(opened))
        (number,) = [
            i
            for i, row in enumerate(rows, 2)
            if all(row[name] == value for name, value in where.items())
        ]
        rows[number - 2].update(new)
        with (data_copy / file).open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return number

    return alter


def claim(name: str) -> dict[str, str]:
    return {"claim_id": name}


def test_known_conflicts_and_differences_are_listed_one_line_each_and_the_check_succeeds(
    check, data_copy
):
    code, out, err = check()
    with (data_copy / "conflicts.csv").open(encoding="utf-8", newline="") as opened:
        declared = [row["conflict_id"] for row in csv.DictReader(opened)]
    assert (code, err) == (0, "")
    assert "The audit finds 2 conflicts of official figures, all of them known:" in out
    conflicts, between, differences = out.partition(
        f"It finds {len(declared) - 2} known differences that are no conflict:"
    )
    assert between
    listed = [
        re.findall(r"^  ([a-z0-9-]+) \(", part, flags=re.MULTILINE)
        for part in (conflicts, differences)
    ]
    assert sorted(listed[0]) == ["fees-tenfold-claim", "fees-tenfold-series"]
    assert sorted([*listed[0], *listed[1]]) == sorted(declared)


PLANTED = [
    (  # tenfold slip in a claim
        CLAIMS,
        claim("scio-2021.canton-fees"),
        {"value_low": "866900000", "value_high": "866900000", "printed": ""},
        "parse: scio-2021.canton-fees: the words say 86.69 million, the row 866,900,000",
    ),
    (  # tenfold slip in a claim and in its words
        CLAIMS,
        claim("scio-2021.canton-fees"),
        {
            "value_low": "866900000",
            "value_high": "866900000",
            "printed": "866.9 million",
            "last_digit": "100000",
            "as_stated": "a total of 866.9 million yuan",
        },
        "translation: scio-2021.canton-fees / original",
    ),
    (  # tenfold slip in a series
        SHOPS,
        {"series_id": "pc-agri-online-retail", "period_end": "2020-09-30"},
        {"value": "264200000000"},
        "printed figure: pc-agri-online-retail@2020-01-01/2020-09-30 = 264,200,000,000: printed 26.42 billion, the row has 264,200,000,000",
    ),
    (  # tenfold slip in a year to date
        WORK,
        {
            "series_id": "labour-dispatched-total",
            "period_start": "2020-01",
            "period_end": "2020-07",
        },
        {"value": "1590000"},
        "running total: labour-dispatched-total@2020-01: the cumulative falls",
    ),
    (  # falling cumulative
        SHOPS,
        {"series_id": "demo-counties-cum", "period_start": "2022-12-31"},
        {"value": "1100"},
        "running total: demo-counties-cum: the cumulative falls",
    ),
    (  # page date for event date
        SOURCES,
        {"source_id": "rural-ecommerce-opinions-2015"},
        {"event_date": "2024-09-19"},
        "event date: rural-ecommerce-opinions-2015: dated 2024-09-19, but the figures coded run to 2015-09-07; the page has the same date",
    ),
    (  # page date for the end of a period
        CLAIMS,
        claim("state-council-2015.six-measures"),
        {"period_end": "2024-09-16"},
        "period: state-council-2015.six-measures: the period coded ends 2024-09-16, after the event of 2015-10-14",
    ),
    (  # miscounted list of sessions
        CLAIMS,
        claim("scio-2021.canton-sessions"),
        {"value_low": "8", "value_high": "8"},
        "enumeration: scio-2021.canton-sessions / canton-fair-session@2017-10-15/2020-10-24: 8 are stated, and 7 listed in the series",
    ),
    (  # wrong conversion
        CLAIMS,
        claim("hunan-2017.funds-commerce"),
        {"stated_usd": "27 million"},
        "exchange rate: hunan-2017.funds-commerce: the pair implies",
    ),
    (  # wrong bound
        CLAIMS,
        claim("scio-2021.canton-deals"),
        {"bound": "about"},
        "bound: scio-2021.canton-deals: the words say 'more_than', the row 'about'",
    ),
    (  # wrong unit
        CLAIMS,
        claim("scio-2021.labor-people"),
        {"unit": "county"},
        "unit: scio-2021.labor-people: the words name person, the row county",
    ),
]


def test_planted_errors_fail_and_are_named_with_file_and_row(check, plant):
    """All at once, but for the second slip of a row, which would hide the first."""
    wanted = {}
    for file, where, new, what in PLANTED[:1] + PLANTED[2:]:
        wanted[what] = file, plant(file, where, new)
    code, out, err = check("--all")
    assert (code, out) == (1, "")
    named(err, wanted)
    (file, where, new, what), *_ = PLANTED[1:]
    plant(file, where, new)
    named(check("--all")[2], {what: wanted[PLANTED[0][3]]})


def named(err, wanted):
    """Each error is one line, with the file and, of a claim, the row."""
    for what, (file, number) in wanted.items():
        (line,) = [line for line in err.splitlines() if what in line]
        assert line.startswith(f"{file}, row {number} (") or (
            file != CLAIMS and f"{file}, row" in line
        ), line


def test_a_list_of_measures_that_is_too_short_fails(check, data_copy):
    """The twelve measures of the notice with one taken out of the list."""
    path = data_copy / "measures.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(line for line in lines if not line.startswith("covid-notice-2020.measure-12,")),
        "utf-8",
    )
    code, _, err = check()
    assert code == 1
    assert "measures.csv" in err
    assert "covid-notice-2020.twelve-measures states 12 items, and 11 rows name it" in err


def undeclare(data, conflict_id: str) -> None:
    """Take one row out of ``conflicts.csv``."""
    path = data / "conflicts.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    left = [line for line in lines if not line.startswith(f"{conflict_id},")]
    assert len(left) == len(lines) - 1
    path.write_text("".join(left), "utf-8")


def test_a_conflict_that_nobody_declared_fails(check, data_copy):
    """The fair's misprint: over 670 million to session 125, 86.69 million (at most 86.695) later."""
    undeclare(data_copy, "fees-tenfold-claim")
    code, out, err = check()
    assert (code, out) == (1, "")
    assert "claims.csv, row 13 (scio-2021.canton-fees): outside figure:" in err
    assert (
        "the cumulative falls: 670000000 or more at 2019-05-31, at most 86695000 at 2021-08-23"
        in err
    )
    assert "declare it in conflicts.csv with its explanation" in err
    assert "1 problem in" in err


def test_a_difference_in_which_both_can_be_true_need_not_be_declared(check, plant, data_copy):
    """2 billion of which nobody says when it is paid, and 3.7 billion of 2015: a conflict once both are of 2015."""
    undeclare(data_copy, "funds-of-2015")
    code, out, err = check()
    assert (code, err) == (0, "")
    assert "special-funds / demo-funds" not in out
    special = "rural-ecommerce-opinions-2015.special-funds"
    plant(CLAIMS, claim(special), {"period_start": "2015", "period_end": "2015"})
    code, out, err = check()
    assert (code, out) == (1, "")
    assert f"claims.csv, row 36 ({special}): outside figure:" in err
    assert "1,500,000,000 to 2,500,000,000, the other figure 3,650,000,000 to 3,750,000,000" in err


def test_a_declared_conflict_that_no_longer_occurs_fails(check, plant, data_copy):
    """The fair's page mended: 67 million to session 125 lies below 86.69 million to session 128."""
    plant(
        FAIR,
        {"series_id": "canton-poverty-fee-exempted-cum", "period_end": "2019-05"},
        {"value": "67000000", "printed": "67 million"},
    )
    code, _, err = check()
    assert code == 1
    with (data_copy / "conflicts.csv").open(encoding="utf-8", newline="") as opened:
        ids = [row["conflict_id"] for row in csv.DictReader(opened)]
    rows = [str(number) for number, name in enumerate(ids, 2) if name.startswith("fees-tenfold-")]
    assert len(rows) == 2
    said = "subject is declared, but the audit finds no such difference; take it out"
    assert f"conflicts.csv: 2 rows: {said} (rows {', '.join(rows)})" in err
