"""Scenarios and what is drawn from them: results that know their inputs, readings, seeds and draws."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.methods.scenarios.model import REPETITIONS, Array, Model, build
from analysis.methods.scenarios.readings import COMPARED, PRIORS
from analysis.records.errors import QuantityError
from analysis.records.load import Records

DRAWS = 131_072
SHARES = (0.05, 0.5, 0.95)
NEGLIGIBLE = 1e-10  # an error that is so small a part of its value is none
READING = "next digit"
SEEDED = "by the name of each input"


@dataclass(frozen=True, eq=False)
class Scenario:
    """Results under named, sourced assumptions, defined once and drawn when asked for.

    Parameters
    ----------
    scenario_id : str
        ``topic.slug``.
    label : str
        What is asked.
    outputs : mapping
        Name of each result to its bounds: sums of products of claims, observations and assumptions,
        which are independent of each other.
    note : str
        What must be said with it.
    """

    scenario_id: str
    label: str
    outputs: Mapping[str, Bounds]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.outputs:
            raise QuantityError(f"{self.scenario_id}: a scenario has at least one output")

    def known(self, output: str) -> str:
        """The name of an output; raises QuantityError if the scenario has no such one."""
        if output not in self.outputs:
            raise QuantityError(
                f"{output!r} is no output of {self.scenario_id}; there are {', '.join(self.outputs)}"
            )
        return output

    def model(
        self, records: Records, *, reading: str = READING, readings: Mapping[str, str] | None = None
    ) -> Model:
        """The scenario with every input read; see ``draw``."""
        return build(records, self.outputs, reading=reading, readings=readings or {})


@dataclass(frozen=True, eq=False)
class Range:
    """Quantiles of one output with their Monte Carlo standard errors.

    Parameters
    ----------
    output : str
        Its name.
    bounds : Bounds
        The calculation as read: ends, direction and unit.
    points, errors : tuple of float
        At the shares ``SHARES``, in the unit.
    """

    output: str
    bounds: Bounds
    points: tuple[float, ...]
    errors: tuple[float, ...]

    @property
    def unit(self) -> str:
        """Unit of the points."""
        return self.bounds.unit

    def row(self, reading: str) -> tuple[object, ...]:
        """The range as a row of a table, rounded to its Monte Carlo error."""
        shown = map(rounded_to_error, self.points, self.errors)
        error = _shown(self.errors, self.points)
        return self.output, reading, *shown, error, self.unit, self.bounds.direction


COLUMNS = (
    "output",
    "reading",
    *(f"p{share * 100:g}" for share in SHARES),
    "mc_error",
    "unit",
    "direction",
)


@dataclass(frozen=True, eq=False)
class Drawn:
    """What was drawn from a scenario, with everything that it takes to draw it again.

    Parameters
    ----------
    scenario : Scenario
    reading : str
        The reading of every input that has no other in ``readings``.
    draws : int
        Draws made, in ``REPETITIONS`` Latin hypercubes that are independent of each other.
    ranges : tuple of Range
    model : Model
        The inputs as they were read.
    """

    scenario: Scenario
    reading: str
    draws: int
    ranges: tuple[Range, ...]
    model: Model

    def table(self) -> pd.DataFrame:
        """The scenario range of every output, rounded to its Monte Carlo error.

        Returns
        -------
        DataFrame
            ``output``, ``reading``, ``p5``, ``p50``, ``p95``, ``mc_error`` (largest of the three, in the
            unit), ``unit``, ``direction``.
        """
        return pd.DataFrame([one.row(self.reading) for one in self.ranges], columns=list(COLUMNS))

    def inputs(self) -> pd.DataFrame:
        """Every input as it was drawn: ``input``, ``shape``, ``low``, ``central``, ``high``, ``unit``, ``reading``, ``source``."""
        rows = []
        for name, one in self.model.spreads.items():
            how = one.distribution
            ends = (how.low, how.central, how.high)
            rows.append((name, how.shape, *ends, one.one.unit, one.reading, one.source))
        return pd.DataFrame(
            rows, columns=["input", "shape", "low", "central", "high", "unit", "reading", "source"]
        )

    def sample(self, output: str) -> Array:
        """The draws of one output in the order of the points, in its unit."""
        made = self.model.output(output, self.model.values(self.draws))
        return np.broadcast_to(made, (REPETITIONS, self.draws // REPETITIONS)).ravel()

    def __repr__(self) -> str:
        lines = [
            f"scenario {self.scenario.scenario_id}: {self.reading}, {self.draws} draws in {REPETITIONS} repetitions, seeded {SEEDED}"
        ]
        for one in self.ranges:
            output, _, low, middle, high, _, unit, direction = one.row(self.reading)
            lines.append(
                f"  {output}: {middle:.12g} ({low:.12g} to {high:.12g}) {unit}, {direction}"
            )
        return "\n".join(lines)


def draw(
    records: Records,
    scenario: Scenario,
    *,
    reading: str = READING,
    readings: Mapping[str, str] | None = None,
    draws: int = DRAWS,
) -> Drawn:
    """Draw a scenario.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    reading : {"half unit", "next digit", "one-sided", "other language"}
        How figures as stated are read.
    readings : mapping, optional
        Input to another reading than the others have.
    draws : int
        At least so many, in ``REPETITIONS`` Latin hypercubes whose spread gives the Monte Carlo error.

    Returns
    -------
    Drawn

    Raises
    ------
    QuantityError
        If an input cannot be drawn, or an assumption has no source.

    Notes
    -----
    There is no sampling error in the figures: the range is that of the assumptions, and the Monte Carlo
    error only says how well it is computed.
    """
    if draws < REPETITIONS * 2:
        raise QuantityError(f"{draws} draws are too few; allowed are {REPETITIONS * 2} and more")
    known = {name for bounds in scenario.outputs.values() for name in bounds.inputs}
    if unknown := set(readings or {}) - known:
        raise QuantityError(f"{', '.join(sorted(unknown))} is no input of {scenario.scenario_id}")
    model = scenario.model(records, reading=reading, readings=readings)
    made = -(-draws // REPETITIONS) * REPETITIONS
    values = model.values(made)
    ranges = tuple(_range(model, name, values) for name in model.outputs)
    return Drawn(scenario, reading, made, ranges, model)


def _range(model: Model, output: str, values: Mapping[str, Array]) -> Range:
    """Quantiles, the mean of those of the repetitions, with the standard errors of that mean."""
    bounds = model.outputs[output]
    if not model.uncertain(output):
        return Range(output, bounds, (bounds.value,) * len(SHARES), (0.0,) * len(SHARES))
    found = np.quantile(model.output(output, values), SHARES, axis=1, method="hazen")
    errors = found.std(axis=1, ddof=1) / math.sqrt(REPETITIONS)
    return Range(output, bounds, tuple(found.mean(axis=1).tolist()), tuple(errors.tolist()))


def compare_readings(
    records: Records, scenario: Scenario, *, readings: Iterable[str] = COMPARED, draws: int = DRAWS
) -> pd.DataFrame:
    """The scenario ranges of every output under each reading.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    readings : iterable of str
        Names of readings.
    draws : int

    Returns
    -------
    DataFrame
        As ``Drawn.table``, one row for each output and reading, the readings of an output together.
    """
    drawn = [draw(records, scenario, reading=reading, draws=draws) for reading in readings]
    by_output = zip(*(one.ranges for one in drawn), strict=True)
    rows = [
        found.row(one.reading)
        for ranges in by_output
        for found, one in zip(ranges, drawn, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def compare_priors(
    records: Records, scenario: Scenario, *, reading: str = READING, draws: int = DRAWS
) -> pd.DataFrame:
    """The scenario ranges under several priors for what no source narrows: how far they rest on the prior.

    Parameters
    ----------
    records : Records
    scenario : Scenario
    reading : str
        How figures as stated are read.
    draws : int

    Returns
    -------
    DataFrame
        ``output``, ``prior`` (a key of ``PRIORS``), ``p5``, ``p50``, ``p95``, ``unit``; the priors of an
        output together.
    """
    model = scenario.model(records, reading=reading)
    made = -(-draws // REPETITIONS) * REPETITIONS
    values = {prior: model.values(made, prior=prior) for prior in PRIORS}
    rows = []
    for output in model.outputs:
        for prior in PRIORS:
            _, _, *shown, _, unit, _ = _range(model, output, values[prior]).row(reading)
            rows.append((output, prior, *shown, unit))
    return pd.DataFrame(rows, columns=["output", "prior", *COLUMNS[2:5], "unit"])


def _shown(errors: tuple[float, ...], found: tuple[float, ...]) -> float:
    """The largest error with one digit; none where it is below what a computer's numbers hold apart."""
    return float(f"{max(errors):.1g}") if max(errors) > NEGLIGIBLE * max(map(abs, found)) else 0.0


def rounded_to_error(value: float, error: float) -> float:
    """A number rounded where its error begins, so that it is the same on every machine; moved by less than its error.

    Examples
    --------
    >>> rounded_to_error(133.4567, 0.02)
    133.46
    >>> rounded_to_error(133.4567, 0)
    133.4567
    """
    if not error > NEGLIGIBLE * abs(value):
        return float(f"{value:.9g}")
    places = -math.floor(math.log10(2 * error))
    return float(f"{round(value, places):.12g}") + 0.0  # no minus zero
