"""How a number, a range, a unit and a code are said, in English and Chinese."""
