"""Several workers with steps of their own: the predictions against every batch there is, and against runs."""

import functools
import itertools

import numpy as np
import pytest

from gradlib import calculus, data, theory
from tests.test_theory import problem
from tests.test_theory_batches import all_batches, gaussian_design
from tests.test_without_backprop import holds_on_average


def cut(X, y, *ends):
    """The rows as shards that end at these numbers of rows."""
    return list(zip(np.split(X, ends), np.split(y, ends)))


def rounds(shards, step_size, batch_size, k):
    """Every round that can happen, all equally likely, as matrices that act on (w, 1): (how many, d + 1, d + 1)."""
    n, walks = sum(len(X) for X, _ in shards), []
    for X, y in shards:
        steps = []
        for batch in all_batches(len(X), batch_size, replace=False):
            step = np.eye(X.shape[1] + 1)
            step[:-1, :-1] -= step_size * calculus.linear_hessian(X[batch])
            step[:-1, -1] = step_size * X[batch].T.dot(y[batch]) / batch_size
            steps.append(step)
        walks.append([len(X) / n * functools.reduce(np.matmul, walk) for walk in itertools.product(steps, repeat=k)])
    return np.array([sum(walk) for walk in itertools.product(*walks)])


@pytest.mark.parametrize("k", [1, 2])
@pytest.mark.parametrize("batch_size", [1, 2])
@pytest.mark.parametrize("ends", [(2,), (3,), (2, 4)])
def test_the_floor_is_what_every_possible_round_leaves_as_it_is(ends, batch_size, k):
    X, y, _ = problem(5, n=ends[-1] + 2, d=2)
    shards, step_size = cut(X, y, *ends), 0.3 * theory.mean_square_limit(X, 1)
    happens = rounds(shards, step_size, batch_size, k)
    moment = np.mean([np.kron(R, R) for R in happens], axis=0)
    values, vectors = np.linalg.eig(moment)
    settled = np.argmin(abs(values - 1))
    Z = np.real(vectors[:, settled] / vectors[-1, settled]).reshape(3, 3)
    np.testing.assert_allclose(theory.drift(shards, step_size, k), Z[:-1, -1], rtol=1e-9, atol=1e-12)
    goal = calculus.least_squares(X, y)
    around = Z[:-1, :-1] - np.outer(Z[:-1, -1], goal) - np.outer(goal, Z[-1, :-1]) + np.outer(goal, goal)
    excess = (calculus.linear_hessian(X) * around).sum() / 2
    assert theory.local_floor(shards, step_size, batch_size, k) == pytest.approx(excess, rel=1e-8)


@pytest.mark.parametrize("step_size, leaves", [(0.95, False), (1.05, True)])
def test_the_floor_ends_where_the_second_moment_over_all_rounds_grows(step_size, leaves):
    X, y, _ = problem(2, n=5, d=2)
    shards, low, high = cut(X, y, 3), 0.0, 4.0
    for _ in range(50):
        middle = (low + high) / 2
        moving = rounds(shards, middle, 1, 2)[:, :-1, :-1]
        grows = abs(np.linalg.eigvals(np.mean([np.kron(R, R) for R in moving], axis=0))).max() >= 1
        low, high = (low, middle) if grows else (middle, high)
    assert np.isinf(theory.local_floor(shards, step_size * low, 1, 2)) == leaves


@pytest.mark.parametrize("k", [1, 2, 7])
@pytest.mark.parametrize("batch_size", [1, 4, 9])
def test_one_worker_has_the_floor_of_fresh_batches_however_often_it_is_looked_at(batch_size, k):
    X, y, _ = problem(3)
    for fraction in (0.05, 0.7):
        step_size = fraction * theory.mean_square_limit(X, batch_size)
        assert theory.local_floor([(X, y)], step_size, batch_size, k) == pytest.approx(
            theory.noise_floor(X, y, step_size, batch_size), rel=1e-9, abs=1e-18)


def test_workers_with_the_same_rows_that_exchange_every_step_draw_a_larger_batch():
    """Twice 3 of 9 different rows, c = (9 - 3) / (3 * 8) / 2, spread as much as 8 rows that may come again."""
    X, y, _ = problem(4)
    step_size = 0.3 * theory.mean_square_limit(X, 3)
    assert theory.local_floor([(X, y)] * 2, step_size, 3, 1) == pytest.approx(
        theory.noise_floor(X, y, step_size, 8, replace=True), rel=1e-10)


