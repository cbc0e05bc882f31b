"""The command that opens the dashboard."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.cli.app import app


@app.command("app")
def dashboard(
    port: Annotated[int, typer.Option(help="Port.")] = 8866,
    host: Annotated[
        str, typer.Option(help="Address to bind to; by default only this machine can reach it.")
    ] = "127.0.0.1",
    idle: Annotated[
        float,
        typer.Option(
            min=0.02,
            help="Minutes without a move after which a visitor's kernel ends.",
            metavar="MINUTES",
        ),
    ] = 30.0,
    visitors: Annotated[
        int, typer.Option(min=1, help="How many visitors there may be at a time.")
    ] = 24,
) -> None:
    """Open the dashboard: explorers and charts to download, for people who do not code; until interrupted with Ctrl-C.

    Example: analysis app --port 8900
    """
    from analysis.publish.app.server import is_loopback, serve

    if not is_loopback(host):
        typer.echo(
            f"warning: everybody who reaches {host} can use the dashboard; it asks for no password",
            err=True,
        )
    serve(host, port, idle_minutes=idle, visitors=visitors, said=typer.echo)
