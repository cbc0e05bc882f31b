"""Beginnings of new things: rows, charts and notebooks with marked blanks that the checks refuse until they are filled."""
