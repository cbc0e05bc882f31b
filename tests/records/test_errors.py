"""Problems grouped by kind: few lines however many there are, and none of them lost."""

from __future__ import annotations

import re
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.records.errors import MOST_LINES, SHOWN, DataError, Problem, grouped
from analysis.records.load import problems
from analysis.records.panels import read_panel


def years(*rows: int) -> list[Problem]:
    kind = "is not a whole number; allowed is a year"
    return [Problem("a.csv", f"'{row}x' {kind}", row, "year", f"c-{row}", kind) for row in rows]


@pytest.mark.parametrize(
    ("found", "lines"),
    [
        ([], []),
        (
            years(14),
            ["a.csv, row 14 (c-14), column year: '14x' is not a whole number; allowed is a year"],
        ),
        (
            years(14, 27),
            ["a.csv: 2 rows: year is not a whole number; allowed is a year (rows 14, 27)"],
        ),
        (
            years(*range(14, 1514)),
            [
                "a.csv: 1,500 rows: year is not a whole number; allowed is a year (first: rows 14, 15, 16)"
            ],
        ),
        (
            [Problem("b.py", "still holds FILL_IN", line) for line in (4, 9)],
            ["b.py: 2 lines: still holds FILL_IN (lines 4, 9)"],
        ),
        (
            [Problem("a.csv", "has no row", column="id", key=key) for key in "vwxyz"],
            ["a.csv: 5 places: id has no row (first: v, w, x)"],
        ),
        (
            [*years(2), Problem("a.csv", "is empty", 2, "year"), *years(5)],
            [
                "a.csv: 2 rows: year is not a whole number; allowed is a year (rows 2, 5)",
                "a.csv, row 2, column year: is empty",
            ],
        ),
    ],
    ids=["none", "one", "two", "many", "lines", "keys", "two kinds"],
)
def test_problems_of_one_kind_are_one_line(found, lines):
    assert grouped(found) == lines


def test_a_table_has_rows_and_a_text_has_lines():
    files = {"a.csv": "row", "b/c.py": "line", "d.ipynb": "line", "e.toml": "line"}
    for name, unit in files.items():
        assert str(Problem(name, "is wrong", 36)) == f"{name}, {unit} 36: is wrong"


@pytest.mark.parametrize(
    ("kinds", "last"),
    [
        (3, "a.csv, row 3: is wrong 3"),
        (4, "a.csv, row 4: is wrong 4"),
        (5, "and 2 more kinds of problem; `analysis check --all` lists everything"),
    ],
)
def test_a_message_gives_three_kinds_and_the_command_that_lists_everything(kinds, last):
    found = [Problem("a.csv", f"is wrong {row}", row) for row in range(1, kinds + 1)]
    short = DataError(found, listed_by="analysis check --all")
    assert str(short).splitlines()[:SHOWN] == list(map(str, found[:SHOWN]))
    assert str(short).splitlines()[-1] == last
    assert list(short.problems) == found
    assert str(DataError(found)).splitlines() == list(map(str, found))  # no command lists them


ANY = st.builds(
    Problem,
    file=st.sampled_from(["a.csv", "b.csv", "c.py"]),
    message=st.text(max_size=20),
    row=st.none() | st.integers(1, 99),
    column=st.none() | st.text(min_size=1, max_size=5),
    key=st.none() | st.text(max_size=5),
    kind=st.sampled_from(["", "is empty", "is not a number", "stands twice"]),
)


@given(st.lists(ANY, max_size=60))
def test_every_kind_has_one_line_and_the_numbers_add_up(found):
    whole = grouped(found, most=len(found) + 1)
    kinds = {(one.file, one.column, one.kind or one.message) for one in found}
    assert len(whole) == len(kinds)
    counts = [
        re.match(r"[abc]\.(?:csv|py): ([\d,]+) (?:rows|lines|places): ", one) for one in whole
    ]
    assert sum(int(one[1].replace(",", "")) if one else 1 for one in counts) == len(found)
    short = grouped(found)
    assert len("\n".join(short).splitlines()) == min(len(kinds), MOST_LINES)
    left = re.match(r"and (\d+) more kind", short[-1]) if len(kinds) > MOST_LINES else None
    assert len(short) - bool(left) + (int(left[1]) if left else 0) == len(kinds)
    assert short[: MOST_LINES - 1] == whole[: MOST_LINES - 1]


def test_what_a_file_holds_cannot_break_the_lines(tmp_path):
    roster, outcomes = tmp_path / "roster.csv", tmp_path / "outcomes.csv"
    roster.write_text('county,first_treated\n"a\nb\x1b[31m",x\n' + "c" * 5000 + ",y\nd,\n", "utf-8")
    outcomes.write_text("county,year,outcome\n" + f"a,2010,{'9' * 500}\n" + f"a,{'1' * 5000},1\n")
    with pytest.raises(DataError) as caught:
        read_panel(roster, outcomes)
    lines = [str(problem) for problem in caught.value.problems]
    assert lines[0] == (
        "roster.csv, row 2 (a\\nb\\x1b[31m), column first_treated: 'x' is not a year; "
        "allowed is 2018, 2018.0 or a date such as 2018-12-31, and an empty cell, 0, Inf, NA or never for never treated"
    )
    assert max(map(len, lines)) < 260
    assert [line.partition("is ")[2] or line.partition("has ")[2] for line in lines[2:]] == [
        "too large a number",
        "not a year; allowed is 2018, 2018.0 or a date such as 2018-12-31",
    ]


def test_a_header_of_a_thousand_strange_columns_is_a_line_for_each_that_is_missing(tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text(",".join(f"x{n}" for n in range(1000)) + "\n" + "1," * 999 + "1\n", "utf-8")
    (tmp_path / "outcomes.csv").write_text("county,year,outcome\na,2010,1\n", "utf-8")
    with pytest.raises(DataError) as caught:
        read_panel(roster, tmp_path / "outcomes.csv")
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "roster.csv, row 1, column county",
        "roster.csv, row 1, column first_treated",
    ]
    assert all("x18, x19 and 980 more" in line and len(line) < 250 for line in lines)


def test_fifty_thousand_duplicate_rows_are_one_line_in_bounded_time_and_memory(tmp_path):
    roster, outcomes = tmp_path / "roster.csv", tmp_path / "outcomes.csv"
    roster.write_text("county,first_treated\na,2015\nb,\n", "utf-8")
    outcomes.write_text("county,year,outcome\n" + "a,2014,1\n" * 50_000, "utf-8")
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        read_panel(roster, outcomes)
    used, most = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(caught.value) == (
        "outcomes.csv: 49,999 rows: county, year stands already in a row before; "
        "a county has one outcome a year (first: rows 3, 4, 5)"
    )
    assert used < 10, f"{used:.1f} s of processor time, with memory traced"
    assert most < 100e6, f"{most / 1e6:.0f} MB"


def test_claims_of_fifty_thousand_unknown_sources_are_few_lines(data_copy):
    path = data_copy / "claims.csv"
    row = path.read_text("utf-8").splitlines()[1].split(",", 2)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"x-{n}.y,x-{n},{row[2]}\n" for n in range(50_000))
    start = time.process_time()
    found = problems(data_copy)
    assert time.process_time() - start < 30
    (line,) = [line for line in grouped(found) if "source_id" in line]
    assert re.match(
        r"claims.csv: 50,000 rows: source_id is not in sources.csv; \d+ are known", line
    )


def test_no_word_of_a_message_is_endless():
    (line,) = grouped([Problem("a.csv", f"{'9' * 5000} is too large", 2)])
    assert line == f"a.csv, row 2: {'9' * 80}... is too large"
