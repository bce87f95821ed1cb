"""What can be proposed to a curator: values with a place, a probability and evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """source[start:end] of the transcript with this slug."""

    transcript: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicProposal:
    """A proposed topic.

    title, aliases, hidden_labels, kind: as in a topic's file; `kind` is "" if it is unclear.
    probability: that an editor would give it a page, from 0 to 1.
    evidence: sentences that define it, then the first ones that name it.
    """

    title: str
    aliases: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    kind: str
    probability: float
    evidence: tuple[SourceSpan, ...]


@dataclass(frozen=True, slots=True)
class SectionProposal:
    """The start of a proposed section: words that are unique in the source. title: made of terms said in it."""

    place: SourceSpan
    title: str
    probability: float


@dataclass(frozen=True, slots=True)
class CorrectionProposal:
    """A proposed correction: `heard`, at `place`, should read `means`.

    passage: words around it that are unique in the source and contain `heard` once.
    why: how `means` is known, as a phrase.
    """

    place: SourceSpan
    passage: str
    heard: str
    means: str
    why: str
    probability: float
