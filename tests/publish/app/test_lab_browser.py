"""JupyterLab as ``make lab`` opens it: a notebook run from top to bottom, a slider moved, text and picture as the plain function says."""

from __future__ import annotations

import base64
import os
import shutil

import pytest

import analysis
from analysis.records.paths import PROJECT

PATIENCE = 90_000  # milliseconds
NOTEBOOK = "05_canton_fair_deals.ipynb"
TOKEN = "0123456789abcdef"


@pytest.fixture(scope="module")
def lab(browser, start, tmp_path_factory):
    """A page of JupyterLab on a copy of the notebook; outputs are removed, so that what is seen was made here."""
    import nbformat

    folder = tmp_path_factory.mktemp("lab")
    book = nbformat.read(PROJECT / "notebooks" / NOTEBOOK, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(book, folder / NOTEBOOK)
    home = {
        name: str(folder / name.lower())
        for name in (
            "JUPYTER_CONFIG_DIR",
            "JUPYTER_DATA_DIR",
            "JUPYTERLAB_SETTINGS_DIR",
            "JUPYTERLAB_WORKSPACES_DIR",
            "IPYTHONDIR",
        )
    }
    home["JUPYTER_CONFIG_PATH"] = str(PROJECT / "tools/jupyter")
    root = ("--allow-root",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    port = start(
        "-m",
        "jupyterlab",
        str(folder / NOTEBOOK),
        "--no-browser",
        "--port",
        "{port}",
        "--ServerApp.port_retries=0",
        f"--IdentityProvider.token={TOKEN}",
        *root,
        cwd=folder,
        env=home,
    )
    context = browser.new_context(viewport={"width": 1200, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"http://127.0.0.1:{port}/lab/tree/{NOTEBOOK}?token={TOKEN}", timeout=PATIENCE)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
    yield page
    context.close()
    shutil.rmtree(folder, ignore_errors=True)


def test_the_notebook_runs_from_top_to_bottom(lab):
    lab.wait_for_function(
        "document.querySelector('.jp-Toolbar-kernelName')?.textContent.startsWith('Python 3')"
    )
    lab.wait_for_function(
        "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'"
    )
    lab.get_by_role("menuitem", name="Run", exact=True).click()
    lab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    cells = (PROJECT / "notebooks" / NOTEBOOK).read_text("utf-8").count('"cell_type": "code"')
    lab.wait_for_function(
        "(last) => [...document.querySelectorAll('.jp-InputPrompt')].some((one) => one.textContent.trim() === last)",
        arg=f"[{cells}]:",
    )
    assert (
        lab.locator(
            "[data-mime-type='application/vnd.jupyter.error'], [data-mime-type='application/vnd.jupyter.stderr']"
        ).count()
        == 0
    )


def test_it_asks_no_other_host_for_news(lab):
    lab.wait_for_timeout(2_000)
    assert lab.get_by_text("official Jupyter news").count() == 0


def test_a_slider_moves_what_the_plain_function_says(lab):
    view = lab.locator(".explorer-view").first
    view.scroll_into_view_if_needed()
    one = analysis.explore("canton-fair-ratio")
    assert view.locator("[role=status]").inner_text() == one.sentence.text
    view.locator(".noUi-handle").first.focus()
    for _ in range(3):
        lab.keyboard.press("ArrowLeft")
    moved = analysis.explore("canton-fair-ratio", sessions=4)
    lab.wait_for_function(
        "(said) => document.querySelector('.explorer-view [role=status]')?.textContent === said",
        arg=moved.sentence.text,
    )
    wanted = "data:image/png;base64," + base64.b64encode(moved.png("plain")).decode()
    lab.wait_for_function(
        "(src) => document.querySelector('.explorer-view img')?.getAttribute('src') === src",
        arg=wanted,
    )
    assert view.locator("pre").inner_text().endswith(moved.code)


def test_the_plain_function_beside_it_shows_table_and_picture(lab):
    shown = lab.locator(".jp-RenderedImage img").first
    assert shown.get_attribute("src").startswith(("data:image/png", "blob:"))
    tables = lab.locator(".jp-RenderedHTML table.tex2jax_ignore").all_text_contents()
    assert any("words as stated" in text and "∞" in text for text in tables), (
        tables
    )  # claims with their ends


def test_help_and_completion_teach():
    names = [name for name in dir(analysis) if not name.startswith("_")]
    assert {"claims", "explore", "explorer", "finding", "intervals", "trace"} <= set(names)
    for name in analysis.__all__:
        help_ = getattr(analysis, name).__doc__
        assert ">>>" in (help_ or ""), f"{name} has no example"


def test_claims_are_shown_with_bounds_and_grades_in_escaped_html():
    found = analysis.intervals("labor_export")
    shown = analysis.table(found)._repr_html_()
    assert {"low", "high", "direction", "grade"} <= set(found.columns)
    assert "<td" in shown
    assert "&lt;" not in shown
    assert "at least" in shown
    hostile = analysis.table(found.assign(stated="<script>alert(1)</script>"))._repr_html_()
    assert "<script>" not in hostile
    assert "&lt;script&gt;" in hostile
