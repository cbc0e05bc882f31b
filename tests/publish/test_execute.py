"""Executing notebooks as they come out of other editors."""

import shutil

import nbformat
import pytest

from analysis.publish.execute import KERNEL, differences, execute, store
from analysis.records import paths
from analysis.records.errors import AnalysisError


@pytest.mark.parametrize(
    "kernel",
    [
        {"name": "python311jvsc74a57bd0", "display_name": ".venv (Python 3.11)"},
        {
            "name": "conda-env-any-py",
            "display_name": "Python [conda env:any]",
            "language": "python",
        },
        None,
    ],
    ids=["VS Code", "conda", "none"],
)
def test_the_kernel_that_an_editor_stored_is_not_asked_for(tmp_path, kernel):
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("6 * 7")])
    if kernel:
        book.metadata["kernelspec"] = kernel
    path = tmp_path / "01_other_editor.ipynb"
    nbformat.write(book, path)
    (run,) = execute([path])
    assert run.problem == ""
    assert store(path, run.text)
    made = nbformat.read(path, as_version=4)
    assert dict(made.metadata.kernelspec) == KERNEL
    assert made.cells[0].outputs[0].data["text/plain"] == "42"
    assert list(differences(path, run)) == []


def test_no_notebook_is_an_error_and_no_success(tmp_path, monkeypatch):
    shutil.copytree(paths.PROJECT / "data", tmp_path / "data")
    monkeypatch.setattr(paths, "PROJECT", tmp_path)
    with pytest.raises(AnalysisError, match="notebooks holds no notebook"):
        paths.notebook_paths()
