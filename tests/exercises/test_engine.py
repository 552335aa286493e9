"""The engine on answers that no exercise expects: nothing written or returned, changed inputs, exceptions."""

import functools
import re
import warnings
from dataclasses import replace

import numpy as np
import pytest

from gradlib.exercises import calls
from gradlib.exercises.lesson00 import error
from gradlib.exercises.lesson01 import gradient, slope
from gradlib.exercises.lesson02 import step
from gradlib.exercises.lesson03 import slopes
from gradlib.exercises.lesson04 import walk_back
from gradlib.exercises.lesson05 import count, finite_differences
from gradlib.exercises.messages import Result

from .answers import function


@pytest.mark.parametrize("answer", [None, 3.5, np.ones(3), "slope", slope])
def test_something_that_is_not_a_function(answer):
    result = slope.check(answer)
    assert (result.status, result.code) == ("error", "not_a_function")
    assert "check(slope)" in result.title


def test_check_without_an_answer():
    assert slope.check().code == "not_a_function"


@pytest.mark.parametrize("answer", [lambda: 1, lambda w, x: w, lambda w, x, y, z: w, max, dict])
def test_a_function_with_other_arguments(answer):
    result = slope.check(answer)
    assert result.code == "signature" and "slope(w, x, y)" in result.title


@pytest.mark.parametrize("answer", [lambda *args: slope.reference(*args), functools.partial(slope.reference),
                                    lambda a, b, c, extra=None: slope.reference(a, b, c)])
def test_other_kinds_of_functions_are_welcome(answer):
    assert slope.check(answer).code == "correct"


def whole(exercise, lines):
    """The function of a learner who wrote these lines, and no others."""
    return function(exercise, lines, True)


@pytest.mark.parametrize("lines", [
    "...", "pass", "return", "return ...", "dw, db = ..., ...\nreturn dw, db",
    "error = X.dot(w) + b - y\nreturn error.mean(), ...",
    "p = ...\nreturn X.T.dot(p - y), np.mean(p - y)", "raise NotImplementedError"])
def test_not_attempted(lines):
    result = gradient.check(whole(gradient, lines))
    assert result.code == result.status == "not_attempted"
    assert "Replace the dots, run the cell, then run this one again." in result.title


def test_a_line_that_does_something_is_an_attempt():
    assert error.check(whole(error, "w * x - y")).code == "returned_none"


def test_an_ellipsis_inside_an_index_is_an_attempt():
    lines = "error = X.dot(w) + b - y\nreturn (X * error[..., None]).mean(axis=0), error.mean()"
    assert gradient.check(whole(gradient, lines)).code == "correct"


# Functions that are given whole, and what the given lines are called in a function that hides them
REPAIRS = {"half_mse": "outer_broadcast", "descend": "uphill", "slopes": "overwritten", "walk_back": "handed_on_again",
           "finite_differences": "not_restored", "loss_gradient": "cross_entropy", "train_step": "updated_before",
           "epoch": "by_all_rows", "rmsprop_step": "given_division", "local_round": "unweighted",
           "witnesses": "first_believed@first+second_believed@second+third_agrees@third"}


def test_a_repair_untouched_or_rewritten_without_a_repair(exercise):
    assert (exercise.name in REPAIRS) == ("..." not in exercise.given)
    if exercise.name in REPAIRS:
        again = exercise.way(exercise.stub.replace('"""', '"""Mine. ', 1))
        assert exercise.check(again).code == exercise.check(exercise.as_given).code == "as_given"
        assert exercise.check(lambda *args: exercise.as_given(*args)).code == REPAIRS[exercise.name]


def test_printing_is_not_returning(capsys):
    result = error.check(lambda w, x, y: print("the error:", 12))
    assert result.code == "returned_none" and "It printed the error: 12." in result.evidence
    assert capsys.readouterr().out == ""


def test_a_right_answer_that_prints_and_warns_is_right(capsys):
    def noisy(w, x, y):
        print("w is", w)
        warnings.warn("careful")
        np.log(np.array([-1.0]))
        np.array([1.0]) / 0
        return np.mean((w * x - y) * x)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert slope.check(noisy).code == "correct"
    assert capsys.readouterr().out == ""


