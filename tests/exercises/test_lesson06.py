"""What the exercises of lesson 06 promise besides what every exercise does."""

import re
from pathlib import Path

import numpy as np
import pytest

from gradlib.calculus import linear_gradient, logistic_gradient, which_loss
from gradlib.exercises import lesson06
from gradlib.exercises.lesson06 import entropy_gradient, loss_gradient, whose
from gradlib.numeric import complex_step

from .conftest import first_inputs, inputs

LESSON = Path(__file__).parents[2] / "notebooks" / "06_whose_gradient.ipynb"
FORMULAS = (lambda X, y, w: X.T @ (sigmoid(X @ w) - y),
            lambda X, y, w: X.T @ (X @ w - y),
            lambda X, y, w: 2 * X.T @ ((sigmoid(X @ w) - y) * sigmoid(X @ w) * (1 - sigmoid(X @ w))) / len(y))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# The solutions are right

def test_the_three_names_are_what_the_judge_finds():
    X, y, w = first_inputs(entropy_gradient)[0]
    assert whose.reference() == tuple(which_loss(X, y, w, formula).loss for formula in FORMULAS)


def test_the_three_formulas_of_the_stub_are_the_gradients_that_are_compared():
    X, y, w = lesson06.POINTS
    n, given = len(y), re.findall(r"# (.*), with (p = .*)", whose.stub)
    right = whose.read(whose.reference())
    for (formula, prediction), gradient in zip(given, right, strict=True):
        p = eval(prediction.removeprefix("p = "), {"X": X, "w": w, "sigmoid": sigmoid})
        assert np.allclose(eval(formula, {"X": X, "y": y, "p": p, "n": n}), gradient)


def test_the_gradients_agree_with_the_complex_step():
    def entropy(p, y):
        return -(y * np.log(p) + (1 - y) * np.log(1 - p))
    for exercise, loss in ((entropy_gradient, entropy), (loss_gradient, lambda p, y: (p - y) ** 2 / 2)):
        for X, y, w in inputs(exercise):
            stepped = complex_step(lambda w: np.mean(loss(sigmoid(X @ w), y)), w)
            assert np.allclose(exercise.reference(X, y, w), stepped, rtol=1e-10)


# The inputs fit

def test_the_exhibit_is_that_of_the_lesson():
    assert round(float(logistic_gradient(*lesson06.POINTS)[0]), 6) == 1.130057
    assert round(float(logistic_gradient(*lesson06.POINTS, loss="sse")[0]), 6) == -0.072748


def test_there_are_both_kinds_of_examples_on_both_sides():
    for X, y, w in inputs(entropy_gradient):
        right = (X @ w > 0) == y
        assert set(y) <= {0, 1} and y.dtype == float
        assert len(y) == 1 or (len(set(y)) == 2 and 0 < right.sum() < len(y))


def test_the_given_line_is_the_gradient_of_cross_entropy():
    for X, y, w in inputs(loss_gradient):
        assert np.allclose(loss_gradient.as_given(X, y, w), logistic_gradient(X, y, w))


# What is said

def test_three_names_are_asked_for_and_listed():
    for answer, came in ((lambda: ("bce", "half_sse", "mse"), 'tuple with "bce" in it'),
                         (lambda: ("sse", "mean squared error", "mse"), 'tuple with "mean squared error" in it'),
                         (lambda: ["mse"], "list of length 1"), (lambda: "mse", "str"), (lambda: 3, "int"),
                         (lambda: {"first": "mse", "third": "sse"}, "dict"),
                         (lambda: np.array(["mse"] * 3), "ndarray")):
        result = whose.check(answer)
        assert f"{came}, which" in result.title and "three names of losses" in result.title
        assert (result.why, result.evidence) == ("", "")
        assert all(f" {loss}" in result.look_at for loss in lesson06.LOSSES)
    assert {whose.check(answer).code for answer in (lambda: ("mse", ..., "mse"), lambda: ...)} == {"not_attempted"}
    assert whose.check(lambda: mse).evidence == "Called with nothing."  # noqa: F821


