"""Units by name: what is counted, what is measured, and the currencies of ISO 4217."""

from __future__ import annotations

import difflib
import functools
import re

COUNTED = (  # each is a dimension of its own
    *("person", "household", "county", "village", "center", "zone", "store", "station"),
    *("enterprise", "session", "training_session", "attendance", "measure", "aspect", "task"),
    *("department", "policy", "tier", "rank", "brand", "booth", "exhibitor", "parcel", "job"),
)
DEFINED = {  # as pint reads them, a unit before those that are made of it
    "year": "[time]",
    "month": "year / 12",
    "day": "year / 365",
    "week": "7 * day",
    "hour": "day / 24",
    "share": "[]",
    "percent": "0.01 share",
    "index": "[]",
    "shop": "store",
    "hectare": "[area]",
    "square_meter": "hectare / 10000",
    "square_kilometer": "100 * hectare",
    "mu": "hectare / 15",
    "acre": "0.40468564224 * hectare",
    "tonne": "[mass]",
    "kilogram": "tonne / 1000",
    "quintal": "tonne / 10",
    "kilometer": "[length]",
    "kilowatt_hour": "[energy]",
    "megawatt_hour": "1000 * kilowatt_hour",
    "gigawatt_hour": "1000000 * kilowatt_hour",
    "gigajoule": "kilowatt_hour / 0.0036",
    "person_day": "person * day",
}
PPP_DOLLAR = "intl_USD"  # the international dollar of purchasing-power parities
USUAL = ("CNY", "USD", "JPY", "EUR")  # known without asking for the list
CALLED = {  # what else people write
    "people": "person",
    "ha": "hectare",
    "sqm": "square_meter",
    "kg": "kilogram",
    "t": "tonne",
    "ton": "tonne",
    "km": "kilometer",
    "kwh": "kilowatt_hour",
    "mwh": "megawatt_hour",
    "gwh": "gigawatt_hour",
    "rmb": "CNY",
    "$": "USD",
    "rs": "INR",
    "firm": "enterprise",
    "company": "enterprise",
    "family": "household",
    "man_day": "person_day",
}
PRICE_YEAR = re.compile(r"\b([A-Z]{3})_(\d{4})\b")
_CODE = re.compile(r"[A-Z]{3}")
SHOWN = 6  # nearest units that a message names


def is_currency(code: str) -> bool:
    """Whether a code is a currency of ISO 4217, of today or of earlier times.

    Examples
    --------
    >>> [code for code in ("INR", "KES", "DEM", "XXX", "ABC", "inr") if is_currency(code)]
    ['INR', 'KES', 'DEM']
    """
    return code in USUAL or (_CODE.fullmatch(code) is not None and code in _currencies())


@functools.cache
def _currencies() -> frozenset[str]:
    from babel.numbers import list_currencies

    used = _in_use()  # the other codes with an X are metals, funds and tests
    return frozenset(code for code in list_currencies() if code[0] != "X" or code in used)


@functools.cache
def _in_use() -> frozenset[str]:
    """Currencies that are the tender of a territory today."""
    from babel.core import get_global

    lists = get_global("territory_currencies").values()
    return frozenset(
        code for rows in lists for code, _, end, is_tender in rows if is_tender and end is None
    )


def parts(unit: str) -> list[str]:
    """The names that a unit is made of, a price year taken off.

    Examples
    --------
    >>> parts("CNY_2020 / person/year")
    ['CNY', 'person', 'year']
    """
    return [PRICE_YEAR.sub(r"\1", one.strip()) for one in re.split(r"[/*]", unit)]


def money_of(unit: str) -> str:
    """The currency that a unit states an amount in; "" where it is none.

    Examples
    --------
    >>> money_of("INR/person/year"), money_of("person"), money_of("person/USD")
    ('INR', '', '')
    """
    top = parts(unit)[0]
    return top if is_currency(top) else ""


def is_known(name: str) -> bool:
    """Whether a single name is one of a unit."""
    return name in COUNTED or name in DEFINED or name == PPP_DOLLAR or is_currency(name)


def unit_problem(unit: str) -> str:
    """What is wrong with a unit, as a phrase; "" where it is one.

    Examples
    --------
    >>> unit_problem("INR/person_day")
    ''
    >>> unit_problem("rupees/hectare")
    "is no unit: there is no 'rupees'; nearest are INR, LKR, MUR, NPR, PKR, SCR; another is added as CONTRIBUTING.md says, 'Add a unit'"
    """
    wrong = next((name for name in parts(unit) if not is_known(name)), None)
    if wrong is None:
        return ""
    near = nearest(wrong)
    said = f"nearest are {', '.join(near)}" if near else f"there are {', '.join(known_units())}"
    how = "another is added as CONTRIBUTING.md says, 'Add a unit'"
    return f"is no unit{'' if wrong == unit else f': there is no {wrong!r}'}; {said}; {how}"


def known_units() -> tuple[str, ...]:
    """Every unit but the currencies, of which each code of ISO 4217 is one."""
    return (*COUNTED, *DEFINED, PPP_DOLLAR)


def nearest(name: str) -> list[str]:
    """The known units that a name may mean, at most six.

    Examples
    --------
    >>> nearest("people"), nearest("hectares"), nearest("shilling"), nearest("CNX")[:1]
    (['person'], ['hectare'], ['KES', 'SOS', 'TZS', 'UGX'], ['CNY'])
    """
    word = name.strip().lower()
    single = word[:-1] if word.endswith("s") and len(word) > 2 else word
    for one in (word, single):
        if one in CALLED:
            return [CALLED[one]]
    known = {unit.lower(): unit for unit in known_units()}
    if single in known:
        return [known[single]]
    called = _named(single) if len(single) > 2 else []
    codes = {code.lower(): code for code in (*USUAL, *sorted(_in_use()))} if len(word) == 3 else {}
    near = difflib.get_close_matches(single, [*known, *codes], n=3, cutoff=0.6)
    return list(dict.fromkeys([*called, *((known | codes)[one] for one in near)]))[:SHOWN]


def _named(word: str) -> list[str]:
    """Currencies of today whose English name holds a word."""
    from babel import Locale

    names = Locale("en").currencies
    return sorted(code for code in _in_use() if word in names.get(code, "").lower().split())


class Units:
    """All units, as something that a unit can be in."""

    def __contains__(self, unit: object) -> bool:
        """Whether a text is a unit."""
        return isinstance(unit, str) and bool(unit) and not unit_problem(unit)
