"""Labor-export incomes: pay, uplift, people abroad."""

NOTEBOOK = "04_labor_export_incomes"
PREFIXES = ("labor",)
PARTS = ("pay", "uplift", "stock")
NEEDS = ("scio-2021",)
