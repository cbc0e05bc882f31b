"""A folder of files into one table of candidates: streamed, resumed after a kill, on many cores."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from analysis.reading.documents import UnreadableError, read_document, rows_of
from analysis.reading.journal import Journal, Outcome
from analysis.records.errors import AnalysisError

_JSON = json.JSONEncoder(ensure_ascii=False).encode
BATCH = 16  # files that a worker is given at a time


@dataclass(frozen=True, slots=True)
class Archived:
    """What an archive run made.

    Attributes
    ----------
    out : Path
        The table.
    files : int
        Files read in all, those of earlier runs included.
    unreadable : int
        How many of them could not be read.
    candidates : int
        Rows of the table.
    """

    out: Path
    files: int
    unreadable: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: files ``done`` (``before`` of them by an earlier run) of ``total``."""

    done: int
    total: int
    before: int
    unreadable: int


Said = Callable[[Progress, Outcome | None], None]
Task = tuple[str, str]  # the path in the archive, and the path to open


def archive(
    folder: Path,
    out: Path,
    *,
    everything: bool = False,
    workers: int = 1,
    scheduler: str = "",
    said: Said = lambda progress, outcome: None,
) -> Archived:
    """Read every file under a folder, and write the candidates as one Parquet table.

    A run that was killed goes on where it was: a file whose candidates were kept is not read again.
    Hidden files are passed over; links to folders are not followed. Memory is bounded by the largest
    file, not by how many there are.

    Parameters
    ----------
    folder, out : Path
    everything : bool, default False
        Dates, ordinals, labels and names too.
    workers : int, default 1
        Processes of a local Dask cluster; 1 reads in this process.
    scheduler : str, optional
        Address of a Dask scheduler to use instead.
    said : callable, optional
        Called once with None at the start, and after each file is kept.

    Raises
    ------
    AnalysisError
        If the folder does not exist or holds no file, the journal is of another run, or the workers
        cannot be had.
    """
    if not folder.is_dir():
        raise AnalysisError(f"{folder} is no folder")
    folder, out = folder.resolve(), out.resolve()
    total = sum(1 for _ in files_under(folder, out))
    if not total:
        raise AnalysisError(f"{folder} holds no files")
    run = {"folder": str(folder), "everything": str(everything)}
    with closing(Journal(out, run)) as journal:
        before = unreadable = 0
        for _, problem in journal.ended():
            before, unreadable = before + 1, unreadable + bool(problem)
        done, total = before, max(total, before)
        said(Progress(done, total, before, unreadable), None)
        tasks = _left(files_under(folder, out), (file for file, _ in journal.ended()))
        for outcome in _outcomes(tasks, everything, workers, scheduler, str(folder)):
            journal.add(outcome)
            done, unreadable = done + 1, unreadable + bool(outcome.problem)
            said(Progress(done, total, before, unreadable), outcome)
        return Archived(out, done, unreadable, journal.merge())


def files_under(folder: Path, out: Path) -> Iterator[Task]:
    """Yield the files under a folder in the order of their paths, without the table and its parts."""
    return _walk(str(folder), "", {str(out), f"{out}.parts"})


def _walk(folder: str, prefix: str, left_out: set[str]) -> Iterator[Task]:
    """Files of a folder and of those in it; one that cannot be listed is given as it is, to be named."""
    try:
        entries = [
            (f"{_named(one.name)}{'/' * one.is_dir(follow_symlinks=False)}", one.path)
            for one in os.scandir(folder)
            if not one.name.startswith(".") and one.path not in left_out
        ]
    except OSError:
        yield prefix.rstrip("/"), folder
        return
    for name, path in sorted(entries):
        if name.endswith("/"):
            yield from _walk(path, prefix + name, left_out)
        elif os.path.isfile(path) or not os.path.exists(path):  # no pipe; a broken link is named
            yield prefix + name, path


def _named(name: str) -> str:
    """A name that any text can hold, whatever its bytes."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _left(tasks: Iterable[Task], ended: Iterator[str]) -> Iterator[Task]:
    """Tasks that are not ended; both come in the order of their paths, so that neither is held."""
    last = next(ended, None)
    for task in tasks:
        while last is not None and last < task[0]:
            last = next(ended, None)
        if task[0] != last:
            yield task


def _outcomes(
    tasks: Iterator[Task], everything: bool, workers: int, scheduler: str, folder: str
) -> Iterator[Outcome]:
    if workers <= 1 and not scheduler:
        return (outcome_of(task, everything) for task in tasks)
    from analysis.reading.cluster import on_cluster

    batches = iter(lambda: list(itertools.islice(tasks, BATCH)), [])
    return on_cluster(batches, everything, workers=workers, scheduler=scheduler, folder=folder)


def outcome_of(task: Task, everything: bool) -> Outcome:
    """Return what reading one file gives; whatever goes wrong is its problem."""
    file, path = task
    try:
        document = read_document(Path(path))
        rows = rows_of(document, everything=everything)
    except UnreadableError as error:
        return Outcome(file, problem=str(error))
    except Exception as error:  # a fault of the reader in one file must not end a run of days
        return Outcome(file, problem=f"the reader failed ({type(error).__name__}: {error})")
    lines = (_JSON({"file": file, **row}) for row in rows)
    return Outcome(file, "".join(f"{line}\n" for line in lines), note=document.note)
