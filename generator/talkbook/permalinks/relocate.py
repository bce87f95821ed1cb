"""Finding a published passage by its very words, however the text is cut into turns and paragraphs now.

The id is the proof: it is made from the words, so that words which give it are those that were published.
"""

from bisect import bisect_right
from dataclasses import dataclass

from talkbook.model import Transcript
from talkbook.text import ids

_TRIES = 50  # places that begin or end alike, looked at
_TELLING = 20  # characters of words below which they say nothing where they stand more than once: "yes"


@dataclass(frozen=True, slots=True)
class TranscriptSpan:
    """A stretch of a transcript's source. transcript: slug."""

    transcript: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """All words that count of a transcript (by its slug), in a row. starts[i]: where the i-th begins in `text`."""

    transcript: str
    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]  # in the source

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source below text[start:end]."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return self.spans[first][0], self.spans[last][1]


def stream(transcript: Transcript) -> Stream:
    """The transcript's words that count."""
    words = [place for turn in transcript.turns for place in ids.word_spans(transcript.source, turn.start, turn.end)]
    starts, at = [], 1
    for word, _, _ in words:
        starts.append(at)
        at += len(word) + 1
    text = f" {' '.join(word for word, _, _ in words)} "
    return Stream(transcript.slug, text, tuple(starts), tuple((start, end) for _, start, end in words))


def find(stream: Stream, name: str, speaker: str | None, words: str) -> TranscriptSpan | None:
    """The place whose words give the id `name`, or None.

    speaker, words: as the ledger has them. Of several places the one that the id's number says; None for
    a few words that stand in several.
    """
    bare, number = ids.split_number(name)
    before, slash, own = words.rpartition("/ ")
    places = []
    for start, end in _candidates(stream.text, f"{before}{own}"):
        at = start + len(before)
        if ids.from_key(bare[:1], speaker, f"{before}{slash}{stream.text[at:end]}") == bare:
            places.append((at, end))
    if not own or not places or (len(places) > 1 and len(own) < _TELLING):
        return None
    return TranscriptSpan(stream.transcript, *stream.span(*places[min(number, len(places)) - 1]))


def _candidates(text: str, words: str) -> list[tuple[int, int]]:
    """(start, end) of what begins and ends as the words do, whole words only."""
    opening, _, closing = words.partition(" … ")
    starts = _all(text, opening)
    if not closing:
        return [(start, start + len(opening)) for start in starts]
    ends = [at + len(closing) for at in _all(text, closing)]
    return [(start, end) for start in starts for end in ends[bisect_right(ends, start) :][:_TRIES]]


def _all(text: str, words: str) -> list[int]:
    starts: list[int] = []
    at = text.find(f" {words} ")
    while at >= 0 and len(starts) < 1000:
        starts.append(at + 1)
        at = text.find(f" {words} ", at + 1)
    return starts
