"""Who speaks, found in the words: proposals for a conversation whose file does not say it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby, pairwise

import numpy as np

from talkbook.drafting import (
    language,
    sentence_features,
    speaker_count,
    speaker_decoder,
    speaker_names,
    speaker_panels,
    speaker_phrases,
)
from talkbook.drafting.speaker_crf import CERTAIN, Bools, Floats
from talkbook.drafting.speaker_decoder import DecodedSpeakers, SpeakerEvidence
from talkbook.drafting.speaker_names import FoundName, People
from talkbook.drafting.speaker_panels import PanelTurns
from talkbook.readers.speech.speech import Utterance
from talkbook.text import ids, sentences

_SURE = 0.6  # how probable a speaker must be to be proposed; most are far surer, see benchmarks for what comes of it
_SURE_UNMARKED = 0.7  # the same where no marks are there
_SURE_OF_SEVERAL = 0.95  # the same where more than two people speak
_CLEAR_CHANGES = 0.6  # logarithm of the odds of the clearest changes, below which one person may be talking: three in
# four long stretches of one person are below it, half of the news read by one, and none of 66 conversations of two
_FEW = 4  # sentences below which nothing is proposed
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ProposedSpeaker:
    """Somebody who probably speaks. evidence: the sentences that tell the name, none where it is only a part."""

    key: str
    name: str
    role: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether only the part is known that somebody has."""
        return self.key == self.role


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
    """What is proposed for one conversation: of more than two people only turns that are probably somebody's."""

    speakers: tuple[ProposedSpeaker, ...] = ()
    turns: tuple[ProposedTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentences:
    """A conversation as it is drafted.

    spans: (start, end) of each sentence in the transcript's source; texts: what stands there. starts: where the file
    itself begins something new. marks: of each border between two sentences, whether a mark stands there. paragraphs:
    whether the marks are only paragraphs. evidence: what the words tell of who speaks. people: whom they name.
    """

    spans: Sequence[tuple[int, int]]
    texts: Sequence[str]
    starts: frozenset[int]
    marks: Bools
    paragraphs: bool
    evidence: SpeakerEvidence
    people: People


@dataclass(frozen=True, slots=True)
class SpeakerAttribution:
    """Who says what: the course, and the two speakers, the first one first."""

    decoded: DecodedSpeakers
    speakers: tuple[ProposedSpeaker, ProposedSpeaker]


def propose(source: str, utterances: Sequence[Utterance]) -> SpeakerDraft:
    """Who probably says what in a conversation of two people, or of more whose turns are marked.

    source: the text in which all offsets count. utterances: as the reader found them, in order; where one of them has
    a label, the file says who speaks, and nothing is proposed. Without marks, neither is it for other languages than
    English, nor for a talk in which nothing looks clearly like a change of speaker.
    """
    if any(each.label for each in utterances):
        return SpeakerDraft()
    read = sentences_of(source, utterances)
    if len(read.spans) < _FEW:
        return SpeakerDraft()
    tokens = chain.from_iterable(map(sentence_features.words, read.texts))
    if read.paragraphs and language.detect(tokens) != language.ENGLISH:
        return SpeakerDraft()  # only English is learnt, and nothing else tells
    if read.paragraphs and speaker_decoder.clearest_changes(read.evidence) < _CLEAR_CHANGES:
        return SpeakerDraft()
    finding = find(read, {})
    if several(read, finding):
        return draft_of_several(read, *find_of_several(read))
    drafted = draft(read, finding)
    return drafted if drafted.speakers else SpeakerDraft()


def sentences_of(source: str, utterances: Sequence[Utterance]) -> Sentences:
    """The sentences of a conversation; source, utterances: as of propose()."""
    spans = [
        (each.start + start, each.start + end)
        for each in utterances
        for start, end in sentences.spans(source[each.start : each.end])
    ]
    texts = [source[start:end] for start, end in spans]
    starts = frozenset(each.start for each in utterances)
    evidence = speaker_decoder.read(
        [sentence_features.words(text) for text in texts], [sentence_features.asks(text) for text in texts]
    )
    people = speaker_names.by_person(speaker_phrases.evidence(texts))
    return Sentences(spans, texts, starts, *_marks(source, spans, starts), evidence, people)


def find(read: Sentences, answers: Mapping[int, int], given: Sequence[int] = ()) -> SpeakerAttribution:
    """Who says what. answers: number of a sentence -> 0 if the first speaker says it, 1 if the second.

    given: as of speaker_decoder.decode(). Who the two are and who says what is found together: a sentence that tells a
    name tells who says it, too.
    """
    people = read.people
    known = np.array(speaker_phrases.parts(read.texts))
    for at, side in answers.items():
        known[at] = CERTAIN * (1 - 2 * side)
    pairs = speaker_names.hypotheses(people)
    scores, priors = _of_pairs(people, pairs, known)
    likelihoods = speaker_decoder.likelihoods(read.evidence, read.marks, scores, paragraphs=read.paragraphs)
    likeliest = pairs[int(np.argmax(likelihoods + priors))]
    pairs = list(dict.fromkeys([("", ""), likeliest, likeliest[::-1]]))
    decoded, blind = (
        speaker_decoder.decode(
            read.evidence, read.marks, *_of_pairs(people, some, known), paragraphs=read.paragraphs, given=given
        )
        for some in (pairs, pairs[:1])
    )
    best = pairs[int(np.argmax(decoded.likelihoods))]
    names = speaker_names.assign(people, best, decoded.first, blind.first)
    if names is None:
        decoded, names = replace(blind, likelihoods=decoded.likelihoods), (None, None)
    host, guest = (_speaker(name, part, read.texts) for name, part in zip(names, ("host", "guest"), strict=True))
    return SpeakerAttribution(decoded, (host, guest))


def _of_pairs(people: People, pairs: Sequence[tuple[str, str]], known: Floats) -> tuple[Floats, Floats]:
    """(scores of sentences, a column for each pair of names; how probable each pair is beforehand)."""
    scores, priors = zip(*(speaker_names.scores(people, pair, len(known)) for pair in pairs), strict=True)
    return known[:, None] + np.stack(scores, axis=1), np.array(priors)


def threshold(read: Sentences) -> float:
    """How probable a speaker must be to be proposed, so that few words are put into the wrong mouth."""
    return _SURE_UNMARKED if read.paragraphs else _SURE


def draft(read: Sentences, finding: SpeakerAttribution) -> SpeakerDraft:
    """What of it is sure enough to be proposed."""
    first = finding.decoded.first
    sure = threshold(read)
    keys = [
        finding.speakers[0].key if likely >= sure else finding.speakers[1].key if likely <= 1 - sure else None
        for likely in first.tolist()
    ]
    return _drafted(finding.speakers, list(_turns(read, keys, np.maximum(first, 1 - first))))


def several(read: Sentences, finding: SpeakerAttribution) -> bool:
    """Whether more than two people probably speak."""
    return speaker_count.many(read.texts, read.people, finding.decoded)


def find_of_several(
    read: Sentences, known: Sequence[ProposedSpeaker] = (), answers: Mapping[int, str] | None = None
) -> tuple[PanelTurns, Sequence[ProposedSpeaker]]:
    """(who says what of more than two people, whose names are told or known; these people).

    known: speakers who are known. answers: as of speaker_panels.decode().
    """
    names = [each.name for each in known]
    found = speaker_panels.decode(read.texts, read.marks, read.people, read.evidence, answers, names)
    told = found.names[len(known) :]
    keys = ids.unique([*(each.key for each in known), *map(ids.slug, told)])[len(known) :]
    others = [
        replace(_speaker(FoundName(name, tuple(read.people[name])), "", read.texts), key=key)
        for name, key in zip(told, keys, strict=True)
    ]
    return found, [*known, *others]


def draft_of_several(read: Sentences, found: PanelTurns, speakers: Sequence[ProposedSpeaker]) -> SpeakerDraft:
    """What of it is sure enough to be proposed: nothing without marks."""
    if read.paragraphs:
        return SpeakerDraft()
    likely = found.likely[found.turns]
    keys = [
        speakers[best].key if best < len(speakers) and sure >= _SURE_OF_SEVERAL else None
        for best, sure in zip(likely.argmax(1).tolist(), likely.max(1).tolist(), strict=True)
    ]
    return _drafted(speakers, [turn for turn in _turns(read, keys, likely.max(1)) if turn.speaker])


def _turns(read: Sentences, keys: Sequence[str | None], sure: Floats) -> Iterator[ProposedTurn]:
    """The turns of those who say the sentences. sure: of each, how probable that is."""
    part = 0
    runs = []
    for key, (start, _) in zip(keys, read.spans, strict=True):
        part += start in read.starts
        runs.append((part, key))
    for (_, key), group in groupby(range(len(runs)), key=runs.__getitem__):
        inside = list(group)
        start = read.spans[inside[0]][0]
        yield ProposedTurn(start, read.spans[inside[-1]][1], key, float(sure[inside].min()), start in read.starts)


def _drafted(speakers: Sequence[ProposedSpeaker], turns: Sequence[ProposedTurn]) -> SpeakerDraft:
    met = {turn.speaker for turn in turns}
    return SpeakerDraft(tuple(each for each in speakers if each.key in met), tuple(turns))


def _marks(source: str, spans: Sequence[tuple[int, int]], starts: frozenset[int]) -> tuple[Bools, bool]:
    between = list(pairwise(spans))
    marks = np.array([other[0] in starts and "#" not in source[one[1] : other[0]] for one, other in between], np.bool_)
    if marks.any():
        return marks, False
    breaks = [_PARAGRAPH.search(source, one[1], other[0]) is not None for one, other in between]
    return np.array(breaks, np.bool_), True


def _speaker(found: FoundName | None, part: str, texts: Sequence[str]) -> ProposedSpeaker:
    if found is None:
        return ProposedSpeaker(part, part.capitalize(), part)
    told = sorted(found.evidence, key=lambda each: (each.kind == "addressed", each.sentence))
    return ProposedSpeaker(ids.slug(found.name), found.name, part, tuple(texts[each.sentence] for each in told[:3]))
