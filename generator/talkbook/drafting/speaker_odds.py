"""How far the evidence for who speaks can be trusted, as learnt by `benchmarks/train_speaker_odds.py`."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class SpeakerOdds:
    """Parameters learnt from labelled conversations.

    trust: (factor for decoded log odds if the speakers' style agrees with them by 1, what each further 1 adds to it).
    complete: weights of speaker_marks.features().
    several: weights of speaker_count.features().
    certain: weights of speaker_panels.features().
    named: how somebody is named, see speaker_panel_names.find() -> probabilities, with more than two people, that they
        speak in the next turn, only in the previous one, in neither, or in this one.
    anywhere: the same probabilities for anybody and any turn.
    returns: probability that a turn is followed by the speaker before it, with more than two people.
    """

    trust: tuple[float, float]
    complete: Sequence[float]
    several: Sequence[float]
    certain: Sequence[float]
    named: Mapping[str, Sequence[float]]
    anywhere: Sequence[float]
    returns: float


@lru_cache(maxsize=1)
def shipped() -> SpeakerOdds:
    """Return the odds that come with the package."""
    data = json.loads(resources.files("talkbook.drafting").joinpath("data/speaker_odds.json").read_text("utf-8"))
    return SpeakerOdds(**{each.name: data[each.name] for each in fields(SpeakerOdds)})
