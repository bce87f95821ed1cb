"""Who speaks, found in the words: proposals for a conversation whose file does not say it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

import numpy as np

from talkbook.drafting import language, sentence_features, speaker_course, speaker_names
from talkbook.drafting.speaker_chain import Bools, Floats
from talkbook.drafting.speaker_names import FoundName
from talkbook.readers.speech.speech import Utterance
from talkbook.text import ids, sentences

SURE = 0.65  # how probable a speaker must be to be proposed
_FEW = 4  # sentences below which nothing is proposed
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ProposedSpeaker:
    """Somebody who probably speaks. evidence: the sentences that tell the name, none where it is only a part."""

    key: str
    name: str
    role: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposedTurn:
    """source[start:end] is probably said by the speaker with this key; None where it can't be told.

    probability: of the speaker at the least sure sentence; of the likelier one where there is none. marked: whether the
    file itself begins something new there.
    """

    start: int
    end: int
    speaker: str | None
    probability: float
    marked: bool


@dataclass(frozen=True, slots=True)
class SpeakerDraft:
    """What is proposed for one conversation: nothing at all where it has none or more than two speakers."""

    speakers: tuple[ProposedSpeaker, ...] = ()
    turns: tuple[ProposedTurn, ...] = ()


def propose(source: str, utterances: Sequence[Utterance]) -> SpeakerDraft:
    """Who probably says what in a conversation of two people.

    source: the text in which all offsets count. utterances: as the reader found them, in order; where one of them has
    a label, the file says who speaks, and nothing is proposed. Without marks, neither is it for other languages than
    English.
    """
    if any(each.label for each in utterances):
        return SpeakerDraft()
    spans = [
        (each.start + start, each.start + end)
        for each in utterances
        for start, end in sentences.spans(source[each.start : each.end])
    ]
    if len(spans) < _FEW:
        return SpeakerDraft()
    texts = [source[start:end] for start, end in spans]
    marks, paragraphs = _marks(source, spans, utterances)
    if paragraphs and language.detect(chain.from_iterable(map(sentence_features.words, texts))) != language.ENGLISH:
        return SpeakerDraft()  # only English is learnt, and nothing else tells
    first, names = _course(texts, marks, paragraphs)
    return _draft(texts, spans, {each.start for each in utterances}, first, names)


def _marks(source: str, spans: Sequence[tuple[int, int]], utterances: Sequence[Utterance]) -> tuple[Bools, bool]:
    """(whether a mark stands at each border between two sentences, whether the marks are only paragraphs)."""
    starts = {each.start for each in utterances}
    between = list(pairwise(spans))
    marks = np.array([other[0] in starts and "#" not in source[one[1] : other[0]] for one, other in between], np.bool_)
    if marks.any():
        return marks, False
    breaks = [_PARAGRAPH.search(source, one[1], other[0]) is not None for one, other in between]
    return np.array(breaks, np.bool_), True


def _course(
    texts: Sequence[str], marks: Bools, paragraphs: bool
) -> tuple[Floats, tuple[FoundName | None, FoundName | None]]:
    """(of each sentence, how probable it is that the first speaker says it; the names of both)."""
    tokens = [sentence_features.words(text) for text in texts]
    asking = [sentence_features.asks(text) for text in texts]
    told = speaker_names.evidence(texts)
    first = speaker_course.find(tokens, asking, marks, paragraphs=paragraphs).first
    names = speaker_names.assign(told, first)
    if any(names):
        scores = speaker_names.scores(names, first)
        first = speaker_course.find(tokens, asking, marks, scores, paragraphs=paragraphs).first
        names = speaker_names.assign(told, first)
    return first, names


def _draft(
    texts: Sequence[str],
    spans: Sequence[tuple[int, int]],
    starts: set[int],
    first: Floats,
    names: tuple[FoundName | None, FoundName | None],
) -> SpeakerDraft:
    speakers = tuple(_speaker(found, part, texts) for found, part in zip(names, ("host", "guest"), strict=True))
    labels = [0 if each >= SURE else 1 if each <= 1 - SURE else None for each in first]
    part = 0
    runs = []
    for at, (start, _) in enumerate(spans):
        part += start in starts
        runs.append((part, labels[at]))
    turns = []
    for (_, label), group in groupby(range(len(spans)), key=runs.__getitem__):
        inside = list(group)
        sure = min(max(float(first[at]), 1 - float(first[at])) for at in inside)
        key = None if label is None else speakers[label].key
        start = spans[inside[0]][0]
        turns.append(ProposedTurn(start, spans[inside[-1]][1], key, sure, start in starts))
    met = {turn.speaker for turn in turns}
    return SpeakerDraft(tuple(each for each in speakers if each.key in met), tuple(turns))


def _speaker(found: FoundName | None, part: str, texts: Sequence[str]) -> ProposedSpeaker:
    if found is None:
        return ProposedSpeaker(part, part.capitalize(), part)
    told = sorted(found.evidence, key=lambda each: (each.kind == "addressed", each.sentence))
    return ProposedSpeaker(ids.slug(found.name), found.name, part, tuple(texts[each.sentence] for each in told[:3]))
