"""The exercises of lesson 11: sums that may be cut anywhere, and means in which every row has the same say."""

import re

import numpy as np
import pytest

from gradlib import cluster
from gradlib.calculus import linear_gradient
from gradlib.exercises.lesson11 import combine, local_round, shard_sums
from gradlib.exercises.messages import number
from gradlib.numeric import complex_step

from .conftest import an_answer, changed, inputs

# The solutions are right


def test_a_shard_sends_the_slope_of_the_sum_of_its_losses():
    for X, y, w in inputs(shard_sums):
        slopes, count = shard_sums.reference(X, y, w)
        np.testing.assert_allclose(slopes, complex_step(lambda w: ((X @ w - y) ** 2).sum() / 2, w), atol=1e-12)
        assert count == len(X) and slopes.shape == w.shape


def test_shards_and_their_sum_make_the_gradient_of_all_rows():
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((20, 3)), rng.standard_normal(20), rng.standard_normal(3)
    for cuts in ([7], [3, 3, 15], [0, 1, 20]):
        shards = zip(np.split(X, cuts), np.split(y, cuts))
        sent = [shard_sums.reference(*shard, w) for shard in shards]
        np.testing.assert_allclose(combine.reference(sent), linear_gradient(X, y, w), atol=1e-12)


def test_a_round_is_what_the_cluster_does_with_batches_of_whole_shards():
    """local_steps draws batches; of two shards that are equally long, a batch of all rows is the shard."""
    rng = np.random.default_rng(1)
    shards = cluster.split(rng.standard_normal((8, 2)), rng.standard_normal(8), 2)
    with cluster.open(shards, "serial") as rows:
        found = rows.local_steps(cluster.linear, np.ones(2), 0.1, 3, 4, seed=0)
    np.testing.assert_allclose(local_round.reference(shards, np.ones(2), 0.1, 3), found, atol=1e-12)


def test_one_local_step_is_a_step_on_all_rows_for_shards_of_any_length():
    for shards, w, step_size, _ in inputs(local_round):
        X, y = map(np.concatenate, zip(*shards))
        np.testing.assert_allclose(local_round.reference(shards, w, step_size, 1),
                                   w - step_size * linear_gradient(X, y, w), atol=1e-12)


# The inputs fit


def test_some_shards_are_empty_and_lengths_differ():
    assert any(not len(X) for X, _, _ in inputs(shard_sums)) and any(len(X) == 1 for X, _, _ in inputs(shard_sums))
    for parts, in inputs(combine):
        assert all(not slopes.any() for slopes, count in parts if not count) and sum(count for _, count in parts) > 0
    assert any(not count for parts, in inputs(combine) for _, count in parts)
    for shards, *_ in inputs(local_round):
        lengths = [len(y) for _, y in shards]
        assert len(lengths) == 1 or len({*lengths}) > 1


# What is said is true


@pytest.mark.parametrize("seed", range(5))
def test_what_is_noticed_about_the_halves_of_a_shard(seed):
    X, y, w = shard_sums.trials_of(seed)[0].args
    said = shard_sums.check(shard_sums.reference, seed).title
    for rows in (slice(2), slice(2, 4), slice(None)):
        assert number((X[rows] @ w - y[rows]) @ X[rows]) in said


@pytest.mark.parametrize("seed", range(5))
def test_what_is_noticed_about_the_mean_of_means(seed):
    (parts,) = combine.trials_of(seed)[0].args
    said = combine.check(combine.reference, seed).title
    assert "From 4 rows, 1 row, no row and 2 rows comes" in said
    own = [slopes / count for slopes, count in parts if count]
    assert f"would be {number(sum(own) / 3)}:" in said


@pytest.mark.parametrize("seed", range(5))
def test_what_is_noticed_about_a_round_of_one_step(seed):
    said = local_round.check(local_round.reference, seed).title
    near, far = re.search(r"within (\S+) of where .* off by (\S+)\.", said).groups()
    assert float(near) == 1e-12 and float(far) > 1e-3


def test_the_evidence_counts_a_shard_and_nudges_what_its_rows_say_together():
    X, y, w = shard_sums.trials_of(0)[0].args
    counted = shard_sums.check(an_answer(shard_sums, "columns_counted")).evidence
    assert counted == "The shard has 4 rows; your function says 2."
    halved = shard_sums.check(an_answer(shard_sums, "mean_sent")).evidence
    found = re.search(r"what the rows of the shard say together at a rate of (\S+); .* says (\S+)\.", halved)
    rate, said = (float(text.replace("−", "-")) for text in found.groups())
    assert rate == pytest.approx(4 * said, rel=2e-3) and np.isclose((X @ w - y) @ X, rate, rtol=2e-3).any()


def test_the_evidence_of_a_mean_holds_what_was_sent():
    (parts,) = combine.trials_of(0)[0].args
    said = combine.check(an_answer(combine, "summed")).evidence
    j = int(re.match(r"For weight (\d) the shards sent", said)[1])
    assert number([slopes[j] for slopes, _ in parts]) in said
    mean, mine = re.search(r"The mean over all 7 rows is (\S+); your function says (\S+)\.", said).groups()
    mean, mine = (float(text.replace("−", "-")) for text in (mean, mine))
    assert mine == pytest.approx(7 * mean, rel=2e-3)


def test_the_evidence_of_a_round_holds_where_the_shards_arrive():
    shards, w, step_size, steps = local_round.trials_of(0)[0].args
    said = local_round.check(an_answer(local_round, "one_shard")).evidence
    j = int(re.match(r"`w\[(\d)\]` starts at", said)[1])
    ends = [local_round.reference([shard], w, step_size, steps)[j] for shard in shards]
    assert f"The shards have 6 rows, 2 rows and 1 row, and arrive at {number(ends)}." in said


def test_a_mean_over_an_empty_shard_is_told_as_the_mean_it_is():
    """Its nan is a consequence, not the mistake."""
    def careful(X, y, w):
        return ((X @ w - y) @ X / len(y) if len(y) else np.zeros(len(w))), len(y)
    assert shard_sums.check(careful).code == "mean_sent"
    assert shard_sums.check(lambda X, y, w: ((X @ w - y) @ X / len(y), len(y))).code == "mean_sent"


def test_the_given_round_is_repaired_by_its_last_line_alone():
    last = "return np.average(ends, axis=0, weights=[len(X) for X, y in shards])"
    mended = changed(local_round.stub, ("return np.mean(ends, axis=0)", last))
    assert local_round.check(mended).code == "correct"
