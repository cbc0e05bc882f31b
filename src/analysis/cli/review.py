"""Commands for reviewing a change: snapshot, diff."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.app import app, say
from analysis.records import paths
from analysis.records.errors import AnalysisError
from analysis.records.files import write_whole


@app.command()
def snapshot(
    write: Annotated[
        bool, typer.Option("--write", help="Write tests/snapshot.json instead of printing.")
    ] = False,
) -> None:
    """Take a snapshot of counts, claims, findings and charts with their words, as JSON.

    Example: analysis snapshot --write
    """
    from analysis.provenance.snapshot import STORED, as_text
    from analysis.provenance.snapshot import snapshot as take
    from analysis.records.load import load

    text = as_text(take(load()))
    if not write:
        say(text, nl=False)
        return
    say(f"Written: {write_whole(paths.PROJECT / STORED, text.encode('utf-8'))}")


@app.command()
def diff(
    base: Annotated[
        str,
        typer.Argument(
            metavar="BASE",
            help="A git revision, or the folder of an earlier checkout or of its notebooks.",
        ),
    ],
    form: Annotated[
        str, typer.Option("--format", help="table, markdown or json (whole texts).")
    ] = "table",
) -> None:
    """Show which claims, findings, charts and sentences changed since BASE, before and after.

    Sentences are compared as stored in the notebooks: 'make update-notebooks' first. No old code is
    run: an edition without tests/snapshot.json is read from the outputs of its notebooks.

    Example: analysis diff main --format markdown
    """
    from analysis.publish.changes import FORMATS, KINDS, as_text, changes
    from analysis.publish.edition import present, stored
    from analysis.records.load import load

    if form not in FORMATS:
        raise AnalysisError(f"unknown format {form!r}; allowed are {', '.join(FORMATS)}")
    before = stored(base, paths.PROJECT)
    after = present(load(), paths.data_folder(), paths.PROJECT, with_snapshot=before.has_snapshot)
    missing = [kind for kind in KINDS if kind not in before.items]
    missing += [] if before.sentences else ["sentences"]
    say(as_text(changes(before, after), form, base=base, missing=missing), nl=False)
