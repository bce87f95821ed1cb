"""All that is said about a topic: its passages, quoted or not, and its mentions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from talkbook.matching import senses
from talkbook.matching.pins import TurnSpan
from talkbook.matching.selection import TopicSelection
from talkbook.model import Mention, Passage, Quote, Transcript

_PINNED = 1.0  # score of a pinned quote, which a curator says is about the topic


def passages(
    chosen: TopicSelection, quotes: Mapping[TurnSpan, Quote], transcripts: Sequence[Transcript]
) -> Sequence[Passage]:
    """Return the passages about the topic, in order, starting with the conversation that says most about it.

    quotes: the topic's quotes by their spans. Each lies in a passage: one that it overlaps is extended if necessary; if
        there is none, as may happen with a pin, the quote is a passage itself.

    Passages that a curator hides are left out, and so are conversations that use the topic's names in another sense.
    """
    spans: dict[int, list[tuple[TurnSpan, float]]] = defaultdict(list)
    passages = chosen.candidates.passages
    fits = chosen.candidates.fits(len(transcripts), senses.LISTED)
    for row in passages[fits[passages["transcript"]] > 0].tolist():
        score, _, *place = row
        spans[place[0]].append((TurnSpan(*place), score))
    for span in quotes:
        spans[span.transcript].append((span, _PINNED if quotes[span].pinned else 0.0))
    amounts = chosen.candidates.amounts(len(transcripts))
    order = sorted(spans, key=lambda at: (-amounts[at], -_day(transcripts[at]), at))
    return tuple(passage for at in order for passage in _united(spans[at], quotes, chosen.hidden, transcripts[at]))


def _day(transcript: Transcript) -> int:
    return transcript.date.toordinal() if transcript.date else 0


def _united(
    spans: Sequence[tuple[TurnSpan, float]],
    quotes: Mapping[TurnSpan, Quote],
    hidden: Sequence[TurnSpan],
    transcript: Transcript,
) -> Iterator[Passage]:
    """Yield the passages of one conversation, with those that overlap merged."""
    whole: list[tuple[TurnSpan, float, str | None]] = []
    for span, score in sorted(spans):
        quote = quotes[span].id if span in quotes else None
        if whole and whole[-1][0].turn == span.turn and span.start < whole[-1][0].end:
            last, other, known = whole[-1]
            whole[-1] = last._replace(end=max(last.end, span.end)), max(score, other), known or quote
        else:
            whole.append((span, score, quote))
    for span, score, quote in whole:
        if quote or not any(span.meets(other) for other in hidden):
            turn = transcript.turns[span.turn]
            yield Passage(transcript.slug, turn.id, turn.speaker, span.start, span.end, round(score, 3), quote)


def mentions(chosen: TopicSelection, about: Sequence[Passage], transcripts: Sequence[Transcript]) -> Sequence[Mention]:
    """Return the sentences that name the topic outside its passages, in order of transcript and place.

    about: the topic's passages. Places that a curator hides are left out too.
    """
    taken = [(passage.transcript, passage.start, passage.end) for passage in about]
    taken += [(transcripts[span.transcript].slug, span.start, span.end) for span in chosen.hidden]
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for slug, start, end in sorted(taken):
        spans[slug].append((start, end))
    found: list[Mention] = []
    for at, rows in groupby(chosen.candidates.named.tolist(), itemgetter(0)):
        slug = transcripts[at].slug
        found += (
            Mention(chosen.topic.slug, slug, *place) for place in _outside((row[1:3] for row in rows), spans[slug])
        )
    return tuple(found)


def _outside(places: Iterable[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the places that overlap none of the spans. Both must be sorted."""
    waiting = iter(spans)
    reached = -1  # the largest end of the spans so far
    ahead = next(waiting, None)
    for start, end in places:
        while ahead and ahead[0] < end:
            reached, ahead = max(reached, ahead[1]), next(waiting, None)
        if reached <= start:
            yield start, end
