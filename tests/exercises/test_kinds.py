"""The kinds of fault that real learners' answers found in the checks: what must be said, and what must not."""

import random
import re
import time
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

from gradlib.exercises import session
from gradlib.exercises.calls import _differ
from gradlib.exercises.lesson00 import error
from gradlib.exercises.lesson01 import gradient, half_mse, slope
from gradlib.exercises.lesson02 import descend, step
from gradlib.exercises.lesson03 import chain, fan_out, slopes
from gradlib.exercises.lesson04 import product_rules, tanh_rule, walk_back
from gradlib.exercises.lesson05 import count, forward
from gradlib.exercises.lesson06 import entropy_gradient, loss_gradient, whose
from gradlib.exercises.lesson07 import backward, train_step
from gradlib.exercises.lesson08 import sgd_step
from gradlib.exercises.lesson09 import adam_step, rmsprop_step
from gradlib.exercises.lesson10 import forward_gradient, witnesses
from gradlib.exercises.lesson12 import settings
from gradlib.exercises.messages import as_code
from gradlib.exercises.writing import built, rewritten

from .answers import EXERCISES

# ------------------------------------------------------------------------------- no accusation that does not follow


@pytest.mark.parametrize("answer", [
    lambda g, z, x: g * np.sqrt(1 - z ** 2), lambda g, z, x: g * (1 - z * 2), lambda g, z, x: g * z])
def test_an_argument_that_no_right_answer_needs_is_not_asked_for(answer):
    assert tanh_rule.check(answer).code != "ignores_argument"


def test_where_no_part_is_right_nothing_is_concluded():
    def rows(X, y, W1, b1, W2, b2, step_size):
        for i in range(len(X)):
            W1, b1, W2, b2 = train_step.reference(X[i:i + 1], y[i:i + 1], W1, b1, W2, b2, step_size / len(X))
        return W1, b1, W2, b2
    result = train_step.check(rows)
    assert result.code == "row_by_row" and "sits" not in repr(result)


def test_an_answer_that_is_silent_on_some_inputs_says_on_which():
    def answer(X, y, w, b):
        if len(y) > 1:
            return gradient.reference(X, y, w, b)
    result = gradient.check(answer)
    assert result.code == "returned_none" and "some inputs" in result.title and "X (1, 2)" in result.evidence


@pytest.mark.parametrize("exercise, change", [(walk_back, "operands.clear()"), (slopes, "edges.pop(0)")])
def test_what_is_no_array_is_not_called_one(exercise, change):
    lines = f"def {exercise.name}({', '.join(exercise.arguments)}):\n    {change}\n    return 3\n"
    result = exercise.check(built(lines))
    assert result.code != "mutates_input" or "array" not in repr(result)


def right_at_first(exercise):
    """Right answers to all trials of one check, then other numbers, as coins may fall."""
    luck = [True] * len(exercise.trials_of(0))
    return lambda slopes: slopes if luck and luck.pop() else [-slope for slope in slopes]


@pytest.mark.parametrize("draw", [random.random, np.random.random])
def test_an_answer_that_is_right_by_chance_is_not_called_right(draw):
    fall = right_at_first(gradient)
    assert gradient.check(lambda *args: (draw(), fall(gradient.reference(*args)))[1]).code == "random"


def test_an_answer_with_a_generator_of_its_own_is_not_called_right_by_chance():
    fall = right_at_first(gradient)
    assert gradient.check(lambda *args: (np.random.default_rng(), fall(gradient.reference(*args)))[1]).code == "random"


def test_input_is_named_and_asks_nobody(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda *prompt: pytest.fail("somebody was asked"))
    assert error.check(lambda w, x, y: float(input("w? ")) * x - y).code == "asks_input"


def test_an_exception_that_cannot_be_put_into_words():
    class Dumb(Exception):
        def __str__(self):
            raise RuntimeError

    def answer(w, x, y):
        raise Dumb
    result = slope.check(answer)
    assert result.code == "raises" and "Dumb" in result.title


