"""Which sites a citation may send a reader to: issuers, outlets, archives; never a copy on an unrelated site."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from analysis.records.descriptor import descriptor
from analysis.records.errors import Problem, shortened
from analysis.records.files import rows_of

CITED, READ = "url", "seen_at"  # where a citation sends a reader, and where a copy was read
ENDINGS = "biz|cc|club|cn|co|com|edu|gov|hk|id|info|int|io|jp|kr|net|news|online|org|pk|shop|site|top|tv|us|vip|xyz"
ADDRESS = re.compile(
    r"(?:[a-z][a-z+.-]*://|//(?=[\w-]+\.))[^\s，。；、]+"
    rf"|(?<![\w@./-])(?:[\w-]+\.)+(?:{ENDINGS})(?![\w-])"
    r"|(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])",
    re.IGNORECASE | re.ASCII,
)


def institution(address: str) -> str:
    """Whose site an address is on, where a citation may name it; "" for any other.

    Examples
    --------
    >>> institution("https://english.mofcom.gov.cn/a"), institution("http://lwja.top/b")
    ('governments and departments of China', '')
    """
    if not re.fullmatch(r"https?://[^\s\\]+", address, re.IGNORECASE):
        return ""
    try:
        parts = (urlsplit(address).hostname or "").split(".")
    except ValueError:
        return ""
    domains = (".".join(parts[start:]) for start in range(len(parts)))
    return next((_permitted()[one] for one in domains if one in _permitted()), "")


def addresses(text: str) -> list[str]:
    """Addresses and names of hosts that stand in a text.

    Examples
    --------
    >>> addresses("Xinhua, copied at lwja.top (see http://a.example/b)")
    ['lwja.top', 'http://a.example/b)']
    """
    return ADDRESS.findall(text) if "." in text or "//" in text else []


def outlet_problems(folder: Path) -> list[Problem]:
    """Addresses that no citation may give, in every table and every column but the one of places of reading.

    Parameters
    ----------
    folder : Path
        The data folder.
    """
    return [
        problem for one in descriptor(folder)["resources"] for problem in _of(folder, one["path"])
    ]


def _of(folder: Path, file: str) -> Iterator[Problem]:
    header, *rows = rows_of(folder / file)
    for number, cells in enumerate(rows, 2):
        for column, text in zip(header, cells, strict=True):
            for found in addresses(text) if column != READ else []:
                whole = found if "//" in found else f"http://{found}"
                if not institution(whole):
                    yield _unknown(file, number, column, cells[0], found)


def _unknown(file: str, row: int, column: str, key: str, found: str) -> Problem:
    said = f"{shortened(found)} is on no site of records/outlets.toml; the address of a copy stands in {READ} only"
    kind = (
        f"holds an address on no site of records/outlets.toml; that of a copy stands in {READ} only"
    )
    return Problem(file, said, row, column, key, kind)


@functools.cache
def _permitted() -> dict[str, str]:
    """Institution by domain."""
    groups = tomllib.loads(files(__package__).joinpath("outlets.toml").read_text("utf-8"))
    found: dict[str, str] = {}
    for group in groups["permitted"].values():
        found |= group
    return found
