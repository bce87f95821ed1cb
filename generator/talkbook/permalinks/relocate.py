"""Find a published passage by its exact words, however the text is divided into turns and paragraphs now.

An id is a digest of the words, so it proves that the words found are those that were published.
"""

from bisect import bisect_right
from dataclasses import dataclass

from talkbook.model import Transcript
from talkbook.text import ids

_TRIES = 50  # candidates for the end of a passage, for each beginning
_TELLING = 20  # characters; fewer words, such as "yes", prove nothing if they occur more than once


@dataclass(frozen=True, slots=True)
class TranscriptSpan:
    """A span of a transcript's source. transcript: its slug."""

    transcript: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stream:
    """The significant words of a transcript in one text.

    transcript: slug.
    starts: the offset of each word in `text`.
    spans: the span of each word in the source.
    """

    transcript: str
    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that text[start:end] comes from."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return self.spans[first][0], self.spans[last][1]


def stream(transcript: Transcript) -> Stream:
    """Collect the significant words of a transcript."""
    words = [place for turn in transcript.turns for place in ids.word_spans(transcript.source, turn.start, turn.end)]
    starts, at = [], 1
    for word, _, _ in words:
        starts.append(at)
        at += len(word) + 1
    text = f" {' '.join(word for word, _, _ in words)} "
    return Stream(transcript.slug, text, tuple(starts), tuple((start, end) for _, start, end in words))


def find(stream: Stream, name: str, speaker: str | None, words: str) -> TranscriptSpan | None:
    """Return the place whose words yield the id `name`, or None.

    speaker, words: from the ledger.

    If several places match, the number in the id decides; for a few words, the result is None.
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
    """Return (start, end) of passages that begin and end with the given words, as whole words."""
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
