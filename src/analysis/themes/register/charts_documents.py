"""What the source documents are called on charts, and how many there are: counted, never typed."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.load import Records
from analysis.words.wording import cardinal

NAMES = {  # shorter than in sources.csv; a document without one here is called as there
    "scio-2021": ("Briefing, August 2021", "发布会，2021年8月"),
    "rural-ecommerce-opinions-2015": ("Report, September 2015", "报道，2015年9月"),
    "covid-notice-2020": ("Notice, March 2020", "疫情通知，2020年3月"),
    "hunan-2017": ("Hunan report, 2017", "湖南报道，2017年"),
    "state-council-2015": ("State Council, October 2015", "国务院会议，2015年10月"),
}


@dataclass(frozen=True)
class Documents:
    """A number of documents in words, and the years of their events: five, 五, 2015, 2021."""

    en: str
    zh: str
    first: int
    last: int


def documents(records: Records) -> Documents:
    """How many documents the register has, and from when they are."""
    years, count = records.sources["event_date"].str[:4].astype(int), len(records.sources)
    return Documents(cardinal(count), cardinal(count, "zh"), int(years.min()), int(years.max()))


def document_names(records: Records, lang: str) -> dict[str, str]:
    """A short name for each document, by its identifier."""
    known = {name: words[lang == "zh"] for name, words in NAMES.items()}
    return {
        one.source_id: known.get(one.source_id, one.short_zh if lang == "zh" else one.short_en)
        for one in records.sources.itertuples()
    }
