"""How far what tells of who speaks is to be trusted, as `benchmarks/train_speaker_odds.py` learnt it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class SpeakerOdds:
    """What labelled conversations taught of the signs that others have.

    trust: factor of the odds of a course that the two speakers' words agree with by 1, and what each that they agree
    more adds. complete: weights of speaker_marks.signs(). several: weights of speaker_count.signs(). named: what tells
    a name -> how often its bearer speaks next, only before, in neither turn, and in this very one, among more than two.
    anywhere: the same of anybody in any turn. returns: share of their turns after which the one before speaks again.
    """

    trust: tuple[float, float]
    complete: Sequence[float]
    several: Sequence[float]
    named: Mapping[str, Sequence[float]]
    anywhere: Sequence[float]
    returns: float


@lru_cache(maxsize=1)
def shipped() -> SpeakerOdds:
    """The odds that come with the package."""
    data = json.loads(resources.files("talkbook.drafting").joinpath("data/speaker_odds.json").read_text("utf-8"))
    one, more = data["trust"]
    return SpeakerOdds((one, more), data["complete"], data["several"], data["named"], data["anywhere"], data["returns"])
