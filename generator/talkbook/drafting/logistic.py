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
    """A fitted logistic regression over features, which are standardised first.

    weights, means, scales: shape (features,).
    """

    weights: Matrix
    means: Matrix
    scales: Matrix
    intercept: float

    def probability(self, features: Matrix) -> Matrix:
        """Return the probability for each row of an array of shape (rows, features)."""
        values = ((features - self.means) / self.scales) @ self.weights + self.intercept
        return np.asarray(1 / (1 + np.exp(-values)), np.float64)


@cache
def load(name: str) -> Model:
    """Return the model in the data file with this name. It takes its features in the order of that file."""
    data = json.loads(resources.files(__package__).joinpath(f"data/{name}.json").read_text("utf-8"))
    columns = np.array(list(data["features"].values()), np.float64)
    return Model(columns[:, 0], columns[:, 1], columns[:, 2], data["intercept"])
