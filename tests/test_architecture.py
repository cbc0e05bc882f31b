"""The house rules, read from the source: direction of imports, who may touch files, sizes, docstrings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis

PACKAGE = Path(analysis.__file__).parent
RANK = {  # data moves to the right only; equal numbers stand side by side and may use each other
    "records": 1, "quantities": 2, "topics": 3, "wording": 4, "charts": 5, "lineage": 6, "citation": 6, "catalog": 6, "guidance": 6,
    "publish": 7, "query": 7, "explorers": 7, "verbs": 8, "environment": 8, "run": 9, "site": 10, "scaffold": 10, "app": 10, "cli": 11, "__main__": 12,
}  # fmt: skip
PICTURES = {"matplotlib", "mpl_toolkits", "seaborn"}
MAY_TOUCH_FILES = ("records/", "charts/font_files.py", "publish/export.py", "query/export.py", "run.py", "scaffold/files.py", "site/build.py", "site/serve.py", "cli/")
TOUCHES = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "mkdir", "unlink", "rmdir", "rmtree", "touch", "mkstemp", "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "copyfile", "copytree", "read_csv", "read_excel", "read_json", "savetxt", "loadtxt"}
MAY_REMEMBER = {("charts/registry.py", "_registered")}  # filled by the decorator when a chart module is imported
LONGEST_MODULE, LONGEST_FUNCTION, MOST_POSITIONAL = 300, 60, 5

SOURCES = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def layer(module: str) -> str:
    """The layer of ``analysis.charts.style`` is ``charts``; the package itself has none."""
    return (module.split(".") + [""])[1]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, inside functions too, and of ``import_module("analysis...")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield node.lineno, base
            yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names if base in ("analysis", "analysis.topics"))
        elif isinstance(node, ast.Call) and called(node) == "import_module" and node.args:
            start = next((part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)), "")
            yield node.lineno, str(start)


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def import_problems(file: str, source: str) -> list[str]:
    """Imports against the direction, between topics, and of a drawing library outside charts."""
    own = file.removesuffix(".py").split("/")
    if own != ["__init__"] and own[0] not in RANK:
        return [f"{file}: {own[0]} has no place in the order of layers; give it one in test_architecture.py"]
    found = []
    for line, name in imports(ast.parse(source)):
        root, other = name.split(".")[0], layer(name)
        if root == "":
            found.append(f"{file}:{line}: relative import; write analysis...")
        if root in PICTURES and own[0] != "charts":
            found.append(f"{file}:{line}: only charts imports {root}")
        if root != "analysis" or other not in RANK or own == ["__init__"]:
            continue
        if RANK[other] > RANK[own[0]]:
            found.append(f"{file}:{line}: {own[0]} imports {other}, which stands to its right")
        topic = (name.split(".") + ["", ""])[2]
        if own[0] == other == "topics" and own[-1] != "__init__" and topic != own[-1]:
            found.append(f"{file}:{line}: a topic imports {name}; what two topics need moves left")
    return found


def file_problems(file: str, source: str) -> list[str]:
    """Calls that touch files where none should."""
    if file.startswith(MAY_TOUCH_FILES):
        return []
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [f"{file}:{node.lineno}: {called(node)} touches files" for node in calls if called(node) in TOUCHES]


Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.AST, *, nested: bool) -> Iterator[Definition]:
    """Functions and classes, and methods; nested ones inside functions only if asked for."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield node
        if nested or not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from definitions(node, nested=nested)


def size_problems(file: str, source: str) -> list[str]:
    """Modules, functions and parameter lists that are too long."""
    lines = len(source.splitlines())
    found = [f"{file}: {lines} lines, at most {LONGEST_MODULE}"] if lines > LONGEST_MODULE else []
    for node in definitions(ast.parse(source), nested=True):
        if isinstance(node, ast.ClassDef):
            continue
        length, positional = node.end_lineno - node.lineno + 1, len(node.args.posonlyargs + node.args.args)
        if length > LONGEST_FUNCTION:
            found.append(f"{file}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}")
        if positional > MOST_POSITIONAL and not any(called(d) == "command" for d in node.decorator_list if isinstance(d, ast.Call)):
            found.append(f"{file}:{node.lineno}: {node.name} has {positional} positional parameters, at most {MOST_POSITIONAL}")
    return found


