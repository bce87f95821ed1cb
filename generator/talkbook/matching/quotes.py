"""Choosing each topic's quotes from its passages, with the curator's pins and hides.

What names a topic and is in none of its quotes is a mention.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from rapidfuzz import fuzz, process

from talkbook import anchors, ids, layers
from talkbook.matching import places
from talkbook.matching.passages import Found, Passage, Sentence
from talkbook.model import Mention, Quote, Topic, Transcript, Words
from talkbook.problems import Problem

ALONE = 6  # quotes that a topic has from the generator where there is one conversation, pins not counted
EACH, MOST = 3, 12  # from one conversation, and in all, where there are more
_GOOD = 0.4  # share of the best passage's score that another needs
_LEAST = 0.25  # score that every passage needs
Holders = Mapping[str, Sequence[Transcript]]  # by a text, the transcripts that may hold it

_T = TypeVar("_T")
_SAME = 90  # of 100: likeness from which two passages say the same words


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """A stretch of one turn; the transcript and the turn by their index."""

    transcript: int
    turn: int
    start: int
    end: int

    def meets(self, other: "_Span") -> bool:
        return self.transcript == other.transcript and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Part:
    """What was chosen for one topic."""

    topic: Topic
    pinned: Sequence[_Span]
    chosen: Sequence[_Span]
    mentions: Sequence[Mention]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    quotes: in the order of transcripts and places; one for each passage, however many
    topics it serves. mentions: by topic, in the same order. parts: by topic; found: what
    they were chosen from.
    """

    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]
    parts: Mapping[str, _Part] = field(default_factory=dict, repr=False)
    found: Sequence[Found] = field(default=(), repr=False)


def choose(
    topics: Sequence[Topic],
    transcripts: Sequence[Transcript],
    found: Sequence[Found],
    before: Choice | None = None,
) -> Choice:
    """The quotes and mentions of all topics.

    found: for each transcript what `passages.find` made of it. before: an earlier choice, of which the
    topics for which nothing has changed are taken over. Problems are pins and hides whose words are nowhere,
    or in more than one place.
    """
    old = before.parts if before and len(before.found) == len(found) else {}
    fresh = [pair for pair in zip(before.found, found, strict=True) if pair[0] is not pair[1]] if before and old else []
    touched = {slug for pair in fresh for each in pair for slug in (*each.passages, *each.named)}
    parts: dict[str, _Part] = {}
    for topic in topics:
        part = old.get(topic.slug)
        anywhere = bool(fresh and (topic.pins or topic.hides))  # their words may stand in any transcript
        if part and part.topic == topic and topic.slug not in touched and not anywhere:
            parts[topic.slug] = part
    changed = [topic for topic in topics if topic.slug not in parts]
    holders = places.likely(transcripts, [words for topic in changed for words in (*topic.pins, *topic.hides)])
    passages = _by_topic(changed, [each.passages for each in found])
    named = _by_topic(changed, [each.named for each in found])
    parts |= {
        topic.slug: _part(topic, transcripts, passages[topic.slug], named[topic.slug], holders) for topic in changed
    }
    parts = {topic.slug: parts[topic.slug] for topic in topics}
    served: dict[_Span, list[str]] = {}
    for topic, part in zip(topics, parts.values(), strict=True):
        for span in part.chosen:
            served.setdefault(span, []).append(topic.slug)
    editors = {span for part in parts.values() for span in part.pinned}
    return Choice(
        tuple(_quotes(served, editors, transcripts)),
        tuple(mention for part in parts.values() for mention in part.mentions),
        tuple(problem for part in parts.values() for problem in part.problems),
        parts,
        found,
    )


def _by_topic(
    topics: Iterable[Topic], found: Iterable[Mapping[str, Sequence[_T]]]
) -> Mapping[str, list[tuple[int, Sequence[_T]]]]:
    """By topic, what was found in each transcript, with its index."""
    lists: dict[str, list[tuple[int, Sequence[_T]]]] = {topic.slug: [] for topic in topics}
    for at, each in enumerate(found):
        for slug, rows in each.items():
            if slug in lists:
                lists[slug].append((at, rows))
    return lists


