"""Decide which labels name speakers, before they are matched with people; and who speaks in a talk without labels."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from talkbook.problems import Problem
from talkbook.readers.dialogue import assemble
from talkbook.readers.speech.speech import Speech, Utterance
from talkbook.sources.sidecar import Sidecar
from talkbook.text import speaker_labels
from talkbook.transcripts import label_doubts
from talkbook.transcripts.casting import KnownNames

_NAMED = 8  # labels listed in a message
_CHANGE = re.compile(r">>|&gt;|^[ \t]*[-–—][ \t]", re.MULTILINE)  # marks of a change of speaker


def with_doubtful_names(speech: Speech, side: Sidecar, known: KnownNames) -> Speech:
    """Return the speech with doubtful names that captions had in their text put back into the source.

    The arguments are those of settle(); offsets are those of the new source.
    """
    if not speech.names:
        return speech
    return label_doubts.in_source(speech, {*_doubtful(speech, side, known), *side.nobody})


def settle(speech: Speech, side: Sidecar, known: KnownNames, path: str) -> tuple[Speech, list[Problem]]:
    """Turn labels that are doubtful or name nobody into text; return the speech and a problem on the doubtful ones.

    In a talk without labels, the only person introduced becomes the speaker.

    side: the sidecar.
    known: the names that somebody wrote down.
    path: the transcript, for messages.
    """
    doubts = _doubtful(speech, side, known)
    problems = [_doubt(doubts, speech.line(doubts[0]), path)] if doubts else []
    speech = label_doubts.as_text(speech, {*doubts, *side.nobody})
    if [*known.introduced.values()] == [""] and not side.turns and not side.speakers:
        speech = _alone(speech, *known.introduced)
    return speech, problems


def _doubtful(speech: Speech, side: Sidecar, known: KnownNames) -> list[str]:
    """Return the doubtful labels, except those that the sidecar lists as nobody."""
    named = known.covered(utterance.label for utterance in speech.utterances if utterance.label)
    return [label for label in label_doubts.find(speech, named) if not label_doubts.among(label, side.nobody)]


def _doubt(labels: Sequence[str], line: int, path: str) -> Problem:
    called = ", ".join(f'"{label}"' for label in labels[:_NAMED])
    others = f" and {len(labels) - _NAMED} more" if len(labels) > _NAMED else ""
    message = f"It isn't clear whether these are people, so they stay in the text, without a speaker: {called}{others}."
    first = json.dumps(labels[0], ensure_ascii=False)
    hint = f"In the sidecar, name the people under speakers, and list the others as nobody: [{first}]."
    return Problem(path, line, message, hint, warning=True)


def _alone(speech: Speech, name: str) -> Speech:
    """Return the speech with `name` as its label, up to the first audience question or the references.

    Unchanged if other speakers are named, or if marks or gaps between the utterances suggest others.
    """
    if any(utterance.label and not speaker_labels.anonymous(utterance.label) for utterance in speech.utterances):
        return speech
    end = next(
        (heading.start for heading in speech.headings if assemble.back_matter(heading.title)), len(speech.source)
    )
    theirs = list(takewhile(lambda utterance: not utterance.label and utterance.start < end, speech.utterances))
    if not all(_goes_on(speech.source, *pair) for pair in pairwise(theirs)):
        return speech
    spoken = tuple(utterance._replace(label=name) for utterance in theirs)
    return replace(speech, utterances=(*spoken, *speech.utterances[len(theirs) :]))


def _goes_on(source: str, before: Utterance, after: Utterance) -> bool:
    """Return whether only a title or a rule separates two utterances."""
    between = source[before.end : after.start]
    return bool(between.strip()) and not _CHANGE.search(between)
