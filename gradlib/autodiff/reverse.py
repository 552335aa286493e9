"""Reverse mode: the chain rule as one loop over the graph, from the loss back to its leaves."""

import numpy as np

from .arguments import as_leaf, direction, loss_of, positions, refuse_if_flat
from .graph import Var, tape, value_of
from .rules import column_sums, expand, fold


def backward(out, graph=False):
    """Slopes of one number `out`, into the `grad` of every `Var` that it was made from.

    The youngest first, each `Var` hands its slope on to its operands exactly once. Where a `Var` was used twice,
    the slopes add up. With graph=True the slopes are `Var`s, which can be differentiated again.
    A second call gives the same numbers. Raises ValueError if `out` is not a single number.
    """
    _sweep(out, forget(_one_number(out)), graph)


def forget(out):
    """Drop all slopes of the graph below `out`, and return its results, the youngest first."""
    nodes = tape(out)
    for var in nodes:
        var.grad = None
        for operand in (var.x, var.y):
            if type(operand) is Var:
                operand.grad = None
    return nodes


def _one_number(out):
    if type(out) is not Var:
        raise TypeError(f"backward starts from a Var, got {type(out).__name__}.")
    if out.value.shape != ():
        raise ValueError(f"backward starts from one number, got an array of shape {out.value.shape}. "
                         "Take its mean or its sum first.")
    return out


def _sweep(out, nodes, graph=False):
    one = out.value.dtype.type(1)
    out.grad = Var(one) if graph else one
    for var in nodes:
        op, g = var.op, var.grad
        if g is None:   # the loss does not depend on it
            continue
        x, y = var.x, var.y
        x_moves, y_moves = type(x) is Var, type(y) is Var
        if graph:
            z, a, b = var, _as_var(x), _as_var(y)
        else:
            z, a, b = var.value, x.value if x_moves else x, y.value if y_moves else y
        if x_moves and op.dx:
            slope = op.dx(g, z, a, b)
            if slope.shape != a.shape:
                slope = _fitted(slope, x)
            x.grad = slope if x.grad is None else x.grad + slope
        if y_moves and op.dy:
            slope = op.dy(g, z, a, b)
            if slope.shape != b.shape:
                slope = _fitted(slope, y)
            y.grad = slope if y.grad is None else y.grad + slope


def value_and_grad(f, wrt=0):
    """f, which gives one number, becomes a function that returns the pair (f(...), slopes).

    wrt: the position of the argument to differentiate, or a tuple of positions; then the slopes are a list.
    An argument that f does not use gets zeros of its shape.
    """
    chosen, several = positions(wrt), np.ndim(wrt) > 0
    highest = max(chosen, default=-1)

    def both(*args):
        if highest >= len(args):
            raise TypeError(f"wrt names argument {highest}, but the loss was called with {len(args)}.")
        args = list(args)
        leaves = []
        for i in chosen:
            args[i] = leaf = Var(as_leaf(args[i]))
            leaves.append(leaf)
        out = loss_of(f, args)
        if type(out) is Var:
            _sweep(out, tape(_one_number(out)))
        slopes = [_own(leaf) for leaf in leaves]
        return value_of(out), slopes if several else slopes[0]
    return both


def _own(leaf):
    """The slope of a leaf as an array that may be written to; zeros if nothing arrived."""
    slope = leaf.grad
    if slope is None:
        refuse_if_flat(leaf)
        return np.zeros_like(leaf.value)
    return slope if slope.flags.writeable else slope.copy()


def hessian_vector_product(f, x, v):
    """H v, the change of the gradient of f at x along v, without ever forming the matrix H.

    The walk back is itself a graph; the slope of (gradient . v) is H v. x and v of one shape; returns that shape.
    """
    leaf = Var(as_leaf(x))
    v = direction(v, leaf)
    out = loss_of(f, [leaf])
    slope = None
    if type(out) is Var:
        backward(out, graph=True)
        slope = leaf.grad
        forget(out)   # slopes that are graphs refer to their values, and those to the slopes: a cycle
    if slope is not None and slope.op is not None:
        backward((slope * v).sum())
    leaf.seen = None   # no slope of the slope is a zero, and right
    return _own(leaf)


def _as_var(x):
    return Var(x) if isinstance(x, np.ndarray) else x


def _fitted(slope, var):
    """The slope in the shape of its value: copies that broadcasting made are added up. A slope that is the same
    for all may stay one number, if NumPy will stretch it where it is used."""
    shape = var.value.shape
    if slope.ndim == 2 and slope.shape[1:] == shape:
        return column_sums(slope)
    slope = fold(slope, shape)
    if slope.shape == shape or var.op is not None and var.op.kind == "pointwise" and _alike(var):
        return slope
    return expand(slope, shape)


def _alike(var):
    return all(operand.value.shape == var.value.shape for operand in (var.x, var.y) if type(operand) is Var)
