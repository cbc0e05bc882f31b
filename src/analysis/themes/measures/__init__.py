"""Policy measures and their timeline."""
