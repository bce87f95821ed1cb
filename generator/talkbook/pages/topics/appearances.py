"""Where a topic comes up and who speaks about it, for its page."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.model import Quote, Speaker, Topic, Transcript
from talkbook.pages import timeline
from talkbook.pages.context import RenderContext
from talkbook.pages.places import place
from talkbook.pages.topics.topic_mentions import MentionLine
from talkbook.pages.topics.topic_passages import unquoted

_STRIPS = 3  # conversations drawn as a strip: quoted ones first, then those in which the topic comes up most
_OF_A_YEAR = 3  # conversations named for each year
_VOICES = 8  # people listed


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks about a topic. mentions: how often it comes up in their words besides the quotes."""

    speaker: Speaker
    quotes: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Year:
    """The conversations of a year in which a topic comes up.

    name: the year, or "undated".
    conversations: (transcript, how often the topic comes up in it), for those in which it does most.
    others: how many more conversations there are.
    share: their number, relative to that of the year with the most, from 0 to 1.
    """

    name: str
    conversations: Sequence[tuple[Transcript, int]]
    others: int
    share: float

    @property
    def number(self) -> int:
        """The number of all its conversations."""
        return len(self.conversations) + self.others


@dataclass(frozen=True, slots=True)
class Appearances:
    """Where a topic comes up: in how many conversations, in which years, and where in some of them.

    strips: (transcript, drawing).
    """

    conversations: int
    years: Sequence[Year]
    strips: Sequence[tuple[Transcript, Markup]]


def count(
    context: RenderContext, topic: Topic, quotes: Sequence[Quote], listed: Sequence[MentionLine], uri: str
) -> Appearances:
    """Return where a topic comes up, for its page at `uri`.

    quotes, listed: the quotes and mentions shown on that page. Marks of these link there, others to the transcript.
    """
    often = _frequencies(context, topic)
    quoted = {quote.transcript for quote in quotes}
    first = sorted(often, key=lambda slug: (slug not in quoted, -often[slug]))[:_STRIPS]
    strips = [_strip(context, topic, context.book.transcript[slug], quotes, listed, uri) for slug in first]
    return Appearances(len(often), list(_years(context, often)), strips)


def voices(context: RenderContext, topic: Topic) -> Sequence[Voice]:
    """Return who speaks about a topic, those with the most quotes first."""
    quoted, others = context.book.quotes_of[topic.slug], unquoted(context, topic)
    speakers: dict[str, Speaker] = {}
    for passage in (*quoted, *others):
        who = context.book.transcript[passage.transcript].speaker(context.turn(passage).speaker)
        if who:
            speakers.setdefault(who.person, who)
    quotes = Counter(quote.speaker for quote in quoted)
    mentions = Counter(context.turn(passage).speaker for passage in others)
    result = [Voice(who, quotes[slug], mentions[slug]) for slug, who in speakers.items()]
    return sorted(result, key=lambda voice: (-voice.quotes, -voice.mentions, voice.speaker.name))[:_VOICES]


def _frequencies(context: RenderContext, topic: Topic) -> Counter[str]:
    """Return slug of a conversation -> how often the topic comes up in it."""
    quotes, mentions = context.book.quotes_of[topic.slug], unquoted(context, topic)
    return Counter([*(quote.transcript for quote in quotes), *(mention.transcript for mention in mentions)])


def _years(context: RenderContext, often: Counter[str]) -> Iterator[Year]:
    """Yield the years from the first to the last, then "undated"; nothing if there is only one year."""
    found: dict[str, list[tuple[Transcript, int]]] = {}
    for slug, times in often.most_common():
        transcript = context.book.transcript[slug]
        found.setdefault(str(transcript.date.year) if transcript.date else "", []).append((transcript, times))
    known = [int(year) for year in found if year]
    if len(known) < 2:
        return
    most = max(len(each) for each in found.values())
    for name in (*map(str, range(min(known), max(known) + 1)), *(["undated"] if "" in found else [])):
        listed = found.get(name if name != "undated" else "", [])
        yield Year(name, listed[:_OF_A_YEAR], max(0, len(listed) - _OF_A_YEAR), len(listed) / most)


def _strip(
    context: RenderContext,
    topic: Topic,
    transcript: Transcript,
    quotes: Sequence[Quote],
    listed: Sequence[MentionLine],
    uri: str,
) -> tuple[Transcript, Markup]:
    here = {(line.transcript.slug, line.anchor): f"#m{at}" for at, line in enumerate(listed, 1)}
    marks = [
        timeline.TimelineMark(quote.start, quote.end, f"#{quote.id}", place(transcript, quote.start), passage=True)
        for quote in quotes
        if quote.transcript == transcript.slug
    ]
    for mention in unquoted(context, topic):
        if mention.transcript == transcript.slug:
            anchor = transcript.anchor_at(mention.start)
            there = context.site.addresses.link(uri, f"transcripts/{transcript.slug}", anchor)
            address = here.get((transcript.slug, anchor)) or there
            where = place(transcript, mention.start)
            marks.append(timeline.TimelineMark(mention.start, mention.end, address, where, passage=False))
    drawn = timeline.draw(transcript, marks, f"Where {topic.title} comes up in {transcript.title}")
    return transcript, drawn
