"""The content folder: finding, opening and parsing its files. Nothing else opens them.

A folder comes in; Sources go out, the bytes of each file under its path, and from them Sidecar, Lexicon, Topic
and Ledger. What can't be opened or parsed is a Problem with file, line and hint.
"""
