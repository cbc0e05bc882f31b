"""Everything that is checked in one run: tables, codings, blanks, uses of the series, conflicts, drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.records.blanks import blanks
from analysis.records.coding import coding_problems
from analysis.records.collection import collection
from analysis.records.definitions import definition_problems
from analysis.records.drafts import drafts
from analysis.records.errors import AnalysisError, Problem
from analysis.records.files import text_of
from analysis.records.load import load, problems
from analysis.records.lock import lock_problems
from analysis.records.outlets import outlet_problems
from analysis.records.paths import PACKAGE, PROJECT, data_folder, is_own
from analysis.records.schema import BLANK


@dataclass(frozen=True)
class Checked:
    """What a run of all checks found.

    Parameters
    ----------
    problems : tuple of Problem
        Empty where the data are sound.
    drafts : tuple of str
        Each draft with what is still to be filled in; drafts stop nothing.
    untranslated : tuple of str
        Words of the claims that the Chinese pages show in English, in brackets.
    conflicts : tuple of str
        Known conflicts of official figures; empty where there are problems.
    differences : tuple of str
        Known differences in which no conflict is shown; empty where there are problems.
    sizes : str
        How many rows there are, in words; empty where there are problems.
    """

    problems: tuple[Problem, ...]
    drafts: tuple[str, ...]
    untranslated: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    sizes: str = ""


def checked() -> Checked:
    """Run all checks of the data folder and, where it is the project's own, of the project."""
    data = data_folder()
    found = [*problems(), *blanks()] or [*lock_problems(data), *problems_between(data)]
    unfinished = tuple(_drafts(data))
    if found:
        return Checked(tuple(found), unfinished)
    from analysis.publish.site.words import untranslated
    from analysis.themes.claims_audit.findings import known_differences

    records = load()
    conflicts, differences = known_differences(records)
    series = f"{len(records.series)} observations of {records.series['series_id'].nunique()} series"
    return Checked(
        (),
        unfinished,
        tuple(untranslated(records)) if collection().own else (),
        tuple(conflicts),
        tuple(differences),
        f"{len(records.claims)} claims of {len(records.sources)} sources, {series}, {len(records.comparisons)} comparisons of a claim with another figure",
    )


def problems_between(data: Path, coding: Path | None = None) -> list[Problem]:
    """Problems of sound tables with the codings, with what uses them, and with each other.

    Parameters
    ----------
    data : Path
        The data folder.
    coding : Path, optional
        The folder of the codings; by default ``docs/coding``, for the project's own data only.
    """
    from analysis.provenance.catalog import use_problems
    from analysis.themes.claims_audit.findings import conflict_problems

    coded = coding_problems(coding, data / "claims.csv") if coding or is_own(data) else []
    own = is_own(data)
    hosts = [*outlet_problems(data), *definition_problems(load(data))] if own else []
    return [*coded, *hosts, *use_problems(load(data)), *conflict_problems(load(data))]


def _drafts(data: Path) -> list[str]:
    try:
        return [str(draft) for draft in drafts(data).values()]
    except AnalysisError as error:
        return [str(error)]


def places(found: Iterable[Problem]) -> str:
    """In which folder of the data or of the project the problems lie; how many in each, where there are several."""
    data = data_folder()
    files = Counter(problem.file for problem in found)
    folders: Counter[Path] = Counter()
    for file, number in files.items():
        folders[(PROJECT / file).parent if (PROJECT / file).is_file() else data] += number
    if len(folders) == 1:
        return f" in {next(iter(folders))}"
    return ": " + ", ".join(f"{number} in {folder}" for folder, number in folders.items())


def unfinished_charts(chart_ids: Iterable[str]) -> list[str]:
    """Those of the charts whose module still holds a blank, in their order."""
    from analysis.themes.charts import definition

    modules = {
        name: PACKAGE.parent / f"{definition(name).make.__module__.replace('.', '/')}.py"
        for name in chart_ids
    }
    return [name for name, path in modules.items() if BLANK in text_of(path)]
