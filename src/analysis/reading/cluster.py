"""Batches of files on a Dask cluster: a local one, or one that is there already."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any

from analysis.reading.archive import Task, outcome_of
from analysis.reading.journal import Outcome
from analysis.records.errors import AnalysisError

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 3  # batches for each thread, so that none waits and few are held
PATIENCE = 20  # seconds for a scheduler or its workers to answer


def on_cluster(
    batches: Iterator[list[Task]], everything: bool, *, workers: int, scheduler: str, folder: str
) -> Iterator[Outcome]:
    """Yield what the files give, as they are done, in any order.

    What a worker that dies was reading is read by another. A file that ends worker after worker is
    its own problem, found by reading the files of its batch singly at the end.

    Raises
    ------
    AnalysisError
        If Dask is not installed, no worker answers, or the workers lack the folder or this package.
    """
    try:
        from distributed import KilledWorker, as_completed
    except ImportError:
        raise AnalysisError(
            "several workers need Dask, which is not installed: pip install '.[archive]'"
        ) from None
    with ExitStack() as stack:
        client = _client(stack, workers, scheduler)
        ahead = AHEAD * _threads(client, folder)
        running: dict[Any, list[Task]] = {}
        finished: Any = as_completed(loop=client.loop)
        suspects: list[Task] = []

        def submit(batch: list[Task]) -> None:
            future = client.submit(read_batch, batch, everything, pure=False)
            running[future.key] = batch
            finished.add(future)

        for batch in islice(batches, ahead):
            submit(batch)
        for future in finished:
            batch = running.pop(future.key)
            try:
                yield from _result(future)
            except KilledWorker:
                suspects += batch
            for more in islice(batches, 1):
                submit(more)
        for task in suspects:  # one at a time: Dask blames all that waited at the worker that died
            try:
                yield from _result(client.submit(read_batch, [task], everything, pure=False))
            except KilledWorker:
                yield Outcome(task[0], problem="it ended every worker that read it")


def _result(future: Any) -> list[Outcome]:
    """What a batch gave; raises KilledWorker, or AnalysisError for what no file can cause."""
    from distributed import KilledWorker

    try:
        found: list[Outcome] = future.result()
    except KilledWorker:
        raise
    except Exception as error:
        raise AnalysisError(
            f"a Dask worker failed ({type(error).__name__}: {error}); every worker needs this package in the same version. What was read is kept: run the command again"
        ) from None
    return found


def read_batch(batch: list[Task], everything: bool) -> list[Outcome]:
    """Return what each file of a batch gives; run by a worker."""
    return [outcome_of(task, everything) for task in batch]


def _client(stack: ExitStack, workers: int, scheduler: str) -> Client:
    """A client of the scheduler named, or of a cluster of processes on this machine."""
    from distributed import Client, LocalCluster

    address: Any = scheduler
    if not scheduler:
        cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs=logging.CRITICAL,
        )
        address = stack.enter_context(cluster)
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise AnalysisError(f"no Dask scheduler answers at {scheduler} ({error})") from None
    stack.enter_context(client)
    return client


def _threads(client: Client, folder: str) -> int:
    """Threads of all workers; raises AnalysisError if there is none, or one does not see the folder."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        raise AnalysisError("the Dask scheduler has no workers") from None
    blind = [worker for worker, seen in client.run(os.path.isdir, folder).items() if not seen]
    if blind:
        raise AnalysisError(
            f"{blind[0]} does not see {folder}: every worker needs the folder under the same path"
        )
    return sum(client.nthreads().values())
