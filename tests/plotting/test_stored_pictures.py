"""Pictures in the notebooks have at most 256 colours, and nobody sees the difference."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from analysis.plotting.pictures import AREA, SHADE, indexed, pictures
from analysis.themes.charts import make_chart


def stripes(*colours: tuple[int, int, int]) -> Image.Image:
    """Stripes of 30 x 30 pixels, side by side."""
    picture = Image.new("RGB", (30 * len(colours), 30))
    for place, colour in enumerate(colours):
        picture.paste(colour, (30 * place, 0, 30 * (place + 1), 30))
    return picture


def channels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("RGB")).astype(int)


def test_areas_keep_their_exact_colours_however_near_they_are():
    shades = [(208, 218, 227), (212, 222, 231), (216, 221, 223), (255, 255, 255), (194, 65, 12)]
    before = stripes(*shades)
    after = indexed(before)
    assert after.mode == "P"
    assert (channels(after) == channels(before)).all()


def test_shades_that_nobody_tells_apart_share_a_colour():
    near = indexed(stripes((200, 200, 200), (200 + SHADE, 200, 200)))
    assert len(near.getcolors()) == 1
    apart = indexed(stripes((200, 200, 200), (201 + SHADE, 200, 200)))
    assert len(apart.getcolors()) == 2


def test_a_photograph_is_reduced_without_an_error():
    noise = np.random.default_rng(1).integers(0, 256, (60, 60, 3), dtype=np.uint8)
    after = indexed(Image.fromarray(noise))
    assert len(after.getcolors()) <= 256
    assert np.abs(channels(after) - noise).mean() < 32


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_heat_map_keeps_its_shades_its_white_and_its_words(records, lang, monkeypatch):
    chart = make_chart("measures-heat-map", records, lang)
    stored = pictures(chart, ["png"], size="notebook")["png"]
    monkeypatch.setattr("analysis.plotting.pictures.indexed", lambda picture: picture)
    full = Image.open(io.BytesIO(pictures(chart, ["png"], size="notebook")["png"]))
    after = Image.open(io.BytesIO(stored))
    assert (full.mode, after.mode) == ("RGB", "P")
    assert after.info["Description"] == chart.spec.text(lang).alt
    assert channels(after)[0, 0].tolist() == [255, 255, 255]
    off = np.abs(channels(after) - channels(full)).max(axis=2)
    assert off.max() < 16
    for count, colour in full.getcolors(full.width * full.height):
        if count >= AREA:
            assert off[(channels(full) == colour).all(axis=2)].max() <= SHADE
    assert len(stored) < 60_000


def test_exported_pictures_keep_every_colour(records):
    chart = make_chart("measures-heat-map", records)
    assert Image.open(io.BytesIO(pictures(chart, ["png"], size="web")["png"])).mode == "RGB"
