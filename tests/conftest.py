"""Shared fixtures: the project's records, and an altered copy of its data."""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from analysis.records.load import Records, load
from analysis.records.lock import LOCK
from analysis.records.paths import PROJECT

settings.register_profile("same-every-time", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("same-every-time")


def edit_cell(path: Path, row_key: str, column: str, value: str) -> None:
    """Write ``value`` into the one row of a CSV whose first cells joined by ``@`` begin with ``row_key``."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    chosen = [
        row
        for row in rows
        if "@".join(row[:2]).startswith(row_key) and row_key.split("@")[0] == row[0]
    ]
    assert len(chosen) == 1, f"{len(chosen)} rows of {path.name} have the key {row_key}"
    chosen[0][header.index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


@pytest.fixture(autouse=True)
def _own_data_only(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for name in ("ANALYSIS_DATA", "ANALYSIS_QUIET"):
        monkeypatch.setenv(name, "")  # so that it is taken back after the test, which may set it
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def records() -> Records:
    """The project's own records."""
    return load(PROJECT / "data")


@pytest.fixture
def new_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """``new_theme(findings, charts="", words="")`` puts a folder with these files beside the themes."""
    import analysis.themes as home
    from analysis.words.catalogue import words_beside

    def add(findings: str, charts: str = "", words: str = "") -> None:
        folder = tmp_path / "themes" / "made_up"
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text(
            "NOTEBOOK, PREFIXES, NEEDS = '05_canton_fair_deals', ('made-up',), ()"
        )
        (folder / "findings.py").write_text(findings)
        (folder / "charts.py").write_text(charts)
        (folder / "findings.toml").write_text(words, "utf-8")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.setattr(home, "__path__", [*home.__path__, str(folder.parent)])
        home.themes.cache_clear()
        words_beside.cache_clear()

    yield add
    monkeypatch.undo()
    home.themes.cache_clear()
    for name in [name for name in sys.modules if name.startswith("analysis.themes.made_up")]:
        del sys.modules[name]


@pytest.fixture
def data_copy(tmp_path: Path) -> Path:
    """A copy of the data folder that a test may break: without the record, as a collection of somebody else."""
    left = shutil.ignore_patterns(LOCK)
    return shutil.copytree(PROJECT / "data", tmp_path / "data", ignore=left)


@pytest.fixture(scope="session")
def edit() -> Callable[[Path, str, str, str], None]:
    """``edit(path, row_key, column, value)`` alters one cell of a CSV.

    The key is the first cell, or for series ``series_id@period_start``.
    """
    return edit_cell