# ------------------------------------------------------------------------------- right answers of every kind

@pytest.mark.parametrize("exercise", [fan_out, forward, count, gradient, product_rules], ids=lambda each: each.name)
def test_a_pair_in_an_array_is_a_pair(exercise):
    def answer(*args):
        parts = exercise.reference(*args)
        return np.array(parts) if all(np.ndim(part) == 0 for part in parts) else list(parts)
    assert exercise.check(lambda *args: answer(*args)).code == "correct"


@pytest.mark.parametrize("kind", [Fraction, lambda x: Decimal(repr(float(x))), np.float32, np.longdouble])
def test_numbers_of_every_kind(kind):
    assert chain.check(lambda x: kind(float(chain.reference(x)))).code == "correct"
    assert slope.check(lambda w, x, y: kind(float(slope.reference(w, x, y)))).code == "correct"


class Machine:
    """A function by another road: an object that can be called."""

    def __call__(self, w, x, y):
        return np.fromiter(((w * a - b) * a for a, b in zip(x, y)), float).mean()


@pytest.mark.parametrize("answer", [Machine(), Machine().__call__, partial(Machine())])
def test_functions_of_every_kind(answer):
    assert slope.check(answer).code == "correct"


# ------------------------------------------------------------------------------- said well

def test_long_output_is_cut_and_said_to_be():
    def answer(w, x, y):
        print("loss\n" * 100_000)
    result = slope.check(answer)
    assert len(repr(result)) < 2000 and "cut" in result.evidence


def test_the_failing_inputs_can_be_pasted_and_show_the_same_number():
    def answer(w, x, y):
        print("on the way", w)
        return w ** 3 - x.sum() * y[0]
    result = slope.check(answer)
    lines = [line for line in result.case.splitlines() if not line.startswith("#")]
    made = {"np": np, "slope": answer}
    exec("\n".join(lines[:-1]), made)
    said, right = answer(made["w"], made["x"], made["y"]), slope.reference(made["w"], made["x"], made["y"])
    assert not np.isclose(said, right) and "on the way" in result.case
    assert result.case in repr(result).replace("\n    ", "\n") and "<pre>" in result._repr_html_()


def test_an_answer_is_run_no_more_often_than_once_for_each_trial_where_that_is_enough():
    calls = []
    gradient.check(lambda *args: calls.append(1) or gradient.reference(*args))
    assert len(calls) == len(gradient.trials_of(0))


def test_an_answer_that_takes_long_is_announced_with_the_way_out(monkeypatch, capsys):
    monkeypatch.setattr(session, "PATIENCE", 0.01)
    slope.check(lambda *args: time.sleep(0.05) or slope.reference(*args))
    assert "Interrupt" in capsys.readouterr().out


def test_an_interrupt_ends_in_one_sentence():
    def answer(w, x, y):
        raise KeyboardInterrupt
    result = slope.check(answer)
    assert (result.status, result.code) == ("error", "interrupted") and "line" in result.why


def test_a_product_of_shapes_that_do_not_fit_is_told_without_numpys_signature():
    result = gradient.check(lambda X, y, w, b: (X @ y, b))
    assert result.code == "raises" and "gufunc" not in repr(result) and "signature" not in repr(result)


# ------------------------------------------------------------------------------- the notebook around a check

@pytest.fixture
def cells(monkeypatch):
    """Cells run in a notebook: cells(source, whether it ran to its end)."""
    monkeypatch.setattr(session, "CELLS", session.Cells(set()))
    return lambda source, success: session.CELLS.ran(
        SimpleNamespace(success=success, info=SimpleNamespace(raw_cell=source)))


def test_a_cell_that_did_not_run_is_not_what_is_judged_and_that_is_said(cells):
    cells("def slope(w, x, y):\n    return np.mean(", False)
    for answer in (slope.reference, lambda w, x, y: w):
        assert "did not run to its end" in slope.check(answer).evidence
    assert "did not run" not in repr(half_mse.check(half_mse.reference))
    cells("def slope(w, x, y):\n    return w", True)
    assert "did not run" not in repr(slope.check(slope.reference))


