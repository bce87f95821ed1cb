"""The pieces of a conversation, and the features that tell whether a section begins with one.

A piece is a turn, or a paragraph of a long turn. Comparing the words before and after follows Hearst ("TextTiling:
segmenting text into multi-paragraph subtopic passages", 1997); the other features are about how people talk: who asks,
which openers they use, how long turns are. `benchmarks/train_drafting.py` learns their weights.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting.language import Language
from talkbook.drafting.logistic import Matrix
from talkbook.drafting.tokenization import TokenizedConversation

_LONG = 3_000  # characters; each paragraph of a longer turn is a piece
_WINDOWS = (800, 2_500, 5_000)  # characters before and after a place whose words are compared
_AHEAD, _BACK = 1_500, 3_000  # characters: words ahead are new if they don't occur this far back
_AROUND = 12  # sentences before and after a piece that are compared with it
_NEIGHBOURS = 8  # pieces on either side that a value is compared with; see _depth()
_OPENING = re.compile(
    r"\b(?:let'?s (?:talk|switch|move|go|get|start|turn|dive|jump|shift)|talk (?:a (?:little|bit)|about|to us|to me)|"
    r"speaking of|before we|moving on|next (?:question|topic|thing)|switch(?:ing)? gears|tell (?:us|me)|"
    r"i(?:'m| am) (?:curious|wondering|interested)|i(?:'d| would) (?:like|love)|i wanted? to|one (?:thing|of the)|"
    r"another (?:thing|question|topic)|what about|how about|so (?:let|what|how|one|i)|can you|could you|"
    r"(?:let'?s|to) (?:wrap|close)|final(?:ly)?|last question|in terms of|when it comes|going back|back to)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:yeah|yes|right|okay|ok|sure|exactly|absolutely|great|awesome|cool|totally|wow|mm|mhm|gotcha|interesting|"
    r"fantastic|excellent|thank)\b",
    re.IGNORECASE,
)
_BEGINNING = 1_500  # characters of a piece that are searched for openers
_EDGE = 3_000  # characters from the start or the end of a conversation that count as near it

FEATURES = (
    "like_near like like_far length before after two_before long short short_before question asked_last asker "
    "most_asking openers answers new taken_up carried_on turned after_question after_asking question_after_long "
    "asker_after_long asker_length asker_question from_start to_end said_anew first_said deep_near deep deep_far"
).split()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of sentences, by their indices [first, last). start, length: in characters of the source."""

    first: int
    last: int
    start: int
    length: int


def pieces(conversation: TokenizedConversation) -> list[Piece]:
    """Return the pieces of a conversation, in order."""
    spans, turns = conversation.spans, conversation.turns
    breaks = {
        paragraph.start
        for turn in conversation.transcript.turns
        if turn.end - turn.start > _LONG
        for paragraph in turn.paragraphs
    }
    firsts = [at for at in range(len(spans)) if at == 0 or turns[at] != turns[at - 1] or spans[at][0] in breaks]
    ends = [*firsts[1:], len(spans)]
    return [
        Piece(first, last, spans[first][0], spans[last - 1][1] - spans[first][0])
        for first, last in zip(firsts, ends, strict=True)
    ]


