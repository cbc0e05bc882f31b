"""Serving a folder to this machine only: what a web server would show, without one."""

from __future__ import annotations

import contextlib
import functools
import http.server
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from analysis.records.errors import AnalysisError

HOST = "127.0.0.1"
PORTS = range(65536)
NAMES = {
    HOST,
    "localhost",
}  # by which a browser of this machine asks; another site's name is refused
SECONDS = 10.0  # for a request to arrive, and for an answer to be taken
MOST_CLIENTS = 64  # at a time; who comes then waits

UTF_8 = {".md": "markdown", ".txt": "plain", ".bib": "plain", ".csv": "csv"}  # kinds of text
TYPES = http.server.SimpleHTTPRequestHandler.extensions_map | {
    end: f"text/{kind}; charset=utf-8" for end, kind in UTF_8.items()
}


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files of one folder; a browser asks again for what may have been built anew."""

    extensions_map = TYPES
    timeout = SECONDS

    def handle_one_request(self) -> None:
        """Hear a request, or end the connection when it does not arrive."""
        self._late = threading.Timer(SECONDS, self._end)
        self._late.daemon = True
        self._late.start()
        try:
            super().handle_one_request()
        finally:
            self._late.cancel()

    def _end(self) -> None:
        """End the connection, if nobody did at the same moment."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def send_head(self) -> Any:
        """Open the file that is asked for, if it lies in the folder and the request is for this machine."""
        self._late.cancel()
        if self.headers.get("Host", "").rsplit(":", 1)[0].lower() not in NAMES:
            self.send_error(403, "Ask for 127.0.0.1 or localhost")
            return None
        try:
            found = Path(self.translate_path(self.path)).resolve()
            if found.is_relative_to(Path(self.directory).resolve()):
                return super().send_head()
        except (ValueError, OSError, RuntimeError):  # a NUL, a name too long, links in a circle
            pass
        self.send_error(404, "No page here")
        return None

    def end_headers(self) -> None:
        """Headers of every answer."""
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what goes well."""

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Folders without a page have no list."""
        self.send_error(404, "No page here")


class Server(http.server.ThreadingHTTPServer):
    """A thread for each client, up to a number; a client that goes away in the middle is no error."""

    def __init__(self, *words: Any) -> None:
        self._free = threading.BoundedSemaphore(MOST_CLIENTS)
        super().__init__(*words)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread of its own as soon as there is one."""
        self._free.acquire()
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and give the place to the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a connection that broke or took too long."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def server(folder: Path, port: int) -> Server:
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
        return Server((HOST, port), functools.partial(Handler, directory=str(folder)))
    except OSError as error:
        raise AnalysisError(
            f"port {port} cannot be used: {error.strerror}; choose another with --port, or 0 for a free one"
        ) from None


def address(running: Server) -> str:
    """The address at which a server answers."""
    return f"http://{HOST}:{running.server_address[1]}/"
