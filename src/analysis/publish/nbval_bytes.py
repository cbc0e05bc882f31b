"""A plugin of pytest: notebooks that nbval has executed are also compared byte for byte, pictures and all.

nbval leaves out pictures, metadata and the layout of a file. ``pytest --nbval -p analysis.publish.nbval_bytes`` adds a
test for each notebook, behind its cells, so that nothing is executed twice.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbval.plugin import IPyNbFile

from analysis.publish.execute import Run, canonical, differences


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the comparison of a notebook behind its last cell."""
    cells: dict[Any, list[pytest.Item]] = {}
    for item in items:
        if isinstance(item.parent, IPyNbFile):
            cells.setdefault(item.parent, []).append(item)
    for notebook, found in cells.items():
        compared = WholeNotebook.from_parent(notebook, name="byte for byte")
        compared.cells = found
        items.insert(items.index(found[-1]) + 1, compared)


class WholeNotebook(pytest.Item):
    """The notebook with the outputs of this execution, against the file."""

    cells: list[Any]

    def runtest(self) -> None:
        """Compare.

        Raises
        ------
        AssertionError
            If the file would be another; it names cells and lines.
        """
        book = nbformat.read(self.path, as_version=4)
        code = [cell for cell in book.cells if cell.cell_type == "code"]
        for place, (cell, run) in enumerate(zip(code, self.cells, strict=True), 1):
            cell.execution_count = place
            cell.outputs = nbformat.from_dict(getattr(run, "test_outputs", []))
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = place  # nbval executes without counting
        found = list(differences(self.path, Run(self.path.stem, canonical(book))))
        if found:
            raise AssertionError("\n".join(found))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The differences alone; anything else as pytest shows it."""
        if isinstance(excinfo.value, AssertionError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The notebook."""
        return self.path, 0, f"{self.path.name}: byte for byte"
