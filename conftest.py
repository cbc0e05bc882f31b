"""Pins the environment of every kernel and process that the tests start."""

import os

from analysis.environment import pinned

_fixed = pinned(os.environ)
for _name in set(os.environ) - set(_fixed):
    del os.environ[_name]
os.environ.update(_fixed)
