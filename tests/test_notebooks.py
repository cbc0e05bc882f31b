"""What nbval does not see: never run, disorder, results in prose, paths, addresses, missing parts."""

import json
import re
import tempfile
from pathlib import Path

import nbformat
import pytest

from analysis.publish.execute import canonical
from analysis.records.paths import PROJECT, notebook_paths
from analysis.themes.charts import definitions

PATHS = notebook_paths()
CHART = re.compile(
    r'chart\("[a-z0-9-]+"(, (lang|"zh"))?\)|\w+\.chart\("[\w ]+", source="[^"]+"\)'
)  # or of a review
IMPORTS = re.compile(r"^(from analysis[\w.]* import .+|import pandas as pd)$")
PLACES = "|".join(re.escape(f"{place}/") for place in (Path.home(), PROJECT, tempfile.gettempdir()))
UNSTABLE = re.compile(rf"0x[0-9a-f]{{6,}}|<[\w.]+ object at|{PLACES}|\b[A-Z]:\\\\")
HEDGE = "(?:about|more than|at least|at most|nearly|fewer than|roughly|约|超过|至少|至多|不超过|近)"
TWICE = re.compile(rf"{HEDGE}\s*(?:of\s+)?{HEDGE}\s*(?:US\$)?\d")  # for one number
YEARS_AND_CODE = re.compile(r"`[^`]*`|```.*?```|\b(19|20)\d\d\b|\]\([^)]*\)|\$[^$]*\$", re.S)


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def book(request):
    return nbformat.read(request.param, as_version=4)


def code_cells(book):
    return [cell for cell in book.cells if cell.cell_type == "code"]


def test_every_cell_was_run_once_in_order(book):
    assert [cell.execution_count for cell in code_cells(book)] == list(
        range(1, len(code_cells(book)) + 1)
    )


def test_no_warnings_errors_or_prints_in_outputs(book):
    for cell in code_cells(book):
        assert {output.output_type for output in cell.outputs} <= {"execute_result"}, cell.source


def test_outputs_hold_nothing_that_differs_elsewhere(book):
    for cell in code_cells(book):
        for output in cell.outputs:
            texts = [str(content) for mime, content in output.data.items() if mime != "image/png"]
            assert not any(UNSTABLE.search(text) for text in texts), cell.source


@pytest.mark.parametrize(
    "text", ["at 0x7f3a90b2c4d0", "<analysis.x.Y object at", f"{PROJECT}/data"]
)
def test_the_search_for_what_differs_can_fail(text):
    assert UNSTABLE.search(text)


def test_cells_are_short_end_without_semicolon_and_define_nothing(book):
    for cell in code_cells(book):
        lines = cell.source.splitlines()
        assert len(lines) <= 20
        assert not lines[-1].rstrip().endswith(";"), lines[-1]
        assert not re.search(r"^\s*(def|class|lambda)\b|lambda ", cell.source, re.M), cell.source


def test_notebooks_import_only_the_library_and_pandas(book):
    imported = [
        line
        for cell in code_cells(book)
        for line in cell.source.splitlines()
        if re.match(r"(import|from)\s", line)
    ]
    assert imported
    assert [line for line in imported if not IMPORTS.match(line)] == []


def test_markdown_holds_no_results(book):
    for cell in book.cells:
        if cell.cell_type == "markdown":
            left = YEARS_AND_CODE.sub("", cell.source)
            assert not re.search(r"\d", left), re.search(r".{0,30}\d.{0,30}", left).group()


@pytest.mark.parametrize("text", ["about 7 million", "12%", "1.7 billion"])
def test_the_search_for_results_in_prose_can_fail(text):
    assert re.search(r"\d", YEARS_AND_CODE.sub("", f"In 2021, as `claim-1` says, {text}."))


def test_charts_stand_last_in_their_cell_with_text_picture_and_alt(book):
    made = [
        cell for cell in code_cells(book) if "chart(" in cell.source and "import" not in cell.source
    ]
    assert len(made) >= 2
    for cell in made:
        assert CHART.fullmatch(cell.source.splitlines()[-1])
        (output,) = cell.outputs
        assert output.data["text/plain"].startswith("chart ")
        assert output.data["image/png"]
        assert cell.metadata["mystnb"]["image"]["alt"]


@pytest.mark.parametrize("path", PATHS[1:], ids=lambda path: path.stem)
def test_the_start_names_every_notebook_and_what_it_asks(path):
    start = "\n".join(
        cell.source
        for cell in nbformat.read(PATHS[0], as_version=4).cells
        if cell.cell_type == "markdown"
    )
    assert re.search(rf"^\| \[[^]]+\]\({path.stem}\.ipynb\) \| .+\? \|$", start, re.M), (
        f"{PATHS[0].name} has no row '| [Name]({path.stem}.ipynb) | What ...? |' in its table of notebooks"
    )


def test_every_chart_stands_in_its_notebook():
    for chart_id, own in definitions().items():
        path = next(path for path in PATHS if path.stem == own.notebook)
        assert f'chart(\\"{chart_id}\\"' in path.read_text("utf-8"), chart_id


planned = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
IN_CHINESE = "## 中文摘要"
CELLS, TABLES, ROWS, ROWS_OF_ONE, CHARTS = 40, 8, 90, 12, 8
BRIEF = re.compile(r"^- .+", re.M)
CODE_WORD = re.compile(r"^[a-z]+(_[a-z0-9]+)+$")  # a column of a data frame instead of words
LONG = re.compile(r"(?<![\d.,])\d[\d,]*\.\d+")  # a number with decimals


def parts(path):
    """The cells of a notebook, and among them those of its Chinese summary, which no bound counts."""
    cells, chinese, inside = nbformat.read(path, as_version=4).cells, [], False
    for cell in cells:
        if cell.cell_type == "markdown":
            inside = cell.source.startswith(IN_CHINESE)
        if inside:
            chinese.append(cell)
    return [cell for cell in cells if cell not in chinese], chinese


