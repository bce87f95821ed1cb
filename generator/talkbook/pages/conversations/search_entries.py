"""What search finds in a conversation: its turns and quotes, also by the words of captions that were corrected."""

from collections.abc import Iterator, Mapping

from talkbook.model import Quote, Topic, Transcript
from talkbook.pages import transcript_html
from talkbook.pages.context import RenderContext, section
from talkbook.pages.page import SearchEntry
from talkbook.pages.quotes import citations
from talkbook.transcripts import source_map


def quoting(context: RenderContext, transcript: Transcript) -> Mapping[str, Mapping[str, Topic]]:
    """Return id of a turn -> slug -> topic, for all topics with a quote from that turn."""
    topics: dict[str, dict[str, Topic]] = {}
    for quote in context.book.quotes_in[transcript.slug]:
        topics.setdefault(quote.turn, {}).update((slug, context.book.topic[slug]) for slug in quote.topics)
    return topics


def entries(context: RenderContext, transcript: Transcript) -> Iterator[SearchEntry]:
    """Yield the search entries of the page itself, of quotable turns, and then of quotes."""
    yield SearchEntry("", transcript.title, transcript.description, "page", transcript=transcript.slug)
    topics = quoting(context, transcript)
    spans = [(turn.start, turn.end) for turn in transcript.turns]
    corrected = source_map.inside((edit for edit in transcript.edits if edit.kind == "correction"), spans)
    for at, (turn, words) in enumerate(zip(transcript.turns, transcript_html.turns(transcript), strict=True)):
        if not turn.quotable:
            continue
        speaker = transcript.speaker_of(turn)
        who = speaker.shown if speaker else "Unknown speaker"
        part = section(transcript, turn.start)
        yield SearchEntry(
            turn.id,
            f"{who} · {part.title}" if part else who,
            words,
            "turn",
            speaker.name if speaker and not speaker.drafted else "",
            tuple(topics.get(turn.id, ())),
            transcript.slug,
            _captioned(transcript, turn.start, turn.end, words) if at in corrected else (),
            tuple(topic.title for topic in topics.get(turn.id, {}).values()),
        )
    yield from (_quote(context, transcript, quote) for quote in context.book.quotes_in[transcript.slug])


def _quote(context: RenderContext, transcript: Transcript, quote: Quote) -> SearchEntry:
    speaker = transcript.speaker(quote.speaker)
    words = transcript_html.plain(transcript, quote.start, quote.end)
    return SearchEntry(
        quote.id,
        citations.label(context, quote),
        words,
        "quote",
        speaker.name if speaker else "",
        quote.topics,
        transcript.slug,
        _captioned(transcript, quote.start, quote.end, words),
        tuple(context.book.topic[slug].title for slug in quote.topics),
    )


def _captioned(transcript: Transcript, start: int, end: int, shown: str) -> tuple[tuple[int, int, str], ...]:
    """Return SearchEntry.captioned for the text `shown`, which is source[start:end] as shown on one line."""
    source = transcript.source
    captions: list[tuple[int, int, str]] = []
    at = 0
    space = False  # whether white space precedes the next fragment
    for fragment in source_map.tiles(source, transcript.edits, start, end):
        words = " ".join(fragment.text.split())
        if not words:
            space = space or bool(fragment.text)
            continue
        first = at + (1 if at and (space or fragment.text[0].isspace()) else 0)
        at = first + len(words)
        space = fragment.text[-1].isspace()
        if fragment.edit and fragment.edit.kind == "correction" and shown[first:at] == words:
            captions.append((first, at, " ".join(source[fragment.start : fragment.end].split())))
    return tuple(captions)
