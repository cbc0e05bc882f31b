"""Make data/series.csv, data/series/<theme>.csv and their part of data/datapackage.json from research tables.

For maintainers; the project is built without it. FOLDER holds ecommerce.csv, poverty_income.csv and
trade_labor.csv as the research team writes them, and benchmarks.csv stands beside FOLDER. What becomes of each series (identifier, file, titles,
unit, nature) stands in tools/series_map.csv; what becomes of units, notes and wording stands below.
Run twice, it writes the same bytes.

Example: .venv/bin/python tools/import_series.py ../shared/research/context
"""

import csv
import json
import re
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

from series_wording import DROPPED_WORDS, FROM_BENCHMARKS, MISPLACED, MOVED_TO_NOTE, NOTES, REPLACED

PROJECT = Path(__file__).resolve().parents[1]
DATA = PROJECT / "data"
FILES = ("poverty_income", "ecommerce", "trade_labor")
COLUMNS = [
    "series_id",
    "period_start",
    "period_end",
    "value",
    "printed",
    "last_digit",
    "unit",
    "qualifier",
    "geography",
    "grade",
    "derived",
    "recheck",
    "source_title",
    "publisher",
    "published",
    "url",
    "seen_at",
    "note",
]
KEY = ("series_id", "period_start", "period_end", "geography", "value", "url")
PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
NUMBER = re.compile(r"-?\d+(\.\d+)?")

