"""Which examples a step sees: streams of batches, arrays of row numbers, for X[batch].

rng is a `numpy.random.default_rng(seed)`.
"""

from itertools import combinations, count

import numpy as np

from .._checks import as_batch_size, as_rng, whole_number


def fresh_batches(n, batch_size, rng, replace=False):
    """Every batch drawn afresh from all n examples: `batch_size` different ones, or, with `replace`, any.

    The steps are independent of each other, which is what the predictions of `theory` for batches assume. Endless; each
    batch is (batch_size,). Raises TypeError for a batch size or n that is not whole, an rng that is no generator, and a
    `replace` that is neither True nor False; ValueError for a batch size below 1 or, without `replace`, above n.
    """
    n = whole_number("n", n, least=1)
    size, rng = as_batch_size(batch_size, n, replace), as_rng(rng)
    return (rng.choice(n, size, replace=replace) for _ in count())


def all_batches(n, batch_size):
    """Every batch of `batch_size` different examples out of n, once: n! / (B! (n - B)!) of them. For small sets.

    Each batch is (batch_size,). Errors as for `fresh_batches`.
    """
    size = as_batch_size(batch_size, whole_number("n", n, least=1))
    return map(np.array, combinations(range(n), size))


def shuffled_epochs(n, batch_size, rng):
    """All n examples in random order, cut into batches; then all again in a new order. Each such round is an epoch.

    If `batch_size` does not divide n, the last batch of every epoch is smaller. A step along its mean then gives each
    of its examples more weight than those of other batches get: with n = 10 and batches of 4 the last two count
    twice. (Who comes last changes from epoch to epoch.) Endless. Errors as for `fresh_batches`.
    """
    n = whole_number("n", n, least=1)
    size, rng = as_batch_size(batch_size, n), as_rng(rng)
    orders = (rng.permutation(n) for _ in count())
    return (order[first:first + size] for order in orders for first in range(0, n, size))
