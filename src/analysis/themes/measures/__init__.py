"""Policy measures and their timeline."""

NOTEBOOK = "08_policy_measures"
PREFIXES = ("measures",)
NEEDS = ("scio-2021",)
