"""How a number, a range, a table is said, in English and Chinese; the same text on every machine."""

from __future__ import annotations

import html
import math
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

import pandas as pd

from analysis.bounds.finding import Finding
from analysis.records.errors import AnalysisError
from analysis.records.load import Claim
from analysis.words.catalogue import check_language

READ_DIGITS = 6  # of a number in a table
FEWEST_DIGITS = 2  # a result is never said with fewer, so that 13.9 million is not "10 million"
_ROUNDING = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}

# unit -> what stands before the whole, right before the number, and after it
_UNITS = {
    "en": {
        "": ("", "", ""),
        "person": ("", "", " people"),
        "CNY": ("", "", " yuan"),
        "USD": ("", "US$", ""),
        "CNY / person": ("", "", " yuan per person"),
        "CNY / person / year": ("", "", " yuan a year"),
        "USD / person / year": ("", "US$", " a year"),
        "CNY / year": ("", "", " yuan a year"),
        "CNY / county": ("", "", " yuan per county"),
        "CNY / session": ("", "", " yuan per session"),
        "USD / session": ("", "US$", " per session"),
        "person / village": ("", "", " people per village"),
        "village / county": ("", "", " villages per county"),
        "station / village": ("", "", " stations per village"),
        "person / shop": ("", "", " people per shop"),
        "person / center": ("", "", " people per center"),
        "USD / person": ("", "US$", " per person"),
        "brand / county": ("", "", " brand per county"),
        "rank": ("", "no. ", ""),
        "county": ("", "", " counties"),
        "policy": ("", "", " policies"),
        "session": ("", "", " fair sessions"),
        "CNY / exhibitor": ("", "", " yuan per exhibitor"),
        "USD / exhibitor": ("", "US$", " per exhibitor"),
        "CNY / booth": ("", "", " yuan per booth"),
        "booth / exhibitor": ("", "", " booths per exhibitor"),
        "attendance / training_session": ("", "", " attendances per session"),
        "station / county": ("", "", " stations per county"),
        "CNY / village": ("", "", " yuan per village"),
        "CNY / station": ("", "", " yuan per station"),
        "CNY / shop": ("", "", " yuan per shop"),
        "CNY / USD": ("", "", " yuan per US dollar"),
        "CNY / JPY": ("", "", " yuan per yen"),
        "year": ("", "", " years"),
    },
    "zh": {
        "": ("", "", ""),
        "person": ("", "", "人"),
        "CNY": ("", "", "元"),
        "USD": ("", "", "美元"),
        "CNY / person": ("人均", "", "元"),
        "CNY / person / year": ("每年", "", "元"),
        "USD / person / year": ("每年", "", "美元"),
        "CNY / year": ("每年", "", "元"),
        "CNY / county": ("每县", "", "元"),
        "CNY / session": ("每届", "", "元"),
        "USD / session": ("每届", "", "美元"),
        "person / village": ("每村", "", "人"),
        "village / county": ("每县", "", "个村"),
        "station / village": ("每村", "", "个站点"),
        "person / shop": ("每店", "", "人"),
        "person / center": ("每个中心", "", "人"),
        "USD / person": ("人均", "", "美元"),
        "brand / county": ("每县", "", "个品牌"),
        "rank": ("", "第", ""),
        "county": ("", "", "个县"),
        "policy": ("", "", "项政策"),
        "session": ("", "", "届"),
        "village": ("", "", "个村"),
        "center": ("", "", "个中心"),
        "zone": ("", "", "个区"),
        "store": ("", "", "家网店"),
        "station": ("", "", "个站点"),
        "enterprise": ("", "", "家企业"),
        "training_session": ("", "", "场培训"),
        "attendance": ("", "", "人次"),
        "measure": ("", "", "项措施"),
        "aspect": ("", "", "个方面"),
        "task": ("", "", "项任务"),
        "department": ("", "", "个部门"),
        "tier": ("", "", "级"),
        "year": ("", "", "年"),
        "CNY / exhibitor": ("每家次", "", "元"),
        "USD / exhibitor": ("每家次", "", "美元"),
        "exhibitor": ("", "", "家次"),
        "CNY / booth": ("每个展位", "", "元"),
        "booth / exhibitor": ("每家次", "", "个展位"),
        "booth": ("", "", "个展位"),
        "attendance / training_session": ("每场", "", "人次"),
        "station / county": ("每县", "", "个站点"),
        "CNY / village": ("每村", "", "元"),
        "CNY / station": ("每站", "", "元"),
        "CNY / shop": ("每店", "", "元"),
        "shop": ("", "", "家网店"),
        "CNY / USD": ("1美元兑", "", "元"),
        "CNY / JPY": ("每日元兑", "", "元"),
    },
}
_SAID = {
    "en": {
        "point": "{v}{u}",
        "about": "about {v}{u} ({l} to {h})",
        "high": "at least {l}{u}",
        "low": "at most {h}{u}",
        "both": "{v}{u} at the stated figures, direction unknown",
    },
    "zh": {
        "point": "{o}{v}{u}",
        "about": "{o}约{v}{u}（{l}至{h}）",
        "high": "{o}至少{l}{u}",
        "low": "{o}至多{h}{u}",
        "both": "按所述数字{o}为{v}{u}，方向不明",
    },
}
_STATED = {
    "en": {
        "exact": "{l}{u}",
        "about": "about {l}{u}",
        "more_than": "more than {l}{u}",
        "at_least": "at least {l}{u}",
        "nearly": "nearly {l}{u}",
        "fewer_than": "fewer than {l}{u}",
        "range": "{l} to {h}{u}",
    },
    "zh": {
        "exact": "{o}{l}{u}",
        "about": "{o}约{l}{u}",
        "more_than": "{o}超过{l}{u}",
        "at_least": "{o}至少{l}{u}",
        "nearly": "{o}近{l}{u}",
        "fewer_than": "{o}不到{l}{u}",
        "range": "{o}{l}至{h}{u}",
    },
}


