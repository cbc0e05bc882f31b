"""Assumptions to move: each explorer is a definition from which a plain function, a notebook and the dashboard are made."""
