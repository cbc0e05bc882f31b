"""What changed between two editions: claims, findings, charts and sentences, before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

import pandas as pd

from analysis.provenance.snapshot import Items, Value
from analysis.publish.edition import Cell, Edition
from analysis.words.wording import Table

FORMATS = ("table", "markdown", "json")
ADDED, REMOVED = "added", "removed"
CONTEXT = 3  # words on each side of what changed in a text
KINDS = {
    "counts": "count",
    "claims": "claim",
    "findings": "finding",
    "scenarios": "scenario",
    "charts": "chart",
}


@dataclass(frozen=True)
class Change:
    """One value that differs.

    Parameters
    ----------
    kind : str
        "count", "claim", "finding", "chart" or "sentence".
    name : str
        Its identifier; of a sentence, the notebook and the cell.
    field : str
        What differs, or "added" or "removed".
    before, after : str
        Empty where there is nothing.
    """

    kind: str
    name: str
    field: str
    before: str
    after: str


def changes(before: Edition, after: Edition) -> tuple[Change, ...]:
    """Every difference between two editions, in what both of them hold."""
    kinds = [kind for kind in KINDS if kind in before.items and kind in after.items]
    found = [
        change
        for kind in kinds
        for change in item_changes(KINDS[kind], before.items[kind], after.items[kind])
    ]
    if before.sentences:
        found += _sentence_changes(before.sentences, after.sentences)
    return tuple(found)


def item_changes(kind: str, before: Items, after: Items) -> Iterator[Change]:
    """Items that were added, removed, or have other values.

    Examples
    --------
    >>> list(item_changes("count", {"claims": {"rows": 23}}, {"claims": {"rows": 24}}))
    [Change(kind='count', name='claims', field='rows', before='23', after='24')]
    """
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name, {}), after.get(name, {})
        if name not in before:
            yield Change(kind, name, ADDED, "", _first(new))
        elif name not in after:
            yield Change(kind, name, REMOVED, _first(old), "")
        else:
            for field in dict.fromkeys([*old, *new]):
                if old.get(field) != new.get(field):
                    yield Change(kind, name, field, _text(old, field), _text(new, field))


def _first(item: dict[str, Value]) -> str:
    return _text(item, next(iter(item), ""))


def _text(item: dict[str, Value], field: str) -> str:
    if field not in item:
        return ""
    value = item[field]
    if value is None:
        return "open"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _sentence_changes(
    before: dict[str, list[Cell]], after: dict[str, list[Cell]]
) -> Iterator[Change]:
    for notebook in dict.fromkeys([*before, *after]):
        for old, new in _pairs(before.get(notebook, []), after.get(notebook, [])):
            if (old and old.text) != (new and new.text):
                place = (new or old or Cell(0, "", "")).place
                field = "text" if old and new else ADDED if new else REMOVED
                texts = (cell.text if cell else "" for cell in (old, new))
                yield Change("sentence", f"{notebook}, cell {place}", field, *texts)


def _pairs(before: list[Cell], after: list[Cell]) -> Iterator[tuple[Cell | None, Cell | None]]:
    """Sentences of a notebook side by side: those with the same code, and what replaced the others."""
    matcher = SequenceMatcher(
        None, [cell.code for cell in before], [cell.code for cell in after], autojunk=False
    )
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield from zip_longest(before[start:end], after[new_start:new_end])


def as_text(found: Sequence[Change], form: str, *, base: str, missing: Sequence[str] = ()) -> str:
    """Changes in one of the forms, with a line end.

    Parameters
    ----------
    found : sequence of Change
    form : {"table", "markdown", "json"}
        Tables show the part of a text that differs, JSON shows all of it.
    base : str
        What the present edition is compared with.
    missing : sequence of str
        Kinds that the base does not hold.
    """
    if form == "json":
        made = {"base": base, "not_compared": [*missing], "changes": [asdict(one) for one in found]}
        return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    counts = pd.Series([one.kind for one in found], dtype=str).value_counts(sort=False)
    summary = ", ".join(f"{number} in {kind}s" for kind, number in counts.items()) or "none"
    lines = [f"Changes since {base}: {summary}."]
    if missing:
        lines.append(f"Not compared, because {base} does not hold them: {', '.join(missing)}.")
    if found:
        rows = [(one.kind, one.name, one.field, *excerpts(one.before, one.after)) for one in found]
        frame = pd.DataFrame(rows, columns=["kind", "name", "field", "before", "after"])
        lines += ["", _markdown(frame) if form == "markdown" else repr(Table(frame))]
    return "\n".join(lines) + "\n"


def excerpts(before: str, after: str) -> tuple[str, str]:
    """The part in which two texts differ, with a few words on each side.

    Examples
    --------
    >>> excerpts("The fair reported deals of at least 120 yuan a year", "The fair reported deals of at least 123 yuan a year")
    ('… of at least 120 yuan a year', '… of at least 123 yuan a year')
    """
    if not before or not after:
        return before, after
    old, new = before.split(" "), after.split(" ")
    start = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), len(old))
    rest = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    end = next((i for i, (a, b) in enumerate(rest) if a != b), min(len(old), len(new)) - start)
    return _excerpt(old, start, end), _excerpt(new, start, end)


def _excerpt(words: list[str], start: int, end: int) -> str:
    first, last = max(start - CONTEXT, 0), min(len(words) - end + CONTEXT, len(words))
    shown = words[first:last]
    return " ".join(["…"] * (first > 0) + shown + ["…"] * (last < len(words)))


def _markdown(frame: pd.DataFrame) -> str:
    rows = [frame.columns, ["---"] * len(frame.columns), *frame.itertuples(index=False)]
    return "\n".join("| " + " | ".join(map(_markdown_cell, row)) + " |" for row in rows)


def _markdown_cell(text: str) -> str:
    """A cell in which no character of Markdown, HTML or formulas is one."""
    return "".join(
        f"\\{sign}" if sign in r"\|`*_<>[]$~" else sign for sign in " ".join(text.split())
    )
