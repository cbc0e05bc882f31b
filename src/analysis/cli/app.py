"""The application of the command line, and what its commands share."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.records.errors import MOST_LINES, AnalysisError, Problem, grouped
from analysis.records.paths import data_folder

REPORTED = MOST_LINES - 1  # lines of problems; one more says how many there are

app = typer.Typer(
    help="Official claims on China's commerce-led poverty reduction: data, notebooks, charts.\n\nExample: analysis export canton-fair-break-even --lang zh --format png",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _options(
    data: Annotated[
        str | None, typer.Option(help="Another data folder than the project's.", metavar="DIR")
    ] = None,
) -> None:
    if data is not None:
        os.environ["ANALYSIS_DATA"] = str(Path(data).resolve())
        data_folder()


def parts(text: str, option: str) -> list[str]:
    """What an option names, separated by commas, each once; raises AnalysisError if that is nothing."""
    found = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not found:
        raise AnalysisError(f"{option} names nothing; give one or more, separated by commas")
    return found


def many(number: int, noun: str) -> str:
    """A number with its noun: 1 file, 2 files."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


Every = Annotated[bool, typer.Option("--all", help="List each problem, not each kind once.")]
AsJson = Annotated[bool, typer.Option("--json", help="All problems as JSON, on stdout.")]


def report(
    problems: Sequence[Problem],
    command: str,
    *,
    every: bool,
    as_json: bool,
    drafts: Sequence[str] | None = None,
) -> None:
    """Say what is wrong: each kind of problem on stderr, every problem with ``--all``, or all of it as JSON."""
    if as_json:
        found = {"problems": [dataclasses.asdict(problem) for problem in problems]}
        more = {} if drafts is None else {"drafts": list(drafts)}
        typer.echo(json.dumps(found | more, ensure_ascii=False, indent=2))
        return
    folder = os.environ.get("ANALYSIS_DATA")
    listed_by = f"analysis{f' --data {folder}' if folder else ''} {command} --all"
    lines = map(str, problems) if every else grouped(problems, listed_by=listed_by, most=REPORTED)
    typer.echo("\n".join(lines), err=True)


@contextlib.contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr; yields the function that moves it by one."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
