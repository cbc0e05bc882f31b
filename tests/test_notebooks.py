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
THEMES = [path for path in PATHS if "03" <= path.stem[:2] <= "11"]
CHART = re.compile(
    r'chart\("[a-z0-9-]+"(, "zh")?\)|\w+\.chart\("[\w ]+", source="[^"]+"\)'
)  # or of a review
IMPORTS = re.compile(r"^(from analysis[\w.]* import .+|import pandas as pd)$")
PLACES = "|".join(re.escape(f"{place}/") for place in (Path.home(), PROJECT, tempfile.gettempdir()))
UNSTABLE = re.compile(rf"0x[0-9a-f]{{6,}}|<[\w.]+ object at|{PLACES}|\b[A-Z]:\\\\")
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
    assert re.search(rf"^\| `{path.stem}` \| .+\? \|$", start, re.M), (
        f"{PATHS[0].name} has no row '| `{path.stem}` | What ...? |' in its table of notebooks"
    )


def test_every_chart_stands_in_its_notebook():
    for chart_id, own in definitions().items():
        path = next(path for path in PATHS if path.stem == own.notebook)
        assert f'chart(\\"{chart_id}\\"' in path.read_text("utf-8"), chart_id


def markdown_of(path):
    cells = nbformat.read(path, as_version=4).cells
    return [cell.source for cell in cells if cell.cell_type == "markdown"]


def answers_first(path):
    return "**In brief**" in markdown_of(path)[0]


@pytest.mark.parametrize(
    "path", [path for path in THEMES if not answers_first(path)], ids=lambda path: path.stem
)
def test_themes_have_every_part(path):
    text = "\n".join(markdown_of(path))
    for part in (
        "**Question.**",
        "## What the sources say",
        "## What they leave out",
        "## Method",
        "## Results",
        "## What a writer may say, and may not",
    ):
        assert part in text


def test_the_briefing_says_that_its_pages_are_invented():
    path = next(path for path in PATHS if path.stem.startswith("12_"))
    assert "the county is invented" in markdown_of(path)[0]


@pytest.mark.parametrize(
    "path", [path for path in PATHS if answers_first(path)], ids=lambda path: path.stem
)
def test_what_answers_first_asks_in_its_headings_and_is_short(path):
    markdown = markdown_of(path)
    assert re.match(r"# .+\?\n", markdown[0])
    titles = re.findall(r"^## (.+)$", "\n".join(markdown), re.M)
    assert titles[0] == "What may and may not be said"
    assert all(title.endswith("?") for title in titles[1:])
    cells = nbformat.read(path, as_version=4).cells
    shown = [output.data for cell in cells for output in cell.get("outputs", [])]
    tables = [data["text/html"] for data in shown if "<table" in data.get("text/html", "")]
    assert len(cells) <= 40
    assert sum("image/png" in data for data in shown) <= 8
    if "12_" not in path.stem:  # there the tables are the pages that are read
        assert len(tables) <= 8
        assert sum(html.count("<tr") - 1 for html in tables) <= 90
        assert max(html.count("<tr") - 1 for html in tables) <= 12


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_stored_notebooks_are_in_canonical_form(path):
    text = path.read_text("utf-8")
    assert canonical(nbformat.reads(text, as_version=4)) == text
    assert "widgets" not in json.loads(text)["metadata"]


def test_the_context_notebook_shows_every_theme_that_it_declares():
    from analysis.themes.context.findings import THEMES

    text = next(path for path in PATHS if path.stem.startswith("02_")).read_text("utf-8")
    assert set(re.findall(r'context\.latest\(records, \\"(\w+)\\"', text)) == set(THEMES)
