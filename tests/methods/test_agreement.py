"""Cohen's kappa: known answers, by hand and from the literature."""

import math

import pytest

from analysis.methods.agreement import agreement_table, cohen_kappa
from analysis.records.coding import claim_codings
from analysis.records.errors import DataError, QuantityError


def pairs(*cells: tuple[str, str, int]) -> tuple[list[str], list[str]]:
    return [a for a, _, n in cells for _ in range(n)], [b for _, b, n in cells for _ in range(n)]


def test_a_table_worked_out_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: observed 35/50; by chance 25/50 x 30/50 + 25/50 x
    # 20/50 = 0.5; kappa 0.2/0.5
    found = cohen_kappa(
        *pairs(("yes", "yes", 20), ("yes", "no", 5), ("no", "yes", 10), ("no", "no", 15))
    )
    assert (found.n, found.agreed, found.observed) == (50, 35, pytest.approx(0.7))
    assert found.kappa == pytest.approx(0.4)
    # Fleiss, Cohen and Everitt: variance 0.01603..., standard error 0.1266
    assert (found.low, found.high) == (
        pytest.approx(0.4 - 1.959964 * se(), abs=1e-6),
        pytest.approx(0.4 + 1.959964 * se(), abs=1e-6),
    )


def se() -> float:
    """The large-sample standard error for that table, term by term."""
    p = {("y", "y"): 0.4, ("y", "n"): 0.1, ("n", "y"): 0.2, ("n", "n"): 0.3}
    first, second = {"y": 0.5, "n": 0.5}, {"y": 0.6, "n": 0.4}
    kappa, chance = 0.4, 0.5
    a = sum(p[i, i] * (1 - (first[i] + second[i]) * (1 - kappa)) ** 2 for i in "yn")
    b = (1 - kappa) ** 2 * sum(
        p[i, j] * (second[i] + first[j]) ** 2 for i in "yn" for j in "yn" if i != j
    )
    c = (kappa - chance * (1 - kappa)) ** 2
    return math.sqrt((a + b - c) / 50) / (1 - chance)


def test_full_agreement_and_none_beyond_chance():
    assert cohen_kappa("abab", "abab").kappa == pytest.approx(1)
    assert cohen_kappa(
        *pairs(("y", "y", 1), ("y", "n", 1), ("n", "y", 1), ("n", "n", 1))
    ).kappa == pytest.approx(0)


def test_one_category_only_has_no_kappa():
    found = cohen_kappa("aaa", "aaa")
    assert math.isnan(found.kappa)
    assert found.observed == 1
    assert found.n == 3


def test_codings_of_different_length_are_refused():
    with pytest.raises(QuantityError, match="2 and 1 codings"):
        cohen_kappa("ab", "a")
    with pytest.raises(QuantityError, match="0 and 0 codings"):
        cohen_kappa("", "")


def test_the_coding_of_the_claims_agrees_as_its_readme_says():
    cells = claim_codings()
    found = agreement_table(cells, categorical=("grade", "bound", "unit")).set_index("column")
    assert found.loc["grade", ["n", "agreed"]].tolist() == [54, 40]
    assert round(found.loc["grade", "kappa"], 2) == 0.59
    assert found.loc["bound", "agreed"] == 51
    assert round(found.loc["bound", "kappa"], 2) == 0.92
    assert found.loc["unit", "kappa"] == pytest.approx(1)
    assert found.loc["unit", "low"] == pytest.approx(1)
    assert math.isnan(found.loc["period_start", "kappa"])
    assert found.loc["period_start", "agreed"] == 37
    assert found.loc["grade", "low"] < found.loc["grade", "kappa"] < found.loc["grade", "high"] <= 1


def test_a_coding_that_is_missing_is_named(tmp_path):
    with pytest.raises(DataError, match=r"docs/coding/claims_first_coder\.csv: is missing"):
        claim_codings(tmp_path)
