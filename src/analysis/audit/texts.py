"""Verifying claims against the texts that they were coded from, however those are set and saved."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from analysis.reading import Decoded, decode, find_quotations
from analysis.records.errors import AnalysisError, Problem
from analysis.records.files import bytes_of
from analysis.records.load import Records
from analysis.records.texts import paragraphs

ANOTHER = "another text than the one coded from"
SAVED_ANEW = "the words of the text coded from, saved in another encoding"


def text_problems(records: Records, folder: Path) -> list[Problem]:
    """Claims whose words do not stand in the paragraph named, and texts whose bytes differ.

    Spaces, line breaks, widths and kinds of quotation mark make no difference to words; letters and
    figures do. Words that run over a line break stand in the paragraph in which they begin.

    Parameters
    ----------
    records : Records
        Sources and claims.
    folder : Path
        Folder with the text files named in ``sources.csv``.

    Raises
    ------
    AnalysisError
        If the folder does not exist.
    """
    if not folder.is_dir():
        raise AnalysisError(f"{folder} is no folder; give the folder that holds the source texts")
    problems: list[Problem] = []
    for source_id, file, sha256 in _files(records):
        if not (folder / file).is_file():
            kind = "is not in the folder of texts"
            said = f"{file} {kind}"
            problems.append(Problem("sources.csv", said, None, "text_file", source_id, kind))
            continue
        content = bytes_of(folder / file)
        found = decode(content)
        problems += _digest_problems(source_id, file, sha256, content, found)
        problems += _quote_problems(records, source_id, paragraphs(found.text))
    return problems


def original_problems(records: Records, file: Path) -> list[Problem]:
    """Chinese words of the claims of these sources that do not stand in a Chinese text.

    Parameters
    ----------
    records : Records
        Sources, claims and originals.
    file : Path
        A Chinese text of the statements, in any encoding.

    Raises
    ------
    AnalysisError
        If there is no such file, or no claim of these sources has an original.
    """
    if not file.is_file():
        raise AnalysisError(f"{file} is no file; give the Chinese text as a file")
    claims = records.claims[records.claims["source_id"].isin(records.sources["source_id"])]
    own = records.originals[records.originals["claim_id"].isin(claims["claim_id"])]
    if own.empty:
        raise AnalysisError(
            f"no claim of {', '.join(records.sources['source_id'])} has a row in originals.csv"
        )
    lines = paragraphs(decode(bytes_of(file)).text)
    kind = "does not stand in the Chinese text"
    return [
        Problem(
            "originals.csv",
            f"{words!r} {kind} {file.name}",
            int(place) + 2,
            "stated_zh",
            claim_id,
            kind,
        )
        for place, claim_id, words in own[["claim_id", "stated_zh"]].itertuples()
        if not quoted_in(words, lines)
    ]


def encoding_notes(records: Records, folder: Path) -> list[str]:
    """What a person should know of the encoding of each text that is there; nothing of UTF-8.

    Examples
    --------
    >>> decode("带动贫困人口增收".encode("gb18030")).note
    'read as gb18030 (detected); save it as UTF-8 to be sure'
    """
    there = (file for _, file, _ in _files(records) if (folder / file).is_file())
    notes = {file: decode(bytes_of(folder / file)).note for file in there}
    return [f"{file}: {note}" for file, note in notes.items() if note]


def _files(records: Records) -> Iterator[tuple[str, str, str]]:
    """Each source with its file and the SHA-256 of it."""
    for row in records.sources.to_dict("records"):
        yield row["source_id"], row["text_file"], row["text_sha256"]


def _digest_problems(
    source_id: str, file: str, sha256: str, content: bytes, found: Decoded
) -> Iterator[Problem]:
    """A text whose bytes are not those coded from: another one, or the same in another encoding."""
    digest = hashlib.sha256(content).hexdigest()
    if digest == sha256:
        return
    same = found.note and hashlib.sha256(found.text.encode()).hexdigest() == sha256
    why = SAVED_ANEW if same else ANOTHER
    kind = f"is not that of the text in the folder: {why}"
    message = f"{file} has sha256 {digest}, the table says {sha256}: {why}"
    message += f" ({found.note})" if found.note else ""
    yield Problem("sources.csv", message, None, "text_sha256", source_id, kind)


def _quote_problems(records: Records, source_id: str, lines: list[str]) -> Iterator[Problem]:
    kind = "does not stand in the paragraph named"
    for number, row in enumerate(records.claims.to_dict("records"), 2):
        if row["source_id"] != source_id:
            continue
        places = quoted_in(row["as_stated"], lines)
        if row["paragraph"] in places:
            continue
        where = f"in paragraph {', '.join(map(str, places))}" if places else "in none"
        message = f"{row['as_stated']!r} does not stand in paragraph {row['paragraph']} of {source_id}; it stands {where}"
        yield Problem("claims.csv", message, number, "as_stated", row["claim_id"], kind)


def quoted_in(words: str, lines: list[str]) -> list[int]:
    """Numbers of the paragraphs in which a quotation begins.

    Examples
    --------
    >>> quoted_in("export centers", ["Title", "31 export", "centers; export  centers"])
    [2, 3]
    """
    ends = list(accumulate(len(line) + 1 for line in lines))
    begun = [start for start, _ in find_quotations(words, "\n".join(lines))]
    return sorted({bisect_right(ends, start) + 1 for start in begun})
