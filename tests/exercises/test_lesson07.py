"""What the exercises of lesson 07 promise besides what every exercise does."""

import re

import numpy as np
import pytest

from gradlib import network
from gradlib.exercises.lesson07 import backward, hidden_delta, train_step
from gradlib.numeric import complex_step

from .conftest import SEEDS, an_answer, changed, first_inputs, inputs


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slopes_by_complex_step(X, y, *layers):
    def loss(W1, b1, W2, b2):
        p = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(X)
    return [complex_step(lambda array: loss(*layers[:i], array, *layers[i + 1:]), layers[i]) for i in range(4)]


def close_all(a, b):
    return all(np.allclose(x, y, rtol=1e-9, atol=1e-13) and np.shape(x) == np.shape(y) for x, y in zip(a, b))


# The solutions are right

def test_the_network_agrees_with_the_complex_step():
    for delta_out, W2, h in inputs(hidden_delta):
        stepped = complex_step(lambda z: np.sum(delta_out * (sigmoid(z) @ W2)), np.log(h / (1 - h)))
        assert np.allclose(hidden_delta.reference(delta_out, W2, h), stepped, rtol=1e-9)
    for args in inputs(backward):
        assert close_all(backward.reference(*args), slopes_by_complex_step(*args))
    for X, y, *layers, step_size in inputs(train_step):
        slopes = slopes_by_complex_step(X, y, *layers)
        assert close_all(train_step.reference(X, y, *layers, step_size),
                         [array - step_size * slope for array, slope in zip(layers, slopes)])


def test_the_way_back_is_that_of_the_package():
    alone = [args for args in inputs(backward) if args[1].shape[1] == 1]
    for X, y, *layers in alone:
        _, slopes = network.gradient(layers, X, y[:, 0], "sigmoid")
        assert close_all(backward.reference(X, y, *layers), slopes)
    assert len(alone) == len(SEEDS)


# The inputs fit

def test_networks_have_sizes_that_differ_and_sizes_that_are_equal():
    shapes = [(*X.shape, *W2.shape) for X, y, W1, b1, W2, b2 in backward.trials(np.random.default_rng(0))]
    assert len(set(shapes[0])) == 4 and len(set(shapes[1])) == 1 and any(shape[3] == 1 for shape in shapes)
    for X, y, W1, b1, W2, b2, *_ in inputs(backward) + inputs(train_step):
        assert set(y.ravel()) <= {0, 1} and y.shape == (len(X), len(b2)) and W2.shape == (len(b1), len(b2))


def test_the_given_step_is_right_in_the_second_layer_and_wrong_by_the_square_of_the_step_size_in_the_first():
    for X, y, *layers, step_size in inputs(train_step):
        def moves(size):
            given, right = (f(X, y, *layers, size) for f in (train_step.as_given, train_step.reference))
            assert all(np.allclose(given[i], right[i], rtol=1e-13, atol=1e-15) for i in (2, 3))
            return given[0] - right[0]
        assert np.allclose(moves(step_size), 100 * moves(step_size / 10), rtol=1e-9, atol=1e-11)


# What is said of single parts

SUM_IN_db1 = "db1 = delta1.sum(axis=0)"
ALL_FOUR = "return dW1, db1, dW2, db2"
DELTA1 = "delta1 = arriving * h * (1 - h)"


@pytest.mark.parametrize("old, new, came, expected", [
    (SUM_IN_db1, "db1 = delta1.sum()", "one number as `db1`", "an array of shape (4,)"),
    ("sum(axis=0)", "sum()", "one number as `db1`", "an array of shape (4,)"),
    (ALL_FOUR, "return dW1, db1, dW2.T, db2", "an array of shape (2, 4) as `dW2`", "an array of shape (4, 2)"),
    (ALL_FOUR, "return dW1, dW2", "an array of shape (3, 4) and an array of shape (4, 2)",
     "`dW1`, `db1`, `dW2` and `db2`"),
])
def test_only_the_part_with_the_wrong_shape_is_named(old, new, came, expected):
    result = backward.check(changed(backward.source, (old, new)))
    assert f"Your function hands back {came}. Expected: {expected}." in (result.title, result.evidence)


