"""The command line: modules for commands that look, make, query, read and begin, for the site, and for a causal design."""

from __future__ import annotations

import sys

import typer

# imported, they register their commands
from analysis.cli import causal, dashboard, look, make, project, query, read, review, web  # noqa: F401  (commands)
from analysis.cli.app import app
from analysis.cli.new import command as new  # noqa: F401  (commands)
from analysis.records.errors import AnalysisError


def main() -> None:
    """Run the command line; a user's mistake is one sentence on stderr and exit code 2, an interruption 130."""
    try:
        app()
    except AnalysisError as error:
        typer.echo(f"error: {error}", err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo(
            "interrupted: what was written is whole, the rest is made by the next run", err=True
        )
        sys.exit(130)