def rounded(value: float, digits: int, way: str = "nearest") -> float:
    """A number rounded to significant digits.

    Parameters
    ----------
    value : float
    digits : int
        Significant digits, at least one.
    way : {"nearest", "down", "up"}
        Down for "at least", up for "at most": the sentence stays true.

    Examples
    --------
    >>> rounded(132.999, 2), rounded(123.08, 2, "down"), rounded(0.0081, 1, "up")
    (130.0, 120.0, 0.009)
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
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    text = format(
        Decimal(f"{value:.12g}").normalize(), ",f" if check_language(lang) == "en" else "f"
    )
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
    >>> number(7_710_000), number(7_710_000, "zh"), number(850_000), number(42e9, "zh"), number(1.37e12, "zh")
    ('7.71 million', '771万', '850,000', '420亿', '1.37万亿')
    """
    steps = (
        [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")]
        if check_language(lang) == "en"
        else [(1e12, "万亿"), (1e8, "亿"), (1e4, "万")]
    )
    for size, name in steps:
        if math.isfinite(value) and abs(value) >= size:
            return plain(float(Decimal(f"{value:.12g}") / Decimal(size)), lang) + name
    return plain(value, lang)


def percent(value: float, lang: str = "en") -> str:
    """A part of 1 as a percentage, without rounding.

    Examples
    --------
    >>> percent(0.025)
    '2.5%'
    """
    return plain(float(Decimal(f"{value:.12g}") * 100), lang) + "%"


def unit_words(unit: str, lang: str = "en") -> tuple[str, str, str]:
    """What stands before the whole, right before the number, and after it.

    Examples
    --------
    >>> unit_words("USD / session"), unit_words("CNY / session", "zh")
    (('', 'US$', ' per session'), ('每届', '', '元'))
    """
    known = _UNITS[check_language(lang)]
    if unit not in known and lang == "zh":
        raise AnalysisError(f"the unit {unit!r} has no Chinese words yet; add them to wording.py")
    return known.get(unit, ("", "", f" {unit.replace('_', ' ').replace(' / ', ' per ')}s"))


def amount(value: float, unit: str = "", lang: str = "en") -> str:
    """A number with its unit, without rounding.

    Examples
    --------
    >>> amount(1.7e9, "USD"), amount(1.7e9, "USD", "zh"), amount(86_690_000, "CNY", "zh")
    ('US$1.7 billion', '17亿美元', '8669万元')
    """
    before, sign, after = unit_words(unit, lang)
    return f"{before}{sign}{number(value, lang)}{after}"


def stated(claim: Claim, lang: str = "en") -> str:
    """A claim's value in its own wording: "more than 850,000 people", 超过85万人.

    Parameters
    ----------
    claim : Claim
    lang : {"en", "zh"}
    """
    share = claim.unit == "share"
    before, sign, after = unit_words("" if share else claim.unit.replace("/", " / "), lang)
    if lang == "en" and claim.value_high == 1 and claim.bound != "range":
        after = after.removesuffix("s")
    low, high = (
        (percent if share else number)(value, lang) for value in (claim.value_low, claim.value_high)
    )
    return _STATED[lang][claim.bound].format(l=sign + low, h=sign + high, u=after, o=before)


def say(found: Finding, lang: str = "en", *, value_only: bool = False) -> str:
    """A finding's value with its range and its unit, rounded to what the inputs allow.

    "At least" is rounded down and "at most" up, so that the words stay true. A pure number between
    zero and one is said as a percentage.

    Parameters
    ----------
    found : Finding
    lang : {"en", "zh"}
    value_only : bool
        Leave out the range and the openness: for a sentence that names them itself.
    """
    before, sign, after = unit_words(found.unit, lang)
    word = percent if found.unit == "" and 0 < abs(found.value) < 1 else number
    key = "point" if value_only or found.low == found.high else found.open_ended or "about"
    digits = max(found.digits, FEWEST_DIGITS) + (key == "about")  # beside its range, one digit more

    def written(value: float, way: str) -> str:
        return sign + word(rounded(value, digits, way), lang) if math.isfinite(value) else ""

    ends = {
        "v": written(found.value, "nearest"),
        "l": written(found.low, "down"),
        "h": written(found.high, "up"),
    }
    return _SAID[lang][key].format(**ends, u=after, o=before)


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
    before, sign, after = unit_words(unit, lang)
    word = percent if unit == "" and max(map(abs, points)) < 1 else number
    low, middle, high = (
        ("−" if point < 0 else "") + sign + word(rounded(abs(point), FEWEST_DIGITS), lang)
        for point in points
    )
    words = {"en": "{b}{m}{u} (scenario range {l} to {h})", "zh": "{b}{m}{u}（情景区间{l}至{h}）"}[
        check_language(lang)
    ]
    return words.format(b=before, m=middle, u=after, l=low, h=high)


@dataclass(frozen=True)
class Sentence:
    """A sentence with results in it: text in a terminal, Markdown in a notebook."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text.replace(
            "$", r"\$"
        )  # Jupyter takes what stands between two dollars for a formula


@dataclass(frozen=True, eq=False)
class Table:
    """A table for reading: the same text everywhere, escaped HTML in a notebook.

    Parameters
    ----------
    frame : DataFrame
        What is shown: whole numbers in full, others with six significant digits.
    caption : str
        One line above it.
    """

    frame: pd.DataFrame
    caption: str = ""

    def __repr__(self) -> str:
        rows = [list(self.frame.columns), *self._cells()]
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
            for dtype in self.frame.dtypes
        ]

        def cells(texts: list[str], tag: str) -> str:
            return "".join(
                f'<{tag} style="text-align:{side}">{html.escape(text)}</{tag}>'
                for text, side in zip(texts, sides, strict=True)
            )

        head = f"<tr>{cells(list(self.frame.columns), 'th')}</tr>"
        body = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in self._cells())
        caption = (
            f'<caption style="text-align:left">{html.escape(self.caption)}</caption>\n'
            if self.caption
            else ""
        )
        # the class keeps Jupyter from reading dollars as formulas
        return f'<table class="tex2jax_ignore">\n{caption}<thead>{head}</thead>\n<tbody>\n{body}\n</tbody>\n</table>'

    def _cells(self) -> list[list[str]]:
        return [[_cell(value) for value in row] for row in self.frame.itertuples(index=False)]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return (
            ""
            if math.isnan(value)
            else plain(value if value.is_integer() else float(f"{value:.{READ_DIGITS}g}"))
        )
    if isinstance(value, tuple):
        return "; ".join(str(item) for item in value)
    return str(value)


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
