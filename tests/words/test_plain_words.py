"""No text that people read uses words of private meaning: documents, pages, labels, help texts, messages of errors."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

import typer

from analysis import cli
from analysis.records.paths import PROJECT, notebook_paths
from analysis.words.catalogue import catalogue, words_beside
from analysis.words.findings import FILE

PRIVATE = re.compile(
    r"\bstands? under\b|\b(?:above|below) the line\b|\bmend(?:s|ed|ing)?\b|\btold\b|\bnets\b"
    r"|\bthe house\b|\bwhoever\b|\bto be had\b|\bsteps? aside\b|\bto be believed\b"
    r"|\b[Ii]t is [^.,;:]{1,40} that\b|\bone end only\b|\bnine tenths\b|\bis no reading\b"
    r"|\bfor news\b|\bto be seen again\b|\bset under\b|\bof one's own\b"
)
JUSTIFIED = {  # the official line of poverty is a line
    "above the line": "poverty",
    "below the line": "poverty",
}
FIRST = "In brief"  # a notebook on the plan has it


def documents() -> Iterator[tuple[str, str]]:
    """Markdown of the project, of the change log the open section; code is left out."""
    for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md")):
        text = path.read_text("utf-8")
        if path.name == "CHANGELOG.md":
            text = text.partition("## Unreleased")[2].partition("\n## ")[0]
        yield path.name, re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    for path in notebook_paths():
        cells = json.loads(path.read_text("utf-8"))["cells"]
        text = "\n".join("".join(one["source"]) for one in cells if one["cell_type"] == "markdown")
        if FIRST in text:
            yield path.name, text


def words_of(table: object) -> Iterator[str]:
    """Every text of a table of words."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from words_of(value)
    elif isinstance(table, list):
        for value in table:
            yield from words_of(value)


def labels() -> Iterator[tuple[str, str]]:
    """The English catalogue, and the words of findings."""
    yield from (("en.toml", text) for text in words_of(catalogue("en")))
    for path in PROJECT.glob(f"src/analysis/themes/*/{FILE}"):
        said = words_beside(f"analysis.themes.{path.parent.name}", FILE)
        yield from ((f"{path.parent.name}/{FILE}", text) for text in words_of(said))


def helps() -> Iterator[tuple[str, str]]:
    """Help texts of commands and options."""
    for name, command in typer.main.get_command(cli.app).commands.items():
        options = (getattr(one, "help", None) or "" for one in command.params)
        yield name, " ".join([command.help or "", command.short_help or "", *options])


def messages() -> Iterator[tuple[str, str]]:
    """The texts of what the code raises."""
    for path in PROJECT.glob("src/analysis/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Raise):
                said = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
                yield path.name, " ".join(text for text in said if isinstance(text, str))


def private(text: str) -> list[str]:
    """Words of private meaning in a text."""
    found = (one[0] for one in PRIVATE.finditer(text))
    return [one for one in found if JUSTIFIED.get(one, "\0") not in text]


def test_no_text_uses_words_of_private_meaning():
    read = [*documents(), *labels(), *helps(), *messages()]
    assert {"README.md", "en.toml", "export", "load.py"} <= {name for name, _ in read}
    assert [(name, found) for name, text in read if (found := private(text))] == []


def test_the_search_finds_what_it_is_for():
    assert private("Which figures may stand under which claim?") == ["stand under"]
    assert private("It is these outputs that are compared") == ["It is these outputs that"]
    assert private("people below the line of poverty") == []
    assert private("outstanding under the law; he told") == ["told"]
