"""Batches, the walk along them, and many runs side by side, measured against the predictions of `theory`."""

import itertools
import math

import numpy as np
import pytest

from gradlib import calculus, data, descent, theory


def penguins():
    """342 birds, flipper and bill standardised, mass without its mean."""
    X, y = data.penguins("flipper", "bill")
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def take(count, stream):
    return list(itertools.islice(stream, count))


# ------------------------------------------------------------------------------- which examples

def test_fresh_batches_hold_different_examples_and_reach_all_of_them():
    batches = take(300, descent.fresh_batches(7, 3, np.random.default_rng(1)))
    assert all(len(set(batch)) == 3 for batch in batches)
    counts = np.bincount(np.concatenate(batches), minlength=7)
    assert len(counts) == 7 and np.abs(counts / 300 - 3 / 7).max() < 5 * (3 / 7 * 4 / 7 / 300) ** 0.5


def test_with_replacement_a_batch_may_be_larger_than_the_data():
    batches = take(50, descent.fresh_batches(3, 5, np.random.default_rng(0), replace=True))
    assert {len(batch) for batch in batches} == {5} and set(np.concatenate(batches)) == {0, 1, 2}


@pytest.mark.parametrize("n, batch_size, sizes", [(10, 4, [4, 4, 2]), (6, 3, [3, 3]), (3, 1, [1, 1, 1]), (5, 5, [5])])
def test_every_epoch_shows_every_example_once_in_a_new_order(n, batch_size, sizes):
    stream = descent.shuffled_epochs(n, batch_size, np.random.default_rng(2))
    epochs = [take(len(sizes), stream) for _ in range(20)]
    for epoch in epochs:
        assert [len(batch) for batch in epoch] == sizes
        assert sorted(np.concatenate(epoch)) == list(range(n))
    assert len({tuple(np.concatenate(epoch)) for epoch in epochs}) > 3 or n < 4


def test_the_same_seed_gives_the_same_batches():
    for stream in (descent.fresh_batches, descent.shuffled_epochs):
        first, second = (take(9, stream(20, 6, np.random.default_rng(5))) for _ in range(2))
        assert all((a == b).all() for a, b in zip(first, second))


# ------------------------------------------------------------------------------- the walk

def test_two_steps_along_batches_by_hand():
    X, y = np.array([[1.0], [2.0]]), np.array([1.0, 6.0])
    run = descent.descend(lambda w, batch: calculus.linear_gradient(X[batch], y[batch], w), [0.0], descent.SGD(0.1), 2,
                          batches=[[1], [0]])
    np.testing.assert_allclose(run.weights, [[0], [1.2], [1.18]])    # 0 + 0.1 * 12, then 1.2 - 0.1 * 0.2


def test_a_walk_takes_no_more_batches_than_steps_and_ends_with_them():
    batches = iter([[0], [1], [2]])
    walk = descent.descend(lambda w, batch: w, [1.0], descent.SGD(0.5), 2, batches)
    assert len(walk.weights) == 3 and list(batches) == [[2]]
    assert len(descent.descend(lambda w, batch: w, [1.0], descent.SGD(0.5), 9, [[0], [1]]).weights) == 3


def test_without_batches_and_with_sgd_it_is_gradient_descent():
    X, y = data.four_points()

    def gradient(w):
        return calculus.linear_gradient(X, y, w)
    np.testing.assert_array_equal(descent.descend(gradient, [1, 2], descent.SGD(0.3), 40).weights,
                                  descent.gradient_descent(gradient, [1, 2], 0.3, 40).weights)


def test_the_callback_is_told_every_step():
    told = []
    run = descent.descend(lambda w: 2 * w, [1.0, -2.0], descent.SGD(0.25), 3,
                          callback=lambda *values: told.append(values))
    assert [t for t, _, _ in told] == [1, 2, 3]
    np.testing.assert_array_equal([w for _, w, _ in told], run.weights[1:])
    np.testing.assert_array_equal([g for _, _, g in told], 2 * run.weights[:-1])


