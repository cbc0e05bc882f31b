"""The results as Markdown: machine, versions, targets, tables."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from results import Section, Target, number
from rich.console import Console
from rich.markdown import Markdown

from analysis.records.files import write_whole

KEPT = Path(__file__).parent / "RESULTS.md"
PACKAGES = ("numpy", "scipy", "pandas")
ENGINE = "Benchmark of the scenario engine"


def cpu_model() -> str:
    """Name of the processor, no name of the machine."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text("utf-8", "replace").splitlines():
            if line.startswith(("model name", "Model")):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def memory_gb() -> str:
    """Memory of the machine."""
    try:
        return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 1e9:.0f} GB"
    except (AttributeError, ValueError, OSError):
        return "memory unknown"


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def load() -> str:
    """What else the machine was doing when the run began, as far as it says."""
    return (
        f"load average at the start {os.getloadavg()[0]:.1f}"
        if hasattr(os, "getloadavg")
        else "load average unknown"
    )


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return ["| " + " | ".join(row) + " |" for row in (header, ("---",) * len(header), *rows)]


def _target(one: Target) -> tuple[str, ...]:
    limit = f"{'at most' if one.at_most else 'at least'} {number(one.limit)}"
    measured = "not measured" if one.measured != one.measured else number(one.measured)
    return one.what, limit, measured, "reached" if one.reached else "**missed**"


def markdown(sections: list[Section], *, command: str, busy: str) -> str:
    """The page of the scenario engine.

    Parameters
    ----------
    sections : list of Section
    command : str
        What made it.
    busy : str
        What ``load`` said when the run began.
    """
    model = (
        "The model: three outputs of nine inputs from the records (Canton Fair deals × exchange rate ÷ fees; stated income net of costs ÷ pay at home; people with more income ÷ rural poor at the end of 2012), "
        "read to the next digit. The same distributions and formulas (`formulas.py`) for everyone; the run stops if engine and formulas differ."
    )
    return page(ENGINE, model, sections, command=command, busy=busy, packages=PACKAGES)


def page(
    title: str,
    about: str,
    sections: list[Section],
    *,
    command: str,
    busy: str,
    packages: tuple[str, ...],
) -> str:
    """A page of results: how it was made and on what, targets, tables.

    Parameters
    ----------
    title, about : str
        Heading of the page, and what is measured.
    packages : tuple of str
        Whose versions matter.
    """
    targets = [target for section in sections for target in section.targets]
    missed = sum(not target.reached for target in targets)
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    lines = [
        f"# {title}",
        "",
        f"Made by `{command}`; times differ from machine to machine, and only those of one run are compared.",
        "",
        about,
        "",
        f"Machine: {cpu_model()}, {cores()} cores, {memory_gb()}, {platform.system()} {platform.machine()}, {busy}. Python {platform.python_version()}, {versions}.",
        "",
        f"## Targets: {len(targets) - missed} of {len(targets)} reached",
        "",
        *_table(("what", "target", "measured", ""), [_target(one) for one in targets]),
    ]
    for section in sections:
        lines += [
            "",
            f"## {section.title}",
            "",
            section.method,
            "",
            *_table(section.header, section.rows),
        ]
    return "\n".join(lines) + "\n"


def kept(old: str, new: str) -> str:
    r"""A file of several pages with one of them replaced, or added at the end; the others stay as they are.

    Examples
    --------
    >>> kept("# One\n\na\n\n# Two\n\nb\n", "# One\n\nc\n")
    '# One\n\nc\n\n# Two\n\nb\n'
    """
    pages = {
        text.partition("\n")[0]: text.strip("\n")
        for text in re.split(r"^(?=# )", old, flags=re.M)
        if text.strip()
    }
    return "\n\n".join((pages | {new.partition("\n")[0]: new.strip("\n")}).values()) + "\n"


def finish(text: str, sections: list[Section], *, out: Path, keep: bool) -> int:
    """Store and show a page of results, and say what was missed.

    Parameters
    ----------
    text : str
        The page, of ``page``.
    sections : list of Section
        What stands in it.
    out : Path
        Folder for ``results.md``.
    keep : bool
        Whether it also takes its place in ``RESULTS.md``.

    Returns
    -------
    int
        What the program returns: 1 if a target is missed.
    """
    write_whole(out / "results.md", text.encode())
    if keep:
        write_whole(KEPT, kept(KEPT.read_text("utf-8"), text).encode())
    Console().print(Markdown(text))
    missed = [target for section in sections for target in section.targets if not target.reached]
    for target in missed:
        Console(stderr=True).print(
            f"missed: {target.what}: {_target(target)[2]} ({_target(target)[1]})", style="bold red"
        )
    return int(bool(missed))
