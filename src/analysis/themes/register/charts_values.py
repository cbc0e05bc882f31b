"""Charts of any collection: its claims of one unit with what they can mean, whatever they are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.bounds.claims import interval_table
from analysis.bounds.finding import OPEN_ENDED
from analysis.plotting.explorer_charts import draw_stated
from analysis.plotting.form import Form
from analysis.plotting.layout import drawable
from analysis.plotting.registry import ChartDefinition
from analysis.plotting.spec import ChartSpec, Text
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.records.own_charts import OwnChart
from analysis.records.units import is_currency
from analysis.themes.register import NOTEBOOK
from analysis.words.catalogue import word
from analysis.words.units import unit_on_chart
from analysis.words.wording import number, percent, rounded, stated

PREFIX = "register-values-"
MOST_ROWS = 15
ALT_ROWS = 270  # characters of an alt text that rows may take
MARKS = {  # what a note says of each kind of mark
    "en": (
        "Dot: figure as stated.",
        "Bar: what its rounding and wording allow.",
        "Arrow: no limit is stated on that side.",
    ),
    "zh": ("圆点：所述数字。", "横条：按取整和措辞可能的范围。", "箭头：文件未说明该端界限。"),
}
_PLACE = re.compile(r"\{([^{}]+)\}")


def marks_note(records: Records, claims: Iterable[str], lang: str) -> str:
    """What dot, bar and arrow mean, of those that a chart of these claims has."""
    table = interval_table(records, claims)
    closed = table["direction"] == "closed"
    seen = (True, bool((closed & (table["low"] < table["high"])).any()), not closed.all())
    between = {"en": " ", "zh": ""}[lang]
    return between.join(said for said, is_seen in zip(MARKS[lang], seen, strict=True) if is_seen)


def slug(unit: str) -> str:
    """A unit as a part of an identifier.

    Examples
    --------
    >>> slug("INR/person/day"), slug("person_day")
    ('inr-per-person-per-day', 'person-day')
    """
    return unit.lower().replace("/", "-per-").replace("_", "-").replace(" ", "")


def price_basis(unit: str) -> str:
    """Whether values of a unit are money of their own time."""
    money = [is_currency(part) for part in unit.split("/")]
    return "nominal" if money[0] and not any(money[1:]) else ""


def values_charts(records: Records) -> dict[str, ChartDefinition]:
    """A chart for each unit of the claims."""
    found = {}
    for unit, rows in records.claims.groupby("unit", sort=False):
        claims = rows.sort_values("value_high", ascending=False, kind="stable")["claim_id"]
        own = OwnChart(f"{PREFIX}{slug(str(unit))}", tuple(claims.head(MOST_ROWS)))
        found[own.chart_id] = of_claims(own)
    return found


def of_claims(own: OwnChart) -> ChartDefinition:
    """The definition of a chart of claims of one unit."""

    def values(records: Records) -> ChartSpec:
        return _spec(records, own)

    return ChartDefinition(own.chart_id, NOTEBOOK, own.claims, (), values)


def _spec(records: Records, own: OwnChart) -> ChartSpec:
    claims = [records.claim(name) for name in own.claims]
    units = list(dict.fromkeys(one.unit for one in claims))
    if len(units) > 1:
        raise AnalysisError(
            f"the claims of {own.chart_id} have the units {' and '.join(units)}, and one scale has one unit"
        )
    table = interval_table(records, own.claims)
    data = pd.DataFrame(
        {
            "item": [one.claim_id for one in claims],
            "value": [(one.value_low + one.value_high) / 2 for one in claims],
            "low": table["low"].to_numpy(),
            "high": table["high"].to_numpy(),
            "open_ended": [OPEN_ENDED[one] for one in table["direction"]],
            "kind": "reported",
        }
    )
    return ChartSpec(
        data=data,
        values=("value",),
        unit=units[0],
        form=Form("dots", "item", ranges={"value": ("low", "high")}),
        draw=draw_stated,
        price_basis=price_basis(units[0]),
        published=True,
        en=_text(records, own, data, "en"),
        zh=_text(records, own, data, "zh"),
    )


def _names(records: Records, own: OwnChart, lang: str) -> dict[str, str]:
    """What each claim counts, and the document below it; what the font cannot show is left out."""
    names = {}
    for claim_id in own.claims:
        claim = records.claim(claim_id)
        document = getattr(records.source(claim.source_id), f"short_{lang}")
        lines = (own.names.get(claim_id) or claim.counted, document)
        shown = [line for line in lines if line and drawable(line)]
        names[claim_id] = "\n".join(shown) or claim_id
    return names


def _text(records: Records, own: OwnChart, data: pd.DataFrame, lang: str) -> Text:
    unit = str(records.claim(own.claims[0]).unit)
    said = {name: stated(records.claim(name), lang) for name in own.claims}
    names = _names(records, own, lang)
    known = _known(records, own, data, unit, lang)
    whole_unit = known["count"] == known["of"] or not own.chart_id.startswith(PREFIX)
    count = "one" if len(said) == 1 else "all" if whole_unit else "most"
    given = own.words.get(lang, {}) or own.words.get("en", {})
    whole = {part: word("values", part, lang).format(**known) for part in ("subtitle", "note")}
    whole["headline"] = word("values", f"headline_{count}", lang).format(
        **known, stated=next(iter(said.values()))
    )
    whole["note"] = f"{marks_note(records, own.claims, lang)}{known['space']}{whole['note']}"
    whole["alt"] = word("values", "alt", lang).format(**known, rows=_rows(names, said, lang))
    for part, text in given.items():
        whole[part] = filled(records, text, lang) or whole[part]
    labels = names | {f"value:{name}": words for name, words in said.items()}
    return Text(**whole, labels=labels | {"x": str(known["unit"])})


def _known(
    records: Records, own: OwnChart, data: pd.DataFrame, unit: str, lang: str
) -> Mapping[str, object]:
    """What the words of a chart are made of."""
    documents = [*{records.claim(name).source_id for name in own.claims}]
    dates = [one.event_date or one.page_date for one in map(records.source, documents)]
    years = sorted(date[:4] for date in dates if date)
    spanned = "years" if years and years[0] != years[-1] else "year"
    in_words = percent if unit == "share" else number
    money = word("values", "nominal", lang) if price_basis(unit) else ""
    return {
        "count": len(own.claims),
        "of": int((records.claims["unit"] == unit).sum()),
        "unit": unit_on_chart(unit, lang),
        "first": in_words(rounded(float(data["value"].min())), lang),
        "last": in_words(rounded(float(data["value"].max())), lang),
        "documents": word("values", "documents" if documents[1:] else "document", lang).format(
            len(documents)
        ),
        "years": word("values", spanned, lang).format(years[0], years[-1]) if years else "",
        "money": money,
        "space": {"en": " ", "zh": ""}[lang],
    }


def _rows(names: Mapping[str, str], said: Mapping[str, str], lang: str) -> str:
    """Each claim with what it says, as many as an alt text has room for."""
    colon, between = word("language", "colon", lang), word("language", "items", lang)
    rows: list[str] = []
    for name, words in said.items():
        rows.append(f"{names[name].split(chr(10))[0]}{colon}{words}")
        if len(between.join(rows)) > ALT_ROWS:
            return between.join([*rows[:-1], "…"]) if rows[1:] else words
    return between.join(rows)


def filled(records: Records, text: str, lang: str) -> str:
    """A text with what claims say in the place of their identifiers."""
    return _PLACE.sub(lambda match: stated(records.claim(match[1]), lang), text)
