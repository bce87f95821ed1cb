"""The expensive stage: read, clean and match transcripts, one at a time.

`process` is pure, and its arguments and result can be pickled. So it gives the same result in this process, in others
on this machine, or on many machines; see `parallel`.
"""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePath

from talkbook.book import private_words, versions
from talkbook.book.versions import Unused
from talkbook.matching import passages, topic_words
from talkbook.matching.passages import TopicPassages
from talkbook.matching.topic_names import Terms
from talkbook.matching.topic_words import TopicWords
from talkbook.model import Topic, Transcript
from talkbook.problems import ParseError, Problem
from talkbook.runtime.columns import Columns
from talkbook.sources import conversation_names
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.show import Show
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source
from talkbook.text.masking import MASK
from talkbook.transcripts import cleaning


@dataclass(frozen=True, slots=True)
class TranscriptInput:
    """What is read for one transcript.

    source: its file.
    side: its sidecar.
    versions: all files of the conversation, if there are several.
    show: the show that it is part of.
    """

    source: Source
    side: Source | None = None
    versions: tuple[Source, ...] = ()
    show: Show = field(default_factory=Show)


@dataclass(frozen=True)
class ReadingContext:
    """What all transcripts are read with.

    labels: label -> person's name.
    topics: as matched() returns them.
    proposals: whether unconfirmed proposals are included.
    """

    lexicon: Lexicon = field(default_factory=Lexicon)
    labels: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[Topic, ...] = ()
    proposals: bool = True

    @cached_property
    def terms(self) -> Terms:
        """The topics' names, ready to be searched for."""
        return Terms(self.topics)

    @cached_property
    def topic_words(self) -> TopicWords:
        """The words of the topics' names and summaries."""
        return TopicWords(self.topics)

    def like(self, before: "ReadingContext") -> "ReadingContext":
        """Reuse what `before` computed from equal values; return `before` itself if all are equal."""
        if self == before:
            return before
        if _names(self.topics) == _names(before.topics):
            self.__dict__["terms"] = before.terms
        if self.topics == before.topics:
            self.__dict__["topic_words"] = before.topic_words
        return self

    def __reduce__(self) -> tuple[type["ReadingContext"], tuple[Lexicon, Mapping[str, str], tuple[Topic, ...], bool]]:
        """Pickle only the fields: the cached properties can't be pickled."""
        return ReadingContext, (self.lexicon, self.labels, self.topics, self.proposals)


def matched(topic: Topic) -> Topic:
    """Return the topic with only the fields that matching uses, so that other edits don't affect transcripts."""
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
    """The result for one transcript.

    transcript, found: None if the transcript is withheld, because its file can't be read or it is unclear what is
        private. The first of the problems then says why.
    unknown_keys: keys of its front matter that Talkbook doesn't use.
    unused: the other files of the conversation.

    Nothing in it is private, so it may be written to disk.
    """

    transcript: Transcript | None
    found: TopicPassages | None
    problems: tuple[Problem, ...]
    unknown_keys: tuple[str, ...] = ()
    unused: tuple[Unused, ...] = ()


def process(given: TranscriptInput, context: ReadingContext) -> Processed:
    """Process one transcript. Never raises: everything that is wrong is in `problems`."""
    source, beside, side = given.source, given.side, Sidecar()
    try:
        side = versions.stated(beside)
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
            defaults=defaults,
            title=title,
        )
        found = passages.find(clean.transcript, context.terms, context.topic_words, clean.spoken)
        problems = (*chosen.problems, *clean.problems)
        if problems and MASK in clean.transcript.source:
            problems = private_words.collect(source, beside, given.versions).redacted(problems)
    except ParseError as refused:
        problems = tuple(dict.fromkeys((*refused.problems, *side.problems)))
        return Processed(None, None, private_words.collect(source, beside, given.versions).redacted(problems))
    except Exception as error:  # a bug in Talkbook costs one transcript, and is reported
        return Processed(None, None, (_failure(source, error),))
    transcript = replace(
        clean.transcript,
        show=clean.transcript.show or conversation_names.show(source.folder, PurePath(source.path).stem),
        turns=Columns(clean.transcript.turns),
        edits=Columns(clean.transcript.edits),
    )
    return Processed(transcript, found, problems, clean.unknown_keys, chosen.unused)


def _failure(source: Source, error: Exception) -> Problem:
    """Return a problem that says where Talkbook failed, without the error's message, which may quote the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{PurePath(frame.filename).name}:{frame.lineno}"
    message = f"Talkbook failed to read this file: {type(error).__name__} in {place}."
    return Problem(source.path, 0, message, "Nothing of it is published. Report this bug, with the file if you can.")


def process_all(inputs: Iterable[TranscriptInput], context: ReadingContext) -> Iterator[Processed]:
    """Return an iterator over the results of `process`, in the order of the inputs."""
    return (process(given, context) for given in inputs)
