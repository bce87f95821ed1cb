"""Finding where topics are spoken about, and choosing the passages worth quoting."""
