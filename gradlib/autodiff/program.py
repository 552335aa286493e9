"""The gradient written down: run a loss once, and print the straight-line NumPy that computes it and its slopes.

Forward and backward pass are one graph here, so what writes it knows nothing about derivatives (see `writer`).
"""

import inspect
from numbers import Real

import numpy as np

from .arguments import by_position, constant, loss_of, positions, real, with_leaves
from .graph import Var, value_of
from .reverse import slopes_of, value_and_grad
from .runs import Run
from .words import plain
from .writer import HELPERS, Writer


def program(f, *args, wrt=0):
    """The text of a NumPy function that computes f(*args) and its slopes, for arguments of these shapes.

    f gives one number; `wrt` as in `value_and_grad`. A Python `if` on a value would be frozen into the program,
    so it is refused with a TypeError; loops are unrolled. Other errors as for `value_and_grad`.
    """
    return _written(f, _arguments(f, args, {}, positions(wrt)), wrt).text


def compiled(f, wrt=0):
    """`value_and_grad(f, wrt)` computed by the printed program, which is written once for each set of shapes.

    An argument that is neither an array nor a float (an axis, a flag) becomes part of the program, and so does what
    f takes from outside: arrays are copied when the program is written, and changing them later changes nothing.
    Where f or an argument belongs to a function around that is being differentiated, no program is written, and the
    slopes are those of `value_and_grad`. Errors as for `program`.
    """
    programs, chosen, eager = {}, positions(wrt), value_and_grad(f, wrt)

    def both(*args, **named):
        key = tuple([(x.shape, x.dtype) for x in args if type(x) is np.ndarray and x.ndim and x.dtype.kind == "f"])
        if named or len(key) < len(args):   # not arrays of floats alone
            args = _arguments(f, args, named, chosen)
            if any(type(x) is Var for x in args):
                return eager(*args)
            args = [real(x) if i in chosen else x for i, x in enumerate(args)]
            key = tuple([(x.shape, x.dtype) if _moves(x) else _setting(x, i) for i, x in enumerate(args)])
        if key not in programs:
            programs[key] = _function(f, args, wrt, eager)
        return programs[key](*args)
    return both


def _function(f, args, wrt, eager):
    """The program as a function; `eager`, which says the same, where there is none."""
    try:
        writer = _written(f, args, wrt)
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
    if not (x is None or x is ... or callable(x) or isinstance(x, (Real, str, slice, np.generic))):
        raise TypeError(f"argument {i} of a compiled loss is a {type(x).__name__}. It takes arrays, numbers and "
                        "settings that cannot change: words, None, tuples. Make it an array, or take it from outside.")
    return type(x), repr(x) if type(x) in (slice, float) else x   # which tells 0.0 from -0.0, and knows nan


def _written(f, args, wrt):
    """The `Writer` that has written the program."""
    chosen, parameters = positions(wrt), _parameters(f, len(args))
    whole = [name for i, (name, x) in enumerate(zip(parameters, args))
             if isinstance(x, np.ndarray) and x.dtype.kind in ("iub" if i in chosen else "iu")]
    args, out, slopes = _recorded(f, args, chosen)
    slopes = {f"d{parameters[i]}": slope for i, slope in zip(chosen, slopes)}
    return Writer(dict(zip(parameters, args)), whole, out, slopes, several=np.ndim(wrt) > 0)


def _parameters(f, count):
    """The names of f's parameters, or x0, x1, ... where it has none of its own."""
    try:
        names = [p.name for p in inspect.signature(f).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    except ValueError:   # some functions that are not written in Python keep theirs to themselves
        names = []
    return [f"x{i}" for i in range(count)] if len(names) != count or HELPERS.keys() & set(names) else names


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
    fresh = [Var(x.held) if type(x) is Var else x for x in args]
    again = Run(f, fresh, {}, [x for x in fresh if type(x) is Var], frozen=True).out
    if not np.array_equal(value_of(again), out.held, equal_nan=True):
        raise TypeError("the loss gives another number when it is called again: a program would freeze what is drawn "
                        "at random. Draw it outside, and hand it over as an argument.")
    return args, out, slopes
