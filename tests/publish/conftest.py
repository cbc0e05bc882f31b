"""A chart as it is, and the same chart with hostile text in every place that text can come from."""

from __future__ import annotations

import dataclasses
import functools
import io
from collections.abc import Callable

import pandas as pd
import pytest
from PIL import Image

from analysis.publish.exhibit import Exhibit, make_exhibit
from analysis.publish.office import shared

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table></details></figure><b>out</b>",
    'it\'s "quoted" & <b>bold</b>',
    '=HYPERLINK("http://evil.example/","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "two\nlines",
    "\u202egnp.exe\u202c",
    "عربي עברית",
    "http://evil.example/",
    "](javascript:alert(1))![x](y)",
    "| cell | `code` *stars* _line_ ~~no~~",
    "# heading",
    "1. item",
    "{{ 7 * 7 }}{% raw %}",
    "$x^2$",
    "_x0041_",
    "]]>",
    "long " * 9000,
)


@pytest.fixture(scope="session")
def exhibit_of(records) -> Callable[[str], Exhibit]:
    """Makes a chart in both languages, once in a session."""
    return functools.cache(lambda chart_id: make_exhibit(chart_id, records))


@pytest.fixture(scope="session")
def scorecard(exhibit_of) -> Exhibit:
    """A chart with codes, open ends, empty cells and grades."""
    return exhibit_of("channels-scorecard")


@pytest.fixture(scope="session")
def hostile(exhibit_of, records) -> Exhibit:
    """A chart whose data, names of columns, labels and words are all hostile."""
    made = exhibit_of("labor-stated-incomes")
    everything = " ".join(HOSTILE[:-1])
    text = {
        "headline": everything,
        "subtitle": everything,
        "note": f"={everything}",
        "alt": everything,
        "labels": {HOSTILE[0]: HOSTILE[1]},
    }
    words = {
        lang: dataclasses.replace(made.charts[lang].spec.text(lang), **text) for lang in made.charts
    }
    count = len(HOSTILE)
    data = pd.DataFrame(
        {
            "what": HOSTILE,
            '=cmd()<script>"': [float(place) for place in range(count)],
            "high": [float("inf"), float("-inf"), float("nan")] + [0.1 + 0.2] * (count - 3),
            "flag": [True, False] * (count // 2),
        }
    )
    spec = dataclasses.replace(
        made.charts["en"].spec,
        data=data,
        values=('=cmd()<script>"',),
        unit="<i>unit</i>",
        price_basis="nominal & <i>",
        **words,
    )
    sources = {lang: f"@{everything}" for lang in made.charts}
    return Exhibit(
        {
            lang: dataclasses.replace(chart, spec=spec, sources=sources)
            for lang, chart in made.charts.items()
        },
        records,
    )


@pytest.fixture
def white(monkeypatch):
    """White pictures instead of charts in Word files and slides, where only words are looked at."""
    made = {}
    for size, shape in {"page": (75, 48), "slide": (64, 36)}.items():
        buffer = io.BytesIO()
        Image.new("RGB", shape, "white").save(buffer, "png")
        made[size] = {"png": buffer.getvalue()}
    monkeypatch.setattr(shared, "pictures", lambda chart, forms, *, size, variant: made[size])


@pytest.fixture(scope="session")
def altered() -> Callable[..., Exhibit]:
    """Makes the same chart with other words in one language."""

    def changed(exhibit: Exhibit, lang: str, **words: str) -> Exhibit:
        charts = dict(exhibit.charts)
        spec = charts[lang].spec
        charts[lang] = dataclasses.replace(
            charts[lang],
            spec=dataclasses.replace(spec, **{lang: dataclasses.replace(spec.text(lang), **words)}),
        )
        return Exhibit(charts, exhibit.records)

    return changed