def test_a_name_is_measured():
    assert whose.check(lambda: ("cross_entropy", "half_sse", "mse")).evidence == (
        "Take three points, x = [1, −1, 4] with y = [1, 0, 0], at w = 1. Of the first formula your function says "
        "cross_entropy. Nudging `w` by 0.00001 changes cross_entropy at a rate of 1.13; the formula gives 3.39.")
    assert "the predictions are 1, −1 and 4." in whose.check(lambda: ("sum_cross_entropy",) * 2 + ("mse",)).evidence


SLIPS = {
    "first": {"cross_entropy": "mean_for_sum"} | dict.fromkeys(lesson06.CONSTANTS, "no_sigmoid_slope"),
    "second": {"half_mse": "mean_for_sum", "sse": "two_missing", "mse": "mean_and_two_missing"}
    | dict.fromkeys(lesson06.ENTROPIES, "not_a_probability"),
    "third": {"sse": "sum_for_mean", "half_mse": "two_is_there", "half_sse": "mean_and_two_are_there"}
    | dict.fromkeys(lesson06.ENTROPIES, "slope_not_cancelled")}
WHOLE = {("half_sse", "sum_cross_entropy", "mse"): "exchanged", ("half_sse", "cross_entropy", "mse"): "exchanged",
         ("mse", "half_sse", "sum_cross_entropy"): "backwards"}


@pytest.mark.parametrize("first", lesson06.LOSSES)
@pytest.mark.parametrize("second", lesson06.LOSSES)
def test_each_name_has_its_slip_and_each_slip_is_told_once(first, second):
    for third in lesson06.LOSSES:
        names, result = dict(zip(whose.parts, (first, second, third))), whose.check(lambda: (first, second, third))
        wrong = [part for part, good in zip(names, whose.reference()) if names[part] != good]
        slips = {SLIPS[part][names[part]] for part in wrong} or {"correct"}
        told = {code.partition("@")[0] for code in result.code.split("+")}
        assert told == ({WHOLE[first, second, third]} if (first, second, third) in WHOLE else slips)
        if "@" in result.code:
            assert all(f"`{part}`" in result.title for part in wrong)
            assert all((f"`{part}` is right." in result.why) == (part not in wrong) for part in names)
        sentences = re.split(r"(?<=[.?:]) ", f"{result.title} {result.why}".lower())
        assert [sentence for sentence in sentences if sentences.count(sentence) > 1 and sentence != "and:"] == []


def test_a_name_left_over_is_asked_for_its_two_and_its_n():
    result = whose.check(lambda: ("sum_cross_entropy", "half_sse", "half_sse"))
    assert result.title == "Two things are left in this formula that your loss would not bring."
    assert result.look_at == "Which name keeps its 2, and which divides?"
    assert all(name not in result.why + result.look_at for name in whose.reference())
    said = whose.check(lambda: ("cross_entropy", "half_mse", "mse"))
    assert said.title == "In `first` and `second`: your loss is a mean, and the formula has none."


def test_the_hint_names_a_heading_of_the_lesson():
    heading = re.search("under '(.*?)'", loss_gradient.hints[1])[1]
    assert f'"## {heading}' in LESSON.read_text(encoding="utf-8")


def test_the_loss_whose_gradient_it_is_is_named():
    for loss in lesson06.LOSSES:
        for exercise, own in ((entropy_gradient, "cross_entropy"), (loss_gradient, "half_mse")):
            result = exercise.check(lambda X, y, w: logistic_gradient(X, y, w, loss=loss))
            assert result.code == "correct" if loss == own else result.evidence.endswith(
                f" That is the rate of {loss}.")
    assert "That is the rate" not in entropy_gradient.check(linear_gradient).evidence
