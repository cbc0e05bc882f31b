"""What a writer may say: sentences with their verdict, held against findings and grades."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.bounds.finding import GRADES
from analysis.provenance.places import evidence, filled, named
from analysis.records.errors import AnalysisError
from analysis.records.load import Records
from analysis.words.catalogue import words

WITH_BOTH = "only with both"  # the figure and the official one that differs
VERDICTS = ("may", WITH_BOTH, "may not")
CONTRADICTED = "X"  # grade of a figure that another official figure contradicts


def may_say(
    records: Records, rows: Iterable[tuple[str, str, str]], lang: str = "en"
) -> pd.DataFrame:
    """Sentences that a writer may or may not write, with the reason and the weakest grade behind them.

    Parameters
    ----------
    records : Records
    rows : iterable of (sentence, verdict, why)
        Sentence and reason name claims or findings in braces; the verdict is "may", "may not", or, of a
        figure that is contradicted or contested, "only with both".
    lang : {"en", "zh"}
        Language of the sentences and reasons, and of the headings and verdicts that are returned.

    Returns
    -------
    DataFrame
        Sentence, verdict, why and grade; what may not be said has no grade.

    Raises
    ------
    AnalysisError
        If a verdict is unknown, a row names no figure, or a sentence that may be written names a
        finding without a direction or a figure that is contradicted.
    """
    table, shown = [], words("may_say.verdicts", lang)
    for sentence, verdict, why in rows:
        if verdict not in VERDICTS:
            raise AnalysisError(f"unknown verdict {verdict!r}; allowed are {', '.join(VERDICTS)}")
        ids = named(sentence + why)
        if not ids:
            raise AnalysisError(
                f"the row {sentence!r} names no claim or finding; a verdict rests on one, as in {{id}} or {{id|grade}}"
            )
        grades, open_ended = zip(*(evidence(records, name) for name in ids), strict=True)
        if verdict == "may" and CONTRADICTED in grades:
            raise AnalysisError(
                f"{ids[grades.index(CONTRADICTED)]} is contradicted by another official figure (grade {CONTRADICTED}): {WITH_BOTH!r} or 'may not', never {sentence!r} alone"
            )
        if verdict != "may not" and "both" in open_ended:
            raise AnalysisError(
                f"{ids[open_ended.index('both')]} has no direction: nobody may say {sentence!r}"
            )
        grade = "" if verdict == "may not" else max(grades, key=_rank)
        said = (filled(records, text, lang) for text in (sentence, why))
        table.append((next(said), shown[verdict], next(said), grade))
    return pd.DataFrame(table, columns=words("may_say", lang)["columns"])


def _rank(grade: str) -> int:
    return GRADES.find(grade)  # none at all comes first
