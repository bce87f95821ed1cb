"""Build a Transcript from a reader's Speech and a curator's Sidecar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from talkbook.model import Edit, Metadata, Section, Speaker, Transcript, Turn
from talkbook.problems import ParseError, Problem, unquoted
from talkbook.readers.speech import label_rules
from talkbook.readers.speech.speech import Speech
from talkbook.sources import lexicon
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.sidecar import Sidecar
from talkbook.text import anchors, ids, masking
from talkbook.transcripts import (
    attribution,
    frontmatter,
    private_passages,
    redaction,
    source_map,
    speaking,
    spoken_text,
    sponsor_reads,
    turns,
)
from talkbook.transcripts.casting import KnownNames, SpeakerIdentity
from talkbook.transcripts.selectors import Selectors
from talkbook.transcripts.speaking import Assignment
from talkbook.transcripts.spoken_text import SpokenText

_WHOLE = ("transcript", "full transcript", "transcription", "transcripción")  # headings of the whole, not of a section
_WITHHELD = "[withheld]"  # shown in place of a private passage


@dataclass(frozen=True, slots=True)
class CleanedTranscript:
    """A transcript, its spoken text, and the problems in its sidecar and front matter."""

    transcript: Transcript
    spoken: SpokenText
    problems: tuple[Problem, ...]
    unknown_keys: tuple[str, ...] = ()  # of the front matter


def clean(
    slug: str,
    path: str,
    speech: Speech,
    side: Sidecar,
    words: Lexicon,
    *,
    labels: Mapping[str, str] = MappingProxyType({}),
    defaults: Sidecar | None = None,
    title: str = "",
) -> CleanedTranscript:
    """Build the transcript with this slug, and collect what is wrong with its file, front matter and sidecar.

    path: the transcript's file.
    speech: what that file says; all offsets refer to its source.
    side: the sidecar; an empty one if there is none.
    words: the lexicon.
    labels: label -> person's name, for the whole archive.
    defaults: of the show. They apply where neither the sidecar nor the front matter says anything; labels that name
        nobody always apply.
    title: used if neither these nor the file states one.

    Private passages are masked in the source before anything else looks at it. Raises ParseError, with everything that
    is wrong with the sidecar, if it is unclear what is private.
    """
    side, introduced = _with_metadata(side, speech, defaults, path)
    known = KnownNames(side.speakers, labels, introduced)
    speech = attribution.with_doubtful_names(speech, side, known)
    passages, unsure = private_passages.find(speech.source, side, path)
    private = redaction.joined(Edit(passage.start, passage.end, _WITHHELD, "private") for passage in passages)
    source = masking.masked(speech.source, [(edit.start, edit.end) for edit in private])
    selectors = Selectors(path, side.path, speech.source, source)
    selectors.problems += speech.problems
    speech = replace(redaction.unnamed(speech, private), source=source)
    headed = next((heading.title for heading in speech.headings if heading.whole), "")
    side = replace(side, title=side.title or headed or title)
    speech, doubts = attribution.settle(speech, side, known, path)
    selectors.problems += doubts
    identities = known.identities(utterance.label for utterance in speech.utterances if utterance.label)
    assigned = speaking.assign(speech, side, identities, selectors)
    source, assigned = _silence(source, speech, assigned, identities, private)
    sections = _sections(source, speech, side, selectors)
    edits = _corrections(source, speech, side, words, private, selectors)
    edits, spoken = spoken_text.clean(source, edits, assigned.utterances)
    cold_opens = [section for section in sections if section.kind == "cold-open"]
    cut = turns.cut(source, assigned.utterances, spoken, speech.breaks, cold_opens)
    transcript = Transcript(
        slug=slug,
        path=path,
        source=source,
        turns=cut,
        edits=edits,
        speakers=_with_silent(assigned.speakers, cut),
        sections=sections,
        moments=speech.moments,
        sounds=speech.sounds,
        sidecar=side.path,
        sponsors=(
            *((section.start, section.end) for section in sections if section.kind == "sponsor"),
            *sponsor_reads.find(source, cut),
        ),
        takeaways=tuple(span for passage in side.takeaways if (span := selectors.passage(passage, cut))),
        proposed_corrections=len(side.proposed_corrections),
        drafted=_drafted(assigned.drafted, cut),
        introduced=() if private else tuple(introduced.items()),  # any may be private
        unnamed=sum(identity is None for identity in identities.values()),
        **{field.name: getattr(side, field.name) for field in fields(Metadata)},
    )
    if unsure:
        beside = (problem for problem in selectors.problems if problem.path == side.path)
        raise ParseError(*dict.fromkeys((*unsure, *side.problems)), *map(unquoted, beside))
    return CleanedTranscript(transcript, spoken, (*side.problems, *selectors.problems), side.unknown_keys)


def _with_metadata(
    side: Sidecar, speech: Speech, defaults: Sidecar | None, path: str
) -> tuple[Sidecar, Mapping[str, str]]:
    """Fill gaps in the sidecar from the front matter and then the show.

    Returns the sidecar, and name -> role of the people whom those two introduce.
    """
    front = frontmatter.read(speech.front, path)
    side = frontmatter.under(side, front)
    introduced = {who.name: who.role for who in front.speakers}
    if not defaults:
        return side, introduced
    side = replace(frontmatter.under(side, defaults), nobody=(*side.nobody, *defaults.nobody))
    return side, {**introduced, **{who.name: who.role for who in defaults.speakers if who.name not in introduced}}


def _silence(
    source: str,
    speech: Speech,
    assigned: Assignment,
    identities: Mapping[str, SpeakerIdentity | None],
    private: Sequence[Edit],
) -> tuple[str, Assignment]:
    """Return the source and the assignment without the names of people whose public turns have no words."""
    silenced = redaction.silenced(source, speech, assigned.utterances, private)
    if not silenced:
        return source, assigned
    names = {label for label, identity in identities.items() if identity and identity.person in silenced}
    source = masking.masked(source, redaction.names(source, speech, names))
    speakers = tuple(speaker for speaker in assigned.speakers if speaker.person not in silenced)
    utterances = redaction.without(assigned.utterances, silenced)
    return source, assigned._replace(utterances=utterances, speakers=speakers)


def _drafted(speakers: Iterable[Speaker], cut: Iterable[Turn]) -> tuple[Speaker, ...]:
    """Return the speakers who are proposed for at least one turn."""
    people = {turn.speaker_draft for turn in cut}
    return tuple(speaker for speaker in speakers if speaker.person in people)


def _with_silent(speakers: Iterable[Speaker], cut: Iterable[Turn]) -> tuple[Speaker, ...]:
    """Return the speakers, with those who have no turn marked as silent."""
    people = {turn.speaker for turn in cut}
    return tuple(speaker if speaker.person in people else replace(speaker, silent=True) for speaker in speakers)


def _sections(source: str, speech: Speech, side: Sidecar, selectors: Selectors) -> tuple[Section, ...]:
    starts = [
        (heading.start, heading.title, "break" if label_rules.section(heading.title) else "")
        for heading in speech.headings
        if not heading.whole and heading.title.casefold() not in (*_WHOLE, side.title.casefold())
    ]
    for section in side.sections:
        span = selectors.span(section.at)
        if span:
            starts.append((span[0], section.title, section.kind))
    for section in side.proposed_sections:
        places = anchors.spans(source, section.at.text)
        if len(places) == 1:  # a proposal that no longer fits is not a mistake of the curator's
            starts.append((places[0][0], section.title, "proposed"))
    starts.sort()
    slugs = ids.unique(ids.slug(title) for _, title, _ in starts)
    ends = [*(start for start, _, _ in starts), len(speech.source)][1:]
    return tuple(
        Section(name, title, start, end, kind)
        for name, (start, title, kind), end in zip(slugs, starts, ends, strict=True)
    )


def _corrections(
    source: str, speech: Speech, side: Sidecar, words: Lexicon, private: Sequence[Edit], selectors: Selectors
) -> tuple[Edit, ...]:
    """Return all edits of the source. Where some overlap, the first of these wins: private, sidecar, lexicon, file."""
    withheld = redaction.by_utterance(private, speech.utterances)
    edits = source_map.merge([*withheld, *_local(source, side, selectors)], lexicon.corrections(words, source))
    return source_map.merge(edits, speech.marks)


def _local(source: str, side: Sidecar, selectors: Selectors) -> list[Edit]:
    edits = []
    for correction in side.corrections:
        span = selectors.span(correction.passage)
        if span is None:
            continue
        spans = anchors.spans(source, correction.heard, *span)
        if len(spans) != 1:
            times = f"{len(spans)} times" if spans else "nowhere"
            selectors.fault(
                correction.passage.line,
                f'"{correction.heard}" appears {times} in "{correction.passage.text}".',
                "Quote a passage that contains the word once.",
            )
            continue
        edits.append(Edit(*spans[0], correction.shown, "correction", correction.why))
    return edits
