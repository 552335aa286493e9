"""Numbers and promises in the prose of lesson 08 that no cell prints, and the moves of its derivations."""

import itertools
import math

import numpy as np
import pytest

from gradlib import calculus, data, descent, theory
from gradlib.explorers.lesson08 import birds


@pytest.fixture(scope="module")
def standard_birds():
    return birds()


def test_a_day_and_four_hours():
    assert round(1e8 / 1000 / 3600) == 28


def test_on_paper():
    X, y = data.four_points()
    slopes = X[:, 0] * (X @ [3, -1] - y)
    assert slopes.tolist() == [2, -1, -1, -5] and slopes.mean() == -1.25
    means = [sum(pair) / 2 for pair in itertools.combinations(slopes, 2)]
    assert means == [0.5, 0.5, -1.5, -1, -3, -3] and sum(means) == -7.5
    assert np.var(slopes) == 6.1875 and np.var(means) == 2.0625 == 6.1875 / 3


def test_along_two_of_the_six_batches_the_loss_of_all_four_rises():
    (X, y), w = data.four_points(), np.array([3.0, -1.0])
    rises = []
    for batch in map(list, itertools.combinations(range(4), 2)):
        slope = calculus.linear_gradient(X[batch], y[batch], w)[0]
        rises.append(calculus.linear_loss(X, y, w - [0.01 * slope, 0]) > calculus.linear_loss(X, y, w))
    assert rises == [True, True, False, False, False, False]


def test_why_it_is_exactly_c_times_s():
    a = np.random.default_rng(0).standard_normal(7)
    a, n, s = a - a.mean(), 7, a.var()
    products = [a[i] * a[j] for i, j in itertools.permutations(range(n), 2)]
    assert np.mean(products) == pytest.approx(-s / (n - 1))
    for B in range(1, n + 1):
        squares = np.mean([sum(batch) ** 2 for batch in itertools.combinations(a, B)])
        assert squares == pytest.approx(B * s - B * (B - 1) * s / (n - 1))
        assert squares / B**2 == pytest.approx(theory.covariance_factor(n, B) * s)


def test_why_variances_of_several_weights_add_up(standard_birds):
    X, y = standard_birds
    S = theory.gradient_covariance(X, y, calculus.least_squares(X, y))
    _, axes = np.linalg.eigh(calculus.linear_hessian(X))
    assert np.diag(axes.T @ S @ axes).sum() == pytest.approx(S.trace())
    assert [f"{variance:.4f}" for variance in (*np.diag(S), S.trace())] == ["0.1367", "0.1415", "0.2782"]


def test_where_the_gaussian_limit_comes_from():
    """The moves of the derivation for examples whose moments are those of a bell curve up to the fourth: each feature
    is 0 (weight 2/3) or plus or minus the root of 3, and every batch there is has its share."""
    values, weights, u = np.array([-(3**0.5), 0, 3**0.5]), np.array([1, 4, 1]) / 6, np.array([2.0, 0.0])
    assert weights @ values**2 == pytest.approx(1) and weights @ values**4 == pytest.approx(3)
    examples = np.array([*itertools.product(values, repeat=2)])
    chance = np.prod([*itertools.product(weights, repeat=2)], axis=1)
    gradients = examples * (examples @ u)[:, None]
    assert chance @ gradients == pytest.approx(u)
    for B, d in ((1, 2), (2, 2), (3, 2)):
        batches = np.array([*itertools.product(range(len(examples)), repeat=B)])
        share, g = chance[batches].prod(axis=1), gradients[batches].mean(axis=1)
        assert share @ (g * g).sum(axis=1) == pytest.approx(u @ u * (B + d + 1) / B)
        for eta, factor in ((2 * B / (B + d + 1), 1), (B / (B + d + 1), (d + 1) / (B + d + 1))):
            assert share @ ((u - eta * g) ** 2).sum(axis=1) == pytest.approx(u @ u * factor)
        assert theory.gaussian_limit(B, d) == 2 * B / (B + d + 1)


