"""What a beginning consists of: files that are written together, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.records.files import write_together


@dataclass(frozen=True)
class Made:
    """Files to write, and what comes next.

    Parameters
    ----------
    files : mapping
        Path to its whole new text; None takes the file away.
    fill : tuple of str
        What is to be filled in, one line each.
    then : tuple of str
        Commands and steps that follow.
    """

    files: Mapping[Path, str | None]
    fill: tuple[str, ...]
    then: tuple[str, ...]

    def write(self) -> list[Path]:
        """Write the files, all of them or none."""
        return write_together(self.files)
