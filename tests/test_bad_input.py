"""Whatever a beginner passes in the place of a right argument: a right result, or one sentence of ours.

Every public function of the mathematics is called once with right arguments, and then with each argument exchanged in
turn for lists, columns, DataFrames, text, NaN, seeds, counts that are not whole, functions without a return ...
"""

import inspect
import itertools
import re
import traceback
import warnings
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import gradlib
from gradlib import calculus, data, descent, network, numeric, roads, theory, without_backprop

MODULES = calculus, data, descent, network, numeric, roads, theory, without_backprop


def public(module):
    """The functions of a module that are not its own affair."""
    names = getattr(module, "__all__", [name for name in vars(module) if not name.startswith("_")])
    functions = {name: getattr(module, name) for name in names if inspect.isfunction(getattr(module, name))}
    return {f"{module.__name__.removeprefix('gradlib.')}.{name}": function for name, function in functions.items()
            if function.__module__.startswith(module.__name__)}


FUNCTIONS = {name: function for module in MODULES for name, function in public(module).items()
             if inspect.signature(function).parameters}


def arguments(name):
    """Right arguments for a function, made anew: whole numbers wherever arrays of them may stand."""
    X, y = np.array([[1.0, 2], [3, 4], [5, 7], [-2, 1], [0, 3]]), np.array([1.0, 0, 1, 1, 0])
    layers = [array + 0.1 for array in network.initial((2, 3, 1), np.random.default_rng(1))]
    values, slopes = network.forward(layers, X), network.gradient(layers, X, y)[1]
    known = {
        "X": X, "y": y, "w": np.array([1.0, 2]), "b": 1.0, "loss": "half_mse", "z": values[-1].round(),
        "formula": lambda X, y, w: calculus.linear_gradient(X, y, w), "f": lambda w: ((w - 1.0) ** 2).sum() / 2,
        "x": np.array([1.0, 2]), "h": 0.5, "gradient": lambda w, *batch: w - 1.0, "directions": 3, "tolerance": 1e-6,
        "rng": np.random.default_rng(0), "a": np.array([1.0, 2]), "features": "bill", "curvatures": np.array([1.0, 2]),
        "goal": np.array([1.0, 2]), "start": np.array([1.0, 2]), "step_size": 0.1, "steps": 3,
        "rule": descent.Momentum(0.1), "batches": None, "callback": None, "batch_size": 2, "runs": 2, "n": 5, "d": 2,
        "replace": False, "epochs": 2, "factor": 0.5, "every": 2, "halved": 2.0, "rounds": 5, "probes": 5,
        "weights": np.array([[1.0, 2], [0, 1]]), "steepest": 2.0, "total": 3.0, "sizes": (2, 3, 1), "scheme": "xavier",
        "scale": 1.0, "layers": layers, "activation": "tanh", "values": values, "slopes": slopes, "hidden": 3,
        "seed": 0, "model": roads.models()["linear regression"], "positive": X + 1, "negative": X - 1,
        "threshold": 2.0, "labels": y, "classes": 2, "sigma": 0.1, "pairs": 2, "samples": 2, "moves": 3,
        "slope": lambda v: v.sum(), "v": np.array([1.0, 2]), "delta": values[-1].round(), "direct": False,
        "feedback": [W.T for W in layers[2::2]], "send": lambda layers: slopes, "shards": [(X[:3], y[:3]), (X, y)],
        "local_steps": 2}
    square = [np.eye(2), np.zeros(2), np.ones((2, 1)), np.zeros(1)]
    special = {
        "numeric.angle": {"b": np.array([2.0, 1])}, "numeric.complex_step": {"h": 1e-30},
        "calculus.logistic_loss": {"loss": "cross_entropy"}, "calculus.logistic_gradient": {"loss": "cross_entropy"},
        "descent.many_runs": {"batches": "fresh"}, "network.split": {"w": network.flat(layers)},
        "theory.gradient_noise": {"gradient": lambda w, rows: calculus.linear_gradient(X[rows], y[rows], w)},
        "without_backprop.gradient_from_slopes": {"directions": np.eye(2) * 2},
        "without_backprop.relative_length": {"directions": "normal"},
        "without_backprop.mean_shrinkage": {"directions": "normal"},
        "without_backprop.direct_feedback_alignment": {"feedback": [np.ones((1, 3))]},
        "without_backprop.target_propagation": {"layers": square, "values": [X, X, X[:, :1]], "delta": X[:, :1]},
        "without_backprop.classify": {"layers": [np.ones((4, 3)) * 0.3, np.zeros(3)]},
        "without_backprop.layer_angles": {"gradient": [slope + 0.1 for slope in slopes]},
        "without_backprop.learn": {"loss": network.loss_of(X, y)}}
    return {parameter: (known | special.get(name, {}))[parameter] for parameter in
            inspect.signature(FUNCTIONS[name]).parameters}


