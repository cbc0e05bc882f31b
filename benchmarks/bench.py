"""Benchmark of the scenario engine against plain numpy and other libraries.

`make bench` runs it; the results are a table with targets, each reached or missed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import accuracy
import environment
import indices
import speed
import typer
from report import finish, markdown
from report import load as load_average
from results import Section
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from scenario import specification

from analysis.methods.scenarios import DRAWS
from analysis.records.files import write_whole
from analysis.records.load import Records, load

FULL = {"error": 40, "default": 15, "peers": 3, "indices": 3}
QUICK = {"error": 30, "default": 5, "peers": 1, "indices": 1}

app = typer.Typer(add_completion=False, rich_markup_mode=None)


def sections(records: Records, many: dict[str, int], progress: Progress) -> list[Section]:
    """Everything that is measured.

    Parameters
    ----------
    records : Records
    many : dict
        Repetitions of each part.
    progress : Progress
    """
    inputs = specification(records)

    def part(name: str, steps: int):
        task = progress.add_task(name, total=steps)
        return lambda: progress.advance(task)

    step = part("ordinary use", 2)
    ordinary = speed.ordinary_use(records, repetitions=many["default"])
    step()
    default = speed.times(records, inputs, DRAWS, repetitions=many["default"])
    step()
    step = part("error of the points", many["error"] + 1)
    reference = accuracy.converged(inputs)
    step()
    error = accuracy.measure(
        records, inputs, *reference, repetitions=many["error"], times=default, step=step
    )
    sobol = indices.measure(
        records, inputs, repetitions=many["indices"], step=part("Sobol indices", 3)
    )
    step = part("peers", 2 * len(environment.NAMES[:-1]))
    engine = {
        size: speed.times(records, inputs, size, repetitions=many["peers"])["engine"]
        for size in (DRAWS, speed.MILLION)
    }
    others = speed.peers(inputs, engine, reference[0], repetitions=many["peers"], step=step)
    return [error, sobol, ordinary, others]


@app.command()
def main(
    out: Annotated[Path, typer.Option(help="Folder for results.md and the inputs as JSON.")] = Path(
        "build/bench"
    ),
    quick: Annotated[
        bool, typer.Option("--quick", help="Few repetitions: a look, no measurement.")
    ] = False,
    keep: Annotated[
        bool,
        typer.Option(
            "--keep", help="Also write its part of benchmarks/RESULTS.md, which is committed."
        ),
    ] = False,
) -> None:
    """Measure the scenario engine, and hold it against its targets: 1 is returned if one is missed.

    Run it on a machine that does nothing else. The peers are installed into build/peers at the first run.

    Example: python benchmarks/bench.py --keep
    """
    console, busy = Console(stderr=True), load_average()
    if not environment.ready():
        with console.status("Installing the peers into build/peers (one or two minutes) ..."):
            environment.make()
    records = load()
    columns = (
        TextColumn("{task.description:<20}"),
        BarColumn(),
        TextColumn("{task.completed:g} of {task.total:g}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        found = sections(records, QUICK if quick else FULL, progress)
    text = markdown(
        found,
        command="make bench" if not quick else "python benchmarks/bench.py --quick",
        busy=busy,
    )
    write_whole(out / "inputs.json", (json.dumps(specification(records), indent=1) + "\n").encode())
    raise typer.Exit(finish(text, found, out=out, keep=keep))


if __name__ == "__main__":
    app()
