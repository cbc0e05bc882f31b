"""E-commerce reach: whom each official count of work and income counts, where, and in which measure."""

from __future__ import annotations

import pandas as pd

from analysis.bounds.claims import read_from
from analysis.records.definitions import NOT_STATED, Definition, definition
from analysis.records.load import Records
from analysis.records.series import value_at
from analysis.words.catalogue import words
from analysis.words.wording import number

JOBS = "scio-2021.ecommerce-jobs"
INCOME = "scio-2021.ecommerce-income"
CLAIMS = (JOBS, INCOME)
OBSERVED = (  # series of each other count, and its day or year
    ("pc-ecom-labour-claim", "2020-03-31"),
    ("rural-ecom-jobs-claim", "2016"),
    ("rural-ecom-jobs-claim", "2017"),
    ("rural-ecom-jobs-claim", "2018"),
    ("rural-ecom-jobs-claim", "2020"),
    ("poor-ecom-claim", "2019"),
    ("mofcom-ecommerce-target-people", "2020"),
)
SERIES = tuple(dict.fromkeys(name for name, _ in OBSERVED))


def counts(records: Records, lang: str = "en") -> pd.DataFrame:
    """Every official count of work and income through e-commerce with its definition, in a language.

    Parameters
    ----------
    records : Records
    lang : {"en", "zh"}

    Returns
    -------
    DataFrame
        Number, who, where, measure, from, to, basis, source and what must be known besides; the heads of the
        columns are in the language. What is not stated says so.
    """
    heads = words("counts_of_work", lang)
    rows = [_claimed(records, name, lang) for name in CLAIMS]
    rows += [_observed(records, name, period, lang) for name, period in OBSERVED]
    return pd.DataFrame(rows, columns=list(heads.values()))


def _claimed(records: Records, claim_id: str, lang: str) -> tuple[str, ...]:
    """A claim, read from the text that has more digits."""
    claim = records.claim(claim_id)
    value = read_from(claim).value_low
    own = definition(records, claim_id)
    dates = own.since or claim.period_start, own.until or claim.period_end
    where = records.source(claim.source_id)
    source = {"en": where.short_en, "zh": where.short_zh}[lang]
    return _row(own, lang, value, dates, source)


def _observed(records: Records, series_id: str, period: str, lang: str) -> tuple[str, ...]:
    row = value_at(records, series_id, period)
    said = row["source_title"], row["publisher"], row["published"]
    cited = ", ".join(part for part in said if part)
    dates = row["period_start"], row["period_end"]
    return _row(definition(records, row["definition"]), lang, row["value"], dates, cited)


def _row(
    own: Definition, lang: str, value: float, dates: tuple[str, str], source: str
) -> tuple[str, ...]:
    terms = words("definition_terms", lang)
    in_lang = {
        name: getattr(own, f"{name}_{lang}") for name in ("population", "place", "standard", "note")
    }
    until_only = own.measure in ("stock", NOT_STATED)  # a stock has a day, no beginning
    since = "–" if until_only else dates[0] or terms[NOT_STATED]
    marks = {"en": " ({})", "zh": "（{}）"}[lang] if in_lang["standard"] else ""
    basis = terms[own.basis] + marks.format(in_lang["standard"])
    return (
        number(value, lang),
        in_lang["population"],
        in_lang["place"] or terms[NOT_STATED],
        terms[own.measure],
        since,
        dates[1] or terms[NOT_STATED],
        basis,
        source,
        in_lang["note"],
    )
