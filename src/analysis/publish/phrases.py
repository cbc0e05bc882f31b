"""The fixed words of files and pages, from the catalogue, with their places filled."""

from __future__ import annotations

from dataclasses import dataclass

from analysis import RELEASED, __version__
from analysis.plotting.source_line import LICENCE
from analysis.records.collection import collection
from analysis.records.load import Claim
from analysis.words.catalogue import check_language, word, words
from analysis.words.chinese import in_chinese
from analysis.words.dates import day


@dataclass(frozen=True)
class Phrases:
    """One section of the catalogue under ``publish``, in one language.

    Parameters
    ----------
    section : str
    lang : {"en", "zh"}

    Examples
    --------
    >>> Phrases("texts", "en")("unit", unit="people")
    'Values: people.'
    """

    section: str
    lang: str

    def __post_init__(self) -> None:
        check_language(self.lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """A phrase with its places filled."""
        other = f"other_{key}"  # of a collection that is not the package's own
        chosen = other if other in self and not collection().own else key
        said = word(f"publish.{self.section}", chosen, self.lang)
        title = {"collection": collection().title} if "{collection}" in said else {}
        return said.format(**{**title, **values})

    def __contains__(self, key: str) -> bool:
        return key in words(f"publish.{self.section}", self.lang)

    def each(self, key: str) -> tuple[str, ...]:
        """A phrase of several parts."""
        return tuple(words(f"publish.{self.section}", self.lang)[key])


def grade_words(grade: str, lang: str) -> str:
    """What an evidence grade means."""
    return word("publish.grade", grade, lang)


def about(lang: str, charts: int) -> str:
    """How many charts, version, date and licence.

    Examples
    --------
    >>> about("en", 1).split(",")[0]
    '1 chart'
    """
    said = Phrases("office", lang)
    counted = said("one_chart" if charts == 1 else "charts", n=charts)
    return said(
        "about", charts=counted, version=__version__, date=day(lang, RELEASED), licence=LICENCE
    )


def said_on(lang: str, *dates: str) -> str:
    """When something was said, in words: each date once; or that the text does not say.

    Examples
    --------
    >>> said_on("en", "2015-09-07"), said_on("en", ""), said_on("zh", "")
    ('said 7 September 2015', 'date not stated', '日期未注明')
    """
    said = Phrases("date", lang)
    known = sorted(set(filter(None, dates)))
    comma = Phrases("office", lang)("comma")
    return (
        said("said", date=comma.join(day(lang, one) for one in known)) if known else said("undated")
    )


def speaker(lang: str, name: str) -> str:
    """Who says something, as a language names it; a name that the catalogue does not have stays as it is.

    Examples
    --------
    >>> speaker("zh", "Ministry of Commerce"), speaker("en", "Ministry of Commerce")
    ('商务部', 'Ministry of Commerce')
    """
    return in_chinese(name) if lang == "zh" else name


def quotation(claim: Claim, lang: str) -> str:
    """The words of a claim: in Chinese those of its speaker, or that they are translated from the English text."""
    key = "original" if claim.stated_zh else "translated"
    return Phrases("quotation", lang)(key, english=claim.as_stated, chinese=claim.stated_zh)


def paragraphs(lang: str, numbers: tuple[int, ...]) -> str:
    """Numbers of paragraphs in words, three or more in a row as a range.

    Examples
    --------
    >>> paragraphs("en", (3,)), paragraphs("en", (3, 4, 8, 9, 10)), paragraphs("zh", (3, 4))
    ('paragraph 3', 'paragraphs 3, 4, 8–10', '英文稿第3、4段')
    """
    said = Phrases("office", lang)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts: list[str] = []
    for run in runs:
        parts += [f"{run[0]}{said('to')}{run[-1]}"] if len(run) > 2 else map(str, run)
    key = "paragraph" if len(numbers) == 1 else "paragraphs"
    return said(key, numbers=said("comma").join(parts))


def span(lang: str, years: tuple[str, str]) -> str:
    """The years of a series behind its name."""
    key = "year" if years[0] == years[1] else "span"
    return Phrases("office", lang)(key, first=years[0], last=years[1])
