"""What is proposed to a curator: values, each with its place, how sure it is, and on what evidence."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """source[start:end] of the transcript with this slug."""

    transcript: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TopicProposal:
    """That something should have a page.

    title, aliases, hidden_labels, kind: as of the topic; kind is "" where it is not plain. probability: that an editor
    would give it a page, from 0 to 1. evidence: sentences that say what it is, or else those that name it first.
    """

    title: str
    aliases: tuple[str, ...]
    hidden_labels: tuple[str, ...]
    kind: str
    probability: float
    evidence: tuple[SourceSpan, ...]


@dataclass(frozen=True, slots=True)
class SectionProposal:
    """That a section begins at `place`, whose words stand nowhere else in the source. title: made of its own words."""

    place: SourceSpan
    title: str
    probability: float


@dataclass(frozen=True, slots=True)
class CorrectionProposal:
    """That `heard`, which stands at `place`, should read `means`.

    passage: words around it that stand nowhere else, and hold it once. why: how that is known, a phrase.
    """

    place: SourceSpan
    passage: str
    heard: str
    means: str
    why: str
    probability: float
