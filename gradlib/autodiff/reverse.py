"""Reverse mode: the chain rule as one loop over the graph, from the loss back to its leaves."""

import numpy as np

from .arguments import as_leaf, direction, loss_of, positions, slope_of, with_leaves
from .forward import pushed
from .graph import Var, operands, tape, value_of
from .rules import expand, fold


def backward(out, graph=False):
    """Slopes of one number `out`, into the `grad` of every `Var` that it was made from.

    The youngest first, each `Var` hands its slope on to its operands exactly once. Where a `Var` was used twice,
    the slopes add up. With graph=True the slopes are `Var`s, which can be differentiated again.
    A second call gives the same numbers. Raises ValueError if `out` is not a single number.
    """
    if type(out) is not Var:
        raise TypeError(f"backward starts from a Var, got {type(out).__name__}.")
    _sweep(out, forget(out), graph)


def forget(out):
    """Drop all slopes of the graph below `out`, and return its results, the youngest first."""
    results = tape(out)
    for var in results:
        var.grad = None
        for operand in (var.x, var.y):
            if type(operand) is Var:
                operand.grad = None
    return results


def slope_graphs(out, leaves):
    """The slopes of `out` at its leaves as `Var`s, to be worked with like any result; None where nothing arrives."""
    backward(out, graph=True)
    slopes = [leaf.grad for leaf in leaves]
    forget(out)   # such slopes refer to the values of the graph, and those to the slopes: a cycle
    return slopes


def _sweep(out, results, graph=False):
    if out.value.shape != ():
        raise ValueError(f"backward starts from one number, got an array of shape {out.value.shape}. "
                         "Take its mean or its sum first.")
    one = out.value.dtype.type(1)
    out.grad = Var(one) if graph else one
    for var in results:
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

    def both(*args):
        args, leaves = with_leaves(args, chosen)
        out = loss_of(f, args)
        if type(out) is Var:
            _sweep(out, tape(out))
        slopes = [_own(leaf) for leaf in leaves]
        return value_of(out), slopes if several else slopes[0]
    return both


def _own(leaf):
    """The slope of a leaf as an array that may be written to."""
    slope = slope_of(leaf)
    return slope if slope.flags.writeable else slope.copy()


def hessian_vector_product(f, x, v):
    """H v, the change of the gradient of f at x along v, without ever forming the matrix H.

    The walk back is itself a graph; a nudge v of x, pushed through it, comes out as H v. All have the shape of x.
    """
    leaf = Var(as_leaf(x))
    nudge, out = direction(v, leaf), loss_of(f, [leaf])
    slope = slope_graphs(out, [leaf])[0] if type(out) is Var else None
    return np.zeros_like(leaf.value) if slope is None else pushed(slope, {leaf: nudge}).copy()


def _as_var(x):
    return Var(x) if isinstance(x, np.ndarray) else x


def _fitted(slope, var):
    """The slope in the shape of its value: copies that broadcasting made are added up. A slope that is the same
    for all may stay one number, if NumPy will stretch it where it is used."""
    shape = var.value.shape
    slope = fold(slope, shape)
    stretches = var.op is not None and var.op.kind == "pointwise" and all(x.shape == shape for x in operands(var))
    return slope if slope.shape == shape or stretches else expand(slope, shape)
