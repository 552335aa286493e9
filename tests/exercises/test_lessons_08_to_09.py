"""The exercises of lessons 08 and 09: what these promise besides what every exercise does."""

import importlib.util
import inspect
import re
from itertools import combinations, combinations_with_replacement, product

import numpy as np
import pytest

from gradlib import descent, theory
from gradlib.calculus import linear_gradient, linear_loss
from gradlib.exercises.lesson08 import batch_variance, epoch, sgd_step
from gradlib.exercises.lesson09 import QUIET, STILL, adam_step, momentum_step, rmsprop_step
from gradlib.exercises.messages import number
from gradlib.numeric import central_difference

from .answers import RIGHT, WRONG
from .conftest import inputs
from .mutants import survivors

HAS_TORCH = importlib.util.find_spec("torch") is not None


def test_the_named_mistakes_of_one_step_are_all_there():
    named = {"uphill", "updated_before", "scaled_by_n", "summed", "full_batch", "first_rows", "no_step_size",
             "returned_gradient", "returned_step", "bias_forgotten"}
    assert named <= {mistake.code for mistake in (*sgd_step.mistakes, *sgd_step.slips)}
    assert named <= {code for code, _ in WRONG["sgd_step"]}


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


def walked(step, w, gradients, *memories, count=False):
    """The weights after all these gradients, by the function of an exercise."""
    for t, g in enumerate(gradients, 1):
        w, *memories = step(w, g, *memories, *([t] if count else []))
    return w


def walks(w, gradients):
    """(what the exercise makes of these gradients, the same rule in gradlib, its name and settings in PyTorch)."""
    zero = np.zeros(len(w))
    return [
        (walked(lambda w, g, v: momentum_step.reference(w, g, v, 0.1, 0.8), w, gradients, zero),
         descent.Momentum(0.1, beta=0.8), ("SGD", {"lr": 0.1, "momentum": 0.8})),
        (walked(lambda w, g, m, v, t: adam_step.reference(w, g, m, v, t, 0.1), w, gradients, zero, zero, count=True),
         descent.Adam(0.1), ("Adam", {"lr": 0.1})),
        (walked(lambda w, g, s: rmsprop_step.reference(w, g, s, 0.1), w, gradients, zero),
         descent.RMSProp(0.1, decay=0.99), ("RMSprop", {"lr": 0.1, "alpha": 0.99})),
    ]


def some_gradients():
    rng = np.random.default_rng(3)
    return rng.standard_normal(3), rng.standard_normal((20, 3)) * [1, 1e-3, 50]


def test_the_rules_are_those_of_gradlib():
    w, gradients = some_gradients()
    for mine, rule, _ in walks(w, gradients):
        other = w
        for g in gradients:
            other = rule.step(other, g)
        assert np.allclose(mine, other, rtol=1e-12)


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
def test_the_rules_are_those_of_pytorch():
    import torch

    w, gradients = some_gradients()
    for mine, _, (name, settings) in walks(w, gradients):
        weights = torch.tensor(w, requires_grad=True)
        rule = getattr(torch.optim, name)([weights], **settings)
        for g in gradients:
            weights.grad = torch.tensor(g)
            rule.step()
        assert np.allclose(mine, weights.detach().numpy(), rtol=1e-10)


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


def test_memories_are_those_of_a_walk():
    for _, g, m, v, t, _ in inputs(adam_step):
        assert (t == 1) == (not m.any() and not v.any()) and (v >= 0).all() and (m ** 2 <= v * 100 * t).all()
        assert type(t) is int and m.shape == v.shape == g.shape
    for _, _, s, _ in inputs(rmsprop_step):
        assert (s >= 0).all()


def test_it_matters_where_epsilon_stands_and_only_there():
    for exercise in (adam_step, rmsprop_step):
        for args in exercise.trials(np.random.default_rng(0)):
            assert (QUIET in args[1]) == (0 in args[1]) == (len(args[1]) > 2 and args[1][1] == QUIET)
    other = adam_step.rights[3]   # epsilon before the correction, as in the paper's faster form
    for args in inputs(adam_step):
        seen = abs(other(*args)[0] - adam_step.reference(*args)[0]) > 5e-5
        assert (seen == (args[1] == STILL)).all()


def test_only_a_slope_near_epsilon_tells_the_sign_of_epsilon():
    for exercise in (adam_step, rmsprop_step):
        subtracted = next(mistake.way for mistake in exercise.mistakes if mistake.code == "epsilon_subtracted")
        for args in inputs(exercise):
            seen = abs(subtracted(*args)[0] - exercise.reference(*args)[0]) > 1e-3
            assert (seen == (args[1] == STILL)).all()


