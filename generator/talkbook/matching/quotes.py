"""Choosing each topic's quotes from its passages, with the curator's pins and hides.

What names a topic and is in none of its quotes is a mention.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from talkbook import anchors, ids, layers
from talkbook.matching import places
from talkbook.matching.passages import Found, Passage, Sentence
from talkbook.model import Mention, Quote, Topic, Transcript, Words
from talkbook.problems import Problem

ALONE = 6  # quotes that a topic has from the generator where there is one conversation, pins not counted
EACH, MOST = 3, 12  # from one conversation, and in all, where there are more
_GOOD = 0.4  # share of the best passage's score that another needs
_LEAST = 0.25  # score that every passage needs
_SAME = 90  # of 100: likeness from which two passages say the same words


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen.

    quotes: in the order of transcripts and places; one for each passage, however many
    topics it serves. mentions: by topic, in the same order.
    """

    quotes: tuple[Quote, ...]
    mentions: tuple[Mention, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """A stretch of one turn; the transcript and the turn by their index."""

    transcript: int
    turn: int
    start: int
    end: int

    def meets(self, other: "_Span") -> bool:
        return self.transcript == other.transcript and self.start < other.end and other.start < self.end


def choose(topics: Sequence[Topic], transcripts: Sequence[Transcript], found: Sequence[Found]) -> Choice:
    """The quotes and mentions of all topics.

    found: for each transcript what `passages.find` made of it. Problems are pins and
    hides whose words are nowhere, or in more than one place.
    """
    served: dict[_Span, list[str]] = {}
    editors: set[_Span] = set()
    mentions: list[Mention] = []
    problems: list[Problem] = []
    passages: dict[str, list[tuple[int, Passage]]] = {}  # by topic, each with the index of its transcript
    named: dict[str, list[tuple[int, Sentence]]] = {}
    for at, each in enumerate(found):
        for slug, some in each.passages.items():
            passages.setdefault(slug, []).extend((at, passage) for passage in some)
        for slug, sentences in each.named.items():
            named.setdefault(slug, []).extend((at, sentence) for sentence in sentences)
    for topic in topics:
        pinned = list(_pinned(topic, topic.pins, transcripts, problems, pin=True))
        hidden = list(_pinned(topic, topic.hides, transcripts, problems, pin=False))
        chosen = [*pinned, *_best(passages.get(topic.slug, ()), transcripts, taken=[*pinned, *hidden])]
        editors.update(pinned)
        for span in chosen:
            served.setdefault(span, []).append(topic.slug)
        mentions.extend(_mentions(topic, named.get(topic.slug, ()), transcripts, taken=[*chosen, *hidden]))
    return Choice(tuple(_quotes(served, editors, transcripts)), tuple(mentions), tuple(problems))


def _pinned(
    topic: Topic, wanted: Iterable[Words], transcripts: Sequence[Transcript], problems: list[Problem], *, pin: bool
) -> Iterator[_Span]:
    seen: set[_Span] = set()
    for words in wanted:
        try:
            place = places.find(transcripts, words)
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
    passages: Iterable[tuple[int, Passage]], transcripts: Sequence[Transcript], taken: Sequence[_Span]
) -> list[_Span]:
    candidates = sorted(passages, key=lambda pair: (-pair[1].score, pair[0], pair[1].start))
    # The best counts even where it is pinned or hidden, so that hiding it lets nothing worse in.
    bar = max(_LEAST, _GOOD * candidates[0][1].score) if candidates else 0.0
    each, most = (EACH, MOST) if len(transcripts) > 1 else (ALONE, ALONE)
    chosen: list[_Span] = []
    for at, passage in candidates:
        span = _Span(at, passage.turn, passage.start, passage.end)
        if passage.score < bar or len(chosen) == most:
            break
        if sum(other.transcript == at for other in chosen) == each:
            continue
        if not any(span.meets(other) or _alike(span, other, transcripts) for other in [*taken, *chosen]):
            chosen.append(span)
    return chosen


def _alike(one: _Span, other: _Span, transcripts: Sequence[Transcript]) -> bool:
    first, second = (_shown(transcripts[span.transcript], span) for span in (one, other))
    return fuzz.token_set_ratio(first, second, score_cutoff=_SAME) > 0


def _shown(transcript: Transcript, span: _Span) -> str:
    return layers.shown(transcript.source, transcript.edits, span.start, span.end)


def _mentions(
    topic: Topic, named: Iterable[tuple[int, Sentence]], transcripts: Sequence[Transcript], taken: Sequence[_Span]
) -> Iterator[Mention]:
    for at, sentence in named:
        transcript = transcripts[at]
        turn = transcript.turns[sentence.turn]
        span = _Span(at, sentence.turn, sentence.start, sentence.end)
        if turn.quotable and not any(span.meets(other) for other in taken):
            yield Mention(topic.slug, transcript.slug, turn.id, sentence.start, sentence.end)


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
