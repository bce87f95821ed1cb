"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from talkbook.matching import bag_of_words, conversation, name_hits, ranges, relevance, segmentation, smoothing, tables
from talkbook.matching.conversation import Conversation
from talkbook.matching.name_hits import Named
from talkbook.matching.ranges import Bools, Floats
from talkbook.matching.tables import Table
from talkbook.matching.tfidf import Profiles
from talkbook.matching.topic_names import Terms
from talkbook.matching.turn_topics import Pairs
from talkbook.model import Transcript
from talkbook.transcripts import spoken_text as sayings
from talkbook.transcripts.spoken_text import SpokenText

FLOOR = 0.5  # the surest sentence on a topic counts as no less than this: a transcript may only brush the topic
HOLLOW = 8  # words that a sentence has at most which says nothing on its own: "Yeah.", "So that's the first part."

# A stretch of one turn that is about a topic: the turn by its index in the transcript, start and end in its source.
# Its score, 0 to 1, is the mean probability of its words to be about the topic; it can be compared between topics
# and transcripts.
PASSAGE = np.dtype([("turn", "i4"), ("start", "i4"), ("end", "i4"), ("score", "f8")])
SENTENCE = np.dtype([("start", "i4"), ("end", "i4")])  # that names a topic and may be quoted


@dataclass(frozen=True, slots=True)
class Found:
    """What one transcript has to say that may be quoted, by place.

    passages: rows as PASSAGE, by the topic they are about. named: rows as SENTENCE, by the topic they name.
    """

    passages: Table = field(default_factory=Table)
    named: Table = field(default_factory=Table)


def find(transcript: Transcript, terms: Terms, profiles: Profiles, said: SpokenText | None = None) -> Found:
    """Every passage of the transcript that is about a topic, and every sentence that names one.

    terms, profiles: of the same topics. said: the turns as shown, where the caller has them already.
    """
    if said is None:
        said = sayings.from_spans(
            transcript.source, transcript.edits, [(turn.start, turn.end) for turn in transcript.turns]
        )
    talk = conversation.of(transcript.turns, said)
    if not talk.sentences or not profiles.slugs:
        return Found()
    names = name_hits.of(talk, terms, profiles.column)
    words = bag_of_words.of(talk.sentences)
    likeness = profiles.likeness(profiles.vectors(words), smoothing.shares(talk))
    pairs, sure = relevance.measure(talk, names, likeness)
    hollow = (talk.words <= HOLLOW) & (words.meaningful < 2)
    return Found(_passages(talk, pairs, sure, hollow, profiles.slugs), _sentences(talk, names, profiles.slugs))


def _sentences(talk: Conversation, names: Named, slugs: Sequence[str]) -> Table:
    """Each topic's sentences that name it; a sentence may name many."""
    said = talk.quotable()[talk.turn[names.sentence]]
    at = names.sentence[said]
    _, start, end = talk.spans(at, at + 1)
    return tables.of(SENTENCE, slugs, names.topic[said], start, end)


def _passages(talk: Conversation, pairs: Pairs, sure: Floats, hollow: Bools, slugs: Sequence[str]) -> Table:
    """The passages. hollow: of each sentence, whether it says nothing on its own."""
    # Of other turns there is no passage, and no measure for those of these.
    sure = np.where(pairs.cells(talk.quotable()[pairs.turn]), sure, 0.0)
    topics = pairs.cells(pairs.topic)
    surest = np.full(len(slugs), FLOOR)
    np.maximum.at(surest, topics, sure)
    pair, first, end = segmentation.divide(talk, pairs, sure / surest[topics])
    first, end = segmentation.trim(talk.words, hollow, first, end)
    shift = pairs.shift[pair]
    weighed = ranges.sums(sure * talk.words[pairs.sentence], first + shift, end + shift)
    score = weighed / ranges.sums(talk.words, first, end)
    return tables.of(PASSAGE, slugs, pairs.topic[pair], *talk.spans(first, end), score)
