"""The archive path: every file read once, through kills of the run and of its workers."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from analysis.reading import archive as module
from analysis.reading import journal
from analysis.reading.archive import archive, files_under
from analysis.reading.documents import FIELDS
from analysis.records.errors import AnalysisError

NEEDS_DASK = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="the extra 'archive' (dask, distributed) is not installed",
)
KILLED = """
import os, signal, sys
from pathlib import Path
from analysis.reading import archive, journal

journal.PART_FILES = 4
kept = []
def said(progress, outcome):
    kept.append(outcome)
    if progress.done == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
archive.archive(Path(sys.argv[1]), Path(sys.argv[2]), said=said)
"""


def pages(folder: Path, number: int, size: int = 1) -> Path:
    """A folder with pages in two folders and names whose order is not that of the walk by name."""
    for count in range(number):
        path = folder / ("a" if count % 2 else "a-b") / f"{count:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        line = f"It helped more than {count + 1},000 people.\n成交额超过{count + 1}亿美元。\n"
        path.write_text(line * size, "utf-8")
    return folder


def rows(table: Path) -> list[tuple]:
    with duckdb.connect() as connection:
        return connection.execute("SELECT * FROM read_parquet(?)", [str(table)]).fetchall()


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The files that are opened, in order."""
    names: list[str] = []
    read = module.read_document

    def counted(path):
        names.append(path.name)
        return read(path)

    monkeypatch.setattr(module, "read_document", counted)
    return names


def test_a_folder_becomes_one_sorted_table(tmp_path):
    folder = pages(tmp_path / "texts", 6)
    (folder / "a" / "empty.txt").write_text("")
    (folder / ".hidden.txt").write_text("It helped 5 people.")
    said = []
    out = folder / "candidates.parquet"  # beside what is read, and not read itself
    made = archive(folder, out, said=lambda progress, outcome: said.append(outcome))
    assert (made.files, made.unreadable, made.candidates) == (7, 1, 12)
    found = rows(out)
    assert found == sorted(found, key=lambda row: (row[0], row[-2]))
    assert found[0][:5] == ("a-b/0000.txt", 1, "It helped more than 1,000 people", 1000.0, None)
    assert [one.problem for one in said if one and one.problem] == ["it is empty"]
    assert [path.name for path in folder.iterdir() if path.is_file()].count(".hidden.txt") == 1
    assert not (folder / "candidates.parquet.parts").exists()
    assert archive(folder, out).files == 7  # again: the table is not among the files


def test_the_table_has_the_fields_of_a_row(tmp_path):
    out = tmp_path / "c.parquet"
    archive(pages(tmp_path / "texts", 1), out)
    with duckdb.connect() as connection:
        columns = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(out)])
        kinds = {name: kind for name, kind, *_ in columns.fetchall()}
    assert kinds == {"file": "VARCHAR", **FIELDS}


