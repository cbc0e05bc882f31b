"""An edition of the project as it is stored: in a folder, or at a revision of git. No old code is run."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from analysis.provenance.snapshot import STORED, Items, snapshot
from analysis.records.errors import AnalysisError
from analysis.records.load import Records

CLAIMS = "data/claims.csv"
NOTEBOOKS = "notebooks"
_CHART = re.compile(
    r"chart (?P<id>\S+) \((?P<lang>\w+)\)\nheadline (?P<headline>[^\n]*)\n.*"
    r"sha256 of the data (?P<data>\w+)",
    re.S,
)
_WAY_BACK = re.compile(r'<details class="way-back[^>]* lang="(?P<lang>\w+)')
_FINDING = re.compile(r'#findings/(?P<id>[\w.-]+)">(?P<text>.*?)</a>', re.S)


@dataclass(frozen=True)
class Cell:
    """A code cell that says a sentence: its place in the notebook, its code, and the sentence."""

    place: int
    code: str
    text: str


@dataclass(frozen=True)
class Edition:
    """What an edition says.

    Parameters
    ----------
    items : dict
        Claims, findings, charts and, with a snapshot, counts: by identifier and field. A kind that the
        edition does not hold is missing.
    sentences : dict of str to list of Cell
        Executed sentences of each notebook, in order.
    has_snapshot : bool
        Whether findings and charts are from its snapshot; otherwise they are those that the outputs of
        its notebooks show.
    """

    items: dict[str, Items]
    sentences: dict[str, list[Cell]]
    has_snapshot: bool


class Files(Protocol):
    """Where the files of an edition are read from."""

    def read(self, path: str) -> str | None:
        """The text of a file, or None if it does not exist."""

    def notebooks(self) -> list[str]:
        """Paths of the notebooks."""


@dataclass(frozen=True)
class Folder:
    """A checkout, an earlier build, or only the data or the notebooks of one."""

    root: Path

    def read(self, path: str) -> str | None:
        """The text of a file in its usual place, or directly in the folder."""
        for place in (self.root / path, self.root / PurePosixPath(path).name):
            if place.is_file():
                return place.read_text("utf-8")
        return None

    def notebooks(self) -> list[str]:
        """Paths of the notebooks, from the folder ``notebooks`` or the folder itself."""
        found = [*self.root.glob(f"{NOTEBOOKS}/*.ipynb")] or [*self.root.glob("*.ipynb")]
        return sorted(path.relative_to(self.root).as_posix() for path in found)


@dataclass(frozen=True)
class Revision:
    """A revision of the git repository that ``root`` lies in."""

    root: Path
    name: str

    def read(self, path: str) -> str | None:
        """The text of a file at this revision."""
        done = _git(self.root, "show", f"{self.name}:./{path}")
        return done.stdout if done.returncode == 0 else None

    def notebooks(self) -> list[str]:
        """Paths of the notebooks at this revision."""
        listed = _git(self.root, "ls-tree", "--name-only", self.name, f"{NOTEBOOKS}/").stdout
        return [path for path in listed.splitlines() if path.endswith(".ipynb")]


def stored(base: str, root: Path) -> Edition:
    """What the stored files of an edition say.

    Parameters
    ----------
    base : str
        A folder, or a revision of git such as ``main`` or ``HEAD~3``.
    root : Path
        The project's folder.

    Raises
    ------
    AnalysisError
        If there is no such folder and no such revision, or it holds no edition.
    """
    files = _files(base, root)
    taken, claims, books = files.read(STORED), files.read(CLAIMS), _notebooks(files)
    items: dict[str, Items] = json.loads(taken) if taken else _shown(books)
    if claims:
        items["claims"] = _claims(claims, items)
    if not items:
        raise AnalysisError(
            f"{base} holds no edition of this project: neither {CLAIMS} nor notebooks nor {STORED}"
        )
    return Edition(items, _sentences(books), taken is not None)


def _files(base: str, root: Path) -> Files:
    if Path(base).is_dir():
        return Folder(Path(base))
    if _git(root, "rev-parse", "--git-dir").returncode:
        raise AnalysisError(
            f"there is no folder {base!r}, and this project is not in a git repository;"
            " give the folder of an earlier edition"
        )
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", base + "^{commit}")
    if done.returncode:
        raise AnalysisError(
            f"there is no git revision and no folder {base!r}; give one, such as main or HEAD~1"
            " ('git fetch' brings the revisions of the remote repository)"
        )
    return Revision(root, done.stdout.strip())


def _git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False
        )
    except FileNotFoundError:
        raise AnalysisError(
            "git is not installed, so that no revision can be read; give the folder of an"
            " earlier edition"
        ) from None


def present(records: Records, data: Path, project: Path, *, with_snapshot: bool) -> Edition:
    """What the project says now: claims, findings and charts calculated, sentences as stored.

    Parameters
    ----------
    records : Records
    data, project : Path
        Folders of the data and of the project.
    with_snapshot : bool
        Whether findings and charts are calculated, or only those that the notebooks show.
    """
    books = _notebooks(Folder(project))
    items = snapshot(records) if with_snapshot else _shown(books)
    items["claims"] = _claims((data / PurePosixPath(CLAIMS).name).read_text("utf-8"), items)
    return Edition(items, _sentences(books), with_snapshot)


def _claims(table: str, items: dict[str, Items]) -> Items:
    """The rows of ``claims.csv``, with what a snapshot says of them before the columns."""
    said = items.get("claims", {})
    rows = {row["claim_id"]: row for row in csv.DictReader(io.StringIO(table))}
    return {
        name: said.get(name, {}) | {"as_stated": row["as_stated"]} | row
        for name, row in rows.items()
    }


def _notebooks(files: Files) -> dict[str, list[dict[str, Any]]]:
    """The cells of each notebook."""
    texts = {PurePosixPath(path).stem: files.read(path) for path in files.notebooks()}
    return {name: json.loads(text)["cells"] for name, text in texts.items() if text}


def _outputs(cells: list[dict[str, Any]]) -> Iterator[tuple[int, str, dict[str, str], str]]:
    """Place and code of each cell with an output, its texts by type, and the alt text of a picture."""
    for place, cell in enumerate(cells):
        for output in cell.get("outputs", []):
            texts = {
                mime: "".join(content)
                for mime, content in output.get("data", {}).items()
                if mime.startswith("text/")
            }
            alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
            yield place, "".join(cell["source"]), texts, alt


def _sentences(books: dict[str, list[dict[str, Any]]]) -> dict[str, list[Cell]]:
    return {
        name: [
            Cell(place, code, texts["text/plain"])
            for place, code, texts, _ in _outputs(cells)
            if "text/markdown" in texts
        ]
        for name, cells in books.items()
    }


def _shown(books: dict[str, list[dict[str, Any]]]) -> dict[str, Items]:
    """Findings and charts that the outputs of notebooks show."""
    findings: Items = {}
    charts: Items = {}
    for cells in books.values():
        for _, _, texts, alt in _outputs(cells):
            page = texts.get("text/html", "")
            if way := _WAY_BACK.search(page):
                for one in _FINDING.finditer(page):
                    findings.setdefault(one["id"], {})[way["lang"]] = html.unescape(one["text"])
            if found := _CHART.match(texts.get("text/plain", "")):
                lang = found["lang"]
                charts.setdefault(found["id"], {}).update(
                    {f"headline {lang}": found["headline"], f"alt {lang}": alt}
                    | {"data": found["data"]}
                )
    return {"findings": findings, "charts": charts} if books else {}
