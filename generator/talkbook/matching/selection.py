"""Choose the quotes of one topic. After an edit, this is repeated only for topics that it affects."""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from talkbook.matching import pins, repeats, senses, topic_candidates
from talkbook.matching.pins import Places, TurnSpan
from talkbook.matching.ranges import Bools, Floats
from talkbook.matching.segmentation import LONGEST
from talkbook.matching.tables import Rows
from talkbook.matching.topic_candidates import Candidates
from talkbook.model import TextSelector, Topic, Transcript
from talkbook.problems import Problem
from talkbook.text import anchors, scripts
from talkbook.transcripts import source_map

SelectorProblem = tuple[TextSelector, Problem]  # a pin or hide, and why it can't be applied

MOST = 24  # quotes of a topic, not counting pins
ENOUGH = 0.7  # share of what a conversation says about a topic that may be quoted
_SURE = 0.75  # score that a quote needs; on what readers marked, values up to 0.85 do equally well
_LEAST = 0.4  # score that the surest card of the conversation that says most needs; the lowest of CARDS
_AGAIN = 0.75  # factor for the worth of each further quote from the same conversation
_APART = 350  # characters between two quotes from one turn; anything closer is read together
_SAME = 90  # of 100: similarity from which two passages say the same


@dataclass(frozen=True, slots=True)
class TopicSelection:
    """What was chosen for one topic.

    pinned, hidden: the places that its curator pins and hides.
    candidates: what it was chosen from.
    chosen: the topic's quotes, including the pinned ones.
    """

    topic: Topic
    pinned: Sequence[TurnSpan]
    hidden: Sequence[TurnSpan]
    candidates: Candidates
    chosen: Sequence[TurnSpan]
    problems: Sequence[SelectorProblem]

    @property
    def transcripts(self) -> Set[int]:
        """The indices of all transcripts that have to do with the topic."""
        spans = (*self.pinned, *self.hidden, *self.chosen)
        return {*self.candidates.transcripts, *(span.transcript for span in spans)}


def choose(
    topic: Topic,
    transcripts: Sequence[Transcript],
    candidates: Candidates,
    known: Places,
    before: TopicSelection | None,
    fresh: Set[int],
) -> TopicSelection:
    """Choose the quotes of one topic.

    candidates: from the transcripts in `fresh` if there is an earlier selection, and otherwise from all.
    known: where the words of pins and hides are.
    before: an earlier selection; None if there is none.
    fresh: the indices of the transcripts that have changed since.
    """
    problems: list[SelectorProblem] = []
    pinned = tuple(dict.fromkeys(_pinned(topic, transcripts, known, problems)))
    hidden = tuple(dict.fromkeys(_hidden(topic, transcripts, known, problems, pinned)))
    if before:
        candidates = before.candidates.renewed(candidates, fresh)
    if before and _alike(before, candidates, pinned, hidden, fresh):
        chosen = before.chosen
    else:
        chosen = (*pinned, *_best(candidates, transcripts, taken=[*pinned, *hidden]))
    return TopicSelection(topic, pinned, hidden, candidates, chosen, problems)


def faults(topics: Sequence[Topic], transcripts: Sequence[Transcript]) -> list[SelectorProblem]:
    """Return the problems in the pins and hides of topics for which no quotes are chosen."""
    words = [selector.text for topic in topics for selector in (*topic.pins, *topic.hides)]
    known = pins.find_all(transcripts, range(len(transcripts)), words)
    problems: list[SelectorProblem] = []
    for topic in topics:
        pinned = tuple(_pinned(topic, transcripts, known, problems))
        tuple(_hidden(topic, transcripts, known, problems, pinned))
    return problems


def _pinned(
    topic: Topic, transcripts: Sequence[Transcript], known: Places, problems: list[SelectorProblem]
) -> Iterator[TurnSpan]:
    for words in topic.pins:
        span = _span(topic, words, transcripts, known, problems)
        if span and not transcripts[span.transcript].turns[span.turn].quotable:
            message = f'"{words.text}" is in a cold open, which only repeats what is said later.'
            problems.append((words, Problem(topic.path, words.line, message, "Pin the place where it is said.")))
        elif span:
            yield span


def _hidden(
    topic: Topic,
    transcripts: Sequence[Transcript],
    known: Places,
    problems: list[SelectorProblem],
    pinned: Sequence[TurnSpan],
) -> Iterator[TurnSpan]:
    for words in topic.hides:
        if span := _span(topic, words, transcripts, known, problems):
            if any(span.meets(other) for other in pinned):
                message = f'"{words.text}" should be hidden, but is in a pinned passage.'
                problems.append((words, Problem(topic.path, words.line, message, "Remove one of the two.")))
            yield span