def test_the_seed_of_the_learner_is_left_alone():
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    gradient.check(lambda X, y, w, b: (w, b))
    assert np.array_equal(np.random.get_state()[1], before)  # noqa: NPY002


@pytest.mark.parametrize("argument, change", [
    ("w", "w -= 1"), ("w", "w[0] = 0"), ("w", "w.sort()"), ("gradient", "gradient *= 2"),
    ("w", "np.multiply(w, 2, out=w)")])
def test_changed_inputs(argument, change):
    result = step.check(whole(step, f"new = w - step_size * gradient\n{change}\nreturn new"))
    assert result.code == "mutates_input"
    assert result.title.startswith(f"The numbers are right, but your function changes `{argument}`")


def test_changed_inputs_with_wrong_numbers():
    assert step.check(whole(step, "w += step_size * gradient\nreturn w")).title.startswith("Your function changes `w`")


def test_an_exception_is_told_with_line_and_shapes():
    def answer(X, y, w, b):
        error = X.dot(w) + b - y
        return X.dot(X).dot(error), error.mean()
    result = gradient.check(answer)
    assert (result.status, result.code) == ("error", "raises")
    assert "ValueError" in result.title
    assert "return X.dot(X).dot(error), error.mean()" in result.why and "It happened in line" in result.why
    assert re.match(r"Called with X \(5, 3\), y \(5,\), w \(3,\), b = −?[0-9.]+\.", result.evidence)
    assert "Traceback" not in repr(result)


@pytest.mark.parametrize("lines", [
    "return X.T.dot(X.dot(w) + b - y) / n, b", "for row in X:\n    total += row\n    total = 0\nreturn total, b",
    "raise NameError"])
def test_an_unknown_name_is_not_a_matter_of_shapes(lines):
    result = gradient.check(whole(gradient, lines))
    assert (result.status, result.code) == ("error", "raises")
    assert result.why.endswith("Python does not know this name at that moment.")
    assert result.look_at.startswith("Does it come in through the brackets, or is it made above this line?")


@pytest.mark.parametrize("text, glued", [
    ("wx - y", True), ("xw - y", True), ("wy - x", True), ("z - y", False), ("residual", False), ("ww", False)])
def test_letters_without_a_sign_between_them(text, glued):
    result = error.check(whole(error, f"return {text}"))
    assert result.code == "raises"
    assert result.look_at.startswith("Which sign belongs" if glued else "Does it come in")


@pytest.mark.parametrize("text", ["w(x) - y", "w[0] * x", "np.dot([1, 2], [w, x, y])", "w.dot(x) - y", "w / 0"])
def test_other_exceptions_ask_for_the_shapes(text):
    result = error.check(whole(error, f"return {text}"))
    assert result.code == "raises" and result.look_at.endswith("of which shape?")


@pytest.mark.parametrize("raised", [ValueError, ZeroDivisionError("{0} <b>"), RecursionError, KeyError("w")])
def test_exceptions_of_every_kind(raised):
    def answer(w, x, y):
        raise raised
    assert slope.check(answer).code == "raises"


def test_endless_recursion_ends():
    def answer(w, x, y):
        return answer(w, x, y)
    assert slope.check(answer).code == "raises"


@pytest.mark.parametrize("value, code", [
    ("text", "not_numbers"), ({1, 2}, "not_numbers"), ([[1], [2, 3]], "not_numbers"), (1 + 2j, "not_numbers"),
    ([], "ignores_argument"), (np.nan, "not_a_number"), (np.inf, "not_a_number"),
    (np.ones((2, 2)), "ignores_argument")])
def test_answers_that_are_always_the_same(value, code):
    assert slope.check(lambda w, x, y: value).code == code


@pytest.mark.parametrize("answer", [
    lambda w, x, y: w * x + y + 1, lambda w, x, y: np.outer(x, y) * w, lambda w, x, y: [w, x.sum(), y.sum()]])
def test_answers_of_another_shape(answer):
    result = slope.check(answer)
    assert result.code == "shape" and result.title.endswith("Expected: one number.")


def test_not_a_number_now_and_then():
    result = slope.check(lambda w, x, y: np.mean((w * x - y) * x) + np.log(w))
    assert result.code == "not_a_number" and "w = −" in result.evidence


