"""From what a reader found and a curator recorded to a Transcript."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from talkbook.model import Edit, Section, Speaker, TextSelector, Transcript, Turn
from talkbook.problems import ParseError, Problem
from talkbook.readers.speech import label_rules as marks
from talkbook.readers.speech.speech import Speech
from talkbook.sources import conversation_names, lexicon
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.sidecar import PrivateEntry, Sidecar
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
    takeaways,
    turns,
)
from talkbook.transcripts.casting import SpeakerIdentity
from talkbook.transcripts.places import Places
from talkbook.transcripts.spoken_text import SpokenText

_WHOLE = ("transcript", "full transcript", "transcription", "transcripción")  # headings of no part but of all of it
_SHOWN = "[withheld]"  # in the place of a private passage


@dataclass(frozen=True, slots=True)
class CleanedTranscript:
    """A transcript, its turns taken apart, and what is wrong with its sidecar and its front matter."""

    transcript: Transcript
    said: SpokenText
    problems: tuple[Problem, ...]
    unknown_keys: tuple[str, ...] = ()  # of the front matter, that mean nothing to us


def clean(
    slug: str,
    path: str,
    speech: Speech,
    side: Sidecar,
    words: Lexicon,
    *,
    labels: Mapping[str, str] | None = None,
    defaults: Sidecar | None = None,
) -> CleanedTranscript:
    """The transcript with this slug, and what is wrong with its file, its front matter and its sidecar.

    speech: of the file at `path`, whose source all offsets count in. side: its sidecar, an empty one if there is none.
    words: the lexicon. labels: what transcripts call people -> their names, for the whole archive. defaults: of its
    show, which count where neither the sidecar nor the front matter says anything; labels that are nobody's always do.
    Private passages are masked in the source before anything else looks at it. Raises ParseError where it can't be told
    what is private.
    """
    front = frontmatter.read(speech.front, path)
    side = frontmatter.under(side, front)
    introduced = front.speakers
    if defaults:
        side = replace(frontmatter.under(side, defaults), nobody=(*side.nobody, *defaults.nobody))
        names = {who.name for who in introduced}
        introduced = (*introduced, *(who for who in defaults.speakers if who.name not in names))
    found = private_passages(speech.source, side, path)
    kept_back = redaction.joined(Edit(start, end, _SHOWN, "private") for _, start, end in found)
    source = masking.masked(speech.source, [(each.start, each.end) for each in kept_back])
    place = Places(path, side.path, speech.source, source)
    place.problems += speech.problems
    speech = replace(redaction.unnamed(speech, kept_back), source=source)
    speech, doubts = attribution.settle(speech, side, introduced, labels or {}, path)
    place.problems += doubts
    withheld = redaction.by_voice(kept_back, speech.utterances)
    called = (utterance.label for utterance in speech.utterances if utterance.label)
    parts = casting.cast(called, side.speakers, labels, [who.name for who in introduced])
    parts = casting.with_roles(parts, introduced)
    utterances, speakers, drafted = speaking.assign(speech, side, parts, place)
    silenced = redaction.silenced(source, speech, utterances, kept_back)
    if silenced:
        unsaid = {
            utterance.label
            for utterance in speech.utterances
            if utterance.label and _person(parts, utterance.label) in silenced
        }
        source = masking.masked(source, redaction.names(source, speech, unsaid))
        utterances = [
            utterance._replace(label=None) if utterance.label in silenced else utterance for utterance in utterances
        ]
        speakers = tuple(each for each in speakers if each.person not in silenced)
    sections = _sections(source, speech, side, place)
    cold = [section for section in sections if section.kind == "cold-open"]
    corrections = source_map.merge([*withheld, *_local(source, side, place)], lexicon.corrections(words, source))
    corrections = source_map.merge(corrections, speech.marks)
    edits, spoken = spoken_text.clean(source, corrections, utterances)
    cut = turns.cut(source, utterances, spoken, speech.breaks, cold)
    transcript = Transcript(
        slug=slug,
        path=path,
        title=side.title or conversation_names.title(PurePosixPath(path).stem),
        source=source,
        turns=cut,
        edits=edits,
        speakers=_heard(speakers, cut),
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
        takeaways=tuple(takeaways.find(side.takeaways, cut, place.span, place.fault)),
        proposed_corrections=side.proposed_corrections,
        drafted=_drafted(drafted, cut),
    )
    return CleanedTranscript(transcript, spoken, tuple(place.problems), side.unknown_keys)


def private_passages(source: str, side: Sidecar, path: str) -> list[tuple[PrivateEntry, int, int]]:
    """(what says so, start, end) of each private passage of a source. Raises ParseError where one can't be found.

    side: what is said of the transcript, in its front matter too. path: of the transcript, for messages.
    """
    passages: list[tuple[PrivateEntry, int, int]] = []
    faults: list[Problem] = []
    for each in side.private:
        ends = [_end(source, each, key, words, path) for key, words in (("from", each.start), ("to", each.end))]
        faults += [end for end in ends if isinstance(end, Problem)]
        first, last = ends
        if isinstance(first, Problem) or isinstance(last, Problem):
            continue
        if first[0] <= last[0] and first[1] <= last[1]:
            passages.append((each, first[0], last[1]))
        else:
            message = f'The words under "to" stand before those under "from" in {path}.'
            faults.append(Problem(each.path, each.start.line, message, f"Name them in order. {_UNTIL}"))
    if faults:
        raise ParseError(*faults)
    return passages


_UNTIL = "Until then nothing of it is published."


def _end(source: str, private: PrivateEntry, key: str, words: TextSelector, path: str) -> tuple[int, int] | Problem:
    """Where one end of a private passage stands, or why that can't be told; no message quotes the words."""
    found = anchors.spans(source, words.text)
    if len(found) == 1:
        return found[0]
    if found:
        lines = ", ".join(str(anchors.line_of(source, start)) for start, _ in found[:5])
        message = f'The words under "{key}" stand {len(found)} times in {path} (lines {lines}).'
        return Problem(private.path, words.line, message, f"Add words until they appear there once. {_UNTIL}")
    message = f'The words under "{key}" are not in {path}.'
    return Problem(private.path, words.line, message, f"Copy them from the file. {_UNTIL}")