def test_weights_may_have_any_shape():
    run = descent.descend(lambda w: w, np.ones((2, 3)), descent.Momentum(0.1), 4)
    assert run.weights.shape == (5, 2, 3)


@pytest.mark.parametrize("start", [[0.0, 0.0], [1e200, 0.0]])
def test_a_walk_that_flies_apart_ends_early_whatever_the_rule(start):
    for rule in (descent.SGD(1e5), descent.Momentum(1e5), descent.Nesterov(1e5)):
        run = descent.descend(lambda w: 5 * w - 1, start, rule, 1000)
        assert run.diverged and len(run.weights) < 10


# ------------------------------------------------------------------------------- many runs

@pytest.mark.parametrize("batches, batch_size, replace", [
    ("fresh", 1, False), ("fresh", 2, False), ("fresh", 3, False), ("replaced", 2, True), ("replaced", 5, True)])
def test_every_step_goes_along_a_batch_and_all_batches_are_equally_likely(batches, batch_size, replace):
    X, y = data.four_points()
    drawn = list(itertools.product(range(4), repeat=batch_size) if replace
                 else itertools.combinations(range(4), batch_size))
    moves = np.array([calculus.linear_gradient(X[list(rows)], y[list(rows)], [0.3, -0.2]) for rows in drawn])
    steps = descent.many_runs(X, y, [0.3, -0.2], 0.1, batch_size, 1, 6000, np.random.default_rng(3), batches)
    distances = np.abs((steps[0] - steps[1])[:, None] / 0.1 - moves).max(axis=2)
    assert distances.min(axis=1).max() < 1e-12
    same = np.abs(moves[:, None] - moves).max(axis=2) < 1e-12      # batches that are reorderings of each other
    share, expected = (distances < 1e-9).mean(axis=0), same.mean(axis=0)
    assert (np.abs(share - expected) < 5 * np.sqrt(expected / 6000)).all()


def test_with_all_examples_in_a_batch_every_run_is_gradient_descent():
    X, y = penguins()
    run = descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w), [1, -1], 0.4, 12).weights
    for batches in ("fresh", "shuffled"):
        runs = descent.many_runs(X, y, [1, -1], 0.4, len(X), 12, 3, np.random.default_rng(0), batches)
        np.testing.assert_allclose(runs, np.repeat(run[:, None], 3, axis=1), rtol=1e-12)


