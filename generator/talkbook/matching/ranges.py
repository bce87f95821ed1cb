"""Ranges of consecutive numbers, laid end to end in one array."""

import numpy as np
import numpy.typing as npt

from talkbook.text import tokens

Ints = tokens.Ints
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def expand(starts: Ints, sizes: Ints) -> Ints:
    """Return the numbers of all ranges, one range after another. sizes: how many numbers each has."""
    return np.repeat(starts - offsets(sizes)[:-1], sizes) + np.arange(sizes.sum())


def offsets(sizes: Ints) -> Ints:
    """Return where each range begins if they are laid end to end, followed by the total size."""
    return np.concatenate([[0], np.cumsum(sizes)])
