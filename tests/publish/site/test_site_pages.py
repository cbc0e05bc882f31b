"""The pages of the site: every link leads somewhere, every picture is described, every text is escaped."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tomllib
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from site_reading import files_of, pages_of, parsed, target

import analysis
from analysis.publish.chart_basis import findings_shown
from analysis.publish.exhibit import make_exhibit
from analysis.publish.site import (
    chart_pages,
    claim_pages,
    documents,
    markdown,
    mathml,
    reference,
    search,
    sharing,
)
from analysis.publish.site.build import STATIC
from analysis.publish.site.contents import rendered
from analysis.publish.site.downloads import downloads, file_rows, kilobytes, picture_rows, shortened
from analysis.publish.site.notebooks import body, read
from analysis.publish.site.page import Place, checked
from analysis.publish.site.render import is_address, render
from analysis.publish.site.words import Words, untranslated
from analysis.records.errors import ExportError
from analysis.records.load import load
from analysis.records.paths import PROJECT, notebook_paths
from analysis.records.retired import retired
from analysis.themes import all_findings, one_finding, prefix_of
from analysis.themes.charts import definitions
from analysis.themes.claims_audit import findings as audit
from analysis.words.catalogue import LANGUAGES, catalogue
from analysis.words.chinese import in_chinese
from analysis.words.wording import stated

ONE = "canton-fair-shares"
CHINESE = re.compile("[\u3400-\u9fff]")
SPOKEN = {"en": "en", "zh": "zh-CN"}
# what the repository has at its root and in docs, without what has a page in both languages
DOCUMENTS = [
    path.relative_to(PROJECT).as_posix()
    for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))
    if not re.search(r"\.(en|zh)\.md$", path.name)
]


@pytest.fixture(scope="module")
def stored_notebooks():
    """The stored notebooks, read."""
    return tuple(read(path.stem, path.read_text("utf-8")) for path in notebook_paths())


@pytest.fixture(scope="module")
def made(records, stored_notebooks):
    """Every page of the site with all charts, and what a page needs besides, by path."""
    return dict(rendered(pages_of(records, tuple(definitions()), stored_notebooks)))


@pytest.fixture(scope="module")
def pages(made):
    """Every page of the site with all charts, by path."""
    return {
        path: content
        for path, content in made.items()
        if path.endswith(".html") and "/embed/" not in path
    }


@pytest.fixture(scope="module")
def readings(pages):
    """Every page, parsed."""
    return {path: parsed(content) for path, content in pages.items()}


@pytest.fixture(scope="module")
def files(made, stored_notebooks):
    """Paths of everything that a finished site holds."""
    beside = {f"charts/{name}/{file}" for name in definitions() for file in files_of(name).sizes}
    pictures = {path for one in stored_notebooks for path in one.pictures}
    beside |= {f"data/{name}.{kind}" for name in definitions() for kind in ("csv", "json")}
    tables = {f"data/{name}" for one in stored_notebooks for name in one.tables}
    static = {f"static/{path.name}" for path in STATIC.iterdir()}
    return {*made, *beside, *pictures, *tables, *static}


def language(path: str) -> str:
    return "zh" if path.startswith("zh/") else "en"


def test_every_claim_chart_and_notebook_has_its_page_in_both_languages(
    pages, records, stored_notebooks
):
    wanted = {
        "index.html",
        *(
            f"{name}/index.html"
            for name in (
                "claims",
                "findings",
                "series",
                "notebooks",
                "interpreting",
                "glossary",
                "search",
                "about",
                "docs",
                "reference",
            )
        ),
    }
    wanted |= {f"{documents.folder_of(path)}/index.html" for path in DOCUMENTS}
    wanted |= {f"reference/{name}/index.html" for name in reference.PACKAGES}
    wanted |= {f"topics/{prefix_of(name)}/index.html" for name in definitions()}
    wanted |= {f"claims/{name}/index.html" for name in records.claims["claim_id"]}
    wanted |= {f"charts/{name}/index.html" for name in definitions()}
    gone = {name for name, (first, *_) in retired().items() if first in definitions()}
    wanted |= {f"charts/{name}/index.html" for name in gone}
    assert 'href="../canton-fair-break-even/index.html"' in (
        pages["charts/canton-fair-published-return/index.html"].decode()
    )
    wanted |= {f"notebooks/{one.name}/index.html" for one in stored_notebooks}
    assert len(records.claims) >= 55
    assert set(pages) == wanted | {f"zh/{path}" for path in wanted}


QUERIES = tomllib.loads(Path(__file__).with_name("search_queries.toml").read_text("utf-8"))
ASKED = {
    "how do I add a claim": "docs/contributing#add-a-claim",
    "install": "docs/readme#install",
    "export a chart": "docs/export",
    "bounds": "glossary#lower-bound",
    "intervals()": "reference#intervals",
    "bounds_of()": "reference/bounds#analysis.bounds.claims",
    "GDP": "series#cn-ppp-gdp",
    "安装": "docs/readme",
}
FIRST = """async ([query, all]) => {
  const index = await siteSearch.load(document.querySelector("[data-index]").dataset.index);
  const items = document.querySelectorAll("#results li");
  return siteSearch.find(index, query, all).map((one) => items[one].dataset.to);
}"""


@pytest.fixture(scope="module")
def searching(browser, made, tmp_path_factory):
    """The page that searches, opened as a file in one language."""
    out = tmp_path_factory.mktemp("searched")
    wanted = {path: made[path] for path in made if "search/" in path}
    wanted |= {f"static/{one.name}": one.read_bytes() for one in STATIC.iterdir()}
    for path, content in wanted.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
    page = browser.new_page()

    def opened(lang):
        page.goto(f"{(out / 'zh' if lang == 'zh' else out).as_uri()}/search/index.html")
        return page

    yield opened
    page.close()


def test_what_a_policy_writer_types_is_among_the_first_three(searching):
    """Forty queries, written before the search was made: single and plural, synonyms, both languages."""
    missed = []
    for lang, queries in QUERIES.items():
        page = searching(lang)
        for query, wanted in queries.items():
            found = page.evaluate(FIRST, [query, False])[:3]
            if not any(one.startswith(tuple(wanted)) for one in found):
                missed.append((query, found))
    assert {lang: len(queries) for lang, queries in QUERIES.items()} == {"en": 20, "zh": 20}
    assert len(missed) <= 2, missed


def test_what_somebody_asks_who_uses_the_project_is_found_first(searching):
    page = searching("en")
    assert {query: page.evaluate(FIRST, [query, False])[0] for query in ASKED} == ASKED
    assert page.evaluate(FIRST, ["no_verb_of_this_name()", False])[:1] != ["reference#intervals"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shop", "shops"),
        ("subsidy", "subsidies"),
        ("E-commerce", "ecommerce"),
        ("WAGES", "wage"),
        ("exporters", "exporter"),
        ("the booth fees", "booth fee"),
        ("\uff22\uff4foth fee", "booth fee"),
    ],
)
def test_forms_of_a_word_find_the_same(searching, one, other):
    page = searching("en")
    found = page.evaluate(FIRST, [one, False])
    assert found
    assert found == page.evaluate(FIRST, [other, False])


@pytest.mark.parametrize(
    "query", ["constructor", "hasOwnProperty", "toString", "xyzzy", "龘", "?!", "the"]
)
def test_what_no_text_has_finds_nothing(searching, query):
    page = searching("en")
    assert page.evaluate(FIRST, [query, False]) == []
    assert page.evaluate(FIRST, [query, True]) == []


def test_the_beginning_of_a_word_finds_it_and_every_word_is_wanted_by_the_gallery(searching):
    page = searching("zh")
    assert "charts/canton-fair-fee-window" in page.evaluate(FIRST, ["boot", False])
    assert page.evaluate(FIRST, ["贫", False])
    both = page.evaluate(FIRST, ["booth xyzzy", True])
    assert (both, page.evaluate(FIRST, ["booth xyzzy", False])[:1] != []) == ([], True)


def test_the_page_shows_what_is_found_and_the_whole_list_again(searching):
    page = searching("en")
    whole = page.locator("#results li").count()
    page.locator("#q").fill("wages")
    page.locator("#results li").nth(whole - 1).wait_for(state="detached")
    assert "found, the best first" in page.locator("#found").inner_text()
    assert "Chart" in page.locator("#results b").all_inner_texts()[:3]
    page.locator("#q").fill("")
    page.locator("#results li").nth(whole - 1).wait_for()
    assert page.locator("#results li").count() == whole


def test_the_list_without_a_script_holds_everything_that_is_found(pages, records):
    listed = re.findall(r'<li data-to="([^"]+)"', pages["search/index.html"].decode())
    kinds = {"charts/": len(definitions()), "claims/": len(records.claims), "notebooks/": 13}
    kinds |= {"findings#": len(all_findings(records)), "glossary#": 29}
    kinds |= {"series#": len(records.series_index)}
    kinds |= {
        kind: len([one for one in listed if one.startswith(kind)]) for kind in ("docs", "ref")
    }
    assert kinds["docs"] > 3 * len(DOCUMENTS) / 2
    assert kinds["ref"] > 2 * len(analysis.__all__)
    assert {kind: sum(one.startswith(kind) for one in listed) for kind in kinds} == kinds
    assert len(listed) == len(set(listed)) == sum(kinds.values())


def test_each_synonym_is_found_by_each_other_of_its_group():
    """Every word of a group leads to its number, in either language; no word stands in one group twice."""
    for number, group in enumerate(catalogue("synonyms").values()):
        for said in (*group["en"], *group["zh"]):
            assert f"{search.GROUP}{number}" in set(search.terms(said)), said
        assert len({*group["en"], *group["zh"]}) == len(group["en"]) + len(group["zh"])


BASE = "https://example.org/poverty/"


@pytest.fixture(scope="module")
def published(records):
    """The pages of one chart, of a contested claim and the first one, as they are for a site with an address."""
    made = pages_of(records, (ONE,))
    wanted = ("", f"charts/{ONE}", f"charts/{ONE}/embed", "claims/hunan-2017.funds-commerce")
    contested = next(
        f"claims/{name}"
        for name in records.claims["claim_id"]
        if claim_pages.is_contested(records, name)
    )
    chosen = [page for page in made if page.folder in (*wanted, contested)]
    return contested, dict(rendered(chosen, base=BASE)), len(chosen)


def test_a_published_page_names_its_own_address_and_keeps_relative_links(published):
    _, made, count = published
    for path, content in made.items():
        if not path.endswith(".html") or "/embed/" in path:
            continue
        page = parsed(content)
        own = BASE + path.removesuffix("index.html")
        english = BASE + path.removeprefix("zh/").removesuffix("index.html")
        links = {
            (one.attributes["rel"], one.attributes.get("hreflang", "")): one.attributes["href"]
            for one in page.all("link")
        }
        assert links["canonical", ""] == own
        assert links["alternate", "x-default"] == links["alternate", "en"] == english
        assert links["alternate", "zh-CN"] == english.replace(BASE, f"{BASE}zh/")
        assert not [one for one in page.all("a") if BASE in one.attributes.get("href", "")]
        meta = {
            one.attributes.get("property", ""): one.attributes.get("content")
            for one in page.all("meta")
        }
        assert meta["og:url"] == own
        assert meta["og:title"]
    listed = re.findall("<loc>([^<]+)</loc>", made["sitemap.xml"].decode())
    assert len(listed) == len(set(listed)) == 2 * (count - 1)  # a page to embed is part of another
    assert all(one.startswith(BASE) for one in listed)
    whole = ElementTree.fromstring(made["sitemap.xml"])
    assert len(whole.findall("{http://www.sitemaps.org/schemas/sitemap/0.9}url")) == len(listed)
    assert len(list(whole.iter("{http://www.w3.org/1999/xhtml}link"))) == 2 * len(listed)


def test_a_published_chart_says_its_data_its_preview_and_how_to_embed_it(published):
    _, made, _ = published
    for lang, root in (("en", ""), ("zh", "zh/")):
        page = made[f"{root}charts/{ONE}/index.html"].decode()
        assert f'og:image" content="{BASE}charts/{ONE}/{ONE}.{lang}.card.png"' in page
        about = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
        assert about["@type"] == "Dataset"
        assert {one["contentUrl"].rpartition("/")[2] for one in about["distribution"]} == {
            f"{ONE}.csv",
            f"{ONE}.json",
            f"{ONE}.{lang}.xlsx",
        }
        answer = json.loads(made[f"{root}charts/{ONE}/oembed.json"])
        assert (answer["version"], answer["type"]) == ("1.0", "rich")
        assert f'src="{BASE}{root}charts/{ONE}/embed/"' in answer["html"]
        assert f'href="{BASE}{root}charts/{ONE}/oembed.json"' in page


def test_only_a_contested_claim_is_a_claim_review(published):
    contested, made, _ = published
    for path, content in made.items():
        if path.endswith("index.html"):
            assert (b"ClaimReview" in content) == (contested in path), path


def test_what_is_put_into_a_script_cannot_end_it():
    made = sharing.in_script({"name": "</script><!-- & ]]>"})
    assert not set("<>&") & set(made)
    assert json.loads(made) == {"name": "</script><!-- & ]]>"}


@pytest.mark.parametrize(
    "base",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https://a.example/?q=1",
        "https://a.example/#b",
        'https://a.example/"x',
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_a_site_is_refused_in_a_sentence(base):
    with pytest.raises(ExportError, match="not the address of a site"):
        checked(base)


def test_every_page_has_a_language_a_title_one_heading_and_landmarks(readings):
    titles = {"en": set(), "zh": set()}
    for path, page in readings.items():
        assert page.all("html")[0].attributes["lang"] == SPOKEN[language(path)], path
        title = "".join(text for text, tag in page.texts if tag.name == "title")
        assert title.strip(), path
        assert title not in titles[language(path)], f"{path}: {title}"
        titles[language(path)].add(title)
        assert len(page.all("h1")) == 1, path
        for landmark in ("header", "main", "footer"):
            assert len(page.all(landmark)) == 1, path
        assert all("aria-label" in tag.attributes for tag in page.all("nav")), path
        links = page.all("a")
        assert links[0].attributes["href"] == "#main", path
        assert "main" in page.ids, path
        assert [tag.attributes["name"] for tag in page.all("meta") if "name" in tag.attributes][
            :1
        ] == ["viewport"]


def test_headings_never_skip_a_level(readings):
    for path, page in readings.items():
        levels = [int(tag.name[1]) for tag in page.all("h1", "h2", "h3", "h4", "h5")]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), (
            f"{path}: {levels}"
        )


def test_identifiers_stand_once_on_a_page(readings):
    for path, page in readings.items():
        assert len(page.ids) == len(set(page.ids)), (
            f"{path}: {sorted({one for one in page.ids if page.ids.count(one) > 1})}"
        )


def test_every_reference_to_an_identifier_is_met(readings):
    for path, page in readings.items():
        named = [
            one
            for tag in page.tags
            for key in ("aria-labelledby", "aria-describedby", "for")
            for one in tag.attributes.get(key, "").split()
        ]
        assert set(named) <= set(page.ids), path


def test_every_link_leads_to_a_file_and_an_anchor(readings, files):
    broken, followed = [], 0
    for path, page in readings.items():
        for tag in page.tags:
            address = tag.attributes.get("href", tag.attributes.get("src", ""))
            if not address or is_address(address) or address.startswith("data:"):
                continue
            file, anchor = target(path, address)
            followed += 1
            if file not in files or (anchor and anchor not in readings[file].ids):
                broken.append(f"{path}: {address}")
    assert not broken
    assert followed > 10_000


def test_nothing_is_loaded_from_elsewhere_and_no_script_stands_in_a_page(readings):
    for path, page in readings.items():
        for tag in page.tags:
            assert not [name for name in tag.attributes if name.startswith("on")], path
            for name in ("src", "srcset", "action", "poster", "data"):
                assert ":" not in tag.attributes.get(name, ""), path
            if tag.name != "a":
                assert not is_address(tag.attributes.get("href", "")), path
        scripts = [tag.attributes["src"].rpartition("/")[2] for tag in page.all("script")]
        searches = path.removeprefix("zh/") in ("index.html", "search/index.html")
        assert scripts == [*(["search.js"] if searches else []), "site.js"], path
        assert not page.all("iframe", "object", "embed", "style"), path


def test_links_to_elsewhere_are_whole_addresses(readings):
    outside = [
        tag.attributes
        for page in readings.values()
        for tag in page.all("a")
        if "external" in tag.attributes.get("rel", "")
    ]
    assert len(outside) > 500
    assert all(is_address(one["href"]) for one in outside)


def test_every_picture_is_described_and_has_its_size(readings):
    described = 0
    for path, page in readings.items():
        for tag in page.all("img"):
            assert min(int(tag.attributes[side]) for side in ("width", "height")) > 100, path
            is_card = "li" in tag.inside  # its headline stands beside it
            assert (
                ("alt" in tag.attributes) if is_card else (80 <= len(tag.attributes["alt"]) <= 400)
            ), path
            described += not is_card
    assert described >= 2 * len(definitions())


def test_the_language_switch_keeps_the_page(readings):
    for path, page in readings.items():
        (switch,) = [tag for tag in page.all("a") if tag.attributes.get("id") == "other-language"]
        other = path.removeprefix("zh/") if language(path) == "zh" else f"zh/{path}"
        assert target(path, switch.attributes["href"]) == (other, "")
        assert switch.lang == SPOKEN["en" if language(path) == "zh" else "zh"]


def test_chinese_words_on_an_english_page_are_marked_as_chinese(readings):
    for path, page in readings.items():
        if language(path) == "en":
            wrong = [
                text
                for text, tag in page.texts
                if CHINESE.search(text) and tag.lang != "zh-CN" and "svg" not in tag.inside
            ]
            assert not wrong, f"{path}: {wrong[:3]}"


def test_headings_on_a_chinese_page_are_chinese_or_marked_as_english(readings):
    for path, page in readings.items():
        if language(path) == "zh":
            heads = [
                (text, tag)
                for text, tag in page.texts
                if {tag.name, *tag.inside} & {"h1", "h2", "h3"}
            ]
            wrong = [
                text
                for text, tag in heads
                if re.search("[A-Za-z]{4}", text)
                and not CHINESE.search(text)
                and tag.lang != "en"
                and text != "BibTeX"
            ]
            assert not wrong, f"{path}: {wrong[:3]}"


ENGLISH_RUN = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:]+[A-Za-z][A-Za-z'’-]*){3,}")
QUOTED_AS_IT_IS = {
    "code",
    "pre",
    "svg",
    "kbd",
    "textarea",
}  # code, pictures, citations to be copied


def test_four_english_words_on_a_chinese_page_are_marked_as_english(readings):
    """A title, a publisher, a note that has no Chinese: marked, so that it is read and spoken as English."""
    assert ENGLISH_RUN.search("官方数字 as stated in the 文件")
    for path, page in readings.items():
        if language(path) == "zh":
            wrong = [
                text
                for text, tag in page.texts
                if tag.lang == "zh-CN"
                and ENGLISH_RUN.search(text)
                and not QUOTED_AS_IT_IS & {tag.name, *tag.inside}
            ]
            assert not wrong, f"{path}: {wrong[:3]}"


def phrases(table, before="publish"):
    """Every text of the catalogue below a section, by section and key."""
    for key, value in table.items():
        name = f"{before}.{key}"
        if isinstance(value, dict):
            yield from phrases(value, name)
        else:
            yield from ((name, text) for text in ([value] if isinstance(value, str) else value))


def test_reasons_of_the_audit_have_chinese_words(records):
    """Every reason that a claim's page gives is made of known sentences; Chinese ones say each value."""
    told = audit.outcome_table(records)
    own = told[[bool(audit.claim_of(records, one)) for one in told["subject"]]]
    assert [one for one in own["reason"] if in_chinese(one) == one] == []
    unquoted = {re.sub("“[^”]*”", "", in_chinese(one)) for one in own["reason"]}
    assert [one for one in unquoted if re.search("[a-z]+ [a-z]+ [a-z]+", one)] == []
    assert (
        in_chinese("the figures coded run to 2021-08-23, event 2021-08-23")
        == "所编码的数字截至2021-08-23，事件日期为2021-08-23"
    )
    assert (
        in_chinese("both can be true: since: 'not stated' and '2015-01-01'")
        == "两者可以同时成立：起点：“未说明”与“2015-01-01”"
    )
    assert (
        in_chinese("the claim is 5,000 to 6,000, the other figure 6,354 or more; within 10%")
        == "官方数字为5,000至6,000，另一数字不少于6,354；相差在10%以内"
    )
    assert in_chinese("nobody has said so; nothing falls") == "nobody has said so; nothing falls"


