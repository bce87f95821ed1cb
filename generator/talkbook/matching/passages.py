"""Find the passages of one transcript that are about a topic, and the cards that can be made from them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from talkbook.matching import (
    bag_of_words,
    conversation,
    name_hits,
    nearby,
    ranges,
    relevance,
    segmentation,
    senses,
    tables,
)
from talkbook.matching.conversation import ConversationText
from talkbook.matching.name_hits import Named
from talkbook.matching.nearby import Cells
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.segmentation import Stretches
from talkbook.matching.tables import Table
from talkbook.matching.topic_names import Terms
from talkbook.matching.topic_words import TopicWords
from talkbook.model import Transcript
from talkbook.text.tokens import Numbers
from talkbook.transcripts import spoken_text
from talkbook.transcripts.spoken_text import SpokenText

HOLLOW = 8  # most words in a sentence that says nothing on its own: "Yeah.", "So that's the first part."
_AGREES = 12  # most words in a turn that only responds to what was said
_STILL = 0.4  # probability from which a sentence is still about what was named before

# A stretch of one turn that is about a topic. turn: its index in the transcript. start, end: offsets in the source.
# score: the mean probability that its words are about the topic, from 0 to 1; comparable across topics and transcripts.
PASSAGE = np.dtype([("turn", "i4"), ("start", "i4"), ("end", "i4"), ("score", "f8"), ("words", "i4")])
# A sentence that names a topic and may be quoted. number: the same wherever the sentence is repeated; see `repeats`.
SENTENCE = np.dtype([("start", "i4"), ("end", "i4"), ("number", "u8")])


@dataclass(frozen=True, slots=True)
class TopicPassages:
    """What may be quoted from one transcript, in order of place.

    passages: rows of PASSAGE for each topic.
    cards: the parts of the passages that can be quotes, as rows of PASSAGE. A card that leads to a question scores
        lower, as answers say more.
    named: rows of SENTENCE for each topic.
    company: one row of senses.COMPANY for each topic that is named.
    """

    passages: Table = field(default_factory=Table)
    cards: Table = field(default_factory=Table)
    named: Table = field(default_factory=Table)
    company: Table = field(default_factory=Table)


def find(transcript: Transcript, terms: Terms, words: TopicWords, spoken: SpokenText | None = None) -> TopicPassages:
    """Find the passages of the transcript that are about a topic, and the sentences that name one.

    terms, words: made from the same topics.
    spoken: the text of the transcript's turns, if the caller already has it.
    """
    if spoken is None:
        spoken = spoken_text.from_spans(
            transcript.source, transcript.edits, [(turn.start, turn.end) for turn in transcript.turns]
        )
    talk = conversation.from_turns(transcript.turns, spoken)
    if not talk.sentences or not words.slugs:
        return TopicPassages()
    named = name_hits.find(talk, terms, words.column)
    if not len(named.topic):
        return TopicPassages()
    bags = bag_of_words.count(talk.sentences)
    cells = nearby.cells(talk, named)
    probability = relevance.measure(talk, named, cells, words, bags)
    hollow = (talk.words <= HOLLOW) & (bags.meaningful < 2)
    quotable = talk.quotable(transcript.sponsors)
    worth = segmentation.worth(talk, cells, probability)
    about, cards = _stretches(talk, named, cells, probability, worth, hollow, quotable)
    scores, worths = _Scores(talk, cells, probability), _Scores(talk, cells, worth)
    return TopicPassages(
        tables.build(PASSAGE, words.slugs, about.topic, *talk.spans(about.first, about.end), *scores.of(about)),
        tables.build(PASSAGE, words.slugs, cards.topic, *talk.spans(cards.first, cards.end), *worths.of(cards)),
        _sentences(talk, named, words.slugs, quotable, bags.number),
        tables.build(senses.COMPANY, words.slugs, *senses.company(words, bags, named)),
    )


def _sentences(talk: ConversationText, named: Named, slugs: Sequence[str], quotable: Bools, number: Numbers) -> Table:
    """Return the sentences that name each topic and may be quoted."""
    spoken = quotable[named.sentence]
    at = named.sentence[spoken]
    _, start, end = talk.spans(at, at + 1)
    return tables.build(SENTENCE, slugs, named.topic[spoken], start, end, number[at])


def _stretches(
    talk: ConversationText,
    named: Named,
    cells: Cells,
    probability: Floats,
    worth: Floats,
    hollow: Bools,
    quotable: Bools,
) -> tuple[Stretches, Stretches]:
    """Return the passages and the cards of all topics. Each card lies in a passage, which is extended if necessary.

    worth: what a word of each cell is worth on a card.
    hollow: whether each sentence says nothing on its own.
    quotable: whether each sentence may be quoted.
    """
    evidence = _Evidence(talk, named, cells, probability)
    silent = np.concatenate([[0], np.cumsum(~quotable)])

    def with_evidence(stretches: Stretches, *, near: bool) -> Stretches:
        return stretches.select(evidence.of(stretches, near=near) & (silent[stretches.end] == silent[stretches.first]))

    about = with_evidence(segmentation.about(talk, cells, probability), near=False)
    cards = Stretches.none()
    borders = segmentation.borders(talk, hollow)
    for at, least in enumerate(segmentation.CARDS):
        rest = ~np.isin(cells.topic, cards.topic)
        if rest.any():
            more = segmentation.cards(talk, cells.select(rest), worth[rest], borders, least)
            cards = segmentation.joined(cards, with_evidence(more, near=not at))
    return _united(talk, segmentation.joined(about, cards)), cards


def _united(talk: ConversationText, stretches: Stretches) -> Stretches:
    """Merge stretches of one topic and turn that overlap or touch."""
    topic, first, end = stretches.topic, stretches.first, stretches.end
    order = np.lexsort((first, topic))
    rows: list[list[int]] = []
    turn = talk.turn.tolist()
    for number, start, stop in zip(topic[order].tolist(), first[order].tolist(), end[order].tolist(), strict=True):
        if rows and rows[-1][0] == number and start <= rows[-1][2] and turn[start] == turn[rows[-1][1]]:
            rows[-1][2] = max(rows[-1][2], stop)
        else:
            rows.append([number, start, stop])
    return Stretches(*np.array(rows, np.intp).reshape(-1, 3).T)


class _Evidence:
    """The evidence that stretches are about their topics: names in them, or in what they respond to."""

    def __init__(self, talk: ConversationText, named: Named, cells: Cells, probability: Floats) -> None:
        self._talk, self._cells = talk, cells
        self._names = named.topic * cells.stride + named.sentence
        words = np.add.reduceat(talk.words, talk.begins[:-1])
        self._short = words <= _AGREES
        still = probability >= _STILL
        self._still = np.concatenate([[0], np.cumsum(still)])

    def of(self, stretches: Stretches, *, near: bool) -> Bools:
        """Return for each stretch whether its topic is named in it, earlier in its turn, or in the turn before.

        Unless `near` is set, a name one turn earlier counts too, if the turn in between only responds to it or is
        partly about the topic. Otherwise, that turn has changed the subject.
        """
        begins, turn = self._talk.begins, self._talk.turn[stretches.first]
        key = stretches.topic * self._cells.stride
        before = begins[np.maximum(turn - 1, 0)]
        found = self._any(key + before, key + stretches.end)
        if near:
            return found
        earlier = begins[np.maximum(turn - 2, 0)]
        keys = self._cells.keys
        between = (
            self._still[np.searchsorted(keys, key + begins[turn])] - self._still[np.searchsorted(keys, key + before)]
        )
        goes_on = self._short[np.maximum(turn - 1, 0)] | (between > 0)
        found |= goes_on & self._any(key + earlier, key + before)
        return found

    def _any(self, first: Ints, end: Ints) -> Bools:
        found: Bools = np.searchsorted(self._names, end) > np.searchsorted(self._names, first)
        return found


class _Scores:
    """The mean worth of a word in a stretch. worth: that of a word in each cell, such as its probability."""

    def __init__(self, talk: ConversationText, cells: Cells, worth: Floats) -> None:
        self._cells = cells
        self._words = ranges.offsets(talk.words)
        weighed = worth * talk.words[cells.sentence]
        self._weighed = np.concatenate([[0.0], np.cumsum(weighed)])

    def of(self, stretches: Stretches) -> tuple[Floats, Ints]:
        """Return the score of each stretch, and its number of words."""
        first = self._cells.find(stretches.topic, stretches.first)
        words = self._words[stretches.end] - self._words[stretches.first]
        total = self._weighed[first + stretches.end - stretches.first] - self._weighed[first]
        return total / words, words
