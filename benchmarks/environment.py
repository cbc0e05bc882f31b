"""The peers' own environment: made from requirements.txt, each peer apart if they do not install together."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
FOLDER = HERE.parent / "build" / "peers"
NAMES = ("numpy", "squigglepy", "pint", "mcerp", "monaco", "salib")
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "-qq", "install")
NO_PLACE = re.compile(r"\S*[/\\]\S*")  # paths and addresses are of this machine
INSTALL_SECONDS, RUN_SECONDS = 600, 300


def python() -> Path:
    """The interpreter of the peers' environment."""
    return FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def ready() -> bool:
    """Whether the environment was made, whole, from the requirements as they are."""
    stamp = FOLDER / ".requirements"
    return (
        stamp.exists()
        and stamp.read_text("utf-8") == REQUIREMENTS.read_text("utf-8")
        and python().exists()
    )


def make() -> None:
    """Make the environment; a peer that does not install is left out, and fails with its reason when it is run."""
    venv.EnvBuilder(clear=True, with_pip=True).create(FOLDER)
    if _pip("-r", str(REQUIREMENTS)):
        for name in NAMES:
            _pip("-c", str(REQUIREMENTS), name)
    (FOLDER / ".requirements").write_text(REQUIREMENTS.read_text("utf-8"), "utf-8")


def _pip(*arguments: str) -> int:
    try:
        return subprocess.run(
            [python(), *PIP, *arguments], capture_output=True, timeout=INSTALL_SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def run(script: str, *arguments: object, text: str = "") -> tuple[str, str]:
    """Run a script of this folder in a fresh process.

    Returns
    -------
    tuple of str
        What it printed, and why it failed (empty if it did not), without paths and addresses.
    """
    command = [python(), HERE / script, *map(str, arguments)]
    try:
        done = subprocess.run(
            command, input=text, capture_output=True, text=True, timeout=RUN_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return "", f"no result after {RUN_SECONDS} s"
    except OSError as error:
        return "", type(error).__name__
    if done.returncode:
        lines = done.stderr.strip().splitlines() or [f"ended with {done.returncode}"]
        return "", NO_PLACE.sub("...", lines[-1])[:200]
    return done.stdout, ""
