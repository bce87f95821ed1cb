"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from talkbook import layers, sentences
from talkbook.matching import aboutness, stretches
from talkbook.matching.profiles import Profiles, stems
from talkbook.matching.terms import Terms
from talkbook.model import Transcript, Turn

FLOOR = 0.5  # the surest sentence on a topic counts as no less than this: a transcript may only brush the topic
HOLLOW = 8  # words that a sentence has at most which says nothing on its own
HIDDEN = 0.8  # how surely a hidden label names its topic; a name does so with 1
LATE = 4  # sentences at the end of a turn in which the question to the next speaker is put

_TAG = re.compile(r"\b(?:right|okay|huh|you know|n['’]t (?:it|they|you|we|he|she))\?$", re.IGNORECASE)
_FULL_STOP = re.compile(r"""[.?!…。！？؟]["'”’)\]」』）]*$""")


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
        """Whether it ends in a question mark, and not in a mere "right?"."""
        return self.text.endswith(("?", "？", "؟")) and not _TAG.search(self.text)

    @property
    def whole(self) -> bool:
        """Whether it ends as a sentence does; what was cut for its length alone does not."""
        return _FULL_STOP.search(self.text) is not None

    @property
    def hollow(self) -> bool:
        """Whether it says nothing on its own: "Yeah.", "So that's the first part."."""
        return self.words <= HOLLOW and len(stems(self.text)) < 2


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn that is about a topic.

    `score`, 0 to 1, is the mean probability of its words to be about the topic; it can be
    compared between topics and transcripts.
    """

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
    conversation = [_heard(transcript, index, turn, terms) for index, turn in enumerate(transcript.turns)]
    named: dict[str, list[Sentence]] = {}
    for heard in conversation:
        for slug, strengths in heard.names.items():
            named.setdefault(slug, []).extend(heard.sentences[at] for at in strengths)
    about = aboutness.measure(_spoken(conversation, profiles))
    every = zip(conversation, about, transcript.turns, strict=True)
    quotable = [(heard, topics) for heard, topics, turn in every if turn.quotable]
    surest: dict[str, float] = {}
    for _, topics in quotable:
        for slug, sure in topics.items():
            surest[slug] = max(surest.get(slug, FLOOR), *sure)
    passages: dict[str, list[Passage]] = {}
    for heard, topics in quotable:
        words = [sentence.words for sentence in heard.sentences]
        whole = [sentence.whole for sentence in heard.sentences]
        hollow = [sentence.hollow for sentence in heard.sentences]
        for slug, sure in topics.items():
            for first, last in stretches.best(words, [each / surest[slug] for each in sure], whole):
                passage = _passage(heard, slug, *stretches.trim(words, hollow, first, last), sure)
                passages.setdefault(slug, []).append(passage)
    return Found(
        {slug: tuple(sorted(found, key=lambda passage: passage.start)) for slug, found in passages.items()},
        {slug: tuple(found) for slug, found in named.items()},
    )


@dataclass(frozen=True, slots=True)
class _Heard:
    """One turn, taken apart: names[topic][index of sentence] is how surely it names the topic."""

    speaker: str | None
    sentences: Sequence[Sentence]
    names: Mapping[str, Mapping[int, float]]

    def named_last(self) -> dict[str, float]:
        """The topics named in the turn's last words: what the question that ends it is about."""
        late = len(self.sentences) - LATE
        sure = {slug: [found[at] for at in found if at >= late] for slug, found in self.names.items()}
        return {slug: max(found) for slug, found in sure.items() if found}

    def closing(self) -> int:
        """How many sentences at the end of the turn ask the next speaker."""
        asks = (sentence.asks for sentence in reversed(self.sentences))
        return next((count for count, each in enumerate(asks) if not each), len(self.sentences))


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
        strengths[at] = max(strengths.get(at, 0.0), HIDDEN if hit.hidden else 1.0)
    return _Heard(turn.speaker, cut, names)


def _spoken(conversation: Sequence[_Heard], profiles: Profiles) -> list[aboutness.Spoken]:
    likeness = iter(profiles.likeness([sentence.text for heard in conversation for sentence in heard.sentences]))
    spoken: Counter[str | None] = Counter()
    for heard in conversation:
        spoken[heard.speaker] += sum(sentence.words for sentence in heard.sentences)
    most = max(spoken.values(), default=1) or 1
    result: list[aboutness.Spoken] = []
    previous: _Heard | None = None
    for heard in conversation:
        words = [sentence.words for sentence in heard.sentences]
        asked = previous.named_last() if previous and previous.speaker != heard.speaker else {}
        share = spoken[heard.speaker] / most if heard.speaker else 1.0  # of an unknown speaker nothing is known
        alike = [next(likeness) for _ in words]
        result.append(aboutness.Spoken(words, alike, heard.names, asked if words else {}, share, heard.closing()))
        previous = heard if words else previous
    return result


def _passage(heard: _Heard, slug: str, first: int, last: int, sure: Sequence[float]) -> Passage:
    inside = range(first, last + 1)
    words = sum(heard.sentences[at].words for at in inside)
    score = sum(heard.sentences[at].words * sure[at] for at in inside) / words
    named = any(at in inside for at in heard.names.get(slug, ()))
    start, end = heard.sentences[first], heard.sentences[last]
    return Passage(slug, start.turn, start.start, end.end, score, named)
