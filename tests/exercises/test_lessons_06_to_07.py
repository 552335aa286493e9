"""The exercises of lessons 06 and 07: what these promise besides what every exercise does."""

import inspect
import re
from pathlib import Path

import numpy as np
import pytest

from gradlib import network
from gradlib.calculus import linear_gradient, logistic_gradient, which_loss
from gradlib.exercises import lesson06
from gradlib.exercises.lesson06 import entropy_gradient, loss_gradient, whose
from gradlib.exercises.lesson07 import backward, hidden_delta, train_step
from gradlib.numeric import complex_step

from .answers import ODD, RIGHT, WRONG
from .conftest import SEEDS, changed, inputs
from .mutants import survivors

LESSON = Path(__file__).parents[2] / "notebooks" / "06_whose_gradient.ipynb"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def entropies(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))


def network_loss(X, y, W1, b1, W2, b2):
    return entropies(sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2), y).sum() / len(X)


def slopes_by_complex_step(X, y, *layers):
    return [complex_step(lambda array, i=i: network_loss(X, y, *layers[:i], array, *layers[i + 1:]), layers[i])
            for i in range(4)]


def close_all(a, b):
    return all(np.allclose(x, y, rtol=1e-9, atol=1e-13) and np.shape(x) == np.shape(y) for x, y in zip(a, b))


# The solutions are right

FORMULAS = (lambda X, y, w: X.T @ (sigmoid(X @ w) - y),
            lambda X, y, w: X.T @ (X @ w - y),
            lambda X, y, w: 2 * X.T @ ((sigmoid(X @ w) - y) * sigmoid(X @ w) * (1 - sigmoid(X @ w))) / len(y))


def test_the_three_names_are_what_the_judge_finds():
    X, y, w = entropy_gradient.trials(np.random.default_rng(0))[0]
    assert whose.reference() == tuple(which_loss(X, y, w, formula).loss for formula in FORMULAS)


def test_the_three_formulas_of_the_stub_are_the_gradients_that_are_compared():
    X, y, w = lesson06.POINTS
    n, given = len(y), re.findall(r"# (.*), with (p = .*)", whose.stub)
    right = whose.read(whose.reference())
    for (formula, prediction), gradient in zip(given, right, strict=True):
        p = eval(prediction.removeprefix("p = "), {"X": X, "w": w, "sigmoid": sigmoid})
        assert np.allclose(eval(formula, {"X": X, "y": y, "p": p, "n": n}), gradient)


def test_the_gradients_agree_with_the_complex_step():
    for X, y, w in inputs(entropy_gradient):
        assert np.allclose(entropy_gradient.reference(X, y, w),
                           complex_step(lambda w: np.mean(entropies(sigmoid(X @ w), y)), w), rtol=1e-10)
    for X, y, w in inputs(loss_gradient):
        assert np.allclose(loss_gradient.reference(X, y, w),
                           complex_step(lambda w: np.mean((sigmoid(X @ w) - y) ** 2) / 2, w), rtol=1e-10)


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


# What is said

@pytest.mark.parametrize("exercise, code", [(loss_gradient, "cross_entropy"), (train_step, "updated_before")],
                         ids=lambda value: getattr(value, "name", value))
def test_a_repair_untouched_or_rewritten_without_a_repair(exercise, code):
    given = changed(exercise.stub, ('):\n    """', '):\n    """Mine. '))
    assert exercise.check(given).code == exercise.check(exercise.as_given).code == "as_given"
    assert exercise.check(lambda *args: exercise.as_given(*args)).code == code


def test_three_names_are_asked_for_and_listed():
    for answer, came in ((lambda: ("bce", "half_sse", "mse"), 'tuple with "bce" in it'),
                         (lambda: ("sse", "mean squared error", "mse"), 'tuple with "mean squared error" in it'),
                         (lambda: ["mse"], "list of length 1"), (lambda: "mse", "str"), (lambda: 3, "int"),
                         (lambda: {"first": "mse", "third": "sse"}, 'list with "None" in it'),
                         (lambda: np.array(["mse"] * 3), "ndarray")):
        result = whose.check(answer)
        assert result.title == f"Your function hands back a {came}, which cannot be read as three names of losses."
        assert (result.why, result.evidence) == ("", "")
        assert result.look_at == ("Which three of these names do you mean: half_mse, mse, half_sse, sse, "
                                  "cross_entropy, sum_cross_entropy?")
    assert whose.check(lambda: ("mse", ..., "mse")).code == "not_attempted"
    assert whose.check(lambda: ...).code == "not_attempted"
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
@pytest.mark.parametrize("third", lesson06.LOSSES)
def test_each_name_has_its_slip_and_each_slip_is_told_once(first, second, third):
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


# Two calls, and one part of four

