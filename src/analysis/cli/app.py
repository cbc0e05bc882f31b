"""The application of the command line, and what its commands share."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from analysis import RELEASED, __version__
from analysis.records.errors import (
    MOST_LINES,
    AnalysisError,
    Problem,
    grouped,
    on_one_line,
    visible,
)
from analysis.records.paths import data_folder

QUIET = "ANALYSIS_QUIET"  # set by --quiet
REPORTED = MOST_LINES - 1  # lines of problems; one more says how many there are


class _Plain(TyperGroup):
    """All commands; what is wrong with a command line is said without what a terminal obeys."""

    def make_context(self, *args: Any, **more: Any) -> Any:
        """What the options before a command say."""
        with _plainly():
            return super().make_context(*args, **more)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named."""
        with _plainly():
            return super().invoke(ctx)


@contextlib.contextmanager
def _plainly() -> Iterator[None]:
    try:
        yield
    except TyperException as error:
        error.message = on_one_line(error.message)
        raise


app = typer.Typer(
    cls=_Plain,
    help="Official claims on China's commerce-led poverty reduction: data, notebooks, charts.\n\nExample: analysis export canton-fair-break-even --lang zh --format png\n\nExit codes: 0 all is well; 1 something was found (a problem, a difference, a failed test); 2 the command cannot do what it was asked; 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def say(text: str, *, nl: bool = True, err: bool = False) -> None:
    """Print a text, as every command does: no name or cell reaches a terminal as an order."""
    typer.echo(visible(text), nl=nl, err=err)


def _version(wanted: bool) -> None:
    if wanted:
        say(f"analysis {__version__} ({RELEASED})")
        raise typer.Exit


@app.callback()
def _options(
    data: Annotated[
        str | None,
        typer.Option(
            help="Your own collection, or another data folder; also ANALYSIS_DATA in the environment.",
            metavar="DIR",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress bars; results and errors only.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    if quiet:
        os.environ[QUIET] = "1"
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
        say(json.dumps(found | more, ensure_ascii=False, indent=2))
        return
    folder = os.environ.get("ANALYSIS_DATA")
    listed_by = f"analysis{f' --data {shlex.quote(folder)}' if folder else ''} {command} --all"
    lines = map(str, problems) if every else grouped(problems, listed_by=listed_by, most=REPORTED)
    say("\n".join(lines), err=True)


def fitted(table: str) -> str:
    """A table whose lines end at the edge of the terminal; as it is where it goes to a file or a pipe."""
    if not sys.stdout.isatty():
        return table
    from analysis.words.wording import display_width

    width = shutil.get_terminal_size().columns
    lines = []
    for line in table.split("\n"):
        while display_width(line) > width:
            line = f"{line.removesuffix('…')[:-1]}…"
        lines.append(line)
    return "\n".join(lines)


def quiet() -> bool:
    """Whether progress stays unsaid: with ``--quiet``."""
    return QUIET in os.environ


@contextlib.contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr; yields the function that moves it by one."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), disable=quiet()) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