class _Words:
    """The stems of each sentence without stop words, weighted by inverse document frequency over sentences."""

    def __init__(self, conversation: TokenizedConversation, words: Language) -> None:
        self.starts = [start for start, _ in conversation.spans]
        self.stems = [
            [words.stem(word.lower) for word in sentence if not words.is_stop(word.lower)]
            for sentence in conversation.sentences
        ]
        self.counts = Counter(stem for sentence in self.stems for stem in set(sentence))
        self.weight = {stem: math.log(len(self.stems) / count) for stem, count in self.counts.items()}
        self.first: dict[str, int] = {}
        for at, sentence in enumerate(self.stems):
            for stem in sentence:
                self.first.setdefault(stem, at)

    def within(self, first: int, last: int) -> list[str]:
        """Return the stems of the sentences [first, last)."""
        return [stem for sentence in self.stems[max(0, first) : last] for stem in sentence]

    def near(self, at: int, characters: int) -> tuple[list[str], list[str]]:
        """Return the stems before the sentence `at`, and from it on, within this many characters each."""
        begin = bisect_left(self.starts, self.starts[at] - characters)
        end = bisect_right(self.starts, self.starts[at] + characters)
        return self.within(begin, at), self.within(at, end)

    def likeness(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Return the cosine similarity of two lists of stems, from 0 to 1; stems in a single sentence are ignored."""
        left, right = self._vector(one), self._vector(other)
        size = math.hypot(*left.values()) * math.hypot(*right.values())
        return sum(weight * right.get(stem, 0.0) for stem, weight in left.items()) / size if size else 0.0

    def _vector(self, stems: Sequence[str]) -> Mapping[str, float]:
        counts = Counter(stem for stem in stems if self.counts[stem] > 1)
        return {stem: math.log1p(count) * self.weight[stem] for stem, count in counts.items()}

    def shared(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Return a tenth of the weight of the stems in both lists; stems in a single sentence are ignored."""
        return sum(self.weight[stem] for stem in {*one} & {*other} if self.counts[stem] > 1) / 10


def features(conversation: TokenizedConversation, words: Language, parts: Sequence[Piece]) -> Matrix:
    """Return the features of the pieces, as an array of shape (pieces, len(FEATURES))."""
    content_words = _Words(conversation, words)
    asking = _asking(conversation)
    rows = [[*_row(conversation, content_words, asking, parts, at)] for at in range(len(parts))]
    values = np.array(rows, np.float64).reshape(len(parts), len(FEATURES) - len(_WINDOWS))
    return np.column_stack([values, *(_depth(values[:, column]) for column in range(len(_WINDOWS)))])


def _asking(conversation: TokenizedConversation) -> Mapping[str | None, float]:
    """Return speaker -> questions per character, as a share of those of whoever asks most."""
    asked: Counter[str | None] = Counter()
    spoken: Counter[str | None] = Counter()
    for at, (start, end) in enumerate(conversation.spans):
        speaker = conversation.speaker(at)
        asked[speaker] += conversation.asks(at)
        spoken[speaker] += end - start
    rates = {speaker: asked[speaker] / max(1, spoken[speaker]) for speaker in spoken}
    most = max(rates.values(), default=0.0)
    return {speaker: rate / most if most else 0.0 for speaker, rate in rates.items()}


def _row(
    conversation: TokenizedConversation,
    content_words: _Words,
    asking: Mapping[str | None, float],
    parts: Sequence[Piece],
    at: int,
) -> Iterator[float]:
    piece = parts[at]
    length, before = piece.length, parts[at - 1].length if at else 0
    asker = asking[conversation.speaker(piece.first)]
    sentences = range(piece.first, piece.last)
    question = any(map(conversation.asks, sentences))
    text = _text(conversation, piece)
    content = content_words.within(piece.first, piece.last)
    taken_up = content_words.shared(content, content_words.within(piece.last, piece.last + _AROUND))
    carried_on = content_words.shared(content, content_words.within(piece.first - _AROUND, piece.first))
    asked_before = [conversation.asks(sentence) for sentence in range(max(0, piece.first - 3), piece.first)]
    back, _ = content_words.near(piece.first, _BACK)
    _, ahead = content_words.near(piece.first, _AHEAD)
    coming, past = Counter(ahead), set(back)
    yield from (content_words.likeness(*content_words.near(piece.first, size)) for size in _WINDOWS)
    yield from (math.log1p(length), math.log1p(before))
    yield from (math.log1p(parts[other].length) if 0 <= other < len(parts) else 0.0 for other in (at + 1, at - 2))
    yield from (float(length > 120), float(length < 60), float(before < 60))
    yield from (float(question), float(conversation.asks(piece.last - 1)), asker, float(asker == 1))
    yield from (min(len(_OPENING.findall(text)), 4) / 2, float(_ANSWER.match(text) is not None))
    yield sum(content_words.first[stem] >= piece.first for stem in set(content)) / max(1, len(set(content)))
    yield from (taken_up, carried_on, taken_up - carried_on)
    yield from (float(asked_before[-1:] == [True]), float(any(asked_before)))
    yield from (question * math.log1p(before), asker * math.log1p(before), asker * math.log1p(length), asker * question)
    yield min(piece.start, _EDGE) / _EDGE
    yield min(conversation.spans[-1][0] - piece.start, _EDGE) / _EDGE
    yield sum(content_words.weight[stem] for stem, count in coming.items() if count > 1 and stem not in past) / 20
    yield sum(content_words.first[stem] >= piece.first for stem in coming) / max(1, len(coming))


def _text(conversation: TokenizedConversation, piece: Piece) -> str:
    words = conversation.sentences[piece.first]
    start = words[0].start if words else conversation.ends[piece.first] - 1
    return conversation.text[start : min(conversation.ends[piece.last - 1], start + _BEGINNING)]


def _depth(values: Matrix) -> Matrix:
    """Return how far each value is below the highest one around it, as a share of that."""
    depths = np.zeros(len(values))
    for at, value in enumerate(values):
        highest = values[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1].max()
        depths[at] = (highest - value) / (highest + 0.01)
    return depths
