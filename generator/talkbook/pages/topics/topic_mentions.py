"""The mentions of a topic as lines, one for each paragraph: excerpts, and where they are."""

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
    """The mentions in one paragraph as one line. words: an excerpt of each."""

    words: tuple[Markup, ...]
    anchor: str  # of the paragraph
    transcript: Transcript
    speaker: Speaker | None
    place: str


def lines(context: RenderContext, mentions: Sequence[Mention]) -> Iterator[MentionLine]:
    """Yield a line for each paragraph with mentions, in the given order."""
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
    """Return (slug of the transcript, id of the paragraph) where the mention begins."""
    return mention.transcript, context.book.transcript[mention.transcript].anchor_at(mention.start)


def _words(context: RenderContext, mentions: Sequence[Mention]) -> Iterator[Markup]:
    """Yield the words around the topic's name in each mention."""
    spoken = [context.book.transcript[mention.transcript] for mention in mentions]
    views = [
        source_map.View(transcript.source, transcript.edits, each.start, each.end)
        for transcript, each in zip(spoken, mentions, strict=True)
    ]
    named = dict(context.book.terms.find_all([view.text for view in views]))
    for at, (transcript, mention, view) in enumerate(zip(spoken, mentions, views, strict=True)):
        first, last = transcript_html.around(view.text, *_first(named.get(at, ()), mention.topic))
        words = transcript_html.html(transcript, *view.span(first, last))
        yield Markup(f"{'…' if first > 0 else ''}{words}{'…' if last < len(view.text) else ''}")


def excerpt(context: RenderContext, words: str, topic: str) -> str:
    """Return the words around the first name of the topic with this slug."""
    first, last = transcript_html.around(words, *_first(context.book.terms.find(words), topic))
    return f"{'…' if first > 0 else ''}{words[first:last]}{'…' if last < len(words) else ''}"


def _first(hits: Iterable[NameHit], topic: str) -> tuple[int, int]:
    """Return (start, end) of the first name of a topic; (0, 0) if there is none."""
    return next(((hit.start, hit.end) for hit in hits if hit.topic == topic), (0, 0))
