"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from operator import attrgetter
from typing import Any

import numpy as np

from talkbook import columns
from talkbook import said as sayings
from talkbook.matching import aboutness, bags, conversation, named, neighbours, runs, stretches
from talkbook.matching.conversation import Conversation
from talkbook.matching.named import Named
from talkbook.matching.pairs import Pairs
from talkbook.matching.profiles import Profiles
from talkbook.matching.runs import Bools, Floats
from talkbook.matching.terms import Terms
from talkbook.model import Transcript
from talkbook.said import Said

FLOOR = 0.5  # the surest sentence on a topic counts as no less than this: a transcript may only brush the topic
HOLLOW = 8  # words that a sentence has at most which says nothing on its own: "Yeah.", "So that's the first part."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that names a topic and may be quoted; start and end count in the transcript's source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn that is about a topic.

    `score`, 0 to 1, is the mean probability of its words to be about the topic; it can be
    compared between topics and transcripts.
    """

    topic: str
    turn: int  # index in the transcript
    start: int
    end: int
    score: float
    named: bool  # whether the topic's name stands in it


@dataclass(frozen=True, slots=True)
class Found:
    """What one transcript has to say that may be quoted: passages by topic, and each sentence that names a topic."""

    passages: Mapping[str, Sequence[Passage]]
    named: Mapping[str, Sequence[Sentence]]

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (_folded(self.passages), _folded(self.named))


_Folded = tuple[list[str], list[int], bytes]


def _folded(lists: Mapping[str, Sequence[object]]) -> _Folded:
    return [*lists], [*map(len, lists.values())], columns.fold([*chain.from_iterable(lists.values())])


class _Lists(Mapping[str, Sequence[Any]]):
    """What was folded, opened when it is first looked at: an archive's all at once, and so freed all at once."""

    __slots__ = ("_folded", "_lists")

    def __init__(self, folded: _Folded) -> None:
        self._folded: _Folded | None = folded
        self._lists: dict[str, Sequence[Any]] = {}

    def _opened(self) -> dict[str, Sequence[Any]]:
        if self._folded:
            names, sizes, data = self._folded
            rows = columns.unfold(data)
            ends = accumulate(sizes)
            self._lists = {name: rows[end - size : end] for name, size, end in zip(names, sizes, ends, strict=True)}
            self._folded = None
        return self._lists

    def __getitem__(self, name: str) -> Sequence[Any]:
        return self._opened()[name]

    def get(self, name: str, default: Any = None) -> Any:
        """As a dictionary's: most topics are not there."""
        return self._opened().get(name, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened())

    def __len__(self) -> int:
        return len(self._opened())


def _again(*folded: _Folded) -> Found:
    return Found(*map(_Lists, folded))


def find(transcript: Transcript, terms: Terms, profiles: Profiles, said: Said | None = None) -> Found:
    """Every passage of the transcript that is about a topic, and every sentence that names one.

    terms, profiles: of the same topics. said: the turns as shown, where the caller has them already.
    """
    if said is None:
        said = sayings.of(transcript.source, transcript.edits, [(turn.start, turn.end) for turn in transcript.turns])
    talk = conversation.of(transcript.turns, said)
    if not talk.sentences or not profiles.slugs:
        return Found({}, {})
    names = named.of(talk, terms, profiles.column)
    words = bags.of(talk.sentences)
    likeness = profiles.likeness(profiles.vectors(words), neighbours.shares(talk))
    pairs, sure = aboutness.measure(talk, names, likeness)
    hollow = (talk.words <= HOLLOW) & (words.meaningful < 2)
    passages: dict[str, list[Passage]] = {}
    for passage in _passages(talk, names, pairs, sure, hollow, profiles.slugs):
        passages.setdefault(passage.topic, []).append(passage)
    sentences: dict[str, list[Sentence]] = {}
    for slug, sentence in _sentences(talk, names, profiles.slugs):
        sentences.setdefault(slug, []).append(sentence)
    return Found(
        {slug: tuple(sorted(found, key=attrgetter("start"))) for slug, found in passages.items()},
        {slug: tuple(found) for slug, found in sentences.items()},
    )


def _sentences(talk: Conversation, names: Named, slugs: Sequence[str]) -> Iterator[tuple[str, Sentence]]:
    """Each topic's slug with each sentence that names it, in order; a sentence may name many."""
    said = talk.quotable()[talk.turn[names.sentence]]
    naming = np.unique(names.sentence[said])
    spans = zip(naming.tolist(), talk.spans(naming, naming + 1), strict=True)
    place = {at: Sentence(start, end) for at, (_, start, end) in spans}
    for at, topic in zip(names.sentence[said].tolist(), names.topic[said].tolist(), strict=True):
        yield slugs[topic], place[at]


def _passages(
    talk: Conversation, names: Named, pairs: Pairs, sure: Floats, hollow: Bools, slugs: Sequence[str]
) -> Iterator[Passage]:
    """The passages, by turn and topic. hollow: of each sentence, whether it says nothing on its own."""
    # Of other turns there is no passage, and no measure for those of these.
    sure = np.where(pairs.cells(talk.quotable()[pairs.turn]), sure, 0.0)
    topics = pairs.cells(pairs.topic)
    surest = np.full(len(slugs), FLOOR)
    np.maximum.at(surest, topics, sure)
    pair, first, end = stretches.divide(talk, pairs, sure / surest[topics])
    first, end = stretches.trim(talk.words, hollow, first, end)
    topic, shift = pairs.topic[pair], pairs.shift[pair]
    weighed = runs.sums(sure * talk.words[pairs.sentence], first + shift, end + shift)
    score = weighed / runs.sums(talk.words, first, end)
    inside = names.within(topic, first, end)
    rows = zip(talk.spans(first, end), topic.tolist(), score.tolist(), inside.tolist(), strict=True)
    for (turn, start, stop), number, mean, name in rows:
        yield Passage(slugs[number], turn, start, stop, mean, name)
