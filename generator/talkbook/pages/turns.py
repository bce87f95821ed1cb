"""The turns of a transcript as its page shows them."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.media import Media
from talkbook.model import Paragraph, Section, Speaker, Topic, Transcript, Turn
from talkbook.pages import cards, moved, text
from talkbook.pages.site import Site
from talkbook.pages.text import Mark


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the template shows it, with the moment at which it is said, if that is known."""

    id: str
    html: Markup
    seconds: float | None
    clock: str  # "" where it is that of the paragraph before and leads nowhere
    recording: str  # address of the moment in the recording


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as the template shows it."""

    id: str
    kind: str  # classes: whether the host speaks, and whether nothing is left when fillers are out
    named: bool  # whether the speaker's name is set above it
    speaker: Speaker | None
    address: str  # of the speaker's page, where the speaker is named first in a section
    begins: tuple[Section, ...]  # the sections that begin here
    paragraphs: tuple[Block, ...]
    topics: tuple[tuple[str, str], ...]  # that quote it: address and title
    place: str  # "" where the paragraphs have times


def find(
    web: Site,
    transcript: Transcript,
    uri: str,
    quoting: Mapping[str, Mapping[str, Topic]],
    shown: Mapping[str, str],
    recording: Media | None,
) -> Iterator[Said]:
    """The turns of a transcript for its page at `uri`.

    quoting: by the id of a turn, the topics that quote it, by their slugs. shown: by the same id, its words as shown.
    """
    quotes = web.book.quotes_in.get(transcript.slug, ())
    marks = [*(Mark(quote.start, quote.end, quote.id) for quote in quotes), *moved.marks(web, transcript)]
    openings = _openings(transcript)
    clocks = _clocks(transcript, every=recording is not None)
    speakers = {each.person: each for each in transcript.speakers}
    met: set[str | None] = set()  # speakers named in this section
    seen: set[str] = set()  # topics linked
    before: Turn | None = None
    for turn in transcript.turns:
        begins = openings.get(turn.id, ())
        if begins:
            met.clear()
        speaker = speakers.get(turn.speaker or "")
        host = "host" if speaker and speaker.role == "host" else ""
        here = [mark for mark in marks if mark.start < turn.end and turn.start < mark.end]
        topics = quoting.get(turn.id, {})
        yield Said(
            id=turn.id,
            kind=host if shown[turn.id] else f"{host} silent".lstrip(),
            named=before is None or bool(begins) or before.speaker != turn.speaker,
            speaker=speaker,
            address="" if turn.speaker in met else web.addresses.link(uri, f"people/{turn.speaker}"),
            begins=begins,
            paragraphs=tuple(
                _block(web, transcript, each, uri, seen, here, recording, clocks) for each in turn.paragraphs
            ),
            topics=tuple((web.addresses.link(uri, f"topics/{slug}"), topic.title) for slug, topic in topics.items()),
            place="" if transcript.moments else cards.place(transcript, turn.start),
        )
        met.add(turn.speaker)
        before = turn


def _block(
    web: Site,
    transcript: Transcript,
    paragraph: Paragraph,
    uri: str,
    seen: set[str],
    marks: Sequence[Mark],
    recording: Media | None,
    clocks: Mapping[str, str],
) -> Block:
    notes = web.notes(transcript, paragraph.start, paragraph.end, uri, seen)
    seconds = transcript.time_at(paragraph.start)
    return Block(
        id=paragraph.id,
        html=text.html(transcript, paragraph.start, paragraph.end, notes, marks),
        seconds=seconds,
        clock=clocks.get(paragraph.id, ""),
        recording=recording.at(seconds) if recording and seconds is not None else "",
    )


def _clocks(transcript: Transcript, *, every: bool) -> Mapping[str, str]:
    """By the id of a paragraph, the time at which it is said; unless `every`, only where it is not the one before."""
    clocks: dict[str, str] = {}
    before = ""
    for paragraph in (each for turn in transcript.turns for each in turn.paragraphs) if transcript.moments else ():
        seconds = transcript.time_at(paragraph.start)
        clock = cards.clock(seconds) if seconds is not None else ""
        if every or clock != before:
            clocks[paragraph.id] = clock
        before = clock
    return clocks


def _openings(transcript: Transcript) -> Mapping[str, tuple[Section, ...]]:
    """By the id of a turn, the sections that begin in it or before it."""
    ends = [turn.end for turn in transcript.turns]
    result: dict[str, tuple[Section, ...]] = {}
    for each in transcript.sections if ends else ():
        turn = transcript.turns[min(bisect_right(ends, each.start), len(ends) - 1)]
        result[turn.id] = (*result.get(turn.id, ()), each)
    return result
