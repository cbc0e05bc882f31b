"""The command line: modules for commands that look, make, query, read and begin, for the site, and for a causal design."""

from __future__ import annotations

import re
import sys
from typing import NoReturn

# imported, they register their commands
from analysis.cli import causal, dashboard, look, make, project, query, read, review, web  # noqa: F401  (commands)
from analysis.cli.app import app, say
from analysis.cli.new import command as new  # noqa: F401  (commands)
from analysis.records.errors import AnalysisError, on_one_line

LONGEST = (
    300  # characters of a word in an error: an identifier or a path, not what was pasted by mistake
)
LONGEST_WORD = 1000  # on the command line
PANELS = {  # the groups of the help
    "Inspect": "list check verify trace cite query catalog agreement outdated diff",
    "Make": "run export report slides site serve app lab export-data",
    "Read and add": "read new accept init exchange-rates causal",
    "The project": "build test snapshot",
}


def _group() -> None:
    """Put each command into its group."""
    for panel, names in PANELS.items():
        for command in app.registered_commands:
            if (command.name or getattr(command.callback, "__name__", "")) in names.split():
                command.rich_help_panel = panel
        for group in app.registered_groups:
            if group.name in names.split():
                group.rich_help_panel = panel


_group()


def _check_words(words: list[str]) -> None:
    """Refuse an empty --out, as an unset variable of a shell leaves it, and a word that is no name or path."""
    for place, word in enumerate(words):
        if len(word) > LONGEST_WORD and "query" not in words[:place]:
            raise AnalysisError(
                f"{word} has {len(word):,} characters; allowed are {LONGEST_WORD:,}, but for a query"
            )
        if word == "--out=" or (word == "--out" and words[place + 1 : place + 2] == [""]):
            raise AnalysisError("--out is empty; name a folder, or . for the current one")


def main() -> None:
    """Run the command line; a user's mistake is one sentence on stderr and exit code 2."""
    try:
        _check_words(sys.argv[1:])
        app()
    except AnalysisError as error:
        _refuse(str(error))
    except OSError as error:  # a name too long, a disk that is full, a file that nobody may read
        _refuse(f"{error.filename}: {error.strerror}" if error.filename else str(error))


def _refuse(said: str) -> NoReturn:
    """Say in full what is wrong, but for names without end and characters that a terminal obeys, and end with 2."""
    said = re.sub(rf"[^\s:'\"]{{{LONGEST},}}", lambda found: f"{found[0][: LONGEST // 2]}…", said)
    say("error: " + "\n".join(map(on_one_line, said.split("\n"))), err=True)
    sys.exit(2)
