"""Commands that look: list, check, verify, trace, catalog, cite."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import AsJson, Every, app, fitted, many, report, say
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.files import write_whole
from analysis.records.paths import data_folder

MANY = 10  # drafts, and texts without Chinese, that one line names
OF_THEMES = ("charts", "findings", "scenarios", "explorers")
LISTS = (
    "charts",
    "findings",
    "scenarios",
    "claims",
    "sources",
    "notebooks",
    "tables",
    "explorers",
    "series",
)


@app.command("list")
def list_(
    what: Annotated[
        str | None, typer.Argument(help=f"One of {', '.join(LISTS)}; all of them without it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON: rows by list.")] = False,
) -> None:
    """List charts, findings, scenarios, claims, sources, series, notebooks, tidy tables and explorers with their identifiers.

    Example: analysis list charts
    """
    if what is not None and what not in LISTS:
        raise UnknownIdError("list", what, LISTS)
    from analysis.provenance.listing import listing
    from analysis.words.wording import Table

    wanted = [what] if what else LISTS
    if as_json:
        rows = {name: listing(name).to_dict("records") for name in wanted}
        say(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        return
    for name in wanted:
        say(fitted(repr(Table(listing(name), name))) + "\n")
    if what is None or what in OF_THEMES:
        from analysis.records.load import load
        from analysis.themes import set_aside

        if aside := set_aside(load()):
            say(aside, err=True)


@app.command()
def check(
    every: Every = False,
    as_json: AsJson = False,
    drafts: Annotated[
        bool,
        typer.Option("--drafts", help="Audit the drafts of claims too, as if they stood there."),
    ] = False,
) -> None:
    """Check all data against datapackage.json and the two codings, and audit the claims; report every problem in one run.

    Problems of one kind are one line; --all lists each. Known conflicts and differences of official figures are
    listed; a conflict that data/conflicts.csv does not declare fails. Drafts are listed and stop nothing; --drafts
    holds them against their words and against the register, and fails where one is contradicted.

    Example: analysis check --all

    Example: analysis check --drafts
    """
    from analysis.verbs.checking import checked, places

    if drafts:
        _drafts()
        return

    found = checked()
    if found.problems or as_json:
        report(found.problems, "check", every=every, as_json=as_json, drafts=found.drafts)
    else:
        say(f"The data are sound: {found.sizes}.")
        known = many(len(found.conflicts), "conflict") if found.conflicts else "no conflict"
        ending = ", all of them known:" if found.conflicts else "."
        say(f"The audit finds {known} of official figures{ending}")
        for line in found.conflicts:
            say(f"  {line}")
        if found.differences:
            known = many(len(found.differences), "known difference")
            say(f"It finds {known} that are no conflict:")
        for line in found.differences:
            say(f"  {line}")
    if not as_json:
        _some(found.drafts, "draft")
        _some(
            found.untranslated, "text", " without Chinese words, in brackets on the Chinese pages"
        )
    if found.problems:
        if not as_json:
            number = many(len(found.problems), "problem")
            say(f"{number}{places(found.problems)}", err=True)
        raise typer.Exit(1)


def _drafts() -> None:
    """Say what the audit finds in the drafts; exit with 1 where one is contradicted."""
    from analysis.verbs.drafted import audited_drafts

    found = audited_drafts()
    for one in found.found:
        say(f"{one.subject}: {one.check}, {one.status}: {one.reason}")
    _some(found.unread, "draft", " without words, value or date of the source, not checked")
    problems = many(found.conflicts, "contradiction")
    say(f"{problems} in the drafts; {many(found.passed, 'check')} passed")
    if found.conflicts:
        raise typer.Exit(1)


def _some(lines: Sequence[str], noun: str, what: str = "") -> None:
    """The number and the first of some lines; nothing if there are none."""
    if lines:
        more = f"; and {len(lines) - MANY} more" if len(lines) > MANY else ""
        say(f"{many(len(lines), noun)}{what}: {'; '.join(lines[:MANY])}{more}")


@app.command()
def verify(
    texts: Annotated[
        Path,
        typer.Option(
            help="Folder with the source texts, by the names that the column text_file of sources.csv gives them."
        ),
    ],
    source: Annotated[
        list[str] | None,
        typer.Option(help="Only this source; may be given several times.", metavar="ID"),
    ] = None,
    chinese: Annotated[
        Path | None,
        typer.Option(
            help="A Chinese text: the words of originals.csv must stand in it, too. Name its source with --source.",
            metavar="FILE",
        ),
    ] = None,
    every: Every = False,
    as_json: AsJson = False,
) -> None:
    """Verify that each claim's words stand in their paragraph, and that each text is the one coded from.

    The texts are no part of the project: get one from its address in sources.csv, and name those at hand with --source.

    Example: analysis verify --texts ../shared/sources --source scio-2021
    """
    from analysis.audit.texts import encoding_notes, original_problems, text_problems
    from analysis.records.load import load

    records = load()
    wanted = [records.source(one).source_id for one in source or records.sources["source_id"]]
    only = dataclasses.replace(
        records, sources=records.sources[records.sources["source_id"].isin(wanted)]
    )
    found = text_problems(only, texts) + (original_problems(only, chinese) if chinese else [])
    for note in encoding_notes(only, texts):
        say(f"note: {note}", err=True)
    if found or as_json:
        report(found, "verify", every=every, as_json=as_json)
    if found:
        say(many(len(found), "problem"), err=True)
        raise typer.Exit(1)
    claims = records.claims["source_id"].isin(wanted).sum()
    if not claims:
        say(
            f"Nothing was verified: the register has no claim of {', '.join(wanted)} (drafts are not read; 'analysis accept' moves them there)",
            err=True,
        )
        raise typer.Exit(1)
    if as_json:
        return
    where = (
        ""
        if len(only.sources) == len(records.sources)
        else f" of {', '.join(only.sources['source_id'])}"
    )
    say(
        f"All {many(claims, 'claim')}{where} stand where they are said to stand, in {many(len(only.sources), 'text')} with the sha256 of the table."
    )


@app.command()
def trace(
    wanted: Annotated[
        str, typer.Argument(metavar="ID", help="Finding, chart or claim, or the beginning of one.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a tree.")] = False,
) -> None:
    """Trace a finding or chart back to formula, inputs, claims, documents and paragraphs.

    Example: analysis trace canton-fair.deals-per-yuan-waived
    """
    from analysis.provenance import lineage
    from analysis.records.load import load

    found = lineage.trace(load(), wanted)
    if as_json:
        say(json.dumps(found, ensure_ascii=False, indent=2))
        return
    say(repr(found))


@app.command()
def catalog(
    write: Annotated[
        bool, typer.Option("--write", help="Write data/CATALOG.md instead of printing.")
    ] = False,
) -> None:
    """List the context series by theme: span, grades, gaps, publishers, and what uses them.

    Example: analysis catalog --write
    """
    from analysis.provenance import catalog as catalogue
    from analysis.records.load import load

    text = catalogue.catalog_text(load())
    if not write:
        say(text, nl=False)
        return
    say(f"Written: {write_whole(data_folder() / catalogue.CATALOG, text.encode('utf-8'))}")


@app.command()
def outdated(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON instead of a table.")] = False,
) -> None:
    """Say which rates, packages and copies of figures have a newer or better version than the collection uses.

    Nothing is asked of the network: the packages that are installed and the tables tell. Exit code 1 where there is one.

    Example: analysis outdated
    """
    from analysis.records.load import load
    from analysis.verbs.outdated import outdated as newer
    from analysis.words.wording import Table

    found = newer(load())
    if as_json:
        say(json.dumps(found.to_dict("records"), ensure_ascii=False, indent=2))
    else:
        say(fitted(repr(Table(found))) if len(found) else "Nothing newer is known here.")
    if len(found):
        raise typer.Exit(1)


@app.command()
def agreement(
    write: Annotated[
        bool, typer.Option("--write", help="Write docs/coding/README.md instead of printing.")
    ] = False,
) -> None:
    """State how far the two coders of the claims agree, column by column; 'analysis accept' writes it too.

    Example: analysis agreement --write
    """
    from analysis.verbs import codings

    text = codings.agreement_text()
    if write:
        write_whole(codings.README, text.encode("utf-8"))
        say(f"Written: {codings.README}")
    else:
        say("\n".join(found[0] for found in codings.stated(text)), nl=False)


@app.command()
def cite(
    wanted: Annotated[str, typer.Argument(metavar="ID", help="Claim, source, chart or finding.")],
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            help="Only one form: text, bibtex or csl (CSL-JSON); text and BibTeX without it.",
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option(help="Language of the text: en, or zh as in GB/T 7714.")
    ] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format csl.")] = False,
    bibtex: Annotated[bool, typer.Option("--bibtex", help="The same as --format bibtex.")] = False,
) -> None:
    """Cite a claim, a document, a chart or a finding, as text, BibTeX or CSL-JSON.

    Example: analysis cite scio-2021.canton-deals --format csl
    """
    from analysis.provenance import citation
    from analysis.records.load import load
    from analysis.words.catalogue import check_language

    chosen = "bibtex" if bibtex else "csl" if as_json else form
    if form not in (None, *citation.FORMATS):
        raise AnalysisError(
            f"{form!r} is no form of a citation; allowed are {', '.join(citation.FORMATS)}"
        )
    if bibtex and form not in (None, "bibtex"):
        raise AnalysisError(f"--bibtex and --format {form} contradict each other; give one of them")
    found = citation.cite(load(), wanted)
    text = {"en": found.text, "zh": found.text_zh}[check_language(lang)]
    forms = {
        "text": text,
        "bibtex": found.bibtex,
        "csl": found.csl_json(),
        None: f"{text}\n\n{found.bibtex}",
    }
    say(forms[chosen])
