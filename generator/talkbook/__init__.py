"""Talkbook: transcripts in, a knowledge base of proven quotes out.

`sources` are read, made a `book`, shown as `pages` and `exports`, and built into a site by `plugin`.
"""
