"""What an export is to hold: languages, formats, sizes, variants, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.plotting.style import ON_SCREEN, PICTURES, SIZES, VARIANTS
from analysis.records.errors import ExportError
from analysis.words.catalogue import LANGUAGES, check_language

DATA = ("csv", "json")  # the same in every language
TEXTS = ("xlsx", "html", "md", "txt")  # one in each language
FORMATS = (*PICTURES, *DATA, *TEXTS)
SLIDE = "pptx"  # one in each language, and only where it is asked for
SHOWABLE = ("png", "svg")  # a page or a text can show them
SIZE_NAMES = tuple(name for name in SIZES if name not in ON_SCREEN)
ALWAYS = ("README.md", "MANIFEST", "{}.citation.txt", "{}.bib", "{}.csl.json")


@dataclass(frozen=True)
class Picture:
    """One picture of a chart."""

    lang: str
    size: str
    variant: str
    format: str

    def name(self, chart_id: str) -> str:
        """Name of its file: ``ID.en.page.png``, ``ID.zh.web.plain.svg``."""
        plain = "" if self.variant == VARIANTS[0] else f".{self.variant}"
        return f"{chart_id}.{self.lang}.{self.size}{plain}.{self.format}"


@dataclass(frozen=True)
class Order:
    """What is wanted of each chart.

    Parameters
    ----------
    langs : sequence of {"en", "zh"}
    formats : sequence of str
        Of ``FORMATS``, or ``SLIDE``.
    sizes : sequence of str
        Of ``SIZE_NAMES``.
    variants : sequence of {"framed", "plain"}
    more : sequence of Picture
        Single pictures besides.

    Raises
    ------
    ExportError
        Unknown language, format, size or variant; or a text that shows a picture without one.
    """

    langs: Sequence[str] = LANGUAGES
    formats: Sequence[str] = FORMATS
    sizes: Sequence[str] = ("page",)
    variants: Sequence[str] = (VARIANTS[0],)
    more: Sequence[Picture] = field(default=())

    def __post_init__(self) -> None:
        for lang in self.langs:
            check_language(lang)
        for what, wanted, allowed in (
            ("format", self.formats, (*FORMATS, SLIDE)),
            ("size", self.sizes, SIZE_NAMES),
            ("variant", self.variants, VARIANTS),
        ):
            for name in wanted:
                if name not in allowed:
                    raise ExportError(f"{name!r} is no {what}; allowed are {', '.join(allowed)}")
        if {"html", "md"} & set(self.formats) and not any(
            picture.format in SHOWABLE for picture in self.pictures()
        ):
            raise ExportError("html and md show a picture; add png or svg to the formats")

    def pictures(self) -> list[Picture]:
        """Every picture wanted, each once, in a fixed order."""
        drawn = [name for name in PICTURES if name in self.formats]
        every = [
            Picture(lang, size, variant, name)
            for lang in self.langs
            for size in self.sizes
            for variant in self.variants
            for name in drawn
        ]
        return list(dict.fromkeys([*every, *self.more]))

    def shown(self, lang: str) -> Picture:
        """The picture that texts in a language show: PNG before SVG, the first size and variant."""
        found = [one for one in self.pictures() if one.lang == lang and one.format in SHOWABLE]
        return min(found, key=lambda one: SHOWABLE.index(one.format))

    def names(self, chart_id: str) -> Iterator[str]:
        """Names of all files in a chart's folder."""
        yield from (picture.name(chart_id) for picture in self.pictures())
        yield from (f"{chart_id}.{name}" for name in DATA if name in self.formats)
        for lang in self.langs:
            yield from (
                f"{chart_id}.{lang}.{'alt.txt' if name == 'txt' else name}"
                for name in (*TEXTS, SLIDE)
                if name in self.formats
            )
        yield from (name.format(chart_id) for name in ALWAYS)
