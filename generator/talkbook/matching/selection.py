"""What is chosen for one topic from all its passages; after an edit, only what the edit concerns is chosen again."""

import heapq
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from talkbook.matching import pins, repeats, senses
from talkbook.matching.pins import Places, TurnSpan
from talkbook.matching.ranges import Bools, Floats
from talkbook.matching.segmentation import LONGEST
from talkbook.matching.tables import Rows
from talkbook.matching.topic_candidates import Candidates
from talkbook.model import TextSelector, Topic, Transcript
from talkbook.problems import Problem
from talkbook.text import anchors, scripts
from talkbook.transcripts import source_map

MOST = 24  # quotes that a topic has from the generator, pins not counted
ENOUGH = 0.7  # share of what a conversation says on a topic that is quoted
_SURE = 0.75  # score that a quote needs; up to 0.85 it makes no difference on what readers marked
_LEAST = 0.4  # and that one needs from the conversation that says most on the topic: as the least sure card (CARDS)
_AGAIN = 0.75  # what a quote is worth beside the one before from the same conversation
_APART = 350  # characters between two quotes of one turn: what is nearer is read in its place
_SAME = 90  # of 100: likeness from which two passages say the same words


@dataclass(frozen=True, slots=True)
class TopicSelection:
    """What was chosen for one topic. chosen: its quotes, those that are pinned among them."""

    topic: Topic
    pinned: Sequence[TurnSpan]
    hidden: Sequence[TurnSpan]
    candidates: Candidates
    chosen: Sequence[TurnSpan]
    problems: Sequence[Problem]

    @property
    def transcripts(self) -> Set[int]:
        """The indexes of all transcripts that have to do with the topic."""
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
    """The part of one topic.

    before: that of an earlier choice. fresh: the indexes of the transcripts that are others since. candidates: of those
    alone if there is one before, and otherwise of all.
    """
    problems: list[Problem] = []
    pinned = tuple(dict.fromkeys(_pinned(topic, transcripts, known, problems)))
    hidden = tuple(dict.fromkeys(_hidden(topic, transcripts, known, problems, pinned)))
    if before:
        candidates = before.candidates.renewed(candidates, fresh)
    if before and _alike(before, candidates, pinned, hidden, fresh):
        chosen = before.chosen
    else:
        chosen = (*pinned, *_best(candidates, transcripts, taken=[*pinned, *hidden]))
    return TopicSelection(topic, pinned, hidden, candidates, chosen, problems)


def faults(topics: Sequence[Topic], transcripts: Sequence[Transcript]) -> list[Problem]:
    """What is wrong with the pins and hides of topics for which nothing is chosen."""
    words = [selector.text for topic in topics for selector in (*topic.pins, *topic.hides)]
    known = pins.every(transcripts, range(len(transcripts)), words)
    problems: list[Problem] = []
    for topic in topics:
        pinned = tuple(_pinned(topic, transcripts, known, problems))
        tuple(_hidden(topic, transcripts, known, problems, pinned))
    return problems


def _pinned(
    topic: Topic, transcripts: Sequence[Transcript], known: Places, problems: list[Problem]
) -> Iterator[TurnSpan]:
    for words in topic.pins:
        span = _span(topic, words, transcripts, known, problems)
        if span and not transcripts[span.transcript].turns[span.turn].quotable:
            message = f'"{words.text}" is in a cold open, which only repeats what is said later.'
            problems.append(Problem(topic.path, words.line, message, "Pin the place where it is said."))
        elif span:
            yield span


def _hidden(
    topic: Topic, transcripts: Sequence[Transcript], known: Places, problems: list[Problem], pinned: Sequence[TurnSpan]
) -> Iterator[TurnSpan]:
    for words in topic.hides:
        if span := _span(topic, words, transcripts, known, problems):
            if any(span.meets(other) for other in pinned):
                message = f'"{words.text}" should be hidden, but is in a pinned passage.'
                problems.append(Problem(topic.path, words.line, message, "Remove one of the two."))
            yield span


def _span(
    topic: Topic, words: TextSelector, transcripts: Sequence[Transcript], known: Places, problems: list[Problem]
) -> TurnSpan | None:
    try:
        return pins.find(transcripts, words, known)
    except anchors.AnchorNotFound as lost:
        problems.append(Problem(topic.path, words.line, lost.message, lost.hint))
        return None


def _alike(
    before: TopicSelection,
    candidates: Candidates,
    pinned: Sequence[TurnSpan],
    hidden: Sequence[TurnSpan],
    fresh: Set[int],
) -> bool:
    """Whether the same would be chosen as before: nothing that was looked at has changed."""
    one, other = before.candidates, candidates
    seen = {*other.cards["transcript"].tolist(), *(span.transcript for span in (*pinned, *hidden))}
    names = ("cards", "passages", "named", "company")
    same = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
    return same and (before.pinned, before.hidden) == (pinned, hidden) and fresh.isdisjoint(seen)


def _best(candidates: Candidates, transcripts: Sequence[Transcript], taken: Sequence[TurnSpan]) -> Sequence[TurnSpan]:
    """The cards that say most on the topic, as surely as a quote must, and the surest one of who says most on it.

    The more a conversation says on the topic, the more quotes it has. Each is worth less than the one before, so that
    other conversations have their turn. What several of them repeat is no quote. taken: what is pinned or hidden.
    """
    texts = [_shown(transcripts[span.transcript], span) for span in taken]  # of what is taken and of what is chosen
    amounts, fits = candidates.amounts(len(transcripts)), candidates.fits(len(transcripts), senses.QUOTED)
    left = amounts * ENOUGH
    value = np.sqrt(amounts * fits)
    for span, words in zip(taken, texts, strict=True):
        left[span.transcript] -= scripts.count(words)
    cards = _allowed(candidates.cards, candidates, fits)
    if not len(cards):  # it is only touched on, in too few words for a card
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
        if since < number[span.transcript]:  # others were chosen since it was weighed
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
    """Which of the cards may be quoted at all. fits: of each conversation, as of Candidates."""
    own = ~repeats.repeated(cards, candidates.named)
    allowed: Rows = cards[own & (cards["score"] >= _LEAST) & (fits[cards["transcript"]] > 0)]
    return allowed


def _foremost(cards: Rows, value: Floats) -> Bools:
    """Of each of the cards, whether it is the surest one of the conversation whose cards are worth most."""
    foremost = np.zeros(len(cards), bool)
    if len(cards):
        worth = value[cards["transcript"]]
        foremost[np.argmax(np.where(worth == worth.max(), cards["score"], 0.0))] = True
    return foremost


def _close(one: TurnSpan, other: TurnSpan) -> bool:
    """Whether two stretches of one turn overlap, or one begins so soon after the other that it is read in its place."""
    same = (one.transcript, one.turn) == (other.transcript, other.turn)
    return same and one.start < other.end + _APART and other.start < one.end + _APART


def _repeats(words: str, texts: Sequence[str]) -> bool:
    """Whether one of the texts says the words, more or less."""
    if words in texts:
        return True
    return process.extractOne(words, texts, scorer=fuzz.token_set_ratio, score_cutoff=_SAME) is not None


def _shown(transcript: Transcript, span: TurnSpan) -> str:
    return source_map.shown(transcript.source, transcript.edits, span.start, span.end)