def shown(cells, mime):
    """The outputs of one kind."""
    data = [output.data for cell in cells for output in cell.get("outputs", [])]
    return [one[mime] for one in data if mime in one]


def tables_of(cells):
    return [html for html in shown(cells, "text/html") if "<table" in html]


def size_problems(cells, *, pages=False):
    """Where a notebook is longer than ten minutes; tables of pages that are read are not counted."""
    rows = [html.count("<tr") - 1 for html in tables_of(cells)]
    counts = [("cells", len(cells), CELLS), ("charts", len(shown(cells, "image/png")), CHARTS)]
    if not pages:
        counts += [
            ("tables", len(rows), TABLES),
            ("table rows", sum(rows), ROWS),
            ("rows of one table", max(rows, default=0), ROWS_OF_ONE),
        ]
    return [f"{count} {what}, at most {most}" for what, count, most in counts if count > most]


def table_problems(cells):
    """Headings that are names of columns, and numbers with more digits than a reader wants."""
    problems = []
    for html in tables_of(cells):
        heads = re.findall(r"<th[^>]*>([^<]*)</th>", html)
        problems += [f"heading {head!r}" for head in heads if CODE_WORD.match(head)]
        texts = re.findall(r"<td[^>]*>([^<]*)</td>", html)
        problems += [
            f"number {number}"
            for text in texts
            for number in LONG.findall(text)
            if len(re.sub(r"[,.]", "", number).strip("0")) > 6
        ]
    return problems


def unsourced(cells):
    """Executed sentences with a number, other than a year, that lead back to nothing."""
    return [
        line
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.data and "way-back" not in output.data["text/markdown"]
        for line in output.data["text/plain"].splitlines()
        if re.search(r"\d", YEARS_AND_CODE.sub("", line))
    ]


@planned
def test_a_notebook_answers_first(path):
    """The question, In brief, one chart, what may be said, the same in Chinese, then sections that ask."""
    cells, chinese = parts(path)
    assert re.match(r"# .+\?\n(?s:.*)\*\*In brief\*\*", cells[0].source)
    said = shown(cells, "text/plain")
    brief = next(text for text in said if BRIEF.search(text))
    most = 8 if path == PATHS[0] else 6  # the first leads to all others
    assert 4 <= len(BRIEF.findall(brief)) <= most
    words = [cell.source for cell in cells if cell.cell_type == "markdown"]
    titles = re.findall(r"^## (.+)$", "\n".join(words), re.M)
    assert titles[0] == "What may and may not be said"
    assert all(title.endswith("?") for title in titles[1:])
    table = "table(" if path.stem.startswith("12_") else "may_say("  # no claim is in 12
    order = ["chart(", "## What may and may not be said", table, IN_CHINESE]
    source = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    places = [source.find(mark) for mark in order]
    assert places == sorted(places), order
    assert -1 not in places, order
    assert 4 <= len(BRIEF.findall(shown(chinese, "text/plain")[0])) <= 6
    assert re.search(r"[\u4e00-\u9fff]", tables_of(chinese)[0])


@planned
def test_a_notebook_is_read_in_ten_minutes(path):
    assert size_problems(parts(path)[0], pages=path.stem.startswith("12_")) == []


@planned
def test_tables_are_for_people(path):
    assert table_problems(parts(path)[0]) == []


@planned
def test_every_number_of_a_sentence_leads_back(path):
    assert unsourced(parts(path)[0]) == []


@planned
def test_a_notebook_leads_to_its_data_and_its_terms(path):
    text = "\n".join(markdown_of(path))
    assert re.search(r"`?(data/[\w/]+\.csv|findings\.csv)", text)
    assert "docs/glossary" in text or "docs/method.md" in text


def test_a_notebook_against_the_plan_is_seen():
    """Each check finds what it is for."""
    table = "<table><tr><th>value_low</th></tr><tr><td>242,857,142.857</td></tr></table>"
    made = nbformat.v4.new_output("execute_result", {"text/html": table, "text/plain": "t"})
    said = {"text/markdown": "It is 94.3.", "text/plain": "It is 94.3."}
    cells = [
        nbformat.v4.new_code_cell("x", outputs=[made]),
        nbformat.v4.new_code_cell("y", outputs=[nbformat.v4.new_output("execute_result", said)]),
    ]
    assert table_problems(cells) == ["heading 'value_low'", "number 242,857,142.857"]
    assert unsourced(cells) == ["It is 94.3."]
    assert size_problems(cells) == []
    assert size_problems(cells * 30) == ["60 cells, at most 40", "30 tables, at most 8"]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_executed_sentence_says_a_qualifier_twice(path):
    """For one number: nothing but words stands between the two."""
    cells = nbformat.read(path, as_version=4).cells
    texts = [
        output.data["text/plain"]
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/markdown" in output.data or "may_say(" in cell.source
    ]
    assert [found[0] for text in texts for found in TWICE.finditer(text)] == []


@pytest.mark.parametrize(
    "text", ["at least more than 850,000 people", "about nearly 9 million", "至少约3万人"]
)
def test_the_search_for_a_second_qualifier_can_fail(text):
    assert TWICE.search(text)


def markdown_of(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def test_the_briefing_says_that_its_pages_are_invented():
    path = next(path for path in PATHS if path.stem.startswith("12_"))
    assert "the county is invented" in markdown_of(path)[0]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_stored_notebooks_are_in_canonical_form(path):
    text = path.read_text("utf-8")
    assert canonical(nbformat.reads(text, as_version=4)) == text
    assert "widgets" not in json.loads(text)["metadata"]