def test_twenty_features():
    assert [f"{theory.gaussian_limit(B, 20):.2f}" for B in (1, 21, 210)] == ["0.09", "1.00", "1.82"]
    assert theory.gaussian_limit(10**9, 20) == pytest.approx(2)
    steps = [math.ceil(math.log(1000) / math.log((B + 21) / 21)) for B in (1, 21, 210)]
    assert steps == [149, 10, 3] and [B * t for B, t in zip((1, 21, 210), steps)] == [149, 210, 630]


def test_one_run_is_a_small_sample(standard_birds):
    X, y = standard_birds
    runs = descent.many_runs(X, y, np.zeros(2), 0.2, 8, 1000, 50, np.random.default_rng(0))
    means = theory.excess_loss(X, y, runs[101:]).mean(axis=0)
    assert means.min() < 0.0019 and means.max() > 0.00228
    assert means.mean() == pytest.approx(theory.noise_floor(X, y, 0.2, 8), rel=0.03)


def test_what_the_floors_do(standard_birds):
    X, y = standard_birds
    floors = {(eta, B): theory.noise_floor(X, y, eta, B) for eta in (0.2, 0.8) for B in (1, 6, 8, 18, 32)}
    assert 0.22 < floors[0.2, 32] / floors[0.2, 8] < 0.25
    assert f"{floors[0.8, 8] / theory.small_step_floor(X, y, 0.8, 8):.1f}" == "3.5"
    assert round(floors[0.2, 1] / floors[0.2, 18]) == 24 and f"{floors[0.2, 6]:.4f}" == "0.0028"


def test_where_linear_scaling_ends(standard_birds):
    X, y = standard_birds
    diagonal = [theory.noise_floor(X, y, 0.04 * B, B) for B in (1, 2, 4, 8, 16)]
    of_limit = [0.04 * B / theory.mean_square_limit(X, B) for B in (1, 2, 4, 8, 16)]
    grown = [f"{floor / diagonal[0]:.2f} at {share:.2f}" for floor, share in zip(diagonal, of_limit)]
    assert grown[3:] == ["1.26 at 0.30", "1.88 at 0.56"] and diagonal[2] < 1.1 * diagonal[0]


def test_half_the_step_for_one_bird_at_a_time(standard_birds):
    X, _ = standard_birds
    assert theory.mean_square_limit(X, 1) / theory.step_limit(X) == pytest.approx(0.5, abs=0.02)


def test_a_single_run_may_stay_near_at_longer_steps_than_the_mean(standard_birds):
    """The mean logarithm of the growth of one run decides: below 0 it stays near, above it leaves."""
    X, _ = standard_birds
    rng = np.random.default_rng(0)
    grows = []
    for times in (1.6, 1.8):
        eta, w, grown = times * theory.mean_square_limit(X, 1), np.ones(2), 0.0
        for x in X[rng.integers(0, len(X), 10_000)]:
            w = w - eta * x * x.dot(w)
            size = np.abs(w).max()
            grown, w = grown + math.log(size), w / size
        grows.append(grown > 0)
    assert grows == [False, True]


def test_shuffled_epochs_settle_lower_with_short_steps(standard_birds):
    X, y = standard_birds
    ends = [theory.shuffled_floor(X, y, eta, 38)[-1] for eta in (0.2, 0.1, 0.05, 0.025)]
    assert 6 < ends[0] / ends[1] < ends[1] / ends[2] < ends[2] / ends[3] < 8.5
    assert theory.shuffled_floor(X, y, 0.2, 38).max() < 0.75 * theory.noise_floor(X, y, 0.2, 38)


def test_and_higher_with_long_ones(standard_birds):
    X, y = standard_birds
    start = calculus.least_squares(X, y)
    runs = descent.many_runs(X, y, start, 1.0, 114, 120, 400, np.random.default_rng(0), "shuffled")
    within = theory.excess_loss(X, y, runs[31:]).mean(axis=1).reshape(-1, 3).mean(axis=0)
    assert f"{theory.noise_floor(X, y, 1.0, 114):.4f}" == "0.0021"
    assert within.min() == pytest.approx(0.0023, abs=0.0001) and within.max() == pytest.approx(0.0029, abs=0.0001)


def test_what_a_batch_leaves_of_the_width():
    c = {B: theory.covariance_factor(342, B) for B in (1, 8, 18, 32)}
    assert 4 < (c[1] / c[18]) ** 0.5 < 5 and c[8] / c[32] == pytest.approx(4, rel=0.1)