DOCUMENTED = dict(FUNCTIONS)
FUNCTIONS["data.penguins"] = lambda features: data.penguins(features)   # takes any number of them


# ------------------------------------------------------------------------------- what comes in instead

NOTHING = {"None": None, "text": "abc", "a generator": (i for i in range(3)), "a set": {1, 2}, "an object": object()}


def instead_of_array(right):
    yield from NOTHING.items()
    yield from {"a number": 1.0, "no rows": right[:0], "text of numbers": right.astype(str), "ragged": [[1.0], 2.0],
                "complex": right + 1j, "masked": np.ma.masked_array(right, right > 1), "zeros": 0 * right}.items()
    for label, number in {"nan": np.nan, "infinity": np.inf}.items():
        wrong = right.copy()
        wrong.flat[-1] = number
        yield label, wrong
    if right.ndim == 1:
        yield from {"a column": right[:, None], "a row": right[None], "longer": np.append(right, 1.0),
                    "shorter": right[:-1], "a frame of one column": pd.DataFrame({"a": right})}.items()
    else:
        yield from {"transposed": right.T, "flat": right.ravel(), "wider": np.column_stack([right, right[:, 0]]),
                    "higher": np.vstack([right, right[:1]]), "three axes": right[None],
                    "a frame with text": pd.DataFrame(right).assign(b="u")}.items()


def instead_of_number(right):
    yield from NOTHING.items()
    yield from {"negative": -right or -1, "zero": 0, "nan": np.nan, "infinity": np.inf, "complex": right + 1j,
                "numbers": np.array([right, right]), "True": True, "text of a number": str(right)}.items()
    if isinstance(right, int):
        yield from {"a half": right + 0.5, "a float": float(right)}.items()


def instead_of_function(right):
    yield from NOTHING.items()
    returns = {"None": None, "text": "abc", "a pair": (1.0, np.array([1.0, 2])), "a column": np.ones((2, 1)),
               "more": np.ones(7), "nan": np.nan, "a list": [1.0, 2.0]}
    yield from {f"one that returns {label}": lambda *args, back=back: back for label, back in returns.items()}.items()


def instead_of_list(right):
    yield from NOTHING.items()
    yield from {"without its last": list(right[:-1]), "empty": [], "one array": np.array([1.0, 2]),
                "turned": right[::-1], "transposed": [array.T for array in right],
                "text of numbers": [array.astype(str) for array in right],
                "lists": [array.tolist() for array in right], "every other": list(right[::2])}.items()


