"""What a note says of marks, held against the marks that are drawn: nothing unseen is explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Annotation

from analysis.words.catalogue import words

THICK = 3  # points: a line so thick is a bar
SENTENCE = {"en": r"(?<=\.)\s+", "zh": r"(?<=。)"}


def drawn_kinds(axes: Axes) -> set[str]:
    """Kinds of marks on the axes: arrow, bar, hollow, square, diamond, dot, dashed, line, band."""
    found: set[str] = set()
    for line in axes.lines:
        found |= set(_of_line(line))
    for text in axes.texts:
        if isinstance(text, Annotation) and text.arrow_patch is not None:
            found.add("arrow")
    for patch in axes.patches:
        if isinstance(patch, Rectangle):
            found.add("bar")
        if isinstance(patch, FancyArrowPatch):
            found.add("arrow")
    return found | ({"band", "bar", "dot"} if _collections(axes) else set())


def _collections(axes: Axes) -> list[Collection]:
    return [one for one in axes.collections if isinstance(one, Collection)]


def _of_line(line: Line2D) -> Iterator[str]:
    marker = line.get_marker()
    if marker not in ("None", None, "", " "):
        yield {"s": "square", "D": "diamond"}.get(str(marker), "dot")
        if str(line.get_markerfacecolor()) in ("none", "white") or line.get_fillstyle() == "none":
            yield "hollow"
    if line.get_linestyle() not in ("None", None) and np.size(line.get_xydata()) > 2:
        ends = line.get_transform().transform(line.get_xydata())
        if not np.ptp(ends, axis=0).max() > 1:
            return  # a range of nothing
        dashed = line.get_linestyle() != "-"
        yield "bar" if line.get_linewidth() >= THICK else "dashed" if dashed else "line"


def key_kind(sentence: str, lang: str) -> str:
    """The kind of mark that a sentence of a note explains; empty where it explains none.

    Examples
    --------
    >>> key_kind("Arrow: stated as more than.", "en"), key_kind("Not a profit.", "en")
    ('arrow', '')
    """
    start = re.match(r"[^:：。.]*(?=[:：])", sentence)
    if start is None:
        return ""
    name = start[0].strip().lower()
    known = {
        word.lower(): kind for kind, said in words("keys", lang).items() for word in said.split("|")
    }
    return str(known.get(name, ""))


def sentences(note: str, lang: str) -> list[str]:
    """The sentences of a note."""
    return [one.strip() for one in re.split(SENTENCE[lang], note) if one.strip()]


def drawn_note(axes: Axes, note: str, how: str, lang: str) -> str:
    """The note of a picture: whole, only what a phone has room for, or nothing.

    Explanations of marks that this picture does not have are left out.
    """
    if how == "short":
        return ""
    kinds = drawn_kinds(axes)
    parts = [(key_kind(one, lang), one) for one in sentences(note, lang)]
    seen = [(kind, one) for kind, one in parts if not kind or kind in kinds]
    if how == "phone":
        plain = [one for kind, one in seen if not kind][:1]
        seen = [(kind, one) for kind, one in seen if kind or one in plain]
    kept = {"en": " ", "zh": ""}[lang].join(one for _, one in seen)
    return {"en": kept, "zh": f"注：{kept}" if kept else ""}[lang]
