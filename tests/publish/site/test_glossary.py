"""The glossary: the same terms in both languages, one anchor for each, and links that find it on the site."""

import re

from site_reading import parsed

from analysis.publish.site import list_pages
from analysis.publish.site.documents import target
from analysis.publish.site.markdown import headings, slug
from analysis.publish.site.page import Place
from analysis.publish.site.render import render
from analysis.records.paths import PROJECT
from analysis.words.catalogue import LANGUAGES

TEXTS = {lang: (PROJECT / f"docs/glossary.{lang}.md").read_text("utf-8") for lang in LANGUAGES}
TERMS = [words for _, words in headings(TEXTS["en"])]
ASKED = {
    "Lower bound",
    "Upper bound",
    "Interval",
    "Valid denominator",
    "Population",
    "Stock and flow",
    "Vintage",
    "Revision",
    "Grade",
    "Scenario range",
    "Break-even",
    "Provenance",
    "Pre-trend",
    "Minimum detectable effect",
    "Cohort",
    'Interpretation of "more than"',
}


def test_each_term_stands_once_and_the_chinese_one_names_the_english():
    assert set(TERMS) >= ASKED
    assert len(set(TERMS)) == len(TERMS)
    chinese = [re.fullmatch(r"[^（]*（(.+)）", words) for _, words in headings(TEXTS["zh"])]
    named = [found[1].replace("“", '"').replace("”", '"') for found in chinese if found]
    assert [term.lower() for term in TERMS] == [term.lower() for term in named]


def test_every_term_is_explained_in_at_most_five_sentences():
    for lang, stop in (("en", r"[.?](?= |$)"), ("zh", "[。？]")):
        for entry in TEXTS[lang].split("\n## ")[1:]:
            said = entry.partition("\n")[2].strip()
            sentences = len(re.findall(stop, said))
            assert said, entry
            assert sentences <= (9 if "X" in said else 5), entry  # the grades are five


def test_the_site_gives_a_term_one_anchor_in_both_languages(records):
    pages = list_pages.pages(records, [], [], {"glossary": TEXTS})
    (page,) = [one for one in pages if one.folder == "glossary"]
    for lang in LANGUAGES:
        reading = parsed(render(page, lang)[1])
        assert [name for name in reading.ids if name in map(slug, TERMS)] == [*map(slug, TERMS)]
        led = {tag.attributes.get("href") for tag in reading.all("a")}
        assert led >= {f"#{slug(term)}" for term in TERMS}


def test_a_link_of_a_notebook_leads_to_the_page_of_its_language():
    here = Place("zh", "notebooks/05_canton_fair_deals")
    link = "../docs/glossary.en.md#lower-bound"
    book = "notebooks/05_canton_fair_deals.ipynb"
    assert target(here, book, "", link) == "../../glossary/index.html#lower-bound"
    assert target(here, book, "", "../docs/interpreting.en.md") == "../../interpreting/index.html"
    assert target(here, book, "", "../docs/method.md") == "../../docs/method/index.html"
    assert target(here, book, "", "../src/analysis/cli/web.py") == ""


def test_every_link_to_a_term_finds_it():
    """In notebooks and documents; a heading that is renamed leaves no dead anchor."""
    linked = [
        (path.name, lang, anchor)
        for path in (
            *PROJECT.glob("notebooks/*.ipynb"),
            *PROJECT.glob("*.md"),
            *PROJECT.glob("docs/*.md"),
        )
        for lang, anchor in re.findall(
            r"glossary\.(en|zh)\.md#([^)\s\"\\]+)", path.read_text("utf-8")
        )
    ]
    assert linked
    known = {lang: {anchor for anchor, _ in headings(TEXTS[lang])} for lang in LANGUAGES}
    assert [one for one in linked if one[2] not in known[one[1]]] == []


def test_a_notebook_that_answers_first_links_its_terms():
    books = {path.stem: path.read_text("utf-8") for path in PROJECT.glob("notebooks/*.ipynb")}
    first = [name for name, text in books.items() if "In brief" in text]
    assert first
    assert [name for name in first if "glossary.en.md" not in books[name]] == []