@pytest.mark.parametrize("ends", [(10, 20, 30), (5, 10, 30)])
def test_the_floor_is_the_mean_loss_of_many_runs(ends):
    """3,000 runs of 30 rounds from the best weights, which are long forgotten; within four standard errors (9 %)."""
    rng = np.random.default_rng(1)
    X, y = data.penguins("flipper", "bill")
    rows = rng.permutation(len(X))[:40]
    X, y = (X[rows] - X[rows].mean(axis=0)) / X[rows].std(axis=0), y[rows] - y[rows].mean()
    shards, w = cut(X, y, *ends), np.tile(calculus.least_squares(X, y), (3000, 1))
    for _ in range(30):
        w = sum(len(part) / 40 * walked(part, targets, w, 0.2, 2, 4, rng) for part, targets in shards)
    holds_on_average(theory.excess_loss(X, y, w), theory.local_floor(shards, 0.2, 2, 4))


def walked(X, y, w, step_size, batch_size, steps, rng):
    """Each run's weights after steps of a worker along batches of its own rows."""
    for _ in range(steps):
        batch = rng.random((len(w), len(X))).argsort(axis=1)[:, :batch_size]
        errors = np.einsum("rbd,rd->rb", X[batch], w) - y[batch]
        w = w - step_size * np.einsum("rbd,rb->rd", X[batch], errors) / batch_size
    return w


# ------------------------------------------------------------------------------- drift

@pytest.mark.parametrize("k", [1, 2, 5])
@pytest.mark.parametrize("ends", [(3,), (4, 6)])
def test_the_drift_is_where_workers_that_see_all_their_rows_in_every_step_end(ends, k):
    X, y, w = problem(6)
    shards, step_size = cut(X, y, *ends), 0.2 * theory.step_limit(X)
    for _ in range(3000):
        walks = []
        for part, targets in shards:
            mine = w
            for _ in range(k):
                mine = mine - step_size * calculus.linear_gradient(part, targets, mine)
            walks.append(len(part) / 9 * mine)
        w = sum(walks)
    np.testing.assert_allclose(theory.drift(shards, step_size, k), w, rtol=1e-9)


def test_without_noise_the_floor_is_the_loss_at_the_drift_and_noise_adds_to_it():
    X, y, _ = problem(7, n=12)
    shards, step_size = cut(X, y, 4, 8), 0.02
    alone = theory.excess_loss(X, y, theory.drift(shards, step_size, 5))
    floors = [theory.local_floor(shards, step_size, batch_size, 5) for batch_size in (1, 2, 3, 4)]
    assert floors[-1] == pytest.approx(alone, rel=1e-9) and alone > 0
    assert (np.diff(floors) < 0).all()


@pytest.mark.parametrize("step_size", [0.01, 0.1])
def test_nothing_drifts_after_one_step_or_where_all_workers_see_the_same(step_size):
    X, y, _ = problem(8)
    goal = calculus.least_squares(X, y)
    np.testing.assert_allclose(theory.drift(cut(X, y, 2, 5), step_size, 1), goal, rtol=1e-9)
    np.testing.assert_allclose(theory.drift([(X, y)] * 3, step_size, 9), goal, rtol=1e-9)
    consistent = cut(X, X.dot(goal), 2, 5)   # different rows, but one answer that is right for all of them
    np.testing.assert_allclose(theory.drift(consistent, step_size, 9), goal, rtol=1e-9)
    assert theory.local_floor(consistent, step_size, 1, 9) == pytest.approx(0, abs=1e-18)


def test_more_steps_of_ones_own_lead_from_the_best_weights_of_all_to_the_mean_of_each_ones_best():
    X, y, _ = problem(9, n=20)
    shards = cut(X, y, 8)
    far = theory.drift(shards, 0.1, 100_000)
    np.testing.assert_allclose(far, sum(len(y) / 20 * calculus.least_squares(X, y) for X, y in shards), rtol=1e-9)
    away = [np.linalg.norm(theory.drift(shards, 0.1, k) - calculus.least_squares(X, y)) for k in (1, 2, 8, 64)]
    assert (np.diff(away) > 0).all()


def test_rows_decide_and_not_their_order_or_shards_without_any():
    X, y, _ = problem(1)
    first, second, third = cut(X, y, 2, 5)
    empty = np.empty((0, 3)), np.empty(0)
    for f in (lambda shards: theory.local_floor(shards, 0.05, 2, 3), lambda shards: theory.drift(shards, 0.05, 3)):
        np.testing.assert_allclose(f([third, empty, first, second]), f([first, second, third]), rtol=1e-10)


