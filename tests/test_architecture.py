"""The house rules, read from the source: direction of imports, who may touch files, sizes, docstrings."""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import analysis
from analysis.records.paths import PROJECT

PACKAGE = Path(analysis.__file__).parent
RANK = {  # data moves to the right only; equal numbers stand side by side and may use each other
    "environment": 0,
    "records": 1,
    "reading": 2,
    "bounds": 3,
    "methods": 4,
    "audit": 4,
    "words": 5,
    "plotting": 6,
    "exploring": 6,
    "themes": 7,
    "provenance": 8,
    "tidy": 8,
    "verbs": 9,
    "publish": 9,
    "cli": 10,
    "__main__": 11,
}
WITHIN_A_THEME = (
    "explore",
    "charts",
    "",
)  # charts import findings and their parts, explorers import both
PICTURES = {"matplotlib", "mpl_toolkits", "seaborn"}
MAY_DRAW = re.compile(r"plotting/|themes/\w+/charts")
MAY_TOUCH_FILES = (
    "records/",
    "reading/tables.py",
    "plotting/font_files.py",
    "publish/export.py",
    "publish/manifest.py",
    "tidy/export.py",
    "publish/execute.py",
    "publish/edition.py",
    "publish/site/build.py",
    "publish/site/serve.py",
    "words/catalogue.py",
    "reading/documents.py",
    "reading/journal.py",
    "cli/",
)
TOUCHES = {
    "open",
    "fdopen",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "rmdir",
    "rmtree",
    "touch",
    "mkstemp",
    "mkdtemp",
    "NamedTemporaryFile",
    "TemporaryDirectory",
    "copyfile",
    "copytree",
    "read_csv",
    "read_excel",
    "read_json",
    "savetxt",
    "loadtxt",
}
MAY_REMEMBER = {
    ("plotting/registry.py", "_registered")
}  # filled by the decorator when a chart module is imported
LONGEST_MODULE, LONGEST_FUNCTION, MOST_POSITIONAL = 500, 60, 5
WIDEST = 100
SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|(ruff|flake8|mypy):|fmt:|pylint:|pragma:)")
WITH_REASON = re.compile(
    r"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\])\s+\W*\w.*\w"
)

SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
}


def layer(module: str) -> str:
    """The layer of ``analysis.plotting.style`` is ``charts``; the package itself has none."""
    return ([*module.split("."), ""])[1]


