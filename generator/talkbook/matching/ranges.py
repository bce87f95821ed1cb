"""Arrays that hold one run of numbers after another, and which numbers those are."""

import numpy as np
import numpy.typing as npt

from talkbook.text import tokens

Ints = tokens.Ints
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def expand(starts: Ints, sizes: Ints) -> Ints:
    """The numbers from each start on, so many as its size says, one run after the other."""
    return np.repeat(starts - offsets(sizes)[:-1], sizes) + np.arange(sizes.sum())


def offsets(sizes: Ints) -> Ints:
    """Where each of the runs begins, and the end of the last."""
    return np.concatenate([[0], np.cumsum(sizes)])
