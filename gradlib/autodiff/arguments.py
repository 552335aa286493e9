"""What a loss, its arguments and its result must be, each asked for in one sentence."""

import numpy as np

from .graph import Var, as_floats


def positions(wrt):
    """wrt as a tuple of positions."""
    chosen = (wrt,) if np.ndim(wrt) == 0 else tuple(wrt)
    if not all(isinstance(i, (int, np.integer)) and i >= 0 for i in chosen) or len({*chosen}) < len(chosen):
        raise TypeError(f"wrt must be the position of an argument, 0 for the first, or several; got {wrt!r}.")
    return chosen


def with_leaves(args, chosen):
    """The arguments, with a `Var` at each of the chosen positions; and these `Var`s alone."""
    args, leaves = list(args), []
    for i in chosen:
        if i >= len(args):
            raise TypeError(f"wrt names argument {i}, but the loss was called with {len(args)}.")
        args[i] = leaf = Var(as_leaf(args[i]))
        leaves.append(leaf)
    return args, leaves


def as_leaf(x):
    """An array of floating-point numbers; integers and masks become floats."""
    if type(x) is np.ndarray and x.dtype.kind == "f" and x.ndim:
        return x
    if type(x) is Var:
        raise TypeError("a loss inside a loss: for second derivatives use hessian_vector_product.")
    x = as_floats(x)
    return x if x.dtype.kind == "f" else x.astype(float)[()]


def loss_of(f, args):
    """f(*args), if it is one number."""
    out = f(*args)
    if type(out) is Var or isinstance(out, (int, float, np.number)):
        return out
    raise TypeError(f"the loss must be one number, got {type(out).__name__}. Is a return missing, or a mean?")


def direction(v, leaf):
    """v as an array like the leaf."""
    v = np.asarray(v, leaf.value.dtype)
    if v.shape != leaf.value.shape:
        raise ValueError(f"v has shape {v.shape}; expected {leaf.value.shape}, the shape of x.")
    return v


def slope_of(leaf):
    """The slope that has arrived at a leaf; zeros where the loss was made without it."""
    if leaf.grad is None and leaf.seen:
        raise TypeError("the loss depends on an argument only through comparisons or signs, which are flat: "
                        "their slope is zero everywhere, and descent would not move.")
    return np.zeros_like(leaf.value) if leaf.grad is None else leaf.grad
