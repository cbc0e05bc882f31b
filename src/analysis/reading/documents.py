"""Files into texts: plain text, Markdown, HTML, PDF and Word, whatever their encoding."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from analysis.reading.encoding import Decoded, decode
from analysis.reading.fold import UNSEEN, without
from analysis.reading.reader import read
from analysis.records.errors import AnalysisError

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

LARGEST = 64_000_000  # bytes of a file, so that memory stays bounded
FIELDS = {  # of a row, in order, with their types in DuckDB
    "paragraph": "INTEGER",
    "text": "VARCHAR",
    "low": "DOUBLE",
    "high": "DOUBLE",
    "bound": "VARCHAR",
    "unit": "VARCHAR",
    "currency": "VARCHAR",
    "rate": "VARCHAR",
    "counted": "VARCHAR",
    "period": "VARCHAR",
    "place": "VARCHAR",
    "kind": "VARCHAR",
    "score": "DOUBLE",
    "why": "VARCHAR",
    "start": "BIGINT",
    "end": "BIGINT",
}
Row = dict[str, Any]
_Content = TypeVar("_Content")
_Found = TypeVar("_Found")
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I)
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MARKUP = re.compile(
    UNSEEN.pattern + r"|^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?)"  # a heading, a quotation
    r"|!?\[(?=[^\]\n]*\]\()|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)|</?[a-z][^<>]*>|<!--.{0,4000}?-->"
    r"|\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=\w)_{1,3}(?!\w)|`+",
    re.M | re.I | re.S,
)
_OTHERS = (
    (b"\xd0\xcf\x11\xe0", "it is of an old Office format; save it as .docx"),
    (b"{\\rtf", "it is RTF; save it as .docx"),
)


class UnreadableError(AnalysisError):
    """A file that gives no text; the message says why, without its name."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file.

    Attributes
    ----------
    text : str
        Offsets of candidates count its characters. Of a text or Markdown file it is the file as it
        stands; of the others, the text found in it.
    note : str
        What a person should know of how it was read, "" where nothing.
    markdown : bool
        Whether marks of Markdown, and addresses of links, are passed over.
    """

    text: str
    note: str = ""
    markdown: bool = False


def read_document(path: Path) -> Document:
    """Return the text of a file: text, Markdown, HTML (its main text), PDF or Word (.docx).

    Raises
    ------
    UnreadableError
        If it cannot be read or holds no text.
    """
    if path.is_dir():
        raise UnreadableError("it is a folder, and cannot be listed")
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from None
    if content is None:
        raise UnreadableError(f"it is larger than {LARGEST // 1_000_000} MB; divide it")
    document = _document(content, path.suffix.lower())
    if not document.text.strip():
        scan = " (scanned pages need recognition of characters first)"
        raise UnreadableError(f"it holds no text{scan if content[:5] == b'%PDF-' else ''}")
    return document


def rows_of(document: Document, *, everything: bool = False) -> list[Row]:
    r"""Return the candidates of a text as rows, each with its paragraph: non-empty lines from 1.

    Parameters
    ----------
    document : Document
    everything : bool, default False
        Dates, ordinals, labels and names too, each with its kind.

    Examples
    --------
    >>> found = rows_of(Document("News\n\nIt helped **850,000** people.", markdown=True))
    >>> [(one["paragraph"], one["low"], one["unit"], one["start"]) for one in found]
    [(2, 850000.0, 'persons', 18)]
    """
    place: Callable[[int], int] = int
    plain = document.text
    if document.markdown:
        plain, place = without(_MARKUP, document.text)
    lines = list(_starts(document.text))
    rows = []
    for one in read(plain, everything=everything):
        start, end = place(one.start), place(one.end - 1) + 1
        values = (bisect_right(lines, start), *one[2:], start, end)
        rows.append(dict(zip(FIELDS, values, strict=True)))
    return rows


def _starts(text: str) -> Iterator[int]:
    """Where each non-empty line begins, as ``records.texts.paragraphs`` counts them."""
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield at
        at += len(line)


def _document(content: bytes, suffix: str) -> Document:
    if not content:
        raise UnreadableError("it is empty")
    for mark, sentence in _OTHERS:
        if content.startswith(mark):
            raise UnreadableError(sentence)
    if content.startswith(b"%PDF-"):
        return Document(_guarded("PDF", _pdf, content))
    if content.startswith(b"PK\x03\x04"):
        return Document(_guarded("Word document", _docx, content))
    if suffix in (".html", ".htm", ".xhtml") or _HTML.match(content[:4096]):
        return _html(content)
    if suffix in (".pdf", ".docx"):
        raise UnreadableError(f"it is named {suffix} but is of another kind")
    found = _text(content)
    return Document(found.text, found.note, markdown=suffix in (".md", ".markdown"))


def _text(content: bytes) -> Decoded:
    """Decode, and refuse what is no text."""
    found = decode(content)
    odd = found.replaced + len(_CONTROL.findall(found.text))
    if "\0" in found.text or odd > 0.02 * len(found.text):
        raise UnreadableError("it is no text, or of an encoding that is not known")
    return found


def _html(content: bytes) -> Document:
    """Main text of a page; all of its text where no main text is recognised."""
    import trafilatura

    found = _declared(content) or _text(content)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def extract(page: str) -> Document:
        text = trafilatura.extract(page, include_comments=False, include_tables=True)
        if text:
            return Document(text, found.note)
        whole = "no main text was recognised, so the whole page is read"
        return Document(
            trafilatura.html2txt(page), f"{found.note}; {whole}" if found.note else whole
        )

    return _guarded("HTML", extract, found.text)


def _declared(content: bytes) -> Decoded | None:
    """The text in the encoding that the page names, if its bytes do not say and it fits them."""
    named = _CHARSET.search(content[:4096])
    if not named or decode(content[:4096]).certain:
        return None
    name = named[1].decode("ascii").lower()
    name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
    try:
        return Decoded(content.decode(name), name, certain=True)
    except (LookupError, UnicodeDecodeError):
        return None


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("the PDF asks for a password")
    text = "\n".join(page.extract_text() for page in reader.pages)
    return text.encode("utf-8", "replace").decode("utf-8")  # a broken font gives half characters


def _docx(content: bytes) -> str:
    from docx import Document as open_document

    names = {one.filename: one.file_size for one in zipfile.ZipFile(io.BytesIO(content)).infolist()}
    size = names.get("word/document.xml")
    if size is None:
        raise UnreadableError("it is a ZIP file, and no Word document")
    if size > LARGEST:
        raise UnreadableError(f"its text is larger than {LARGEST // 1_000_000} MB; divide it")
    return "\n".join(_lines(open_document(io.BytesIO(content)).iter_inner_content()))


def _lines(blocks: Iterator[Paragraph | Table]) -> Iterator[str]:
    """Paragraphs, and rows of tables with a tab between cells; a merged cell counts once."""
    for block in blocks:
        if hasattr(block, "text"):
            yield block.text
            continue
        for row in block.rows:
            cells = {id(cell._tc): cell.text.replace("\n", " ") for cell in row.cells}
            yield "\t".join(cells.values())


def _guarded(kind: str, extract: Callable[[_Content], _Found], content: _Content) -> _Found:
    """What ``extract`` gives; whatever a broken file makes a library raise becomes a sentence."""
    try:
        return extract(content)
    except UnreadableError:
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise UnreadableError(f"it is a broken {kind} ({what})") from None
