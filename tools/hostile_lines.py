"""Command lines, queries and cells under the lock for tools/hostile.py."""

from __future__ import annotations

import csv
import io
import random
import re
import signal
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer.main
from hostile import OWN, PANEL, TEXT, TREE, Attempt, Case, replaced, restore, state

from analysis.cli.app import app
from analysis.records.errors import INVISIBLE, JOINERS
from test_fuzz import FIELDS, NASTY, OUTCOMES, ROSTER, call, check_lines

ENDS = f"\n\t{JOINERS}"  # what is invisible and stays
Rows = list[list[str]]
SERVERS = ("app", "lab", "serve")
SLOW = ("run", "build", "site")  # where an accepted word costs work of minutes on a busy machine
MINUTES = 5 * 60  # until they hang
WORDS = [
    *(text for text in NASTY if not set(text) & {"\x00", "\ud800"}),  # no shell can pass these
    *("\udcff\udcfe", "-", "~", ".", "..", "*", "/dev/null", "/proc/self/mem", "file:///etc"),
    *("99999999999999999999", "é/" * 200, "register-women,register-women", ",", "r-2021.women"),
]
GOOD = {
    "causal": list(map(str, PANEL)),
    "trace": ["r-2021.women"],
    "cite": ["r-2021.women"],
    "run": ["01_claims"],
    "export": ["register-women", "--format", "svg", "--lang", "en"],
    "report": ["register-women", "--lang", "en"],
    "slides": ["register-women", "--lang", "en"],
    "init": ["begun"],
    "query": ["select 1"],
    "exchange-rates": ["USD", "CNY", "--from", "2020", "--until", "2020"],
    "read": [str(TEXT)],
    "verify": ["--texts", str(OWN)],
    "diff": [str(TREE)],
    "new claim": ["r-2021.more", "--text", str(TEXT), "--paragraph", "2"],
    "new source": ["r-2022", "--text", str(TEXT)],
    "new chart": ["register-more", "--claims", "r-2021.women"],
    "new notebook": ["02_more"],
}


def own_collection(tree: Path) -> None:
    """Begin a collection with one source and one claim; tables of a causal design beside it."""
    (tree / "panel").mkdir()
    for path, frame in zip(PANEL, (ROSTER, OUTCOMES), strict=True):
        frame.to_csv(path, index=False)
    said = "Report\n7.35 crore women in groups"
    cells = {"title": "Report", "short_en": "Report", "publisher": "P", "speaker": "P"}
    cells |= {"event_date": "2021-03-16", "page_date": "2021-03-16", "url": "https://example.org"}
    claim = {"channel": "rural", "indicator": "women", "kind": "coverage", "unit": "person"}
    claim |= {"counted": "women", "geography": "India", "grade": "C", "speaker": "P"}
    claim |= {"verdict": "none", "reason": "no series yet"}
    text = tree / "text.txt"
    text.write_text(said, "utf-8")
    sets = [[f"--set={key}={value}" for key, value in one.items()] for one in (cells, claim)]
    sets[0].append("--set=retrieval=coded from a text copy")
    for words in (
        ("init", str(OWN)),
        ("new", "source", "r-2021", "--text", str(text), *sets[0]),
        ("accept", "r-2021"),
        ("new", "claim", "r-2021.women", "--text", str(text), "--paragraph", "2", *sets[1]),
        ("accept", "r-2021.women"),
        ("new", "chart", "register-women", "--claims", "r-2021.women"),
    ):
        code, said = call(*(() if words[0] == "init" else ("--data", str(OWN))), *words)[:2]
        assert code == 0, (words, said)
    text.rename(TEXT)


def parsed(content: bytes) -> Rows:
    """The rows of a CSV as anybody would read them."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def written(rows: Rows) -> bytes:
    """The rows as a CSV; half of a surrogate pair too."""
    made = io.StringIO()
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue().encode("utf-8", "surrogatepass")


def commands(chosen: random.Random) -> Iterator[Case]:
    """Every argument and option of every command that ends by itself."""
    for path, found in _commands(typer.main.get_command(app), ()):
        if path[:1] in [(one,) for one in SERVERS]:
            continue
        name = " ".join(path)
        for one in found.params:
            for words in _hostile(one, GOOD.get(name, []), chosen, 5 if name in SLOW else 18):
                line = (*path, *words) if path else (*words, "list", "claims")
                yield "command lines", repr(line), command(("--data", str(OWN), *line))


def _commands(found: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command with its name, and the options that stand before all of them."""
    inner = getattr(found, "commands", {})
    if not inner or not path:
        yield path, found
    for name, one in inner.items():
        yield from _commands(one, (*path, name))


def _hostile(
    one: Any, good: list[str], chosen: random.Random, most: int
) -> Iterator[Sequence[str]]:
    """The words of a command with something else in one place."""
    texts = chosen.sample(WORDS, most)
    if one.param_type_name == "argument":
        yield from ([text] for text in texts[::2])
        yield from ([*good[:1], text] for text in texts[1::2])
    elif one.is_flag:
        yield from ([*good, f"{one.opts[0]}={text}"] for text in texts[:2])
    else:
        before = ["", "note=", "title="] if "=" in str(one.metavar) else [""]
        yield from (
            [*good, f"{one.opts[0]}={chosen.choice(before)}{text}"] for text in texts if text != "-"
        )


