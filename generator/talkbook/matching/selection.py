"""What is chosen for one topic from all its passages; after an edit, only what the edit concerns is chosen again."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter

import numpy as np
from rapidfuzz import fuzz, process

from talkbook.matching import pins
from talkbook.matching.candidates import Candidates
from talkbook.matching.pins import Places, Span
from talkbook.matching.tables import Rows
from talkbook.model import Mention, TextSelector, Topic, Transcript
from talkbook.problems import Problem
from talkbook.text import anchors
from talkbook.transcripts import source_map

ALONE = 6  # quotes that a topic has from the generator where there is one conversation, pins not counted
EACH, MOST = 3, 12  # from one conversation, and in all, where there are more
_GOOD = 0.4  # share of the best passage's score that another needs
_LEAST = 0.25  # score that every passage needs
_SAME = 90  # of 100: likeness from which two passages say the same words


@dataclass(frozen=True, slots=True)
class TopicSelection:
    """What was chosen for one topic.

    chosen: its quotes, those that are pinned among them. examined: how many of the passages, the best first, were
    looked at for them. named: by the index of a transcript, the mentions in it; `mentions` has them all.
    """

    topic: Topic
    pinned: Sequence[Span]
    hidden: Sequence[Span]
    candidates: Candidates
    examined: int
    chosen: Sequence[Span]
    named: Mapping[int, Sequence[Mention]]
    mentions: tuple[Mention, ...]
    problems: Sequence[Problem]


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
    if before and _alike(before, candidates.ranked, pinned, hidden, fresh):
        chosen, examined = before.chosen, before.examined
    else:
        best, examined = _best(candidates.ranked, transcripts, taken=[*pinned, *hidden])
        chosen = (*pinned, *best)
    named = _named(topic, transcripts, candidates.named, {*chosen, *hidden}, before, fresh)
    mentions = tuple(chain.from_iterable(named[at] for at in sorted(named)))
    return TopicSelection(topic, pinned, hidden, candidates, examined, chosen, named, mentions, problems)


def _pinned(topic: Topic, transcripts: Sequence[Transcript], known: Places, problems: list[Problem]) -> Iterator[Span]:
    for words in topic.pins:
        span = _span(topic, words, transcripts, known, problems)
        if span and not transcripts[span.transcript].turns[span.turn].quotable:
            message = f'"{words.text}" stands in a cold open, which only repeats what is said later.'
            problems.append(Problem(topic.path, words.line, message, "Pin the place where it is said."))
        elif span:
            yield span


def _hidden(
    topic: Topic, transcripts: Sequence[Transcript], known: Places, problems: list[Problem], pinned: Sequence[Span]
) -> Iterator[Span]:
    for words in topic.hides:
        if span := _span(topic, words, transcripts, known, problems):
            if any(span.meets(other) for other in pinned):
                message = f'"{words.text}" is to be hidden, and is in a passage that is pinned.'
                problems.append(Problem(topic.path, words.line, message, "Take one of the two out."))
            yield span


def _span(
    topic: Topic, words: TextSelector, transcripts: Sequence[Transcript], known: Places, problems: list[Problem]
) -> Span | None:
    try:
        return pins.find(transcripts, words, known)
    except anchors.AnchorNotFound as lost:
        problems.append(Problem(topic.path, words.line, lost.message, lost.hint))
        return None


def _alike(
    before: TopicSelection, ranked: Rows, pinned: Sequence[Span], hidden: Sequence[Span], fresh: Set[int]
) -> bool:
    """Whether the same would be chosen as before: nothing that was looked at has changed."""
    one, other = before.candidates.ranked[: before.examined], ranked[: before.examined]
    taken = (before.pinned, before.hidden) == (pinned, hidden)
    seen = {*other["transcript"].tolist(), *(span.transcript for span in (*pinned, *hidden))}
    return taken and fresh.isdisjoint(seen) and np.array_equal(one, other)


def _best(ranked: Rows, transcripts: Sequence[Transcript], taken: Sequence[Span]) -> tuple[Sequence[Span], int]:
    """What is chosen, and how many of the passages decide on that."""
    # The best counts even where it is pinned or hidden, so that hiding it lets nothing worse in.
    bar = max(_LEAST, _GOOD * ranked["score"].max(initial=0.0))
    each, most = (EACH, MOST) if len(transcripts) > 1 else (ALONE, ALONE)
    said = [_shown(transcripts[span.transcript], span) for span in taken]  # of what is taken and of what is chosen
    chosen: list[Span] = []
    for count, row in enumerate(ranked):
        if len(chosen) == most:
            return chosen, count
        score, *place = row.item()
        if score < bar:
            return chosen, count + 1
        span = Span(*place)
        if sum(other.transcript == span.transcript for other in chosen) == each:
            continue
        words = _shown(transcripts[span.transcript], span)
        if not any(span.meets(other) for other in [*taken, *chosen]) and not _repeats(words, said):
            chosen.append(span)
            said.append(words)
    return chosen, len(ranked) + 1


def _repeats(words: str, said: Sequence[str]) -> bool:
    """Whether the words were said before, more or less."""
    return words in said or process.extractOne(words, said, scorer=fuzz.token_set_ratio, score_cutoff=_SAME) is not None


def _shown(transcript: Transcript, span: Span) -> str:
    return source_map.shown(transcript.source, transcript.edits, span.start, span.end)


def _named(
    topic: Topic,
    transcripts: Sequence[Transcript],
    rows: Rows,
    taken: set[Span],
    before: TopicSelection | None,
    fresh: Set[int],
) -> Mapping[int, Sequence[Mention]]:
    """By the index of each transcript, the mentions in it. rows: all that name the topic. taken: what is no mention."""
    inside: dict[int, list[Span]] = {}
    for span in taken:
        inside.setdefault(span.transcript, []).append(span)
    named: dict[int, Sequence[Mention]] = {}
    if before:
        moved = taken.symmetric_difference((*before.chosen, *before.hidden))
        changed = {*fresh, *(span.transcript for span in moved)}
        rows = rows[np.isin(rows["transcript"], [*changed])]
        named = {at: mentions for at, mentions in before.named.items() if at not in changed}
    for at, group in groupby(rows.tolist(), itemgetter(0)):
        near = inside.get(at, ())
        named[at] = [
            Mention(topic.slug, transcripts[at].slug, start, end)
            for _, start, end in group
            if not (near and any(span.start < end and start < span.end for span in near))
        ]
    return named
