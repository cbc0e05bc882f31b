"""Lists say what there is, and are made once as long as nothing changes."""

from __future__ import annotations

import pytest

from analysis.cli import look
from analysis.provenance import listing as module
from analysis.provenance.listing import LISTS, listing
from analysis.records.errors import UnknownIdError
from analysis.themes.charts import definitions, make_chart


def test_the_help_names_every_list():
    assert tuple(LISTS) == look.LISTS


def test_every_list_begins_with_its_identifiers():
    for what in LISTS:
        found = listing(what)
        assert len(found) > 0
        assert found.iloc[:, 0].is_unique, what


def test_charts_have_their_headlines(records):
    found = listing("charts").set_index("chart")
    assert list(found.index) == list(definitions())
    chart_id = "canton-fair-deals-per-yuan-waived"
    assert found.loc[chart_id, "headline"] == make_chart(chart_id, records).spec.en.headline


def test_a_slow_list_is_made_once(monkeypatch):
    first = listing("scenarios")
    monkeypatch.setitem(module.LISTS, "scenarios", (LISTS["scenarios"][0], lambda: 1 / 0, True))
    assert listing("scenarios").equals(first)


def test_an_unknown_list_names_the_nearest():
    with pytest.raises(UnknownIdError, match="there is no list 'chart'; did you mean charts"):
        listing("chart")
