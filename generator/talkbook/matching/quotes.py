"""Choose the quotes of all topics from their passages, and apply the curators' pins and hides.

Sentences that name a topic outside its passages become mentions.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from talkbook.matching import coverage, pins, selection, topic_candidates
from talkbook.matching.passages import TopicPassages
from talkbook.matching.pins import Places, TurnSpan
from talkbook.matching.selection import SelectorProblem, TopicSelection
from talkbook.matching.tables import Rows
from talkbook.matching.topic_candidates import Candidates
from talkbook.model import Mention, Passage, Quote, Topic, Transcript
from talkbook.text import ids

_SHOWN = ("passages", "cards")  # the tables of TopicPassages for which the words matter too


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen from all transcripts.

    quotes: in order of transcript and place. A quote may belong to several topics.
    passages: topic -> its passages, starting with the conversation that says most about it.
    mentions: topic -> its mentions, in order of transcript and place.

    The other values are kept for the next choice.

    parts: topic -> what was chosen for it.
    transcripts, found: what it was chosen from.
    spans: the place of each quote.
    places: where the words of pins and hides are.
    """

    quotes: tuple[Quote, ...] = ()
    passages: Mapping[str, Sequence[Passage]] = field(default_factory=dict)
    mentions: Mapping[str, Sequence[Mention]] = field(default_factory=dict)
    problems: tuple[SelectorProblem, ...] = ()
    parts: Mapping[str, TopicSelection] = field(default_factory=dict, repr=False)
    transcripts: Sequence[Transcript] = field(default=(), repr=False)
    found: Sequence[TopicPassages] = field(default=(), repr=False)
    spans: Mapping[TurnSpan, Quote] = field(default_factory=dict, repr=False)
    places: Places = field(default_factory=dict, repr=False)


def choose(
    topics: Sequence[Topic],
    transcripts: Sequence[Transcript],
    found: Sequence[TopicPassages],
    before: Selection | None = None,
) -> Selection:
    """Choose the quotes of all topics, and find their passages and mentions.

    found: for each transcript, what `passages.find` returned.
    before: an earlier selection, from which everything that has not changed is taken.
    """
    if before is None or len(before.found) != len(found):
        before = Selection()
    fresh = {at for at, (one, other) in enumerate(zip(before.found, found, strict=False)) if one is not other}
    edited = {at: _edited(before.transcripts[at], transcripts[at]) for at in fresh}
    moved = {at for at, places in edited.items() if places is None}
    touched = {slug for at in fresh for slug in _touched(before.found[at], found[at], edited[at])}
    known = _places(topics, transcripts, before, fresh)
    marked = {text for text, at in known.items() if not fresh.isdisjoint((*at, *before.places.get(text, ())))}
    renewed = topic_candidates.gather(found, fresh)
    new = any(topic.slug not in before.parts for topic in topics)
    gathered = topic_candidates.gather(found, range(len(found))) if new else {}
    made: dict[str, TopicSelection] = {}
    for topic in topics:
        part = before.parts.get(topic.slug)
        same = topic.slug not in touched and marked.isdisjoint(_marked(topic))
        if part and part.topic == topic and same and not (fresh and part.problems):  # hints may quote any transcript
            made[topic.slug] = part
        else:
            candidates = (renewed if part else gathered).get(topic.slug, Candidates())
            made[topic.slug] = selection.choose(topic, transcripts, candidates, known, part, fresh)
    spans = _quotes(made, transcripts, before, moved)
    new_quoted, old_quoted = _by_topic(spans), _by_topic(before.spans)
    about: dict[str, Sequence[Passage]] = {}
    mentioned: dict[str, Sequence[Mention]] = {}
    for slug, part in made.items():
        quoted = new_quoted.get(slug, {})
        if part is before.parts.get(slug) and quoted == old_quoted.get(slug, {}) and moved.isdisjoint(part.transcripts):
            about[slug], mentioned[slug] = before.passages.get(slug, ()), before.mentions.get(slug, ())
        else:
            about[slug] = coverage.passages(part, quoted, transcripts)
            mentioned[slug] = coverage.mentions(part, about[slug], transcripts)
    return Selection(
        tuple(spans.values()),
        {slug: passages for slug, passages in about.items() if passages},
        {slug: mentions for slug, mentions in mentioned.items() if mentions},
        tuple(problem for part in made.values() for problem in part.problems),
        made,
        transcripts,
        found,
        spans,
        known,
    )


