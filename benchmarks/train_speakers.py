"""Learn how speakers take turns, and write generator/talkbook/drafting/data/speaker_weights.json.

    python benchmarks/train_speakers.py          # needs scipy and ../shared/corpora/dialogues

A conditional random field of two states, the one who asks and the one who answers, over the sentences of conversations
whose turns are labelled. Without marks, and without a word that is about a subject: see sentence_features.
"""

import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from labelled import Conversation, conversations
from scipy import optimize, sparse

from talkbook.drafting import sentence_features, speaker_chain
from talkbook.drafting.speaker_chain import Scores

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/speaker_weights.json"
_SPARSE = 12, 3  # conversations and shows in which a feature must be met
_PENALTY = 30.0  # of the squares of the weights
_STEPS = 60
_SMALL = 0.02  # weights below which a feature is left out


@dataclass(frozen=True)
class Example:
    """A conversation's sentences as features, and which of them the one who asks says."""

    show: str
    sentences: Sequence[set[str]]
    borders: Sequence[set[str]]
    first: np.ndarray


def example(each: Conversation) -> Example:
    """What the learner sees of a conversation."""
    tokens = [sentence_features.words(text) for text, _ in each.sentences]
    asking = [sentence_features.asks(text) for text, _ in each.sentences]
    said = Counter[str]()
    asked = Counter[str]()
    for (text, name), question in zip(each.sentences, asking, strict=True):
        said[name] += len(text)
        asked[name] += len(text) * question
    host = max(said, key=lambda name: 10 * asked[name] / said[name] - said[name] / said.total())
    return Example(
        each.show,
        list(sentence_features.of_sentences(tokens, asking)),
        list(sentence_features.of_borders(tokens, asking)),
        np.array([name == host for _, name in each.sentences]),
    )


def learn(examples: Sequence[Example]) -> Mapping[str, Mapping[str, object]]:
    """The weights, as speaker_course reads them. Shows with many conversations count less for each."""
    names = {
        "sentences": _met(examples, lambda each: each.sentences),
        "borders": _met(examples, lambda each: each.borders),
    }
    sizes = len(names["sentences"]), len(names["borders"])
    tables = [
        (_table(each.sentences, names["sentences"]), _table(each.borders, names["borders"]), each.first)
        for each in examples
    ]
    shows = Counter(each.show for each in examples)
    shares = np.array([shows[each.show] ** -0.5 for each in examples])
    shares /= shares.mean()
    cut = np.cumsum([sizes[0], sizes[1]])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        asks, change, apart = np.split(weights, cut)
        value, slopes = 0.0, [np.zeros_like(asks), np.zeros_like(change), np.zeros_like(apart)]
        for share, (sentences, borders, first) in zip(shares, tables, strict=True):
            scores = Scores(
                (sentences @ asks)[:, None],
                (borders @ (change + apart))[:, None],
                (borders @ (change - apart))[:, None],
            )
            total, one, leaves, returns = (part[..., 0] for part in speaker_chain.expectations(scores))
            left, came = first[:-1] & ~first[1:], ~first[:-1] & first[1:]
            path = (scores.first[first].sum() + scores.leaves[left].sum() + scores.returns[came].sum()) - total
            value -= share * path
            slopes[0] -= share * (sentences.T @ (first - one))
            slopes[1] -= share * (borders.T @ ((left - leaves) + (came - returns)))
            slopes[2] -= share * (borders.T @ ((left - leaves) - (came - returns)))
        return value + _PENALTY / 2 * weights @ weights, np.concatenate(slopes) + _PENALTY * weights

    found = optimize.minimize(
        loss, np.zeros(sizes[0] + 2 * sizes[1]), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS}
    )
    asks, change, apart = np.split(np.round(found.x, 2), cut)
    return {
        "sentences": {name: float(asks[at]) for name, at in names["sentences"].items() if abs(asks[at]) >= _SMALL},
        "borders": {
            name: [round(float(change[at] + apart[at]), 2), round(float(change[at] - apart[at]), 2)]
            for name, at in names["borders"].items()
            if max(abs(change[at]), abs(apart[at])) >= _SMALL
        },
    }


def _met(examples: Sequence[Example], part) -> Mapping[str, int]:
    """The features met often enough, numbered."""
    count, shows = Counter[str](), defaultdict(set)
    for each in examples:
        for name in set().union(*part(each)):
            count[name] += 1
            shows[name].add(each.show)
    least, few = _SPARSE
    few = min(few, len({each.show for each in examples}))
    return {name: at for at, name in enumerate(sorted(n for n in count if count[n] >= least and len(shows[n]) >= few))}


def _table(rows: Sequence[set[str]], numbers: Mapping[str, int]) -> sparse.csr_matrix:
    each = [[numbers[name] for name in row if name in numbers] for row in rows]
    ends = np.cumsum([0, *map(len, each)])
    return sparse.csr_matrix(
        (np.ones(ends[-1]), np.concatenate([*each, []]).astype(int), ends), (len(each), len(numbers))
    )


def main() -> int:
    """Learn from the dialogues and write the file."""
    every = conversations()
    if not every:
        print("There are no dialogues in ../shared/corpora/dialogues.")
        return 1
    found = learn([example(each) for each in every])
    digest = hashlib.sha256("".join(sorted(each.text for each in every)).encode()).hexdigest()
    head = {
        "made_by": "benchmarks/train_speakers.py",
        "of": f"{len(every)} conversations of two people of github.com/bitcointranscripts/bitcointranscripts (MIT)",
        "sha256": digest,
    }
    text = json.dumps({**head, **found}, ensure_ascii=False)
    TARGET.write_text(re.sub(r'(?<=[}\]\d]), (?=")', ",\n", text) + "\n", "utf-8")
    print(f"{len(found['sentences'])} features of sentences and {len(found['borders'])} of borders: {TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
