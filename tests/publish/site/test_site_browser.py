"""The site in a browser: search, language, downloads, keyboard, small screens, paper, no scripts, accessibility, hostile data."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import unicodedata
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

PEOPLE, INCOMES, DEALS, HUNAN, AUDIT = CHARTS = (
    "ecommerce-distinct-people",
    "labor-stated-incomes",
    "canton-fair-deals-per-yuan-waived",
    "hunan-funding",
    "audit-tile-map",
)
CLAIM, NOTEBOOK = "scio-2021.canton-deals", "05_canton_fair_deals"
LANGUAGES = {"en": "", "zh": "zh/"}
TAGS = {"en": "en", "zh": "zh-CN"}
PAGES = {
    "gallery": "index.html",
    "chart": f"charts/{DEALS}/index.html",
    "map": f"charts/{AUDIT}/index.html",
    "claim": f"claims/{CLAIM}/index.html",
    "claims": "claims/index.html",
    "findings": "findings/index.html",
    "series": "series/index.html",
    "notebook": f"notebooks/{NOTEBOOK}/index.html",
    "notebooks": "notebooks/index.html",
    "interpreting": "interpreting/index.html",
    "about": "about/index.html",
    "documents": "docs/index.html",
    "document": "docs/readme/index.html",
    "reference": "reference/index.html",
    "search": "search/index.html",
}
OPEN_ALL = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
each_page = pytest.mark.parametrize("name", PAGES)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def in_turns(names):
    """Each page in one language, the next in the other; nightly in both."""
    both = [(name, lang, place) for place, name in enumerate(names) for lang in LANGUAGES]
    chosen = [
        pytest.param(name, lang, marks=[] if lang == ("en", "zh")[place % 2] else pytest.mark.full)
        for name, lang, place in both
    ]
    return pytest.mark.parametrize(("name", "lang"), chosen)


def path(name, lang="en"):
    """Path of a page in a language."""
    return LANGUAGES[lang] + PAGES[name]


def shown(page):
    """Charts whose cards are visible, in their order."""
    links = page.locator(".card:visible :is(h3, h4) a")
    return [re.search(r"charts/([a-z-]+)/", link.get_attribute("href"))[1] for link in links.all()]


def query(page):
    """What stands after the question mark of a page's address."""
    return page.evaluate("decodeURIComponent(location.search)")


def until(page, condition, arg=None):
    """Wait for a condition of the page, whose policy forbids what ``wait_for_function`` evaluates when it looks again."""
    for _ in range(200):
        if page.evaluate(condition, arg):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"not so after five seconds: {condition}")


# --- search and filters


@each_language
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("booth fees", [DEALS]),
        ("  FEES   Booth", [DEALS]),
        ("展位费", [DEALS]),
        ("7.71 million", [PEOPLE]),
        (AUDIT, [AUDIT]),
        ("china", None),
    ],
)
def test_search_finds_charts_by_words_of_either_language(reader, lang, words, found):
    page = reader.open(path("gallery", lang))
    page.locator("#q").fill(words)
    until(page, "document.querySelector('.card[hidden]') !== null")  # the index is loaded first
    if found is None:
        assert 1 < len(shown(page)) < len(CHARTS)
    else:
        assert shown(page) == found


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("theme", "labor", [INCOMES]),
        ("theme", "hunan", [HUNAN]),
        ("claim", "scio-2021.labor-income", [INCOMES, AUDIT]),
        ("claim", "hunan-2017.funds-central", [HUNAN, AUDIT]),
        ("grade", "D", [INCOMES]),
        ("grade", "register", [AUDIT]),
    ],
)
def test_a_filter_shows_what_fits_and_stays_in_the_address(reader, field, value, found):
    page = reader.open()
    assert shown(page) == list(CHARTS)
    page.locator(f"#{field}").select_option(value)
    assert shown(page) == found
    assert query(page) == f"?{field}={value}"
    assert page.locator("#shown").inner_text() == f"{len(found)} of {len(CHARTS)} charts"
    page.reload()
    assert shown(page) == found
    assert page.locator(f"#{field}").input_value() == value


