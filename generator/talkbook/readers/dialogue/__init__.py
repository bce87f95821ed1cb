"""Transcripts that are text: names, labels or marks say who speaks. The text comes in, Speech over it goes out."""
