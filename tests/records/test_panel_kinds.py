"""Tables as yearbooks have them: each kind is read and says so, or is refused by one sentence that says what to do."""

import numpy as np
import pandas as pd
import pytest

from analysis import causal_study
from analysis.methods.causal import panel_of
from analysis.records.errors import AnalysisError, grouped
from analysis.records.panels import Columns, read_panel

FIRST = {f"1{number:03d}": (0, 2014, 2015, 2016)[number % 4] for number in range(24)}
ROSTER = pd.DataFrame({"county": list(FIRST), "first_treated": list(FIRST.values())})
YEARS = range(2012, 2018)
DRAWS = np.random.default_rng(5).normal(9, 1, (24, 6)).round(6)
OUTCOMES = pd.DataFrame(
    [(county, year, DRAWS[n, t]) for n, county in enumerate(FIRST) for t, year in enumerate(YEARS)],
    columns=["county", "year", "outcome"],
)
MORE = ROSTER.assign(x=DRAWS[:, 0], w=1.0)
NEVER = ROSTER["first_treated"] == 0


def starting(never):
    """The roster with another way of saying never."""
    return ROSTER.assign(first_treated=ROSTER["first_treated"].astype(object).mask(NEVER, never))


def encoded(table, encoding):
    def made(folder):
        path = folder / f"{encoding}-{len(table)}.csv"
        text = table.assign(county="县" + table["county"]).to_csv(index=False)
        path.write_bytes(text.encode(encoding))
        return path

    return made


READ = {  # the same panel, and what is said of how it was read
    "6 with —": (starting("\u2014"), OUTCOMES),
    "6 with -": (starting("-"), OUTCOMES),
    "6 with 1000000000": (starting(10**9), OUTCOMES),
    "6 with inf": (starting(np.inf), OUTCOMES),
    "6 with 9999": (starting(9999.0), OUTCOMES),
    "6 with an empty cell": (starting(pd.NA), OUTCOMES.astype({"year": "Int64"})),
    "6 with 0": (
        ROSTER.astype("category"),
        OUTCOMES.assign(year=pd.PeriodIndex(OUTCOMES["year"].astype(str), freq="Y")),
    ),
    "read as gb18030": (encoded(ROSTER, "gb18030"), encoded(OUTCOMES, "gb18030")),
    "read as utf-16": (encoded(ROSTER, "utf-16"), encoded(OUTCOMES, "utf-16")),
}


@pytest.mark.parametrize("said", READ)
def test_what_is_read_is_the_same_panel_and_is_said(said, tmp_path):
    given = [one(tmp_path) if callable(one) else one for one in READ[said]]
    found = read_panel(*given)
    panel = panel_of(found.roster, found.outcomes)
    assert any(said in note for note in found.notes)
    assert panel.first.tolist() == list(FIRST.values())
    assert panel.outcome == pytest.approx(DRAWS)


def bytes_of(content, name):
    def made(folder):
        (folder / name).write_bytes(content)
        return folder / name

    return made


def altered(column, change):
    return OUTCOMES.assign(**{column: OUTCOMES[column].map(change)})


