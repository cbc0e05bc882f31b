"""The dashboard in a browser: sliders, text and picture as the plain function says, downloads, languages, keyboard, small screens, several visitors."""

from __future__ import annotations

import base64
import re
from html import escape
from pathlib import Path

import pytest

import analysis
from analysis.publish.app.taking import taken
from analysis.publish.export import export_charts
from analysis.publish.order import Order
from analysis.records.load import load
from analysis.themes.charts import definitions
from analysis.themes.explorers import explorers
from analysis.words import wording
from analysis.words.catalogue import word
from analysis.words.labels import notebook_title

PATIENCE = 90_000  # milliseconds: the machine may do other things
CHART = "ecommerce-distinct-people"
PICTURE = ".explorer-view img"
CANTON = "canton-fair-ratio"


@pytest.fixture(scope="module")
def visitor(browser, board):
    """A visitor's page, which may ask for nothing but this server; a kernel of its own costs more than most tests."""
    context = browser.new_context(viewport={"width": 1100, "height": 1000}, accept_downloads=True)
    opened, asked, wrong = context.new_page(), [], []
    opened.set_default_timeout(PATIENCE)
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    visit(opened, board)
    yield opened, asked, wrong
    context.close()


@pytest.fixture
def page(visitor, board):
    """The page of the visitor, looked at after each test; what a test left changed is put back first."""
    opened, asked, wrong = visitor
    if opened.evaluate("document.documentElement.lang") != "en":
        opened.get_by_role("button", name="English", exact=True).click()
        opened.wait_for_function("document.documentElement.lang === 'en'")
    for one in opened.get_by_role("button", name="Reset", exact=True).all():
        one.click()
    yield opened
    opened.set_viewport_size({"width": 1100, "height": 1000})
    elsewhere = [
        url
        for url in asked
        if not re.match(rf"(data:|blob:|(http|ws)://127\.0\.0\.1:{board}/)", url)
    ]
    assert (elsewhere, wrong) == ([], [])
    asked.clear()


def visit(page, port):
    page.goto(f"http://127.0.0.1:{port}/", timeout=PATIENCE)
    page.wait_for_selector(PICTURE, timeout=PATIENCE)


def waits(page, sentence):
    """Wait until the page says a sentence, and shows a picture beside it."""
    page.wait_for_function(
        "(said) => document.querySelector('.explorer-view [role=status]')?.textContent === said",
        arg=sentence,
    )


def picture(page):
    """The bytes of the picture that is shown, and its alt text."""
    shown = page.locator(PICTURE)
    return base64.b64decode(
        shown.get_attribute("src").partition("base64,")[2]
    ), shown.get_attribute("alt")


def waits_for_picture(page, one):
    """Wait until the picture is that of a state, to the byte."""
    wanted = "data:image/png;base64," + base64.b64encode(one.png("plain")).decode()
    page.wait_for_function(
        "(src) => document.querySelector('.explorer-view img')?.getAttribute('src') === src",
        arg=wanted,
    )
    assert picture(page) == (one.png("plain"), one.chart.spec.text(one.lang).alt)


def slider(page, label):
    return page.get_by_role("slider", name=label)