def test_a_name_that_stands_for_something_else_is_said_to():
    assert "an array of shape (3,)" in error.check(np.ones(3)).title


def test_open_lines_are_named():
    answer = built("def forward(x, dx, y, dy):\n    da = dx * y + x * dy\n    db = ...\n    return da, db\n")
    title = forward.check(answer).title
    assert "`db`" in title and "`da`" not in title


def test_where_nothing_is_open_nobody_is_sent_to_the_dots():
    name, arguments = slopes.name, ", ".join(slopes.arguments)
    result = slopes.check(built(f"def {name}({arguments}):\n    return None\n"))
    assert result.code == "not_attempted" and "dots" not in repr(result)


# ------------------------------------------------------------------------------- lines in the place of lines

SOURCE = "def f(X, y):\n    error = X - y\n    total = 0\n    for e in error:\n        total += e\n    return total\n"


@pytest.mark.parametrize("lines, value", [
    ("error = y - X", -3), ("return total / 2", 1.5), ("total += 2 * e", 6), ("total = e", 2),
    ("half = total / 2\nreturn half", 1.5), ("def f(X, y):\n    return 7\n", 7)])
def test_a_line_takes_the_place_of_the_one_that_makes_the_same_name(lines, value):
    assert built(rewritten(SOURCE, lines))(np.array([2, 3]), np.array([1, 1])) == value


def test_a_loop_takes_the_place_of_the_loop_over_the_same():
    lines = "total = 7\nfor e in error:\n    total -= e\nreturn total"
    assert built(rewritten(SOURCE, lines))(np.array([2, 3]), np.array([1, 1])) == 4


def test_a_line_without_a_place_is_refused():
    with pytest.raises(ValueError, match="none follows"):
        rewritten(SOURCE, "another = 3")


def test_factors_in_single_parts_are_told_part_by_part():
    def answer(*args):
        dW1, db1, dW2, db2 = backward.reference(*args)
        return dW1, 4 * db1, 2 * dW2, db2
    result = backward.check(answer)
    assert result.status == "wrong" and "db1" in result.title and "dW2" in result.title


# ------------------------------------------------------------------------------- no slip that the inputs hide

LOST = [*((error, i) for i in range(3)), (slope, 0), (gradient, 3), (chain, 0), (fan_out, 0), (fan_out, 1),
        (sgd_step, 3), *((forward, i) for i in range(4))]


@pytest.mark.parametrize("exercise, place", LOST, ids=lambda each: getattr(each, "name", each))
def test_an_argument_that_has_lost_its_sign_is_noticed_on_every_seed(exercise, place):
    def answer(*args):
        return exercise.reference(*args[:place], abs(args[place]), *args[place + 1:])
    assert not any(exercise.accepts(answer, seed) for seed in range(20))


@pytest.mark.parametrize("change", [abs, lambda value: -abs(value)])
@pytest.mark.parametrize("exercise", [gradient, fan_out, forward, fan_out.harder, forward.harder],
                         ids=lambda each: getattr(each, "name", ""))
def test_a_part_of_an_answer_that_has_lost_its_sign_is_noticed_on_every_seed(exercise, change):
    for place in range(2):
        def answer(*args):
            return [change(part) if i == place else part for i, part in enumerate(exercise.reference(*args))]
        assert not any(exercise.accepts(answer, seed) for seed in range(20))


@pytest.mark.parametrize("change", [abs, lambda value: round(value, 2), lambda value: max(value, 0)])
@pytest.mark.parametrize("exercise", [slope, chain], ids=lambda each: each.name)
def test_a_slope_that_is_rounded_or_has_lost_its_sign_is_noticed_on_every_seed(exercise, change):
    assert not any(exercise.accepts(lambda *args: change(exercise.reference(*args)), seed) for seed in range(20))


