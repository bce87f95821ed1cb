"""Logistic regressions that were fitted elsewhere, as the package's data files hold them."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """A logistic regression. means, scales: of each sign, by which it is standardised before it is weighed."""

    weights: Matrix
    means: Matrix
    scales: Matrix
    intercept: float

    def probability(self, signs: Matrix) -> Matrix:
        """Of each row of signs, from 0 to 1."""
        values = ((signs - self.means) / self.scales) @ self.weights + self.intercept
        return np.asarray(1 / (1 + np.exp(-values)), np.float64)


@cache
def load(name: str) -> Model:
    """The model in the data file of this name, whose signs stand there in the order in which they are counted."""
    data = json.loads(resources.files(__package__).joinpath(f"data/{name}.json").read_text("utf-8"))
    columns = np.array(list(data["signs"].values()), np.float64)
    return Model(columns[:, 0], columns[:, 1], columns[:, 2], data["intercept"])
