"""Plain prose: nobody is named, and nothing is timed."""

from talkbook.readers.dialogue import assemble
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Whether there are words."""
    return any(char.isalpha() for char in text)


def read(text: str, path: str) -> Speech:
    """One utterance, cut at headings; the source is the file's text."""
    return assemble.speech(text, (), path)
