"""What the search looks in, and its index: every form of every word, made here, so that a page only looks up.

English words are looked up by their stem, Chinese ones by pairs of characters, as Chinese writes no
spaces. Words of one group of synonyms, in both languages, share a term of the index.
"""

from __future__ import annotations

import functools
import json
import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import snowballstemmer

from analysis.bounds.finding import Finding
from analysis.provenance.places import filled
from analysis.publish.exhibit import Exhibit
from analysis.publish.site import documents as project
from analysis.publish.site import reference
from analysis.publish.site.markdown import headings, sections
from analysis.publish.site.notebooks import Notebook
from analysis.publish.site.page import Page
from analysis.publish.site.words import Words
from analysis.records.load import Records
from analysis.themes import all_findings, prefix_of
from analysis.words.catalogue import LANGUAGES, catalogue, words
from analysis.words.chinese import in_chinese
from analysis.words.labels import notebook_title
from analysis.words.units import unit_label
from analysis.words.wording import say, stated

FOLDER, INDEX = "search", "terms.js"
GLOSSARY, FINDINGS, SERIES = "glossary", "findings", "series"
HAN = "\u3400-\u9fff"
CALL = "()"  # after the name of a function
PART = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+(?:[.,][0-9]+)*(?:{re.escape(CALL)})?")
HYPHEN = re.compile(r"\b(e)-(?=[a-z])")  # e-commerce is one word
TITLE, ABOUT = 4, 2  # how much a word of each counts, where one of the body counts 1
ENDINGS = ("s", "es", "ed", "ing", "er", "ers")  # of forms that a reader may type
GROUP = "~"  # before the number of a group of synonyms, in its term
SATURATION, LENGTH = (
    1.2,
    0.5,
)  # of BM25: how fast repetition stops counting, how much a long text loses
SCALE = 10
# a chart says most and can be used at once; findings are many, with few words each
WORTH = {
    "charts": 1.8,
    "claims": 1.3,
    "notebooks": 1.2,
    "glossary": 1.2,
    "findings": 1.0,
    "series": 0.6,
    "docs": 1.0,
    "reference": 0.9,
}


@dataclass(frozen=True)
class Document:
    """A thing that is found: a chart, claim, finding, statistic, notebook, term or part of a document.

    Parameters
    ----------
    kind : str
        Of ``WORTH``.
    folder, anchor : str
        Page that shows it, and the place on it.
    titles, about : mapping
        What it is called, and a line below that, by language.
    body : str
        Other words that it is found by.
    """

    kind: str
    folder: str
    anchor: str
    titles: Mapping[str, str]
    about: Mapping[str, str]
    body: str = ""


def documents(
    records: Records,
    exhibits: Sequence[Exhibit],
    notebooks: Sequence[Notebook],
    texts: Mapping[str, Mapping[str, str]],
) -> list[Document]:
    """Everything that is found, in the order in which equals are shown."""
    return [
        *map(_chart, exhibits),
        *(_claim(records, name) for name in records.claims["claim_id"]),
        *(_finding(one) for one in all_findings(records)),
        *(_series(records, row) for row in records.series_index.to_dict("records")),
        *map(_notebook, notebooks),
        *_terms(records, texts.get(GLOSSARY, {})),
        *_documents(),
        *_reference(),
    ]


def page(found: Sequence[Document]) -> Page:
    """The page that searches; without a script it lists everything."""
    return Page(
        FOLDER,
        "search.html",
        lambda lang: {"found": found},
        lambda: [(f"{FOLDER}/{INDEX}", index(found))],
    )


def _chart(exhibit: Exhibit) -> Document:
    texts = {lang: exhibit.text(lang) for lang in LANGUAGES}
    body = [exhibit.chart_id, *(one.note for one in texts.values())]
    body += [words("publish.term.theme", lang)[prefix_of(exhibit.chart_id)] for lang in LANGUAGES]
    for name in exhibit.definition.claims:
        claim = exhibit.records.claim(name)
        body += [name, claim.as_stated, claim.counted, in_chinese(claim.counted), claim.geography]
        body += [stated(claim, lang) for lang in LANGUAGES]
    return Document(
        "charts",
        f"charts/{exhibit.chart_id}",
        "",
        {lang: one.headline for lang, one in texts.items()},
        {lang: one.subtitle for lang, one in texts.items()},
        " ".join(body),
    )


