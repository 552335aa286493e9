"""What the exercises of lesson 08 promise besides what every exercise does."""

import re
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pytest

from gradlib import descent, theory
from gradlib.calculus import linear_gradient, linear_loss
from gradlib.exercises.lesson08 import batch_variance, epoch, sgd_step
from gradlib.exercises.messages import number
from gradlib.numeric import central_difference

from .conftest import an_answer, inputs


def a_mistake(exercise, code):
    """The first mistake of this code in a catalogue."""
    return next(mistake for mistake in exercise.mistakes if mistake.code == code)


def test_the_named_mistakes_of_one_step_are_all_there():
    named = {"uphill", "updated_before", "scaled_by_n", "summed", "full_batch", "first_rows", "no_step_size",
             "returned_gradient", "returned_step", "bias_forgotten"}
    assert named <= {mistake.code for mistake in (*sgd_step.mistakes, *sgd_step.slips)}


# The solutions are right

def test_the_variance_is_that_of_all_batches():
    rng = np.random.default_rng(1)
    for n in range(2, 9):
        slopes = rng.standard_normal(n)
        for size in range(1, n + 1):
            means = [sum(batch) / size for batch in combinations(slopes.tolist(), size)]
            assert np.isclose(batch_variance.reference(slopes, size), np.var(means), atol=1e-15)


def test_the_variance_is_the_diagonal_of_the_covariance_of_lesson_08():
    rng = np.random.default_rng(2)
    X, y, w = rng.standard_normal((9, 3)), rng.standard_normal(9), rng.standard_normal(3)
    covariance = theory.covariance_factor(9, 4) * theory.gradient_covariance(X, y, w)
    slopes = X * (X @ w - y)[:, None]
    assert np.allclose(np.diag(covariance), [batch_variance.reference(column, 4) for column in slopes.T])


def test_one_step_follows_a_nudge_and_all_batches_together_the_gradient():
    for X, y, w, b, batch, step_size in inputs(sgd_step)[:30]:
        new_w, new_b = sgd_step.reference(X, y, w, b, batch, step_size)
        dw = central_difference(lambda w: linear_loss(X[batch], y[batch], w, b), w)
        db = central_difference(lambda b: linear_loss(X[batch], y[batch], w, b), b)
        assert np.allclose(new_w, w - step_size * dw) and np.isclose(new_b, b - step_size * db)
        ends = [np.hstack(sgd_step.reference(X, y, w, b, list(rows), step_size))
                for rows in combinations(range(len(X)), len(batch))]
        whole = np.hstack(linear_gradient(X, y, w, b))
        assert np.allclose(np.mean(ends, axis=0), np.array([*w, b]) - step_size * whole)


def test_an_epoch_is_that_of_descend():
    for X, y, w, batches, step_size in inputs(epoch)[:70]:
        run = descent.descend(lambda w, batch: linear_gradient(X[batch], y[batch], w), w, descent.SGD(step_size),
                              len(batches), batches)
        assert np.allclose(epoch.reference(X, y, w, batches, step_size), run.weights[-1])


# The inputs fit

def test_a_batch_is_never_the_first_rows_in_their_order():
    for X, _, _, _, batch, _ in inputs(sgd_step):
        assert len(set(batch.tolist())) == len(batch) and 0 <= batch.min() <= batch.max() < len(X)
        assert batch.tolist() != list(range(len(batch))) and batch.dtype.kind == "i"


def test_batches_of_an_epoch_share_no_row_and_reach_the_learner_as_arrays():
    for X, _, _, batches, _ in inputs(epoch):
        rows = [row for batch in batches for row in batch]
        assert len(set(rows)) == len(rows) <= len(X)
    seen = []
    epoch.check(lambda X, y, w, batches, step_size: seen.append(batches))
    assert all(type(batch) is np.ndarray and batch.dtype.kind == "i" for batches in seen for batch in batches)
    assert {len({*map(len, batches)}) for batches in seen} > {1}


# The given functions are wrong in the way that is told

