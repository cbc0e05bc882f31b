"""Every example in the documentation of the code runs and gives what it says."""

from __future__ import annotations

import ast
import doctest
import importlib
from pathlib import Path

import pytest

import analysis

PACKAGE = Path(analysis.__file__).parent
MODULES = sorted(
    ".".join(("analysis", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    )
    for path in PACKAGE.rglob("*.py")
    if path.name != "__main__.py"
)
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def written_examples(source: str) -> set[str]:
    """Names of the functions and classes whose docstring holds an example."""
    definitions = (
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    )
    return {node.name for node in definitions if ">>>" in (ast.get_docstring(node) or "")}


def examples(module: str) -> list[doctest.DocTest]:
    """Examples of a module, those of cached functions included."""
    loaded = importlib.import_module(module)
    return [found for found in doctest.DocTestFinder().find(loaded) if found.examples]


@pytest.mark.parametrize("module", MODULES)
def test_examples_run_and_none_is_passed_over(module):
    found = examples(module)
    written = written_examples(Path(importlib.import_module(module).__file__).read_text("utf-8"))
    assert {one.name.rsplit(".", 1)[-1] for one in found} == written
    runner, report = doctest.DocTestRunner(optionflags=FLAGS, verbose=False), []
    for one in found:
        runner.run(one, out=report.append)
    assert "".join(report) == ""


def test_the_layers_that_calculate_have_examples():
    with_examples = {module for module in MODULES if examples(module)}
    assert with_examples >= {
        "analysis.records.periods",
        "analysis.records.texts",
        "analysis.bounds.units",
        "analysis.records.units",
        "analysis.words.units",
        "analysis.bounds.bounds",
        "analysis.bounds.claims",
        "analysis.bounds.finding",
        "analysis.words.wording",
    }


def test_a_wrong_example_is_found():
    source = "def one():\n    '''Gives one.\n\n    >>> 1 + 1\n    1\n    '''\n"
    assert written_examples(source) == {"one"}
    scope: dict[str, object] = {}
    exec(source, scope)
    runner, report = doctest.DocTestRunner(verbose=False), []
    for one in doctest.DocTestFinder().find(scope["one"], "one", globs=scope):
        runner.run(one, out=report.append)
    assert "Expected:\n    1\nGot:\n    2" in "".join(report)
