"""Batches of linear regression: the predictions against every batch there is, and against each other."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib import calculus, data, descent, theory
from tests.test_theory import problem

SIZES = [(1, False), (2, False), (3, False), (4, False), (1, True), (2, True), (3, True)]
sampled = pytest.mark.parametrize("batch_size, replace", SIZES)


def all_batches(n, batch_size, replace):
    """Every batch that can be drawn, all equally likely: (how many, batch_size)."""
    if replace:
        return np.array(list(itertools.product(range(n), repeat=batch_size)))
    return np.array(list(itertools.combinations(range(n), batch_size)))


def gradients(X, y, w, batches):
    return np.array([calculus.linear_gradient(X[batch], y[batch], w) for batch in batches])


def factors(X, step_size, batches):
    """I - eta H_B for every batch: what a step along it does to the distance from w*."""
    return np.eye(X.shape[1]) - step_size * np.array([calculus.linear_hessian(X[batch]) for batch in batches])


def gaussian_design(d):
    """6^d points with the moments of a standard normal up to the fifth: Gauss and Hermite's rule with 3 nodes."""
    return np.array(list(itertools.product([0, 0, 0, 0, 3**0.5, -(3**0.5)], repeat=d)))


# ------------------------------------------------------------------------------- one batch

@sampled
def test_the_mean_over_all_batches_is_the_gradient_and_their_covariance_is_c_sigma(batch_size, replace):
    for seed in range(5):
        X, y, w = problem(seed, n=5)
        found = gradients(X, y, w, all_batches(5, batch_size, replace))
        np.testing.assert_allclose(found.mean(axis=0), calculus.linear_gradient(X, y, w), rtol=1e-12, atol=1e-13)
        c = theory.covariance_factor(5, batch_size, replace)
        np.testing.assert_allclose(np.cov(found.T, ddof=0), c * theory.gradient_covariance(X, y, w),
                                   rtol=1e-11, atol=1e-12)


def test_a_batch_of_all_examples_has_no_noise():
    assert theory.covariance_factor(7, 7) == theory.covariance_factor(1, 1) == 0
    assert theory.covariance_factor(7, 7, replace=True) == 1 / 7
    assert theory.covariance_factor(4, 2) == pytest.approx(theory.covariance_factor(4, 3, replace=True))


@sampled
def test_expected_loss_after_one_step_is_the_mean_over_all_batches(batch_size, replace):
    X, y, w = problem(8, n=5)
    losses = [calculus.linear_loss(X, y, w - 0.07 * g)
              for g in gradients(X, y, w, all_batches(5, batch_size, replace))]
    assert theory.expected_loss_after_step(X, y, w, 0.07, batch_size, replace) == pytest.approx(np.mean(losses),
                                                                                                rel=1e-13)


@sampled
def test_no_other_step_lowers_the_expected_loss_more(batch_size, replace):
    X, y, w = problem(2)
    best = theory.best_step_for_batch(X, y, w, batch_size, replace)
    after = [theory.expected_loss_after_step(X, y, w, factor * best, batch_size, replace)
             for factor in (0.5, 1, 1.5)]
    assert after[1] < calculus.linear_loss(X, y, w)
    assert after[0] == pytest.approx(after[2], rel=1e-12) and after[1] < after[0]   # the vertex of a parabola


def test_the_noise_scale_is_the_batch_size_at_which_step_and_gain_are_half():
    X, y, w = problem(4)
    scale, g, H = theory.noise_scale(X, y, w), calculus.linear_gradient(X, y, w), calculus.linear_hessian(X)
    best, gain = g.dot(g) / g.dot(H).dot(g), g.dot(g)**2 / g.dot(H).dot(g) / 2
    for batch_size in (1, 5, 40):
        step = theory.best_step_for_batch(X, y, w, batch_size, replace=True)
        assert step == pytest.approx(best / (1 + scale / batch_size), rel=1e-12)
        after = theory.expected_loss_after_step(X, y, w, step, batch_size, replace=True)
        assert calculus.linear_loss(X, y, w) - after == pytest.approx(gain / (1 + scale / batch_size), rel=1e-11)
    noise = gradients(X, y, w, all_batches(9, 1, True)) - g
    assert theory.simple_noise_scale(X, y, w) == pytest.approx((noise**2).sum() / 9 / g.dot(g), rel=1e-12)