TEXT = "is not a text file in UTF-8, UTF-16 or GB18030; save it as CSV UTF-8, XLSX or Parquet"
ALSO = "an empty cell, 0, Inf, NA or never for never treated"
TWICE = "is named twice"
KINDS = [  # roster, outcomes, columns, what the one sentence holds
    (starting(-1), OUTCOMES, {}, f"6 rows: first_treated is not a year; .*, and {ALSO}"),
    (starting("没有"), OUTCOMES, {}, f"6 rows: first_treated is not a year; .*, and {ALSO}"),
    (starting(16), OUTCOMES, {}, f"no year between 1900 and 2100; allowed is also {ALSO}"),
    (ROSTER, altered("outcome", "{:,.2f}k".format), {}, "144 rows: outcome is not a number"),
    (ROSTER, altered("outcome", lambda x: f"1,00{x:.1f}"), {}, "144 rows: outcome has a comma"),
    (ROSTER, altered("outcome", lambda x: f"{x:.3f}".replace(".", ",")), {}, "has a comma; write"),
    (ROSTER, altered("outcome", lambda x: x * 1e200), {}, "144 rows: outcome is too large"),
    (ROSTER, altered("outcome", lambda _: 7.5), {}, "the outcome is the same in every row"),
    (MORE.assign(w=1e300), OUTCOMES, {"weights": "w"}, "24 rows: w is too large a number"),
    (MORE.assign(w=0), OUTCOMES, {"weights": "w"}, "24 rows: w is no weight"),
    (MORE, OUTCOMES, {"covariates": ("x", "x")}, f"'x' {TWICE}"),
    (MORE, OUTCOMES, {"covariates": ("outcome",)}, f"'outcome' {TWICE}"),
    (ROSTER, OUTCOMES, {"outcome": "year"}, f"'year' {TWICE}"),
    (ROSTER, OUTCOMES, {"unit": ["county"]}, "is no name of a column; allowed is text"),
    (
        ROSTER,
        OUTCOMES.pivot(index="county", columns="year", values="outcome"),
        {},
        "years stand as columns; bring a row for each county and year",
    ),
    (bytes_of(b"\xd0\xcf\x11\xe0\0\0", "old.xls"), OUTCOMES, {}, f"old.xls: {TEXT}"),
    (bytes_of(b"county,first_treated\n1\0,2014\n", "nul.csv"), OUTCOMES, {}, f"nul.csv: {TEXT}"),
    (
        bytes_of(b"hello", "no.xlsx"),
        OUTCOMES,
        {},
        "no.xlsx: is not readable as XLSX: it is damaged",
    ),
    *(
        (one, OUTCOMES, {}, f"roster: is of the type {type(one).__name__}; allowed are the path")
        for one in (None, [1], {"county": [1]}, ROSTER["county"], ROSTER.to_numpy())
    ),
]


@pytest.mark.parametrize("place", range(len(KINDS)))
def test_what_is_refused_is_one_sentence_for_each_kind(place, tmp_path):
    roster, outcomes, columns, said = KINDS[place]
    with pytest.raises(AnalysisError, match=said) as refused:
        read_panel(roster(tmp_path) if callable(roster) else roster, outcomes, Columns(**columns))
    problems = getattr(refused.value, "problems", [])
    assert len(list(grouped(problems))) <= 2


def test_numbers_that_give_nothing_to_draw_and_one_cluster_are_refused():
    for wrong in ({"seed": -1}, {"seed": "x"}, {"replications": 0}):
        with pytest.raises(AnalysisError, match="allowed are a whole number from 0 on"):
            causal_study(ROSTER, OUTCOMES, **wrong)
    with pytest.raises(AnalysisError, match="in one cluster"):
        causal_study(ROSTER.assign(cluster="a"), OUTCOMES)


def test_covariates_that_add_nothing_or_leave_nothing_to_compare_are_said():
    found = {
        name: causal_study(MORE.assign(x=x), OUTCOMES, covariates=["x"], replications=9).notes
        for name, x in (("constant", 1.0), ("apart", 1.0 * ~NEVER))
    }
    assert any("constant, or follow from others" in note for note in found["constant"])
    assert not any("apart in some comparisons" in note for note in found["constant"])
    assert any("apart in some comparisons" in note for note in found["apart"])


def test_a_fit_without_error_has_a_probability():
    exact = altered("outcome", lambda _: 0.0)
    treated = exact["county"].map(FIRST)
    exact["outcome"] = 1.0 * ((treated > 0) & (exact["year"] >= treated))
    found = causal_study(ROSTER, exact, replications=9)
    assert found.estimates["estimate"].iloc[0] == pytest.approx(1)
    assert found.tests["p"].dropna().between(0, 1).all()


def test_fewer_clusters_than_were_measured_are_unreliable_and_say_so():
    few = ROSTER.iloc[:12]
    found = causal_study(few, OUTCOMES[OUTCOMES["county"].isin(few["county"])], replications=9)
    assert any("12 clusters every interval and p-value is unreliable" in one for one in found.notes)
