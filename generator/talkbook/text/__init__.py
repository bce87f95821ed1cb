"""Strings, whatever they are from: tokens, sentences, scripts, ids, anchors, escaping.

Text comes in; spans of it (half-open, in characters), keys and safe text go out.
"""
