"""Kernels of the dashboard's visitors: who gets one, how many there may be, and when each ends."""

from __future__ import annotations

import functools
import struct
import time
import urllib.parse
from html import escape
from typing import ClassVar

import tornado.web
from jupyter_client.manager import KernelManager
from jupyter_server.services.kernels.kernelmanager import (
    AsyncMappingKernelManager,
    ServerKernelManager,
)
from tornado.httputil import HTTPServerRequest
from traitlets import Float, Integer
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from analysis.publish.site.fonts import font_rules, web_fonts
from analysis.words.catalogue import LANGUAGES, locale, word

HEATED = 1  # kernels that wait for visitors; more would be slower to be ready
VISITORS = 24  # at a time; each has a kernel of 110 to 230 MB
UNCONNECTED = 50.0  # seconds after which a kernel without a page ends
GOING_AWAY = 1001  # of a connection: its other end is no longer there
# what reading a message that is none ends with
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, AssertionError, struct.error)


class Kernel(ServerKernelManager):
    """A kernel that says errors in the terminal, and not that messages on this machine are not encrypted.

    Its messages stay on the loopback interface, as those of every kernel of Jupyter.
    """

    def format_kernel_cmd(self, extra_arguments: list[str] | None = None) -> list[str]:
        """The command that starts it."""
        return super().format_kernel_cmd([*(extra_arguments or []), "--log-level=ERROR"])


class Kernels(AsyncMappingKernelManager):
    """All kernels: one that no page is connected to ends, and with a kernel the connection of its page."""

    visitors = Integer(VISITORS, config=True, help="how many there may be beside the heated")
    unconnected = Float(UNCONNECTED, config=True, help="seconds a kernel waits for its page")

    def room(self) -> bool:
        """Whether one more visitor can have a kernel."""
        return len({*self._kernels, *self._pending_kernels}) < self.visitors + HEATED

    def heated(self) -> set[str]:
        """The kernels that wait for a visitor."""
        pools = getattr(self, "_pools", {}).values()
        started = [task for pool in pools for task in pool if task.done() and not task.exception()]
        return {task.result()["kernel_id"] for task in started}

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that no page is connected to, or that nobody has used for long."""
        kernel = self._kernels[kernel_id]
        alone = kernel.execution_state == "idle" and not self._kernel_connections.get(kernel_id)
        now = time.monotonic()
        since = kernel.__dict__.setdefault("alone_since", now)
        if not alone:
            kernel.__dict__["alone_since"] = now
        elif now - since >= self.unconnected:
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]  # jupyter_server types it not
            return
        await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]  # nor this

    def remove_kernel(self, kernel_id: str) -> KernelManager:
        """Forget a kernel that has ended, for whatever reason; its page hears of it at once."""
        for one in tuple(Messages.connected.pop(kernel_id, ())):
            one.close(GOING_AWAY, "the kernel has ended")
        return super().remove_kernel(kernel_id)


def from_elsewhere(request: HTTPServerRequest) -> bool:
    """Whether a page of another site asks: by a link, a frame, a picture or a script."""
    return request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")


class Page(TornadoVoilaHandler):  # type: ignore[misc]  # voila ships no types
    """The page itself; any other path is not found, where Voilà would look for a file."""

    async def get(self, path: str | None = None) -> None:
        """Answer with the page, if a person asks here and there is room."""
        if path:
            raise tornado.web.HTTPError(404)
        if from_elsewhere(self.request):
            self._sorry(403, "elsewhere")
        elif not self.kernel_manager.room():
            self.set_header("Retry-After", "60")
            self._sorry(503, "full")
        else:
            await super().get(path)

    def _sorry(self, status: int, why: str) -> None:
        """A page without a kernel that says why, in each language, with a way on."""
        asked = f"?{self.request.query}" if self.request.query else ""
        said = "".join(
            f'<p lang="{locale(lang)}">{escape(word("dashboard", why, lang))} '
            f'<a href="{escape(self.base_url + asked)}">{escape(word("dashboard", "open", lang))}</a></p>'
            for lang in LANGUAGES
        )
        title = escape(word("dashboard", "title", "en"))
        self.set_status(status)
        self.set_header("Cache-Control", "no-store")
        self.finish(
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
            f'<link rel="stylesheet" href="{self.base_url}voila/font/chinese.css">'
            '<style>body {font: 16px/1.6 "Chinese", system-ui, sans-serif; margin: 2em}</style>'
            f"</head><body><main><h1>{title}</h1>{said}</main></body></html>"
        )


@functools.cache
def font_files() -> dict[str, bytes]:
    """The Chinese font of the site and the style sheet that takes it where the reader has none, by name."""
    return {**dict(web_fonts()), "chinese.css": font_rules().encode()}


class Font(tornado.web.RequestHandler):
    """The Chinese font, for machines that have none."""

    def get(self, name: str) -> None:
        """Answer with a file."""
        if name not in font_files():
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", "text/css" if name.endswith(".css") else "font/woff")
        self.set_header("Cache-Control", "max-age=86400")
        self.finish(font_files()[name])


class Messages(VoilaKernelWebsocketHandler):  # type: ignore[misc]  # voila ships no types
    """The messages of a page; what is none ends the connection, and no kernel hears it."""

    connected: ClassVar[dict[str, set[Messages]]] = {}  # by kernel

    async def get(self, kernel_id: str) -> None:
        """Connect a page with its kernel, until one of them ends."""
        here = self.connected.setdefault(kernel_id, set())
        here.add(self)
        try:
            await super().get(kernel_id)
        finally:
            here.discard(self)

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on to the kernel."""
        try:
            super().on_message(ws_message)
        except (*UNREADABLE, RecursionError):
            self.close(1007, "not a message")


class Ending(VoilaShutdownKernelHandler):  # type: ignore[misc]  # voila ships no types
    """What a page asks for as it closes: that its kernel ends."""

    def check_xsrf_cookie(self) -> None:
        """Only a page of this server may ask; its browser says where it comes from, no cookie is needed."""
        headers = self.request.headers
        origin = urllib.parse.urlsplit(headers.get("Origin", "")).netloc
        own = origin == headers.get("Host") if "Sec-Fetch-Site" not in headers else True
        if not own or from_elsewhere(self.request):
            raise tornado.web.HTTPError(403)

    async def post(self, kernel_id: str) -> None:
        """End the kernel of a page, if it still runs; one that waits for a visitor is not found."""
        if kernel_id in self.kernel_manager.heated():
            raise tornado.web.HTTPError(404)
        if kernel_id in self.kernel_manager:
            await super().post(kernel_id)
        else:
            self.set_status(204)
