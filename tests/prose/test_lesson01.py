"""Numbers in the prose of lesson 01 that no cell prints."""

import numpy as np
import pytest

from gradlib import calculus, data
from gradlib.explorers import line_and_landscape


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


def test_what_the_picture_shows(birds):
    X, y = birds
    weight, bias = calculus.linear_gradient(X, y, [0.1, 4.6])
    assert weight < 0 < bias   # to the upper left
    assert abs(calculus.linear_gradient(X, y, [0.5, 4.6])[0]) < 0.01
    controls = line_and_landscape().controls.values()
    assert np.allclose([0.5, 4.2], calculus.least_squares(X, y), atol=[control.step for control in controls])


def test_the_nudge_of_one_square():
    change = ((2.01 * 3 - 5) ** 2 - (2 * 3 - 5) ** 2) / 0.01
    assert change == pytest.approx(6 + 0.09)


def test_a_nudge_of_1_is_off_by_as_much_on_either_side_and_its_chord_is_parallel_to_the_tangent():
    X, y, w = np.array([[1.0, 4.0], [2.0, 0.0], [3.0, 1.0]]), np.array([2.0, 2.0, 5.0]), np.array([2.0, 1.0])
    below, here, above = (calculus.linear_loss(X, y, w + [move, 0]) for move in (-1, 0, 1))
    slope = calculus.linear_gradient(X, y, w)[0]
    assert above - here - slope == pytest.approx(slope - (here - below)) and above - here > slope
    assert (above - below) / 2 == pytest.approx(slope)


def test_a_mean_does_not_care_that_every_example_is_written_down_twice(birds):
    X, y = birds
    twice = np.vstack([X, X]), np.concatenate([y, y])
    for loss, factor in (("half_mse", 1), ("mse", 1), ("half_sse", 2), ("sse", 2)):
        once = calculus.linear_gradient(X, y, [0.1, 4.6], loss=loss)
        assert calculus.linear_gradient(*twice, [0.1, 4.6], loss=loss) == pytest.approx(factor * once)


def test_what_the_products_that_look_alike_add_up():
    X, e = np.arange(9.0).reshape(3, 3) + 1, np.array([1.0, -2, 4])
    assert (X.T @ e)[1] == sum(X[i, 1] * e[i] for i in range(3))   # down a column, each entry with its own error
    assert (X @ e)[1] == sum(X[1, j] * e[j] for j in range(3))     # along a row, one example with all errors
    assert (X * e)[1].tolist() == [X[1, j] * e[j] for j in range(3)]
    for product in (np.matmul, np.multiply):
        with pytest.raises(ValueError):
            product(X[:, :2], e)
    assert (np.zeros(7) - np.zeros((7, 1))).size == 49