COUNTS = ["person", "shop", "parcel", "village"]
UNITS = {  # printed unit: factor, units that it may become, how it is quoted
    "10,000 persons": ("10000", ["person"], "ten thousand persons"),
    "million people": ("1000000", ["person"], "million people"),
    "million persons": ("1000000", ["person"], "million persons"),
    "million jobs": ("1000000", ["person"], "million jobs"),
    "million farmers": ("1000000", ["person"], "million farmers"),
    "million poor farmers": ("1000000", ["person"], "million poor farmers"),
    "million": ("1000000", COUNTS, "million"),
    "million (sic; 195 million)": ("100000000", ["person"], "million, a misprint for 195 million"),
    "10 thousand (万)": ("10000", COUNTS, "ten thousand"),
    "10 thousand (万) persons": ("10000", ["person"], "ten thousand persons"),
    "10 thousand (万) poor farmers": ("10000", ["person"], "ten thousand poor farmers"),
    "100 million (亿)": ("100000000", COUNTS, "hundred million"),
    "billion parcels": ("1000000000", ["parcel"], "billion parcels"),
    "100 million parcels (亿件)": ("100000000", ["parcel"], "hundred million parcels"),
    "persons": ("1", ["person"], ""),
    "persons per year": ("1", ["person/year"], ""),
    "persons per household": ("1", ["person/household"], ""),
    "counties": ("1", ["county"], ""),
    "villages": ("1", ["village"], ""),
    "shops": ("1", ["shop"], ""),
    "companies": ("1", ["exhibitor"], ""),
    "exhibitor-times": ("1", ["exhibitor"], ""),
    "exhibitors": ("1", ["exhibitor"], ""),
    "booths": ("1", ["booth"], ""),
    "standard booths": ("1", ["booth"], ""),
    "months": ("1", ["month"], ""),
    "percent": ("0.01", ["share"], "percent"),
    "percent (74.9% without)": ("0.01", ["share"], "percent"),
    "percent of population": ("0.01", ["share"], "percent"),
    "percent change on previous year": ("0.01", ["share"], "percent"),
    "percent of 596,450 villages": ("0.01", ["share"], "percent of 596,450 villages"),
    "percent of 170,000 villages": ("0.01", ["share"], "percent of 170,000 villages"),
    "million yuan": ("1000000", ["CNY"], "million yuan"),
    "10 thousand yuan (万元)": ("10000", ["CNY/county"], "ten thousand yuan"),
    "100 million yuan (亿元)": ("100000000", ["CNY"], "hundred million yuan"),
    "billion yuan": ("1000000000", ["CNY"], "billion yuan"),
    "trillion yuan": ("1000000000000", ["CNY"], "trillion yuan"),
    "zones": ("1", ["zone"], ""),
    "thousand US$": ("1000", ["USD"], "thousand US dollars"),
    "billion US$": ("1000000000", ["USD"], "billion US dollars"),
    "yuan per capita": ("1", ["CNY/person"], ""),
    "yuan per year": ("1", ["CNY/person/year"], ""),
    "yuan per person per year": ("1", ["CNY/person/year"], ""),
    "yuan per month": ("1", ["CNY/person/month"], ""),
    "yuan per US$": ("1", ["CNY/USD"], ""),
    "yuan per international $": ("1", ["CNY/intl_USD"], ""),
    "yen": ("1", ["JPY/person"], ""),
    "thousand yen per month": ("1000", ["JPY/person/month"], "thousand yen per month"),
    "index": ("1", ["index"], ""),
    "index, 2017 = 1": ("1", ["index"], ""),
}
GEOGRAPHY = {
    "China (national)": "China",
    "China: Canton Fair (Guangzhou)": "Guangzhou",
    "China: firms from poverty counties at the Canton Fair": "Guangzhou",
    "China: MOFCOM commerce-led poverty reduction": "China",
    "China: 25 provinces": "China (25 provinces)",
    "China: land border trade (customs regime 'border trade')": "China",
    "China poverty areas (832 counties and contiguous areas)": "China (poverty areas)",
    "832 national-level poverty counties": "China (832 poor counties)",
    "135 border counties": "China (135 border counties)",
    "140 border counties": "China (140 border counties)",
    "China: 22 central and western provinces": "China (22 provinces)",
    "outside mainland China": "Outside mainland China",
    "Longnan, Gansu": "Longnan",
}
# publisher as the research has it: grade by the definitions of the research's README, and why
REGRADED = {
    "South China Morning Post (via NUS proxy)": ("B", "a newspaper is no primary dataset"),
    "peakrealtyllc.com (mirror)": ("D", "a table without named source, in an exam question"),
}
SAME_BRIEFING = (
    "renminnet.cn/art_list_cont_cont.aspx?cont_id=45805",
    "mysheen.com/",
)  # other wordings of the documents
THEMES = {
    "poverty": (
        "Poverty: people, rates, lines, counties, villages",
        "What China's statistics and registers say about rural poverty.",
    ),
    "world_bank": (
        "Poverty by the World Bank's lines",
        "Shares of people below international lines, and people lifted above them; survey years only.",
    ),
    "incomes": (
        "Incomes and wages",
        "Rural and urban incomes, migrant workers and their pay, wages in towns.",
    ),
    "prices": (
        "Prices and purchasing-power parities",
        "Consumer prices, deflators and purchasing-power parities of China.",
    ),
    "exchange_rates_annual": (
        "US dollar in yuan, annual",
        "Annual means by two publishers, to hold the monthly rates against.",
    ),
    "population": (
        "Population",
        "Residents, registered rural population, households, border counties.",
    ),
    "ecommerce": (
        "Rural e-commerce",
        "Sales, shops, users, parcels, the demonstration programme, and what officials said of jobs.",
    ),
    "canton_fair": (
        "Canton Fair",
        "Deals, buyers, exhibitors and booths by session, and what poor counties had of them.",
    ),
    "labor": (
        "Work abroad and away from home",
        "Workers sent abroad, plans, poor labourers on the move, pay and fees of interns in Japan.",
    ),
    "other_channels": (
        "Housekeeping, purchases, border trade",
        "Scale of the channels besides e-commerce, labor export and the Canton Fair.",
    ),
    "local": (
        "Hunan and Longnan",
        "Counts and funds of the two places that the documents single out.",
    ),
}


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    """Write a CSV file as the others are written."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def plain(number: Decimal) -> str:
    """A decimal without exponent and without idle zeros."""
    return format(number.normalize(), "f") if number else "0"


def why_not(row: dict[str, str], nature: str, documents: set[str]) -> str:
    """Why a research row stays out; "" if it enters."""
    words = f"{row['qualifier']} {row['notes']}".lower()
    grade = REGRADED.get(row["publisher"], (row["grade"],))[0]
    url = row["url"]
    tests = {
        "is an official claim of the five documents": url in documents
        or any(part in url for part in SAME_BRIEFING),
        "has grade D": grade == "D",
        "has no numeric value": not NUMBER.fullmatch(row["value"]),
        "has no address": not url,
        "has no start of its period": not row["period_start"]
        and nature != "stock"
        and "period not stated" not in words,
        "is of a part of the year": row["series_id"]
        in ("border_trade_exports", "border_trade_imports")
        and "ANNUAL" not in row["qualifier"],
        "covers phase 1 only": "phase 1 only" in row["qualifier"].lower(),
        "is a forecast or target": any(word in words for word in ("forecast", "(target)"))
        or row["qualifier"] == "planned",
        "restates an older observation": "undated restatement" in words,
        "counts something else than its series": row["unit"]
        in ("treated counties", "times growth 2016->2019")
        or row["qualifier"].startswith(("online sales (not", "total for")),
    }
    return next((reason for reason, applies in tests.items() if applies), "")


def quantity(row: dict[str, str], unit: str) -> tuple[str, str]:
    """The value in the unit of the series, and the figure as printed; its last digit is entered by eye."""
    printed = "yuan per capita" if (row["unit"], unit) == ("yuan", "CNY/person") else row["unit"]
    factor, allowed, quoted = UNITS[printed]
    if unit not in allowed:
        raise SystemExit(f"{row['series_id']}: {row['unit']!r} cannot become {unit}")
    value = plain(Decimal(row["value"]) * Decimal(factor))
    scales = {"ten thousand": "万", "hundred million": "亿", "percent": "%"}
    scale = next(
        (scales[name] for name in scales if quoted.startswith(name)), f" {quoted.split(' ')[0]}"
    )
    return value, f"{row['value']}{scale}" if factor != "1" else row["value"]


def published(text: str) -> tuple[str, bool]:
    """The date of publication, and whether it was inferred."""
    found = re.match(r"(?:~|c\. )?(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?!\d)", text)
    inferred = bool(re.match(r"~|c\. ", text)) or any(
        word in text for word in ("n.d.", "approx", "(early)")
    )
    return (found[1], inferred) if found else ("", False)


def address(url: str) -> str:
    """A web address; a file of a repository at a commit becomes GitHub's address of it."""
    found = re.fullmatch(r"(https://github\.com/\S+) \(commit (\w+), (\S+)\)", url)
    return f"{found[1]}/blob/{found[2]}/{found[3]}" if found else url.split(" ")[0]


