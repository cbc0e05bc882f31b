"""The benchmark of export and site measures what it says: weights of pages, runs that write nothing, its own part of the results."""

import os
import sys

import pytest

from analysis.records.paths import PROJECT


@pytest.fixture(scope="module")
def bench():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROJECT / "benchmarks"))
        import export_bench

        yield export_bench
        for name in ("export_bench", "report", "results"):
            sys.modules.pop(name, None)


def test_a_page_weighs_itself_and_what_it_loads_from_the_site(bench, tmp_path):
    (tmp_path / "page").mkdir()
    for name, size in (("s.css", 10), ("j.js", 7), ("p q.png", 100), ("second.png", 1000)):
        (tmp_path / name).write_bytes(b"x" * size)
    text = '<link rel="icon" href="data:,"><link rel="stylesheet" href="../s.css"><script src="../j.js"></script><p>万</p><img src="../p%20q.png"><img src="../second.png"><link rel="alternate" href="../none">'
    (tmp_path / "page/index.html").write_text(text, "utf-8")
    assert bench.weight(tmp_path / "page/index.html") == {
        "page": len(text.encode()),
        "style": 10,
        "script": 7,
        "first picture": 100,
    }


def test_a_second_run_that_writes_a_file_stops_the_benchmark(bench, tmp_path):
    (tmp_path / "a.svg").write_text("x", "utf-8")
    assert bench.unchanged(tmp_path, lambda: 1.5, lambda: None) == 1.5

    def rewrite() -> float:
        os.utime(tmp_path / "a.svg", ns=(1, 1))
        return 1.0

    with pytest.raises(RuntimeError, match=r"1 files were written, first a\.svg"):
        bench.unchanged(tmp_path, rewrite, lambda: None)


def test_a_command_that_fails_is_named_with_its_message(bench):
    with pytest.raises(
        RuntimeError, match=r"(?s)list nothing ended with 2: .*there is no list 'nothing'"
    ):
        bench.call("list", "nothing")


def test_only_its_own_part_of_the_results_is_written_anew(bench):
    others = "# Benchmark of the scenario engine\n\nits results\n"
    section = bench.Section(
        "Exports",
        "method",
        ("what",),
        [("all",)],
        [bench.Target("seconds", 2.0, 3.0), bench.Target("parts", 2.0, 1.0)],
    )
    text = bench.page(
        bench.TITLE, "about", [section], command="make bench", busy="quiet", packages=("pillow",)
    )
    assert text.startswith(f"# {bench.TITLE}\n")
    assert "## Targets: 1 of 2 reached" in text
    assert "**missed**" in text
    report = sys.modules["report"]
    once = report.kept(others, text)
    assert once.count(f"# {bench.TITLE}\n") == 1
    assert once == others + "\n" + text
    assert report.kept(once, text) == once
    assert report.kept(once, text.replace("about", "other")) == once.replace("about\n", "other\n")
    between = once + "\n# Last\n\nanother's results\n"
    assert report.kept(between, text) == between


def test_what_is_missed_is_said_and_returned(bench, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(sys.modules["report"], "KEPT", tmp_path / "RESULTS.md")
    (tmp_path / "RESULTS.md").write_text("# Another\n\nstays\n")
    good, bad = bench.Target("parts", 2.0, 3.0), bench.Target("seconds", 2.0, 1.0)

    def ended(targets, keep):
        section = bench.Section("Exports", "method", ("what",), [("all",)], targets)
        return bench.finish(
            bench.page(
                bench.TITLE,
                "about",
                [section],
                command="make bench",
                busy="quiet",
                packages=("pillow",),
            ),
            [section],
            out=tmp_path,
            keep=keep,
        )

    assert ended([good], keep=False) == 0
    assert capsys.readouterr().err == ""
    assert (tmp_path / "RESULTS.md").read_text() == "# Another\n\nstays\n"
    assert ended([good, bad], keep=True) == 1
    assert capsys.readouterr().err == "missed: seconds: 2 (at most 1)\n"
    assert (tmp_path / "RESULTS.md").read_text() == "# Another\n\nstays\n\n" + (
        tmp_path / "results.md"
    ).read_text()