def test_zero_dimensional_arrays_and_python_numbers_pass():
    for kind in (float, np.asarray, np.float64, np.atleast_2d, complex, lambda value: [value]):
        assert slope.check(lambda w, x, y, kind=kind: kind(np.mean((w * x - y) * x))).code == "correct"


def test_global_names_are_noticed(built):
    source = ("X0, y0 = np.ones((7, 2)), np.ones(7)\n"
              "def slope(w, x, y):\n    return np.mean((w * X0[:, 0] - y0) * X0[:, 0])")
    result = slope.check(built(source, "slope"))
    assert result.code == "ignores_argument" and "`x`" in result.title


@pytest.mark.parametrize("exercise, argument, answer", [
    (slopes, "edges", lambda edges, count: [0.5] * count),
    (finite_differences, "f", lambda f, w, h: 3 * w * h),
    (finite_differences, "w", lambda f, w, h: np.full(len(w), f(np.ones(len(w))))),
    (finite_differences, "h", lambda f, w, h: (f(w + 0.25) - f(w)) * w)], ids=lambda value: getattr(value, "name", ""))
def test_an_argument_that_is_ignored_is_named(exercise, argument, answer):
    assert exercise.check(answer).title == f"The answer of your function does not depend on `{argument}`."


@pytest.mark.parametrize("exercise, described", [
    (slopes, "edges of length 4, count = 4"),
    (walk_back, 'operands of length 4, local of length 4, out = "L"'),
    (finite_differences, "f, w (3,), h = 0.01562"),
    (count, r"widths = \[\d, \d, \d, \d\]")], ids=lambda value: getattr(value, "name", ""))
def test_arguments_that_are_no_numbers_are_described(exercise, described):
    def fails(*args):
        raise ValueError("here")
    assert re.fullmatch(rf"Called with {described}\.".replace("(3,)", r"\(3,\)"), exercise.check(fails).evidence)


# What a mistake in one part, or two at once, are called

@pytest.mark.parametrize("dw, db, title", [
    ("dw", "n * db", "`db` is 5 times too large."),
    ("dw", "-db", "`db` points the other way."),
    ("dw", "-n * db", "Two slips at once: `db` points the other way. And: `db` is 5 times too large."),
    ("dw", "(error ** 2).mean()", "The error in `db` is still squared."),
    ("dw", "error[-1]", "`db` listens to the last example only."),
    ("dw", "b", "Your `db` is the bias itself."),
    ("dw", "db * b", "In `db` you multiply by the bias."),
    ("-dw", "db * b", "`dw` points the other way. And: in `db` you multiply by the bias."),
    ("n * dw", "db", "`dw` is 5 times too large."),
    ("n * dw", "-db", "`dw` is 5 times too large. And: `db` points the other way."),
    ("X.T * error / n", "db", "`dw` still has numbers for every single example."),
    ("X.mean(axis=0) * db", "db / n",
     "`dw` is a product of means. And: `db` is 5 times too small."),
    ("np.full(len(w), db)", "n * db",
     "In `dw`, all weights have the same slope. And: `db` is 5 times too large."),
])
def test_a_mistake_in_one_part_names_the_part(dw, db, title):
    assert gradient.check(gradient.way(f"n = len(y)\nreturn {dw}, {db}")).title == title


def test_a_wrong_shape_is_told_of_the_part_that_has_it():
    result = gradient.check(lambda X, y, w, b: (w + X.sum(), y * w.sum() + b))
    assert result.title == "Your function hands back an array of shape (5,) as `db`. Expected: one number."
    assert re.fullmatch(r"Called with X \(5, 3\), y \(5,\), w \(3,\), b = −?[0-9.]+\.", result.evidence)
    result = gradient.check(lambda X, y, w, b: X.T.dot(y) + w + b)
    assert result.title == "Your function hands back an array of shape (3,). Expected: `dw` and `db`."
    assert gradient.check(lambda X, y, w, b: "text").title == (
        "Your function hands back a str, which cannot be read as `dw` and `db`.")


def test_a_mistake_that_swaps_the_parts_is_not_told_of_one():
    result = gradient.check(lambda X, y, w, b: (2 * X.T.dot(X.dot(w) + b - y) / len(y),) * 2)
    assert "changed places" not in result.title


