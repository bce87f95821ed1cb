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
    """A paragraph as the template shows it, with the time at which it is said."""

    id: str
    html: str
    clock: str  # "" if unknown, or if it repeats that of the paragraph before and isn't a link
    recording: str  # address of the moment in the recording; "" if unknown
    seconds: float | None  # None if unknown


class TurnView(NamedTuple):
    """A turn as the template shows it."""

    id: str
    kind: str  # CSS classes: "host", "silent" (nothing is left without fillers), "sponsor", "quoted"
    first: str  # id of the first paragraph if the speaker's name is shown; otherwise ""
    speaker: Speaker | None
    address: str  # of the speaker's page, in the speaker's first turn of a section; otherwise ""
    begins: Sequence[Section]  # the sections that begin here
    paragraphs: Sequence[ParagraphView]
    topics: Sequence[tuple[str, str]]  # (address, title) of those that quote it
    place: str  # "" if paragraphs have times


def views(
    context: RenderContext,
    transcript: Transcript,
    uri: str,
    quoting: Mapping[str, Mapping[str, Topic]],
    recording: Media | None,
) -> Iterator[TurnView]:
    """Yield the turns of a transcript for its page at `uri`.

    quoting: id of a turn -> slug -> topic, for all topics that quote it.
    recording: that of the conversation; None if there is none.
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
        # Two turns in a row with unknown speakers may belong to different people.
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
    """Yield the paragraphs of all turns, with links to topics and marks around quotes."""
    paragraphs = [paragraph for turn in transcript.turns for paragraph in turn.paragraphs]
    spans = [(paragraph.start, paragraph.end) for paragraph in paragraphs]
    quotes = context.book.quotes_in[transcript.slug]
    marks = [
        *(PassageMark(quote.start, quote.end, quote.id) for quote in quotes),
        *old_anchors.marks(context, transcript),
    ]
    html = transcript_html.stretches(
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
    """Return id of a turn -> sections that begin in it, or in the gap before it."""
    ends = [turn.end for turn in transcript.turns]
    result: dict[str, tuple[Section, ...]] = {}
    for section in transcript.sections if ends else ():
        turn = transcript.turns[min(bisect_right(ends, section.start), len(ends) - 1)]
        result[turn.id] = (*result.get(turn.id, ()), section)
    return result
