"""What one may write with a `Var`: Python's operators, array methods, and those NumPy functions that have a line
in the table. Anything else is refused by name, never answered with a silent zero."""

import numpy as np

from . import rules
from .graph import Var, refuse_if_frozen, value_of


def dot(x, y):
    """x.dot(y) for numbers, vectors and matrices; arrays or `Var`s."""
    a = x.value if type(x) is Var else np.asarray(x)
    b = y.value if type(y) is Var else np.asarray(y)
    if 0 < a.ndim <= 2 and 0 < b.ndim <= 2:
        return rules.product(x if type(x) is Var else a, y if type(y) is Var else b)
    if a.ndim and b.ndim:
        raise ValueError(f"dot takes numbers, vectors and matrices; got shapes {a.shape} and {b.shape}.")
    return x * y


def power(x, y):
    """x ** y, where y = 2 has a quicker line of its own, and y = 0 is flat even at x = 0."""
    if type(y) in (int, float) and y == 0:
        return 0 * x + 1
    return rules.square(x) if type(y) is int and y == 2 else rules.power(x, y)


def reshape(x, *shape):
    """x in another shape: reshape(x, 2, 3) or reshape(x, (2, 3))."""
    return rules.reshape(x, shape[0] if len(shape) == 1 else shape)


def transpose(x, *axes):
    """Rows and columns exchanged."""
    if axes:
        raise TypeError("transpose with axes has no rule for a Var: only x.T.")
    return rules.transpose(x)


def concatenate(arrays, axis=0):
    """Arrays end to end."""
    joined = arrays[0]
    for array in arrays[1:]:
        joined = rules.concatenate(*_axes(joined, axis))(joined, array)
    return joined


def _axes(x, axis):
    """axis=None, an axis or several, as a tuple of positions."""
    if axis is None:
        return tuple(range(x.ndim))
    axes = axis if isinstance(axis, tuple) else (axis,)
    if any(not -x.ndim <= a < x.ndim for a in axes):
        raise ValueError(f"axis {axis} does not exist in an array of shape {x.shape}.")
    return tuple(a % x.ndim for a in axes)


def _over(op):
    """A reduction with NumPy's arguments."""
    def reduced(x, axis=None, keepdims=False):
        axes = _axes(x, axis)
        z = op(x, axes)
        return rules.again(z, x, axes) if keepdims else z
    reduced.__name__ = op.name
    return reduced


total, largest, logsumexp = _over(rules.total), _over(rules.largest), _over(rules.logsumexp)


def mean(x, axis=None, keepdims=False):
    """The mean of all numbers, or along an axis."""
    z = total(x, axis, keepdims)
    n = x.size // z.size
    return z / float(n) if n > 1 else z   # a float: NumPy is slow to divide one number by an int


def softmax(x, axis=-1):
    """exp(x) / sum(exp(x)) along an axis."""
    return rules.softmax(x, _axes(x, axis))


def cross_entropy(x, y):
    """Mean over the rows of x of  log(sum(exp(x))) - sum(y x): the cross-entropy of softmax(x) and y.

    x (n, k) scores; y (n, k) the wanted probabilities, often a single one in each row.
    """
    if x.shape != y.shape:
        raise ValueError(f"cross_entropy needs targets in the shape of the scores, {x.shape}; got {y.shape}.")
    return rules.cross_entropy(x, y)


def _index(x, key):
    key = key if isinstance(key, tuple) else (key,)
    if any(type(part) is Var for part in key):
        refuse_if_frozen()
    return rules.index(x, tuple(value_of(part) for part in key))


_PLAIN = {np.ndarray, float, int, bool, np.float64, np.float32, np.bool_, np.int64}


def _method(op):
    run = op.run

    def method(x, y):
        if type(y) is Var:
            return Var(run(x.value, y.value), op, x, y)
        y = y if type(y) in _PLAIN else np.asarray(y)   # a list or a pandas Series
        return Var(run(x.value, y), op, x, y)
    return method


def _reflected(op):
    def method(y, x):
        x = x if type(x) in _PLAIN else np.asarray(x)
        return Var(op.run(x, y.value), op, x, y)
    return method


for _name, _op in {"add": rules.add, "sub": rules.sub, "mul": rules.mul, "truediv": rules.div}.items():
    setattr(Var, f"__{_name}__", _method(_op))
    setattr(Var, f"__r{_name}__", _reflected(_op))
for _name, _op in {"gt": rules.greater, "ge": rules.greater_equal, "lt": rules.less, "le": rules.less_equal}.items():
    setattr(Var, f"__{_name}__", _method(_op))

Var.__neg__ = lambda x: rules.neg(x)
Var.__abs__ = lambda x: rules.absolute(x)
Var.__pow__, Var.__rpow__ = power, lambda y, x: power(x, y)
Var.__matmul__ = Var.dot = dot
Var.__rmatmul__ = lambda y, x: dot(x, y)
Var.__getitem__ = _index
Var.T = property(transpose)
Var.reshape, Var.transpose = reshape, transpose
Var.sum, Var.mean, Var.max = total, mean, largest

FUNCTIONS = {
    np.add: rules.add, np.subtract: rules.sub, np.multiply: rules.mul, np.divide: rules.div, np.negative: rules.neg,
    np.power: power, np.square: rules.square, np.exp: rules.exp, np.log: rules.log, np.log1p: rules.log1p,
    np.sqrt: rules.sqrt, np.sin: rules.sin, np.cos: rules.cos, np.tanh: rules.tanh, np.absolute: rules.absolute,
    np.sign: rules.sign, np.maximum: rules.maximum, np.logaddexp: rules.logaddexp, np.matmul: dot,
    np.greater: rules.greater, np.greater_equal: rules.greater_equal, np.less: rules.less,
    np.less_equal: rules.less_equal, np.dot: dot, np.sum: total, np.mean: mean, np.max: largest, np.amax: largest,
    np.reshape: reshape, np.transpose: transpose, np.concatenate: concatenate,
    np.broadcast_to: rules.expand,
}


def _apply(function, args, kwargs):
    rule = FUNCTIONS.get(function)
    if rule is None:
        known = ", ".join(sorted({f.__name__ for f in FUNCTIONS}))
        module = (getattr(function, "__module__", None) or "numpy").replace("numpy", "np")
        name = f"{module}.{function.__name__}"
        raise TypeError(f"{name} has no rule for a Var. There are rules for {known}.")
    try:
        return rule(*args, **kwargs)
    except TypeError as error:
        if kwargs:
            raise TypeError(f"np.{function.__name__} on a Var does not take {', '.join(kwargs)}.") from error
        raise


def _ufunc(self, ufunc, method, *args, **kwargs):
    if method != "__call__":
        raise TypeError(f"np.{ufunc.__name__}.{method} has no rule for a Var.")
    return _apply(ufunc, args, kwargs)


def _refuse_array(self, *args, **kwargs):
    raise TypeError("a Var cannot become a plain array: its slopes would be lost. Write X @ w instead of X.dot(w), "
                    "X.to_numpy() for a DataFrame, np.exp instead of math.exp; for its number alone, take w.value.")


Var.__pandas_priority__ = 5000   # so that a Series or DataFrame leaves the operation to the Var
Var.__array_ufunc__ = _ufunc
Var.__array_function__ = lambda self, function, types, args, kwargs: _apply(function, args, kwargs)
Var.__array__ = Var.__float__ = Var.__int__ = _refuse_array
