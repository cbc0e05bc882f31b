"""A figure that changes its definition is drawn with a mark where it does, or is never set against itself."""

import ast
from pathlib import Path

import pytest

import analysis
from analysis.plotting.marks import DEFINITION_BREAK
from analysis.records.errors import QuantityError
from analysis.records.series import best, yearly

SOURCE = Path(analysis.__file__).parent
DRAWN = {  # who takes rows of several definitions to draw them -> the chart with the mark
    "themes/context/findings.py:number_of_poor": "context-six-hundred-million",
    "themes/context/findings.py:line_in_dollars": "context-poverty-line",
    "themes/ecommerce/rollout.py:_by_year": "ecommerce-rollout",
    "themes/canton_fair/turnover.py:turnover": "canton-fair-turnover",
}
ONE_AT_A_TIME = {  # who takes one row of them, lists them, or chooses one definition itself
    "themes/context/explore_deflators.py:_by_year",
    "themes/context/explore_denominators.py:controls",
    "themes/context/explore_denominators.py:_values",
    "themes/labor_export/pay.py:_over",
    "themes/register/charts_series.py:_spec",
    "audit/growth.py:_mean_growth",
    "bounds/observed.py:_span",
    "publish/references.py",
    "records/series.py:value_at",
    "records/series.py:yearly",
}


def across(tree: ast.Module) -> set[str]:
    """Functions of a module that declare ``across=True`` to ``best`` or ``yearly``."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            for call in ast.walk(node):
                if (
                    isinstance(call, ast.Call)
                    and getattr(call.func, "id", "") in ("best", "yearly")
                    and any(one.arg == "across" for one in call.keywords)
                ):
                    found.add(node.name)
    return found


def test_who_declares_a_break_draws_it_or_takes_one_row():
    found = {
        f"{path.relative_to(SOURCE).as_posix()}:{name}"
        for path in sorted(SOURCE.rglob("*.py"))
        for name in across(ast.parse(path.read_text("utf-8")))
    }
    known = {*DRAWN, *ONE_AT_A_TIME}
    files = {one for one in known if ":" not in one}
    assert {
        one for one in found if one not in known and one.partition(":")[0] not in files
    } == set()
    assert {one for one in known - files if one not in found} == set(), "left over"


def breaks(chart_id: str) -> tuple[list[float], list]:
    """Where a chart marks breaks, and its other lines."""
    lines = analysis.chart(chart_id).figure().axes[0].lines
    marks = [float(one.get_xdata()[0]) for one in lines if one.get_gid() == DEFINITION_BREAK]
    return marks, [one for one in lines if one.get_gid() != DEFINITION_BREAK]


@pytest.mark.parametrize("chart_id", DRAWN.values())
def test_the_chart_marks_the_break(chart_id):
    assert breaks(chart_id)[0]


def test_a_last_year_is_full_only_where_a_first_year_is_of_the_same_survey():
    marks, others = breaks("context-six-hundred-million")
    assert len(marks) == 2

    def kinds(line) -> set[int]:
        return {sum(year > at for at in marks) for year in line.get_xdata()}

    first = {
        one.get_ydata()[0]: kinds(one) for one in others if one.get_marker() == "|" and kinds(one)
    }
    last = [one for one in others if one.get_marker() == "o"]
    full = [one for one in last if one.get_markerfacecolor() != "white"]
    assert 0 < len(full) < len(last)
    assert all(kinds(one) <= first[one.get_ydata()[0]] for one in full)


def test_rows_of_several_definitions_are_refused_unless_declared(records):
    for take in (best, yearly):
        with pytest.raises(QuantityError, match=r"cn-povarea-inc is of 2 definitions"):
            take(records, "cn-povarea-inc")
    assert len(best(records, "cn-povarea-inc", across=True)) > len(
        best(records, "cn-povarea-inc", definition="cn-povarea-inc")
    )
