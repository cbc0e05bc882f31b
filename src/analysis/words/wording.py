"""How a number, a range, a table is said, in English and Chinese; the same text on every machine."""

from __future__ import annotations

import datetime as dt
import html
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

import pandas as pd

from analysis.bounds.finding import Finding
from analysis.records.errors import AnalysisError
from analysis.records.load import Claim
from analysis.records.periods import PRECISION, PRECISIONS
from analysis.words.catalogue import word, words
from analysis.words.units import amount_pattern

READ_DIGITS = 6  # of a number in a table
FEW = 100  # below so many cases a share is said as "5 of 37"
SAID_DIGITS = 3  # of every result and of both its ends, so that one number is said in one way
THOUSAND, MOST_DECIMALS = 1000, 8  # from which on thousands are set apart; of the smallest numbers
SIZE_DIGITS = 2  # of what is only a size: the points of a scenario, the smallest effect of a design
RATE_DIGITS = 4  # of rates of exchange, as they are quoted
RATES = ("CNY / USD", "CNY / JPY")
WAYS = {"value": "nearest", "low": "down", "high": "up"}
_ROUNDING = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def rounded(value: float, way: str = "nearest", unit: str = "") -> float:
    """A result as it is said everywhere: three significant digits; a rate of exchange has four.

    Parameters
    ----------
    value : float
    way : {"nearest", "down", "up"}
        Down for a low end and "at least", up for a high end and "at most": the words stay true.
    unit : str
        Canonical unit.

    Examples
    --------
    >>> rounded(132.999), rounded(123.08, "down"), rounded(2.4011, "up"), rounded(-1.336, "down")
    (133.0, 123.0, 2.41, -1.34)
    """
    return significant(value, RATE_DIGITS if unit in RATES else SAID_DIGITS, way)


def size(value: float) -> float:
    """What is only a size, with two significant digits.

    Examples
    --------
    >>> size(0.6934)
    0.69
    """
    return significant(value, SIZE_DIGITS)


def significant(value: float, digits: int, way: str = "nearest") -> float:
    """A number rounded to significant digits; results go through ``rounded`` and ``size``.

    Examples
    --------
    >>> significant(86.7654321, 6)
    86.7654
    """
    if not math.isfinite(value) or value == 0:
        return value
    context = Context(prec=max(digits, 1), rounding=_ROUNDING[way])
    # repr of a 12-digit value: binary noise must not push a figure over the next digit
    return float(context.plus(Decimal(f"{value:.12g}")))


def plain(value: float, lang: str = "en") -> str:
    """A number with all its digits; English separates thousands, Chinese does not.

    Examples
    --------
    >>> plain(850_000.0), plain(6000.0, "zh"), plain(0.025)
    ('850,000', '6000', '0.025')
    """
    separator = words("numbers", lang)["thousands"]
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = format(Decimal(f"{value:.12g}").normalize(), f"{separator}f")
    return text.replace("-", "−")


def number(value: float, lang: str = "en") -> str:
    """A number as a reader says it, without rounding.

    Parameters
    ----------
    value : float
    lang : {"en", "zh"}
        English counts in millions, billions and trillions, Chinese in wan (万), yi (亿) and wan yi (万亿).

    Examples
    --------
    >>> number(7_710_000), number(7_710_000, "zh"), number(850_000), number(1.37e12, "zh")
    ('7.71 million', '771万', '850,000', '1.37万亿')
    """
    for size, name in words("numbers", lang)["scales"]:
        if math.isfinite(value) and abs(value) >= size:
            return plain(float(Decimal(f"{value:.12g}") / Decimal(size)), lang) + str(name)
    return plain(value, lang)


def percent(value: float, lang: str = "en") -> str:
    """A part of 1 as a percentage, without rounding.

    Examples
    --------
    >>> percent(0.025)
    '2.5%'
    """
    return plain(float(Decimal(f"{value:.12g}") * 100), lang) + "%"


def of_all(part: int, whole: int, lang: str = "en") -> str:
    """A share of things counted: as counts below 100 cases, where one case is more than a percentage point.

    Examples
    --------
    >>> of_all(2, 37), of_all(702, 704)
    ('2 of 37', '99.7%')
    """
    if whole < FEW:
        return {"en": f"{part} of {whole}", "zh": f"{whole}项中的{part}项"}[lang]
    return percent(rounded(part / whole), lang)


