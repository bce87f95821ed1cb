"""Text formats, in which names, labels or marks say who speaks.

Takes the text of a file; returns Speech whose source is exactly that text and whose utterances are spans of it.
"""
