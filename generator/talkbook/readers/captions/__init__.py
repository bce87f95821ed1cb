"""Formats with cues: WebVTT, SubRip and their kin, and markup with times.

The text of a file comes in; Speech goes out, whose source is the joined speech of the cues.
"""
