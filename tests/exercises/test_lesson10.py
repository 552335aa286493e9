"""The exercises of lesson 10: guesses that are right on average, and claims that one step of a run refutes."""

import re
from itertools import product

import numpy as np
import pytest

from gradlib import without_backprop
from gradlib.calculus import linear_gradient, linear_loss
from gradlib.exercises.lesson10 import forward_gradient, plotted, spsa, witnesses
from gradlib.numeric import angle, central_difference
from tests.notebooks.lesson import lesson_paths, read_lesson

from .conftest import SEEDS, inputs

# The solutions are right


def test_a_guess_is_the_slope_along_v_times_v():
    for loss, w, v, h in inputs(spsa):
        assert np.allclose(spsa.reference(loss, w, v, h), central_difference(loss, w) @ v * v, rtol=1e-4, atol=1e-4)
    for X, y, w, v in inputs(forward_gradient):
        guess = linear_gradient(X, y, w) @ v * v
        assert np.allclose(forward_gradient.reference(X, y, w, v), guess)
        assert np.allclose(without_backprop.gradient_from_slopes(lambda v: linear_gradient(X, y, w) @ v, [v]), guess)


def test_over_all_tosses_a_guess_is_the_gradient_and_its_mean_square_d_times_that_of_the_gradient():
    rng = np.random.default_rng(1)
    for d in (1, 2, 5):
        X, y, w = rng.standard_normal((7, d)), rng.standard_normal(7), rng.standard_normal(d)
        tosses = [np.array(signs) for signs in product((1.0, -1.0), repeat=d)]
        gradient = linear_gradient(X, y, w)
        for guesses in ([spsa.reference(lambda w: linear_loss(X, y, w), w, v, 0.25) for v in tosses],
                        [forward_gradient.reference(X, y, w, v) for v in tosses]):
            assert np.allclose(np.mean(guesses, axis=0), gradient)
            assert np.isclose(np.sum(np.square(guesses)) / 2**d, d * gradient @ gradient)


# The inputs fit

def test_coins_fall_both_ways_and_slopes_go_up_and_down():
    signs = set()
    for loss, w, v, h in inputs(spsa):
        assert set(abs(v)) == {1} and (len(v) == 1 or {*v} == {1, -1}) and np.log2(h) % 1 == 0
        slope = central_difference(loss, w) @ v
        assert abs(slope) > 0.4
        signs.add(slope > 0)
    assert signs == {True, False}
    for seed in SEEDS:
        slopes = [linear_gradient(X, y, w) @ v for X, y, w, v in forward_gradient.trials(np.random.default_rng(seed))]
        assert min(slopes) < 0 < max(slopes)


def test_a_nudge_to_one_side_feels_the_bend():
    one_sided = next(mistake.way for mistake in spsa.mistakes if mistake.code == "one_sided")
    for seed in SEEDS:
        pairs = [(one_sided(*args), spsa.reference(*args)) for args in spsa.trials(np.random.default_rng(seed))]
        assert max(abs(wrong - right).max() / abs(right).max() for wrong, right in pairs) > 1e-3


# What is said is so

def numbers_in(text):
    return [float(number.replace("−", "-")) for number in re.findall(r"[−-]?\d+(?:\.\d+)?", text)]


@pytest.mark.parametrize("seed", range(5))
def test_all_tosses_of_the_first_inputs(seed):
    loss, w, v, h = spsa.trials_of(seed)[0].args
    title = spsa.check(spsa.reference, seed).title
    gradient = central_difference(loss, w)
    said = numbers_in(title)
    assert np.allclose(said[:3], spsa.reference(loss, w, v, h), rtol=1e-3)
    assert np.allclose(said[3:6], gradient, rtol=1e-3, atol=1e-3) and said[6:8] == [8, 3]
    assert np.allclose(said[8:11], gradient, rtol=1e-3, atol=2e-3)
    assert np.isclose(said[11] / said[12], 3, rtol=2e-3)


@pytest.mark.parametrize("seed", range(5))
def test_no_guess_of_the_forward_gradient_points_uphill(seed):
    X, y, w, v = forward_gradient.trials_of(seed)[0].args
    said = re.search(r"(\d+) degrees apart.* (\d+) of the guesses", forward_gradient.check(
        forward_gradient.reference, seed).title)
    guess = forward_gradient.reference(X, y, w, v)
    assert abs(int(said[1]) - angle(guess, linear_gradient(X, y, w))) <= 0.5 and int(said[2]) == 1000


def test_the_evidence_of_spsa_measures():
    result = spsa.check(lambda loss, w, v, h: (loss(w + h * v) - loss(w)) / h * v)
    loss, w, v, h = spsa.trials_of(0)[0].args
    found = re.search(r"was (\S+) and (\S+)\. For `w\[(\d)\]` that gives (\S+);", result.evidence.replace("−", "-"))
    up, down, j, right = map(float, found.groups())
    assert np.isclose((up - down) / (2 * h) * v[int(j)], right, rtol=1e-3)


# Claims about a plot

def test_the_run_is_the_one_of_the_lesson():
    path = next(path for path in lesson_paths() if path.name.startswith("10_"))
    made = {}
    for cell in read_lesson(path).code:
        if "explorer" not in cell.tags:
            exec(cell.source.partition("fig, (")[0], made)
        if "plotted" in made:
            break
    assert np.allclose(made["plotted"], plotted())


def test_what_the_claims_need_is_in_the_run():
    losses, layer, whole = plotted().T
    assert (np.diff(losses) < 0).all() and 59 < whole.min() and whole.max() < 75
    assert 0.8 < np.mean(layer > 90) < 0.9 and (np.diff(layer) > 0).any() and (np.diff(layer) < 0).any()
    assert round(layer[100]) == 101 and (np.diff(layer[50:151]) > 0).all()


def test_each_of_all_answers_has_a_name():
    steps = {"first": (100, 20, None), "second": (50, 5, None), "third": (None, 3)}
    codes = {answer: witnesses.check(lambda answer=answer: answer).code for answer in product(*steps.values())}
    right = {answer for answer, code in codes.items() if code == "correct"}
    assert right == {(100, 50, None)} and "unrecognised" not in codes.values()


def test_the_given_answers_are_wrong_all_three():
    assert witnesses.check(witnesses.as_given).code == "as_given"
    result = witnesses.check(lambda: witnesses.as_given())
    assert result.code == "first_believed@first+second_believed@second+third_agrees@third"


def test_longer_steps_break_the_third_claim():
    before, after = plotted(step_size=3.0, steps=1)[:, 0]
    assert after > before and plotted(step_size=3.0, steps=1)[0, 2] < 90
    assert f"from {before:.3f} to {after:.3f}" in witnesses.check(witnesses.reference).title
