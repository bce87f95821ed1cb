"""The page of a transcript: a long read with the topics that quote it in the margin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook import layers
from talkbook.model import Paragraph, Section, Speaker, Topic, Transcript, Turn
from talkbook.pages import cards, text
from talkbook.pages.page import Entry, Heading, Page
from talkbook.pages.site import Site, section
from talkbook.pages.text import Mark


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as the template shows it."""

    turn: Turn
    speaker: Speaker | None
    named: bool  # whether the speaker's name is set above it
    begins: Section | None  # the section that begins here
    silent: bool  # whether nothing is left of it when fillers are out
    paragraphs: tuple[tuple[Paragraph, Markup, str], ...]  # with the address for a report
    topics: tuple[Topic, ...]  # that quote it
    place: str


def page(web: Site, transcript: Transcript) -> Page:
    """The page of one transcript."""
    uri = f"transcripts/{transcript.slug}"
    quotes = web.book.quotes_in.get(transcript.slug, ())
    marks = [Mark(quote.start, quote.end, quote.id) for quote in quotes]
    quoting: dict[str, dict[str, Topic]] = {}
    for quote in quotes:
        quoting.setdefault(quote.turn, {}).update((slug, web.book.topic[slug]) for slug in quote.topics)
    seen: set[str] = set()
    said: list[Said] = []
    before: Turn | None = None
    for turn in transcript.turns:
        begins = next((each for each in transcript.sections if _between(before, turn, each)), None)
        said.append(
            Said(
                turn=turn,
                speaker=transcript.speaker(turn.speaker),
                named=before is None or begins is not None or before.speaker != turn.speaker,
                begins=begins,
                silent=not layers.shown(transcript.source, transcript.edits, turn.start, turn.end).strip(),
                paragraphs=tuple(_paragraphs(web, transcript, turn, uri, seen, marks)),
                topics=tuple(quoting.get(turn.id, {}).values()),
                place=cards.place(transcript, turn.start),
            )
        )
        before = turn
    return Page(
        uri=uri,
        title=transcript.title,
        html=web.render("transcript", uri, transcript=transcript, said=said, quotes=quotes),
        description=transcript.description or f"The full transcript of {transcript.title}.",
        source=transcript.path,
        contents=tuple(Heading(each.id, each.title) for each in transcript.sections),
        entries=(
            Entry("", transcript.title, transcript.description, boost=3.0),
            *(_entry(transcript, turn) for turn in transcript.turns if turn.quotable),
        ),
        style=_highlights(quote.id for quote in quotes),
    )


def _between(before: Turn | None, turn: Turn, each: Section) -> bool:
    return (before.start if before else -1) < each.start <= turn.start


def _paragraphs(
    web: Site, transcript: Transcript, turn: Turn, uri: str, seen: set[str], marks: Sequence[Mark]
) -> list[tuple[Paragraph, Markup, str]]:
    result = []
    for each in turn.paragraphs:
        notes = web.notes(transcript, each.start, each.end, uri, seen)
        html = text.html(transcript, each.start, each.end, notes, marks)
        result.append((each, html, web.report(transcript, each.start, each.end)))
    return result


def _entry(transcript: Transcript, turn: Turn) -> Entry:
    speaker = transcript.speaker(turn.speaker)
    part = section(transcript, turn.start)
    title = " · ".join([speaker.name if speaker else "Unknown speaker", *([part.title] if part else [])])
    shown = text.plain(transcript, turn.start, turn.end)
    heard = " ".join(
        transcript.source[edit.start : edit.end]
        for edit in layers.within(transcript.edits, turn.start, turn.end)
        if edit.kind == "correction"
    )
    return Entry(turn.id, title, f"{shown} {heard}".strip(), boost=0.7)


def _highlights(names: Iterable[str]) -> str:
    """Rules that light up every piece of the passage that the address names, with no script."""
    return "\n".join(
        f':root:has(#{name}:target) [data-quotes~="{name}"]{{background:var(--tb-highlight)}}' for name in names
    )
