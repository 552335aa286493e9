"""What a gradient costs, counted on the graph: arithmetic operations, numbers made on the way, paths and edges.

Counts do not depend on the machine. One operation is one +, -, x, /, comparison or function of one number; a
product of an (m, k) with a (k, n) matrix takes m n k multiplications and as many additions.
"""

from math import prod
from typing import NamedTuple

import numpy as np

from .arguments import leaf_of, loss_of, positions, with_leaves
from .forward import pushed
from .graph import Var, operands, tape, value_of
from .reverse import walk_back
from .runs import Run

FREE = {"moving", "joint"}   # operations of these kinds only put numbers elsewhere


class Cost(NamedTuple):
    """Operations of the loss; of all its slopes on top, in reverse mode; of its slope along one direction on top,
    in forward mode; and the numbers made on the way, of which reverse mode keeps at most all."""

    forward: int
    backward: int
    nudge: int
    stored: int

    @property
    def ratio(self):
        """Operations of the loss and all its slopes together, in units of the loss alone.

        Raises ValueError for a loss that only moves numbers, or none: it has no operations to compare with.
        """
        if not self.forward:
            raise ValueError("the loss takes no operation, so there is no ratio.")
        return (self.forward + self.backward) / self.forward


def cost(f, *args, wrt=0):
    """The `Cost` of f(*args) and of its slopes with respect to the arguments at the positions `wrt`.

    Counts of operations and numbers. Errors as for `value_and_grad`.
    """
    args, leaves = with_leaves(args, positions(wrt))
    run = Run(f, args, {}, leaves)
    out, results = loss_of(run), run.results
    if type(out) is not Var:
        return Cost(0, 0, 0, 0)
    slopes = walk_back(out, results, graph=True)
    sweep = {var for leaf in leaves if leaf in slopes for var in tape(slopes[leaf])} - set(results)
    nudge = pushed(out, {leaf: Var(np.ones_like(leaf.held)) for leaf in leaves}, results)
    return Cost(sum(map(work, results)), sum(map(work, sweep)),
                sum(map(work, tape(nudge))) if type(nudge) is Var else 0,
                sum(var.held.size for var in results if var.op.kind not in FREE))


def operations(f, x):
    """Operations of any function f of one array x, a formula for a gradient for example; x (d,) or any shape.

    Raises TypeError for an x of anything but real numbers.
    """
    return sum(map(work, tape(f(leaf_of(x)))))


def work(var):
    """Operations that one result takes."""
    if var.op.kind in FREE:
        return 0
    if var.op.work:
        return var.op.work(var.held, *map(np.asarray, (value_of(var.x), value_of(var.y))))
    if var.op.kind in ("linear", "reduction", "scalar", "symmetric"):
        return var.x.held.size
    return var.held.size


def paths(out, leaf):
    """How many ways lead from a leaf to `out`, both `Var`s, through the graph: the terms of the chain rule written out.

    0 where `out` was made without it.
    """
    ways = {leaf: 1}
    for var in reversed(tape(out)):
        ways[var] = sum(ways.get(operand, 0) for operand in operands(var))
    return ways[out]


def edges(out):
    """How many operands there are in the graph of the `Var` `out`: the multiplications of the chain rule, each slope
    used once."""
    return sum(len(operands(var)) for var in tape(out))


def layered(widths):
    """(paths, edges) of a network whose layers have these widths, every number connected to the next layer's.

    widths: whole numbers, the inputs first and the loss, 1, last.
    """
    return prod(widths), sum(a * b for a, b in zip(widths, widths[1:]))
