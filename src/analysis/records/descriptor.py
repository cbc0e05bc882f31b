"""The description of the tables in ``datapackage.json``, read and checked once for all that use it."""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.records.errors import DataError, Problem, shortened
from analysis.records.files import bytes_of
from analysis.records.paths import PROJECT

FILE = "datapackage.json"
SERIES = "series/"  # folder of the files that hold rows of series
TYPES = ("string", "integer", "number")
HOLDS = ("period", "quote", "codes", "unit", "currency")
NAME = r"[a-z0-9]+([._-][a-z0-9]+)*"
NUMBER = (int, float)

Form = dict[str, tuple[Any, bool]]  # what a part may hold: type, and whether it must be there
PACKAGE: Form = {"name": (str, True), "title": (str, True), "licenses": (list, True)}
RESOURCE: Form = {
    "name": (str, True),
    "path": (str, True),
    "description": (str, True),
    "schema": (dict, True),
    "mayBeEmpty": (bool, False),
}
SCHEMA: Form = {"fields": (list, True), "primaryKey": (list, True), "foreignKeys": (list, False)}
FIELD: Form = {
    "name": (str, True),
    "type": (str, True),
    "description": (str, True),
    "format": (str, False),
    "holds": (str, False),
    "codes": (list, False),
    "constraints": (dict, False),
}
CONSTRAINTS: Form = {
    "required": (bool, False),
    "unique": (bool, False),
    "enum": (list, False),
    "pattern": (str, False),
    "minimum": (NUMBER, False),
    "maximum": (NUMBER, False),
}
IN_WORDS = {
    str: "text",
    list: "a list",
    dict: "an object",
    bool: "true or false",
    NUMBER: "a number",
}


def descriptor(folder: Path) -> dict[str, Any]:
    """The data package's descriptor.

    Parameters
    ----------
    folder : Path
        The data folder.

    Raises
    ------
    DataError
        If ``datapackage.json`` is not readable as JSON, or does not describe the tables and columns that are
        read by name; with every place where it does not.
    """
    found = _parsed(folder)
    problems = list(_package_problems(found))
    if not problems and folder.resolve() != PROJECT / "data":
        problems = list(_absent(found))
    if not problems:
        problems = list(_outside(folder, found))
    if not problems:
        problems = list(_lost(found))
    if problems:
        raise DataError(problems)
    package: dict[str, Any] = found
    return package


def _parsed(folder: Path) -> Any:
    try:
        text = bytes_of(folder / FILE).decode("utf-8-sig")
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        said = "lists within lists are too deep"
    except (
        ValueError
    ) as error:  # of the encoding, of JSON, and of a number with thousands of digits
        said = str(error)
    raise DataError([Problem(FILE, f"is not readable as JSON: {said}")])


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no number of JSON")


def _problem(place: str, kind: str) -> Problem:
    return Problem(FILE, f"{shortened(place)} {kind}", key=place, kind=kind)


def _form(place: str, found: Any, form: Form) -> Iterator[Problem]:
    """What a part of the descriptor lacks, and what is of another type than it must be."""
    if not isinstance(found, dict):
        yield _problem(place, "is no object of JSON")
        return
    for name, (kind, needed) in form.items():
        value = found.get(name)
        if name not in found:
            if needed:
                yield _problem(place, f"has no {name!r}")
        elif not isinstance(value, kind) or (kind is NUMBER and isinstance(value, bool)):
            yield _problem(place, f"has {name!r} that is not {IN_WORDS[kind]}")


def _checked(
    place: str, found: Any, form: Form, more: Callable[[str, dict[str, Any]], Iterator[Problem]]
) -> Iterator[Problem]:
    """Problems of the form, and where there are none, those that ``more`` finds."""
    wrong = list(_form(place, found, form))
    yield from wrong or more(place, found)


def _package_problems(found: Any) -> Iterator[Problem]:
    yield from _checked("the package", found, PACKAGE | {"resources": (list, True)}, _resources)


def _resources(place: str, package: dict[str, Any]) -> Iterator[Problem]:
    resources = package["resources"]
    yield from _twice(place, "resources", resources)
    yield from _twice(place, "resources", resources, "path")
    for number, one in enumerate(resources, 1):
        yield from _checked(_named("resource", one, number), one, RESOURCE, _resource)
    names = {one.get("name") for one in resources if isinstance(one, dict)}
    if absent := sorted({"sources", "claims"} - names):
        yield Problem(FILE, f"describes no table named {' or '.join(absent)}")


def _named(what: str, one: Any, number: int) -> str:
    name = one.get("name") if isinstance(one, dict) else None
    return f"{what} {name!r}" if isinstance(name, str) else f"{what} {number}"


def _twice(place: str, what: str, parts: list[Any], key: str = "name") -> Iterator[Problem]:
    values = [str(one.get(key)) for one in parts if isinstance(one, dict) and key in one]
    for value, times in Counter(values).items():
        if times > 1:
            yield _problem(place, f"has {times} {what} with the {key} {shortened(value)!r}")


