"""The verbs of explorers: a plain function, and the same with sliders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.records.load import load

if TYPE_CHECKING:
    from analysis.exploring.definition import Explored
    from analysis.exploring.widgets import View


def explore(explorer_id: str, /, *, lang: str = "en", **state: float | str) -> Explored:
    """What follows from assumptions that can be moved, in one state.

    Parameters
    ----------
    explorer_id : str
        ``canton-fair-ratio``, ``labor-earnings``, ``ecommerce-overlap``, ``ecommerce-pass-through``,
        ``denominators`` or ``deflators``; see ``analysis list explorers``.
    lang : {"en", "zh"}
    **state
        Controls by name; those not named stand at their default.

    Returns
    -------
    Explored
        Shown as text and picture. It offers ``.frame`` (the results as a pandas DataFrame, to calculate with),
        ``.table`` (the same for reading: text, or HTML in a notebook; no DataFrame), ``.chart``, ``.sentence``
        (what follows, in words), ``.code`` (the call that shows the same again) and ``.png()`` (the chart's bytes).

    Raises
    ------
    AnalysisError
        If a control is unknown or its value not allowed: with the name, the value and what is allowed.

    Examples
    --------
    >>> explore("ecommerce-overlap", overlap=1).frame["item"].tolist()
    ['different-people', 'fewest', 'most']
    >>> explore("ecommerce-overlap", overlap=1).sentence
    If 100% of those with more income are also among the farmers with work, the two counts stand for about 7.71 million people (7.7 million to 7.72 million). Whatever the overlap, they are no fewer than the larger count (7.71 million people) and no more than the sum (13.9 million people). The overlap is not stated.
    """
    from analysis.exploring.definition import explored
    from analysis.themes.explorers import explorer_of

    records = load()
    return explored(records, explorer_of(explorer_id, records), state, lang=lang)


def explorer(explorer_id: str, lang: str = "en") -> View:
    """An explorer with sliders, for JupyterLab; ``explore`` shows the same for one state, without them.

    Parameters
    ----------
    explorer_id : str
        See ``explore``.
    lang : {"en", "zh"}

    Examples
    --------
    >>> explorer("canton-fair-ratio").state
    {'sessions': 7, 'rate': 'all', 'reading': 'as stated'}
    """
    from analysis.exploring.widgets import View
    from analysis.themes.explorers import explorer_of

    records = load()
    return View(records, explorer_of(explorer_id, records), lang)
