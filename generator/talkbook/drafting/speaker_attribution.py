"""Infer from the words who says what in a conversation whose file doesn't say so, and propose speakers and turns."""

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

_SURE = 0.6  # minimum probability of a proposed speaker; most are far more certain, see benchmarks/README.md
_SURE_UNMARKED = 0.68  # the same without marks
_SURE_OF_SEVERAL = 0.85  # the same if more than two people speak
# Log odds of the clearest changes of speaker, below which a single person may be talking: so it is in three of four
# long monologues, in half of the news that one person reads, and in none of 66 conversations of two.
_CLEAR_CHANGES = 0.6
# Minimum share of the sentences whose speaker stays the same with names, without marks: a wrong name may exchange the
# speakers of a whole stretch, so otherwise names are dropped.
_SAME = 0.9
_FEW = 4  # minimum number of sentences for a draft
_PARAGRAPH = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class ProposedSpeaker:
    """Somebody who probably speaks.

    key: as in a sidecar.
    name: the name, or the role if the name is unknown.
    role: "host" or "guest" in a conversation of two, otherwise "".
    evidence: what the name was inferred from, mostly sentences; empty if the name is unknown.
    """

    key: str
    name: str
    role: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def unnamed(self) -> bool:
        """Whether only the role is known."""
        return self.key == self.role


@dataclass(frozen=True, slots=True)
class ProposedTurn:
    """source[start:end] is probably said by the speaker with this key; None if it is unclear who speaks.

    probability: of the speaker, or else of the more probable one, in the least certain sentence.
    marked: whether the file itself starts something new at `start`.
    """

    start: int
    end: int
    speaker: str | None
    probability: float
    marked: bool


