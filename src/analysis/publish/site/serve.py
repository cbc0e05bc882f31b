"""Serving a folder to this machine only: what a web server would show, without one."""

from __future__ import annotations

import functools
import http.server
import os
from pathlib import Path

from analysis.records.errors import AnalysisError

HOST = "127.0.0.1"
PORTS = range(65536)

UTF_8 = {".md": "markdown", ".txt": "plain", ".bib": "plain", ".csv": "csv"}  # kinds of text
TYPES = http.server.SimpleHTTPRequestHandler.extensions_map | {
    end: f"text/{kind}; charset=utf-8" for end, kind in UTF_8.items()
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of one folder; a browser asks again for what may have been built anew."""

    extensions_map = TYPES

    def end_headers(self) -> None:
        """Headers of every answer."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what goes well."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Folders without a page have no list."""
        self.send_error(404, "No page here")


def server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """A server of a folder, ready to run; port 0 takes a free one.

    Raises
    ------
    AnalysisError
        If the folder holds no site, or the port is taken, forbidden or none.
    """
    if not (folder / "index.html").is_file():
        raise AnalysisError(f"{folder} holds no site: make it with 'analysis site --out {folder}'")
    if port not in PORTS:
        raise AnalysisError(f"{port} is no port; allowed are 0 to {PORTS[-1]}")
    try:
        return http.server.ThreadingHTTPServer(
            (HOST, port), functools.partial(Handler, directory=str(folder))
        )
    except OSError as error:
        raise AnalysisError(
            f"port {port} cannot be used: {error.strerror}; choose another with --port, or 0 for a free one"
        ) from None


def address(running: http.server.ThreadingHTTPServer) -> str:
    """The address at which a server answers."""
    return f"http://{HOST}:{running.server_address[1]}/"
