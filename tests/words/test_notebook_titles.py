"""Every notebook has a title in both languages, and no title is of a notebook that is not there."""

import nbformat
import pytest

from analysis.publish.execute import notebook_paths
from analysis.words.notebook_titles import TITLES, notebook_title


def test_every_notebook_has_a_title_and_no_other():
    assert list(TITLES) == [path.stem for path in notebook_paths()]
    for lang in ("en", "zh"):
        names = [notebook_title(name, lang) for name in TITLES]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
def test_the_title_is_that_of_the_notebook_itself(path):
    first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
    assert first == f"# {notebook_title(path.stem, 'en')}"
