"""Results of a theme, and how they become findings: with the words of ``findings.toml`` beside the module."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from analysis.bounds.bounds import Bounds
from analysis.bounds.finding import COUNTED, GRADES, Finding, finding
from analysis.bounds.terms import Input
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records
from analysis.words.catalogue import words_beside
from analysis.words.chinese import in_chinese

FILE = "findings.toml"
SHARED, PERIODS = "shared", "periods"  # tables of the file that are no findings
WORDS = ("label", "label_zh", "period", "note")
FURTHER = ("noun", "noun_zh", "note_zh")  # nouns only where the label is no noun phrase


@dataclass(frozen=True)
class Result:
    """A result without words.

    Parameters
    ----------
    key : str
        Identifier of the finding, ``topic.slug``; of a family of findings with places to fill, such as
        ``{year}``.
    bounds : Bounds
        What it can be.
    values : mapping
        What fills the places of identifier and words.
    grade : str, optional
        Evidence grade, where it does not follow from the inputs.
    at_best : str
        The finding is graded no better, whatever its inputs.
    counted : (int, int), optional
        Of a share of things counted: how many, and of how many.
    """

    key: str
    bounds: Bounds
    values: Mapping[str, object] = field(default_factory=dict)
    grade: str | None = None
    at_best: str = GRADES[0]
    counted: tuple[int, int] | None = None


def result(
    key: str,
    bounds: Bounds,
    *,
    grade: str | None = None,
    at_best: str = GRADES[0],
    **values: object,
) -> Result:
    """A result of a theme; see ``Result``.

    Examples
    --------
    >>> result("labor.income-per-head-{size}", Bounds.exactly(2), size=4).values
    {'size': 4}
    """
    return Result(key, bounds, values, grade, at_best)


def count(
    key: str, sources: Iterable[str], number: int | None = None, *, grade: str | None = None
) -> Result:
    """A number of claims or estimates, or of something that they have, which remembers what it counts.

    Parameters
    ----------
    key : str
        ``topic.slug``.
    sources : iterable of str
        Identifiers of what is counted.
    number : int, optional
        The number, if it is not one for each source.
    grade : str, optional
        As for ``Result``.
    """
    ids = tuple(sorted(sources))
    size = float(len(ids) if number is None else number)
    name = f"{COUNTED}{key.partition('.')[2]}"
    bounds = (
        Bounds.of(Input(name, size, size, size, "", sources=ids)) if ids else Bounds.exactly(size)
    )
    return Result(key, bounds, grade=grade)


def share(key: str, part: int, of: Bounds) -> Result:
    """A share of things counted, which is said as counts where they are few.

    Parameters
    ----------
    key : str
        ``topic.slug``.
    part : int
        How many.
    of : Bounds
        Of how many: an exact count.
    """
    return Result(key, Bounds.exactly(part, of.unit) / of, counted=(part, round(of.value)))


def as_findings(
    results: Callable[[Records], Iterable[Result]],
) -> Callable[[Records], tuple[Finding, ...]]:
    """Turn a function that yields the results of a theme into one that gives its findings.

    Their words stand in ``findings.toml`` in the folder of the function's module: for each identifier
    ``label``, ``label_zh``, ``period``, ``note`` and ``note_zh``, perhaps ``noun`` and ``noun_zh``, with places in braces for values of the result and for
    the texts of ``[shared]`` (of a value in Chinese ``{name_zh}``); ``[periods]`` has the Chinese of periods. A label that is made of words of the
    data has its Chinese there. ``across`` names the series whose break of definition a result crosses.
    Asked again of the same records, they are not calculated again.
    """
    package = results.__module__.rpartition(".")[0]

    @functools.wraps(results)
    @functools.lru_cache(maxsize=4)
    def findings(records: Records) -> tuple[Finding, ...]:
        return tuple(_finding(records, one, package) for one in results(records))

    return findings


def _finding(records: Records, one: Result, package: str) -> Finding:
    said = _said(one, package)
    topic, _, slug = one.key.partition(".")
    across = tuple(words_beside(package, FILE)[topic][slug].get("across", "").split())
    further = {name: said.pop(name) for name in FURTHER}
    made = finding(records, one.bounds, one.key.format(**one.values), across=across, **said)
    grade = made.evidence_grade if one.grade is None else one.grade
    graded = max(grade, one.at_best, key=GRADES.index)
    return dataclasses.replace(
        made,
        evidence_grade=graded,
        counted=one.counted,
        noun=further["noun"],
        noun_zh=further["noun_zh"],
        note_zh=further["note_zh"],
    )


def _said(one: Result, package: str) -> dict[str, str]:
    """The words of a result, with their places filled."""
    table, known = words_beside(package, FILE), keys_beside(package)
    if one.key not in known:
        raise UnknownIdError(f"finding in {FILE} of {package}", one.key, known)
    topic, _, slug = one.key.partition(".")
    chinese = {f"{name}_zh": in_chinese(str(value)) for name, value in one.values.items()}
    filled = {**table.get(SHARED, {}), **one.values, **chinese}
    said = {name: table[topic][slug].get(name, "").format(**filled) for name in (*WORDS, *FURTHER)}
    if not said["label_zh"] and (label := in_chinese(said["label"])) != said["label"]:
        said["label_zh"] = label
    return {**said, "period_zh": table.get(PERIODS, {}).get(said["period"], "")}


def keys_beside(package: str) -> tuple[str, ...]:
    """The keys of all results that have words in the ``findings.toml`` of a package."""
    return tuple(
        f"{topic}.{slug}"
        for topic, entries in words_beside(package, FILE).items()
        if topic not in (SHARED, PERIODS)
        for slug in entries
    )
