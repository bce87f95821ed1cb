"""Learn how far evidence for who speaks can be trusted, and write generator/talkbook/drafting/data/speaker_odds.json.

    python benchmarks/train_speaker_odds.py      # needs scipy, ../shared/corpora/dialogues and scale

How far weights can be trusted on other shows can't be learnt from the shows that they were learnt from. So the features
of each group of shows are computed with what train_speakers.py and train_speaker_names.py learn from the other groups.
At the end, it prints how often two people are taken for more, and more for two, by odds learnt without their group.
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
from labelled import WAYS, Conversation, conversations, digest, episodes, group, true_speakers, unlabelled
from train_speaker_names import NameLesson, logistic, replace_name_odds
from train_speakers import SOURCES, Lesson

from talkbook import readers
from talkbook.drafting import (
    speaker_attribution,
    speaker_count,
    speaker_decoder,
    speaker_marks,
    speaker_names,
    speaker_odds,
    speaker_panel_names,
    speaker_panels,
)
from talkbook.drafting.speaker_attribution import Sentences
from talkbook.drafting.speaker_decoder import SpeakerWeights
from talkbook.drafting.speaker_name_odds import NameOdds
from talkbook.drafting.speaker_odds import SpeakerOdds

TARGET = Path(__file__).parents[1] / "generator/talkbook/drafting/data/speaker_odds.json"
_EACH = 3  # every third conversation between more than two people is used, as there are many
_TWO = 2  # people
_PENALTY = 0.1  # L2 penalty of the weights
_CLIP = 1e-6
_KINDS = (
    *("says", "introduced", "greeted", "greeted first", "asked", "addressed", "addressed first", "addressed amid"),
    *("mentioned", "mentioned last"),
)
_PLACES = "after", "before", "neither", "here"
_NEUTRAL = SpeakerOdds((1.0, 0.0), (0.0,) * 4, (0.0,) * 5, (0.0,) * 3, {}, (), 0.0)


@dataclass(frozen=True)
class FeatureRows:
    """The features of a conversation, as rows for a logistic regression; none if something else settles the matter.

    Conversations with the same `group`, `several` and `way` count together.

    several: whether more than two people speak.
    way: how labels are removed.
    rows: shape (rows, features).
    true: shape (rows,); whether what the features indicate is so.
    sizes: shape (rows,); the share of the conversation that each row stands for.
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
    """Where people who are named speak, in a conversation between more than two people.

    named: (kind of evidence, place) -> how often.
    anywhere: place -> how often, for all people and turns.
    returns: whether a turn is followed by the speaker before it -> how often.
    """

    group: str
    named: Counter[tuple[str, str]]
    anywhere: Counter[str]
    returns: Counter[bool]


