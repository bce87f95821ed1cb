"""How far evidence for a name can be trusted, as learnt by `benchmarks/train_speaker_names.py`."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class NameOdds:
    """Parameters learnt from labelled conversations.

    present: weights of speaker_names.features().
    error: probability that a piece of evidence for a speaker's name suggests somebody else.
    """

    present: Sequence[float]
    error: float


@lru_cache(maxsize=1)
def shipped() -> NameOdds:
    """Return the odds that come with the package."""
    data = json.loads(resources.files("talkbook.drafting").joinpath("data/speaker_names.json").read_text("utf-8"))
    return NameOdds(data["present"], data["error"])
