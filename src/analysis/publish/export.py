"""Charts as folders of files: only what changed is made again, by several processes."""

from __future__ import annotations

import contextlib
import functools
import itertools
import multiprocessing
import os
import signal
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from analysis.plotting.pictures import pictures
from analysis.publish import index_tables, metadata, texts
from analysis.publish.archive import zipped
from analysis.publish.exhibit import Exhibit, make_exhibit
from analysis.publish.manifest import (
    announce,
    changed,
    digest,
    read_manifest,
    refuse,
    unchanged,
    write_manifest,
)
from analysis.publish.office import sheets
from analysis.publish.order import SLIDE, Order, Picture
from analysis.records.files import check_folder, write_whole
from analysis.records.fingerprint import fingerprint
from analysis.records.load import Records, load
from analysis.themes.charts import definition, definitions

MADE = ".made.json"  # in each chart's folder: from what its files were made, and their digests
TABLES = ("findings.csv", "exhibits.csv")
MOST_PROCESSES = 4


@dataclass(frozen=True)
class Exported:
    """A chart's folder after an export, or the tables, which have no chart: names of all files wanted, and of those made anew."""

    chart_id: str
    files: tuple[str, ...]
    made: tuple[str, ...]


@dataclass(frozen=True)
class Job:
    """One chart to export, or the tables, as it travels to another process."""

    chart_id: str
    order: Order
    folder: Path
    inputs: str
    data: str | None

    @property
    def names(self) -> tuple[str, ...]:
        """Files wanted."""
        return tuple(self.order.names(self.chart_id)) if self.chart_id else tables_of(self.order)


def tables_of(order: Order) -> tuple[str, ...]:
    """Names of the tables beside the charts: two for scripts, and with xlsx a workbook of all charts in each language."""
    books = order.langs if "xlsx" in order.formats else ()
    return (*TABLES, *(f"charts.{lang}.xlsx" for lang in books))


def export_charts(
    chart_ids: Sequence[str],
    out: Path,
    order: Order,
    *,
    tables: bool = False,
    data: str | None = None,
    processes: int | None = None,
    force: bool = False,
) -> Iterator[Exported]:
    """Write charts, one folder each; yields each as it is done.

    A file made from the same data, code and libraries is left as it is; one made from others is made
    again, or removed if it is not wanted now, so that no stale figure stays.

    Parameters
    ----------
    chart_ids : sequence of str
    out : Path
        Folder; made if it does not exist.
    order : Order
        What is wanted of each chart.
    tables : bool
        Whether also to write ``findings.csv`` and ``exhibits.csv``, and a workbook of the data of all charts.
    data : str, optional
        Another data folder.
    processes : int, optional
        How many work at a time; by default one for each processor, at most four.
    force : bool
        Whether to overwrite files that were changed since they were made.

    Raises
    ------
    ExportError
        Folder that cannot be written, missing glyph, a file that somebody changed. Nothing is left half written.
    """
    inputs = fingerprint(data)
    jobs = [Job(chart_id, order, out / chart_id, inputs, data) for chart_id in chart_ids]
    if tables:
        jobs.insert(0, Job("", order, out, digest(f"{inputs} {order}".encode()), data))
    if not force:
        lists = ((job, read_manifest(job.folder / MADE)) for job in jobs)
        refuse(path for job, made in lists for path in changed(job.folder, job.names, made))
    stale = []
    for job in jobs:
        check_folder(job.folder)
        if set(_kept(job)) >= set(job.names):
            yield Exported(job.chart_id, job.names, ())
        else:
            stale.append(job)
    workers = min(processes or min(os.cpu_count() or 1, MOST_PROCESSES), len(stale))
    if workers < 2:
        yield from map(_fill, stale)
        return
    yield from _filled(_shared(stale, workers), workers)


