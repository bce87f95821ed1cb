"""Pages as values: a book in, HTML out. Nothing here knows MkDocs."""