def publisher(text: str) -> str:
    """The publisher of the release, without the host of the copy."""
    if of := re.fullmatch(r"\S+ (?:copy|reprint) of (NBS|a 2014 quiz book)", text):
        return of[1] if of[1] == "NBS" else text
    found = re.sub(
        r"\s*\((?:[^()]*(?:mirror|repost|catalogue record|paraphrased)[^()]*)\)", "", text
    )
    found = re.sub(
        r"(?:[;,]? (?:mirror|copy|copied at|reposted) .*|, copy.*| mirror of .*)$", "", found
    )
    found = (
        re.sub(r"\s*[\u4e00-\u9fff]+$", "", found) if re.match(r"[A-Za-z ]{6}", found) else found
    )
    return {
        "Chinese press": "Chinese press (not named)",
        "Press article": "Chinese press (not named)",
        "gov.cn text": "gov.cn",
    }.get(found := found.removesuffix(" repost").removesuffix(" copy").strip(" ,;"), found) or text


def qualifier(row: dict[str, str]) -> tuple[str, list[str]]:
    """How the source words the value, and what of the research's wording belongs into the note."""
    kept, moved = [], []
    text = re.sub(r"\s*\([^()]*[\u4e00-\u9fff][^()]*\)", "", row["qualifier"])
    for part in filter(None, (part.strip() for part in text.split("; "))):
        of = re.fullmatch(r"(.+) \((buyers|exhibitors|US\$)\)", part)
        if of:
            fits = {
                "buyers": "canton_overseas_buyers",
                "exhibitors": "canton_exhibitors",
                "US$": "canton_export_turnover_usd",
            }[of[2]]
            part = of[1] if row["series_id"] == fits else ""
        if not part or part in DROPPED_WORDS or part in MISPLACED.get(row["series_id"], ()):
            continue
        note = next(
            (
                re.sub(pattern, words, part)
                for pattern, words in MOVED_TO_NOTE
                if re.fullmatch(pattern, part)
            ),
            None,
        )
        if note is not None:
            moved.append(note)
        else:
            kept.append(REPLACED.get(part, part))
    words = "; ".join(kept)
    if CHINESE.search(words):
        raise SystemExit(
            f"{row['series_id']}: give the qualifier {words!r} in English, in tools/series_wording.py"
        )
    return words, moved


def note(row: dict[str, str], moved: list[str], inferred: bool) -> str:
    """What a reader must know, in own words; the research's working notes stay behind."""
    found = list(moved)
    for pattern, words in NOTES:
        if (match := re.search(pattern, row["notes"])) and (
            expanded := match.expand(words)
        ) not in found:
            found.append(expanded)
    if inferred:
        found.append("Date inferred.")
    text = " ".join(found)
    if len(text.split()) > 20:
        raise SystemExit(
            f"{row['series_id']} {row['period_end']}: the note has {len(text.split())} words: {text}"
        )
    return text