def _person(parts: Mapping[str, SpeakerIdentity | None], label: str) -> str | None:
    """The slug of the person whom the label means."""
    part = parts[label]
    return part.person if part else None


def _drafted(speakers: Iterable[Speaker], cut: Iterable[Turn]) -> tuple[Speaker, ...]:
    """Those who probably have a turn."""
    utterances = {turn.speaker_draft for turn in cut}
    return tuple(each for each in speakers if each.person in utterances)


def _heard(speakers: Iterable[Speaker], cut: Iterable[Turn]) -> tuple[Speaker, ...]:
    """The speakers, and of each whether they say anything."""
    utterances = {turn.speaker for turn in cut}
    return tuple(each if each.person in utterances else replace(each, silent=True) for each in speakers)


def _sections(source: str, speech: Speech, side: Sidecar, place: Places) -> tuple[Section, ...]:
    starts = [
        (heading.start, heading.title, "break" if marks.section(heading.title) else "")
        for heading in speech.headings
        if heading.title.casefold() not in (*_WHOLE, side.title.casefold())
    ]
    for each in side.sections:
        span = place.span(each.at)
        if span:
            starts.append((span[0], each.title, each.kind))
    for each in side.proposed_sections:
        places = anchors.spans(source, each.at.text)
        if len(places) == 1:  # what nobody wrote is nobody's mistake
            starts.append((places[0][0], each.title, "proposed"))
    starts.sort()
    slugs = ids.unique(ids.slug(title) for _, title, _ in starts)
    ends = [*(start for start, _, _ in starts), len(speech.source)][1:]
    return tuple(
        Section(name, title, start, end, kind)
        for name, (start, title, kind), end in zip(slugs, starts, ends, strict=True)
    )


def _local(source: str, side: Sidecar, place: Places) -> list[Edit]:
    edits = []
    for each in side.corrections:
        span = place.span(each.passage)
        if span is None:
            continue
        found = anchors.spans(source, each.heard, *span)
        if len(found) != 1:
            times = f"{len(found)} times" if found else "nowhere"
            place.fault(
                each.passage.line,
                f'"{each.heard}" stands {times} in "{each.passage.text}".',
                "Quote a passage that holds the word once.",
            )
            continue
        edits.append(Edit(*found[0], each.shown, "correction", each.why))
    return edits