def test_filters_narrow_each_other_and_are_taken_back_together(reader):
    page = reader.open("index.html?grade=C&q=million")
    until(page, "document.querySelector('.card[hidden]') !== null")  # the index is loaded first
    assert shown(page) == [PEOPLE]
    page.locator("#theme").select_option("labor")
    until(page, "!document.querySelector('.card:not([hidden])')")
    assert shown(page) == []
    page.get_by_role("button", name="Show all").click()
    until(page, "location.search === ''")
    assert shown(page) == list(CHARTS)
    assert page.locator("#shown").inner_text() == f"All {len(CHARTS)} charts"


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "No chart matches."), ("zh", "没有符合条件的图表。")]
)
def test_a_search_without_result_says_so_to_everybody(reader, lang, said):
    page = reader.open(path("gallery", lang))
    page.locator("#q").fill("no such wordings")
    status = page.get_by_role("status")
    until(page, "!document.querySelector('.card:not([hidden])')")
    assert shown(page) == []
    assert status.inner_text().startswith(said)
    assert status.get_attribute("aria-live") == "polite"
    assert page.locator("section.group:visible").count() == 0  # no heading above nothing


def test_a_chart_leads_to_the_charts_of_its_theme(reader):
    page = reader.open(path("chart"))
    page.get_by_role("link", name="Canton Fair", exact=True).click()
    page.wait_for_url(reader.start + "topics/canton-fair/index.html")
    assert shown(page) == [DEALS]
    assert page.locator(".results a[href*='findings/index.html#canton-fair.']").count() > 5


# --- marks


@each_language
def test_each_mark_says_its_row_on_hover_and_focus(reader, lang):
    page = reader.open(path("chart", lang))
    marks, tip = page.locator(".on-wide .mark"), page.locator(".tip")
    names = [one.get_attribute("aria-label") for one in marks.all()]
    assert len(names) > 2
    assert len(set(names)) == len(names)
    assert all({"en": "Source: ", "zh": "来源："}[lang] in name for name in names)
    assert not tip.is_visible()
    marks.first.hover()
    assert tip.inner_text().split("\n") == names[0].split("; ")
    page.mouse.move(0, 0)
    assert not tip.is_visible()
    marks.first.focus()
    for key, at in (
        ("ArrowRight", 1),
        ("End", -1),
        ("ArrowDown", 0),
        ("ArrowLeft", -1),
        ("Home", 0),
    ):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('aria-label')") == names[at]
        assert tip.inner_text().split("\n") == names[at].split("; ")
        assert page.locator(".on-wide .mark[tabindex='0']").count() == 1  # one stop for the tab key
    page.keyboard.press("Escape")
    assert not tip.is_visible()


def test_a_tap_on_a_phone_shows_the_row_within_the_screen(reader):
    page = reader.open(path("chart"), viewport={"width": 390, "height": 844}, has_touch=True)
    assert not page.locator(".on-wide").is_visible()
    page.locator(".on-phone .mark").last.tap()
    box = page.locator(".tip").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.locator("h1").tap()
    assert not page.locator(".tip").is_visible()


@each_language
def test_the_page_to_embed_is_the_chart_alone(reader, lang):
    page = reader.open(path("chart", lang))
    address = re.search('src="([^"]+)"', page.locator("#frame").input_value())[1]
    assert address == reader.start + LANGUAGES[lang] + f"charts/{DEALS}/embed/index.html"
    page.goto(address)
    assert page.locator("nav, header, form").count() == 0
    assert marks_are_there(page)
    assert violations(page) == []
    page.locator(".mark:visible").first.hover()
    assert page.locator(".tip").is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    until(page, "document.querySelector('.tip').hidden")
    assert page.evaluate(STICKS_OUT) == []
    page.set_viewport_size({"width": 1280, "height": 900})


# --- languages


def test_the_language_switch_keeps_search_and_filters(reader):
    page = reader.open()
    page.locator("#q").fill("people")
    page.locator("#grade").select_option("C")
    until(page, "location.search.endsWith('grade=C')")
    page.get_by_role("link", name="中文", exact=True).click()
    page.wait_for_url("**/zh/index.html?*")
    assert query(page) == "?q=people&grade=C"
    until(page, "document.querySelector('.card[hidden]') !== null")  # the index is loaded first
    assert shown(page) == [PEOPLE]


