"""Combine what a reader found and what the sidecar says into one Transcript.

Takes Speech, a Sidecar and the Lexicon; returns a Transcript whose turns and edits are spans of its source. Private
passages are masked in the source before anything else looks at it.
"""
