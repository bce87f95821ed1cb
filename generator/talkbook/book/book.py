"""The book: the whole knowledge base as one value."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from talkbook.book import private_words
from talkbook.book.pipeline import ReadingContext, TranscriptInput
from talkbook.book.private_words import PrivateWords
from talkbook.book.relations import Relation
from talkbook.matching import topic_names
from talkbook.matching.quotes import Selection
from talkbook.model import Mention, Passage, Person, Quote, Topic, Transcript, Withheld
from talkbook.problems import Problem
from talkbook.runtime.lists import Lists, grouped
from talkbook.sources.ledger import Ledger
from talkbook.sources.lexicon import Lexicon


@dataclass(frozen=True)
class Book:
    """Everything that is shown, and everything that is wrong.

    passages_of, mentions_of, relations: by topic slug. Passages start with the conversation that says most about it.
    reading, choice: for reuse by the next build.
    hidden: the files in which something is private.
    """

    transcripts: tuple[Transcript, ...]
    topics: tuple[Topic, ...]
    people: tuple[Person, ...]
    lexicon: Lexicon
    quotes: tuple[Quote, ...]
    passages_of: Lists[str, Passage]
    mentions_of: Lists[str, Mention]
    relations: Mapping[str, tuple[Relation, ...]]
    terms: topic_names.Terms
    problems: tuple[Problem, ...]
    withheld: tuple[Withheld, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    reading: ReadingContext = field(default_factory=ReadingContext, repr=False)
    choice: Selection = field(default_factory=Selection, repr=False)
    hidden: tuple[TranscriptInput, ...] = field(default=(), repr=False, compare=False)

    @cached_property
    def private(self) -> PrivateWords:
        """The words that must not appear anywhere, computed from the files in `hidden`; for checks, never for pages."""
        every = private_words.merged(
            private_words.collect(each.source, each.side, each.versions) for each in self.hidden
        )
        return every.without(transcript.source for transcript in self.transcripts)

    def redacted(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems without private words. problems: of the book, or of anything made from it."""
        if not self.hidden:
            return tuple(problems)
        names = (f"{transcript.title} {transcript.description} {transcript.path}" for transcript in self.transcripts)
        topics = (f"{' '.join(topic.names)} {topic.summary} {topic.body} {topic.path}" for topic in self.topics)
        return self.private.without([*names, *topics]).redacted(problems)

    @cached_property
    def topic(self) -> Mapping[str, Topic]:
        """Slug -> topic."""
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def transcript(self) -> Mapping[str, Transcript]:
        """Slug -> transcript."""
        return {transcript.slug: transcript for transcript in self.transcripts}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """Slug -> person."""
        return {person.slug: person for person in self.people}

    @cached_property
    def dated(self) -> bool:
        """Whether the date of any conversation is known."""
        return any(transcript.date for transcript in self.transcripts)

    @cached_property
    def quotes_of(self) -> Lists[str, Quote]:
        """Slug of a topic -> its quotes, in order of transcript and place."""
        return grouped((slug, quote) for quote in self.quotes for slug in quote.topics)

    @cached_property
    def quotes_in(self) -> Lists[str, Quote]:
        """Slug of a transcript -> its quotes."""
        return grouped((quote.transcript, quote) for quote in self.quotes)
