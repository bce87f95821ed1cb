"""Formats with cues: WebVTT, SubRip and their kin, and markup with times. A file's text comes in, Speech goes out."""
