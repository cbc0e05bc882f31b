"""Moving finished drafts into the tables: whole, or not at all, and only where the check passes on the result."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from analysis.cli.new.files import Made
from analysis.cli.new.rows import again
from analysis.records.coding import COMPARED, DECISIONS, FILES, FOLDER
from analysis.records.drafts import (
    CLAIMS,
    SECOND,
    Draft,
    Row,
    drafts,
    homes,
    with_drafts,
    without_drafts,
)
from analysis.records.drafts import FOLDER as DRAFTS
from analysis.records.errors import DataError, Problem, UnknownIdError, grouped
from analysis.records.files import text_of, with_rows
from analysis.records.load import problems
from analysis.records.lock import LOCK, changes, lock_problems, lock_text
from analysis.records.paths import data_folder, is_own
from analysis.records.schema import BLANK


def accepted(identifiers: Sequence[str]) -> Made:
    """Finished drafts, moved into the tables: whole, or not at all.

    Where the two coders of a claim differ, a row for each such cell is added to the drafts of decisions.

    Parameters
    ----------
    identifiers : sequence of str
        Of drafts; a source and its claims may move together.

    Raises
    ------
    DataError
        With every blank that is left, and every problem that the check finds in the result.
    UnknownIdError
        If there is no such draft.
    """
    data = data_folder()
    known = drafts(data)
    for name in identifiers:
        if name not in known:
            raise UnknownIdError("draft", name, known)
    chosen = [known[name] for name in dict.fromkeys(identifiers)]
    if left := [problem for draft in chosen for problem in draft.problems] or lock_problems(data):
        raise DataError(left)
    added: dict[Path, list[Row]] = {}
    for draft in chosen:
        for path, rows in _finished(data, draft).items():
            added.setdefault(path, []).extend(rows)
    files = {path: with_rows(text_of(path), rows) for path, rows in added.items()}
    files |= _checked(data, files, chosen)
    then = (
        "analysis verify --texts DIR --source ID    (holds the words against the paragraph)",
        *again("make update-notebooks update-known, then make test"),
    )
    return Made(files | without_drafts(data, identifiers), (), then)


def recorded() -> tuple[Made, list[str]]:
    """The record of the data as they are, and what has changed since the last one, in lines.

    Raises
    ------
    DataError
        With every problem of the data themselves: what is not sound is not recorded.
    """
    data = data_folder()
    if found := problems():
        raise DataError(found)
    first = not (data / LOCK).is_file()
    changed = ["The data are recorded for the first time."] if first else grouped(changes(data))
    return Made({data / LOCK: lock_text(data)}, (), ()), changed


def undecided(identifiers: Sequence[str]) -> Made:
    """A row of the drafts of decisions, with blanks, for each cell in which the coders of finished drafts differ."""
    data = data_folder()
    rows = []
    for draft in (one for name, one in drafts(data).items() if name in identifiers):
        first, second, decided = _codings(draft)
        rows += [
            {
                "claim_id": draft.identifier,
                "second_id": draft.identifier,
                "column": column,
                "first": first[column],
                "second": second[column],
                "adjudicated": BLANK,
                "reason": BLANK,
            }
            for column in COMPARED
            if second and not draft.problems and first[column] != second[column]
            if column not in decided
        ]
    files = with_drafts(data, {DECISIONS: rows}) if rows else {}
    return Made(files, (), ())


def _codings(draft: Draft) -> tuple[Row, Row, Row]:
    """The rows of the first and the second coder, and what was decided by column; empty where there are none."""
    first, second = (next(iter(draft.rows.get(file, {}).values()), {}) for file in (CLAIMS, SECOND))
    decided = draft.rows.get(DECISIONS, {}).values()
    return first, second, {row["column"]: row["adjudicated"] for row in decided}


def _finished(data: Path, draft: Draft) -> dict[Path, list[Row]]:
    """The rows that each table gets; the first coder's is the draft itself, the claim has what was decided."""
    tables = {homes(data)[file]: list(rows.values()) for file, rows in draft.rows.items()}
    first, second, decided = _codings(draft)
    if first and is_own(data):
        tables[data / CLAIMS] = [first | decided]
        tables[FOLDER / FILES[0]] = [first]
        if second:
            match = {"claim_id": draft.identifier, "second_id": draft.identifier}
            tables[FOLDER / FILES[2]] = [match]
    return tables


def _checked(data: Path, files: Mapping[Path, str], chosen: Iterable[Draft]) -> dict[Path, str]:
    """Run all checks on a copy of the data and codings with these files; the agreement and the record that follow."""
    from analysis.verbs.checking import problems_between
    from analysis.verbs.codings import README, agreement_text

    with tempfile.TemporaryDirectory() as place:
        copies = {data: Path(place, "data"), FOLDER: Path(place, "coding")}
        for folder, copy in copies.items():
            shutil.copytree(folder, copy)
        for path, text in files.items():
            (copies[path.parent] / path.name).write_text(text, "utf-8")
        copy, coding = copies[data], copies[FOLDER] if is_own(data) else None
        if found := problems(copy) or problems_between(copy, coding):
            raise DataError([_in_drafts(problem, chosen) for problem in found])
        coded = any(path.parent == FOLDER for path in files)
        made = {README: agreement_text(coding)} if coded else {}
        locked = (data / LOCK).is_file()
        return made | ({data / LOCK: lock_text(copy, coding)} if locked else {})


def _in_drafts(problem: Problem, chosen: Iterable[Draft]) -> Problem:
    """A problem of the result, at the place of the draft that it comes from."""
    file = Path(problem.file).name
    for draft in chosen:
        if problem.key == draft.identifier and (rows := draft.rows.get(file)):
            return dataclasses.replace(problem, file=f"{DRAFTS}/{file}", row=next(iter(rows)))
    return problem
