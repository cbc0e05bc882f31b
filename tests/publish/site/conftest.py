"""Fixtures of the browser tests: an installed Chromium, one built site, pages that may ask for nothing else."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from analysis.records.paths import PROJECT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
BELOW = "reports/china"  # the site lies below the server's root: no address may begin at the root
PATIENCE = 10_000  # milliseconds

# what a hostile cell holds
PAYLOAD = """<img src=x onerror="hacked=true"><script>hacked=true</script>&lt;{{lang}}"'"""
STATED = """invested 118 million <script>hacked=true</script>{{lang}}"'"""  # eight words at most
# begins like an address, and breaks out of an attribute
ADDRESS = 'https://a.example/"onmouseover="hacked=true'
HOSTILE = (
    (
        "claims.csv",
        "hunan-2017.funds-commerce",
        {
            "counted": PAYLOAD,
            "geography": PAYLOAD,
            "speaker": PAYLOAD,
            "note": PAYLOAD,
            "as_stated": STATED,
        },
    ),
    (
        "sources.csv",
        "hunan-2017",
        {
            "title": PAYLOAD,
            "publisher": PAYLOAD,
            "short_en": PAYLOAD,
            "short_zh": PAYLOAD,
            "note": PAYLOAD,
        },
    ),
    ("series.csv", "hunan-demo-counties-poor", {"title": PAYLOAD, "title_zh": PAYLOAD}),
    ("denominators.csv", "hunan-2017.funds-commerce@demo-funds", {"reason": PAYLOAD}),
    (
        "series/local.csv",
        "hunan-demo-counties-poor",
        {"source_title": PAYLOAD, "publisher": PAYLOAD, "note": PAYLOAD, "url": ADDRESS},
    ),
)  # the chart hunan-funding rests on these; other tests look at other rows


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """An installed Chromium; without one the tests skip, or fail where ``BROWSER_TESTS=required``."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        message = f"no browser is installed: the site is tested in one of {', '.join(NAMES)}"
        pytest.fail(message) if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip(
            message
        )
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def root(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server shows; the site lies below it."""
    return tmp_path_factory.mktemp("root")


@pytest.fixture(scope="module")
def site(
    request: pytest.FixtureRequest,
    root: Path,
    edit: Callable,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """The site with the charts of the module, every claim and every notebook, made from data with hostile cells."""
    data = shutil.copytree(PROJECT / "data", tmp_path_factory.mktemp("hostile") / "data")
    for file, row, cells in HOSTILE:
        for column, text in cells.items():
            edit(data / file, row, column, text)
    chosen = [part for chart in request.module.CHARTS for part in ("--chart", chart)]
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "analysis",
            "--data",
            str(data),
            "site",
            "--out",
            str(root / BELOW),
            *chosen,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return root / BELOW


@pytest.fixture(scope="module")
def payload() -> str:
    """The text of the hostile cells."""
    return PAYLOAD


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Address of a server that shows ``root``."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Quiet, directory=str(root))
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@dataclass
class Reader:
    """Somebody who opens pages; what a page asks for elsewhere is refused and noted, and so is every error.

    Windows with the same settings are one window: opening one costs more than most tests.
    """

    browser: Browser
    start: str
    allowed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    windows: dict[str, Page] = field(default_factory=dict)
    once: list[Page] = field(default_factory=list)

    def open(self, path: str = "index.html", **settings: object) -> Page:
        """A page of the site; settings are those of a Playwright context."""
        key = repr(sorted(settings.items()))
        if key not in self.windows:
            self.windows[key] = self._window(**settings)
        page = self.windows[key]
        page.emulate_media(media="screen")
        page.goto(self.start + path)
        return page

    def window(self, **settings: object) -> Page:
        """An empty window of its own, closed after the test."""
        self.once.append(self._window(**settings))
        return self.once[-1]

    def _window(self, **settings: object) -> Page:
        context = self.browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}} | settings
        )
        context.set_default_timeout(PATIENCE)
        context.route("**/*", self._guard)
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda said: (
                self.problems.append(f"{page.url}: {said.text}")
                if said.type in ("error", "warning")
                else None
            ),
        )
        return page

    def _guard(self, route: Route) -> None:
        if route.request.url.startswith((self.start, "data:", "blob:", *self.allowed)):
            route.continue_()
        else:
            self.problems.append(f"{route.request.frame.url} asked for {route.request.url}")
            route.abort()

    def look(self) -> None:
        """After a test: no page has asked for anything else, met an error or run a script of the data."""
        self.problems += [
            f"{page.url}: a script of the data ran"
            for page in (*self.windows.values(), *self.once)
            if page.evaluate("window.hacked !== undefined")
        ]
        found, self.problems = self.problems, []
        while self.once:
            self.once.pop().context.close()
        assert found == []


@pytest.fixture(scope="module")
def reader_of_module(browser: Browser, address: str, site: Path) -> Reader:
    """Opens pages of the site, as a server shows them."""
    return Reader(browser, f"{address}/{BELOW}/")


@pytest.fixture
def reader(reader_of_module: Reader) -> Iterator[Reader]:
    """The same, looked at after each test."""
    yield reader_of_module
    reader_of_module.look()


@pytest.fixture
def file_reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """Opens pages of the site without a server."""
    one = Reader(browser, f"{site.as_uri()}/")
    yield one
    one.look()
    for page in one.windows.values():
        page.context.close()