def test_where_only_noise_is_left_the_noise_scales_are_infinite():
    X, y = np.array([[1.0], [1.0]]), np.array([1.0, -1.0])
    assert theory.noise_scale(X, y, [0.0]) == theory.simple_noise_scale(X, y, [0.0]) == np.inf


# ------------------------------------------------------------------------------- many steps, fresh batches

@sampled
def test_expected_excess_at_every_step_is_the_mean_over_all_sequences_of_batches(batch_size, replace):
    (X, y), reached, schedule = data.four_points(), np.array([[2.0, -1.0]]), descent.inverse_time(0.3, 2)
    predicted = theory.expected_excess(X, y, reached[0], schedule, batch_size, 3, replace)
    batches = all_batches(4, batch_size, replace)
    for step in range(4):
        assert predicted[step] == pytest.approx(theory.excess_loss(X, y, reached).mean(), rel=1e-12)
        moves = [schedule(step) * X[batch].T.dot(y[batch]) / batch_size for batch in batches]
        reached = np.concatenate([reached.dot(A) + move
                                  for A, move in zip(factors(X, schedule(step), batches), moves)])


@pytest.mark.parametrize("step_size, last", [(0.1, 1), (0.1, 31), (0.1, 33), (0.3, 100), (2.5, 100), (1e3, 300)])
def test_a_constant_step_size_is_a_schedule_that_never_changes(step_size, last):
    """Many steps at once end where one after the other does; also where the mean leaves, and beyond all numbers."""
    X, y, start = problem(3)
    for steps in (0, last):
        np.testing.assert_allclose(theory.expected_excess(X, y, start, step_size, 2, steps),
                                   theory.expected_excess(X, y, start, lambda step: step_size, 2, steps), rtol=1e-9)


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), fraction=st.floats(0.02, 0.9), batch_size=st.integers(1, 9), replace=st.booleans())
def test_expected_excess_ends_at_the_noise_floor(seed, fraction, batch_size, replace):
    X, y, start = problem(seed)
    step_size = fraction * theory.mean_square_limit(X, batch_size, replace)
    steps = int(20 / (step_size * theory.eigenvalues(X)[0])) + 400
    if steps < 20_000:
        floor = theory.noise_floor(X, y, step_size, batch_size, replace)
        reached = theory.expected_excess(X, y, start, step_size, batch_size, steps, replace)
        assert reached[-1] == pytest.approx(floor, rel=1e-6, abs=1e-12 * reached[0])


def test_with_all_examples_in_the_batch_the_expectation_is_the_run():
    X, y, start = problem(6)
    step_size = 0.8 * theory.step_limit(X)
    lowest = calculus.linear_loss(X, y, calculus.least_squares(X, y))
    np.testing.assert_allclose(theory.expected_excess(X, y, start, step_size, 9, 30),
                               theory.predicted_losses(X, y, start, step_size, 30) - lowest, rtol=1e-9, atol=1e-13)


@pytest.mark.parametrize("batch_size, replace, limit, trace", [
    (1, False, 0.261364, 0.029494), (2, False, 0.375873, 0.009092), (3, True, 0.375873, 0.009092),
    (3, False, 0.437731, 0.002956)])
def test_four_points_digit_for_digit(batch_size, replace, limit, trace):
    X, y = data.four_points()
    assert theory.mean_square_limit(X, batch_size, replace) == pytest.approx(limit, abs=5e-7)
    assert theory.stationary_covariance(X, y, 0.05, batch_size, replace).trace() == pytest.approx(trace, abs=5e-7)


