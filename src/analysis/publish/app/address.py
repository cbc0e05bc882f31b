"""What an address of the dashboard says: the section, the value of every control, the language.

``?show=canton-fair-ratio&sessions=5&rate=all&reading=as+stated&lang=en``. A text that was pasted is in no address.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping, Sequence

from analysis.exploring.controls import Choice, Control, Value
from analysis.records.errors import AnalysisError
from analysis.words.catalogue import word

MOST = 40  # parts of an address, and characters of one that is said
SAID = 3  # parts that are named in a sentence
ROOM = "room"  # how wide the page is: its program says so, and no address
Parts = dict[str, str]


def parts_of(query: str) -> Parts:
    """The parts of an address by name; of two with one name the last, and none where there are too many.

    Examples
    --------
    >>> parts_of("show=deflators&base_year=2012&lang=zh")
    {'show': 'deflators', 'base_year': '2012', 'lang': 'zh'}
    """
    try:
        found = urllib.parse.parse_qsl(
            query, keep_blank_values=True, errors="replace", max_num_fields=MOST
        )
    except ValueError:
        return {"?": query}
    return dict(found)


def query_of(parts: Mapping[str, Value]) -> str:
    """The address of a state, from its question mark on.

    Examples
    --------
    >>> query_of({"show": "canton-fair-ratio", "sessions": 5, "reading": "as stated"})
    '?show=canton-fair-ratio&sessions=5&reading=as+stated'
    """
    said = {
        name: f"{value:.12g}" if isinstance(value, float) else value
        for name, value in parts.items()
    }
    return f"?{urllib.parse.urlencode(said)}"


def state_of(
    controls: Sequence[Control], parts: Mapping[str, str]
) -> tuple[dict[str, Value], Parts]:
    """The state that parts of an address ask for, a default where they do not; and the parts that ask for nothing there is."""
    state: dict[str, Value] = {one.name: one.default for one in controls}
    left = dict(parts)
    for one in controls:
        if one.name in left:
            try:
                given = left[one.name]
                state[one.name] = one.checked(given if isinstance(one, Choice) else float(given))
                del left[one.name]
            except (ValueError, AnalysisError):
                continue
    return state, left


def ignored(parts: Mapping[str, str], lang: str) -> str:
    """One sentence on parts of an address that ask for nothing there is; nothing where there are none."""
    if not parts:
        return ""
    items = [f"{name}={value}" for name, value in parts.items()][:SAID]
    said = [one if len(one) <= MOST else f"{one[:MOST]}…" for one in items]
    marks = word("language", "items", lang)
    more = "…" if len(parts) > SAID else ""
    return word("dashboard", "ignored", lang).format(parts=marks.join(said) + more)