ORIGINAL = re.compile("原文(?:：“([^<“”]*(?:“[^<“”]*”)?[^<“”]*)”)?")


def test_original_stands_only_before_the_chinese_words_of_a_claim(pages, records):
    """On Chinese pages 原文 is followed by the original of a claim; every original is quoted."""
    known = set(records.originals["stated_zh"])
    quoted = set()
    for path, content in pages.items():
        if path.startswith("zh/") and not path.startswith("zh/docs/"):
            found = ORIGINAL.findall(unescape(content.decode()))
            assert set(found) <= known, path
            quoted |= set(found)
    assert quoted == known


def test_every_phrase_fills_the_same_places_in_both_languages():
    en, zh = (catalogue(lang)["publish"] for lang in LANGUAGES)
    pairs = zip(phrases(en), phrases(zh), strict=True)
    one_sided = {
        "publish.site.no_denominator",
        "publish.say.stated",
        "publish.office.quoted",
        "publish.office.document",
        "publish.quotation.original",
    }
    for (key, english), (same, chinese) in pairs:
        assert key == same
        assert english != chinese or english in (
            "{n} kB",
            "{n} MB",
            "API",
            "BibTeX",
            "Markdown",
            "{collection}",
        ), key
        places = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (english, chinese)]
        assert places[0] == places[1] or not english or key in one_sided, key
        assert not CHINESE.search(english) or key == "publish.site.other_language", key