def digits_format(values: Sequence[float], *, share: bool) -> str:
    """The number format of a spreadsheet for some values: three digits, thousands apart, parts of 1 as percentages.

    Examples
    --------
    >>> digits_format([0.0279], share=True), digits_format([2.5], share=False), digits_format([850_000.0], share=False)
    ('0.0%', '0.00', '#,##0')
    """
    most = max(map(abs, values), default=0.0) * (100 if share else 1)
    if all(float(value).is_integer() for value in values) and not share:
        return "#,##0" if most >= THOUSAND else "0"
    decimals = (
        0 if most >= 100 or not most else min(2 - math.floor(math.log10(most)), MOST_DECIMALS)
    )
    if share:
        decimals = max(decimals - 1, 0)
    return (
        ("#,##0" if most >= THOUSAND else "0") + "." * bool(decimals) + "0" * decimals + "%" * share
    )


def cardinal(count: int, lang: str = "en") -> str:
    """A count from 1 to 20 in words, any other in digits.

    Examples
    --------
    >>> cardinal(5), cardinal(21), cardinal(2, "zh")
    ('five', '21', '两')
    """
    known = words("numbers", lang)["cardinals"]
    return str(known[count - 1]) if 0 < count <= len(known) else str(count)


def unit_parts(unit: str, lang: str = "en") -> tuple[str, str]:
    """What stands before a number in a unit, and after it.

    Examples
    --------
    >>> unit_parts("USD / session"), unit_parts("CNY / session", "zh")
    (('US$', ' per session'), ('每届', '元'))
    """
    before, _, after = amount_pattern(unit, lang).partition("{}")
    return before, after


def amount(value: float, unit: str = "", lang: str = "en") -> str:
    """A number with its unit, without rounding.

    Examples
    --------
    >>> amount(1.7e9, "USD"), amount(1.7e9, "USD", "zh"), amount(86_690_000, "CNY", "zh")
    ('US$1.7 billion', '17亿美元', '8669万元')
    """
    before, after = unit_parts(unit, lang)
    return f"{before}{number(value, lang)}{after}"


def stated(claim: Claim, lang: str = "en", *, value_only: bool = False) -> str:
    """A claim's value in its own wording: "more than 850,000 people", 超过85万人.

    The Chinese has the figure of the Chinese original where one is known: 三四十万, with no 约 of its own.

    Parameters
    ----------
    claim : Claim
    lang : {"en", "zh"}
    value_only : bool
        Leave out "more than" and the like: for a sentence that says it itself.
    """
    share = claim.unit == "share"
    unit = "" if share else claim.unit.replace("/", " / ")
    if lang == "zh" and claim.original and claim.original.figure and not value_only:
        return _in_unit("{before}{low}{unit}", {"low": claim.original.figure}, unit, lang)
    ends = {
        name: (percent if share else number)(value, lang)
        for name, value in (("low", claim.value_low), ("high", claim.value_high))
    }
    bound = "exact" if value_only and claim.bound != "range" else claim.bound
    said = _in_unit(word("qualifiers", bound, lang), ends, unit, lang)
    one = lang == "en" and claim.value_high == 1 and claim.bound != "range"
    return said.removesuffix("s") if one else said


def say(
    found: Finding, lang: str = "en", *, value_only: bool = False, with_range: bool = True
) -> str:
    """A finding's value with its range and its unit, rounded as ``rounded`` says.

    "At least" is rounded down and "at most" up, so that the words stay true. A pure number between
    zero and one is said as a percentage, a whole number without a range in full.

    Parameters
    ----------
    found : Finding
    lang : {"en", "zh"}
    value_only : bool
        Leave out the range and the openness: for a sentence that names them itself.
    with_range : bool
        Say the two ends of "about" as well.
    """
    if found.counted:
        return of_all(*found.counted, lang)
    shape = "point" if value_only else _shape(found)
    if shape == "about" and not with_range:
        shape = "short"
    ends = _rounded_ends(found, lang)
    return _in_unit(word("finding.full", shape, lang), ends, found.unit, lang)


