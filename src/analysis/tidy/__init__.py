"""What was published and what follows, as tidy tables for people who bring their own tools."""
