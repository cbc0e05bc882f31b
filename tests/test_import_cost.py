"""Nothing heavy is loaded until it is used: what a fresh process holds after an import, not how long it took."""

import json
import subprocess
import sys

import pytest

HEAVY = (
    "matplotlib",
    "seaborn",
    "statsmodels",
    "scipy",
    "duckdb",
    "ipywidgets",
    "IPython",
    "pint",
    "nbformat",
    "nbclient",
    "jinja2",
    "docx",
    "pptx",
    "xlsxwriter",
    "PIL",
    "fontTools",
    "typer",
    "rich",
    "trafilatura",
    "pypdf",
    "dask",
    "distributed",
)
HELD = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules} | set(sys.modules))))"


def held(code: str) -> set[str]:
    """Names of the modules that a fresh process holds after some lines."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{HELD}"], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_package_alone_loads_nothing_but_itself():
    found = held("import analysis")
    assert found.isdisjoint({*HEAVY, "pandas", "numpy"})
    assert {name for name in found if name.partition(".")[0] == "analysis"} == {"analysis"}


def test_what_was_published_is_read_with_pandas_alone():
    found = held(
        """
import analysis
from analysis import *
from analysis import claims
assert len(claims()) and len(analysis.sources()) and len(analysis.series())
dir(analysis), help
assert analysis.say("scio-2021.ecommerce-jobs")
repr(analysis.table(analysis.claims().head(1)))
assert len(analysis.tables("claims"))
"""
    )
    assert "pandas" in found
    assert sorted(found & set(HEAVY)) == []


@pytest.mark.parametrize(
    ("code", "loaded", "still_not"),
    [
        (
            "import analysis; analysis.intervals()",
            {"pint"},
            {"matplotlib", "scipy.stats", "statsmodels", "duckdb"},
        ),
        (
            "import analysis; analysis.sql('select count(*) from claims')",
            {"duckdb"},
            {"matplotlib", "scipy", "statsmodels"},
        ),
        (
            "import analysis; analysis.finding('labor.gross-earnings')",
            {"scipy.special"},
            {"matplotlib", "scipy.stats", "seaborn", "duckdb"},
        ),
        (
            "import analysis; analysis.scenario('labor.net-uplift', draws=64)",
            {"scipy.special"},
            {"matplotlib", "scipy.stats", "seaborn", "statsmodels", "duckdb"},
        ),
        (
            "import analysis; analysis.findings()",
            {"pint"},
            {"matplotlib", "scipy.stats", "seaborn", "duckdb", "ipywidgets"},
        ),
    ],
)
def test_a_library_is_loaded_when_it_is_used(code, loaded, still_not):
    found = held(code)
    assert loaded <= found
    assert sorted(found & still_not) == []


def test_the_command_line_starts_without_what_its_commands_load():
    found = held("import analysis.cli")
    assert "typer" in found
    assert sorted(found & {"trafilatura", "pypdf", "dask", "distributed", "docx", "duckdb"}) == []
