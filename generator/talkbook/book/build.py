"""Build the whole knowledge base as one value. This module opens no file and doesn't depend on MkDocs."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from talkbook import readers
from talkbook.book import people, pipeline, private_words, relations, withholding
from talkbook.book.archive_notes import ArchiveNotes
from talkbook.book.private_words import PrivateWords
from talkbook.book.relations import Relation
from talkbook.matching import quotes, selection, topic_names
from talkbook.matching.passages import TopicPassages
from talkbook.matching.quotes import Selection
from talkbook.model import Mention, Passage, Person, Quote, Topic, Transcript, Withheld
from talkbook.problems import ParseError, Problem, excerpt
from talkbook.sources import ledger, lexicon, show, topic_file
from talkbook.sources.ledger import Ledger
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.show import Show
from talkbook.sources.source import Source, Sources
from talkbook.text.masking import MASK


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
    passages_of: Mapping[str, Sequence[Passage]]
    mentions_of: Mapping[str, Sequence[Mention]]
    relations: Mapping[str, tuple[Relation, ...]]
    terms: topic_names.Terms
    problems: tuple[Problem, ...]
    withheld: tuple[Withheld, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    reading: pipeline.ReadingContext = field(default_factory=pipeline.ReadingContext, repr=False)
    choice: Selection = field(default_factory=Selection, repr=False)
    hidden: tuple[pipeline.TranscriptInput, ...] = field(default=(), repr=False, compare=False)

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
    def quotes_of(self) -> Mapping[str, tuple[Quote, ...]]:
        """Slug of a topic -> its quotes, in order of transcript and place."""
        return _grouped((slug, quote) for quote in self.quotes for slug in quote.topics)

    @cached_property
    def quotes_in(self) -> Mapping[str, tuple[Quote, ...]]:
        """Slug of a transcript -> its quotes."""
        return _grouped((quote.transcript, quote) for quote in self.quotes)


Choose = Callable[[Sequence[Topic], Sequence[Transcript], Sequence[TopicPassages], Selection | None], Selection]
ProcessAll = Callable[[Sequence[pipeline.TranscriptInput], pipeline.ReadingContext], Iterator[pipeline.Processed]]

_V = TypeVar("_V")
_WORD = re.compile(r"\w+")


def _grouped(pairs: Iterable[tuple[str, _V]]) -> dict[str, tuple[_V, ...]]:
    lists: dict[str, list[_V]] = {}
    for key, value in pairs:
        lists.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in lists.items()}


def build(
    sources: Sources,
    *,
    process: ProcessAll = pipeline.process_all,
    choose: Choose = quotes.choose,
    before: Book | None = None,
) -> Book:
    """Build the book from the sources.

    Never raises: a file that can't be read is left out and reported as a problem. A transcript that can't be read, or
    for which it is unclear what is private, is only in `withheld`.

    process: reads, cleans and matches transcripts.
    choose: chooses the quotes.
    before: an earlier book; what has not changed is reused, with the same result.
    """
    withheld, faults = withholding.collect(sources)
    problems: list[Problem] = [*sources.problems, *faults]
    words = _parse_one(sources.lexicon, lexicon.read, problems) or Lexicon()
    published = _parse_one(sources.permalinks, ledger.read, problems) or Ledger()
    entries = _parse_one(sources.people, people.read, problems) or ()
    parsed = list(_parse_each(sources.topics, _topic, problems))
    problems += [problem for topic in parsed for problem in topic.problems]
    incomplete = [topic for topic in parsed if topic.incomplete]
    subjects = tuple(
        topic for topic in parsed if not topic.incomplete and (sources.proposals or topic.status != "proposed")
    )
    matched = tuple(map(pipeline.matched, subjects))
    reading = pipeline.ReadingContext(words, people.labels(entries), matched, sources.proposals)
    if before:
        reading = reading.like(before.reading)
    inputs = list(_inputs(sources, problems))
    hidden = [given for given in inputs if given.source.slug in withheld]
    inputs = [given for given in inputs if given.source.slug not in withheld]
    results = process([*inputs], reading)
    sources = replace(sources, transcripts=())  # an archive's bytes take as much memory as everything made from them
    read, found = _processed(inputs, results, problems, withheld, hidden)
    refused = [given.source for given in hidden if given.source.slug in withheld]
    choice = choose(subjects, read, found, before.choice if before else None)
    together = relations.shared(choice.quotes)
    everybody = people.gather(entries, read)
    unread = {source.slug for source in sources.topics} - {topic.slug for topic in (*subjects, *incomplete)}
    problems += [
        *_certain([*choice.problems, *selection.faults(incomplete, read)], parsed, refused),
        *relations.check(subjects, incomplete, unread),
        *people.slug_collisions(read),
    ]
    if sources.people:
        unheard = [entry for entry in entries if not _may_speak(entry.name, refused, sources)]
        problems += people.unknown_people(unheard, everybody, sources.people.path)
    made = Book(
        transcripts=tuple(read),
        topics=subjects,
        people=everybody,
        lexicon=words,
        quotes=choice.quotes,
        passages_of=choice.passages,
        mentions_of=choice.mentions,
        relations=relations.relations(subjects, together),
        terms=reading.terms,
        ledger=published,
        reading=reading,
        choice=choice,
        problems=tuple(sorted(set(problems))),
        withheld=tuple(withheld[slug] for slug in sorted(withheld)),
        hidden=tuple(hidden),
    )
    return replace(made, problems=made.redacted(made.problems))


def _inputs(sources: Sources, problems: list[Problem]) -> Iterator[pipeline.TranscriptInput]:
    def transcript_input(source: Source) -> pipeline.TranscriptInput:
        versions, side = sources.versions.get(source.slug, ()), sources.sidecars.get(source.slug)
        return pipeline.TranscriptInput(source, side, versions if source in versions else (), _show(source, sources))

    return _parse_each(sources.transcripts, transcript_input, problems, _ADDRESS)


def _show(source: Source, sources: Sources) -> Show:
    """Return the show of the nearest folder that has one; an empty one if there is none, or if its file has errors."""
    folders = [source.folder, *map(str, PurePosixPath(source.folder).parents)]
    file = next((file for each in folders if (file := sources.shows.get("" if each == "." else each))), None)
    try:
        return show.read(file) if file else Show()
    except ParseError:  # already reported
        return Show()


def _processed(
    inputs: list[pipeline.TranscriptInput],
    results: Iterable[pipeline.Processed],
    problems: list[Problem],
    withheld: dict[str, Withheld],
    hidden: list[pipeline.TranscriptInput],
) -> tuple[list[Transcript], list[TopicPassages]]:
    """Return the transcripts, and what was found in each; add to `problems`, `withheld` and `hidden`.

    inputs: those of `results`, in order. The list is emptied, so that the files' bytes are freed one by one.
    hidden: gets the inputs that are withheld or contain private passages.
    """
    transcripts: list[Transcript] = []
    found: list[TopicPassages] = []
    notes = ArchiveNotes()
    inputs.reverse()
    for result in results:
        given = inputs.pop()
        problems += result.problems
        if result.transcript and result.found:
            notes.add(result.transcript.path, result.unknown_keys, result.unused)
            transcripts.append(result.transcript)
            found.append(result.found)
            if MASK in result.transcript.source:
                hidden.append(given)
        else:
            withheld[given.source.slug] = Withheld(given.source.slug, given.source.path, result.problems[0])
            hidden.append(given)
    problems += notes.problems()
    return transcripts, found


def _may_speak(name: str, refused: Iterable[Source], sources: Sources) -> bool:
    """Return whether the name occurs in a file that can't be read; if so, it isn't reported as unused."""
    files = [file for source in refused for file in (source, sources.sidecars.get(source.slug)) if file]
    return any(name.encode() in file.data for file in files)


_RENAME = "Rename one of them."
_ADDRESS = "Rename one of them, or give the folder of one a show.yml with an address, such as address: garden-{name}."


def _parse_each(
    sources: Iterable[Source], read: Callable[[Source], _V], problems: list[Problem], hint: str = _RENAME
) -> Iterator[_V]:
    seen: dict[str, str] = {}
    for source in sources:
        if source.slug in seen:
            message = f'This file and {seen[source.slug]} would both be "{source.slug}" in addresses.'
            problems.append(Problem(source.path, 0, message, hint))
            continue
        seen[source.slug] = source.path
        try:
            yield read(source)
        except ParseError as refused:
            problems.extend(refused.problems)


def _certain(problems: Iterable[Problem], subjects: Iterable[Topic], refused: Sequence[Source]) -> Iterator[Problem]:
    """Leave out problems with pins and hides whose words may be in a transcript that can't be read."""
    texts = [file.data.replace(b"\0", b"").decode("utf-8", "replace") for file in refused]
    unread = [set(_WORD.findall(text.casefold())) for text in texts]
    wanted: dict[tuple[str, int, str], list[str]] = {}
    for topic in subjects if unread else ():
        for words in (*topic.pins, *topic.hides):
            wanted.setdefault((topic.path, words.line, _first(words.text)), []).append(words.text)
    for problem in problems:
        selectors = wanted.get((problem.path, problem.line, _first(problem.message)), ())
        quoted = [_WORD.findall(text.casefold()) for text in selectors if excerpt(text) in problem.message]
        if not any(words.issuperset(each) for each in quoted for words in unread):
            yield problem


def _first(text: str) -> str:
    """Return the first word of a text, or of what a message quotes from it."""
    match = _WORD.search(text)
    return match[0] if match else ""


@lru_cache(maxsize=5_000)  # most topics stay the same while somebody edits
def _topic(source: Source) -> Topic:
    return topic_file.read(_text(source), source.path, source.slug)


def _parse_one(source: Source | None, read: Callable[[str, str], _V], problems: list[Problem]) -> _V | None:
    """Return read(text, path) for a file; None if there is no file, or if it can't be read."""
    files = [source] if source else []
    return next(_parse_each(files, lambda file: read(_text(file), file.path), problems), None)


def _text(source: Source) -> str:
    return readers.decode(source.data, source.path)