FOREIGN = """() => {
  const foreign = {"en": /\\p{Script=Han}/u, "zh-CN": /(\\p{Script=Latin}{2,}(?:[,.;:]? )){3}\\p{Script=Latin}{2,}/u};
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const said = texts.currentNode.textContent, around = texts.currentNode.parentElement;
    if (!around.closest("script, style, code, textarea, .address, [hidden]") && foreign[around.closest("[lang]").lang].test(said)) found.push(said.trim().slice(0, 120));
  }
  return found;
}"""


@each_page
def test_a_page_says_its_language_and_its_title_and_the_switch_comes_back(reader, name):
    """Words in the other language are marked, so that a screen reader pronounces them; four Latin words in a row are more than a name."""
    titles = set()
    page = reader.open(path(name))
    for lang, switch in (("en", "中文"), ("zh", "English")):
        page.wait_for_url(reader.start + path(name, lang))
        title, heading = page.title(), page.locator("h1").inner_text()
        assert page.locator("html").get_attribute("lang") == TAGS[lang]
        assert page.locator("h1").count() == 1
        assert bool(re.search("[一-鿿]", title)) == (lang == "zh")
        assert heading.split()[0] in title or name in ("claims", "findings", "series", "search")
        assert page.evaluate(FOREIGN) == []
        titles.add(title)
        page.get_by_role("link", name=switch, exact=True).click()
    page.wait_for_url(reader.start + path(name))
    assert len(titles) == 2


def test_every_page_has_a_title_of_its_own(site):
    for lang, folder in LANGUAGES.items():
        pages = [
            one
            for one in sorted((site / folder).rglob("index.html"))
            if lang == "zh" or "zh" not in one.relative_to(site).parts
        ]
        titles = [re.search("<title>(.*?)</title>", one.read_text("utf-8"))[1] for one in pages]
        assert len(pages) > 70
        assert [title for title in titles if titles.count(title) > 1] == []


# --- downloads, embedding, copying


def zip_names(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return archive.namelist()


IS_WHAT_IT_SAYS = {
    "png": lambda content: content.startswith(b"\x89PNG\r\n\x1a\n"),
    "pdf": lambda content: content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF"),
    "svg": lambda content: ElementTree.fromstring(content).tag == "{http://www.w3.org/2000/svg}svg",
    "xlsx": lambda content: "xl/workbook.xml" in zip_names(content),
    "docx": lambda content: "word/document.xml" in zip_names(content),
    "pptx": lambda content: "ppt/presentation.xml" in zip_names(content),
    "zip": lambda content: len(zip_names(content)) > 1,
    "csv": lambda content: len(list(csv.reader(io.StringIO(content.decode())))) > 1,
    "json": lambda content: bool(json.loads(content)),
    "html": lambda content: content.startswith(b"<figure"),
    "md": lambda content: content.startswith(b"# "),
    "txt": lambda content: len(content.decode()) > 20,
    "bib": lambda content: content.startswith(b"@"),
    "MANIFEST": lambda content: len(content.split()) > 20,
}
AT_ONCE = 8  # Chromium drops the eleventh download that a window asks for within a second
ALWAYS = {"png", "pdf", "svg", "xlsx", "csv", "json", "html", "md", "txt"}


@pytest.mark.parametrize("lang", [pytest.param("en", marks=pytest.mark.full), "zh"])
def test_each_download_is_the_file_in_the_folder(reader, site, lang):
    kinds, number = set(), 0
    page = reader.open(path("chart", lang))
    while number < page.locator("a[download]").count():
        if number % AT_ONCE == 0:
            page = reader.window()
            page.goto(reader.start + path("chart", lang))
        with page.expect_download() as waiting:
            page.locator("a[download]").nth(number).click()
        number += 1
        name = waiting.value.suggested_filename
        content = Path(waiting.value.path()).read_bytes()
        kind = name.rpartition(".")[2]
        assert content == (site / "charts" / DEALS / name).read_bytes(), name
        assert IS_WHAT_IT_SAYS[kind](content), name
        kinds.add(kind)
    assert kinds >= ALWAYS
    assert page.url.endswith(path("chart", lang))  # no download leads away


def test_every_file_of_a_chart_is_offered_with_its_size(reader, site):
    offered = set()
    for lang in LANGUAGES:
        for link in reader.open(path("chart", lang)).locator("#downloads ~ * a[download]").all():
            name = link.get_attribute("href").rpartition("/")[2]
            said, size = link.inner_text(), (site / "charts" / DEALS / name).stat().st_size
            words = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1000))} kB"
            assert words in said, said
            offered.add(name)
    there = {one.name for one in (site / "charts" / DEALS).iterdir()}
    assert offered == there - {"index.html", ".made.json", "embed"}


