"""Who speaks where: what the file says of its speakers, what the sidecar says, and what is proposed."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise

from talkbook.model import Speaker
from talkbook.problems import Problem
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.sources.sidecar import Sidecar
from talkbook.text import ids, speaker_labels
from talkbook.transcripts.casting import SpeakerIdentity
from talkbook.transcripts.places import Places


def assign(
    speech: Speech, side: Sidecar, parts: Mapping[str, SpeakerIdentity | None], place: Places
) -> tuple[list[Utterance], tuple[Speaker, ...], tuple[Speaker, ...]]:
    """(the utterances cut at the sidecar's turns, slugs or None for labels; who speaks; who probably does)."""
    known = {who.key: who for who in (*side.proposed_speakers, *side.speakers)}
    slugs = ids.slugs(who.name for who in (*side.speakers, *side.proposed_speakers))
    people = {slugs[who.name]: Speaker(slugs[who.name], who.name, who.role) for who in side.speakers}
    starts = {}
    for turn in side.turns:
        span = place.span(turn.at)
        if span:
            starts[span[0]] = slugs[known[turn.speaker].name] if turn.speaker else None
    drafts = {
        at: slugs[known[turn.speaker].name] if turn.speaker else None
        for turn in side.proposed_turns
        if (at := place.proposed(turn.at)) is not None and at not in starts
    }
    stated, every = sorted(starts), sorted({*starts, *drafts})
    utterances: list[Utterance] = []
    spoken: dict[str, Speaker] = {}
    for utterance in speech.utterances:
        part = parts[utterance.label] if utterance.label else None
        cuts = stated if utterance.label else every  # what the file says of its speakers goes before a proposal
        inside = cuts[bisect_right(cuts, utterance.start) : bisect_left(cuts, utterance.end)] if cuts else ()
        for start, end in pairwise((utterance.start, *inside, utterance.end)):
            length = len(speech.source[start:end].rstrip())
            person = starts.get(start, part.person if part and start == utterance.start else None)
            if part and person == part.person and person not in spoken:
                spoken[person] = Speaker(person, part.name, part.role)
            utterances.append(Utterance(start, start + length, person, draft=None if person else drafts.get(start)))
    nobody = [label for label, part in parts.items() if part is None and not speaker_labels.crowd(label)]
    if nobody and not side.turns:
        place.problems.append(_unnamed(nobody, speech.line(nobody[0]), place.path))
    place.problems += _mute(side, {utterance.label for utterance in utterances}, parts, slugs)
    probably = (Speaker(slugs[who.name], who.name, who.role, drafted=True) for who in known.values())
    return utterances, tuple({**spoken, **people}.values()), tuple(probably)


def _mute(
    side: Sidecar, heard: Set[str | None], parts: Mapping[str, SpeakerIdentity | None], slugs: Mapping[str, str]
) -> Iterator[Problem]:
    """A warning about each speaker of the sidecar who says nothing, where somebody does who is called alike."""
    others = [label for label, part in parts.items() if part and part.person not in slugs.values()]
    for who in side.speakers:
        alike = {who.key.casefold(), *who.name.casefold().split()}
        label = next((label for label in others if label.casefold() in alike), "")
        if label and slugs[who.name] not in heard:
            message = f'"{who.name}" says nothing here, and "{label}" is somebody else.'
            hint = f"If they are one, write labels: [{json.dumps(label, ensure_ascii=False)}]."
            yield Problem(side.path, who.line, message, hint, warning=True)


def _unnamed(labels: Sequence[str], line: int, path: str) -> Problem:
    called = ", ".join(f'"{label}"' for label in labels[:5])
    hint = f'If you know, write in the sidecar: speakers: {{ada: {{name: Ada Lovelace, labels: ["{labels[0]}"]}}}}.'
    return Problem(path, line, f"It isn't known who is meant by {called}.", hint, warning=True)
