"""The question that a quote answers, which is shown above it."""

import re
from bisect import bisect_left
from operator import attrgetter
from typing import NamedTuple

from talkbook.model import Quote, Speaker, Transcript, Turn
from talkbook.text import scripts, sentences
from talkbook.transcripts import source_map

_ASKS = ("?", "？", "؟")
_ENDS = (*_ASKS, ".", "!", "…", "。", "！")
_TAG = re.compile(r"\b(?:right|okay|correct|huh|you know|yeah|no|n['’]t (?:it|they|you|we|he|she))\?$", re.IGNORECASE)
_LONGEST = 60  # words of a question
_SHORT = 5  # words; a shorter question needs the sentence before it
_LATE = 4  # sentences at the end of a turn; questions before them are answered in the same turn
_SOON = 150  # words of a turn; what comes after them no longer answers the question


class AskedQuestion(NamedTuple):
    """A question, which is source[start:end]. asker: None if it is unknown who asks."""

    asker: Speaker | None
    start: int
    end: int

    @property
    def heading(self) -> str:
        """The words above the question, such as "Ada asks"."""
        return f"{self.asker.shown if self.asker else 'Somebody'} asks"


def find(transcript: Transcript, quote: Quote) -> AskedQuestion | None:
    """Return the question that somebody else asks before the quote, from its first word to its question mark, or None.

    It is None if the quote comes long after the question, or if its speaker is a host, who asks rather than answers.
    """
    speaker = transcript.speaker_of(quote)
    if speaker and speaker.role == "host":
        return None
    turn = transcript.turn_at(quote.start)
    before = _before(transcript, turn)
    if before is None or scripts.count(transcript.source[turn.start : quote.start]) > _SOON:
        return None
    view = source_map.View(transcript.source, transcript.edits, before.start, before.end)
    cut = sentences.spans(view.text)
    texts = [view.text[start:end] for start, end in cut]
    asking = [at for at, text in enumerate(texts) if text.endswith(_ASKS) and not _TAG.search(text)]
    if not asking or asking[-1] < len(cut) - _LATE:
        return None
    last = first = asking[-1]
    words = scripts.count(texts[last])
    while first and (words := words + scripts.count(texts[first - 1])) <= _LONGEST:
        begun = not texts[first - 1].endswith(_ENDS)  # no end of a sentence: it was cut for its length
        if not (begun or first - 1 in asking or scripts.count(texts[first]) < _SHORT):
            break
        first -= 1
    return AskedQuestion(transcript.speaker_of(before), *view.span(cut[first][0], cut[last][1]))


def _before(transcript: Transcript, turn: Turn) -> Turn | None:
    """Return the turn before this one, skipping those with an unknown speaker, if it is quotable and someone else's."""
    at = bisect_left(transcript.turns, turn.start, key=attrgetter("start"))
    while at and transcript.turns[at - 1].attributed is None:
        at -= 1
    before = transcript.turns[at - 1] if at else None
    return before if before and before.attributed != turn.attributed and before.quotable else None
