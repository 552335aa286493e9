"""The algebra that one does without thinking, before a loss and its slopes are written down.

What depends on no argument is a constant. A product with 1 is its other factor; a product with 1/n is a division. A
mask is multiplied with, which is quick, unless it may meet infinity. An exponent that is never zero needs no care.
"""

import numpy as np

from . import rules
from .graph import Var, by_birth, operands, tape, value_of


def results_of(outs):
    """Every result that the values `outs` were made from, the oldest first."""
    return sorted({var for out in outs if type(out) is Var for var in tape(out)}, key=by_birth)


def simplified(outs, arguments):
    """The values `outs` on a new graph, in which a `Var` depends on an argument, and constants are plain."""
    new, wild = {argument: argument for argument in arguments}, set()
    for var in results_of(outs):
        x, y = (new.get(operand, operand.held) if type(operand) is Var else operand for operand in (var.x, var.y))
        if var.op in (rules.log, rules.power) or var.op is rules.divide and type(y) is Var or (
                not wild.isdisjoint(operands(var))):
            wild.add(var)
        if var.op is rules.alias:
            new[var] = x
        elif var.op is rules.stopped and var.x in wild:
            new[var] = Var(var.held, rules.chosen, x, y)
        else:
            new[var] = _simpler(var, x, y) if Var in (type(x), type(y)) else var.held
    return [new.get(out, out.held) for out in outs]


def _simpler(var, x, y):
    if var.op is rules.less_one and type(x) is not Var and np.all(x):
        return x - 1
    x, y = _number(x, y), _number(y, x)
    for factor, other in ((x, y), (y, x)) if var.op is rules.multiply else ():
        n = _divisor(factor)
        if n == 1 and (other.shape, other.dtype) == (var.shape, var.dtype):
            return other
        if n and n != 1:
            return Var(var.held, rules.divide, other, n)
    return Var(var.held, var.op, x, y)


def _number(x, other):
    """A constant operand as a number of Python, where it has no shape and does not decide the type of the result."""
    if not isinstance(x, (float, np.floating, np.ndarray)) or np.ndim(x) or other.dtype.kind != "f" or (
            np.result_type(x, value_of(other)) != other.dtype):
        return x
    x = float(x)
    return int(x) if x.is_integer() and abs(x) < 1e15 else x


def _divisor(x):
    """n, where x is the number 1/n and n is whole."""
    if type(x) in (int, float) and 1e-15 < abs(x) and (x == 1 or abs(x) < 1) and 1 / round(1 / x) == x:
        return round(1 / x)
