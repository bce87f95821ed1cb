"""Build a Transcript from a reader's Speech and a curator's Sidecar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType

from talkbook.model import Edit, Section, Speaker, TextSelector, Transcript, Turn
from talkbook.problems import ParseError, Problem, unquoted
from talkbook.readers.speech import label_rules
from talkbook.readers.speech.speech import Speech
from talkbook.sources import conversation_names, lexicon
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.sidecar import PrivateEntry, Sidecar, SpeakerEntry
from talkbook.text import anchors, ids, masking
from talkbook.transcripts import (
    attribution,
    casting,
    frontmatter,
    redaction,
    source_map,
    speaking,
    spoken_text,
    sponsor_reads,
    turns,
)
from talkbook.transcripts.selectors import Selectors
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
) -> CleanedTranscript:
    """Build the transcript with this slug, and collect what is wrong with its file, front matter and sidecar.

    path: the transcript's file.
    speech: what that file says; all offsets refer to its source.
    side: the sidecar; an empty one if there is none.
    words: the lexicon.
    labels: label -> person's name, for the whole archive.
    defaults: of the show. They apply where neither the sidecar nor the front matter says anything; labels that name
        nobody always apply.

    Private passages are masked in the source before anything else looks at it. Raises ParseError, with everything that
    is wrong with the sidecar, if it is unclear what is private.
    """
    side, introduced = _with_metadata(side, speech, defaults, path)
    speech = attribution.with_doubtful_names(speech, side, introduced, labels)
    passages, unsure = private_passages(speech.source, side, path)
    private = redaction.joined(Edit(start, end, _WITHHELD, "private") for _, start, end in passages)
    source = masking.masked(speech.source, [(edit.start, edit.end) for edit in private])
    selectors = Selectors(path, side.path, speech.source, source)
    selectors.problems += speech.problems
    speech = replace(redaction.unnamed(speech, private), source=source)
    speech, doubts = attribution.settle(speech, side, introduced, labels, path)
    selectors.problems += doubts
    named = (utterance.label for utterance in speech.utterances if utterance.label)
    roles = {who.name: who.role for who in introduced}
    identities = casting.cast(named, side.speakers, labels, roles)
    utterances, speakers, drafted = speaking.assign(speech, side, identities, selectors)
    silenced = redaction.silenced(source, speech, utterances, private)
    if silenced:
        names = {label for label, identity in identities.items() if identity and identity.person in silenced}
        source = masking.masked(source, redaction.names(source, speech, names))
        utterances = redaction.without(utterances, silenced)
        speakers = tuple(speaker for speaker in speakers if speaker.person not in silenced)
    sections = _sections(source, speech, side, selectors)
    edits, spoken = spoken_text.clean(source, _corrections(source, speech, side, words, private, selectors), utterances)
    cold_opens = [section for section in sections if section.kind == "cold-open"]
    cut = turns.cut(source, utterances, spoken, speech.breaks, cold_opens)
    transcript = Transcript(
        slug=slug,
        path=path,
        title=side.title or conversation_names.title(PurePosixPath(path).stem),
        source=source,
        turns=cut,
        edits=edits,
        speakers=_with_silent(speakers, cut),
        sections=sections,
        moments=speech.moments,
        sounds=speech.sounds,
        description=side.description,
        show=side.show,
        episode=side.episode,
        date=side.date,
        duration=side.duration,
        url=side.url,
        media=side.media,
        language=side.language,
        sidecar=side.path,
        tags=side.tags,
        sponsors=(
            *((section.start, section.end) for section in sections if section.kind == "sponsor"),
            *sponsor_reads.find(source, cut),
        ),
        takeaways=tuple(span for passage in side.takeaways if (span := selectors.passage(passage, cut))),
        proposed_corrections=len(side.proposed_corrections),
        drafted=_drafted(drafted, cut),
        introduced=() if private else tuple((who.name, who.role) for who in introduced),  # any may be private
        unnamed=sum(identity is None for identity in identities.values()),
    )
    if unsure:
        beside = (problem for problem in selectors.problems if problem.path == side.path)
        raise ParseError(*dict.fromkeys((*unsure, *side.problems)), *map(unquoted, beside))
    return CleanedTranscript(transcript, spoken, (*side.problems, *selectors.problems), side.unknown_keys)


def _with_metadata(
    side: Sidecar, speech: Speech, defaults: Sidecar | None, path: str
) -> tuple[Sidecar, Sequence[SpeakerEntry]]:
    """Fill gaps in the sidecar from the front matter and then the show.

    Returns the sidecar, and the speakers whom those two introduce.
    """
    front = frontmatter.read(speech.front, path)
    side = frontmatter.under(side, front)
    if not defaults:
        return side, front.speakers
    names = {who.name for who in front.speakers}
    side = replace(frontmatter.under(side, defaults), nobody=(*side.nobody, *defaults.nobody))
    return side, (*front.speakers, *(who for who in defaults.speakers if who.name not in names))


def private_passages(
    source: str, side: Sidecar, path: str
) -> tuple[list[tuple[PrivateEntry, int, int]], tuple[Problem, ...]]:
    """Return (entry, start, end) for each private passage of a source, and the reasons why there may be others.

    side: the sidecar, including what the front matter says.
    path: the transcript, for messages.

    If there are problems, nothing of the transcript may be published.
    """
    passages: list[tuple[PrivateEntry, int, int]] = []
    faults: list[Problem] = [*side.problems] if side.doubtful else []
    for entry in side.private:
        ends = [_end(source, entry, key, words, path) for key, words in (("from", entry.start), ("to", entry.end))]
        faults += [end for end in ends if isinstance(end, Problem)]
        first, last = ends
        if isinstance(first, Problem) or isinstance(last, Problem):
            continue
        if first[0] <= last[0] and first[1] <= last[1]:
            passages.append((entry, first[0], last[1]))
        else:
            message = f'The words under "to" come before those under "from" in {path}.'
            faults.append(Problem(entry.path, entry.start.line, message, f"Write them in order. {_UNTIL}"))
    return passages, tuple(faults)


_UNTIL = "Until then, nothing of it is published."


def _end(source: str, private: PrivateEntry, key: str, words: TextSelector, path: str) -> tuple[int, int] | Problem:
    """Return the span of one end of a private passage, or the problem; no message quotes the words."""
    spans = anchors.spans(source, words.text)
    if len(spans) == 1:
        return spans[0]
    if spans:
        lines = ", ".join(str(anchors.line_of(source, start)) for start, _ in spans[:5])
        message = f'The words under "{key}" appear {len(spans)} times in {path} (lines {lines}).'
        return Problem(private.path, words.line, message, f"Add words until they appear there once. {_UNTIL}")
    message = f'The words under "{key}" are not in {path}.'
    return Problem(private.path, words.line, message, f"Copy them from the file. {_UNTIL}")


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
        if heading.title.casefold() not in (*_WHOLE, side.title.casefold())
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
) -> Sequence[Edit]:
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
