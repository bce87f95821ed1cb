"""Where a topic is mentioned, a line for each paragraph: some of the words, and where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from talkbook import layers
from talkbook.model import Mention, Speaker, Transcript
from talkbook.pages import text
from talkbook.pages.cards import place
from talkbook.pages.site import Site


@dataclass(frozen=True, slots=True)
class Line:
    """The mentions in one paragraph as one line: some of the words of each, and where they stand."""

    words: tuple[Markup, ...]
    anchor: str  # of the paragraph
    transcript: Transcript
    speaker: Speaker | None
    place: str


def find(web: Site, mentions: Sequence[Mention]) -> Iterator[Line]:
    """The lines of a topic's mentions, in the order in which they are said."""
    for (slug, anchor), group in groupby(mentions, key=lambda each: (each.transcript, anchor_of(web, each))):
        here = list(group)
        transcript = web.book.transcript[slug]
        yield Line(
            words=tuple(_words(web, transcript, each) for each in here),
            anchor=anchor,
            transcript=transcript,
            speaker=transcript.speaker(web.turn(here[0]).speaker),
            place=place(transcript, here[0].start),
        )


def _words(web: Site, transcript: Transcript, mention: Mention) -> Markup:
    view = layers.Shown(transcript.source, transcript.edits, mention.start, mention.end)
    first, last = text.around(view.text, *_named(web, view.text, mention.topic))
    words = text.html(transcript, *view.span(first, last))
    return Markup("…" if first > 0 else "") + words + ("…" if last < len(view.text) else "")


def excerpt(web: Site, words: str, topic: str) -> str:
    """The words around the name of the topic with this slug."""
    first, last = text.around(words, *_named(web, words, topic))
    return f"{'…' if first > 0 else ''}{words[first:last]}{'…' if last < len(words) else ''}"


def _named(web: Site, words: str, topic: str) -> tuple[int, int]:
    """(start, end) of the first name of a topic in the words; (0, 0) if there is none."""
    return next(((hit.start, hit.end) for hit in web.book.terms.find(words) if hit.topic == topic), (0, 0))


def anchor_of(web: Site, mention: Mention) -> str:
    """The id of the paragraph in which a mention begins."""
    turn = web.turn(mention)
    inside = (each.id for each in turn.paragraphs if each.start <= mention.start < each.end)
    return next(inside, turn.id)
