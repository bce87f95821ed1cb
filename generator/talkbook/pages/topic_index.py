"""The lists: topics by letter, by kind and by conversation; and the corrections."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from talkbook.model import Edit, Section, Topic, Transcript
from talkbook.pages import topic_map, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page, TocHeading
from talkbook.text import anchors

_FEW = 12  # conversations that are listed section by section


@dataclass(frozen=True, slots=True)
class Name:
    """A line of the index: a topic's title, or an alias that leads to it."""

    name: str
    topic: Topic

    @property
    def letter(self) -> str:
        """The letter that it is filed under."""
        return self.name[0].upper() if self.name[0].isalpha() else "#"


def topics(context: RenderContext) -> Page:
    """The index of topics."""
    names = [Name(name, topic) for topic in context.book.topics for name in dict.fromkeys(topic.names)]
    letters: dict[str, list[Name]] = {}
    for entry in sorted(names, key=lambda entry: (entry.name.lower(), entry.topic.slug)):
        letters.setdefault(entry.letter, []).append(entry)
    kinds: dict[str, list[Topic]] = {}
    for topic in sorted(context.book.topics, key=lambda topic: (topic.kind, topic.title.lower())):
        kinds.setdefault(topic.kind, []).append(topic)
    contents = [TocHeading("by-letter", "By letter"), TocHeading("by-kind", "By kind")]
    listed = places(context)
    if listed:
        alone = len(context.book.transcripts) == 1
        contents.append(TocHeading("by-place", "By place in the conversation" if alone else "By conversation"))
    drawn = topic_map.find(context)
    if drawn:
        contents.insert(0, TocHeading("map", "Map"))
    values = {
        "map": drawn,
        "sizes": topic_map.sizes(drawn.places) if drawn else {},
        "letters": letters,
        "kinds": kinds,
        "places": listed,
        "contents": contents,
    }
    html = context.render("topics", "topics/index", **values)
    return Page("topics/index", "Topics", html, "All topics, by letter and by kind.", contents=tuple(contents))


def places(context: RenderContext) -> Mapping[str, list[tuple[Section | None, list[Topic]]]]:
    """For each transcript, by its slug, the sections with the topics quoted in them; nothing where there are many."""
    result: dict[str, list[tuple[Section | None, list[Topic]]]] = {}
    for transcript in context.book.transcripts if len(context.book.transcripts) <= _FEW else ():
        sections: tuple[Section | None, ...] = transcript.sections or (None,)
        rows = [(section, _quoted(context, transcript, section)) for section in sections]
        result[transcript.slug] = [(section, found) for section, found in rows if found or section]
    return result


def _quoted(context: RenderContext, transcript: Transcript, section: Section | None) -> list[Topic]:
    found: dict[str, Topic] = {}
    for quote in context.book.quotes_in.get(transcript.slug, ()):
        if section is None or section.start <= quote.start < section.end:
            found.update((slug, context.book.topic[slug]) for slug in quote.topics)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Correction:
    """One corrected place."""

    heard: str
    edit: Edit
    line: int
    before: str
    after: str
    anchor: str


def corrections(context: RenderContext, uri: str) -> str:
    """HTML that lists every correction with its reason, for the page at `uri` on how the site was made."""
    found = {each.slug: list(_corrections(each)) for each in context.book.transcripts}
    counts = {
        each.slug: {kind: sum(edit.kind == kind for edit in each.edits) for kind in ("filler", "stammer")}
        for each in context.book.transcripts
    }
    return context.render("corrections", uri, found=found, counts=counts)


def _corrections(transcript: Transcript) -> Iterator[Correction]:
    for edit in transcript.edits:
        turn = transcript.turn_at(edit.start) if edit.kind == "correction" else None
        if turn and turn.start <= edit.start < turn.end:
            before = transcript_html.plain(transcript, max(turn.start, edit.start - 60), edit.start)
            after = transcript_html.plain(transcript, edit.end, min(turn.end, edit.end + 60))
            heard = " ".join(transcript.source[edit.start : edit.end].split())
            line = anchors.line_of(transcript.source, edit.start)
            yield Correction(heard, edit, line, before[-40:], after[:40], transcript.anchor_at(edit.start))
