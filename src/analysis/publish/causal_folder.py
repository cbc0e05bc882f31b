"""A folder of one causal study: tables as CSV and as one workbook, charts, the method in words, a README."""

from __future__ import annotations

import io
import math
from pathlib import Path

import xlsxwriter

from analysis.plotting.pictures import pictures
from analysis.plotting.spec import neutral
from analysis.records.files import check_folder, write_together
from analysis.verbs.causal_answer import CAPTIONS, Answer
from analysis.words.catalogue import LANGUAGES


def save_study(found: Answer, folder: Path) -> list[Path]:
    """Write a study: every file is made before the first is written, and all are written or none.

    Parameters
    ----------
    found : Answer
        What ``causal_study`` returns.
    folder : Path

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    ExportError
        If the folder cannot be written to.
    """
    check_folder(folder)
    files: dict[str, bytes] = {}
    for name, rows in found.tables().items():
        safe = rows.map(lambda one: neutral(one) if isinstance(one, str) else one)
        files[f"{name}.csv"] = safe.to_csv(index=False, lineterminator="\n").encode()
    files["tables.xlsx"] = _workbook(found)
    for lang in LANGUAGES:
        for name, chart in found.charts(lang).items():
            for form, content in pictures(chart, ["png", "svg"]).items():
                files[f"{name}.{lang}.{form}"] = content
    files["method.md"] = found.method().encode()
    files["README.md"] = _readme(found, sorted(files)).encode()
    return write_together({folder / name: content for name, content in files.items()})


def _workbook(found: Answer) -> bytes:
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        for name, rows in found.tables().items():
            sheet = book.add_worksheet(name)
            for column, title in enumerate(rows.columns):
                sheet.write_string(0, column, neutral(str(title)))
                for row, value in enumerate(rows[title].tolist(), 1):
                    if isinstance(value, str):
                        sheet.write_string(row, column, neutral(value))
                    elif math.isfinite(value):
                        sheet.write_number(row, column, value)
    return buffer.getvalue()


def _readme(found: Answer, names: list[str]) -> str:
    said = [f"- `{name}.csv`: {caption}." for name, caption in CAPTIONS.items()]
    pictures_of = [f"- `{name}`" for name in names if name.endswith((".png", ".svg"))]
    notes = [f"- {note}" for note in found.notes]
    parts = (
        "# A causal study of your data",
        "Effects in the unit of the outcome; `share`, where it stands, is the same as a part of one. All tables are also sheets of `tables.xlsx`; `method.md` says in words what was done, and what to cite.",
        "## Tables\n\n" + "\n".join(said),
        "## Charts\n\n" + "\n".join(pictures_of),
        "## What must be said with the figures\n\n" + "\n".join(notes),
    )
    return "\n\n".join(parts) + "\n"
