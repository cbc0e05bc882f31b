"""The audit of the claims: machine checks and grades."""
