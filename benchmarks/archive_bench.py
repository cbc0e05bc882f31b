"""Benchmark of the archive path: time, memory and restart of ``analysis read DIR`` on synthetic pages.

``python benchmarks/archive_bench.py [--pages 2000] [--keep]``; 100,000 pages take half a gigabyte of
disk and, reckoned from 20,000 on a busy machine of two cores, about an hour.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import docx
import duckdb
import typer
from report import finish, page
from report import load as load_average
from results import Section, Target, number, seconds

from analysis.environment import pinned

TITLE = "Benchmark of the archive"
PACKAGES = ("trafilatura", "pypdf", "python-docx", "duckdb", "distributed")
FEW = 10  # the smaller archive has one page in so many: what memory is held against
GROWTH, AGAIN, WORKERS = 128.0, 1.25, 0.8  # the targets; sorting may take 128 MB
BROKEN_EACH = 500
NAMES = {"one": "one process", "two": "two workers (Dask)"}
ENGLISH = (
    "By the end of 2019 some {n}.2 million farmers in {m} counties had joined, and sales exceeded "
    "US${n}.4 billion, up 12.5 percent on the year before. No less than 40 percent of the villages "
    "took part. The ministry will go on to improve roads, warehouses and training, it said, and "
    "see to it that small firms find buyers in the cities and abroad without long delays."
)
CHINESE = (
    "截至2019年底，全省共有{n}万农户参加，销售额超过{m}亿美元，同比增长12.5%，参与的行政村不少于四成。"
    "下一步将继续完善道路、仓储和培训，帮助小企业拓展市场，减少流通环节，让更多群众得到实惠。"
)
PARAGRAPHS = 10

app = typer.Typer(add_completion=False, rich_markup_mode=None)


class Run(NamedTuple):
    """What a run of the command took: wall seconds, peak resident MB of its process, its words."""

    seconds: float
    megabytes: float
    stderr: str


def pages(folder: Path, number_of: int) -> int:
    """Write synthetic pages, 1,000 to a folder, and return their bytes."""
    size = 0
    for count, (name, content) in enumerate(_pages(number_of)):
        path = folder / f"{count // 1000:04}" / f"{count:07}{name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        size += len(content)
    return size


def _pages(number_of: int) -> Iterator[tuple[str, bytes]]:
    """Text and web pages in both languages, some GB18030, one Word file in 100, one broken in 500."""
    for count in range(number_of):
        sentence = CHINESE if count % 2 else ENGLISH
        lines = [sentence.format(n=count % 89 + 1, m=line + 2) for line in range(PARAGRAPHS)]
        if count % BROKEN_EACH == BROKEN_EACH - 1:
            yield ".pdf", b"%PDF-1.4 cut off"
        elif count % 100 == 50:
            yield ".docx", _word(lines)
        elif count % 5 == 0:
            body = "".join(f"<p>{line}</p>" for line in lines)
            yield ".html", f"<html><body><article>{body}</article></body></html>".encode()
        else:
            yield ".txt", "\n".join(lines).encode("gb18030" if count % 10 == 3 else "utf-8")


def _word(lines: list[str]) -> bytes:
    document, stream = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(stream)
    return stream.getvalue()


def run(folder: Path, out: Path, *options: str, until: int = 0) -> Run:
    """Read a folder from the command line; kill the run once it has said that ``until`` files are read.

    Raises
    ------
    RuntimeError
        If it ends otherwise than expected.
    """
    command = [sys.executable, "-m", "analysis", "read", str(folder), "--out", str(out), *options]
    start, said = time.perf_counter(), []
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=pinned(os.environ),
    )
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        done = re.match(r"([\d,]+) of [\d,]+ files read$", line)
        if until and done and int(done[1].replace(",", "")) >= until:
            process.send_signal(signal.SIGKILL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    took = time.perf_counter() - start
    if process.returncode != (-signal.SIGKILL if until else 1):  # 1: the broken files
        raise RuntimeError(f"ended with {process.returncode}: {''.join(said)[-600:]}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Run(took, used.ru_maxrss * scale / 1e6, "".join(said))


def rows(table: Path) -> tuple[int, int, object]:
    """How many rows a table has, how many different ones, and a digest of them."""
    with duckdb.connect() as connection:
        found = connection.execute(
            "SELECT count(*), count(DISTINCT hash(t)), bit_xor(hash(t)) FROM read_parquet(?) t",
            [str(table)],
        ).fetchone()
    assert found
    return found


def measure(base: Path, number_of: int, *, restart_only: bool = False) -> list[Section]:
    """Run everything, or the killed run and its rest alone; stop if a table differs or has a row twice."""
    few = max(number_of // FEW, BROKEN_EACH)
    pages(base / "few", few)
    size = pages(base / "pages", number_of) / 1e6
    small = run(base / "few", base / "few.parquet")
    whole = {} if restart_only else _whole(base)
    killed = run(base / "pages", base / "again.parquet", until=number_of // 2)
    again = run(base / "pages", base / "again.parquet")
    found = [rows(base / f"{name}.parquet") for name in (*whole, "again")]
    if len(set(found)) > 1 or found[0][0] != found[0][1]:
        raise RuntimeError(f"the tables differ, or have rows twice: {found}")
    before = int(re.match(r"([\d,]+) of", again.stderr)[1].replace(",", ""))
    kept = re.findall(r"^([\d,]+) of [\d,]+ files read$", killed.stderr, re.M)[-1]
    lost = max(int(kept.replace(",", "")) - before, 0)
    peak = max(one.megabytes for one in (killed, again, *whole.values()))
    said = "The same table each time, or the run stops. " if whole else ""
    return [
        Section(
            "Runs",
            f"{number_of:,} pages, {size:.0f} MB (text, HTML and Word, English and Chinese, UTF-8 and GB18030; one in {BROKEN_EACH} broken), {found[0][0]:,} candidates, none of them twice. {said}Memory is the peak of the process of the command, with the sorting of the table at the end.",
            ("what", "wall time", "pages a second", "MB a second", "memory, MB"),
            [
                _row(f"{few:,} pages, one process", small, few, size * few / number_of),
                *(_row(NAMES[name], one, number_of, size) for name, one in whole.items()),
                _row("killed half-way, one process", killed, before, size * before / number_of),
                _row("the rest of it", again, number_of - before, size * (1 - before / number_of)),
            ],
            [
                Target(
                    f"MB of memory more for {number_of:,} pages than for {few:,}",
                    peak - small.megabytes,
                    GROWTH,
                ),
                Target("files said to be read that the next run read again", lost, 0),
                *_compared(whole, killed, again),
            ],
        )
    ]


def _whole(base: Path) -> dict[str, Run]:
    """Read all pages in one process, and with two workers."""
    return {
        "one": run(base / "pages", base / "one.parquet"),
        "two": run(base / "pages", base / "two.parquet", "--workers", "2"),
    }


def _compared(whole: dict[str, Run], killed: Run, again: Run) -> list[Target]:
    """Hold the times of the other runs against that of one process."""
    if not whole:
        return []
    one = whole["one"].seconds
    return [
        Target(
            "time of the killed run and the rest, over that of one run",
            (killed.seconds + again.seconds) / one,
            AGAIN,
        ),
        Target("time of two workers over that of one process", whole["two"].seconds / one, WORKERS),
    ]


def _row(what: str, run: Run, number_of: int, size: float) -> tuple[str, ...]:
    return (
        what,
        seconds(run.seconds),
        number(number_of / run.seconds),
        number(size / run.seconds),
        number(run.megabytes),
    )


@app.command()
def main(
    number_of: Annotated[int, typer.Option("--pages", min=1000, help="Pages to make.")] = 2000,
    out: Annotated[Path, typer.Option(help="Folder for what is made and for results.md.")] = Path(
        "build/bench/archive"
    ),
    restart_only: Annotated[
        bool,
        typer.Option("--restart-only", help="Only the killed run and its rest: half the time."),
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Also write its part of benchmarks/RESULTS.md.")
    ] = False,
) -> None:
    """Measure the archive path, and hold it against its targets: 1 is returned if one is missed.

    Example: python benchmarks/archive_bench.py --pages 100000 --keep
    """
    busy = load_average()
    shutil.rmtree(out, ignore_errors=True)
    sections = measure(out, number_of, restart_only=restart_only)
    about = "As a user calls it, from the command line, in fresh processes."
    command = (
        f"python benchmarks/archive_bench.py --pages {number_of}{' --restart-only' * restart_only}"
    )
    title = f"{TITLE}, killed and restarted" if restart_only else TITLE
    text = page(title, about, sections, command=command, busy=busy, packages=PACKAGES)
    shutil.rmtree(out / "pages")
    raise typer.Exit(finish(text, sections, out=out, keep=keep))


if __name__ == "__main__":
    app()
