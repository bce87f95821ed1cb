"""Formats with cues: WebVTT, SubRip and similar ones, and timed markup.

Takes the text of a file; returns Speech whose source is the joined speech of the cues.
"""
