"""Policy measures against counts made by hand from the adjudicated table."""

import re

import pytest

from analysis.methods.agreement import cohen_kappa
from analysis.records.descriptor import descriptor
from analysis.records.paths import PROJECT
from analysis.themes import all_findings
from analysis.themes.charts import make_chart
from analysis.themes.measures import findings as measures
from analysis.words.wording import say

# headline items by hand: 5 aspects and 3 next steps (2021), 5 tasks and 10 measures of which 3 are
# named (2015),
# 6 measures (State Council), 12 (2020), 4 actions (Hunan), of which both coders had 3
CODED, NAMED = 5 + 3 + 5 + 10 + 6 + 12 + 3, 5 + 3 + 5 + 3 + 6 + 12 + 4
REPORT, COUNCIL, HUNAN, NOTICE, BRIEFING = measures.DOCUMENTS


@pytest.fixture(scope="module")
def by_id(records):
    return {one.value_id: one for one in measures.findings(records)}


@pytest.mark.parametrize(
    ("slug", "value", "low", "high", "grade"),
    [
        ("named-of-ten", 3, 2, 5, "C"),  # said as a count: ten are few
        (
            "naming-money",
            3 / NAMED,
            3 / NAMED,
            3 / NAMED,
            "B",
        ),  # pay abroad; contracts and waiver; Hunan's funds
        ("naming-own-money", 2 / NAMED, 2 / NAMED, 2 / NAMED, "B"),  # waiver; Hunan's funds
        (
            "partnerships",
            13 / NAMED,
            13 / NAMED,
            13 / NAMED,
            "B",
        ),  # aspects 1-5, next 1-2, notice 2-5, Hunan 3 4
        (
            "governance",
            10 / NAMED,
            10 / NAMED,
            10 / NAMED,
            "B",
        ),  # task 5, council 1-3, notice 1 7 9 10 11, Hunan 1
        ("notice-governance", 5 / 12, 5 / 12, 5 / 12, "B"),
        ("notice-epidemic", 3 / 12, 3 / 12, 3 / 12, "B"),  # notice 1, 7, 9
        (
            "guidance",
            15 / NAMED,
            15 / NAMED,
            15 / NAMED,
            "B",
        ),  # tasks 1-5, report 1-2, council 1, notice 1 6 8-12
        ("fund", 2 / NAMED, 2 / NAMED, 2 / NAMED, "B"),  # council 6, Hunan 1
        ("dated-2015", (5 + 3 + 6) / NAMED, 14 / NAMED, 14 / NAMED, "B"),
        (
            "themes-agreed",
            (16 * CODED - 2) / (16 * CODED),
            702 / 704,
            702 / 704,
            "C",
        ),  # two cells differ
    ],
)
def test_every_finding_is_what_counting_by_hand_gives(by_id, slug, value, low, high, grade):
    found = by_id[f"measures.{slug}"]
    assert (found.value, found.low, found.high) == tuple(
        pytest.approx(number, rel=1e-9) for number in (value, low, high)
    )
    unit = "measure" if slug == "named-of-ten" else ""
    assert (found.unit, found.open_ended, found.evidence_grade) == (unit, "", grade)


def test_every_finding_has_its_line(by_id):
    assert len(by_id) == 11


def test_the_denominator_is_made_of_the_documents_own_counts(records, by_id):
    total = measures.named_items(records)
    assert (total.value, total.unit) == (NAMED, "measure") == (38, "measure")
    assert total.formula.startswith("7 + ")
    assert set(total.inputs) == set(measures.LISTS) - {measures.TEN}
    assert len(measures.headlines(records)) == NAMED
    assert len(measures.headlines(records, named=False)) == NAMED + 7 == 45
    assert len(measures.coded_headlines(records)) == CODED == 44


def test_every_list_but_one_is_named_in_full(records):
    data = measures.lists(records)
    assert dict(
        zip(
            data["counted_by"],
            zip(data["stated"], data["items"], data["named"], strict=True),
            strict=True,
        )
    ) == {
        "scio-2021.policy-aspects": (5, 5, 5),
        "scio-2021.next-aspects": (3, 3, 3),
        f"{REPORT}.five-tasks": (5, 5, 5),
        measures.TEN: (10, 10, 3),
        f"{COUNCIL}.six-measures": (6, 6, 6),
        f"{NOTICE}.twelve-measures": (12, 12, 12),
    }


def kappa_by_hand(both, first, second, n):
    agreed = (n - first - second + 2 * both) / n
    chance = (first * second + (n - first) * (n - second)) / n**2
    return (agreed - chance) / (1 - chance)


