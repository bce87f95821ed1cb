"""What all readers hand on (Speech), and what they share: cues, times, sounds, labels.

Cues, or the text and what was recognised in it, come in from a format's module; parts of Speech go out.
"""
