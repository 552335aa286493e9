"""Numbers and promises in the prose of lesson 13 that no cell prints."""

import itertools

import numpy as np
import pytest

from gradlib import calculus, data, diagnose, theory
from gradlib.exercises import posted


@pytest.fixture(scope="module")
def flats():
    """The flats as the lesson takes them: X (20, 2) with a column of ones, y (20,)."""
    rows, rents = data.flats()
    size, y = rows[:, 0], rents / 100 - (rents / 100).mean()
    return np.column_stack([(size - size.mean()) / size.std(), np.ones(20)]), y


def test_on_paper():
    claimed, measured = np.array([4, -2, 1]), np.array([2, -1, 0.5])
    assert (claimed / measured == 2).all()


def test_the_blog_goes_down_the_mean_cross_entropy():
    points, classes = data.moons()
    points = np.column_stack([points, np.ones(len(points))])

    def line(X, y, w):
        return X.T.dot(calculus.sigmoid(X @ w) - y) / X.shape[0]
    assert calculus.which_loss(points, classes, np.array([0.5, -1.0, 0.2]), line).loss == "cross_entropy"


def test_the_floor_of_one_flat_is_more_than_five_times_that_of_four(flats):
    X, y = flats
    one, four = (theory.noise_floor(X, y, 0.2, B) for B in (1, 4))
    assert 5 < one / four < 6
    assert theory.mean_square_limit(X, 1) == pytest.approx(0.72, abs=0.005)
    assert theory.noise_floor(X, y, 0.2, 20) == 0


def test_a_batch_of_four_different_flats_has_less_than_a_quarter_of_the_noise(flats):
    X, y = flats
    slopes = X * (X @ np.zeros(2) - y)[:, None]
    four = [slopes[list(rows)].mean(axis=0) for rows in itertools.combinations(range(20), 4)]
    assert np.var(four, axis=0).sum() < np.var(slopes, axis=0).sum() / 4


def test_the_slope_of_w1_in_the_file_is_fifty_times_as_long():
    names = posted.own("no such file.py")
    found = diagnose(names["loss"], names["gradient"], *names["parameters"])
    assert [verdict.right for verdict in found.parameters.values()] == [False, True, True, True]
    assert next(iter(found.parameters.values())).length == pytest.approx(50, rel=1e-6)
    assert 50 * 0.02 == 1


def ended(gradient, names, step_size):
    """The loss of the network in the file after 300 steps."""
    layers = names["parameters"]
    with np.errstate(all="ignore"):
        for _ in range(300):
            layers = [array - step_size * slope for array, slope in zip(layers, gradient(*layers))]
        return names["loss"](*layers)


def test_in_the_file_the_mistake_helps_and_flies_apart_with_longer_steps_than_the_right_slope_does():
    names = posted.own("no such file.py")

    def right(*layers):
        dW1, *others = names["gradient"](*layers)
        return [dW1 / 50, *others]
    assert ended(right, names, 0.02) == pytest.approx(0.083, abs=0.0005)
    assert ended(names["gradient"], names, 0.02) < ended(right, names, 0.02)
    assert not ended(names["gradient"], names, 1.5) < 1 and ended(right, names, 1.5) < 0.1


def test_losses_of_the_network_at_the_start_and_with_the_right_gradient():
    assert posted.loss(*posted.start()) == pytest.approx(0.75, abs=0.005)
    assert posted.loss(*posted.trained(posted.right)) == pytest.approx(0.32, abs=0.005)


def test_all_eight_begin_within_25_degrees():
    def flat(arrays):
        vector = np.concatenate([array.ravel() for array in arrays])
        return vector / np.linalg.norm(vector)
    layers = posted.start()
    cosines = [flat(bug.slopes(*layers)) @ flat(posted.right(*layers)) for bug in posted.NETWORKS]
    assert min(cosines) > np.cos(np.radians(25))


def test_what_is_said_of_the_eight():
    layers, (X, _) = posted.start(), posted.examples()
    W1, b1, W2, b2 = layers
    h, z = np.tanh(X @ W1 + b1), X @ W1 + b1
    right, named = posted.right(*layers), {(bug.place, i): bug.slopes(*layers) for i, bug in enumerate(posted.NETWORKS)}
    assert ((1 - h**2) > 0).all()                     # 1: each number keeps its sign
    assert ((1 - z**2) < 0).any()                     # 2: beyond 1 the sign turns
    assert not np.isfinite(posted.loss(*posted.trained(posted.NETWORKS[1].slopes)))
    np.testing.assert_allclose(named["delta2", 4][3], 2 * right[3], rtol=1e-12)    # 5: no decay in b2
    np.testing.assert_allclose(named["dW2", 5][2] + posted.DECAY * W2, right[2], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(200 * named["db1", 6][1], right[1], rtol=1e-9)      # 7
    np.testing.assert_allclose(named["db2", 7][3], 200 * right[3], rtol=1e-9)      # 8


def test_the_sigmoid_s_slope_once_more_lets_what_is_surely_wrong_pull_weakly():
    surely_wrong, unsure = (abs((p - 1) * p * (1 - p)) for p in (0.001, 0.4))
    assert surely_wrong < unsure / 100


def test_without_decay_w2_grows_larger():
    kept, forgotten = (np.linalg.norm(posted.trained(slopes)[2])
                       for slopes in (posted.right, posted.NETWORKS[5].slopes))
    assert forgotten > 1.2 * kept
    assert posted.loss(*posted.trained(posted.NETWORKS[5].slopes, steps=2000)) == pytest.approx(0.92, abs=0.005)


def test_with_the_mean_of_squares_the_limit_is_half(flats):
    X, _ = flats
    assert theory.step_limit(2**0.5 * X) == pytest.approx(theory.step_limit(X) / 2)