@pytest.mark.parametrize("n, batch_size", [(6, 2), (5, 2), (7, 3), (4, 1)])
def test_shuffled_runs_see_every_example_once_in_an_epoch(n, batch_size):
    """With x = the unit vector of an example, a step moves only the weights of the examples it saw."""
    X, y, per_epoch = np.eye(n), np.ones(n), -(-n // batch_size)
    runs = descent.many_runs(X, y, np.zeros(n), 0.1, batch_size, 2 * per_epoch + 1, 50, np.random.default_rng(0),
                             "shuffled")
    moved = np.diff(runs, axis=0) != 0
    for epoch in (0, per_epoch):
        assert (moved[epoch:epoch + per_epoch].sum(axis=0) == 1).all()
        assert (moved[epoch:epoch + per_epoch - 1].sum(axis=2) == batch_size).all()
    last = np.diff(runs, axis=0)[per_epoch - 1]
    np.testing.assert_allclose(last[last != 0], 0.1 / (n - batch_size * (per_epoch - 1)))
    assert (moved[0] != moved[per_epoch]).any() and len(np.unique(moved[0], axis=0)) > 1


def test_runs_that_fly_apart_go_on_silently():
    X, y = data.four_points()
    runs = descent.many_runs(X, y, [1.0, 1.0], 1e8, 2, 60, 5, np.random.default_rng(0))
    assert runs.shape == (61, 5, 2) and not np.isfinite(runs[-1]).all()
    assert not np.isfinite(theory.excess_loss(X, y, runs)[-1]).any()


def test_the_mean_loss_of_many_runs_is_the_predicted_one_at_every_step():
    X, y = penguins()
    start = [-0.5, 0.6]
    for batch_size, step_size, batches in ((1, 0.1, "fresh"), (8, 0.3, "replaced"), (64, 0.6, "fresh")):
        runs = descent.many_runs(X, y, start, step_size, batch_size, 40, 4000, np.random.default_rng(0), batches)
        excess = theory.excess_loss(X, y, runs)
        predicted = theory.expected_excess(X, y, start, step_size, batch_size, 40, batches == "replaced")
        error = excess.std(axis=1) / 4000**0.5
        assert (np.abs(excess.mean(axis=1) - predicted) <= 5 * error + 1e-12).all()


def settled(X, y, step_size, batch_size, batches, per_epoch=1, runs=500):
    """Mean excess of runs that begin at w*, at every step after they have filled the cloud, for 30 times its memory."""
    memory = int(np.ceil(0.5 / (step_size * theory.eigenvalues(X)[0]) / per_epoch)) * per_epoch
    weights = descent.many_runs(X, y, calculus.least_squares(X, y), step_size, batch_size, 38 * memory, runs,
                                np.random.default_rng(0), batches)
    return theory.excess_loss(X, y, weights[8 * memory + 1:]).mean(axis=1)


@pytest.mark.parametrize("batch_size", [1, 4, 16, 64])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_the_floor_of_fresh_batches_lies_within_3_percent_of_the_predicted_one(batch_size, share):
    """About 15,000 independent looks at the cloud, so chance moves the mean by less than 1 %; nearer to the limit
    the cloud has heavy tails and would need many more."""
    X, y = penguins()
    step_size = share * theory.mean_square_limit(X, batch_size)
    floor = theory.noise_floor(X, y, step_size, batch_size)
    assert settled(X, y, step_size, batch_size, "fresh").mean() == pytest.approx(floor, rel=0.03)


@pytest.mark.parametrize("batch_size", [38, 57, 100])
@pytest.mark.parametrize("step_size", [0.05, 0.2, 0.6])
def test_the_floor_of_shuffled_epochs_lies_within_3_percent_of_the_predicted_one(batch_size, step_size):
    """342 = 9 * 38 = 6 * 57 = 3 * 100 + 42."""
    X, y = penguins()
    predicted = theory.shuffled_floor(X, y, step_size, batch_size)[1:]
    excess = settled(X, y, step_size, batch_size, "shuffled", len(predicted)).reshape(-1, len(predicted)).mean(axis=0)
    np.testing.assert_allclose(excess, predicted, rtol=0.06)
    assert excess.mean() == pytest.approx(predicted.mean(), rel=0.03)


def test_for_small_steps_shuffling_leaves_less_noise_and_least_between_epochs():
    X, y = penguins()
    excess = settled(X, y, 0.05, 57, "shuffled", 6).reshape(-1, 6).mean(axis=0)
    floor = theory.noise_floor(X, y, 0.05, 57)
    assert excess[-1] < 0.03 * floor < excess[2] < 0.3 * floor


def test_bad_input():
    X, y = data.four_points()
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="batches must be one of 'fresh', 'replaced', 'shuffled'; got 'random'"):
        descent.many_runs(X, y, [0, 0], 0.1, 2, 3, 2, rng, "random")
    with pytest.raises(TypeError, match=r"step_size must be a positive number, got \[0\.1\] \(list\)"):
        descent.many_runs(X, y, [0, 0], [0.1], 2, 3, 2, rng)
    with pytest.raises(ValueError, match="runs must be at least 1, got 0"):
        descent.many_runs(X, y, [0, 0], 0.1, 2, 3, 0, rng)
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        descent.shuffled_epochs(0, 1, rng)


@pytest.mark.parametrize("n, size", [(4, 2), (5, 3), (6, 6), (3, 1)])
def test_all_batches_are_those_that_many_fresh_ones_show(n, size):
    rng = np.random.default_rng(0)
    fresh = itertools.islice(descent.fresh_batches(n, size, rng), 2000)
    every = [tuple(batch) for batch in descent.all_batches(n, size)]
    assert len(every) == len(set(every)) == math.comb(n, size)
    assert set(every) == {tuple(sorted(batch)) for batch in fresh}
