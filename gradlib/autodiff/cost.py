"""What a gradient costs, counted on the graph: arithmetic operations, numbers made on the way, paths and edges.

Counts do not depend on the machine. One operation is one +, -, x, /, comparison or function of one number; a
product of an (m, k) with a (k, n) matrix takes m n k multiplications and as many additions.
"""

from math import prod
from typing import NamedTuple

import numpy as np

from .arguments import as_leaf, loss_of, positions
from .forward import pushed
from .graph import Var, tape, value_of
from .reverse import backward, forget

FREE = {"transpose", "reshape", "expand", "index", "concatenate"}   # they only move numbers


class Cost(NamedTuple):
    """Operations of the loss; of all its slopes on top, in reverse mode; of its slope along one direction on top,
    in forward mode; and the numbers made on the way, of which reverse mode keeps at most all."""

    forward: int
    backward: int
    nudge: int
    stored: int

    @property
    def ratio(self):
        """Operations of the loss and all its slopes together, in units of the loss alone."""
        return (self.forward + self.backward) / self.forward


def cost(f, *args, wrt=0):
    """The `Cost` of f(*args) and of its slopes with respect to the arguments at the positions `wrt`."""
    leaves = list(args)
    for i in positions(wrt):
        leaves[i] = Var(as_leaf(args[i]))
    out = loss_of(f, leaves)
    if type(out) is not Var:
        return Cost(0, 0, 0, 0)
    results, moved = tape(out), [leaf for leaf in leaves if type(leaf) is Var]
    backward(out, graph=True)
    slopes = [leaf.grad for leaf in moved if leaf.grad is not None]
    sweep = {var for slope in slopes if slope.op for var in tape(slope)} - set(results)
    forget(out)   # slopes that are graphs refer to their values, and those to the slopes: a cycle
    nudge = pushed(out, {leaf: Var(np.ones_like(leaf.value)) for leaf in moved})
    return Cost(sum(map(work, results)), sum(map(work, sweep)),
                sum(map(work, tape(nudge))) if type(nudge) is Var else 0,
                sum(var.value.size for var in results if var.op.name not in FREE))


def operations(f, x):
    """Operations of any function of one array, a formula for a gradient for example."""
    return sum(map(work, tape(f(Var(as_leaf(x))))))


def work(var):
    """Operations that one result takes."""
    if var.op.name in FREE:
        return 0
    if var.op.kind == "product":
        x, y = np.shape(value_of(var.x)), np.shape(value_of(var.y))
        return 2 * prod(x) * (y[1] if len(y) == 2 else 1) if len(x) > 0 else var.value.size
    if var.op.kind in ("linear", "reduction", "scalar", "symmetric"):
        return var.x.value.size
    return var.value.size


def paths(out, leaf):
    """How many ways lead from a leaf to `out` through the graph: the terms of the chain rule written out."""
    ways = {leaf: 1}
    for var in reversed(tape(out)):
        ways[var] = sum(ways.get(operand, 0) for operand in (var.x, var.y) if type(operand) is Var)
    return ways[out]


def edges(out):
    """How many operands there are in the graph: the multiplications of the chain rule, each slope used once."""
    return sum(type(operand) is Var for var in tape(out) for operand in (var.x, var.y))


def layered(widths):
    """(paths, edges) of a network whose layers have these widths, every number connected to the next layer's."""
    return prod(widths), sum(a * b for a, b in zip(widths, widths[1:]))