def value_alone(found: Finding, lang: str) -> str:
    """A finding as a number: no qualifier, no range, no unit."""
    return _rounded_ends(found, lang)["value"]


def bound(found: Finding, lang: str) -> str:
    """The one end of a finding that is open on the other, without "at least" or "at most" of its own."""
    end = {"high": "low", "low": "high"}.get(found.open_ended)
    if end is None:
        raise AnalysisError(
            f"{found.value_id} is no lower or upper bound: {say(found, lang)!r} has no one end"
        )
    ends = dict.fromkeys(WAYS, _rounded_ends(found, lang)[end])
    return _in_unit(word("finding.full", "point", lang), ends, found.unit, lang)


def noun(found: Finding, lang: str) -> str:
    """What a finding is, as a noun phrase; raises AnalysisError where its label is none.

    Parameters
    ----------
    found : Finding
    lang : {"en", "zh"}
    """
    said = {"en": found.noun or found.label, "zh": found.noun_zh or found.label_zh}[lang]
    if not said or said.startswith(("the same", "同")):
        name = {"en": "noun", "zh": "noun_zh"}[lang]
        raise AnalysisError(
            f"{found.value_id} has no noun phrase: its label is {said!r}; add {name} beside the label in findings.toml"
        )
    return said


def brief(found: Finding, lang: str) -> str:
    """A finding without its unit, rounded as in ``say``: for a label beside its mark."""
    if found.counted:
        return of_all(*found.counted, lang)
    shape = _shape(found)
    ends = _rounded_ends(found, lang)
    return word("finding.brief", shape, lang).format(**ends)


def short(found: Finding, lang: str) -> str:
    """A finding without unit and without range: for a headline; "about" where it has one."""
    if found.counted:
        return of_all(*found.counted, lang)
    shape = _shape(found)
    pattern = word("finding.brief", "headline" if shape == "about" else shape, lang)
    return pattern.format(**_rounded_ends(found, lang))


def printed(found: Finding, lang: str) -> str:
    """An observation as its source prints it, with its unit and all its digits."""
    in_words = percent if found.unit == "share" else number
    ends = dict.fromkeys(WAYS, in_words(found.value, lang))
    unit = "" if found.unit == "share" else found.unit
    stated_as = {"high": "more_than", "low": "at_most"}.get(found.open_ended, "exact")
    return _in_unit(word("qualifiers", stated_as, lang), ends, unit, lang)


def _shape(found: Finding) -> str:
    """Which pattern of the catalogue says a finding: with which ends."""
    return found.open_ended or ("point" if found.low == found.high else "about")


def _rounded_ends(found: Finding, lang: str) -> dict[str, str]:
    """The value and the ends as numbers."""
    in_words = percent if found.unit == "" and 0 < abs(found.value) < 1 else number
    if found.low == found.value == found.high and float(found.value).is_integer():
        return dict.fromkeys(WAYS, number(found.value, lang))
    return {
        name: in_words(rounded(getattr(found, name), way, found.unit), lang)
        for name, way in WAYS.items()
    }


def _in_unit(pattern: str, numbers: dict[str, str], unit: str, lang: str) -> str:
    """A pattern of the catalogue with its numbers and their unit.

    What stands before a number in English, US$, stands before each; Chinese says it once, before 约 or 至少.
    """
    before, after = unit_parts(unit, lang)
    if "{before}" not in pattern:
        numbers = {
            name: f"−{before}{text[1:]}" if text[:1] == "−" else f"{before}{text}"
            for name, text in numbers.items()
        }
    return pattern.format(**numbers, unit=after, before=before)


def scenario_range(points: tuple[float, ...], unit: str, lang: str = "en") -> str:
    """The middle of a scenario and the range between its outer points, in words.

    Parameters
    ----------
    points : tuple of float
        Low, middle and high point, in ``unit``.
    unit : str
    lang : {"en", "zh"}

    Examples
    --------
    >>> scenario_range((12_345, 34_567, 56_789), "CNY / person / year")
    '35,000 yuan a year (scenario range 12,000 to 57,000)'
    """
    in_words = percent if unit == "" and max(map(abs, points)) < 1 else number
    low, middle, high = (in_words(size(point), lang) for point in points)
    numbers = {"value": middle, "low": low, "high": high}
    return _in_unit(word("finding.full", "scenario", lang), numbers, unit, lang)


