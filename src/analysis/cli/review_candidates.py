"""The review of candidates in a terminal: a letter for each, and the rows that were accepted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from analysis.exploring.review import AMOUNTS, BOUNDS, FIELDS, OPEN, Decision, Review, said
from analysis.reading.model import Candidate
from analysis.records.errors import AnalysisError

Ask = Callable[[str], str]
Say = Callable[[str], None]
CONTEXT = 60  # characters of the text shown on either side of a figure
QUESTION = "[a]ccept, [c]hange, [r]eject, [s]kip, [b]ack, [q]uit: "
HELP = (
    "Type a, c, r, s, b or q, then Enter. Changes may stand behind c: c unit=persons bound=about period=. "
    f"Fields: {', '.join(FIELDS)}; bounds: {', '.join(BOUNDS)}. "
    "Back returns to the figure before; quit keeps what was accepted so far."
)


def review_in_terminal(candidates: Iterable[Candidate], text: str, ask: Ask, say: Say) -> Review:
    """Ask what to do with each candidate; the review with every answer in it.

    Parameters
    ----------
    candidates : iterable of Candidate
        In the order of the text.
    text : str
        The text that they were read out of.
    ask : callable
        Shows a question and gives the answer, such as ``input``; an EOFError ends the review.
    say : callable
        Shows a line.

    Returns
    -------
    Review
        ``accepted`` has the rows accepted, as read or as changed, and ``csv()`` writes them.
    """
    found = tuple(candidates)
    review = Review(text, found, tuple(Decision(OPEN, one) for one in found), int(bool(found)))
    if found:
        say(HELP)
    place = 1
    while place <= len(found):
        review = review.go(place)
        say(shown(review))
        try:
            said = ask(QUESTION).strip()
            answer = said[:1].lower()
            review, step = _answered(review, answer, said[1:], ask, say)
        except EOFError:
            break
        if answer == "q":
            break
        place = max(1, place + step)
    say(review.summary)
    return review


def _answered(review: Review, answer: str, more: str, ask: Ask, say: Say) -> tuple[Review, int]:
    """The review after an answer and what stands behind it, and how many candidates to go on."""
    match answer:
        case "a":
            return review.accept(), 1
        case "r":
            return review.reject(), 1
        case "c":
            return _changed(review, more, ask, say)
        case "s":
            return review, 1
        case "b":
            return review, -1
        case "q":
            return review, 0
    say(HELP)
    return review, 0


def _changed(review: Review, more: str, ask: Ask, say: Say) -> tuple[Review, int]:
    """Change the fields named as in unit=persons; without any, show them and ask for some."""
    assert review.current is not None  # only a text with candidates is asked about
    if not more.strip():
        say(f"  {_fields(review.current.candidate)}")
        more = ask("field=value, one or more; Enter changes nothing: ")
    names = "|".join(FIELDS)
    given = dict(re.findall(rf"\b({names})\s*=(.*?)(?=\s+(?:{names})\s*=|$)", more))
    if not given:
        say(f"Not changed: name a field, as in bound=about. Fields: {', '.join(FIELDS)}.")
        return review, 0
    try:
        return review.change(**{name: value.strip() or None for name, value in given.items()}), 1
    except AnalysisError as error:
        say(f"Not changed: {error}.")
        return review, 0


def _fields(one: Candidate) -> str:
    """The fields of a candidate as they stand, in the form in which they are changed."""
    values = ((name, getattr(one, name)) for name in FIELDS)
    return "  ".join(
        f"{name}={value:.12g}" if name in AMOUNTS and value is not None else f"{name}={value or ''}"
        for name, value in values
    )


def shown(review: Review) -> str:
    """The current candidate in its line of the text, and how it was read."""
    assert review.current is not None  # only a text with candidates is shown
    decision, one = review.current, review.current.candidate
    before = review.text[max(0, one.start - CONTEXT) : one.start]
    behind = review.text[one.end : one.end + CONTEXT]
    about = [f"{name} {value}" for name in FIELDS[4:] if (value := getattr(one, name))]
    head = f"{review.at} of {len(review.candidates)}, paragraph {review.paragraph(one.start)}"
    status = "" if decision.status == OPEN else f" ({decision.status})"
    read_as = "; ".join([said(one), *about, f"score {one.score:g}", one.why])
    line = f"  …{before}[[{review.figure(one)}]]{behind}…"
    return "\n".join(["", f"{head}{status}", *map(_on_one_line, (line, f"  {read_as}"))])


def _on_one_line(text: str) -> str:
    """Text without line breaks or characters that would steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