@dataclass(frozen=True, slots=True)
class SpeakerDraft:
    """The proposals for one conversation. With more than two people, only turns with a speaker are proposed."""

    speakers: tuple[ProposedSpeaker, ...] = ()
    turns: tuple[ProposedTurn, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of a conversation, and what they reveal about its speakers.

    spans: (start, end) of each sentence in the source.
    texts: the text of each sentence.
    starts: offsets in the source at which the file itself starts something new, such as a line after ">>".
    marks: shape (sentences - 1,); whether there is such a start, or else a new paragraph, between two sentences.
    paragraphs: whether the marks are only paragraphs.
    evidence: what the words reveal about who speaks.
    people: the evidence for names.
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
    """Who says what, and the first and the second of the two speakers."""

    decoded: DecodedSpeakers
    speakers: tuple[ProposedSpeaker, ProposedSpeaker]


def propose(source: str, utterances: Sequence[Utterance]) -> SpeakerDraft:
    """Return who probably says what in a conversation of two people, or of more if their turns are marked.

    The draft is empty if an utterance has a label, since the file then says who speaks; and without marks, if the
    language isn't English, or if nothing clearly looks like a change of speaker.

    source: the text that all offsets refer to.
    utterances: as the reader found them, in order.
    """
    if any(each.label for each in utterances):
        return SpeakerDraft()
    read = sentences_of(source, utterances)
    if len(read.spans) < _FEW:
        return SpeakerDraft()
    tokens = chain.from_iterable(map(sentence_features.words, read.texts))
    if read.paragraphs and language.detect(tokens) != language.ENGLISH:
        return SpeakerDraft()  # the weights are for English, and there is no other evidence
    if read.paragraphs and speaker_decoder.clearest_changes(read.evidence) < _CLEAR_CHANGES:
        return SpeakerDraft()
    finding = find(read, {})
    if several(read, finding):
        return SpeakerDraft() if read.paragraphs else draft_of_several(read, *find_of_several(read))
    drafted = draft(read, finding)
    return drafted if drafted.speakers else SpeakerDraft()


def sentences_of(source: str, utterances: Sequence[Utterance]) -> Sentences:
    """Split a conversation into sentences, and collect the evidence in them. For the arguments, see propose()."""
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
    """Return who says what in a conversation of two people.

    Names and speakers are inferred together, as a sentence that reveals a name also reveals who says it. Names that
    contradict what is inferred without them are dropped; without marks, so are names that change the speakers of many
    sentences.

    answers: index of a sentence -> 0 if the first speaker says it, 1 if the second does.
    given: see speaker_decoder.decode().
    """
    people = read.people
    known = np.array(speaker_phrases.role_scores(read.texts))
    for at, side in answers.items():
        known[at] = CERTAIN * (1 - 2 * side)
    pairs = speaker_names.hypotheses(people)
    scores, priors = _pair_scores(people, pairs, known)
    likelihoods = speaker_decoder.likelihoods(read.evidence, read.marks, scores, paragraphs=read.paragraphs)
    likeliest = pairs[int(np.argmax(likelihoods + priors))]
    pairs = list(dict.fromkeys([("", ""), likeliest, likeliest[::-1]]))
    start = speaker_decoder.find_start(read.evidence, read.marks, known, paragraphs=read.paragraphs)
    decoded, blind = (
        speaker_decoder.decode(
            read.evidence,
            read.marks,
            *_pair_scores(people, some, known),
            start=start,
            paragraphs=read.paragraphs,
            given=given,
        )
        for some in (pairs, pairs[:1])
    )
    likelihoods = decoded.likelihoods
    best = pairs[int(np.argmax(likelihoods))]
    margin = float(likelihoods.max() - likelihoods[pairs.index(best[::-1])])
    names = speaker_names.assign(people, best, decoded.first, blind.first, margin)
    if names is None or (read.paragraphs and speaker_decoder.same_speakers(decoded.first, blind.first) < _SAME):
        decoded, names = replace(blind, likelihoods=decoded.likelihoods), (None, None)
    host, guest = (_speaker(name, part, read.texts) for name, part in zip(names, ("host", "guest"), strict=True))
    return SpeakerAttribution(decoded, (host, guest))


def _pair_scores(people: People, pairs: Sequence[tuple[str, str]], known: Floats) -> tuple[Floats, Floats]:
    """Return the scores of the sentences, shape (sentences, pairs), and the log prior of each pair of names."""
    scores, priors = zip(*(speaker_names.scores(people, pair, len(known)) for pair in pairs), strict=True)
    return known[:, None] + np.stack(scores, axis=1), np.array(priors)


def threshold(read: Sentences) -> float:
    """Return the minimum probability of a proposed speaker, so that few words are attributed to the wrong one."""
    return _SURE_UNMARKED if read.paragraphs else _SURE


def draft(read: Sentences, finding: SpeakerAttribution) -> SpeakerDraft:
    """Return what is certain enough to be proposed for two people."""
    first = finding.decoded.first
    sure = threshold(read)
    keys = [
        finding.speakers[0].key if likely >= sure else finding.speakers[1].key if likely <= 1 - sure else None
        for likely in first.tolist()
    ]
    return _drafted(finding.speakers, list(_turns(read, keys, np.maximum(first, 1 - first))))


def several(read: Sentences, finding: SpeakerAttribution) -> bool:
    """Return whether more than two people probably speak."""
    return speaker_count.more_than_two(read.texts, read.people, finding.decoded)


def find_of_several(
    read: Sentences, known: Sequence[ProposedSpeaker] = (), answers: Mapping[int, str] | None = None
) -> tuple[PanelTurns, Sequence[ProposedSpeaker]]:
    """Return who says what among more than two people, and these people: the known ones, then others who are named.

    known: people who are known to speak.
    answers: see speaker_panels.decode().
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
    """Return what is certain enough to be proposed for more than two people; nothing if all marks are paragraphs."""
    if read.paragraphs:
        return SpeakerDraft()
    best, sure = found.likely.argmax(1)[found.turns], found.sure[found.turns]
    keys = [
        speakers[who].key if likely >= _SURE_OF_SEVERAL else None
        for who, likely in zip(best.tolist(), sure.tolist(), strict=True)
    ]
    return _drafted(speakers, [turn for turn in _turns(read, keys, sure) if turn.speaker])


def _turns(read: Sentences, keys: Sequence[str | None], sure: Floats) -> Iterator[ProposedTurn]:
    """Yield runs of sentences with the same key, cut where the file starts something new.

    keys, sure: each sentence's speaker, and the probability of that.
    """
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
