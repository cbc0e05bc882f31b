"""Tables that take seconds to make, kept between runs for as long as data, code and libraries stay the same."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from analysis.records.errors import ExportError
from analysis.records.files import write_whole
from analysis.records.fingerprint import fingerprint

FOLDER = "commerce-poverty-notebooks"


def kept(name: str, make: Callable[[], list[Any]]) -> list[Any]:
    """What ``make`` returned when it was last asked under the same fingerprint, or what it returns now.

    Parameters
    ----------
    name : str
        Name of the table; another table needs another name.
    make : callable
        Returns rows that JSON can hold: lists, texts and numbers.

    Returns
    -------
    list
        The rows, as JSON gives them back: a tuple has become a list.

    Notes
    -----
    The file lies in the user's cache folder. One that cannot be read or written is as good as none.
    """
    file = user_cache_path(FOLDER) / f"{name}.json"
    made_from = fingerprint()
    stored = _read(file)
    if stored.get("made from") == made_from:
        return list(stored["rows"])
    text = json.dumps({"made from": made_from, "rows": make()}, ensure_ascii=False)
    with contextlib.suppress(ExportError):
        write_whole(file, text.encode())
    return list(json.loads(text)["rows"])


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("rows"), list) else {}
