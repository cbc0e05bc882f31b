"""Two files dropped in run the code of the notebook unchanged, from Python and from the command line."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import analysis
from analysis.cli import app
from analysis.methods.causal.study import study
from analysis.records.errors import DataError
from analysis.themes.causal_design import findings as causal


@pytest.fixture
def dropped(records, tmp_path):
    """The simulated panel as somebody would bring it: two CSV files."""
    panel = causal.poverty_counties(records)
    roster, outcomes = tmp_path / "roster.csv", tmp_path / "outcomes.csv"
    roster.write_text(
        "county,first_treated\n"
        + "".join(f"{unit},{year}\n" for unit, year in zip(panel.units, panel.first, strict=True)),
        "utf-8",
    )
    rows = [
        f"{unit},{year},{value:.17f}\n"
        for unit, values in zip(panel.units, panel.outcome, strict=True)
        for year, value in zip(panel.years, values, strict=True)
    ]
    outcomes.write_text("county,year,outcome\n" + "".join(rows), "utf-8")
    return roster, outcomes


def test_files_give_what_the_simulated_panel_gives(records, dropped):
    found, expected = (
        analysis.causal_study(*dropped, seed=4, replications=99),
        study(causal.poverty_counties(records), seed=4, replications=99),
    )
    assert np.allclose(found.panel.outcome, expected.panel.outcome, atol=1e-15)
    assert found.notes == expected.notes
    assert found.tests.equals(expected.tests)
    assert found.estimates["estimate"].to_numpy() == pytest.approx(
        expected.estimates["estimate"].to_numpy(), rel=1e-9
    )


def test_the_command_says_estimates_tests_and_notes(dropped):
    done = CliRunner().invoke(app, ["causal", *map(str, dropped)])
    assert done.exit_code == 0, done.output
    for words in (
        "Average effect on treated county-years",
        "By years since treatment",
        "later against already treated",
        "randomisation inference",
        "From 2019 on every county is treated",
        "intention to treat",
    ):
        assert words in done.output


def test_a_mistake_in_a_file_is_told_with_its_place(dropped):
    dropped[0].write_text(
        dropped[0].read_text("utf-8").replace("county-0001,2014", "county-0001,soon"), "utf-8"
    )
    with pytest.raises(
        DataError,
        match=r"roster.csv, row 2 \(county-0001\), column first_treated: 'soon' is not a year",
    ):
        analysis.causal_study(*dropped)


def test_an_outcome_in_yuan_has_no_percent_and_never_crashes(dropped):
    roster, outcomes = pd.read_csv(dropped[0]), pd.read_csv(dropped[1])
    outcomes["outcome"] = np.exp(outcomes["outcome"]) * 1e6
    yuan, wrong = (
        analysis.causal_study(roster, outcomes, replications=19, log_outcome=is_log)
        for is_log in (False, True)
    )
    assert "share" not in yuan.estimates
    assert yuan.estimates["estimate"].iloc[0] > 1e4
    assert np.isinf(wrong.estimates["share"].iloc[0])


def test_the_command_takes_names_of_columns_and_one_file_for_both(dropped, tmp_path):
    both = pd.read_csv(dropped[1]).merge(pd.read_csv(dropped[0]))
    both = both.rename(columns={"county": "code", "outcome": "lninc", "first_treated": "since"})
    path = tmp_path / "both.csv"
    both.drop(index=[3, 40]).assign(other=1).to_csv(path, index=False)
    names = ("--unit", "code", "--outcome", "lninc", "--first-treated", "since", "--log")
    done = CliRunner().invoke(app, ["causal", str(path), str(path), *names])
    assert done.exit_code == 0, done.output
    assert re.search(r"high +share", done.output)
    assert "Columns of both.csv that are not used: other." in done.output
    assert "2 of 8,320 county-years are missing, in 2 of 832 counties" in done.output
    less = CliRunner().invoke(
        app, ["causal", str(path), str(path), *names[:-1], "--balanced", "drop"]
    )
    assert "Dropped for a missing year: 2 of 832 counties, 2 of them treated" in less.output
    assert not re.search(r"high +share", less.output)


def test_mistakes_of_one_kind_are_one_line_and_all_of_them_on_demand(dropped):
    dropped[1].write_text("county,year,outcome\n" + "county-0001,2011,many\n" * 3000, "utf-8")
    one, every, as_json = (
        CliRunner().invoke(app, ["causal", *map(str, dropped), *more])
        for more in ((), ("--all",), ("--json",))
    )
    assert one.exit_code == every.exit_code == as_json.exit_code == 2
    assert one.stderr.splitlines()[0] == (
        "outcomes.csv: 3,000 rows: outcome is not a number; "
        "allowed is a decimal number such as 7710000 or 7.71e6 (first: rows 2, 3, 4)"
    )
    assert len(one.stderr.splitlines()) == 2  # the other: each county and year stands once
    assert len(every.stderr.splitlines()) == len(json.loads(as_json.stdout)["problems"]) == 5999
