"""Context and benchmarks: poverty rates, incomes, prices, denominators."""

NOTEBOOK = "02_context_and_benchmarks"
PREFIXES = ("context", "denominators", "deflators")
NEEDS = ("scio-2021",)
