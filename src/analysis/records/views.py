"""How a notebook shows one record: a table of its fields."""

from __future__ import annotations

import dataclasses
from html import escape
from typing import Any


def fields_html(record: Any) -> str:
    """The fields of a dataclass that hold something, as a table; tuples are joined.

    Parameters
    ----------
    record : dataclass instance
    """
    rows = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if dataclasses.is_dataclass(value) or value in ("", None, ()):
            continue
        text = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        rows.append(
            f'<tr><th style="text-align:left">{escape(field.name)}</th>'
            f'<td style="text-align:left">{escape(text)}</td></tr>'
        )
    # the class keeps Jupyter from reading dollars as formulas
    return f'<table class="tex2jax_ignore"><tbody>{"".join(rows)}</tbody></table>'
