"""Who two speakers are, by the names that their conversation tells of those who speak.

Two things must be known of a name: that somebody speaks who has it, which phrases tell together, and who of the two
that is: a sentence that greets Ada is the other one's. Names that do not agree with what is found of who says what
without them are no help to it, and are not told.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import jellyfish
import numpy as np

from talkbook.drafting.speaker_crf import Floats
from talkbook.drafting.speaker_phrases import EARLY, NameEvidence, given_names

_WEIGHTS = {"says": 4.0, "greeted": 3.2, "introduced": 3.0, "addressed": 1.8}  # see _present(), where the rest is, too
_BASE, _USUAL, _AGAIN = -2.5, 1.0, 1.8
_TOLD = {"says": 3.0, "greeted": 4.0, "introduced": 2.0, "addressed": 1.0}  # of each piece, however many there are
_AMID = 0.5  # of its weight that evidence has amid a conversation, where who is spoken to may be somebody else
_APART = 80  # sentences between two that tell a name, from which it is told again
_LIKELY = 0.4  # logarithm of the odds that somebody speaks, from which a name is one of the speakers'
_MAYBE = -1.0  # the same, below which nobody makes two people three
_ERROR = 0.03  # share of sentences with a speaker's name that somebody else says than they tell
_SCORE = math.log((1 - _ERROR) / _ERROR)  # of such a sentence, for whoever says it
_CANDIDATES = 4  # names of which two may be the speakers'
_CLEARLY = 0.5  # how much likelier the evidence must be if it is about the one than about the other: a logarithm
_CLEAR = 0.7  # share of all evidence about a person that must speak for one side once the names are reckoned with
_OFTEN = 3  # times that somebody is told of by a name, from which it is not short for another, nor a surname alone
_SHORT = 3  # letters of a name that may be short for another
_ALIKE = 0.88  # similarity after Jaro and Winkler of two spellings of one name: Brian and Bryan, and not Tim and Tom
_DIMINUTIVES = {  # that are no beginnings of the names that they are short for
    "Andy": "Andrew", "Becky": "Rebecca", "Beth": "Elizabeth", "Bill": "William", "Bob": "Robert", "Chuck": "Charles",
    "Dave": "David", "Debbie": "Deborah", "Dick": "Richard", "Drew": "Andrew", "Jack": "John", "Jim": "James",
    "Joe": "Joseph", "Kate": "Katherine", "Kathy": "Katherine", "Larry": "Lawrence", "Liz": "Elizabeth",
    "Maggie": "Margaret", "Mick": "Michael", "Mike": "Michael", "Mikey": "Michael", "Peggy": "Margaret",
    "Rick": "Richard", "Rob": "Robert", "Sasha": "Alexander", "Steve": "Stephen", "Ted": "Theodore", "Tom": "Thomas",
    "Tony": "Anthony", "Vicky": "Victoria", "Will": "William",
}  # fmt: skip

People = Mapping[str, Sequence[NameEvidence]]  # by name


@dataclass(frozen=True, slots=True)
class FoundName:
    """The name of one of two speakers, and the sentences that tell it, by their numbers."""

    name: str
    evidence: tuple[NameEvidence, ...]


def by_person(evidence: Sequence[NameEvidence]) -> People:
    """The evidence by person, under the longest name.

    A first name alone belongs to whoever has it, as does what is seldom said: a surname alone, a short form, or once,
    another spelling.
    """
    longest: dict[str, str] = {}
    for each in sorted(evidence, key=lambda each: (each.kind == "addressed", each.sentence)):
        head = each.name.split()[0]
        if len(each.name.split()) > len(longest.get(head, "").split()):
            longest[head] = each.name
    times = Counter(each.name.split()[0] for each in evidence)
    for head in sorted(longest, key=lambda head: (times[head], head)):
        bearers = {longest[other] for other in longest if other != head and _means(head, longest[other], times)}
        if times[head] < _OFTEN and len(bearers) == 1 and (" " not in longest[head] or " " in min(bearers)):
            longest[head] = bearers.pop()
    people: dict[str, list[NameEvidence]] = defaultdict(list)
    for each in evidence:
        people[longest[each.name.split()[0]]].append(each)
    return people


def _means(head: str, name: str, times: Mapping[str, int]) -> bool:
    """Whether a name alone may mean somebody with another name. times: how often each first word of a name is told."""
    first, *others = name.split()
    if head in others[-1:] or (first.startswith(head) and len(head) >= _SHORT):
        return True
    if first == _DIMINUTIVES.get(head) or head == _DIMINUTIVES.get(first):
        return True
    once = times[head] == 1 < times[first]
    return once and head[0] == first[0] and jellyfish.jaro_winkler_similarity(head, first) >= _ALIKE


def hypotheses(people: People) -> list[tuple[str, str]]:
    """Who the first and the second speaker may be, by name; "" for one whose name nothing tells."""
    present = {name: _present(name, told) for name, told in people.items()}
    likely = [name for name in sorted(present, key=lambda name: (-present[name], name)) if present[name] >= _LIKELY]
    return list(dict.fromkeys(permutations(["", "", *likely[:_CANDIDATES]], 2)))


def scores(people: People, pair: tuple[str, str], count: int) -> tuple[Floats, float]:
    """(of each of `count` sentences, the score for the first speaker if the two have these names; the logarithm of how
    probable that is beforehand, so that pairs may be compared by how likely the scores are)."""
    result, prior = np.zeros(count), 0.0
    for side, name in enumerate(pair):
        for each in people.get(name, ()):
            by_first = (side == 0) == (each.kind == "says")
            result[each.sentence] += _SCORE if by_first else -_SCORE
            prior += math.log(2 * _ERROR if by_first else 2 - 2 * _ERROR)
        prior += _present(name, people[name]) if name else 0.0
    return result, prior


def assign(
    people: People, pair: tuple[str, str], first: Floats, blind: Floats
) -> tuple[FoundName | None, FoundName | None] | None:
    """The names of the first and of the second speaker, None for one whom nothing tells, or not clearly.

    None for both where these names don't agree with what is found without them. first, blind: of each sentence, how
    probable it is that the first one says it, with the names and without; which of the two that is may be open.
    """
    if _clear(people, pair, first) < 0:
        pair = pair[1], pair[0]
    if ((first - 0.5) * (blind - 0.5)).sum() < 0:
        blind = 1 - blind
    if _clear(people, pair, blind) <= _CLEARLY:
        return None
    one, other = (
        FoundName(name, tuple(people[name])) if name and _share(people[name], own) >= _CLEAR else None
        for name, own in zip(pair, (first, 1 - first), strict=True)
    )
    return one, other


def count(people: People) -> int:
    """How many people there are of whom much tells that they are there; Nick and Nicholas are one."""
    told_of = (name for name, told in people.items() if len(told) > 1 or any(map(_sure, told)))
    return len({name[:_SHORT] for name in told_of if _present(name, people[name]) > _MAYBE})


def presence(people: People) -> list[float]:
    """The weight of what tells that somebody is there, of each of the people, the most first."""
    weights: defaultdict[str, float] = defaultdict(float)
    for name, told in people.items():
        weights[name[:_SHORT]] += sum(_TOLD[each.kind] for each in told)
    return sorted(weights.values(), reverse=True)


def _sure(evidence: NameEvidence) -> bool:
    return evidence.kind == "says" or (evidence.kind == "greeted" and evidence.sentence < EARLY)


def _present(name: str, told: Sequence[NameEvidence]) -> float:
    """Logarithm of the odds that somebody speaks who is told of so, and is not only spoken of.

    Each kind of evidence counts once, and being told again later as another one. Rounded from a logistic regression on
    people of 160 conversations of six shows.
    """
    kinds = {each.kind for each in told if not each.amid or each.kind == "says"}
    places = [each.sentence for each in told]
    again = max(places) - min(places) > _APART
    usual = name.partition(" ")[0] in given_names()
    return _BASE + _USUAL * usual + sum(map(_WEIGHTS.__getitem__, kinds)) + _AGAIN * again


def _clear(people: People, pair: tuple[str, str], first: Floats) -> float:
    """How much likelier what is told of two people is if they have these names, than if they had each other's: a
    logarithm."""
    told = ((people.get(name, ()), own) for name, own in zip(pair, (first, 1 - first), strict=True))
    likely = _ERROR + (1 - 2 * _ERROR) * np.concatenate([_for(each, own) for each, own in told])
    return float(np.log(likely / (1 - likely)).sum())


def _share(told: Sequence[NameEvidence], own: Floats) -> float:
    """How much of the evidence is about the speaker who says sentences as `own` tells."""
    weights = [_WEIGHTS[each.kind] * (_AMID if each.amid else 1.0) for each in told]
    return float(np.average(_for(told, own), weights=weights))


def _for(told: Sequence[NameEvidence], own: Floats) -> Floats:
    """Of each piece of evidence, how probable it is that it is about the speaker who says sentences as `own` tells."""
    said = own[np.array([each.sentence for each in told], np.intp)]
    return np.where(np.array([each.kind == "says" for each in told], np.bool_), said, 1 - said)