def _span(
    topic: Topic, words: TextSelector, transcripts: Sequence[Transcript], known: Places, problems: list[SelectorProblem]
) -> TurnSpan | None:
    try:
        return pins.find(transcripts, words, known)
    except anchors.AnchorNotFound as lost:
        problems.append((words, Problem(topic.path, words.line, lost.message, lost.hint)))
        return None


def _alike(
    before: TopicSelection,
    candidates: Candidates,
    pinned: Sequence[TurnSpan],
    hidden: Sequence[TurnSpan],
    fresh: Set[int],
) -> bool:
    """Return whether the same quotes would be chosen as before, as nothing that decides on them has changed."""
    old, new = before.candidates, candidates
    seen = {*new.cards["transcript"].tolist(), *(span.transcript for span in (*pinned, *hidden))}
    same = all(np.array_equal(getattr(old, name), getattr(new, name)) for name in topic_candidates.TABLES)
    return same and (before.pinned, before.hidden) == (pinned, hidden) and fresh.isdisjoint(seen)


def _best(candidates: Candidates, transcripts: Sequence[Transcript], taken: Sequence[TurnSpan]) -> Sequence[TurnSpan]:
    """Return the best cards: those that say most about the topic and are sure enough to be quoted.

    The more a conversation says about the topic, the more quotes it gets; but each is worth less than its last one, so
    that others get their turn. The one that says most gets its surest card in any case. Cards that repeat words, or
    are close to another, are left out.

    taken: what is pinned or hidden.
    """
    texts = [_shown(transcripts[span.transcript], span) for span in taken]  # of what is taken or chosen
    amounts, fits = candidates.amounts(len(transcripts)), candidates.fits(len(transcripts), senses.QUOTED)
    left = amounts * ENOUGH
    value = np.sqrt(amounts * fits)
    for span, words in zip(taken, texts, strict=True):
        left[span.transcript] -= scripts.count(words)
    cards = _allowed(candidates.cards, candidates, fits)
    if not len(cards):  # the topic is only touched on, in too few words for a card
        cards = _allowed(candidates.passages[candidates.passages["words"] <= LONGEST], candidates, fits)
    cards = cards[(cards["score"] >= _SURE) | _foremost(cards, value)]
    waiting = [(-row["score"] * row["words"] * value[row["transcript"]], 0, TurnSpan(*row.item()[2:])) for row in cards]
    heapq.heapify(waiting)
    chosen: list[TurnSpan] = []
    number: Counter[int] = Counter()
    while waiting and len(chosen) < MOST:
        worth, since, span = heapq.heappop(waiting)
        if left[span.transcript] <= 0 or any(_close(span, other) for other in [*taken, *chosen]):
            continue
        if since < number[span.transcript]:  # others were chosen after it was weighed
            heapq.heappush(waiting, (worth * _AGAIN, since + 1, span))
            continue
        words = _shown(transcripts[span.transcript], span)
        if not _repeats(words, texts):
            chosen.append(span)
            texts.append(words)
            number[span.transcript] += 1
            left[span.transcript] -= scripts.count(words)
    return chosen


def _allowed(cards: Rows, candidates: Candidates, fits: Floats) -> Rows:
    """Return the cards that may be quoted at all. fits: as Candidates.fits() returns them."""
    original = ~repeats.repeated(cards, candidates.named)
    allowed: Rows = cards[original & (cards["score"] >= _LEAST) & (fits[cards["transcript"]] > 0)]
    return allowed


def _foremost(cards: Rows, value: Floats) -> Bools:
    """Return for each card whether it is the surest one of the conversation with the highest value."""
    foremost = np.zeros(len(cards), bool)
    if len(cards):
        worth = value[cards["transcript"]]
        foremost[np.argmax(np.where(worth == worth.max(), cards["score"], 0.0))] = True
    return foremost


def _close(one: TurnSpan, other: TurnSpan) -> bool:
    """Return whether two stretches of one turn overlap or are so close that both are read together."""
    same = (one.transcript, one.turn) == (other.transcript, other.turn)
    return same and one.start < other.end + _APART and other.start < one.end + _APART


def _repeats(words: str, texts: Sequence[str]) -> bool:
    """Return whether one of the texts says nearly the same words."""
    if words in texts:
        return True
    return process.extractOne(words, texts, scorer=fuzz.token_set_ratio, score_cutoff=_SAME) is not None


def _shown(transcript: Transcript, span: TurnSpan) -> str:
    return source_map.shown(transcript.source, transcript.edits, span.start, span.end)
