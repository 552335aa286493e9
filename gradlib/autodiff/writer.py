"""A graph as lines of NumPy, in two passes: first a plan of what gets a line and what it is called, then the text.

There is a line for each result that the loss or a slope needs. What is small and used once is written where it is
used; an array that nobody needs any more is overwritten.
"""

from collections import Counter
from itertools import chain, count

import numpy as np

from . import rules
from .graph import Op, Var, operands
from .simplify import results_of, simplified

MOST = 30      # numbers of a constant that are written out
DEEPEST = 20   # a program's expressions are not nested deeper, so that Python can read them
WORDS = {op.name: op for op in vars(rules).values() if type(op) is Op and op.code.startswith(f"{op.name}(")}
HELPERS = {"np": np} | {name: op.run for name, op in WORDS.items()}   # not NumPy's


class Plan:
    """What the lines of a program are to be.

    lines      the results that get a line of their own, the oldest first
    inlined    those that are written where they are used
    over       {result: the operand whose memory it takes over}
    named      {argument or result: what it is called}
    """

    def __init__(self, arguments, wanted, taken):
        """`arguments` {Var: name}, `wanted` {Var: name} of what is returned; the names that are `taken`, a set."""
        results = results_of(wanted)
        self.inlined = _inlined(results, wanted)
        self.lines = [var for var in results if var not in self.inlined]
        self.over, self.named = {}, dict(arguments)
        reads = {var: [_memory(x) for x in self._read(var)] for var in self.lines}
        unread = Counter(chain(*reads.values(), map(_memory, wanted)))   # how often memory is still to be read
        for var in self.lines:
            dying = [x for x in _may_end_in(var) if x in self.named and unread[x] == 1]
            if dying:
                self.over[var] = dying[0]
            self.named[var] = self.named.get(self.over.get(var)) or _free(wanted.get(var, "t"), taken)
            unread.subtract(reads[var])

    def _read(self, var):
        """What the line of `var` calls by name."""
        return [named for x in operands(var) for named in (self._read(x) if x in self.inlined else [x])]


def _free(name, taken):
    """This name, or name_0, name_1, ... if it is taken, which it is from now on; for a single letter t0, t1, ..."""
    tries = (f"{name}{i}" for i in count()) if len(name) == 1 else chain([name], (f"{name}_{i}" for i in count()))
    name = next(t for t in tries if t not in taken)
    taken.add(name)
    return name


def _inlined(results, wanted):
    """The results that are written where they are used: what is used once and is a view, a number, a mask, or added
    up."""
    users, depths = {}, {}
    for var in results:
        for operand in operands(var):
            users.setdefault(operand, []).append(var)
    for var in results:
        depth = 1 + max(depths.get(operand, 0) for operand in operands(var))
        if var not in wanted and len(users[var]) == 1 and depth <= DEEPEST and (
                var.op.view or var.ndim == 0 or var.dtype == bool
                or var.op.kind == "pointwise" and users[var][0].op.name == "sum"):
            depths[var] = depth
    return depths.keys()


def _may_end_in(var):
    """The operands in whose memory NumPy can put the numbers of `var`, if nobody reads them later."""
    pairs = (var.x, var.y) if var.op.name in ("add", "multiply") else (var.x,)
    in_place = var.op.kind == "pointwise" and var.ndim and var.op is not rules.chosen and (
        _sign(var.op) or var.op.code.startswith("np."))
    return [x for x in pairs if in_place and type(x) is Var and x.op and not x.op.view
            and (x.shape, x.dtype) == (var.shape, var.dtype)]


def _memory(var):
    """The argument or result that owns the memory of a result."""
    while var.op and var.op.view:
        var = var.x
    return var


def _sign(op):
    """The sign of arithmetic that NumPy can carry out in place; else nothing."""
    sign = op.code.removeprefix("{x} ").removesuffix(" {y}")
    return sign if sign in ("+", "-", "*", "/") else ""