def open_section(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def open_canton(page):
    open_section(page, explorers()[CANTON].en)


def test_a_slider_moves_text_table_picture_and_code(page):
    open_canton(page)
    start = analysis.explore(CANTON)
    waits(page, start.sentence.text)
    waits_for_picture(page, start)
    slider(page, "sessions whose deals count").focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    moved = analysis.explore(CANTON, sessions=5)
    waits(page, moved.sentence.text)
    waits_for_picture(page, moved)
    assert page.locator(".explorer-view pre").text_content().endswith(moved.code)
    cells = page.locator(".explorer-view tbody tr").first.locator("td").all_inner_texts()
    assert cells[0] == "Your assumptions"
    assert cells[-1] == wording.say(moved.rows[0].found)


def test_a_slider_dragged_shows_its_last_place(page):
    open_canton(page)
    handle = slider(page, "sessions whose deals count")
    box = handle.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(box["x"] - 8 * step, box["y"] + box["height"] / 2)
    page.mouse.up()
    waits(page, analysis.explore(CANTON, sessions=1).sentence.text)
    waits_for_picture(page, analysis.explore(CANTON, sessions=1))


def test_choices_reset_and_language(page):
    open_canton(page)
    page.get_by_label("reading of the deals").select_option(label="below the next digit")
    waits(page, analysis.explore(CANTON, reading="next digit").sentence.text)
    page.get_by_role("button", name="中文").click()
    waits(page, analysis.explore(CANTON, reading="next digit", lang="zh").sentence.text)
    waits_for_picture(page, analysis.explore(CANTON, reading="next digit", lang="zh"))
    page.get_by_role("button", name="恢复默认").click()
    waits(page, analysis.explore(CANTON, lang="zh").sentence.text)


def test_every_section_opens_in_its_default_state(page):
    for name, one in explorers().items():
        open_section(page, one.en)
        waits(page, analysis.explore(name).sentence.text)


def test_what_cannot_go_together_is_grey_and_a_slider_ends_where_the_index_does(page):
    open_section(page, explorers()["denominators"].en)
    waits(page, analysis.explore("denominators").sentence.text)
    statistic = page.get_by_label("divided by")
    shut = {one.inner_text(): one.is_disabled() for one in statistic.locator("option").all()}
    assert shut["rural\xa0poor"] is False
    assert shut["border\xa0population\xa0(not\xa0with\xa0this\xa0choice)"] is True
    page.get_by_label("count of people").select_option(label="Border regions")
    waits(page, analysis.explore("denominators", claim="scio-2021.border-people").sentence.text)
    open_section(page, explorers()["deflators"].en)
    waits(page, analysis.explore("deflators").sentence.text)
    slider(page, "in prices of").focus()
    page.keyboard.press("End")
    waits(page, analysis.explore("deflators", base_year=2024).sentence.text)
    page.get_by_label("deflator", exact=True).select_option(label="rural CPI")
    last = analysis.explore("deflators", deflator="rural CPI", base_year=2022).sentence.text
    waits(page, last)
    assert page.locator(".moved").inner_text().startswith("“in prices of the year” now stands at")
    page.keyboard.press("End")
    assert slider(page, "in prices of").get_attribute("aria-valuetext") == "2022"
    assert page.get_by_role("alert").count() == 0


def test_a_copied_address_opens_the_same_state_in_its_language(page, board):
    """Moved by hand in one page, opened by another; what is not there is left out with a sentence."""
    open_section(page, explorers()["labor-earnings"].en)
    waits(page, analysis.explore("labor-earnings").sentence.text)
    page.get_by_role("button", name="中文").click()
    slider(page, "在外领薪月数").focus()
    page.keyboard.press("ArrowLeft")
    moved = analysis.explore("labor-earnings", months=11.5, lang="zh")
    waits(page, moved.sentence.text)
    page.wait_for_function("location.search.includes('months=11.5&')")
    copied = page.url
    page.goto(f"http://127.0.0.1:{board}/?show={CANTON}&sessions=99&rate=2018-04&x=1")
    seen = analysis.explore(CANTON, rate="2018-04")
    waits(page, seen.sentence.text)
    page.locator(".dashboard .refused").wait_for()
    assert page.locator(".dashboard .refused").inner_text() == (
        "The address asks for what is not here; this part of it was left out: sessions=99; x=1"
    )
    page.goto(copied)
    waits(page, moved.sentence.text)
    waits_for_picture(page, moved)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert page.title() == word("dashboard", "title", "zh")
    assert page.url == copied
    said = [one.get_attribute("aria-valuetext") for one in page.get_by_role("slider").all()]
    assert said == ["11.5个月", "50%", "3人", "50%", "1.0%"]
    fonts = platform_fonts(page, ".dashboard h2", ".explorer-view button")
    assert all(font["isCustomFont"] for font in fonts), fonts


def platform_fonts(page, *selectors):
    """Which fonts Chromium draws Chinese with: each a face of the page, never what happens to be installed."""
    session, found = page.context.new_cdp_session(page), []
    for method in ("DOM.enable", "CSS.enable"):
        session.send(method)
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    for selector in selectors:
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        found += session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return found


def test_a_result_is_taken_along_as_it_is_shown(page, tmp_path):
    open_canton(page)
    page.get_by_label("reading of the deals").select_option(label="below the next digit")
    shown = analysis.explore(CANTON, reading="next digit")
    waits(page, shown.sentence.text)
    for form in ("csv", "png"):
        button = page.get_by_role("button", name=word("dashboard.forms", form, "en"))
        with page.expect_download() as waiting:
            button.click()
        wanted = taken(load(), shown, form)
        assert waiting.value.suggested_filename == wanted.name
        waiting.value.save_as(tmp_path / form)
        assert (tmp_path / form).read_bytes() == wanted.content
    slider(page, "sessions whose deals count").focus()
    page.keyboard.press("ArrowLeft")
    waits(page, analysis.explore(CANTON, reading="next digit", sessions=6).sentence.text)
    assert page.locator("a.download").count() == 0


@pytest.mark.parametrize(
    ("form", "size", "lang"),
    [("png", "page", "en"), ("svg", "column", "zh"), ("xlsx", "page", "en")],
)
def test_a_download_is_the_file_of_an_export_to_the_byte(page, tmp_path, form, size, lang):
    list(export_charts([CHART], tmp_path, Order((lang,), (form,), (size,)), processes=1))
    open_section(page, "Charts to download")
    page.locator("a.download").wait_for()
    page.get_by_label("topic").select_option(label=notebook_title("03_ecommerce_reach", "en"))
    headline = definitions()[CHART].make(load()).en.headline
    page.get_by_label("chart", exact=True).select_option(label=headline)
    page.get_by_label("language of the chart").select_option(
        label={"en": "English", "zh": "中文"}[lang]
    )
    page.get_by_label("size (pictures)").select_option(label=word("publish.purpose", size, "en"))
    page.get_by_label("format").select_option(label=word("dashboard.forms", form, "en"))
    name = f"{CHART}.{lang}.{size}.{form}" if form != "xlsx" else f"{CHART}.{lang}.xlsx"
    link = page.locator(f"a.download[download='{name}']")
    link.wait_for()
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename == name
    waiting.value.save_as(tmp_path / "got")
    assert (tmp_path / "got").read_bytes() == (tmp_path / CHART / name).read_bytes()


def test_everything_can_be_reached_with_the_keyboard(page):
    open_canton(page)
    slider(page, "sessions whose deals count").wait_for()
    seen = set()
    page.locator("body").press("Tab")
    for _ in range(40):
        seen.add(
            page.evaluate(
                "(() => { const one = document.activeElement; return one.getAttribute('aria-label') || one.textContent.trim().slice(0, 40) || one.tagName; })()"
            )
        )
        page.keyboard.press("Tab")
    assert {"English", "中文", "Reset", "Charts to download"} <= seen
    assert any(one.startswith("sessions whose deals count") for one in seen), " | ".join(
        sorted(seen)
    )


@pytest.mark.parametrize("width", [360, 1100])
def test_nothing_is_cut_off_and_axe_finds_nothing(page, width):
    from axe_playwright_python.sync_playwright import Axe

    page.set_viewport_size({"width": width, "height": 800})
    for section in ("Labor export: what a worker earns and keeps", "Charts to download"):
        open_section(page, section)
        page.wait_for_selector(
            f"{'a.download' if section.startswith('Charts') else '[role=status]'}"
        )
        page.wait_for_timeout(500)
        wide, room = page.evaluate(
            "[Math.max(...[...document.querySelectorAll('.dashboard *')].map((one) => one.closest('.scroll') ? 0 : one.getBoundingClientRect().right)), innerWidth]"
        )
        assert wide <= room + 1, section
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:120]) for one in found] == [], section