def docstring_problems(file: str, source: str) -> list[str]:
    """Public modules, classes, functions and methods without docstring."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else [f"{file}: has no docstring"]
    public = (node for node in definitions(tree, nested=False) if not node.name.startswith("_"))
    return found + [f"{file}:{node.lineno}: {node.name} has no docstring" for node in public if not ast.get_docstring(node)]


def state_problems(file: str, source: str) -> list[str]:
    """Module names in small letters, which would be state, and the statement ``global``."""
    tree = ast.parse(source)
    found = [f"{file}:{node.lineno}: global {', '.join(node.names)}" for node in ast.walk(tree) if isinstance(node, ast.Global)]
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, (ast.AnnAssign, ast.AugAssign)) else []
        names = [part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        found += [f"{file}:{node.lineno}: {name} is state of the module" for name in names if name.lstrip("_")[:1].islower() and not is_allowed(name, node) and (file, name) not in MAY_REMEMBER]
    return found


def is_allowed(name: str, node: ast.stmt) -> bool:
    """``__all__`` and its like, and the one Typer application."""
    return (name.startswith("__") and name.endswith("__")) or (isinstance(node.value, ast.Call) and called(node.value) == "Typer")


CHECKS = [import_problems, file_problems, size_problems, docstring_problems, state_problems]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removesuffix("_problems"))
def test_the_package_keeps_the_house_rules(check):
    assert [problem for file, source in SOURCES.items() for problem in check(file, source)] == []


def test_every_layer_is_there():
    assert {file.split("/")[0].removesuffix(".py") for file in SOURCES} >= {"records", "quantities", "topics", "wording"}
    assert len(SOURCES) > 15


LONG = "\n".join(["def one():", '    """One."""', *["    x = 1"] * 60])


@pytest.mark.parametrize(
    ("check", "file", "source", "problem"),
    [
        (import_problems, "records/load.py", "from analysis.quantities.units import factor", "records/load.py:1: records imports quantities, which stands to its right"),
        (import_problems, "quantities/rates.py", "def f():\n    import analysis.topics.labor", "quantities/rates.py:2: quantities imports topics, which stands to its right"),
        (import_problems, "wording.py", "from analysis import charts", "wording.py:1: wording imports charts, which stands to its right"),
        (import_problems, "topics/labor.py", 'import importlib\nimportlib.import_module("analysis.charts.labor")', "topics/labor.py:2: topics imports charts, which stands to its right"),
        (import_problems, "topics/labor.py", "from analysis.topics.canton import DEALS", "topics/labor.py:1: a topic imports analysis.topics.canton; what two topics need moves left"),
        (import_problems, "topics/labor.py", "from analysis.topics import canton", "topics/labor.py:1: a topic imports analysis.topics.canton; what two topics need moves left"),
        (import_problems, "topics/labor.py", "from . import canton", "topics/labor.py:1: relative import; write analysis..."),
        (import_problems, "topics/labor.py", "import matplotlib.pyplot as plt", "topics/labor.py:1: only charts imports matplotlib"),
        (import_problems, "run.py", "def f():\n    import seaborn", "run.py:2: only charts imports seaborn"),
        (import_problems, "helpers.py", "", "helpers.py: helpers has no place in the order of layers; give it one in test_architecture.py"),
        (file_problems, "topics/labor.py", "open('x')", "topics/labor.py:1: open touches files"),
        (file_problems, "charts/spec.py", "def f(path):\n    path.write_text('x')", "charts/spec.py:2: write_text touches files"),
        (file_problems, "wording.py", "pd.read_csv('x')", "wording.py:1: read_csv touches files"),
        (size_problems, "a.py", "\n" * 301, "a.py: 301 lines, at most 300"),
        (size_problems, "a.py", LONG, "a.py:1: one has 62 lines, at most 60"),
        (size_problems, "a.py", "class A:\n    def f(self, a, b, c, d, e): pass", "a.py:2: f has 6 positional parameters, at most 5"),
        (docstring_problems, "a.py", "x = 1", "a.py: has no docstring"),
        (docstring_problems, "a.py", '"""A."""\ndef f(): pass', "a.py:2: f has no docstring"),
        (docstring_problems, "a.py", '"""A."""\nclass A:\n    """A."""\n    def f(self): pass', "a.py:4: f has no docstring"),
        (state_problems, "a.py", "cache = {}", "a.py:1: cache is state of the module"),
        (state_problems, "a.py", "_seen: list[str] = []", "a.py:1: _seen is state of the module"),
        (state_problems, "a.py", "def f():\n    global COUNT\n    COUNT = 1", "a.py:2: global COUNT"),
    ],
)
def test_a_breach_is_found(check, file, source, problem):
    assert problem in check(file, source)


@pytest.mark.parametrize(
    ("check", "file", "source"),
    [
        (import_problems, "charts/labor.py", "from analysis.topics import labor\nfrom matplotlib.axes import Axes\nfrom analysis.wording import say"),
        (import_problems, "cli/make.py", "from analysis import run\nfrom analysis.publish import export"),
        (file_problems, "records/load.py", "path.read_text()"),
        (docstring_problems, "a.py", '"""A."""\ndef _f(): pass\ndef g():\n    """G."""\n    def inner(): pass'),
        (state_problems, "a.py", "NAMES = {}\n_KNOWN = []\n__all__ = []\nMonomial = tuple\napp = typer.Typer()"),
        (size_problems, "a.py", "def f(a, b, c, d, e, *, g=1, h=2): pass"),
    ],
)
def test_what_keeps_the_rules_is_left_alone(check, file, source):
    assert check(file, source) == []
