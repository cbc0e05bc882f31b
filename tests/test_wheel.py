"""What is installed from the wheel works outside a clone, and changes nothing of what was installed."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from analysis.environment import pinned
from analysis.records.paths import PROJECT

CHART = "canton-fair-deals-per-yuan-waived"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", out],
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A new environment with the wheel, which takes the other packages from this one; its command."""
    folder = tmp_path_factory.mktemp("an environment")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    # a path in a .pth is put on sys.path; the .pth files in it, such as the clone's, are not read
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    python = folder / "bin/python"
    subprocess.run(
        [
            sys.executable,
            *("-m", "pip", "--disable-pip-version-check", "--quiet", "--python", python),
            *("install", "--no-deps", "--no-index", "--force-reinstall", wheel),
        ],
        check=True,
        capture_output=True,
    )
    return folder / "bin/analysis"


@pytest.fixture
def run(installed, tmp_path):
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed, *words],
            cwd=tmp_path,
            env=pinned({"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_wheel_holds_what_the_clone_holds_and_no_drafts(wheel):
    with zipfile.ZipFile(wheel) as held:
        names = {
            name.removeprefix("analysis/collection/")
            for name in held.namelist()
            if name.startswith("analysis/collection/")
        }
    tracked = subprocess.run(
        ["git", "ls-files", "data", "docs", "notebooks"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.splitlines()
    if not tracked:
        pytest.skip("not a git clone")
    assert names == {name for name in tracked if not name.startswith("data/drafts/")}


def test_it_is_the_installed_package_that_answers(installed):
    said = subprocess.run(
        [installed.parent / "python", "-c", "import analysis; print(analysis.__file__)"],
        cwd=installed.parent,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert Path(said.strip()).is_relative_to(installed.parents[1])


@pytest.mark.full
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "claims"), "scio-2021.canton-deals"),
        (("check",), ""),
        (("trace", "canton-fair.deals-per-yuan-waived"), "scio-2021.canton-fees"),
        (("cite", "scio-2021.canton-deals"), "2021"),
        (("list", "notebooks"), "05_canton_fair_deals"),
    ],
    ids=lambda words: words[0] if isinstance(words, tuple) else "",
)
def test_look_ups_answer(run, words, said):
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout


@pytest.mark.full
def test_charts_site_and_notebooks_are_made_in_the_folder_of_the_user(run, tmp_path):
    for words in (
        ("export", CHART, "--lang", "zh", "--format", "png", "--out", "charts"),
        ("report", CHART, "--lang", "en", "--out", "office"),
        ("run", "02_context_and_benchmarks", "--out", "books"),
    ):
        done = run(*words)
        assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob("*.*") if path.is_file()}
    assert {"charts", "office", "books"} <= made
    assert (tmp_path / f"charts/{CHART}/{CHART}.zh.page.png").is_file()


@pytest.mark.full
@pytest.mark.parametrize(
    "words", [("agreement", "--write"), ("new", "source", "gansu-2018")], ids=" ".join
)
def test_what_was_installed_is_not_changed(run, words):
    done = run(*words)
    assert done.returncode == 2
    assert "belongs to the installed package" in done.stderr
    assert len(done.stderr.splitlines()) == 1
