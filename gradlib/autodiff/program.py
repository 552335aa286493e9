"""The gradient written down: run a loss once, and print the straight-line NumPy that computes it and its slopes.

Forward and backward pass are one graph here, so the writer knows nothing about derivatives: it writes a line for
each result that the loss or a slope needs. What is small and used once is written where it is used; an array that
nobody needs any more is overwritten.
"""

import inspect
from collections import Counter
from itertools import chain, count

import numpy as np

from . import rules
from .arguments import by_position, constant, loss_of, positions, real, with_leaves
from .graph import Op, Var, operands, value_of
from .reverse import slopes_of, value_and_grad
from .runs import Run
from .simplify import results_of, simplified
from .words import plain

MOST = 30      # numbers of a constant that are written out
DEEPEST = 20   # a program's expressions are not nested deeper, so that Python can read them
WORDS = {op.name: op for op in vars(rules).values() if type(op) is Op and op.code.startswith(f"{op.name}(")}
HELPERS = {"np": np} | {name: op.run for name, op in WORDS.items()}   # not NumPy's


def program(f, *args, wrt=0):
    """The text of a NumPy function that computes f(*args) and its slopes, for arguments of these shapes.

    f gives one number; `wrt` as in `value_and_grad`. A Python `if` on a value would be frozen into the program,
    so it is refused with a TypeError; loops are unrolled.
    """
    return Writer(f, _arguments(f, args, {}, positions(wrt)), wrt).text


def compiled(f, wrt=0):
    """`value_and_grad(f, wrt)` computed by the printed program, which is written once for each set of shapes.

    An argument that is neither an array nor a float (an axis, a flag) becomes part of the program, and so does what
    f takes from outside: arrays are copied when the program is written, and changing them later changes nothing.
    Where f or an argument belongs to a function around that is being differentiated, no program is written, and the
    slopes are those of `value_and_grad`.
    """
    programs, chosen, eager = {}, positions(wrt), value_and_grad(f, wrt)

    def both(*args, **named):
        if named or not all(type(x) is np.ndarray and x.ndim and x.dtype.kind == "f" for x in args):
            args = _arguments(f, args, named, chosen)
            args = [real(x) if i in chosen and type(x) is not Var else x for i, x in enumerate(args)]
        if any(type(x) is Var for x in args):
            return eager(*args)
        key = tuple([(x.shape, x.dtype) if _moves(x) else _setting(x, i) for i, x in enumerate(args)])
        if key not in programs:
            programs[key] = _function(f, args, wrt, eager)
        return programs[key](*args)
    return both


def _function(f, args, wrt, eager):
    """The program as a function; `eager`, which says the same, where there is none."""
    try:
        writer = Writer(f, args, wrt)
    except Nested:
        return eager
    step = writer.function()

    def careful(*args):
        """Where a mask meets infinity, their product in the program is invalid, and the walk knows better."""
        try:
            with np.errstate(invalid="raise"):
                return step(*args)
        except FloatingPointError:
            return eager(*args)
    return careful if writer.masks else step


class Nested(TypeError):
    """A program cannot hold what belongs to a function around."""


def _arguments(f, args, named, chosen):
    """The arguments in their places: pandas' as arrays, and a float in the precision of the arrays."""
    args, named = by_position(f, args, named)
    if named:
        raise TypeError(f"a program takes its arguments by position; {', '.join(named)} can only be named.")
    args = [plain(x, "a program") if hasattr(x, "__array__") and not isinstance(x, type) else x for x in args]
    floats = [x.dtype for x in args if isinstance(x, np.ndarray) and x.dtype.kind == "f"]
    precision = np.result_type(*floats).type if floats else np.float64
    return [precision(x) if type(x) is float and i not in chosen else x for i, x in enumerate(args)]


def _moves(x):
    return isinstance(x, (np.ndarray, np.floating))


def _setting(x, i):
    """What tells two settings apart, True and 1 as well.  Raises TypeError for one that can change."""
    if type(x) is tuple:
        return tuple([_setting(part, i) for part in x])
    if not (x is None or x is ... or callable(x) or isinstance(x, (int, float, str, slice, np.generic))):
        raise TypeError(f"argument {i} of a compiled loss is a {type(x).__name__}. It takes arrays, numbers and "
                        "settings that cannot change: words, None, tuples. Make it an array, or take it from outside.")
    return type(x), repr(x) if type(x) in (slice, float) else x   # which tells 0.0 from -0.0, and knows nan


def _recorded(f, args, chosen):
    """One run of a loss, its leaves at the chosen positions, and the graph of their slopes. In it every argument is a
    `Var` unless it is a setting."""
    args, leaves = with_leaves(args, chosen)
    args = [Var(x) if _moves(x) else x for x in args]
    run = Run(f, args, {}, [x for x in args if type(x) is Var], frozen=True)
    out = loss_of(run)
    if run.nested:
        raise Nested("the loss uses a Var from outside: a program would freeze it. Hand it over as an argument.")
    if type(out) is not Var:
        raise ValueError("the loss does not depend on its arguments: there is no program to write.")
    slopes = [constant(slope) for slope in slopes_of(run, leaves, graph=True)]
    again = Run(f, args, {}, run.leaves, frozen=True).out
    if not np.array_equal(value_of(again), out.held, equal_nan=True):
        raise TypeError("the loss gives another number when it is called again: a program would freeze what is drawn "
                        "at random. Draw it outside, and hand it over as an argument.")
    return args, out, slopes


