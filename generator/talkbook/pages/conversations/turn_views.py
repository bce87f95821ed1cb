"""The turns of a transcript as its page shows them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import NamedTuple

from talkbook.model import Section, Speaker, Topic, Transcript, Turn
from talkbook.pages import old_anchors, places, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.transcript_html import PassageMark
from talkbook.text import clock
from talkbook.transcripts import timing
from talkbook.transcripts.media import Media


class ParagraphView(NamedTuple):
    """A paragraph as the template shows it, with the moment at which it is said, if that is known."""

    id: str
    html: str
    clock: str  # "" where it is that of the paragraph before and leads nowhere
    recording: str  # address of the moment in the recording
    seconds: float | None


class TurnView(NamedTuple):
    """A turn as the template shows it."""

    id: str
    kind: str  # classes: "host", "silent" where nothing is left when fillers are out, "sponsor", "quoted"
    first: str  # id of the paragraph that begins beside the speaker's name, "" where that is not set
    speaker: Speaker | None
    address: str  # of the speaker's page, where the speaker is named first in a section
    begins: Sequence[Section]  # the sections that begin here
    paragraphs: Sequence[ParagraphView]
    topics: Sequence[tuple[str, str]]  # that quote it: address and title
    place: str  # "" where the paragraphs have times


def views(
    context: RenderContext,
    transcript: Transcript,
    uri: str,
    quoting: Mapping[str, Mapping[str, Topic]],
    recording: Media | None,
) -> Iterator[TurnView]:
    """The turns of a transcript for its page at `uri`.

    quoting: by the id of a turn, the topics that quote it, by their slugs. recording: of the conversation, if there is
    one.
    """
    openings = _openings(transcript)
    addresses = {
        each.person: context.site.addresses.link(uri, f"people/{each.person}")
        for each in (*transcript.speakers, *transcript.drafted)
        if each.person in context.book.person
    }
    where = repeat("") if transcript.moments else places.brief(transcript, [turn.start for turn in transcript.turns])
    blocks = _blocks(context, transcript, uri, recording)
    topics = {
        turn: [(context.site.addresses.link(uri, f"topics/{slug}"), topic.title) for slug, topic in found.items()]
        for turn, found in quoting.items()
    }
    met: set[str | None] = set()  # speakers named in this section
    before: Turn | None = None
    for turn, place in zip(transcript.turns, where, strict=False):
        begins = openings.get(turn.id, ())
        if begins:
            met.clear()
        speaker = transcript.speaker_of(turn)
        # Of two turns in a row that are nobody's, it isn't known either whether one person says both.
        named = before is None or bool(begins) or turn.attributed is None or before.attributed != turn.attributed
        sold = any(start < turn.end and turn.start < end for start, end in transcript.sponsors)
        kinds = {
            "host": speaker and speaker.role == "host",
            "silent": not turn.words,
            "sponsor": sold,
            "quoted": turn.id in topics,
        }
        yield TurnView(
            turn.id,
            " ".join(kind for kind, holds in kinds.items() if holds),
            turn.paragraphs[0].id if named else "",
            speaker,
            "" if turn.attributed in met else addresses.get(turn.attributed or "", ""),
            begins,
            list(islice(blocks, len(turn.paragraphs))),
            topics.get(turn.id, ()),
            place,
        )
        met.add(turn.attributed)
        before = turn


def _blocks(
    context: RenderContext, transcript: Transcript, uri: str, recording: Media | None
) -> Iterator[ParagraphView]:
    """The paragraphs of all turns, with links to topics and with marks around quotes."""
    paragraphs = [paragraph for turn in transcript.turns for paragraph in turn.paragraphs]
    spans = [(paragraph.start, paragraph.end) for paragraph in paragraphs]
    quotes = context.book.quotes_in.get(transcript.slug, ())
    marks = [
        *(PassageMark(quote.start, quote.end, quote.id) for quote in quotes),
        *old_anchors.marks(context, transcript),
    ]
    html = transcript_html.each(
        transcript, spans, context.notes(transcript, spans, transcript_html.shown(transcript), uri, set()), marks
    )
    before = ""
    moments = timing.moments(transcript, (start for start, _ in spans))
    for paragraph, words, moment in zip(paragraphs, html, moments, strict=True):
        time = f"{'~' if moment.about else ''}{clock.timestamp(moment.seconds)}" if moment else ""
        address = recording.at(places.earlier(moment)) if recording and moment else ""
        shown = time if recording or time != before else ""
        yield ParagraphView(paragraph.id, words, shown, address, moment.seconds if moment else None)
        before = time


def _openings(transcript: Transcript) -> Mapping[str, tuple[Section, ...]]:
    """By the id of a turn, the sections that begin in it or before it."""
    ends = [turn.end for turn in transcript.turns]
    result: dict[str, tuple[Section, ...]] = {}
    for section in transcript.sections if ends else ():
        turn = transcript.turns[min(bisect_right(ends, section.start), len(ends) - 1)]
        result[turn.id] = (*result.get(turn.id, ()), section)
    return result
