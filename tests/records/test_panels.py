"""A roster and its outcomes are read as documented, and every mistake in them is named with its place."""

import pytest

from analysis.records.errors import DataError
from analysis.records.panels import read_panel

ROSTER = [("county", "first_treated"), ("a", "2012"), ("b", "2013"), ("c", "")]
OUTCOMES = [
    ("county", "year", "outcome"),
    *(
        (county, str(year), f"{value}.{year - 2010}")
        for value, county in enumerate("abc")
        for year in range(2010, 2014)
    ),
]


def write(folder, roster=ROSTER, outcomes=OUTCOMES):
    paths = folder / "roster.csv", folder / "outcomes.csv"
    for path, rows in zip(paths, (roster, outcomes), strict=True):
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    return paths


def complaints(folder, **tables):
    with pytest.raises(DataError) as caught:
        read_panel(*write(folder, **tables))
    return [str(problem) for problem in caught.value.problems]


def test_two_good_files_are_read(tmp_path):
    roster, outcomes = read_panel(*write(tmp_path))
    assert roster.to_dict("list") == {"county": ["a", "b", "c"], "first_treated": [2012, 2013, 0]}
    assert outcomes.shape == (12, 3)
    assert outcomes["outcome"].iloc[5] == 1.1
    assert outcomes["year"].dtype == "int64"


def test_a_cluster_may_be_named_and_order_mark_and_line_ends_do_not_matter(tmp_path):
    paths = write(
        tmp_path,
        roster=[(*row, name) for row, name in zip(ROSTER, ("cluster", "x", "x", "y"), strict=True)],
    )
    paths[0].write_bytes(b"\xef\xbb\xbf" + paths[0].read_bytes().replace(b"\n", b"\r\n"))
    assert read_panel(*paths)[0]["cluster"].tolist() == ["x", "x", "y"]


def replaced(rows, number, row):
    return [row if place == number else one for place, one in enumerate(rows)]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            {"outcomes": [*OUTCOMES, ("d", "2010", "1")]},
            "outcomes.csv, row 14, column county: 'd' is not in roster.csv; every county has a row there",
        ),
        (
            {"roster": [*ROSTER, ("d", "2012")]},
            "roster.csv, row 5, column county: 'd' has no outcome in outcomes.csv",
        ),
        (
            {"roster": [*ROSTER, ("a", "2013")]},
            "roster.csv, row 5, column county: 'a' stands already in row 2; it must be unique",
        ),
        (
            {"outcomes": [*OUTCOMES, ("a", "2010", "1")]},
            "outcomes.csv, row 14, column county, year: 'a, 2010' stands already in row 2",
        ),
        (
            {"roster": replaced(ROSTER, 1, ("a", "2010"))},
            "roster.csv, row 2 (a), column first_treated: 2010 is not after the first year of the outcomes, 2010",
        ),
        (
            {"roster": replaced(ROSTER, 1, ("a", "1999"))},
            "1999 is not after the first year of the outcomes, 2010; a county needs a year before its treatment",
        ),
        (
            {"outcomes": OUTCOMES[:2] + OUTCOMES[3:]},
            "outcomes.csv (a), column year: has no outcome in 2011; every county needs every year from 2010 to 2013",
        ),
        (
            {"outcomes": [row for row in OUTCOMES if row[1] != "2012"]},
            "outcomes.csv (b), column year: has no outcome in 2012",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012", "many"))},
            "outcomes.csv, row 4 (a), column outcome: 'many' is not a number; allowed is a plain decimal number",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012", ""))},
            "outcomes.csv, row 4 (a), column outcome: is empty; a value is required",
        ),
        ({"outcomes": replaced(OUTCOMES, 3, ("a", "2012", "nan"))}, "'nan' is not a number"),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012.5", "1"))},
            "'2012.5' is not a number; allowed is a whole number",
        ),
        ({"outcomes": replaced(OUTCOMES, 3, ("a", "12", "1"))}, "12 is below 1900"),
        (
            {"roster": replaced(ROSTER, 2, ("b", "never"))},
            "roster.csv, row 3 (b), column first_treated: 'never' is not a number",
        ),
        (
            {"roster": [("county",), ("a",), ("b",)]},
            "roster.csv, row 1, column first_treated: is missing; the columns are county, first_treated",
        ),
        (
            {"outcomes": [(*row, "x") for row in OUTCOMES]},
            "outcomes.csv, row 1, column x: is not in the schema",
        ),
        (
            {"roster": [("county", "first_treated"), ("a", ""), ("b", ""), ("c", "")]},
            "roster.csv, column first_treated: no county is treated",
        ),
        (
            {"roster": [("county", "first_treated"), ("a", "2012"), ("b", "2012"), ("c", "2012")]},
            "every county is first treated in 2012: there is no comparison",
        ),
        ({"roster": ROSTER[:1]}, "roster.csv: has a header and no rows"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, tables, expected):
    assert any(expected in found for found in complaints(tmp_path, **tables)), complaints(
        tmp_path, **tables
    )


def test_every_mistake_is_told_at_once(tmp_path):
    found = complaints(
        tmp_path,
        roster=replaced(ROSTER, 1, ("a", "x")),
        outcomes=replaced(OUTCOMES, 1, ("a", "2010", "y")),
    )
    assert len(found) == 2
    assert found[0].startswith("roster.csv")
    assert found[1].startswith("outcomes.csv")


def test_many_gaps_are_summed_up(tmp_path):
    found = complaints(
        tmp_path,
        outcomes=[row for row in OUTCOMES if row[0] != "c" or row[1] == "2010"]
        + [("a", "2014", "1"), ("b", "2014", "1")],
    )
    assert found == [
        "outcomes.csv (c), column year: has no outcome in 2011, 2012, 2013 and 1 more years; every county needs every year from 2010 to 2014, none is filled in"
    ]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DataError, match="none.csv: there is no such file"):
        read_panel(tmp_path / "none.csv", write(tmp_path)[1])
