"""The font files of every chart: registered by path, read once, glyphs taken from memory."""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Callable
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
