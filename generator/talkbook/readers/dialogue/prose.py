"""Plain prose, without names or times."""

from talkbook.readers.dialogue import assemble
from talkbook.readers.speech.speech import Speech


def fits(text: str) -> bool:
    """Return whether the text has any letter."""
    return any(char.isalpha() for char in text)


def read(text: str, path: str) -> Speech:
    """Return one utterance, split at headings; the source is the text of the file."""
    return assemble.speech(text, (), path)
