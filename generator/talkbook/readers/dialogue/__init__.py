"""Transcripts that are text: names, labels or marks in it say who speaks.

The text of a file comes in; Speech goes out, whose source is that very text and whose utterances are spans of it.
"""
