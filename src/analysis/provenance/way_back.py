"""The way back from the figures of a sentence: words as stated, document, paragraph, formula, grade."""

from __future__ import annotations

import html
from collections.abc import Iterable

from analysis.bounds.finding import ASSUMED, PUBLISHED, estimate_row, observation_rows
from analysis.provenance.places import OBSERVED, OUTPUT, evidence, result
from analysis.records.collection import collection
from analysis.records.load import Records
from analysis.themes import one_scenario
from analysis.words import wording
from analysis.words.catalogue import locale, words
from analysis.words.chinese import in_chinese

MOST = 4  # inputs of a finding that are named; audits rest on a hundred
REGISTER = "01_claims_register"  # where a link leads in a clone
CLASS = "way-back tex2jax_ignore"  # the second keeps Jupyter from reading dollars as formulas


def way_back(records: Records, names: Iterable[str], lang: str = "en") -> str:
    """A closed ``<details>`` that says of each figure where it comes from; "" without figures.

    Parameters
    ----------
    records : Records
    names : iterable of str
        Identifiers of claims, findings, observations and outputs of scenarios, as in a sentence.
    lang : {"en", "zh"}

    Returns
    -------
    str
        HTML on one line, which Markdown leaves as it is. Links lead to the register of claims; the
        site leads them to the page of the claim or the row of the finding.
    """
    wanted = tuple(dict.fromkeys(names))
    if not wanted:
        return ""
    told = _Told(records, lang, wanted)
    items, said = [told.one(name) for name in wanted], told.words["summary"]
    return (
        f'<details class="{CLASS}" lang="{locale(lang)}"><summary>{said}</summary>'
        f"<ul>{''.join(items)}</ul></details>"
    )


class _Told:
    """What is said of each figure, in one language."""

    def __init__(self, records: Records, lang: str, wanted: tuple[str, ...]) -> None:
        self.records, self.lang, self.wanted = records, lang, wanted
        self.words = words("way_back", lang)
        self.claims = set(records.claims["claim_id"])

    def one(self, name: str) -> str:
        """A figure that the sentence names."""
        if name in self.claims:
            return f"<li>{self._claim(name)}</li>"
        if OUTPUT in name:
            return self._scenario(name)
        if OBSERVED in name:
            said = wording.printed(result(self.records, name), self.lang)
            return f"<li>{_safe(said)}{self.words['colon']}{self._observation(name)}</li>"
        return self._finding(name)

    def _claim(self, name: str) -> str:
        claim = self.records.claim(name)
        source = self.records.source(claim.source_id)
        original = claim.original
        if self.lang == "zh" and original:
            quoted, where = f"“{_safe(claim.stated_zh)}”", self._called(original.publisher)
            place, number = "copy_paragraph", original.paragraph
        else:
            quoted = f'“<span lang="en">{_safe(claim.as_stated)}</span>”'
            where = self._called(source.short_en, source.short_zh)
            place, number = "paragraph", str(claim.paragraph)
        parts = [quoted, where, self.words[place].format(n=number) if number else ""]
        link = _link(wording.stated(claim, self.lang), f"claims/{name}")
        return self._line(link, parts, claim.grade)

    def _called(self, text: str, chinese: str = "") -> str:
        """A name or label; in Chinese what has no Chinese words is marked as English."""
        said = (chinese or in_chinese(text)) if self.lang == "zh" else text
        foreign = self.lang == "zh" and said.isascii()
        return f'<span lang="en">{_safe(said)}</span>' if foreign else _safe(said)

    def _finding(self, name: str) -> str:
        one = result(self.records, name)
        label = self._called(one.label, one.label_zh)
        link = _link(wording.say(one, self.lang), f"findings/{name}")
        parts = [label, f"<code>{_safe(one.formula)}</code>"]
        line = self._line(link, parts, one.evidence_grade)
        return f"<li>{line}{self._inputs(name, one.inputs)}</li>"

    def _inputs(self, name: str, inputs: tuple[str, ...]) -> str:
        told = sorted(inputs, key=lambda one: one not in self.claims)  # claims first
        shown = [f"<li>{self._input(one)}</li>" for one in told[:MOST]]
        if len(told) > MOST:
            rest = self.words["more"].format(n=len(told) - MOST, id=_safe(name))
            shown.append(f"<li>{rest}</li>")
        return f"<ul>{''.join(shown)}</ul>" if shown else ""

    def _input(self, name: str) -> str:
        """What a finding or a scenario rests on."""
        if name in self.claims:
            said = _safe(wording.stated(self.records.claim(name), self.lang))
            return said if name in self.wanted else self._claim(name)
        if name.startswith(ASSUMED):
            table = self.records.assumptions
            found = table[ASSUMED + table["assumption_id"] == name]
            label = str(found[f"label_{self.lang}"].iloc[0]) if len(found) else name
            return str(self.words["assumption"].format(label=_safe(label)))
        if name.startswith(PUBLISHED):
            return self._called(str(estimate_row(self.records, name)["citation"]))
        return self._observation(name) if OBSERVED in name else f"<code>{_safe(name)}</code>"

    def _observation(self, name: str) -> str:
        rows = observation_rows(self.records, name)
        if rows.empty:
            return f"<code>{_safe(name)}</code>"
        row = rows.iloc[0]
        title = self.records.series_titles(self.lang)[row["series_id"]]
        period = name.partition(OBSERVED)[2].replace("/", self.words["to"])
        title_link = _link(title, f"series/{row['series_id']}")
        parts = [title_link, _safe(period), self._called(row["publisher"])]
        return self._line("", parts, str(row["grade"]))

    def _scenario(self, name: str) -> str:
        scenario = one_scenario(self.records, name.partition(OUTPUT)[0])
        bounds = scenario.outputs[name.partition(OUTPUT)[2]]
        line = self._line(
            self._called(scenario.label), [self.words["scenario"]], evidence(self.records, name)[0]
        )
        return f"<li>{line}{self._inputs(scenario.scenario_id, bounds.inputs)}</li>"

    def _line(self, head: str, parts: list[str], grade: str) -> str:
        """A figure, what is said of it, and its grade."""
        said = [*filter(None, parts), self.words["grade"].format(grade=grade) if grade else ""]
        text = str(self.words["joiner"].join(filter(None, said)))
        return f"{head}{self.words['colon']}{text}" if head else text


def _link(text: str, target: str) -> str:
    """A link to the register, with where the site leads behind ``#``; text in a user's own collection."""
    if not collection().own:
        return _safe(text)
    return f'<a href="{REGISTER}.ipynb#{target}">{_safe(text)}</a>'


def _safe(text: str) -> str:
    """Text within HTML within Markdown: no tag, and no dollar that Jupyter takes for a formula."""
    return html.escape(str(text)).replace("$", "&#36;")
