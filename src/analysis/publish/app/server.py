"""The server of the dashboard: Voilà with one page, and without everything that the page does not need."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import socket
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tornado.ioloop
import tornado.routing
import tornado.web
from tornado.httputil import HTTPServerRequest
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from analysis.environment import pinned
from analysis.publish.app import visitors as ours
from analysis.publish.app.visitors import HEATED, UNCONNECTED, VISITORS
from analysis.records.errors import AnalysisError

HERE = Path(__file__).parent
NOTEBOOK, TEMPLATES = HERE / "dashboard.ipynb", HERE / "templates"
HOST, PORT, PORTS = "127.0.0.1", 8866, range(1, 65536)
# seconds until the next kernel is started: the page of the visitor who took the last one is then
# nearly there
REFILL = 2.0
# seconds for what a cell shows, after it has ended: with the usual 4 a busy machine serves a page
# without it
PATIENCE = 120
# milliseconds between signs of life of a page, and to wait for one; unequal, the server warns of it
PING = 90_000
CULL = 10  # seconds between looks at which kernels are to end
IDLE_MINUTES = 30  # after which a visitor's kernel ends
MESSAGES = (
    "comm_open",
    "comm_close",
    "comm_msg",
    "comm_info_request",
    "kernel_info_request",
)  # none of them runs code
SERVED = (
    "/api/kernels/",
    "/voila/static/",
    "/voila/templates/",
    "/voila/labextensions/",
    "/voila/query/",
    "/voila/api/shutdown/",
    "/(.*)",
)
TEMPLATE_FILE = re.compile("/voila/templates/[^/]+/static/[^/]")
WIDGETS = (
    "@voila-dashboards/widgets-manager8",
    "@jupyter-widgets/jupyterlab-manager",
)  # the only extensions that a page loads


class Odd(tornado.routing.Matcher):
    """Addresses that the handlers of the page would stumble over: not UTF-8, with control characters, without a file."""

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """What to answer with; None leaves the address to the others."""
        path = urllib.parse.unquote(request.path, errors="replace")
        no_file = path.startswith("/voila/templates/") and not TEMPLATE_FILE.match(path)
        return {} if no_file or "\ufffd" in path or not path.isprintable() else None


class Server(Voila):  # type: ignore[misc]  # voila ships no types
    """Voilà on one notebook: no files, no tree, no themes, no code; settings of the machine are not read."""

    said: Callable[[str], None] = staticmethod(print)

    def load_config_file(self, *_: object, **__: object) -> None:
        """Read no configuration of the folder or the user: what is served is decided here."""

    def setup_template_dirs(self) -> None:
        """Put this project's templates before Voilà's own."""
        super().setup_template_dirs()
        self.template_paths.insert(0, str(TEMPLATES))

    def init_settings(self) -> dict[str, Any]:
        """Settings with fewer messages, and for this machine only where it is bound to this machine."""
        settings: dict[str, Any] = super().init_settings()
        self.kernel_manager.allowed_message_types = list(MESSAGES)
        settings["allow_remote_access"] = not is_loopback(self.ip)
        settings["local_hostnames"] = ["localhost"]
        settings["websocket_max_message_size"] = 4_000_000  # a text too long gets its sentence
        settings["ws_ping_interval"] = settings["ws_ping_timeout"] = PING
        return settings

    def init_handlers(self) -> list[Any]:
        """Only what the page needs."""
        kept = [one for one in super().init_handlers() if one[0].startswith(SERVED)]
        own = {
            TornadoVoilaHandler: ours.Page,
            VoilaKernelWebsocketHandler: ours.Messages,
            VoilaShutdownKernelHandler: ours.Ending,
        }
        odd = tornado.routing.Rule(Odd(), tornado.web.ErrorHandler, {"status_code": 404})
        font = tornado.routing.Rule(tornado.routing.PathMatches(r"/voila/font/([^/]+)"), ours.Font)
        return [odd, font, *((one[0], own.get(one[1], one[1]), *one[2:]) for one in kept)]

    def listen(self) -> None:
        """Listen on the port, and on no other; raises AnalysisError if it cannot be used."""
        # pages that say "not found" ask for the address of an icon; nothing is served from there
        self.app.settings["static_path"] = str(TEMPLATES)
        try:
            self.app.listen(self.port, self.ip)
        except OSError as error:
            raise port_error(self.ip, self.port, error) from None
        self.said(self.connection_url)
        self.ioloop = tornado.ioloop.IOLoop.current()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("stopping")
        finally:
            self.stop()


def is_loopback(host: str) -> bool:
    """Whether a host is this machine only.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def port_error(host: str, port: int, error: OSError) -> AnalysisError:
    """The sentence for a port that cannot be used."""
    why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
    return AnalysisError(f"port {port} of {host} {why}; choose another with --port")


