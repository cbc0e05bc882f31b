"""The fingerprint changes with every input, and with nothing else."""

import os
import shutil

import pytest

from analysis.records.fingerprint import fingerprint
from analysis.records.paths import PROJECT


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PROJECT / "data", tmp_path / "one/data")
    return tmp_path / "one/data"


def test_it_does_not_depend_on_place_or_time_of_the_data(copy, tmp_path):
    first = fingerprint(str(copy))
    shutil.copytree(copy, tmp_path / "two/data")
    os.utime(tmp_path / "two/data/claims.csv", (0, 0))
    (tmp_path / "two/data/__pycache__").mkdir()
    (tmp_path / "two/data/__pycache__/x.pyc").write_bytes(b"x")
    (tmp_path / "two/data/drafts").mkdir(exist_ok=True)
    (tmp_path / "two/data/drafts/claims.csv").write_bytes(b"x")
    assert fingerprint(str(tmp_path / "two/data")) == first == fingerprint()


def test_a_changed_a_new_and_a_renamed_file_count(copy):
    seen = {fingerprint(str(copy))}
    claims = copy / "claims.csv"
    claims.write_text(claims.read_text("utf-8").replace("146000", "146001"), "utf-8")
    seen.add(fingerprint(str(copy)))
    (copy / "extra.csv").write_text("a\n1\n")
    seen.add(fingerprint(str(copy)))
    (copy / "extra.csv").rename(copy / "other.csv")
    seen.add(fingerprint(str(copy)))
    assert len(seen) == 4


def test_further_files_count(copy, tmp_path):
    more = tmp_path / "more.md"
    more.write_text("one")
    first = fingerprint(str(copy), [more])
    more.write_text("two")
    assert len({fingerprint(str(copy)), first, fingerprint(str(copy), [more])}) == 3
