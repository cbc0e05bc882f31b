"""Executing the notebooks: to a folder, into the stored files, or against them byte for byte."""

from __future__ import annotations

import ast
import asyncio
import difflib
import os
import platform
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError

from analysis.environment import pinned
from analysis.records.errors import AnalysisError, UnknownIdError
from analysis.records.files import write_whole
from analysis.words.catalogue import check_language

AT_ONCE = 2
SECONDS_PER_CELL = 120
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PICTURES_COMPARED_ON = ("Linux", "x86_64")  # where the stored pictures were made
ANSI = re.compile(r"\x1b\[[0-9;]*m")
SHOWN = 12  # lines of a difference
PARAMETERS, INJECTED = "parameters", "injected-parameters"  # tags, as papermill has them


@dataclass(frozen=True)
class Run:
    """A notebook that was executed: its name, its new text, and what went wrong, if anything."""

    name: str
    text: str
    problem: str = ""


def execute(
    paths: list[Path],
    *,
    done: Callable[[Run], None] = lambda run: None,
    data: str | None = None,
    parameters: Mapping[str, object] = MappingProxyType({}),
) -> list[Run]:
    """Execute notebooks, two at a time, each in a fresh kernel.

    Parameters
    ----------
    paths : list of Path
    done : callable
        Called with each run as it ends.
    data : str, optional
        Another data folder for the notebooks to read.
    parameters : mapping
        Values for names of the cell tagged "parameters", which every notebook must then have.

    Returns
    -------
    list of Run
        In the order of ``paths``.
    """

    async def together() -> list[Run]:
        places = asyncio.Semaphore(AT_ONCE)

        async def one(path: Path) -> Run:
            async with places:
                run = await _execute_one(path, data, parameters)
            done(run)
            return run

        return list(await asyncio.gather(*(one(path) for path in paths)))

    return asyncio.run(together())


def with_parameters(
    book: nbformat.NotebookNode, name: str, parameters: Mapping[str, object]
) -> None:
    """Put values behind the cell tagged "parameters", in a cell of their own, as papermill does.

    Raises
    ------
    AnalysisError
        If the notebook has no such cell, or the cell does not assign one of the names.
    """
    if not parameters:
        return
    tagged = [
        place
        for place, cell in enumerate(book.cells)
        if PARAMETERS in cell.metadata.get("tags", [])
    ]
    if not tagged:
        raise AnalysisError(f"{name} has no parameters: no cell is tagged {PARAMETERS!r}")
    known = [
        target.id
        for node in ast.parse(book.cells[tagged[0]].source).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    ]
    for wanted in parameters:
        if wanted not in known:
            raise UnknownIdError(f"parameter of {name}", wanted, known)
    source = "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    cell = nbformat.v4.new_code_cell(source, metadata={"tags": [INJECTED]})
    book.cells.insert(tagged[0] + 1, cell)