class Writer:
    """The text of one program. `arguments` {name: a `Var` or a setting}; the names of those of `whole` numbers; the
    loss `out` and {name: slope}."""

    def __init__(self, arguments, whole, out, slopes, several):
        variables = {x: name for name, x in arguments.items() if type(x) is Var}
        self.taken, self.constants, self.copied = {*arguments, *HELPERS}, {}, []
        out, *values = simplified([out, *slopes.values()], variables)
        wanted = {value: label for label, value in [*zip(slopes, values), ("loss", out)] if type(value) is Var}
        self.plan = Plan(variables, wanted, self.taken)
        lines = [f"{name} = {name}.astype(float)" for name in whole] + [self._line(var) for var in self.plan.lines]
        written = [self._slope(slope, values[:i]) for i, slope in enumerate(values)]
        returned = f"[{', '.join(written)}]" if several else written[0]
        lines.append(f"return {self._text(out)}, {returned}")
        ops = {var.op for var in results_of(wanted)}
        self.masks = rules.stopped in ops
        self.text = self._above(ops) + "\n    ".join([f"def step({', '.join(arguments)}):", *lines]) + "\n"

    def function(self):
        """The program as a function."""
        namespace = HELPERS | dict(self.constants.values())
        exec(compile(self.text[self.text.index("def step("):], "<program>", "exec"), namespace)
        return namespace["step"]

    def _above(self, ops):
        """What stands above the function: the words that are not NumPy's, and constant arrays."""
        words = sorted({op.name for op in ops} & WORDS.keys())
        imported = f"from gradlib.autodiff.rules import {', '.join(words)}\n" if words else ""
        return imported + "".join(f"{name} = {_shown(value)}\n" for name, value in self.constants.values())

    def _line(self, var):
        x, name = self.plan.over.get(var), self.plan.named[var]
        if x is None:
            return f"{name} = {self._expression(var)}"
        if sign := _sign(var.op):
            return f"{name} {sign}= {self._text(var.y if x is var.x else var.x)}"
        return f"{self._expression(var)[:-1]}, out={name})"

    def _expression(self, var):
        op, x, y = var.op, var.x, var.y
        chained = op.name == "divide" and type(x) is Var and x.op is op   # a / b / c needs no brackets
        left, right = self._text(x, None if chained else var), "" if y is None else self._text(y, var)
        if op.name == "power" and left.startswith("-"):
            left = f"({left})"
        return op.code.format(x=left, y=right).replace(", )", ")")

    def _text(self, x, user=None):
        """How `user` writes an operand: its name, a constant, or the expression of a small result, with brackets
        where an operator or a method follows."""
        if type(x) is not Var:
            return self._constant(x)
        if x not in self.plan.inlined:
            return self.plan.named[x]
        brackets = user is not None and user.op.code[0] in "{-" and x.op.code.startswith(("{x} ", "-"))
        return f"({self._expression(x)})" if brackets else self._expression(x)

    def _constant(self, x):
        """A number or a setting as it is; an array by its name."""
        if isinstance(x, tuple):
            return f"({', '.join(map(self._constant, x))}{',' * (len(x) == 1)})"
        return self._stored(x) if isinstance(x, (np.ndarray, np.floating)) else _number(x)

    def _slope(self, slope, others):
        """A slope as it is returned: as a copy, where others have it too or where it is not free to be changed."""
        if type(slope) is not Var:
            return f"{self._stored(slope)}.copy()"
        memory = _memory(slope)
        own = memory.op and (slope.ndim == 0 or slope.held.flags.writeable) and all(
            memory is not _memory(other) for other in others if type(other) is Var)
        return self._text(slope) if own else f"{self._text(slope)}.copy()"

    def _stored(self, value):
        if id(value) not in self.constants:
            self.constants[id(value)] = _free("k", self.taken), value.copy()
            self.copied.append(value)   # as long as it lives, nothing else has its id
        return self.constants[id(value)][0]


def _number(x):
    """A number or a word as Python writes it; infinity and nan as NumPy does."""
    return f"{'-' * (x < 0)}np.{abs(x)}" if isinstance(x, float) and not np.isfinite(x) else repr(x)


def _shown(array):
    """How a constant array is made, unless it has many different numbers."""
    array = np.asarray(array)
    shape = array.shape[0] if array.ndim == 1 else array.shape
    dtype = "" if array.dtype in (float, bool) else f", np.{array.dtype}"
    if array.size and (array == array.flat[0]).all():
        return f"np.full({shape}, {_number(array.flat[0].item())}{dtype})"
    if array.size <= MOST:
        return f"np.array([{', '.join(map(_number, array.ravel().tolist()))}]{dtype}).reshape({shape})"
    return f"...   # a constant of shape {array.shape}"
