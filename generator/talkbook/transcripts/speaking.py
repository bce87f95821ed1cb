"""Assign a speaker to each utterance: from the file, the sidecar, and proposals."""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from talkbook.model import Speaker
from talkbook.problems import Problem
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.sources.sidecar import Sidecar
from talkbook.text import ids, speaker_labels
from talkbook.transcripts.casting import SpeakerIdentity
from talkbook.transcripts.selectors import Selectors


class Assignment(NamedTuple):
    """Who speaks in a conversation.

    utterances: with slugs or None as labels.
    drafted: those who probably speak.
    """

    utterances: list[Utterance]
    speakers: tuple[Speaker, ...]
    drafted: tuple[Speaker, ...]


def assign(
    speech: Speech, side: Sidecar, identities: Mapping[str, SpeakerIdentity | None], selectors: Selectors
) -> Assignment:
    """Split the utterances at the sidecar's turns, and assign speakers."""
    known = {who.key: who for who in (*side.proposed_speakers, *side.speakers)}
    slugs = ids.slugs(who.name for who in (*side.speakers, *side.proposed_speakers))
    people = {slugs[who.name]: Speaker(slugs[who.name], who.name, who.role) for who in side.speakers}
    by_key: dict[str | None, str | None] = {None: None, **{key: slugs[who.name] for key, who in known.items()}}
    speaker_at = {span[0]: by_key[turn.speaker] for turn in side.turns if (span := selectors.span(turn.at))}
    draft_at = {
        span[0]: by_key[turn.speaker]
        for turn in side.proposed_turns
        if (span := selectors.span(turn.at, proposed=True)) and span[0] not in speaker_at
    }
    turn_starts, all_starts = sorted(speaker_at), sorted({*speaker_at, *draft_at})
    utterances: list[Utterance] = []
    named: dict[str, Speaker] = {}
    for utterance in speech.utterances:
        identity = identities[utterance.label] if utterance.label else None
        # A proposal doesn't override what the file says about its speakers.
        cuts = turn_starts if utterance.label else all_starts
        within = cuts[bisect_right(cuts, utterance.start) : bisect_left(cuts, utterance.end)] if cuts else ()
        for start, end in pairwise((utterance.start, *within, utterance.end)):
            length = len(speech.source[start:end].rstrip())
            person = speaker_at.get(start, identity.person if identity and start == utterance.start else None)
            if identity and person == identity.person and person not in named:
                named[person] = Speaker(person, identity.name, identity.role)
            utterances.append(Utterance(start, start + length, person, draft=None if person else draft_at.get(start)))
    nobody = [label for label, identity in identities.items() if identity is None and not speaker_labels.crowd(label)]
    if nobody and not side.turns:
        selectors.problems.append(_unnamed(nobody, speech.line(nobody[0]), selectors.path))
    selectors.problems += _silent(side, {utterance.label for utterance in utterances}, identities, slugs)
    probably = (Speaker(slugs[who.name], who.name, who.role, drafted=True) for who in known.values())
    return Assignment(utterances, tuple({**named, **people}.values()), tuple(probably))


def _silent(
    side: Sidecar, speaking: Set[str | None], identities: Mapping[str, SpeakerIdentity | None], slugs: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a warning for each speaker in the sidecar who says nothing while a similar label is someone else's."""
    unlisted = [label for label, identity in identities.items() if identity and identity.person not in slugs.values()]
    for who in side.speakers:
        names = {who.key.casefold(), *who.name.casefold().split()}
        label = next((label for label in unlisted if label.casefold() in names), "")
        if label and slugs[who.name] not in speaking:
            message = f'"{who.name}" says nothing here, and "{label}" is somebody else.'
            hint = f"If they are one person, write labels: [{json.dumps(label, ensure_ascii=False)}]."
            yield Problem(side.path, who.line, message, hint, warning=True)


def _unnamed(labels: Sequence[str], line: int, path: str) -> Problem:
    called = ", ".join(f'"{label}"' for label in labels[:5])
    hint = f'If you know, write in the sidecar: speakers: {{ada: {{name: Ada Lovelace, labels: ["{labels[0]}"]}}}}.'
    return Problem(path, line, f"It isn't known who speaks under these labels: {called}.", hint, warning=True)
