"""Change the code in small ways and see whether a test notices: cosmic-ray on a copy of the project.

A random sample, the same for the same number, is shared out over the packages below. The score and
the mutants that survived are printed, and written to build/mutate/survivors.txt.

Example: make mutate    (or: build/mutate/venv/bin/python tools/mutate.py 300 .venv/bin/python)
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

from cosmic_ray.commands import execute, init
from cosmic_ray.config import ConfigDict
from cosmic_ray.modules import find_modules
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

PROJECT = Path(__file__).resolve().parents[1]
PLACE = PROJECT / "build/mutate"
TREE = PLACE / "tree"  # what is mutated: never the files that somebody edits
PARTS = {  # package, and the tests that must notice
    "bounds": "tests/bounds tests/test_snapshot.py",
    "methods": "tests/methods",
    "audit": "tests/audit",
    "themes": "tests/themes tests/test_snapshot.py",
}
# annotations are never evaluated, and a removed decorator is no mistake that anybody makes
LEFT_OUT = ("core/ReplaceBinaryOperator_BitOr", "core/RemoveDecorator")
SECONDS = 600.0  # for the tests of one mutant


def copy() -> None:
    """Put what git knows into a fresh tree."""
    shutil.rmtree(TREE, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (PROJECT / name).is_file():
            (TREE / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, TREE / name)


def mutate(part: str, tests: str, number: int, python: Path) -> list[tuple[str, WorkResult]]:
    """Try a number of mutants of one package; name and result of each."""
    session = PLACE / f"{part}.sqlite"
    session.unlink(missing_ok=True)
    command = f"env PYTHONDONTWRITEBYTECODE=1 PYTHONPATH={TREE / 'src'} {python} -m pytest -x -q -p no:cacheprovider {tests}"
    config = ConfigDict(
        {
            "module-path": [f"src/analysis/{part}"],
            "timeout": SECONDS,
            "excluded-modules": [],
            "test-command": command,
            "distributor": {"name": "local"},
        }
    )
    with use_db(str(session)) as work:
        init(find_modules([Path("src/analysis") / part]), work, {})
        items = [
            item
            for item in sorted(work.work_items, key=lambda item: _name(item.mutations[0]))
            if not item.mutations[0].operator_name.startswith(LEFT_OUT)
        ]
        chosen = {item.job_id for item in random.Random(part).sample(items, number)}
        skipped = [item.job_id for item in work.work_items if item.job_id not in chosen]
        work.set_multiple_results(skipped, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
        execute(work, config)
        return [
            (_name(one), result)
            for item, result in work.completed_work_items
            if item.job_id in chosen
            for one in item.mutations
        ]


def _name(one: MutationSpec) -> str:
    return f"{one.module_path}:{one.start_pos[0]}:{one.start_pos[1]} {one.operator_name} {one.occurrence}"


def main(number: int, python: Path) -> None:
    """Print the score: the share of mutants that a test noticed."""
    PLACE.mkdir(parents=True, exist_ok=True)
    copy()
    os.chdir(TREE)
    survivors, tried = [], 0
    for part, tests in PARTS.items():
        found = mutate(part, tests, number // len(PARTS), python)
        left = [(name, one) for name, one in found if one.test_outcome == TestOutcome.SURVIVED]
        print(f"{part}: {len(found) - len(left)} of {len(found)} noticed", flush=True)
        survivors += left
        tried += len(found)
    (PLACE / "survivors.txt").write_text(
        "\n\n".join(f"{name}\n{one.diff}" for name, one in sorted(survivors, key=lambda x: x[0]))
    )
    print(f"{tried - len(survivors)} of {tried} noticed, {1 - len(survivors) / tried:.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]).absolute())
