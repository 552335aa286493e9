"""Numbers in the prose of lesson 01 that no cell prints."""

import numpy as np
import pytest

from gradlib import calculus, data


@pytest.fixture
def birds():
    X, y = data.penguins("flipper")
    return calculus.add_ones(X - X.mean()), y


def test_the_broken_loss_says_0_56_and_the_truth_is_0_08(birds):
    X, y = birds
    p = X.dot(calculus.least_squares(X, y))
    assert round(np.mean((p - y[:, None]) ** 2) / 2, 2) == 0.56
    assert round(np.mean((p - y) ** 2) / 2, 2) == 0.08


def test_the_arrow_misses_the_way_from_the_middle_by_18_degrees(birds):
    X, y = birds
    here = np.array([0.1, 4.6])
    away, gradient = here - calculus.least_squares(X, y), calculus.linear_gradient(X, y, here)
    cosine = away.dot(gradient) / np.linalg.norm(away) / np.linalg.norm(gradient)
    assert round(np.degrees(np.arccos(cosine))) == 18
