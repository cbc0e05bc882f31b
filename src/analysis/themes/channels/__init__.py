"""Other channels: housekeeping, contracted purchases, border trade, and all channels side by side."""
