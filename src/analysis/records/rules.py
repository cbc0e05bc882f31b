"""Rules between cells and between tables, beyond what a Table Schema can say."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pandas as pd

from analysis.records.errors import Problem
from analysis.records.periods import first_day, last_day

MANY = 20  # identifiers that a message still lists
LENGTHS = {"year": 4, "month": 7, "day": 10}  # characters of a date that is so precise
MOST_THEMES, LONGEST_SUMMARY, NOT_STATED = 4, 14, "not_stated"  # of a policy measure


def _rows(frame: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows with their numbers in the file, which the frame has as its index."""
    return zip(frame.index, frame.to_dict("records"), strict=True)


def claim_problems(
    claims: pd.DataFrame, sources: set[str], file: str = "claims.csv"
) -> list[Problem]:
    """Contradictions inside single rows of the claims table; ``sources`` are the identifiers that there are.

    A claim of an unknown source, or with an identifier that stands twice, is not said to be named after the wrong
    source too: the one mistake is named already.
    """
    problems: list[Problem] = []
    twice = set(claims.loc[claims["claim_id"].duplicated(keep=False), "claim_id"])
    for number, row in _rows(claims):
        found = [*_value_rules(row), *_currency_rules(row), *_period_rules(row)]
        if (
            row["source_id"] in sources
            and row["claim_id"] not in twice
            and not row["claim_id"].startswith(row["source_id"] + ".")
        ):
            found.append(
                ("claim_id", f"must begin with the source_id and a dot: {row['source_id']}.")
            )
        problems += [
            Problem(file, message, number, column, row["claim_id"]) for column, message in found
        ]
    return problems


def _value_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    low, high, bound = row["value_low"], row["value_high"], row["bound"]
    if low > high:
        yield "value_low", f"{low:.12g} is above value_high {high:.12g}"
    elif bound == "range" and low == high:
        yield "bound", "a range needs two ends, and value_low equals value_high"
    elif bound != "range" and low != high:
        yield (
            "bound",
            f"'{bound}' has one value, and value_low differs from value_high; only a range has two",
        )
    if row["unit"] == "share" and high > 1:
        yield "value_high", f"{high:.12g} is above 1; a share is written as a part of 1"


def _currency_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    money = row["unit"][:3] if row["unit"][:3] in ("CNY", "USD") else ""
    if row["currency"] != money:
        yield (
            "currency",
            f"{row['currency']!r} does not fit the unit {row['unit']}; it must be {money!r}",
        )


def _period_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    start, end = row["period_start"], row["period_end"]
    if start and end and first_day(start) > last_day(end):
        yield "period_end", f"{end} is before period_start {start}"


def series_problems(series: pd.DataFrame, file: str, units: dict[str, str]) -> list[Problem]:
    """Contradictions inside one file of context series: periods, and the unit that the index states.

    ``units`` holds the unit of each series of ``series.csv``; one problem for each series and wrong unit.
    """
    problems: list[Problem] = []
    wrong: dict[tuple[str, str], list[int]] = {}
    for number, row in _rows(series):
        found = list(_period_rules(row))
        if row["unit"] == "share" and not -1 <= row["value"] <= 1:
            found.append(
                ("value", f"{row['value']:.12g} is above 1; a share is written as a part of 1")
            )
        problems += [
            Problem(file, message, number, column, row["series_id"]) for column, message in found
        ]
        if row["unit"] != units.get(row["series_id"], row["unit"]):
            wrong.setdefault((row["series_id"], row["unit"]), []).append(number)
    for (name, unit), rows in wrong.items():
        more = f" (and {len(rows) - 1} more rows)" if len(rows) > 1 else ""
        problems.append(
            Problem(
                file,
                f"{unit!r} is not the unit of the series; series.csv says {units[name]}{more}",
                rows[0],
                "unit",
                name,
            )
        )
    return problems


def index_problems(
    index: pd.DataFrame, held: dict[str, set[str]], file: str = "series.csv"
) -> list[Problem]:
    """Series of the index without rows in the file that it names as their theme."""
    problems = []
    for number, row in _rows(index):
        theme, name = row["theme"], row["series_id"]
        if theme not in held:
            problems.append(
                Problem(
                    file,
                    f"{theme!r} is no file of series; known are {', '.join(sorted(held))}",
                    number,
                    "theme",
                    name,
                )
            )
        elif name not in held[theme]:
            problems.append(
                Problem(
                    file, f"the series has no rows in series/{theme}.csv", number, "theme", name
                )
            )
    return problems


