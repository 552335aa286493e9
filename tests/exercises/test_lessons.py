"""What single exercises promise: their inputs fit the lesson, and what they say is true of these inputs."""

import re

import numpy as np
import pytest

from gradlib.calculus import linear_loss
from gradlib.exercises.lesson00 import error
from gradlib.exercises.lesson01 import half_mse, slope
from gradlib.exercises.lesson02 import descend, largest_step

from .conftest import SEEDS, inputs

# Lesson 00: centimetres and kilograms above average

def test_the_penguins_are_those_of_the_lesson():
    for w, x, y in inputs(error):
        assert 0.2 <= w <= 0.9 and 0.5 <= abs(x) <= 3 and 0.2 <= abs(y) <= 1.5
        assert len({w, abs(x), abs(y)}) == 3 and abs(w * x - y) > 0.19
        assert all(len(repr(abs(value))) <= 4 for value in (w, x, y))
    assert {(x > 0, y > 0) for _, x, y in inputs(error)} == {(a, b) for a in (True, False) for b in (True, False)}


def test_the_first_penguin_is_longer_heavier_and_guessed_too_low():
    for seed in SEEDS:
        w, x, y = error.trials(np.random.default_rng(seed))[0]
        assert x > 0 and y > 0 and w * x < y and w == round(w, 1)


def test_the_first_hint_has_numbers_of_the_same_size():
    assert {"0.5", "2", "0.6"} <= set(re.findall(r"[\d.]*\d", error.hints[0]))


# Lesson 01

@pytest.mark.parametrize("answer", [
    lambda w, x, y: np.mean(-(w * x - y) * x), lambda w, x, y: np.mean((y - w * x) * x)])
def test_a_minus_in_the_slope_is_not_blamed_on_the_given_error(answer):
    result = slope.check(answer)
    assert result.code == "sign_flipped"
    assert result.look_at == "Is there a minus in your code that the formula does not have?"


def test_the_hints_of_the_slope_name_no_function():
    assert not re.search("np|mean\\(|`", " ".join(slope.hints))


def test_a_loss_taken_for_a_slope_is_asked_for_its_lowest_point():
    assert slope.check(lambda w, x, y: np.mean((w * x - y) ** 2)).look_at.endswith("Is yours zero there?")


def test_the_table_is_called_too_large_only_where_it_is():
    sides = set()
    for X, y, w in inputs(half_mse):
        if len(y) > 1:
            side = "small" if half_mse.as_given(X, y, w) < half_mse.reference(X, y, w) else "large"
            assert f"That is too {side} here" in half_mse.noticed(X, y, w)
            sides.add(side)
    assert sides == {"small", "large"}


def test_no_text_says_that_a_table_makes_the_loss_larger():
    for mistake in half_mse.mistakes:
        assert not re.search("too (large|small)|larger|smaller", mistake.title + mistake.why), mistake.code


# Lesson 02

def test_weights_are_compared_where_a_wrong_run_has_the_lower_loss():
    sides = set()
    for X, y, w, step_size, steps in inputs(descend):
        right, doubled = (descend.reference(X, y, w, s, steps) for s in (step_size, 2 * step_size))
        better = linear_loss(X, y, doubled) < linear_loss(X, y, right)
        evidence = descend.measure((X, y, w, step_size, steps), [doubled], [right])
        assert ("should be" in evidence and "loss" not in evidence) or not better
        sides.add(better)
    assert sides == {True, False}


def test_the_step_of_two_weights_needs_the_order_of_its_curvatures():
    for seed in SEEDS:
        tables = [X for X, in largest_step.trials(np.random.default_rng(seed)) if X.shape[1] == 2]
        (first, second), (third, fourth) = ((X ** 2).sum(axis=0) for X in tables)
        assert first > second and third < fourth


def test_both_repairs_are_right_and_the_solution_says_so():
    def other(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w = w + step_size * X.T.dot(error) / len(y)
        return w
    assert descend.check(other).code == "correct"
    assert "Also right: leave the line above as given, and write w + below" in descend.source


def test_the_limit_is_not_called_a_stable_step():
    assert "stable" not in largest_step.stub + largest_step.source and "limit" in largest_step.stub
