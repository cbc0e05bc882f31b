"""The words of the pages in one language, and texts marked with theirs."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import unescape

from jinja2 import PackageLoader
from markupsafe import Markup, escape

from analysis.bounds.finding import Finding
from analysis.publish.phrases import Phrases, grade_words
from analysis.records.load import Records
from analysis.words.catalogue import check_language, locale, words
from analysis.words.chinese import from_english, in_chinese
from analysis.words.wording import plain

HAN, WIDE = "\u3400-\u9fff", "\u3000-\u303f\uff00-\uffef“”"  # characters, and their punctuation
CHINESE = re.compile(f"[{HAN}]")
RUNS = {
    "zh": re.compile(f"[{HAN}](?:[^A-Za-z]*[{HAN}])?"),
    "en": re.compile(f"[A-Za-z](?:[^{HAN}{WIDE}]*[A-Za-z0-9])?"),
}  # words of a language
NAME = 3  # so many English words in a row are no name within a Chinese text
TEXT = re.compile("(?<=>)[^<>]+(?=<)")


@functools.cache
def loader() -> PackageLoader:
    """The folder of templates."""
    return PackageLoader("analysis.publish.site")


def marked(text: str, lang: str) -> Markup:
    """A text, escaped, whose runs of the other language are marked, so that they are pronounced in it.

    Examples
    --------
    >>> print(marked("a copy of 国务院, in part", "en"))
    a copy of <span lang="zh-CN">国务院</span>, in part
    >>> print(marked("英文为“R&D of more than 850,000”", "zh"))
    英文为“<span lang="en">R&amp;D of more than 850,000</span>”
    """
    other = "zh" if lang == "en" else "en"
    if lang == "zh" and not CHINESE.search(text):
        return in_language("en", text) if RUNS["en"].search(text) else escape(text)
    made, end = Markup(), 0
    for run in RUNS[other].finditer(text):
        if other == "zh" or len(run[0].split()) >= NAME:
            made, end = (
                made + escape(text[end : run.start()]) + in_language(other, run[0]),
                run.end(),
            )
    return made + escape(text[end:])


def marked_html(made: str, lang: str, *, whole: bool = False) -> str:
    """HTML whose texts are marked where they hold words of the other language.

    Parameters
    ----------
    made : str
    lang : {"en", "zh"}
    whole : bool
        On a Chinese page also texts without a Chinese character.
    """
    return TEXT.sub(
        lambda found: (
            str(marked(unescape(found[0]), lang))
            if lang == "en" or whole or CHINESE.search(found[0])
            else found[0]
        ),
        made,
    )


def in_language(lang: str, text: str) -> Markup:
    """Words marked with their language."""
    return Markup('<span lang="{}">{}</span>').format(locale(lang), text)


def untranslated(records: Records) -> list[str]:
    """What claims count, where, and who says so, of which the Chinese pages show the English in brackets."""
    claims = records.claims
    texts = dict.fromkeys((*claims["counted"], *claims["geography"], *claims["speaker"]))
    return [text for text in texts if _is_english(text)]


def _is_english(text: str) -> bool:
    return bool(text) and text not in from_english() and not CHINESE.search(text)


@dataclass(frozen=True)
class Words:
    """The words of one language.

    Parameters
    ----------
    lang : {"en", "zh"}
    """

    lang: str

    def __post_init__(self) -> None:
        check_language(self.lang)

    def __call__(self, key: str, /, **values: object) -> str:
        """A phrase of the pages, with its places filled; numbers are written in full."""
        written = {
            name: plain(value, self.lang) if isinstance(value, int) else value
            for name, value in values.items()
        }
        return Phrases("site", self.lang)(key, **written)

    def term(self, kind: str, name: str) -> str:
        """A word for a code of the data, such as a grade or a bound; a code without one stands for itself."""
        return str(words(f"publish.term.{kind}", self.lang).get(name, name.replace("_", " ")))

    def grade(self, letter: str) -> str:
        """What an evidence grade says."""
        return grade_words(letter, self.lang)

    def data(self, text: object) -> Markup:
        """A text of the data, in this language if there is a translation; what is in the other one is marked."""
        said = str(text)
        return marked(in_chinese(said) if self.lang == "zh" else said, self.lang)

    def called(self, text: str) -> Markup:
        """What a claim counts, where, or who says so; in brackets where it has no Chinese words yet."""
        if self.lang == "zh" and _is_english(text):
            return Markup("[{}]").format(in_language("en", text))
        return self.data(text)

    def label(self, one: Finding) -> str:
        """What a finding is, in this language; a label made of words of the data has its Chinese there."""
        return (one.label_zh if self.lang == "zh" else "") or one.label

    def note(self, one: Finding) -> str:
        """What must be said with a finding, in this language."""
        return (one.note_zh if self.lang == "zh" else "") or one.note

    def period(self, one: Finding) -> str:
        """The time that a finding is for, in this language."""
        return (one.period_zh if self.lang == "zh" else "") or one.period
