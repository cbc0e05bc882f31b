"""Places in a sentence: an identifier in braces, the form in which its figure is said, and the way back."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from analysis.bounds.finding import Finding, finding
from analysis.bounds.observed import observed
from analysis.methods.scenarios.draw import draw
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.load import Records
from analysis.themes import one_finding, one_scenario
from analysis.words import wording
from analysis.words.catalogue import words
from analysis.words.chinese import in_chinese

FORMS = ("value", "short", "bound", "number", "each", "noun", "letter", "grade")
OUTPUT = "#"  # between a scenario's identifier and the name of its output
OBSERVED = "@"  # between a series and its period
_PLACE = re.compile(r"\{(?P<id>[^{}|]+)(?:\|(?P<form>[a-z,]+))?\}")
_STOPS = re.compile(r"[.;:。；：\n](?=\s|$|[^\d\s])")  # where a sentence or its half ends
_FIGURE = re.compile(r"[\d−]")


def named(text: str) -> list[str]:
    """Identifiers that a text names in braces, in order."""
    return [found["id"] for found in _PLACE.finditer(text)]


def filled(records: Records, text: str, lang: str = "en") -> str:
    """A text whose places are filled with figures.

    ``{id}`` is a claim in its own words, or a finding with its qualifier and range;
    ``{series@period}`` an observation; ``{scenario#output}`` the middle and the range of a scenario's
    output, drawn with the defaults. Forms: ``|value`` without qualifier and range, ``|short`` without
    the range, ``|bound`` the one end of "at least" or "at most" alone, ``|number`` the
    value without its unit, ``|each`` without the "per" of the unit, ``|noun`` what it is, ``|letter`` its grade, ``|grade`` nothing: the figure
    counts for the grade and stands in the way back. ``|value,each`` is both.

    Raises
    ------
    UnknownIdError
        If nothing has an identifier.
    AnalysisError
        If a form is unknown, or the sentence says the qualifier or the unit of a figure a second time.
    """
    made, end = "", 0
    for place in _PLACE.finditer(text):
        said = _said(records, place["id"], place["form"] or "", lang)
        made += text[end : place.start()]
        if place["form"] not in ("noun", "letter", "grade"):
            before, after = text[: place.start()], text[place.end() :]
            around = _Around(made, said, after, clause=_clause(before, after))
            if {"value", "number"} & set((place["form"] or "").split(",")):
                _check_value(records, place["id"], around, lang)
            _check_once(around, place[0], lang)
        made, end = made + said, place.end()
    return (made + text[end:]).strip()


def _said(records: Records, name: str, form: str, lang: str) -> str:
    """What stands in the place of an identifier."""
    forms = set(filter(None, form.split(",")))
    if not forms <= set(FORMS):
        raise AnalysisError(
            f"{{{name}|{form}}} asks for an unknown form; allowed are {', '.join(FORMS)}"
        )
    if form == "letter":
        return evidence(records, name)[0]
    if form == "grade":
        evidence(records, name)
        return ""
    if OUTPUT in name:
        return _scenario(records, name, lang)
    if name in set(records.claims["claim_id"]):
        claim = records.claim(name)
        if form == "noun":
            counted = in_chinese(claim.counted) if lang == "zh" else claim.counted
            return str(words("claims", lang).get(name, counted))
        if "number" in forms:
            claim = dataclasses.replace(claim, unit="")
        if "each" in forms:
            claim = dataclasses.replace(claim, unit=claim.unit.partition("/")[0].strip())
        return wording.stated(claim, lang, value_only=bool(forms & {"value", "number"}))
    found = result(records, name)
    if form == "noun":
        return wording.noun(found, lang)
    if "each" in forms:
        found = dataclasses.replace(found, unit=found.unit.partition(" / ")[0])
    if "bound" in forms:
        return wording.bound(found, lang)
    if "number" in forms:
        return wording.value_alone(found, lang)
    if OBSERVED in name:
        one = dataclasses.replace(found, open_ended="") if "value" in forms else found
        return wording.printed(one, lang)
    return wording.say(found, lang, value_only="value" in forms, with_range="short" not in forms)


def result(records: Records, name: str) -> Finding:
    """A finding by its identifier, or one observation of a series, ``series@period``, as one."""
    if OBSERVED not in name:
        return one_finding(records, name)
    series_id, _, period = name.partition(OBSERVED)
    start, _, last = period.partition("/")
    titles = {lang: records.series_titles(lang) for lang in ("en", "zh")}
    if series_id not in titles["en"]:
        raise UnknownIdError("series", series_id, titles["en"])
    return finding(
        records,
        observed(records, series_id, start, last=last or None),
        name,
        label=titles["en"][series_id],
        label_zh=titles["zh"][series_id],
        period=period,
    )


def _scenario(records: Records, name: str, lang: str) -> str:
    scenario_id, _, output = name.partition(OUTPUT)
    drawn = draw(records, one_scenario(records, scenario_id))
    ranges = {one.output: one for one in drawn.ranges}
    if output not in ranges:
        raise UnknownIdError(f"output of {scenario_id}", output, ranges)
    return wording.scenario_range(ranges[output].points, ranges[output].unit, lang)


def evidence(records: Records, name: str) -> tuple[str, str]:
    """Grade and openness of a claim, a finding, an observation or a scenario."""
    if name in set(records.claims["claim_id"]):
        return records.claim(name).grade, ""
    if OUTPUT in name:
        return _of_scenario(records, name.partition(OUTPUT)[0])
    try:
        one = result(records, name)
    except UnknownIdError:
        raise UnknownIdError("claim or finding", name, [*records.claims["claim_id"]]) from None
    return one.evidence_grade, one.open_ended


def _of_scenario(records: Records, scenario_id: str) -> tuple[str, str]:
    """Weakest grade of the claims in a scenario; "" where it rests on none."""
    inputs = {
        name
        for bounds in one_scenario(records, scenario_id).outputs.values()
        for name in bounds.inputs
    }
    grades = records.claims.loc[records.claims["claim_id"].isin(inputs), "grade"]
    return max(grades, key="ABCDX".index, default=""), ""


@dataclass(frozen=True)
class _Around:
    """What is said in a place, the text before and after it, and its own clause."""

    before: str
    said: str
    after: str
    clause: str


def _check_once(around: _Around, place: str, lang: str) -> None:
    """Refuse a sentence that says the qualifier or the unit of a figure a second time."""
    hedges = words("hedges", lang)
    own = [word for word in hedges["own"] if _holds(_FIGURE.split(around.said)[0], word, lang)]
    before = around.before.rstrip().lower()
    twice = [word for word in hedges["words"] if _ends(before, word, lang)] if own else []
    if twice:
        raise AnalysisError(
            f"before {place} the sentence says {twice[0]!r}, and the figure says {own[0]!r} itself: "
            f"{around.said!r}; leave one out, or write {_with(place, 'value')}"
        )
    unit = _unit(around.said, lang)
    if unit and _begins(around.after.lstrip(), unit, lang):
        raise AnalysisError(f"{place} says its unit, {unit!r}, and the sentence says it again")
    if lang == "en" and (per := re.search(r" per (\w+)", around.said)):
        again = re.search(rf"\b(?:each|every|per) {per[1]}\b", around.clause, re.IGNORECASE)
        if again:
            raise AnalysisError(
                f"{place} says{per[0]!r}, and the sentence says {again[0]!r}; write {_with(place, 'each')}"
            )


def _check_value(records: Records, name: str, around: _Around, lang: str) -> None:
    """Refuse "at least" before the value of a lower bound: its low end is another number."""
    if name in set(records.claims["claim_id"]) or OBSERVED in name:
        return  # their value is the end that is stated
    if result(records, name).open_ended in ("", "both"):
        return
    before = around.clause.partition(" … ")[0].lower()
    if said := [word for word in words("hedges", lang)["ends"] if _holds(before, word, lang)]:
        raise AnalysisError(
            f"the sentence says {said[0]!r} of the value of {name}, {around.said!r}, which is not its end; "
            f"write {{{name}|bound}}"
        )


def _clause(before: str, after: str) -> str:
    """The part of a sentence around a place, up to the places beside it."""
    ends = _STOPS.split(_PLACE.sub("; ", before))[-1], _STOPS.split(_PLACE.sub("; ", after))[0]
    return " … ".join(ends)


def _with(place: str, form: str) -> str:
    return f"{{{place.strip('{}').partition('|')[0]}|{form}}}"


def _holds(text: str, word: str, lang: str) -> bool:
    return word in text if lang == "zh" else bool(re.search(rf"\b{word}\b", text.lower()))


def _ends(text: str, word: str, lang: str) -> bool:
    return text.endswith(word) if lang == "zh" else bool(re.search(rf"\b{word}$", text))


def _begins(text: str, word: str, lang: str) -> bool:
    if lang == "zh":
        return text.startswith(word)
    return bool(
        re.match(rf"(?:(?!per )[a-z]+ )?{word}\b", text.lower())
    )  # "people different people"


def _unit(said: str, lang: str) -> str:
    """The last word of what is said, if it is no figure: "people", 人."""
    if lang == "zh":
        found = re.search(r"[\d万亿](?P<unit>[\u4e00-\u9fff]+)$", said)
        return found["unit"].lstrip("万亿") if found else ""
    last = said.rpartition(" ")[2]
    return last.lower() if last.isalpha() and " " in said else ""
