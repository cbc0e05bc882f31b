"""The list that a build leaves in its folder: from what the files were made, and the digest of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from analysis.records.errors import ExportError
from analysis.records.files import write_whole

WRITING = "writing"  # what is about to be written, so that an interruption leaves no file unknown
MOST_NAMED = 10


def read_manifest(path: Path) -> dict[str, Any]:
    """What an earlier build wrote; nothing if there was none or its list is damaged."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return found if isinstance(found.get("files"), dict) else {}
    except (OSError, ValueError, AttributeError):
        return {}


def write_manifest(path: Path, files: Mapping[str, str], **made_from: object) -> None:
    """Write the digests of files, by name, with what they were made from."""
    write_whole(path, json.dumps(made_from | {"files": dict(files)}, indent=1).encode())


def digest(content: bytes) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def unchanged(folder: Path, files: Mapping[str, str]) -> dict[str, str]:
    """Those of the files, by name with digest, that are in the folder as they were written.

    A name that leads out of the folder, as in a damaged list, is none of them.
    """
    root = folder.resolve()
    return {
        name: known
        for name, known in files.items()
        if (path := (folder / name).resolve()).is_relative_to(root)
        and path.is_file()
        and digest(path.read_bytes()) == known
    }


def announce(path: Path, contents: Mapping[str, bytes]) -> None:
    """Note the digests of files that are about to be written, beside what the list holds."""
    old = read_manifest(path)
    coming = {name: digest(content) for name, content in contents.items()}
    more = {key: value for key, value in old.items() if key != "files"}
    write_manifest(path, old.get("files", {}), **more | {WRITING: coming})


def changed(folder: Path, names: Iterable[str], made: Mapping[str, Any]) -> list[Path]:
    """Files of some names that are in a folder, and not as a build wrote them."""
    known = [made.get("files", {}), made.get(WRITING, {})]
    paths = ((name, folder / name) for name in names)
    return [
        path
        for name, path in paths
        if path.is_file() and digest(path.read_bytes()) not in {one.get(name) for one in known}
    ]


def refuse(paths: Iterable[Path]) -> None:
    """Refuse to overwrite what somebody changed; raises ExportError if there is any such file."""
    named = list(map(str, paths))
    if named:
        more = f" and {len(named) - MOST_NAMED} more" if len(named) > MOST_NAMED else ""
        raise ExportError(
            f"{', '.join(named[:MOST_NAMED])}{more} would be overwritten, and changed since made here; "
            "give --force to overwrite, or another folder with --out"
        )
