"""Blanks that are still to be filled in, outside the tables: the reader of the tables finds those itself."""

from __future__ import annotations

from pathlib import Path

from analysis.records.errors import Problem
from analysis.records.files import text_of
from analysis.records.paths import PROJECT
from analysis.records.schema import BLANK

PLACES = (
    "docs/coding/*.csv",
    "notebooks/*.ipynb",
    "src/analysis/themes/*/*.py",
    "src/analysis/words/*.toml",
)


def blanks(project: Path = PROJECT) -> list[Problem]:
    """Every line that still holds the mark, by file and line.

    Parameters
    ----------
    project : Path
        Folder of the project.
    """
    found = []
    for path in sorted(path for place in PLACES for path in project.glob(place)):
        for number, line in enumerate(text_of(path).splitlines(), 1):
            if BLANK in line:
                shown = line.strip() if len(line.strip()) <= 90 else f"{line.strip()[:90]}..."
                found.append(
                    Problem(
                        path.relative_to(project).as_posix(),
                        f"still holds {BLANK}: {shown}",
                        number,
                        kind=f"still holds {BLANK}",
                    )
                )
    return found
