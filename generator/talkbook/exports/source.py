"""The published source text of a transcript."""

from talkbook.model import Transcript


def source_file(transcript: Transcript) -> str:
    """Path in the site of a transcript's source text, in which start and end count characters."""
    return f"transcripts/{transcript.slug}.source.txt"