def test_every_code_of_the_data_has_a_word(records):
    words = Words("zh")
    for kind, codes in {
        "channel": records.claims["channel"],
        "kind": records.claims["kind"],
        "bound": records.claims["bound"],
        "verdict": records.denominators["verdict"],
        "nature": records.series_index["nature"],
        "series_theme": records.series_index["theme"],
        "relation": records.benchmarks["relation"],
        "declared": records.conflicts["declared_status"],
        "check": records.conflicts["check"],
    }.items():
        known = catalogue("zh")["publish"]["term"][kind]
        assert [code for code in set(codes) if code not in known] == [], kind
    titles = [words.label(one) for one in all_findings(records)]
    periods = (words.period(one) for one in all_findings(records))
    titles += [period for period in periods if re.search("[a-z]", period)]
    assert [text for text in titles if not CHINESE.search(words.data(text))] == []
    assert [text for text in records.series_index["title_zh"] if not CHINESE.search(text)] == []


def test_what_has_no_chinese_words_yet_stands_in_brackets_and_is_listed(records):
    zh, en = Words("zh"), Words("en")
    assert zh.called("villages with a stall") == '[<span lang="en">villages with a stall</span>]'
    assert (zh.called("China"), zh.called("省长"), zh.called("")) == ("中国", "省长", "")
    assert en.called("villages with a stall") == "villages with a stall"
    claims = records.claims.assign(counted="villages with a stall", geography="China", speaker="")
    assert untranslated(dataclasses.replace(records, claims=claims)) == ["villages with a stall"]


