"""What a loss, its arguments and its result must be, each asked for in one sentence."""

import numpy as np

from .graph import Var, as_floats


def positions(wrt):
    """wrt as a tuple of positions."""
    chosen = (wrt,) if np.ndim(wrt) == 0 else tuple(wrt)
    if not all(isinstance(i, (int, np.integer)) and i >= 0 for i in chosen):
        raise TypeError(f"wrt must be the position of an argument, 0 for the first, or several; got {wrt!r}.")
    return chosen


def loss_of(f, args):
    """f(*args), if it is one number."""
    out = f(*args)
    if type(out) is Var or isinstance(out, (int, float, np.number)):
        return out
    raise TypeError(f"the loss must be one number, got {type(out).__name__}. Is a return missing, or a mean?")


def as_leaf(x):
    """An array of floating-point numbers; integers and masks become floats."""
    if type(x) is np.ndarray and x.dtype.kind == "f" and x.ndim:
        return x
    if type(x) is Var:
        raise TypeError("a loss inside a loss: for second derivatives use hessian_vector_product.")
    x = as_floats(x)
    return x if x.dtype.kind == "f" else x.astype(float)[()]


def direction(v, leaf):
    """v as an array like the leaf."""
    v = np.asarray(v, leaf.value.dtype)
    if v.shape != leaf.value.shape:
        raise ValueError(f"v has shape {v.shape}; expected {leaf.value.shape}, the shape of x.")
    return v


def refuse_if_flat(leaf):
    """A leaf that the loss was made from, and to which no slope came back."""
    if leaf.grad is None and leaf.seen:
        raise TypeError("the loss depends on an argument only through comparisons or signs, which are flat: "
                        "their slope is zero everywhere, and descent would not move.")
