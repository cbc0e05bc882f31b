"""Each beginning, in a copy of the project: refused with its blanks, accepted by the same checks when they are filled."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.records.paths import PROJECT
from analysis.records.schema import BLANK

CHART, NOTEBOOK, SOURCE, CLAIM = (
    "channels-people-stated",
    "12_people",
    "gansu-2018",
    "gansu-2018.villages",
)
KEPT = (
    "src",
    "data",
    "docs",
    "notebooks",
    "tests",
    "conftest.py",
    "pyproject.toml",
    "README.md",
    "Makefile",
)
LEFT = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "*.egg-info", "fonts.tmp")
TEXT = "Gansu report\n\nIn 2018 stations stood in 1,200 villages of the province.\n"


class Copy:
    """A copy of the project with an environment of its own, so that its commands and its kernels run its own code."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in KEPT:
            place = PROJECT / name
            shutil.copytree(place, folder / name, ignore=LEFT) if place.is_dir() else shutil.copy(
                place, folder / name
            )
        self.venv = folder.parent / "environment"
        venv.EnvBuilder(symlinks=True).create(self.venv)
        (packages,) = self.venv.glob("lib/python*/site-packages")
        (packages / "own.pth").write_text(
            f"{folder / 'src'}\n{sysconfig.get_path('purelib')}\n", "utf-8"
        )

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "ANALYSIS_DATA"}
        return subprocess.run(
            [self.venv / "bin/python", *map(str, words)],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def analysis(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "analysis", *words)

    def pytest(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *words)

    def state(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    return Copy(tmp_path_factory.mktemp("a copy") / "project")


def fill(path: Path, texts: list[str]) -> None:
    """Put the texts, in order, where the blanks are; a hint after a colon goes with its blank."""
    waiting: Iterator[str] = iter(texts)
    found = re.sub(rf'{BLANK}(: [^"\n.{{\\]*)?', lambda _: next(waiting), path.read_text("utf-8"))
    path.write_text(found, "utf-8")
    assert list(waiting) == []
    assert BLANK not in found


def fill_row(path: Path, key: str, cells: dict[str, str]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    (row,) = [row for row in rows if row[0] == key]
    assert {header[place] for place, cell in enumerate(row) if cell == BLANK} <= set(cells)
    row[:] = [cells.get(name, cell) for name, cell in zip(header, row, strict=True)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


SOURCE_CELLS = {
    "title": "Report on Gansu",
    "short_en": "Gansu report, May 2018",
    "short_zh": "关于甘肃的报道，2018年5月",
    "publisher": "A provincial paper",
    "speaker": "A provincial office",
    "event_date": "2018-05",
    "page_date": "2018-05-11",
    "url": "https://example.org/gansu",
    "retrieval": "coded from a text copy",
}
CLAIM_CELLS = {
    "paragraph": "2",
    "channel": "local_case",
    "indicator": "villages_with_stations",
    "value_low": "1200",
    "value_high": "1200",
    "bound": "exact",
    "unit": "village",
    "currency": "",
    "counted": "villages with a station",
    "geography": "Gansu",
    "period_start": "",
    "period_end": "2018",
    "as_stated": "stations stood in 1,200 villages",
    "stated_usd": "",
    "kind": "coverage",
    "speaker": "A provincial office",
    "grade": "C",
}


def test_a_source_and_a_claim_pass_as_soon_as_their_blanks_are_filled(copy, tmp_path):
    text = tmp_path / "gansu.txt"
    text.write_text(TEXT, "utf-8")
    before = copy.state()
    made = copy.analysis(
        "new", "source", SOURCE, "--text", str(text), "--set", "event_date=2018-05"
    )
    assert made.returncode == 0
    assert "sources.csv, title: Title as published." in made.stdout
    assert "analysis check" in made.stdout
    assert copy.analysis("new", "claim", CLAIM).returncode == 0
    grown = {name: after for name, after in copy.state().items() if after != before.get(name)}
    assert set(grown) == {
        "data/sources.csv",
        "data/claims.csv",
        "data/denominators.csv",
        *(f"docs/coding/claims_{name}.csv" for name in ("first_coder", "second_coder", "matching")),
    }
    assert all(
        after.startswith(before[name]) and after.count(b"\n") == before[name].count(b"\n") + 1
        for name, after in grown.items()
    ), "rows that were there stay as they are"
    assert hashlib.sha256(text.read_bytes()).hexdigest().encode() in grown["data/sources.csv"]

    refused = copy.analysis("check")
    row = {
        name.rsplit("/", 1)[-1]: after.count(b"\n") for name, after in grown.items()
    }  # of the new row, the header being row 1
    with_blank = [
        f"sources.csv, row {row['sources.csv']} ({SOURCE}), column retrieval: still holds {BLANK}; allowed are coded from a text copy",
        f"claims.csv, row {row['claims.csv']} ({CLAIM}), column bound: still holds {BLANK}; allowed are exact, about",
    ]
    with_blank += [
        f"denominators.csv, row {row['denominators.csv']} ({CLAIM}), column verdict: still holds {BLANK}; allowed are allowed, size only",
        f"docs/coding/claims_second_coder.csv, row {row['claims_second_coder.csv']}: still holds {BLANK}",
    ]
    assert refused.returncode == 2 and all(part in refused.stderr for part in with_blank), (
        refused.stderr
    )

    fill_row(copy.folder / "data/sources.csv", SOURCE, SOURCE_CELLS)
    fill_row(copy.folder / "data/claims.csv", CLAIM, CLAIM_CELLS)
    fill_row(
        copy.folder / "data/denominators.csv",
        CLAIM,
        {"verdict": "none", "reason": "no count of the villages of Gansu"},
    )
    for coder in ("first", "second"):
        fill_row(copy.folder / f"docs/coding/claims_{coder}_coder.csv", CLAIM, CLAIM_CELLS)
    accepted = copy.analysis("check")
    assert (accepted.returncode, accepted.stderr) == (0, "")
    assert f"{row['claims.csv'] - 1} claims of {row['sources.csv'] - 1} sources" in accepted.stdout
    tested = copy.pytest(
        "tests/records/test_coding.py",
        "tests/tidy/test_tidy_tables.py",
        "-k",
        "every_claim_is or whole or changed",
    )
    assert tested.returncode == 0, tested.stdout[-3000:]


CHART_WORDS = [
    "people as stated",
    "Sent abroad",
    "外派劳务",
    "Housekeeping",
    "家政就业",
    "People that two official figures count",
    "Labor export counts fewest:",
    "People counted by two official figures, China, to August 2021",
    "Both counts are administrative and say nothing of what would have been otherwise.",
    "people that two official figures count in China",
    "Housekeeping has only a lower end.",
    "people",
    "外派劳务人数最少：",
    "两个官方数字所述的人数，中国，累计至2021年8月",
    "两个数字均来自行政统计。",
    "中国两个官方数字所述的人数",
    "两个数字均来自行政统计，没有说明统计口径和起始时间，也没有说明两者之间是否有重复；家政就业原文为超过，因此只有下限，没有上限。",
    "人",
]
NOTEBOOK_WORDS = [
    "How many people do two official figures count?",
    "No period.",
    "Neither figure names a beginning",
    "None, as the figures are shown as published",
    "The ministry reported {scio-2021.labor-people} sent abroad",
    "canton-fair-break-even",
    "The ministry reported",
    "an official count",
    "It is certain that",
    "a count without a period",
]


def test_a_chart_and_a_notebook_pass_as_soon_as_their_blanks_are_filled(copy):
    claims = "scio-2021.labor-people,scio-2021.housekeeping-jobs"
    assert (
        copy.analysis(
            "new",
            "notebook",
            NOTEBOOK,
            "--channel",
            "labor_export",
            "--charts",
            "labor-typical-earnings",
        ).returncode
        == 0
    )
    assert (
        copy.analysis("new", "chart", CHART, "--claims", claims, "--notebook", NOTEBOOK).returncode
        == 0
    )
    module, book, titles = (
        copy.folder / "src/analysis/themes/channels/charts_people_stated.py",
        copy.folder / f"notebooks/{NOTEBOOK}.ipynb",
        copy.folder / "src/analysis/words/zh.toml",
    )
    start = copy.folder / "notebooks/00_start_here.ipynb"
    refused = copy.analysis("check")
    for path in (module, book, titles, start):
        assert f"{path.relative_to(copy.folder).as_posix()}, line " in refused.stderr
    tests = (
        "tests/plotting/test_contract.py",
        "tests/words/test_chart_words.py",
        "tests/plotting/test_layout.py",
        "tests/words/test_notebook_titles.py",
        "tests/test_notebooks.py",
        "tests/publish/test_metadata.py",
        "-k",
        f"{CHART} or {NOTEBOOK} or stands_in_its_notebook",
    )
    looked_at = copy.analysis(
        "export",
        CHART,
        "labor-typical-earnings",
        "--format",
        "csv",
        "--processes",
        "1",
        "--out",
        "build/look",
    )
    assert looked_at.returncode == 0
    assert [line for line in looked_at.stderr.splitlines() if "warning" in line] == [
        f"warning: chart {CHART} still holds {BLANK}; 'analysis check' names each place"
    ]
    blank = copy.pytest(*tests[:2], "-k", CHART)
    assert blank.returncode == 1 and "still holds FILL_IN" in blank.stdout, blank.stdout[-3000:]

    fill(module, CHART_WORDS)
    fill(titles, ["人数"])
    fill(book, NOTEBOOK_WORDS)
    fill(start, ["How many people? |"])
    assert copy.analysis("check").stderr == ""
    stored = copy.analysis("run", "--update", NOTEBOOK)
    assert stored.returncode == 0, stored.stderr
    filled = copy.pytest(*tests)
    assert filled.returncode == 0, filled.stdout[-3000:]
    assert int(re.search(r"(\d+) passed", filled.stdout)[1]) > 20
