"""A transcript as it is matched: the sentences of all its turns in one row."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.matching import ranges
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.model import Turn
from talkbook.transcripts.spoken_text import SpokenText

_ASKING = frozenset("?？؟")
_TAG = re.compile(r"\b(?:right|okay|huh|you know|n['’]t (?:it|they|you|we|he|she))\?$", re.IGNORECASE)
_ASKER = 0.5  # share of the words of who speaks most, up to which somebody asks rather than tells
_TAG_SIZE = 9  # characters of the longest
_CLOSERS = "\"'”’)]」』）"
_ENDS = frozenset(".?!…。！？؟")


@dataclass(frozen=True, slots=True)
class ConversationText:
    """The turns of a transcript in which something is said, and their sentences.

    index: of each turn, in the transcript. begins: where each turn's sentences begin in
    the row of all, and how many there are. turn, words, asks: of each sentence, its turn (an
    index in `turns`), its length, and whether it ends with a question mark. spoken: what all turns say.
    """

    index: Ints
    turns: Sequence[Turn]
    spoken: SpokenText
    begins: Ints
    turn: Ints
    sentences: Sequence[str]
    words: Ints
    asks: Bools

    def spans(self, first: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
        """Of each stretch of sentences [first, end) its turn in the transcript and its (start, end) in the source."""
        return self.index[self.turn[first]], self.spoken.starts[first], self.spoken.ends[end - 1]

    def quotable(self, sponsors: Iterable[tuple[int, int]] = ()) -> Bools:
        """Of each sentence, whether it may be quoted. sponsors: (start, end) in the source of what may not."""
        quotable = np.array([turn.quotable for turn in self.turns])[self.turn]
        for start, end in sponsors:
            first = np.searchsorted(self.spoken.ends, start, "right")
            quotable[first : np.searchsorted(self.spoken.starts, end)] = False
        return quotable

    def shares(self) -> Floats:
        """Of each turn, its speaker's words against those of who speaks most (0 to 1)."""
        spoken: Counter[str | None] = Counter()
        speakers = [turn.attributed for turn in self.turns]
        for speaker, words in zip(speakers, np.add.reduceat(self.words, self.begins[:-1]).tolist(), strict=True):
            spoken[speaker] += words
        most = max(spoken.values())
        # Of an unknown speaker nothing is known.
        return np.array([spoken[speaker] / most if speaker else 1.0 for speaker in speakers])

    def prompts(self) -> Bools:
        """Of each sentence, whether its turn asks the next speaker in the end, of one who says less than others do."""
        closing = np.logical_or.reduceat(self.closing(), self.begins[:-1])
        prompts: Bools = (closing & (self.shares() < _ASKER))[self.turn]
        return prompts

    def closing(self) -> Bools:
        """Of each sentence, whether it and all after it in the turn ask the next speaker."""
        order = np.arange(len(self.sentences))
        telling = ~self.asks
        asking = np.flatnonzero(self.asks)
        telling[asking] = [_tag(self.sentences[at]) for at in asking.tolist()]
        last = np.maximum.reduceat(np.where(telling, order, -1), self.begins[:-1])
        closing: Bools = order > last[self.turn]
        return closing

    def whole(self) -> Bools:
        """Of each sentence, whether it ends as one does; what was cut for its length alone does not."""
        return np.array([text[-1] in _ENDS or text.rstrip(_CLOSERS)[-1:] in _ENDS for text in self.sentences])


def from_turns(turns: Sequence[Turn], spoken: SpokenText) -> ConversationText:
    """The conversation of a transcript's turns."""
    sizes = np.diff(spoken.begins)
    index = np.flatnonzero(sizes)
    text = spoken.view.text
    sentences = [text[start:end] for start, end in spoken.sentences]
    return ConversationText(
        index=index,
        turns=[turns[at] for at in index.tolist()],
        spoken=spoken,
        begins=ranges.offsets(sizes[index]),
        turn=np.repeat(np.arange(len(index)), sizes[index]),
        sentences=sentences,
        words=spoken.sizes,
        asks=np.array([sentence[-1] in _ASKING for sentence in sentences], bool),
    )


def _tag(text: str) -> bool:
    """Whether the sentence ends in a mere "right?", which asks nothing."""
    return _TAG.search(text, max(len(text) - _TAG_SIZE, 0)) is not None