@sampled
def test_no_step_along_any_batch_changes_the_stationary_covariance(batch_size, replace):
    """The cloud is stood for by 2d points with the same mean and covariance; all batches move all of them."""
    X, y, _ = problem(3, n=5)
    goal, batches = calculus.least_squares(X, y), all_batches(5, batch_size, replace)
    step_size = 0.6 * theory.mean_square_limit(X, batch_size, replace)
    C = theory.stationary_covariance(X, y, step_size, batch_size, replace)
    corners = np.linalg.cholesky(C).T * 3**0.5
    cloud = goal + np.concatenate([corners, -corners])
    moved = np.concatenate([w - step_size * gradients(X, y, w, batches) for w in cloud])
    np.testing.assert_allclose((moved - goal).T.dot(moved - goal) / len(moved), C, rtol=1e-9, atol=1e-12)
    floor = theory.noise_floor(X, y, step_size, batch_size, replace)
    assert floor == pytest.approx(theory.excess_loss(X, y, cloud).mean(), rel=1e-11)


@sampled
def test_at_the_limit_the_second_moment_over_all_batches_neither_grows_nor_shrinks(batch_size, replace):
    for seed in range(6):
        X, _, _ = problem(seed, n=5, d=2)
        limit = theory.mean_square_limit(X, batch_size, replace)
        for factor in (0.999, 1, 1.001):
            kept = factors(X, factor * limit, all_batches(5, batch_size, replace))
            moment = np.mean([np.kron(A, A) for A in kept], axis=0)
            radius = np.abs(np.linalg.eigvals(moment)).max()
            assert radius == pytest.approx(1, abs=1e-9) if factor == 1 else (radius < 1) == (factor < 1)


def test_beyond_the_limit_there_is_no_floor():
    X, y = data.four_points()
    limit = theory.mean_square_limit(X, 2)
    assert np.isfinite(theory.noise_floor(X, y, 0.999 * limit, 2))
    assert theory.noise_floor(X, y, limit, 2) == np.inf
    assert np.isinf(theory.stationary_covariance(X, y, 1.1 * limit, 2)).all()
    assert theory.noise_floor(X, y, 1.001 * theory.step_limit(X), 4) == np.inf
    assert theory.noise_floor(X, y, 0.999 * theory.step_limit(X), 4) == pytest.approx(0, abs=1e-18)
    assert theory.expected_excess(X, y, [0, 0], 1e9, 2, 60)[-1] == np.inf


def test_small_steps_make_the_floor_proportional_to_the_step_size():
    X, y, _ = problem(9, n=40)
    for step_size, tolerance in ((1e-2, 0.2), (1e-3, 0.02), (1e-4, 0.002)):
        exact = theory.noise_floor(X, y, step_size, 1)
        approximate = theory.small_step_floor(X, y, step_size, 1)
        assert exact * (1 - tolerance) < approximate < exact


def test_where_all_residuals_are_zero_there_is_no_noise_floor():
    X, _, start = problem(1)
    y = X.dot(start)
    assert theory.noise_floor(X, y, 0.1 * theory.mean_square_limit(X, 2), 2) == pytest.approx(0, abs=1e-25)


def test_a_flat_direction_changes_nothing():
    x, y = np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 3.0])
    twice = np.hstack([x, x]) / 2**0.5
    for f in (theory.mean_square_limit, theory.critical_batch_size):
        arguments = () if f is theory.critical_batch_size else (2,)
        assert f(twice, *arguments) == pytest.approx(f(x, *arguments), rel=1e-12)
    assert theory.noise_floor(twice, y, 0.05, 2) == pytest.approx(theory.noise_floor(x, y, 0.05, 2), rel=1e-12)
    np.testing.assert_allclose(theory.shuffled_floor(twice, y, 0.05, 2), theory.shuffled_floor(x, y, 0.05, 2),
                               rtol=1e-10)


# ------------------------------------------------------------------------------- how large a batch?