def series_row(row: dict[str, str], entry: dict[str, str]) -> dict[str, str]:
    """One row of a series file."""
    value, printed = quantity(row, entry["unit"])
    words, moved = qualifier(row)
    date, inferred = published(row["published"])
    grade, url = REGRADED.get(row["publisher"], (row["grade"],))[0], address(row["url"])
    copied = grade == "C" or re.search(
        r"mirror|repost|reprint|\bcop(y|ied)\b", f"{row['publisher']} {row['notes']}", re.I
    )
    # ecommerce.csv says "derived" where the note derives another year; the value itself is printed
    # there.
    own = row["derived"] == "yes" and row["file"] != "ecommerce"
    implied = row["file"] == "poverty_income" and (
        "derived" in row["notes"].lower() or row["qualifier"].startswith(("implied", "derived"))
    )
    poverty_areas = row["qualifier"] == "implied, poverty areas"
    return {
        "series_id": entry["id"],
        "period_start": row["period_start"] or row["period_end"],
        "period_end": row["period_end"],
        "value": value,
        "printed": "" if own or implied else printed,
        "last_digit": "",
        "unit": entry["unit"],
        "qualifier": words,
        "geography": "China (poverty areas)"
        if poverty_areas
        else GEOGRAPHY.get(row["geography"], row["geography"]),
        "grade": grade,
        "derived": "yes" if own or implied else "no",
        "recheck": "yes" if grade == "C" or "AS PRINTED" in row["qualifier"] else "no",
        "source_title": row["source_title"].strip(),
        "publisher": publisher(row["publisher"]),
        "published": date,
        "url": url,
        "seen_at": url if copied else "",
        "note": note(row, moved, inferred),
    }


def about(row: dict[str, str]) -> dict[str, str]:
    """A row whose value is a number: "about 2300" becomes 2300, with the word in the qualifier."""
    value = row["value"].removeprefix("about ")
    return (
        row
        if value == row["value"]
        else row | {"value": value, "qualifier": f"about; {row['qualifier']}"}
    )


def benchmarks(folder: Path) -> list[dict[str, str]]:
    """Rows of the research's benchmarks.csv that are series, in the columns of the other tables."""
    found = {row["key"]: row for row in read(folder.parent / "benchmarks.csv")}
    return [
        {
            "value": found[key]["value"],
            "url": found[key]["url"],
            "derived": "",
            "published": found[key]["page_date"],
            "file": "benchmarks",
            "series_id": key,
        }
        | given
        for key, given in FROM_BENCHMARKS.items()
    ]


def imported(
    folder: Path, mapping: list[dict[str, str]]
) -> tuple[dict[str, list[dict[str, str]]], Counter]:
    """Rows of every file, and what was left out: (series, reason) with numbers."""
    research = [
        dict(about(row), file=name) for name in FILES for row in read(folder / f"{name}.csv")
    ] + benchmarks(folder)
    documents = {row["url"] for row in read(DATA / "sources.csv")}
    files: dict[str, list[dict[str, str]]] = {}
    dropped: Counter = Counter()
    taken = set()
    for entry in mapping:
        seen = set()
        for place, row in enumerate(research):
            if row["series_id"] != entry["research_id"] or entry["only"] not in row["series_title"]:
                continue
            taken.add(place)
            if reason := why_not(row, entry["nature"], documents):
                dropped[entry["id"], reason] += 1
                continue
            made = series_row(row, entry)
            key = tuple(made[name] for name in KEY)
            if key in seen:
                dropped[entry["id"], "repeats a row"] += 1
                continue
            seen.add(key)
            files.setdefault(entry["file"], []).append(made)
    wanted = {entry["research_id"] for entry in mapping}
    for place, row in enumerate(research):
        if row["series_id"] in wanted and place not in taken:
            dropped[
                row["series_id"].replace("_", "-"), "counts something else than its series"
            ] += 1
    for rows in files.values():
        order = list(dict.fromkeys(row["series_id"] for row in rows))
        rows.sort(
            key=lambda row: (
                order.index(row["series_id"]),
                row["geography"],
                row["period_start"],
                row["period_end"],
            )
        )
    return files, dropped


def index(
    mapping: list[dict[str, str]], files: dict[str, list[dict[str, str]]]
) -> list[dict[str, str]]:
    """data/series.csv: the rows of other themes as they stand, then one for every series that has rows."""
    others = [row for row in read(DATA / "series.csv") if row["theme"] not in files]
    held = {row["series_id"] for rows in files.values() for row in rows}
    return others + [
        {
            "series_id": entry["id"],
            "title": entry["title"],
            "title_zh": entry["title_zh"],
            "unit": entry["unit"],
            "nature": entry["nature"],
            "theme": entry["file"],
        }
        for entry in mapping
        if entry["id"] in held
    ]


