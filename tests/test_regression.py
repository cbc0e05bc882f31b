"""A changed claim or rate makes the comparison of notebooks fail, and the message names the cell."""

import os
import subprocess
import sys

import nbformat

from analysis import claims
from analysis.publish.manifest import digest
from analysis.records.paths import PROJECT, notebook_paths
from analysis.words.wording import Table

NOTEBOOK = "05_canton_fair_deals"


def check(data) -> tuple[int, str]:
    command = [sys.executable, "-m", "analysis", "--data", str(data), "run", NOTEBOOK, "--check"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT)
    return done.returncode, done.stderr


DEALS = "scio-2021.canton-deals"


def test_the_byte_check_names_notebook_and_cell_of_each_change(data_copy, edit):
    """A value and a rate changed are two places; a bound that the sentence cannot bear stops the cell."""
    for column in ("value_low", "value_high", "printed"):
        edit(data_copy / "claims.csv", DEALS, column, "1800000000")
    edit(data_copy / "series/exchange_rates.csv", "usd-cny-mean@2018-04-01", "value", "6.3106")
    code, said = check(data_copy)
    assert code == 1
    assert f"{NOTEBOOK}.ipynb, cell " in said
    assert DEALS in said
    assert "canton-fair-session-rates" in said
    edit(data_copy / "claims.csv", DEALS, "bound", "about")
    code, said = check(data_copy)
    assert code == 1
    assert f"{NOTEBOOK}: a cell failed" in said
    assert "break-even-share is no lower or upper bound" in said  # the sentence says "at most"


def test_a_change_of_any_claim_changes_the_notebook_of_the_register():
    """By the fingerprint that it prints of each document's claims."""
    stored = (PROJECT / "notebooks/01_claims_register.ipynb").read_text("utf-8")
    register = claims().reset_index(drop=True)
    assert len(register) > 50
    for place, row in register.iterrows():
        own = register["source_id"] == row["source_id"]
        assert digest(register[own].to_csv(index=False).encode())[:8] in stored
        changed = register.copy()
        changed.loc[place, "value_low"] = row["value_low"] + 1
        assert digest(changed[own].to_csv(index=False).encode())[:8] not in stored, row["claim_id"]


def test_a_deleted_claim_is_named(data_copy):
    path = data_copy / "claims.csv"
    path.write_text(
        "".join(
            line
            for line in path.read_text("utf-8").splitlines(True)
            if not line.startswith("scio-2021.canton-fees,")
        ),
        "utf-8",
    )
    code, said = check(data_copy)
    assert code == 1
    assert "scio-2021.canton-fees" in said


def test_nbval_fails_on_a_changed_value_and_names_the_cell(data_copy, edit):
    """Once by nbval's own comparison of a cell, once by ours of the whole file, of one execution."""
    for column in ("value_low", "value_high", "printed"):
        edit(data_copy / "claims.csv", "scio-2021.canton-fees", column, "96690000")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-p",
        "analysis.publish.nbval_bytes",
        "-p",
        "no:cacheprovider",
        "-q",
        f"notebooks/{NOTEBOOK}.ipynb",
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=PROJECT,
        env=os.environ | {"ANALYSIS_DATA": str(data_copy)},
    )
    assert done.returncode == 1
    assert f"FAILED notebooks/{NOTEBOOK}.ipynb::Cell" in done.stdout
    assert f"FAILED notebooks/{NOTEBOOK}.ipynb::byte for byte" in done.stdout
    assert done.stdout.count("96,685,000") > 1
    assert "+picture of " in done.stdout


def test_every_changed_claim_changes_what_the_notebook_on_reading_says(monkeypatch):
    monkeypatch.chdir(PROJECT / "notebooks")
    (path,) = (one for one in notebook_paths() if one.stem == "12_read_a_briefing")
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    names = {}
    exec(cells[0].source, names)  # the stored code itself, with other values in the register
    (compare,) = (line for line in cells[0].source.splitlines() if line.startswith("agrees = "))
    register = names["register"]

    def shown() -> tuple[int, str]:
        exec(compare, names)
        left = names["register"][[not one for one in names["agrees"]]]
        return sum(names["agrees"]), repr(Table(left))

    stored, unseen = shown(), []
    assert f"{stored[0]} of {len(register)} claims" in str(cells[2].outputs)
    for row, claim_id in register["claim_id"].items():
        names["register"] = register.copy()
        names["register"].loc[row, ["value_low", "value_high"]] *= 1.1
        unseen += [claim_id] * (shown() == stored)
    assert unseen == []
