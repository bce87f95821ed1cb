"""Logistic regressions, loaded from the package's data files."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """A fitted logistic regression over signs (features), which are standardised first.

    weights, means, scales: shape (signs,).
    """

    weights: Matrix
    means: Matrix
    scales: Matrix
    intercept: float

    def probability(self, signs: Matrix) -> Matrix:
        """Return the probability for each row of an array of shape (rows, signs)."""
        values = ((signs - self.means) / self.scales) @ self.weights + self.intercept
        return np.asarray(1 / (1 + np.exp(-values)), np.float64)


@cache
def load(name: str) -> Model:
    """Return the model in the data file with this name. Its signs have the order of the columns for probability()."""
    data = json.loads(resources.files(__package__).joinpath(f"data/{name}.json").read_text("utf-8"))
    columns = np.array(list(data["signs"].values()), np.float64)
    return Model(columns[:, 0], columns[:, 1], columns[:, 2], data["intercept"])
