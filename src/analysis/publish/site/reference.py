"""The reference of the Python interface, from the docstrings: the verbs, and each package below them.

The source is read by griffe and nothing is imported, so that a page says what stands in the files.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import griffe
from markupsafe import Markup

from analysis import __all__ as verbs
from analysis.publish.site.markdown import markdown
from analysis.publish.site.page import Page, Place
from analysis.publish.site.words import Words, marked, marked_html
from analysis.records.files import text_of
from analysis.records.paths import PACKAGE

FOLDER = "reference"
# what somebody imports who adds a finding, a chart or a check; themes have pages of their own
PACKAGES = (
    "records",
    "reading",
    "bounds",
    "methods",
    "audit",
    "words",
    "plotting",
    "exploring",
    "provenance",
    "tidy",
)
QUOTED = re.compile(r"``([^`]+)``")  # code, as docstrings mark it
TABLES = ("parameters", "returns", "yields", "raises", "attributes")


@dataclass(frozen=True)
class Entry:
    """A function, class or property with its docstring.

    Parameters
    ----------
    name : str
    anchor : str
    signature : str
    parts : tuple
        Kind and content of each part of the docstring: ``text`` and ``code`` as text, of a table its
        rows (name, type, description).
    inner : tuple of Entry
        Public methods and properties of a class.
    """

    name: str
    anchor: str
    signature: str
    parts: tuple[tuple[str, Any], ...]
    inner: tuple[Entry, ...] = ()

    @property
    def first(self) -> str:
        """The first paragraph of the docstring."""
        return _first(self.parts)


@dataclass(frozen=True)
class Module:
    """A module: its dotted name, what it says of itself, its public functions and classes."""

    name: str
    parts: tuple[tuple[str, Any], ...]
    entries: tuple[Entry, ...]

    @property
    def first(self) -> str:
        """The first paragraph of the docstring."""
        return _first(self.parts)


def _first(parts: tuple[tuple[str, Any], ...]) -> str:
    text = next((said for kind, said in parts if kind == "text"), "")
    return QUOTED.sub(r"\1", text.partition("\n\n")[0].replace("\n", " "))


@functools.cache
def _read(path: Path) -> griffe.Module:
    """A file of the package."""
    dotted = path.relative_to(PACKAGE).with_suffix("").parts
    name = ".".join(("analysis", *(part for part in dotted if part != "__init__")))
    return griffe.visit(
        name,
        filepath=path,
        code=text_of(path),
        docstring_parser=griffe.Parser.numpy,
        docstring_options={"warnings": False},  # it looks for the fields of a class in __init__
    )


def _parts(one: griffe.Object) -> tuple[tuple[str, Any], ...]:
    """A docstring, part by part."""
    found: list[tuple[str, Any]] = []
    for section in one.docstring.parsed if one.docstring else ():
        kind = section.kind.value
        if kind == "examples":
            found += [
                ("text" if part.value == "text" else "code", said) for part, said in section.value
            ]
        elif kind in TABLES:
            found.append((kind, [_row(one, row) for row in section.value]))
        else:
            found.append(("text", str(section.value)))
    return tuple(found)


def _row(one: griffe.Object, row: Any) -> tuple[str, str, str]:
    """Name, type and description of a parameter, a field, a result or an error."""
    name = getattr(row, "name", "") or ""
    field = one.members.get(name)  # of a class, which states its type in the code
    stated = row.annotation or getattr(field, "annotation", None)
    return name, str(stated or ""), row.description


def _entry(one: griffe.Object, anchor: str) -> Entry:
    """A function, class or property, and of a class what it offers."""
    inner = [_entry(item, f"{anchor}.{item.name}") for item in _offered(one) if one.is_class]
    signature = str(one.signature()) if isinstance(one, griffe.Function) else ""
    return Entry(one.name, anchor, signature, _parts(one), tuple(inner))


def _offered(one: griffe.Object) -> Iterator[griffe.Object]:
    """Public functions, classes and properties of this very file, with a docstring."""
    for item in one.members.values():
        if isinstance(item, griffe.Alias) or item.name.startswith("_") or not item.docstring:
            continue
        if item.is_function or item.is_class or "property" in item.labels:
            yield item


@functools.cache
def verb_entries() -> tuple[Entry, ...]:
    """The verbs of ``import analysis``, by name."""
    home = _read(PACKAGE / "verbs/__init__.py")
    found = []
    for name in verbs:
        one = home.members[name]
        if isinstance(one, griffe.Alias):  # from another file
            module, _, name = one.target_path.rpartition(".")
            file = module.removeprefix("analysis.").replace(".", "/")
            one = _read(PACKAGE / f"{file}.py").members[name]
        assert isinstance(one, griffe.Object), name
        found.append(_entry(one, name))
    return tuple(found)


@functools.cache
def modules(package: str) -> tuple[Module, ...]:
    """The modules of a package that offer something."""
    found = []
    for path in sorted((PACKAGE / package).rglob("*.py")):
        read = _read(path)
        short = read.name.removeprefix(f"analysis.{package}").removeprefix(".")
        entries = [_entry(one, f"{short}.{one.name}".removeprefix(".")) for one in _offered(read)]
        if entries:
            found.append(Module(read.name, _parts(read), tuple(entries)))
    return tuple(found)


def pages() -> Iterator[Page]:
    """The page of the verbs, and one of each package."""
    yield Page(FOLDER, "reference.html", _verbs)
    for package in PACKAGES:
        yield Page(f"{FOLDER}/{package}", "reference.html", partial(_package, package))


def _verbs(lang: str) -> dict[str, Any]:
    lines = {name: _first(_parts(_read(PACKAGE / name / "__init__.py"))) for name in PACKAGES}
    return {
        "title": Words(lang)("reference_long"),
        "crumbs": [],
        "intro": Words(lang)("reference_intro"),
        "entries": verb_entries(),
        "headings": [
            *((one.anchor, f"{one.name}()") for one in verb_entries()),
            ("packages", Words(lang)("reference_packages")),
        ],
        "modules": [],
        "packages": [
            (f"{FOLDER}/{name}", f"analysis.{name}", said) for name, said in lines.items()
        ],
        "show": shown,
        "marked": marked,
    }


def _package(package: str, lang: str) -> dict[str, Any]:
    return {
        "title": f"analysis.{package}",
        "crumbs": [(Place(lang, f"{FOLDER}/{package}").to(FOLDER), Words(lang)("reference"))],
        "intro": "",
        "entries": [],
        "headings": [(one.name, one.name) for one in modules(package)],
        "modules": modules(package),
        "packages": [],
        "show": shown,
        "marked": marked,
    }


@functools.cache
def shown(text: str) -> Markup:
    """A text of a docstring as HTML."""
    return Markup(marked_html(markdown(QUOTED.sub(r"`\1`", text), formulas=False), "en"))
