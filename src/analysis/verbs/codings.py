"""The agreement of the two coders of the claims, as ``docs/coding/README.md`` states it."""

from __future__ import annotations

import re
from pathlib import Path

from analysis.methods.agreement import cohen_kappa
from analysis.records.coding import COMPARED, FOLDER, claim_codings
from analysis.records.files import text_of

README = FOLDER / "README.md"
CATEGORICAL = ("channel", "bound", "unit", "currency", "kind", "grade")  # these have a kappa
SENTENCE = re.compile(r"Over the \d+ statements that both coded\.")
TABLE = re.compile(r"\| column \| compared \| agreed \| kappa \|\n(\|.*\n)+")


def stated(readme: str) -> list[re.Match[str]]:
    """The sentence and the table of agreement in the text of the README."""
    return [found for pattern in (SENTENCE, TABLE) if (found := pattern.search(readme))]


def agreement_text(folder: Path | None = None) -> str:
    """The README with the sentence and the table of agreement that the codings give.

    Parameters
    ----------
    folder : Path, optional
        Another folder of codings than ``docs/coding``.
    """
    cells = claim_codings(folder)
    rows = []
    for column in COMPARED:
        of_column = cells[cells["column"] == column]
        found = cohen_kappa(of_column["first"].tolist(), of_column["second"].tolist())
        kappa = f" {found.kappa:.2f}" if column in CATEGORICAL else ""
        rows.append(f"| `{column}` | {found.n} | {found.agreed} |{kappa} |\n")
    head = "| column | compared | agreed | kappa |\n|---|---|---|---|\n"
    sentence = f"Over the {cells['claim_id'].nunique()} statements that both coded."
    with_sentence = SENTENCE.sub(sentence, text_of(README), count=1)
    return TABLE.sub(lambda _: head + "".join(rows), with_sentence, count=1)
