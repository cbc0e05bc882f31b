"""Hunan and local cases: funding, exchange rates, Longnan, Fuping."""
