"""The fonts that charts are drawn with: from memory, the same glyphs, and no table that nobody reads."""

import threading

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.plotting.font_files import InMemory
from analysis.plotting.style import FAMILY, FILES, rc

WORDS = "Deals: at least 120 元，至少"


@pytest.mark.parametrize("weight", FILES)
def test_glyphs_from_memory_are_those_of_the_file(weight):
    rc()
    path = str(FILES[weight].resolve())
    ours, plain = font_manager.get_font(path), FT2Font(path)
    assert isinstance(ours.fname, InMemory)
    assert isinstance(plain.fname, str)
    assert font_manager.FontPath(ours.fname, 0).path == path  # what the writer of PDF looks for
    for char in WORDS:
        outlines = []
        for font in (ours, plain):
            font.set_size(7, 72)
            font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
            outlines.append(font.get_path()[0])
        assert np.array_equal(*outlines), char


def test_a_font_is_opened_once_for_each_thread():
    rc()
    path, others = str(FILES["bold"].resolve()), []
    thread = threading.Thread(target=lambda: others.append(font_manager.get_font(path)))
    thread.start()
    thread.join()
    assert font_manager.get_font(path) is font_manager.get_font(path) is not others[0]


def test_fonts_of_others_are_left_alone():
    rc()
    path = font_manager.findfont("DejaVu Sans")
    assert isinstance(font_manager.get_font(path).fname, str)
    assert isinstance(font_manager.get_font([str(FILES["bold"].resolve()), path]).fname, str)


@pytest.mark.parametrize("weight", FILES)
def test_a_font_has_the_tables_that_drawing_reads_and_no_others(weight):
    with TTFont(FILES[weight]) as font:
        assert set(font.keys()) == {
            "GlyphOrder",
            "head",
            "hhea",
            "hmtx",
            "maxp",
            "cmap",
            "loca",
            "glyf",
            "name",
            "post",
            "OS/2",
        }
        assert font["name"].getDebugName(1) == FAMILY
