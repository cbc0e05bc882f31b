"""A roster and its outcomes are read as documented, and every mistake in them is named with its place."""

import duckdb
import pandas as pd
import pytest

from analysis.records.errors import DataError, QuantityError
from analysis.records.panel_cells import Wrong, as_first_year, as_number, as_weight, as_year
from analysis.records.panels import Columns, read_panel

ROSTER = [("county", "first_treated"), ("a", "2012"), ("b", "2013"), ("c", "")]
OUTCOMES = [
    ("county", "year", "outcome"),
    *(
        (county, str(year), f"{value}.{year - 2010}")
        for value, county in enumerate("abc")
        for year in range(2010, 2014)
    ),
]
OUTCOME_SUM = 3 * (0 + 0.1 + 0.2 + 0.3) + 4 * (0 + 1 + 2)


def write(folder, roster=ROSTER, outcomes=OUTCOMES):
    paths = folder / "roster.csv", folder / "outcomes.csv"
    for path, rows in zip(paths, (roster, outcomes), strict=True):
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", "utf-8")
    return paths


def complaints(folder, **tables):
    with pytest.raises(DataError) as caught:
        read_panel(*write(folder, **tables))
    return [str(problem) for problem in caught.value.problems]


def replaced(rows, number, row):
    return [row if place == number else one for place, one in enumerate(rows)]


def frames():
    (_, *listed), (_, *measured) = ROSTER, OUTCOMES
    return (
        pd.DataFrame(listed, columns=ROSTER[0]),
        pd.DataFrame(
            [(county, int(year), float(value)) for county, year, value in measured],
            columns=OUTCOMES[0],
        ),
    )


def test_two_good_files_are_read(tmp_path):
    read = read_panel(*write(tmp_path))
    assert read.roster.to_dict("list") == {
        "county": ["a", "b", "c"],
        "first_treated": [2012, 2013, 0],
    }
    assert read.outcomes.shape == (12, 3)
    assert read.outcomes["outcome"].iloc[5] == 1.1
    assert read.outcomes["year"].dtype == "int64"
    assert read.notes == ("Read as never treated: 1 with an empty cell.",)


def test_a_cluster_may_be_named_and_order_mark_and_line_ends_do_not_matter(tmp_path):
    paths = write(
        tmp_path,
        roster=[(*row, name) for row, name in zip(ROSTER, ("cluster", "x", "x", "y"), strict=True)],
    )
    paths[0].write_bytes(b"\xef\xbb\xbf" + paths[0].read_bytes().replace(b"\n", b"\r\n"))
    assert read_panel(*paths).roster["cluster"].tolist() == ["x", "x", "y"]


@pytest.mark.parametrize("form", ["csv", "semicolons", "xlsx", "parquet", "frame", "indexed"])
def test_every_form_gives_the_same(tmp_path, form):
    tables = frames()
    paths = tuple(tmp_path / f"{name}.{form}" for name in ("roster", "outcomes"))
    given = tables if form == "frame" else paths
    if form == "indexed":
        given = tables[0].set_index("county"), tables[1].set_index(["county", "year"])
    for table, path in zip(tables, paths, strict=True):
        if form in ("csv", "semicolons"):
            table.to_csv(path, index=False, sep=";" if form == "semicolons" else ",")
        elif form == "xlsx":
            table.to_excel(path, index=False)
        elif form == "parquet":
            duckdb.from_df(table).write_parquet(str(path))
    expected, read = read_panel(*write(tmp_path)), read_panel(*given)
    assert read.roster.to_dict("list") == expected.roster.to_dict("list")
    assert read.outcomes.to_dict("list") == expected.outcomes.to_dict("list")