def pasted(reader, snippet, folder, address):
    """A bare page with nothing but a snippet, opened."""
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>A report</title></head><body><p>Before</p>\n{snippet}\n</body></html>',
        "utf-8",
    )
    reader.allowed.append(f"{address}/{folder.name}/")
    page = reader.window(bypass_csp=True)
    page.goto(f"{address}/{folder.name}/page.html")
    return page


def marks_are_there(page):
    """The picture that is a part of a page, as wide as the page lets it be."""
    return page.locator(".chart svg:visible").bounding_box()["width"] > 300


def picture_is_there(page):
    """The one picture of a page, loaded."""
    picture = page.locator("img")
    page.wait_for_function("document.images[0].complete")
    assert picture.count() == 1
    return picture.evaluate("one => one.naturalWidth") > 0


@each_language
@pytest.mark.parametrize("chart", [DEALS, HUNAN])
def test_the_snippet_shows_the_chart_in_a_bare_page(reader, root, address, lang, chart):
    """As the page offers it, where it lies on a server: with the picture's whole address."""
    own = reader.open(f"{LANGUAGES[lang]}charts/{chart}/index.html")
    page = pasted(
        reader, own.locator("#snippet").input_value(), root / f"bare-{lang}-{chart}", address
    )
    assert picture_is_there(page)
    assert page.locator("img").get_attribute("alt") == own.locator("#alt-text").inner_text()
    assert page.locator("figure").get_attribute("lang") == TAGS[lang]
    assert own.locator("h1").inner_text() in page.locator("figcaption").inner_text()
    assert page.locator("script, iframe, link[rel=stylesheet]").count() == 0
    page.locator("summary").click()
    assert page.locator("table").is_visible()


def test_the_snippet_in_the_folder_works_beside_its_picture(reader, root, site, address):
    folder = root / "beside"
    folder.mkdir()
    shutil.copy(site / "charts" / DEALS / f"{DEALS}.en.web.png", folder)
    page = pasted(
        reader, (site / "charts" / DEALS / f"{DEALS}.en.html").read_text("utf-8"), folder, address
    )
    assert picture_is_there(page)


@each_language
def test_the_copy_buttons_copy(reader, lang):
    page = reader.window()
    page.goto(reader.start + path("chart", lang))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    areas = page.locator("textarea").all()
    assert len(areas) == 4  # frame, snippet, citation, BibTeX
    for area in areas:
        box = page.locator(".copied", has=page.locator(f"#{area.get_attribute('id')}"))
        box.get_by_role("button").click()
        box.get_by_text({"en": "Copied", "zh": "已复制"}[lang], exact=True).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == area.input_value()


def test_the_copy_button_without_a_clipboard_selects_the_text(reader):
    page = reader.window()
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false"
    )
    page.goto(reader.start + path("chart"))
    box = page.locator(".copied", has=page.locator("#citation"))
    box.get_by_role("button").click()
    box.get_by_text("Select the text and copy it").wait_for()
    assert page.evaluate("getSelection().toString()") == page.locator("#citation").input_value()


# --- keyboard

PHONE, PAPER = (
    {"width": 360, "height": 780},
    {"width": 672, "height": 1000},
)  # the second is the width between the margins of A4

FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    name: one.getAttribute("href") || one.id || one.textContent.trim(), tag: one.tagName,
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def tabbed(page, most=400):
    """What has the focus, key by key, until it leaves the page."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        one = page.evaluate(FOCUSED)
        if one["tag"] == "BODY":
            return found
        found.append(one)
    raise AssertionError(f"the focus is still on the page after {most} keys, at {found[-1]}")


@pytest.mark.parametrize("name", ["gallery", "chart", "claim"])
def test_the_keyboard_reaches_everything_and_the_focus_is_seen(reader, name):
    page = reader.open(path(name))
    page.evaluate(OPEN_ALL)
    found = tabbed(page)
    assert [one for one in found if not (one["ringed"] and one["inside"])] == []
    controls = page.locator(
        "a[href]:visible, button:visible, input:visible, select:visible, textarea:visible, summary:visible, [tabindex='0']:visible"
    ).count()
    assert len(found) == controls
    assert found[0]["name"] == "#main"


def test_the_keyboard_order_of_the_gallery(reader):
    names = [one["name"] for one in tabbed(reader.open())]
    order = [
        "#main",
        "claims/index.html",
        "zh/index.html",
        f"charts/{PEOPLE}/index.html",  # one of the charts to begin with
        "q",
        "theme",
        "claim",
        "grade",
        "Show all",
        *(f"charts/{name}/index.html" for name in CHARTS),
    ]
    assert [name for name in names if name in order] == order


def test_the_skip_link_leads_to_the_content(reader):
    page = reader.open()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "interpreting/index.html"  # the first door


def test_the_gallery_is_used_with_the_keyboard_alone(reader):
    page = reader.open()
    while page.evaluate(FOCUSED)["name"] != "q":
        page.keyboard.press("Tab")
    page.keyboard.type("booth fees")
    until(page, "document.querySelector('.card[hidden]') !== null")  # the index is loaded first
    assert shown(page) == [DEALS]
    while page.evaluate(FOCUSED)["name"] != PAGES["chart"]:
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(reader.start + path("chart"))
    summary = page.locator("summary").first
    while not summary.evaluate("one => one === document.activeElement"):
        page.keyboard.press("Tab")
    before = summary.evaluate("one => one.parentElement.open")
    page.keyboard.press("Enter")
    until(page, "before => document.activeElement.parentElement.open !== before", before)


def test_a_wide_table_scrolls_with_the_keyboard(reader):
    page = reader.open(path("chart"), viewport=PHONE)
    page.locator(".scroll", has=page.locator("table.data")).focus()
    page.keyboard.press("ArrowRight")
    until(page, "document.activeElement.scrollLeft > 0")


# --- small screens and paper

STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect();
  return box.right > document.documentElement.clientWidth + 1 && box.width && !one.closest(".scroll, .tall, [hidden], .skip") && getComputedStyle(one).position !== "absolute";
}).map((one) => `${one.tagName} ${one.className} ${one.textContent.trim().slice(0, 60)}`)"""
UNREACHABLE = """() => [...document.querySelectorAll(".scroll")].filter((one) => one.scrollWidth > one.clientWidth)
  .filter((one) => one.tabIndex !== 0 || !["auto", "scroll"].includes(getComputedStyle(one).overflowX)).map((one) => one.outerHTML.slice(0, 120))"""


@in_turns(PAGES)
def test_nothing_sticks_out_of_a_small_screen(reader, name, lang):
    page = reader.open(path(name, lang), viewport=PHONE)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(UNREACHABLE) == []


NOT_ON_PAPER = ".top, .skip, .filter, .actions, .around, button, .shown"


@in_turns(["chart", "claim", "gallery", "findings", "notebook"])
def test_a_page_prints(reader, name, lang):
    page = reader.open(path(name, lang), viewport=PAPER)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    assert page.locator(f":is({NOT_ON_PAPER}):visible").count() == 0
    assert page.evaluate(STICKS_OUT) == []
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).map((one) => one.textContent.trim().slice(0, 60))"
        )
        == []
    )
    page.evaluate("document.fonts.ready")
    headline = page.locator("h1").inner_text()
    words = printed(page.pdf(format="A4"))
    assert [part for part in re.findall(r"\d+|[^\W\d]+", headline) if part not in words] == []
    if name == "chart":
        assert {"en": "Source: State Council", "zh": "资料来源:国务院"}[lang] in words


