"""List the licence of every package of requirements.lock, as the package itself states it: docs/licences.csv.

A package that is for another system and therefore not installed keeps the row it has.

Example: .venv/bin/python tools/licences.py
"""

import csv
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
LIST = PROJECT / "docs/licences.csv"
LOCKED = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)", re.M)
UNSTATED = {  # no licence in the metadata: read in the file that comes with the package
    "axe-playwright-python": "MIT",
    "currencyconverter": "Apache-2.0",
}


def licence(package: str) -> str:
    """What the metadata say: an SPDX expression, else classifiers, else the first line of a text."""
    said = metadata(package)
    kinds = [one for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    return (
        said.get("License-Expression")
        or "; ".join(one.rpartition(" :: ")[2] for one in kinds)
        or (said.get("License") or "").strip().partition("\n")[0]
        or UNSTATED.get(package, "")
    )


def rows() -> list[tuple[str, str, str]]:
    """Package, version and licence."""
    with LIST.open(encoding="utf-8", newline="") as file:
        known = {row["package"]: row["licence"] for row in csv.DictReader(file)}
    found = []
    for package, version in LOCKED.findall((PROJECT / "requirements.lock").read_text("utf-8")):
        try:
            found.append((package, version, licence(package)))
        except PackageNotFoundError:
            found.append((package, version, known.get(package, "")))
    return found


if __name__ == "__main__":
    table = rows()
    with LIST.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([("package", "version", "licence"), *table])
