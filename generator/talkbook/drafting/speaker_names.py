"""Decide what the two speakers of a conversation are called.

Two things must be known about a name: that somebody with that name speaks, which a logistic regression tells, see
features(); and which of the two it is: a sentence that greets Ada, for example, is said by the other one. Names that
contradict what is inferred without them are dropped.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from types import MappingProxyType

import jellyfish
import numpy as np

from talkbook.drafting import speaker_name_odds
from talkbook.drafting.speaker_crf import Floats
from talkbook.drafting.speaker_phrases import EARLY, NameEvidence, given_names

LIKELY = 0.4  # minimum log odds that somebody speaks, for the name to be a candidate
_COUNTED = 1.0  # minimum log odds that somebody speaks, to be counted
_CANDIDATES = 4  # maximum number of names that are tried in pairs
_MARGIN = 0.7  # minimum log likelihood ratio of the conversation between a pair of names and the same pair exchanged
_CLEARLY = 2.0  # the same, with that of the evidence as it fits what is inferred without names
_CLEAR = 0.7  # minimum share of a person's evidence that must agree on which speaker it is
_MANY = 300  # names; each is compared with all others, so more are taken as they are
_OFTEN = 3  # pieces of evidence from which a name is not taken as short for another
_SHORT = 3  # minimum number of letters of a short form
_ALIKE = 0.88  # Jaro-Winkler similarity of two spellings of one name: Brian and Bryan, but not Tim and Tom
_DIMINUTIVES = {  # those that aren't the start of the full name
    "Andy": "Andrew", "Becky": "Rebecca", "Beth": "Elizabeth", "Bill": "William", "Bob": "Robert", "Chuck": "Charles",
    "Dave": "David", "Debbie": "Deborah", "Dick": "Richard", "Drew": "Andrew", "Jack": "John", "Jim": "James",
    "Joe": "Joseph", "Kate": "Katherine", "Kathy": "Katherine", "Larry": "Lawrence", "Liz": "Elizabeth",
    "Maggie": "Margaret", "Mick": "Michael", "Mike": "Michael", "Mikey": "Michael", "Nick": "Nicholas",
    "Peggy": "Margaret", "Rick": "Richard", "Rob": "Robert", "Sasha": "Alexander", "Steve": "Stephen",
    "Ted": "Theodore", "Tom": "Thomas", "Tony": "Anthony", "Vicky": "Victoria", "Will": "William",
}  # fmt: skip

People = Mapping[str, Sequence[NameEvidence]]  # name -> evidence for it


@dataclass(frozen=True, slots=True)
class FoundName:
    """The name of a speaker, and the evidence for it."""

    name: str
    evidence: tuple[NameEvidence, ...]


def by_person(evidence: Sequence[NameEvidence]) -> People:
    """Group the evidence by person, under the longest form of the name.

    A first name alone belongs to whoever has it. So does a rare surname or short form, and another spelling that occurs
    once, unless there are so many names that it would take long to compare them.
    """
    longest: dict[str, str] = {}
    for each in sorted(evidence, key=lambda each: (each.kind == "addressed", each.sentence)):
        head = each.name.split()[0]
        if len(each.name.split()) > len(longest.get(head, "").split()):
            longest[head] = each.name
    times = Counter(each.name.split()[0] for each in evidence)
    for head in sorted(longest, key=lambda head: (times[head], head)) if len(longest) <= _MANY else ():
        bearers = {longest[other] for other in longest if other != head and may_mean(head, longest[other], times)}
        if times[head] < _OFTEN and len(bearers) == 1 and (" " not in longest[head] or " " in min(bearers)):
            longest[head] = bearers.pop()
    people: dict[str, list[NameEvidence]] = defaultdict(list)
    for each in evidence:
        people[longest[each.name.split()[0]]].append(each)
    return people


def may_mean(head: str, name: str, times: Mapping[str, int] = MappingProxyType({})) -> bool:
    """Return whether the single name `head` may mean the person called `name`.

    times: first word of a name -> pieces of evidence for it; if it is given, a name told once may be misspelt.
    """
    first, *others = name.split()
    if head in others[-1:] or (first.startswith(head) and len(head) >= _SHORT):
        return True
    if first == _DIMINUTIVES.get(head) or head == _DIMINUTIVES.get(first):
        return True
    once = times.get(head, 0) == 1 < times.get(first, 0)
    return once and head[0] == first[0] and jellyfish.jaro_winkler_similarity(head, first) >= _ALIKE


def hypotheses(people: People) -> list[tuple[str, str]]:
    """Return the possible pairs of names of the first and the second speaker, with "" for an unknown one."""
    return list(dict.fromkeys(permutations(["", "", *present(people, LIKELY)[:_CANDIDATES]], 2)))


def present(people: People, least: float) -> list[str]:
    """Return the names of people who speak with log odds of at least `least`, the most probable first."""
    odds = {name: _log_odds(name, told) for name, told in people.items()}
    return [name for name in sorted(odds, key=lambda name: (-odds[name], name)) if odds[name] >= least]


def scores(people: People, pair: tuple[str, str], count: int) -> tuple[Floats, float]:
    """Return what a pair of names says about the `count` sentences, as scores, and the pair's log prior.

    The scores are log odds for the first speaker, of shape (count,). With the prior, the likelihoods of different pairs
    can be compared.
    """
    result, prior = np.zeros(count), 0.0
    error = speaker_name_odds.shipped().error
    right = math.log((1 - error) / error)
    for side, name in enumerate(pair):
        for each in people.get(name, ()):
            by_first = (side == 0) == (each.kind == "says")
            result[each.sentence] += right if by_first else -right
            prior += math.log(2 * error if by_first else 2 - 2 * error)
        prior += _log_odds(name, people[name]) if name else 0.0
    return result, prior


def assign(
    people: People, pair: tuple[str, str], first: Floats, blind: Floats, margin: float
) -> tuple[FoundName | None, FoundName | None] | None:
    """Return the names of the first and the second speaker, with None for one that is unknown or unclear.

    The result is None if exchanged names would fit as well, or if they contradict what is inferred without them.

    pair: the two names, in any order.
    first, blind: shape (sentences,); the probability that the first speaker says each sentence, inferred with the names
        and without. Which of the two comes first may differ.
    margin: the log likelihood ratio of the conversation between the pair and the same pair exchanged.
    """
    if _log_likelihood_ratio(people, pair, first) < 0:
        pair = pair[1], pair[0]
    if ((first - 0.5) * (blind - 0.5)).sum() < 0:
        blind = 1 - blind
    if margin <= _MARGIN or margin + _log_likelihood_ratio(people, pair, blind) <= _CLEARLY:
        return None
    one, other = (
        FoundName(name, tuple(people[name])) if name and _fit(people[name], own).mean() >= _CLEAR else None
        for name, own in zip(pair, (first, 1 - first), strict=True)
    )
    return one, other


def count(people: People) -> int:
    """Return how many people are probably present; those whose names begin alike, as Nick and Nicholas, are one."""
    told_of = (name for name, told in people.items() if len(told) > 1 or any(map(_sure, told)))
    return len({name[:_SHORT] for name in told_of if _log_odds(name, people[name]) > _COUNTED})


def evidence_counts(people: People) -> list[int]:
    """Return the number of pieces of evidence for each person, the largest first."""
    times = Counter[str]()
    for name, told in people.items():
        times[name[:_SHORT]] += len(told)
    return sorted(times.values(), reverse=True)


def features(name: str, told: Sequence[NameEvidence]) -> list[float]:
    """Return the features that a person speaks, rather than being only mentioned.

    Whoever introduces themselves, or is introduced or greeted at the beginning or the end, is there. Otherwise, it
    matters how far apart the first and the last piece of evidence are.

    told: the evidence for the name; at least one.
    """
    usual = name.partition(" ")[0] in given_names()
    met = any(each.kind == "says" or not (each.kind == "addressed" or each.amid) for each in told)
    places = [each.sentence for each in told]
    return [1.0, usual, met, 0.0 if met else math.log1p(max(places) - min(places))]


def _sure(evidence: NameEvidence) -> bool:
    return evidence.kind == "says" or (evidence.kind == "greeted" and evidence.sentence < EARLY)


def _log_odds(name: str, told: Sequence[NameEvidence]) -> float:
    """Return the log odds that a person speaks, rather than being only mentioned, given the evidence."""
    return float(np.dot(speaker_name_odds.shipped().present, features(name, told)))


def _log_likelihood_ratio(people: People, pair: tuple[str, str], first: Floats) -> float:
    """Return the log likelihood ratio of the evidence between this pair of names and the same pair exchanged."""
    told = ((people.get(name, ()), own) for name, own in zip(pair, (first, 1 - first), strict=True))
    error = speaker_name_odds.shipped().error
    likely = error + (1 - 2 * error) * np.concatenate([_fit(each, own) for each, own in told])
    return float(np.log(likely / (1 - likely)).sum())


def _fit(told: Sequence[NameEvidence], own: Floats) -> Floats:
    """Return the probability that each piece of evidence is about a speaker.

    own: shape (sentences,); the probability that this speaker says each sentence.
    """
    said = own[np.array([each.sentence for each in told], np.intp)]
    return np.where(np.array([each.kind == "says" for each in told], np.bool_), said, 1 - said)
