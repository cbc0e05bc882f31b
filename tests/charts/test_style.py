"""Colours can be told from the background; the font has every character that is used."""

import itertools

import pytest
from fontTools.ttLib import TTFont

from analysis.charts import style
from analysis.charts.layout import NEVER_FIRST, text_width, wrap
from analysis.records.errors import ExportError
from analysis.records.paths import PROJECT
from hypothesis import given
from hypothesis import strategies as st

COLOURS = ["REPORTED", "REPORTED_LIGHT", "CALCULATED", "SCENARIO", "MUTED", "INK"]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", COLOURS)
def test_contrast_with_white_is_at_least_three(name):
    assert 1.05 / (luminance(getattr(style, name)) + 0.05) >= 3


def test_contrast_formula_against_known_values():
    assert 1.05 / (luminance("#FFFFFF") + 0.05) == pytest.approx(1)
    assert 1.05 / (luminance("#000000") + 0.05) == pytest.approx(21)
    assert 1.05 / (luminance("#767676") + 0.05) == pytest.approx(4.54, abs=0.01)


def test_colours_differ():
    assert all(getattr(style, a) != getattr(style, b) for a, b in itertools.combinations(COLOURS, 2))


@pytest.mark.parametrize("weight", list(style.FILES))
def test_font_has_every_wide_character_in_use(weight):
    known = TTFont(style.FILES[weight]).getBestCmap()
    files = [*PROJECT.glob("src/**/*.py"), PROJECT / "data/claims.csv", PROJECT / "data/sources.csv"]
    wide = {char for file in files for char in file.read_text("utf-8") if "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"}
    missing = sorted(char for char in wide if ord(char) not in known and not "\u3040" <= char <= "\u30ff")
    assert not missing, f"run 'make font': {''.join(missing)}"


def test_font_is_renamed_truetype_with_its_licence():
    for file in style.FILES.values():
        font = TTFont(file)
        assert font["name"].getDebugName(1) == style.FAMILY
        assert "glyf" in font, "CFF outlines are invisible in some PDF viewers"
    assert "SIL OPEN FONT LICENSE" in (style.FONTS / "OFL.txt").read_text("utf-8")


def test_missing_glyph_is_an_error_that_names_it():
    with pytest.raises(ExportError, match="U\\+9F98"):
        text_width("\u9f98", 10)


words = st.lists(st.sampled_from(["deals", "yuan", "1.7 billion", "（第14段）。", "广交会，", "成交额", "a", "CC\u00a0BY\u00a04.0"]), min_size=1, max_size=40)


@given(words, st.floats(2.0, 6.0))
def test_wrapping_keeps_the_text_and_the_width(parts, width):
    text = " ".join(parts)
    lines = wrap(text, width, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 8) <= width + 0.35 for line in lines)  # a closing mark may hang over
    assert not any(line[0] in NEVER_FIRST for line in lines[1:])


def test_wrapping_known_answers():
    assert wrap("one two three", text_width("one two ", 8), 8) == ["one two", "three"]
    assert wrap("成交额，不是利润。", text_width("成交额", 8), 8) == ["成交", "额，不", "是利", "润。"]
