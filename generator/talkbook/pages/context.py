"""The render context: what every page needs, and what is derived from it once for all pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from jinja2 import BaseLoader, Environment, StrictUndefined

from talkbook.book import relations
from talkbook.book.book import Book
from talkbook.book.cited import Quotation
from talkbook.book.relations import Backlink
from talkbook.model import Mention, Passage, Person, Quote, Section, Topic, Transcript, Turn, Withheld
from talkbook.pages import transcript_html
from talkbook.pages.explanations import backlinks, explanations
from talkbook.pages.explanations.explanations import Explanation
from talkbook.pages.site_settings import SiteSettings
from talkbook.pages.transcript_html import Note
from talkbook.permalinks import old_addresses
from talkbook.permalinks.old_addresses import OldAddresses
from talkbook.permalinks.resolve import Permalinks
from talkbook.runtime.lists import Lists, grouped
from talkbook.runtime.memo import Memo
from talkbook.text import anchors
from talkbook.transcripts import source_map

_P = TypeVar("_P")
_REPORTED = 60  # characters of a passage in the address for reporting it; pages contain many such addresses


@dataclass(frozen=True)
class RenderContext:
    """What every page needs: the book, the templates and the site's settings.

    last_changed: returns the value of `changed`.
    known: results of earlier contexts, reused if their inputs are equal.
    """

    book: Book
    loader: BaseLoader
    site: SiteSettings = field(default_factory=SiteSettings)
    last_changed: Callable[[], Mapping[str, date]] = dict
    known: Memo = field(default_factory=Memo, repr=False, compare=False)

    @cached_property
    def withheld(self) -> Mapping[str, Withheld]:
        """URI -> withheld conversation. Its page only says that it is withheld."""
        return {f"transcripts/{talk.slug}": talk for talk in self.book.withheld}

    def subject(self, uri: str) -> Topic | Transcript | Person | Quote | None:
        """Return what the page at `uri` is about; None for other pages, such as lists."""
        kind, _, name = uri.partition("/")
        named: Mapping[str, Mapping[str, Topic | Transcript | Person | Quote]] = {
            "topics": self.book.topic,
            "transcripts": self.book.transcript,
            "people": self.book.person,
            "quotes": self.quote,
        }
        return named[kind].get(name) if kind in named else None

    @cached_property
    def changed(self) -> Mapping[str, date]:
        """Path of a source -> day on which it was last changed, if that is known."""
        return self.last_changed()

    @cached_property
    def old_addresses(self) -> OldAddresses:
        """Everything that keeps old addresses working."""
        return old_addresses.collect(Permalinks(self.book))

    @cached_property
    def explained(self) -> Mapping[str, Explanation]:
        """Slug of a topic -> its explanation, as its page shows it."""
        return explanations.explain_all(self.book, self.site.addresses, self.known)

    @cached_property
    def backlinks(self) -> Mapping[str, tuple[Backlink, ...]]:
        """Slug of a topic -> the links to it."""
        return backlinks.find(self.book, self.explained, self.known)

    @cached_property
    def environment(self) -> Environment:
        """The Jinja environment, which escapes everything that isn't marked as HTML."""
        return _environment(self.loader)

    def render(self, template: str, uri: str, **values: Any) -> str:
        """Return the HTML of a template in templates/pages with these values, for the page at `uri`."""

        def link(target: str, anchor: str = "") -> str:
            return self.site.addresses.link(uri, target, anchor)

        made = self.environment.get_template(f"{template}.html")
        return made.render(book=self.book, site=self.site, uri=uri, link=link, **values)

    def notes(
        self, transcript: Transcript, spans: Sequence[tuple[int, int]], texts: Sequence[str], uri: str, seen: set[str]
    ) -> Mapping[int, Sequence[Note]]:
        """Return index of a span -> links to the topics that are named in it.

        spans: (start, end) in the source.
        texts: the same as readers see them.
        uri: that of the page with the links.
        seen: slugs of topics that get no link; those that get one now are added.
        """
        source, edits = transcript.source, transcript.edits
        notes: dict[int, list[Note]] = {}
        for at, hits in self.book.terms.find_all(texts):
            for hit in relations.first(hits, seen):
                start, end = source_map.View(source, edits, *spans[at]).span(hit.start, hit.end)
                address = self.site.addresses.link(uri, f"topics/{hit.topic}")
                notes.setdefault(at, []).append(Note(start, end, f'<a href="{address}">', "</a>"))
        return notes

    def report(self, transcript: Transcript, span: tuple[int, int] | None = None) -> str:
        """Return the address at which an error can be reported; "" without a repository.

        span: (start, end) of the passage with the error, in the source; None for the whole transcript, where a script
            adds the passage.
        """
        if not self.site.repository:
            return ""
        place = ":"
        if span:
            words = transcript_html.plain(transcript, *span)
            if len(words) > _REPORTED:
                words = words[:_REPORTED].rsplit(" ", 1)[0] + "…"
            place = f", line {anchors.line_of(transcript.source, span[0])}:\n\n> {words}"
        body = f"In `{transcript.path}`{place}\n\nWhat is wrong, and what should it say?\n"
        query = urlencode({"title": f"Error in {transcript.title}", "body": body})
        return f"{self.site.repository.rstrip('/')}/issues/new?{query}"

    @cached_property
    def quoted(self) -> Lists[str, Quote]:
        """Slug of a person -> the quotes that they say, or probably say."""
        spoken = ((quote.attributed, quote) for quote in self.book.quotes)
        return grouped((slug, quote) for slug, quote in spoken if slug and slug in self.book.person)

    @cached_property
    def quote(self) -> Mapping[str, Quote]:
        """Id -> quote."""
        return {quote.id: quote for quote in self.book.quotes}

    @cached_property
    def quotations(self) -> dict[str, Quotation]:
        """Id of a quote -> what a citation says about it, for quotes that have been asked for."""
        return {}

    @cached_property
    def quotes_around(self) -> Mapping[str, tuple[Quote | None, Quote | None]]:
        """Id of a quote -> those before and after it in its conversation; None if there is none."""
        return {
            quote.id: both
            for row in self.book.quotes_in.values()
            for quote, both in zip(row, _around(row), strict=True)
        }

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[Topic | None, Topic | None]]:
        """Slug of a topic -> those before and after it by title; None if there is none."""
        row = sorted(self.book.topics, key=lambda topic: (topic.title.casefold(), topic.slug))
        return {topic.slug: both for topic, both in zip(row, _around(row), strict=True)}

    @cached_property
    def talks(self) -> Lists[str, Transcript]:
        """Slug of a person -> the conversations in which they speak, or probably speak."""
        return grouped(
            (person, transcript)
            for transcript in self.book.transcripts
            for person in dict.fromkeys(
                who.person for who in (*transcript.speakers, *transcript.drafted) if not who.silent
            )
        )

    def turn(self, place: Quote | Passage | Mention) -> Turn:
        """Return the turn that contains a quote, a passage or a mention."""
        return self.book.transcript[place.transcript].turn_at(place.start)


def _around(row: Sequence[_P]) -> Iterator[tuple[_P | None, _P | None]]:
    """Yield those before and after each element."""
    padded = [None, *row, None]
    return zip(padded, padded[2:], strict=False)


@lru_cache(maxsize=8)  # so that templates aren't compiled again after each edit
def _environment(loader: BaseLoader) -> Environment:
    return Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # changed templates come with another loader
    )


def section(transcript: Transcript, offset: int) -> Section | None:
    """Return the section that contains the character at `offset`; None if there is none, or if it is a break."""
    for part in transcript.sections:
        if part.start <= offset < part.end:
            return part if part.kind != "break" else None
    return None
