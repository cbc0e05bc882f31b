"""Charts and tables as files: the same commit gives the same bytes."""

from __future__ import annotations

import concurrent.futures
import csv
import functools
import io
import multiprocessing
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

from analysis.charts.registry import definitions
from analysis.charts.source_line import LICENCE
from analysis.charts.style import rc
from analysis.charts.view import Chart, make_chart
from analysis.quantities.finding import findings_frame
from analysis.records.errors import ExportError
from analysis.records.files import write_whole
from analysis.records.load import Records, load
from analysis.topics import MODULES, all_findings
from analysis.wording import check_language

PICTURES = ("svg", "pdf", "png")
FORMATS = (*PICTURES, "csv")
FEW = 2  # so many pictures are drawn faster here than by new processes
NOTEBOOKS = {"context": "02_context_and_benchmarks", "ecommerce": "03_ecommerce_reach", "labor": "04_labor_export_incomes", "canton-fair": "05_canton_fair_deals", "hunan": "07_hunan_and_local_cases", "local": "07_hunan_and_local_cases", "channels": "06_other_channels", "measures": "08_policy_measures", "audit": "09_claims_audit"}


@dataclass(frozen=True)
class Order:
    """One chart in one language, and the formats wanted."""

    chart_id: str
    lang: str
    formats: tuple[str, ...]
    out: Path
    data: str | None


def export_charts(chart_ids: Sequence[str], out: Path, *, langs: Sequence[str], formats: Sequence[str], data: str | None = None) -> Iterator[list[Path]]:
    """Write charts, one folder each; yields the files of each chart and language as they are done.

    Parameters
    ----------
    chart_ids : sequence of str
    out : Path
        Folder; made if it does not exist.
    langs : sequence of {"en", "zh"}
    formats : sequence of {"svg", "pdf", "png", "csv"}
    data : str, optional
        Another data folder.

    Raises
    ------
    ExportError
        Unknown format, folder that cannot be written, missing glyph. Nothing is left half written.
    """
    for name in formats:
        if name not in FORMATS:
            raise ExportError(f"{name!r} is no format; allowed are {', '.join(FORMATS)}")
    once = [name for name in formats if name in PICTURES]  # the data are the same in every language
    orders = [
        Order(chart_id, check_language(lang), tuple(formats if lang == langs[0] else once), out, data) for chart_id in chart_ids for lang in langs
    ]
    for chart_id in chart_ids:
        _writable(out / chart_id)
    if len(orders) <= FEW:
        yield from map(_fill, orders)
        return
    workers = min(os.cpu_count() or 1, 4)
    with concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(_fill, orders)


def _writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ExportError(f"cannot write to {folder}: {error.strerror}; choose another folder with --out") from None


@functools.cache
def _records(data: str | None) -> Records:
    return load(data)


def _fill(order: Order) -> list[Path]:
    chart = make_chart(order.chart_id, _records(order.data), order.lang)
    folder = order.out / order.chart_id
    files = []
    for name in order.formats:
        suffix = name if name == "csv" else f"{order.lang}.{name}"
        content = chart.spec.csv().encode("utf-8") if name == "csv" else picture(chart, name)
        files.append(write_whole(folder / f"{order.chart_id}.{suffix}", content))
    return files


def picture(chart: Chart, name: str, size: str = "page") -> bytes:
    """A chart as the bytes of a file.

    Parameters
    ----------
    name : {"svg", "pdf", "png"}
    size : str
        A named size.

    Raises
    ------
    ExportError
        If the font lacks a character of the chart.
    """
    text, buffer = chart.spec.text(chart.lang), io.BytesIO()
    title, about, source = text.headline, text.alt, chart.sources[chart.lang]
    metadata = {
        "svg": {"Title": title, "Description": about, "Source": source, "Rights": LICENCE, "Language": chart.lang, "Date": None, "Creator": None},
        "pdf": {"Title": title, "Subject": about, "Keywords": source, "Creator": None, "Producer": None, "CreationDate": None},
        "png": {"Title": title, "Description": about, "Source": source, "Copyright": LICENCE, "Software": None},
    }[name]
    with mpl.rc_context(rc()):
        chart.figure(size).savefig(buffer, format=name, metadata=metadata)
    return buffer.getvalue()


def export_tables(records: Records, out: Path) -> list[Path]:
    """Write ``findings.csv`` and ``exhibits.csv``: every result, and which file comes from which function.

    Returns
    -------
    list of Path
    """
    _writable(out)
    findings = findings_frame(all_findings(records)).to_csv(index=False, lineterminator="\n", float_format="%.12g")
    return [write_whole(out / "findings.csv", findings.encode()), write_whole(out / "exhibits.csv", _exhibits().encode())]


def _exhibits() -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["exhibit", "file", "function", "notebook", "claims"])
    for chart_id, own in definitions().items():
        names = [f"{chart_id}/{chart_id}.{lang}.{name}" for lang in ("en", "zh") for name in PICTURES] + [f"{chart_id}/{chart_id}.csv"]
        writer.writerows([chart_id, name, own.function, f"{own.notebook}.ipynb", "all" if own.whole_register else "; ".join(own.claims)] for name in names)
    for topic, modules in MODULES.items():
        functions = "; ".join(f"analysis.topics.{module}.findings" for module in modules)
        writer.writerow([f"findings on {topic}", "findings.csv", functions, f"{NOTEBOOKS[topic]}.ipynb", "see the column inputs"])
    return buffer.getvalue()