async def _execute_one(path: Path, data: str | None, parameters: Mapping[str, object]) -> Run:
    book = nbformat.read(path, as_version=4)
    with_parameters(book, path.stem, parameters)
    client = NotebookClient(
        book,
        timeout=SECONDS_PER_CELL,
        kernel_name=KERNEL["name"],  # an editor may have stored the name of its own
        shutdown_kernel="immediate",
        record_timing=False,
        store_widget_state=False,
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.comm_open_handlers = {}  # with the stock handlers an output widget can hang for ever
    client.extra_arguments = [
        "--log-level=40"
    ]  # the kernel talks on the loopback only and need not warn of it
    environment = pinned(os.environ) | (
        {"ANALYSIS_DATA": str(Path(data).resolve())} if data else {}
    )
    try:
        await client.async_execute(env=environment)
    except CellExecutionError as error:
        return Run(path.stem, "", f"a cell failed: {error.ename}: {ANSI.sub('', error.evalue)}")
    except CellTimeoutError:
        return Run(path.stem, "", f"a cell took longer than {SECONDS_PER_CELL} s")
    except RuntimeError as error:  # the kernel did not start, or died
        return Run(path.stem, "", str(error))
    return Run(path.stem, canonical(book))


def canonical(book: nbformat.NotebookNode) -> str:
    """A notebook as text, without anything that differs from run to run; alt texts beside pictures."""
    book.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for place, cell in enumerate(book.cells):
        cell["id"] = f"cell-{place:02d}"
        if cell.cell_type != "code":
            cell.metadata = nbformat.from_dict({})
            continue
        for output in cell.outputs:
            output.get("data", {}).pop(WIDGET, None)  # it names a widget of a kernel that is gone
        alts = [
            output.metadata["image/png"]["alt"]
            for output in cell.outputs
            if "alt" in output.get("metadata", {}).get("image/png", {})
        ]
        tags = [tag for tag in (PARAMETERS, INJECTED) if tag in cell.metadata.get("tags", [])]
        kept = {"mystnb": {"image": {"alt": alts[-1]}}} if alts else {}
        cell.metadata = nbformat.from_dict(kept | ({"tags": tags} if tags else {}))
    text: str = nbformat.writes(book, version=4)
    return text + "\n"


def differences(path: Path, run: Run) -> Iterator[str]:
    """What a fresh execution does otherwise than the stored notebook, cell by cell."""
    stored = nbformat.read(path, as_version=4)
    fresh = nbformat.reads(run.text, as_version=4)
    if pictures_compared() and path.read_text("utf-8") == run.text:
        return
    found = False
    for place, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=True)):
        if lines := _cell_difference(old, new):
            found = True
            yield (
                f"{path.name}, cell {place} ({old.source.splitlines()[-1] if old.source else ''}):\n"
                + "\n".join(lines[:SHOWN])
            )
    if not found and pictures_compared():
        yield f"{path.name}: differs outside the outputs (metadata or layout of the file); store it with 'make update-notebooks'"


def pictures_compared() -> bool:
    """Whether this machine draws the same pixels as the one that stored the notebooks."""
    return (platform.system(), platform.machine()) == PICTURES_COMPARED_ON


def _cell_difference(old: nbformat.NotebookNode, new: nbformat.NotebookNode) -> list[str]:
    before, after = _output_lines(old), _output_lines(new)
    return [
        line
        for line in difflib.unified_diff(before, after, "stored", "now", n=0, lineterm="")
        if not line.startswith("@@")
    ]


def _output_lines(cell: nbformat.NotebookNode) -> list[str]:
    lines = [f"execution_count {cell.get('execution_count')}"] if cell.cell_type == "code" else []
    for output in cell.get("outputs", []):
        for mime, content in sorted(output.get("data", {"text": output.get("text", "")}).items()):
            if mime == "image/png":
                lines += (
                    [f"picture of {len(content)} characters, {content[-24:]}"]
                    if pictures_compared()
                    else []
                )
            elif mime != "text/html" or "text/plain" not in output.get("data", {}):
                lines += str(content).splitlines()
            else:
                lines += [f"html {line}" for line in str(content).splitlines()]
    return lines


def store(path: Path, text: str) -> bool:
    """Write a notebook if it changed, whole or not at all; tells whether it did."""
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    write_whole(path, text.encode("utf-8"))
    return True


def as_html(text: str, name: str, lang: str = "en") -> bytes:
    """A notebook as a page that stands alone: pictures with their alt texts, nothing asked of another host.

    Parameters
    ----------
    text : str
        The notebook, as ``canonical`` writes it.
    name : str
        Title of the page.
    lang : {"en", "zh"}
        Language of the page.
    """
    from jinja2 import PackageLoader
    from nbconvert import HTMLExporter

    exporter = HTMLExporter(
        extra_loaders=[PackageLoader("analysis.publish", "templates")],
        template_file="notebook.html.j2",
        language_code=check_language(lang),
    )
    known = {"metadata": {"name": name}}
    page: str
    page, _ = exporter.from_notebook_node(nbformat.reads(text, as_version=4), resources=known)
    return page.encode()
