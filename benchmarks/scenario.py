"""The benchmark's model as a scenario of the engine, from the real records, and its inputs for the peers."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np
from formulas import OUTPUTS, evaluate

from analysis.bounds.bounds import Bounds
from analysis.bounds.claims import bounds_of
from analysis.bounds.observed import observed
from analysis.methods.scenarios import Drawn, Scenario, assumption, draw, model
from analysis.records.load import Records
from analysis.themes.canton_fair.sessions import DEALS, FEES, rate_of_sessions

READING = "next digit"
INCOME = "scio-2021.labor-income"
PEOPLE = "scio-2021.ecommerce-income"


def inputs(records: Records) -> dict[str, Bounds]:
    """The nine inputs by their names in ``formulas``, each a quantity with one named input."""
    return {
        "deals": bounds_of(records, DEALS),
        "rate": rate_of_sessions(records),
        "fees": bounds_of(records, FEES),
        "income": bounds_of(records, INCOME),
        "cost_share": assumption(records, "labor-cost-share"),
        "home_wage": observed(records, "cn-migrant-wage", "2020"),
        "home_months": assumption(records, "labor-months-at-home") / Bounds.exactly(1, "year"),
        "people": bounds_of(records, PEOPLE),
        "rural_poor": observed(records, "cn-rpov-n-2010std", "2012"),
    }


def scenario(records: Records) -> Scenario:
    """Deals per yuan waived, net income over pay at home, people with more income over the rural poor of 2012."""
    x = inputs(records)
    return Scenario(
        "benchmark.three-outputs",
        "three outputs of nine inputs",
        {output: evaluate(output, x) for output in OUTPUTS},
    )


def specification(records: Records) -> dict[str, dict[str, float | str]]:
    """Shape and ends of every input as the engine draws it, by its name in ``formulas``.

    Raises
    ------
    RuntimeError
        If the engine and ``formulas`` do not calculate the same from the same draws.
    """
    drawn = draw(records, scenario(records), reading=READING)
    names = {key: next(iter(bounds.variables)) for key, bounds in inputs(records).items()}
    table = drawn.inputs().set_index("input")
    if set(names.values()) != set(table.index):
        raise RuntimeError("the engine draws other inputs than the peers")
    _check_formulas(drawn, names)
    columns = ["shape", "low", "central", "high"]
    return {key: table.loc[name, columns].to_dict() for key, name in names.items()}


def _check_formulas(drawn: Drawn, names: dict[str, str]) -> None:
    values = drawn.model.values(drawn.draws)
    x = {key: values[name] for key, name in names.items()}
    for output in OUTPUTS:
        if not np.allclose(np.ravel(evaluate(output, x)), drawn.sample(output), rtol=1e-12):
            raise RuntimeError(f"{output}: the engine and the peers do not calculate the same")


def forget_points() -> None:
    """Empty what the engine remembers of its points, so that every repetition begins as the first call does."""
    model.points.cache_clear()


@contextlib.contextmanager
def other_seeds(number: int) -> Iterator[None]:
    """Draw as if every input had another name: the engine seeds by names, and the error needs repetitions."""
    own = model.generator
    model.generator = lambda name, purpose="points": own(name, f"repetition {number}:{purpose}")
    forget_points()
    try:
        yield
    finally:
        model.generator = own
        forget_points()
