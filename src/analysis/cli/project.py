"""Commands for a whole project, the same on every system: init, build, test, lab."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.app import app, many, say
from analysis.environment import pinned
from analysis.records import paths
from analysis.records.errors import AnalysisError

# one worker a processor, at most four; long modules are not the last
PYTEST = "pytest -n logical --maxprocesses 4 --dist loadscope --no-loadscope-reorder"
NBVAL = (
    f"{PYTEST} --nbval --nbval-current-env -p analysis.publish.nbval_bytes -p no:cacheprovider"
    " notebooks"
)
TESTS = {  # what `analysis test` runs
    "lint": ("ruff format --check .", "ruff check .", "mypy"),
    "unit": (f"{PYTEST} tests",),
    "nbval": (NBVAL,),
}
CONTAINER = (Path("/.dockerenv"), Path("/run/.containerenv"))  # of Docker, of Podman
QUICK = (
    "tests/audit tests/bounds tests/provenance tests/words tests/test_architecture.py"
    " tests/test_docs.py tests/test_notebooks.py tests/test_pins.py tests/test_snapshot.py"
)
MORE_TESTS = {  # only when asked for
    "quick": ("ruff check .", f"{PYTEST} {QUICK}"),
    "full": (f"{PYTEST} -m full tests",),
}


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    title: Annotated[
        str | None, typer.Option(help="What the collection is about; by default the folder's name.")
    ] = None,
) -> None:
    """Start your own collection, of any country and topic: empty tables, a notebook, a README.

    With --data DIR, or the environment variable ANALYSIS_DATA, every command works on it.

    Example: analysis init villages --title "Rural programmes of India"
    """
    from analysis.cli.new.collection import new_collection

    made = new_collection(folder, title or folder.resolve().name.replace("_", " ").capitalize())
    made.write()
    say(f"An empty collection is in {folder}. Next:")
    say("\n".join(f"  {line}" for line in made.then))


@app.command()
def build(out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("build")) -> None:
    """Check the data, run every notebook and export every chart.

    Example: analysis build --out build
    """
    start = time.monotonic()
    books, charts = out / "notebooks", out / "exports"
    for words in (
        ("check",),
        ("run", "--out", str(books)),
        ("export", "--all", "--out", str(charts)),
    ):
        if code := _code("analysis", *words):
            raise typer.Exit(code)
    for what, folder in (("Notebooks:", books), ("Charts:   ", charts)):
        number = sum(path.is_file() for path in folder.rglob("*"))
        say(f"{what} {folder}, {many(number, 'file')}.")
    say(f"Done in {time.monotonic() - start:.0f} s.")


@app.command("test")
def run_tests(
    steps: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[STEP...]",
            help=f"{', '.join(TESTS)}, by default all of these; or {', '.join(MORE_TESTS)}.",
        ),
    ] = None,
) -> None:
    """Check style and types, run the unit tests, and execute the notebooks: nbval judges cells, then every byte.

    A step that fails does not keep the others from running.

    Example: analysis test lint unit
    """
    if not paths.IN_CLONE:
        raise AnalysisError(
            "the tests are in a clone of the project; the installed package has none"
        )
    for name in steps or ():
        if name not in TESTS | MORE_TESTS:
            allowed = ", ".join(TESTS | MORE_TESTS)
            raise AnalysisError(f"{name!r} is no step; allowed are {allowed}")
    start, failed, chosen = time.monotonic(), [], list(dict.fromkeys(steps or TESTS))
    for name in chosen:
        say(f"== {name}")
        if any(
            [_code(*words.split(), folder=paths.PROJECT) for words in (TESTS | MORE_TESTS)[name]]
        ):
            failed.append(name)
    took = f"in {time.monotonic() - start:.0f} s"
    if failed:
        say(f"Tests FAILED {took}: {', '.join(failed)}.")
        raise typer.Exit(1)
    say(f"Tests passed {took}: {', '.join(chosen)}.")


@app.command()
def lab(
    port: Annotated[int, typer.Option(help="Port of this machine; 0 takes a free one.")] = 0,
    host: Annotated[
        str, typer.Option(help="Address to bind to; by default only this machine can reach it.")
    ] = "127.0.0.1",
) -> None:
    """Open the notebooks in JupyterLab, and say the address of the first; until interrupted with Ctrl-C.

    An installed package first copies them to the folder 'notebooks', where they can be changed.

    Example: analysis lab --port 8888

    Example: analysis lab --port 8888 --host 0.0.0.0
    """
    folder = paths.notebooks_folder()
    first = paths.notebook_paths()[0].name
    if not paths.IN_CLONE and folder.is_relative_to(paths.PACKAGE):
        folder = Path("notebooks").resolve()
        if not folder.exists():
            shutil.copytree(paths.notebooks_folder(), folder)
    paths.check_not_hidden(folder)
    chosen, token = port or _free_port(), secrets.token_hex(16)
    address = f"http://127.0.0.1:{chosen}/lab/tree/{first}?token={token}"
    say(f"The notebooks are at {address} (Ctrl-C ends it)")
    if hint := from_elsewhere(
        os.environ, chosen, host, in_container=any(map(Path.exists, CONTAINER))
    ):
        say(hint)
    options = [
        f"--ServerApp.ip={host}",
        f"--ServerApp.port={chosen}",
        "--ServerApp.port_retries=0",
        "--ServerApp.log_level=WARN",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{first}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    settings = paths.PROJECT / "tools/jupyter"  # without requests for news; none in a package
    environment = {"JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": str(settings)}
    raise typer.Exit(_code("jupyterlab", *options, environment=environment))


def from_elsewhere(
    environment: Mapping[str, str], port: int, host: str, *, in_container: bool
) -> str:
    """How the server is reached from another machine, where this one is far away or a container; "" where it is neither.

    Examples
    --------
    >>> from_elsewhere({"SSH_CONNECTION": "a 1 b 2"}, 8888, "127.0.0.1", in_container=False)
    'From your own machine: ssh -L 8888:127.0.0.1:8888 HOST, then the same address'
    >>> from_elsewhere({}, 8888, "127.0.0.1", in_container=False)
    ''
    """
    if "KUBERNETES_SERVICE_HOST" in environment:
        return (
            f"From your own machine: kubectl port-forward POD {port}:{port}, then the same address"
        )
    if in_container and host == "127.0.0.1":
        return f"From outside the container: publish the port (docker run -p {port}:{port} …) and start with --port {port} --host 0.0.0.0, then the same address"
    if "SSH_CONNECTION" in environment:
        return f"From your own machine: ssh -L {port}:127.0.0.1:{port} HOST, then the same address"
    return ""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _code(
    module: str, *words: str, folder: Path | None = None, environment: dict[str, str] | None = None
) -> int:
    """What a module of this environment ends with, run as a program where last digits are fixed."""
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=folder,
        env=pinned(os.environ) | (environment or {}),
        check=False,
    ).returncode
