"""Other channels: housekeeping, contracted purchases, border trade, and all channels side by side."""

NOTEBOOK = "06_other_channels"
PREFIXES = ("channels",)
PARTS = ("plans", "purchases", "border")
NEEDS = ("scio-2021",)
