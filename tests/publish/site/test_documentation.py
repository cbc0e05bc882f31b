"""Documents and the reference as pages: each is there and named, its links are kept, its code is shown."""

from __future__ import annotations

import inspect
import re

from site_reading import parsed

import analysis
from analysis.publish.site import documents, reference
from analysis.publish.site.markdown import markdown, sections
from analysis.publish.site.page import Place
from analysis.publish.site.render import render
from analysis.records.paths import PROJECT
from analysis.words.catalogue import LANGUAGES

REPOSITORY = "https://example.org/someone/poverty"


def page_of(folder: str, lang: str, repository: str = "") -> str:
    """One page, rendered."""
    every = [*documents.pages(repository), *reference.pages()]
    return render(next(one for one in every if one.folder == folder), lang)[1].decode()


def test_every_document_has_its_page_and_a_name_in_both_languages():
    there = {
        path.relative_to(PROJECT).as_posix()
        for path in (*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"))
        if not re.search(r"\.(en|zh)\.md$", path.name)
    }
    assert {one.path for one in documents.read()} == there
    named = [{path for _, group in documents.groups(lang) for path in group} for lang in LANGUAGES]
    assert named[0] == named[1] == {one for one in there if "/decisions/" not in one}
    for one in documents.read():
        if one.path in named[0]:
            assert re.search("[\u4e00-\u9fff]", one.called("zh")), one.path
    assert all(one.title and not one.title.startswith("#") for one in documents.read())


def test_a_link_of_a_document_leads_to_the_page_of_what_it_names():
    here = Place("zh", "docs/readme")
    for address, page in {
        "docs/export.md": "../export/index.html",
        "CONTRIBUTING.md#add-a-claim": "../contributing/index.html#add-a-claim",
        "docs/coding/README.md": "../coding/index.html",
        "docs/glossary.en.md#interval": "../../glossary/index.html#interval",  # in one's language
        "notebooks/00_start_here.ipynb": "../../notebooks/00_start_here/index.html",
        documents.PUBLISHED: "../../index.html",
        "LICENSE": "",
    }.items():
        assert documents.target(here, "README.md", "", address) == page, address
    texts = Place("zh", "interpreting")
    assert documents.target(texts, "docs/a.md", "", "../notebooks/05_canton_fair_deals.ipynb") == (
        "../notebooks/05_canton_fair_deals/index.html"
    )
    english = Place("en", "docs/readme")
    link = "docs/interpreting.zh.md"
    assert documents.target(english, "README.md", "", link) == "../../zh/interpreting/index.html"
    assert (
        documents.target(here, "docs/query.md", "", "../CHANGELOG.md") == "../changelog/index.html"
    )
    assert documents.target(here, "docs/a.md", "", "../data/claims.csv") == ""
    assert documents.target(here, "docs/a.md", REPOSITORY, "../LICENSE") == (
        f"{REPOSITORY}/blob/HEAD/LICENSE"
    )


def test_where_the_repository_is_known_documents_name_it():
    for repository, named in (("", documents.PLACEHOLDER), (REPOSITORY, "someone/poverty")):
        text = page_of("docs/readme", "en", repository)
        assert f"mybinder.org/v2/gh/{named}/HEAD" in text
        assert (f'href="{REPOSITORY}/blob/HEAD/LICENSE"' in text) == bool(repository)


def test_a_document_says_on_a_chinese_page_that_it_is_in_english():
    for folder in ("docs/method", "reference", "reference/bounds"):
        assert "本文为英文。" in page_of(folder, "zh")
        assert "本文为英文。" not in page_of(folder, "en")
        inner = parsed(page_of(folder, "zh").encode())
        assert {tag.lang for tag in inner.all("dl", "pre")} <= {"en"}


def test_the_picture_of_the_readme_is_shown_and_brought():
    (page,) = [one for one in documents.pages() if one.folder == "docs/readme"]
    ((path, content),) = page.files()
    assert content == (PROJECT / path).read_bytes()
    (shown,) = parsed(render(page, "zh")[1]).all("img")
    assert shown.attributes["src"] == f"../../../{path}"
    width, height = int(shown.attributes["width"]), int(shown.attributes["height"])
    whole = [int.from_bytes(content[at : at + 4], "big") for at in (16, 20)]
    assert [width, height] == [pixels // 2 for pixels in whole]


def test_code_scrolls_and_dollars_of_documents_are_money():
    made = str(markdown("US$1 and `$x$` and US$2\n\n```\na <b>\n```\n", formulas=False))
    assert "US$1 and <code>$x$</code> and US$2" in made
    assert "<math" in str(markdown("$x$"))
    assert re.search('<pre class="scroll" tabindex="0"[^>]*><code>a &lt;b&gt;\n</code></pre>', made)


def test_parts_of_a_document_begin_at_its_headings_and_not_in_its_code():
    text = "begin\n\n## One `x`\nfirst\n\n```\n## no heading\n```\n\n## Two\nlast\n"
    assert sections(text) == [
        ("one-x", "One x", "first\n\n```\n## no heading\n```"),
        ("two", "Two", "last"),
    ]
    assert sections("no heading") == []
    twice = "## Same\n\n### Same\n\n## Same\n\n## Same 1\n"
    anchors = [anchor for anchor, *_ in sections(twice)]
    assert len(set(anchors)) == 3
    assert set(anchors) < set(re.findall('id="([^"]+)"', str(markdown(twice))))


def test_the_reference_has_every_verb_with_the_signature_that_python_knows():
    shown = {one.name: one for one in reference.verb_entries()}
    assert list(shown) == analysis.__all__
    for name, one in shown.items():
        known = inspect.signature(getattr(analysis, name))
        given = re.sub(r"\s", "", one.signature)
        for parameter in known.parameters.values():
            assert parameter.name in given, name
        assert one.first, name


def test_the_reference_shows_parameters_examples_and_the_types_of_fields():
    text = page_of("reference", "en")
    assert '<section id="claims" class="entry">' in text
    assert "channel: str | None = None" in text
    assert "&gt;&gt;&gt; claims(&#34;canton_fair&#34;)" in text
    (finding,) = [
        entry
        for module in reference.modules("bounds")
        for entry in module.entries
        if entry.name == "Finding"
    ]
    rows = next(rows for kind, rows in finding.parts if kind == "parameters")
    assert ("value_id", "str") in [row[:2] for row in rows]
    assert "``" not in text
