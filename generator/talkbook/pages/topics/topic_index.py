"""The lists of topics by letter, kind and conversation, and the list of corrections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from talkbook.model import Edit, Section, Topic, Transcript
from talkbook.pages import paging, transcript_html
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Page, TocHeading
from talkbook.pages.paging import ListPage
from talkbook.pages.topics import topic_map
from talkbook.runtime.lists import Lists, grouped
from talkbook.runtime.memo import memoize_last
from talkbook.text import anchors, ids

_WHOLE = 200  # topics that fit on one page with their summaries
_LISTED = 100  # topics on a page of a longer list
_CHIPS = 40  # topics of a kind named in the index if there are too many for one page
_FEW = 12  # conversations; with more, their sections aren't listed


@dataclass(frozen=True, slots=True)
class Name:
    """A line of the index: a topic's title, or one of its aliases."""

    name: str
    topic: Topic

    @property
    def letter(self) -> str:
        """The letter under which it is listed; "#" for anything else."""
        return self.name[0].upper() if self.name[0].isalpha() else "#"


def topics(context: RenderContext) -> Page:
    """Return the index of topics."""
    groups = _groups(context)
    letters = {} if groups else _letters(context)
    topics = sorted(context.book.topics, key=lambda topic: (topic.kind, topic.title.lower()))
    kinds: Mapping[str, Sequence[Topic]] = grouped((topic.kind, topic) for topic in topics)
    if groups:
        kinds = {kind: _most(context, listed) for kind, listed in kinds.items()}
    contents = [TocHeading("by-letter", "By letter"), TocHeading("by-kind", "By kind")]
    listed = places(context)
    if listed:
        alone = len(context.book.transcripts) == 1
        contents.append(TocHeading("by-place", "By place in the conversation" if alone else "By conversation"))
    drawn = topic_map.draw(context)
    if drawn:
        contents.insert(0, TocHeading("map", "Map"))
    values = {
        "map": drawn,
        "sizes": topic_map.sizes(drawn.places) if drawn else {},
        "groups": groups,
        "letters": letters,
        "kinds": kinds,
        "places": listed,
        "contents": contents,
    }
    html = context.render("topics", "topics/index", **values)
    return Page("topics/index", "Topics", html, "All topics, by letter and by kind.", contents=tuple(contents))


def _letters(context: RenderContext) -> Lists[str, Name]:
    """Return letter -> titles and aliases of topics."""
    names = [Name(name, topic) for topic in context.book.topics for name in dict.fromkeys(topic.names)]
    names.sort(key=lambda entry: (entry.name.lower(), entry.topic.slug))
    return grouped((entry.letter, entry) for entry in names)


def _most(context: RenderContext, topics: Sequence[Topic]) -> list[Topic]:
    """Return the most quoted of the topics, in the given order."""
    most = sorted(topics, key=lambda topic: -len(context.book.quotes_of[topic.slug]))[:_CHIPS]
    shown = {topic.slug for topic in most}
    return [topic for topic in topics if topic.slug in shown]


@memoize_last
def _groups(context: RenderContext) -> Mapping[str, Sequence[ListPage[Name]]]:
    """Return letter or kind -> pages that list its topics; {} if one page can list all topics."""
    if len(context.book.topics) <= _WHOLE:
        return {}
    letters = _letters(context)
    slugs = ids.slugs(letters)
    topics = sorted(context.book.topics, key=lambda topic: (topic.title.lower(), topic.slug))
    kinds = grouped((topic.kind, Name(topic.title, topic)) for topic in topics)
    lists = [
        *((letter, f"letters/{slugs[letter]}", f"Topics: {letter}", listed) for letter, listed in letters.items()),
        *((kind, f"kinds/{kind}", f"Topics: {kind}", kinds[kind]) for kind in sorted(kinds)),
    ]
    return {name: [*paging.cut(uri, title, listed, _LISTED)] for name, uri, title, listed in lists}


def lists(context: RenderContext) -> Mapping[str, ListPage[Name]]:
    """Return URI -> page, for all pages that list topics by letter or kind."""
    return {page.uri: page for pages in _groups(context).values() for page in pages}


def page(context: RenderContext, uri: str) -> Page:
    """Return the page at `uri`, which is one of lists()."""
    listed = lists(context)[uri]
    html = context.render("topic_list", uri, page=listed)
    return Page(uri, listed.title, html, f"{listed.total:,} topics.")


def places(context: RenderContext) -> Mapping[str, list[tuple[Section | None, list[Topic]]]]:
    """Return slug of a transcript -> [(section, topics quoted in it)]; {} if there are many transcripts.

    The section is None in a transcript without sections.
    """
    result: dict[str, list[tuple[Section | None, list[Topic]]]] = {}
    for transcript in context.book.transcripts if len(context.book.transcripts) <= _FEW else ():
        sections: tuple[Section | None, ...] = transcript.sections or (None,)
        rows = [(section, _quoted(context, transcript, section)) for section in sections]
        result[transcript.slug] = [(section, found) for section, found in rows if found or section]
    return result


def _quoted(context: RenderContext, transcript: Transcript, section: Section | None) -> list[Topic]:
    found: dict[str, Topic] = {}
    for quote in context.book.quotes_in[transcript.slug]:
        if section is None or section.start <= quote.start < section.end:
            found.update((slug, context.book.topic[slug]) for slug in quote.topics)
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction and its context. heard: the words of the source. before, after: up to 40 characters as shown."""

    heard: str
    edit: Edit
    line: int
    before: str
    after: str
    anchor: str


def corrections(context: RenderContext, uri: str) -> str:
    """Return HTML that lists all corrections with their reasons, for the handwritten page at `uri`."""
    edits = {transcript.slug: list(_corrections(transcript)) for transcript in context.book.transcripts}
    counts = {
        transcript.slug: {kind: sum(edit.kind == kind for edit in transcript.edits) for kind in ("filler", "stammer")}
        for transcript in context.book.transcripts
    }
    return context.render("corrections", uri, found=edits, counts=counts)


def _corrections(transcript: Transcript) -> Iterator[Correction]:
    for edit in transcript.edits:
        turn = transcript.turn_at(edit.start) if edit.kind == "correction" else None
        if turn and turn.start <= edit.start < turn.end:
            before = transcript_html.plain(transcript, max(turn.start, edit.start - 60), edit.start)
            after = transcript_html.plain(transcript, edit.end, min(turn.end, edit.end + 60))
            heard = " ".join(transcript.source[edit.start : edit.end].split())
            line = anchors.line_of(transcript.source, edit.start)
            yield Correction(heard, edit, line, before[-40:], after[:40], transcript.anchor_at(edit.start))
