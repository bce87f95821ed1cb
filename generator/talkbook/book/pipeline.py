"""The stage that costs: transcripts read, cleaned and matched, one at a time.

`process` is pure, and all that goes in and comes out can be pickled. So it runs in this
process, in others of this machine or on many machines with the same result; see `parallel`.
"""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from talkbook import readers
from talkbook.book import private_words, versions
from talkbook.book.versions import Unused
from talkbook.matching import passages, topic_words
from talkbook.matching.passages import TopicPassages
from talkbook.matching.topic_names import Terms
from talkbook.matching.topic_words import TopicWords
from talkbook.model import Topic, Transcript
from talkbook.problems import ParseError, Problem
from talkbook.runtime.columns import Columns
from talkbook.sources import conversation_names, sidecar
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.show import Show
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source
from talkbook.text.masking import MASK
from talkbook.transcripts import cleaning


@dataclass(frozen=True, slots=True)
class TranscriptInput:
    """A transcript's file, its sidecar, all its files if there are several, and the show that it is part of."""

    source: Source
    side: Source | None = None
    versions: tuple[Source, ...] = ()
    show: Show = field(default_factory=Show)


@dataclass(frozen=True)
class ReadingContext:
    """What all transcripts are read with.

    labels: what they call people, and their names. topics: as matched() gives them. proposals: whether what is only
    proposed is taken up.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    labels: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    proposals: bool = True  # whether what nobody has checked is taken up

    @cached_property
    def terms(self) -> Terms:
        """The topics' names."""
        return Terms(self.topics)

    @cached_property
    def topic_words(self) -> TopicWords:
        """The words of the topics' names and summaries."""
        return TopicWords(self.topics)

    def like(self, before: "ReadingContext") -> "ReadingContext":
        """The same, with what was made of equal parts of `before`."""
        if self == before:
            return before
        if _names(self.topics) == _names(before.topics):
            self.__dict__["terms"] = before.terms
        if self.topics == before.topics:
            self.__dict__["topic_words"] = before.topic_words
        return self

    def __reduce__(self) -> tuple[type["ReadingContext"], tuple[Lexicon, Mapping[str, str], tuple[Topic, ...], bool]]:
        """Without what is made of it, which cannot be pickled."""
        return ReadingContext, (self.lexicon, self.labels, self.topics, self.proposals)


def matched(topic: Topic) -> Topic:
    """The topic with nothing but what its passages are found by: no other edit of it concerns a transcript."""
    return Topic(
        topic.slug,
        path="",
        title=topic.title,
        body="",
        summary=topic_words.summary(topic),
        aliases=topic.aliases,
        hidden_labels=topic.hidden_labels,
        excepted=topic.excepted,
    )


def _names(topics: Iterable[Topic]) -> Sequence[object]:
    return [(topic.slug, topic.names, topic.hidden_labels, topic.excepted) for topic in topics]


@dataclass(frozen=True, slots=True)
class Processed:
    """A transcript and what it says about the topics.

    Neither if its file can't be read, or it can't be told what of it is private: then it is withheld, and the first of
    the problems says why. Nothing private is in any of it, so that it may be kept on a disk.
    """

    transcript: Transcript | None
    found: TopicPassages | None
    problems: tuple[Problem, ...]
    unknown_keys: tuple[str, ...] = ()  # of its front matter, that mean nothing to us
    unused: tuple[Unused, ...] = ()  # its other files


def process(given: TranscriptInput, context: ReadingContext) -> Processed:
    """One transcript's way through the stage. Never raises: what is wrong is in the problems."""
    source, beside, side = given.source, given.side, Sidecar()
    try:
        if beside:
            side = sidecar.read(readers.decode(beside.data, beside.path), beside.path)
        if not context.proposals:
            side = replace(side, proposed_speakers=(), proposed_turns=(), proposed_sections=())
        chosen = versions.choose(given.versions or (source,), side)
        source = chosen.source
        name = source.name or PurePath(source.path).stem
        defaults = replace(given.show.defaults(name), date=conversation_names.day(name))
        title = conversation_names.title(name, side.show or given.show.title)
        clean = cleaning.clean(
            source.slug,
            source.path,
            chosen.speech,
            chosen.side,
            context.lexicon,
            labels=context.labels,
            defaults=replace(defaults, title=title),
        )
        found = passages.find(clean.transcript, context.terms, context.topic_words, clean.spoken)
        problems = (*chosen.problems, *clean.problems)
        if problems and MASK in clean.transcript.source:
            problems = private_words.collect(source, beside, given.versions).redacted(problems)
    except ParseError as refused:
        problems = tuple(dict.fromkeys((*refused.problems, *side.problems)))
        return Processed(None, None, private_words.collect(source, beside, given.versions).redacted(problems))
    except Exception as error:  # a fault of ours: it costs one transcript, and is said
        return Processed(None, None, (_failure(source, error),))
    transcript = replace(
        clean.transcript,
        show=clean.transcript.show or conversation_names.show(source.folder, PurePath(source.path).stem),
        turns=Columns(clean.transcript.turns),
        edits=Columns(clean.transcript.edits),
    )
    return Processed(transcript, found, problems, clean.unknown_keys, chosen.unused)


def _failure(source: Source, error: Exception) -> Problem:
    """That we failed over a file, and where; not what the error says, which may be words of the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{PurePath(frame.filename).name}:{frame.lineno}"
    message = f"Talkbook failed to read this file: {type(error).__name__} in {place}."
    return Problem(source.path, 0, message, "Nothing of it is published. Report this bug, with the file if you can.")


def process_all(inputs: Iterable[TranscriptInput], context: ReadingContext) -> Iterator[Processed]:
    """What `process` makes of each of the inputs, in their order."""
    return (process(given, context) for given in inputs)