def _claim(records: Records, name: str) -> Document:
    claim = records.claim(name)
    source = records.source(claim.source_id)
    counted = {"en": claim.counted, "zh": in_chinese(claim.counted)}
    said = {lang: stated(claim, lang) for lang in LANGUAGES}
    body = [name, claim.as_stated, claim.stated_zh, claim.geography, claim.speaker]
    return Document(
        "claims",
        f"claims/{name}",
        "",
        {lang: f"{said[lang]}{Words(lang)('comma')}{counted[lang]}" for lang in LANGUAGES},
        {lang: getattr(source, f"short_{lang}") for lang in LANGUAGES},
        " ".join(body),
    )


def _finding(one: Finding) -> Document:
    return Document(
        "findings",
        FINDINGS,
        one.value_id,
        {lang: Words(lang).label(one) for lang in LANGUAGES},
        {lang: say(one, lang) for lang in LANGUAGES},
        f"{one.value_id} {one.note} {one.note_zh}",
    )


def _notebook(one: Notebook) -> Document:
    return Document(
        "notebooks",
        one.folder,
        "",
        {lang: notebook_title(one.name, lang) for lang in LANGUAGES},
        dict.fromkeys(LANGUAGES, ""),
        " ".join((one.question, *(said for _, said in one.headings))),
    )


def _terms(records: Records, texts: Mapping[str, str]) -> Iterator[Document]:
    """The terms of the glossary; the same term has the same place in both languages."""
    parts = {lang: texts.get(lang, "").split("\n## ")[1:] for lang in LANGUAGES}
    anchors = [anchor for anchor, _ in headings(texts.get("en", ""))]
    if len(parts["en"]) != len(parts["zh"]):
        return
    for anchor, *pair in zip(anchors, *parts.values(), strict=True):
        said = {
            lang: filled(records, text, lang) for lang, text in zip(LANGUAGES, pair, strict=True)
        }
        split = {lang: text.partition("\n") for lang, text in said.items()}
        yield Document(
            GLOSSARY,
            GLOSSARY,
            anchor,
            {lang: one[0].strip() for lang, one in split.items()},
            dict.fromkeys(LANGUAGES, ""),
            " ".join(one[2] for one in split.values()),
        )


def _series(records: Records, row: Mapping[str, str]) -> Document:
    rows = records.series_rows(row["series_id"])
    span = f"{rows['period_start'].min()[:4]}–{rows['period_end'].max()[:4]}"
    publishers = " ".join(dict.fromkeys(rows["publisher"]))
    return Document(
        SERIES,
        SERIES,
        row["series_id"],
        {"en": row["title"], "zh": row["title_zh"]},
        {
            lang: f"{span}{Words(lang)('comma')}{unit_label(row['unit'], lang)}"
            for lang in LANGUAGES
        },
        f"{row['series_id']} {publishers}",
    )


def _documents() -> Iterator[Document]:
    """Each part of a document; a document without parts as a whole."""
    for kind, folder in (("docs", project.FOLDER), ("reference", reference.FOLDER)):
        titles, about = (
            {lang: Words(lang)(f"{kind}_{part}") for lang in LANGUAGES}
            for part in ("long", "intro")
        )
        yield Document(kind, folder, "", titles, about)
    for one in project.read():
        names = {lang: one.called(lang) for lang in LANGUAGES}
        found = sections(one.text)
        begin = one.text.partition("\n## ")[0] if found else one.text
        yield Document("docs", one.folder, "", names, dict.fromkeys(LANGUAGES, ""), begin)
        for anchor, heading, body in found:
            said = dict.fromkeys(LANGUAGES, heading)
            yield Document("docs", one.folder, anchor, said, names, body)


def _reference() -> Iterator[Document]:
    """Each verb, and each module below them."""
    found = [
        (reference.FOLDER, one.anchor, f"{one.name}()", one.first, "")
        for one in reference.verb_entries()
    ]
    found += [
        (
            f"{reference.FOLDER}/{package}",
            module.name,
            module.name,
            module.first,
            " ".join(f"{one.name}()" for one in module.entries),
        )
        for package in reference.PACKAGES
        for module in reference.modules(package)
    ]
    for folder, anchor, name, first, body in found:
        titles, about = (dict.fromkeys(LANGUAGES, text) for text in (name, first))
        yield Document("reference", folder, anchor, titles, about, body)


