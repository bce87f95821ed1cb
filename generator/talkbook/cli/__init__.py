"""The commands, one per file.

Each reads its arguments, calls the library, prints lines for a person, an editor or CI, and sets the exit status. None
does what the library can't do without it.
"""
