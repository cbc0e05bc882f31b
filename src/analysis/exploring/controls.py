"""What a reader may move: sliders and choices, with their limits, their default and where these come from."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.words.catalogue import LANGUAGES, word
from analysis.words.wording import percent, plain

Value = int | float | str
State = Mapping[str, Value]
Limits = tuple[Value, ...]  # the words that can be chosen, or the ends of a slider
TOLERANCE = 1e-9  # of a number that was calculated beside a limit


class StateError(AnalysisError):
    """A state that an explorer cannot show; says so in both languages, in English by itself."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


def _refused(key: str, **named: str) -> StateError:
    """The error with a sentence of the catalogue."""
    return StateError(*(word("explorers", key, lang).format(**named) for lang in LANGUAGES))


@dataclass(frozen=True)
class Slider:
    """A number between two limits.

    Parameters
    ----------
    name : str
        As in the call of the plain function.
    en, zh : str
        Its label.
    low, high, step, default : float
        In the unit; whole numbers stay whole.
    source : str
        What limits and default come from: an identifier of the records.
    as_percent : bool
        Whether it is said as a percentage.
    unit : tuple of str
        Behind one and behind any other number in English, and in Chinese: `` month``, `` months``, ``个月``.
    """

    name: str
    en: str
    zh: str
    low: float
    high: float
    step: float
    default: float
    source: str
    as_percent: bool = False
    unit: tuple[str, str, str] = ("", "", "")

    @property
    def whole(self) -> bool:
        """Whether only whole numbers stand on it."""
        return all(float(one).is_integer() for one in (self.low, self.high, self.step))

    def checked(self, value: object) -> float | int:
        """The value as a number between the limits; raises AnalysisError with the name, the value and what is allowed."""
        real = isinstance(value, Real) and not isinstance(value, bool)
        number = float(value) if real and isinstance(value, Real) else math.nan
        inside = self.low - TOLERANCE <= number <= self.high + TOLERANCE
        if not inside or (self.whole and not number.is_integer()):
            raise _refused(
                "whole_number" if self.whole else "number",
                **{"name": self.name, "label": self.zh, "value": repr(value)},
                **{"low": f"{self.low:g}", "high": f"{self.high:g}"},
            )
        kept = min(max(number, self.low), self.high)
        return int(kept) if self.whole else float(f"{kept:.12g}")

    def said(self, value: Value, lang: str) -> str:
        """The value with its unit for a reader."""
        if self.as_percent:
            return percent(float(value), lang)
        number = f"{value:.0f}" if self.whole else plain(float(value), lang)
        return number + (self.unit[2] if lang == "zh" else self.unit[value != 1])


@dataclass(frozen=True)
class Choice:
    """One of several words.

    Parameters
    ----------
    name, en, zh, default, source
        As in Slider.
    options : mapping
        Value to its label in English and Chinese.
    """

    name: str
    en: str
    zh: str
    options: Mapping[str, tuple[str, str]]
    default: str
    source: str

    def checked(self, value: object) -> str:
        """The value, if it is one of the options; raises AnalysisError with the name, the value and what is allowed."""
        if not isinstance(value, str) or value not in self.options:
            allowed = ", ".join(map(repr, self.options))
            raise _refused(
                "option", name=self.name, label=self.zh, value=repr(value), options=allowed
            )
        return value

    def said(self, value: Value, lang: str) -> str:
        """The label of a value."""
        return self.options[str(value)][lang == "zh"]


Control = Slider | Choice


def complete(
    explorer_id: str, controls: tuple[Control, ...], given: Mapping[str, object]
) -> dict[str, Value]:
    """Every control with its given value, or its default.

    Raises
    ------
    AnalysisError
        If a name is none of a control, or a value is not allowed.
    """
    names = [one.name for one in controls]
    if unknown := [name for name in given if name not in names]:
        raise _refused(
            "control", explorer=explorer_id, name=repr(unknown[0]), names=", ".join(names)
        )
    return {one.name: one.checked(given.get(one.name, one.default)) for one in controls}


def nearest(control: Control, value: Value, limits: Limits) -> Value:
    """The value if it is within limits, and what is nearest to it if not; of words the first.

    Examples
    --------
    >>> year = Slider("year", "year", "年份", 2010, 2024, 1, 2016, "-")
    >>> nearest(year, 2024, (2010, 2022)), nearest(year, 2016, (2010, 2022))
    (2022, 2016)
    """
    if isinstance(control, Choice):
        return value if value in limits else limits[0]
    low, high = map(float, limits)
    return control.checked(min(max(float(value), low), high))


def code(explorer_id: str, state: State, lang: str) -> str:
    """The call that shows the same again.

    Examples
    --------
    >>> code("canton-fair-ratio", {"sessions": 5, "reading": "as stated"}, "zh")
    'analysis.explore("canton-fair-ratio", sessions=5, reading="as stated", lang="zh")'
    """
    words = [
        f'"{explorer_id}"',
        *(
            f'{name}="{value}"' if isinstance(value, str) else f"{name}={value!r}"
            for name, value in state.items()
        ),
    ]
    words += ['lang="zh"'] if lang == "zh" else []
    return f"analysis.explore({', '.join(words)})"


def assumed(records: Records, assumption_id: str) -> dict[str, Any]:
    """The row of an assumption: limits, central value and labels of a slider are read from it.

    Raises
    ------
    AnalysisError
        If there is none.
    """
    rows = records.assumptions[records.assumptions["assumption_id"] == assumption_id]
    if rows.empty:
        raise AnalysisError(f"data/assumptions.csv has no {assumption_id!r}")
    found: dict[str, Any] = rows.iloc[0].to_dict()
    return found


def share(
    records: Records, name: str, assumption_id: str, *, step: float = 0.01, above_zero: bool = False
) -> Slider:
    """A slider of an assumption that is a share; its lowest value is one step where it must be above zero."""
    made = amount_of(records, name, assumption_id, step=step)
    low = max(made.low, step) if above_zero else made.low
    return dataclasses.replace(made, low=low, as_percent=True)


def amount_of(records: Records, name: str, assumption_id: str, *, step: float) -> Slider:
    """A slider of an assumption in its own unit, such as months."""
    row = assumed(records, assumption_id)
    return Slider(
        name,
        str(row["label_en"]),
        str(row["label_zh"]),
        low=float(row["low"]),
        high=float(row["high"]),
        step=step,
        default=float(row["central"]),
        source=f"assumption {assumption_id}",
    )