class Writer:
    """Writes one program. `names`: what arguments and written results are called. `wanted`: the loss and the slopes.
    `inlined`: the results that are written where they are used. `unread`: how often memory is still to be read."""

    def __init__(self, f, args, wrt):
        chosen = positions(wrt)
        parameters = _parameters(f, len(args))
        whole = [name for i, (name, x) in enumerate(zip(parameters, args))
                 if isinstance(x, np.ndarray) and x.dtype.kind in ("iub" if i in chosen else "iu")]
        args, out, slopes = _recorded(f, args, chosen)
        self.names = {x: name for x, name in zip(args, parameters) if type(x) is Var}
        self.constants, self.copied, self.taken = {}, [], {*parameters, *HELPERS}
        out, *slopes = simplified([out, *slopes], self.names)
        labels = [*(f"d{parameters[i]}" for i in chosen), "loss"]
        self.masks = any(var.op is rules.stopped for var in results_of([out, *slopes]))
        self.wanted = {value: label for value, label in zip([*slopes, out], labels) if type(value) is Var}
        lines = [f"{name} = {name}.astype(float)" for name in whole] + self._lines(results_of(self.wanted))
        written = [self._slope(slope, slopes[:i]) for i, slope in enumerate(slopes)]
        returned = written[0] if np.ndim(wrt) == 0 else f"[{', '.join(written)}]"
        lines.append(f"return {self._text(out)}, {returned}")
        known = "".join(f"{name} = {_shown(value)}\n" for name, value in self.constants.values())
        used = sorted({var.op.name for var in results_of(self.wanted)} & WORDS.keys())
        words = f"from gradlib.autodiff.rules import {', '.join(used)}\n" if used else ""
        self.text = words + known + "\n    ".join([f"def step({', '.join(parameters)}):", *lines]) + "\n"

    def function(self):
        """The program as a function."""
        namespace = HELPERS | dict(self.constants.values())
        exec(compile(self.text[self.text.index("def step("):], "<program>", "exec"), namespace)
        return namespace["step"]

    def _lines(self, results):
        self.inlined = self._inlined(results)
        read = [x for var in results for x in operands(var) if x not in self.inlined]
        self.unread = Counter(map(_memory, [*read, *self.wanted]))
        return [self._line(var) for var in results if var not in self.inlined]

    def _inlined(self, results):
        """{result: depth of its expression} for what is used once and is a view, a number, a mask, or summed up."""
        users, depths = {}, {}
        for var in results:
            for operand in operands(var):
                users.setdefault(operand, []).append(var)
        for var in results:
            depth = 1 + max(depths.get(operand, 0) for operand in operands(var))
            if var not in self.wanted and len(users[var]) == 1 and depth <= DEEPEST and (
                    var.op.view or var.ndim == 0 or var.dtype == bool
                    or var.op.kind == "pointwise" and users[var][0].op.name == "sum"):
                depths[var] = depth
        return depths

    def _line(self, var):
        name = var.op.name
        for x, y in [(var.x, var.y), (var.y, var.x)][: 2 if name in ("add", "multiply") else 1]:
            if self._dying(x, var):
                self.names[var] = self.names[x]
                if sign := _sign(var.op):
                    return f"{self.names[x]} {sign}= {self._text(y)}"
                return f"{self._expression(var)[:-1]}, out={self.names[x]})"
        expression = self._expression(var)
        self.names[var] = self._free(self.wanted.get(var, "t"))
        return f"{self.names[var]} = {expression}"

    def _dying(self, x, var):
        """Whether `var` is the last to read the array x, and its numbers may be written over those of x."""
        return (var.op.kind == "pointwise" and (_sign(var.op) or var.op.code.startswith("np."))
                and var.op is not rules.chosen and type(x) is Var and x in self.names and x.op and not x.op.view
                and self.unread[x] == 1 and var.ndim and (x.shape, x.dtype) == (var.shape, var.dtype))

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
        if x in self.names:
            self.unread[_memory(x)] -= 1
            return self.names[x]
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
            self.constants[id(value)] = self._free("k"), value.copy()
            self.copied.append(value)   # as long as it lives, nothing else has its id
        return self.constants[id(value)][0]

    def _free(self, name):
        """A name that nothing else has: t0, t1, ... for "t"."""
        tries = (f"{name}{i}" for i in count()) if len(name) == 1 else chain([name], (f"{name}_{i}" for i in count()))
        name = next(t for t in tries if t not in self.taken)
        self.taken.add(name)
        return name


def _sign(op):
    """The sign of arithmetic that NumPy can carry out in place; else nothing."""
    sign = op.code.removeprefix("{x} ").removesuffix(" {y}")
    return sign if sign in ("+", "-", "*", "/") else ""


def _memory(var):
    """The argument or result that owns the memory of a result."""
    while var.op and var.op.view:
        var = var.x
    return var


def _parameters(f, count):
    """The names of f's parameters, or x0, x1, ... where it has none of its own."""
    names = [p.name for p in inspect.signature(f).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    return [f"x{i}" for i in range(count)] if len(names) != count or HELPERS.keys() & set(names) else names


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
