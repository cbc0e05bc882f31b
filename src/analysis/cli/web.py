"""Commands for readers with a browser: site, serve."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import app, many, quiet, say

SITE = Path("build/site")


@app.command()
def site(
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = SITE,
    chart: Annotated[
        list[str] | None,
        typer.Option(
            help="Only this chart gets a page; may be given several times.", metavar="CHART"
        ),
    ] = None,
    base_url: Annotated[
        str,
        typer.Option(
            help="Address at which the site will be published: for search engines, previews and embedding.",
            metavar="ADDRESS",
        ),
    ] = "",
    repository: Annotated[
        str,
        typer.Option(
            help="Address of the repository: documents name it and link to its files.",
            metavar="ADDRESS",
        ),
    ] = "",
) -> None:
    """Make the static site: charts with all downloads, claims, findings, notebooks, documents, in English and Chinese.

    What has not changed since the last time is left as it is.

    Example: analysis site --out build/site
    """
    from analysis.publish.site.build import build

    start = time.monotonic()
    with _steps() as done:
        made = build(out, tuple(chart or ()), base_url=base_url, repository=repository, done=done)
    what = f"{many(len(made.written), 'file')} written" if made.written else "nothing had changed"
    say(
        f"Site: {out / 'index.html'}, {many(len(made.files), 'file')}, {what}, in {time.monotonic() - start:.0f} s."
    )


@contextlib.contextmanager
def _steps() -> Iterator[Callable[[str, int], None]]:
    """A progress bar on stderr for each kind of step; it appears with the first step."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    bars: dict[str, TaskID] = {}
    with Progress(console=Console(stderr=True), disable=quiet()) as progress:

        def done(what: str, total: int) -> None:
            if what not in bars:
                bars[what] = progress.add_task(what, total=total)
            progress.advance(bars[what])

        yield done


@app.command()
def serve(
    folder: Annotated[Path, typer.Argument(help="Folder of the site.")] = SITE,
    port: Annotated[int, typer.Option(help="Port of this machine; 0 takes a free one.")] = 8000,
    open_: Annotated[bool, typer.Option("--open", help="Also open it in the browser.")] = False,
) -> None:
    """Serve the site to this machine, until interrupted with Ctrl-C.

    Example: analysis serve --port 8080
    """
    import webbrowser

    from analysis.publish.site.serve import address, server

    with server(folder, port) as running:
        say(f"{folder} is at {address(running)} (Ctrl-C ends it)")
        if open_:
            webbrowser.open(address(running))
        with contextlib.suppress(KeyboardInterrupt):
            running.serve_forever()
