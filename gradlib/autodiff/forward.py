"""Forward mode: a nudge of the input, pushed through the graph from old to young, on the table of reverse mode.

Where each number of z depends on one number of x, the matrix of slopes is diagonal and so its own transpose: the
line of the table that pulls a slope back also pushes a nudge forward.
"""

import numpy as np

from .graph import Var, tape, value_of
from .reverse import as_leaf


def jvp(f, x, v):
    """Value and directional derivative of f at x along v: the pair f(x), f'(x) v, in one pass from input to output.

    f takes one array and returns an array or number; v has the shape of x.
    """
    leaf = Var(as_leaf(x))
    out = f(leaf)
    if type(out) is not Var:
        return out, np.zeros_like(out)
    nudges = {leaf: np.broadcast_to(np.asarray(v, leaf.value.dtype), leaf.value.shape)}
    for var in reversed(tape(out)):
        nudges[var] = push(var, *(nudges.get(operand) if type(operand) is Var else None for operand in (var.x, var.y)))
    return out.value, nudges.get(out)


def push(var, dx, dy):
    """The nudge of a result from the nudges of its operands (None where an operand does not move)."""
    z, x, y = var.value, value_of(var.x), value_of(var.y)
    parts = [part for part in _PUSH[var.op.kind](var.op, z, x, y, dx, dy) if part is not None]
    return np.broadcast_to(sum(parts), z.shape) if parts else np.zeros_like(z)


def _pointwise(op, z, x, y, dx, dy):
    yield None if dx is None or op.dx is None else op.dx(dx, z, x, y)
    yield None if dy is None or op.dy is None else op.dy(dy, z, x, y)


def _linear(op, z, x, y, dx, dy):
    yield None if dx is None else op.run(dx) if y is None else op.run(dx, y)


def _product(op, z, x, y, dx, dy):
    yield None if dx is None else op.run(dx, y)
    yield None if dy is None else op.run(x, dy)


def _joint(op, z, x, y, dx, dy):
    yield op.run(np.zeros_like(x) if dx is None else dx, np.zeros_like(y) if dy is None else dy)


def _reduction(op, z, x, y, dx, dy):
    yield None if dx is None else (op.dx(np.ones_like(z), z, x, y) * dx).sum(y)


def _scalar(op, z, x, y, dx, dy):
    yield None if dx is None else (op.dx(np.ones_like(z), z, x, y) * dx).sum()
    yield None if dy is None else (op.dy(np.ones_like(z), z, x, y) * dy).sum()


_PUSH = {"pointwise": _pointwise, "symmetric": _pointwise, "linear": _linear, "product": _product,
         "joint": _joint, "reduction": _reduction, "scalar": _scalar}