# The given functions are wrong in the way that is told

def test_the_given_epoch_is_right_for_one_batch_of_all_rows_and_else_a_matter_of_step_size():
    kinds = set()
    for X, y, w, batches, step_size in inputs(epoch):
        lengths = {*map(len, batches)}
        given, right = (f(X, y, w, batches, step_size) for f in (epoch.as_given, epoch.reference))
        assert np.allclose(given, right) == (lengths == {len(X)})
        if len(lengths) == 1:
            longer = step_size * len(X) / lengths.pop()
            assert np.allclose(epoch.as_given(X, y, w, batches, longer), right)
            kinds.add(np.isclose(longer, step_size))
    assert kinds == {True}


def test_the_step_of_the_given_epoch_grows_with_the_batch_where_all_rows_are_alike():
    X, y, w = np.tile([1.5, -0.5], (12, 1)), np.full(12, 2.0), np.array([0.25, 1.0])
    moves = {(f, size): (f(X, y, w, [np.arange(size)], 0.1) - w)[0] for f in (epoch.as_given, epoch.reference)
             for size in (1, 6, 12)}
    assert np.isclose(moves[epoch.as_given, 6], 6 * moves[epoch.as_given, 1])
    assert np.isclose(moves[epoch.as_given, 12], moves[epoch.reference, 12])
    assert np.allclose([moves[epoch.reference, 1], moves[epoch.reference, 6]], moves[epoch.reference, 12])


def test_a_bias_that_moves_too_late_is_off_in_proportion_to_the_step_size():
    late = next(mistake.way for mistake in sgd_step.mistakes if mistake.code == "updated_before")
    X, y, w, b, batch, _ = inputs(sgd_step)[0]
    off = []
    for step_size in (0.1, 0.01):
        right, wrong = sgd_step.reference(X, y, w, b, batch, step_size), late(X, y, w, b, batch, step_size)
        assert np.allclose(right[0], wrong[0])
        off.append(abs(right[1] - wrong[1]) / abs(right[1] - b))
    assert np.isclose(off[0] / off[1], 10)


def test_only_the_repaired_rmsprop_does_not_ask_for_the_unit_of_the_loss():
    for w, g, s, step_size in inputs(rmsprop_step)[:4]:
        for f, times in ((rmsprop_step.reference, 1), (rmsprop_step.as_given, 1 / 50)):
            move, steeper = (f(w, k * g, k * k * s, step_size)[0] - w for k in (1, 50))
            assert np.allclose(steeper, times * move, rtol=1e-3, atol=1e-9)


# What is said

@pytest.mark.parametrize("exercise, code", [(epoch, "by_all_rows"), (rmsprop_step, "given_division")],
                         ids=["epoch", "rmsprop_step"])
def test_a_repair_untouched_or_rewritten_without_a_repair(exercise, code):
    assert exercise.check(exercise.as_given).code == "as_given"
    assert exercise.check(lambda *args: exercise.as_given(*args)).code == code


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


def fractions():
    """All (above, below) of few of these numbers, but for those that have one of them above and below."""
    few = [names for count in range(4) for names in combinations_with_replacement(SIZES, count)]
    return [pair for pair in product(few, few) if sum(map(len, pair)) < 5 and not {*pair[0]} & {*pair[1]}]


def test_of_one_fraction_two_slips_are_told_only_where_n_over_n_less_one_is_in_it():
    joined = {(above, below): result.code.partition("+") for above, below in fractions()
              if "+" in (result := batch_variance.check(variance(above, below))).code}
    assert len(joined) > 5 and {code for code, _, _ in joined.values()} == {"ddof_one"}
    assert all("n" in above and "n - 1" in below for above, below in joined)


def test_a_factor_that_is_n_less_one_for_batches_of_one():
    forgotten = next(mistake for mistake in batch_variance.mistakes if mistake.code == "n_less_one_forgotten")
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
    result = epoch.check(next(answer for code, answer in WRONG["epoch"] if code == "divided_by_both"))
    assert result.title == "Your line divides by two numbers."
    assert result.look_at == "Which of them did the given line bring along?"
    both = next(mistake.way for mistake in epoch.mistakes if mistake.code == "divided_by_both")
    for X, y, w, batches, step_size in inputs(epoch)[:30]:
        assert np.allclose(both(X, y, w, batches, len(X) * step_size), epoch.reference(X, y, w, batches, step_size))


