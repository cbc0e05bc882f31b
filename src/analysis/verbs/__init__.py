"""The public verbs: what a notebook says."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

import pandas as pd

from analysis.bounds.claims import interval_table
from analysis.bounds.finding import Finding, findings_frame
from analysis.provenance import may_say as statements
from analysis.provenance import places
from analysis.provenance.listing import listing
from analysis.provenance.way_back import way_back
from analysis.records.errors import AnalysisError
from analysis.records.load import Claim, load, problems
from analysis.records.paths import data_folder
from analysis.records.series import best, of_definition
from analysis.themes import all_findings, one_finding
from analysis.tidy.tables import observations
from analysis.tidy.verbs import sql, tables  # noqa: F401  (verbs too)
from analysis.verbs.assumed import (  # noqa: F401  (verbs too)
    causal_study,
    compare_priors,
    compare_readings,
    scenario,
    sobol_indices,
    tornado,
)
from analysis.verbs.explore import explore, explorer  # noqa: F401  (verbs too)
from analysis.verbs.series_rows import SeriesRows
from analysis.verbs.texts import read, review  # noqa: F401  (verbs too)
from analysis.words import wording

if TYPE_CHECKING:
    from analysis.plotting.view import Chart
    from analysis.provenance.citation import Citation
    from analysis.provenance.lineage import Trace


def claims(
    channel: str | None = None, *, kind: str | None = None, source: str | None = None
) -> pd.DataFrame:
    """Official figures as stated, one row each.

    Parameters
    ----------
    channel : str, optional
        Only one channel, such as ``"canton_fair"``.
    kind : str, optional
        Only one kind, such as ``"impact"``.
    source : str, optional
        Only one document, such as ``"scio-2021"``.

    Returns
    -------
    DataFrame
        The tidy table ``claims``: see ``tables``.

    Examples
    --------
    >>> claims("canton_fair")["claim_id"].tolist()
    ['scio-2021.canton-sessions', 'scio-2021.canton-fees', 'scio-2021.canton-deals']
    """
    found = tables("claims")
    for column, wanted in (("channel", channel), ("kind", kind), ("source_id", source)):
        if wanted is not None:
            if wanted not in set(found[column]):
                raise AnalysisError(
                    f"there is no {column} {wanted!r}; there are {', '.join(sorted(set(found[column])))}"
                )
            found = found[found[column] == wanted]
    return found.reset_index(drop=True)


def claim(claim_id: str) -> Claim:
    """One official figure as stated.

    Examples
    --------
    >>> claim("scio-2021.canton-deals").as_stated
    'inked deals worth more than $1.7 billion'
    """
    return load().claim(claim_id)


def sources() -> pd.DataFrame:
    """The documents, one row each, event date and page date apart: the tidy table ``sources``.

    Examples
    --------
    >>> table(sources()[["source_id", "event_date", "event_date_precision", "page_date"]].iloc[[2, 3]])
    source_id          event_date  page_date
    -----------------  ----------  ----------
    covid-notice-2020  2020-03     2020-01-01
    hunan-2017         2016        2017-10-11
    """
    return tables("sources")


def series(
    series_id: str | None = None, *, definition: str | None = None, preferred: bool = False
) -> pd.DataFrame:
    """A context series, or all of them, with a citation on every row: rows of the tidy table ``series``.

    Parameters
    ----------
    series_id : str, optional
        See ``analysis list series``.
    definition : str, optional
        Only rows of one definition: the column ``definition``.
    preferred : bool
        Of several copies of a figure only the best: one row for each place and period, and how many
        ``alternatives`` there are.

    Returns
    -------
    DataFrame
        Of one series ``.plot()`` is its chart: the best copies over time, a line for each place and
        definition; with arguments it is that of pandas.

    Examples
    --------
    >>> len(series("usd-cny-mean"))
    96
    >>> series("cn-pop-wdi").plot().spec.unit
    'person'
    >>> chosen = series("cn-rural-inc", definition="cn-rural-inc-disposable", preferred=True)
    >>> bool(chosen["period_start"].is_unique)
    True
    """
    records = load()
    if series_id is None:
        if definition or preferred:
            raise AnalysisError("name the series whose definition or preferred copies are wanted")
        return tables("series")
    if preferred:
        rows = best(records, series_id, definition=definition)
    else:
        rows = records.series_rows(series_id)
        rows = rows if definition is None else of_definition(rows, series_id, definition)
    return SeriesRows.of(observations(records, rows), definition)


def charts() -> pd.DataFrame:
    """Every chart that the collection can show: identifier, notebook, headline.

    Examples
    --------
    >>> "canton-fair-break-even" in set(charts()["chart"])
    True
    """
    return listing("charts")


def scenarios() -> pd.DataFrame:
    """Every scenario: identifier, outputs, label.

    Examples
    --------
    >>> "labor.net-uplift" in set(scenarios()["scenario"])
    True
    """
    return listing("scenarios")


def explorers() -> pd.DataFrame:
    """Every explorer that the collection can show: identifier, controls, title.

    Examples
    --------
    >>> explorers().set_index("explorer").loc["ecommerce-overlap", "controls"]
    'overlap'
    """
    return listing("explorers")


def intervals(channel: str | None = None) -> pd.DataFrame:
    """What the figures can mean: lowest and highest value, direction, and the rounding rule.

    Examples
    --------
    >>> intervals("labor_export")["direction"].tolist()
    ['closed', 'at least', 'closed']
    """
    return interval_table(load(), claims(channel)["claim_id"])


def findings(topic: str | None = None) -> pd.DataFrame:
    """Results with formula, inputs and grade, as a table in one contract.

    Examples
    --------
    >>> findings("labor")["value_id"].iloc[0]
    'labor.gross-earnings'
    """
    return findings_frame(all_findings(load(), topic))


def finding(value_id: str) -> Finding:
    """One result.

    Examples
    --------
    >>> finding("canton-fair.deals-per-session").open_ended
    'high'
    """
    return one_finding(load(), value_id)


def say(wanted: str, lang: str = "en", *, value_only: bool = False) -> str:
    """A finding or a claim in words, rounded so that the words stay true.

    Parameters
    ----------
    wanted : str
        Identifier of a finding or of a claim.
    lang : {"en", "zh"}
    value_only : bool
        Of a finding, leave out the range and the openness.

    Examples
    --------
    >>> say("scio-2021.ecommerce-jobs", "zh")
    '771万人'
    >>> say("canton-fair.deals-per-session")
    'at least US$242 million per session'
    """
    records = load()
    if wanted in set(records.claims["claim_id"]):
        return wording.stated(records.claim(wanted), lang)
    return wording.say(one_finding(records, wanted), lang, value_only=value_only)


def sentence(text: str, lang: str = "en") -> wording.Sentence:
    """A sentence whose figures are filled in, and lead back to where they come from.

    Parameters
    ----------
    text : str
        ``{id}`` is a claim in its own words, or a finding with qualifier and range; ``{series@period}`` an
        observation; ``{scenario#output}`` the range of a scenario. ``{id|value}`` leaves qualifier and
        range out, ``{id|short}`` the range, ``{id|each}`` the "per" of the unit; ``{id|noun}`` is what it is, ``{id|letter}`` its
        grade; ``{id|grade}`` says nothing, but the figure stands in the way back.
    lang : {"en", "zh"}

    Examples
    --------
    >>> sentence("The ministry reported {scio-2021.labor-people} sent abroad.")
    The ministry reported about 146,000 people sent abroad.
    >>> sentence("At a session, {canton-fair.deals-per-session|each} were signed (grade {canton-fair.deals-per-session|letter}).")
    At a session, at least US$242 million were signed (grade B).
    """
    records = load()
    said = places.filled(records, text, lang)
    return wording.Sentence(said, way_back(records, places.named(text), lang))


def may_say(rows: Iterable[tuple[str, str, str]], lang: str = "en") -> wording.Table:
    """What a writer may say and may not, with the weakest evidence grade of the figures named in each row.

    Parameters
    ----------
    rows : iterable of (sentence, "may" or "may not", why)
        ``{id}`` is filled in as in ``sentence``; ``{id|grade}`` counts for the grade and prints nothing.
    lang : {"en", "zh"}

    Examples
    --------
    >>> may_say([("The ministry reported {scio-2021.labor-people} sent abroad", "may", "a cumulative count")]).frame["grade"].tolist()
    ['C']
    """
    records, told = load(), list(rows)
    names = [name for sentence, _, why in told for name in places.named(sentence + why)]
    frame = statements.may_say(records, told, lang)
    return wording.Table(frame, way_back=way_back(records, names, lang))


def table(
    frame: pd.DataFrame, caption: str = "", *, digits: int = 4, csv: str = ""
) -> wording.Table:
    """A table for reading: the same text on every machine, escaped HTML in a notebook.

    Parameters
    ----------
    frame : DataFrame
        Headings in words, with units.
    caption : str
        What the table shows.
    digits : int
        Significant digits of what is no whole number.
    csv : str
        File of the data folder with the same rows, such as ``"claims.csv"``: a link in the caption.

    Examples
    --------
    >>> table(claims("canton_fair")[["indicator", "bound"]].head(2))
    indicator            bound
    -------------------  -------
    sessions_covered     exact
    booth_fees_exempted  rounded
    """
    if csv and not (data_folder() / csv).is_file():
        raise AnalysisError(f"the data folder holds no file {csv!r}")
    return wording.Table(frame, caption, digits, f"../data/{csv}" if csv else "")


def chart(chart_id: str, lang: str = "en") -> Chart:
    """A chart by its identifier, as the notebooks and the exports show it.

    Parameters
    ----------
    chart_id : str
        See ``analysis list charts``.
    lang : {"en", "zh"}

    Examples
    --------
    >>> chart("ecommerce-distinct-people").spec.en.headline
    'Two e-commerce counts stand for 7.71 million to 13.9 million different people'
    """
    from analysis.themes.charts import make_chart

    return make_chart(chart_id, load(), lang)


def trace(wanted: str) -> Trace:
    """The way from a finding, chart or claim back to documents and paragraphs.

    Examples
    --------
    >>> trace("scio-2021.canton-fees")["paragraph"]
    14
    """
    from analysis.provenance import lineage

    return lineage.trace(load(), wanted)


def cite(wanted: str) -> Citation:
    """Citation of a claim, document, chart or finding: ``.text``, ``.text_zh``, ``.bibtex``, ``.csl``.

    Examples
    --------
    >>> cite("scio-2021.canton-deals").csl["type"]
    'webpage'
    """
    from analysis.provenance import citation

    return citation.cite(load(), wanted)


def check() -> list[str]:
    """Every problem in the data; an empty list means that all is well.

    Examples
    --------
    >>> check()
    []
    """
    return [str(problem) for problem in problems()]


def style(size: str = "page") -> AbstractContextManager[dict[str, str]]:
    """Figures of your own look like the charts inside: font, letters, lines, and the size of a medium.

    The colours that it hands out have meanings: ``reported``, ``reported_light``, ``calculated`` and
    ``scenario`` say what a figure is; ``first`` to ``fourth`` are for categories, which lines take by
    themselves; ``muted`` steps back.

    Parameters
    ----------
    size : {"column", "page", "full", "web", "phone", "card", "slide"}

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> with style("page") as colours:
    ...     figure, axes = plt.subplots()
    ...     bars = axes.barh(["stated", "worked out"], [3, 2])
    ...     bars[0].set_color(colours["reported"])
    >>> figure.get_size_inches().tolist(), axes.yaxis.get_ticklabels()[0].get_fontsize()
    ([6.25, 4.0], 8.5)
    >>> plt.close(figure)
    """
    from analysis.plotting.house import style as of_size

    return of_size(size)
