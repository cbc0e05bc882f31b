"""Context and benchmarks: poverty rates, incomes, prices, denominators."""
