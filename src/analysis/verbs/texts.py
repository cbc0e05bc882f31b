"""The verbs of a text: the figures read out of it, and the same with buttons to accept, change or reject them."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.records.errors import AnalysisError

if TYPE_CHECKING:
    from analysis.exploring.review import Review
    from analysis.exploring.review_view import ReviewView

LONGEST_NAME = 1000  # characters of a path
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")


def read(text_or_file: str | PathLike[str], lang: str = "en") -> Review:
    """The figures of a text in English or Chinese, as candidates for a person to accept, change or reject.

    Parameters
    ----------
    text_or_file : str or path
        The text itself, or the path of a file: text or Markdown in any encoding, HTML, PDF or Word. One word
        that ends as such a file does (``page.pdf``) is a path; give any other as ``pathlib.Path``.
    lang : {"en", "zh"}
        Language of headings and messages.

    Returns
    -------
    Review
        It offers ``.accept(…)``, ``.change(…)``, ``.reject(…)`` and ``.undo()``, each giving a new review;
        ``.frame`` and ``.csv()`` (the accepted rows), ``.table`` (every candidate) and ``.chart(unit)``.

    Raises
    ------
    AnalysisError
        If a file cannot be read.

    Examples
    --------
    >>> page = read("Some 1,150 people found work; no more than 450 shops opened.")
    >>> page
    Candidate 1 of 2: 0 accepted, 0 changed, 0 rejected, 2 open
    <BLANKLINE>
    no.  status  read as              counted            period  place  words
    ---  ------  -------------------  -----------------  ------  -----  -----------------------------
    1    ?       about 1,150 persons  people found work                 Some 1,150 people found work
    2    ?       at most 450 shops    shops opened                      no more than 450 shops opened
    >>> page.accept("1,150").frame[["low", "high", "bound", "unit"]].values.tolist()
    [[1150.0, 1150.0, 'about', 'persons']]
    """
    from analysis.exploring.review import review_of
    from analysis.words.catalogue import check_language

    return review_of(_text(text_or_file), check_language(lang))


def review(text_or_file: str | PathLike[str], lang: str = "en") -> ReviewView:
    """The figures of a text with buttons and keys to accept, change or reject them, for JupyterLab.

    Parameters
    ----------
    text_or_file, lang
        As in ``read``, which shows the same without buttons.

    Returns
    -------
    ReviewView
        Its ``.state`` is the review as it stands: ``.state.frame`` has the accepted rows.

    Examples
    --------
    >>> shown = review("Some 1,150 people found work; no more than 450 shops opened.")
    >>> shown.take("accept")
    >>> shown.state.counts
    {'open': 1, 'accepted': 1, 'changed': 0, 'rejected': 0}
    """
    from analysis.exploring.review_view import ReviewView

    return ReviewView(read(text_or_file, lang))


def _text(given: str | PathLike[str]) -> str:
    """The text as given, or that of the file named."""
    if isinstance(given, str) and not _is_path(given):
        return given
    from analysis.reading.documents import UnreadableError, read_document

    path = Path(given)
    try:
        return read_document(path).text
    except UnreadableError as error:
        raise AnalysisError(f"cannot read {path}: {error}") from None


def _is_path(given: str) -> bool:
    one_word = len(given) <= LONGEST_NAME and not any(char.isspace() for char in given)
    return one_word and given.lower().endswith(SUFFIXES)