def test_files_come_in_the_order_of_their_paths(tmp_path):
    for name in ("b.txt", "b/c.txt", "b-d.txt", "a/z/é.txt", "a/中.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    found = [file for file, _ in files_under(tmp_path, tmp_path / "out.parquet")]
    assert found == sorted(found)
    assert len(found) == 5


@pytest.mark.parametrize("at", [1, 4, 7])  # in the first journal, as it turns, in the second
def test_after_a_kill_no_file_is_read_again(tmp_path, opened, at):
    folder, out = pages(tmp_path / "texts", 10), tmp_path / "c.parquet"
    done = subprocess.run([sys.executable, "-c", KILLED, folder, out, str(at)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert not out.exists()
    names = [Path(file).name for file, _ in files_under(folder, out)]
    said = []
    made = archive(folder, out, said=lambda progress, outcome: said.append(progress))
    assert opened == names[at:]
    assert (said[0].before, said[-1].done) == (at, 10)
    assert (made.files, made.candidates) == (10, 20)
    archive(folder, tmp_path / "whole.parquet")
    assert rows(out) == rows(tmp_path / "whole.parquet")


def stopped_after(folder: Path, out: Path, number: int) -> Path:
    """A run that stops after some files; its folder of parts."""

    def said(progress, outcome):
        if progress.done == number:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive(folder, out, said=said)
    return out.with_name(f"{out.name}.parts")


def test_a_line_cut_off_by_the_kill_is_dropped_with_its_file(tmp_path, opened):
    folder, out = pages(tmp_path / "texts", 5), tmp_path / "c.parquet"
    kept = stopped_after(folder, out, 3) / "000000.jsonl"
    whole = kept.read_bytes()
    for cut in (whole[:-5], whole[: whole.rindex(b'{"file"')]):  # in the last line, and before it
        kept.write_bytes(cut)
        opened.clear()
        stopped_after(folder, out, 3)
        assert opened == [Path(file).name for file, _ in files_under(folder, out)][2:3]
        (kept.parent / "000000.parquet").unlink()
        for later in kept.parent.glob("*.jsonl"):
            later.unlink()
    kept.write_bytes(whole[:-5])
    assert archive(folder, out).candidates == 10


def test_a_kill_between_part_and_journal_counts_nothing_twice(tmp_path, opened, monkeypatch):
    monkeypatch.setattr(journal, "PART_FILES", 3)
    folder, out = pages(tmp_path / "texts", 5), tmp_path / "c.parquet"
    monkeypatch.setattr(Path, "unlink", refusing_once(Path.unlink))
    with pytest.raises(KeyboardInterrupt):
        archive(folder, out)
    assert len(opened) == 3
    assert archive(folder, out).candidates == 10
    assert len(opened) == 5


def refusing_once(unlink):
    """Let the first removal of a journal be a kill."""
    stops = iter([True])

    def refused(path, missing_ok=False):
        if path.suffix == ".jsonl" and next(stops, False):
            raise KeyboardInterrupt
        return unlink(path, missing_ok=missing_ok)

    return refused


def test_a_journal_of_another_run_is_refused(tmp_path):
    out = tmp_path / "c.parquet"
    stopped_after(pages(tmp_path / "texts", 3), out, 1)
    with pytest.raises(AnalysisError, match="unfinished run of another folder, option or version"):
        archive(pages(tmp_path / "others", 3), out)


def test_a_fault_of_the_reader_is_the_problem_of_its_file(tmp_path, monkeypatch):
    def failing(document, **options):
        if "3,000" in document.text:
            raise ZeroDivisionError("nought")
        return []

    monkeypatch.setattr(module, "rows_of", failing)
    said = []
    made = archive(
        pages(tmp_path / "texts", 4),
        tmp_path / "c.parquet",
        said=lambda progress, outcome: said.append(outcome),
    )
    assert (made.files, made.unreadable) == (4, 1)
    assert [one.problem for one in said if one and one.problem] == [
        "the reader failed (ZeroDivisionError: nought)"
    ]


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match="holds no files"):
        archive(tmp_path, tmp_path / "c.parquet")
    with pytest.raises(AnalysisError, match="is no folder"):
        archive(tmp_path / "missing", tmp_path / "c.parquet")


@pytest.mark.full
def test_memory_does_not_grow_with_the_number_of_files(tmp_path, monkeypatch):
    monkeypatch.setattr(journal, "PART_FILES", 16)

    def peak(number: int) -> int:
        folder = pages(tmp_path / f"texts{number}", number, size=20)
        tracemalloc.start()
        archive(folder, tmp_path / f"{number}.parquet")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(4)  # what is loaded once
    few, many = peak(32), peak(160)
    assert many < few + 300_000  # 128 files more; the candidates of one take 15 kB


@NEEDS_DASK
def test_two_workers_one_killed_half_way_give_the_same_table(tmp_path):
    from distributed import LocalCluster

    folder = pages(tmp_path / "texts", 400)
    said = []
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    ) as cluster:
        first = next(iter(cluster.workers.values())).pid

        def killing(progress, outcome):
            said.append(outcome)
            if progress.done == 200:
                os.kill(first, signal.SIGKILL)

        made = archive(
            folder, tmp_path / "two.parquet", scheduler=cluster.scheduler_address, said=killing
        )
        assert first not in [one.pid for one in cluster.workers.values()]
    assert (made.files, made.unreadable) == (400, 0)
    assert sorted(one.file for one in said if one) == [
        file for file, _ in files_under(folder, tmp_path)
    ]
    archive(folder, tmp_path / "one.parquet")
    assert rows(tmp_path / "two.parquet") == rows(tmp_path / "one.parquet")


@NEEDS_DASK
def test_a_scheduler_that_does_not_answer_is_named(tmp_path, monkeypatch):
    from analysis.reading import cluster

    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(AnalysisError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9 "):
        archive(pages(tmp_path / "texts", 1), tmp_path / "c.parquet", scheduler="tcp://127.0.0.1:9")


def test_without_dask_several_workers_are_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(AnalysisError, match=r"need Dask, which is not installed: pip install"):
        archive(pages(tmp_path / "texts", 1), tmp_path / "c.parquet", workers=2)


@NEEDS_DASK
@pytest.mark.full
def test_a_file_that_ends_its_workers_is_named_and_the_others_are_read(tmp_path):
    import cloudpickle
    import dask
    from distributed import Client, LocalCluster, WorkerPlugin

    class Deadly(WorkerPlugin):
        """Every worker, those started anew too, dies of one file."""

        def setup(self, worker):
            import os
            import signal

            from analysis.reading import archive

            read = archive.read_document

            def deadly(path):
                if path.name == "0005.txt":
                    os.kill(os.getpid(), signal.SIGKILL)
                return read(path)

            archive.read_document = deadly

    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    said = []
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        client.register_plugin(Deadly())
        made = archive(
            pages(tmp_path / "texts", 20),
            tmp_path / "c.parquet",
            scheduler=cluster.scheduler_address,
            said=lambda progress, outcome: said.append(outcome),
        )
    assert (made.files, made.unreadable, made.candidates) == (20, 1, 38)
    assert [(one.file, one.problem) for one in said if one and one.problem] == [
        ("a/0005.txt", "it ended every worker that read it")
    ]