def printed(content: bytes) -> str:
    """Words of a PDF file."""
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return unicodedata.normalize(
        "NFKC", words
    )  # "fi" is one sign in some fonts, and a colon is full-width in Chinese


FONT = """async (text) => {
  const found = await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 16px Chinese`, text)));
  return found.flat().map((one) => `${one.weight} ${one.status}`);
}"""


def test_a_machine_without_chinese_font_takes_that_of_the_site_for_chinese_only(
    reader, file_reader
):
    for page in (reader.open(path("chart", "zh")), file_reader.open(path("chart", "zh"))):
        assert page.evaluate(FONT, "贫困县") == ["400 loaded", "600 700 loaded"]
        assert page.evaluate(FONT, "poverty counties") == []


# --- without scripts, without a server, other colours


@each_language
def test_the_gallery_without_scripts_shows_every_card_and_no_dead_control(reader, lang):
    page = reader.open(path("gallery", lang), java_script_enabled=False)
    assert shown(page) == list(CHARTS)
    assert page.locator("button:visible, input:visible, select:visible").count() == 0
    page.locator(".card a").first.click()
    page.wait_for_url(f"**/{LANGUAGES[lang]}charts/{PEOPLE}/index.html")


@each_language
def test_a_chart_without_scripts_is_whole(reader, lang):
    page = reader.open(path("chart", lang), java_script_enabled=False)
    assert marks_are_there(page)
    assert all(page.locator(".mark > title").all_text_contents())
    assert page.locator(".mark > title").count() == page.locator(".mark").count() > 0
    assert page.locator("button:visible").count() == 0
    assert page.locator("table.data").is_visible()
    assert page.locator("#snippet").input_value().startswith("<figure")
    closed = page.locator("details:not([open])")
    before = closed.count()
    closed.first.locator("summary").first.click()
    assert closed.count() == before - 1


def test_the_site_is_read_from_files(file_reader):
    page = file_reader.open()
    page.locator("#q").fill("booth fees")
    until(page, "document.querySelector('.card[hidden]') !== null")  # the index is loaded first
    assert shown(page) == [DEALS]
    page.locator(".card:visible :is(h3, h4) a").click()
    page.wait_for_url(file_reader.start + path("chart"))
    assert marks_are_there(page)
    assert page.locator("h1").evaluate("one => getComputedStyle(one).textWrap") != ""
    assert page.evaluate("document.styleSheets.length") == 3  # with those of the two pictures
    assert page.get_by_role("button").count() == 5  # the scripts run: full screen, copy buttons
    page.get_by_role("link", name="中文", exact=True).click()
    page.wait_for_url(file_reader.start + path("chart", "zh"))
    page.get_by_role("link", name="官方数字", exact=True).first.click()
    page.wait_for_url(file_reader.start + path("claims", "zh"))


@pytest.mark.parametrize(
    "settings",
    [
        {"forced_colors": "active"},
        {"color_scheme": "dark"},
        {"forced_colors": "active", "color_scheme": "dark"},
    ],
    ids=["forced", "dark", "forced and dark"],
)
def test_other_colours_leave_words_readable(reader, settings):
    page = reader.open(path("chart"), **settings)
    same = "all => all.filter((one) => getComputedStyle(one).color === getComputedStyle(one).backgroundColor).map((one) => one.className)"
    assert (
        page.locator("body, .button, .grade b, .letter, button, textarea").evaluate_all(same) == []
    )
    assert (
        page.locator(".grade b").first.evaluate("one => getComputedStyle(one).borderTopStyle")
        != "none"
    )


# --- accessibility

