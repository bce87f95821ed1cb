"""Learn how far evidence for a name can be trusted, and write generator/talkbook/drafting/data/speaker_names.json.

    python benchmarks/train_speaker_names.py     # needs scipy, ../shared/corpora/dialogues and scale

A name for which there is evidence is a speaker's if a label has one of its words, or a short form of it. If not, it is
that of somebody who is only mentioned. But it may be what a speaker is called whose label nobody says, as some are
initials or real names, or a speaker's misspelt name; so where there is such a label, names that no label has are left
out, and so are those that resemble a label. At the end, it prints how many names are told rightly by odds learnt
without their group of shows.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import jellyfish
import numpy as np
from labelled import Conversation, conversations, digest, episodes, group
from scipy import optimize
from train_speakers import SOURCES

from talkbook.drafting import speaker_name_odds, speaker_names, speaker_phrases
from talkbook.drafting.speaker_name_odds import NameOdds

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/speaker_names.json"
_TWO = 2  # people
_PENALTY = 1.0  # L2 penalty of the weights
_ALIKE = 0.75  # Jaro-Winkler similarity of two first names from which they may be the same
_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True)
class Example:
    """A name for which there is evidence in a conversation.

    several: whether more than two people speak in it.
    features: see speaker_names.features().
    speaks: whether the name is a speaker's.
    right, wrong: how many pieces of evidence for a speaker's name suggest that speaker, and somebody else.
    """

    group: str
    several: bool
    features: Sequence[float]
    speaks: bool
    right: int
    wrong: int


class NameLesson:
    """Names prepared for learning from all conversations, or from all but one group."""

    def __init__(self, every: Sequence[Conversation]) -> None:
        """every: the conversations."""
        self.examples = [example for each in every for example in _examples(each)]

    def learn(self, without: str = "") -> NameOdds:
        """Return the odds learnt from all conversations, except those of the group `without`."""
        examples = [each for each in self.examples if each.group != without]
        wrong, right = (1 + sum(getattr(each, which) for each in examples) for which in ("wrong", "right"))
        return NameOdds(_fit(examples), max(round(wrong / (wrong + right), 4), 0.0001))

    def report(self) -> None:
        """Print for each group how many names are taken for speakers' names by odds learnt without it."""
        for name in sorted({each.group for each in self.examples}):
            weights = self.learn(name).present
            told = [
                (each.speaks, float(np.dot(weights, each.features)) >= speaker_names.LIKELY)
                for each in self.examples
                if each.group == name
            ]
            taken, speakers = sum(taken for _, taken in told), sum(speaks for speaks, _ in told)
            print(f"{name}: {speakers} speakers' names and {len(told) - speakers} others,", end=" ")
            print(f"{taken} taken for speakers', {told.count((True, True))} of them rightly")


def replace_name_odds(odds: NameOdds) -> None:
    """Use these odds instead of those that come with the package."""
    speaker_name_odds.shipped = lambda: odds


def _examples(each: Conversation) -> list[Example]:
    several = len(each.people) > _TWO
    said = set(_WORD.findall(each.text))
    unsaid = any(said.isdisjoint(_WORD.findall(label)) for label in each.people)
    found = []
    for name, told in speaker_names.by_person(speaker_phrases.evidence([text for text, _ in each.sentences])).items():
        labels = [label for label in each.people if _may_mean(name, label)]
        if labels or not (unsaid or any(_resembles(name, label) for label in each.people)):
            clear = told if len(labels) == 1 else ()
            fits = [(each.sentences[one.sentence][1] in labels) == (one.kind == "says") for one in clear]
            features = speaker_names.features(name, told)
            found.append(Example(group(each), several, features, bool(labels), sum(fits), len(fits) - sum(fits)))
    return found


def _may_mean(name: str, label: str) -> bool:
    one, other = (_WORD.findall(each.casefold()) for each in (name, label))
    return not set(one).isdisjoint(other) or any(
        speaker_names.may_mean(short.split()[0], full) for short, full in ((name, label), (label, name))
    )


def _resembles(name: str, label: str) -> bool:
    return jellyfish.jaro_winkler_similarity(name.partition(" ")[0], label.partition(" ")[0]) >= _ALIKE


def _fit(examples: Sequence[Example]) -> tuple[float, ...]:
    """Return the weights of the features; names that count together have the root of their number."""
    alike = Counter((each.group, each.several) for each in examples)
    shares = np.array([alike[each.group, each.several] ** -0.5 for each in examples])
    shares *= len(examples) / shares.sum()
    rows = np.array([each.features for each in examples], float)
    return logistic(rows, np.array([each.speaks for each in examples]), shares, _PENALTY)


def logistic(rows: np.ndarray, true: np.ndarray, shares: np.ndarray, penalty: float) -> tuple[float, ...]:
    """Return the weights of a logistic regression, rounded to two decimals.

    rows: shape (rows, features).
    true: shape (rows,); whether what the features indicate is so.
    shares: shape (rows,); how much each row counts.
    penalty: L2 penalty of the weights.
    """

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        slope = rows.T @ (shares * (1 / (1 + np.exp(-odds)) - true)) + penalty * weights
        return float(shares @ (np.logaddexp(0, odds) - true * odds) + penalty * weights @ weights / 2), slope

    found = optimize.minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return tuple(np.round(found, 2).tolist())


def main() -> int:
    """Learn from all conversations, write the file, and print how often names are told rightly."""
    every = [*conversations(), *episodes()]
    if not every:
        print("There are no conversations in ../shared/corpora.")
        return 1
    lesson = NameLesson(every)
    odds = lesson.learn()
    data = {
        "made_by": "benchmarks/train_speaker_names.py",
        "of": f"{len(lesson.examples)} names in {len(every)} conversations",
        "sources": SOURCES,
        "sha256": digest(every),
        "present": odds.present,
        "error": odds.error,
    }
    TARGET.write_text("{\n" + ",\n".join(f'"{name}": {json.dumps(data[name])}' for name in data) + "\n}\n", "utf-8")
    lesson.report()
    return 0


if __name__ == "__main__":
    sys.exit(main())
