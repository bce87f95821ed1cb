"""The commands, one a file; none does what the library could not do without it.

Arguments come in; lines for a person, an editor or a CI go out, and the exit code.
"""
