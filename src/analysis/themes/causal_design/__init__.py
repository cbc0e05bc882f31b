"""What a causal design needs: simulated panels of counties and estimators side by side."""

NOTEBOOK = "11_what_a_causal_design_needs"
PREFIXES = ("causal",)
NEEDS = ("scio-2021",)
