"""The passages about a topic besides its quotes: the best on the topic's page, all of them on lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.model import Mention, Passage, Speaker, Topic, Transcript
from talkbook.pages import transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page
from talkbook.pages.places import place
from talkbook.text import scripts

BEST = 30  # passages on a topic's page
_LISTED = 75  # passages on each list
_OPENING = 140  # characters of a passage that are shown before it is opened


@dataclass(frozen=True, slots=True)
class PassageLine:
    """A passage as a line that can be opened to show all of it.

    opening: its first words.
    paragraphs: all of it; () if the opening is all.
    words: how many it has.
    anchor: id of its paragraph in the transcript.
    quoted: id of its quote; "" if it has none.
    """

    opening: Markup
    paragraphs: tuple[Markup, ...]
    words: int
    transcript: Transcript
    anchor: str
    speaker: Speaker | None
    place: str
    quoted: str


def unquoted(context: RenderContext, topic: Topic) -> Sequence[Passage | Mention]:
    """Return the places where a topic comes up besides its quotes: passages and mentions."""
    return [*_unquoted_passages(context, topic), *context.book.mentions_of[topic.slug]]


def _unquoted_passages(context: RenderContext, topic: Topic) -> Sequence[Passage]:
    return [passage for passage in context.book.passages_of[topic.slug] if not passage.quote]


def best(context: RenderContext, topic: Topic) -> Sequence[Passage]:
    """Return the passages that the topic's page lists: the best by score and length, in the order of the book.

    Those of the conversation that says most about the topic come first.
    """
    others = _unquoted_passages(context, topic)
    worth = sorted(range(len(others)), key=lambda at: -others[at].score * (others[at].end - others[at].start))
    return [others[at] for at in sorted(worth[:BEST])]


def lists(context: RenderContext, topic: Topic) -> Sequence[str]:
    """Return the URIs of the lists of all passages, quoted or not; () if the topic's page shows them all."""
    if len(_unquoted_passages(context, topic)) <= BEST:
        return ()
    number = len(context.book.passages_of[topic.slug])
    return [f"passages/{topic.slug}/{at // _LISTED + 1}" for at in range(0, number, _LISTED)]


def listing(context: RenderContext, uri: str) -> tuple[Topic, Sequence[Passage]]:
    """Return (topic, passages) of the list at `uri`, which is one of lists()."""
    _, slug, number = uri.split("/")
    first = (int(number) - 1) * _LISTED
    return context.book.topic[slug], context.book.passages_of[slug][first : first + _LISTED]


def page(context: RenderContext, uri: str) -> Page:
    """Return the page of the list at `uri`, which is one of lists()."""
    topic, passages = listing(context, uri)
    number = int(uri.rpartition("/")[2])
    title = f"Passages on {topic.title}" + (f", page {number}" if number > 1 else "")
    html = context.render(
        "passages",
        uri,
        topic=topic,
        title=title,
        lines=list(lines(context, passages)),
        pages=lists(context, topic),
        total=len(context.book.passages_of[topic.slug]),
    )
    return Page(uri, title, html, f"Every passage about {topic.title}.", source=topic.path)


def lines(context: RenderContext, passages: Sequence[Passage]) -> Iterator[PassageLine]:
    """Yield a line for each passage, in order."""
    for passage in passages:
        transcript = context.book.transcript[passage.transcript]
        spans = context.turn(passage).within(passage.start, passage.end)
        whole = transcript_html.plain(transcript, passage.start, passage.end)
        yield PassageLine(
            opening=transcript_html.opening(transcript, passage.start, passage.end, _OPENING),
            paragraphs=tuple(map(Markup, transcript_html.stretches(transcript, spans, {})))
            if len(whole) > _OPENING
            else (),
            words=scripts.count(whole),
            transcript=transcript,
            anchor=transcript.anchor_at(passage.start),
            speaker=transcript.speaker_of(context.turn(passage)),
            place=place(transcript, passage.start),
            quoted=passage.quote or "",
        )