def _filled(shares: Sequence[Sequence[Job]], workers: int) -> Iterator[Exported]:
    """Fill folders by several processes, which end their chart and stop if this one is interrupted."""
    with (
        tempfile.TemporaryDirectory() as place,
        ProcessPoolExecutor(
            workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent
        ) as pool,
    ):
        stop = Path(place) / "stop"
        try:
            with _not_interrupted():
                filled = pool.map(_fill_all, shares, itertools.repeat(stop))
            for done in filled:
                yield from done
        except BaseException:
            stop.touch()  # what is being made is made whole, and nothing after it
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: killed, it cannot say stop."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextlib.contextmanager
def _not_interrupted() -> Iterator[None]:
    """Ctrl-C is for this process alone: those that start meanwhile do not hear it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _shared(jobs: Sequence[Job], workers: int) -> list[list[Job]]:
    """Charts of one notebook go to one process, as they rest on the same findings; the tables and the largest shares first."""
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        name = definition(job.chart_id, _records(job.data)).notebook if job.chart_id else ""
        groups.setdefault(name, []).append(job)
    if len(groups) < 2 * workers:  # too few to share out evenly
        return [[job] for job in jobs]
    return sorted(
        groups.values(), key=lambda group: (not group[0].chart_id, len(group)), reverse=True
    )


@functools.cache
def _records(data: str | None) -> Records:
    return load(data)


def _kept(job: Job) -> dict[str, str]:
    """Files that need not be made again."""
    made = read_manifest(job.folder / MADE)
    same = made.get("inputs") == job.inputs
    return unchanged(job.folder, made["files"]) if same else {}


def _fill_all(jobs: Sequence[Job], stop: Path) -> list[Exported]:
    """Fill the folders of charts until a file says to stop."""
    return [_fill(job) for job in jobs if not stop.exists()]


def _fill(job: Job) -> Exported:
    """Make what is missing or stale in one chart's folder, or the tables."""
    records, kept = _records(job.data), _kept(job)
    if not job.chart_id:
        tables = [index_tables.findings_csv(records), index_tables.exhibits_csv(records, job.order)]
        if len(job.names) > len(TABLES):
            every = [make_exhibit(name, records) for name in definitions(records)]
            tables += [sheets.all_xlsx(every, lang) for lang in job.order.langs]
        _store(job, dict(zip(job.names, tables, strict=True)), {})
        return Exported("", job.names, job.names)
    known = unchanged(job.folder, read_manifest(job.folder / MADE).get("files", {}))
    new = dict(_contents(make_exhibit(job.chart_id, records), job.order, kept))
    for name in sorted(set(known) - set(kept) - set(new)):
        (job.folder / name).unlink()
    _store(job, new, kept)
    return Exported(job.chart_id, job.names, tuple(new))


def _store(job: Job, new: Mapping[str, bytes], kept: Mapping[str, str]) -> None:
    """Write new files, and last the note of what is here and from what it was made."""
    announce(job.folder / MADE, new)
    for name, content in new.items():
        write_whole(job.folder / name, content)
    digests = dict(kept) | {name: digest(content) for name, content in new.items()}
    write_manifest(job.folder / MADE, dict(sorted(digests.items())), inputs=job.inputs)


def _contents(
    exhibit: Exhibit, order: Order, kept: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of the files to make, those last that speak of the others."""
    about = f"{exhibit.chart_id}.json", "README.md", "MANIFEST"
    digests = {name: known for name, known in kept.items() if name not in about}
    for name, content in (*_pictures(exhibit, order, kept), *_texts(exhibit, order)):
        digests[name] = digest(content)
        yield name, content
    if "json" in order.formats:
        content = metadata.metadata_json(exhibit, digests)
        digests[about[0]] = digest(content)
        yield about[0], content
    readme = texts.readme(exhibit, digests)
    yield about[1], readme
    yield about[2], texts.manifest(digests | {about[1]: digest(readme)})


def _pictures(
    exhibit: Exhibit, order: Order, kept: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """Pictures that are not there yet; each is drawn once for all its formats."""
    wanted = [one for one in order.pictures() if one.name(exhibit.chart_id) not in kept]
    for (lang, size, variant), group in itertools.groupby(sorted(wanted, key=_shape), key=_shape):
        names = {one.format: one.name(exhibit.chart_id) for one in group}
        drawn = pictures(exhibit.charts[lang], list(names), size=size, variant=variant)
        yield from ((names[form], content) for form, content in drawn.items())


def _shape(one: Picture) -> tuple[str, str, str]:
    return one.lang, one.size, one.variant


def _texts(exhibit: Exhibit, order: Order) -> Iterator[tuple[str, bytes]]:
    """Files that need no picture to be drawn."""
    chart_id, formats = exhibit.chart_id, set(order.formats)
    if "csv" in formats:
        yield f"{chart_id}.csv", sheets.data_csv(exhibit)
    for lang in order.langs:
        stem = f"{chart_id}.{lang}"
        if "xlsx" in formats:
            yield f"{stem}.xlsx", sheets.data_xlsx(exhibit, lang)
        if SLIDE in formats:
            from analysis.publish.office.slides import chart_slide

            yield f"{stem}.{SLIDE}", chart_slide(exhibit, lang)
        if "html" in formats:
            yield f"{stem}.html", texts.snippet(exhibit, lang, order.shown(lang).name(chart_id))
        if "md" in formats:
            yield f"{stem}.md", texts.markdown(exhibit, lang, order.shown(lang).name(chart_id))
        if "txt" in formats:
            yield f"{stem}.alt.txt", texts.alt_text(exhibit, lang)
    yield from texts.citations(exhibit)


def archive(out: Path, names: Sequence[str], target: Path) -> Path:
    """Pack exported files into one zip archive; the same files give the same bytes.

    Parameters
    ----------
    out : Path
        Folder of the export.
    names : sequence of str
        Files relative to it.
    target : Path
        The archive.

    Raises
    ------
    ExportError
        If it cannot be written.
    """
    return write_whole(target, zipped({name: (out / name).read_bytes() for name in names}))
