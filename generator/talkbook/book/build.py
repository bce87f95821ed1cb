"""Build the whole knowledge base as one value. This module opens no file and doesn't depend on MkDocs."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeVar

from talkbook import readers
from talkbook.book import people, pipeline, relations, withholding
from talkbook.book.archive_notes import ArchiveNotes
from talkbook.book.book import Book
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.matching import quotes, selection
from talkbook.matching.passages import TopicPassages
from talkbook.matching.quotes import Selection
from talkbook.model import Topic, Transcript, Withheld
from talkbook.problems import ParseError, Problem
from talkbook.runtime.lists import Lists
from talkbook.sources import ledger, lexicon, show, topic_file
from talkbook.sources.ledger import Ledger
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.source import Source, Sources
from talkbook.text.masking import MASK

Choose = Callable[[Sequence[Topic], Sequence[Transcript], Sequence[TopicPassages], Selection | None], Selection]
ProcessAll = Callable[[Sequence[TranscriptInput], ReadingContext], Iterator[Processed]]

_V = TypeVar("_V")


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
    context = ReadingContext(words, people.labels(entries), matched, sources.proposals)
    if before:
        context = context.like(before.reading)
    inputs = deque(_inputs(sources, problems))
    read = _Reading(withheld, [given for given in inputs if given.source.slug in withheld])
    inputs = deque(given for given in inputs if given.source.slug not in withheld)
    results = process([*inputs], context)
    sources = replace(sources, transcripts=())  # an archive's bytes take as much memory as everything made from them
    for result in results:
        read.add(inputs.popleft(), result)  # so that the bytes are freed one by one
    transcripts = read.transcripts
    choice = choose(subjects, transcripts, read.found, before.choice if before else None)
    together = relations.shared(choice.quotes)
    everybody = people.gather(entries, transcripts)
    unread = {source.slug for source in sources.topics} - {topic.slug for topic in (*subjects, *incomplete)}
    problems += [
        *read.problems,
        *read.notes.problems(),
        *withholding.certain([*choice.problems, *selection.faults(incomplete, transcripts)], read.refused),
        *relations.check(subjects, incomplete, unread),
        *people.slug_collisions(transcripts),
    ]
    if sources.people:
        unheard = [entry for entry in entries if not withholding.may_name(entry.name, read.refused, sources)]
        problems += people.unknown_people(unheard, everybody, sources.people.path)
    made = Book(
        transcripts=tuple(transcripts),
        topics=subjects,
        people=everybody,
        lexicon=words,
        quotes=choice.quotes,
        passages_of=Lists(choice.passages),
        mentions_of=Lists(choice.mentions),
        relations=relations.relations(subjects, together),
        terms=context.terms,
        ledger=published,
        reading=context,
        choice=choice,
        problems=tuple(sorted(set(problems))),
        withheld=tuple(withheld[slug] for slug in sorted(withheld)),
        hidden=tuple(read.hidden),
    )
    return replace(made, problems=made.redacted(made.problems))


def _inputs(sources: Sources, problems: list[Problem]) -> Iterator[TranscriptInput]:
    def transcript_input(source: Source) -> TranscriptInput:
        versions, side = sources.versions.get(source.slug, ()), sources.sidecars.get(source.slug)
        used = versions if source in versions else ()
        return TranscriptInput(source, side, used, show.nearest(source.folder, sources.shows))

    return _parse_each(sources.transcripts, transcript_input, problems, _ADDRESS)


@dataclass(slots=True)
class _Reading:
    """What is read from the transcripts.

    withheld: slug -> each that is withheld.
    hidden: the inputs that are withheld or contain private passages.
    """

    withheld: dict[str, Withheld]
    hidden: list[TranscriptInput]
    transcripts: list[Transcript] = field(default_factory=list)
    found: list[TopicPassages] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: ArchiveNotes = field(default_factory=ArchiveNotes)

    def add(self, given: TranscriptInput, result: Processed) -> None:
        """Add the result for one input."""
        self.problems += result.problems
        if result.transcript and result.found:
            self.notes.add(result.transcript.path, result.unknown_keys, result.unused)
            self.transcripts.append(result.transcript)
            self.found.append(result.found)
            if MASK in result.transcript.source:
                self.hidden.append(given)
        else:
            self.withheld[given.source.slug] = Withheld(given.source.slug, given.source.path, result.problems[0])
            self.hidden.append(given)

    @property
    def refused(self) -> list[Source]:
        """The files of the transcripts that are withheld."""
        return [given.source for given in self.hidden if given.source.slug in self.withheld]


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


@lru_cache(maxsize=5_000)  # most topics stay the same while somebody edits
def _topic(source: Source) -> Topic:
    return topic_file.read(_text(source), source.path, source.slug)


def _parse_one(source: Source | None, read: Callable[[str, str], _V], problems: list[Problem]) -> _V | None:
    """Return read(text, path) for a file; None if there is no file, or if it can't be read."""
    files = [source] if source else []
    return next(_parse_each(files, lambda file: read(_text(file), file.path), problems), None)


def _text(source: Source) -> str:
    return readers.decode(source.data, source.path)
