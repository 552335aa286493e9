"""What one may write with a `Var`: Python's operators, array methods, and those NumPy functions that have a line
in the table or a word made of its lines. Anything else is refused by name, never answered with a silent zero.

As in lesson 04, where Node got its @ and its tanh from outside: Var.__add__, which Python calls for +, runs `add` of
the table and makes a new `Var`. NumPy asks a `Var` through __array_ufunc__ and __array_function__.
"""

import numpy as np

from . import rules, words
from .graph import DECIDES, Op, Var, refuse_if_frozen, value_of
from .words import PLAIN, plain


def _index(x, key):
    key = key if isinstance(key, tuple) else (key,)
    if any(type(part) is Var for part in key):
        refuse_if_frozen(DECIDES)
    return rules.index(x, tuple(map(_part, key)))


def _part(part):
    """A part of an index without slopes; a column of pandas as an array."""
    part = value_of(part)
    return np.asarray(part) if hasattr(part, "__array__") and not isinstance(part, np.generic) else part


def _method(op):
    """op(x, y) for a `Var` x and any y, without asking again what x is."""
    run, ndarray = op.run, np.ndarray

    def method(x, y):
        if type(y) is Var:
            return Var(run(x.held, y.held), op, x, y)
        y = y if type(y) is ndarray and y.dtype.kind == "f" or type(y) in PLAIN else plain(y)
        return Var(run(x.held, y), op, x, y)
    return method


for _name, _op in {"add": rules.add, "sub": rules.subtract, "mul": rules.multiply, "truediv": rules.divide}.items():
    setattr(Var, f"__{_name}__", _method(_op))
    setattr(Var, f"__r{_name}__", lambda y, x, op=_op: op(x if type(x) in PLAIN else plain(x), y))
for _name, _op in {"gt": rules.greater, "ge": rules.greater_equal, "lt": rules.less, "le": rules.less_equal}.items():
    setattr(Var, f"__{_name}__", _method(_op))

Var.__neg__ = lambda x: rules.negative(x)
Var.__pos__ = lambda x: rules.alias(x)
Var.__abs__ = lambda x: rules.absolute(x)
Var.__pow__, Var.__rpow__ = words.power, lambda y, x: words.power(x, y)
Var.__matmul__, Var.dot = words.matmul, words.dot
Var.__rmatmul__ = lambda y, x: words.matmul(x, y)
Var.__getitem__ = _index
Var.T = property(words.transpose)
Var.reshape, Var.transpose, Var.swapaxes = words.reshape, words.transpose, words.swapaxes
Var.ravel = Var.flatten = words.ravel
Var.squeeze, Var.astype, Var.copy = words.squeeze, words.astype, Var.__pos__
Var.sum, Var.mean, Var.max, Var.min = words.total, words.mean, words.largest, words.smallest
Var.prod, Var.var, Var.std, Var.cumsum, Var.clip = (
    words.prod, words.variance, words.deviation, words.cumsum, words.clip)

# Every operation of the table that NumPy has under the same name, and the words for the rest.
_WORDS = {"power": words.power, "dot": words.dot, "matmul": words.matmul, "outer": words.outer,
          "tensordot": words.tensordot, "einsum": words.einsum, "log": words.log, "where": words.where,
          "clip": words.clip, "sum": words.total, "mean": words.mean, "max": words.largest, "amax": words.largest,
          "min": words.smallest, "amin": words.smallest, "var": words.variance, "std": words.deviation,
          "prod": words.prod, "cumsum": words.cumsum, "reshape": words.reshape, "ravel": words.ravel,
          "squeeze": words.squeeze, "expand_dims": words.expand_dims, "transpose": words.transpose,
          "swapaxes": words.swapaxes, "concatenate": words.concatenate, "stack": words.stack,
          "broadcast_to": words.broadcast_to, "positive": Var.__pos__}
_RULES = {op.name: op for op in vars(rules).values() if type(op) is Op} | _WORDS
FUNCTIONS = {getattr(np, name): rule for name, rule in _RULES.items() if hasattr(np, name)} | {
    np.linalg.norm: words.norm}


def _apply(function, args, kwargs):
    rule = FUNCTIONS.get(function)
    if rule is None:
        known = ", ".join(sorted({f.__name__ for f in FUNCTIONS}))
        module = (getattr(function, "__module__", None) or "numpy").replace("numpy", "np")
        name = f"{module}.{function.__name__}"
        raise TypeError(f"{name} has no rule for a Var. There are rules for {known}.")
    if len(args) > 1 and type(rule) is Op:
        args = [plain(x) for x in args]
    try:
        return rule(*args, **kwargs)
    except TypeError as error:
        if kwargs and "keyword" in str(error):
            raise TypeError(f"np.{function.__name__} on a Var does not take {', '.join(kwargs)}.") from error
        raise


def _ufunc(self, ufunc, method, *args, **kwargs):
    if method != "__call__":
        raise TypeError(f"np.{ufunc.__name__}.{method} has no rule for a Var.")
    return _apply(ufunc, args, kwargs)


def _refuse_array(self, *args, **kwargs):
    raise TypeError("a Var cannot become a plain array: its slopes would be lost. Write X @ w instead of X.dot(w), "
                    "np.stack([...]) instead of np.array([...]), X.to_numpy() for a DataFrame, np.exp instead of "
                    "math.exp; for its number alone, take w.value.")


Var.__pandas_priority__ = 5000   # so that a Series or DataFrame leaves the operation to the Var
Var.__array_ufunc__ = _ufunc
Var.__array_function__ = lambda self, function, types, args, kwargs: _apply(function, args, kwargs)
Var.__array__ = Var.__float__ = Var.__int__ = _refuse_array
