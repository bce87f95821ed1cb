"""The content folder: find, open and parse its files. No other package opens them.

Takes a folder; returns Sources, the bytes of all files, and from these Sidecar, Lexicon, Topic and Ledger. What can't
be opened or parsed becomes a Problem with its file, line and hint.
"""
