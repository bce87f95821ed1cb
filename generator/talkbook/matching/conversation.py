"""A transcript prepared for matching: the sentences of all its turns, numbered consecutively."""

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
_ASKER = 0.5  # share of the most talkative speaker's words; whoever says less asks rather than tells
_TAG_SIZE = 9  # length of the longest _TAG, in characters
_CLOSERS = "\"'”’)]」』）"
_ENDS = frozenset(".?!…。！？؟")


@dataclass(frozen=True, slots=True)
class ConversationText:
    """The turns of a transcript in which something is said, and their sentences.

    index: the index of each of these turns in the transcript.
    spoken: the text of all turns.
    begins: the index of each turn's first sentence, followed by the number of sentences.
    turn: for each sentence, the index of its turn in `turns`.
    words: the number of words in each sentence.
    asks: whether each sentence ends with a question mark.
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
        """Locate stretches of sentences [first, end); return their turns, their starts and their ends.

        Turns are given by their index in the transcript. Starts and ends are offsets in the source.
        """
        return self.index[self.turn[first]], self.spoken.starts[first], self.spoken.ends[end - 1]

    def quotable(self, sponsors: Iterable[tuple[int, int]] = ()) -> Bools:
        """Return for each sentence whether it may be quoted.

        sponsors: (start, end) in the source of sponsor reads, which may not.
        """
        quotable = np.array([turn.quotable for turn in self.turns])[self.turn]
        for start, end in sponsors:
            first = np.searchsorted(self.spoken.ends, start, "right")
            quotable[first : np.searchsorted(self.spoken.starts, end)] = False
        return quotable

    def shares(self) -> Floats:
        """Return for each turn how much its speaker says in total, relative to whoever says most.

        The values are from 0 to 1; 1 if the speaker is unknown.
        """
        spoken: Counter[str | None] = Counter()
        speakers = [turn.attributed for turn in self.turns]
        for speaker, words in zip(speakers, np.add.reduceat(self.words, self.begins[:-1]).tolist(), strict=True):
            spoken[speaker] += words
        most = max(spoken.values())
        return np.array([spoken[speaker] / most if speaker else 1.0 for speaker in speakers])

    def prompts(self) -> Bools:
        """Return for each sentence whether its turn ends with a question by someone who says less than others."""
        closing = np.logical_or.reduceat(self.closing(), self.begins[:-1])
        prompts: Bools = (closing & (self.shares() < _ASKER))[self.turn]
        return prompts

    def closing(self) -> Bools:
        """Return for each sentence whether it and all that follow it in its turn ask the next speaker something."""
        order = np.arange(len(self.sentences))
        telling = ~self.asks
        asking = np.flatnonzero(self.asks)
        telling[asking] = [_tag(self.sentences[at]) for at in asking.tolist()]
        last = np.maximum.reduceat(np.where(telling, order, -1), self.begins[:-1])
        closing: Bools = order > last[self.turn]
        return closing

    def whole(self) -> Bools:
        """Return for each sentence whether it ends like one; a sentence that was cut for its length doesn't."""
        return np.array([text[-1] in _ENDS or text.rstrip(_CLOSERS)[-1:] in _ENDS for text in self.sentences])


def from_turns(turns: Sequence[Turn], spoken: SpokenText) -> ConversationText:
    """Return the conversation of a transcript's turns. spoken: the text of the same turns."""
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
    """Return whether the sentence ends with a mere "right?", which expects no answer."""
    return _TAG.search(text, max(len(text) - _TAG_SIZE, 0)) is not None
