"""`Var`, a value that remembers how it was made, and `backward`, the chain rule as one loop."""

import operator
from itertools import count

import numpy as np

from .._checks import as_floats
from .rules import RULES, dot, mean, total

_births = count()


class Var:
    """A number or array that remembers the operation and the operands it came from.

    Operands that are not `Var`s are constants: they stay plain arrays and get no gradient.
    """

    __slots__ = ("value", "op", "operands", "born")
    __array_ufunc__ = None   # NumPy arrays hand `array - var` and `array @ var` over to the methods below

    def __init__(self, value, op=None, operands=()):
        self.value, self.op, self.operands, self.born = value, op, operands, next(_births)

    def __repr__(self):
        return f"Var({self.value!r})"

    def __add__(self, other): return _apply(operator.add, self, other)
    def __radd__(self, other): return _apply(operator.add, other, self)
    def __sub__(self, other): return _apply(operator.sub, self, other)
    def __rsub__(self, other): return _apply(operator.sub, other, self)
    def __mul__(self, other): return _apply(operator.mul, self, other)
    def __rmul__(self, other): return _apply(operator.mul, other, self)
    def __truediv__(self, other): return _apply(operator.truediv, self, other)
    def __rtruediv__(self, other): return _apply(operator.truediv, other, self)
    def __matmul__(self, other): return _apply(dot, self, other)
    def __rmatmul__(self, other): return _apply(dot, other, self)
    def __neg__(self): return _apply(operator.neg, self)

    def __pow__(self, exponent):
        if exponent != 2:
            raise NotImplementedError(f"Var ** {exponent!r}: only ** 2 has a rule so far.")
        return _apply(np.square, self)

    def dot(self, other): return _apply(dot, self, other)
    def mean(self): return _apply(mean, self)
    def sum(self): return _apply(total, self)

    def __array__(self, *args, **kwargs):
        raise TypeError("a NumPy array cannot take a Var as its argument: write X @ w instead of X.dot(w).")


def _apply(op, *operands):
    return Var(op(*map(_value, operands)), op, operands)


def _value(operand):
    return operand.value if type(operand) is Var else operand


def backward(out):
    """Slopes of one number `out` with respect to every Var it was made from: {Var: dout/dVar}.

    Latest-born first, each Var passes its slope on to its operands exactly once; where a Var was used
    twice, the slopes add up. Raises ValueError if `out` is not a single number.
    """
    if np.ndim(out.value):
        raise ValueError(f"backward starts from one number, got an array of shape {out.value.shape}. "
                         "Take its mean or sum first.")
    slopes = {out: np.ones_like(out.value)}
    for var in sorted(_ancestors(out), key=lambda v: v.born, reverse=True):
        values = [_value(operand) for operand in var.operands]
        for operand, rule in zip(var.operands, RULES.get(var.op, ())):
            if type(operand) is Var:
                slope = _fold(rule(slopes[var], var.value, *values), np.shape(operand.value))
                slopes[operand] = slopes[operand] + slope if operand in slopes else slope
    return slopes


def value_and_grad(f):
    """f (one array to one number) becomes a function that returns the pair f(w), df/dw, by backpropagation."""
    def both(w):
        leaf = Var(as_floats("w", w)[()])
        out = f(leaf)
        return out.value, backward(out).get(leaf, np.zeros(np.shape(leaf.value)))
    return both


def _ancestors(out):
    """Every Var that `out` was made from, `out` included; a list instead of recursion, so any depth works."""
    seen, waiting = {out}, [out]
    while waiting:
        for operand in waiting.pop().operands:
            if type(operand) is Var and operand not in seen:
                seen.add(operand)
                waiting.append(operand)
    return seen


def _fold(slope, shape):
    """Undo broadcasting: sum over the axes along which a value of this shape was stretched."""
    slope = np.asarray(slope)
    extra = slope.ndim - len(shape)
    stretched = tuple(i for i, size in enumerate(slope.shape) if i < extra or shape[i - extra] == 1 != size)
    return slope.sum(axis=stretched).reshape(shape)[()] if stretched else slope[()]