def test_the_given_epoch_is_right_for_one_batch_of_all_rows_and_else_a_matter_of_step_size():
    for X, y, w, batches, step_size in inputs(epoch):
        lengths = {*map(len, batches)}
        given, right = (f(X, y, w, batches, step_size) for f in (epoch.as_given, epoch.reference))
        assert np.allclose(given, right) == (lengths == {len(X)})
        if len(lengths) == 1:
            assert np.allclose(epoch.as_given(X, y, w, batches, step_size * len(X) / lengths.pop()), right)


def test_the_step_of_the_given_epoch_grows_with_the_batch_where_all_rows_are_alike():
    X, y, w = np.tile([1.5, -0.5], (12, 1)), np.full(12, 2.0), np.array([0.25, 1.0])
    moves = {(f, size): (f(X, y, w, [np.arange(size)], 0.1) - w)[0] for f in (epoch.as_given, epoch.reference)
             for size in (1, 6, 12)}
    assert np.isclose(moves[epoch.as_given, 6], 6 * moves[epoch.as_given, 1])
    assert np.isclose(moves[epoch.as_given, 12], moves[epoch.reference, 12])
    assert np.allclose([moves[epoch.reference, 1], moves[epoch.reference, 6]], moves[epoch.reference, 12])


def test_a_bias_that_moves_too_late_is_off_in_proportion_to_the_step_size():
    late, off = a_mistake(sgd_step, "updated_before").way, []
    X, y, w, b, batch, _ = inputs(sgd_step)[0]
    for step_size in (0.1, 0.01):
        right, wrong = sgd_step.reference(X, y, w, b, batch, step_size), late(X, y, w, b, batch, step_size)
        assert np.allclose(right[0], wrong[0])
        off.append(abs(right[1] - wrong[1]) / abs(right[1] - b))
    assert np.isclose(off[0] / off[1], 10)


# What is said

def test_the_evidence_of_the_variance_counts_all_batches():
    result = batch_variance.check(lambda slopes, size: np.var(slopes) / size)
    found = re.fullmatch(r"I took every batch there is: the mean slopes of the 10 batches of 2 out of 5 have the "
                         r"variance ([\d.]+); your function says ([\d.]+)\.", result.evidence)
    right, said = map(float, found.groups())
    assert np.isclose(said / right, (1 / 2) / (3 / 8), rtol=1e-3)
    whole = batch_variance.measure((np.array([1.0, 2, 4]), 3), [0.5], [0.0])
    assert whole == ("I took every batch there is: there is one batch of 3 out of 3, so its mean slope has the "
                     "variance 0; your function says 0.5.")


SIZES = {"n": lambda n, size: n, "n - 1": lambda n, size: n - 1, "size": lambda n, size: size,
         "size - 1": lambda n, size: size - 1, "n - size": lambda n, size: n - size}


def variance(above, below):
    """The single slopes' variance, times a factor out of the numbers at hand."""
    def answer(slopes, batch_size):
        over, under = (np.prod([SIZES[name](len(slopes), batch_size) for name in names]) for names in (above, below))
        return float(over) / float(under) * np.var(slopes)
    return answer


def fractions(longest):
    """All (above, below) of few of these numbers, but for those that have one of them above and below."""
    few = [names for count in range(4) for names in combinations_with_replacement(SIZES, count)]
    return [pair for pair in product(few, few) if sum(map(len, pair)) <= longest and not {*pair[0]} & {*pair[1]}]


@pytest.mark.parametrize("longest", [3, pytest.param(4, marks=pytest.mark.thorough)])
def test_of_one_fraction_two_slips_are_told_only_where_n_over_n_less_one_is_in_it(longest):
    told = {pair: batch_variance.check(variance(*pair)).code.split("+") for pair in fractions(longest)}
    joined = {pair: codes for pair, codes in told.items() if len(codes) > 1 and "factor" not in codes}   # none measured
    assert len(joined) > 2 and {first for first, _ in joined.values()} == {"ddof_one"}
    assert all("n" in above and "n - 1" in below for above, below in joined)


def test_a_factor_that_is_n_less_one_for_batches_of_one():
    forgotten = a_mistake(batch_variance, "n_less_one_forgotten")
    assert forgotten.title == "For batches of one your factor is n − 1, and it must be 1."
    for slopes, _ in inputs(batch_variance)[:30]:
        n, single = len(slopes), np.var(slopes)
        assert np.isclose(forgotten.way(slopes, 1), (n - 1) * single)
        assert np.isclose(batch_variance.reference(slopes, 1), single)
        assert all(np.isclose(f(slopes, n), 0) for f in (forgotten.way, batch_variance.reference))


