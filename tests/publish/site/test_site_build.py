"""Building and serving the site: whole, light, not written twice, refusing in one sentence."""

from __future__ import annotations

import hashlib
import http.client
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from urllib.request import urlopen

import pytest
from fontTools.ttLib import TTFont
from site_reading import parsed, target

from analysis import cli
from analysis.publish.manifest import read_manifest
from analysis.publish.site import build as building
from analysis.publish.site.downloads import ORDER
from analysis.publish.site.fonts import web_fonts
from analysis.publish.site.serve import address, server
from analysis.records.errors import AnalysisError, ExportError, UnknownIdError
from analysis.records.fingerprint import fingerprint
from analysis.records.paths import PROJECT

ONE, LIGHTEST = "canton-fair-shares", 300_000
# of one weight, with the names of the world's currencies: who has no Chinese font waits for it
LIGHTEST_FONT = 260_000


def contents(folder: Path) -> dict[str, str]:
    """Digest of every file of a folder by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site with one chart, and what its build said."""
    out = tmp_path_factory.mktemp("built") / "a site"  # the folder may have spaces in its name
    steps = []
    return (
        out,
        building.build(out, [ONE], done=lambda what, total: steps.append((what, total))),
        steps,
    )


def test_every_file_named_is_there_and_no_other(built):
    out, made, _ = built
    assert set(contents(out)) == {*made.files, building.MANIFEST}
    assert set(made.written) | {f"charts/{ONE}/{building.MADE}"} == set(made.files)
    with zipfile.ZipFile(out / f"charts/{ONE}/{ONE}.zip") as bundle:
        assert bundle.testzip() is None
        packed = {name.partition("/")[2]: bundle.read(name) for name in bundle.namelist()}
    assert set(packed) == set(ORDER.names(ONE))
    assert all((out / f"charts/{ONE}/{name}").read_bytes() == packed[name] for name in packed)
    assert {f"charts/{ONE}/{name}" for name in ORDER.names(ONE)} <= set(made.files)
    assert not [name for name in made.files if name.endswith(".part")]


