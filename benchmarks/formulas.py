"""The model of the benchmark, three formulas that the engine and every peer calculate alike.

It imports nothing, so that it runs in both environments, and takes whatever the operators work on:
arrays, quantities with units, distributions.
"""

from __future__ import annotations

OUTPUTS = {
    "Canton Fair ratio": ("deals", "rate", "fees"),
    "labor-income multiple": ("income", "cost_share", "home_wage", "home_months"),
    "e-commerce share": ("people", "rural_poor"),
}
UNITS = {
    "deals": "USD",
    "rate": "CNY / USD",
    "fees": "CNY",
    "income": "CNY / person / year",
    "cost_share": "",
    "home_wage": "CNY / month / person",
    "home_months": "month / year",
    "people": "person",
    "rural_poor": "person",
}


def evaluate(output: str, x: dict) -> object:
    """One output from its inputs.

    Parameters
    ----------
    output : str
        One of ``OUTPUTS``.
    x : dict
        Input name to number, array, quantity or distribution.
    """
    match output:
        case "Canton Fair ratio":
            return x["deals"] * x["rate"] / x["fees"]
        case "labor-income multiple":
            return x["income"] * (1 - x["cost_share"]) / (x["home_wage"] * x["home_months"])
        case "e-commerce share":
            return x["people"] / x["rural_poor"]
    raise KeyError(output)
