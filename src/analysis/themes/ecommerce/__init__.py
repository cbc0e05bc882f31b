"""E-commerce reach: people, jobs, sales, the roll-out over counties."""
