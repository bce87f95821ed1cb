"""Where a conversation is really about a topic: the candidates for quotes, one transcript at a time."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from operator import itemgetter

from talkbook import said as sayings
from talkbook.matching import aboutness, stretches
from talkbook.matching.profiles import Profiles, stems
from talkbook.matching.terms import Terms
from talkbook.model import Transcript
from talkbook.said import Said

FLOOR = 0.5  # the surest sentence on a topic counts as no less than this: a transcript may only brush the topic
HOLLOW = 8  # words that a sentence has at most which says nothing on its own
HIDDEN = 0.8  # how surely a hidden label names its topic; a name does so with 1
LATE = 4  # sentences at the end of a turn in which the question to the next speaker is put

_TAG = re.compile(r"\b(?:right|okay|huh|you know|n['’]t (?:it|they|you|we|he|she))\?$", re.IGNORECASE)
_CLOSERS = "\"'”’)]」』）"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that names a topic; start and end count in the transcript's source."""

    turn: int  # index in the transcript
    start: int
    end: int


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


def find(transcript: Transcript, terms: Terms, profiles: Profiles, said: Sequence[Said] = ()) -> Found:
    """Every passage of the transcript that is about a topic, and every sentence that names one.

    said: the turns as shown, where the caller has them already.
    """
    turns = said or [sayings.of(transcript.source, transcript.edits, turn.start, turn.end) for turn in transcript.turns]
    conversation = [_Heard(each, turn.speaker, terms) for each, turn in zip(turns, transcript.turns, strict=True)]
    named: dict[str, list[Sentence]] = {}
    for index, heard in enumerate(conversation):
        for slug, strengths in heard.names.items():
            named.setdefault(slug, []).extend(Sentence(index, *heard.said.place(at)) for at in strengths)
    likeness = profiles.likeness([text for heard in conversation for text in heard.texts])
    about = aboutness.measure(_spoken(conversation), likeness, profiles.slugs, FLOOR * stretches.ENOUGH)
    every = zip(count(), conversation, about, transcript.turns, strict=False)
    quotable = [(index, heard, topics) for index, heard, topics, turn in every if turn.quotable]
    surest: dict[str, float] = {}
    for _, _, topics in quotable:
        for slug, sure in topics.items():
            surest[slug] = max(surest.get(slug, FLOOR), *sure)
    passages: dict[str, list[Passage]] = {}
    for index, heard, topics in quotable:
        for slug, sure in topics.items():
            values = [each / surest[slug] for each in sure]
            if not stretches.possible(heard.words, values):
                continue
            for first, last in stretches.best(heard.words, values, heard.whole):
                trimmed = stretches.trim(heard.words, heard.hollow, first, last)
                passages.setdefault(slug, []).append(_passage(index, heard, slug, trimmed, sure))
    return Found(
        {slug: tuple(sorted(found, key=lambda passage: passage.start)) for slug, found in passages.items()},
        {slug: tuple(found) for slug, found in named.items()},
    )


class _Heard:
    """One turn, taken apart: names[topic][index of sentence] is how surely it names the topic."""

    def __init__(self, said: Said, speaker: str | None, terms: Terms) -> None:
        self.said, self.speaker = said, speaker
        text = said.view.text
        self.texts = [text[start:end] for start, end in said.sentences]
        self.words = [sentence.count(" ") + 1 for sentence in self.texts]
        self.names: dict[str, dict[int, float]] = {}
        for hit in terms.find(text):
            at = bisect_right(said.sentences, hit.start, key=itemgetter(0)) - 1
            strengths = self.names.setdefault(hit.topic, {})
            strengths[at] = max(strengths.get(at, 0.0), HIDDEN if hit.hidden else 1.0)

    @cached_property
    def whole(self) -> list[bool]:
        """Whether each sentence ends as one does; what was cut for its length alone does not."""
        return [text.rstrip(_CLOSERS).endswith((".", "?", "!", "…", "。", "！", "？", "؟")) for text in self.texts]

    @cached_property
    def hollow(self) -> list[bool]:
        """Whether each sentence says nothing on its own: "Yeah.", "So that's the first part."."""
        pairs = zip(self.words, self.texts, strict=True)
        return [words <= HOLLOW and len(stems(text)) < 2 for words, text in pairs]

    def named_last(self) -> dict[str, float]:
        """The topics named in the turn's last words: what the question that ends it is about."""
        late = len(self.texts) - LATE
        sure = {slug: [found[at] for at in found if at >= late] for slug, found in self.names.items()}
        return {slug: max(found) for slug, found in sure.items() if found}

    def closing(self) -> int:
        """How many sentences at the end of the turn ask the next speaker."""
        asks = (_asks(text) for text in reversed(self.texts))
        return next((number for number, each in enumerate(asks) if not each), len(self.texts))


def _asks(text: str) -> bool:
    """Whether the sentence ends in a question mark, and not in a mere "right?"."""
    return text.endswith(("?", "？", "؟")) and not _TAG.search(text)


def _spoken(conversation: Sequence[_Heard]) -> list[aboutness.Spoken]:
    spoken: Counter[str | None] = Counter()
    for heard in conversation:
        spoken[heard.speaker] += sum(heard.words)
    most = max(spoken.values(), default=1) or 1
    result: list[aboutness.Spoken] = []
    previous: _Heard | None = None
    for heard in conversation:
        asked = previous.named_last() if previous and previous.speaker != heard.speaker else {}
        share = spoken[heard.speaker] / most if heard.speaker else 1.0  # of an unknown speaker nothing is known
        result.append(aboutness.Spoken(heard.words, heard.names, asked if heard.words else {}, share, heard.closing()))
        previous = heard if heard.words else previous
    return result


def _passage(turn: int, heard: _Heard, slug: str, ends: tuple[int, int], sure: Sequence[float]) -> Passage:
    first, last = ends
    inside = range(first, last + 1)
    words = sum(heard.words[at] for at in inside)
    score = sum(heard.words[at] * sure[at] for at in inside) / words
    named = any(at in inside for at in heard.names.get(slug, ()))
    return Passage(slug, turn, heard.said.place(first)[0], heard.said.place(last)[1], score, named)