@pytest.mark.parametrize("exercise", [each for each in EXERCISES if not each.question], ids=lambda each: each.name)
def test_an_answer_in_single_precision_is_right_and_a_rounded_one_is_not(exercise):
    def in_all_numbers(change):
        def answer(*args):
            value = exercise.reference(*args)
            if isinstance(value, dict):
                return {name: change(part) for name, part in value.items()}
            return type(value)(map(change, value)) if isinstance(value, (tuple, list)) else change(value)
        return answer
    whole = exercise.name.startswith("count")    # how many paths and edges there are has no decimals
    for seed in range(3):
        assert exercise.accepts(in_all_numbers(np.float32), seed)
        assert exercise.accepts(in_all_numbers(lambda number: np.round(np.asarray(number, float), 4)), seed) == whole


def test_a_rounded_answer_hears_of_its_decimals():
    result = gradient.check(gradient.way("return np.round(dw, 3), db"))
    assert result.code == "rounded" and "`dw`" in result.title and "3 decimals" in result.title
    assert "`db`" not in repr(result)
    shown, right = (float(number.replace("−", "-")) for number in re.findall(r"−?[0-9.]+\d", result.evidence))
    assert shown == round(right, 3) != right


def test_what_is_known_of_one_part_is_told_beside_one_that_nothing_explains():
    result = forward.check(forward.way("return dx * dy, np.sinh(x + y * dy)"))
    assert result.code == "product_of_nudges@da+unrecognised" and "`db`" in result.why and "right" not in result.why


def test_mere_signs_are_not_said_to_ignore_what_they_depend_on():
    assert gradient.check(gradient.way("return np.sign(dw), np.sign(db)")).code == "signs_alone"


@pytest.mark.parametrize("exercise", [entropy_gradient, loss_gradient], ids=lambda each: each.name)
@pytest.mark.parametrize("least, right", [(0.01, False), (1e-7, True)])
def test_a_probability_may_be_cut_off_where_it_does_no_harm_and_nowhere_else(exercise, least, right):
    answer = exercise.way(f"p = np.clip(1 / (1 + np.exp(-X @ w)), {least}, 1 - {least})")
    assert {exercise.accepts(answer, seed) for seed in range(20)} == {right}


# ------------------------------------------------------------------------------- said as it was measured

@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda each: each.name)
def test_inputs_to_paste_make_these_inputs(exercise):
    for trial in exercise.trials_of(0):
        made = {"np": np}
        exec(as_code(exercise.arguments, trial.args), made)
        again = tuple(made.get(name, arg) for name, arg in zip(exercise.arguments, trial.args))
        assert not _differ(again, trial.args) and (any(map(callable, again)) or {*exercise.arguments} <= {*made})


def test_two_numbers_that_differ_are_told_apart():
    result = entropy_gradient.check(entropy_gradient.way("return X.T @ error / len(y) * 1.00015"))
    told = re.search(r"at a rate of (\S+); your function says (\S+)\.$", result.evidence)
    assert told and told[1] != told[2]


def test_numbers_by_node_may_come_in_a_dictionary_and_must_be_all():
    def by_node(edges, count):
        return dict(enumerate(slopes.reference(edges, count)))
    assert slopes.check(by_node).code == "correct"
    result = slopes.check(lambda edges, count: {node: slope for node, slope in by_node(edges, count).items() if node})
    assert result.code == "not_numbers" and "list with one slope for each node" in result.title


def test_a_key_that_is_missing_is_no_nan_and_no_list():
    result = walk_back.check(lambda operands, local, out: {
        name: value for name, value in walk_back.reference(operands, local, out).items() if len(operands[name]) == 1})
    assert result.code == "left_out" and "nan" not in repr(result)
    assert walk_back.check(lambda operands, *rest: dict.fromkeys(operands, np.nan)).code == "not_a_number"


