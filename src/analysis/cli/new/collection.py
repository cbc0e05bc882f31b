"""Your own collection: an empty data folder for claims of any country and topic."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

from analysis.cli.new.chart import template
from analysis.cli.new.files import Made
from analysis.cli.new.notebook import book_of
from analysis.publish.execute import canonical
from analysis.records.descriptor import SERIES, descriptor
from analysis.records.errors import AnalysisError
from analysis.records.paths import PROJECT

CONTEXT = "context"
NOTEBOOK = "notebooks/01_claims.ipynb"
PATTERN = "^[a-z0-9]+([-_][a-z0-9]+)*$"
MAY_BE_EMPTY = {  # columns that only this project's own collection fills in on every row
    "sources": ("text_file", "text_sha256"),
    CONTEXT: ("definition",),
}


def new_collection(folder: Path, title: str) -> Made:
    """An empty collection: descriptor, tables with their headers, a notebook and a README.

    Parameters
    ----------
    folder : Path
        A folder that does not exist yet, or is empty.
    title : str
        What the collection is about; citations and pages name it.

    Raises
    ------
    AnalysisError
        If the folder holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AnalysisError(
            f"{folder} is not empty; a new collection begins in a folder of its own"
        )
    package = _package(title)
    files: dict[Path, str | None] = {
        folder / resource["path"]: ",".join(one["name"] for one in resource["schema"]["fields"])
        + "\n"
        for resource in package["resources"]
    }
    said = {"title": title, "folder": folder.resolve().as_posix()}
    files[folder / "datapackage.json"] = f"{json.dumps(package, ensure_ascii=False, indent=1)}\n"
    files[folder / "README.md"] = template("collection.md").render(said)
    files[folder / NOTEBOOK] = canonical(book_of(template("collection.txt").render(said)))
    shown = shlex.quote(str(folder))
    command = f"analysis --data {shown}"
    then = (
        f"{command} new source ID --text FILE    (a document; then 'new claim', 'accept', 'check')",
        f"{command} list claims",
        f"{command} lab    (the notebook; {shown}/README.md says what comes when)",
    )
    return Made(files, (), then)


def _package(title: str) -> dict[str, Any]:
    """The project's own descriptor without its series, its lists of this country, and its Chinese."""
    own = descriptor(PROJECT / "data")
    tables = [one for one in own["resources"] if not one["path"].startswith(SERIES)]
    model = next(one for one in own["resources"] if one["name"] == "poverty")
    series = model | {
        "name": CONTEXT,
        "path": f"{SERIES}{CONTEXT}.csv",
        "title": "Context series",
        "description": "What statistics say, to hold claims against. Rows of one period are different sources.",
    }
    for resource in (*tables, series):
        _opened(resource)
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "claims"
    return {
        "name": slug,
        "title": title,
        "contributors": [{"title": f"The authors of {title}"}],
        "profile": own["profile"],
        "version": "0.1.0",
        "licenses": own["licenses"],
        "resources": [*tables, series],
    }


def _opened(resource: dict[str, Any]) -> None:
    resource["mayBeEmpty"] = True
    resource.pop("sources", None)
    resource.pop("licenses", None)
    name = resource["name"]
    for field in resource["schema"]["fields"]:
        rules = field.get("constraints", {})
        if field["name"].endswith("_zh") or field["name"] in MAY_BE_EMPTY.get(name, ()):
            rules.pop("required", None)
        if (name, field["name"]) == ("claims", "channel"):
            rules.pop("enum", None)
            rules["pattern"] = PATTERN
        if field["name"] == "unit" and name in ("claims", "series", CONTEXT):
            rules.pop("enum", None)
            field["holds"] = "unit"