def test_a_chart_page_shows_words_picture_table_sources_and_the_way_back(pages, readings, records):
    path = f"charts/{ONE}/index.html"
    text, page = pages[path].decode(), readings[path]
    chart = make_exhibit(ONE, records).charts["en"]
    said = " ".join(words for words, _ in page.texts)
    for part in (
        chart.spec.en.headline,
        chart.spec.en.subtitle,
        chart.spec.en.note,
        chart.sources["en"],
        "SHA-256 of the data begins with " + chart.spec.digest(),
    ):
        assert part in said
    assert len([tag for tag in page.all("tr") if "tbody" in tag.inside]) >= len(chart.spec.data)
    assert all(tag.attributes.get("scope") in ("col", "row") for tag in page.all("th"))
    cell = next(
        one["id"]
        for one in json.loads(
            (PROJECT / "notebooks/05_canton_fair_deals.ipynb").read_text("utf-8")
        )["cells"]
        if f'chart("{ONE}"' in "".join(one["source"])
    )
    assert f'href="../../notebooks/05_canton_fair_deals/index.html#{cell}"' in text
    assert f"@misc{{{ONE}," in text
    assert "paragraph 14" in said
    names = {tag.attributes["href"] for tag in page.all("a") if "download" in tag.attributes}
    assert {
        f"{ONE}.en.page.png",
        f"{ONE}.en.web.svg",
        f"{ONE}.en.page.pdf",
        f"{ONE}.en.xlsx",
        f"{ONE}.csv",
    } <= names
    assert not [name for name in names if ".zh." in name], "the other language has its own page"


