"""The gradient written down: run a loss once, and print the straight-line NumPy that computes it and its slopes.

Forward and backward pass are one graph here, so the writer knows nothing about derivatives: it writes one line
for each result that the loss or a slope needs. What depends on no argument is worked out beforehand; what is used
once and small is written where it is used; an array that nobody needs any more is overwritten.
"""

import inspect
from collections import Counter
from itertools import count

import numpy as np

from . import rules
from .graph import Var, frozen_branches, tape, value_of
from .reverse import as_leaf, backward

IN_PLACE = {"add": "{x} += {y}", "sub": "{x} -= {y}", "mul": "{x} *= {y}", "div": "{x} /= {y}"}
INFIX = {"add", "sub", "mul", "div", "power", "neg", "greater", "greater_equal", "less", "less_equal"}
VIEWS = {"transpose", "reshape", "expand", "index"}   # they share the memory of their operand
HELPERS = {"np": np, **{op.name: op.run for op in (rules.sigmoid, rules.logsumexp, rules.softmax,
                                                   rules.cross_entropy, rules.scatter)}}


def program(f, *args, wrt=0):
    """The text of a NumPy function that computes f(*args) and its slopes, for arrays of these shapes.

    f gives one number; `wrt` as in `value_and_grad`. A Python `if` on a value would be frozen into the program,
    so it is refused with a TypeError; loops are unrolled.
    """
    return _written(f, args, wrt).text


def compiled(f, wrt=0):
    """`value_and_grad(f, wrt)` computed by the printed program, written once for each combination of shapes.

    An argument that is not an array or a number with a point (an axis, a flag) becomes part of the program.
    """
    programs = {}

    def both(*args):
        key = tuple([(x.shape, x.dtype) if type(x) is np.ndarray else type(x) if _moves(x) else x for x in args])
        if key not in programs:
            programs[key] = _written(f, args, wrt).function()
        return programs[key](*args)
    return both


def _written(f, args, wrt):
    leaves = [Var(as_leaf(x)) if _moves(x) else x for x in args]
    with frozen_branches():
        out = f(*leaves)
    if type(out) is not Var:
        raise ValueError("the loss does not depend on its arguments: there is no program to write.")
    backward(out, graph=True)
    positions = wrt if isinstance(wrt, tuple) else (wrt,)
    slopes = [Var(np.zeros_like(leaves[i].value)) if leaves[i].grad is None else leaves[i].grad for i in positions]
    names = _parameters(f, len(args))
    writer = Writer({leaf: name for leaf, name in zip(leaves, names) if type(leaf) is Var})
    writer.write([out, *slopes], ["loss", *(f"d{names[i]}" for i in positions)])
    return Program(names, writer, out, slopes, isinstance(wrt, tuple))


def _moves(x):
    return isinstance(x, (np.ndarray, float, np.floating))