def _part(
    topic: Topic,
    transcripts: Sequence[Transcript],
    passages: Iterable[tuple[int, Sequence[Passage]]],
    named: Iterable[tuple[int, Sequence[Sentence]]],
    holders: Holders,
) -> _Part:
    problems: list[Problem] = []
    pinned = list(_pinned(topic, topic.pins, transcripts, holders, problems, pin=True))
    hidden = list(_pinned(topic, topic.hides, transcripts, holders, problems, pin=False))
    every = [(at, passage) for at, rows in passages for passage in rows]
    chosen = [*pinned, *_best(every, transcripts, taken=[*pinned, *hidden])]
    mentions = tuple(_mentions(topic, named, transcripts, taken=[*chosen, *hidden]))
    return _Part(topic, pinned, chosen, mentions, problems)


def _pinned(
    topic: Topic,
    wanted: Iterable[Words],
    transcripts: Sequence[Transcript],
    holders: Holders,
    problems: list[Problem],
    *,
    pin: bool,
) -> Iterator[_Span]:
    seen: set[_Span] = set()
    for words in wanted:
        try:
            place = places.find(transcripts, words, holders[words.text])
        except anchors.Lost as lost:
            problems.append(Problem(topic.path, words.line, lost.message, lost.cure))
            continue
        if pin and not place.turn.quotable:
            message = f'"{words.text}" stands in a cold open, which only repeats what is said later.'
            problems.append(Problem(topic.path, words.line, message, "Pin the place where it is said."))
            continue
        index = next(at for at, each in enumerate(transcripts) if each is place.transcript)
        span = _Span(index, place.transcript.turns.index(place.turn), place.start, place.end)
        if span not in seen:
            seen.add(span)
            yield span


def _best(
    passages: Sequence[tuple[int, Passage]], transcripts: Sequence[Transcript], taken: Sequence[_Span]
) -> list[_Span]:
    # The best counts even where it is pinned or hidden, so that hiding it lets nothing worse in.
    bar = max(_LEAST, _GOOD * max((passage.score for _, passage in passages), default=0.0))
    good = [pair for pair in passages if pair[1].score >= bar]
    candidates = sorted(good, key=lambda pair: (-pair[1].score, pair[0], pair[1].start))
    each, most = (EACH, MOST) if len(transcripts) > 1 else (ALONE, ALONE)
    said = [_shown(transcripts[span.transcript], span) for span in taken]  # of what is taken and of what is chosen
    chosen: list[_Span] = []
    for at, passage in candidates:
        span = _Span(at, passage.turn, passage.start, passage.end)
        if len(chosen) == most:
            break
        if sum(other.transcript == at for other in chosen) == each:
            continue
        words = _shown(transcripts[at], span)
        if not any(span.meets(other) for other in [*taken, *chosen]) and not _repeats(words, said):
            chosen.append(span)
            said.append(words)
    return chosen


def _repeats(words: str, said: Iterable[str]) -> bool:
    """Whether the words were said before, more or less."""
    return process.extractOne(words, said, scorer=fuzz.token_set_ratio, score_cutoff=_SAME) is not None


def _shown(transcript: Transcript, span: _Span) -> str:
    return layers.shown(transcript.source, transcript.edits, span.start, span.end)


def _mentions(
    topic: Topic,
    named: Iterable[tuple[int, Sequence[Sentence]]],
    transcripts: Sequence[Transcript],
    taken: Sequence[_Span],
) -> Iterator[Mention]:
    inside: dict[int, list[_Span]] = {}
    for span in taken:
        inside.setdefault(span.transcript, []).append(span)
    for at, sentences in named:
        near = inside.get(at, ())
        for each in sentences:
            if not (near and any(span.start < each.end and each.start < span.end for span in near)):
                yield Mention(topic.slug, transcripts[at].slug, each.start, each.end)


def _quotes(
    served: Mapping[_Span, Sequence[str]], editors: set[_Span], transcripts: Sequence[Transcript]
) -> Iterator[Quote]:
    spans = sorted(served)
    names = ids.unique(
        ids.of("q", transcript.turns[span.turn].speaker, transcript.source[span.start : span.end])
        for span in spans
        for transcript in [transcripts[span.transcript]]
    )
    for name, span in zip(names, spans, strict=True):
        transcript = transcripts[span.transcript]
        turn = transcript.turns[span.turn]
        yield Quote(
            id=name,
            transcript=transcript.slug,
            turn=turn.id,
            speaker=turn.speaker,
            start=span.start,
            end=span.end,
            topics=tuple(served[span]),
            pinned=span in editors,
        )