@pytest.mark.parametrize("exercise, code, second", [
    (loss_gradient, "slope_too_late", "X (4, 1), y (4,), w (1,), it runs, and hands back an array of shape (4,). "
                                      "Expected: an array of shape (1,)."),
    (hidden_delta, "transposed", "delta_out (3, 3), W2 (3, 3), h (3, 3), it runs. Take row 2: "),
    (backward, "not_transposed", "X (3, 3), y (3, 3), W1 (3, 3), b1 (3,), W2 (3, 3), b2 (3,), it runs. Nudging "),
], ids=lambda value: getattr(value, "name", ""))
def test_a_second_call_is_named(exercise, code, second):
    answer = next(answer for other, answer in WRONG[exercise.name] if other == code)
    _, first, rest = exercise.check(answer).evidence.split("Called with ")
    assert ", it stops: ValueError: " in first and rest.startswith(second)


def test_no_evidence_speaks_of_two_calls_in_one_breath():
    said = (exercise.check(answer).evidence for exercise in OWN for _, answer in WRONG[exercise.name])
    stopped = [evidence for evidence in said if "it stops: " in evidence]
    for evidence in stopped:
        assert evidence.count("Called with ") == 1 + evidence.count(", it runs")
        assert "Your function hands back" not in evidence
    assert len(stopped) > 5


SUM_IN_db1 = "db1 = delta1.sum(axis=0)"
ALL_FOUR = "return dW1, db1, dW2, db2"


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


@pytest.mark.parametrize("pairs, code, title", [
    ([("* h * (1 - h)", "* h * (1 - h) / len(X)")], "mean_again",
     "The first layer is divided by the number of examples once more."),
    ([("* h * (1 - h)", "* h * (1 - h) / len(X)"), ("dW2 = h.T", "dW2 = -h.T")], "mean_again@dW1,db1+sign_flipped@dW2",
     "In `dW1` and `db1`: the first layer is divided by the number of examples once more. And: in `dW2`: your slopes "
     "point the other way."),
    ([("* h * (1 - h)", "* h * (1 - h) / len(X)"), ("delta2.sum(axis=0)", "delta2.mean(axis=0)")],
     "divided_twice@dW1,db1,db2", "In `dW1`, `db1` and `db2`: your slopes are 5 times too small."),
    ([("* h * (1 - h)", "* h * (1 - h) / len(X) ** 2")], "divided_twice+mean_again@dW1,db1",
     "In `dW1` and `db1`: two slips at once: your slopes are 5 times too small. And: the first layer is divided by "
     "the number of examples once more."),
    ([(SUM_IN_db1, "db1 = delta1.mean(axis=0)")], "bias_mean@db1",
     "In `db1`: your slope of a bias is a mean over the examples."),
])
def test_a_factor_of_a_whole_layer_is_told_once(pairs, code, title):
    result = backward.check(changed(backward.source, *pairs))
    assert (result.code, result.title) == (code, title)


def test_the_loss_whose_gradient_it_is_is_named():
    for loss in lesson06.LOSSES:
        for exercise, own in ((entropy_gradient, "cross_entropy"), (loss_gradient, "half_mse")):
            result = exercise.check(lambda X, y, w: logistic_gradient(X, y, w, loss=loss))  # noqa: B023
            assert result.code == "correct" if loss == own else result.evidence.endswith(
                f" That is the rate of {loss}.")
    assert "That is the rate" not in entropy_gradient.check(linear_gradient).evidence


@pytest.mark.parametrize("answer, told", [
    ("backward_squared_weights",
     "`dW2` and `db2` are right. So the way forward and the delta of the outputs are right. The mistake sits between "
     "`W2` and `W1`, on the way from the outputs to the hidden layer."),
    ("backward_last_line",
     "`db1`, `dW2` and `db2` are right. So both deltas are right, and the mistake sits where `dW1` is made."),
    ("backward_two_places",
     "`db2` is right. So the way forward and the delta of the outputs are right. The mistake sits between `W2` and "
     "`W1`, on the way from the outputs to the hidden layer. Look also at the line of `dW2`."),
    ("backward_from_the_start", ""),
    ("train_step_both_weights",
     "`W2` and `b2` are right. So the way forward and the delta of the outputs are right. The mistake sits between "
     "`W2` and `W1`, on the way from the outputs to the hidden layer."),
    ("train_step_squared",
     "`W1`, `b1` and `b2` are right. So both deltas are right, and the mistake sits where `W2` is made."),
])
def test_what_is_right_says_where_an_unknown_mistake_sits(answer, told):
    exercise = backward if answer.startswith("backward") else train_step
    result = exercise.check(next(odd for odd in ODD[exercise.name] if odd.__name__ == answer))
    assert (result.code, result.why) == ("unrecognised", told)


