"""Working with strings from any source: tokens, sentences, scripts, ids, anchors, escaping.

Takes text; returns spans of it (half-open, in characters), keys, and escaped text.
"""
