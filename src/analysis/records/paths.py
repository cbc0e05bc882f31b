"""Where the project's files are; the one module that knows."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.records.errors import AnalysisError, UnknownIdError

PACKAGE = Path(__file__).resolve().parents[1]
CLONE = PACKAGE.parents[1]
IN_CLONE = (CLONE / "data/datapackage.json").is_file()
PROJECT = CLONE if IN_CLONE else PACKAGE / "collection"  # the wheel holds data, notebooks and docs


def data_folder(folder: str | os.PathLike[str] | None = None) -> Path:
    """Folder of the data package.

    Parameters
    ----------
    folder : path, optional
        Another data folder; by default the environment variable ``ANALYSIS_DATA``,
        and without it ``data/`` of the project.

    Raises
    ------
    AnalysisError
        If the folder holds no ``datapackage.json``.
    """
    chosen = Path(folder or os.environ.get("ANALYSIS_DATA") or PROJECT / "data")
    if not (chosen / "datapackage.json").is_file():
        raise AnalysisError(f"{chosen} is no data folder: it holds no datapackage.json")
    return chosen


def is_own(folder: Path) -> bool:
    """Whether a data folder is the project's, whose claims are coded in ``docs/coding``."""
    return folder.resolve() == PROJECT / "data"


def notebooks_folder() -> Path:
    """Folder of the stored notebooks: the data folder's own where it has some, else the project's."""
    own = data_folder() / "notebooks"
    return own if own.is_dir() else PROJECT / "notebooks"


def check_not_hidden(folder: Path) -> None:
    """Refuse a folder of notebooks in which a file of the package's name hides it from them.

    Raises
    ------
    AnalysisError
        With the file.
    """
    for one in (folder / "analysis.py", folder / "analysis/__init__.py"):
        if one.is_file():
            raise AnalysisError(
                f"{one} hides the package 'analysis' from the notebooks beside it: 'import analysis' takes the file; give it another name"
            )


def notebook_paths(names: tuple[str, ...] = ()) -> list[Path]:
    """Stored notebooks in order.

    Raises
    ------
    AnalysisError
        If there is none, or none of a name that is asked for (UnknownIdError).
    """
    found = {path.stem: path for path in sorted(notebooks_folder().glob("[0-9]*.ipynb"))}
    if not found:
        raise AnalysisError(f"{notebooks_folder()} holds no notebook")
    for name in names:
        if name not in found:
            raise UnknownIdError("notebook", name, found)
    return [path for stem, path in found.items() if not names or stem in names]
