"""The words of the pages in one language, and texts marked with theirs."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from html import unescape

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from analysis.plotting.pictures import SPOKEN
from analysis.publish.phrases import Phrases, grade_words
from analysis.words.catalogue import check_language, words
from analysis.words.wording import plain

LABELS = "data.zh.json"  # Chinese labels of findings
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
    """The folder of templates and words."""
    return PackageLoader("analysis.publish.site")


@functools.cache
def _chinese() -> dict[str, str]:
    """Chinese for texts that the data hold in English."""
    labels = json.loads(loader().get_source(Environment(autoescape=True), LABELS)[0])
    sections = words("publish.from_english", "zh").values()
    return {text: said for section in (labels, *sections) for text, said in section.items()}


def marked(text: str, lang: str) -> Markup:
    """A text, escaped, whose runs of the other language are marked, so that they are pronounced in it.

    Examples
    --------
    >>> print(marked("a copy of 国务院, in part", "en"))
    a copy of <span lang="zh-Hans">国务院</span>, in part
    >>> print(marked("原文：“R&D of more than 850,000”", "zh"))
    原文：“<span lang="en">R&amp;D of more than 850,000</span>”
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


def marked_html(made: str, lang: str) -> str:
    """HTML whose texts are marked where they hold characters of the other language too."""
    return TEXT.sub(
        lambda found: (
            str(marked(unescape(found[0]), lang))
            if lang == "en" or CHINESE.search(found[0])
            else found[0]
        ),
        made,
    )


def in_language(lang: str, text: str) -> Markup:
    """Words marked with their language."""
    return Markup('<span lang="{}">{}</span>').format(SPOKEN[lang], text)


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
        return marked(_chinese().get(said, said) if self.lang == "zh" else said, self.lang)
