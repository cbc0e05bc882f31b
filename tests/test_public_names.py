"""What somebody meets who types ``analysis.`` and presses the tab key, or asks for help."""

from __future__ import annotations

import analysis
from analysis.exploring.definition import Explored


def test_tab_completion_offers_the_verbs_and_the_version_alone():
    assert dir(analysis) == sorted([*analysis.__all__, "__version__"])
    assert all(getattr(analysis, name) for name in dir(analysis))


def test_the_help_of_explore_names_what_its_result_offers():
    for name in ("frame", "table", "chart", "sentence", "code", "png()"):
        assert f"``.{name}``" in analysis.explore.__doc__
        assert name == "chart" or hasattr(Explored, name.removesuffix("()"))
    assert analysis.explore("ecommerce-overlap", overlap=1).frame["item"].tolist() == [
        "different-people",
        "fewest",
        "most",
    ]  # its example
