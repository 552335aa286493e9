"""The gradient written down: run a loss once, and print the straight-line NumPy that computes it and its slopes.

Forward and backward pass are one graph here, so the writer knows nothing about derivatives: it writes a line for
each result that the loss or a slope needs. What depends on no argument is worked out beforehand; what is small and
used once is written where it is used; an array that nobody needs any more is overwritten.
"""

import inspect
from collections import Counter
from itertools import chain, count

import numpy as np

from . import operators, rules
from .arguments import as_leaf, loss_of, positions, refuse_if_flat
from .graph import Var, frozen_branches, tape, value_of
from .reverse import backward, forget

IN_PLACE = {"add": "{x} += {y}", "sub": "{x} -= {y}", "mul": "{x} *= {y}", "div": "{x} /= {y}"}
VIEWS = {"transpose", "reshape", "expand", "index"}   # they share the memory of their operand
HELPERS = {"np": np, "sigmoid": rules.sigmoid.run, "softmax": lambda x, axis=-1: rules.softmax.run(x, axis),
           "logsumexp": operators.logsumexp, "cross_entropy": rules.cross_entropy.run, "scatter": rules.scatter.run}


def program(f, *args, wrt=0):
    """The text of a NumPy function that computes f(*args) and its slopes, for arguments of these shapes.

    f gives one number; `wrt` as in `value_and_grad`. A Python `if` on a value would be frozen into the program,
    so it is refused with a TypeError; loops are unrolled.
    """
    return Writer(f, args, wrt).text


def compiled(f, wrt=0):
    """`value_and_grad(f, wrt)` computed by the printed program, which is written once for each set of shapes.

    An argument that is neither an array nor a float (an axis, a flag) becomes part of the program.
    """
    programs, chosen = {}, positions(wrt)

    def both(*args):
        args = [as_leaf(x) if i in chosen or type(x) is float else _as_array(x) for i, x in enumerate(args)]
        key = tuple([(x.shape, x.dtype) if type(x) is np.ndarray else (type(x), _moves(x) or x) for x in args])
        if key not in programs:
            programs[key] = Writer(f, args, wrt).function()
        return programs[key](*args)
    return both


def _as_array(x):
    """A pandas Series, or whatever else knows how to be an array, as one; any setting as it is."""
    return np.asarray(x) if type(x) is not np.ndarray and hasattr(x, "__array__") else x


def _moves(x):
    return isinstance(x, (np.ndarray, float, np.floating))


