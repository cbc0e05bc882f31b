"""A digest of everything that a result is made from: data, code, libraries."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterable
from pathlib import Path

from analysis.records.paths import PACKAGE, data_folder

SKIPPED = ("__pycache__", ".ipynb_checkpoints", "drafts")  # nothing is made from these


def fingerprint(data: str | None = None, more: Iterable[Path] = ()) -> str:
    """SHA-256 of the data folder, the package's own files and the versions of all libraries.

    Two runs with the same fingerprint make the same files, so that what is already there can stay.

    Parameters
    ----------
    data : str, optional
        Another data folder.
    more : iterable of Path
        Further files or folders that count.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    found = hashlib.sha256(f"{platform.python_version()} {platform.machine()}\n".encode())
    found.update("\n".join(sorted(versions())).encode())
    for folder in (data_folder(data), PACKAGE, *more):
        for file in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if file.is_file() and not set(SKIPPED) & set(file.relative_to(folder.parent).parts):
                content = file.read_bytes()
                found.update(
                    f"\n{file.relative_to(folder.parent).as_posix()} {len(content)}\n".encode()
                )
                found.update(content)
    return found.hexdigest()


def versions() -> set[str]:
    """Name and version of every installed library, from the names of the folders that say them.

    To parse the metadata of each would take half a second.
    """
    folders = (Path(path) for path in sys.path if path)
    return {one.name for folder in folders for one in folder.glob("*.dist-info")}
