"""The table of calculus: one line for each operation.

For z = op(x, y), and g the slope of the loss where z arrives, a line says g dz/dx and g dz/dy: RULES of lesson 04, with
one function for x and one for y, and before them how the operation is written and computed. The lines are
ordinary NumPy. On arrays they give numbers; on `Var`s the same lines build the graph of the derivative, and so
they also give second derivatives, forward mode and the printed program. What broadcasting stretched is folded
back by `fold`. (Multiplying by a mask is ten times faster than np.where; `stopped` does it so that nothing passes.)
"""

import operator
from functools import lru_cache
from math import isfinite, prod

import numpy as np

from .. import calculus
from .graph import Op


def _chosen(x, mask):
    return np.where(mask, x, x.dtype.type(0))[()]


def _stopped(x, mask):
    z = x * mask.astype(x.dtype)   # as numbers: NumPy is slow to multiply two types
    return z if isfinite(np.vdot(z, z) if x.ndim else x) else _chosen(x, mask)   # z z: the quickest question


@lru_cache
def _zero(dtype):
    """0 as an array, which NumPy compares with sooner than with Python's."""
    return np.zeros((), dtype)


def _relu(x):
    return np.maximum(x, _zero(x.dtype) if type(x) is np.ndarray and x.dtype.kind == "f" else 0)


def pointwise(name, code, run, dx=None, dy=None):
    """Each number of z depends on one number of x (and one of y)."""
    return Op(name, "pointwise", code, run, dx, dy)


def function(name, dx=None, dy=None):
    """A pointwise function of NumPy."""
    operands = "{x}" if dy is None else "{x}, {y}"
    return pointwise(name, f"np.{name}({operands})", getattr(np, name), dx, dy)


add = pointwise("add", "{x} + {y}", operator.add, lambda g, z, x, y: g, lambda g, z, x, y: g)
subtract = pointwise("subtract", "{x} - {y}", operator.sub, lambda g, z, x, y: g, lambda g, z, x, y: -g)
multiply = pointwise("multiply", "{x} * {y}", operator.mul, lambda g, z, x, y: g * y, lambda g, z, x, y: g * x)
divide = pointwise("divide", "{x} / {y}", operator.truediv, lambda g, z, x, y: g / y, lambda g, z, x, y: -g * z / y)
power = pointwise("power", "{x} ** {y}", operator.pow, lambda g, z, x, y: g * (y * x ** less_one(y, x)),
                  lambda g, z, x, y: g * (z * log_of_base(x)))
# What its slopes need, with care at zero: the exponent less one, but no negative power of zero where the exponent is
# zero as well; and the logarithm of x, but nothing where x is zero, for there it meets a power that is zero as well.
less_one = pointwise("less_one", "({x} - (({x} != 0) | ({y} != 0)))", lambda x, y: x - ((x != 0) | (y != 0)),
                     lambda g, z, x, y: g)
log_of_base = pointwise("log_of_base", "np.log({x} + ({x} == 0))", lambda x: _log_of_base(x),
                        lambda g, z, x, y: g / (x + _is_zero(x)))
negative = pointwise("negative", "-{x}", operator.neg, lambda g, z, x, y: -g)
square = function("square", lambda g, z, x, y: 2 * g * x)
exp = function("exp", lambda g, z, x, y: g * z)
expm1 = function("expm1", lambda g, z, x, y: g * (z + 1))
log = function("log", lambda g, z, x, y: g / x)
log2 = function("log2", lambda g, z, x, y: g / (x * float(np.log(2))))
log10 = function("log10", lambda g, z, x, y: g / (x * float(np.log(10))))
log1p = function("log1p", lambda g, z, x, y: g / (1 + x))
sqrt = function("sqrt", lambda g, z, x, y: g / (2 * z))
# The root of a sum of squares: flat where the sum is zero, as abs is, in place of 0 times infinity.
length = pointwise("length", "np.sqrt({x})", np.sqrt, lambda g, z, x, y: stopped(g, z > 0) / (2 * (z + (z <= 0))))
sin = function("sin", lambda g, z, x, y: g * np.cos(x))
cos = function("cos", lambda g, z, x, y: -g * np.sin(x))
tan = function("tan", lambda g, z, x, y: g * (1 + z * z))
arctan = function("arctan", lambda g, z, x, y: g / (1 + x * x))
sinh = function("sinh", lambda g, z, x, y: g * np.cosh(x))
cosh = function("cosh", lambda g, z, x, y: g * np.sinh(x))
tanh = function("tanh", lambda g, z, x, y: g * (1 - z * z))
absolute = function("abs", lambda g, z, x, y: g * np.sign(x))
sign = function("sign")   # flat wherever it has a slope
# Where both are equal, the first has all of the slope.
maximum = function("maximum", lambda g, z, x, y: stopped(g, x >= y), lambda g, z, x, y: stopped(g, x < y))
minimum = function("minimum", lambda g, z, x, y: stopped(g, x <= y), lambda g, z, x, y: stopped(g, x > y))
logaddexp = function("logaddexp", lambda g, z, x, y: g * np.exp(x - z), lambda g, z, x, y: g * np.exp(y - z))
relu = pointwise("relu", "np.maximum({x}, 0)", _relu, lambda g, z, x, y: stopped(g, z > _zero(z.dtype)))
sigmoid = pointwise("sigmoid", "sigmoid({x})", calculus.sigmoid, lambda g, z, x, y: g * (z * (1 - z)))
# x where the mask y is true, and nothing elsewhere, not even of infinity.
stopped = pointwise("stopped", "{x} * {y}", _stopped, lambda g, z, x, y: stopped(g, y))
chosen = pointwise("chosen", "np.where({y}, {x}, 0)", _chosen, lambda g, z, x, y: stopped(g, y))
# Comparisons make masks, and have no slope.
greater = pointwise("greater", "{x} > {y}", operator.gt)
greater_equal = pointwise("greater_equal", "{x} >= {y}", operator.ge)
less = pointwise("less", "{x} < {y}", operator.lt)
less_equal = pointwise("less_equal", "{x} <= {y}", operator.le)
logical_not = function("logical_not")
# A mask as numbers, or numbers in another precision; and the same numbers, as an argument of a function.
as_float = pointwise("as_float", "{x}.astype({y})", lambda x, y: x.astype(y), lambda g, z, x, y: g)
alias = Op("alias", "moving", "{x}", lambda x, y=None: x, lambda g, z, x, y: g, view=True)

