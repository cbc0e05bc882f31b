"""Units in words: those of the catalogue, any currency by its name, and what is made of them."""

from __future__ import annotations

from analysis.records.errors import AnalysisError
from analysis.records.units import is_currency
from analysis.words.catalogue import words


def amount_pattern(unit: str, lang: str) -> str:
    """A number with its unit; ``{}`` stands for the number.

    Parameters
    ----------
    unit : str
        Canonical unit; "" for a pure number.
    lang : {"en", "zh"}

    Examples
    --------
    >>> amount_pattern("INR / household", "en"), amount_pattern("KES", "zh")
    ('{} Indian rupees per household', '{}肯尼亚先令')
    """
    known = words("units.amount", lang)
    if not unit:
        return "{}"
    if unit in known:
        return str(known[unit])
    top, *per = unit.split(" / ")
    whole = known.get(top) or _of_currency(top, lang)
    if lang == "zh":
        each = [_each(one, lang) for one in per]
        if not whole or not all(each):
            raise AnalysisError(
                f"the unit {unit!r} has no Chinese words yet; add them to [units.amount] in words/zh.toml"
            )
        return "/".join([whole, *each])
    ends = "".join(f" per {_each(one, lang)}" for one in per)
    return f"{whole or f'{{}} {top}s'.replace('_', ' ')}{ends}"


def unit_label(unit: str, lang: str) -> str:
    """A unit as a label; as it is where nobody said.

    Examples
    --------
    >>> unit_label("person", "en"), unit_label("CNY/person/year", "en"), unit_label("INR", "en")
    ('people', 'yuan per person and year', 'Indian rupees')
    >>> unit_label("CNY / session", "zh")
    '元/届'
    """
    labels, amounts, each = (words(f"units.{name}", lang) for name in ("label", "amount", "each"))
    code = unit.replace(" / ", "/")
    top, *per = code.split("/")
    whole = labels.get(top) or amounts.get(top) or _of_currency(top, lang)
    said = [_each(one, lang) for one in per]
    if code in labels or not whole or not all(said):
        return str(labels.get(code, unit))
    whole = str(whole).replace("{}", "").strip()
    if not per:
        return whole
    if lang == "zh":
        return "/".join([each.get(top, whole), *said])
    return f"{whole} per {' and '.join(said)}"


def _each(unit: str, lang: str) -> str:
    """What follows “per”; "" where nobody said."""
    known = str(words("units.each", lang).get(unit, ""))
    return known or _currency(unit, lang, count=1)


def _of_currency(code: str, lang: str) -> str:
    name = _currency(code, lang, count=2)
    return f"{{}}{'' if lang == 'zh' else ' '}{name}" if name else ""


def _currency(code: str, lang: str, count: int) -> str:
    """The name of a currency, as the Unicode consortium gives it; "" of what is none."""
    if not is_currency(code):
        return ""
    from babel.numbers import get_currency_name

    return str(get_currency_name(code, count=count, locale=lang))


def unit_on_chart(unit: str, lang: str) -> str:
    """A unit in the fewest words, as over a chart; nothing for a code, which has none.

    Examples
    --------
    >>> unit_on_chart("share", "zh"), unit_on_chart("person", "zh")
    ('%', '人')
    """
    short = words("units.chart", lang)
    return str(short.get(unit, "") or unit_label(unit, lang)).strip()
