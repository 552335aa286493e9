"""Forward mode: a nudge of the input, pushed through the graph from old to young, on the table of reverse mode."""

import numpy as np

from .arguments import as_leaf, direction
from .graph import Var, tape, value_of


def jvp(f, x, v):
    """Value and directional derivative of f at x along v: the pair f(x), f'(x) v, in one pass from input to output.

    f takes one array and returns an array or a number; v has the shape of x.
    """
    leaf = Var(as_leaf(x))
    nudge = direction(v, leaf)
    out = f(leaf)
    if type(out) is not Var:
        return out, np.zeros_like(out)
    return out.value, pushed(out, {leaf: nudge})


def pushed(out, nudges):
    """The nudge of `out` that the nudges of leaves cause, a dict {leaf: nudge}."""
    nudges = dict(nudges)
    for var in reversed(tape(out)):
        parts = [part for part in _parts(var, nudges) if part is not None]
        if parts:
            nudge = parts[0] if len(parts) == 1 else parts[0] + parts[1]
            nudges[var] = nudge if nudge.shape == var.shape else np.broadcast_to(nudge, var.shape)
    return nudges.get(out, np.zeros_like(out.value))


def _parts(var, nudges):
    """What each nudged operand adds to the nudge of a result; None where a slope is zero everywhere."""
    op, z, x, y = var.op, var.value, value_of(var.x), value_of(var.y)
    dx, dy = (nudges.get(operand) if type(operand) is Var else None for operand in (var.x, var.y))
    if op.kind == "joint":
        return [op(np.zeros_like(x) if dx is None else dx, np.zeros_like(y) if dy is None else dy)]
    return [push(d, op, z, x, y) for d, push in zip((dx, dy), _PUSH[op.kind]) if d is not None]


# How an operation of each kind pushes a nudge d of x, and how one of y. Where each number of z depends on one number
# of x, the matrix of slopes is diagonal and so its own transpose: the line of the table that pulls a slope back also
# pushes a nudge forward. A linear operation pushes by being applied, a reduction sums the slopes that it pulls back.
_PUSH = {
    "pointwise": (lambda d, op, z, x, y: op.dx and op.dx(d, z, x, y),
                  lambda d, op, z, x, y: op.dy and op.dy(d, z, x, y)),
    "symmetric": (lambda d, op, z, x, y: op.dx(d, z, x, y),),
    "linear": (lambda d, op, z, x, y: op(d, y),),
    "product": (lambda d, op, z, x, y: op(d, y), lambda d, op, z, x, y: op(x, d)),
    "reduction": (lambda d, op, z, x, y: (d * op.dx(np.ones_like(z), z, x, y)).sum(y),),
    "scalar": (lambda d, op, z, x, y: (d * op.dx(np.ones_like(z), z, x, y)).sum(),
               lambda d, op, z, x, y: (d * op.dy(np.ones_like(z), z, x, y)).sum()),
}
