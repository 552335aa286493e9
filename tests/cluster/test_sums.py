"""Many shards give the number that one machine gives: on threads and one after the other, for any sizes and batches.

The judge is the mathematics of one machine: `calculus`, and for networks the engine, which know nothing of shards.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib import calculus, cluster, descent, network
from gradlib.autodiff import value_and_grad

from . import rows

WHERE = ("threads", "serial")
CLOSE = 1e-12


def half_mse(w, X, y):
    return ((X @ w - y) ** 2).mean() / 2


def cut(X, y, sizes):
    """X, y as shards of these sizes."""
    ends = np.cumsum(sizes)[:-1]
    return list(zip(np.split(X, ends), np.split(y, ends)))


def near(found, expected):
    """Equal to 1e-12, relative to the largest number that is expected."""
    np.testing.assert_allclose(found, expected, rtol=0, atol=CLOSE * (1 + np.abs(expected).max()))


sizes_of_shards = st.lists(st.integers(0, 9), min_size=1, max_size=21).filter(any)


@settings(max_examples=60)
@given(sizes_of_shards, st.integers(1, 5), st.sampled_from(WHERE), st.integers(0, 2**32 - 1))
def test_any_shards_give_the_mean_of_all_rows_and_of_any_batch(sizes, d, where, seed):
    rng, n = np.random.default_rng(seed), sum(sizes)
    X, y, w = rng.standard_normal((n, d)), rng.random(n), rng.standard_normal(d)
    batch = rng.integers(n, size=rng.integers(1, 2 * n + 1))   # rows may come twice
    with cluster.open(cut(X, y, sizes), where, workers=3) as data:
        assert (len(data), data.columns, data.sizes.tolist()) == (n, d, sizes)
        for part, loss, slope in ((cluster.linear, calculus.linear_loss, calculus.linear_gradient),
                                  (cluster.logistic, calculus.logistic_loss, calculus.logistic_gradient)):
            found = data.value_and_grad(part)(w)
            near(found[0], loss(X, y, w))
            near(found[1], slope(X, y, w))
            near(data.gradient(part)(w, batch), slope(X[batch], y[batch], w))
        gram = data.gram()
        near(gram.H, calculus.linear_hessian(X))
        near(gram.gradient(w), calculus.linear_gradient(X, y, w))
        assert gram.n == n


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("shards", [1, 2, 8])
@pytest.mark.parametrize("rule", [descent.SGD, descent.Momentum, descent.Nesterov, descent.RMSProp, descent.Adam])
def test_every_rule_walks_the_same_way(where, shards, rule):
    X, y = rows.data()
    start = np.zeros(X.shape[1])

    def run(gradient):
        batches = descent.fresh_batches(len(y), 8, np.random.default_rng(1))
        return descent.descend(gradient, start, rule(0.01), 50, batches)
    with cluster.open(cluster.split(X, y, shards), where, workers=2) as data:
        near(run(data.gradient(cluster.linear)).weights,
             run(lambda w, batch: calculus.linear_gradient(X[batch], y[batch], w)).weights)


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_a_network_learns_from_shards_as_from_all_rows(activation):
    X, y = rows.data()
    sizes, rng = (5, 7, 3, 1), np.random.default_rng(2)
    layers = network.initial(sizes, rng)
    w = network.flat(layers) + 0.1 * rng.standard_normal(len(network.flat(layers)))
    loss, slopes = value_and_grad(network.loss_of(X, y, activation), wrt=range(6))(*network.split(w, sizes))
    with cluster.open(rows.sources(), workers=2) as data:
        found = data.value_and_grad(cluster.network(sizes, activation))(w)
    near(found[0], loss)
    near(found[1], network.flat(slopes))


def test_a_loss_of_ones_own_goes_through_the_engine():
    X, y = rows.data()
    w = np.random.default_rng(3).standard_normal(5)
    with cluster.open(rows.sources(), workers=2) as data:
        near(data.gradient(value_and_grad(half_mse))(w), calculus.linear_gradient(X, y, w))


def test_weights_may_have_any_shape():
    X, y = rows.data()
    w = np.random.default_rng(4).standard_normal((5, 2))
    part = value_and_grad(lambda w, X, y: ((X @ w - y[:, None]) ** 2).mean() / 2)
    with cluster.open(rows.sources(), "serial") as data:
        near(data.gradient(part)(w), part(w, X, y)[1])


@pytest.mark.parametrize("where", WHERE)
def test_batches_may_be_slices_and_whole_epochs(where):
    X, y = rows.data()
    w = np.ones(5)
    with cluster.open(rows.sources(), where, workers=2) as data:
        gradient = data.gradient(cluster.linear)
        for batch in (slice(7, 60, 3), range(len(y)), np.arange(len(y))[::-1], [5]):
            near(gradient(w, batch), calculus.linear_gradient(X[batch], y[batch], w))


@pytest.mark.parametrize("where", WHERE)
def test_the_order_of_the_sum_is_always_the_same(where):
    with cluster.open(rows.sources(), where, workers=4) as data:
        gradient = data.gradient(cluster.logistic)
        first = gradient(np.ones(5))
        assert all(np.array_equal(gradient(np.ones(5)), first) for _ in range(20))


def test_empty_shards_are_not_asked():
    asked = []

    def part(w, X, y):
        asked.append(len(y))
        return cluster.linear(w, X, y)
    with cluster.open(rows.sources(), "serial") as data:
        data.gradient(part)(np.ones(5))
        assert asked == [size for size in rows.SIZES if size]
        data.gradient(part)(np.ones(5), [0, 1, 2, 10])   # ten rows in the first shard, none in the second
        assert asked[-2:] == [3, 1]


def test_shards_of_float32_stay_so_and_their_sums_are_float64():
    X, y = (array.astype(np.float32) for array in rows.data())
    seen = []

    def part(w, X, y):
        seen.append((X.dtype, y.dtype))
        return cluster.linear(w, X, y)
    with cluster.open(cluster.split(X, y, 8), "serial") as data:
        g = data.gradient(part)(np.ones(5, np.float32))
        assert set(seen) == {(np.dtype(np.float32),) * 2} and g.dtype == np.float64
    np.testing.assert_allclose(g, calculus.linear_gradient(X.astype(float), y.astype(float), np.ones(5)), rtol=1e-5)


def test_a_run_that_flies_apart_is_a_result():
    with cluster.open(rows.sources(), workers=2) as data:
        assert descent.descend(data.gradient(cluster.linear), np.ones(5), descent.SGD(100.0), 100).diverged
        assert np.isnan(data.gradient(lambda w, X, y: (np.nan, np.log(-np.ones(5))))(np.ones(5))).all()
        assert np.isnan(data.value_and_grad(lambda w, X, y: (np.float64(1e308) * 10 - np.inf, w))(np.ones(5))[0])


# ------------------------------------------------------------------------------- local steps

def walk(X, y, w, step_size, steps):
    """Full-batch steps, written out."""
    for _ in range(steps):
        w = w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w


def test_one_local_step_on_all_rows_of_equal_shards_is_a_step_on_all_rows():
    X, y = rows.data(96)
    with cluster.open(cluster.split(X, y, 8), "serial") as data:
        found = data.local_steps(cluster.linear, np.ones(5), 0.1, 1, 12, seed=0)
    near(found, walk(X, y, np.ones(5), 0.1, 1))


def test_local_steps_end_at_the_mean_of_where_the_shards_end():
    X, y = rows.data(12)
    sizes = (5, 0, 7)
    ends = [(n, walk(X_i, y_i, np.ones(5), 0.1, 6)) for n, (X_i, y_i) in zip(sizes, cut(X, y, sizes)) if n]

    def whole(w, X_b, y_b):   # whatever the batch is, the slope of the shard it comes from
        return next(cluster.linear(w, X_i, y_i) for X_i, y_i in cut(X, y, sizes) if len(y_i) and y_b[0] in y_i)
    with cluster.open(cut(X, y, sizes), workers=2) as data:
        near(data.local_steps(whole, np.ones(5), 0.1, 6, 2, seed=0), sum(n * end for n, end in ends) / 12)


def test_local_steps_are_drawn_by_the_seed_and_differ_between_shards():
    X, y = rows.data(12)
    twice = [(X, y), (X, y)]
    with cluster.open(twice, "serial") as data, cluster.open(twice, workers=2) as threads:
        first, again, another = (data.local_steps(cluster.linear, np.ones(5), 0.1, 5, 2, seed) for seed in (0, 0, 1))
        assert np.array_equal(first, again) and not np.array_equal(first, another)
        assert np.array_equal(threads.local_steps(cluster.linear, np.ones(5), 0.1, 5, 2, 0), first)
    with cluster.open(twice[:1], "serial") as data:
        assert not np.array_equal(data.local_steps(cluster.linear, np.ones(5), 0.1, 5, 2, 0), first)
