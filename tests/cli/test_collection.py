"""Your own collection, from nothing: eight Indian figures in crore and lakh, with one planted conflict.

The figures are those of four public documents, whose addresses stand in ``SOURCES``; the texts here are
short notes of them.
"""

from __future__ import annotations

import sys

import pytest
from chart_word_rules import too_long

import analysis
from analysis import cli
from analysis.publish.site.contents import all_pages, rendered
from analysis.records.collection import collection
from analysis.records.errors import AnalysisError
from analysis.records.load import load
from analysis.records.paths import notebook_paths
from analysis.themes import set_aside
from analysis.themes.charts import definitions
from analysis.themes.explorers import explorers
from analysis.words.catalogue import LANGUAGES

TEXTS = {
    "nrlm-2026": "Self-help groups, December 2025\n10.05 crore households mobilised\ncredit of ₹12.18 lakh crore\n5.88 lakh enterprises supported\n50,548 women deployed",
    "nrlm-2025": "Credit, July 2025\nover Rs.11 lakh crore in credit",
    "nrlm-2021": "Reply 299\n7.35 crore women mobilised\nmore than Rs. 12595.88 crore as support",
    "nrega-2020": "Employment guarantee\n60.80 crore person days generated",
}
SOURCES = {  # day, and where it was published
    "nrlm-2026": ("2026-02-03", "https://pib.gov.in/PressReleasePage.aspx?PRID=2222697"),
    "nrlm-2025": ("2025-07-29", "https://www.pib.gov.in/PressReleasePage.aspx?PRID=2149656"),
    "nrlm-2021": (
        "2021-03-16",
        "https://datais.info/loksabha/question/46672b3b13fac8b5200b530a889ff652/Implementation+of+DAY-NRLM",
    ),
    "nrega-2020": (
        "2020-06-09",
        "https://www.thestatesman.com/india/highest-ever-allocation-of-fund-worth-rs-101500-crore-in-mgnregs-for-fy-2020-21-1502897946.html",
    ),
}
CLAIMS = {  # paragraph, unit, kind, value as entered ("": as the reader proposes), value by hand
    "nrlm-2026.households": (2, "household", "coverage", "", 10.05e7),
    "nrlm-2026.credit": (3, "INR", "input", "12.18 lakh crore", 12.18e12),
    "nrlm-2026.enterprises": (4, "enterprise", "coverage", "5.88 lakh", 5.88e5),
    "nrlm-2026.bank-agents": (5, "person", "input", "50,548", 50_548),
    "nrlm-2025.credit": (2, "INR", "input", "", 11e12),
    "nrlm-2021.women": (2, "person", "coverage", "7.35 crore", 7.35e7),
    "nrlm-2021.support": (3, "INR", "input", "12595.88 crore", 125_958_800_000),
    "nrega-2020.person-days": (2, "person_day", "coverage", "60.80 crore", 60.8e7),
}


