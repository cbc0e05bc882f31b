"""Canton Fair: deals, booth fees, sessions and turnover."""

NOTEBOOK = "05_canton_fair_deals"
PREFIXES = ("canton-fair",)
PARTS = ("window", "share", "turnover")
NEEDS = ("scio-2021",)