class Trials:
    """The features of conversations, by weights and odds of names that were learnt without their group."""

    def __init__(self, every: Sequence[Conversation]) -> None:
        """every: the conversations."""
        groups = {name: frozenset(each.show for each in every if group(each) == name) for name in map(group, every)}
        lesson, of_names = Lesson(every), NameLesson(every)
        self.weights: dict[str, SpeakerWeights] = {name: lesson.learn(shows) for name, shows in groups.items()}
        self.names: dict[str, NameOdds] = {name: of_names.learn(name) for name in groups}
        two = [each for each in every if len(each.people) == _TWO]
        more = [each for each in every if len(each.people) > _TWO][::_EACH]
        self._courses: list[FeatureRows] = []
        self._complete: list[FeatureRows] = []
        self._counted: list[FeatureRows] = []
        self._places: list[Places] = []
        self._certain: list[FeatureRows] = []
        replace_odds(_NEUTRAL)
        self._courses = [self._course(each, way) for each in two for way in WAYS[1:]]
        replace_odds(self.odds())
        self._complete = [self._completeness(each, way) for each in two for way in WAYS[:2]]
        replace_odds(self.odds())
        self._counted = [self._count(each, way) for each in (*two, *more) for way in WAYS]
        self._places = [self._placed(each) for each in more]
        for name in groups:
            replace_odds(self.odds(name))
            self._certain += [self._certainty(each) for each in more if group(each) == name]

    def odds(self, without: str = "") -> SpeakerOdds:
        """Return the odds learnt from all conversations, except those of the group `without`."""

        def others(some: Sequence[Any]) -> list[Any]:
            return [each for each in some if each.group != without]

        usual, agreeing = _fit(others(self._courses), _NEUTRAL.trust)
        places = others(self._places)
        return SpeakerOdds(
            (usual, agreeing),
            _fit(others(self._complete), _NEUTRAL.complete),
            _fit(others(self._counted), _NEUTRAL.several),
            _fit(others(self._certain), _NEUTRAL.certain),
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
                    (each.several, bool((each.rows @ weights > speaker_count.SURE).all()))  # no rows if names tell
                    for each in self._counted
                    if each.group == name and each.way == way
                ]
                for several, wrong in ((False, "two lost"), (True, "drafted as two")):
                    told = [more for truly, more in found if truly == several]
                    if told:
                        print(f"{name}, {way}: {sum(more != several for more in told)} of {len(told)} {wrong}")

    def _read(self, each: Conversation, way: str) -> tuple[Sentences, np.ndarray]:
        """Return the sentences of a conversation without labels, and who says each of them."""
        speaker_decoder.weights = lambda: self.weights[group(each)]
        replace_name_odds(self.names[group(each)])
        text, starts = unlabelled(each, way, random.Random(each.name))
        read = speaker_attribution.sentences_of(text, readers.read(text.encode(), "talk.txt").utterances)
        return read, np.array(true_speakers(read, starts))

    def _course(self, each: Conversation, way: str) -> FeatureRows:
        """Return two features of each sentence: log odds if marks may be missing, and those times (agreement - 1)."""
        read, names = self._read(each, way)
        first = _find_with(lambda *_: 0.0, read).decoded.first
        sizes = _sizes(read)
        says = names == names[0]
        says = says if ((first > 1 / 2) == says) @ sizes > 1 / 2 else ~says
        clipped = np.clip(first, _CLIP, 1 - _CLIP)
        odds = np.log(clipped / (1 - clipped))
        agreement = read.evidence.style.agreement(first)
        return FeatureRows(each.name, group(each), False, way, np.stack([odds, odds * (agreement - 1)], 1), says, sizes)

    def _completeness(self, each: Conversation, way: str) -> FeatureRows:
        read, _ = self._read(each, way)
        seen: list[list[float]] = []
        _find_with(lambda *known: seen.append(speaker_marks.features(*known)) or 0.0, read)
        return _single_row(each, way, seen[0], way == WAYS[0])

    def _count(self, each: Conversation, way: str) -> FeatureRows:
        read, _ = self._read(each, way)
        seen = speaker_count.features(read.texts, read.people, speaker_attribution.find(read, {}).decoded)
        features = _single_row(each, way, seen, len(each.people) > _TWO)
        settled = speaker_names.count(read.people) > _TWO
        return (
            replace(features, rows=features.rows[:0], true=features.true[:0], sizes=features.sizes[:0])
            if settled
            else features
        )

    def _placed(self, each: Conversation) -> Places:
        read, names = self._read(each, WAYS[0])
        turns = np.cumsum([False, *read.marks])
        who = ["", *names[np.unique(turns, return_index=True)[1]].tolist(), ""]  # so that the first turn has index 1
        named, anywhere = Counter[tuple[str, str]](), Counter[str]()
        people = speaker_panel_names.candidates(read.people)
        places = []
        for name in people:
            spoken = [label.startswith(name.split()[0]) for label in who]
            places.append(
                [
                    "here" if here else "after" if after else "before" if before else "neither"
                    for before, here, after in zip(spoken, spoken[1:], spoken[2:], strict=False)
                ]
            )
            anywhere.update(places[-1])
        for told in speaker_panel_names.find(people, read.people, read.texts, turns):
            named[told.kind, places[told.person][told.turn]] += 1
        returns = Counter(before == after for before, after in zip(who[1:-1], who[3:-1], strict=False))
        return Places(group(each), named, anywhere, returns)

    def _certainty(self, each: Conversation) -> FeatureRows:
        """Return the features of each turn that probably somebody with a name says, and whether this person says it."""
        read, names = self._read(each, WAYS[0])
        found = speaker_panels.decode(read.texts, read.marks, read.people, read.evidence)
        best = found.likely.argmax(1)
        heads = [*(name.split()[0] for name in found.names), "nobody"]
        says = names[np.unique(found.turns, return_index=True)[1]].tolist()
        true = np.array([name.startswith(heads[who]) for name, who in zip(says, best, strict=True)])
        sizes = np.bincount(found.turns, _sizes(read))
        some = best < len(found.names)
        rows = speaker_panels.features(found.likely, found.fits)
        return FeatureRows(each.name, group(each), True, WAYS[0], rows[some], true[some], sizes[some])


def replace_odds(odds: SpeakerOdds) -> None:
    """Use these odds instead of those that come with the package."""
    speaker_odds.shipped = lambda: odds


def _find_with(complete: Callable[..., float], read: Sentences) -> speaker_attribution.SpeakerAttribution:
    """Return who says what, with `complete` in place of speaker_marks.complete()."""
    usual, speaker_marks.complete = speaker_marks.complete, complete
    found = speaker_attribution.find(read, {})
    speaker_marks.complete = usual
    return found


def _single_row(each: Conversation, way: str, seen: Sequence[float], true: bool) -> FeatureRows:
    several = len(each.people) > _TWO
    return FeatureRows(each.name, group(each), several, way, np.array([seen]), np.array([true]), np.ones(1))


def _sizes(read: Sentences) -> np.ndarray:
    sizes = np.array([end - start for start, end in read.spans], float)
    return sizes / sizes.sum()


def _fit(some: Sequence[FeatureRows], none: Sequence[float]) -> tuple[float, ...]:
    """Return the weights of a logistic regression; conversations that count together have the root of their number.

    none: the weights if there are no conversations.
    """
    if not some:
        return tuple(none)
    alike = Counter((each.group, each.several, each.way) for each in some)
    shares = np.concatenate([each.sizes * alike[each.group, each.several, each.way] ** -0.5 for each in some])
    shares *= len(some) / shares.sum()
    rows, true = np.concatenate([each.rows for each in some]), np.concatenate([each.true for each in some])
    return logistic(rows, true, shares, _PENALTY)


def _shares(counts: Sequence[int]) -> tuple[float, ...]:
    """Return the shares of the counts, each increased by one, so that nothing is ruled out."""
    return tuple(max(round((count + 1) / (sum(counts) + len(counts)), 3), 0.001) for count in counts)


def main() -> int:
    """Learn from all conversations, write the file, and print how often people are miscounted."""
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
