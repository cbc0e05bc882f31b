"""The list that a build leaves in its folder: from what the files were made, and the digest of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from analysis.records.files import write_whole


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
