"""What a chart's folder tells its user: what each file is for, what may be said of the chart and what may not."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.plotting.style import PICTURES, SIZES, VARIANTS
from analysis.publish.chart_basis import claims_used
from analysis.publish.exhibit import Exhibit
from analysis.publish.phrases import Phrases, grade_words, quotation, said_on, speaker
from analysis.records.errors import ExportError
from analysis.words.catalogue import LANGUAGES
from analysis.words.wording import stated

PIXELS = 100  # of a web page, for an inch of a picture
CONTRADICTED, DOUBTFUL = "X", "D"  # grades that a writer must not use like others
MOST_STATEMENTS = 12  # listed one by one; a chart of the whole register rests on more


def picture_name(chart_id: str, name: str) -> tuple[str, str, bool, str]:
    """Language, size, whether it is plain, and format of a picture by the name of its file.

    Raises
    ------
    ExportError
        If the name is none of a picture of this chart.

    Examples
    --------
    >>> picture_name("a-b", "a-b.zh.web.plain.svg")
    ('zh', 'web', True, 'svg')
    """
    match name.removeprefix(f"{chart_id}.").split("."):
        case [lang, size, form] if lang in LANGUAGES and size in SIZES and form in PICTURES:
            return lang, size, False, form
        case [lang, size, variant, form] if (
            lang in LANGUAGES and size in SIZES and variant == VARIANTS[1] and form in PICTURES
        ):
            return lang, size, True, form
    raise ExportError(
        f"{name!r} is no picture of {chart_id}; such names are {chart_id}.LANGUAGE.SIZE.FORMAT, with .{VARIANTS[1]} before .FORMAT where the words are left out"
    )


def use(chart_id: str, name: str, lang: str) -> str:
    """What a file of a chart's folder is for, in a language; its own name where nobody said."""
    said, files, rest = (
        Phrases("file_use", lang),
        Phrases("file", lang),
        name.removeprefix(f"{chart_id}."),
    )
    if rest in files:
        return files(rest)
    language, _, kind = rest.partition(".")
    if language in LANGUAGES and kind in files:
        return said(language, use=files(kind))
    try:
        language, size, plain, form = picture_name(chart_id, name)
    except ExportError:
        return name
    shown = said("picture", size=Phrases("size", lang)(size), format=Phrases("format", lang)(form))
    return said(language, use=said("plain", use=shown) if plain else shown)


def may_say(exhibit: Exhibit, lang: str) -> Iterator[str]:
    """What a writer may say of a chart: its headline, and what was stated; never a contradicted figure alone."""
    said = Phrases("say", lang)
    claims = [one for one in claims_used(exhibit) if one.claim.grade != CONTRADICTED]
    yield said("headline")
    if len(claims) > MOST_STATEMENTS:
        yield said("register", count=len(claims_used(exhibit)))
        return
    for one in claims:
        claim, source = one.claim, one.source
        yield said(
            "stated",
            quotation=quotation(claim, lang),
            said=stated(claim, lang),
            speaker=speaker(lang, claim.speaker),
            date=said_on(lang, claim.said_on),
            document=source.short_zh,
            grade=claim.grade,
            why=grade_words(claim.grade, lang),
        )


def may_not_say(exhibit: Exhibit, lang: str) -> Iterator[str]:
    """What a writer may not say of a chart; each line follows from what the chart rests on."""
    said, spec, claims = Phrases("say", lang), exhibit.spec, claims_used(exhibit)
    yield said("cause")
    yield said("published" if spec.published else "calculated")
    if any(one.claim.bound != "exact" for one in claims):
        yield said("bound")
    for grade in (CONTRADICTED, DOUBTFUL):
        if names := [one.claim.claim_id for one in claims if one.claim.grade == grade]:
            yield said(grade, names=Phrases("office", lang)("comma").join(names))
    if "nominal" in spec.price_basis:
        yield said("nominal")