def test_columns_are_mapped_and_others_noted(tmp_path):
    roster, outcomes = frames()
    roster = roster.rename(columns={"county": "code", "first_treated": "since"}).assign(area=1)
    outcomes = outcomes.rename(columns={"county": "code", "outcome": "income"}).assign(pop=2, x=3)
    read = read_panel(
        roster, outcomes, Columns(unit="code", outcome="income", first_treated="since")
    )
    assert read.outcomes["outcome"].sum() == pytest.approx(OUTCOME_SUM)
    assert read.notes[:2] == (
        "Columns of roster that are not used: area.",
        "Columns of outcomes that are not used: pop, x.",
    )


def test_one_table_may_be_both():
    roster, outcomes = frames()
    both = outcomes.merge(roster)
    read = read_panel(both, both)
    assert read.roster["first_treated"].tolist() == [2012, 2013, 0]
    assert read.notes == ("Read as never treated: 1 with an empty cell.",)


@pytest.mark.parametrize(
    "form", ["{}.0", "{}-12-31", "{}/1/1", "{}-01-01 00:00:00", " {} ", "{}年"]
)
def test_a_year_may_be_written_in_any_of_these_ways(tmp_path, form):
    said = [OUTCOMES[0], *((county, form.format(year), one) for county, year, one in OUTCOMES[1:])]
    assert (
        read_panel(*write(tmp_path, outcomes=said)).outcomes["year"].tolist()
        == [*range(2010, 2014)] * 3
    )


def test_dates_of_a_frame_are_years():
    roster, outcomes = frames()
    outcomes["year"] = pd.to_datetime(outcomes["year"].astype(str))
    roster["first_treated"] = pd.to_datetime(roster["first_treated"].replace("", None))
    read = read_panel(roster, outcomes)
    assert set(read.outcomes["year"]) == {2010, 2011, 2012, 2013}
    assert read.roster["first_treated"].tolist() == [2012, 2013, 0]


def test_exponents_are_numbers_and_commas_are_not(tmp_path):
    read = read_panel(*write(tmp_path, outcomes=replaced(OUTCOMES, 1, ("a", "2010", "8.46e-05"))))
    assert read.outcomes["outcome"].iloc[0] == 8.46e-05
    said = replaced(OUTCOMES, 1, ("a", "2010", '"7,710"'))
    assert "'7,710' has a comma" in complaints(tmp_path, outcomes=said)[0]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("0", "0"),
        ("0.0", "0"),
        ("Inf", "Inf"),
        ("NA", "NA"),
        ("10000", "10000"),
        ("", "an empty cell"),
        ("never", "never"),
    ],
)
def test_never_treated_in_any_of_these_ways_said_once(tmp_path, word, said):
    many = [(f"n{number}", word) for number in range(300)]
    more = [(name, str(year), "1") for name, _ in many for year in range(2010, 2014)]
    roster = [*ROSTER[:3], ("c", word), *many]
    read = read_panel(*write(tmp_path, roster=roster, outcomes=[*OUTCOMES, *more]))
    assert read.roster["first_treated"].tolist() == [2012, 2013, *[0] * 301]
    assert read.notes == (f"Read as never treated: 301 with {said}.",)


def test_always_treated_counties_are_dropped_and_counted(tmp_path):
    more = [(name, str(year), "1") for name in "xy" for year in range(2010, 2014)]
    read = read_panel(
        *write(
            tmp_path, roster=[*ROSTER, ("x", "2010"), ("y", "1950")], outcomes=[*OUTCOMES, *more]
        )
    )
    assert read.roster["county"].tolist() == ["a", "b", "c"]
    assert set(read.outcomes["county"]) == {"a", "b", "c"}
    assert read.notes[-1] == (
        "Dropped: 2 counties, treated in 2010, the first year of the outcomes, or before: x, y."
    )


def test_a_county_seen_only_from_its_treatment_on_is_dropped_and_counted(tmp_path):
    more = [("x", year, "1") for year in ("2012", "2013")]
    read = read_panel(
        *write(tmp_path, roster=[*ROSTER, ("x", "2012")], outcomes=[*OUTCOMES, *more])
    )
    assert read.notes[-1] == "Dropped: 1 county, no outcome before their treatment: x."


