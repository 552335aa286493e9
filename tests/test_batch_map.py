"""The map of lesson 08: in every cell the measured noise floor lies within 3 % of the predicted one."""

import itertools

import numpy as np
import pytest

from gradlib import calculus, descent, theory
from gradlib.explorers import lesson08

STEP_SIZES, BATCH_SIZES = (0.04, 0.08, 0.16, 0.32, 0.64), (1, 2, 4, 8, 16)   # those of the lesson
SETTLED = 200   # steps
EVERY_DAY = {(0.04, 1), (0.32, 1), (0.64, 1), (0.16, 4), (0.64, 4), (0.04, 16), (0.64, 16)}   # the others: -m thorough
CELLS = [pytest.param(*cell, marks=[] if cell in EVERY_DAY else pytest.mark.thorough)
         for cell in itertools.product(STEP_SIZES, BATCH_SIZES)]


@pytest.fixture(scope="module")
def birds():
    X, y = lesson08.birds()
    return X, y, calculus.least_squares(X, y)


def measured(birds, step_size, batch_size, manner, steps):
    """The mean loss above the lowest at each of the last steps, over runs that start at the best weights."""
    X, y, best = birds
    enough = 6000 if step_size > theory.mean_square_limit(X, batch_size) / 2 else 1500   # rare wild runs near the limit
    totals = [theory.excess_loss(X, y, descent.many_runs(X, y, best, step_size, batch_size, SETTLED + steps, 500,
                                                         np.random.default_rng([seed, batch_size]), manner))
              [-steps:].sum(axis=1) for seed in range(enough // 500)]
    return np.sum(totals, axis=0) / enough


@pytest.mark.parametrize("step_size, batch_size", CELLS)
def test_fresh_batches_settle_where_predicted(birds, step_size, batch_size):
    X, y, _ = birds
    predicted = theory.noise_floor(X, y, step_size, batch_size)
    if step_size < theory.mean_square_limit(X, batch_size):
        assert measured(birds, step_size, batch_size, "fresh", 120).mean() == pytest.approx(predicted, rel=0.03)
    else:
        assert (step_size, batch_size, predicted) == (0.64, 1, np.inf)


@pytest.mark.parametrize("batch_size", [38, 64])
@pytest.mark.parametrize("step_size", STEP_SIZES[1:4:2])
def test_shuffled_epochs_settle_at_their_own_floor(birds, step_size, batch_size):
    X, y, _ = birds
    per_epoch = -(-len(X) // batch_size)
    whole = 12 * per_epoch   # the last step of an epoch is the last of the run, if the runs have whole epochs
    settled = -(-SETTLED // per_epoch) * per_epoch - SETTLED
    loss = measured(birds, step_size, batch_size, "shuffled", whole + settled)[settled:]
    predicted = theory.shuffled_floor(X, y, step_size, batch_size)[1:]
    np.testing.assert_allclose(loss.reshape(-1, per_epoch).mean(axis=0), predicted, rtol=0.03)
    if step_size <= 0.1:   # longer steps can end above, above all where the last batch is small: 342 = 5 * 64 + 22
        assert predicted.max() < theory.noise_floor(X, y, step_size, batch_size)
