"""What follows: one module per notebook; pure functions from records to frozen findings."""

from __future__ import annotations

import functools
import importlib

from analysis.quantities.finding import Finding
from analysis.records.errors import UnknownIdError
from analysis.records.load import Records

MODULES = {"context": "context", "ecommerce": "ecommerce", "labor": "labor", "canton-fair": "canton"}


@functools.lru_cache(maxsize=16)
def all_findings(records: Records, topic: str | None = None) -> tuple[Finding, ...]:
    """Every finding, or those of one topic.

    Parameters
    ----------
    records : Records
    topic : {"ecommerce", "labor", "canton-fair"}, optional

    Raises
    ------
    UnknownIdError
        If there is no such topic.
    """
    if topic is not None and topic not in MODULES:
        raise UnknownIdError("topic", topic, MODULES)
    wanted = [topic] if topic else list(MODULES)
    return tuple(one for name in wanted for one in importlib.import_module(f"analysis.topics.{MODULES[name]}").findings(records))


def one_finding(records: Records, value_id: str) -> Finding:
    """The finding with this identifier; raises UnknownIdError with the nearest ids."""
    known = {one.value_id: one for one in all_findings(records)}
    if value_id not in known:
        raise UnknownIdError("finding", value_id, known)
    return known[value_id]
