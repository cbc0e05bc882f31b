"""What a reader may move: sliders and choices, with their limits, their default and where these come from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real

from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.words.wording import percent, plain

Value = int | float | str
State = Mapping[str, Value]
TOLERANCE = 1e-9  # of a number that was calculated beside a limit


class StateError(AnalysisError):
    """A state that an explorer cannot show; says so in both languages, in English by itself."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


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

    @property
    def whole(self) -> bool:
        """Whether only whole numbers stand on it."""
        return all(float(one).is_integer() for one in (self.low, self.high, self.step))

    def checked(self, value: object) -> float | int:
        """The value as a number between the limits; raises AnalysisError with the name, the value and what is allowed."""
        number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
        if (
            not number
            or not self.low - TOLERANCE <= value <= self.high + TOLERANCE
            or (self.whole and not float(value).is_integer())
        ):
            kind = "whole numbers" if self.whole else "numbers"
            ends = f"{self.low:g}", f"{self.high:g}"
            raise StateError(
                f"{self.name} cannot be {value!r}; allowed are {kind} from {ends[0]} to {ends[1]}",
                f"{self.zh}（{self.name}）不能为{value!r}；可取{ends[0]}至{ends[1]}之间的{'整数' if self.whole else '数'}",
            )
        kept = min(max(float(value), self.low), self.high)
        return int(kept) if self.whole else float(f"{kept:.12g}")

    def said(self, value: Value, lang: str) -> str:
        """The value for a reader."""
        if self.as_percent:
            return percent(float(value), lang)
        return f"{value:.0f}" if self.whole else plain(float(value), lang)


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
            raise StateError(
                f"{self.name} cannot be {value!r}; allowed are {allowed}",
                f"{self.zh}（{self.name}）不能为{value!r}；可取{allowed}",
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
        raise StateError(
            f"{explorer_id} has no control {unknown[0]!r}; its controls are {', '.join(names)}",
            f"{explorer_id}没有{unknown[0]!r}这一项；可用的有{'、'.join(names)}",
        )
    return {one.name: one.checked(given.get(one.name, one.default)) for one in controls}


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


def assumed(records: Records, assumption_id: str) -> Mapping[str, object]:
    """The row of an assumption: limits, central value and labels of a slider are read from it.

    Raises
    ------
    AnalysisError
        If there is none.
    """
    rows = records.assumptions[records.assumptions["assumption_id"] == assumption_id]
    if rows.empty:
        raise AnalysisError(f"data/assumptions.csv has no {assumption_id!r}")
    return rows.iloc[0].to_dict()


def share(
    records: Records, name: str, assumption_id: str, *, step: float = 0.01, above_zero: bool = False
) -> Slider:
    """A slider of an assumption that is a share; its lowest value is one step where it must be above zero."""
    row = assumed(records, assumption_id)
    low = max(float(row["low"]), step) if above_zero else float(row["low"])
    return Slider(
        name,
        str(row["label_en"]),
        str(row["label_zh"]),
        low,
        float(row["high"]),
        step,
        float(row["central"]),
        f"assumption {assumption_id}",
        as_percent=True,
    )


def amount_of(records: Records, name: str, assumption_id: str, *, step: float) -> Slider:
    """A slider of an assumption in its own unit, such as months."""
    row = assumed(records, assumption_id)
    return Slider(
        name,
        str(row["label_en"]),
        str(row["label_zh"]),
        *(float(row[end]) for end in ("low", "high")),
        step,
        float(row["central"]),
        f"assumption {assumption_id}",
    )
