"""Verifying claims against the texts that they were coded from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from analysis.records.errors import AnalysisError, Problem
from analysis.records.load import Records


def paragraphs(text: str) -> list[str]:
    """Non-empty lines of a text; the first is paragraph 1.

    Examples
    --------
    >>> paragraphs("Title\\n\\n  \\nFirst words.\\n")
    ['Title', 'First words.']
    """
    return [line for line in text.splitlines() if line.strip()]


def text_problems(records: Records, folder: Path) -> list[Problem]:
    """Claims whose words do not stand in the paragraph named, and texts whose bytes differ.

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
    for source_id, file, sha256 in records.sources[
        ["source_id", "text_file", "text_sha256"]
    ].itertuples(index=False):
        path = folder / file
        if not path.is_file():
            problems.append(
                Problem(
                    "sources.csv",
                    f"{file} is not in the folder of texts",
                    column="text_file",
                    key=source_id,
                    kind="is not in the folder of texts",
                )
            )
            continue
        content = path.read_bytes()
        if (found := hashlib.sha256(content).hexdigest()) != sha256:
            message = f"{file} has sha256 {found}, the table says {sha256}: another text than the one coded from"
            kind = "is not that of the text in the folder: another text than the one coded from"
            problems.append(Problem("sources.csv", message, None, "text_sha256", source_id, kind))
        problems += _quote_problems(
            records, source_id, paragraphs(content.decode("utf-8", errors="replace"))
        )
    return problems


def _quote_problems(records: Records, source_id: str, lines: list[str]) -> list[Problem]:
    problems = []
    for number, row in enumerate(records.claims.to_dict("records"), 2):
        if row["source_id"] != source_id or row["as_stated"] in "".join(
            lines[row["paragraph"] - 1 : row["paragraph"]]
        ):
            continue
        places = [i for i, line in enumerate(lines, 1) if row["as_stated"] in line]
        where = (
            f"it stands in paragraph {', '.join(map(str, places))}"
            if places
            else "it stands in none"
        )
        message = f"{row['as_stated']!r} does not stand in paragraph {row['paragraph']} of {source_id}; {where}"
        kind = "does not stand in the paragraph named"
        problems.append(Problem("claims.csv", message, number, "as_stated", row["claim_id"], kind))
    return problems