def test_a_chart_page_of_the_whole_register_lists_no_claim_but_links_to_all(readings):
    page = readings["charts/audit-tile-map/index.html"]
    assert any(
        tag.attributes.get("href") == "../../claims/index.html" and "p" in tag.inside
        for tag in page.all("a")
    )


def test_neighbours_run_through_all_charts(readings):
    order, chart_id = [], next(iter(definitions()))
    while chart_id:
        order.append(chart_id)
        following = [
            tag.attributes["href"]
            for tag in readings[f"charts/{chart_id}/index.html"].all("a")
            if tag.attributes.get("rel") == "next"
        ]
        chart_id = following[0].split("/")[1] if following else ""
    assert order == list(definitions())


def test_findings_of_a_chart_are_called_in_the_language_of_the_page(readings, records):
    shown = findings_shown(make_exhibit(ONE, records))
    assert shown
    for root, lang in (("", "en"), ("zh/", "zh")):
        said = " ".join(text for text, _ in readings[f"{root}charts/{ONE}/index.html"].texts)
        assert all(Words(lang).label(one_finding(records, name)) in said for name in shown), lang


def test_a_record_leads_to_its_own_series_and_not_to_one_whose_name_goes_on(readings):
    links = [
        tag.attributes["href"]
        for tag in readings["charts/context-poverty-area-income/index.html"].all("a")
    ]
    assert "../../series/index.html#cn-povarea-inc" in links


