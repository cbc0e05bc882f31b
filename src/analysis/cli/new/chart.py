"""A new chart: a module with its function in the folder of its theme, and its cell in the notebook."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from analysis.cli.new.files import Made
from analysis.records.collection import collection
from analysis.records.errors import AnalysisError
from analysis.records.files import text_of
from analysis.records.load import Records
from analysis.records.own_charts import FOLDER
from analysis.records.paths import PACKAGE, data_folder, notebook_paths
from analysis.records.schema import BLANK
from analysis.themes import Theme, prefix_of, prefixes, theme_of
from analysis.themes.charts import definition, definitions
from analysis.themes.register import PREFIXES as OF_ANY
from analysis.themes.register.charts_values import marks_note
from analysis.words.catalogue import LANGUAGES

THEMES = PACKAGE / "themes"
WRITER = "## What a writer may say"  # the charts of a notebook stand before it
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def new_chart(
    records: Records, chart_id: str, claims: tuple[str, ...], *, notebook: str | None = None
) -> Made:
    """A chart of claims as they are stated, with marked blanks for all words in both languages.

    Parameters
    ----------
    records : Records
    chart_id : str
        ``prefix-what-it-shows``.
    claims : tuple of str
        Claims of one unit; they share a scale. One that is named twice is taken once.
    notebook : str, optional
        Stem of the notebook that shows it; by default the one with most charts of the prefix.

    Raises
    ------
    AnalysisError
        If the identifier is taken or has another form, or the claims have several units.
    UnknownIdError
        If there is no such claim or notebook.
    """
    claims = tuple(dict.fromkeys(claims))
    if not collection().own:
        return _own_chart(records, chart_id, claims, notebook)
    topic, theme = _topic(chart_id)
    stem = notebook or _usual_notebook(topic)
    (path,) = notebook_paths((stem,))
    unit = _unit(records, claims)
    function = chart_id.removeprefix(f"{topic}-").replace("-", "_")
    module = THEMES / f"{theme.folder}/charts_{function}.py"
    shown = f"src/analysis/{module.relative_to(PACKAGE).as_posix()}"
    if module.exists():
        raise AnalysisError(f"there is a module {shown} already; choose another name")
    marks = {lang: marks_note(records, claims, lang) for lang in LANGUAGES}
    money = "nominal" if "CNY" in unit else ""
    source = template("chart.py.txt").render(
        blank=BLANK,
        chart_id=chart_id,
        notebook=stem,
        claims=claims,
        function=function if not function[0].isdigit() else f"chart_{function}",
        unit=unit,
        marks=marks,
        price_basis=money,
    )
    ast.parse(source)
    files = {module: source, path: _with_cell(path, chart_id)}
    fill = (
        f"{shown}: every {BLANK}, in English and in Chinese (charts beside it show how)",
        "marks other than a dot for each claim: change data and _draw; a calculation belongs in the theme's findings",
    )
    then = (
        "analysis check --all    (names every blank with its file and line, until none is left)",
        "make font    (only if the words hold Chinese characters that the font lacks; the next command says so)",
        f"analysis export {chart_id} --out build/look    (look at the PNG in both languages)",
        f"analysis run --update {stem}    (stores the notebook with the chart)",
        f"{_pytest('tests/plotting tests/words')} -k {chart_id}, then make test",
    )
    return Made(files, fill, then)


def _own_chart(
    records: Records, chart_id: str, claims: tuple[str, ...], notebook: str | None
) -> Made:
    """A chart of a user's own collection: a file with its claims, and its cell in a notebook."""
    (prefix,) = OF_ANY
    if not _ID.fullmatch(chart_id) or not chart_id.startswith(f"{prefix}-"):
        raise AnalysisError(
            f"{chart_id!r} is no identifier of a chart of your own; allowed are small letters, digits and hyphens after {prefix}-, as in {prefix}-credit"
        )
    if chart_id in definitions(records):
        raise AnalysisError(f"there is a chart {chart_id!r} already")
    _unit(records, claims)
    path = notebook_paths((notebook,) if notebook else ())[0]
    file = data_folder() / FOLDER / f"{chart_id}.toml"
    files = {
        file: template("own_chart.toml").render(claims=claims),
        path: _with_cell(path, chart_id),
    }
    fill = (
        f"{file}: what the claims are called, and other words than every chart has, if you like",
    )
    then = (
        f"analysis export {chart_id} --out build/look    (look at the PNG)",
        f"analysis run --update {path.stem}    (stores the notebook with the chart)",
    )
    return Made(files, fill, then)


def template(name: str) -> Template:
    """A template of this package."""
    found = Environment(
        loader=PackageLoader("analysis.cli.new", "templates"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
    )
    return found.get_template(name)


def _pytest(what: str) -> str:
    return f".venv/bin/python -m pytest {what}"


def _topic(chart_id: str) -> tuple[str, Theme]:
    """The prefix of the identifier, and its theme, if it can be given."""
    theme = theme_of(chart_id)
    if not _ID.fullmatch(chart_id) or not theme:
        raise AnalysisError(
            f"{chart_id!r} is no identifier of a chart; allowed are small letters, digits and hyphens, after one of the prefixes {', '.join(sorted(prefixes()))}, as in labor-sent-abroad"
        )
    if chart_id in definitions():
        raise AnalysisError(
            f"there is a chart {chart_id!r} already: {definition(chart_id).function}"
        )
    return prefix_of(chart_id), theme


def _usual_notebook(topic: str) -> str:
    used = Counter(
        own.notebook for chart_id, own in definitions().items() if chart_id.startswith(f"{topic}-")
    )
    if not used:
        raise AnalysisError(
            f"no notebook has a chart with the prefix {topic} yet; name one with --notebook"
        )
    return used.most_common(1)[0][0]


def _unit(records: Records, claims: tuple[str, ...]) -> str:
    units = list(dict.fromkeys(records.claim(name).unit for name in claims))
    if not claims:
        raise AnalysisError(
            "a chart needs claims: name them with --claims, separated by commas; 'analysis list claims' lists them"
        )
    if len(units) > 1:
        raise AnalysisError(
            f"the claims have the units {' and '.join(units)}, and one scale has one unit: choose claims of one"
        )
    return units[0]


def _with_cell(path: Path, chart_id: str) -> str:
    """The notebook with a cell for the chart, not yet executed, before what a writer may say or at the end."""
    book = nbformat.reads(text_of(path), as_version=4)
    place = next(
        (i for i, cell in enumerate(book.cells) if cell.source.startswith(WRITER)), len(book.cells)
    )
    book.cells.insert(
        place, nbformat.v4.new_code_cell(f'chart("{chart_id}")', id=f"new-{chart_id}"[:64])
    )
    return f"{nbformat.writes(book, version=4)}\n"
