"""The register of claims and its documents."""

NOTEBOOK = "01_claims_register"
PREFIXES = ("register",)
NEEDS = ()
