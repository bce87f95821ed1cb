"""Choose which file of a conversation to read if there are several, such as talk.txt beside talk.vtt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from talkbook import readers
from talkbook.problems import ParseError, Problem
from talkbook.readers.speech.speech import Speech
from talkbook.sources import sidecar
from talkbook.sources.sidecar import Sidecar
from talkbook.sources.source import Source
from talkbook.text import speaker_labels
from talkbook.transcripts import frontmatter


@dataclass(frozen=True, slots=True)
class Unused:
    """A file that isn't read.

    path: its path.
    read: the path of the file that is read instead.
    adds: what it has and the other lacks, in words; "" for nothing.
    """

    path: str
    read: str
    adds: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The file that is read, its speech, and the sidecar with the private passages of the other files added."""

    source: Source
    speech: Speech
    side: Sidecar
    unused: tuple[Unused, ...] = ()
    problems: tuple[Problem, ...] = ()


def stated(side: Source | None) -> Sidecar:
    """Return what the sidecar says; an empty one if there is none. Raises ParseError if it can't be read."""
    return sidecar.read(readers.decode(side.data, side.path), side.path) if side else Sidecar()


def choose(versions: Sequence[Source], side: Sidecar) -> Chosen:
    """Return the file to read: one that names speakers, or else has times, or else comes first.

    If the sidecar states a format, it is the one in that format.

    What any of the files makes private is private. Raises ParseError if none can be read, or if one that can't be read
    may say what is private.
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
    fitting = [source for source, _ in read if side.format and _format(source, side) == side.format]
    if side.format and not fitting:  # the curator knows the format better
        source = versions[0]
        speech = readers.read(source.data, source.path, side.format, side.encoding)
    else:
        source, speech = max(read, key=lambda each: (each[0] in fitting, _named(each[1]), bool(each[1].moments)))
    others = [each for each in read if each[0] is not source]
    private = tuple(entry for other, said in others for entry in frontmatter.read(said.front, other.path).private)
    unused = tuple(Unused(other.path, source.path, _adds(speech, said)) for other, said in others)
    return Chosen(source, speech, replace(side, private=(*side.private, *private)), unused, tuple(faults))


def _format(source: Source, side: Sidecar) -> str:
    return readers.find_format(source.data, source.path, encoding=side.encoding)[0]


def _named(speech: Speech) -> bool:
    return any(utterance.label and not speaker_labels.anonymous(utterance.label) for utterance in speech.utterances)


def _adds(read: Speech, other: Speech) -> str:
    """Return what the other speech has and the one that is read lacks."""
    if other.moments and not read.moments:
        return "times"
    return "names" if _named(other) and not _named(read) else ""