def test_kappa_of_each_theme(records):
    data = measures.agreement_by_theme(records).set_index("theme")
    assert set(data.index) == set(measures.THEMES) - {measures.LATER}
    assert (data["n"] == CODED).all()
    counts = {
        "platforms_partnerships": (12, 11, 11),
        "market_entities": (7, 8, 7),
        "governance": (10, 10, 10),
        "not_stated": (7, 7, 7),
        "consumption": (2, 2, 2),
    }
    for theme, (first, second, both) in counts.items():
        assert data.loc[theme, ["first", "second", "both"]].tolist() == [first, second, both]
        assert data.loc[theme, "kappa"] == pytest.approx(kappa_by_hand(both, first, second, CODED))
    assert data.loc["platforms_partnerships", ["agreed", "share"]].tolist() == [
        43,
        pytest.approx(43 / 44),
    ]
    assert (data["low"] <= data["kappa"]).all()
    assert (data["kappa"] <= data["high"]).all()
    assert (data["high"] <= 1).all()
    assert data.loc["governance", "share_low"] == pytest.approx(
        0.025 ** (1 / CODED)
    )  # all agree: p^n = 2.5 %


def test_kappa_of_instrument_target_and_channel(records):
    data = measures.agreement_by_column(records).set_index("column")
    assert data["agreed"].to_dict() == {"instrument": 43, "target_group": 41, "channel": 43}
    rows = measures.coded_headlines(records)
    one, two = rows["channel_first"].value_counts(), rows["channel_second"].value_counts()
    chance = sum(one[name] * two[name] for name in one.index) / CODED**2
    assert data.loc["channel", "kappa"] == pytest.approx((43 / 44 - chance) / (1 - chance))


def test_disagreements_have_their_reasons(records):
    data = measures.disagreements(records)
    assert data["column"].value_counts().to_dict() == {
        "themes": 5,
        "target_group": 3,
        "instrument": 1,
        "channel": 1,
    }
    assert (data["reason"] != "").all()


def test_themes_by_document(records):
    data = measures.themes_by_document(records).set_index(["source_id", "theme"])
    assert data["n"].groupby("source_id").first().to_dict() == {
        REPORT: 8,
        COUNCIL: 6,
        HUNAN: 4,
        NOTICE: 12,
        BRIEFING: 8,
        "all": 38,
    }
    assert data.loc[(BRIEFING, "platforms_partnerships"), ["measures", "share"]].tolist() == [
        7,
        7 / 8,
    ]
    assert data.loc[(REPORT, "rural_services"), "measures"] == 3
    assert data.loc[(HUNAN, "branding"), "measures"] == 1, "one brand a county"
    demonstration = data.xs(measures.LATER, level="theme")["measures"]
    assert demonstration.to_dict() == {
        REPORT: 0,
        COUNCIL: 1,
        HUNAN: 0,
        NOTICE: 0,
        BRIEFING: 1,
        "all": 2,
    }
    assert data.loc[(NOTICE, "infrastructure"), "measures"] == 0
    totals = data.loc["all", "measures"]
    assert totals.tolist() == sorted(totals, reverse=True), "themes stand in order of frequency"
    assert "not_stated" not in totals


def test_instruments_by_document(records):
    data = measures.instruments_by_document(records)
    table = data.pivot(index="source_id", columns="instrument", values="measures")
    assert table.sum().to_dict() == {
        "fund": 2,
        "regulation": 1,
        "tax_fee_exemption": 1,
        "programme": 18,
        "event": 1,
        "guidance": 15,
    }
    assert table.loc[NOTICE, "guidance"] == 7
    assert table.loc[BRIEFING, "tax_fee_exemption"] == 1


def test_a_share_of_few_is_said_as_counts(by_id):
    # before: "5.4 %" of 37, then
    assert say(by_id["measures.fund"]) == "2 of 38"
    assert say(by_id["measures.fund"], "zh") == "38项中的2项"
    assert say(by_id["measures.notice-epidemic"], value_only=True) == "3 of 12"
    assert say(by_id["measures.themes-agreed"]) == "99.7%"


def test_no_finding_is_a_percentage_of_fewer_than_a_hundred_cases(records):
    percent = [one for one in all_findings(records) if one.counted and "%" in say(one)]
    assert [one.value_id for one in percent if one.counted[1] < 100] == []
    shares = {one.value_id for one in measures.findings(records) if one.counted}
    assert len(shares) == 10, "all but the range of how many of the ten are named"


