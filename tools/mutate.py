"""Change a copy of the code in small ways (mutants.py) and see whether a test notices (judges.py).

Each judgement is made in a fork of this process, which has loaded all libraries but nothing of PARTS;
the first that fails is made again without the change. The score and the changes that nothing noticed
are printed, these also to build/mutate/survivors.txt.

Example: make mutate MUTANTS=20 SEED=1    (or: .venv/bin/python tools/mutate.py 20 1)
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import traceback
from typing import TYPE_CHECKING

from judges import CODE, PARTS, PLACE, PROJECT, TREE, Stage, dotted, judge, stages

if TYPE_CHECKING:
    from mutants import Mutant

LOG = PLACE / "log.txt"  # of the last judgement
SECONDS = 400  # for a judgement: one that needs more hangs
FIRST = ("environment", "records", "reading")  # they use no part
TESTING = ("pytest", "hypothesis", "IPython", "nbformat", "scipy.stats", "statsmodels.api")
NOT_COPIED = (".git", ".venv", "build", ".*_cache", ".hypothesis")


def in_fork(stage: Stage) -> bool:
    """Judge in a fork of this process; one that hangs is stopped, and was noticed."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    signal.alarm(SECONDS)
    for stream in (1, 2):
        os.dup2(os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND), stream)
    right = False
    try:
        right = judge(stage)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0 if right else 1)


@functools.cache
def right_without(stage: Stage) -> bool:
    """Whether a stage is as it should be while nothing is changed."""
    return in_fork(stage)


def noticed_by(mutant: Mutant, after: str) -> Stage | None:
    """The first stage that fails with the change, and does not without it."""
    before = mutant.path.read_bytes()
    for stage in stages(mutant.path):
        try:
            mutant.path.write_text(after, "utf-8")
            if in_fork(stage):
                continue
            failed = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", LOG.read_text("utf-8"), re.M)
        finally:
            mutant.path.write_bytes(before)
            shutil.copystat(PROJECT / mutant.path.relative_to(TREE), mutant.path)
        judged = ("pytest", failed[1]) if failed and stage[0] == "pytest" else stage
        if not right_without(judged):
            sys.exit(f"{' '.join(judged)} fails without any change: see {LOG}")
        return judged
    return None


def load() -> None:
    """Import what no change touches: all libraries, and the packages that use no part."""
    sys.path.insert(0, str(TREE / "src"))
    sys.path.append(str(PLACE / "lib"))  # cosmic-ray; what the project pins comes first
    os.environ["XDG_CACHE_HOME"] = str(PLACE / "cache")
    os.chdir(TREE)
    mine = [
        dotted(path)
        for part in (*PARTS, "verbs", "plotting")
        for path in (CODE / part).rglob("*.py")
    ]
    asked = f"import sys\nfor one in {mine}: __import__(one)\nprint(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    for name in (*told.stdout.split(), *TESTING):
        if name.split(".")[0] != "analysis" or name.split(".")[1:2] in [[one] for one in FIRST]:
            with contextlib.suppress(ImportError):
                importlib.import_module(name)
    importlib.import_module("analysis.records.load").load(TREE / "data")  # kept for all forks
    sys.dont_write_bytecode = True  # a change leaves nothing behind


def main(number: int, seed: int) -> None:
    """Print the score: the share of changes that a test noticed."""
    shutil.rmtree(PLACE / "cache", ignore_errors=True)
    shutil.rmtree(TREE, ignore_errors=True)
    shutil.copytree(PROJECT, TREE, ignore=shutil.ignore_patterns(*NOT_COPIED))
    load()
    from mutants import sample

    tried, survivors = 0, []
    modules = sorted(path for part in PARTS for path in (CODE / part).rglob("*.py"))
    for mutant, after in sample(modules, number, seed):
        began, before = time.monotonic(), mutant.path.read_text("utf-8")
        by = noticed_by(mutant, after)
        tried += 1
        name = f"{mutant.path.parent.relative_to(CODE).as_posix()}/{mutant}"
        took = f"{time.monotonic() - began:5.1f} s"
        print(f"{tried:4} {took}  {name}  {' '.join(by or ['SURVIVED'])}", flush=True)
        if by is None:
            lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=1, lineterm="")
            survivors.append("\n".join([name, *list(lines)[2:], ""]))
            (PLACE / "survivors.txt").write_text("\n".join(sorted(survivors)), "utf-8")
    noticed = tried - len(survivors)
    print(f"seed {seed}: {noticed} of {tried} noticed, {noticed / tried:.1%}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
