"""The lines of a question about who is speaking, as a terminal shows them."""

from collections.abc import Iterator

import click

from talkbook.drafting.speaker_attribution import Sentences
from talkbook.model import Transcript
from talkbook.text import anchors

_BEFORE, _AFTER = 3, 2  # sentences shown around the one in question
PRINTED = 10  # questions that are printed for a conversation if nobody can answer
STOP = ("q", "\x03", "\x04", "\x1b")  # keys that end the questions: q, Ctrl+C, Ctrl+D and Escape


def place(transcript: Transcript, sentences: Sentences, sentence: int) -> str:
    """Return where a sentence is: the transcript's path and the line."""
    return f"{transcript.path}:{anchors.line_of(transcript.source, sentences.spans[sentence][0])}"


def around(sentences: Sentences, sentence: int) -> range:
    """Return the indices of the sentences to show for a question: the one in question and some on either side."""
    return range(max(0, sentence - _BEFORE), min(len(sentences.texts), sentence + _AFTER + 1))


def lines(sentences: Sentences, sentence: int) -> Iterator[str]:
    """Yield the lines of a question: the sentence, marked with ">", and those around it."""
    for at in around(sentences, sentence):
        words = "".join(each if each.isprintable() else " " for each in sentences.texts[at])
        yield click.style(f"> {words}", bold=True) if at == sentence else f"  {words}"
