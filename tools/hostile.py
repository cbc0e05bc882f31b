"""Try what a hostile or careless person could bring: files, command lines, queries, changed cells.

Everything is tried on a copy of the project, in this process. An attempt is refused with a few plain
sentences, or accepted and then compared with what was brought; anything else is printed and counted:
a wrong answer, a traceback, or a hang (more than 60 seconds). Nothing refused may leave a trace on disk.

Example: .venv/bin/python tools/hostile.py --only queries
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1]
PLACE = Path(tempfile.gettempdir(), f"analysis-hostile-{os.getpid()}")
TREE, KEPT = PLACE / "tree", PLACE / "kept"  # what is tried on, and a copy to restore it from
DATA, OWN, CWD = TREE / "unlocked", TREE / "own", TREE / "cwd"
TEXT = OWN / "text.txt"
PANEL = (TREE / "panel/roster.csv", TREE / "panel/outcomes.csv")
FOLDER = b"a folder"  # in place of a file
NOT_COPIED = (".git", ".venv", "build", ".*_cache", ".hypothesis", "__pycache__", "node_modules")
SECONDS, SEED = 60, 2026
RESULTS = ("refused", "accepted", "wrong", "traceback", "hang")
HEADS = ("cases", "refused", "accepted", "accepted wrongly", "tracebacks", "hangs")

Attempt = Callable[
    [], str
]  # "refused" or "accepted"; raises AssertionError where the answer is wrong
Case = tuple[str, str, Attempt]  # row of the table, what is brought, and the attempt


class Hang(BaseException):
    """An attempt that takes too long; nothing but this tool catches it."""


def _stop(*_: object) -> None:
    raise Hang


def judged(attempt: Attempt) -> tuple[str, str]:
    """What became of an attempt, and the last words of what went wrong."""
    signal.alarm(SECONDS)
    try:
        return attempt(), ""
    except Hang:
        return "hang", ""
    except AssertionError as error:
        return "wrong", str(error)[:600]
    except BaseException as error:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if "analysis" in f.filename]
        where = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        return "traceback", f"{type(error).__name__}: {str(error)[:200]!r}{where}"
    finally:
        signal.alarm(0)


def stamp(path: Path) -> tuple[int, int]:
    """Time and size of a file."""
    return path.lstat().st_mtime_ns, path.lstat().st_size


def state(folder: Path) -> dict[Path, tuple[int, int]]:
    """The stamp of each file below a folder, links not followed."""
    paths = folder.rglob("*")
    return {path: stamp(path) for path in paths if not path.is_dir() or path.is_symlink()}


def restore(before: dict[Path, tuple[int, int]]) -> list[str]:
    """Put the tree back as it was; which files had changed."""
    now = state(TREE)
    changed = [path for path in before | now if before.get(path) != now.get(path)]
    for path in changed:
        if path not in before:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(KEPT / path.relative_to(TREE), path)
    for path in sorted(CWD.glob("**/*"), reverse=True):
        path.rmdir()  # whatever is left there is empty
    return [path.relative_to(TREE).as_posix() for path in changed]


def replaced(path: Path, content: bytes | None, attempt: Attempt) -> Attempt:
    """An attempt with one file of the tree changed, or taken away."""

    def changed_and_back() -> str:
        try:
            path.unlink()
            if content == FOLDER:
                path.mkdir()
            elif content is not None:
                path.write_bytes(content)
            return attempt()
        finally:
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
            shutil.copy2(KEPT / path.relative_to(TREE), path)

    return changed_and_back


def prepare() -> None:
    """A copy of the project with an own collection, a text and two tables of a causal design in it."""
    shutil.copytree(PROJECT, TREE, ignore=shutil.ignore_patterns(*NOT_COPIED))
    shutil.copytree(TREE / "data", DATA, ignore=shutil.ignore_patterns("lock.csv"))
    sys.dont_write_bytecode = True
    os.environ["XDG_CACHE_HOME"] = str(PLACE / "cache")
    for folder in ("src", "tests", "tests/records", "tools"):
        sys.path.insert(0, str(TREE / folder))
    from hostile_lines import own_collection

    CWD.mkdir()
    os.chdir(CWD)
    own_collection(TREE)
    shutil.copytree(TREE, KEPT, symlinks=True)


def run(name: str, cases: list[Case], screen: Any) -> dict[str, Counter[str]]:
    """Try all cases of a part; the results by row of the table."""
    found: dict[str, Counter[str]] = {}
    for number, (row, label, attempt) in enumerate(cases, 1):
        result, why = judged(attempt)
        found.setdefault(row, Counter())[result] += 1
        if result not in ("refused", "accepted"):
            print(f"{result.upper()} {row}: {label!a:.300} {why!a}", file=screen)
        if number % 100 == 0 or number == len(cases):
            so_far = ", ".join(
                f"{one:,} {what}" for what, one in sum(found.values(), Counter()).items()
            )
            print(f"{name}: {number:,} of {len(cases):,} tried: {so_far}", file=screen)
        screen.flush()
    return found


def table(found: dict[str, Counter[str]]) -> Iterator[str]:
    """The results as a table of Markdown, with their sum."""
    yield "| attempts | " + " | ".join(HEADS) + " |"
    yield "|---" * (len(HEADS) + 1) + "|"
    for row, results in (found | {"all": sum(found.values(), Counter())}).items():
        numbers = [results.total(), *(results[one] for one in RESULTS)]
        yield f"| {row} | " + " | ".join(f"{one:,}" for one in numbers) + " |"


def main() -> int:
    """Try everything, or the parts that are asked for; 1 where an answer was not as it should be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only", action="append", choices=("files", "commands", "queries", "cells")
    )
    parser.add_argument("--seed", type=int, default=SEED, help=f"by default {SEED}")
    parser.add_argument("--every", type=int, default=1, help="try only one case of so many")
    given = parser.parse_args()
    screen = os.fdopen(os.dup(1), "w", encoding="utf-8")
    signal.signal(signal.SIGALRM, _stop)
    found: dict[str, Counter[str]] = {}
    try:
        prepare()
        import hostile_files
        import hostile_lines

        sys.stderr = screen
        for stream in (0, 1, 2):  # questions, and what other processes print
            os.dup2(os.open(os.devnull, os.O_RDWR), stream)
        for name in given.only or ("files", "commands", "queries", "cells"):
            part = getattr(hostile_files if name == "files" else hostile_lines, name)
            cases = list(part(random.Random(f"{given.seed} {name}")))
            found |= run(name, cases[:: given.every], screen)
    finally:
        shutil.rmtree(PLACE, ignore_errors=True)
    print(f"\nseed {given.seed}\n\n" + "\n".join(table(found)), file=screen)
    screen.flush()
    return int(any(results[bad] for results in found.values() for bad in RESULTS[2:]))


if __name__ == "__main__":
    sys.exit(main())
