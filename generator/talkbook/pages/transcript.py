"""The page of a transcript: a long read with the topics that quote it in the margin."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook import layers
from talkbook.model import Paragraph, Section, Speaker, Topic, Transcript, Turn
from talkbook.pages import cards, moved, text
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.site import Site, section
from talkbook.pages.text import Mark


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph as the template shows it, with the moment at which it is said, if that is known."""

    paragraph: Paragraph
    html: Markup
    report: str
    seconds: float | None
    clock: str
    recording: str  # address of the moment in the recording


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as the template shows it."""

    turn: Turn
    speaker: Speaker | None
    named: bool  # whether the speaker's name is set above it
    begins: tuple[Section, ...]  # the sections that begin here
    silent: bool  # whether nothing is left of it when fillers are out
    paragraphs: tuple[Block, ...]
    topics: tuple[Topic, ...]  # that quote it
    place: str


def page(web: Site, transcript: Transcript) -> Page:
    """The page of one transcript."""
    uri = f"transcripts/{transcript.slug}"
    quotes = web.book.quotes_in.get(transcript.slug, ())
    marks = [*(Mark(quote.start, quote.end, quote.id) for quote in quotes), *moved.marks(web, transcript)]
    quoting: dict[str, dict[str, Topic]] = {}
    for quote in quotes:
        quoting.setdefault(quote.turn, {}).update((slug, web.book.topic[slug]) for slug in quote.topics)
    seen: set[str] = set()
    said: list[Said] = []
    before: Turn | None = None
    openings = _openings(transcript)
    for turn in transcript.turns:
        begins = openings.get(turn.id, ())
        said.append(
            Said(
                turn=turn,
                speaker=transcript.speaker(turn.speaker),
                named=before is None or bool(begins) or before.speaker != turn.speaker,
                begins=begins,
                silent=not layers.shown(transcript.source, transcript.edits, turn.start, turn.end).strip(),
                paragraphs=tuple(_paragraphs(web, transcript, turn, uri, seen, marks)),
                topics=tuple(quoting.get(turn.id, {}).values()),
                place=cards.place(transcript, turn.start),
            )
        )
        before = turn
    made = Page(
        uri=uri,
        title=transcript.title,
        html=web.render(
            "transcript", uri, transcript=transcript, said=said, recording=cards.recording(web, transcript, uri)
        ),
        description=transcript.description or f"The full transcript of {transcript.title}.",
        source=transcript.sidecar or transcript.path,
        contents=tuple(Heading(each.id, each.title) for each in transcript.sections),
        entries=(
            Entry("", transcript.title, transcript.description, boost=3.0, transcript=transcript.slug),
            *(_entry(transcript, turn, quoting.get(turn.id, {})) for turn in transcript.turns if turn.quotable),
        ),
        style=_highlights(transcript, marks),
    )
    return moved.noted(web, made)


def _openings(transcript: Transcript) -> Mapping[str, tuple[Section, ...]]:
    """By the id of a turn, the sections that begin in it or before it."""
    ends = [turn.end for turn in transcript.turns]
    result: dict[str, tuple[Section, ...]] = {}
    for each in transcript.sections if ends else ():
        turn = transcript.turns[min(bisect_right(ends, each.start), len(ends) - 1)]
        result[turn.id] = (*result.get(turn.id, ()), each)
    return result


def _paragraphs(
    web: Site, transcript: Transcript, turn: Turn, uri: str, seen: set[str], marks: Sequence[Mark]
) -> Iterator[Block]:
    recording = cards.recording(web, transcript, uri)
    for each in turn.paragraphs:
        notes = web.notes(transcript, each.start, each.end, uri, seen)
        html = text.html(transcript, each.start, each.end, notes, marks)
        seconds = transcript.time_at(each.start)
        yield Block(
            paragraph=each,
            html=html,
            report=web.report(transcript, each.start, each.end),
            seconds=seconds,
            clock=cards.clock(seconds) if seconds is not None else "",
            recording=recording.at(seconds) if recording and seconds is not None else "",
        )


def _entry(transcript: Transcript, turn: Turn, topics: Mapping[str, Topic]) -> Entry:
    speaker = transcript.speaker(turn.speaker)
    part = section(transcript, turn.start)
    title = " · ".join([speaker.name if speaker else "Unknown speaker", *([part.title] if part else [])])
    shown = text.plain(transcript, turn.start, turn.end)
    heard = " ".join(
        transcript.source[edit.start : edit.end]
        for edit in layers.within(transcript.edits, turn.start, turn.end)
        if edit.kind == "correction"
    )
    return Entry(
        turn.id,
        title,
        f"{shown} {heard}".strip(),
        boost=0.7,
        speaker=speaker.name if speaker else "",
        topics=tuple(topics),
        transcript=transcript.slug,
    )


def _highlights(transcript: Transcript, marks: Sequence[Mark]) -> str:
    """Rules that light up the whole passage that the address names, with no script."""
    if not marks:
        return ""
    spans = [(each.start, each.end) for turn in transcript.turns for each in turn.paragraphs]
    rules = [
        f':root:has(#{name}:target) [data-quotes~="{name}"]{{background:var(--tb-highlight)}}'
        for name in text.parted(marks, spans)
    ]
    return "\n".join([".tb-said span:target{background:var(--tb-highlight)}", *rules])