def call(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["analysis", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
    return int(stop.value.code or 0)


@pytest.fixture
def india(made, monkeypatch):
    """The collection, with the environment pointed at it."""
    monkeypatch.setenv("ANALYSIS_DATA", str(made))
    return made


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own") / "india"
    with pytest.MonkeyPatch.context() as patch:
        assert call("init", folder, "--title", "Rural programmes of India") == 0
        patch.setenv("ANALYSIS_DATA", str(folder))
        for name, text in TEXTS.items():
            path = folder.parent / f"{name}.txt"
            path.write_text(text, "utf-8")
            day, url = SOURCES[name]
            cells = {
                **dict.fromkeys(("title", "short_en"), text.split("\n")[0]),
                **dict.fromkeys(("publisher", "speaker"), "Ministry of Rural Development"),
                **dict.fromkeys(("event_date", "page_date"), day),
                **{"url": url, "retrieval": "coded from a text copy"},
            }
            assert call("new", "source", name, "--text", path, *set_(cells)) == 0
        assert call("accept", *TEXTS) == 0
        for name, (paragraph, unit, kind, value, _) in CLAIMS.items():
            cells = {
                **{
                    "channel": "rural",
                    "indicator": name.split(".")[1].replace("-", "_"),
                    "kind": kind,
                    "unit": unit,
                },
                **{"counted": name.partition(".")[2], "geography": "India", "grade": "C"},
                **{"verdict": "none", "reason": "no series yet"},
                **{"speaker": "Ministry of Rural Development"},
                **(dict.fromkeys(("value_low", "value_high"), value) if value else {}),
            }
            text = folder.parent / f"{name.partition('.')[0]}.txt"
            words = ("new", "claim", name, "--text", text, "--paragraph", paragraph)
            assert call(*words, *set_(cells)) == 0
        assert call("accept", *CLAIMS) == 0
    return folder


def set_(cells: dict[str, str]) -> list[str]:
    return [part for name, cell in cells.items() for part in ("--set", f"{name}={cell}")]


def test_number_words_are_entered_as_numbers(india):
    claims = analysis.claims().set_index("claim_id")
    assert {name: row[4] for name, row in CLAIMS.items()} == claims["value_low"].to_dict()
    assert set(claims.loc[claims["unit"] == "INR", "currency"]) == {"INR"}
    assert claims["printed"]["nrlm-2026.credit"] == "12.18 lakh crore"


def test_every_verb_works_on_it(india):
    assert analysis.check() == []
    assert analysis.say("nrlm-2025.credit") == "more than 11 trillion Indian rupees"
    assert analysis.say("nrlm-2025.credit", "zh") == "超过11万亿印度卢比"
    bounds = analysis.intervals().set_index("claim_id").loc["nrlm-2026.credit", ["low", "high"]]
    assert bounds.tolist() == [12.175e12, 12.185e12]
    assert analysis.sql("select count(*) as n from claims where unit = 'INR'")["n"].tolist() == [3]
    assert len(analysis.tables()) == 20
    assert analysis.trace("nrlm-2021.support")["paragraph"] == 3
    assert "PRID=2149656" in analysis.cite("nrlm-2025.credit").text
    assert "In Rural programmes of India," in analysis.cite("audit-tile-map").text
    assert analysis.finding("audit.claims").value == 8


def test_what_belongs_to_the_package_s_own_collection_steps_aside(india):
    records = load()
    assert collection().title == "Rural programmes of India"
    assert set_aside(records).startswith("The themes context, ecommerce, labor_export, canton_fair")
    units = ("household", "inr", "enterprise", "person", "person-day")
    assert set(definitions(records)) == {
        *("register-how-figures-are-stated", "audit-tile-map"),
        *(f"register-values-{unit}" for unit in units),
    }
    assert explorers(records) == {}
    with pytest.raises(AnalysisError, match=r"is about scio-2021, .* does not have$"):
        analysis.chart("canton-fair-break-even")
    with pytest.raises(AnalysisError, match="scio-2021, which this collection does not have"):
        analysis.finding("canton-fair.deals-per-session")


def test_charts_of_values_keep_the_rules_of_words(india):
    chart = analysis.chart("register-values-inr")
    words = chart.spec.en.headline
    assert words == "3 reported figures in Indian rupees run from 126 billion to 12.2 trillion"
    assert chart.spec.data["value"].tolist() == [12.18e12, 11e12, 125_958_800_000]
    assert chart.spec.data["open_ended"].tolist() == ["", "high", "high"]
    assert "Ministry" not in chart.sources["en"], "documents are named as they are called"
    records = load()
    for name, own in definitions(records).items():
        for lang in LANGUAGES:
            text = own.make(records).text(lang)
            for part in ("headline", "subtitle", "alt"):
                assert not too_long(getattr(text, part), part, lang), (name, lang, part)
    assert analysis.cite("register-values-inr").text
    assert "register-values-inr" in set(analysis.charts()["chart"])


CPI = (112.2, 118.9, 124.7, 130.3, 135, 139.6, 146.3)  # 2013-14 to 2019-20, MoSPI
CPI_AT = "https://business-standard.com/amp/article/economy-policy/mgnrega-sees-negligible-increase-in-minimum-wages-in-the-time-of-covid-19-121032400359_1.html"
WAGES = (100, 110, 121)  # invented, of 2017-18 to 2019-20
PEOPLE = (50_000_000, 51_000_000)  # invented, of 2019-20 and 2020-21


@pytest.fixture
def with_series(india):
    """The collection with fiscal years of prices, of pay and of people, and one denominator."""
    kept = {name: (india / name).read_text("utf-8") for name in ("series.csv", "denominators.csv")}
    names = ("index", "INR/person/day", "person")
    values = {"in-cpi": (2013, CPI), "in-wage": (2017, WAGES), "in-people": (2019, PEOPLE)}
    path = india / "series/context.csv"
    header = path.read_text("utf-8")
    columns = header.strip().split(",")
    rows = [
        {
            **{"series_id": name, "value": str(value), "printed": str(value)},
            **{"last_digit": "0.1" if isinstance(value, float) else "1"},
            **{"period_start": f"{year}-04-01", "period_end": f"{year + 1}-03-31", "unit": unit},
            **{"geography": "India", "grade": "B", "derived": "no", "recheck": "no"},
            **{"source_title": "A table", "publisher": "A bureau", "published": "2021-03-24"},
            **{"seen_at": CPI_AT},
        }
        for (name, (first, of)), unit in zip(values.items(), names, strict=True)
        for year, value in enumerate(of, first)
    ]
    lines = [",".join(row.get(name, "") for name in columns) for row in rows]
    path.write_text(header + "\n".join(lines) + "\n", "utf-8")
    natures = ("index", "price", "flow")
    index = zip(values, ("Prices", "Pay", "People at work"), names, natures, strict=True)
    listed = "".join(f"{a},{b},,{c},{d},context\n" for a, b, c, d in index)
    (india / "series.csv").write_text(kept["series.csv"] + listed, "utf-8")
    judged = "nrlm-2021.women,in-people,unknown,no,yes,size only,nobody says who works"
    row = "nrlm-2021.women,,,,,none,no series yet"
    assert row in kept["denominators.csv"]
    changed = kept["denominators.csv"].replace(row, judged)
    (india / "denominators.csv").write_text(changed, "utf-8")
    yield india
    path.write_text(header, "utf-8")
    for name, text in kept.items():
        (india / name).write_text(text, "utf-8")


def test_prices_and_denominators_of_fiscal_years_are_explored(with_series):
    assert set(analysis.explorers()["explorer"]) == {"deflators", "denominators"}
    shown = analysis.explore("deflators", base_year="2019-20")
    real = [wage * CPI[-1] / level for wage, level in zip(WAGES, CPI[-3:], strict=True)]
    assert shown.chart.spec.data["real"].tolist() == pytest.approx(real, rel=1e-6)
    frame = shown.frame.set_index("item")["value"]
    assert frame["real-multiple"] == pytest.approx(121 / 100 * 135 / 146.3)
    assert "in 2017-18" in shown.sentence.text
    assert "Indian rupees" in shown.sentence.text
    with pytest.raises(AnalysisError, match="base_year cannot be '2021-22'; allowed are '2013-14'"):
        analysis.explore("deflators", base_year="2021-22")
    ratio = analysis.explore("denominators", year=2021)
    assert ratio.frame.set_index("item")["value"]["ratio"] == pytest.approx(7.35e7 / 50_000_000)
    assert "is a size, not a share" in ratio.sentence.text
    assert analysis.explorer("deflators").limits["base_year"] == tuple(
        f"{year}-{year - 1999}" for year in range(2013, 2020)
    )
    assert analysis.explorer("denominators").shown, "a slider with one place shows it"
    assert ratio.png()[:4] == b"\x89PNG"
    assert shown.png()[:4] == b"\x89PNG"
    assert "in-people" in analysis.chart("register-series-in-people", "zh").definition.series
    assert call("check") == 0, "its chart uses a series"


def test_a_chart_of_one_s_own_is_a_file(india, capsys):
    book = india / "notebooks/01_claims.ipynb"
    before = book.read_bytes()
    file = india / "charts/register-credit.toml"
    try:
        claims = "nrlm-2026.credit,nrlm-2025.credit"
        assert call("new", "chart", "register-credit", "--claims", claims) == 0
        assert 'chart(\\"register-credit\\")' in book.read_text("utf-8")
        made = analysis.chart("register-credit").spec.en
        assert made.headline.startswith("2 reported figures in Indian rupees run from 11")
        text = file.read_text("utf-8").replace("# headline", "headline", 1)
        file.write_text(text, "utf-8")
        chart = analysis.chart("register-credit")
        assert chart.spec.en.headline == "The ministry reported 12.18 trillion Indian rupees"
        assert chart.definition.notebook == "01_claims"
        assert call("new", "chart", "register-credit", "--claims", claims) == 2
        assert "there is a chart 'register-credit' already" in capsys.readouterr().err
        assert call("new", "chart", "labor-credit", "--claims", claims) == 2
        assert "allowed are small letters" in capsys.readouterr().err
        file.write_text(text.replace("[zh]", "[fr]"), "utf-8")
        assert call("list", "charts") == 2
        assert "charts/register-credit.toml: 'fr' is not known" in capsys.readouterr().err
    finally:
        book.write_bytes(before)
        file.unlink(missing_ok=True)


def test_charts_and_pages_say_what_there_is(india):
    stated = analysis.chart("register-how-figures-are-stated")
    assert stated.spec.en.headline == "1 of 8 official figures are exact; 2 give only one end"
    pages = dict(rendered(all_pages(load(), [], (), files={}, texts={})))
    page = pages["claims/nrlm-2026.credit/index.html"].decode()
    assert "12.18 trillion Indian rupees" in page
    assert "Rural programmes of India" in page
    assert [name for name, made in pages.items() if b"on China" in made] == []


def test_its_notebook_is_the_one_that_runs(india):
    assert [path.stem for path in notebook_paths()] == ["01_claims"]


def test_a_planted_conflict_is_found(india, capsys):
    path = india / "claims.csv"
    sound = path.read_text("utf-8")
    try:
        wrong = sound.replace(",588000,588000,", ",5880000,5880000,")
        path.write_text(wrong, "utf-8")
        assert call("check") == 1
        assert "5.88 lakh is not the value_low 5880000" in capsys.readouterr().err
        path.write_text(wrong.replace(",5880000,5880000,5.88 lakh,", ",5880000,5880000,,"), "utf-8")
        assert call("check") == 1
        err = capsys.readouterr().err
        assert "nrlm-2026.enterprises" in err
        assert "the words say 5.88 lakh, the row 5,880,000" in err
    finally:
        path.write_text(sound, "utf-8")


def test_a_draft_that_contradicts_another_document_is_found_before_it_is_accepted(india, capsys):
    kept = {path: path.read_bytes() for path in (india / "drafts").rglob("*.csv")}
    text = india.parent / "nrlm-2026.txt"
    cells = {
        **{"channel": "rural", "indicator": "women", "kind": "coverage", "unit": "person"},
        **{"counted": "women", "geography": "India", "grade": "C", "verdict": "none"},
        **{"reason": "no series yet", "speaker": "Ministry of Rural Development"},
    }
    try:
        words = ("new", "claim", "nrlm-2026.women", "--text", text, "--paragraph", 5)
        assert call(*words, *set_(cells)) == 0
        capsys.readouterr()
        assert call("check", "--drafts") == 1
        out = capsys.readouterr().out
        assert "nrlm-2021.women / nrlm-2026.women: between documents, conflict" in out
        assert call("accept", "nrlm-2026.women") == 2
    finally:
        for path in (india / "drafts").rglob("*.csv"):
            path.write_bytes(kept[path]) if path in kept else path.unlink()


def test_an_empty_collection_is_sound_and_a_full_folder_is_not_overwritten(tmp_path, capsys):
    folder = tmp_path / "kenya"
    assert call("init", folder) == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYSIS_DATA", str(folder))
        assert analysis.check() == []
        assert analysis.findings().empty
        assert len(analysis.tables()) == 20
        assert dict(rendered(all_pages(load(), [], (), files={}, texts={})))
    assert call("init", folder) == 2
    assert "is not empty" in capsys.readouterr().err
