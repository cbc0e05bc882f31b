"""What was published: paths, schema, sources, claims, series."""
