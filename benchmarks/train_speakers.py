"""Learn how speakers take turns, and write generator/talkbook/drafting/data/speaker_weights.json.

    python benchmarks/train_speakers.py          # needs scipy, ../shared/corpora/dialogues and scale

Fits a conditional random field with two states, the one who asks and the others, to the sentences of labelled
conversations. If there are several others, one may hand over to another. Neither marks nor words about a subject are
used; see sentence_features.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labelled import Conversation, conversations, digest, episodes
from scipy import optimize, sparse

from talkbook.drafting import sentence_features, speaker_crf
from talkbook.drafting.speaker_crf import Scores
from talkbook.drafting.speaker_decoder import SpeakerWeights

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/speaker_weights.json"
SOURCES = (
    "github.com/bitcointranscripts/bitcointranscripts (MIT): dialogues",
    "github.com/thechangelog/transcripts (CC BY-SA 4.0): gotime, practicalai",
)
_COMMON = 700, 8  # most frequent words; shows in which a common word must occur (all, if there are fewer)
_SPARSE = 25, 3  # conversations and shows in which a feature must occur
_PENALTY = 100.0, 30.0, 60.0  # L2 penalties of the weights of sentences, of changes, and of who hands over
_STEPS = 60
_SMALL = 0.05  # a feature is left out if its weights are below this
_NEVER = -1e6  # score of something impossible
_TALKATIVE = 0.03  # minimum share of what is said for the one who asks


@dataclass(frozen=True)
class Example:
    """A conversation as features, and who says what.

    several: whether more than two people speak.
    sentences, borders: the numbers of the features of each.
    first: whether each sentence is said by the one who asks.
    change: whether the speaker changes at each border.
    """

    show: str
    several: bool
    sentences: Sequence[np.ndarray]
    borders: Sequence[np.ndarray]
    first: np.ndarray
    change: np.ndarray


class Numbers(dict[str, int]):
    """Name -> number, in the order of first use."""

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]

    def of(self, names: Iterable[str]) -> np.ndarray:
        """Return the numbers of the names."""
        return np.fromiter(map(self.__getitem__, names), np.int32)


class Lesson:
    """Conversations prepared for learning from all of them, or from all but some shows."""

    def __init__(self, every: Sequence[Conversation]) -> None:
        """every: the conversations."""
        self.common = common_words(every)
        self._sentences, self._borders = Numbers(), Numbers()
        self.examples = [self._example(each) for each in every]

    def _example(self, each: Conversation) -> Example:
        tokens = [sentence_features.words(text) for text, _ in each.sentences]
        asking = [sentence_features.asks(text) for text, _ in each.sentences]
        names = np.array([name for _, name in each.sentences])
        return Example(
            each.show,
            len(each.people) > 2,
            [self._sentences.of(found) for found in sentence_features.of_sentences(tokens, asking, self.common)],
            [self._borders.of(found) for found in sentence_features.of_borders(tokens, asking, self.common)],
            names == _host(each.sentences, asking),
            names[1:] != names[:-1],
        )

    def learn(self, without: frozenset[str] = frozenset()) -> SpeakerWeights:
        """Return the weights learnt from all conversations, except those of the shows in `without`."""
        examples = [each for each in self.examples if each.show not in without]
        sentences, borders = _Table(examples, "sentences"), _Table(examples, "borders")
        asks, change, apart = _fit(examples, sentences, borders)
        names = [*self._sentences], [*self._borders]
        return SpeakerWeights(
            self.common,
            {names[0][at]: float(w) for at, w in zip(sentences.met, asks, strict=True) if abs(w) >= _SMALL},
            {
                names[1][at]: (round(float(c + a), 2), round(float(c - a), 2))
                for at, c, a in zip(borders.met, change, apart, strict=True)
                if max(abs(c), abs(a)) >= _SMALL
            },
        )


class _Table:
    """The features of one kind that are frequent enough, as a matrix of shape (sentences or borders, features)."""

    def __init__(self, examples: Sequence[Example], kind: str) -> None:
        count, shows = Counter[int](), defaultdict(set)
        for each in examples:
            met = np.unique(np.concatenate(getattr(each, kind))).tolist()
            count.update(met)
            for at in met:
                shows[at].add(each.show)
        least = min(_SPARSE[1], len({each.show for each in examples}))
        self.met = sorted(at for at, times in count.items() if times >= _SPARSE[0] and len(shows[at]) >= least)
        columns = np.full(max(count) + 1, -1)
        columns[self.met] = np.arange(len(self.met))
        rows = [columns[row] for each in examples for row in getattr(each, kind)]
        rows = [row[row >= 0] for row in rows]
        ends = np.cumsum([0, *map(len, rows)])
        ones = np.ones(ends[-1], np.float32)
        self.matrix = sparse.csr_matrix((ones, np.concatenate(rows), ends), (len(rows), len(self.met)))
        self.turned = self.matrix.T.tocsr()


def common_words(every: Sequence[Conversation]) -> frozenset[str]:
    """Return the words that are frequent and occur in nearly all shows."""
    count, shows = Counter[str](), defaultdict(set)
    for each in every:
        words = Counter(word for text, _ in each.sentences for word in sentence_features.words(text))
        count.update(words)
        for word in words:
            shows[word].add(each.show)
    least = min(_COMMON[1], len({each.show for each in every}))
    return frozenset(word for word, _ in count.most_common(_COMMON[0]) if len(shows[word]) >= least)


def _host(sentences: Sequence[tuple[str, str]], asking: Sequence[bool]) -> str:
    """Return the name of whoever asks most, relative to what they say, and says least."""
    said, asked = Counter[str](), Counter[str]()
    for (text, name), question in zip(sentences, asking, strict=True):
        said[name] += len(text)
        asked[name] += len(text) * question
    some = [name for name in said if said[name] >= _TALKATIVE * said.total()]
    return max(some, key=lambda name: 10 * asked[name] / said[name] - said[name] / said.total())


def _fit(examples: Sequence[Example], sentences: _Table, borders: _Table) -> list[np.ndarray]:
    """Return the weights of sentences, those of borders for a change, and those for the asker handing over.

    Each conversation counts less if its show has many. To make all chains equally long, shorter ones are padded with
    sentences at which nobody hands over.
    """
    lengths = np.array([len(each.first) for each in examples])
    size, chains = lengths.max(), len(examples)
    here = np.concatenate([np.arange(length) for length in lengths]), np.repeat(np.arange(chains), lengths)
    between = (
        np.concatenate([np.arange(length - 1) for length in lengths]),
        np.repeat(np.arange(chains), lengths - 1),
    )
    shows = Counter((each.show, each.several) for each in examples)
    shares = np.array([shows[each.show, each.several] ** -0.5 for each in examples])
    shares /= shares.mean()
    first = np.concatenate([each.first for each in examples])
    change = np.concatenate([each.change for each in examples])
    before = np.concatenate([each.first[:-1] for each in examples])
    after = np.concatenate([each.first[1:] for each in examples])
    left, came, other = before & ~after, ~before & after, change & ~before & ~after
    several = np.array([each.several for each in examples])[between[1]]
    cut = np.cumsum([len(sentences.met), len(borders.met)])
    penalty = np.repeat(_PENALTY, [len(sentences.met), len(borders.met), len(borders.met)])

    def padded(values: np.ndarray, places: tuple[np.ndarray, np.ndarray], fill: float, length: int) -> np.ndarray:
        made = np.full((length, chains), fill)
        made[places] = values
        return made

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        asks, changes, apart = np.split(weights.astype(np.float32), cut)
        single = (sentences.matrix @ asks).astype(np.float64)
        mean, differ = (borders.matrix @ np.stack([changes, apart], 1)).astype(np.float64).T
        # Several others may stay or hand over among themselves, with a potential of 1 + exp(mean). All potentials are
        # divided by it, so that its score is 0, as with two people.
        stay = np.where(several, np.logaddexp(0, mean), 0.0)
        nodes = padded(single, here, 0.0, size)
        nodes[1:] -= padded(stay, between, 0.0, size - 1)
        leaves = padded(mean + differ - stay, between, _NEVER, size - 1)
        returns = padded(mean - differ, between, _NEVER, size - 1)
        sums, likely, leaving, returning = speaker_crf.marginals(Scores(nodes, leaves, returns))
        sums = sums + np.bincount(between[1], stay, chains)
        path = np.bincount(here[1], single * first, chains)
        path += np.bincount(between[1], (mean + differ) * left + (mean - differ) * came + mean * other, chains)
        leaving, returning = leaving[between], returning[between]
        others = np.where(several, (1 - likely[:-1][between] - returning) / (1 + np.exp(-mean)), 0.0)
        gone, back = left - leaving, came - returning
        slopes = borders.turned @ (
            shares[between[1]][:, None] * np.stack([gone + back + other - others, gone - back], 1)
        ).astype(np.float32)
        single_slopes = sentences.turned @ (shares[here[1]] * (first - likely[here])).astype(np.float32)
        slope = np.concatenate([single_slopes, slopes[:, 0], slopes[:, 1]]).astype(np.float64)
        return float((shares * (sums - path)).sum() + penalty @ weights**2 / 2), penalty * weights - slope

    found = optimize.minimize(loss, np.zeros(len(penalty)), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS})
    return np.split(np.round(found.x, 2), cut)


def main() -> int:
    """Learn from all conversations, and write the file."""
    every = [*conversations(), *episodes()]
    if not every:
        print("There are no conversations in ../shared/corpora.")
        return 1
    found = Lesson(every).learn()
    data = {
        "made_by": "benchmarks/train_speakers.py",
        "of": f"{len(every)} conversations",
        "sources": SOURCES,
        "sha256": digest(every),
        "common": sorted(found.common),
        "sentences": dict(sorted(found.sentences.items())),
        "borders": dict(sorted(found.borders.items())),
    }
    text = json.dumps(data, ensure_ascii=False)
    TARGET.write_text(re.sub(r'(?<=[}\]\d]), (?=")', ",\n", text) + "\n", "utf-8")
    print(f"{len(found.sentences)} features of sentences and {len(found.borders)} of borders: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