@pytest.mark.parametrize("blank", [None, "", "NA", "nan"])
def test_a_missing_county_year_is_kept_out_or_its_county_dropped_as_asked(tmp_path, blank):
    said = [row for row in OUTCOMES if row[:2] != ("c", "2011")]
    said += [] if blank is None else [("c", "2011", blank)]
    roster, more = [*ROSTER, ("d", "")], [("d", str(year), "1") for year in range(2010, 2014)]
    paths = write(tmp_path, roster=roster, outcomes=[*said, *more])
    kept, dropped = read_panel(*paths), read_panel(*paths, balanced="drop")
    assert len(kept.outcomes) == 15
    assert kept.notes[-1] == (
        "1 of 16 county-years are missing, in 1 of 4 counties (c): the rest is used, and nothing is filled in."
    )
    assert len(dropped.outcomes) == 12
    assert dropped.notes[-1] == (
        "Dropped for a missing year: 1 of 4 counties, 0 of them treated, with 3 county-years: c."
    )


def test_unmatched_counties_are_listed_both_ways_or_dropped_on_request(tmp_path):
    tables = {
        "roster": [*ROSTER, ("d", "2012")],
        "outcomes": [*OUTCOMES, ("e", "2010", "1"), ("f", "2010", "1")],
    }
    found = complaints(tmp_path, **tables)
    assert len(found) == 2
    assert "outcomes.csv, column county: 2 counties are not in roster.csv: e, f;" in found[0]
    assert "roster.csv, column county: 1 county is not in outcomes.csv: d;" in found[1]
    read = read_panel(*write(tmp_path, **tables), unmatched="drop")
    assert read.roster["county"].tolist() == ["a", "b", "c"]
    assert read.notes[:2] == (
        "Dropped: in outcomes.csv, 2 counties are not in roster.csv: e, f.",
        "Dropped: in roster.csv, 1 county is not in outcomes.csv: d.",
    )


@pytest.mark.parametrize("cell", ["٢٠١٨", "२०१८", "2018\u0660", "\uff12\uff10\uff11\uff18"])
def test_only_ascii_digits_are_digits(cell):
    for read in (as_number, as_year, as_first_year, as_weight):
        with pytest.raises(Wrong):
            read(cell)


def test_codes_are_the_same_as_numbers_and_as_text():
    roster, outcomes = frames()
    codes = {"a": 13011, "b": 13013, "c": 13015}
    roster["county"] = roster["county"].map(codes).astype(float)
    outcomes["county"] = outcomes["county"].map(codes).astype(str)
    assert read_panel(roster, outcomes).roster["county"].tolist() == ["13011", "13013", "13015"]


