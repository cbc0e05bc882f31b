"""Identifiers that are gone: each is gone indeed, and what took its place is there."""

from __future__ import annotations

import pytest

from analysis.provenance.citation import cite
from analysis.provenance.lineage import trace
from analysis.records.errors import UnknownIdError
from analysis.records.retired import retired
from analysis.themes import all_findings, all_scenarios
from analysis.themes.charts import definition, definitions


def _there(records):
    findings = {one.value_id for one in all_findings(records)}
    return findings | {one.scenario_id for one in all_scenarios(records)} | set(definitions())


def test_what_is_gone_is_gone_and_what_took_its_place_is_there(records):
    there = _there(records)
    assert not set(retired()) & there
    assert {one for successors in retired().values() for one in successors} <= there


@pytest.mark.parametrize("ask", [lambda records, name: definition(name), cite, trace])
def test_who_asks_for_a_chart_that_is_gone_hears_what_took_its_place(records, ask):
    with pytest.raises(UnknownIdError, match="any more; in its place: canton-fair-break-even, "):
        ask(records, "canton-fair-published-return")


def test_an_unknown_identifier_is_not_called_gone(records):
    with pytest.raises(UnknownIdError, match="did you mean canton-fair-break-even") as caught:
        definition("canton-fair-break-evn")
    assert "any more" not in str(caught.value)
