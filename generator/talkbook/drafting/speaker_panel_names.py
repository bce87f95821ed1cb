"""Find what the names in a conversation of more than two people show about who speaks around them.

"Ada, what do you think?" hands over to Ada, "thanks, Ada" follows what she said, and whoever mentions Ada isn't Ada.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import sentence_features, speaker_names, speaker_odds
from talkbook.drafting.speaker_crf import CERTAIN, Floats, Ints
from talkbook.drafting.speaker_names import People
from talkbook.drafting.speaker_phrases import NameEvidence

MENTIONED = "mentioned"
_MOST = 7  # names
_OTHERS = 0.5  # factor for a change to anybody else, relative to one with a name; once more for one among them


@dataclass(frozen=True, slots=True)
class NamedTurn:
    """The turn with this index names the person with this index. kind: see SpeakerOdds.named."""

    turn: int
    person: int
    kind: str


def candidates(people: People, known: Sequence[str] = ()) -> list[str]:
    """Return the names of people who probably speak.

    known: full names of people who are known to speak, which come first. Evidence for a name belongs to whoever has it
        as a first name.
    """
    heads = {name.split()[0] for name in known}
    others = [name for name in speaker_names.present(people, 0.0) if name.split()[0] not in heads]
    return [*known, *others][: max(_MOST, len(known))]


def find(names: Sequence[str], people: People, texts: Sequence[str], turns: Ints) -> list[NamedTurn]:
    """Return where the people are named; nothing for two with the same first name. texts: of the sentences."""
    starts, ends = np.searchsorted(turns, turns, "left"), np.searchsorted(turns, turns, "right")
    heads = [name.split()[0] for name in names]
    told_of = {name.split()[0]: told for name, told in people.items()}
    found = set()
    for person, head in enumerate(heads):
        if heads.count(head) > 1:
            continue
        told = {each.sentence: each for each in told_of.get(head, ())}
        mention = re.compile(rf"\b{re.escape(head)}\b")
        for at, text in enumerate(texts):
            if at in told or mention.search(text):
                kind = _kind(told.get(at), text, at - int(starts[at]), int(ends[at]) - at)
                found.add((int(turns[at]), person, kind))
    return [NamedTurn(*each) for each in sorted(found)]


def guests(names: Sequence[str], named: Sequence[NamedTurn]) -> Floats:
    """Return for each person, and anybody else, 1 if others greet them, -1 if they introduce themselves, or else 0."""
    kinds = defaultdict(set)
    for each in named:
        kinds[each.person].add(each.kind.split()[0])
    found = [float("greeted" in kinds[at]) - float("says" in kinds[at]) for at in range(len(names) + 1)]
    return np.array(found)


def neighbours(count: int, named: Sequence[NamedTurn], turns: int) -> list[Floats]:
    """Return for each turn how probable each three speakers are who say the one before, it and the next.

    The arrays have the shape (before, in, after), and are up to a factor.

    count: of the people, the last of whom is anybody else.
    turns: their number.
    """
    odds = speaker_odds.shipped()
    usual = _transitions(count, odds.returns)
    found = [usual] * turns  # most turns name nobody, so they share an array
    for each in named:
        after, before, neither, here = np.array(odds.named[each.kind]) / odds.anywhere
        told = np.full((count, count, count), neither)
        told[each.person], told[:, :, each.person], told[:, each.person] = before, after, here
        found[each.turn] = found[each.turn] * told
    return found


def fits(count: int, named: Sequence[NamedTurn], likely: Floats) -> Floats:
    """Return how much worse the names would fit if each person's turns were exchanged with those of another.

    The result is a log likelihood ratio for the exchange that suits best, of shape (count - 1,), negative if it would
    be better.

    count: of the people, the last of whom is anybody else.
    likely: shape (turns, count); the probability that each of them says each turn.
    """
    odds = speaker_odds.shipped()
    nobody = np.zeros((1, count))
    before, after = np.concatenate([nobody, likely[:-1]]), np.concatenate([likely[1:], nobody])
    places = np.stack([(1 - likely) * after, (1 - likely) * (1 - after) * before, 0 * likely, likely])
    places[2] = np.maximum(1 - places.sum(0), 0.0)
    whose = np.zeros((count, count))  # [name, whoever says these turns]
    for each in named:
        ratios = np.array(odds.named[each.kind]) / odds.anywhere
        whose[each.person] += np.log(ratios @ places[:, each.turn])
    own = np.diag(whose)
    loss = own[:, None] + own - whose - whose.T
    np.fill_diagonal(loss, np.inf)
    found: Floats = loss[:-1].min(axis=1)
    return found


def _kind(evidence: NameEvidence | None, text: str, before: int, left: int) -> str:
    """Return the kind as in SpeakerOdds.named, which depends on the sentence's place in its turn.

    evidence: what the sentence says of the person; None if it only mentions them.
    before: how many sentences of the turn precede it.
    left: how many are left, including itself.
    """
    first, last = before == 0 and left > 1, left <= 2
    if evidence is None:
        return f"{MENTIONED} last" if last else MENTIONED
    if evidence.kind in ("says", "introduced"):
        return evidence.kind
    if first:
        return f"{evidence.kind} first"
    if last and sentence_features.asks(text):
        return "asked"
    return "addressed amid" if evidence.kind == "addressed" and not last else evidence.kind


def _transitions(count: int, returns: float) -> Floats:
    """Return how probable each next speaker is, of shape (before, now, next); the last person is anybody else."""
    usual = np.full((count, count, count), (1 - returns) / max(count - 2, 1))
    one, other = np.ogrid[:count, :count]
    usual[one, other, one] = returns
    usual[:, :, -1] *= _OTHERS
    usual[:, -1, -1] *= _OTHERS
    people = np.arange(count - 1)
    usual[:, people, people] = np.exp(-CERTAIN)  # nobody follows themselves, as that would be one turn
    return usual