def event_problems(events: pd.DataFrame, file: str = "events.csv") -> list[Problem]:
    """Dates written less or more precisely than the event says."""
    return [
        Problem(
            file,
            f"{row['date']!r} is not as precise as {row['precision']!r} says",
            number,
            "date",
            row["event_id"],
        )
        for number, row in _rows(events)
        if len(row["date"]) != LENGTHS[row["precision"]]
    ]


def source_problems(sources: pd.DataFrame, file: str = "sources.csv") -> list[Problem]:
    """A page cannot carry a date before the event that it reports."""
    return [
        Problem(
            file,
            f"{row['page_date']} is before the event date {row['event_date']}",
            number,
            "page_date",
            row["source_id"],
        )
        for number, row in _rows(sources)
        if last_day(row["page_date"]) < first_day(row["event_date"])
    ]


def assumption_problems(assumptions: pd.DataFrame, file: str = "assumptions.csv") -> list[Problem]:
    """Assumptions whose ends contradict their shape, and those that name no source for a cited range."""
    problems: list[Problem] = []
    for number, row in _rows(assumptions):
        problems += [
            Problem(file, message, number, column, row["assumption_id"])
            for column, message in _assumption_rules(row)
        ]
    return problems


def _assumption_rules(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    low, central, high, shape = row["low"], row["central"], row["high"], row["shape"]
    if not low <= central <= high:
        yield (
            "central",
            f"low <= central <= high does not hold for {low:.12g}, {central:.12g}, {high:.12g}",
        )
    elif (low == high) != (shape == "fixed"):
        yield (
            "shape",
            f"'{shape}' does not fit the ends {low:.12g} and {high:.12g}; 'fixed' has equal ends, every other shape has not",
        )
    elif shape.startswith("log") and not low > 0:
        yield "low", f"'{shape}' needs a low end above 0"
    if not row["assumption_id"].startswith(row["topic"] + "-"):
        yield "assumption_id", f"must begin with the topic and a hyphen: {row['topic']}-"
    missing = [name for name in ("source_title", "publisher", "published", "url") if not row[name]]
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
    problems: list[Problem] = []
    headlines = set(measures.loc[measures["level"] == "headline", "measure_id"])
    for number, row in _rows(measures):
        found = [*_theme_rules(row, codes), *_measure_rules(row, headlines)]
        problems += [
            Problem(file, message, number, column, row["measure_id"]) for column, message in found
        ]
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


def _theme_rules(row: dict[str, Any], codes: list[str]) -> Iterator[tuple[str, str]]:
    for column in ("themes", "themes_first", "themes_second"):
        themes = row[column].split("; ") if row[column] else []
        unknown = [theme for theme in themes if theme not in codes]
        if unknown:
            yield column, f"{unknown[0]!r} is no theme; {_known(unknown[0], set(codes))}"
        elif len(themes) > MOST_THEMES:
            yield column, f"{len(themes)} themes; one measure has at most {MOST_THEMES}"
        elif len(set(themes)) < len(themes):
            yield column, "names a theme twice"
    unnamed = row["status"] == "announced but not named"
    if (row["themes"] == NOT_STATED) != unnamed or (NOT_STATED in row["themes"]) != unnamed:
        yield (
            "themes",
            f"'{NOT_STATED}' stands alone, and only where the status is 'announced but not named'",
        )


def _measure_rules(row: dict[str, Any], headlines: set[str]) -> Iterator[tuple[str, str]]:
    name, level, parent = row["measure_id"], row["level"], row["measure_id"].partition(".sub-")[0]
    if not name.startswith(row["source_id"] + "."):
        yield "measure_id", f"must begin with the source_id and a dot: {row['source_id']}."
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
        yield (
            "money_of",
            f"{row['money_of']!r} does not fit names_money {row['names_money']!r}; it says whose money where an amount is named, and only there",
        )
    if len(row["announced"]) != LENGTHS[row["precision"]]:
        yield "announced", f"{row['announced']!r} is not as precise as {row['precision']!r} says"
    if (words := len(row["summary"].split())) > LONGEST_SUMMARY:
        yield "summary", f"has {words} words; at most {LONGEST_SUMMARY} are allowed"


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
        for number, row in _rows(tables[resource["name"]]):
            if row[column] and row[column] not in known:
                message = f"{row[column]!r} is not in {other}.csv; {_known(row[column], known)}"
                problems.append(
                    Problem(resource["path"], message, number, column, next(iter(row.values())))
                )
    return problems


def _known(wanted: str, known: set[str]) -> str:
    """Every known identifier, or the nearest where they are too many to read."""
    if len(known) <= MANY:
        return f"known are {', '.join(sorted(known))}"
    near = difflib.get_close_matches(wanted, sorted(known), n=3, cutoff=0)
    return f"{len(known)} are known, the nearest are {', '.join(near)}"