def test_a_column_of_ones_from_the_treatment_on_gives_the_first_year():
    roster, outcomes = frames()
    outcomes["post"] = [
        int(year >= {"a": 2012, "b": 2013, "c": 9999}[county])
        for county, year in zip(outcomes["county"], outcomes["year"], strict=True)
    ]
    names = Columns(treated="post")
    read = read_panel(roster[["county"]], outcomes, names)
    assert read.roster["first_treated"].tolist() == [2012, 2013, 0]
    outcomes.loc[outcomes["year"] == 2013, "post"] = 0
    with pytest.raises(DataError) as caught:
        read_panel(roster[["county"]], outcomes, names)
    assert str(caught.value) == (
        "outcomes, row 5 (a), column post: is 0 after it was 1: treatment that ends is not "
        "estimated here; leave out the county, or its years from then on"
    )


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            {"roster": [*ROSTER, ("a", "2013")]},
            "roster.csv, row 5, column county: 'a' stands more than once, with different years",
        ),
        (
            {"outcomes": [*OUTCOMES, ("a", "2010", "1")]},
            "outcomes.csv, row 14, column county, year: 'a, 2010' stands already in row 2",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012", "many"))},
            "outcomes.csv, row 4 (a), column outcome: 'many' is not a number; allowed is a decimal number",
        ),
        ({"outcomes": replaced(OUTCOMES, 3, ("a", "2012", "inf"))}, "'inf' is not a number"),
        ({"outcomes": replaced(OUTCOMES, 3, ("a", "2012", "1e999"))}, "is too large a number"),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012.5", "1"))},
            "'2012.5' is not a year; allowed is 2018, 2018.0 or a date",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "2012-13-45", "1"))},
            "'2012-13-45' is not a year; allowed is 2018, 2018.0 or a date",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "", "1"))},
            "outcomes.csv, row 4 (a), column year: is empty; a value is required",
        ),
        (
            {"outcomes": replaced(OUTCOMES, 3, ("a", "12", "1"))},
            "'12' is no year between 1900 and 2100",
        ),
        (
            {"roster": replaced(ROSTER, 2, ("b", "soon"))},
            "roster.csv, row 3 (b), column first_treated: 'soon' is not a year",
        ),
        ({"roster": replaced(ROSTER, 2, ("b", "7"))}, "'7' is no year between 1900 and 2100"),
        (
            {"roster": [("county",), ("a",), ("b",)]},
            "roster.csv, row 1, column first_treated: is missing; the columns of row 1 are county: name the right one by first_treated=",
        ),
        (
            {"roster": [("county", "first_treated"), ("a", ""), ("b", ""), ("c", "")]},
            "roster.csv, column first_treated: no county is treated",
        ),
        (
            {"roster": [("county", "first_treated"), ("a", "2012"), ("b", "2012"), ("c", "2012")]},
            "every county is first treated in 2012: there is no comparison",
        ),
        (
            {"roster": [("county", "first_treated"), ("a", "2010"), ("b", "2010"), ("c", "")]},
            "no county is treated; there is no effect to estimate (Dropped: 2 counties, treated in 2010",
        ),
        ({"roster": ROSTER[:1]}, "roster.csv: has a header and no rows"),
        (
            {"roster": [*ROSTER, ("d",)]},
            "roster.csv, row 5: has another number of cells than the header, which has 2: 1",
        ),
        (
            {
                "outcomes": [
                    OUTCOMES[0],
                    *((county, year, "NA") for county, year, _ in OUTCOMES[1:]),
                ]
            },
            "no county has an outcome",
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path, tables, expected):
    found = complaints(tmp_path, **tables)
    assert any(expected in one for one in found), found


def test_every_mistake_is_told_at_once(tmp_path):
    found = complaints(
        tmp_path,
        roster=replaced(ROSTER, 1, ("a", "x")),
        outcomes=replaced(OUTCOMES, 1, ("a", "2010", "y")),
    )
    assert len(found) == 2
    assert found[0].startswith("roster.csv")
    assert found[1].startswith("outcomes.csv")


def test_blank_lines_do_not_count_and_do_not_shift_rows(tmp_path):
    paths = write(tmp_path, outcomes=replaced(OUTCOMES, 3, ("a", "2012", "many")))
    paths[1].write_text(paths[1].read_text("utf-8").replace("a,2011", "\na,2011") + "\n\n", "utf-8")
    with pytest.raises(DataError) as caught:
        read_panel(*paths)
    assert [str(one) for one in caught.value.problems] == [
        "outcomes.csv, row 5 (a), column outcome: 'many' is not a number; allowed is a decimal number such as 7710000 or 7.71e6"
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, ending):
    wrong = tmp_path / f"wrong.{ending}"
    wrong.write_bytes(b"\xff\xff\0")
    for path in (wrong, tmp_path / f"none.{ending}"):
        with pytest.raises(DataError, match=rf"{path.stem}\.{ending}.*: (there|is not)"):
            read_panel(path, write(tmp_path)[1])


@pytest.mark.parametrize("choice", [{"balanced": "fill"}, {"unmatched": "keep"}])
def test_an_unknown_choice_is_refused(choice):
    with pytest.raises(QuantityError, match="is no choice; allowed are"):
        read_panel(*frames(), **choice)
