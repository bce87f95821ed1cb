"""Where a topic is mentioned, a line for each paragraph: some of the words, and where they stand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from talkbook.matching.topic_names import NameHit
from talkbook.model import Mention, Speaker, Transcript
from talkbook.pages import places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.transcripts import source_map


@dataclass(frozen=True, slots=True)
class MentionLine:
    """The mentions in one paragraph as one line: some of the words of each, and where they stand."""

    words: tuple[Markup, ...]
    anchor: str  # of the paragraph
    transcript: Transcript
    speaker: Speaker | None
    place: str


def lines(context: RenderContext, mentions: Sequence[Mention]) -> Iterator[MentionLine]:
    """The lines of a topic's mentions, in the order in which they are said."""
    lines = zip(mentions, _words(context, mentions), strict=True)
    for (slug, anchor), group in groupby(lines, key=lambda each: _where(context, each[0])):
        line = list(group)
        first = line[0][0]
        transcript = context.book.transcript[slug]
        yield MentionLine(
            words=tuple(words for _, words in line),
            anchor=anchor,
            transcript=transcript,
            speaker=transcript.speaker_of(context.turn(first)),
            place=next(places.brief(transcript, [first.start])),
        )


def _where(context: RenderContext, mention: Mention) -> tuple[str, str]:
    """(slug of the transcript, id of the paragraph) where the mention begins."""
    return mention.transcript, context.book.transcript[mention.transcript].anchor_at(mention.start)


def _words(context: RenderContext, mentions: Sequence[Mention]) -> Iterator[Markup]:
    """The words around the topic's name in each of the mentions."""
    spoken = [context.book.transcript[mention.transcript] for mention in mentions]
    views = [
        source_map.View(transcript.source, transcript.edits, each.start, each.end)
        for transcript, each in zip(spoken, mentions, strict=True)
    ]
    named = dict(context.book.terms.each([view.text for view in views]))
    for at, (transcript, mention, view) in enumerate(zip(spoken, mentions, views, strict=True)):
        first, last = transcript_html.around(view.text, *_first(named.get(at, ()), mention.topic))
        words = transcript_html.html(transcript, *view.span(first, last))
        yield Markup(f"{'…' if first > 0 else ''}{words}{'…' if last < len(view.text) else ''}")


def excerpt(context: RenderContext, words: str, topic: str) -> str:
    """The words around the name of the topic with this slug."""
    first, last = transcript_html.around(words, *_first(context.book.terms.find(words), topic))
    return f"{'…' if first > 0 else ''}{words[first:last]}{'…' if last < len(words) else ''}"


def _first(hits: Iterable[NameHit], topic: str) -> tuple[int, int]:
    """(start, end) of the first name of a topic; (0, 0) if there is none."""
    return next(((hit.start, hit.end) for hit in hits if hit.topic == topic), (0, 0))
