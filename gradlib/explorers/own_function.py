"""A reader's own function as a graph with a name for every box, and the graph of any function as a program."""

import ast
import inspect
from collections import Counter
from string import ascii_lowercase

import numpy as np

from .._checks import as_function, as_number, describe
from ..autodiff import Var, backward
from ..graphs import uses

BOXES = 24   # more do not fit in a picture that can be read
LONG = 60    # characters of an expression: one that is longer gets a line of its own


def traced(f, numbers):
    """What f makes of these numbers: the last Var, the name of each Var, and the names of all arguments.

    Raises TypeError if f is no function of so many numbers or gives no number, ValueError for values or slopes that
    are not finite, arrays, and graphs of more than BOXES boxes.
    """
    words = _arguments(as_function("f", f), len(numbers))
    inputs = [Var(np.float64(as_number(word, number))) for word, number in zip(words, numbers)]
    with np.errstate(all="ignore"):
        out = f(*inputs)
        _check(out)
        backward(out)
    boxes = _boxes(out)
    _check_numbers(boxes)
    used = set(boxes)   # which asks for identity: == of a Var is refused
    given = {var: word for var, word in zip(inputs, words) if var in used}
    return out, given | _named(out, boxes, words), words


def _arguments(f, count):
    """The names of its first arguments, if it takes so many."""
    try:
        taken = inspect.signature(f).bind(*range(count)).arguments
    except ValueError:   # a function that is written in C
        return [f"x{i + 1}" for i in range(count)]
    except TypeError as refused:
        raise TypeError(f"f cannot be called with {count} number{'s' * (count != 1)}: {refused}. Give one for each of "
                        "its arguments, such as backprop_stepper(f, 2.0, 3.0).") from None
    words = [word for word, value in taken.items() if not isinstance(value, tuple)]
    return words + [f"x{i + 1}" for i in range(len(words), count)]   # *args


def _check(out):
    if type(out) is not Var or out.op is None:
        raise TypeError(f"f must return a number that was computed from its arguments, got {describe(out)}. "
                        "Is a return missing?")
    boxes = _boxes(out)
    array = next((var for var in boxes if var.shape != ()), None)
    if array is not None:
        raise ValueError(f"f computes with an array of shape {array.shape}, and the steps are told number by number. "
                         "Write its sum as sum(... for ...), or take fewer numbers.")
    if len(boxes) > BOXES:
        raise ValueError(f"the graph of f has {len(boxes)} boxes, and this picture has room for {BOXES}. "
                         "Give a smaller function, or a part of it.")


def _check_numbers(boxes):
    for var in boxes:
        if not (np.isfinite(var.held) and (var.grad is None or np.isfinite(var.grad))):
            raise ValueError("at these numbers a value or a slope on the way is not finite, so there is nothing to "
                             "step through. Choose other numbers.")


def _boxes(out):
    """Every Var of the graph, oldest first."""
    return sorted({var for edge in uses(out) for var in (edge.target, edge.source)}, key=lambda var: var.born)


def _named(out, boxes, words):
    """Letters for what is computed, in the order of the alphabet; L for the last, if no argument is called so."""
    letters = iter([letter for letter in ascii_lowercase if letter not in words and letter != "l"])
    last = next(word for word in ("L", "loss", "out", "result") if word not in words)
    return {var: last if var is out else next(letters) for var in boxes if var.op or var is out}


def program_of(out, names):
    """The graph as lines of Python; names: {Var: its name}. What is used only once stands where it is used."""
    inputs = [(name, float(var.held)) for var, name in names.items() if var.op is None]
    head = (f"{inputs[0][0]} = autodiff.Var({inputs[0][1]})" if len(inputs) == 1 else
            f"{', '.join(name for name, _ in inputs)} = map(autodiff.Var, {tuple(value for _, value in inputs)})")
    used, lines, known = Counter(edge.source for edge in uses(out)), [head], dict(names)
    for var in sorted((var for var in names if var.op), key=lambda var: var.born):
        text = _written(var, known)
        if var is out or used[var] > 1 or len(text) > LONG:
            lines.append(ast.unparse(ast.parse(f"{names[var]} = {text}")))   # without the brackets that Python need not
        else:
            known[var] = f"({text})"
    return "\n".join(lines)


def _written(var, names):
    """The operation that made a Var, in Python."""
    x, y = (names[operand] if type(operand) is Var else _constant(operand) for operand in (var.x, var.y))
    code = {"square": "{x} ** 2", "sigmoid": "autodiff.sigmoid({x})"}.get(var.op.name, var.op.code)
    return code.format(x=x, y=y)


def _constant(value):
    text = repr(value.item() if isinstance(value, (np.generic, np.ndarray)) else value)
    return f"({text})" if text.startswith("-") else text


def told(*values):
    """How a value is written beside others: after "=" where the four digits that are shown are all there is, else
    after "≈"."""
    return "=" if all(abs(float(f"{float(value):.4g}") - value) <= 1e-12 * abs(value) for value in values) else "≈"
