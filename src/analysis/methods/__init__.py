"""Statistics that any theme may use: trends, growth, chains, pooling, plausibility, scenarios, causal designs."""
