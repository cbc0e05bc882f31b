"""A page whose kernel or server is gone: it says so, and a stale figure beside a moved control cannot be produced."""

from __future__ import annotations

import json
import os
import signal
import time

import pytest

import analysis
from analysis.themes.explorers import explorers
from analysis.words.catalogue import word

PATIENCE = 90_000  # milliseconds
CANTON = "canton-fair-ratio"
SENTENCE = ".explorer-view [role=status]"
# every text with a figure, every picture and file beside the controls that is not faint
CURRENT = """() => [...document.querySelectorAll(".explorer-view *")].filter((one) => {
  const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
  if (!(/\\d/.test(own) || one.matches("img, a[download]"))) return false;
  if (one.closest(".explorer-control, button, style, h3") || !one.checkVisibility()) return false;
  for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).opacity < 1) return false;
  return true;
}).map((one) => one.textContent.slice(0, 60))"""


@pytest.fixture
def page(browser, board):
    context = browser.new_context(viewport={"width": 1100, "height": 1000})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE)
    visit(opened, board)
    yield opened
    context.close()


def visit(page, port):
    page.goto(f"http://127.0.0.1:{port}/", timeout=PATIENCE)
    page.wait_for_selector(".explorer-view img", timeout=PATIENCE)


def slider(page):
    page.get_by_role("button", name=explorers()[CANTON].en, exact=True).click()
    said = analysis.explore(CANTON).sentence.text
    page.wait_for_function(
        f"(said) => document.querySelector('{SENTENCE}')?.textContent === said", arg=said
    )
    return page.get_by_role("slider", name="sessions whose deals count")


def kernel_of(page):
    return json.loads(page.locator("#jupyter-config-data").text_content())["kernelId"]


def process_of(start, port, kernel):
    """The process of a kernel, by the name of its connection file."""
    (found,) = [one for one in start.kernels(port) if kernel in " ".join(one.cmdline())]
    return found


def ended(page, lang="en"):
    """Wait for the overlay; then no control can be moved, by keyboard, mouse or script of the page's own."""
    page.wait_for_selector("#ended")
    assert page.locator("#ended p").inner_text() == word("dashboard", "ended", lang)
    assert page.locator("#ended button").inner_text() == word("dashboard", "reload", lang)
    handle, sentence = page.locator(".noUi-handle").first, page.locator(SENTENCE).first
    before = handle.get_attribute("aria-valuenow"), sentence.text_content()
    handle.evaluate("(one) => one.focus()")
    for key in ("Tab", "ArrowLeft", "Tab", "ArrowLeft", "End"):
        page.keyboard.press(key)
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + 3)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 3)
    page.mouse.up()
    assert page.evaluate("document.activeElement.closest('#rendered_cells')") is None
    assert (handle.get_attribute("aria-valuenow"), sentence.text_content()) == before


@pytest.mark.full
def test_a_kernel_that_is_ended_ends_the_page_in_its_language(page, board):
    page.get_by_role("button", name="中文", exact=True).click()
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    assert page.title() == word("dashboard", "title", "zh")
    answer = page.evaluate(
        "(kernel) => fetch(`/voila/api/shutdown/${kernel}`, {method: 'POST'}).then((one) => one.status)",
        kernel_of(page),
    )
    assert answer == 204
    ended(page, "zh")


def test_a_kernel_that_dies_during_a_move_ends_the_page(page, board, start):
    """A slider is held while its kernel dies, and dragged on."""
    handle = slider(page)
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    process_of(start, board, kernel_of(page)).kill()
    page.wait_for_selector("#ended")
    before = handle.get_attribute("aria-valuenow")
    for step in range(10):
        page.mouse.move(box["x"] - 20 * step, box["y"])
    assert handle.get_attribute("aria-valuenow") == before
    page.mouse.up()
    ended(page)


def test_what_has_no_answer_is_not_shown_as_current(page, board, start):
    """A kernel that hangs: figures are faint as long as they are not those of the moved control; it goes on, and so does the page."""
    handle = slider(page)
    process = process_of(start, board, kernel_of(page))
    process.suspend()
    handle.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        f"getComputedStyle(document.querySelector('{SENTENCE}')).opacity === '0.25'"
    )
    assert page.evaluate(CURRENT) == []
    page.wait_for_timeout(6_000)  # the page asks the server, which has the kernel still
    assert page.locator("#ended").count() == 0
    process.resume()
    moved = analysis.explore(CANTON, sessions=6).sentence.text
    page.wait_for_function(
        f"(said) => document.querySelector('{SENTENCE}')?.textContent === said", arg=moved
    )
    page.wait_for_function(
        f"getComputedStyle(document.querySelector('{SENTENCE}')).opacity === '1'"
    )
    assert len(page.evaluate(CURRENT)) > 5, "what is shown is current again"


@pytest.mark.full
def test_idle_pages_and_stopped_servers_end_the_page_and_reload_goes_on(browser, start):
    command = ("-m", "analysis", "app", "--port", "{port}", "--idle", "0.15")
    port = start(*command)
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    visit(page, port)
    slider(page)
    ended(page)  # nobody moved for nine seconds
    page.locator("#ended button").click()
    page.get_by_role("heading", name=explorers()[CANTON].en).wait_for()  # where it was
    slider(page)
    server = start.running[port]
    os.kill(server.pid, signal.SIGSTOP)  # as if the cable were drawn
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    ended(page)
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    start(*command, port=port)
    page.wait_for_timeout(3_000)
    assert page.locator("#ended").count() == 1, "a new server knows nothing of this page"
    page.locator("#ended button").click()
    slider(page)
    start.running[port].terminate()
    ended(page)
    context.close()


@pytest.mark.full
def test_a_page_whose_kernel_ended_before_it_was_there_comes_again(browser, board, start):
    context, held = browser.new_context(), []
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.route(
        "**/voila/static/*.js", lambda route: route.continue_() if held else held.append(route)
    )
    page.goto(f"http://127.0.0.1:{board}/", wait_until="commit")
    page.locator("#jupyter-config-data").wait_for(state="attached")
    while not held:
        page.wait_for_timeout(100)
    process_of(start, board, kernel_of(page)).kill()
    page.wait_for_timeout(3_000)  # the server has noticed
    held[0].continue_()
    page.wait_for_selector(".explorer-view img")
    assert page.locator("#ended").count() == 0
    context.close()


@pytest.mark.full
def test_kernels_return_to_the_heated_after_reloads_and_closes(browser, board, start):
    others = len(start.kernels(board))
    context = browser.new_context()
    page = context.new_page()
    for _ in range(3):
        visit(page, board)
        page.reload(timeout=PATIENCE)
    page.close()
    context.close()
    until = time.monotonic() + 60
    while len(start.kernels(board)) > max(others, 1) and time.monotonic() < until:
        time.sleep(0.5)
    assert len(start.kernels(board)) <= max(others, 1)
