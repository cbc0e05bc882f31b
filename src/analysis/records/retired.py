"""Identifiers that are gone, and what took their place."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib.resources import files


@functools.cache
def retired() -> Mapping[str, tuple[str, ...]]:
    """Successors of each retired identifier, the nearest first."""
    text = files(__package__).joinpath("retired.toml").read_text("utf-8")
    return {name: tuple(successors) for name, successors in tomllib.loads(text).items()}
