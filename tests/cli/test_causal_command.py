"""Two files dropped in run the code of the notebook unchanged, from Python and from the command line."""

import json

import numpy as np
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
        dropped[0].read_text("utf-8").replace("county-0001,2014", "county-0001,2011"), "utf-8"
    )
    with pytest.raises(
        DataError,
        match=r"roster.csv, row 2 \(county-0001\), column first_treated: 2011 is not after the first year of the outcomes, 2011",
    ):
        analysis.causal_study(*dropped)


def test_mistakes_of_one_kind_are_one_line_and_all_of_them_on_demand(dropped):
    dropped[1].write_text("county,year,outcome\n" + "county-0001,2011,many\n" * 3000, "utf-8")
    one, every, as_json = (
        CliRunner().invoke(app, ["causal", *map(str, dropped), *more])
        for more in ((), ("--all",), ("--json",))
    )
    assert one.exit_code == every.exit_code == as_json.exit_code == 2
    assert one.stderr.splitlines()[0] == (
        "outcomes.csv: 3,000 rows: outcome is not a number; "
        "allowed is a plain decimal number such as 7710000 (first: rows 2, 3, 4)"
    )
    assert len(one.stderr.splitlines()) == 2  # the other: each county and year stands once
    assert len(every.stderr.splitlines()) == len(json.loads(as_json.stdout)["problems"]) == 5999
