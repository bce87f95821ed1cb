"""Who two speakers are, by the names that their conversation tells of those who speak."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from talkbook.drafting.speaker_crf import Floats
from talkbook.drafting.speaker_phrases import EARLY, NameEvidence

_WEIGHTS = {"says": 3.0, "greeted": 4.0, "introduced": 2.0, "addressed": 1.0}
_ERROR = 0.03  # share of sentences with a speaker's name that somebody else says than they tell
_SCORE = math.log((1 - _ERROR) / _ERROR)  # of such a sentence, for whoever says it
_CANDIDATES = 4  # names of which two may be the speakers'
_PRESENCE, _USUAL = 0.8, 2.0  # a name is e^0.8 times as likely a speaker's for each weight of its evidence above 2
_ENOUGH, _ENOUGH_FIRST = 1.5, 1.85  # of evidence for a name of several words, and for one of a single word
_CLEAR = 0.7  # share of all evidence about a person that must speak for one side
_CLEARLY = 2.0  # how much likelier than without names, and than with the two exchanged, a pair must be: a logarithm
_OFTEN = 3  # pieces of evidence for a name by itself, from which it is not short for another
_SHORT = 3  # letters of a name that may be short for another

People = Mapping[str, Sequence[NameEvidence]]  # by name


@dataclass(frozen=True, slots=True)
class FoundName:
    """The name of one of two speakers, and the sentences that tell it, by their numbers."""

    name: str
    evidence: tuple[NameEvidence, ...]


def by_person(evidence: Sequence[NameEvidence]) -> People:
    """The evidence by person, under the longest name; a first name alone belongs to the one who has it."""
    longest: dict[str, str] = {}
    for each in sorted(evidence, key=lambda each: (each.kind == "addressed", each.sentence)):
        head = each.name.split()[0]
        if len(each.name.split()) > len(longest.get(head, "").split()):
            longest[head] = each.name
    times = Counter(each.name for each in evidence)
    heads = sorted(longest)
    for at, head in enumerate(heads):  # Dan is Daniel, where there is one
        full = [other for other in heads[at + 1 : at + 3] if other.startswith(head) and len(head) >= _SHORT]
        if len(full) == 1 and times[head] < _OFTEN:
            longest[head] = longest[full[0]]
    people: dict[str, list[NameEvidence]] = defaultdict(list)
    for each in evidence:
        people[longest[each.name.split()[0]]].append(each)
    return people


def hypotheses(people: People) -> list[tuple[str, str]]:
    """Who the first and the second speaker may be, by name; "" for one whose name nothing tells."""
    weights = {name: _weight(told) for name, told in people.items()}
    likely = [name for name in sorted(weights, key=lambda name: (-weights[name], name)) if _enough(name, weights[name])]
    return list(permutations(["", "", *likely[:_CANDIDATES]], 2))


def scores(people: People, pair: tuple[str, str], count: int) -> tuple[Floats, float]:
    """(of each of `count` sentences, the score for the first speaker if the two have these names; the logarithm of how
    probable that is beforehand, so that pairs may be compared by how likely the scores are)."""
    result, prior = np.zeros(count), 0.0
    for side, name in enumerate(pair):
        for each in people.get(name, ()):
            by_first = (side == 0) == (each.kind == "says")
            result[each.sentence] += _SCORE if by_first else -_SCORE
            prior += math.log(2 * _ERROR if by_first else 2 - 2 * _ERROR)
        prior += _PRESENCE * (_weight(people[name]) - _USUAL) if name else 0.0
    return result, prior


def assign(
    people: People, pairs: Sequence[tuple[str, str]], likelihoods: Floats, first: Floats
) -> tuple[FoundName | None, FoundName | None]:
    """The names of the first and of the second speaker, None where the evidence is not enough or not clear.

    pairs: no names, the likeliest ones, and these exchanged. likelihoods: of each pair, the logarithm of how likely it
    is. first: of each sentence, how probable it is that the first one says it.
    """
    pair = pairs[int(np.argmax(likelihoods))]
    others = [likely for other, likely in zip(pairs, likelihoods.tolist(), strict=True) if other != pair]
    if likelihoods.max() - max(others, default=0.0) < _CLEARLY:
        return None, None
    one, other = (
        _found(name, people.get(name, ()), first if side == 0 else 1 - first) for side, name in enumerate(pair)
    )
    return one, other


def count(people: People) -> int:
    """How many people there are of whom much tells that they are there; Nick and Nicholas are one."""
    present = (name for name, told in people.items() if len(told) > 1 or any(map(_sure, told)))
    return len({name[:_SHORT] for name in present})


def presence(people: People) -> list[float]:
    """The weight of what tells that somebody is there, of each of the people, the most first."""
    weights: defaultdict[str, float] = defaultdict(float)
    for name, told in people.items():
        weights[name[:_SHORT]] += _weight(told)
    return sorted(weights.values(), reverse=True)


def _sure(evidence: NameEvidence) -> bool:
    return evidence.kind == "says" or (evidence.kind == "greeted" and evidence.sentence < EARLY)


def _weight(evidence: Sequence[NameEvidence]) -> float:
    return sum(_WEIGHTS[each.kind] for each in evidence)


def _enough(name: str, weight: float) -> bool:
    return weight >= (_ENOUGH if " " in name else _ENOUGH_FIRST)


def _found(name: str, evidence: Sequence[NameEvidence], own: Floats) -> FoundName | None:
    """own: of each sentence, how probable it is that this speaker says it."""
    support = sum(
        _WEIGHTS[each.kind] * float(own[each.sentence] if each.kind == "says" else 1 - own[each.sentence])
        for each in evidence
    )
    if not _enough(name, support) or support < _CLEAR * _weight(evidence):
        return None
    return FoundName(name, tuple(evidence))
