"""Canton Fair: deals, booth fees, sessions and turnover."""
