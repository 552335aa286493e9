"""Forward mode: a nudge of the input, pushed through the graph from old to young, on the table of reverse mode.

Where each number of z depends on one number of x, the matrix of slopes is diagonal and so its own transpose: the
line of the table that pulls a slope back also pushes a nudge forward. A linear operation pushes by being applied.
"""

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
        dx, dy = (nudges.get(operand) if type(operand) is Var else None for operand in (var.x, var.y))
        parts = [part for part in _PUSH[var.op.kind](var.op, var.value, value_of(var.x), value_of(var.y), dx, dy)
                 if part is not None]
        if parts:
            nudge = parts[0] if len(parts) == 1 else parts[0] + parts[1]
            nudges[var] = nudge if nudge.shape == var.shape else np.broadcast_to(nudge, var.shape)
    return nudges.get(out, np.zeros_like(out.value))


def _pointwise(op, z, x, y, dx, dy):
    yield None if dx is None or op.dx is None else op.dx(dx, z, x, y)
    yield None if dy is None or op.dy is None else op.dy(dy, z, x, y)


def _linear(op, z, x, y, dx, dy):
    yield None if dx is None else op(dx, y)


def _product(op, z, x, y, dx, dy):
    yield None if dx is None else op(dx, y)
    yield None if dy is None else op(x, dy)


def _joint(op, z, x, y, dx, dy):
    yield op(np.zeros_like(x) if dx is None else dx, np.zeros_like(y) if dy is None else dy)


def _reduction(op, z, x, y, dx, dy):
    yield None if dx is None else (dx * op.dx(np.ones_like(z), z, x, y)).sum(y)


def _scalar(op, z, x, y, dx, dy):
    yield None if dx is None else (dx * op.dx(np.ones_like(z), z, x, y)).sum()
    yield None if dy is None else (dy * op.dy(np.ones_like(z), z, x, y)).sum()


_PUSH = {"pointwise": _pointwise, "symmetric": _pointwise, "linear": _linear, "product": _product,
         "joint": _joint, "reduction": _reduction, "scalar": _scalar}