def test_joined_texts_keep_their_subject():
    for mistake in (*batch_variance.slips, *batch_variance.mistakes):
        assert mistake.why.split()[0] not in {"Then", "It", "That", "But", "Yours"}, mistake.code


@pytest.mark.parametrize("above", [("n - size",), ()])
@pytest.mark.parametrize("below", [("n",), ("n - 1",), ("size",), ()])
def test_one_less_than_the_batch_size_is_recognised_whether_it_stops_or_goes_to_infinity(above, below):
    answer = variance(above, (*below, "size - 1"))
    result = batch_variance.check(answer)
    assert result.code == "one_from_the_batch"
    assert re.match(r"Called with .*batch_size = 1, it stops: ZeroDivisionError: .*, it runs\. I took every batch",
                    result.evidence)

    def at_once(slopes, batch_size):
        return answer(slopes, batch_size) if batch_size > 1 else np.inf
    assert batch_variance.check(at_once).code == "one_from_the_batch"


def test_who_divides_by_two_numbers_is_asked_which_one_was_given():
    result = epoch.check(an_answer(epoch, "divided_by_both"))
    assert result.title == "Your line divides by two numbers."
    assert result.look_at == "Which of them did the given line bring along?"
    both = a_mistake(epoch, "divided_by_both").way
    for X, y, w, batches, step_size in inputs(epoch)[:30]:
        assert np.allclose(both(X, y, w, batches, len(X) * step_size), epoch.reference(X, y, w, batches, step_size))


def test_the_evidence_of_a_step_nudges_the_batch():
    result = sgd_step.check(an_answer(sgd_step, "summed@w"))
    found = re.fullmatch(r"The batch is rows \d, \d and \d\. There, nudging `w\[\d\]` by 0\.00001 changes the loss at "
                         r"a rate of (\S+)\. So a step of size (\S+) moves `w\[\d\]` by (\S+); your function says "
                         r"(\S+)\.", result.evidence)
    rate, step_size, move, said = (float(text.replace("−", "-")) for text in found.groups())
    assert np.isclose(move, -step_size * rate, rtol=2e-3) and np.isclose(said, 3 * move, rtol=2e-3)
    assert result.why.endswith("`b` is right.")
    single = sgd_step.measure(sgd_step.trials(np.random.default_rng(0))[3], [np.zeros(1), 0.0], [np.ones(1), 0.0])
    assert re.match(r"The batch is row \d\. There, nudging `w\[0\]`", single)


def test_the_evidence_of_an_epoch_is_its_path():
    evidence = epoch.check(lambda X, y, w, batches, step_size: w).evidence
    assert re.fullmatch(r"`w\[\d\]` starts at (\S+)\. After the batches \[\d, \d, \d\], \[\d, \d, \d\] and \[\d\] it "
                        r"should be \S+, \S+ and \S+; in your weights it is \1\.", evidence)
    args = epoch.trials(np.random.default_rng(0))[3]
    assert re.search(r"After the batch \[\d, \d, \d, \d\] it should be \S+; in your weights", epoch.measure(
        args, [args[2]], [epoch.reference(*args)]))


@pytest.mark.parametrize("seed", range(5))
def test_what_is_noticed_is_true(seed):
    slopes, size = batch_variance.trials(np.random.default_rng(seed))[0]
    said = batch_variance.check(batch_variance.reference, seed).title
    assert (len(slopes), size) == (5, 2)
    assert f"The mean slopes of the 10 batches of 2 out of 5 have the mean {number(slopes.mean())}, and that is" in said
    said = sgd_step.check(sgd_step.reference, seed).title
    found = re.search(r"All 6 rows would move it by (\S+)\. I took .*: the 20 batches of 3 .*, and by (\S+) on average",
                      said)
    assert found[1] == found[2]
    assert "3, 3 and 1 rows, out of 7" in epoch.check(epoch.reference, seed).title
    assert "steps 2.333, 2.333 and 7 times too short" in epoch.check(epoch.reference, seed).title
