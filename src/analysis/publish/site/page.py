"""A page: where it lies, and how it leads to other pages by relative links."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from analysis.records.errors import ExportError

ROOTS = {"en": "", "zh": "zh/"}
INDEX = "index.html"
TEXTS = ("interpreting", "glossary")  # pages of text
T = TypeVar("T")


@dataclass(frozen=True)
class Page:
    """One page in both languages.

    Parameters
    ----------
    folder : str
        Folder under the root of a language, "" for the first page.
    template : str
        Name of the template.
    context : callable
        From a language to what the template shows.
    files : callable
        Other files that the page needs: path from the site's root and bytes of each.
    answers : callable, optional
        From a language and the site's address to a file that names it.
    """

    folder: str
    template: str
    context: Callable[[str], Mapping[str, Any]]
    files: Callable[[], Iterable[tuple[str, bytes]]] = tuple
    answers: Callable[[str, str], tuple[str, bytes]] | None = None


@dataclass(frozen=True)
class Place:
    """Where one language of a page lies.

    Parameters
    ----------
    lang : {"en", "zh"}
    folder : str
    """

    lang: str
    folder: str

    def in_language(self, lang: str) -> Place:
        """The same page in a language."""
        return Place(lang, self.folder)

    def beside(self, folder: str) -> Place:
        """Another page in the same language."""
        return Place(self.lang, folder)

    @property
    def path(self) -> str:
        """Path of the file from the site's root."""
        return posixpath.join(ROOTS[self.lang] + self.folder, INDEX)

    def asset(self, path: str) -> str:
        """Relative address of a file that all languages share, named from the site's root."""
        return quote(posixpath.relpath(path, posixpath.dirname(self.path) or "."))

    def to(self, folder: str, anchor: str = "", lang: str = "") -> str:
        """Relative address of a page, in this language if no other is named."""
        address = self.asset(posixpath.join(ROOTS[lang or self.lang] + folder, INDEX))
        return f"{address}#{quote(anchor)}" if anchor else address


def other_language(lang: str) -> str:
    """The language of a page that a reader can change to."""
    return next(code for code in ROOTS if code != lang)


def in_order(items: Sequence[T]) -> Iterator[tuple[T, tuple[T | None, T | None]]]:
    """Each item with the one before and the one after it.

    Examples
    --------
    >>> list(in_order("ab"))
    [('a', (None, 'b')), ('b', ('a', None))]
    """
    return zip(items, zip([None, *items][:-1], [*items, None][1:], strict=True), strict=True)


def checked(base: str, option: str = "--base-url") -> str:
    """An address with a slash at its end; "" stays; raises ExportError for another text.

    Examples
    --------
    >>> checked("https://example.org/poverty")
    'https://example.org/poverty/'
    """
    parts = urlsplit(base)
    whole = (
        parts.scheme in ("http", "https") and parts.hostname and not (parts.query or parts.fragment)
    )
    if base and (not whole or any(sign in base for sign in " \"'<>\\")):
        raise ExportError(
            f"{option} {base!r} is not the address of a site; it begins with https:// or http://, as in https://example.org/poverty/"
        )
    return base.rstrip("/") + "/" if base else ""
