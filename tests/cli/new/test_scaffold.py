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
    "13_people",
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
    "CONTRIBUTING.md",
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
    "url": "https://www.gansu.gov.cn/a",
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
    "said_on": "2018",
    "grade": "C",
}


DENOMINATOR = {"verdict": "none", "reason": "no count of the villages of Gansu"}
DRAFTS = "data/drafts"


def settings(cells: dict[str, str]) -> list[str]:
    return [word for name, cell in cells.items() for word in ("--set", f"{name}={cell}") if cell]


def test_drafts_stop_nothing_and_are_moved_whole_when_they_are_finished(copy, tmp_path):
    text = tmp_path / "gansu.txt"
    text.write_text(TEXT, "utf-8")
    before = copy.state()
    known = settings({"event_date": "2018-05"})
    made = copy.analysis("new", "source", SOURCE, "--text", str(text), *known)
    assert made.returncode == 0, made.stderr
    assert f"{DRAFTS}/sources.csv, title: Title as published." in made.stdout
    made = copy.analysis("new", "claim", CLAIM, *settings(CLAIM_CELLS | DENOMINATOR))
    assert made.returncode == 0, made.stderr
    grown = {name: after for name, after in copy.state().items() if after != before.get(name)}
    files = ("sources", "claims", "denominators", "claims_second_coder")
    assert set(grown) == {f"{DRAFTS}/{name}.csv" for name in files}
    assert hashlib.sha256(text.read_bytes()).hexdigest().encode() in grown[f"{DRAFTS}/sources.csv"]

    checked, listed = copy.analysis("check"), copy.analysis("list", "claims")
    assert (checked.returncode, checked.stderr, listed.returncode) == (0, "", 0)
    assert CLAIM not in listed.stdout
    drafted = f"2 drafts: {SOURCE} (8 to fill in: sources.csv); {CLAIM} (13 to fill in: claims_second_coder.csv)"
    assert drafted in checked.stdout
    refused = copy.analysis("accept", SOURCE, CLAIM)
    assert refused.returncode == 2
    assert (
        f"drafts/sources.csv, row 2 ({SOURCE}), column title: still holds {BLANK}" in refused.stderr
    )
    assert len(refused.stderr.splitlines()) == 20

    fill_row(copy.folder / DRAFTS / "sources.csv", SOURCE, SOURCE_CELLS)
    fill_row(copy.folder / DRAFTS / "claims_second_coder.csv", CLAIM, CLAIM_CELLS | {"grade": "D"})
    drafted = copy.state()
    refused = copy.analysis("accept", CLAIM)
    assert refused.returncode == 2
    assert "The coders differ; decide each cell, with the reason, in" in refused.stdout
    where = f"drafts/claims_disagreements.csv, row 2 ({CLAIM}), column adjudicated"
    assert f"{where}: still holds {BLANK}" in refused.stderr
    assert copy.state().items() >= drafted.items()

    decision = {"adjudicated": "D", "reason": "a newspaper copy"}
    fill_row(copy.folder / DRAFTS / "claims_disagreements.csv", CLAIM, decision)
    refused = copy.analysis("accept", CLAIM)
    assert refused.returncode == 2
    where = (
        f"drafts/claims.csv, row 2 ({CLAIM}), column source_id: '{SOURCE}' is not in sources.csv"
    )
    assert where in refused.stderr
    assert copy.state().items() >= drafted.items()

    moving = copy.analysis("accept", SOURCE, CLAIM)
    assert moving.returncode == 0, moving.stderr
    after = copy.state()
    assert [name for name in after if name.startswith(DRAFTS)] == []
    grown = {name for name, now in after.items() if now != before.get(name)}
    coded = ("first_coder", "second_coder", "matching", "disagreements")
    assert grown == {
        *(f"data/{name}.csv" for name in ("sources", "claims", "denominators")),
        *(f"docs/coding/claims_{name}.csv" for name in coded),
        "docs/coding/README.md",
        "data/lock.csv",
    }
    added = set(after["data/lock.csv"].splitlines()) - set(before["data/lock.csv"].splitlines())
    assert len(added) == 7, "the record has a line more for each table and coding"
    grown -= {"docs/coding/README.md", "data/lock.csv"}
    assert all(after[name].startswith(before[name]) for name in grown), "what was there stays"
    assert all(after[name].count(b"\n") == before[name].count(b"\n") + 1 for name in grown)
    for name, grade in (("data/claims.csv", "D"), ("docs/coding/claims_first_coder.csv", "C")):
        (row,) = [
            row
            for row in csv.DictReader(after[name].decode().splitlines())
            if row["claim_id"] == CLAIM
        ]
        assert row["grade"] == grade, "the first coder's stays, the table has what was decided"
    readme = after["docs/coding/README.md"].decode()
    was = re.search(r"Over the (\d+) statements", before["docs/coding/README.md"].decode())
    assert f"Over the {int(was[1]) + 1} statements that both coded." in readme
    accepted = copy.analysis("check")
    assert (accepted.returncode, accepted.stderr) == (0, "")
    listed = "3 texts without Chinese words, in brackets on the Chinese pages: villages with a station; Gansu"
    assert listed in accepted.stdout


