"""What must be fixed so that the last digits and the outputs repeat; used wherever notebooks run."""

from __future__ import annotations

import platform
from collections.abc import Mapping

CLEARED = ("MPLBACKEND", "PYTHONWARNINGS", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
FIXED = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
FIXED_ON_X86 = {"OPENBLAS_CORETYPE": "Haswell"}


def pinned(environment: Mapping[str, str]) -> dict[str, str]:
    """A copy of the environment without what changes results, and with what pins them.

    Parameters
    ----------
    environment : mapping
        For example ``os.environ``; it is not changed.

    Examples
    --------
    >>> pinned({"MPLBACKEND": "agg", "HOME": "/"})["OMP_NUM_THREADS"]
    '1'
    """
    kept = {name: value for name, value in environment.items() if name not in CLEARED}
    x86 = platform.machine().lower() in ("x86_64", "amd64")
    return kept | FIXED | (FIXED_ON_X86 if x86 else {})
