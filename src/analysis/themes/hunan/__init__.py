"""Hunan and local cases: funding, exchange rates, Longnan, Fuping."""

NOTEBOOK = "07_hunan_and_local_cases"
PREFIXES = ("hunan", "local")
PARTS = ("rates", "funds", "local")
NEEDS = ("hunan-2017",)
