"""What a causal design needs: simulated panels of counties and estimators side by side."""
