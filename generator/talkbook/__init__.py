"""Talkbook: transcripts in, a knowledge base of proven quotes out."""
