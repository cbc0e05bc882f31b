"""Speed of the reader, and its agreement with coded pages beside public extractors.

``python benchmarks/reading_bench.py [--pages FOLDER] [--megabytes 2]``

The extractors (quantulum3, recognizers-text-suite) are no dependencies: install them in another
environment, run this file there with ``PYTHONPATH=src``, and they are compared as well.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.reading import scorer

from analysis.reading import read

ENGLISH = (
    "By the end of 2019 some 3.2 million farmers in 410 counties had joined, and sales exceeded "
    "US$1.4 billion, up 12.5 percent on the year before. No less than 40 percent of the villages "
    "took part. The ministry will go on to improve roads, warehouses and training, it said, and "
    "see to it that small firms find buyers in the cities and abroad without long delays.\n"
)
CHINESE = (
    "截至2019年底，全省共有320万农户参加，销售额超过14亿美元，同比增长12.5%，参与的行政村不少于四成。"
    "下一步将继续完善道路、仓储和培训，帮助小企业拓展市场，减少流通环节，让更多群众得到实惠。\n"
)


PARTS = {"no": "development", "yes": "held out", "fresh": "fresh"}


def speed(text: str, megabytes: float) -> tuple[float, int]:
    """Return megabytes of UTF-8 read in a second of processor time, and the candidates."""
    size = len(text.encode())
    long = text * max(1, round(megabytes * 1e6 / size))
    read(text)
    start = time.process_time()
    found = read(long)
    return len(long.encode()) / 1e6 / (time.process_time() - start), len(found)


_QUANTULUM = {
    "dollar": "USD",
    "percentage": "percent",
    "chinese yuan": "CNY",
    "yuan": "CNY",
    "pound sterling": "GBP",
    "indian rupee": "INR",
}
_RECOGNIZERS = {
    "Chinese yuan": "CNY",
    "Dollar": "USD",
    "United States dollar": "USD",
    "Pound": "GBP",
    "British pound": "GBP",
    "Indian rupee": "INR",
}


def _quantulum() -> Callable[[str], list[Any]]:
    from quantulum3 import parser

    def extract(text: str) -> list[Any]:
        return [
            SimpleNamespace(
                start=one.span[0],
                end=one.span[1],
                low=one.value,
                high=one.value,
                bound="exact",
                unit=_QUANTULUM.get(one.unit.name, one.unit.name),
            )
            for one in parser.parse(text)
        ]

    return extract


def _recognized(one: Any, value: Any, unit: str) -> Any:
    """Return a candidate of Recognizers-Text, None where it has no value."""
    try:
        number = float(str(value or "").rstrip("%"))
    except ValueError:
        return None
    return SimpleNamespace(
        start=one.start, end=one.end + 1, low=number, high=number, bound="exact", unit=unit
    )


def _recognizers() -> Callable[[str], list[Any]]:
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    kinds = (recognize_currency, recognize_percentage, recognize_dimension, recognize_number)

    def extract(text: str) -> list[Any]:
        chinese = any("\u4e00" <= char <= "\u9fff" for char in text)
        culture = Culture.Chinese if chinese else Culture.English
        found: list[Any] = []
        for kind in kinds:
            for one in kind(text, culture):
                if any(one.start < old.end and one.end >= old.start for old in found):
                    continue
                resolution = one.resolution or {}
                unit = "percent" if kind is recognize_percentage else resolution.get("unit") or ""
                made = _recognized(one, resolution.get("value"), _RECOGNIZERS.get(unit, unit))
                found += [made] if made else []
        return sorted(found, key=lambda one: one.start)

    return extract


def readers() -> dict[str, Callable[[str], list[Any]]]:
    """Return the readers to compare: ours, and those that are installed."""
    found: dict[str, Callable[[str], list[Any]]] = {"analysis.reading": read}
    if importlib.util.find_spec("quantulum3"):
        found["quantulum3"] = _quantulum()
    if importlib.util.find_spec("recognizers_text"):
        found["recognizers-text"] = _recognizers()
    return found


def compare(folder: Path) -> None:
    """Print the scores of every reader, by language, development pages and held-out ones apart."""
    for name, reader in readers().items():
        scores = scorer.score(folder, reader)
        for language in ("en", "zh"):
            for held_out, part in PARTS.items():
                total = scorer.total(scores, language, held_out)
                print(f"{name:17} {language} {part:11} {total.line()}")


def main() -> None:
    """Measure speed, and compare where a folder of texts is given."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=Path)
    options.add_argument("--megabytes", type=float, default=2.0)
    asked = options.parse_args()
    for name, text in (("English", ENGLISH), ("Chinese", CHINESE)):
        rate, found = speed(text, asked.megabytes)
        print(f"{name}: {rate:.2f} MB/s, {found} candidates in {asked.megabytes} MB")
    if asked.pages:
        compare(asked.pages)


if __name__ == "__main__":
    main()