# A product of vectors and matrices: on the left a vector is a row, on the right a column.
product = Op("dot", "product", "{x}.dot({y})", np.ndarray.dot,
             lambda g, z, x, y: g.dot(y.T) if y.ndim == 2 else _outer(g, y),
             lambda g, z, x, y: x.T.dot(g) if x.ndim == 2 else _outer(x, g),
             work=lambda z, x, y: 2 * x.size * prod(y.shape[1:]))

# A product of stacks of matrices, which broadcasts over the axes before the last two.
stacked = Op("matmul", "product", "{x} @ {y}", operator.matmul,
             lambda g, z, x, y: stacked(g, y.swapaxes(-1, -2)), lambda g, z, x, y: stacked(x.swapaxes(-1, -2), g),
             work=lambda z, x, y: 2 * z.size * x.shape[-1])


# Linear in x: a nudge of x goes through as x does. y is a setting: a shape, a key, axes.

def linear(name, code, run, dx):
    """An operation that adds up numbers of x."""
    return Op(name, "linear", code, run, dx)


def moving(name, code, run, dx):
    """An operation that only puts the numbers of x elsewhere, as a rule without a copy."""
    return Op(name, "moving", code, run, dx, view=True)


transpose = moving("transpose", "{x}.T", lambda x: x.T, lambda g, z, x, y: g.T)
permute = moving("permute", "{x}.transpose({y})", lambda x, y: x.transpose(y),
                 lambda g, z, x, y: permute(g, tuple(map(int, np.argsort(y)))))
reshape = moving("reshape", "{x}.reshape({y})", lambda x, y: x.reshape(y), lambda g, z, x, y: g.reshape(x.shape))
expand = moving("broadcast_to", "np.broadcast_to({x}, {y})", np.broadcast_to, lambda g, z, x, y: fold(g, x.shape))
index = moving("index", "{x}[{y}]", lambda x, y: x[y], lambda g, z, x, y: scatter(g, (y, x.shape)))
scatter = linear("scatter", "scatter({x}, {y})", lambda x, y: _scatter(x, *y), lambda g, z, x, y: g[y[0]])
cumsum = linear("cumsum", "np.cumsum({x}, {y})", np.cumsum,
                lambda g, z, x, y: _backwards(cumsum(_backwards(g, y), y), y))
total = linear("sum", "{x}.sum({y})", lambda x, y=None: np.add.reduce(x, y), lambda g, z, x, y: again(g, x, y))


@lru_cache
def concatenate(axis):
    """The operation that puts two arrays end to end along an axis."""
    def part(g, start, stop):
        return g[(slice(None),) * (axis % g.ndim) + (slice(start, stop),)]
    return Op("concatenate", "joint", f"np.concatenate([{{x}}, {{y}}], {axis})",
              lambda x, y: np.concatenate([x, y], axis),
              lambda g, z, x, y: part(g, None, x.shape[axis]), lambda g, z, x, y: part(g, x.shape[axis], None))


@lru_cache
def einsum(first, second, out):
    """The operation that multiplies two arrays, whose axes have these letters, and adds up what `out` leaves away."""
    def along(letters, others, axes, x):   # a letter that only x has was added up: its slope is the same all along it
        kept = "".join(letter for letter in axes if letter in letters + others)
        return lambda g, y: expand(_with_axes(einsum(letters, others, kept)(g, y), kept, axes), x.shape)
    return Op("einsum", "product", f'np.einsum("{first},{second}->{out}", {{x}}, {{y}})',
              lambda x, y: np.einsum(f"{first},{second}->{out}", x, y),
              lambda g, z, x, y: along(out, second, first, x)(g, y),
              lambda g, z, x, y: along(out, first, second, y)(g, x),
              work=lambda z, x, y: 2 * prod((dict(zip(first, x.shape)) | dict(zip(second, y.shape))).values()))


