"""One call of a learner's function, watched: what came out, what it changed, printed or raised, which shapes met."""

import ast
import contextlib
import inspect
import io
import numbers
import textwrap
import tokenize
import traceback
import warnings
from dataclasses import dataclass, field

import numpy as np

from . import session

TOLERANCE = 1e-4  # of the largest number in an answer: float32 passes, and no mistake comes that close


@dataclass
class Trial:
    """Inputs to compare on, all answers that are right there, and what the catalogue answered so far."""

    args: tuple
    read: object        # read(value, *args): an answer as a tuple of float arrays; or, in words, what came instead
    start: tuple = ()   # where a step begins, for each part of the answer; 0 where it is no step
    rights: tuple = ()
    known: dict = field(default_factory=dict)

    def copied(self):
        """The arguments, to be handed to a function that may write into them."""
        return tuple(map(_copied, self.args))

    def ask(self, function):
        """What a function of the catalogue does here. It does the same every time, so it is called once."""
        if function not in self.known:
            self.known[function] = (function.scaled(self.ask(function.function)) if isinstance(function, Scaled) else
                                    bare_call(function, self, self.copied()))
        return self.known[function]


def _copied(arg):
    if isinstance(arg, (list, tuple)):
        return type(arg)(map(_copied, arg))
    return {name: _copied(value) for name, value in arg.items()} if isinstance(arg, dict) else (
        arg.copy() if isinstance(arg, np.ndarray) else arg)


@dataclass
class Run:
    """What one call did. `parts` is the answer as a tuple of float arrays, empty if it is not of numbers; then
    `kind` says what came."""

    trial: Trial
    value: object = None
    parts: tuple = ()
    kind: str = ""
    raised: BaseException = None
    changed: tuple = ()     # the places of the arguments that the call has changed
    printed: str = ""
    shown: list = ()        # what it displayed, each with a display() of its own

    @property
    def args(self):
        """What the function was called with."""
        return self.trial.args

    @property
    def right(self):
        """The right answer; where several are right, the one that came, or else the first."""
        return next((right for right in self.trial.rights if self.agrees(right)), self.trial.rights[0])

    @property
    def moves(self):
        """How far a step goes, part by part; an answer that is no step stays as it is."""
        return moves_of(self.parts, self.trial.start)

    def agrees(self, parts, k=slice(None)):
        """Whether these parts came, or those of them in the slice k."""
        return agree(self.moves[k], moves_of(parts, self.trial.start)[k])

    @property
    def is_right(self):
        """Whether one of the right answers came."""
        return any(map(self.agrees, self.trial.rights))


@dataclass(frozen=True)
class Scaled:
    """A function whose numbers are multiplied by constant(*args), and a short way to its runs where those of the
    function itself are known."""

    function: object
    constant: object

    def __call__(self, *args):
        value, c = self.function(*args), self.constant(*args)
        return tuple(c * part for part in value) if isinstance(value, (tuple, list)) else c * value

    def scaled(self, run):
        """What a call does, if the function itself does this."""
        if run.raised or not run.parts:
            return run
        c = self.constant(*run.args)
        return Run(run.trial, parts=tuple(c * part for part in run.parts))


def moves_of(parts, start):
    """The parts of an answer, without what a step begins from, so that a step is compared by its own length."""
    pairs = [(np.squeeze(part), np.squeeze(begin)) for part, begin in zip(parts, start)]
    return tuple(part - begin if part.shape == begin.shape else part for part, begin in pairs) + parts[len(pairs):]


def call(function, trial):
    """Call with copies of the arguments, and keep what is printed and displayed."""
    given = trial.copied()
    output = io.StringIO()
    with contextlib.redirect_stdout(output), session.captured() as shown:
        result = bare_call(function, trial, given)
    result.shown = shown
    result.printed = output.getvalue().strip()
    result.changed = tuple(i for i, pair in enumerate(zip(trial.args, given)) if _differ(*pair))
    return result


def bare_call(function, trial, given=None):
    """Call as it is: for our own functions, which change nothing and print nothing."""
    result = Run(trial)
    try:
        result.value = function(*(trial.args if given is None else given))
        read = trial.read(result.value, *trial.args)
        result.parts, result.kind = ((), read) if isinstance(read, str) else (read, "")
    except Exception as error:
        result.raised = error
    return result