def index(found: Sequence[Document]) -> bytes:
    """The script that holds the index: what is needed to look words up, and where each stands."""
    bodies = [Counter(terms(one.body)) for one in found]
    lengths = [sum(one.values()) for one in bodies]
    mean = max(1, sum(lengths) / max(len(lengths), 1))
    stand: dict[str, list[int]] = defaultdict(list)
    heads = [_headed(one) for one in found]
    often = Counter(
        term for pair in zip(heads, bodies, strict=True) for term in {**pair[0], **pair[1]}
    )
    for number, (head, body, length) in enumerate(zip(heads, bodies, lengths, strict=True)):
        worth = SCALE * WORTH[found[number].kind]
        for term in {**head, **body}:
            rare = math.log(1 + (len(found) - often[term] + 0.5) / (often[term] + 0.5))
            # a title counts in full however long the text below it is
            count = head[term] + body[term] / (1 - LENGTH + LENGTH * length / mean)
            much = count * (SATURATION + 1) / (count + SATURATION)
            stand[term] += [number, max(1, round(worth * rare * much))]
    made = {
        "forms": _forms(found),
        "groups": {" ".join(key): numbers for key, numbers in sorted(_groups().items())},
        "stop": sorted(stop_words()),
        "terms": dict(sorted(stand.items())),
    }
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    return f'"use strict";\nwindow.searchIndex = {text};\n'.encode()


def plain(text: str) -> str:
    """A text as it is looked in: full-width letters as plain ones, in small letters."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("’", "'").replace("'s", "")
    return HYPHEN.sub(r"\1", folded)


def parts(text: str) -> list[str]:
    """English words and runs of Chinese characters.

    Examples
    --------
    >>> parts("E-commerce: 7.71 million jobs，农村电商")
    ['ecommerce', '7.71', 'million', 'jobs', '农村电商']
    >>> parts("intervals() of claims")
    ['intervals()', 'of', 'claims']
    """
    return [one.replace(",", "") for one in PART.findall(plain(text))]


@functools.cache
def stem(word: str) -> str:
    """The stem of an English word, by the Snowball stemmer; numbers stay as they are.

    Examples
    --------
    >>> stem("wages"), stem("subsidies") == stem("subsidy")
    ('wage', True)
    """
    return str(_stemmer().stemWord(word))


@functools.cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@functools.cache
def stop_words() -> frozenset[str]:
    """Words that are passed over."""
    return frozenset(word for lang in LANGUAGES for word in catalogue("stop_words")[lang])


@functools.cache
def _groups() -> dict[tuple[str, ...], list[int]]:
    """Numbers of the groups of synonyms of a word: stems of English words, a Chinese word whole."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, group in enumerate(catalogue("synonyms").values()):
        for said in (*group["en"], *group["zh"]):
            key = tuple(stem(part) for part in parts(said) if part not in stop_words())
            if number not in found[key]:
                found[key].append(number)
    return dict(found)


def terms(text: str) -> Iterator[str]:
    """The terms under which a text is found: stems, pairs of characters, groups of synonyms."""
    stems = []
    for part in parts(text):
        if re.match(f"[{HAN}]", part):
            yield from (part[at : at + 2] for at in range(max(1, len(part) - 1)))
            for (key, *more), numbers in _groups().items():
                if not more and key in part:
                    yield from (f"{GROUP}{number}" for number in numbers)
        elif part.endswith(CALL):
            yield part
            stems.append(stem(part.removesuffix(CALL)))
        elif part not in stop_words():
            stems.append(stem(part))
    yield from stems
    longest = max(map(len, _groups()))
    for at in range(len(stems)):
        for end in range(at + 1, min(at + longest, len(stems)) + 1):
            yield from (f"{GROUP}{one}" for one in _groups().get(tuple(stems[at:end]), ()))


def _headed(one: Document) -> Counter[str]:
    """How much each term of a title, and of the line below it, counts; what both languages share once."""
    made: Counter[str] = Counter()
    for weight, texts in ((TITLE, one.titles), (ABOUT, one.about)):
        for text in dict.fromkeys(texts.values()):
            for term in terms(text):
                made[term] += weight
    return made


def _forms(found: Iterable[Document]) -> dict[str, str]:
    """The stem of every form of a word that differs from it: those of the texts, and those that a reader may type."""
    said = {
        part
        for one in found
        for text in (*one.titles.values(), *one.about.values(), one.body)
        for part in parts(text)
    }
    said |= {
        part
        for group in catalogue("synonyms").values()
        for text in group["en"]
        for part in parts(text)
    }
    known = {word for word in said if word.isascii() and word.isalpha()}
    known |= {form for word in known for form in _inflected(word)}
    return {word: stem(word) for word in sorted(known) if stem(word) != word}


def _inflected(word: str) -> Iterator[str]:
    """Forms of a word with the same stem."""
    bases = {word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("e")}
    if word.endswith("ies"):
        bases.add(f"{word[:-3]}y")
    for base in bases:
        for form in (base, *(base + ending for ending in ENDINGS), re.sub("y$", "ies", base)):
            if len(form) > 2 and stem(form) == stem(word):
                yield form
