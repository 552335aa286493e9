"""One call of a learner's function, watched: what came out, what it changed or raised, which shapes met."""

import contextlib
import dis
import functools
import io
import traceback
import warnings
from dataclasses import dataclass

import numpy as np

TOLERANCE = 1e-4  # of the largest number in an answer: float32 passes, and no mistake comes that close
NOTHING = {"RESUME", "NOP", "LOAD_CONST", "RETURN_VALUE", "RETURN_CONST"}  # all that an empty function does


@dataclass
class Call:
    """What one call did. `parts` is the answer as a tuple of float arrays, empty if it is not of numbers."""

    args: tuple
    value: object = None
    parts: tuple = ()
    raised: Exception = None
    changed: list = ()
    printed: str = ""


def call(function, args, names=()):
    """Call with copies of the arguments, quietly. `names`: those of the answer's parts, if it has several."""
    given = tuple(arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args)
    with quiet() as output:
        result = bare_call(function, given, names)
    result.args, result.printed = args, output.getvalue().strip()
    result.changed = [i for i, pair in enumerate(zip(args, given)) if _differ(*pair)]
    return result


def bare_call(function, args, names=()):
    """Call as it is: for our own functions, which change nothing and print nothing."""
    result = Call(args)
    try:
        result.value = function(*args)
        result.parts = _as_parts(result.value, names)
    except Exception as error:
        result.raised = error
    return result


@contextlib.contextmanager
def quiet():
    """No warnings here, and what is printed goes into the StringIO that this gives."""
    output = io.StringIO()
    with warnings.catch_warnings(), np.errstate(all="ignore"), contextlib.redirect_stdout(output):
        warnings.simplefilter("ignore")
        yield output


def _differ(a, b):
    return isinstance(a, np.ndarray) and (a.shape != b.shape or a.tobytes() != b.tobytes())


def _as_parts(value, names):
    if names and isinstance(value, dict):
        value = [value.get(name) for name in names]
    several = names and isinstance(value, (tuple, list))
    try:
        return tuple(np.real_if_close(np.asarray(part)).astype(float, casting="same_kind")
                     for part in (value if several else [value]))
    except (TypeError, ValueError):
        return ()


def close(a, b):
    """Equal up to rounding, and up to axes of length one: a column of d numbers is as good as d numbers."""
    a, b = np.squeeze(a), np.squeeze(b)
    if a.shape != b.shape:
        return False
    size = np.abs(b).max(initial=0.01)
    if np.isfinite(size):
        return bool((np.abs(a - b) <= TOLERANCE * size).all())
    limit = TOLERANCE * np.abs(b[np.isfinite(b)]).max(initial=0.01)
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        return bool(np.all((np.abs(a - b) <= limit) | (a == b) | (a != a) & (b != b)))


def agree(a, b):
    """Whether two answers have the same parts."""
    return 0 < len(a) == len(b) and all(map(close, a, b))


def alike(a, b):
    """Whether two calls ended in the same way: the same numbers, or an exception in both."""
    return bool(a.raised and b.raised) or agree(a.parts, b.parts)


def same_code(f, g):
    """Whether two functions do the same instructions, whatever their docstrings say."""
    return _instructions(_code(f)) == _instructions(_code(g))


def _code(function):
    return getattr(function, "__code__", "raise")


@functools.lru_cache(maxsize=100)
def _instructions(code):
    """(operation, argument) in order, the same for np.mean(…) whether or not its own cell imports np."""
    return [(step.opname.replace("METHOD", "ATTR"), step.argval)
            for step in dis.get_instructions(code) if step.opname != "PUSH_NULL"]


def unfinished(function, call):
    """Whether dots still stand where something is to be written: nothing is done, or the dots were met."""
    values = call.value if isinstance(call.value, (tuple, list)) else [call.value]
    dots = any(value is ... for value in values) or "ellipsis" in str(call.raised).lower()
    if dots or isinstance(call.raised, NotImplementedError):
        return True
    return call.value is None and {name for name, _ in _instructions(_code(function))} <= NOTHING


def own_line(error, function):
    """The learner's own line in which an exception arose, or an empty text."""
    file = getattr(_code(function), "co_filename", None)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"It happened in line {lines[-1].lineno}: `{lines[-1].line}`." if lines and lines[-1].line else ""


def met(function, args):
    """The n, if n numbers met a column of n in this call, however the (n, n) table is hidden later; or 0."""
    meetings = []

    class Traced(np.ndarray):
        def __array_ufunc__(self, ufunc, method, *inputs, **options):
            if method == "__call__" and not ufunc.signature:
                meetings.append(_row_meets_column(*map(np.shape, inputs)))
            if "out" in options:
                options["out"] = tuple(map(np.asarray, options["out"]))
            return view(getattr(ufunc, method)(*map(np.asarray, inputs), **options))

    def view(value):  # only floats: an array of places must stay whole numbers
        return value.view(Traced) if getattr(value, "ndim", 0) and value.dtype.kind == "f" else value

    call(lambda *given: function(*map(view, given)), args)
    return next(filter(None, meetings), 0)


def _row_meets_column(*shapes):
    low, high = min(shapes, key=len), max(shapes, key=len)
    return low[0] if len(low) == 1 and low != (1,) and high == (*low, 1) else 0
