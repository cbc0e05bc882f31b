"""Every notebook has a title in both languages, and no title is of a notebook that is not there."""

import nbformat
import pytest

from analysis.publish.execute import notebook_paths
from analysis.words.catalogue import LANGUAGES, words
from analysis.words.labels import notebook_title


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_notebook_has_a_title_and_no_other(lang):
    titles = words("notebooks", lang)
    assert list(titles) == [path.stem for path in notebook_paths()]
    assert len(set(titles.values())) == len(titles)


@pytest.mark.parametrize("path", notebook_paths(), ids=lambda path: path.stem)
def test_the_title_is_that_of_the_notebook_itself(path):
    first = nbformat.read(path, as_version=4).cells[0].source.splitlines()[0]
    assert first == f"# {notebook_title(path.stem, 'en')}"
