"""The review of candidates in a terminal: a letter for each, and the rows that were accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from analysis.explorers.review import AMOUNTS, BOUNDS, FIELDS, OPEN, Decision, Review, said
from analysis.reading.model import Candidate
from analysis.records.errors import AnalysisError

Ask = Callable[[str], str]
Say = Callable[[str], None]
CONTEXT = 60  # characters of the text shown on either side of a figure
QUESTION = "[a]ccept, [c]hange, [r]eject, [s]kip, [b]ack, [q]uit: "
HELP = "Type a, c, r, s, b or q, then Enter. Quit keeps what was accepted so far."


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
    place = 1
    while place <= len(found):
        review = review.go(place)
        say(shown(review))
        try:
            answer = ask(QUESTION).strip().lower()[:1]
            review, step = _answered(review, answer, ask, say)
        except EOFError:
            break
        if answer == "q":
            break
        place = max(1, place + step)
    say(review.summary)
    return review


def _answered(review: Review, answer: str, ask: Ask, say: Say) -> tuple[Review, int]:
    """The review after an answer, and how many candidates to go on."""
    match answer:
        case "a":
            return review.accept(), 1
        case "r":
            return review.reject(), 1
        case "c":
            return _changed(review, ask, say)
        case "s":
            return review, 1
        case "b":
            return review, -1
        case "q":
            return review, 0
    say(HELP)
    return review, 0


def _changed(review: Review, ask: Ask, say: Say) -> tuple[Review, int]:
    """Ask for each field; Enter keeps it, a lone hyphen empties it."""
    assert review.current is not None  # only a text with candidates is asked about
    say("Enter keeps a value, - empties it.")
    given: dict[str, str | None] = {}
    for name in FIELDS:
        value = getattr(review.current.candidate, name)
        now = f"{value:.12g}" if name in AMOUNTS and value is not None else str(value or "")
        choice = f" ({', '.join(BOUNDS)})" if name == "bound" else ""
        if answer := ask(f"  {name}{choice} [{now}]: ").strip():
            given[name] = None if answer == "-" else answer
    try:
        return review.change(**given), 1
    except AnalysisError as error:
        say(f"Not changed: {error}.")
        return review, 0


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
