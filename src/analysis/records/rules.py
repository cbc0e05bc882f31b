"""Rules between cells and between tables, beyond what a Table Schema can say."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from analysis.records.errors import Problem, shortened
from analysis.records.periods import first_day, last_day
from analysis.records.printed import EXACT, printed_problems
from analysis.records.units import money_of

MANY = 20  # identifiers that a message still lists, and those of which it names the nearest
SHARE = "is above 1; a share is written as a part of 1"
LENGTHS = {"year": 4, "month": 7, "day": 10}  # characters of a date that is so precise
MOST_THEMES, LONGEST_SUMMARY, NOT_STATED = 4, 14, "not_stated"  # of a policy measure


Found = tuple[str, ...]  # column, message and, where the message holds values of the row, its kind
Row = dict[str, Any]


def row_problems(
    frame: pd.DataFrame, file: str, key: str, rule: Callable[[Row], Iterable[Found]]
) -> list[Problem]:
    """What a rule finds in each row of a table that has the rows of its file as index."""
    return [
        Problem(file, message, number, column, row[key], *kind)
        for number, row in _rows(frame)
        for column, message, *kind in rule(row)
    ]


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, Row]]:
    names, columns = list(frame.columns), [frame[name].tolist() for name in frame.columns]
    rows = (dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True))
    return zip(frame.index, rows, strict=True)


def of_value(column: str, value: str, kind: str) -> Found:
    """What is wrong with a value that the message begins with."""
    return column, f"{value} {kind}", kind


def claim_problems(
    claims: pd.DataFrame, sources: set[str], file: str = "claims.csv"
) -> list[Problem]:
    """Contradictions inside single rows of the claims table; ``sources`` are the identifiers that there are.

    A claim of an unknown source, or with an identifier that stands twice, is not said to be named after the wrong
    source too: the one mistake is named already.
    """
    twice = set(claims.loc[claims["claim_id"].duplicated(keep=False), "claim_id"])

    def rule(row: Row) -> Iterator[Found]:
        yield from (*_value_rules(row), *_currency_rules(row), *_period_rules(row))
        yield from _printed_rules(row, "value_low", "value_high")
        if row["source_id"] in sources and row["claim_id"] not in twice:
            yield from _begins_with(row, "claim_id", "source_id", ".")

    return row_problems(claims, file, "claim_id", rule)


def original_problems(originals: pd.DataFrame, file: str = "originals.csv") -> list[Problem]:
    """Contradictions inside single rows of the Chinese originals."""
    return row_problems(originals, file, "claim_id", _original_rules)


def _original_rules(row: Row) -> Iterator[Found]:
    low, high = row["value_low"], row["value_high"]
    if low > high:
        yield "value_low", f"{low:.12g} is above value_high {high:.12g}", "is above value_high"
    if row["figure"] not in row["stated_zh"]:
        yield of_value("figure", f"'{row['figure']}'", "does not stand in stated_zh")
    if len({bool(row[name]) for name in ("differs", "difference", "difference_zh")}) > 1:
        yield "differs", "differs, difference and difference_zh are all filled in, or none is"
    if not (row["url"] or row["seen_at"]):
        yield "seen_at", "says where the words were read, if url does not"
    if bool(row["paragraph"]) != bool(row["paragraph_of"]):
        yield "paragraph_of", "says which text paragraph counts, and is empty without one"


ROUNDED = ("rounded", "about", "nearly")  # bounds of figures that have a last digit
MARKS = {".": "dot", "-": "hyphen"}


def _begins_with(row: Row, name: str, start: str, mark: str) -> Iterator[Found]:
    """An identifier that does not begin with another column of the row and a mark."""
    if not row[name].startswith(row[start] + mark):
        kind = f"must begin with the {start} and a {MARKS[mark]}"
        yield name, f"{kind}: {row[start]}{mark}", kind


def _value_rules(row: Row) -> Iterator[Found]:
    low, high, bound = row["value_low"], row["value_high"], row["bound"]
    if low > high:
        yield "value_low", f"{low:.12g} is above value_high {high:.12g}", "is above value_high"
    elif bound == "range" and low == high:
        yield "bound", "a range needs two ends, and value_low equals value_high"
    elif bound != "range" and low != high:
        yield of_value(
            "bound",
            f"'{bound}'",
            "has one value, and value_low differs from value_high; only a range has two",
        )
    if row["unit"] == "share" and high > 1:
        yield of_value("value_high", f"{high:.12g}", SHARE)


def _currency_rules(row: Row) -> Iterator[Found]:
    money = money_of(row["unit"])
    if row["currency"] != money:
        kind = f"does not fit the unit {row['unit']}; it must be {money!r}"
        yield of_value("currency", repr(row["currency"]), kind)


def _period_rules(row: Row) -> Iterator[Found]:
    start, end = row["period_start"], row["period_end"]
    if start and end and first_day(start) > last_day(end):
        yield "period_end", f"{end} is before period_start {start}", "is before period_start"


def _printed_rules(row: Row, *values: str) -> Iterator[Found]:
    yield from printed_problems(row, values)
    if row["bound"] in ROUNDED and row["last_digit"] == EXACT:
        kind = f"is for counts and definitions; the bound says {row['bound']}"
        yield of_value("last_digit", repr(EXACT), kind)


def benchmark_problems(benchmarks: pd.DataFrame, file: str) -> list[Problem]:
    """Other wordings of a figure whose printed form is not their value."""
    return row_problems(benchmarks, file, "benchmark_id", lambda row: _printed_rules(row, "value"))


def series_problems(series: pd.DataFrame, file: str, units: dict[str, str]) -> list[Problem]:
    """Contradictions inside one file of context series: periods, and the unit that the index states.

    ``units`` holds the unit of each series of ``series.csv``; one problem for each series and wrong unit.
    """

    def rule(row: Row) -> Iterator[Found]:
        yield from (*_period_rules(row), *printed_problems(row, ()))
        if row["unit"] == "share" and not -1 <= row["value"] <= 1:
            yield of_value("value", f"{row['value']:.12g}", SHARE)

    problems = row_problems(series, file, "series_id", rule)
    wrong: dict[tuple[str, str], list[int]] = {}
    for number, name, unit in zip(series.index, series["series_id"], series["unit"], strict=True):
        if unit != units.get(name, unit):
            wrong.setdefault((name, unit), []).append(number)
    for (name, unit), rows in wrong.items():
        more = f" (and {len(rows) - 1} more rows)" if len(rows) > 1 else ""
        problems.append(
            Problem(
                file,
                f"{unit!r} is not the unit of the series; series.csv says {units[name]}{more}",
                rows[0],
                "unit",
                name,
                "is not the unit of the series in series.csv",
            )
        )
    return problems


def index_problems(
    index: pd.DataFrame, held: dict[str, set[str]], file: str = "series.csv"
) -> list[Problem]:
    """Series of the index without rows in the file that it names as their theme."""

    def rule(row: Row) -> Iterator[Found]:
        theme = row["theme"]
        if theme not in held:
            kind = f"is no file of series; known are {', '.join(sorted(held))}"
            yield of_value("theme", repr(theme), kind)
        elif row["series_id"] not in held[theme]:
            yield "theme", f"the series has no rows in series/{theme}.csv"

    return row_problems(index, file, "series_id", rule)


def event_problems(events: pd.DataFrame, file: str = "events.csv") -> list[Problem]:
    """Dates written less or more precisely than the event says."""
    return row_problems(events, file, "event_id", lambda row: _precision_rules(row, "date"))


def _precision_rules(row: Row, column: str) -> Iterator[Found]:
    if len(row[column]) != LENGTHS[row["precision"]]:
        kind = f"is not as precise as {row['precision']!r} says"
        yield of_value(column, repr(row[column]), kind)


def source_problems(sources: pd.DataFrame, file: str = "sources.csv") -> list[Problem]:
    """A page cannot carry a date before the event that it reports."""

    def rule(row: Row) -> Iterator[Found]:
        page, event = row["page_date"], row["event_date"]
        if last_day(page) < first_day(event):
            yield (
                "page_date",
                f"{page} is before the event date {event}",
                "is before the event date",
            )

    return row_problems(sources, file, "source_id", rule)


def assumption_problems(assumptions: pd.DataFrame, file: str = "assumptions.csv") -> list[Problem]:
    """Assumptions whose ends contradict their shape, and those that name no source for a cited range."""
    return row_problems(assumptions, file, "assumption_id", _assumption_rules)


def _assumption_rules(row: Row) -> Iterator[Found]:
    low, central, high, shape = row["low"], row["central"], row["high"], row["shape"]
    if not low <= central <= high:
        kind = "low <= central <= high does not hold"
        yield (
            "central",
            f"{kind} for {low:.12g}, {central:.12g}, {high:.12g}",
            f"breaks a rule: {kind}",
        )
    elif (low == high) != (shape == "fixed"):
        rule = "'fixed' has equal ends, every other shape has not"
        said = f"'{shape}' does not fit the ends {low:.12g} and {high:.12g}; {rule}"
        yield "shape", said, f"does not fit the ends; {rule}"
    elif shape.startswith("log") and not low > 0:
        yield "low", f"'{shape}' needs a low end above 0"
    yield from _begins_with(row, "assumption_id", "topic", "-")
    missing = [name for name in ("source_title", "publisher", "published") if not row[name]]
    missing += [] if row["url"] or row["seen_at"] else ["url"]
    if row["basis"] == "cited" and missing:
        yield (
            missing[0],
            f"a cited range names {', '.join(missing)}; without a source, the basis is 'logical limits' or 'convention'",
        )


def measure_problems(
    measures: pd.DataFrame, stated: dict[str, float], codes: list[str], file: str = "measures.csv"
) -> list[Problem]:
    """Themes that are unknown or too many, dates and money that contradict their columns, and lists of another length than stated.

    ``stated`` holds the number of items that each claim states; ``codes`` are the themes of the codebook.
    """
    headlines = set(measures.loc[measures["level"] == "headline", "measure_id"])
    problems = row_problems(
        measures,
        file,
        "measure_id",
        lambda row: (*_theme_rules(row, codes), *_measure_rules(row, headlines)),
    )
    for name, rows in measures[measures["counted_by"] != ""].groupby("counted_by", sort=False):
        if len(rows) != stated.get(name, len(rows)):
            problems.append(
                Problem(
                    file,
                    f"{name} states {stated[name]:.12g} items, and {len(rows)} rows name it",
                    column="counted_by",
                    key=name,
                )
            )
    return problems


def _theme_rules(row: Row, codes: list[str]) -> Iterator[Found]:
    for column in ("themes", "themes_first", "themes_second"):
        themes = row[column].split("; ") if row[column] else []
        unknown = [theme for theme in themes if theme not in codes]
        if unknown:
            known = _known(unknown[0], set(codes))
            yield column, f"{unknown[0]!r} is no theme; {known}", "names what is no theme"
        elif len(themes) > MOST_THEMES:
            allowed = f"one measure has at most {MOST_THEMES}"
            yield column, f"{len(themes)} themes; {allowed}", f"holds too many themes; {allowed}"
        elif len(set(themes)) < len(themes):
            yield column, "names a theme twice"
    unnamed = row["status"] == "announced but not named"
    if (row["themes"] == NOT_STATED) != unnamed or (NOT_STATED in row["themes"]) != unnamed:
        yield (
            "themes",
            f"'{NOT_STATED}' stands alone, and only where the status is 'announced but not named'",
        )
    for column in ("instrument", "target_group"):
        if bool(row[column]) == unnamed:
            kind = "does not fit the status; it is empty where the status is 'announced but not named', and only there"
            yield of_value(column, repr(row[column]), kind)


def _measure_rules(row: Row, headlines: set[str]) -> Iterator[Found]:
    name, level, parent = row["measure_id"], row["level"], row["measure_id"].partition(".sub-")[0]
    if wrong := [*_begins_with(row, "measure_id", "source_id", ".")]:
        yield from wrong
    elif (level == "sub") != (parent != name) or (level == "sub" and parent not in headlines):
        yield (
            "measure_id",
            f"does not fit the level '{level}'; an act inside a measure, and nothing else, continues the identifier of a headline with .sub-N",
        )
    if row["counted_by"] and level != "headline":
        yield (
            "counted_by",
            f"a row of the level '{level}' is not counted by a claim; only headlines are",
        )
    if (row["names_money"] == "yes") != bool(row["money_of"]):
        kind = f"does not fit names_money {row['names_money']!r}; it says whose money where an amount is named, and only there"
        yield of_value("money_of", repr(row["money_of"]), kind)
    yield from _precision_rules(row, "announced")
    if (words := len(row["summary"].split())) > LONGEST_SUMMARY:
        allowed = f"at most {LONGEST_SUMMARY} are allowed"
        yield "summary", f"has {words} words; {allowed}", f"has too many words; {allowed}"


def address_problems(frame: pd.DataFrame, file: str) -> list[Problem]:
    """Rows that name neither an address to cite nor one where a copy was read."""
    bare = frame[(frame["url"] == "") & (frame["seen_at"] == "")]
    said = "is empty, and so is seen_at; one of them says where the figure was read"
    return [
        Problem(file, said, number, "url", key)
        for number, key in zip(bare.index, bare.iloc[:, 0], strict=True)
    ]


def foreign_key_problems(
    tables: dict[str, pd.DataFrame], resource: dict[str, Any], broken: set[str]
) -> list[Problem]:
    """References of one table to rows of another that are not there, unless that one is broken itself."""
    problems: list[Problem] = []
    for key in resource["schema"].get("foreignKeys", []):
        column, other = key["fields"][0], key["reference"]["resource"]
        if other in broken or other not in tables:
            continue
        known = set(tables[other][key["reference"]["fields"][0]])
        frame = tables[resource["name"]]
        missing = (frame[column] != "") & ~frame[column].isin(known)
        if not missing.any():
            continue
        unknown = frame[missing]
        said = {wanted: _known(wanted, known) for wanted in unknown[column].unique()[:MANY]}
        kind = f"is not in {other}.csv; {len(known)} are known"
        for number, name, wanted in zip(
            unknown.index, unknown.iloc[:, 0], unknown[column], strict=True
        ):
            message = f"{shortened(wanted)!r} is not in {other}.csv; "
            message += said.get(wanted, f"{len(known)} are known")
            problems.append(Problem(resource["path"], message, number, column, name, kind))
    return problems


def _known(wanted: str, known: set[str]) -> str:
    """Every known identifier, or the nearest where they are too many to read."""
    if len(known) <= MANY:
        return f"known are {', '.join(sorted(known))}"
    near = difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=0)
    return f"{len(known)} are known, the nearest are {', '.join(near)}"