def test_a_claim_page_says_what_was_stated_and_what_it_can_mean(readings, records):
    words = " ".join(text for text, _ in readings["claims/scio-2021.canton-deals/index.html"].texts)
    claim = records.claim("scio-2021.canton-deals")
    for part in (
        stated(claim),
        claim.as_stated,
        "paragraph 14",
        "2021-08-23",
        "2021-08-30",
        "US$1.7 billion",
        "no end stated",
        "US$1.8 billion",
        "more than",
        "deals per yuan of booth fees waived",
    ):
        assert part in words, part
    assert len(claim.as_stated.split()) <= 8


def test_a_contested_claim_says_why_and_with_which_note(readings):
    words = " ".join(
        " ".join(
            text for text, _ in readings["claims/scio-2021.ecommerce-jobs/index.html"].texts
        ).split()
    )
    assert "contradicted by another official figure" not in words
    assert "Graded by two coders from the document; the audit made no change." in words
    assert "undecided: both may be true" in words
    assert (
        "the cumulative falls: 9,000,000 or more at 2020-03-31, at most 7,715,000 at 2021-08-23, "
        "if both counted one thing; both can be true: population:" in words
    )
    assert "Do not quote it without this note" in words
    assert "neither figure refutes the other" in words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.b/c?d=1#e", True),
        ("HTTP://a.b", True),
        ("javascript:alert(1)", False),
        ("https://a.b/ c", False),
        ('https://a"b', False),
        ("//a.b/c", False),
        ("ftp://a.b", False),
        ("", False),
    ],
)
def test_only_whole_web_addresses_become_links(text, expected):
    assert is_address(text) is expected