def _resource(place: str, one: dict[str, Any]) -> Iterator[Problem]:
    if not re.fullmatch(NAME, one["name"]):
        yield _problem(place, "has a name that is not of small letters, digits, dots and hyphens")
    path = PurePosixPath(one["path"])
    if not re.fullmatch(r"[\w./ -]+\.csv", one["path"]) or path.is_absolute() or ".." in path.parts:
        yield _problem(place, "has a path that names no CSV inside the data folder")
    yield from _checked(place, one["schema"], SCHEMA, _schema)


def _schema(place: str, schema: dict[str, Any]) -> Iterator[Problem]:
    fields = schema["fields"]
    if not fields:
        yield _problem(place, "has no fields")
    yield from _twice(place, "fields", fields)
    for number, one in enumerate(fields, 1):
        yield from _checked(f"{place}, {_named('field', one, number)}", one, FIELD, _field)
    names = [one.get("name") for one in fields if isinstance(one, dict)]
    if not schema["primaryKey"] or not all(one in names for one in schema["primaryKey"]):
        yield _problem(place, "has a primaryKey that does not name its fields")
    for key in schema.get("foreignKeys", ()):
        if not _refers(key, names):
            yield _problem(place, "has a foreignKey without fields of its own and a reference")


def _refers(key: Any, names: list[Any]) -> bool:
    """Whether a foreign key names one of the table's fields, and a resource with a field there."""
    reference = key.get("reference") if isinstance(key, dict) else None
    if not isinstance(reference, dict):
        return False
    own, others = key.get("fields"), reference.get("fields")
    return (
        isinstance(own, list)
        and isinstance(others, list)
        and bool(own)
        and len(own) == len(others)
        and all(one in names for one in own)
        and all(isinstance(one, str) for one in [*others, reference.get("resource")])
    )


def _field(place: str, field: dict[str, Any]) -> Iterator[Problem]:
    for name, allowed in (("type", TYPES), ("holds", HOLDS)):
        if field.get(name, allowed[0]) not in allowed:
            yield _problem(place, f"has another {name!r} than {', '.join(allowed)}")
    if field.get("holds") == "codes" and not _texts(field.get("codes")):
        yield _problem(place, "holds codes and lists none in 'codes'")
    yield from _checked(place, field.get("constraints", {}), CONSTRAINTS, _constraints)


def _texts(found: Any) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(one, str) for one in found)


def _constraints(place: str, rules: dict[str, Any]) -> Iterator[Problem]:
    if unknown := sorted(rules.keys() - CONSTRAINTS.keys()):
        kind = f"has constraints that are not checked here; allowed are {', '.join(CONSTRAINTS)}"
        yield _problem(f"{place} ({shortened(', '.join(unknown))})", kind)
    if "enum" in rules and not _texts(rules["enum"]):
        yield _problem(place, "has an 'enum' that is no list of texts")
    try:
        re.compile(rules.get("pattern", ""))
    except (re.error, RecursionError, OverflowError):
        yield _problem(place, "has a 'pattern' that is no regular expression")


def _absent(package: dict[str, Any]) -> Iterator[Problem]:
    """Columns that are read by name, and are missing or of another type."""
    needed, first = _own_columns()
    fields = {one["name"]: one for one in package["resources"]}
    for name, resource in fields.items():
        series = resource["path"].startswith(SERIES)
        own = {one["name"]: one["type"] for one in resource["schema"]["fields"]}
        wanted = first if series else needed.get(name, {})
        if absent := [column for column in wanted if column not in own]:
            yield _problem(f"resource {name!r}", f"has no field {', '.join(absent)}")
        elif series and [*own] != [*first]:
            yield _problem(
                f"resource {name!r}",
                f"is a file of series, whose fields are in this order {', '.join(first)}",
            )
        for column, kind in wanted.items():
            if own.get(column, kind) != kind:
                yield _problem(
                    f"resource {name!r}, field {column!r}", f"has another type than {kind}"
                )


def _lost(package: dict[str, Any]) -> Iterator[Problem]:
    """References to a table or field that is not described."""
    fields = {
        one["name"]: {field["name"] for field in one["schema"]["fields"]}
        for one in package["resources"]
    }
    for one in package["resources"]:
        for key in one["schema"].get("foreignKeys", ()):
            reference = key["reference"]
            if not fields.get(reference["resource"], set()).issuperset(reference["fields"]):
                said = f"{reference['resource']}.{', '.join(reference['fields'])}"
                yield _problem(
                    f"resource {one['name']!r}",
                    f"refers to {shortened(said)!r}, which is not there",
                )


@functools.cache
def _own_columns() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Columns and types of the project's own tables, and those that all files of series share."""
    resources = _parsed(PROJECT / "data")["resources"]
    columns = {
        one["name"]: {field["name"]: field["type"] for field in one["schema"]["fields"]}
        for one in resources
    }
    series = next(columns[one["name"]] for one in resources if one["path"].startswith(SERIES))
    return columns, series


def _outside(folder: Path, package: dict[str, Any]) -> Iterator[Problem]:
    """Tables whose path leads out of the folder by a link."""
    home = folder.resolve()
    for one in package["resources"]:
        if not (folder / one["path"]).resolve().is_relative_to(home):
            yield _problem(
                f"resource {one['name']!r}", "has a path that leads out of the data folder"
            )
