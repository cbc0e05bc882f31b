"""The description of the tables: whatever stands in it, a sentence says what is wrong."""

from __future__ import annotations

import copy
import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.records.descriptor import descriptor
from analysis.records.errors import DataError
from analysis.records.load import problems
from analysis.records.paths import PROJECT

OWN = json.loads((PROJECT / "data/datapackage.json").read_text("utf-8"))
NASTY = [
    None,
    True,
    0,
    -1,
    1e308,
    10**30,
    "",
    " ",
    "\x00",
    "../x.csv",
    "x" * 300,
    [],
    [None],
    [[]],
    {},
    {"a": {}},
]
CLAIMS = next(number for number, one in enumerate(OWN["resources"]) if one["name"] == "claims")


def said(folder, text):
    """The lines of the error that a descriptor brings."""
    (folder / "datapackage.json").write_text(text, "utf-8")
    with pytest.raises(DataError) as wrong:
        descriptor(folder)
    lines = str(wrong.value).splitlines()
    assert len(lines) <= 20
    assert all(line.startswith("datapackage.json") for line in lines)
    return lines


def changed(*path, to):
    """The project's own descriptor with one part put in place of another, or taken out (``...``)."""
    new = copy.deepcopy(OWN)
    part = new
    for key in path[:-1]:
        part = part[key]
    if to is ...:
        del part[path[-1]]
    else:
        part[path[-1]] = to
    return json.dumps(new)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "too deep"),
        ('{"name": NaN}', "NaN is no number of JSON"),
        ('{"name": ' + "9" * 5000 + "}", "not readable as JSON"),
        ("[]", "the package is no object of JSON"),
        (changed("resources", to={}), "has 'resources' that is not a list"),
        (changed("licenses", to=...), "the package has no 'licenses'"),
        (changed("resources", 0, to="sources"), "resource 1 is no object of JSON"),
        (changed("resources", 0, "path", to="../sources.csv"), "names no CSV inside"),
        (changed("resources", 0, "path", to="/etc/passwd"), "names no CSV inside"),
        (changed("resources", 0, "name", to="claims"), "has 2 resources with the name 'claims'"),
        (changed("resources", 0, "mayBeEmpty", to="no"), "is not true or false"),
        (changed("resources", 0, "schema", "primaryKey", to="source_id"), "is not a list"),
        (changed("resources", 0, "schema", "primaryKey", to=["id"]), "primaryKey that does not"),
        (changed("resources", CLAIMS, "schema", "foreignKeys", 0, to={}), "a foreignKey without"),
        (
            changed(
                "resources", CLAIMS, "schema", "foreignKeys", 0, "reference", "fields", to=["id"]
            ),
            "refers to 'sources.id', which is not there",
        ),
        (
            changed("resources", 0, "schema", "fields", 0, "type", to="text"),
            "string, integer, number",
        ),
        (
            changed("resources", 0, "schema", "fields", 0, "constraints", to={"pattern": "("}),
            "no regular expression",
        ),
        (
            changed("resources", 0, "schema", "fields", 0, "constraints", to={"minLength": 3}),
            "constraints that are not checked here",
        ),
        (
            changed("resources", CLAIMS, "schema", "fields", 2, to=...),
            "'claims' has no field paragraph",
        ),
    ],
)
def test_a_broken_part_is_named(data_copy, text, words):
    assert words in " ".join(said(data_copy, text))


def test_a_table_is_not_read_through_a_link_out_of_the_folder(data_copy, tmp_path):
    (data_copy / "events.csv").rename(tmp_path / "events.csv")
    os.symlink(tmp_path / "events.csv", data_copy / "events.csv")
    (line,) = said(data_copy, json.dumps(OWN))
    assert line.endswith("resource 'events' has a path that leads out of the data folder")


def places(part, path=()):
    """Every place of the descriptor."""
    yield path
    pairs = (
        part.items()
        if isinstance(part, dict)
        else enumerate(part)
        if isinstance(part, list)
        else ()
    )
    for key, value in pairs:
        yield from places(value, (*path, key))


WORDS = {
    "description",
    "title",
    "name",
    "path",
    "sources",
    "licenses",
}  # nothing is calculated from them
PLACES = [place for place in list(places(OWN))[1:] if place[-1] not in WORDS]


@pytest.fixture(scope="module")
def linked(tmp_path_factory):
    """A folder with the project's tables, as links that cost nothing."""
    folder = tmp_path_factory.mktemp("described")
    for path in (PROJECT / "data").rglob("*.csv"):
        link = folder / path.relative_to(PROJECT / "data")
        link.parent.mkdir(exist_ok=True)
        os.link(path, link)
    return folder


@given(place=st.sampled_from(PLACES), value=st.sampled_from([..., *NASTY]))
@settings(max_examples=60)
def test_whatever_stands_in_a_place_is_read_or_refused(linked, place, value):
    (linked / "datapackage.json").write_text(changed(*place, to=value), "utf-8")
    assert all(one.file and one.message for one in found_in(linked))


def found_in(folder):
    """Problems of a folder, be they of its tables or of their description."""
    try:
        return problems(folder)
    except DataError as error:
        return error.problems
