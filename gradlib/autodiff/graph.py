"""The graph: every operation on a `Var` makes a new `Var` that remembers the operation and its operands.

Two of the four pieces of lesson 04: the node, which is `Var` here, and the order, which is `tape`. (The table is in
`rules`, the loop in `reverse`.) Below them stands what a value must be, and what runs inside runs have to know.
"""

import threading
from itertools import count
from operator import attrgetter

import numpy as np

births = count()
by_birth = attrgetter("born")


class Op:
    """One operation z = run(x, y) with its calculus: a line of the table in `rules`.

    What the name of an operation was in lesson 04 is here the line itself, and one function for two slopes is two:
    dx(g, z, x, y) and dy(g, z, x, y) pull the slope g = dL/dz back to x and to y; None where there is no slope.
    `kind` says how nudges pass (see `forward`): pointwise; symmetric; linear in x; moving, which is linear and only
    puts numbers elsewhere; joint, which does so with x and y; product, linear in x and in y; reduction; scalar.
    `code` is how NumPy writes it, with {x} and {y} in place of the operands. `view`: z shares the memory of x.
    `work(z, x, y)`: how many operations of one number it takes, where its kind does not say so (see `cost`).
    """

    __slots__ = ("name", "kind", "code", "run", "dx", "dy", "view", "work")

    def __init__(self, name, kind, code, run, dx=None, dy=None, view=False, work=None):
        self.name, self.kind, self.code, self.run, self.dx, self.dy = name, kind, code, run, dx, dy
        self.view, self.work = view, work

    def __call__(self, x, y=None):
        """The result on plain arrays; a new `Var` if an operand is one."""
        a = x.held if type(x) is Var else x
        b = y.held if type(y) is Var else y
        z = self.run(a) if y is None else self.run(a, b)
        return z if a is x and b is y else Var(z, self, x, y)

    def __repr__(self):
        return self.name


class Var:
    """A number or array that remembers the operation and the (at most two) operands it came from.

    The node of lesson 04: its value is `held`, its operands are `x` and `y`, and its slope is `grad`, dL/dVar after
    `backward(L)`. A leaf is a `Var` with which a graph begins, such as a weight. An operand that is not a `Var` is a
    constant, or a setting such as an axis: it stays as it is and gets no slope.
    `operators` adds what one may write with it, + and * among them. `value` is `held` for everybody but the engine.
    `settled` says that nobody asks for its slope any more. Raises TypeError for anything but real numbers.
    """

    __slots__ = ("held", "op", "x", "y", "born", "grad", "settled")

    def __init__(self, value, op=None, x=None, y=None):
        self.held = as_floats(value) if op is None else value
        self.op, self.x, self.y = op, x, y
        self.born = next(births)
        self.grad = None
        self.settled = False

    @property
    def value(self):
        """The plain number or array, which knows nothing of slopes."""
        take_out(self)
        return self.held

    def __repr__(self):
        return f"Var({self.held!r})"

    def __len__(self):
        return len(self.held)

    def __bool__(self):
        refuse_if_frozen(DECIDES)
        return bool(self.held)

    def __eq__(self, other):
        raise TypeError("== of a Var has no slope, so it has no rule; compare its value.")

    __hash__ = object.__hash__

    def __copy__(self, *memo):
        return self   # it never changes, and a second one would be cut off from the loss

    __deepcopy__ = __copy__

    def __iter__(self):
        if not self.held.ndim:
            raise TypeError("a Var that holds one number cannot be looped over.")
        return (self[i] for i in range(len(self.held)))

    shape = property(lambda self: self.held.shape)
    ndim = property(lambda self: self.held.ndim)
    size = property(lambda self: self.held.size)
    dtype = property(lambda self: self.held.dtype)


def value_of(x):
    """The value of a `Var`; anything else as it is."""
    return x.held if type(x) is Var else x


def operands(var):
    """Those of its two operands that are `Var`s themselves."""
    return [operand for operand in (var.x, var.y) if type(operand) is Var]


def tape(out, since=-1):
    """Every result that `out` was made from and that was born after `since`, itself included, the youngest first.

    That is the `order` of lesson 04, read backwards. A result is always younger than its operands, so sorting by birth
    puts every use of a value before it. A list that grows instead of recursion: any depth works.
    """
    return reached(out, since)[0]


def reached(out, since=-1, leaves=()):
    """The `tape` of `out`; and the set of all `Var`s where it ends, except `leaves`: other leaves, constants, and what
    is older."""
    met, ends, found = {out, *leaves}, [], [out]
    if out.op is None or out.born <= since:
        return [], {out}.difference(leaves)
    for var in found:
        x, y = var.x, var.y
        if type(x) is Var and x not in met:
            met.add(x)
            (ends if x.op is None or x.born <= since else found).append(x)
        if type(y) is Var and y not in met:
            met.add(y)
            (ends if y.op is None or y.born <= since else found).append(y)
    found.sort(key=by_birth, reverse=True)
    return found, {*ends}


def as_floats(value):
    """Any number or array of real numbers; integers become floats, and masks stay masks."""
    if type(value) is np.ndarray and value.dtype.kind == "f" and value.ndim:
        return value
    refuse_own_rules(value, "a Var")
    value = np.asarray(value)
    if value.dtype.kind not in "fiub":
        raise TypeError(f"slopes are for real numbers, got {value.dtype}.")
    return (value.astype(float) if value.dtype.kind in "iu" else value)[()]


def refuse_own_rules(x, name):
    """Raises TypeError for an array with rules of its own, which would be lost: np.matrix, masked arrays."""
    if isinstance(x, (np.matrix, np.ma.MaskedArray)):
        raise TypeError(f"{name} does not work with {type(x).__name__}, whose own rules would be lost. Use a plain "
                        "array: np.asarray(M), or a product with the mask.")


DECIDES = "decides by a value (an `if`, a `while`, an index): a program would freeze one branch"


class _Now(threading.local):
    """The runs (see `runs`) of this thread that have not ended, the innermost last."""

    def __init__(self):
        self.runs = []


now = _Now()


def take_out(var):
    """The value of `var`, or slopes that are plain numbers, go their own way: runs remember where slopes were lost."""
    if now.runs:
        refuse_if_frozen("takes a value out of its Var (.value, backward): a program would freeze it")
        now.runs[-1].taken.append(var)


def refuse_if_frozen(what):
    """While a program is recorded, nothing may depend on a value: the program would keep it for ever."""
    if any(run.frozen for run in now.runs):
        raise TypeError(f"this loss {what}. Use np.maximum, abs or a product with a mask, or value_and_grad.")
