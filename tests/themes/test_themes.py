"""Themes are found by their folder, and loaded one at a time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from analysis.plotting import registry
from analysis.themes import all_findings, one_finding, prefix_of, theme_of, themes
from analysis.themes.charts import definition, definitions
from analysis.themes.explorers import explorer_of, explorers

FINDINGS = """
from analysis.bounds.bounds import Bounds
from analysis.bounds.terms import Input
from analysis.words.findings import as_findings, result

@as_findings
def findings(records):
    two = Bounds.of(Input("two", 2, 2, 2, "", sources=("scio-2021.canton-deals",)))
    yield result("made-up.two", two)
"""
WORDS = '[made-up.two]\nlabel = "two"\nlabel_zh = "二"\nperiod = "2020"\nnote = "None."\n'
CHARTS = """
from analysis.plotting.registry import chart

@chart("made-up-nothing", notebook="05_canton_fair_deals")
def nothing(records):
    return None
"""
LOADED = """
import json, multiprocessing, sys
import matplotlib.figure, numpy, pandas  # once for all charts; only modules of the house are counted

def loaded(chart_id):
    from analysis.records.load import load
    from analysis.themes.charts import make_chart
    make_chart(chart_id, load())
    return [name for name in sys.modules if name.partition(".")[0] == "analysis"]

with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
    print(json.dumps(pool.map(loaded, sys.argv[1:], chunksize=1)))
"""


def test_every_identifier_says_its_theme(records):
    for chart_id, own in definitions().items():
        assert own.make.__module__.split(".")[2] == theme_of(chart_id).folder
    for one in all_findings(records):
        assert theme_of(one.value_id), one.value_id
    for explorer_id in explorers():
        assert explorer_of(explorer_id).explorer_id == explorer_id


def test_a_prefix_belongs_to_one_theme_and_ends_at_a_word():
    owners = [prefix for one in themes() for prefix in one.prefixes]
    assert len(owners) == len(set(owners))
    assert prefix_of("laboratory-size") == ""
    assert theme_of("laboratory-size") is None


def test_a_new_folder_is_found_without_a_list(records, new_theme, monkeypatch):
    monkeypatch.setattr(registry, "_registered", dict(registry._registered))
    new_theme(FINDINGS, CHARTS, WORDS)
    assert one_finding(records, "made-up.two").value == 2
    assert "made-up.two" in {one.value_id for one in all_findings(records)}
    assert definition("made-up-nothing").notebook == "05_canton_fair_deals"
    assert "made-up-nothing" in definitions()


@pytest.fixture(scope="module")
def loaded_for():
    """The modules of the house that a process has loaded after the first chart of each theme."""
    first = {theme_of(one).folder: one for one in reversed(definitions())}
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *first.values()], capture_output=True, text=True, check=True
    )
    return dict(zip(first, json.loads(done.stdout), strict=True))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows forks no process")
@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.folder)
def test_one_chart_loads_its_theme_alone(theme, loaded_for):
    loaded = loaded_for[theme.folder]
    folders = {one.split(".")[2] for one in loaded if one.count(".") >= 3 and ".themes." in one}
    assert folders == {theme.folder}
    if theme.folder != "causal_design":  # it holds what the methods of methods/causal estimate
        assert not [one for one in loaded if one.startswith("analysis.methods.causal")]
        # the audit needs the reader of sentences whole, and nothing else does
        house = [one for one in loaded if not one.startswith("analysis.reading")]
        assert len(house) <= 82, sorted(house)
        assert len(house) == len(loaded) or theme.folder == "claims_audit"
