"""The look of the charts for figures that a researcher draws alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import matplotlib as mpl
from cycler import cycler

from analysis.plotting.style import CATEGORIES, CATEGORY, MUTED, SIZES, STATUS, rc
from analysis.records.errors import AnalysisError


@contextmanager
def style(size: str = "page") -> Iterator[dict[str, str]]:
    """Settings of matplotlib for a size, and the colours by meaning: what ``analysis.style`` says."""
    if size not in SIZES:
        raise AnalysisError(f"{size!r} is no size; allowed are {', '.join(SIZES)}")
    chosen = SIZES[size]
    sizes = {
        name: points * chosen.scale
        for name, points in rc().items()
        if name.endswith(("size", "width")) and isinstance(points, int | float)
    }
    own = {
        "figure.figsize": (chosen.width, chosen.height),
        "figure.dpi": chosen.dpi / 3,
        "savefig.dpi": chosen.dpi,
        "axes.prop_cycle": cycler(color=CATEGORIES),
    }
    with mpl.rc_context(rc() | sizes | own):
        yield {**STATUS, **CATEGORY, "muted": MUTED}
