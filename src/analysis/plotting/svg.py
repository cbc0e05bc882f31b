"""A drawn SVG made ready to read: real text with its font, a title, and groups with names.

matplotlib writes one group for each thing it draws. Here these stand in ``headline``, ``marks``, ``labels`` and
``notes``, and the marks and words of one row of the data in a group of their own, which carries its values.
"""

from __future__ import annotations

import base64
import os
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from analysis.plotting.canvas import ROW, ChartFigure
from analysis.plotting.font_files import cut, numbers
from analysis.plotting.style import FAMILY, FILES, Size
from analysis.words.catalogue import locale

if TYPE_CHECKING:
    from analysis.plotting.view import Chart

NAMESPACES = {
    "": "http://www.w3.org/2000/svg",
    "xlink": "http://www.w3.org/1999/xlink",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
SVG = "{" + NAMESPACES[""] + "}"
# where the font cannot be loaded, as in some drawing programs
FALLBACK = "'Noto Sans SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"
ABOVE, BELOW = ("rule", "headline", "subtitle", "unit"), ("notes", "source")
HALO = "paint-order: stroke; stroke: #ffffff; stroke-width: 2px; stroke-linejoin: round"
for _prefix, _address in NAMESPACES.items():
    ET.register_namespace(_prefix, _address)


def finished(drawn: str, chart: Chart, figure: ChartFigure, size: Size) -> bytes:
    """The picture of a chart from what matplotlib drew of it."""
    root = ET.fromstring(drawn)
    width, height = figure.get_size_inches() * size.scale * 72
    root.set("width", f"{width:g}pt")
    root.set("height", f"{height:g}pt")
    _described(root, chart)
    _grouped(root, chart.spec.data, chart.spec.values)
    style = root.find(f"{SVG}defs/{SVG}style")
    if style is not None:
        style.text = (style.text or "") + "".join(_fonts(root))
    text = ET.tostring(root, encoding="unicode").replace(f"'{FAMILY}'", f"'{FAMILY}', {FALLBACK}")
    rule = "@font-face {{font-family: '{}'"
    text = text.replace(f"{rule.format(FAMILY)}, {FALLBACK}", rule.format(FAMILY))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _described(root: ET.Element, chart: Chart) -> None:
    """Title and description, for readers who hear the picture."""
    name, text = f"{chart.definition.chart_id}-{chart.lang}", chart.spec.text(chart.lang)
    root.set("role", "img")
    root.set("lang", locale(chart.lang))
    root.set("aria-labelledby", f"{name}-title")
    root.set("aria-describedby", f"{name}-desc")
    for place, (tag, words) in enumerate({"title": text.headline, "desc": text.alt}.items()):
        one = ET.Element(f"{SVG}{tag}", {"id": f"{name}-{tag}"})
        one.text, one.tail = words, "\n "
        root.insert(place, one)


def _grouped(root: ET.Element, data: pd.DataFrame, values: tuple[str, ...]) -> None:
    """Put everything drawn into named groups, in the order in which it lies on one another."""
    figure = root.find(f"{SVG}g")
    if figure is None:
        return
    groups = {
        name: ET.Element(f"{SVG}g", {"id": name})
        for name in ("headline", "marks", "labels", "notes")
    }
    rows: dict[str, ET.Element] = {}
    back = []
    for part in list(figure):
        name = part.get("id", "")
        kind = name.partition(":")[0]
        if kind in ABOVE or kind in BELOW:
            groups["headline" if kind in ABOVE else "notes"].append(_named(part, kind))
        elif name.startswith("axes"):
            for one in list(part):
                _sorted(one, groups, rows)
        else:
            back.append(part)
        figure.remove(part)
    for name, group in rows.items():
        for key, value in _row_values(data, values, name).items():
            group.set(key, value)
    figure.extend([*back, *groups.values()])


def _sorted(
    part: ET.Element, groups: Mapping[str, ET.Element], rows: dict[str, ET.Element]
) -> None:
    """Put one thing on the axes into the group of its row, the labels, or the marks."""
    name, texts = part.get("id", ""), list(part.iter(f"{SVG}text"))
    for text in texts:
        style = text.get("style", "")
        if "fill: #ffffff" not in style:
            text.set("style", f"{style}; {HALO}")
    if name.startswith(ROW):
        row = name.removeprefix(ROW)
        if row not in rows:
            identifier = re.sub(r"[^A-Za-z0-9_.-]+", "-", row)
            rows[row] = ET.SubElement(groups["marks"], f"{SVG}g", {"id": f"row-{identifier}"})
        rows[row].append(_named(part, ""))
    elif texts and name.startswith("matplotlib.axis"):
        for one in list(part):
            ticks = list(one)
            (
                groups["labels"]
                if one.find(f".//{SVG}text") is not None and len(ticks) < 1
                else groups["marks"]
            ).append(one)
    else:
        groups["labels" if texts else "marks"].append(part)


def _named(part: ET.Element, kind: str) -> ET.Element:
    """A part without the identifier that several share; its class says what it is."""
    for one in part.iter():
        if one.get("id", "").startswith((ROW, *(f"{name}:" for name in (*ABOVE, *BELOW)), "rule")):
            del one.attrib["id"]
    if kind:
        part.set("class", kind)
    return part


def _row_values(data: pd.DataFrame, values: tuple[str, ...], name: str) -> dict[str, str]:
    """The identifier of a row and its plotted values, as attributes."""
    found = {"data-id": name}
    for column in data.columns:
        same = data[data[column].astype(str) == name]
        if len(same) == 1 and column not in values:
            cells = same.iloc[0]
            kept = [one for one in values if isinstance(cells[one], int | float)]
            return found | {f"data-{one.replace('_', '-')}": f"{cells[one]:.12g}" for one in kept}
    return found


def _fonts(root: ET.Element) -> Iterator[str]:
    """The two weights of the font, each with the characters that the picture has, as rules of its style."""
    used: dict[str, set[str]] = {"normal": set(), "bold": set()}
    for text in root.iter(f"{SVG}text"):
        weight = (
            "bold"
            if re.search(r"font(?:-weight)?: (?:bold|700)\b", text.get("style", ""))
            else "normal"
        )
        used[weight] |= set("".join(text.itertext()))
    for weight, characters in used.items():
        if characters:
            path = os.path.realpath(FILES[weight])
            coded = base64.b64encode(cut(path, numbers(path, characters))[0]).decode()
            source = f"url(data:font/ttf;base64,{coded})"
            yield f"\n@font-face {{font-family: '{FAMILY}'; font-weight: {weight}; src: {source}}}"
