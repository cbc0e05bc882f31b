"""The command that reads figures out of texts: read."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.app import app, many, say
from analysis.records.errors import AnalysisError

if TYPE_CHECKING:
    from analysis.reading.archive import Progress
    from analysis.reading.journal import Outcome

UPDATES = 100  # lines of progress of an archive, at most


@app.command()
def read(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="Text, Markdown, HTML, PDF or Word; or one folder, with --out."
        ),
    ],
    form: Annotated[
        str | None,
        typer.Option("--format", help="table (the default), csv or json.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write: .csv or .json; of a folder, .parquet.")
    ] = None,
    review: Annotated[
        bool, typer.Option("--review", help="Ask about each figure of one file; keep the accepted.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Dates, ordinals, labels and names too.")
    ] = False,
    workers: Annotated[
        int, typer.Option(min=1, help="Processes for a folder (more than 1 need Dask).")
    ] = 1,
    scheduler: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask scheduler for a folder: tcp://HOST:PORT.")
    ] = "",
) -> None:
    """Read the figures out of texts in English and Chinese, for a person to accept.

    Each has its paragraph, at most eight words as stated, low and high (empty: open), bound, unit, who
    is counted, when and where, and how sure the reading is. Of a folder, all files are read into one
    Parquet table; a run that was stopped goes on when the command is given again.

    Example: analysis read briefing.pdf --format csv --out candidates.csv

    Example: analysis read briefing.txt --review --out accepted.csv

    Example: analysis read texts --out candidates.parquet --workers 4
    """
    if review:
        _review(files, out)
        return
    if any(file.is_dir() for file in files):
        unreadable = _folder(
            files, form, out, everything=everything, workers=workers, scheduler=scheduler
        )
    elif workers > 1 or scheduler:
        raise AnalysisError("--workers and --scheduler are for a folder; files are read one by one")
    else:
        unreadable = _files(files, form, out, everything)
    if unreadable:
        raise typer.Exit(1)


def _review(files: list[Path], out: Path | None) -> None:
    """Ask about each candidate of one file, and write or print the rows that were accepted."""
    from analysis.cli.review_candidates import review_in_terminal
    from analysis.reading import read as candidates
    from analysis.reading.documents import UnreadableError, read_document
    from analysis.records.files import for_spreadsheet, write_whole

    def aside(line: str, nl: bool = True) -> None:
        say(line, err=True, nl=nl)  # so that what is printed is the accepted rows alone

    def ask(question: str) -> str:
        aside(question, nl=False)
        return input()

    if len(files) != 1 or files[0].is_dir():
        raise AnalysisError("--review asks about the figures of one file")
    if out is not None and out.suffix != ".csv":
        raise AnalysisError("--review writes the accepted rows as CSV, as in --out accepted.csv")
    try:
        document = read_document(files[0])
    except UnreadableError as error:
        raise AnalysisError(f"{files[0]}: {error}") from None
    if document.note:
        aside(f"{files[0]}: {document.note}")
    done = review_in_terminal(candidates(document.text), document.text, ask, aside)
    if out is None:
        say(done.csv(), nl=False)
    else:
        written = write_whole(out, for_spreadsheet(done.csv()))
        say(f"{many(len(done.accepted), 'accepted row')} in {written}")


def _files(files: list[Path], form: str | None, out: Path | None, everything: bool) -> int:
    from analysis.reading.documents import UnreadableError, read_document, rows_of
    from analysis.records.files import write_whole
    from analysis.tidy.candidates import candidates_as_text, form_of, names_of

    form = form_of(form, out)
    found, unreadable = {}, 0
    for name, file in zip(names_of(files), files, strict=True):
        try:
            document = read_document(file)
        except UnreadableError as error:
            say(f"{file}: {error}", err=True)
            unreadable += 1
            continue
        if document.note:
            say(f"{file}: {document.note}", err=True)
        found[name] = rows_of(document, everything=everything)
    text = candidates_as_text(found, form, width=shutil.get_terminal_size().columns)
    if out is None:
        say(text, nl=False)
    else:
        number = sum(map(len, found.values()))
        say(f"{many(number, 'candidate')} in {write_whole(out, text.encode())}")
    return unreadable


def _folder(
    files: list[Path],
    form: str | None,
    out: Path | None,
    *,
    everything: bool,
    workers: int,
    scheduler: str,
) -> int:
    from analysis.reading.archive import archive

    if len(files) > 1:
        raise AnalysisError("of folders, one is read at a time, and no file beside it")
    if out is None or out.suffix != ".parquet" or form not in (None, "parquet"):
        raise AnalysisError(
            f"{files[0]} is a folder: name the table to make of it, as in --out candidates.parquet"
        )
    made = archive(
        files[0], out, everything=everything, workers=workers, scheduler=scheduler, said=_said
    )
    say(
        f"{many(made.candidates, 'candidate')} of {many(made.files, 'file')} in {out}, {made.unreadable} unreadable"
    )
    return made.unreadable


def _said(progress: Progress, outcome: Outcome | None) -> None:
    """Say on stderr what could not be read, and now and then how far the run is."""
    if outcome is None and progress.before:
        before = f"{progress.before:,} of {progress.total:,} files were read before"
        say(f"{before}, {progress.unreadable} of them unreadable", err=True)
    if outcome and outcome.problem:
        say(f"{outcome.file}: {outcome.problem}", err=True)
    if progress.done % max(progress.total // UPDATES, 50) == 0 or progress.done == progress.total:
        say(f"{progress.done:,} of {progress.total:,} files read", err=True)
