"""By what a change of a module is judged, for tools/mutate.py: its tests, and what is stored.

The nearest judges come first: tests that name the module; the cells of its theme's notebook and the
rows of tests/snapshot.json; how its charts are laid out; the rest of its folder of tests; for a module
of no theme, all themes that use it.
"""

from __future__ import annotations

import base64
import functools
import importlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
PLACE = PROJECT / "build/mutate"
TREE = PLACE / "tree"  # what is changed: never the files that somebody edits
CODE = TREE / "src/analysis"
PARTS = ("bounds", "methods", "audit", "themes")
LOADED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")  # of plug-ins, before pytest began
FAR = ("tests/publish", "tests/test_", "tests/plotting", "tests/cli")  # they ask about everything
SLOW = ("_laws.py", "_coverage.py")  # they take a minute, and come last
EXAMPLES = "tests/test_doctests.py::test_examples_run_and_none_is_passed_over"
NAMED = "tests/test_architecture.py::test_the_package_keeps_the_house_rules[name]"
READABLE = "test_every_chart_of_a_theme_is_readable"

Stage = tuple[str, ...]  # a judge: "pytest", "notebook" or "snapshot", and what it is given


def stages(path: Path) -> Iterator[Stage]:
    """What judges a module, the nearest and the quickest first."""
    within = path.relative_to(CODE)
    own, theme = f"tests/{within.parent.as_posix()}/", within.parts[1]
    if within.parts[0] != "themes" or len(within.parts) < 3:
        theme = ""
    tests = [file.relative_to(TREE).as_posix() for file in sorted(TREE.glob("tests/**/test_*.py"))]
    naming = [file for file in tests if dotted(path) in imported(TREE / file)]
    near = sorted((file for file in naming if file.startswith(own)), key=_slow)
    if near:
        yield ("pytest", *near)
    draws = within.name.startswith("charts")
    if theme and draws:
        yield ("notebook", theme, within.as_posix())
    if theme:
        yield ("snapshot", theme)
    if theme:
        yield ("notebook", theme, "")
    if theme and draws:
        yield ("pytest", "tests/plotting/test_layout.py", "-k", f"{READABLE} and {theme}")
    if theme and within.name.startswith("explore"):
        yield ("pytest", "tests/explorers/test_explorers.py")
    if rest := [file for file in tests if file.startswith(own) and file not in near]:
        yield ("pytest", *rest)
    yield ("pytest", f"{EXAMPLES}[{dotted(path)}]")
    if far := [file for file in naming if not file.startswith((own, *FAR))]:
        yield ("pytest", *far)
    if not theme:
        told = sorted(
            {one.parent.name for one in users(path) if (one.parent / "findings.py").exists()}
        )
        yield from (("snapshot", one) for one in told)
        if others := [file for one in told for file in tests if f"/themes/{one}/" in file]:
            yield ("pytest", *others)
    yield ("pytest", NAMED)


def _slow(file: str) -> bool:
    return file.endswith(SLOW)


@functools.cache
def imported(file: Path) -> set[str]:
    """Modules and names that a file imports from the project, with dots."""
    written = file.read_text("utf-8")
    found = re.findall(r"from (analysis[\w.]*) import \(?([\w\s,]+)", written)
    each = {f"{module}.{name}" for module, names in found for name in re.findall(r"\w+", names)}
    return each | {module for module, _ in found} | set(re.findall(r"analysis\.[\w.]+", written))


def dotted(path: Path) -> str:
    """Name of a module, as it is imported."""
    parts = path.relative_to(CODE.parent).with_suffix("").parts
    return ".".join(parts).removesuffix(".__init__")


def users(path: Path) -> set[Path]:
    """Modules of PARTS that use a module, however far away."""
    every = {one for part in PARTS for one in (CODE / part).rglob("*.py")}
    found, todo = set(), {path}
    while todo:
        found |= todo
        names = {dotted(one) for one in todo}
        todo = {one for one in every - found if names & imported(one)}
    return found


def judge(stage: Stage) -> bool:
    """Whether what a stage asks is as it should be, with the modules as they stand in the tree."""
    kind, *what = stage
    if kind == "notebook":
        return notebook_as_stored(*what)
    if kind == "snapshot":
        return snapshot_as_stored(*what)
    import pytest

    return pytest.main(["-x", "-q", "-p", "no:cacheprovider", *LOADED, *what]) == pytest.ExitCode.OK


def notebook_as_stored(theme: str, module: str) -> bool:
    """Whether the cells of a theme's notebook show what is stored in it, pictures byte for byte.

    With a module, these are the cells of the charts that it draws, and the first two.
    """
    import nbformat
    from IPython.core.interactiveshell import InteractiveShell

    home = importlib.import_module(f"analysis.themes.{theme}")
    path, shell = TREE / f"notebooks/{home.NOTEBOOK}.ipynb", InteractiveShell.instance()
    code = (CODE / module).read_text("utf-8") if module else ""
    os.chdir(path.parent)
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        drawn = re.search(r'chart\(("[a-z0-9-]+")', cell.source)
        needed = cell.execution_count <= 2 or (drawn and drawn[1] in code)
        if code and not needed:
            continue
        ended = shell.run_cell(cell.source, store_history=True)
        now = {} if ended.result is None else shell.display_formatter.format(ended.result)[0]
        stored = cell.outputs[0].data if cell.outputs else {}
        if not ended.success or (cell.execution_count > 2 and _texts(now) != _texts(stored)):
            print(f"otherwise than stored: {cell.source}")
            return False
    return True


def _texts(data: dict) -> dict[str, bytes]:
    """Texts and pictures of an output, without the line breaks around them."""
    read = {kind: one.encode() for kind, one in data.items() if isinstance(one, str)}
    read |= {kind: base64.b64encode(one) for kind, one in data.items() if isinstance(one, bytes)}
    return {kind: one.strip() for kind, one in read.items()}


def snapshot_as_stored(folder: str) -> bool:
    """Whether findings, scenarios and charts of one theme say what tests/snapshot.json says."""
    from analysis import themes
    from analysis.provenance import snapshot
    from analysis.records.load import load as load_records
    from analysis.themes.charts import charts_of, make_chart

    records = load_records(TREE / "data")
    theme = next(one for one in themes.themes() if one.folder == folder)
    findings = themes.findings_of(records, theme)
    scenarios = themes.scenarios_of(records, theme)
    now = {
        "findings": {one.value_id: snapshot._finding(one) for one in findings},
        "scenarios": dict(item for one in scenarios for item in snapshot._outputs(records, one)),
        "charts": {
            one: snapshot._chart(make_chart(one, records)) for one in charts_of(theme, records)
        },
    }
    stored = json.loads((TREE / snapshot.STORED).read_text("utf-8"))
    written = json.loads(snapshot.as_text(now))
    own = {
        kind: {name: one for name, one in stored[kind].items() if themes.theme_of(name) == theme}
        for kind in written
    }
    return written == own
