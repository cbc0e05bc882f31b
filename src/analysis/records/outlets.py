"""Which sites a citation may send a reader to: issuers, outlets, archives; never a mirror."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from analysis.records.errors import Problem
from analysis.records.load import Records

TABLES = ("sources", "series", "events", "benchmarks", "assumptions", "conflicts", "evidence")


def institution(address: str) -> str:
    """Whose site an address is on, where a citation may name it; "" for any other.

    Examples
    --------
    >>> institution("https://english.mofcom.gov.cn/a"), institution("http://lwja.top/b")
    ('governments and departments of China', '')
    """
    host = urlsplit(address).hostname or ""
    parts = host.split(".")
    domains = (".".join(parts[start:]) for start in range(len(parts)))
    return next((_permitted()[one] for one in domains if one in _permitted()), "")


def cited_address(address: str) -> str:
    """An address as a citation prints it: itself at a permitted site, "" at any other.

    Examples
    --------
    >>> cited_address("https://doi.org/10.1257/aeri.20190382"), cited_address("http://lwja.top/b")
    ('https://doi.org/10.1257/aeri.20190382', '')
    """
    return address if institution(address) else ""


def outlet_problems(records: Records) -> list[Problem]:
    """Hosts of the column ``url`` that are neither permitted nor known as places of copies."""
    copies = set(_outlets()["copies"]["hosts"])
    return [
        Problem(
            f"{table}.csv",
            f"{host} is in records/outlets.toml neither among the permitted nor among the copies",
            column="url",
        )
        for table in TABLES
        for host in dict.fromkeys(_hosts(getattr(records, table)))
        if host not in copies and not institution(f"https://{host}")
    ]


def _hosts(rows: pd.DataFrame) -> Iterator[str]:
    for address in rows["url"].dropna():
        if host := urlsplit(address).hostname:
            yield host


@functools.cache
def _outlets() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("outlets.toml").read_text("utf-8"))


@functools.cache
def _permitted() -> dict[str, str]:
    """Institution by domain."""
    found: dict[str, str] = {}
    for group in _outlets()["permitted"].values():
        found |= group
    return found
