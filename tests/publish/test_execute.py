"""Executing notebooks as they come out of other editors."""

import shutil

import lxml.html
import nbformat
import pytest

from analysis.publish.execute import KERNEL, as_html, differences, execute, store
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


@pytest.fixture
def with_parameters(tmp_path):
    """A notebook with a cell tagged as papermill wants it."""
    tagged = nbformat.v4.new_code_cell(
        'lang = "en"\nsessions = 7', metadata={"tags": ["parameters"]}
    )
    last = nbformat.v4.new_code_cell("(lang, sessions)")
    path = tmp_path / "01_with_parameters.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[tagged, last]), path)
    return path


def test_parameters_stand_behind_their_cell_and_the_tag_is_kept(with_parameters):
    (run,) = execute([with_parameters], parameters={"sessions": 5})
    made = nbformat.reads(run.text, as_version=4)
    assert made.cells[-1].outputs[0].data["text/plain"] == "('en', 5)"
    assert [cell.metadata.get("tags", []) for cell in made.cells] == [
        ["parameters"],
        ["injected-parameters"],
        [],
    ]
    (plain,) = execute([with_parameters])
    assert len(nbformat.reads(plain.text, as_version=4).cells) == 2


def test_an_unknown_parameter_and_a_notebook_without_parameters_are_refused(with_parameters):
    with pytest.raises(AnalysisError, match=r"parameter of 01_with_parameters .*sesions"):
        execute([with_parameters], parameters={"sesions": 5})
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    nbformat.write(book, with_parameters)
    with pytest.raises(AnalysisError, match="no cell is tagged 'parameters'"):
        execute([with_parameters], parameters={"lang": "zh"})


def test_a_notebook_as_a_page_keeps_the_alt_texts_and_asks_no_other_host():
    picture = nbformat.v4.new_output(
        "display_data",
        {"image/png": "iVBORw0KGgo=", "text/plain": "x"},
        metadata={"image/png": {"alt": 'A "bar" <chart> & more'}},
    )
    bare = nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="})
    cell = nbformat.v4.new_code_cell("show()", outputs=[picture, bare])
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# 题目"), cell])
    page = lxml.html.document_fromstring(as_html(nbformat.writes(book), "题目", "zh").decode())
    assert [one.get("alt") for one in page.iter("img")] == ['A "bar" <chart> & more', ""]
    assert page.get("lang") == "zh"
    assert page.findtext(".//title") == "题目"
    assert "cdnjs" not in lxml.html.tostring(page).decode()
    asked = [
        one.get(key) or "" for one in page.iter("script", "link", "img") for key in ("src", "href")
    ]
    assert [one for one in asked if one.startswith(("http", "//"))] == []
