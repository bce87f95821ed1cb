"""The question that a quote answers, which stands above it."""

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
_LONGEST = 60  # words
_SHORT = 5  # words of a question that is not understood without the sentence before
_LATE = 4  # sentences at the end of a turn of which one must ask: what is asked before that is answered there
_SOON = 150  # words of an answer after which it is no longer the answer


class AskedQuestion(NamedTuple):
    """source[start:end] is asked by this speaker; None where nobody knows who it is."""

    asker: Speaker | None
    start: int
    end: int

    @property
    def heading(self) -> str:
        """ "Ada asks"."""
        return f"{self.asker.shown if self.asker else 'Somebody'} asks"


def find(transcript: Transcript, quote: Quote) -> AskedQuestion | None:
    """The question that somebody else asks right before the quote, from its first word to its question mark.

    None where nothing is asked, where the quote comes long after that, and for a host, who asks and does not answer.
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
        begun = not texts[first - 1].endswith(_ENDS)  # cut off for its length alone
        if not (begun or first - 1 in asking or scripts.count(texts[first]) < _SHORT):
            break
        first -= 1
    return AskedQuestion(transcript.speaker_of(before), *view.span(cut[first][0], cut[last][1]))


def _before(transcript: Transcript, turn: Turn) -> Turn | None:
    """The turn before this one, if another person speaks there; what nobody knows who said does not ask."""
    at = bisect_left(transcript.turns, turn.start, key=attrgetter("start"))
    while at and transcript.turns[at - 1].attributed is None:
        at -= 1
    before = transcript.turns[at - 1] if at else None
    return before if before and before.attributed != turn.attributed and before.quotable else None
