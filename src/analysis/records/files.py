"""Writing files whole or not at all: the one way in which the project writes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from analysis.records.errors import ExportError


def write_whole(path: Path, content: bytes) -> Path:
    """Write a file under a temporary name and move it: an interruption leaves no half file.

    Parameters
    ----------
    path : Path
        Its folder is made if it does not exist.
    content : bytes

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ExportError
        If it cannot be written; an older file of that name is left as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ExportError(f"cannot write {path}: {error.strerror}") from None
    return path


def check_folder(folder: Path) -> None:
    """Make a folder if it does not exist, and see that it can be written to, before long work begins.

    Raises
    ------
    ExportError
        If it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ExportError(
            f"cannot write to {folder}: {error.strerror}; choose another folder with --out"
        ) from None
