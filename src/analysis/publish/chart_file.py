"""One file of a chart, as an export writes it, without a folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.plotting.pictures import pictures
from analysis.plotting.style import PICTURES
from analysis.publish import texts
from analysis.publish.exhibit import Exhibit, make_exhibit
from analysis.publish.office import sheets
from analysis.publish.order import Order, Picture
from analysis.records.errors import ExportError
from analysis.records.load import Records
from analysis.words.catalogue import check_language

MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
}
_TEXTS: dict[str, tuple[str, Callable[[Exhibit, str], bytes]]] = {
    "csv": ("{id}.csv", lambda exhibit, _: sheets.data_csv(exhibit)),
    "xlsx": ("{id}.{lang}.xlsx", sheets.data_xlsx),
    "txt": ("{id}.{lang}.alt.txt", texts.alt_text),
}


@dataclass(frozen=True)
class ChartFile:
    """A file with the name that an export gives it."""

    name: str
    content: bytes
    mime: str


def chart_file(
    records: Records, chart_id: str, *, lang: str, form: str, size: str = "page"
) -> ChartFile:
    """A file of a chart, the same to the byte as in an exported folder.

    Parameters
    ----------
    records : Records
    chart_id : str
    lang : {"en", "zh"}
    form : {"png", "svg", "pdf", "csv", "xlsx", "txt"}
        Forms that stand alone; ``html`` and ``md`` need a picture beside them.
    size : str
        A named size; of pictures only.

    Raises
    ------
    ExportError
        If the form or the size is none of these.
    UnknownIdError
        If no chart has the identifier.
    """
    check_language(lang)
    if form not in MIME:
        raise ExportError(f"{form!r} is no file that stands alone; allowed are {', '.join(MIME)}")
    Order((lang,), (form,), (size,))  # refuses an unknown size
    exhibit = make_exhibit(chart_id, records)
    if form in PICTURES:
        return ChartFile(
            Picture(lang, size, "framed", form).name(chart_id),
            pictures(exhibit.charts[lang], [form], size=size)[form],
            MIME[form],
        )
    name, made = _TEXTS[form]
    return ChartFile(name.format(id=chart_id, lang=lang), made(exhibit, lang), MIME[form])