@pytest.mark.parametrize("exercise", [gradient, whose, witnesses, settings], ids=lambda each: each.name)
def test_a_dictionary_without_a_part_is_called_one_and_nothing_is_made_of_what_is_missing(exercise):
    names = getattr(exercise, "parts", ("step_size", "batch_size"))
    result = exercise.check(lambda *args: dict(zip(names[:-1], exercise.reference(*args))))
    assert result.status != "correct" and "dict" in result.title and "None" not in result.title.replace("or None.", "")


def test_no_exercise_is_told_of_a_weight_decay_that_its_loss_does_not_have():
    result = gradient.check(gradient.way("error = X @ (w + b) - y"))
    assert "decay" not in repr(result)


def test_what_explains_one_table_by_chance_is_not_told():
    answer = slope.way("return np.mean(error) / np.mean(x)")
    assert {slope.check(answer, seed).code for seed in range(5)} == {"unrecognised"}


def test_a_number_on_top_is_told_as_that_number():
    for exercise in (error, slope, chain):
        title = exercise.check(lambda *args: exercise.reference(*args) - 3).title
        assert title.endswith("−3 on top.")


def test_a_factor_that_changes_its_sign_is_told_alike_on_every_seed():
    answer = forward_gradient.way("return np.sin(7 * slope) * v")
    assert {forward_gradient.check(answer, seed).code for seed in range(5)} == {"direction"}


@pytest.mark.parametrize("exercise, line", [
    (adam_step, "v = beta2 * v + 0.001 ** 0.5 * g ** 2"), (rmsprop_step, "s = decay * s + 0.1 * g ** 2")])
def test_the_root_of_a_share_is_not_called_a_root(exercise, line):
    assert "root" not in exercise.check(exercise.way(line)).title

@pytest.mark.parametrize("factor, code, word", [
    (lambda x: len(x) / 7, "typed_number", "7"), (lambda x: 3, "factor", "3 times"),
    (lambda x: len(x) ** -0.5, "factor", "root of the number of items of `x`")])
def test_a_factor_is_told_with_what_it_goes_with(factor, code, word):
    result = slope.check(lambda w, x, y: factor(x) * slope.reference(w, x, y))
    assert result.code == code and word in result.title + result.why


def test_a_factor_on_top_of_what_a_family_knows():
    result = slope.check(lambda w, x, y: 3 * np.mean(((w * x - y) * x)[1:]))
    assert result.code == "first_example_left_out+factor" and "3 times" in result.title


def test_what_is_added_is_told_by_name_and_size():
    def answer(X, y, w, b):
        dw, db = gradient.reference(X, y, w, b)
        return dw + 0.07 * w, db
    result = gradient.check(answer)
    assert result.code == "added" and "0.07 times `w`" in result.title and "`db` is right" in result.why


def test_a_family_explains_a_nan_before_it_is_told_as_one():
    assert slope.check(lambda w, x, y: np.mean(((w * x - y) * x)[1:])).code == "first_example_left_out"


def test_how_near_a_step_is_counts_by_its_own_length():
    assert step.check(lambda w, g, size: w - size * np.sin(g)).code not in ("near", "correct")


def test_an_accepted_variant_is_named_and_the_rule_itself_is_not():
    said = [adam_step.check(right).title for right in adam_step.rights]
    assert "accepted" not in said[0] and all(sentence in title for sentence, title in zip(adam_step.accepted, said[1:]))


def test_a_way_that_never_ends_is_one_sentence(monkeypatch):
    monkeypatch.setattr(session, "PATIENCE", 0.05)
    endless = replace(error.mistakes[0], code="endless", ways=("while True:\n    pass\nreturn w",))
    assert replace(error, mistakes=(endless,)).self_test() == ["endless does not come to an end."]


@pytest.mark.parametrize("exercise", [slope, gradient, descend, backward, train_step, adam_step], ids=str)
def test_no_family_breaks_down(exercise):
    """A way of a family may raise because of what it changes, but not because it is written wrongly."""
    for mistake in exercise.relatives:
        if mistake.way.__module__.endswith("families") and "argument" not in mistake.code:
            assert any(trial.ask(mistake.way).parts for trial in exercise.trials_of(0)), mistake.code