def test_a_change_of_the_data_is_named_until_it_is_recorded(copy):
    table, lock = copy.folder / "data/events.csv", copy.folder / "data/lock.csv"
    recorded = lock.read_bytes()
    table.write_text(
        table.read_text("utf-8").replace("First 56 demonstration", "First 57 demonstration")
    )
    refused = copy.analysis("check")
    assert refused.returncode == 1
    (first, *_) = refused.stderr.splitlines()
    assert first == (
        "events.csv, row 3 (first-demonstration-counties-2014), column event: was changed, and data/lock.csv does "
        "not record it; if it is meant, run `analysis accept` and commit data/lock.csv too"
    )
    accepted = copy.analysis("accept")
    assert (accepted.returncode, accepted.stderr) == (0, "")
    assert "column event: was changed" in accepted.stdout
    (line,) = set(lock.read_bytes().splitlines()) - set(recorded.splitlines())
    assert line.startswith(b"events.csv,first-demonstration-counties-2014,")
    assert copy.analysis("check").returncode == 0
    assert "Nothing has changed" in copy.analysis("accept").stdout


KNOWN = ("snapshot",)  # what changes with every claim, and CONTRIBUTING names: in names of tests
SLOW = "frictionless or another_process or fifty_thousand or test_layout"  # and not of the register


@pytest.mark.full
def test_a_new_claim_fails_no_test_that_contributing_does_not_name(tmp_path):
    copy, claim = Copy(tmp_path / "project"), "hunan-2017.villages"
    cells = CLAIM_CELLS | {"period_end": "2016"}
    copy.analysis("new", "claim", claim, *settings(cells | DENOMINATOR))
    second = copy.folder / DRAFTS / "claims_second_coder.csv"
    fill_row(second, claim, cells)
    moved = copy.analysis("accept", claim)
    assert moved.returncode == 0, moved.stderr
    suites = [f"tests/{name}" for name in ("records", "themes", "plotting", "words")]
    tested = copy.pytest(*suites, "-k", f"not ({SLOW}) or audit or register")
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", tested.stdout, flags=re.M)
    assert [name for name in failed if not any(part in name for part in KNOWN)] == []
    assert int(re.search(r"(\d+) passed", tested.stdout)[1]) > 1000
    guide = (copy.folder / "CONTRIBUTING.md").read_text("utf-8")
    assert "`tests/snapshot.json` holds the known counts" in guide


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
    "两个数字均来自行政统计，没有说明统计口径和起始时间，也没有说明两者之间是否有重复；家政就业表述为超过，因此只有下限，没有上限。",
    "人",
]
NOTEBOOK_WORDS = [
    *("The ministry gives one count", "It names no period", "It has no denominator", "No rate"),
    *(
        "The ministry reported",
        "an official count",
        "It is certain that",
        "a count without a period",
    ),
    *("商务部公布了人数", "起止时间未说明", "没有分母", "比例无从计算"),
    *("商务部公布", "官方数字", "可以确定", "没有时段"),
    "One count, without a beginning",
    *("No period", "Neither figure names a beginning"),
    "How many people do two official figures count?",
    *("Two counts that overlap", "They are shown as published"),
    "canton-fair-break-even",
]


@pytest.mark.full
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
    refused = copy.analysis("check", "--all")
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
        f"warning: chart {CHART} still holds {BLANK}; 'analysis check --all' names each place"
    ]
    blank = copy.pytest(*tests[:2], "-k", CHART)
    assert blank.returncode == 1, blank.stdout[-3000:]
    assert "still holds FILL_IN" in blank.stdout, blank.stdout[-3000:]

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
