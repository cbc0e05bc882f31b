"""Binder and the devcontainer install what `make setup` installs, from the same pins, and name nothing else."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from analysis.environment import FIXED, FIXED_ON_X86
from analysis.records.paths import PROJECT

BINDER, DEVCONTAINER = PROJECT / ".binder", PROJECT / ".devcontainer/devcontainer.json"
START = "notebooks/00_start_here.ipynb"
PYTHON = next(
    entry.removeprefix("python=")
    for entry in yaml.safe_load((PROJECT / "environment.yml").read_text("utf-8"))["dependencies"]
    if isinstance(entry, str) and entry.startswith("python=")
)
INSTALLS = [
    "-m pip install --no-cache-dir --require-hashes -r requirements.lock",
    "-m pip install --no-cache-dir --no-deps --no-build-isolation -e .",
]
NAMED = re.compile(
    r"://|\b[\w-]+\.(?:org|com|net|io|dev|cn)\b|[\w-]+\s*==|--(?:extra-)?index"
)  # an address, a host, a pin of its own


def published() -> list[Path]:
    return [path for path in (*sorted(BINDER.iterdir()), DEVCONTAINER) if path.is_file()]


def ran(script: str, folder: Path, *words: str) -> list[str]:
    """What a script calls, word by word, with a python and a program that only write down how they were called."""
    folder.mkdir()
    for name in ("python", "pip", "conda", "lab"):
        (folder / name).write_text(
            f'#!/bin/sh\necho "{name} $* $OPENBLAS_NUM_THREADS $OMP_NUM_THREADS $OPENBLAS_CORETYPE" >> "{folder}/called"\n',
            "utf-8",
        )
        (folder / name).chmod(0o755)
    shutil.copy(BINDER / script, folder / "script")
    subprocess.run(
        [folder / "script", *words],
        check=True,
        cwd=folder,
        env={"PATH": f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin"},
    )
    return (folder / "called").read_text("utf-8").splitlines()


def test_binder_installs_the_lock_with_its_hashes_and_the_project(tmp_path):
    assert {path.name for path in BINDER.iterdir()} == {"runtime.txt", "postBuild", "start"}
    assert [line.rstrip() for line in ran("postBuild", tmp_path / "it's here")] == [
        f"python {words}" for words in INSTALLS
    ]


def test_a_failed_install_ends_the_build(tmp_path):
    (tmp_path / "python").write_text("#!/bin/sh\nexit 1\n", "utf-8")
    (tmp_path / "python").chmod(0o755)
    assert (
        subprocess.run(
            [BINDER / "postBuild"],
            env={"PATH": f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin"},
            check=False,
        ).returncode
        == 1
    )


def test_binder_fixes_what_moves_the_last_digit(tmp_path):
    x86 = (
        FIXED_ON_X86["OPENBLAS_CORETYPE"]
        if os.uname().machine.lower() in ("x86_64", "amd64")
        else ""
    )
    wanted = ["lab", "--port", "8888", FIXED["OPENBLAS_NUM_THREADS"], FIXED["OMP_NUM_THREADS"], x86]
    assert [
        line.rstrip() for line in ran("start", tmp_path / "started", "lab", "--port", "8888")
    ] == [" ".join(wanted).rstrip()]


def test_both_take_the_python_of_the_pins():
    assert (BINDER / "runtime.txt").read_text("utf-8").strip() == f"python-{PYTHON}"
    container = json.loads(DEVCONTAINER.read_text("utf-8"))
    assert re.fullmatch(rf"python:{re.escape(PYTHON)}-\w+", container["image"])
    assert container["postCreateCommand"] == f"make setup PYTHON=python{PYTHON}"


def test_the_devcontainer_installs_by_make_and_opens_the_start():
    container = json.loads(DEVCONTAINER.read_text("utf-8"))
    assert {name for name in container if name.endswith("Command")} == {"postCreateCommand"}
    assert not {"build", "dockerFile", "features"} & container.keys()
    assert re.search(r"^setup:", (PROJECT / "Makefile").read_text("utf-8"), re.M)
    assert container["customizations"]["codespaces"]["openFiles"] == [START]
    assert (PROJECT / START).is_file()
    assert (
        container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
        == "${containerWorkspaceFolder}/.venv/bin/python"
    )
    assert container["containerEnv"] == FIXED
    (mount,) = container["mounts"]
    assert "target=${containerWorkspaceFolder}/.venv,type=volume" in mount, (
        "a .venv of the host has another Python"
    )


def test_the_makefile_installs_the_same_way():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    for words in INSTALLS:
        assert words.removeprefix("-m pip ").replace("--no-cache-dir ", "") in makefile


@pytest.mark.parametrize("path", published(), ids=lambda path: path.name)
def test_no_version_host_or_address_stands_in_them(path):
    text = path.read_text("utf-8")
    assert not NAMED.search(text), NAMED.search(text)
    assert text.endswith("\n")
    assert "\r" not in text


@pytest.mark.parametrize(
    "text",
    ["pip install pandas==3.1.1", "https://somewhere", "files.somewhere.org", "--extra-index x"],
)
def test_the_search_for_what_is_named_can_fail(text):
    assert NAMED.search(text)


def test_the_readme_says_how_to_open_both():
    text = (PROJECT / "README.md").read_text("utf-8")
    assert f"?urlpath=lab/tree/{START}" in text
    assert "devcontainer" in text