def check_port(host: str, port: int) -> None:
    """Refuse a port that cannot be used, before anything is started; raises AnalysisError."""
    if port not in PORTS:
        raise AnalysisError(f"{port} is no port; allowed are {PORTS[0]} to {PORTS[-1]}")
    try:
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise port_error(host, port, error) from None


def configuration(
    host: str,
    port: int,
    *,
    idle_minutes: float = IDLE_MINUTES,
    heated: int = HEATED,
    visitors: int = VISITORS,
) -> Config:
    """Settings of the server.

    Parameters
    ----------
    host, port : str and int
    idle_minutes : float
        After so many minutes without a message a visitor's kernel ends.
    heated : int
        Kernels that wait for visitors, with the page drawn already.
    visitors : int
        How many there may be at a time; one more is asked to come again.
    """
    seconds = max(1, int(idle_minutes * 60))
    kernels = {
        "kernel_manager_class": f"{ours.__name__}.Kernel",
        "cull_idle_timeout": seconds,
        "cull_interval": min(CULL, seconds),
        "cull_connected": True,
    }
    return Config(
        {
            "Voila": {
                "ip": host,
                "port": port,
                "open_browser": False,
                "notebook_path": str(NOTEBOOK),
                "root_dir": str(HERE),
                "log_level": "ERROR",
            },
            "VoilaConfiguration": {
                "strip_sources": True,
                "show_tracebacks": False,
                "file_allowlist": [],
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "preheat_kernel": heated > 0,
                "default_pool_size": heated,
                "extension_allowlist": list(WIDGETS),
                "multi_kernel_manager_class": f"{ours.__name__}.Kernels",
            },
            "VoilaExecutor": {"iopub_timeout": PATIENCE},
            "AsyncMappingKernelManager": kernels,
            "MappingKernelManager": kernels,
            "Kernels": {"visitors": visitors, "unconnected": min(UNCONNECTED, seconds)},
            # a kernel that died is not started anew, as it would know nothing of its page
            "KernelRestarter": {"restart_limit": 0, "time_to_dead": 1.0},
            "VoilaKernelManager": kernels | {"fill_delay": REFILL},
        }
    )


def serve(
    host: str = HOST,
    port: int = PORT,
    *,
    idle_minutes: float = IDLE_MINUTES,
    heated: int = HEATED,
    visitors: int = VISITORS,
    said: Callable[[str], None] = print,
) -> None:
    """Serve the dashboard until interrupted.

    Parameters
    ----------
    host, port, idle_minutes, heated, visitors
        As in ``configuration``.
    said : callable
        Called with the address when the server answers.

    Raises
    ------
    AnalysisError
        If the port cannot be used.
    """
    check_port(host, port)
    os.environ.update(pinned(os.environ))
    wanted = configuration(host, port, idle_minutes=idle_minutes, heated=heated, visitors=visitors)
    server = Server(config=wanted)
    server.said = said
    server.initialize([])
    server.start()
