"""How much memory a piece of work takes, and how long; only the standard library, for both environments."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
MEGABYTE = 1e6


def _status(key: str) -> float:
    line = next(
        line for line in STATUS.read_text("ascii").splitlines() if line.startswith(key + ":")
    )
    return int(line.split()[1]) * 1024 / MEGABYTE


def _peak() -> float:
    """Peak resident memory of this process so far, in MB."""
    if STATUS.exists():
        return _status("VmHWM")
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        * (1 if sys.platform == "darwin" else 1024)
        / MEGABYTE
    )


def growth(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that work takes, and MB of peak resident memory beyond what the process holds before it.

    On Linux memory that is free is given back first and the peak is set back to what is held (so that
    neither the peak of the imports nor free memory left by them hides anything). Elsewhere the peak
    since the start of the process has to do.
    """
    gc.collect()
    if STATUS.exists():
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).malloc_trim(0)
        with contextlib.suppress(OSError):
            CLEAR.write_text("5", "ascii")
        before = _status("VmRSS")
    else:
        before = _peak()
    start = time.perf_counter()
    work()
    seconds = time.perf_counter() - start
    return seconds, _peak() - before


def seconds_of(work: Callable[[], object]) -> float:
    """Seconds that work takes; rubbish of earlier work is removed first."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