@dataclass(frozen=True)
class Sentence:
    """A sentence with results in it: text in a terminal, Markdown in a notebook.

    Parameters
    ----------
    text : str
    way_back : str
        HTML on one line that says where its figures come from; not in a terminal.
    """

    text: str
    way_back: str = ""

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        # Jupyter takes what stands between two dollars for a formula
        text = self.text.replace("$", r"\$")
        return f"{text}\n\n{self.way_back}" if self.way_back else text


@dataclass(frozen=True, eq=False)
class Table:
    """A table for reading: the same text everywhere, escaped HTML in a notebook.

    Parameters
    ----------
    frame : DataFrame
        What is shown: whole numbers in full, others rounded.
    caption : str
        One line above it.
    digits : int
        Significant digits of what is no whole number.
    csv : str
        Address of the same rows as a file, behind the caption in a notebook.
    way_back : str
        HTML that says where its figures come from, below it in a notebook.
    """

    frame: pd.DataFrame
    caption: str = ""
    digits: int = READ_DIGITS
    csv: str = ""
    way_back: str = ""

    def __repr__(self) -> str:
        rows = [self._names(), *self._cells()]
        widths = [max(display_width(row[i]) for row in rows) for i in range(len(rows[0]))]
        lines = [
            "  ".join(
                text + " " * (w - display_width(text)) for text, w in zip(row, widths, strict=True)
            ).rstrip()
            for row in rows
        ]
        lines.insert(1, "  ".join("-" * w for w in widths))
        return "\n".join(([self.caption, ""] if self.caption else []) + lines)

    def _repr_html_(self) -> str:
        sides = [
            "right" if pd.api.types.is_numeric_dtype(dtype) else "left"
            for dtype in self.frame.dtypes.iloc[self._shown()]
        ]

        def cells(texts: list[str], tag: str, scope: str = "") -> str:
            return "".join(
                f'<{tag}{scope} style="text-align:{side}">{html.escape(text)}</{tag}>'
                for text, side in zip(texts, sides, strict=True)
            )

        heads = cells(self._names(), "th", ' scope="col"')
        body = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in self._cells())
        file = f'<a href="{html.escape(self.csv)}">CSV</a>' if self.csv else ""
        said = " · ".join(filter(None, (html.escape(self.caption), file)))
        caption = f'<caption style="text-align:left">{said}</caption>\n' if said else ""
        # the class keeps Jupyter from reading dollars as formulas
        shown = f'<table class="tex2jax_ignore">\n{caption}<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>'
        return f"{shown}\n{self.way_back}" if self.way_back else shown

    def _shown(self) -> list[int]:
        """Places of the columns without those that say how precise the date beside them is."""
        names = list(self.frame.columns)
        return [
            place
            for place, name in enumerate(names)
            if not (str(name).endswith(PRECISION) and str(name).removesuffix(PRECISION) in names)
        ]

    def _names(self) -> list[str]:
        return [self.frame.columns[place] for place in self._shown()]

    def _cells(self) -> list[list[str]]:
        columns = [self._column(place) for place in self._shown()]
        return [list(row) for row in zip(*columns, strict=True)]

    def _column(self, place: int) -> list[str]:
        """The cells of a column; dates are written as precisely as the column beside them says."""
        texts = [_cell(value, self.digits) for value in self.frame.iloc[:, place]]
        beside = f"{self.frame.columns[place]}{PRECISION}"
        if beside not in self.frame:
            return texts
        lengths = self.frame[beside].astype("str").map(PRECISIONS)
        return [
            text[: int(length)] if text else "" for text, length in zip(texts, lengths, strict=True)
        ]


def _cell(value: object, digits: int) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return ""
    if isinstance(value, dt.date):  # and a moment of pandas
        return value.isoformat()[:10]
    if isinstance(value, float):
        if math.isnan(value):
            return ""
        return plain(value if value.is_integer() else significant(value, digits))
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return str(value)


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