# Reductions over an axis y (several, or all for None), and softmax. They are stable: the largest number is taken out.

largest = Op("max", "reduction", "{x}.max({y})", lambda x, y=None: x.max(y),
             lambda g, z, x, y: _to_winners(g, z, x, y))
logsumexp = Op("logsumexp", "reduction", "logsumexp({x}, {y})", lambda x, y=None: _logsumexp(x, y),
               lambda g, z, x, y: again(g, x, y) * np.exp(x - again(z, x, y)))
softmax = Op("softmax", "symmetric", "softmax({x}, {y})", lambda x, y: _softmax(x, y),
             lambda g, z, x, y: z * (g - again(total(g * z, y), x, y)))
cross_entropy = Op("cross_entropy", "scalar", "cross_entropy({x}, {y})", lambda x, y: _cross_entropy(x, y),
                   lambda g, z, x, y: (softmax(x, x.ndim - 1) - y) * (g / float(_rows(x))),
                   lambda g, z, x, y: x * (-g / float(_rows(x))))


# The words of the table.

def fold(g, shape):
    """The transpose of broadcasting: add up the slopes of all copies that were made of a value of this shape.

    As in lesson 04. total(g, axis) is g.sum(axis), and again(..., g, axis) puts the axis back as keepdims does; as
    operations of this table they can be differentiated, too.
    """
    while g.ndim > len(shape):   # the columns of a matrix by a product with ones: four times as fast as g.sum(0)
        g = total(g) if shape == () else product(_ones(len(g), g.dtype), g) if g.ndim == 2 else total(g, 0)
    if g.shape != shape:
        for axis, size in enumerate(g.shape):
            if shape[axis] == 1 != size:
                g = again(total(g, axis), g, axis)
    return g


@lru_cache(64)
def _ones(n, dtype):
    return np.ones(n, dtype)


def _is_zero(x):
    """Where x is zero, as a mask."""
    return (x >= 0) * (x <= 0)


def _backwards(x, axis):
    return x[(slice(None),) * (axis % x.ndim) + (slice(None, None, -1),)]


def _with_axes(x, kept, axes):
    """x, whose axes have the letters `kept`, with an axis of one for each letter of `axes` that it has not."""
    sizes = dict(zip(kept, x.shape))
    return x.reshape(tuple([sizes.get(letter, 1) for letter in axes]))


def _log_of_base(x):
    """log(x), 0 at zero, and nan below, without a warning: it belongs to a slope for which often nobody asks."""
    number = type(x) in (int, float)   # which leaves float32 as it is
    with np.errstate(invalid="ignore"):
        z = np.log(float(x) or 1.0) if number else np.log(x + (x == 0))
    return float(z) if number else z


def _outer(x, y):
    return x.reshape(-1, 1) * y if x.ndim and y.ndim else x * y


def again(g, x, axis):
    """One number for each group that was summed, shaped so that every member of the group gets it."""
    if axis is None:
        return g   # a single number, for all
    axes = [i % x.ndim for i in (axis if isinstance(axis, tuple) else (axis,))]
    return g.reshape(tuple([1 if i in axes else size for i, size in enumerate(x.shape)]))


def _to_winners(g, z, x, axis):
    """The slope of a maximum goes to the largest number; equal ones share it."""
    winners = as_float(x >= again(z, x, axis), x.dtype.name)   # so that float32 stays float32
    return again(g, x, axis) * (winners / again(total(winners, axis), x, axis))


def _scatter(x, key, shape):
    full = np.zeros(shape, x.dtype)
    np.add.at(full, key, x)
    return full


def _softmax(x, axis):
    _, e = _shifted_exp(x, axis)
    e /= np.add.reduce(e, axis, keepdims=True)
    return e


def _shifted_exp(x, axis):
    """The largest number of each group, and exp(x - largest), which cannot overflow."""
    top = np.maximum.reduce(x, axis, keepdims=True)
    top = top if isfinite(np.vdot(top, top)) else np.where(np.isfinite(top), top, 0)   # infinity is taken from none
    return top, np.exp(x - top)


def _logsumexp(x, axis):
    top, e = _shifted_exp(x, axis)
    return np.log(np.add.reduce(e, axis)) + top.squeeze(axis)


def _rows(x):
    return x.size // x.shape[-1]


def _cross_entropy(x, y):
    """Mean over rows of log(sum(exp(x))) - sum(y x); y holds the wanted probabilities."""
    top, e = _shifted_exp(x, -1)
    return (np.log(np.add.reduce(e, -1)).sum() + top.sum() - np.vdot(y, x)) / float(_rows(x))