def describe(files: dict[str, list[dict[str, str]]], natures: list[str]) -> None:
    """Write the resources of the index and of every theme into datapackage.json, the others left as they are."""
    path = DATA / "datapackage.json"
    package = json.loads(path.read_text("utf-8"))
    resources = {one["name"]: one for one in package["resources"]}
    model = resources["exchange_rates"]
    key = [{"fields": ["series_id"], "reference": {"resource": "series", "fields": ["series_id"]}}]
    for name in ("exchange_rates", "canton_fair_sessions"):
        schema = resources[name]["schema"]
        resources[name]["schema"] = {
            "fields": schema["fields"],
            "primaryKey": schema["primaryKey"],
            "foreignKeys": key,
            "missingValues": schema["missingValues"],
        }
    text = {"required": True}
    fields = [
        (
            "series_id",
            "Identifier of the series; never changes.",
            {**text, "unique": True, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"},
        ),
        ("title", "What the series measures, and in what.", text),
        ("title_zh", "The title in Chinese.", text),
        ("unit", "Unit of every value of the series.", text),
        (
            "nature",
            "How values behave in time: a stock at a date, a flow over a period, a running total that cannot fall, a rate, a level, an index or a price.",
            {**text, "enum": natures},
        ),
        (
            "theme",
            "File of data/series that holds the rows, without its ending.",
            {**text, "pattern": "^[a-z0-9_]+$"},
        ),
    ]
    resources["series"] = {
        **head(
            model,
            "series",
            "series.csv",
            "Index of the context series",
            "One row per series of all files in data/series: what it is called, its unit and its nature.",
        ),
        "schema": {
            "fields": [
                {"name": name, "type": "string", "description": words, "constraints": rules}
                for name, words, rules in fields
            ],
            "primaryKey": ["series_id"],
            "missingValues": [""],
        },
    }
    for theme, (title, words) in THEMES.items():
        changed = json.loads(json.dumps(model["schema"]["fields"]))
        named = {field["name"]: field for field in changed}
        named["series_id"]["constraints"] = {
            "required": True,
            "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        }
        named["series_id"]["description"] = "Identifier of the series, as in series.csv."
        named["unit"]["constraints"]["enum"] = sorted({row["unit"] for row in files[theme]})
        named["qualifier"]["description"] = "How the source words the value."
        if any(row["value"].startswith("-") for row in files[theme]):
            named["value"]["constraints"] = {"required": True}
        resources[theme] = {
            **head(
                model,
                theme,
                f"series/{theme}.csv",
                title,
                f"{words} Rows of one period are different sources.",
            ),
            "schema": {
                "fields": changed,
                "primaryKey": list(KEY),
                "foreignKeys": key,
                "missingValues": [""],
            },
        }
    package["resources"] = list(resources.values())
    path.write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")


def head(model: dict, name: str, path: str, title: str, words: str) -> dict:
    """What a resource says of itself besides its schema, in the style of the others."""
    same = {key: model[key] for key in ("profile", "format", "mediatype", "encoding", "licenses")}
    return {
        "name": name,
        "path": path,
        "title": title,
        "description": words,
        **same,
        "sources": [
            {
                "title": "Publications named row by row",
                "path": path if path != "series.csv" else "series",
            }
        ],
    }


def main() -> None:
    """Import from the folder named on the command line."""
    if len(sys.argv) != 2 or not all(
        (Path(sys.argv[1]) / f"{name}.csv").is_file() for name in FILES
    ):
        sys.exit(__doc__)
    mapping = [
        dict(row, id=row["series_id"] or row["research_id"].replace("_", "-"))
        for row in read(PROJECT / "tools/series_map.csv")
    ]
    files, dropped = imported(Path(sys.argv[1]), mapping)
    write(
        DATA / "series.csv",
        ["series_id", "title", "title_zh", "unit", "nature", "theme"],
        index(mapping, files),
    )
    for theme, rows in files.items():
        write(DATA / "series" / f"{theme}.csv", COLUMNS, rows)
        print(
            f"series/{theme}.csv: {len(rows)} rows of {len({row['series_id'] for row in rows})} series"
        )
    describe(files, ["stock", "flow", "cumulative", "rate", "level", "index", "price"])
    print(f"\nDropped: {sum(dropped.values())} rows")
    for (series, reason), number in sorted(
        dropped.items(), key=lambda item: (item[0][1], item[0][0])
    ):
        print(f"  {reason}: {series} ({number})")
    held = {row["series_id"] for rows in files.values() for row in rows}
    print(
        "Without rows:",
        ", ".join(entry["id"] for entry in mapping if entry["id"] not in held) or "none",
    )


if __name__ == "__main__":
    main()