@pytest.mark.parametrize("d", [1, 2, 3])
def test_gaussian_features_allow_2B_by_B_plus_d_plus_1(d):
    X = gaussian_design(d)
    for batch_size in (1, 2, 5, 100):
        assert theory.mean_square_limit(X, batch_size, replace=True) == pytest.approx(
            theory.gaussian_limit(batch_size, d), rel=1e-12)
    assert theory.critical_batch_size(X, replace=True) == pytest.approx(d + 1, rel=1e-12)
    assert theory.gaussian_limit(d + 1, d) == 1


def test_gaussian_features_of_any_curvature():
    curvatures = np.array([0.3, 1.0, 2.5])
    X = gaussian_design(3) * np.sqrt(curvatures)
    for batch_size in (1, 4, 16):
        eta, c = theory.mean_square_limit(X, batch_size, replace=True), 1 / batch_size
        assert (eta * c * curvatures / (2 - eta * (1 + c) * curvatures)).sum() == pytest.approx(1, rel=1e-12)


def test_at_the_critical_batch_size_half_the_step_is_allowed():
    """A size that is not whole has a limit, too; here it lies between those of its neighbours."""
    for seed in range(8):
        X, _, _ = problem(seed, n=30)
        for replace in (False, True):
            size = theory.critical_batch_size(X, replace)
            below, above = (theory.mean_square_limit(X, int(size) + i, replace) if int(size) + i else 0 for i in (0, 1))
            assert below <= theory.step_limit(X) / 2 <= above


def test_more_examples_per_step_allow_longer_steps_and_leave_less_noise():
    X, y, _ = problem(7, n=12)
    limits = [theory.mean_square_limit(X, batch_size) for batch_size in range(1, 13)]
    floors = [theory.noise_floor(X, y, 0.05 * limits[0], batch_size) for batch_size in range(1, 13)]
    assert (np.diff(limits) > 0).all() and (np.diff(floors) < 0).all()
    assert limits[-1] == pytest.approx(theory.step_limit(X), rel=1e-12)


# ------------------------------------------------------------------------------- shuffled epochs

@pytest.mark.parametrize("n, batch_size", [(4, 1), (4, 2), (5, 2), (6, 4), (5, 5)])
def test_shuffled_floor_is_exact_where_all_examples_are_equally_curved(n, batch_size):
    """x is 1 or -1: then an epoch maps the distance to a d + b, where a is fixed and b depends on the order alone."""
    rng = np.random.default_rng(n)
    X, y, step_size = rng.choice([-1.0, 1.0], (n, 1)), rng.standard_normal(n), 0.4
    goal, ends, within = calculus.least_squares(X, y), [], []
    for order in itertools.permutations(range(n)):
        cuts = [list(order[first:first + batch_size]) for first in range(0, n, batch_size)]
        w = [goal]
        for batch in cuts:
            w.append(w[-1] - step_size * calculus.linear_gradient(X[batch], y[batch], w[-1]))
        within.append(np.ravel(w) - goal)
    within = np.array(within)
    kept = (1 - step_size) ** np.arange(within.shape[1])
    ends = (within[:, -1]**2).mean() / (1 - kept[-1]**2)
    expected = (kept**2 * ends + (within**2).mean(axis=0)) / 2
    np.testing.assert_allclose(theory.shuffled_floor(X, y, step_size, batch_size), expected, rtol=1e-10, atol=1e-16)


@pytest.mark.parametrize("step_size, low, high", [(0.8, -0.06, 0.06), (1.1, 0.15, 0.4)])
def test_the_shuffled_floor_holds_up_to_long_steps_and_not_near_the_limit(step_size, low, high):
    """For the penguins it is 27 % too high at 1.1, as its docstring says."""
    X, y = data.penguins("flipper", "bill")
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()
    goal, per_epoch = calculus.least_squares(X, y), 9
    runs = descent.many_runs(X, y, goal, step_size, 38, 40 * per_epoch, 150, np.random.default_rng(0), "shuffled")
    measured = theory.excess_loss(X, y, runs[10 * per_epoch::per_epoch]).mean()
    assert low < theory.shuffled_floor(X, y, step_size, 38)[-1] / measured - 1 < high


