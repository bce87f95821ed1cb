"""Maps of what is spoken about: the sections of a single conversation by topic, or the topics of an archive by year."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from talkbook.model import Mention, Quote, Section, Topic, Transcript
from talkbook.pages.context import RenderContext
from talkbook.pages.conversations import conversation_lists
from talkbook.pages.topics import topic_index
from talkbook.problems import counted

_TOPICS = 10  # columns of a conversation's map; no more fit on a phone
_ROWS = 20  # of an archive's map
_COLUMNS = 10
_SIZES = 4  # of marks


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a row or a column. address: where it links; "" for no link."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A mark in a table.

    address: where it links.
    title: what it stands for.
    size: from 1 to 4.
    quoted: whether it stands for quotes, not only mentions.
    """

    address: str
    title: str
    size: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table. cells: one per column; None for an empty one. others: topics without a column."""

    header: Header
    cells: Sequence[Cell | None]
    others: Sequence[Topic] = ()


@dataclass(frozen=True, slots=True)
class Map:
    """A table whose cells are marks. caption: what it shows."""

    caption: str
    columns: Sequence[Header]
    rows: Sequence[Row]


def build(context: RenderContext) -> Map | None:
    """Return the map of the only conversation, or that of the archive; None if there is nothing to compare."""
    talks = context.book.transcripts
    grid = _conversation(context, talks[0]) if len(talks) == 1 else _archive(context)
    return grid if grid and len(grid.rows) > 1 and len(grid.columns) > 1 else None


def _conversation(context: RenderContext, transcript: Transcript) -> Map:
    sections = [section for section in transcript.sections if section.kind == ""]
    places: dict[tuple[str, str], list[Quote | Mention]] = {}  # (id of a section, slug of a topic) -> places
    for topic in context.book.topics:
        for place in _places(context, topic):
            section = next((section for section in sections if section.start <= place.start < section.end), None)
            if section:
                places.setdefault((section.id, topic.slug), []).append(place)
    spread = Counter(slug for _, slug in places)
    columns = _most(context, lambda topic: (len(context.book.quotes_of[topic.slug]), spread[topic.slug]))
    quoted = {section.id: topics for section, topics in topic_index.places(context)[transcript.slug] if section}

    def cell(section: Section, topic: Topic) -> Cell | None:
        here = places.get((section.id, topic.slug), ())
        if not here:
            return None
        quotes = [place for place in here if isinstance(place, Quote)]
        first = min(quotes or here, key=lambda place: place.start)
        anchor = first.id if isinstance(first, Quote) else transcript.anchor_at(first.start)
        address = context.site.addresses.link("index", f"transcripts/{transcript.slug}", anchor)
        parts = (len(quotes), "quote"), (len(here) - len(quotes), "mention")
        title = ", ".join(counted(number, noun) for number, noun in parts if number)
        return Cell(address, title, min(_SIZES, len(here)), bool(quotes))

    rows = [
        Row(
            Header(section.title, context.site.addresses.link("index", f"transcripts/{transcript.slug}", section.id)),
            [cell(section, topic) for topic in columns],
            [topic for topic in quoted.get(section.id, ()) if topic not in columns],
        )
        for section in sections
    ]
    return Map("Sections of the conversation, and the topics that come up in them", _headers(context, columns), rows)


def _archive(context: RenderContext) -> Map | None:
    groups = _groups(context)
    if not 1 < len(groups) <= _COLUMNS:
        return None
    named = {slug: at for at, (_, slugs) in enumerate(groups) for slug in slugs}
    often = {
        topic.slug: Counter(
            named[slug] for slug in {each.transcript for each in _places(context, topic)} & named.keys()
        )
        for topic in context.book.topics
    }
    topics = _most(context, lambda topic: (sum(often[topic.slug].values()), 0), _ROWS)
    most = max((max(counts.values(), default=1) for counts in often.values()), default=1)

    def cell(topic: Topic, at: int) -> Cell | None:
        number = often[topic.slug][at]
        if not number:
            return None
        title = f"{number:,} conversation{'s' if number != 1 else ''}"
        address = context.site.addresses.link("index", f"topics/{topic.slug}", "where")
        return Cell(address, title, max(1, round(_SIZES * number / most)), quoted=True)

    rows = [
        Row(header, [cell(topic, at) for at in range(len(groups))])
        for header, topic in zip(_headers(context, topics), topics, strict=True)
    ]
    return Map("Topics, and when they come up", [header for header, _ in groups], rows)


def _groups(context: RenderContext) -> Sequence[tuple[Header, Sequence[str]]]:
    """Return (header, slugs of conversations) of each column: a few conversations, otherwise years, otherwise shows."""
    talks = context.book.transcripts
    if len(talks) <= _COLUMNS:
        row = sorted(talks, key=conversation_lists.place, reverse=True)
        return [
            (Header(each.title, context.site.addresses.link("index", f"transcripts/{each.slug}")), [each.slug])
            for each in row
        ]
    names: tuple[Callable[[Transcript], str], ...] = (
        lambda talk: str(talk.date.year) if talk.date else "",
        attrgetter("show"),
    )
    for name in names:
        found: dict[str, list[str]] = {}
        for talk in talks:
            found.setdefault(name(talk), []).append(talk.slug)
        found.pop("", None)
        if len(found) > 1:
            listed = conversation_lists.lists(context).values()
            pages = {page.title: context.site.addresses.link("index", page.uri) for page in listed}
            return [(Header(each, pages.get(each, "")), found[each]) for each in sorted(found)][-_COLUMNS:]
    return []


def _places(context: RenderContext, topic: Topic) -> Iterable[Quote | Mention]:
    yield from context.book.quotes_of[topic.slug]
    yield from context.book.mentions_of[topic.slug]


def _most(context: RenderContext, weight: Callable[[Topic], tuple[int, int]], number: int = _TOPICS) -> Sequence[Topic]:
    """Return the topics with the greatest weight, sorted by title."""
    ranked = sorted(context.book.topics, key=lambda topic: (*(-part for part in weight(topic)), topic.title))
    return sorted((each for each in ranked[:number] if any(weight(each))), key=lambda topic: topic.title.casefold())


def _headers(context: RenderContext, topics: Sequence[Topic]) -> Sequence[Header]:
    return [Header(topic.title, context.site.addresses.link("index", f"topics/{topic.slug}")) for topic in topics]
