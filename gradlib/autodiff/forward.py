"""Forward mode: a nudge of the input, pushed through the graph from old to young, on the table of reverse mode."""

import numpy as np

from .arguments import as_leaf, constant, direction, leaf_of, result_of
from .graph import Var, value_of
from .rules import expand
from .runs import Run


def jvp(f, x, v):
    """Value and directional derivative of f at x along v: the pair f(x), f'(x) v, in one pass from input to output.

    f takes one array and returns an array or a number; x (d,) or any shape, which v has, too; both results have the
    shape of f(x). Inside another function that is differentiated, both are `Var`s where they depend on what that one
    differentiates. Raises TypeError if f returns no numbers, and for an x or v of anything but real numbers;
    ValueError for a v of another shape.
    """
    leaf = leaf_of(x)
    nudge, run = direction(v, leaf), Run(f, [leaf], {}, [leaf])
    out = result_of(run)
    if type(out) is not Var:
        out = np.copy(out)[()]
        return out, np.zeros(out.shape, out.dtype if out.dtype.kind == "f" else float)[()]
    slope = as_leaf(pushed(out, {leaf: nudge}, run.results, run.nested), out)
    return (out, slope) if run.nested else (out.held.copy(), slope.copy())


def pushed(out, nudges, results, graph=False):
    """The nudge of `out` that the nudges of older `Var`s cause, a dict {Var: nudge}, through these results.

    With graph=True it is a `Var` that can be differentiated again.
    """
    nudges = dict(nudges)
    for var in reversed(results):
        parts = [part for part in _parts(var, nudges, graph) if part is not None]
        if parts:
            nudge = parts[0] if len(parts) == 1 else parts[0] + parts[1]
            nudges[var] = nudge if nudge.shape == var.shape else expand(nudge, var.shape)
    return nudges.get(out, np.zeros_like(out.held)[()])


def _parts(var, nudges, graph):
    """What each nudged operand adds to the nudge of a result; None where a slope is zero everywhere."""
    op, z, x, y = var.op, var.held, value_of(var.x), value_of(var.y)
    dx, dy = (nudges.get(operand) if type(operand) is Var else None for operand in (var.x, var.y))
    if op.kind == "joint":
        return [op(np.zeros_like(x) if dx is None else dx, np.zeros_like(y) if dy is None else dy)]
    if graph:
        z, x, y = var, constant(var.x), constant(var.y)
    return [push(d, op, z, x, y) for d, push in zip((dx, dy), _PUSH[op.kind]) if d is not None]


def _through(d, rule, z, axis):
    """A reduction's nudge: the slopes that it pulls back to each number, times the nudges, added up."""
    return (d * rule(np.ones(z.shape, z.dtype))).sum(axis)


# How an operation of each kind pushes a nudge d of x, and how one of y. Where each number of z depends on one number
# of x, the matrix of slopes is diagonal and so its own transpose: the line of the table that pulls a slope back also
# pushes a nudge forward. A linear operation pushes by being applied, a reduction sums the slopes that it pulls back.
_PUSH = {
    "pointwise": (lambda d, op, z, x, y: op.dx and op.dx(d, z, x, y),
                  lambda d, op, z, x, y: op.dy and op.dy(d, z, x, y)),
    "symmetric": (lambda d, op, z, x, y: op.dx(d, z, x, y),),
    "linear": (lambda d, op, z, x, y: op(d, y),),
    "moving": (lambda d, op, z, x, y: op(d, y),),
    "product": (lambda d, op, z, x, y: op(d, y), lambda d, op, z, x, y: op(x, d)),
    "reduction": (lambda d, op, z, x, y: _through(d, lambda one: op.dx(one, z, x, y), z, y),),
    "scalar": (lambda d, op, z, x, y: _through(d, lambda one: op.dx(one, z, x, y), z, None),
               lambda d, op, z, x, y: _through(d, lambda one: op.dy(one, z, x, y), z, None)),
}
