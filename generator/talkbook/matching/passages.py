"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from talkbook import layers, sentences
from talkbook.matching.profiles import Profiles
from talkbook.matching.terms import Terms
from talkbook.model import Transcript, Turn

SHORTEST, LONGEST = 25, 120  # words of a passage

_NEW_POINT = re.compile(
    r"(?:and |but |so |then |yeah,? )*(?:the (?:second|third|other|next|last)|another|one thing|relatedly|"
    r"also on|again,)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:and |but |so |because |then )*(?:this|that|these|those|it|they|so|because|which|here|there|for example|"
    r"basically|rather|in that|what this)\b",
    re.IGNORECASE,
)
_SAYS = (
    (re.compile(r"\b(?:is (?:really |basically |kind of )?(?:about|when|that|where)|means?|the idea is|we call|"
                r"what (?:this|that) (?:means|is)|defin\w+|in other words)\b", re.IGNORECASE), 0.12),
    (re.compile(r"\b(?:because|the reason|reasons|which means|so that|that's why|this is why|that means|"
                r"therefore|implications?)\b", re.IGNORECASE), 0.10),
    (re.compile(r"\b(?:\d[\d,.]*%?|hundreds?|thousands?|millions?|billions?|trillions?|orders of magnitude)\b",
                re.IGNORECASE), 0.06),
    (re.compile(r"\b(?:important|hard(?:er)?|key|interesting question|the question is|should|"
                r"need(?:s)? to|have to)\b", re.IGNORECASE), 0.05),
)  # fmt: skip
_CHATTER = re.compile(r"^(?:yes|yeah|yep|no|okay|right|great|thank you|sure|all right|i see|mhm)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn as shown; start and end count in the transcript's source."""

    turn: int  # index in the transcript
    start: int
    end: int
    text: str
    words: int

    @property
    def asks(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.endswith("?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn that is about a topic. `score` orders candidates; higher is better."""

    topic: str
    turn: int  # index in the transcript
    start: int
    end: int
    score: float
    named: bool  # whether the topic's name stands in it


@dataclass(frozen=True, slots=True)
class Found:
    """What one transcript has to say: passages by topic, and each sentence that names a topic."""

    passages: Mapping[str, tuple[Passage, ...]]
    named: Mapping[str, tuple[Sentence, ...]]


def find(transcript: Transcript, terms: Terms, profiles: Profiles) -> Found:
    """Every passage of the transcript that is about a topic, and every sentence that names one."""
    passages: dict[str, list[Passage]] = {}
    named: dict[str, list[Sentence]] = {}
    previous: _Heard | None = None
    for index, turn in enumerate(transcript.turns):
        heard = _heard(transcript, index, turn, terms)
        for slug, strengths in heard.names.items():
            named.setdefault(slug, []).extend(heard.sentences[at] for at in strengths)
        if turn.quotable:
            question = previous if previous and previous.speaker != turn.speaker else None
            for passage in _about(heard, question, transcript, profiles):
                passages.setdefault(passage.topic, []).append(passage)
        if heard.sentences:
            previous = heard
    return Found(
        {slug: tuple(found) for slug, found in passages.items()}, {slug: tuple(found) for slug, found in named.items()}
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """One turn, taken apart: names[topic][index of sentence] is 1.0 for a name, 0.8 for a hidden label."""

    speaker: str | None
    sentences: Sequence[Sentence]
    names: Mapping[str, Mapping[int, float]]

    def asks_about(self, slug: str) -> bool:
        """Whether the topic is named in the turn's last words, up to the question that ends it."""
        asked = self.names.get(slug, {})
        return any(at >= len(self.sentences) - 4 for at in asked)


def _heard(transcript: Transcript, index: int, turn: Turn, terms: Terms) -> _Heard:
    view = layers.Shown(transcript.source, transcript.edits, turn.start, turn.end)
    spans = sentences.spans(view.text)
    cut = [
        Sentence(index, *view.span(start, end), view.text[start:end], view.text.count(" ", start, end) + 1)
        for start, end in spans
    ]
    starts = [start for start, _ in spans]
    names: dict[str, dict[int, float]] = {}
    for hit in terms.find(view.text):
        at = bisect_right(starts, hit.start) - 1
        strengths = names.setdefault(hit.topic, {})
        strengths[at] = max(strengths.get(at, 0.0), 0.8 if hit.hidden else 1.0)
    return _Heard(turn.speaker, cut, names)


def _about(
    heard: _Heard, question: _Heard | None, transcript: Transcript, profiles: Profiles
) -> Iterator[Passage]:
    asked = {slug for slug in question.names if question.asks_about(slug)} if question else set()
    slugs = sorted(set(heard.names) | asked)
    if not slugs:
        return
    vectors = [profiles.vector(sentence.text) for sentence in heard.sentences]
    answers = question is not None and any(sentence.asks for sentence in question.sentences[-3:])
    for slug in slugs:
        strengths = heard.names.get(slug, {})
        likeness = [min(1.0, profiles.likeness(vector, slug) / _ALIKE) for vector in vectors]
        weights = _weights(heard, strengths, likeness, slug in asked)
        for first, last in _runs(heard.sentences, weights):
            yield _passage(heard, slug, first, last, weights, strengths, slug in asked and answers)


_ALIKE = 0.3  # likeness at which a sentence counts as wholly on the topic
_ENOUGH, _BRIDGE = 0.5, 0.3  # weights that put a sentence into a passage; that keep one between two such


def _weights(heard: _Heard, strengths: Mapping[int, float], likeness: Sequence[float], asked: bool) -> list[float]:
    """For each sentence how surely it is about the topic, from 0 to about 1.5."""
    weights: list[float] = []
    carried = 0.6 if asked else 0.0
    for at, sentence in enumerate(heard.sentences):
        others = any(at in found for slug, found in heard.names.items()) and at not in strengths
        if _NEW_POINT.match(sentence.text):
            carried *= 0.4
        elif _GOES_ON.match(sentence.text):
            carried *= 0.9
        else:
            carried *= 0.7
        if others:
            carried *= 0.6
        weight = 0.55 * strengths.get(at, 0.0) + 0.5 * likeness[at] + 0.5 * carried
        weights.append(weight)
        carried = min(1.0, weight)
    return weights


def _runs(cut: Sequence[Sentence], weights: Sequence[float]) -> Iterator[tuple[int, int]]:
    """(first, last) of the stretches worth a passage, both included, within the bounds of length."""
    at = 0
    while at < len(cut):
        if weights[at] < _ENOUGH or cut[at].asks or _CHATTER.match(cut[at].text):
            at += 1
            continue
        first = last = at
        words = cut[at].words
        while last + 1 < len(cut) and words + cut[last + 1].words <= LONGEST and weights[last + 1] >= _BRIDGE:
            if weights[last + 1] < _ENOUGH and not (last + 2 < len(cut) and weights[last + 2] >= _ENOUGH):
                break
            last += 1
            words += cut[last].words
        at = last + 1
        yield _stretch(cut, weights, first, last, words)


def _stretch(cut: Sequence[Sentence], weights: Sequence[float], first: int, last: int, words: int) -> tuple[int, int]:
    """The run made long enough to be understood on its own."""
    while words < SHORTEST:
        after = weights[last + 1] if last + 1 < len(cut) and words + cut[last + 1].words <= LONGEST else -1.0
        before = weights[first - 1] if first > 0 and words + cut[first - 1].words <= LONGEST else -1.0
        if after < 0 and before < 0:
            break
        if after >= before:
            last += 1
            words += cut[last].words
        else:
            first -= 1
            words += cut[first].words
    return first, last


def _passage(
    heard: _Heard,
    slug: str,
    first: int,
    last: int,
    weights: Sequence[float],
    strengths: Mapping[int, float],
    answers: bool,
) -> Passage:
    inside = heard.sentences[first : last + 1]
    words = sum(sentence.words for sentence in inside)
    score = sum(weight * sentence.words for weight, sentence in zip(weights[first:], inside, strict=False)) / words
    score *= min(1.0, 0.6 + 0.4 * words / 60)
    text = " ".join(sentence.text for sentence in inside)
    score += sum(bonus for pattern, bonus in _SAYS if pattern.search(text))
    score += 0.25 if answers else 0.0
    score -= 0.4 * sum(sentence.words for sentence in inside if sentence.asks) / words
    named = any(first <= at <= last for at in strengths)
    return Passage(slug, inside[0].turn, inside[0].start, inside[-1].end, score, named)
