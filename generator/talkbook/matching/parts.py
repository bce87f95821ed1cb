"""What is chosen for one topic from all its passages; after an edit, only what the edit concerns is chosen again."""

from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import is_, itemgetter

from rapidfuzz import fuzz, process

from talkbook import anchors, layers
from talkbook.matching import places
from talkbook.matching.passages import Found, Passage, Sentence
from talkbook.matching.places import Places, Span
from talkbook.model import Mention, Topic, Transcript, Words
from talkbook.problems import Problem

ALONE = 6  # quotes that a topic has from the generator where there is one conversation, pins not counted
EACH, MOST = 3, 12  # from one conversation, and in all, where there are more
_GOOD = 0.4  # share of the best passage's score that another needs
_LEAST = 0.25  # score that every passage needs
_SAME = 90  # of 100: likeness from which two passages say the same words

Ranked = tuple[float, int, int, Passage]  # score below zero, transcript by its index, start: the best comes first
_rank = itemgetter(0, 1, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """What was chosen for one topic.

    chosen: its quotes, those that are pinned among them. examined: how many of the passages, as `ranked`, were
    looked at for them. named: by the index of a transcript, the mentions in it; `mentions` has them all.
    """

    topic: Topic
    pinned: Sequence[Span]
    hidden: Sequence[Span]
    ranked: Sequence[Ranked]
    examined: int
    chosen: Sequence[Span]
    named: Mapping[int, Sequence[Mention]]
    mentions: tuple[Mention, ...]
    problems: Sequence[Problem]


def choose(
    topic: Topic,
    transcripts: Sequence[Transcript],
    found: Sequence[Found],
    known: Places,
    before: Part | None,
    fresh: Collection[int],
) -> Part:
    """The part of one topic. before: that of an earlier choice. fresh: the indexes of what is another since."""
    problems: list[Problem] = []
    pinned = tuple(_pinned(topic, topic.pins, transcripts, known, problems, pin=True))
    hidden = tuple(_pinned(topic, topic.hides, transcripts, known, problems, pin=False))
    ranked = _ranked(topic.slug, found, before, fresh)
    if before and _alike(before, ranked, pinned, hidden, fresh):
        chosen, examined = before.chosen, before.examined
    else:
        best, examined = _best(ranked, transcripts, taken=[*pinned, *hidden])
        chosen = (*pinned, *best)
    named = _named(topic, transcripts, found, {*chosen, *hidden}, before, fresh)
    mentions = tuple(chain.from_iterable(named[at] for at in sorted(named)))
    return Part(topic, pinned, hidden, ranked, examined, chosen, named, mentions, problems)


def _pinned(
    topic: Topic,
    wanted: Iterable[Words],
    transcripts: Sequence[Transcript],
    known: Places,
    problems: list[Problem],
    *,
    pin: bool,
) -> Iterator[Span]:
    seen: set[Span] = set()
    for words in wanted:
        try:
            span = places.find(transcripts, words, known)
        except anchors.Lost as lost:
            problems.append(Problem(topic.path, words.line, lost.message, lost.cure))
            continue
        if pin and not transcripts[span.transcript].turns[span.turn].quotable:
            message = f'"{words.text}" stands in a cold open, which only repeats what is said later.'
            problems.append(Problem(topic.path, words.line, message, "Pin the place where it is said."))
            continue
        if span not in seen:
            seen.add(span)
            yield span


def _ranked(slug: str, found: Sequence[Found], before: Part | None, fresh: Collection[int]) -> Sequence[Ranked]:
    def rows(at: int) -> Iterator[Ranked]:
        return ((-each.score, at, each.start, each) for each in found[at].passages.get(slug, ()))

    if before is None:
        return sorted((row for at in range(len(found)) for row in rows(at)), key=_rank)
    ranked = [row for row in before.ranked if row[1] not in fresh]
    for at in fresh:
        for row in rows(at):
            insort(ranked, row, key=_rank)
    return ranked


def _alike(
    before: Part, ranked: Sequence[Ranked], pinned: Sequence[Span], hidden: Sequence[Span], fresh: Collection[int]
) -> bool:
    """Whether the same would be chosen as before: nothing that was looked at has changed."""
    one, other = before.ranked[: before.examined], ranked[: before.examined]
    taken = (before.pinned, before.hidden) == (pinned, hidden)
    settled = not any(span.transcript in fresh for span in (*pinned, *hidden))
    return taken and settled and len(one) == len(other) and all(map(is_, one, other))


def _best(
    ranked: Sequence[Ranked], transcripts: Sequence[Transcript], taken: Sequence[Span]
) -> tuple[Sequence[Span], int]:
    """What is chosen, and how many of the passages decide on that."""
    # The best counts even where it is pinned or hidden, so that hiding it lets nothing worse in.
    bar = max(_LEAST, _GOOD * (ranked[0][3].score if ranked else 0.0))
    each, most = (EACH, MOST) if len(transcripts) > 1 else (ALONE, ALONE)
    said = [_shown(transcripts[span.transcript], span) for span in taken]  # of what is taken and of what is chosen
    chosen: list[Span] = []
    for count, (_, at, _, passage) in enumerate(ranked):
        if len(chosen) == most:
            return chosen, count
        if passage.score < bar:
            return chosen, count + 1
        span = Span(at, passage.turn, passage.start, passage.end)
        if sum(other.transcript == at for other in chosen) == each:
            continue
        words = _shown(transcripts[at], span)
        if not any(span.meets(other) for other in [*taken, *chosen]) and not _repeats(words, said):
            chosen.append(span)
            said.append(words)
    return chosen, len(ranked) + 1


def _repeats(words: str, said: Iterable[str]) -> bool:
    """Whether the words were said before, more or less."""
    return process.extractOne(words, said, scorer=fuzz.token_set_ratio, score_cutoff=_SAME) is not None


def _shown(transcript: Transcript, span: Span) -> str:
    return layers.shown(transcript.source, transcript.edits, span.start, span.end)


def _named(
    topic: Topic,
    transcripts: Sequence[Transcript],
    found: Sequence[Found],
    taken: set[Span],
    before: Part | None,
    fresh: Collection[int],
) -> Mapping[int, Sequence[Mention]]:
    """By the index of each transcript, the mentions in it. taken: what is none."""
    inside: dict[int, list[Span]] = {}
    for span in taken:
        inside.setdefault(span.transcript, []).append(span)
    changed: Iterable[int] = range(len(found))
    if before:
        changed = {*fresh, *(span.transcript for span in taken.symmetric_difference((*before.chosen, *before.hidden)))}
    named = {**before.named} if before else {}
    for at in changed:
        named.pop(at, None)
        if sentences := found[at].named.get(topic.slug):
            named[at] = tuple(_mentions(topic, transcripts[at], sentences, inside.get(at, ())))
    return named


def _mentions(
    topic: Topic, transcript: Transcript, sentences: Iterable[Sentence], taken: Sequence[Span]
) -> Iterator[Mention]:
    for each in sentences:
        if not (taken and any(span.start < each.end and each.start < span.end for span in taken)):
            yield Mention(topic.slug, transcript.slug, each.start, each.end)