def test_progress_counts_charts_and_pages(built):
    _, made, steps = built
    pages = sum(name.endswith("index.html") for name in made.files)
    assert steps.count(("charts", 1)) == 1
    assert steps.count(("pages", pages // 2)) == pages // 2


def test_every_link_of_the_finished_site_leads_somewhere(built):
    out, made, _ = built
    readings = {
        name: parsed((out / name).read_bytes())
        for name in made.files
        if name.endswith("index.html")
    }
    for path, page in readings.items():
        for tag in page.tags:
            where = tag.attributes.get("href", tag.attributes.get("src", ""))
            if where and not where.startswith(("http", "data:")):
                file, anchor = target(path, where)
                assert (out / file).is_file(), f"{path}: {where}"
                assert not anchor or anchor in readings[file].ids, f"{path}: {where}"


def test_a_chart_page_offers_every_file_with_its_kilobytes(built):
    out, _made, _ = built
    offered = set()
    for root in ("", "zh/"):
        page = parsed((out / root / "charts" / ONE / "index.html").read_bytes())
        for tag in page.all("a"):
            if "download" in tag.attributes and "aria-label" in tag.attributes:
                name = tag.attributes["href"].rpartition("/")[2]
                assert (
                    f"{max(1, round((out / 'charts' / ONE / name).stat().st_size / 1000))} kB"
                    in tag.attributes["aria-label"]
                )
            offered |= (
                {tag.attributes["href"].rpartition("/")[2]}
                if "download" in tag.attributes
                else set()
            )
    assert offered == {*ORDER.names(ONE), f"{ONE}.zip"}


def test_a_chart_page_is_light(built):
    out, _, _ = built
    shared = sum(path.stat().st_size for path in (out / "static").glob("site.*"))
    assert shared < 20_000
    for lang, root in (("en", ""), ("zh", "zh/")):
        page = out / root / "charts" / ONE / "index.html"
        script = out / "static/chart.js"  # the picture is a part of the page
        assert page.stat().st_size + script.stat().st_size + shared < LIGHTEST
        marks = re.findall(r'<g [^>]*class="mark"[^>]*>\s*<title>([^<]+)', page.read_text("utf-8"))
        assert len(marks) == 14  # seven rows, for a wide screen and for a phone
        assert marks[:7] == marks[7:]
        assert marks[0].splitlines()[1] == {"en": "at least 0.79%", "zh": "至少0.79%"}[lang]


def test_the_site_brings_a_font_with_every_chinese_character_of_its_pages(built):
    out, _, _ = built
    style = (out / "static/site.css").read_text("utf-8")
    fonts = sorted((out / "static").glob("*.woff"))
    assert re.findall(r'url\("([^"]+)"\)', style) == sorted(
        (one.name for one in fonts), reverse=True
    )
    assert all(one.stat().st_size < LIGHTEST_FONT for one in fonts)
    assert "SIL OPEN FONT LICENSE" in (out / "static/OFL.txt").read_text("utf-8")
    assert len(fonts) == 2
    first, last = re.findall(r"unicode-range: U\+(\w+)-\w+, U\+\w+-(\w+);", style)[0]
    shown = {
        text
        for path in out.rglob("index.html")
        for words, _ in parsed(path.read_bytes()).texts
        for text in words
        if int(first, 16) <= ord(text) <= int(last, 16)
    }
    assert len(shown) > 500
    for one in fonts:
        known = TTFont(one).getBestCmap()
        assert "".join(sorted(text for text in shown if ord(text) not in known)) == "", (
            "'make font' cuts a font with these characters"
        )


def test_the_font_is_packed_the_same_way_every_time():
    assert list(web_fonts()) == list(web_fonts())


def test_a_second_build_writes_nothing_and_needs_no_drawing(built):
    out, made, _ = built
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
    script = f"""
import sys
from pathlib import Path
from analysis.publish.site.build import build
again = build(Path(sys.argv[1]), [{ONE!r}])
print(len(again.files), len(again.written), sorted({{"matplotlib", "nbconvert", "nbformat", "pandas", "jinja2"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script, str(out)], capture_output=True, text=True)
    assert (done.stdout.split(maxsplit=2), done.stderr) == ([str(len(made.files)), "0", "[]\n"], "")
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before


def test_a_damaged_or_missing_page_is_made_again_and_only_that(built, monkeypatch):
    out, made, _ = built
    (out / "about/index.html").write_text("broken", "utf-8")
    (out / "zh/claims/index.html").unlink()
    monkeypatch.setattr(
        building, "_export", lambda wanted, folder, data: iter([one for one in _exported(made)])
    )
    again = building.build(out, [ONE])
    assert set(again.written) == {"about/index.html", "zh/claims/index.html"}
    assert again.files == made.files


def _exported(made):
    from analysis.publish.export import Exported

    yield Exported(ONE, tuple(ORDER.names(ONE)), ())


def test_what_an_earlier_build_made_is_taken_away_and_nothing_else(tmp_path):
    out = tmp_path / "site"
    for name in (
        "charts/old/index.html",
        "charts/old/deep/a.png",
        "charts/kept/mine.txt",
        "outside.txt",
    ):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("x")
    (tmp_path / "secret.txt").write_text("x")
    building._remove(
        out, {"charts/old/index.html", "charts/old/deep/a.png", "charts/gone.html", "../secret.txt"}
    )
    assert set(contents(tmp_path)) == {
        "site/charts/kept/mine.txt",
        "site/outside.txt",
        "secret.txt",
    }
    assert not (out / "charts/old").exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": "x"}', '{"inputs": "x", "files": []}'])
def test_a_damaged_list_counts_as_none(tmp_path, text):
    (tmp_path / building.MANIFEST).write_text(text)
    assert read_manifest(tmp_path / building.MANIFEST) == {}


def test_inputs_change_with_data_charts_and_notebooks(data_copy, edit):
    same = building._inputs([ONE], str(data_copy))
    assert (
        same == building._inputs([ONE, ONE], str(data_copy)) != building._inputs([], str(data_copy))
    )
    edit(data_copy / "claims.csv", "scio-2021.canton-fees", "note", "Another note.")
    assert building._inputs([ONE], str(data_copy)) != same
    assert building.notebooks_folder().name == "notebooks"
    assert fingerprint(None) != fingerprint(None, [building.notebooks_folder()])


def test_a_folder_with_another_site_is_left_alone(tmp_path):
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(ExportError, match=r"holds an index\.html that no build of this site wrote"):
        building.build(tmp_path, [ONE])
    assert set(contents(tmp_path)) == {"index.html"}


def test_what_cannot_be_built_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(ExportError, match=r"cannot write to .*taken"):
        building.build(tmp_path / "taken", [ONE])
    with pytest.raises(UnknownIdError, match="did you mean canton-fair-shares"):
        building.build(tmp_path / "new", ["canton-fair-share"])
    assert set(contents(tmp_path)) == {"taken"}
    assert not (tmp_path / "new").exists()


def test_every_program_file_of_the_site_is_packaged():
    from hatchling.builders.wheel import WheelBuilder

    package = PROJECT / "src/analysis/publish/site"
    wanted = {
        f"analysis/publish/site/{path.relative_to(package).as_posix()}"
        for path in package.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert {Path(one).suffix for one in wanted} == {".py", ".html", ".css", ".js"}
    packed = {one.distribution_path for one in WheelBuilder(str(PROJECT)).recurse_included_files()}
    assert wanted <= packed


@pytest.fixture
def served(built):
    """The address of a server that shows the built site."""
    with server(built[0], 0) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield address(running)
        running.shutdown()
        thread.join()


def test_the_server_shows_the_site_and_no_lists_of_files(built, served):
    with urlopen(served) as answer:
        assert answer.headers["Content-Type"] == "text/html"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.read() == (built[0] / "index.html").read_bytes()
    connection = http.client.HTTPConnection(served.removeprefix("http://").rstrip("/"))
    for path, status in (
        ("/charts/", 404),
        ("/../../etc/passwd", 404),
        (f"/charts/{ONE}/index.html", 200),
        (f"/charts/{ONE}/{ONE}.csv", 200),
    ):
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == status, path
    connection.close()


def test_the_server_answers_on_this_machine_only(served):
    assert served.startswith("http://127.0.0.1:")


def test_what_cannot_be_served_is_said_in_a_sentence(built, tmp_path):
    with pytest.raises(AnalysisError, match="holds no site: make it with 'analysis site --out"):
        server(tmp_path, 0)
    with pytest.raises(AnalysisError, match="70000 is no port; allowed are 0 to 65535"):
        server(built[0], 70_000)
    with (
        server(built[0], 0) as running,
        pytest.raises(
            AnalysisError, match=r"port \d+ cannot be used: .*; choose another with --port"
        ),
    ):
        server(built[0], running.server_address[1])


@pytest.mark.parametrize(
    "arguments", [["serve", "no-such-folder"], ["site", "--chart", "no-such-chart"]]
)
def test_a_mistake_on_the_command_line_is_one_sentence_and_exit_code_two(
    arguments, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["analysis", *arguments])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr()
    assert stop.value.code == 2
    assert said.out == ""
    assert "Traceback" not in said.err
    assert "error: " in said.err
    assert not list(tmp_path.iterdir())


def test_the_command_says_where_the_site_is_and_that_nothing_changed(built, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["analysis", "site", "--out", str(built[0]), "--chart", ONE])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    said = capsys.readouterr().out
    assert stop.value.code in (0, None)
    assert str(built[0] / "index.html") in said
    assert "nothing had changed" in said
