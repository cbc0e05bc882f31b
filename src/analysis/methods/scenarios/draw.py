"""Scenarios and what is drawn from them: results that know their inputs, readings, seeds and draws."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.bounds.bounds import Bounds
from analysis.methods.scenarios import points
from analysis.methods.scenarios.counting import Counts
from analysis.methods.scenarios.exact import conditional, quantile
from analysis.methods.scenarios.model import Model, build, total
from analysis.records.errors import QuantityError
from analysis.records.load import Records

DRAWS = 16_384
KEPT = 131_072  # more draws than these are counted, not kept
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
        Name of each result to its bounds: sums of products of claims, observations and assumptions.
    correlations : mapping
        ``(input, input)`` to their rank correlation; others are independent.
    note : str
        What must be said with it.
    """

    scenario_id: str
    label: str
    outputs: Mapping[str, Bounds]
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        if not self.outputs:
            raise QuantityError(f"{self.scenario_id}: a scenario has at least one output")

    def model(
        self, records: Records, *, reading: str = READING, readings: Mapping[str, str] | None = None
    ) -> Model:
        """The scenario with every input read; see ``draw``."""
        return build(
            records,
            self.outputs,
            reading=reading,
            readings=readings or {},
            correlations=self.correlations,
        )


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
        shown = [
            rounded_to_error(value, error)
            for value, error in zip(self.points, self.errors, strict=True)
        ]
        return (
            self.output,
            reading,
            *shown,
            _shown(self.errors, self.points),
            self.unit,
            self.bounds.direction,
        )


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
    draws, nets : int
        Draws made, in so many independent repetitions.
    ranges : tuple of Range
    model : Model
        The inputs as they were read.
    """

    scenario: Scenario
    reading: str
    draws: int
    nets: int
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
        rows = [
            (
                name,
                one.distribution.shape,
                one.distribution.low,
                one.distribution.central,
                one.distribution.high,
                one.one.unit,
                one.reading,
                one.source,
            )
            for name, one in self.model.spreads.items()
        ]
        return pd.DataFrame(
            rows, columns=["input", "shape", "low", "central", "high", "unit", "reading", "source"]
        )

    def sample(self, output: str) -> np.ndarray:
        """The draws of one output in the order of the points, in its unit; at most ``KEPT`` of them."""
        terms = self.model.outputs[output].terms
        if not self.model.uncertain(output):
            return np.full(min(self.draws, KEPT), self.model.outputs[output].value)
        return np.concatenate(
            [total(terms, values).ravel() for _, values in self.model.blocks(min(self.draws, KEPT))]
        )

    def __repr__(self) -> str:
        lines = [
            f"scenario {self.scenario.scenario_id}: {self.reading}, {self.draws} draws in {self.nets} nets, seeded {SEEDED}"
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
        At least so many scrambled Sobol points, in independent nets. Up to ``KEPT`` the most important
        input of each output is integrated exactly instead of drawn; beyond, draws are counted in bins,
        so that their number takes no memory.

    Returns
    -------
    Drawn

    Raises
    ------
    QuantityError
        If an input cannot be drawn, an assumption has no source, or the correlations do not fit.

    Notes
    -----
    There is no sampling error in the figures: the range is that of the assumptions, and the Monte Carlo
    error only says how well it is computed.
    """
    if draws < points.NETS * 2:
        raise QuantityError(f"{draws} draws are too few; allowed are {points.NETS * 2} and more")
    if unknown := set(readings or {}) - {
        name for bounds in scenario.outputs.values() for name in bounds.inputs
    }:
        raise QuantityError(f"{', '.join(sorted(unknown))} is no input of {scenario.scenario_id}")
    model = scenario.model(records, reading=reading, readings=readings)
    nets, bits = points.layout(draws)
    made = _kept(model, draws) if nets << bits <= KEPT else _counted(model, draws)
    return Drawn(scenario, reading, nets << bits, nets, made, model)


def _kept(model: Model, draws: int) -> tuple[Range, ...]:
    """Ranges of draws that memory holds, at least one input of each output integrated where that is possible."""
    blocks = [
        {name: array.copy() for name, array in values.items()} for _, values in model.blocks(draws)
    ]
    values = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    return tuple(_range(model, name, _smooth(model, name, values)) for name in model.outputs)


def _smooth(
    model: Model, name: str, values: dict[str, np.ndarray]
) -> tuple[list[float], list[float]]:
    """Quantiles and their errors, one input integrated where that is possible."""
    if not model.uncertain(name):
        return [model.outputs[name].value] * len(SHARES), [0.0] * len(SHARES)
    drawn = total(model.outputs[name].terms, values)
    guesses, spread = np.quantile(drawn, SHARES), float(drawn.std())
    one = conditional(model, name, values)
    if one is None:
        by_net = np.quantile(drawn, SHARES, axis=1)
        return guesses.tolist(), (by_net.std(axis=1, ddof=1) / math.sqrt(by_net.shape[1])).tolist()
    found, errors = [], []
    for share, guess in zip(SHARES, guesses, strict=True):
        value, density = quantile(one, share, float(guess), 0.01 * spread)
        by_net = one.at_most(value).mean(axis=1)
        found.append(value)
        errors.append(float(by_net.std(ddof=1)) / math.sqrt(len(by_net)) / density)
    return found, errors


def _counted(model: Model, draws: int) -> tuple[Range, ...]:
    """Ranges of any number of draws, in memory that does not grow with it."""
    counts: dict[str, Counts] = {}
    moving = [name for name in model.outputs if model.uncertain(name)]
    for first, values in model.blocks(draws):
        for name in moving:
            drawn = total(model.outputs[name].terms, values)
            if name not in counts:
                counts[name] = Counts(drawn, points.NETS)
            counts[name].add(first % points.NETS, drawn)
    found = {name: one.quantiles(np.array(SHARES)) for name, one in counts.items()}
    ranges = {
        name: (pooled.tolist(), (each.std(axis=0, ddof=1) / math.sqrt(len(each))).tolist())
        for name, (pooled, each) in found.items()
    }
    return tuple(
        _range(model, name, ranges[name] if name in ranges else _smooth(model, name, {}))
        for name in model.outputs
    )


def _range(model: Model, name: str, found: tuple[list[float], list[float]]) -> Range:
    return Range(name, model.outputs[name], *map(tuple, found))


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
    return float(f"{round(value, places):.12g}")