@pytest.mark.parametrize("power, title", [
    (-1, "Your slope points the other way."), (5, "Your slope is {n} times too large."),
    (2.5, "Two slips at once: your slope is {n} times too large. And: your slope is half as large as it should "
          "be.")])
def test_two_slips_are_counted_before_they_are_told(power, title):
    def answer(w, x, y):
        factor = {5: len(x), 2.5: len(x) / 2}.get(power, power)
        return factor * np.mean((w * x - y) * x)
    assert slope.check(answer).title == title.format(n=4)


def test_the_catalogue_answers_each_seed_once():
    calls_of, seeds = [], []
    first = replace(slope.mistakes[0], ways=(lambda w, x, y: calls_of.append(1) or np.mean(w * x - y),))
    exercise = replace(slope, mistakes=(first,), slips=(), names={},
                       trials=lambda rng: seeds.append(1) or slope.trials(rng))
    for seed in (0, 0, 1, 1, 0):
        assert exercise.check(first.way, seed).code == first.code
    assert len(seeds) == 3
    assert len(calls_of) == 5 * 5 + 3 * 5  # five answers of five trials each, and the catalogue three times


def test_a_result_is_always_true():
    assert bool(Result("wrong", "code", "title")) and "__bool__" not in vars(Result)


def test_the_default_seed_makes_the_same_text_again():
    def answer(X, y, w, b):
        return X[0] * b, w[0] + y[0]
    assert repr(gradient.check(answer)) == repr(gradient.check(answer))
    assert repr(gradient.check(answer)) != repr(gradient.check(answer, seed=1))


# The traced array

def arrays(n=4):
    return np.arange(1.0, n + 1), np.arange(1.0, n + 1).reshape(-1, 1)


@pytest.mark.parametrize("function", [
    lambda a, b: (a - b).sum(), lambda a, b: np.subtract(b, a).mean(), lambda a, b: (a.copy() * b.T.T)[0, 0],
    lambda a, b: np.sqrt(a) / b, lambda a, b: np.where(True, 2 * a, 0) + b[:, :1], lambda a, b: a > b,
    lambda a, b: 3 * np.mean((b ** 2 - np.abs(a)) ** 2), lambda a, b: a.dot(1.0) - b])
def test_the_meeting_of_row_and_column_is_seen(function):
    assert calls.met(function, arrays()) == 4


@pytest.mark.parametrize("function", [
    lambda a, b: a - b.ravel(), lambda a, b: a[:, None] - b, lambda a, b: b.T @ a, lambda a, b: a - b[:, 0],
    lambda a, b: (b * np.ones((4, 2))).sum(axis=0), lambda a, b: a.sum() - b, lambda a, b: np.outer(a, b),
    lambda a, b: a / 0, lambda a, b: [x - y for x, y in zip(a, b)], lambda a, b: 1 / {}])
def test_other_meetings_are_not(function):
    assert calls.met(function, arrays()) == 0


def test_one_row_and_one_column_of_one_number_are_harmless():
    assert calls.met(lambda a, b: a - b, arrays(1)) == 0


def test_tracing_leaves_places_whole_and_writes_in_place():
    def function(a, b):
        order = np.argsort(a)
        assert order.dtype.kind == "i" and a[order][0] == 1
        a += 1
        a[order] = a[order] * 2
        assert a.tolist() == [4, 6, 8, 10] and (a == b[:, 0]).sum() == 0
        return a - b
    assert calls.met(function, arrays()) == 4


# Comparing answers

def test_close():
    assert calls.close(np.float32(1 / 3), np.array([1 / 3]))
    assert calls.close(np.ones((3, 1)), np.ones(3)) and not calls.close(np.ones(3), np.ones(2))
    assert calls.close(np.array([1, 1e-9]), np.array([1, 0.0]))
    assert not calls.close(np.array([1, 1e-3]), np.array([1, 0.0]))
    assert calls.close(np.array([np.nan, np.inf]), np.array([np.nan, np.inf]))
    assert not calls.close(np.array([np.inf]), np.array([-np.inf]))
    assert not calls.close(np.array(np.nan), np.array(1.0))