def instead_of(right):
    """(label, a wrong value) for a right value of this kind."""
    if isinstance(right, np.ndarray):
        return instead_of_array(right)
    if isinstance(right, bool):
        return {"None": None, "text": "no", "masks": np.array([True, False])}.items()
    if isinstance(right, (int, float)):
        return instead_of_number(right)
    if isinstance(right, str):
        return (NOTHING | {"another case": right.upper(), "a list": [right], "an array": np.array([1.0, 2])}).items()
    if isinstance(right, np.random.Generator):
        return (NOTHING | {"a seed": 0, "the old module": np.random, "uncalled": np.random.default_rng}).items()
    if callable(right):
        return instead_of_function(right)
    if isinstance(right, list) and isinstance(right[0], np.ndarray):
        return instead_of_list(right)
    return (NOTHING | {"a number": 0.1} | ({} if right is None else {"its class": type(right)})).items()


# What means something all the same: these may pass, or be refused. (Where runs may fly apart, NaN may pass.)
FREE_SHAPE = {"a number", "no rows", "a column", "a row", "longer", "shorter", "a frame of one column", "transposed",
              "flat", "wider", "higher", "three axes"}
NOT_FINITE = {"nan", "infinity"}
MAY_PASS = {
    "X": {"transposed", "wider", "higher"}, "positive": {"higher"}, "negative": {"higher"},
    "b": {"None", "negative", "zero", "complex"}, "w": FREE_SHAPE | NOT_FINITE | {"complex"},
    "x": FREE_SHAPE, "start": FREE_SHAPE, "weights": FREE_SHAPE | NOT_FINITE,
    "v": FREE_SHAPE, "directions": FREE_SHAPE, "curvatures": FREE_SHAPE, "z": FREE_SHAPE | NOT_FINITE | {"masked"},
    "steps": {"zero"}, "epochs": {"zero"}, "moves": {"zero"}, "seed": {"zero"}, "sizes": {"a set"},
    "delta": NOT_FINITE | {"masked"}, "values": {"transposed"}, "feedback": {"turned", "every other", "transposed"},
    "f": {"one that returns nan"}, "slope": {"one that returns nan"}, "callback": {"None"},
    "batches": {"None", "text", "a generator", "a set"},
    "gradient": {"one that returns a list"}, "formula": {"one that returns a list"}}
MAY_PASS_IN = {
    "numeric.angle": {"a": {"a row"} | NOT_FINITE, "b": {"a row"} | NOT_FINITE},
    "numeric.check_gradient": {"rng": {"None"}, "f": {"one that returns nan"}},
    "calculus.sigmoid": {"z": FREE_SHAPE | NOT_FINITE | {"masked", "complex"}},
    "network.flat": {"layers": {"without its last", "turned", "transposed", "every other"}},
    "network.split": {"w": FREE_SHAPE | NOT_FINITE | {"complex", "masked", "text of numbers"}},   # any views
    }


def settled(result):
    """A result as arrays in lists: functions are called, streams are begun."""
    if isinstance(result, dict):
        return [settled(part) for part in result.values()]
    if isinstance(result, roads.Model):
        return result.w
    if isinstance(result, (tuple, list)):
        return [settled(part) for part in result]
    if hasattr(result, "__next__"):
        return [settled(part) for part in itertools.islice(result, 3)]
    if inspect.isfunction(result):
        parameters = inspect.signature(result).parameters
        return settled(result(*{"t": [1], "w": [np.array([1.0, 2])]}.get(next(iter(parameters)), arguments(
            "network.flat")["layers"])))
    return np.asarray(result)


def called(name, **exchanged):
    return settled(FUNCTIONS[name](**(arguments(name) | exchanged)))


