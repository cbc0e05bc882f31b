"""Published evidence: estimates of studies, their errors and designs."""