def test_splitting_the_bundles_moves_governance_most(records):
    data = measures.split_bundles(records).set_index(["scope", "theme"])
    assert data.loc["all", ["n_bundled", "n_split"]].drop_duplicates().to_numpy().tolist() == [
        [38, 38 - 2 + 4 + 6]
    ]
    council = data.loc[COUNCIL, ["bundled", "split"]]
    assert council.loc["governance"].tolist() == [3, 1 + 3 + 2]
    assert council.loc["market_entities"].tolist() == [3, 1 + 1 + 2]
    moved = (data.loc["all", "share_split"] - data.loc["all", "share_bundled"]).sort_values()
    assert moved.index[-1] == "governance"
    assert moved.iloc[-1] == pytest.approx(13 / 46 - 10 / 38)


def test_the_timeline_is_by_the_date_of_the_event(records):
    data = measures.timeline(records)
    assert data["first"].is_monotonic_increasing
    announced = data[data["what"] == "measures"]
    assert announced[["date", "precision", "items", "named"]].to_numpy().tolist() == [
        ["2015-09", "month", 5, 5],
        ["2015-09-07", "day", 10, 3],
        ["2015-10-14", "day", 6, 6],
        ["2016", "year", 4, 4],
        ["2020-03", "month", 12, 12],
        ["2021-08-23", "day", 8, 8],
    ]
    assert not set(data["date"]) & set(records.sources["page_date"]) - set(records.events["date"])
    assert set(measures.SAME_EVENTS) <= set(records.events["event_id"])
    assert len(data) == 6 + len(records.events) - len(measures.SAME_EVENTS)


def test_no_measure_is_dated_by_its_page(records):
    pages = dict(zip(records.sources["source_id"], records.sources["page_date"], strict=True))
    assert not any(row.announced == pages[row.source_id] for row in records.measures.itertuples())


def test_the_themes_of_the_topic_are_those_of_the_schema():
    resource = next(
        one for one in descriptor(PROJECT / "data")["resources"] if one["name"] == "measures"
    )
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    assert sorted(fields["themes"]["codes"]) == sorted(measures.THEMES)
    assert fields["instrument"]["constraints"]["enum"] == list(measures.INSTRUMENTS)


def test_what_is_not_named_has_neither_instrument_nor_target(records):
    rows = records.measures
    blank = rows[(rows["instrument"] == "") | (rows["target_group"] == "")]
    assert blank["status"].tolist() == [measures.UNNAMED] * 7
    assert set(blank["instrument_first"]) == {"guidance"}, "the coders' own words stay"


def test_the_named_measures_of_the_ten_are_as_many_as_assumed(records):
    row = records.assumptions.set_index("assumption_id").loc["measures-named-of-ten"]
    ten = records.measures[records.measures["counted_by"] == measures.TEN]
    assert (ten["status"] != measures.UNNAMED).sum() == row["central"] == 3
    acts = records.measures["measure_id"].str.startswith(f"{REPORT}.measure-3.sub-").sum()
    assert row["low"] == 2
    assert row["high"] == 2 + acts == 5


def test_the_readme_states_the_agreement_that_the_codings_give(records):
    text = (
        (PROJECT / "docs/coding/README.md")
        .read_text("utf-8")
        .split("# How the measures were coded")[1]
    )
    lines = re.findall(
        r"^\| `(\w+)` \| (\d+) \| (\d+) \| ([\d.]+) \| ([\d.]+) to ([\d.]+) \|$",
        text,
        flags=re.MULTILINE,
    )
    rows = [
        (row["theme"], row) for row in measures.agreement_by_theme(records).to_dict("records")
    ] + [(row["column"], row) for row in measures.agreement_by_column(records).to_dict("records")]
    assert lines == [
        (
            name,
            str(row["n"]),
            str(row["agreed"]),
            f"{row['kappa']:.2f}",
            f"{row['low']:.2f}",
            f"{row['high']:.2f}",
        )
        for name, row in rows
    ]


def test_agreement_is_beyond_chance_by_the_shared_measure():
    assert cohen_kappa([1] * 11 + [1] + [0] * 32, [1] * 11 + [0] * 33).kappa == pytest.approx(
        kappa_by_hand(11, 12, 11, 44)
    )


def test_a_slide_shows_as_many_themes_as_fit_and_says_how_many_are_left(records):
    for lang, left in (("en", "{} rarer themes not shown"), ("zh", "另有{}个较少的主题未列")):
        figure = make_chart("measures-heat-map", records, lang).figure("slide")
        (axes,) = figure.axes
        shown = len(axes.get_yticklabels())
        assert axes.get_xlabel() == left.format(16 - shown)
        each = axes.get_position().height * figure.get_size_inches()[1] / shown
        assert 0.21 <= each < 0.21 * (shown + 1) / shown + 0.05, "inches for one row of cells"