@contextlib.contextmanager
def quiet():
    """No warnings here: a learner's NaN is told in words."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


def _differ(a, b):
    if type(a) is not type(b):
        return True
    if isinstance(a, np.ndarray):
        return a.shape != b.shape or a.tobytes() != b.tobytes()
    if isinstance(a, (list, tuple)):
        return len(a) != len(b) or any(map(_differ, a, b))
    if isinstance(a, dict):
        return a.keys() != b.keys() or any(_differ(a[key], b[key]) for key in a)
    return not callable(a) and a != b


# ------------------------------------------------------------------------------- answers as numbers

def reader(names):
    """read(value, *args) for an answer of numbers and arrays.  `names`: those of its parts, if it has several."""
    def read(came, *args):
        value = in_order(came, names)
        pair = isinstance(value, np.ndarray) and value.shape[:1] == (len(names),)    # np.array([dx, dy])
        several = names and (isinstance(value, (tuple, list)) or pair)
        try:
            return tuple(map(as_floats, value if several else [value]))
        except (TypeError, ValueError):
            missing = [name for name, part in zip(names, value) if part is None] if several else ()
            return type(came).__name__ + (f" with None as `{missing[0]}`" if missing else "")
    return read


def in_order(value, keys):
    """The values of a dictionary in the order of these keys. Without one of them, or if it is none, as it came."""
    return [value[key] for key in keys] if keys and isinstance(value, dict) and {*keys} <= {*value} else value


def as_floats(part):
    """A part of an answer as an array of floats: numbers of every kind, but neither text nor truly complex ones."""
    array = np.real_if_close(np.asarray(part))
    if array.dtype == object and all(isinstance(item, numbers.Number) or hasattr(item, "as_tuple")
                                     for item in array.ravel().tolist()):
        return array.astype(float)      # fractions.Fraction, decimal.Decimal, whole numbers of any size
    return array.astype(float, casting="same_kind")


def close(a, b):
    """Equal up to rounding, and up to axes of length one: a column of d numbers is as good as d numbers."""
    if a.shape != b.shape:
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
    return bool(a.raised and b.raised) or b.agrees(a.parts)


# ------------------------------------------------------------------------------- the code of a function

def source_tree(function):
    """The syntax tree of a function's own code, without its docstring; None where its text cannot be had."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, tokenize.TokenError):
        return None
    found = next((node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))), None)
    if isinstance(found, ast.FunctionDef) and ast.get_docstring(found) is not None:
        found.body = found.body[1:]
    return found


def same_code(function, other):
    """Whether two functions do the same, line by line, whatever their names, docstrings and spacing."""
    lines = _lines_of(source_tree(function))
    return lines is not None and lines == _lines_of(source_tree(other))


def _lines_of(tree):
    return [ast.dump(line) for line in tree.body] if isinstance(tree, ast.FunctionDef) else None


def does_nothing(function):
    """Whether there is no line in it but dots, pass, or a return of nothing."""
    tree = source_tree(function)
    return isinstance(tree, ast.FunctionDef) and all(map(_idle, tree.body))


def _idle(line):
    if isinstance(line, ast.Return):
        return line.value is None or ast.unparse(line.value) in ("None", "...")
    return isinstance(line, ast.Pass) or isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def names_left_open(function):
    """The names to which dots are still assigned, in the order of the code."""
    tree = source_tree(function)
    lines = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)] if tree else []
    return [name for line in sorted(lines, key=lambda line: line.lineno) for target in line.targets
            for name in _dotted(target, line.value)]


def _dotted(target, value):
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        return [name for pair in zip(target.elts, value.elts) for name in _dotted(*pair)]
    return [ast.unparse(target)] if isinstance(value, ast.Constant) and value.value is ... else []


def own_line(error, function):
    """The learner's own line in which an exception arose, or an empty text."""
    file = getattr(getattr(function, "__code__", None), "co_filename", None)
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return f"It happened in line {lines[-1].lineno}: `{lines[-1].line}`." if lines and lines[-1].line else ""


# ------------------------------------------------------------------------------- shapes that met

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

    call(lambda *given: function(*map(view, given)), Trial(args, reader(())))
    return next(filter(None, meetings), 0)


def _row_meets_column(*shapes):
    low, high = min(shapes, key=len), max(shapes, key=len)
    return low[0] if len(low) == 1 and low != (1,) and high == (*low, 1) else 0