def test_small_steps_make_the_shuffled_floor_a_bridge():
    """After t of m batches the excess is eta^2 tr(HS) t (m - t) / 2(n - 1); where that is zero it goes with eta^3."""
    X, y, _ = problem(5, n=40)
    S = theory.gradient_covariance(X, y, calculus.least_squares(X, y))
    t, step_size = np.arange(9), 1e-5
    bridge = step_size**2 * (calculus.linear_hessian(X) * S).sum() * t * (8 - t) / 39 / 2
    found = theory.shuffled_floor(X, y, step_size, 5)
    np.testing.assert_allclose(found[1:-1], bridge[1:-1], rtol=1e-3)
    assert theory.shuffled_floor(X, y, step_size / 2, 5)[-1] == pytest.approx(found[-1] / 8, rel=1e-3)


def test_shuffling_leaves_nothing_if_an_epoch_is_one_batch_and_settles_nowhere_beyond_the_limit():
    X, y = data.four_points()
    np.testing.assert_allclose(theory.shuffled_floor(X, y, 0.1, 4), [0, 0], atol=1e-18)
    assert np.isinf(theory.shuffled_floor(X, y, theory.step_limit(X), 1)).all()


# ------------------------------------------------------------------------------- bad input

@pytest.mark.parametrize("batch_size, kind, sentence", [
    (0, ValueError, "batch_size must be at least 1, got 0."),
    (-3, ValueError, "batch_size must be at least 1, got -3."),
    (5, ValueError, "batch_size must be at most 4, the number of examples, got 5. "
                    "A batch holds no example twice; use 4 for all of them."),
    (2.0, TypeError, "batch_size must be a whole number, got 2.0 (float)."),
    (None, TypeError, "batch_size must be a whole number, got None (NoneType)."),
])
def test_bad_batch_sizes(batch_size, kind, sentence):
    X, y = data.four_points()
    rng = np.random.default_rng(0)
    for call in (lambda: theory.covariance_factor(4, batch_size),
                 lambda: theory.noise_floor(X, y, 0.1, batch_size),
                 lambda: theory.expected_excess(X, y, [0, 0], 0.1, batch_size, 3),
                 lambda: theory.mean_square_limit(X, batch_size),
                 lambda: theory.shuffled_floor(X, y, 0.1, batch_size),
                 lambda: descent.fresh_batches(4, batch_size, rng),
                 lambda: descent.shuffled_epochs(4, batch_size, rng),
                 lambda: descent.many_runs(X, y, [0, 0], 0.1, batch_size, 3, 2, rng)):
        with pytest.raises(kind) as caught:
            call()
        assert str(caught.value) == sentence


@pytest.mark.parametrize("step_size", [[0.1], None])
def test_bad_step_sizes(step_size):
    X, y = data.four_points()
    for call in (lambda: theory.noise_floor(X, y, step_size, 2),
                 lambda: theory.expected_excess(X, y, [0, 0], step_size, 2, 3),
                 lambda: theory.expected_loss_after_step(X, y, [0, 0], step_size, 2),
                 lambda: theory.small_step_floor(X, y, step_size, 2),
                 lambda: theory.shuffled_floor(X, y, step_size, 2)):
        with pytest.raises(TypeError, match=r"step_size must be a positive number, got (\[0\.1\]|None)"):
            call()


def test_other_bad_input():
    X, y = data.four_points()
    with pytest.raises(ValueError, match=r"start has shape \(3,\); expected \(2,\)"):
        theory.expected_excess(X, y, [0, 0, 0], 0.1, 2, 3)
    with pytest.raises(ValueError, match="d must be at least 1, got 0"):
        theory.gaussian_limit(3, 0)
    with pytest.raises(ValueError, match=r"X has shape \(4,\)"):
        theory.mean_square_limit(X[:, 1], 2)
