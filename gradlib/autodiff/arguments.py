"""What a function, its arguments and its result must be, each asked for in one sentence."""

import inspect

import numpy as np

from .graph import Var, as_floats
from .rules import alias, as_float


def positions(wrt):
    """wrt as a tuple of positions."""
    chosen = (wrt,) if np.ndim(wrt) == 0 else tuple(wrt)
    if not all(isinstance(i, (int, np.integer)) and i >= 0 for i in chosen) or len({*chosen}) < len(chosen):
        raise TypeError(f"wrt must be the position of an argument, 0 for the first, or several; got {wrt!r}.")
    return chosen


def by_position(f, args, named):
    """Arguments that came by their names, in their places; and the named ones that have no place."""
    if not named:
        return args, named
    bound = inspect.signature(f).bind(*args, **named)
    return bound.args, bound.kwargs


def with_leaves(args, chosen):
    """The arguments, with a `Var` at each of the chosen positions; and these `Var`s alone."""
    args, leaves = list(args), []
    for i in chosen:
        if i >= len(args):
            raise TypeError(f"wrt names argument {i}, but the loss was called with {len(args)}.")
        args[i] = leaf = leaf_of(args[i])
        leaves.append(leaf)
    return args, leaves


def leaf_of(x):
    """A `Var` with which a graph begins. Where x is a `Var` of a graph around, that one goes on through it."""
    leaf = alias(x) if type(x) is Var else Var(x)
    return leaf if leaf.held.dtype.kind == "f" else Var(real(x))


def real(x):
    """An array of floating-point numbers; integers and masks become floats."""
    x = as_floats(x)
    return x if x.dtype.kind == "f" else x.astype(float)[()]


def constant(x):
    """An array as a `Var` whose slope nobody asks for; anything else as it is."""
    if not isinstance(x, (np.ndarray, np.generic)):
        return x
    x = Var(x)
    x.settled = True
    return x


def loss_of(run):
    """The result of a run, if it is one number."""
    if type(run.out) is Var or isinstance(run.out, (int, float, np.number)):
        return run.out
    raise TypeError(f"the loss must be one number, got {type(run.out).__name__}. Is a return missing, or a mean?")


def result_of(run):
    """The result of a run, if it is a number or an array of numbers."""
    out = run.out
    if type(out) is Var or isinstance(out, (int, float, np.number)) or (
            type(out) is np.ndarray and out.dtype.kind in "fiub"):
        return out
    raise TypeError(f"the function must return a number or an array of numbers, got {type(out).__name__}. "
                    "Is a return missing?")


def direction(v, leaf):
    """v as an array like the leaf; a `Var` of a graph around as it is."""
    v = v if type(v) is Var else real(v).astype(leaf.dtype)
    if v.shape != leaf.shape:
        raise ValueError(f"v has shape {v.shape}; expected {leaf.shape}, the shape of x.")
    return v


def as_leaf(slope, leaf):
    """A slope in the type of its leaf."""
    if slope.dtype == leaf.held.dtype:
        return slope
    if slope.dtype.kind != "f":
        raise TypeError(f"the function goes through numbers of type {slope.dtype}; slopes are for real ones.")
    return as_float(slope, leaf.dtype.name)