def test_a_flat_direction_changes_nothing():
    X, y, _ = problem(1)
    twice = np.hstack([X, X]) / 2**0.5
    assert theory.local_floor(cut(twice, y, 3), 0.05, 2, 3) == pytest.approx(
        theory.local_floor(cut(X, y, 3), 0.05, 2, 3), rel=1e-9)
    np.testing.assert_allclose(twice @ theory.drift(cut(twice, y, 3), 0.05, 3),
                               X @ theory.drift(cut(X, y, 3), 0.05, 3), rtol=1e-9)


def test_far_too_long_steps_lead_nowhere_without_a_warning():
    X, y, _ = problem(1)
    for k in (1, 1000):
        assert theory.local_floor(cut(X, y, 3), 1e3, 2, k) == np.inf
        assert np.isinf(theory.drift(cut(X, y, 3), 1e3, k)).all() and len(theory.drift(cut(X, y, 3), 1e3, k)) == 3


# ------------------------------------------------------------------------------- digits per step

@pytest.mark.parametrize("d", [1, 2, 3])
@pytest.mark.parametrize("batch_size", [1, 3, 50])
def test_no_step_size_gains_more_digits(batch_size, d):
    """The mean loss after a step is a parabola in the step size: three of its values give its lowest point."""
    X, start, steps = gaussian_design(d), np.arange(1, d + 1), [0.2, 0.5, 0.8]
    left = [np.divide(*theory.expected_excess(X, np.zeros(len(X)), start, eta, batch_size, 1, replace=True)[::-1])
            for eta in steps]
    a, b, c = np.polyfit(steps, left, 2)
    assert theory.digits_per_step(batch_size, d) == pytest.approx(-np.log10(c - b**2 / 4 / a), rel=1e-10)
    assert theory.gaussian_limit(batch_size, d) == pytest.approx(-b / a, rel=1e-10)


def test_runs_on_endless_gaussian_data_gain_these_digits():
    rng, w, size, d = np.random.default_rng(2), np.ones((20_000, 4)) / 2, 6, 4
    for _ in range(2):
        X = rng.standard_normal((len(w), size, d))
        w = w - size / (size + d + 1) * np.einsum("rbd,rbe,re->rd", X, X, w) / size
    holds_on_average((w**2).sum(axis=1), 10 ** (-2 * theory.digits_per_step(size, d)))


def test_below_the_critical_batch_size_doubling_doubles_above_it_adds():
    assert theory.digits_per_step(2, 10**6) == pytest.approx(2 * theory.digits_per_step(1, 10**6), rel=1e-5)
    assert theory.digits_per_step(21, 20) == pytest.approx(np.log10(2))
    assert theory.digits_per_step(2 * 10**7, 20) - theory.digits_per_step(10**7, 20) == pytest.approx(np.log10(2),
                                                                                                     abs=1e-5)


# ------------------------------------------------------------------------------- bad input

GOOD = [([[1.0], [2.0]], [1.0, 0.0])]


@pytest.mark.parametrize("shards, kind, words", [
    ((np.ones((3, 2)), np.ones(3)), TypeError, r"shards must be a list of pairs \(X, y\).*Use \[\(X, y\)\]"),
    (3, TypeError, "shards must be a list of pairs"),
    ([], ValueError, "got no rows at all"),
    ([(np.empty((0, 2)), [])], ValueError, "got no rows at all"),
    ([*GOOD, ([[1.0, 2.0]], [1.0])], ValueError, "the same columns, got shards of 1 and 2 columns"),
    ([([[1.0], [2.0]], [1.0])], ValueError, r"y has shape \(1,\); expected \(2,\)"),
    ([([[np.nan]], [1.0])], ValueError, "X has"),
])
def test_bad_shards(shards, kind, words):
    for call in (lambda: theory.local_floor(shards, 0.1, 1, 1), lambda: theory.drift(shards, 0.1, 1)):
        with pytest.raises(kind, match=words):
            call()


def test_other_bad_input():
    with pytest.raises(ValueError, match="batch_size must be at most 2, the number of examples, got 3"):
        theory.local_floor(GOOD, 0.1, 3, 1)
    for call in (lambda k: theory.local_floor(GOOD, 0.1, 1, k), lambda k: theory.drift(GOOD, 0.1, k)):
        with pytest.raises(ValueError, match="local_steps must be at least 1, got 0"):
            call(0)
        with pytest.raises(TypeError, match="local_steps must be a whole number"):
            call(1.5)
    with pytest.raises(ValueError, match="step_size must be a positive number"):
        theory.drift(GOOD, -1, 1)
    with pytest.raises(ValueError, match="batch_size must be at least 1"):
        theory.digits_per_step(0, 3)
    with pytest.raises(ValueError, match="d must be at least 1"):
        theory.digits_per_step(3, 0)