@pytest.mark.full
def test_three_visitors_move_sliders_at_once(browser, board):
    context = browser.new_context()
    pages = [context.new_page() for _ in range(3)]
    for one in pages:
        one.set_default_timeout(PATIENCE)
        one.goto(f"http://127.0.0.1:{board}/", wait_until="commit", timeout=PATIENCE)
    for one in pages:
        one.wait_for_selector(PICTURE)
    for place, one in enumerate(pages):
        open_canton(one)
        slider(one, "sessions whose deals count").focus()
        for _ in range(place + 1):
            one.keyboard.press("ArrowLeft")
    for place, one in enumerate(pages):
        waits(one, analysis.explore(CANTON, sessions=6 - place).sentence.text)
    context.close()


def test_hostile_words_of_the_data_stay_words(browser, start, data_copy, edit):
    payload = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'
    edit(data_copy / "assumptions.csv", "ecommerce-overlap", "label_en", payload)
    edit(
        data_copy / "denominators.csv",
        "scio-2021.ecommerce-jobs@cn-rpov-n-2010std",
        "reason",
        payload,
    )
    port = start("-m", "analysis", "--data", str(data_copy), "app", "--port", "{port}")
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    visit(page, port)
    for section in (
        "E-commerce: how many different people",
        "Denominators: what a count may be divided by",
    ):
        open_section(page, section)
        page.get_by_role("heading", name=section).wait_for()
        page.wait_for_timeout(300)
    assert escape(payload[:8]) in page.content()
    assert page.evaluate("window.hacked") is None
    context.close()


def test_a_pasted_text_is_reviewed_with_the_keyboard_alone(page):
    open_section(page, word("dashboard", "briefing", "en"))
    page.get_by_placeholder(word("review", "paste", "en")).fill(
        "Some 1,150 people found work; no more than 450 <b>shops</b> opened; 46 firms signed."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    status = ".review-text mark.{}"
    page.wait_for_selector(status.format("current"))
    assert page.locator(".review-text mark").all_inner_texts() == ["1,1501?", "4502?", "463?"]
    assert "<b>shops</b>" in page.locator(".review-text").inner_text()
    page.get_by_placeholder("type here").press_sequentially("arc")
    page.wait_for_selector(status.format("rejected"))
    assert page.locator(status.format("accepted")).inner_text() == "1,1501✓"
    low = page.get_by_label(word("review", "low", "en"))
    page.wait_for_function("document.activeElement.value === '46'")
    low.fill("47")
    low.press("Enter")
    accept = page.get_by_role("button", name="Accept", exact=True)
    accept.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(status.format("changed"))
    with page.expect_download() as download:
        page.locator("a.download").click()
    rows = Path(download.value.path()).read_text("utf-8").splitlines()
    assert len(rows) == 3
    assert ",47,47,exact," in rows[2]
