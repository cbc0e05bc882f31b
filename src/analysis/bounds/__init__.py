"""What it can mean: units, bounds, exchange rates, findings."""