def test_signs_cancel_in_a_mean_of_slopes_and_not_in_one_of_lengths():
    ends = {}
    for code in ("not_squared", "mean_of_lengths"):
        rule, s = next(mistake for mistake in rmsprop_step.mistakes if mistake.code == code), np.zeros(1)
        for t in range(2000):
            _, s = rule.way(np.zeros(1), np.array([3.0 * (-1) ** t]), s, 0.1)
        ends[code] = (s[0], "signs cancel in a mean" in rule.why, "no signs cancel" in rule.why)
    assert ends["not_squared"] == (pytest.approx(0, abs=0.02), True, False)
    assert ends["mean_of_lengths"] == (pytest.approx(3), False, True)


def test_the_evidence_of_a_step_nudges_the_batch():
    def summed(X, y, w, b, batch, step_size):
        e = X[batch] @ w + b - y[batch]
        return w - step_size * X[batch].T @ e, b - step_size * e.mean()
    result = sgd_step.check(summed)
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


def test_the_evidence_of_a_rule_begins_with_its_memory():
    def doubled(*args):
        w, m, v = adam_step.reference(*args)
        return 2 * w, m, 2 * v
    evidence = adam_step.check(doubled).evidence
    found = re.fullmatch(r"Take t = 3, step_size = \S+, and a slope of \S+\. `v\[\d\]` should go from (\S+) to (\S+); "
                         r"your function says (\S+)\.", evidence)
    _, right, said = map(float, found.groups())
    assert np.isclose(said, 2 * right, rtol=2e-3)
    evidence = momentum_step.check(dict(WRONG["momentum_step"])["uphill"]).evidence
    found = re.fullmatch(r"Take step_size = \S+, beta = \S+, and a slope of \S+\. `w\[\d\]` should move by (\S+); your "
                         r"function says a move of (\S+)\.", evidence)
    right, said = (float(text.replace("−", "-")) for text in found.groups())
    assert np.isclose(said, -right)


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
    said = momentum_step.check(momentum_step.reference, seed).title
    beta, end, across = (float(re.search(f"{before} (\\d[\\d.]*\\d)", said)[1])
                         for before in ("beta =", "ends at", "between −.* and"))
    assert np.allclose([end, across], [1 / (1 - beta), 1 / (1 + beta)], rtol=1e-3)
    assert "would be 3.162 times as long" in adam_step.check(adam_step.reference, seed).title
    assert "3, 3 and 1 rows, out of 7" in epoch.check(epoch.reference, seed).title
    assert "steps 2.333, 2.333 and 7 times too short" in epoch.check(epoch.reference, seed).title


# The checker is tested as tests are

# Changes that change nothing: a list that is longer than it need be, arrays of one length, a symmetric matrix.
EQUIVALENT = {
    "sgd_step_loops": ["dw, db = [0.0] * len(w), 0.0  [w -> X]",
                       "dw, db = [0.0] * len(w), 0.0  [w -> y]"],
    "epoch_loops": ["w = list(w)  [w = list(w) -> pass]",
                    "gradient = [0] * len(w)  [w -> X]",
                    "gradient = [0] * len(w)  [w -> y]",
                    "gradient[j] += e * X[i, j] / rows.shape[0]  [0 -> -1]"],
    "epoch_matrices": ["M, c = M - step_size * H @ M, c - step_size * (H @ c - h)  [H @ c -> c @ H]"],
    "momentum_step_loops": ["new_w, new_v = [], []  [([], []) -> ([], [])]",
                            "for i in range(len(w)):  [w -> g]",
                            "for i in range(len(w)):  [w -> v]"],
}
STYLES = ("batch_variance_every_batch", "batch_variance_plain_python", "sgd_step_loops", "sgd_step_ones",
          "epoch_loops", "epoch_matrices", "momentum_step_loops", "adam_step_one_correction", "rmsprop_step_loops")
OWN = (batch_variance, sgd_step, epoch, momentum_step, adam_step, rmsprop_step)
SOURCES = [(exercise, exercise.name, exercise.source) for exercise in OWN] + [
    (exercise, answer.__name__, inspect.getsource(answer)) for exercise in OWN
    for answer in RIGHT[exercise.name] if answer.__name__ in STYLES]


@pytest.mark.parametrize("exercise, name, source", SOURCES, ids=[name for _, name, _ in SOURCES])
def test_every_small_change_of_a_right_answer_is_caught(exercise, name, source):
    alive, count = survivors(exercise, source)
    assert alive == sorted(EQUIVALENT.get(name, [])) and count > 8
