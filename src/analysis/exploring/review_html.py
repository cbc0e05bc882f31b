"""The text of a review as HTML: candidates marked by status with a sign and a colour, everything escaped."""

from __future__ import annotations

from html import escape

from analysis.exploring.review import SIGNS, STATUSES, Review, said
from analysis.words.catalogue import word

WINDOW = 20_000  # characters of a long text that are shown around the current candidate
STYLE = """<style>
.review-text {white-space: pre-wrap; line-height: 1.7; max-width: 60em; overflow-wrap: anywhere}
.review-text mark, .review-legend mark {
  color: #1f2937; background: #fef3c7; padding: 0 2px; border-radius: 2px}
.review-text mark.accepted, .review-legend mark.accepted {background: #cfe8d5}
.review-text mark.changed, .review-legend mark.changed {background: #cfe0f3}
.review-text mark.rejected, .review-legend mark.rejected {
  background: #e5e7eb; text-decoration: line-through}
.review-text mark.current {outline: 3px solid #7b2cbf; outline-offset: 1px}
.review-text mark sup {font-size: 0.75em; text-decoration: none; display: inline-block}
</style>"""


def highlighted(review: Review, *, frame_current: bool = True) -> str:
    """The text with its candidates marked; of a long text, what stands around the current one.

    Parameters
    ----------
    review : Review
    frame_current : bool
        Whether the current candidate has a frame.

    Examples
    --------
    >>> from analysis.exploring.review import review_of
    >>> "&lt;b&gt;" in highlighted(review_of("<b>46 firms</b> signed"))
    True
    """
    first, last = _window(review)
    parts, place = [], first
    for number, one in enumerate(review.decisions, 1):
        start, end = one.candidate.start, one.candidate.end
        if start < place or end > last:
            continue  # outside, or inside another
        parts += [
            escape(review.text[place:start]),
            _mark(review, number, current=frame_current and number == review.at),
        ]
        place = end
    parts.append(escape(review.text[place:last]))
    left_out = word("review", "left_out", review.lang)
    before = f"<em>{left_out.format(count=first)}</em>\n" if first else ""
    after = len(review.text) - last
    behind = f"\n<em>{left_out.format(count=after)}</em>" if after else ""
    body = before + "".join(parts) + behind
    # the class keeps Jupyter from reading dollars as formulas
    return f'<div class="review-text tex2jax_ignore">{body}</div>{legend(review.lang)}'


def _window(review: Review) -> tuple[int, int]:
    """The part of the text that is shown: whole lines, where they are short."""
    text, current = review.text, review.current
    if len(text) <= WINDOW or current is None:
        return 0, min(len(text), WINDOW)
    at = current.candidate.start
    first = max(0, at - WINDOW // 2)
    last = min(len(text), max(current.candidate.end, first + WINDOW))
    first = text.find("\n", first, at) + 1 or first if first else 0
    line_end = text.rfind("\n", current.candidate.end, last) if last < len(text) else -1
    return first, line_end if line_end > 0 else last


def _mark(review: Review, number: int, *, current: bool) -> str:
    decision = review.decisions[number - 1]
    status, sign = decision.status, SIGNS[decision.status]
    told = f"{word('review.status', status, review.lang)}: {said(decision.candidate, review.lang)}"
    look = f"{status} current" if current else status
    here = ' aria-current="true"' if current else ""
    figure = escape(review.figure(decision.candidate))
    label = f'class="{look}"{here} title="{escape(told)}"'
    return f"<mark {label}>{figure}<sup>{number}{sign}</sup></mark>"


def legend(lang: str) -> str:
    """What the signs and colours mean."""
    parts = (
        f'<mark class="{status}">{SIGNS[status]} {escape(word("review.status", status, lang))}</mark>'
        for status in STATUSES
    )
    return f'<p class="review-legend">{" ".join(parts)}</p>'