def imports(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of every import, inside functions too, and of ``import_module("analysis...")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            yield node.lineno, base
            yield from (
                (node.lineno, f"{base}.{alias.name}")
                for alias in node.names
                if base == "analysis" or base.startswith("analysis.themes")
            )
        elif isinstance(node, ast.Call) and called(node) == "import_module" and node.args:
            start = next(
                (part.value for part in ast.walk(node.args[0]) if isinstance(part, ast.Constant)),
                "",
            )
            yield node.lineno, str(start)


@functools.cache
def parsed(source: str) -> ast.Module:
    """The syntax tree of a module, which every rule reads."""
    return ast.parse(source)


def called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def import_problems(file: str, source: str) -> list[str]:
    """Imports against the direction, between themes, and of a drawing library outside charts."""
    own = file.removesuffix(".py").split("/")
    if own != ["__init__"] and own[0] not in RANK:
        return [
            f"{file}: {own[0]} has no place in the order of layers; give it one in test_architecture.py"
        ]
    found = []
    for line, name in imports(parsed(source)):
        root, other = name.split(".")[0], layer(name)
        if root == "":
            found.append(f"{file}:{line}: relative import; write analysis...")
        if root in PICTURES and not MAY_DRAW.match(file):
            found.append(f"{file}:{line}: only plotting and the charts of themes import {root}")
        if root != "analysis" or other not in RANK or own == ["__init__"]:
            continue
        if RANK[other] > RANK[own[0]]:
            found.append(f"{file}:{line}: {own[0]} imports {other}, which stands to its right")
        if own[0] == other == "themes" and len(own) == 3:
            found += [f"{file}:{line}: {problem}" for problem in theme_problems(own, name)]
    return found


def test_commands_print_by_the_one_function_that_writes_out_what_a_terminal_obeys():
    printing = re.compile(r"\b(typer|click)\.s?echo\(")
    assert {file for file, source in SOURCES.items() if printing.search(source)} == {"cli/app.py"}


def test_one_module_knows_the_library_of_the_estimators():
    knowing = {
        file
        for file, source in SOURCES.items()
        if any(name.split(".")[0] == "diff_diff" for _, name in imports(parsed(source)))
    }
    assert knowing == {"methods/causal/estimators.py"}


def theme_problems(own: list[str], name: str) -> list[str]:
    """What an import of ``name`` breaks inside a theme: no other theme, and findings never import charts, charts never explorers."""
    theme, module = ([*name.split("."), "", "", ""])[2:4]
    if theme and theme != own[1]:
        return [f"a theme imports {name}; what two themes need moves left"]
    step, used = (
        next(place for place, start in enumerate(WITHIN_A_THEME) if one.startswith(start))
        for one in (own[2], module)
    )
    return (
        [f"{own[2]} imports {module}, which stands to its right"] if module and used < step else []
    )


def file_problems(file: str, source: str) -> list[str]:
    """Calls that touch files where none should."""
    if file.startswith(MAY_TOUCH_FILES):
        return []
    calls = (node for node in ast.walk(parsed(source)) if isinstance(node, ast.Call))
    return [
        f"{file}:{node.lineno}: {called(node)} touches files"
        for node in calls
        if called(node) in TOUCHES
    ]


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
    for node in definitions(parsed(source), nested=True):
        if isinstance(node, ast.ClassDef):
            continue
        length, positional = (
            node.end_lineno - node.lineno + 1,
            len(node.args.posonlyargs + node.args.args),
        )
        if length > LONGEST_FUNCTION:
            found.append(
                f"{file}:{node.lineno}: {node.name} has {length} lines, at most {LONGEST_FUNCTION}"
            )
        if positional > MOST_POSITIONAL and not any(
            called(d) == "command" for d in node.decorator_list if isinstance(d, ast.Call)
        ):
            found.append(
                f"{file}:{node.lineno}: {node.name} has {positional} positional parameters, at most {MOST_POSITIONAL}"
            )
    return found


def name_problems(file: str, source: str) -> list[str]:
    """Parameters that nobody can give by name, unless any other name may follow them."""
    return [
        f"{file}:{node.lineno}: {node.name} has a parameter without a name for its callers"
        for node in definitions(parsed(source), nested=True)
        if not isinstance(node, ast.ClassDef) and node.args.posonlyargs and not node.args.kwarg
    ]


def docstring_problems(file: str, source: str) -> list[str]:
    """Public modules, classes, functions and methods without docstring."""
    tree = parsed(source)
    found = [] if ast.get_docstring(tree) else [f"{file}: has no docstring"]
    public = (node for node in definitions(tree, nested=False) if not node.name.startswith("_"))
    return found + [
        f"{file}:{node.lineno}: {node.name} has no docstring"
        for node in public
        if not ast.get_docstring(node)
    ]


def unused_problems(file: str, source: str) -> list[str]:
    """Private names of a module that nothing in it uses; what is decorated is used by its decorator."""
    tree = parsed(source)
    used = {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }
    own = {
        (target.id, node.lineno)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    } | {
        (node.name, node.lineno)
        for node in tree.body
        if isinstance(node, Definition) and not node.decorator_list
    }
    return [
        f"{file}:{line}: {name} is used nowhere"
        for name, line in sorted(own, key=lambda one: one[1])
        if name.startswith("_") and not name.endswith("__") and name not in used
    ]


SETTINGS = {"register_namespace", "setlocale", "set_option", "seterr", "seed", "setrecursionlimit"}


def state_problems(file: str, source: str) -> list[str]:
    """Module names in small letters, which would be state, the statement ``global``, and settings of a library."""
    tree = parsed(source)
    found = [
        f"{file}:{node.lineno}: global {', '.join(node.names)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Global)
    ]
    at_import = {
        id(part) for node in tree.body if isinstance(node, ast.For) for part in ast.walk(node)
    }
    found += [
        f"{file}:{node.lineno}: {called(node)} changes what other modules get from a library"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in SETTINGS and id(node) not in at_import
    ]
    for node in tree.body:
        targets = (
            node.targets
            if isinstance(node, ast.Assign)
            else [node.target]
            if isinstance(node, (ast.AnnAssign, ast.AugAssign))
            else []
        )
        names = [
            part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
        ]
        found += [
            f"{file}:{node.lineno}: {name} is state of the module"
            for name in names
            if name.lstrip("_")[:1].islower()
            and not is_allowed(name, node)
            and (file, name) not in MAY_REMEMBER
        ]
    return found


def is_allowed(name: str, node: ast.stmt) -> bool:
    """``__all__`` and its like, and the one Typer application."""
    return (name.startswith("__") and name.endswith("__")) or (
        isinstance(node.value, ast.Call) and called(node.value) == "Typer"
    )


def strings(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where each string literal begins and ends; from Python 3.12 on, an f-string is several tokens."""
    starts = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        kind = tokenize.tok_name[token.type]
        if kind == "STRING":
            yield token.start, token.end
        elif kind == "FSTRING_START":
            starts.append(token.start)
        elif kind == "FSTRING_END":
            yield starts.pop(), token.end


def width_problems(file: str, source: str) -> list[str]:
    """Lines that are too long, but for those in which a string crosses the limit.

    A comment that silences a tool must stand on its line, and does not count.
    """
    crossed = set()
    for (first, start), (last, end) in strings(source):
        for line in range(first, last + 1):
            begins, ends = (start if line == first else 0), (end if line == last else WIDEST + 1)
            if begins < WIDEST <= ends:
                crossed.add(line)
    lines = (SILENCED.split(line)[0].rstrip() for line in source.splitlines())
    return [
        f"{file}:{number}: {len(line)} columns, at most {WIDEST}"
        for number, line in enumerate(lines, 1)
        if len(line) > WIDEST and number not in crossed
    ]


def silence_problems(file: str, source: str) -> list[str]:
    """Comments that silence a tool without its code or without a reason."""
    return [
        f"{file}:{token.start[0]}: {token.string!r} names no code, or no reason"
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
        and SILENCED.search(token.string)
        and not WITH_REASON.search(token.string)
    ]


def unexplained(pyproject: str) -> list[str]:
    """Exceptions from the rules of ruff and mypy without a comment on their line or the one above."""
    tools = tomllib.loads(pyproject)["tool"]
    lint = tools["ruff"]["lint"]
    names = [*lint["ignore"], *lint["per-file-ignores"]]
    names += [key for part in tools["mypy"]["overrides"] for key in part if key != "module"]
    lines = pyproject.splitlines()
    return [
        name
        for name in names
        for number, line in enumerate(lines)
        if re.match(rf'\s*"?{re.escape(name)}"?\s*[,=]', line)
        and not any("# " in one for one in lines[max(number - 2, 0) : number + 1])
    ]


CHECKS = [
    import_problems,
    file_problems,
    size_problems,
    name_problems,
    docstring_problems,
    state_problems,
    unused_problems,
    width_problems,
    silence_problems,
]


@pytest.mark.parametrize(
    "check", CHECKS, ids=lambda check: check.__name__.removesuffix("_problems")
)
def test_the_package_keeps_the_house_rules(check):
    assert [problem for file, source in SOURCES.items() for problem in check(file, source)] == []


OTHERS = {
    path.relative_to(PROJECT).as_posix(): path.read_text("utf-8")
    for folder in ("tests", "benchmarks", "tools")
    for path in sorted((PROJECT / folder).rglob("*.py"))
}


@pytest.mark.parametrize("check", [width_problems, silence_problems])
def test_tests_and_tools_keep_the_rules_of_width_and_of_silence(check):
    assert [problem for file, source in OTHERS.items() for problem in check(file, source)] == []


def test_every_exception_in_pyproject_has_its_reason():
    assert unexplained((PROJECT / "pyproject.toml").read_text("utf-8")) == []


def test_an_exception_without_reason_is_found():
    text = """
[tool.ruff.lint]
ignore = [
    "D105", # Python says it

    "D401",

]
[tool.ruff.lint.per-file-ignores]
"tests/**" = ["D"]
[tool.mypy]
[[tool.mypy.overrides]]

# no types
module = ["one"]
ignore_missing_imports = true
"""
    assert unexplained(text) == ["tests/**"]
    assert unexplained(text.replace("# Python says it", "")) == ["D105", "D401", "tests/**"]


def test_no_module_hides_a_verb():
    """Importing ``analysis.tables`` as a module would put it in the place of the verb of that name."""
    modules = {file.split("/")[0].removesuffix(".py") for file in SOURCES}
    assert modules & set(analysis.__all__) == set()


def test_every_layer_is_there():
    assert {file.split("/")[0].removesuffix(".py") for file in SOURCES} >= {
        "records",
        "bounds",
        "themes",
        "words",
    }
    assert len(SOURCES) > 15


LONG = "\n".join(["def one():", '    """One."""', *["    x = 1"] * 60])


@pytest.mark.parametrize(
    ("check", "file", "source", "problem"),
    [
        (
            import_problems,
            "records/load.py",
            "from analysis.bounds.units import factor",
            "records/load.py:1: records imports bounds, which stands to its right",
        ),
        (
            import_problems,
            "bounds/rates.py",
            "def f():\n    import analysis.themes.labor_export.pay",
            "bounds/rates.py:2: bounds imports themes, which stands to its right",
        ),
        (
            import_problems,
            "words/wording.py",
            "from analysis import plotting",
            "words/wording.py:1: words imports plotting, which stands to its right",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            'import importlib\nimportlib.import_module("analysis.publish.export")',
            "themes/hunan/rates.py:2: themes imports publish, which stands to its right",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            "from analysis.themes.channels.findings import DEALS",
            "themes/hunan/rates.py:1: a theme imports analysis.themes.channels.findings; what two themes need moves left",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            "from analysis.themes import channels",
            "themes/hunan/rates.py:1: a theme imports analysis.themes.channels; what two themes need moves left",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            "from analysis.themes.hunan import charts_rates",
            "themes/hunan/rates.py:1: rates imports charts_rates, which stands to its right",
        ),
        (
            import_problems,
            "themes/hunan/charts.py",
            "from analysis.themes.hunan.explore import EXPLORERS",
            "themes/hunan/charts.py:1: charts imports explore, which stands to its right",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            "from . import funds",
            "themes/hunan/rates.py:1: relative import; write analysis...",
        ),
        (
            import_problems,
            "themes/hunan/rates.py",
            "import matplotlib.pyplot as plt",
            "themes/hunan/rates.py:1: only plotting and the charts of themes import matplotlib",
        ),
        (
            import_problems,
            "publish/execute.py",
            "def f():\n    import seaborn",
            "publish/execute.py:2: only plotting and the charts of themes import seaborn",
        ),
        (
            import_problems,
            "helpers.py",
            "",
            "helpers.py: helpers has no place in the order of layers; give it one in test_architecture.py",
        ),
        (
            file_problems,
            "themes/hunan/rates.py",
            "open('x')",
            "themes/hunan/rates.py:1: open touches files",
        ),
        (
            file_problems,
            "plotting/spec.py",
            "def f(path):\n    path.write_text('x')",
            "plotting/spec.py:2: write_text touches files",
        ),
        (
            file_problems,
            "words/wording.py",
            "pd.read_csv('x')",
            "words/wording.py:1: read_csv touches files",
        ),
        (size_problems, "a.py", "\n" * 501, "a.py: 501 lines, at most 500"),
        (
            name_problems,
            "a.py",
            "def f(a, /, b): pass",
            "a.py:1: f has a parameter without a name for its callers",
        ),
        (size_problems, "a.py", LONG, "a.py:1: one has 62 lines, at most 60"),
        (
            size_problems,
            "a.py",
            "class A:\n    def f(self, a, b, c, d, e): pass",
            "a.py:2: f has 6 positional parameters, at most 5",
        ),
        (width_problems, "a.py", f"x = {'1 + ' * 30}1", "a.py:1: 125 columns, at most 100"),
        (width_problems, "a.py", f"x = 'a'  # {'b' * 100}", "a.py:1: 111 columns, at most 100"),
        (width_problems, "a.py", f"f('a', {'b' * 100})", "a.py:1: 108 columns, at most 100"),
        (
            silence_problems,
            "a.py",
            "import a  # noqa",
            "a.py:1: '# noqa' names no code, or no reason",
        ),
        (
            silence_problems,
            "a.py",
            "import a  # noqa: F401",
            "a.py:1: '# noqa: F401' names no code, or no reason",
        ),
        (
            silence_problems,
            "a.py",
            "a()  # type: ignore  # pandas",
            "a.py:1: '# type: ignore  # pandas' names no code, or no reason",
        ),
        (
            silence_problems,
            "a.py",
            "# fmt: off",
            "a.py:1: '# fmt: off' names no code, or no reason",
        ),
        (
            silence_problems,
            "a.py",
            "# ruff: noqa: F401  because",
            "a.py:1: '# ruff: noqa: F401  because' names no code, or no reason",
        ),
        (docstring_problems, "a.py", "x = 1", "a.py: has no docstring"),
        (docstring_problems, "a.py", '"""A."""\ndef f(): pass', "a.py:2: f has no docstring"),
        (
            docstring_problems,
            "a.py",
            '"""A."""\nclass A:\n    """A."""\n    def f(self): pass',
            "a.py:4: f has no docstring",
        ),
        (unused_problems, "a.py", "_WORDS = 1", "a.py:1: _WORDS is used nowhere"),
        (unused_problems, "a.py", "def _f(): pass", "a.py:1: _f is used nowhere"),
        (state_problems, "a.py", "cache = {}", "a.py:1: cache is state of the module"),
        (state_problems, "a.py", "_seen: list[str] = []", "a.py:1: _seen is state of the module"),
        (
            state_problems,
            "a.py",
            "def f():\n    global COUNT\n    COUNT = 1",
            "a.py:2: global COUNT",
        ),
        (
            state_problems,
            "a.py",
            "def f():\n    ET.register_namespace('', 'a')",
            "a.py:2: register_namespace changes what other modules get from a library",
        ),
    ],
)
def test_a_breach_is_found(check, file, source, problem):
    assert problem in check(file, source)


@pytest.mark.parametrize(
    ("check", "file", "source"),
    [
        (
            import_problems,
            "themes/hunan/charts_rates.py",
            "from analysis.themes.hunan import rates\nfrom matplotlib.axes import Axes\nfrom analysis.words.wording import say",
        ),
        (
            import_problems,
            "themes/hunan/explore.py",
            "from analysis.themes.hunan.charts import draw\nfrom analysis.themes.hunan import findings",
        ),
        (import_problems, "cli/make.py", "from analysis.publish import execute, export"),
        (file_problems, "records/load.py", "path.read_text()"),
        (
            docstring_problems,
            "a.py",
            '"""A."""\ndef _f(): pass\ndef g():\n    """G."""\n    def inner(): pass',
        ),
        (
            state_problems,
            "a.py",
            "NAMES = {}\n_KNOWN = []\n__all__ = []\nMonomial = tuple\napp = typer.Typer()",
        ),
        (size_problems, "a.py", "def f(a, b, c, d, e, *, g=1, h=2): pass"),
        (name_problems, "a.py", "def f(a, /, **values): pass"),
        (width_problems, "a.py", f"x = 'a{' b' * 60}'"),
        (width_problems, "a.py", f'x = f"{{y}}{" b" * 60}".format(1)'),
        (width_problems, "a.py", f'"""A.\n\n{"b " * 60}\n"""'),
        (width_problems, "a.py", f"import a  # noqa: F401  {'a reason ' * 10}"),
        (silence_problems, "a.py", "import a  # noqa: F401  (verbs too)"),
        (silence_problems, "a.py", "a()  # type: ignore[arg-type, misc]  # a cell is any scalar"),
        (silence_problems, "a.py", "a = '# noqa'"),
    ],
)
def test_what_keeps_the_rules_is_left_alone(check, file, source):
    assert check(file, source) == []
