"""The register of claims and its documents."""
