"""The audit of the claims: machine checks and grades."""

NOTEBOOK = "09_claims_audit"
PREFIXES = ("audit",)
NEEDS = ()
