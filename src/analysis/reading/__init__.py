"""Figures read out of English and Chinese sentences: number, bound, unit, who is counted, when, where."""

from analysis.reading.model import Bound, Candidate, Kind
from analysis.reading.reader import read

__all__ = ["Bound", "Candidate", "Kind", "read"]