ONE_OF_A_KIND = """() => {
  const seen = new Set(), kind = (one) => `${one.tagName}.${one.className}`;
  for (const one of document.querySelectorAll("body *")) {
    if (![...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.textContent.trim())) continue;
    const style = getComputedStyle(one), parent = one.parentElement;
    let behind = one;
    while (behind && getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
    const look = [[one, parent].map(kind), style.color, behind && getComputedStyle(behind).backgroundColor, style.fontSize, style.fontWeight].join();
    if (!seen.has(look)) one.setAttribute("data-one-of-a-kind", "");
    seen.add(look);
  }
}"""


def violations(page, context=None, **options):
    """What axe-core finds on a page: rule, impact and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = (
        Axe()
        .run(page, context=context, options={"resultTypes": ["violations"]} | options)
        .response["violations"]
    )
    return [
        f"{rule['id']} ({rule['impact']}): {', '.join(str(part) for part in node['target'])}"
        for rule in found
        for node in rule["nodes"][:5]
    ]


@in_turns(PAGES)
def test_axe_finds_no_violation(reader, name, lang):
    """Every rule on the whole page with everything open; contrast on one text of each kind, because axe takes half a minute for a long list."""
    page = reader.open(path(name, lang))
    page.evaluate(OPEN_ALL)
    assert violations(page, rules={"color-contrast": {"enabled": False}}) == []
    page.evaluate(ONE_OF_A_KIND)
    assert (
        violations(
            page, "[data-one-of-a-kind]", runOnly={"type": "rule", "values": ["color-contrast"]}
        )
        == []
    )


# --- hostile data, and nothing from elsewhere


@each_language
@pytest.mark.parametrize(
    "folder",
    [
        "",
        f"charts/{HUNAN}/",
        "claims/hunan-2017.funds-commerce/",
        "claims/",
        "series/",
        "findings/",
        "about/",
    ],
)
def test_hostile_data_are_shown_as_text_and_run_nothing(reader, site, payload, folder, lang):
    """With the page's own policy switched off: what escapes from a text would run."""
    page = reader.open(f"{LANGUAGES[lang]}{folder}index.html", bypass_csp=True)
    page.evaluate(OPEN_ALL)
    assert (
        page.locator(
            "[onerror], [onload], [onmouseover], script:not([src]), img[src=x], a[href*='hacked']"
        ).count()
        == 0
    )
    if folder not in ("", "findings/"):
        assert page.get_by_text(payload).count() > 0


def test_every_page_says_that_it_loads_nothing_from_elsewhere(site):
    policy = re.compile(
        r"""<meta http-equiv="Content-Security-Policy" content="default-src 'none';"""
    )
    assert [
        one for one in site.rglob("index.html") if not policy.search(one.read_text("utf-8"))
    ] == []


LIGHT = 300_000  # bytes
ELSEWHERE = "http://127.0.0.1:9/picture.png"
ASK = """address => new Promise((done) => {
  document.addEventListener("securitypolicyviolation", (event) => done(`the page refused ${event.blockedURI}`));
  document.body.append(Object.assign(new Image(), {src: address, onerror: () => setTimeout(() => done("the browser asked"))}));
})"""


def test_a_page_refuses_what_is_not_its_own(reader):
    assert reader.open().evaluate(ASK, ELSEWHERE) == f"the page refused {ELSEWHERE}"
    assert [one for one in reader.problems if "asked for" in one] == []
    reader.problems.clear()  # the refusal itself is an error on the console


def test_without_its_policy_a_request_elsewhere_would_be_seen_here(reader):
    assert reader.open(bypass_csp=True).evaluate(ASK, ELSEWHERE) == "the browser asked"
    assert [one for one in reader.problems if one.endswith(f"asked for {ELSEWHERE}")] != []
    reader.problems.clear()


@each_language
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_page_is_light(reader, chart, lang):
    """With everything that it loads before anybody scrolls; a font only where the machine has none for Chinese."""
    page = reader.open(f"{LANGUAGES[lang]}charts/{chart}/index.html")
    sizes = page.evaluate(
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].filter((one) => !one.name.endsWith('.woff')).map((one) => one.encodedBodySize)"
    )
    assert len(sizes) == 4  # page, style, script, picture
    assert sum(sizes) < LIGHT
