"""Colours can be told from the background; the font has every character that is used."""

import itertools
import re

import numpy as np
import pytest
from colorspacious import cspace_convert
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from analysis.plotting import style
from analysis.plotting.layout import NEVER_FIRST, text_width, wrap
from analysis.records.errors import ExportError
from analysis.records.paths import PROJECT

NEUTRAL = {"muted": style.MUTED, "ink": style.INK}
STATUS = {**style.STATUS, **NEUTRAL}  # what stands on one chart together
CATEGORY = {**style.CATEGORY, **NEUTRAL}


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_contrast_with_white_is_at_least_three():
    for name, colour in {**STATUS, **CATEGORY}.items():
        assert 1.05 / (luminance(colour) + 0.05) >= 3, name


def test_contrast_formula_against_known_values():
    assert 1.05 / (luminance("#FFFFFF") + 0.05) == pytest.approx(1)
    assert 1.05 / (luminance("#000000") + 0.05) == pytest.approx(21)
    assert 1.05 / (luminance("#767676") + 0.05) == pytest.approx(4.54, abs=0.01)


def test_a_palette_has_at_most_six_colours_and_none_stands_in_code():
    assert len(set(STATUS.values())) == len(STATUS) <= 6
    assert len(set(CATEGORY.values())) == len(CATEGORY) <= 6
    typed = {
        file.name
        for file in PROJECT.glob("src/analysis/**/*.py")
        if "publish" not in file.parts
        and re.search(r"\"#[0-9A-Fa-f]{6}\"", file.read_text("utf-8"))
    }
    assert not typed


def least_distance(colours: list[str], seen: dict | str) -> float:
    """Smallest distance between two colours as they are seen, in CAM02-UCS."""
    points = []
    for colour in colours:
        shown = cspace_convert([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)], seen, "sRGB1")
        points.append(cspace_convert(np.clip(shown, 0, 1), "sRGB1", "CAM02-UCS"))
    return min(float(np.linalg.norm(a - b)) for a, b in itertools.combinations(points, 2))


VISION = ["sRGB1"] + [
    {"name": "sRGB1+CVD", "cvd_type": kind, "severity": 100}
    for kind in ("deuteranomaly", "protanomaly", "tritanomaly")
]
OKABE_ITO = ["#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"]


@pytest.mark.parametrize(
    "seen", VISION, ids=lambda seen: seen if isinstance(seen, str) else seen["cvd_type"]
)
def test_colours_used_together_can_be_told_apart(seen):
    assert least_distance(list(STATUS.values()), seen) >= 12
    assert least_distance(list(CATEGORY.values()), seen) >= 12
    for status in style.STATUS.values():  # no category looks like a status
        for category in style.CATEGORIES:
            assert least_distance([status, category], seen) >= 12


@pytest.mark.parametrize(("colours", "known"), [(OKABE_ITO, 11.0), (["#12436D", "#F46A25"], 50.9)])
def test_distance_of_colours_against_known_values(colours, known):
    assert min(least_distance(colours, seen) for seen in VISION) == pytest.approx(known, abs=0.1)


@pytest.mark.parametrize("weight", list(style.FILES))
def test_font_has_every_wide_character_in_use(weight):
    known = TTFont(style.FILES[weight]).getBestCmap()
    files = [
        *(one for one in PROJECT.glob("src/**/*.py") if "reading" not in one.parts),
        *(one for one in PROJECT.glob("src/**/*.toml") if "reading" not in one.parts),
        PROJECT / "data/claims.csv",
        PROJECT / "data/sources.csv",
    ]
    wide = {
        char
        for file in files
        for char in file.read_text("utf-8")
        if "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"
    }
    missing = sorted(
        char for char in wide if ord(char) not in known and not "\u3040" <= char <= "\u30ff"
    )
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


words = st.lists(
    st.sampled_from(
        [
            "deals",
            "yuan",
            "1.7 billion",
            "（第14段）。",
            "广交会，",
            "成交额",
            "a",
            "CC\u00a0BY\u00a04.0",
        ]
    ),
    min_size=1,
    max_size=40,
)


@given(words, st.floats(2.0, 6.0))
def test_wrapping_keeps_the_text_and_the_width(parts, width):
    text = " ".join(parts)
    lines = wrap(text, width, 8)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(
        text_width(line, 8) <= width + 0.35 for line in lines
    )  # a closing mark may hang over
    assert not any(line[0] in NEVER_FIRST for line in lines[1:])


def test_wrapping_known_answers():
    assert wrap("one two three", text_width("one two ", 8), 8) == ["one two", "three"]
    assert wrap("成交额，不是利润。", text_width("成交额", 8), 8) == [
        "成交",
        "额，不",
        "是利",
        "润。",
    ]
