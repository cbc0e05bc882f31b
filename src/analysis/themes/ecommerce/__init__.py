"""E-commerce reach: people, jobs, sales, the roll-out over counties."""

NOTEBOOK = "03_ecommerce_reach"
PREFIXES = ("ecommerce",)
PARTS = ("jobs", "sales", "rollout")
NEEDS = ("scio-2021",)