def _parameters(f, count):
    """The names of f's parameters, or x0, x1, ... where it has none of its own."""
    names = [p.name for p in inspect.signature(f).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    return names if len(names) == count else [f"x{i}" for i in range(count)]


class Program:
    """A text, and the function it becomes."""

    def __init__(self, parameters, writer, out, slopes, several):
        results = [writer.text(slope) for slope in slopes]
        returned = f"[{', '.join(results)}]" if several else results[0]
        body = [*writer.lines, f"return {writer.text(out)}, {returned}"]
        self.constants = dict(writer.constants.values())
        known = [f"{name} = {_made(value)}" for name, value in self.constants.items()]
        self.text = "\n".join([*known, "", ""][: 2 * len(known)]) + "\n    ".join(
            [f"def step({', '.join(parameters)}):", *body]) + "\n"

    def function(self):
        namespace = HELPERS | self.constants
        exec(compile(self.text[self.text.index("def step"):], "<program>", "exec"), namespace)
        return namespace["step"]


class Writer:
    """Writes one line after the other. `names` holds what arguments and written results are called."""

    def __init__(self, names):
        self.names, self.constants, self.lines, self.numbers = dict(names), {}, [], count()

    def write(self, outputs, wanted):
        """Lines for all outputs, which are called as wanted where they are not overwritten arrays."""
        self.wanted = dict(zip(outputs, wanted))
        self.uses = Counter()
        results = [var for var in self._needed(outputs) if var in self.wanted or not self._inline(var)]
        reads = [Counter(self._storage(read) for read in self._reads(var)) for var in results]
        self.last = {storage: i for i, read in enumerate(reads) for storage in read}
        self.last |= {self._storage(out): len(results) for out in outputs}
        for i, var in enumerate(results):
            self._line(i, var, reads[i])

    def _needed(self, outputs):
        """What depends on an argument and leads to an output, oldest first; counts how often each is used."""
        everything = sorted({var for out in outputs if out.op for var in tape(out)}, key=lambda var: var.born)
        self.moving = set(self.names)
        for var in everything:
            if any(operand in self.moving for operand in _operands(var)):
                self.moving.add(var)
        needed, waiting = set(), [out for out in outputs if out in self.moving and out.op]
        while waiting:
            var = waiting.pop()
            if var not in needed:
                needed.add(var)
                self.uses.update(operand for operand in _operands(var) if operand in self.moving)
                waiting += [operand for operand in _operands(var) if operand in self.moving and operand.op]
        self.consumer = {operand: var for var in needed for operand in _operands(var)}
        return [var for var in everything if var in needed]

    def _inline(self, var):
        """Whether a result is written where it is used: it is used once, and is a view, a number, or summed up."""
        return self.uses[var] == 1 and (
            self._shared(var) is not None or var.value.ndim == 0
            or var.op.kind == "pointwise" and (self.consumer[var].op.name == "sum" or var.value.dtype == bool))

    def _reads(self, var):
        """The arguments and written results that the line of a result reads."""
        for operand in _operands(var):
            if operand in self.moving:
                inline = operand.op and operand not in self.wanted and self._inline(operand)
                yield from self._reads(operand) if inline else [operand]

    def _storage(self, var):
        """The argument or result that owns the memory."""
        while self._shared(var) is not None:
            var = self._shared(var)
        return var

    def _shared(self, var):
        """The operand whose memory a result shares: of a view, or of a product with one."""
        if var.op and var.op.name in VIEWS:
            return var.x
        if var.op and var.op.name == "mul":
            for one, other in ((var.x, var.y), (var.y, var.x)):
                if type(other) is Var and self._number(one) == 1 and other.value.shape == var.value.shape:
                    return other

    def _number(self, x):
        """A constant operand that is one number, as a float; of anything else None."""
        x = value_of(x) if type(x) is not Var or x not in self.moving else None
        if isinstance(x, (float, np.floating)) or isinstance(x, np.ndarray) and x.size == 1 and x.dtype.kind == "f":
            return float(np.squeeze(x))

    def _line(self, i, var, reads):
        for x, y in self._ways(var):
            if self._dying(x, i, var, reads):
                self.names[var] = name = self.names[x]
                self.lines.append(self._in_place(var, name, y))
                return
        self.names[var] = name = self.wanted.get(var) or f"t{next(self.numbers)}"
        self.lines.append(f"{name} = {self._expression(var)}")

    def _ways(self, var):
        """The operand that may be overwritten and the other: in a sum or product either will do."""
        yield var.x, var.y
        if var.op.name in ("add", "mul"):
            yield var.y, var.x

    def _dying(self, x, i, var, reads):
        return (type(x) is Var and x in self.names and x.op and self._shared(x) is None and x not in self.wanted
                and var.op.kind == "pointwise" and (var.op.name in IN_PLACE or var.op.code.startswith("np."))
                and self.last[x] == i and reads[x] == 1
                and x.value.shape == var.value.shape and x.value.dtype == var.value.dtype)

    def _in_place(self, var, name, other):
        divisor = var.op.name == "mul" and self._divisor(other)
        if divisor:
            return f"{name} /= {divisor}"
        if var.op.name in IN_PLACE:
            return IN_PLACE[var.op.name].format(x=name, y=self.text(other))
        return f"{self._expression(var)[:-1]}, {name})"

    def _expression(self, var):
        op, x, y = var.op, var.x, var.y
        if op.name == "mul" and self._shared(var) is not None:
            return self.text(self._shared(var))
        for one, other in ((x, y), (y, x)):
            if op.name == "mul" and self._divisor(one):
                return f"{self.text(other, op)} / {self._divisor(one)}"
        return op.code.format(x=self.text(x, op), y=_axes(var) if _is_reduction(op) else self.text(y, op))

    def _divisor(self, x):
        """n, where multiplying by the constant x is dividing by the whole number n."""
        number = self._number(x)
        if number and abs(number) < 1 and 1 / round(1 / number) == number:
            return round(1 / number)

    def text(self, x, within=None):
        """How an operand is written: a name, a number, a setting, or the expression of a small result."""
        if type(x) is not Var:
            return self._constant(x)
        if x in self.names:
            return self.names[x]
        if x not in self.moving:
            return self._constant(x.value)
        expression = self._expression(x)
        return f"({expression})" if x.op.name in INFIX and within and within.code[0] == "{" else expression

    def _constant(self, x):
        number = self._number(x)
        if number is not None:
            return repr(int(number)) if number == int(number) else repr(number)
        if not isinstance(x, np.ndarray):
            return _key(x)
        return self.constants.setdefault(id(x), (f"k{len(self.constants)}", x))[0]


def _made(array):
    """How a constant array is made, if all its numbers are the same; else what it is."""
    first = array.flat[0]
    if (array == first).all():
        made = "np.ones" if first == 1 else "np.full"
        shape = array.shape[0] if array.ndim == 1 else array.shape
        return f"{made}({shape})" if first == 1 else f"{made}({shape}, {float(first)!r})"
    return f"...  # a constant array of shape {array.shape}"


def _operands(var):
    return [operand for operand in (var.x, var.y) if type(operand) is Var]


def _is_reduction(op):
    return op.name in ("sum", "max")


def _axes(var):
    """No axis for a sum of everything, a number for one axis."""
    axes = var.y
    return "" if len(axes) == var.x.ndim else str(axes[0]) if len(axes) == 1 else str(axes)


def _key(x):
    """An index as it is written between brackets, and any other setting as Python writes it."""
    if isinstance(x, slice):
        return ":".join("" if part is None else str(part) for part in (x.start, x.stop, x.step))[: None if x.step else -1]
    if isinstance(x, tuple) and any(isinstance(part, slice) for part in x):
        return ", ".join(_key(part) for part in x)
    return repr(x)
