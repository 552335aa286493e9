"""What one may write with a `Var`: Python's operators, array methods, and those NumPy functions that have a line
in the table. Anything else is refused by name, never answered with a silent zero."""

from functools import reduce

import numpy as np

from . import rules
from .graph import DECIDES, Op, Var, refuse_if_frozen, value_of


def dot(x, y):
    """x.dot(y) for numbers, vectors and matrices; arrays or `Var`s."""
    x = x if type(x) is Var else np.asarray(x)
    y = y if type(y) is Var else np.asarray(y)
    if 0 < x.ndim <= 2 and 0 < y.ndim <= 2:
        return rules.product(x, y)
    if x.ndim and y.ndim:
        raise ValueError(f"dot takes numbers, vectors and matrices; got shapes {x.shape} and {y.shape}.")
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
    """Arrays end to end along an axis; all their numbers in one row for axis=None."""
    if axis is None:
        arrays, axis = [rules.reshape(x, -1) for x in arrays], 0
    return reduce(rules.concatenate(axis), arrays)


def _axes(x, axis):
    """axis, an axis or several; for None all axes of x."""
    return tuple(range(x.ndim)) if axis is None else axis


def _over(op):
    """A reduction with NumPy's arguments."""
    def reduced(x, axis=None, keepdims=False):
        z = op(x, axis)
        return rules.again(z, x, _axes(x, axis)) if keepdims else z
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
        refuse_if_frozen(DECIDES)
    return rules.index(x, tuple(value_of(part) for part in key))


_PLAIN = {np.ndarray, float, int, bool, np.float64, np.float32, np.bool_, np.int64}   # not a list, not a Series


def _method(op):
    """op(x, y) for a `Var` x and any y, without asking again what x is."""
    run = op.run

    def method(x, y):
        if type(y) is Var:
            return Var(run(x.held, y.held), op, x, y)
        y = y if type(y) in _PLAIN else np.asarray(y)
        return Var(run(x.held, y), op, x, y)
    return method


for _name, _op in {"add": rules.add, "sub": rules.subtract, "mul": rules.multiply, "truediv": rules.divide}.items():
    setattr(Var, f"__{_name}__", _method(_op))
    setattr(Var, f"__r{_name}__", lambda y, x, op=_op: op(x if type(x) in _PLAIN else np.asarray(x), y))
for _name, _op in {"gt": rules.greater, "ge": rules.greater_equal, "lt": rules.less, "le": rules.less_equal}.items():
    setattr(Var, f"__{_name}__", _method(_op))

Var.__neg__ = lambda x: rules.negative(x)
Var.__abs__ = lambda x: rules.absolute(x)
Var.__pow__, Var.__rpow__ = power, lambda y, x: power(x, y)
Var.__matmul__ = Var.dot = dot
Var.__rmatmul__ = lambda y, x: dot(x, y)
Var.__getitem__ = _index
Var.T = property(transpose)
Var.reshape, Var.transpose = reshape, transpose
Var.sum, Var.mean, Var.max = total, mean, largest

# Every operation of the table that NumPy has under the same name, and the words of this module for the rest.
_WORDS = {"power": power, "dot": dot, "matmul": dot, "sum": total, "mean": mean, "max": largest, "amax": largest,
          "reshape": reshape, "transpose": transpose, "concatenate": concatenate}
_RULES = {op.name: op for op in vars(rules).values() if type(op) is Op} | _WORDS
FUNCTIONS = {getattr(np, name): rule for name, rule in _RULES.items() if hasattr(np, name)}


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