def command(words: Sequence[str]) -> Attempt:
    """A command line: code, sentences, and nothing left behind where it is refused."""

    def attempt() -> str:
        before = state(TREE)
        if set(words) & set(SLOW):
            signal.alarm(MINUTES)
        try:
            code, said, told = call(*words)
            lines = said.rstrip("\n").split("\n")
            for line in said.split("\n"):
                assert line.isprintable(), f"unprintable: {line!a:.200}"
            assert not (bad := _controls(told)), f"printed {bad}"
            assert "Traceback" not in said + told, said[-300:]
            if code != 0:
                assert code in (1, 2), f"ends with {code}: {said!a:.300}"
                inner = [line for line in lines if line.strip("╭─╮│╰╯ ")]  # without the frame
                check_lines(inner or told.split("\n")[:1], 22)
        finally:
            left = restore(before)
        if code == 0:
            return "accepted"
        assert not left, f"refused, but wrote {left[:5]}"
        return "refused"

    return attempt


def _controls(text: str) -> set[str]:
    """What a terminal would obey, or what turns or hides words."""
    return {one for one in text if unicodedata.category(one) in INVISIBLE and one not in ENDS}


# -- queries and changed cells ---------------------------------------------------------------------

# one a line, or several with a bar between them
ANSWERED = """select 1 as one|values (1), (2)|from claims|table claims|select count(*) from claims
select "claim_id" from claims|SELECT 'x' -- end|select /* in */ 1|select 1;|select 1 as "a b"
with a as (select 1) select * from a|select * from claims limit 0|select 0.1 + 0.2|select null
describe claims|show tables|summarize claims|select * from range(5)|select 1 as "select", 2 as "\x1b"
select '\u202e' as turned|select chr(27) as escape|select 1 as "=1+1"|select * from "claims" as "drop"
select repeat('x', 100000)|select 'nan'::double, 'inf'::double|select unnest([1, 2])"""
REFUSED = """;;;;|select|selekt 1|select * from nowhere|select nothing from claims|select 1 select 2|(|$1|?
drop table claims|delete from claims|update claims set unit = 'x'|insert into claims from claims
create table x as select 1|create view x as select 1|alter table claims add column x int|checkpoint
attach 'x.db'|attach ':memory:' as x|use memory.main|copy claims to 'x.csv'|copy (select 1) to '/tmp/x'
export database 'x'|import database 'x'|install httpfs|load httpfs|install 'http://127.0.0.1/x'|vacuum
pragma database_list|pragma enable_profiling|set memory_limit = '99GB'|reset threads|select 1; drop table claims
select * from read_csv('/etc/passwd')|select * from '/etc/passwd'|select * from read_text('/etc/hostname')
select * from read_blob('/dev/zero')|select * from glob('/*')|select * from 'http://127.0.0.1:1/x.csv'
select * from read_parquet('s3://x/y')|select * from sniff_csv('/etc/passwd')|select * from frame
select (|select 'x|select "|select 1 from claims where|select $1|select ?|select * from "\u202e"|select getenv('HOME')
select cast('x' as int)|select error('\x1b[31m')|execute x|prepare x as select 1
with recursive r as (select 1 as n union all select n + 1 from r) select max(n) from r
select count(*) from range(9999999999999) a, range(9999999999) b|select * from range(2000000)
select list(i) from range(900000000) t(i)|select sum(hash(i)) from range(99999999999999) t(i)"""
SHORT = 10.0  # seconds of a query here; the limit itself is a minute


def queries(chosen: random.Random) -> Iterator[Case]:
    """SQL that is answered with a table, and SQL that must not be answered."""
    from analysis.tidy import database

    database.SECONDS = SHORT
    for text in re.split(r"[|\n]", ANSWERED):
        for form in ("json", "table", "csv"):
            yield "queries", text, command(("query", text, "--format", form))
    for text in [*re.split(r"[|\n]", REFUSED), *chosen.sample(WORDS, 20)]:
        yield "queries", text, refused(command(("query", "--", text)))


def refused(attempt: Attempt) -> Attempt:
    """An attempt that must not be accepted."""

    def only() -> str:
        result = attempt()
        assert result == "refused", "must not be accepted"
        return result

    return only


def cells(chosen: random.Random) -> Iterator[Case]:
    """Cells of the project's tables: what the schema would take is noticed by data/lock.csv."""
    paths = sorted({TREE / "data" / file for file, _ in FIELDS})
    tables = [path for path in paths if len(parsed(path.read_bytes())) > 1]
    for number in range(143):
        path = tables[number % len(tables)]
        header, *rows = parsed(path.read_bytes())
        row, place = chosen.choice(rows), chosen.randrange(len(header))
        others = {one[place] for one in rows} | {"", "1", re.sub("[0-9]", "7", row[place])}
        others = others if number % 4 else set(NASTY)
        text = chosen.choice(sorted(others - {row[place]}))
        label = f"{path.name} row {rows.index(row) + 2} {header[place]} {text!a:.60}"
        row[place] = text
        attempt = refused(command(("check",)))
        yield "cells under the lock", label, replaced(path, written([header, *rows]), attempt)
