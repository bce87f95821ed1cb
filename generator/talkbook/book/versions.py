"""Which file of a conversation is read, where there are several: talk.txt beside talk.vtt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from talkbook import readers
from talkbook.problems import ParseError, Problem
from talkbook.readers.speech.speech import Speech
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source
from talkbook.text import speaker_labels
from talkbook.transcripts import frontmatter


@dataclass(frozen=True, slots=True)
class Unused:
    """A file that isn't read. read: path of the one that is. adds: what it would have added."""

    path: str
    read: str
    adds: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The file that is read, its speech, and the sidecar with what the other files keep private."""

    source: Source
    speech: Speech
    side: Sidecar
    unused: tuple[Unused, ...] = ()
    problems: tuple[Problem, ...] = ()


def choose(versions: Sequence[Source], side: Sidecar) -> Chosen:
    """The one that names speakers, else the one with times, else the first; or that in the format that `side` states.

    What any of them says is private is private in the one that is read. Raises ParseError where none can be read, or
    one that can't may say what is private.
    """
    if len(versions) == 1:
        (source,) = versions
        return Chosen(source, readers.read(source.data, source.path, side.format, side.encoding), side)
    read: list[tuple[Source, Speech]] = []
    faults: list[Problem] = []
    for source in versions:
        try:
            read.append((source, readers.read(source.data, source.path, encoding=side.encoding)))
        except ParseError as refused:
            if b"privat" in source.data.lower():
                raise
            faults += (replace(problem, warning=True) for problem in refused.problems)
    if not read:
        raise ParseError(*(replace(problem, warning=False) for problem in faults))
    stated = [source for source, _ in read if side.format and _format(source, side) == side.format]
    if side.format and not stated:  # the curator knows better what it is
        source = versions[0]
        speech = readers.read(source.data, source.path, side.format, side.encoding)
    else:
        source, speech = max(read, key=lambda each: (each[0] in stated, _named(each[1]), bool(each[1].moments)))
    others = [each for each in read if each[0] is not source]
    private = tuple(entry for other, said in others for entry in frontmatter.read(said.front, other.path).private)
    unused = tuple(Unused(other.path, source.path, _adds(speech, said)) for other, said in others)
    return Chosen(source, speech, replace(side, private=(*side.private, *private)), unused, tuple(faults))


def _format(source: Source, side: Sidecar) -> str:
    return readers.find_format(source.data, source.path, encoding=side.encoding)[0]


def _named(speech: Speech) -> bool:
    return any(utterance.label and not speaker_labels.anonymous(utterance.label) for utterance in speech.utterances)


def _adds(read: Speech, other: Speech) -> str:
    """What the other speech has and the one that is read lacks."""
    if other.moments and not read.moments:
        return "times"
    return "names" if _named(other) and not _named(read) else ""