def is_ours(error):
    """Whether a sentence of gradlib was raised, and nothing that went wrong inside."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    inside = Path(gradlib.__file__).parent in Path(last.filename).parents
    return isinstance(error, (TypeError, ValueError)) and inside and last.line.startswith("raise")


@cache
def answers(name):
    """[(parameter, what came instead, the error or the result)] of a function."""
    return [(parameter, label, answer(name, {parameter: wrong}, label)) for parameter, right in arguments(name).items()
            for label, wrong in instead_of(right)]


def answer(name, exchanged, label):
    with warnings.catch_warnings():
        if label in NOT_FINITE:
            warnings.simplefilter("ignore", RuntimeWarning)
        try:
            return called(name, **exchanged)
        except Exception as error:
            return error


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_argument_is_answered_in_one_sentence(name):
    called(name)
    for parameter, label, found in answers(name):
        if isinstance(found, Exception):
            assert is_ours(found), f"{name}({parameter} = {label}): {type(found).__name__}: {found}"
        else:
            may_pass = {"zeros"} | MAY_PASS_IN.get(name, {}).get(parameter, MAY_PASS.get(parameter, set()))
            assert label in may_pass, f"{name}({parameter} = {label}) gives {str(found)[:200]}"


# ------------------------------------------------------------------------------- the same in other clothes

def clothes_of(right):
    """(label, the same numbers as something else that a beginner has at hand)."""
    if isinstance(right, np.ndarray):
        frame = (pd.Series, pd.DataFrame)[right.ndim - 1](right, index=range(10, 10 + len(right)))
        yield from {"lists": right.tolist(), "tuples": tuple(map(tuple, right)) if right.ndim > 1 else tuple(right),
                    "pandas": frame, "objects": right.astype(object), "float32": right.astype(np.float32)}.items()
        if (right == right.round()).all():
            yield from {"whole numbers": right.astype(int), "int8": right.astype(np.int8)}.items()
    elif isinstance(right, (int, float)) and not isinstance(right, bool):
        yield from {"a number of NumPy": np.array(right)[()], "float32 or int16": (
            np.float32 if isinstance(right, float) else np.int16)(right)}.items()
    elif isinstance(right, list) and isinstance(right[0], np.ndarray):
        yield "a tuple", tuple(right)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_same_numbers_in_other_clothes_give_the_same(name):
    expected = called(name)
    for parameter, right in arguments(name).items():
        for label, same in clothes_of(right):
            result, rtol = called(name, **{parameter: same}), 1e-5 if "32" in label else 1e-10
            compare(result, expected, rtol, f"{name}({parameter} as {label})")


def compare(result, expected, rtol, says):
    if isinstance(expected, list):
        assert len(result) == len(expected), says
        for one, other in zip(result, expected):
            compare(one, other, rtol, says)
    elif expected.dtype.kind not in "fiubc":
        assert result == expected, says
    else:
        assert result.shape == expected.shape, says
        np.testing.assert_allclose(result.astype(complex), expected.astype(complex), rtol, rtol, err_msg=says)


# ------------------------------------------------------------------------------- and the docstring says so

def told(name, seen=()):
    """What a docstring says, with those of the functions that it points to: "Shapes and errors as for `x`." """
    said = inspect.getdoc(DOCUMENTED[name]) or ""
    others = re.findall(r"as for\s+`([\w.]+)`", said)
    others = [beside(name, other) for other in others]
    return "\n".join([said, *(told(other, (*seen, name)) for other in others if other not in (*seen, name))])


def beside(name, other):
    """The full name of a function that is named without its module, where it stands in another's docstring."""
    own = f"{name.split('.')[0]}.{other}"
    return own if own in FUNCTIONS else next(full for full in FUNCTIONS if full.endswith(f".{other.split('.')[-1]}"))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_names_the_errors_that_are_raised_and_no_others(name):
    raised = {type(found).__name__ for _, _, found in answers(name) if isinstance(found, Exception)}
    assert set(re.findall(r"\b\w+Error\b", told(name))) == raised


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_the_shape_of_every_array_and_names_every_argument(name):
    said = f"{told(name)}\n{inspect.getmodule(DOCUMENTED[name]).__doc__}"
    for parameter, right in arguments(name).items():
        assert re.search(rf"\b{parameter}\b", said), f"{name} says nothing of {parameter}"
        if isinstance(right, np.ndarray):
            assert re.search(rf"\b{parameter}\b( and \w+)? \(", said), f"{name}: of what shape is {parameter}?"
