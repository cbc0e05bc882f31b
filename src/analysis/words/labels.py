"""How notebooks, columns, units and price bases are called where a reader sees them as headings."""

from __future__ import annotations

from analysis.words.catalogue import words

# columns whose numbers are years or other marks of time: never with a thousands separator
TIMES = frozenset(
    {
        "year",
        "event_first",
        "event_last",
        "page_first",
        "page_last",
        "start",
        "end",
        "when",
        "x",
        "session",
        "power",
    }
)


def notebook_title(name: str, lang: str) -> str:
    """The title of a notebook; one that has none yet is called by its file.

    Examples
    --------
    >>> notebook_title("05_canton_fair_deals", "en"), notebook_title("13_border_trade", "en")
    ('Did the Canton Fair fee waiver pay?', '13 border trade')
    """
    return str(words("notebooks", lang).get(name, name.replace("_", " ")))


def column_words(chart_id: str, column: str, lang: str) -> str:
    """What a column of a chart's data holds; the column's own name where nobody said."""
    closer = words("column_of", lang).get(chart_id, {})
    return str(closer.get(column) or words("columns", lang).get(column, column))


def price_words(price_basis: str, lang: str) -> str:
    """A chart's price basis in words."""
    return str(words("prices", lang).get(price_basis or "none", price_basis))
