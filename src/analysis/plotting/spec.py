"""What a chart is: data and text, frozen; drawing comes after."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis.plotting.form import Form
from analysis.words.catalogue import LANGUAGES, check_language
from analysis.words.wording import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DIGEST_LENGTH = 12
FORMULA_STARTS = tuple("=+-@＝＋－＠")  # full-width ones too: some spreadsheets read them alike
HIDDEN_STARTS = ("\t", "\n")
Labels = Mapping[str, str | tuple[str, str]]  # by name: the same in both languages, or each


@dataclass(frozen=True)
class Text:
    """The words of a chart in one language.

    Parameters
    ----------
    headline : str
        The finding with its number, at most 15 words in English; never causal.
    subtitle : str
        Measure, geography, period, unit, price basis.
    note : str
        What a reader must know to read it rightly.
    alt : str
        Alt text: type, subject, main message with its numbers.
    labels : mapping
        Words on the marks and axes, by name.
    """

    headline: str
    subtitle: str
    note: str
    alt: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class ChartSpec:
    """A chart's data, its words in both languages, and how to draw it.

    Parameters
    ----------
    data : DataFrame
        What is plotted, one row per mark; exported as CSV.
    values : tuple of str
        Columns of ``data`` that hold the plotted values.
    unit : str
        Unit of the values.
    draw : callable
        ``draw(axes, spec, lang)`` puts the marks on the axes.
    en, zh : Text
        The words.
    price_basis : str
        ``"nominal"``, a price year, or "" where nothing is money.
    published : bool
        True if the values are shown as published, False if they are calculated here.
    said : mapping
        Other numbers and dates that the words use, by name: results are computed, never typed; a date is
        text as in ISO 8601. They are no part of the digest of the data.
    labels : mapping
        Labels by name: English and Chinese side by side, or one text for both; they join those of
        ``en`` and ``zh``.
    form : Form, optional
        How slides and workbooks draw the same values as a chart of their own; without it they hold the picture.
    """

    data: pd.DataFrame
    values: tuple[str, ...]
    unit: str
    draw: Callable[[Axes, ChartSpec, str], None]
    en: Text
    zh: Text
    price_basis: str = ""
    published: bool = False
    said: Mapping[str, float | str] = field(default_factory=dict)
    labels: Labels = field(default_factory=dict)
    form: Form | None = None

    def text(self, lang: str) -> Text:
        """The words in one language."""
        own = {"en": self.en, "zh": self.zh}[check_language(lang)]
        place = LANGUAGES.index(lang)
        labels = {
            name: words if isinstance(words, str) else words[place]
            for name, words in self.labels.items()
        }
        return replace(own, labels={**labels, **own.labels})

    def csv(self) -> str:
        """The data as CSV; numbers with the digits that every machine agrees on."""
        safe = self.data.map(_stable).rename(columns=neutral)
        text: str = safe.to_csv(index=False, lineterminator="\n")
        return text

    def digest(self) -> str:
        """First characters of the SHA-256 of the data as CSV."""
        return hashlib.sha256(self.csv().encode()).hexdigest()[:DIGEST_LENGTH]

    def range(self) -> str:
        """Lowest and highest finite value plotted."""
        numbers = self.data[list(self.values)].stack()
        finite = numbers[numbers.abs() != float("inf")]
        return f"{plain(float(finite.min()))} to {plain(float(finite.max()))}"


def paired(make: Callable[[str], Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Labels that a function words in either language, side by side.

    Examples
    --------
    >>> paired(lambda lang: {"x": {"en": "people", "zh": "人"}[lang]})
    {'x': ('people', '人')}
    """
    en, zh = (make(lang) for lang in LANGUAGES)
    return {name: (en[name], zh[name]) for name in en}


def neutral(text: str) -> str:
    """A text that no spreadsheet runs as a formula: one that could be is given an apostrophe in front.

    A carriage return becomes a line feed: unquoted, it would begin a new row of a CSV.

    Examples
    --------
    >>> neutral("=1+1"), neutral("1+1")
    ("'=1+1", '1+1')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    risky = text[:1] in HIDDEN_STARTS or text.lstrip()[:1] in FORMULA_STARTS
    return f"'{text}" if risky else text


def _stable(value: object) -> object:
    """A cell for CSV: stable digits, and no text that a spreadsheet would run as a formula."""
    if isinstance(value, float):
        return f"{value:.12g}" if value == value else ""
    return neutral(value) if isinstance(value, str) else value
