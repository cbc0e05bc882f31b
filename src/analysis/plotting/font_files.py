"""The font files of every chart: registered by path, read once, glyphs taken from memory, cut to what is used."""

from __future__ import annotations

import copy
import functools
import io
import os
from collections.abc import Callable, Iterable
from typing import Any

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from analysis.plotting.style import FILES


class InMemory(io.BytesIO):
    """A font file in memory; matplotlib's writers, which ask for its name, get its path."""

    def __init__(self, path: str) -> None:
        with open(path, "rb") as file:
            super().__init__(file.read())
        self.path = path

    def __str__(self) -> str:
        return self.path


@functools.cache
def register() -> None:
    """Make the fonts known to matplotlib, which takes their glyphs from memory from then on.

    matplotlib 3.11 reads every glyph anew from the file, through Python: a fifth of the time of a chart.
    Its own fix (pull request 32064) is not released; the pictures are the same. Other fonts stay as they are.
    """
    for file in FILES.values():
        font_manager.fontManager.addfont(file)
    ours = {os.path.realpath(file) for file in FILES.values()}
    others: Callable[..., FT2Font] = font_manager._get_font  # type: ignore[attr-defined]  # private

    def get_font(paths: tuple[tuple[str, int], ...], **asked: Any) -> FT2Font:
        if len(paths) > 1 or paths[0][0] not in ours:
            return others(paths, **asked)
        return from_memory(paths[0][0], asked["thread_id"], asked["_kerning_factor"])

    font_manager._get_font = get_font  # type: ignore[attr-defined]  # private


@functools.lru_cache(maxsize=16)
def from_memory(path: str, thread_id: int, kerning: int | None) -> FT2Font:
    """A font of ours, one for each thread: it remembers the last text."""
    return FT2Font(InMemory(path), _kerning_factor=kerning)


@functools.cache
def _whole(path: str) -> tuple[Any, list[str], dict[str, list[int]]]:
    """A font with the names of its glyphs in their order, and the characters of each."""
    from fontTools.ttLib import TTFont

    font, characters = TTFont(path, lazy=False), dict[str, list[int]]()
    for code, name in font.getBestCmap().items():
        characters.setdefault(name, []).append(code)
    for glyph in font["glyf"].glyphs.values():
        if glyph.isComposite():
            glyph.expand(font["glyf"])  # it names its parts by their number
    return font, font.getGlyphOrder(), characters


def numbers(path: str, text: Iterable[str]) -> frozenset[int]:
    """The glyphs of some characters, by their number in the font."""
    font, _, _ = _whole(path)
    names = font.getBestCmap()
    return frozenset(font.getGlyphID(names[ord(one)]) for one in text if ord(one) in names)


@functools.lru_cache(maxsize=8)  # of one picture: its SVG and its PDF hold the same letters
def cut(path: str, glyphs: frozenset[int]) -> tuple[bytes, dict[int, int]]:
    """The font with some of its glyphs only, as TrueType, and their numbers in it.

    fontTools' own subsetter reads all glyphs of the font anew, each time: a tenth of a second for the two weights of
    an SVG and a PDF.
    """
    from fontTools.fontBuilder import FontBuilder

    font, order, characters = _whole(path)
    table, kept = font["glyf"], {0, *glyphs}
    for one in glyphs:  # what a letter with an accent is put together from
        kept |= {font.getGlyphID(name) for name in table[order[one]].getComponentNames(table)}
    places = {one: place for place, one in enumerate(sorted(kept))}
    names = [order[one] for one in sorted(kept)]
    new = FontBuilder(font["head"].unitsPerEm, isTTF=True)
    new.font.recalcBBoxes = False  # outlines stay the bytes that they are
    new.setupGlyphOrder(names)
    new.setupCharacterMap({code: name for name in names for code in characters.get(name, ())})
    new.setupGlyf({name: table[name] for name in names}, calcGlyphBounds=False)
    new.setupHorizontalMetrics({name: font["hmtx"][name] for name in names})
    for tag in ("head", "hhea", "maxp", "OS/2"):
        new.font[tag] = copy.copy(font[tag])
    new.font["maxp"].numGlyphs = len(names)
    new.setupNameTable({})
    new.setupPost(keepGlyphNames=False)
    buffer = io.BytesIO()
    new.font.save(buffer)
    return buffer.getvalue(), places


@functools.cache
def cut_in_pdf() -> None:
    """Let matplotlib's PDF take our fonts from ``cut``; others stay as they are."""
    from fontTools.ttLib import TTFont
    from matplotlib.backends import _backend_pdf_ps as writer

    ours, others = {os.path.realpath(file) for file in FILES.values()}, writer.get_glyphs_subset

    def get_glyphs_subset(fontfile: Any, glyphs: Iterable[int]) -> Any:
        if os.path.realpath(fontfile.path) not in ours:
            return others(fontfile, set(glyphs))
        content, places = cut(os.path.realpath(fontfile.path), frozenset(map(int, glyphs)))
        font = TTFont(io.BytesIO(content), recalcTimestamp=False, recalcBBoxes=False)
        return writer.SubsetResults(font, places)._as_cm()

    writer.get_glyphs_subset = get_glyphs_subset
