"""One number, one way: no finding is printed with other digits anywhere that words are printed."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from numbers_in_text import DATE, numbers_said

from analysis.bounds.finding import Finding
from analysis.records.load import Records
from analysis.records.paths import PROJECT
from analysis.records.printed import figure
from analysis.themes import all_findings, theme_of, themes
from analysis.themes.charts import definitions
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import RATES, WAYS, rounded, significant, size

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
THEMES = sorted((PROJECT / "src/analysis/themes").rglob("*.py"))
SCENARIO = re.compile("scenario|情景|5 to 95", re.IGNORECASE)
OTHER_DIGITS = (2, 4)  # the ways in which the first edition printed its findings


def ends(one: Finding) -> Iterator[tuple[float, str]]:
    """What a finding prints, and how that is rounded."""
    for name, way in WAYS.items():
        value = getattr(one, name)
        if value and abs(value) != float("inf"):
            yield value, way


def key(value: float) -> str:
    """A number without its sign, so that a fall may be said by its size."""
    return f"{abs(value):.9g}"


def in_one_way(found: tuple[Finding, ...], records: Records) -> set[str]:
    """Every number that may be printed: findings with three digits, figures as they were published."""
    known = {key(rounded(value, way, one.unit)) for one in found for value, way in ends(one)}
    known |= {key(value) for one in found for value, _ in ends(one)}  # whole, as counts are
    known |= {key(1 - rounded(one.value)) for one in found}
    claims, series = records.claims, records.series
    known |= {key(value) for value in (*claims["value_low"], *claims["value_high"])}
    known |= {key(float(dollars[0])) for text in claims["stated_usd"] if (dollars := figure(text))}
    known.add(key(6.9))  # a round rate that reproduces Hunan's dollars, no result
    assumed = records.assumptions[["low", "central", "high"]].to_numpy().ravel()
    return known | {key(value) for value in (*series["value"], *assumed)}


def in_other_ways(found: tuple[Finding, ...], known: set[str]) -> dict[str, str]:
    """Numbers that a finding would be with other digits, and the finding."""
    made = {}
    for one in found:
        for value, way in ends(one):
            for digits in OTHER_DIGITS:
                for rounding in {way, "nearest"}:
                    text = key(significant(value, digits, rounding))
                    if (text not in known and abs(significant(value, digits, rounding)) > 100) or (
                        text not in known and not float(text).is_integer()
                    ):
                        made[text] = one.value_id
    return made


@pytest.fixture(scope="module")
def found(records) -> tuple[Finding, ...]:
    return all_findings(records)


@pytest.fixture(scope="module")
def known(found, records) -> set[str]:
    return in_one_way(found, records)


def of_notebook(found: tuple[Finding, ...], notebook: str) -> tuple[Finding, ...]:
    """Findings of the themes of a notebook; all for the first and the last, which have no theme."""
    prefixes = {name for one in themes() if one.notebook == notebook for name in one.prefixes}
    return tuple(one for one in found if one.topic in prefixes or not prefixes)


def notebook_of(chart_id: str) -> str:
    """The notebook of the theme of a chart."""
    theme = theme_of(chart_id)
    assert theme
    return theme.notebook


def printed_otherwise(text: str, lang: str, other: dict[str, str]) -> list[str]:
    """Numbers of a text that are a finding with other digits, with its identifier."""
    return [
        f"{said.text} is {other[key(said.value)]}"
        for said in numbers_said(text, lang)
        if said.kind not in (DATE, "word", "fraction") and key(said.value) in other
    ]


def test_a_number_in_two_ways_is_found(found, known):
    """The instances of the first edition: 11.02 % as 12 %, 2.401 as 2.5, 1.256 as 1.3."""
    for value, way, first, now in (
        (0.1102, "up", "at most 12%", "at most 11.1%"),
        (2.401, "up", "at most 2.5", "at most 2.41"),
        (1.256, "up", "at most 1.3", "at most 1.26"),
        (123.08, "down", "at least 120", "at least 123"),
    ):
        one = type("One", (), {"value": value, "low": value, "high": value, "unit": ""})()
        one.value_id = "made.up"
        allowed = {key(rounded(value, way))}
        other = in_other_ways((one,), allowed)
        assert printed_otherwise(first, "en", other) == [f"{first.split()[-1]} is made.up"]
        assert printed_otherwise(now, "en", other) == []


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Executed sentences of a notebook, with the number of their cell."""
    cells = json.loads(path.read_text("utf-8"))["cells"]
    for number, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):
                text = "".join(output["data"]["text/plain"])
                if not SCENARIO.search(text):  # whose points have two digits
                    yield number, text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_sentence_of_a_notebook_prints_a_finding_in_another_way(path, found, known):
    other = in_other_ways(of_notebook(found, path.stem), known)
    wrong = []
    for number, text in sentences(path):
        lang = "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"
        wrong += [f"cell {number}: {one}" for one in printed_otherwise(text, lang, other)]
    assert wrong == []