def _by_topic(spans: Mapping[TurnSpan, Quote]) -> Mapping[str, Mapping[TurnSpan, Quote]]:
    by_topic: dict[str, dict[TurnSpan, Quote]] = {}
    for span, quote in spans.items():
        for slug in quote.topics:
            by_topic.setdefault(slug, {})[span] = quote
    return by_topic


def _marked(topic: Topic) -> Iterator[str]:
    """Yield the words of the topic's pins and hides."""
    return (words.text for words in (*topic.pins, *topic.hides))


def _places(topics: Sequence[Topic], transcripts: Sequence[Transcript], before: Selection, fresh: Set[int]) -> Places:
    """Find the words of pins and hides. Only the transcripts in `fresh` have changed since `before`."""
    wanted = dict.fromkeys(text for topic in topics for text in _marked(topic))
    old = [text for text in wanted if text in before.places]
    known = {
        text: {**again, **{at: spans for at, spans in before.places[text].items() if at not in fresh}}
        for text, again in pins.find_all(transcripts, fresh, old).items()
    }
    new = [text for text in wanted if text not in known]
    return {**known, **pins.find_all(transcripts, range(len(transcripts)), new)}


def _edited(before: Transcript, now: Transcript) -> Sequence[tuple[int, int]] | None:
    """Return the (start, end) of what is now shown differently.

    None if the transcript has another slug, date, source or other turns.
    """
    if before is now:
        return ()
    if (before.slug, before.date, before.source, before.turns) != (now.slug, now.date, now.source, now.turns):
        return None
    return [(edit.start, edit.end) for edit in {*before.edits} ^ {*now.edits}]


def _touched(before: TopicPassages, now: TopicPassages, edited: Sequence[tuple[int, int]] | None) -> Iterator[str]:
    """Yield the topics for which the transcript has other rows than before, or shows their words differently.

    edited: what _edited() returned.
    """
    for name in topic_candidates.TABLES:
        old, new = getattr(before, name).by_topic(), getattr(now, name).by_topic()
        for slug in old | new:
            same = edited is not None and np.array_equal(old.get(slug, ()), new.get(slug, ()))
            if not same or (name in _SHOWN and any(_meets(new[slug], *span) for span in edited or ())):
                yield slug


def _meets(rows: Rows, start: int, end: int) -> bool:
    """Return whether any of the rows overlaps source[start:end]."""
    return bool(((rows["start"] < end) & (start < rows["end"])).any())


def _quotes(
    made: Mapping[str, TopicSelection], transcripts: Sequence[Transcript], before: Selection, moved: Set[int]
) -> dict[TurnSpan, Quote]:
    """Return the quote at each place, in order. moved: the transcripts for which _edited() returned None."""
    pinned = {span for part in made.values() for span in part.pinned}
    whole = _whole({span for part in made.values() for span in part.chosen}, pinned)
    served: dict[TurnSpan, list[str]] = {}
    for slug, part in made.items():
        for span in dict.fromkeys(map(whole.__getitem__, part.chosen)):
            served.setdefault(span, []).append(slug)
    spans = sorted(served)
    known = {span: quote for span, quote in before.spans.items() if span.transcript not in moved}
    turns = {span: transcripts[span.transcript].turns[span.turn] for span in spans}
    names = ids.unique(
        ids.split_number(known[span].id)[0]
        if span in known
        else ids.make("q", turns[span].attributed, transcripts[span.transcript].source[span.start : span.end])
        for span in spans
    )
    return {
        span: Quote(
            id=name,
            transcript=transcripts[span.transcript].slug,
            turn=turns[span].id,
            speaker=turns[span].speaker,
            start=span.start,
            end=span.end,
            topics=tuple(served[span]),
            pinned=span in pinned,
            speaker_draft=turns[span].speaker_draft,
        )
        for span, name in zip(spans, names, strict=True)
    }


def _whole(chosen: Set[TurnSpan], pinned: Set[TurnSpan]) -> Mapping[TurnSpan, TurnSpan]:
    """Map each span to the one that contains it, so that no words are published twice; pins stay as they are."""
    found: dict[TurnSpan, TurnSpan] = {}
    last: TurnSpan | None = None
    for span in sorted(chosen, key=lambda each: (each.transcript, each.turn, each.start, -each.end)):
        inside = last and (last.transcript, last.turn) == (span.transcript, span.turn) and span.end <= last.end
        found[span] = last if last and inside and span not in pinned else span
        if not inside:
            last = span
    return found
