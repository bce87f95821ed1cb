"""Fit the weights that match sentences to topics, and score them on conversations they were not fitted to.

    python benchmarks/train_relevance.py ../shared/corpora/marks [MORE_MARKS …] [--write]

A folder of marks has NAME.md, a transcript as received, and NAME.json: `topics`, each with a title, aliases, a summary
and the spans of characters that a careful reader marked as `core` (a reader would miss it) or `relevant` (on the topic,
but nobody would miss it). Everything else is off the topic. Without --write, only the scores are printed: for each
conversation, those of weights fitted to the others.
"""

import argparse
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from talkbook import readers
from talkbook.matching import bag_of_words, conversation, name_hits, nearby, relevance
from talkbook.matching.ranges import Bools, Floats, Ints
from talkbook.matching.topic_names import Terms
from talkbook.matching.topic_words import TopicWords
from talkbook.model import Topic
from talkbook.sources.lexicon import Lexicon
from talkbook.sources.sidecar import Sidecar
from talkbook.transcripts import cleaning

WEIGHTS = Path(relevance.__file__).with_suffix(".json")
RELEVANT = 0.5  # the weight of a relevant sentence in fitting, where a core sentence has 1
PENALTY = 30.0  # L2 regularisation; results are the same within a tenth of it and ten times as much
THRESHOLDS = (0.4, 0.5, 0.55, 0.6, 0.7, 0.8)


@dataclass(frozen=True)
class Example:
    """One topic in one conversation, for the cells near its names.

    size, core, relevant: characters of each cell's sentence, and how many of them are marked.
    total: characters of all core spans.
    """

    source: str
    topic: str
    features: Floats
    size: Ints
    core: Ints
    relevant: Ints
    total: int


def examples(path: Path) -> Iterator[Example]:
    """Yield the topics of one marked conversation. path: its marks."""
    marks = json.loads(path.read_text("utf-8"))
    data = path.with_suffix(".md").read_bytes()
    made = cleaning.clean(path.stem, path.stem + ".md", readers.read(data, path.stem + ".md"), Sidecar(), Lexicon())
    absent = {each["title"]: each for each in marks.get("absent", ())}
    topics = [
        Topic(name, name, each["title"], "", summary=each["summary"], aliases=tuple(each.get("aliases", ())))
        for name, each in {**marks["topics"], **absent}.items()
    ]
    words = TopicWords(topics)
    talk = conversation.from_turns(made.transcript.turns, made.spoken)
    named = name_hits.find(talk, Terms(topics), words.column)
    cells = nearby.cells(talk, named)
    features = relevance.features(talk, named, cells, words, bag_of_words.count(talk.sentences))
    starts, ends = made.spoken.starts, made.spoken.ends
    for name, each in marks["topics"].items():
        own = cells.topic == words.column[name]
        at = cells.sentence[own]
        core, relevant = (_covered(each[kind], starts[at], ends[at], len(data)) for kind in ("core", "relevant"))
        total = sum(end - start for start, end in each["core"])
        yield Example(path.stem, name, features[own], ends[at] - starts[at], core, relevant, total)


def _covered(spans: Iterable[Sequence[int]], starts: Ints, ends: Ints, length: int) -> Ints:
    marked = np.zeros(length + 1, np.intp)
    for start, end in spans:
        marked[start:end] = 1
    before = np.concatenate([[0], np.cumsum(marked)])
    return before[ends] - before[starts]


def fit(every: Sequence[Example]) -> tuple[float, Floats]:
    """Return (bias, weights) of the logistic regression, fitted by Newton's method; all topics have equal weight."""
    features = np.concatenate([each.features for each in every])
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    matrix = np.column_stack([np.ones(len(features)), (features - centre) / spread])
    good = np.concatenate([_good(each) for each in every])
    weight = np.concatenate([_importance(each) for each in every])
    weight *= len(weight) / weight.sum()
    ridge = np.diag([0.0, *[PENALTY] * features.shape[1]])
    solution = np.zeros(matrix.shape[1])
    for _ in range(30):
        probability = 1 / (1 + np.exp(-matrix @ solution))
        slope = matrix.T @ (weight * (probability - good)) + ridge @ solution
        curve = (matrix * (weight * probability * (1 - probability))[:, None]).T @ matrix + ridge
        solution -= np.linalg.solve(curve, slope)
    weights = solution[1:] / spread
    return float(solution[0] - weights @ centre), weights


def _good(each: Example) -> Bools:
    return (each.core + each.relevant) * 2 > each.size


def _importance(each: Example) -> Floats:
    weight = each.size * np.where(_good(each) & (each.core * 3 < each.size), RELEVANT, 1.0)
    return weight / max(weight.sum(), 1e-9)


def score(every: Sequence[Example], chosen: Sequence[Bools]) -> tuple[float, float]:
    """Return the precision of what is chosen and the recall of the core, in characters; means over topics."""
    on = [
        ((each.core + each.relevant)[own].sum() / each.size[own].sum())
        for each, own in zip(every, chosen, strict=True)
        if own.any()
    ]
    return float(np.mean(on)), float(
        np.mean([each.core[own].sum() / each.total for each, own in zip(every, chosen, strict=True)])
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marks", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    paths = sorted(path for folder in given.marks for path in folder.glob("*.json"))
    every = [each for path in paths for each in examples(path)]
    probability: dict[tuple[str, str], Floats] = {}
    for path in paths:
        bias, weights = fit([each for each in every if each.source != path.stem])
        for each in every:
            if each.source == path.stem:
                probability[each.source, each.topic] = 1 / (1 + np.exp(-bias - each.features @ weights))
    for least in THRESHOLDS:
        on, core = score(every, [probability[each.source, each.topic] >= least for each in every])
        print(f"from {least}: on topic {on:.1%}, core covered {core:.1%}")
    bias, weights = fit(every)
    for feature, weight in zip(relevance.FEATURES, weights, strict=True):
        print(f"{weight:8.3f}  {feature}")
    if given.write:
        content = b"".join(path.read_bytes() + path.with_suffix(".md").read_bytes() for path in paths)
        fitted = {
            "made_by": "benchmarks/train_relevance.py",
            "sources": [path.stem for path in paths],
            "sha256": hashlib.sha256(content).hexdigest(),
            "bias": round(bias, 4),
            "weights": {
                feature: round(float(weight), 4) for feature, weight in zip(relevance.FEATURES, weights, strict=True)
            },
        }
        WEIGHTS.write_text(json.dumps(fitted, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
