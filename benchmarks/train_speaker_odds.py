"""Learn how far the signs of who speaks are to be trusted, and write talkbook/drafting/data/speaker_odds.json.

    python benchmarks/train_speaker_odds.py      # needs scipy, ../shared/corpora/dialogues and scale

What is learnt of a show does not tell how far it is to be trusted on others. So the signs are those that each group of
shows has by what train_speakers.py learns of the other groups. Then it is told how often two people are taken for more,
and more for two, by odds that are learnt without their group.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from labelled import WAYS, Conversation, bare, conversations, digest, episodes, group, truth
from scipy import optimize
from train_speakers import SOURCES, Lesson

from talkbook import readers
from talkbook.drafting import (
    speaker_attribution,
    speaker_count,
    speaker_decoder,
    speaker_marks,
    speaker_names,
    speaker_odds,
    speaker_panels,
)
from talkbook.drafting.speaker_attribution import Sentences
from talkbook.drafting.speaker_decoder import SpeakerWeights
from talkbook.drafting.speaker_odds import SpeakerOdds

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/speaker_odds.json"
_EACH = 3  # of the conversations of more than two, which are many, each third is read
_TWO = 2  # people
_PENALTY = 0.1  # of the squares of the weights
_CLIP = 1e-6
_KINDS = "says", "introduced", "greeted", "greeted first", "asked", "addressed", "addressed first", "addressed amid"
_PLACES = "after", "before", "neither", "here"
_NEUTRAL = SpeakerOdds((1.0, 0.0), (0.0,) * 4, (0.0,) * 5, {}, (), 0.0)


@dataclass(frozen=True)
class Signs:
    """Some of what a conversation shows: of each of the rows, the signs, whether what they are signs of is so, and the
    share of the conversation that it is; no rows where something else settles it.

    several: whether more than two people speak. Conversations of the same group, `several` and way count together.
    """

    name: str
    group: str
    several: bool
    way: str
    rows: np.ndarray
    true: np.ndarray
    sizes: np.ndarray


@dataclass(frozen=True)
class Places:
    """Where those speak who are named in a conversation of more than two.

    named: how often, of what tells a name, and the place. anywhere: of the place, for anybody in any turn. returns: of
    whether a turn is followed by whoever spoke before it.
    """

    group: str
    named: Counter[tuple[str, str]]
    anywhere: Counter[str]
    returns: Counter[bool]


class Trials:
    """What conversations show by weights that nothing of their group was learnt for."""

    def __init__(self, every: Sequence[Conversation]) -> None:
        """every: the conversations."""
        groups = {name: frozenset(each.show for each in every if group(each) == name) for name in map(group, every)}
        lesson = Lesson(every)
        self.weights: dict[str, SpeakerWeights] = {name: lesson.learn(shows) for name, shows in groups.items()}
        two = [each for each in every if len(each.people) == _TWO]
        more = [each for each in every if len(each.people) > _TWO][::_EACH]
        self._courses: list[Signs] = []
        self._complete: list[Signs] = []
        self._counted: list[Signs] = []
        self._places: list[Places] = []
        use(_NEUTRAL)
        self._courses = [self._course(each, way) for each in two for way in WAYS[1:]]
        use(self.odds())
        self._complete = [self._completeness(each, way) for each in two for way in WAYS[:2]]
        use(self.odds())
        self._counted = [self._count(each, way) for each in (*two, *more) for way in WAYS]
        self._places = [self._placed(each) for each in more]

    def odds(self, without: str = "") -> SpeakerOdds:
        """What they teach, all of them or all but those of the group `without`."""

        def others(some: Sequence[Any]) -> list[Any]:
            return [each for each in some if each.group != without]

        usual, agreeing = _fit(others(self._courses), _NEUTRAL.trust)
        places = others(self._places)
        return SpeakerOdds(
            (usual, agreeing),
            _fit(others(self._complete), _NEUTRAL.complete),
            _fit(others(self._counted), _NEUTRAL.several),
            {kind: _shares([sum(each.named[kind, place] for each in places) for place in _PLACES]) for kind in _KINDS},
            _shares([sum(each.anywhere[place] for each in places) for place in _PLACES]),
            _shares([sum(each.returns[back] for each in places) for back in (True, False)])[0],
        )

    def miscounted(self) -> None:
        """Print how often two are taken for more, and more for two, by group and way."""
        for name in self.weights:
            weights = self.odds(name).several
            for way in WAYS:
                found = [
                    (each.several, bool((each.rows @ weights > speaker_count.SURE).all()))  # where names tell: no rows
                    for each in self._counted
                    if each.group == name and each.way == way
                ]
                for several, wrong in ((False, "two lost"), (True, "drafted as two")):
                    told = [more for truly, more in found if truly == several]
                    if told:
                        print(f"{name}, {way}: {sum(more != several for more in told)} of {len(told)} {wrong}")

    def _read(self, each: Conversation, way: str) -> tuple[Sentences, np.ndarray]:
        """(a conversation as it is drafted, who says each of its sentences)."""
        speaker_decoder.weights = lambda: self.weights[group(each)]
        text, starts = bare(each, way, random.Random(each.name))
        read = speaker_attribution.sentences_of(text, readers.read(text.encode(), "talk.txt").utterances)
        return read, np.array(truth(read, starts))

    def _course(self, each: Conversation, way: str) -> Signs:
        """Of each sentence: the odds of the course where marks may be missing, and the same by how much words agree."""
        read, names = self._read(each, way)
        first = _with(lambda *_: 0.0, read).decoded.first
        sizes = _sizes(read)
        says = names == names[0]
        says = says if ((first > 1 / 2) == says) @ sizes > 1 / 2 else ~says
        clipped = np.clip(first, _CLIP, 1 - _CLIP)
        odds = np.log(clipped / (1 - clipped))
        agreement = read.evidence.style.agreement(first)
        return Signs(each.name, group(each), False, way, np.stack([odds, odds * (agreement - 1)], 1), says, sizes)

    def _completeness(self, each: Conversation, way: str) -> Signs:
        read, _ = self._read(each, way)
        seen: list[list[float]] = []
        _with(lambda *known: seen.append(speaker_marks.signs(*known)) or 0.0, read)
        return _one(each, way, seen[0], way == WAYS[0])

    def _count(self, each: Conversation, way: str) -> Signs:
        read, _ = self._read(each, way)
        seen = speaker_count.signs(read.texts, read.people, speaker_attribution.find(read, {}).decoded)
        signs = _one(each, way, seen, len(each.people) > _TWO)
        settled = speaker_names.count(read.people) > _TWO
        return replace(signs, rows=signs.rows[:0], true=signs.true[:0], sizes=signs.sizes[:0]) if settled else signs

    def _placed(self, each: Conversation) -> Places:
        read, names = self._read(each, WAYS[0])
        turns = np.cumsum([False, *read.marks])
        starts, ends = np.searchsorted(turns, turns, "left"), np.searchsorted(turns, turns, "right")
        who = ["", *names[np.unique(starts)].tolist(), ""]  # from the first turn on, which is number 1
        named, anywhere = Counter[tuple[str, str]](), Counter[str]()
        for name in speaker_panels.likeliest(read.people, turns):
            head = name.split()[0]
            spoken = [label.startswith(head) for label in who]
            places = [
                "here" if here else "after" if after else "before" if before else "neither"
                for before, here, after in zip(spoken, spoken[1:], spoken[2:], strict=False)
            ]
            anywhere.update(places)
            for told in read.people[name]:
                at = told.sentence
                kind = speaker_panels.kind(told, read.texts[at], at - int(starts[at]), int(ends[at]) - at)
                named[kind, places[turns[at]]] += 1
        returns = Counter(before == after for before, after in zip(who[1:-1], who[3:-1], strict=False))
        return Places(group(each), named, anywhere, returns)


def use(odds: SpeakerOdds) -> None:
    """Have these odds in place of those that ship."""
    speaker_odds.shipped = lambda: odds


def _with(complete: Callable[..., float], read: Sentences) -> speaker_attribution.SpeakerAttribution:
    """Who says what, if that is how probable it is that every change is marked."""
    usual, speaker_marks.complete = speaker_marks.complete, complete
    found = speaker_attribution.find(read, {})
    speaker_marks.complete = usual
    return found


def _one(each: Conversation, way: str, seen: Sequence[float], true: bool) -> Signs:
    several = len(each.people) > _TWO
    return Signs(each.name, group(each), several, way, np.array([seen]), np.array([true]), np.ones(1))


def _sizes(read: Sentences) -> np.ndarray:
    sizes = np.array([end - start for start, end in read.spans], float)
    return sizes / sizes.sum()


def _fit(some: Sequence[Signs], none: Sequence[float]) -> tuple[float, ...]:
    """The weights of a logistic regression in which those that count together have the square root of their number.

    none: weights where nothing was seen.
    """
    if not some:
        return tuple(none)
    alike = Counter((each.group, each.several, each.way) for each in some)
    shares = np.concatenate([each.sizes * alike[each.group, each.several, each.way] ** -0.5 for each in some])
    shares *= len(some) / shares.sum()
    rows, true = np.concatenate([each.rows for each in some]), np.concatenate([each.true for each in some])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = rows @ weights
        slope = rows.T @ (shares * (1 / (1 + np.exp(-odds)) - true)) + _PENALTY * weights
        return float(shares @ (np.logaddexp(0, odds) - true * odds) + _PENALTY * weights @ weights / 2), slope

    found = optimize.minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x
    return tuple(np.round(found, 2).tolist())


def _shares(counts: Sequence[int]) -> tuple[float, ...]:
    """Shares of the counts, each of which is taken to be one more, so that nothing is out of the question."""
    return tuple(round((count + 1) / (sum(counts) + len(counts)), 3) for count in counts)


def main() -> int:
    """Learn from all conversations, write the file, and tell how often people are miscounted."""
    every = [*conversations(), *episodes()]
    if not every:
        print("There are no conversations in ../shared/corpora.")
        return 1
    trials = Trials(every)
    data = {
        "made_by": "benchmarks/train_speaker_odds.py",
        "of": f"{len(every)} conversations",
        "sources": SOURCES,
        "sha256": digest(every),
        **asdict(trials.odds()),
    }
    TARGET.write_text("{\n" + ",\n".join(f'"{name}": {json.dumps(data[name])}' for name in data) + "\n}\n", "utf-8")
    trials.miscounted()
    return 0


if __name__ == "__main__":
    sys.exit(main())
