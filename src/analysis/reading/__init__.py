"""Figures read out of English and Chinese sentences, for a person to accept.

``read`` gives candidates for a person to accept; ``numbers`` the numbers of a short phrase, to hold
a coded claim against its words; ``dates`` the dates of a text; ``find_quotation`` the place of a
quotation; ``decode`` the text of a file's bytes.
"""

from analysis.reading.dates import Dated, dates
from analysis.reading.encoding import Decoded, decode
from analysis.reading.model import Bound, Candidate, Kind
from analysis.reading.quotation import find as find_quotation
from analysis.reading.quotation import find_all as find_quotations
from analysis.reading.reader import read
from analysis.reading.said import Said, fits, numbers
from analysis.records.quotation import length as quotation_length
from analysis.records.quotation import too_long as quotation_too_long

__all__ = [
    "Bound",
    "Candidate",
    "Dated",
    "Decoded",
    "Kind",
    "Said",
    "dates",
    "decode",
    "find_quotation",
    "find_quotations",
    "fits",
    "numbers",
    "quotation_length",
    "quotation_too_long",
    "read",
]
