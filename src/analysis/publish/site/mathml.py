"""The formulas of the notebooks as MathML, which browsers show without script."""

from __future__ import annotations

from html import escape

from latex2mathml import exceptions
from latex2mathml.converter import convert

NO_FORMULA = tuple(
    kind
    for kind in vars(exceptions).values()
    if isinstance(kind, type) and issubclass(kind, Exception)
)
REFUSED = (
    "&",
    '"',
    r"\href",
    r"\style",
    r"\class",
    r"\id",
)  # what could become markup of another kind: the library does not escape
LEFT_OVER = ("\\", "{", "}")  # of TeX, where the library passes on what it does not know


def formula(tex: str) -> str:
    r"""A formula as MathML; what is none is shown as it is written.

    Examples
    --------
    >>> formula("\\unknown")
    '<code>\\unknown</code>'
    """
    try:
        made = (
            convert(tex.replace("<", r" \lt ").replace(">", r" \gt "))
            if not any(part in tex for part in REFUSED)
            else LEFT_OVER[0]
        )
    except NO_FORMULA:
        made = LEFT_OVER[0]
    return f"<code>{escape(tex)}</code>" if any(sign in made for sign in LEFT_OVER) else made
