"""Every package of the lock states a licence under which anybody may use and pass on the project."""

import csv
import re
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PERMISSIVE = re.compile(
    r"0BSD|Apache.*|BSD.*|CC0-1\.0|CNRI-Python|ISC.*|MIT.*|MPL-2\.0|Mozilla Public License 2\.0.*|NCSA|PSF-2\.0|Python Software Foundation License|Zlib",
    re.IGNORECASE,
)
CHOICE = {  # whoever passes it on chooses one of these, and takes the permissive one
    "Artistic License; GNU General Public License (GPL); GNU General Public License v2 or later (GPLv2+)",
    "MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later",
}


def listed():
    with (ROOT / "docs/licences.csv").open(encoding="utf-8", newline="") as file:
        return [(row["package"], row["version"], row["licence"]) for row in csv.DictReader(file)]


def test_the_list_is_what_the_lock_and_the_packages_say():
    """After a change of the lock run ``python tools/licences.py``."""
    assert listed() == runpy.run_path(str(ROOT / "tools/licences.py"))["rows"]()
    assert len(listed()) > 200


def test_every_licence_is_permissive():
    for package, _, licence in listed():
        parts = re.split(r" AND | OR |; ", licence)
        allowed = licence in CHOICE or all(PERMISSIVE.fullmatch(part) for part in parts)
        assert allowed, f"{package}: {licence!r}"