@pytest.mark.parametrize("lines, code, title", [
    (f"{DELTA1} / len(X)", "mean_again", "The first layer is divided by the number of examples once more."),
    (f"{DELTA1} / len(X)\ndW2 = -h.T @ delta2", "mean_again@dW1,db1+sign_flipped@dW2",
     "In `dW1` and `db1`: the first layer is divided by the number of examples once more. And: in `dW2`: your slopes "
     "point the other way."),
    (f"{DELTA1} / len(X)\ndb2 = delta2.mean(axis=0)", "divided_twice@dW1,db1,db2",
     "In `dW1`, `db1` and `db2`: your slopes are 5 times too small."),
    (f"{DELTA1} / len(X) ** 2", "divided_twice+mean_again@dW1,db1",
     "In `dW1` and `db1`: two slips at once: your slopes are 5 times too small. And: the first layer is divided by "
     "the number of examples once more."),
    ("db1 = delta1.mean(axis=0)", "bias_mean@db1",
     "In `db1`: your slope of a bias is a mean over the examples."),
])
def test_a_factor_of_a_whole_layer_is_told_once(lines, code, title):
    result = backward.check(backward.way(lines))
    assert (result.code, result.title) == (code, title)


FROM_THE_END = "So the way forward and the delta of the outputs are right. "
IN_BETWEEN = "The mistake sits between `W2` and `W1`, on the way from the outputs to the hidden layer."
BOTH = "So both deltas are right, and the mistake sits where "


@pytest.mark.parametrize("exercise, answer, told", [
    (backward, "squared_weights", f"`dW2` and `db2` are right. {FROM_THE_END}{IN_BETWEEN}"),
    (backward, "last_line", f"`db1`, `dW2` and `db2` are right. {BOTH}`dW1` is made."),
    (backward, "two_places", f"`db2` is right. {FROM_THE_END}{IN_BETWEEN} Look also at the line of `dW2`."),
    (backward, "from_the_start", ""),
    (train_step, "both_weights", f"`W2` and `b2` are right. {FROM_THE_END}{IN_BETWEEN}"),
    (train_step, "squared", f"`W1`, `b1` and `b2` are right. {BOTH}`W2` is made."),
], ids=lambda value: getattr(value, "name", value))
def test_what_is_right_says_where_an_unknown_mistake_sits(exercise, answer, told):
    result = exercise.check(an_answer(exercise, answer))
    assert (result.code, result.why) == ("unrecognised", told)


@pytest.mark.parametrize("codes, right", [
    ("slope_skipped sigmoid_twice z_for_h sent_back_slopes sent_prediction updated_before",
     "`dW2` and `db2` are right."),
    ("bias_mean", "`dW1` and `dW2` are right."), ("bias_mean@db1", "`dW1`, `dW2` and `db2` are right."),
    ("input_missing", "`db1` and `db2` are right."), ("wrong_input", "`dW1`, `db1` and `db2` are right."),
    ("target_missing transposed sign_flipped half_of_it", "")])
def test_a_known_mistake_says_which_slopes_are_right(codes, right):
    for code in codes.split():
        why = backward.check(an_answer(backward, code)).why
        assert right in why and bool(right) == bool(re.search("(is|are) right. So", why)), code


def test_two_parts_that_are_wrong_are_made():
    result = backward.check(changed(backward.source, ("sum(axis=0)", "mean(axis=0)")))
    assert result.why.endswith(f"{BOTH}`db1` and `db2` are made.")


def test_the_evidence_begins_where_the_mistake_begins():
    for code, where in (("slope_skipped", "W1["), ("target_missing", "W2["), ("bias_mean", "b2[")):
        assert backward.check(an_answer(backward, code)).evidence.startswith(f"Nudging `{where}")


def test_the_step_size_carries_the_error_and_the_texts_say_so():
    said = train_step.check(train_step.reference).title
    first, second, third = map(float, re.findall(r"([\d.]+)%", said))
    assert np.isclose(first, 10 * second, rtol=0.06) and np.isclose(second, 10 * third, rtol=0.06)
    assert "the error shrinks with the step size" in train_step.check(an_answer(train_step, "updated_before")).why


def test_a_quarter_is_the_most_that_a_sigmoid_lets_through():
    for args in first_inputs(hidden_delta):
        arriving, slope, through = map(float, re.search(
            r"a slope of (\S+) arrives.* lets (\S+) of it through: (\S+) goes on",
            hidden_delta.noticed(*args).replace("−", "-")).groups())
        assert 0 < slope <= 0.25 and np.isclose(arriving * slope, through, rtol=1e-2, atol=1e-4)
