"""What was made once is kept until data, code or libraries change, and never stands in the way."""

from __future__ import annotations

import pytest

from analysis.records import kept as module
from analysis.records.kept import kept


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "user_cache_path", lambda name: tmp_path / name)
    return tmp_path / module.FOLDER


@pytest.fixture
def made():
    calls = []

    def make():
        calls.append(len(calls))
        return [["labor-pay", 1.5], ["外派", len(calls)]]

    make.calls = calls
    return make


def test_it_is_made_once(folder, made):
    first = kept("rows", made)
    assert kept("rows", made) == first == [["labor-pay", 1.5], ["外派", 1]]
    assert made.calls == [0]


def test_it_is_made_again_when_anything_changed(folder, made, monkeypatch):
    kept("rows", made)
    monkeypatch.setattr(module, "fingerprint", lambda: "another")
    assert kept("rows", made)[1] == ["外派", 2]
    assert kept("other", made)[1] == ["外派", 3]


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"made from": 1, "rows": 2}', b"\xff\xfe"]
)
def test_a_damaged_file_is_made_again(folder, made, content):
    kept("rows", made)
    (folder / "rows.json").write_bytes(content)
    assert kept("rows", made)[1] == ["外派", 2]
    assert kept("rows", made)[1] == ["外派", 2]


def test_a_folder_that_cannot_be_written_is_as_good_as_none(folder, made):
    folder.write_text("in the way")
    assert kept("rows", made)[1] == ["外派", 1]
    assert kept("rows", made)[1] == ["外派", 2]