@pytest.mark.parametrize("chart_id", definitions())
def test_no_words_or_label_of_a_chart_print_a_finding_in_another_way(
    records, chart_id, found, known
):
    """Notes and labels too; headline, subtitle and alternative text are held against the data."""
    definition = definitions()[chart_id]
    spec = definition.make(records)
    cells = {
        key(one)
        for value in spec.data.select_dtypes("number").to_numpy().ravel()
        for one in (value, *(rounded(value, way) for way in WAYS.values()))
    }
    own = of_notebook(found, notebook_of(chart_id))
    other = in_other_ways(own, known | cells)
    wrong = []
    for lang in LANGUAGES:
        text = spec.text(lang)
        for words in (text.headline, text.subtitle, text.note, text.alt, *text.labels.values()):
            wrong += printed_otherwise(words, lang, other)
    assert wrong == []


@pytest.mark.parametrize("path", THEMES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_theme_rounds_with_rounded_and_size_only(path):
    """No format such as .2g, and no other number of digits than those of words/wording.py."""
    tree = ast.parse(path.read_text("utf-8"))
    formats = [
        ast.unparse(node.format_spec)
        for node in ast.walk(tree)
        if isinstance(node, ast.FormattedValue) and node.format_spec
    ]
    assert [one for one in formats if re.search(r"\.\d[ge]", one)] == []
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [node.func.id for node in calls if isinstance(node.func, ast.Name)]
    assert "significant" not in names


def test_sizes_have_two_digits_and_nothing_else_has():
    assert size(0.6934) == 0.69
    assert RATES == ("CNY / USD", "CNY / JPY")


def columns_of(text: str) -> Iterator[tuple[str, list[float]]]:
    """Columns of numbers of the tables that a stored output prints: a line of names, one of dashes, the rows."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and re.fullmatch(r"-+( {2}-+)+", line):
            spans = [one.span() for one in re.finditer("-+", line)]
            rows = [*itertools.takewhile(str.strip, lines[number + 1 :])]
            for start, end in spans:
                cells = [row[start:end].strip().replace(",", "") for row in rows]
                values = [float(one) for one in cells if re.fullmatch(r"[-+]?\d+(\.\d+)?", one)]
                yield lines[number - 1][start:end].strip(), values


def test_no_table_has_parts_of_one_under_percent():
    seen = 0
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                text = output.get("text") or output.get("data", {}).get("text/plain", "")
                for name, values in columns_of("".join(text)):
                    seen += 1
                    if re.search(r"\bpercent(age)?\b", name.lower()) and values:
                        assert max(map(abs, values)) > 1, (path.stem, name, values)
    assert seen > 300
    table = "estimator  percent\n---------  -------\nTwo-way    0.05\n"
    assert dict(columns_of(table))["percent"] == [0.05]