EVIL = """<script>alert("x")</script><img src=x onerror='alert(1)'>&amp;{{ 7*7 }}"""
JAVASCRIPT = "javascript:alert(document.domain)"


def test_hostile_data_show_as_text(data_copy, edit):
    claim, series = "scio-2021.canton-deals", "canton-export-turnover-usd"
    for column in ("counted", "geography", "speaker", "note"):
        edit(data_copy / "claims.csv", claim, column, f"{column} {EVIL}")
    edit(
        data_copy / "claims.csv", claim, "as_stated", 'more <script>alert("x")</script><img src=x>'
    )
    for column in ("title", "short_en", "short_zh", "publisher", "note"):
        edit(data_copy / "sources.csv", "scio-2021", column, f"{column} {EVIL}")
    edit(data_copy / "series.csv", series, "title", f"title {EVIL}")
    edit(data_copy / "conflicts.csv", "fees-tenfold-claim", "explanation", f"explanation {EVIL}")
    records = load(data_copy)
    rows = records.series["series_id"] == series
    records = dataclasses.replace(
        records,
        series=records.series.assign(
            publisher=records.series["publisher"].where(~rows, EVIL),
            url=records.series["url"].where(~rows, JAVASCRIPT),
        ),
        sources=records.sources.assign(url=JAVASCRIPT),
    )
    wanted = {
        "",
        "claims",
        "series",
        "about",
        f"claims/{claim}",
        "claims/scio-2021.canton-fees",
        f"charts/{ONE}",
    }
    seen = ""
    for page in (page for page in pages_of(records, (ONE,)) if page.folder in wanted):
        for lang in LANGUAGES:
            path, content = render(page, lang)
            reading = parsed(content)
            assert {one.attributes["src"].rpartition("/")[2] for one in reading.all("script")} <= {
                "site.js",
                "search.js",
            }, path
            assert not [
                tag for tag in reading.tags if any(name.startswith("on") for name in tag.attributes)
            ], path
            assert not [
                tag
                for tag in reading.tags
                if tag.attributes.get("href", "").startswith("javascript")
            ], path
            assert all(int(tag.attributes["width"]) for tag in reading.all("img")), path
            seen += " ".join(text for text, _ in reading.texts)
    for part in ("counted", "geography", "speaker", "note", "title", "publisher", "explanation"):
        assert f"{part} {EVIL}" in seen, part
    assert JAVASCRIPT in seen
    assert "{{ 7*7 }}" in seen


def test_hostile_markdown_and_notebooks_show_as_text(stored_notebooks):
    text = str(
        markdown.markdown(
            f"# A {EVIL}\n\n[click]({JAVASCRIPT}) [file](secret.html) ![picture](https://a.b/c.png) [good](https://a.b)\n"
        )
    )
    reading = parsed(text.encode())
    assert [tag.attributes.get("href") for tag in reading.all("a")] == ["https://a.b"]
    assert not reading.all("script", "img")
    assert "click" in text
    assert "picture" in text
    (book,) = [one for one in stored_notebooks if one.name.startswith("00")]
    cells = copy.deepcopy(book.cells)
    table = next(
        output
        for cell in cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    )
    table["data"]["text/html"] = (
        f"<table onclick='alert(1)'><tr><td>{EVIL}</td></tr></table><iframe src='https://a.b'></iframe>"
    )
    table["data"]["application/javascript"] = "alert(1)"
    shown = body(dataclasses.replace(book, cells=cells), Place("en", book.folder), ())
    reading = parsed(f"<div>{shown}</div>".encode())
    assert not reading.all("script", "iframe")
    assert not [
        tag for tag in reading.tags if any(name.startswith("on") for name in tag.attributes)
    ]


def test_a_figure_of_a_notebook_leads_to_its_page_without_a_script(stored_notebooks):
    """A sentence and a table of the Canton Fair, in both languages."""
    (book,) = [one for one in stored_notebooks if one.name.startswith("05")]
    for lang in SPOKEN:
        place = Place(lang, book.folder)
        shown = str(body(book, place, ()))
        opened = re.findall(r'<details class="way-back [^>]*>.*?</details>', shown)
        links = {link for one in opened for link in re.findall(r'<a href="([^"]+)"', one)}
        links = {target(place.path, link) for link in links}
        assert len(opened) == shown.count("way-back") > 5
        assert (Place(lang, "claims/scio-2021.canton-deals").path, "") in links
        found = "canton-fair.deals-per-yuan-waived"
        assert (Place(lang, "findings").path, found) in links
        assert not [file for file, _ in links if ".ipynb" in file]