@pytest.mark.parametrize("code, right", [
    ("slope_skipped", "`dW2` and `db2` are right."), ("sigmoid_twice", "`dW2` and `db2` are right."),
    ("z_for_h", "`dW2` and `db2` are right."), ("sent_back_slopes", "`dW2` and `db2` are right."),
    ("sent_prediction", "`dW2` and `db2` are right."), ("updated_before", "`dW2` and `db2` are right."),
    ("bias_mean", "`dW1` and `dW2` are right."), ("bias_mean@db1", "`dW1`, `dW2` and `db2` are right."),
    ("input_missing", "`db1`, `dW2` and `db2` are right."), ("wrong_input", "`dW1`, `db1` and `db2` are right."),
    ("target_missing", ""), ("transposed", ""), ("sign_flipped", ""), ("half_of_it", ""),
])
def test_a_known_mistake_says_which_slopes_are_right(code, right):
    answer = next(answer for other, answer in WRONG["backward"] if other == code)
    assert right in backward.check(answer).why
    assert bool(right) == bool(re.search("(is|are) right. So", backward.check(answer).why))


def test_two_parts_that_are_wrong_are_made():
    result = backward.check(changed(backward.source, ("sum(axis=0)", "mean(axis=0)")))
    assert result.why.endswith("So both deltas are right, and the mistake sits where `db1` and `db2` are made.")


def test_the_evidence_begins_where_the_mistake_begins():
    def evidence(code):
        return backward.check(next(answer for other, answer in WRONG["backward"] if other == code)).evidence
    assert evidence("slope_skipped").startswith("Nudging `W1[")
    assert evidence("target_missing").startswith("Nudging `W2[")
    assert evidence("bias_mean").startswith("Nudging `b2[")


def test_the_step_size_carries_the_error_and_the_texts_say_so():
    said = train_step.check(train_step.reference).title
    first, second, third = map(float, re.findall(r"([\d.]+)%", said))
    assert np.isclose(first, 10 * second, rtol=0.06) and np.isclose(second, 10 * third, rtol=0.06)
    wrong = next(answer for code, answer in WRONG["train_step"] if code == "updated_before")
    assert "the error shrinks with the step size" in train_step.check(wrong).why


def test_a_quarter_is_the_most_that_a_sigmoid_lets_through():
    for seed in SEEDS:
        arriving, slope, through = map(float, re.search(
            r"a slope of (\S+) arrives.* lets (\S+) of it through: (\S+) goes on",
            hidden_delta.check(hidden_delta.reference, seed=seed).title.replace("−", "-")).groups())
        assert 0 < slope <= 0.25 and np.isclose(arriving * slope, through, rtol=1e-2, atol=1e-4)


# The checker is tested as tests are

EQUIVALENT = {  # y has as many rows as X, and delta_out as many columns as W2
    "entropy_gradient": ["return X.T @ pull / len(y)  [y -> X]"],
    "entropy_gradient_chain": [
        "return np.mean(dL_dp[:, None] * dp_dz[:, None] * dz_dw, axis=0)  [dz_dw -> X]"],
    "entropy_gradient_loops": ["gradient = [0] * d  [d -> w]"],
    "loss_gradient": ["return X.T @ pull / len(y)  [y -> X]"],
    "loss_gradient_exponential": ["return ((p - y) * slope) @ X / len(X)  [X -> y]"],
    "hidden_delta_loops": ["for o in range(W2.shape[1]):  [W2 -> delta_out]"],
    "hidden_delta_outers": ["for o in range(W2.shape[1]):  [W2 -> delta_out]"],
    "backward": ["delta2 = (p - y) / len(X)  [X -> y]"],
    "backward_four_equations": ["n = X.shape[0]  [X -> y]"],
    "backward_one_example_at_a_time": ["dW1, db1, dW2, db2 = 0, 0, 0, 0  [(0, 0, 0, 0) -> (0, 0, 0, 0)]",
                                       "out = (p - t) / len(X)  [X -> y]"],
    "train_step": ["delta2 = (p - y) / len(X)  [X -> y]"],
    "train_step_saved": ["delta = (p - y) / len(X)  [X -> y]"],
    "train_step_first_layer_first": ["delta = step_size * (p - y) / len(X)  [X -> y]"],
}
STYLES = ("entropy_gradient_chain", "entropy_gradient_loops", "loss_gradient_exponential", "hidden_delta_loops",
          "hidden_delta_outers", "backward_four_equations", "backward_one_example_at_a_time", "train_step_saved",
          "train_step_first_layer_first")
OWN = (whose, entropy_gradient, loss_gradient, hidden_delta, backward, train_step)
SOURCES = [(exercise, exercise.name, exercise.source) for exercise in OWN] + [
    (exercise, answer.__name__, inspect.getsource(answer)) for exercise in OWN
    for answer in RIGHT[exercise.name] if answer.__name__ in STYLES]


@pytest.mark.parametrize("exercise, name, source", SOURCES, ids=[name for _, name, _ in SOURCES])
def test_every_small_change_of_a_right_answer_is_caught(exercise, name, source):
    alive, count = survivors(exercise, source)
    assert alive == sorted(EQUIVALENT.get(name, [])) and count > 4
