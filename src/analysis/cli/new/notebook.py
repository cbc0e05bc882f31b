"""A new notebook: the parts of the plan, cells that run, blanks for all words in both languages."""

from __future__ import annotations

import re
from typing import Any

import nbformat

from analysis.cli.new.chart import template
from analysis.cli.new.files import Made
from analysis.publish.execute import canonical
from analysis.records.errors import AnalysisError
from analysis.records.files import text_of
from analysis.records.load import Records
from analysis.records.paths import PACKAGE, notebook_paths, notebooks_folder
from analysis.records.schema import BLANK
from analysis.themes.charts import definition
from analysis.words.catalogue import LANGUAGES

WORDS = {lang: PACKAGE / f"words/{lang}.toml" for lang in LANGUAGES}
START, QUESTIONS = (
    "00_start_here",
    "| notebook | asks |",
)  # the notebook that lists the others, and the head of its table
FEWEST_CHARTS = 2
_CELLS = re.compile(r"^%% (\w+)\n(.*?)(?=^%% |\Z)", re.M | re.S)
_NAME = re.compile(r"(\d\d)_[a-z0-9]+(_[a-z0-9]+)*")
_TITLES = re.compile(r"^\[notebooks\]\n(?:.+\n)*", re.M)


def new_notebook(
    records: Records, name: str, *, channel: str, charts: tuple[str, ...] = ()
) -> Made:
    """A notebook with the parts of a theme, its claims and its charts, and marked blanks for all words.

    Parameters
    ----------
    records : Records
    name : str
        ``NN_topic``, with a number that is free.
    channel : str
        Channel whose claims it begins with.
    charts : tuple of str
        Charts that it shows; where fewer than two are named, blanks stand for them.

    Raises
    ------
    AnalysisError
        If the name is taken or has another form, or there is no such channel.
    UnknownIdError
        If there is no such chart.
    """
    number = free_number(name)
    channels = list(dict.fromkeys(records.claims["channel"]))
    if channel not in channels:
        raise AnalysisError(f"there is no channel {channel!r}; there are {', '.join(channels)}")
    shown = [definition(one).chart_id for one in dict.fromkeys(charts)]
    shown += [BLANK] * (FEWEST_CHARTS - len(shown))
    claims = records.claims[records.claims["channel"] == channel]["claim_id"]
    subject = name[len(number) + 1 :].replace("_", " ").capitalize()
    title = f"{subject}: what was stated, and what does it mean?"
    text = template("notebook.txt").render(
        blank=BLANK, title=title, channel=channel, claim=claims.iloc[0], charts=shown
    )
    titles = {"en": title, "zh": BLANK}
    files = {
        notebooks_folder() / f"{name}.ipynb": canonical(book_of(text)),
        **{WORDS[lang]: _with_title(name, words, lang) for lang, words in titles.items()},
        notebooks_folder() / f"{START}.ipynb": _with_question(name),
    }
    fill = (
        f"notebooks/{name}.ipynb: every {BLANK}; results stand in code cells only, prose holds no figures",
        f"src/analysis/words/zh.toml: the title of {name}; if {title!r} is not the English one, change it in en.toml and in the notebook",
        f"notebooks/{START}.ipynb: its question, in the last row of the table",
    )
    then = (
        "analysis check --all    (names every blank with its file and line, until none is left)",
        f"analysis new chart PREFIX-NAME --notebook {name}    (for a chart of its own)",
        f"analysis run --update {START} {name}    (executes both and stores the outputs)",
        f".venv/bin/python -m pytest tests/test_notebooks.py -k {name}, then make test",
    )
    return Made(files, fill, then)


def free_number(name: str) -> str:
    """The number that a new notebook's name begins with; raises AnalysisError if the name cannot be given."""
    found = _NAME.fullmatch(name)
    if not found:
        raise AnalysisError(
            f"{name!r} is no name of a notebook; allowed are two digits, then small letters, digits and underscores, as in 13_border_trade"
        )
    taken = {path.stem[:2]: path.stem for path in notebook_paths()}
    if found[1] in taken:
        raise AnalysisError(
            f"the number {found[1]} is taken by {taken[found[1]]}; the next free one is {next(f'{n:02d}' for n in range(100) if f'{n:02d}' > max(taken))}"
        )
    return found[1]


def book_of(text: str) -> nbformat.NotebookNode:
    """A notebook of cells that begin with a line ``%% markdown`` or ``%% code``."""
    make: dict[str, Any] = {
        "markdown": nbformat.v4.new_markdown_cell,
        "code": nbformat.v4.new_code_cell,
    }
    cells = [make[kind](source.rstrip()) for kind, source in _CELLS.findall(text)]
    book: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells)
    return book


def _with_title(name: str, title: str, lang: str) -> str:
    """The shared words of a language with the title of another notebook."""
    text = text_of(WORDS[lang])
    found = _TITLES.search(text)
    if not found:
        raise AnalysisError(f"words/{lang}.toml has no section [notebooks]; add the title by hand")
    return text.replace(found[0], f'{found[0]}{name} = "{title}"\n', 1)


def _with_question(name: str) -> str:
    """The notebook that lists the others with a row for another one, at the end of its table."""
    book = nbformat.reads(text_of(notebooks_folder() / f"{START}.ipynb"), as_version=4)
    cell = next((cell for cell in book.cells if QUESTIONS in cell.source), None)
    if cell is None:
        raise AnalysisError(
            f"notebooks/{START}.ipynb has no table {QUESTIONS!r}; add the table there by hand"
        )
    head, table, rest = cell.source.partition(QUESTIONS)
    rows, end, after = f"{table}{rest}".partition("\n\n")
    title = name.partition("_")[2].replace("_", " ").capitalize()
    row = f"| [{title}]({name}.ipynb) | {BLANK}: what it asks |"
    cell.source = f"{head}{rows.rstrip()}\n{row}{end}{after}"
    return canonical(book)
