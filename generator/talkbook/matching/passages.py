"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

import numpy as np

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
    """A sentence that names a topic; start and end count in the transcript's source."""

    turn: int  # index in the transcript
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
    """What one transcript has to say: passages by topic, and each sentence that names a topic."""

    passages: Mapping[str, tuple[Passage, ...]]
    named: Mapping[str, tuple[Sentence, ...]]


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
    naming = np.unique(names.sentence)
    place = {at: Sentence(*span) for at, span in zip(naming.tolist(), talk.spans(naming, naming + 1), strict=True)}
    for at, topic in zip(names.sentence.tolist(), names.topic.tolist(), strict=True):
        yield slugs[topic], place[at]


def _passages(
    talk: Conversation, names: Named, pairs: Pairs, sure: Floats, hollow: Bools, slugs: Sequence[str]
) -> Iterator[Passage]:
    """The passages, by turn and topic. hollow: of each sentence, whether it says nothing on its own."""
    quotable = np.array([turn.quotable for turn in talk.turns])
    sure = np.where(pairs.cells(quotable[pairs.turn]), sure, 0.0)  # no passage, and no measure for those of other turns
    topics = pairs.cells(pairs.topic)
    surest = np.full(len(slugs), FLOOR)
    np.maximum.at(surest, topics, sure)
    divided = stretches.divide(talk, pairs, sure / surest[topics])
    sizes, idle = talk.words.tolist(), hollow.tolist()
    trimmed = [(pair, *stretches.trim(sizes, idle, first, end)) for pair, first, end in divided]
    pair, first, end = np.array(trimmed, np.intp).reshape(-1, 3).T
    topic, shift = pairs.topic[pair], pairs.shift[pair]
    weighed = runs.sums(sure * talk.words[pairs.sentence], first + shift, end + shift)
    score = weighed / runs.sums(talk.words, first, end)
    inside = names.within(topic, first, end)
    rows = zip(talk.spans(first, end), topic.tolist(), score.tolist(), inside.tolist(), strict=True)
    for (turn, start, stop), number, mean, name in rows:
        yield Passage(slugs[number], turn, start, stop, mean, name)