class Writer:
    """Writes one program. `names`: what arguments and written results are called. `moving`: what depends on
    an argument. `last`: the number of the last line that reads a piece of memory."""

    def __init__(self, f, args, wrt):
        chosen = positions(wrt)
        args = [_as_array(x) for x in args]
        leaves = [Var(as_leaf(x)) if i in chosen else Var(np.asarray(x)[()]) if _moves(x) else x
                  for i, x in enumerate(args)]
        with frozen_branches():
            out = loss_of(f, leaves)
        if type(out) is not Var:
            raise ValueError("the loss does not depend on its arguments: there is no program to write.")
        backward(out, graph=True)
        parameters = _parameters(f, len(args))
        self.names = {leaf: name for leaf, name in zip(leaves, parameters) if type(leaf) is Var}
        for i in chosen:
            refuse_if_flat(leaves[i])
        slopes = [Var(np.zeros_like(leaves[i].value)) if leaves[i].grad is None else leaves[i].grad for i in chosen]
        forget(out)   # slopes that are graphs refer to their values, and those to the slopes: a cycle
        self.wanted = dict(zip([*slopes, out], [*(f"d{parameters[i]}" for i in chosen), "loss"]))
        self.constants, self.taken = {}, {*parameters, *HELPERS}
        lines = self._lines()
        written = [self._result(slope) for slope in slopes]
        returned = written[0] if np.ndim(wrt) == 0 else f"[{', '.join(written)}]"
        lines.append(f"return {self._text(out)}, {returned}")
        known = "".join(f"{name} = {_shown(value)}\n" for name, value in self.constants.values())
        self.text = known + "\n    ".join([f"def step({', '.join(parameters)}):", *lines]) + "\n"

    def function(self):
        """The program as a function."""
        namespace = HELPERS | dict(self.constants.values())
        exec(compile(self.text[self.text.index("def step("):], "<program>", "exec"), namespace)
        return namespace["step"]

    def _lines(self):
        results = self._needed()
        self.uses = Counter(operand for var in results for operand in self._operands(var))
        self.consumer = {operand: var for var in results for operand in self._operands(var)}
        results = [var for var in results if var in self.wanted or not self._inline(var)]
        reads = [Counter(map(self._memory, self._reads(var))) for var in results]
        self.last = {memory: i for i, read in enumerate(reads) for memory in read}
        self.last |= {self._memory(out): len(results) for out in self.wanted}
        return [self._line(i, var, reads[i]) for i, var in enumerate(results)]

    def _needed(self):
        """What depends on an argument and leads to the loss or a slope, oldest first."""
        born = sorted({var for out in self.wanted if out.op for var in tape(out)}, key=lambda var: var.born)
        self.moving = set(self.names)
        for var in born:
            if self._operands(var):
                self.moving.add(var)
        needed = set(self.wanted)
        for var in reversed(born):
            if var in needed:
                needed.update(self._operands(var))
        return [var for var in born if var in needed and var in self.moving]

    def _operands(self, var):
        return [operand for operand in (var.x, var.y) if type(operand) is Var and operand in self.moving]

    def _inline(self, var):
        """Whether a result is written where it is used: once, and it is a view, a number, a mask, or summed up."""
        return self.uses[var] == 1 and (
            self._shared(var) is not None or var.value.ndim == 0 or var.value.dtype == bool
            or var.op.kind == "pointwise" and self.consumer[var].op.name == "sum")

    def _reads(self, var):
        """The arguments and written results that the line of a result reads."""
        for operand in self._operands(var):
            inline = operand.op and operand not in self.wanted and self._inline(operand)
            yield from self._reads(operand) if inline else [operand]

    def _memory(self, var):
        """The argument or result that owns the memory of a result."""
        while self._shared(var) is not None:
            var = self._shared(var)
        return var

    def _shared(self, var):
        """The operand whose memory a result shares: of a view, or of a product with one."""
        if var.op and var.op.name in VIEWS:
            return var.x
        if var.op and var.op.name == "mul":
            pairs = ((var.x, var.y), (var.y, var.x))
            return next((b for a, b in pairs if type(b) is Var and self._number(a, var) == 1
                         and (b.shape, b.dtype) == (var.shape, var.dtype)), None)

    def _line(self, i, var, reads):
        ways = [(var.x, var.y), (var.y, var.x)] if var.op.name in ("add", "mul") else [(var.x, var.y)]
        for x, y in ways:
            if self._dying(x, i, var, reads):
                self.names[var] = name = self.names[x]
                if var.op.name == "mul" and self._divisor(y, var):
                    return f"{name} /= {self._divisor(y, var)}"
                if var.op.name in IN_PLACE:
                    return IN_PLACE[var.op.name].format(x=name, y=self._text(y, var, bare=True))
                return f"{self._expression(var)[:-1]}, out={name})"
        expression = self._expression(var)
        self.names[var] = name = self._free(self.wanted.get(var, "t"))
        return f"{name} = {expression}"

    def _dying(self, x, i, var, reads):
        """Whether line i is the last that reads the array x, and may write its result over it."""
        return (var.op.kind == "pointwise" and (var.op.name in IN_PLACE or var.op.code.startswith("np."))
                and type(x) is Var and x in self.names and x.op and self._shared(x) is None and x not in self.wanted
                and self.last[x] == i and reads[x] == 1 and var.value.ndim
                and (x.value.shape, x.value.dtype) == (var.value.shape, var.value.dtype))

    def _expression(self, var):
        op, x, y = var.op, var.x, var.y
        if op.name == "mul":
            if self._shared(var) is not None:
                return self._text(self._shared(var))
            for one, other in ((x, y), (y, x)):
                if self._divisor(one, var):
                    return f"{self._text(other, var)} / {self._divisor(one, var)}"
        if op.name in ("sum", "max", "softmax", "logsumexp"):
            axes = "" if len(y) == x.ndim else y[0] if len(y) == 1 else y
            return op.code.format(x=self._text(x, var), y=axes).replace(", )", ")")
        left = op.name == "div" and type(x) is Var and x.op and x.op.name == "div"   # a / b / c needs no brackets
        return op.code.format(x=self._text(x, var, bare=left), y=self._text(y, var))

    def _result(self, slope):
        """A slope as it is returned: an argument, a constant or a stretched number as a copy that may be changed."""
        view = slope
        while self._shared(view) is not None and view.op.name != "expand":
            view = self._shared(view)
        if slope in self.moving and view.op and view.op.name != "expand":
            return self._text(slope)
        return f"{self._text(slope) if slope in self.moving else self._stored(slope.value)}.copy()"

    def _stored(self, value):
        if id(value) not in self.constants:
            self.constants[id(value)] = self._free("k"), value
        return self.constants[id(value)][0]

    def _free(self, name):
        """A name that nothing else has: t0, t1, ... for "t"."""
        tries = (f"{name}{i}" for i in count()) if len(name) == 1 else chain([name], (f"{name}_{i}" for i in count()))
        name = next(t for t in tries if t not in self.taken)
        self.taken.add(name)
        return name

    def _number(self, x, user):
        """A constant operand that may be written as one number, as a float; of anything else None."""
        x = None if type(x) is Var and x in self.moving else value_of(x)
        if isinstance(x, (float, np.floating)) or isinstance(x, np.ndarray) and x.size == 1 and x.dtype.kind == "f":
            others = [] if user is None else self._operands(user)
            same_shape = others and user.op.kind == "pointwise" and all(other.shape == user.shape for other in others)
            if (np.ndim(x) == 0 or same_shape) and all(other.dtype.kind == "f" for other in others):
                return float(np.squeeze(x))   # beside a mask, its type would decide the type of the result

    def _divisor(self, x, user):
        """n, where multiplying by the constant x is dividing by the whole number n."""
        number = self._number(x, user)
        if number and 1e-15 < abs(number) < 1 and 1 / round(1 / number) == number:
            return round(1 / number)

    def _text(self, x, user=None, bare=False):
        """How `user` writes an operand: its name, a number, a setting, or the expression of a small result."""
        if type(x) is Var and x in self.names:
            return self.names[x]
        if type(x) is Var and x in self.moving:
            expression = self._expression(x)
            infix = x.op.kind == "pointwise" and x.op.code[0] in "{-" and (" " in expression or expression[0] == "-")
            in_infix = user is not None and user.op.code[0] in "{-" and not bare
            return f"({expression})" if infix and in_infix else expression
        number, value = self._number(x, user), value_of(x)
        if number is not None:
            if not np.isfinite(number):
                return f"-np.{-number}" if number < 0 else f"np.{number}"
            return repr(int(number)) if number == int(number) and abs(number) < 1e15 else repr(number)
        if isinstance(value, tuple):
            return f"({', '.join(self._text(part, user) for part in value)}{',' * (len(value) == 1)})"
        return self._stored(value) if isinstance(value, np.ndarray) else repr(value)


def _parameters(f, count):
    """The names of f's parameters, or x0, x1, ... where it has none of its own."""
    names = [p.name for p in inspect.signature(f).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    return [f"x{i}" for i in range(count)] if len(names) != count or HELPERS.keys() & set(names) else names


def _shown(array):
    """How a constant array is made, if all its numbers are the same."""
    array = np.asarray(array)
    shape = array.shape[0] if array.ndim == 1 else array.shape
    same = array.size and (array == array.flat[0]).all()
    return f"np.full({shape}, {array.flat[0].item()})" if same else f"...   # a constant of shape {array.shape}"
