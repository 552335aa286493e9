"""The graph: every operation on a `Var` makes a new `Var` that remembers the operation and its operands."""

from contextlib import contextmanager
from itertools import count
from operator import attrgetter

import numpy as np

_births = count()
by_birth = attrgetter("born")


class Op:
    """One operation z = run(x, y) with its calculus: a line of the table in `rules`.

    dx(g, z, x, y) and dy(g, z, x, y) pull the slope g = dL/dz back to x and to y; None where there is no slope.
    `kind` says how numbers pass: pointwise, linear in x, a product, a reduction, or symmetric (see `forward`).
    `code` is how NumPy writes it, with {x} and {y} in place of the operands.
    """

    __slots__ = ("name", "kind", "code", "run", "dx", "dy")

    def __init__(self, name, kind, code, run, dx=None, dy=None):
        self.name, self.kind, self.code, self.run, self.dx, self.dy = name, kind, code, run, dx, dy

    def __call__(self, x, y=None):
        """The result on plain arrays; a new `Var` if an operand is one."""
        a = x.value if type(x) is Var else x
        b = y.value if type(y) is Var else y
        z = self.run(a) if y is None else self.run(a, b)
        return z if a is x and b is y else Var(z, self, x, y)

    def __repr__(self):
        return self.name


class Var:
    """A number or array that remembers the operation and the (at most two) operands it came from.

    An operand that is not a `Var` is a constant, or a setting such as an axis: it stays as it is and gets no
    slope. After `backward(L)`, `grad` is dL/dVar. `rules` adds the operators.
    """

    __slots__ = ("value", "op", "x", "y", "born", "grad", "seen")

    def __init__(self, value, op=None, x=None, y=None):
        self.value = as_floats(value) if op is None else value
        self.op = op
        self.x = x
        self.y = y
        self.born = next(_births)
        self.grad = self.seen = None

    def __repr__(self):
        return f"Var({self.value!r})"

    def __len__(self):
        return len(self.value)

    def __bool__(self):
        refuse_if_frozen()
        return bool(self.value)

    def __eq__(self, other):
        raise TypeError("== of a Var has no slope, so it has no rule; compare its value.")

    __hash__ = object.__hash__

    def __iter__(self):
        if not self.value.ndim:
            raise TypeError("a Var that holds one number cannot be looped over.")
        return (self[i] for i in range(len(self.value)))

    shape = property(lambda self: self.value.shape)
    ndim = property(lambda self: self.value.ndim)
    size = property(lambda self: self.value.size)
    dtype = property(lambda self: self.value.dtype)


_frozen = []


@contextmanager
def frozen_branches():
    """While a program is recorded, a decision that depends on a value is refused."""
    _frozen.append(True)
    try:
        yield
    finally:
        _frozen.pop()


def refuse_if_frozen():
    """Called where a value decides what happens next."""
    if _frozen:
        raise TypeError("this loss decides by a value (an `if`, a `while`, an index): a program would freeze one "
                        "branch. Use np.maximum, abs or a product with a mask, or value_and_grad.")


def value_of(x):
    """The value of a `Var`; anything else as it is."""
    return x.value if type(x) is Var else x


def operands(var):
    """Those of its two operands that are `Var`s themselves."""
    return [operand for operand in (var.x, var.y) if type(operand) is Var]


def as_floats(value):
    """Any number or array of real numbers; integers become floats, and masks stay masks."""
    if type(value) is np.ndarray and value.dtype.kind == "f" and value.ndim:
        return value
    value = np.asarray(value)
    if value.dtype.kind not in "fiub":
        raise TypeError(f"slopes are for real numbers, got {value.dtype}.")
    return (value.astype(float) if value.dtype.kind in "iu" else value)[()]


def tape(out):
    """Every result that `out` was made from, itself included, the youngest first.

    A result is always younger than its operands, so sorting by birth puts every use of a value before it.
    A list that grows instead of recursion: any depth works.
    """
    mark = out.seen = object()   # a mark that no earlier call has used
    found = [out] if out.op else []
    for var in found:
        x, y = var.x, var.y
        if type(x) is Var and x.seen is not mark:
            x.seen = mark
            if x.op is not None:
                found.append(x)
        if type(y) is Var and y.seen is not mark:
            y.seen = mark
            if y.op is not None:
                found.append(y)
    found.sort(key=by_birth, reverse=True)
    return found
