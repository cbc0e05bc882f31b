"""Published evidence: estimates of studies, their errors and designs."""

NOTEBOOK = "10_published_evidence"
PREFIXES = ("evidence",)
NEEDS = ("couture-2021-income",)