def test_dollars_are_money_and_formulas_are_mathml():
    text = str(
        markdown.markdown(r"US\$1.7 billion and US\$1.8 billion, $N \cdot s_i^2$ and $\unknown$")
    )
    assert "US$1.7 billion and US$1.8 billion" in text
    assert "<mi>N</mi>" in text
    assert "<msubsup><mi>s</mi><mi>i</mi><mn>2</mn></msubsup>" in text
    assert text.count("<math") == 1
    assert r"<code>\unknown</code>" in text


@pytest.mark.parametrize(
    "tex",
    [
        "{",
        "a}",
        "a^",
        r"\sqrt",
        r"\nothing",
        "a & b",
        r"\text{<script>x</script>}",
        r"\href{javascript:x}{y}",
        r"\style{x}{y}",
    ],
)
def test_what_is_no_formula_is_shown_as_it_is(tex):
    assert mathml.formula(tex).startswith("<code>")


def test_every_formula_of_the_notebooks_is_shown(pages):
    for path, content in pages.items():
        if path.startswith("notebooks/"):
            assert not re.search(r"<code>[^<]*\\[a-z]", content.decode()), path


def test_files_are_named_sized_and_ordered():
    found = downloads(
        "a-b",
        {
            "a-b.en.web.png": 131_829,
            "a-b.en.page.plain.svg": 1_234_567,
            "a-b.en.page.png": 400,
            "a-b.csv": 615,
            "a-b.en.alt.txt": 1,
            "odd.bin": 2_000,
        },
    )
    words = Words("en")
    rows = picture_rows(found, words)
    assert [
        (row["made_for"], row["size"], [(file["label"], file["bytes"]) for file in row["files"]])
        for row in rows
    ] == [
        ("Report, full text width", "6.25 × 4 in", [("PNG", "1 kB")]),
        ("Web page", "850 × 550 px", [("PNG", "132 kB")]),
        ("Marks only, words beside it", "6.25 × 4 in", [("SVG", "1.2 MB")]),
    ]
    assert [one["label"] for one in file_rows(found, "data", words)] == ["CSV, what is plotted"]
    assert [one["label"] for one in file_rows(found, "words", words)] == ["Alt text"]
    assert [one["label"] for one in file_rows(found, "other", words)] == ["odd.bin"]
    assert kilobytes(999_999, words) == "1000 kB"
    assert kilobytes(1_000_000, words) == "1.0 MB"


def test_the_code_to_embed_leaves_long_data_to_the_file():
    short = '<figure>\n<details style="x">\n<table></table>\n</details>\n</figure>\n'
    assert shortened(short) == short
    assert (
        shortened(short.replace("<table>", "<table>" + "<tr></tr>" * 2000))
        == "<figure>\n</figure>\n"
    )


def test_an_address_is_relative_from_everywhere():
    assert Place("en", "").to("claims", "a b") == "claims/index.html#a%20b"
    assert Place("zh", "charts/x").to("") == "../../index.html"
    assert Place("zh", "charts/x").asset("static/site.css") == "../../../static/site.css"
    assert Place("zh", "charts/x").to("charts/x", lang="en") == "../../../charts/x/index.html"


SCRIPT = """
import hashlib
from pathlib import Path
from analysis.records.errors import ExportError
from analysis.records.load import load
from analysis.publish.exhibit import make_exhibit
from analysis.publish.site.contents import all_pages
from analysis.publish.site.downloads import ChartFiles
from analysis.publish.site.notebooks import read
from analysis.publish.site.render import render
path = Path("notebooks/00_start_here.ipynb")
records = load()
exhibits, files = [make_exhibit("canton-fair-shares", records)], ChartFiles({"canton-fair-shares.en.page.png": 1})
pages = all_pages(records, exhibits, [read(path.stem, path.read_text("utf-8"))], files={"canton-fair-shares": files}, texts={})
wanted = {"", "charts/canton-fair-shares", "claims/scio-2021.canton-deals", "notebooks/00_start_here", "series", "findings"}
for page in pages:
    for lang in ("en", "zh"):
        if page.folder in wanted:
            path, content = render(page, lang)
            print(path, hashlib.sha256(content).hexdigest())
"""


@pytest.mark.full
def test_another_process_with_other_settings_makes_the_same_pages(monkeypatch):
    monkeypatch.chdir(PROJECT)
    with contextlib.redirect_stdout(io.StringIO()) as here:
        exec(SCRIPT, {})
    assert len(here.getvalue().splitlines()) == 12
    settings = {"PYTHONHASHSEED": "2", "TZ": "America/New_York", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=os.environ | settings, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == here.getvalue()


def test_values_are_said_as_elsewhere():
    assert claim_pages.value_in_words(0.025, "share", "en") == "2.5%"
    assert claim_pages.value_in_words(1.7e9, "USD", "zh") == "17亿美元"
    assert claim_pages.value_in_words(float("inf"), "person", "en") == ""
    assert chart_pages.folder("a") == "charts/a"
