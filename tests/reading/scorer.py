"""How far readings agree with coded figures: value, unit and bound, page by page.

The rules are those of a coder's sheet: a figure ``must`` be found, ``may`` be, and everything else
that is given as a figure is false. ``at_least`` and ``more_than`` count as alike.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FIXED = frozenset(
    {
        "CNY",
        "USD",
        "GBP",
        "INR",
        "persons",
        "percent",
        "percentage points",
        "households",
        "counties",
    }
)
POWERS = (1e1, 1e2, 1e3, 1e4, 1e6, 1e8)


@dataclass
class Score:
    """Counts over pages, from which precision, recall and F1 follow."""

    must: int = 0
    found: int = 0
    values: int = 0
    units: int = 0
    bounds: int = 0
    hedged: int = 0
    hedged_right: int = 0
    false: int = 0
    magnitude: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add the counts of another page."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def f1(self, right: int) -> float:
        """Return F1 of so many right ones."""
        made = self.found + self.false
        precision = right / made if made else 0.0
        recall = right / self.must if self.must else 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    def line(self) -> str:
        """Return the score in one line."""
        return (
            f"must {self.must} found {self.found} false {self.false} magnitude {self.magnitude} | "
            f"F1 value {self.f1(self.values):.3f}, value + unit {self.f1(self.units):.3f} | "
            f"bounds {self.bounds}/{self.values}, hedged {self.hedged_right}/{self.hedged}"
        )


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of one table beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def pages(folder: Path) -> dict[str, str]:
    """Return the texts of a folder whose digests are those of ``pages.csv``; nobody has them all."""
    found = {}
    for row in rows("pages.csv"):
        path = folder / f"{row['page']}.txt"
        if not path.is_file():
            continue
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != row["sha256"]:
            raise ValueError(f"{path.name} is another text than the one coded: its digest differs")
        found[row["page"]] = content.decode("utf-8")
    return found


def _number(text: str) -> float | None:
    return float(text) if text else None


def _near(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and abs(abs(a) - abs(b)) <= 1e-6 * max(1.0, abs(b))


def _value_right(made: Any, gold: dict[str, str]) -> bool:
    low, high = _number(gold["low"]), _number(gold["high"])
    if gold["bound"] == "range":
        return _near(made.low, low) and _near(made.high, high)
    value = low if low is not None else high
    if made.low == made.high:
        return _near(made.low, value)
    if gold["bound"] in ("more_than", "at_least"):
        return _near(made.low, value)
    return gold["bound"] in ("fewer_than", "nearly", "at_most") and _near(made.high, value)


def _unit_right(made: str, gold: str) -> bool:
    if made == gold:
        return True
    return gold not in FIXED and bool(made) and (made[:5] in gold or gold in made)


def page_score(made: Iterable[Any], gold: list[dict[str, str]], text: str) -> Score:
    """Score the candidates of one page against its coded figures."""
    one, used = Score(), set()
    candidates = list(made)
    for row in (row for row in gold if row["score"] == "must"):
        one.must += 1
        one.hedged += row["bound"] != "exact"
        start, end = int(row["start"]), int(row["end"])
        near = text[max(0, start - 10) : end + 12].replace("\n", " ")
        at = [
            i for i, c in enumerate(candidates) if i not in used and c.start < end and c.end > start
        ]
        if not at:
            one.notes.append(f"missed {near!r}")
            continue
        one.found += 1
        best = min(at, key=lambda i: not _value_right(candidates[i], row))
        used |= set(at) if row["bound"] == "range" else {best}
        _compare(one, candidates[best], row, near)
    for i, c in enumerate(candidates):
        if i not in used and not _may(c, gold):
            one.false += 1
            one.notes.append(
                f"false {text[max(0, c.start - 10) : c.end + 12]!r} {c.low} {c.unit!r}"
            )
    return one


def _compare(one: Score, made: Any, row: dict[str, str], near: str) -> None:
    if not _value_right(made, row):
        value = _number(row["low"]) or _number(row["high"])
        lows = [x for x in (made.low, made.high) if x]
        one.magnitude += any(
            _near(x * p, value) or _near(x, (value or 0) * p) for x in lows for p in POWERS
        )
        one.notes.append(f"value {near!r}: {made.low}..{made.high} for {row['low']}..{row['high']}")
        return
    one.values += 1
    unit = _unit_right(made.unit, row["unit"])
    bound = made.bound == row["bound"] or {made.bound, row["bound"]} <= {"at_least", "more_than"}
    one.units += unit
    one.bounds += bound
    one.hedged_right += bound and row["bound"] != "exact"
    if not (unit and bound):
        one.notes.append(
            f"detail {near!r}: {made.bound} {made.unit!r} for {row['bound']} {row['unit']!r}"
        )


def _may(made: Any, gold: list[dict[str, str]]) -> bool:
    return any(
        row["score"] == "may" and made.start < int(row["end"]) and made.end > int(row["start"])
        for row in gold
    )


def score(folder: Path, read: Callable[[str], list[Any]]) -> dict[str, Score]:
    """Score a reader on every page of a folder: one score a page."""
    gold = rows("gold.csv")
    return {
        page: page_score(read(text), [row for row in gold if row["page"] == page], text)
        for page, text in pages(folder).items()
    }


def total(scores: dict[str, Score], language: str, held_out: str) -> Score:
    """Add up the pages of one language and part: ``no`` (tuned on), ``yes`` or ``fresh``."""
    whole = Score()
    for row in rows("pages.csv"):
        if (row["language"], row["held_out"]) == (language, held_out) and row["page"] in scores:
            whole.add(scores[row["page"]])
    return whole


def agreement(first: list[dict[str, str]], second: list[dict[str, str]]) -> dict[str, int]:
    """Return how many spans two codings share, and on how many of them they agree."""
    found = dict.fromkeys(("spans", "values", "bounds", "units", "scores"), 0)
    for row in second:
        same = [one for one in first if one["page"] == row["page"] and _overlap(one, row)]
        if not same:
            continue
        one = same[0]
        found["spans"] += 1
        found["values"] += all(_number(one[end]) == _number(row[end]) for end in ("low", "high"))
        found["bounds"] += one["bound"] == row["bound"]
        found["units"] += one["unit"] == row["unit"]
        found["scores"] += one["score"] == row["score"]
    return found


def _overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    return int(one["start"]) < int(other["end"]) and int(one["end"]) > int(other["start"])
