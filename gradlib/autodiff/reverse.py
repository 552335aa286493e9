"""Reverse mode: the chain rule as one loop over the graph, from the loss back to its leaves.

The loop of lesson 04 is `walk_back`; `backward` puts what it found where lesson 04 looks for it.
"""

import numpy as np

from .arguments import as_leaf, by_position, constant, direction, leaf_of, loss_of, positions, with_leaves
from .forward import pushed
from .graph import Var, reached, take_out, tape, value_of
from .rules import expand, fold
from .runs import Run


def backward(out):
    """Slopes of one number `out`, into the `grad` of every `Var` that it was made from; None where nothing arrives.

    The youngest first, each `Var` hands its slope on to its operands exactly once. Where a `Var` was used twice,
    the slopes add up. A second call gives the same numbers. Raises TypeError if `out` is no `Var`, and ValueError
    if it is not a single number.
    """
    if type(out) is not Var:
        raise TypeError(f"backward starts from a Var, got {type(out).__name__}.")
    take_out(out)   # a run around must know of slopes that are plain numbers
    results, ends = reached(out)
    slopes = walk_back(out, results, keep=True)
    for var in (*results, *ends):
        var.grad = None
    for var, slope in zip(slopes, _owned([as_leaf(slope, var) for var, slope in slopes.items()])):
        var.grad = slope


def walk_back(out, results, graph=False, keep=False):
    """The loop: {Var: slope of the number `out`} for all that its results, the youngest first, were made from.

    As in lesson 04: 1 at the loss, then from the youngest on each hands g dz/dx to x and g dz/dy to y, where it is
    added. The slopes begin as a dict that holds the loss alone, so nothing is left from an earlier walk.
    With graph=True the slopes are `Var`s, which can be differentiated again. Those of results are let go, for their
    memory, once they were handed on; unless keep=True.
    """
    if out.held.shape != ():
        raise ValueError(f"backward starts from one number, got an array of shape {out.shape}. "
                         "Take its mean or its sum first.")
    one = out.held.dtype.type(1)
    slopes = {out: constant(one) if graph else one}
    take = slopes.get if keep else slopes.pop
    for var in results:
        g = take(var, None)
        if g is None:   # the loss does not depend on it
            continue
        op, x, y = var.op, var.x, var.y
        x_moves, y_moves = type(x) is Var, type(y) is Var
        if graph:   # z, a and b are what a rule calls z, x and y: here `Var`s, below plain arrays
            z, a, b = var, constant(x), constant(y)
        else:
            z, a, b = var.held, x.held if x_moves else x, y.held if y_moves else y
        if x_moves and op.dx:
            slope = op.dx(g, z, a, b)
            if slope.shape != a.shape:
                slope = _fitted(slope, x)
            slopes[x] = slopes[x] + slope if x in slopes else slope
        if y_moves and op.dy:
            slope = op.dy(g, z, a, b)
            if slope.shape != b.shape:
                slope = _fitted(slope, y)
            slopes[y] = slopes[y] + slope if y in slopes else slope
    return slopes


def value_and_grad(f, wrt=0):
    """f, which gives one number, becomes a function that returns the pair (f(...), slopes).

    wrt: the position of the argument to differentiate, or a tuple of positions; then the slopes are a list.
    Each slope is an array of its own, in the shape and type of its argument; zeros for an argument that f does not
    use. Arguments by name go to f as they are. Inside another function that is differentiated, values and slopes are
    `Var`s where they depend on what that one differentiates: gradients may lie inside gradients, of any mode.
    Raises TypeError if f returns nothing or depends on an argument only through comparisons or values taken out, for
    arguments of anything but real numbers, and a wrt that is no position; ValueError if f returns several numbers.
    """
    chosen, several = positions(wrt), np.ndim(wrt) > 0

    def both(*args, **named):
        args, named = by_position(f, args, named)
        args, leaves = with_leaves(args, chosen)
        run = Run(f, args, named, leaves)
        out, slopes = loss_of(run), slopes_of(run, leaves, run.nested)
        return out if run.nested else value_of(out), slopes if several else slopes[0]
    return both


def slopes_of(run, leaves, graph=False):
    """The slope of the result of a run at each of these leaves: an array, or a `Var` of a graph."""
    found = walk_back(run.out, run.results, graph) if type(run.out) is Var else {}
    slopes = [as_leaf(found[leaf], leaf) if leaf in found else _none_at(leaf, run) for leaf in leaves]
    return slopes if graph else _owned(slopes)


def _none_at(leaf, run):
    """The slope of a leaf at which nothing arrived: zeros, if the loss was made without it, or of slopes, which may
    well be the same all around."""
    if not run.derives and run.uses(leaf, [run.out]):
        raise TypeError("the loss depends on an argument only through comparisons or signs, which are flat: "
                        "their slope is zero everywhere, and descent would not move.")
    if run.uses(leaf, run.taken):
        raise TypeError("the loss depends on an argument only through a value that was taken out of its Var: its slope "
                        "is lost. Go on with the Var itself.")
    return np.zeros(leaf.shape, leaf.dtype.type)[()]   # the type without its order of bytes


def hessian_vector_product(f, x, v):
    """H v, the change of the gradient of f at x along v, without ever forming the matrix H.

    The walk back is itself a graph; a nudge v of x, pushed through it, comes out as H v. x (d,) or any shape, which v
    and H v have, too. Raises ValueError for a v of another shape; other errors as for `value_and_grad`.
    Source: Pearlmutter, Neural Computation 6 (1994) 147-160.
    """
    leaf = leaf_of(x)
    nudge, run = direction(v, leaf), Run(f, [leaf], {}, [leaf])
    loss_of(run)
    slope, = slopes_of(run, [leaf], graph=True)
    if type(slope) is not Var:
        return slope
    found = as_leaf(pushed(slope, {leaf: nudge}, tape(slope, run.since), run.nested), leaf)
    return found if type(found) is Var else found.copy()


def _owned(slopes):
    """The slopes, each with memory that no other one has, and that may be written to: one that was handed on may be a
    view, or may have arrived at several places. Numbers never change, so several may hold the same."""
    arrays = [slope for slope in slopes if type(slope) is np.ndarray]
    own = {id(slope): slope for slope in arrays if slope.base is None}
    return slopes if len(own) == len(arrays) else [slope if type(slope) is not np.ndarray or (
        own.pop(id(slope), None) is slope) else slope.copy() for slope in slopes]


def _fitted(slope, var):
    """The slope in the shape of its value: copies that broadcasting made are added up. A slope that is the same
    for all may stay one number, if NumPy will stretch it where it is used."""
    shape, op, x, y = var.held.shape, var.op, var.x, var.y
    slope = fold(slope, shape)
    fits = slope.shape == shape or op is not None and op.kind == "pointwise" and (
        type(x) is not Var or x.held.shape == shape) and (type(y) is not Var or y.held.shape == shape)
    return slope if fits else expand(slope, shape)
