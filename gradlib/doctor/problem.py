"""What is to be judged: somebody's loss and gradient, asked at any place, and kept from doing harm.

A place is a list of float64 arrays, one for each parameter. The functions get copies in the form in which the
parameters came: numbers stay numbers, and what came in one dictionary or list goes out in one.
"""

import contextlib
import inspect
import io
import warnings

import numpy as np

from .._checks import as_function, as_reals, describe
from ..wording import said
from .report import Finding
from .words import listed

SPARED = 1500
WORK, LEAST, MOST = 2e8, 1500, 20_000     # numbers that may be moved in all, and calls


class Stopped(Exception):
    """Nothing can be judged: holds the `Finding` that says why."""

    def __init__(self, code, text, parameters=(), kind="asks"):
        super().__init__(text)
        self.finding = Finding(code, tuple(parameters), text, {}, kind)


class OutOfBudget(Exception):
    """All calls of the loss that were allowed are spent."""


class Problem:
    """A loss and a gradient, and where they are asked.

    start      the reader's own place: a list of float64 arrays
    names      of the parameters
    data       the arrays that both functions see, by name
    calls      how often the loss was called
    findings   what was noticed on the way
    """

    def __init__(self, loss, gradient, params, names, data, budget):
        self.loss, self.gradient = as_function("loss", loss), as_function("gradient", gradient)
        self.data, self.calls, self.findings, self.types = dict(data), 0, [], set()
        self.container, values = _contained(params)
        count = len(values) if self.container is None else 1
        self.extra = {function: _further(function, count, self.data) for function in (self.loss, self.gradient)}
        self.given = [_read(f"parameter {i + 1}", value) for i, value in enumerate(values)]
        self.start = [np.array(value, float) for value in self.given]
        self.budget = budget or int(np.clip(WORK / sum(array.size for array in self.start), LEAST, MOST))
        self.names = _names(names, self.container, self.loss, len(values))
        self.careful, self.seeded, self.by_name, self.sparing = False, False, False, False
        self.loss_type, self.tick = "", lambda: None

    def __len__(self):
        return len(self.start)

    # ------------------------------------------------------------------------------- asking

    def loss_at(self, place):
        """The loss there, as a float."""
        if not self.left(spare=self.sparing):
            raise OutOfBudget
        self.calls += 1
        self.tick()
        value = self._asked(self.loss, place)
        self.loss_type = np.asarray(value).dtype.name
        self.types.add(self.loss_type)
        return _as_number(value)

    def left(self, spare=True):
        """How many calls of the loss are left; a part is spared for the number with the largest error."""
        return max(self.budget - self.calls - spare * min(SPARED, self.budget // 4), 0)

    def along(self, place, k, v):
        """The loss as a function of t: parameter k moved by t v."""
        def moved(t):
            there = list(place)
            there[k] = place[k] + t * v
            return self.loss_at(there)
        return moved

    def gradient_at(self, place):
        """What the gradient gives there, as a list of arrays. The loss is asked first: some keep what it computed."""
        self.loss_at(place)
        self.after = [array.copy() for array in place]
        slopes = self.read(self._asked(self.gradient, self.after))
        self.types |= {slope.dtype.name for slope in slopes}
        return slopes

    def read(self, returned):
        """A gradient in whatever form it came, as a list of arrays in the order of the parameters."""
        listed = self._listed(returned)
        if len(listed) != len(self):
            raise Stopped("count", f"The gradient returns {_count(len(listed), 'array')}; expected {len(self)}, one "
                          f"for each parameter: {', '.join(self.names)}.")
        return [_slope(name, value) for name, value in zip(self.names, listed)]

    def _asked(self, function, place):
        copied = self.careful and function is self.loss
        arguments = self._formed([array.copy() for array in place] if copied else place)
        with _seeded(self.seeded):
            try:
                return function(*arguments, **self.extra[function])
            except (OutOfBudget, Stopped):
                raise
            except Exception as error:
                what = "gradient" if function is self.gradient else "loss"
                text = " ".join(str(error).split())[:200]
                raise Stopped("raises", f"The {what} raised {type(error).__name__}: {text}".rstrip(".: ")
                              + ".") from None

    def _formed(self, place):
        formed = [_like(given, array) for given, array in zip(self.given, place)]
        if isinstance(self.container, dict):
            return [dict(zip(self.container, formed))]
        return formed if self.container is None else [type(self.container)(formed)]

    def _listed(self, returned):
        if returned is None:
            raise Stopped("missing", "The gradient returns None. Is a return missing?")
        self.by_name = isinstance(returned, dict)
        if self.by_name:
            return [returned[key] for key in self._keys(returned)]
        if len(self) == 1:
            returned = _second_of_pair(returned, self.start[0].shape)
            bare = not isinstance(returned,
                                  (list, tuple)) or len(returned) != 1 or np.shape(returned) == self.start[0].shape
            return [returned] if bare else list(returned)
        if isinstance(returned, (list, tuple)):
            inner = returned[1] if len(returned) == 2 and np.ndim(_first(returned)) == 0 else None
            if isinstance(inner, dict) or isinstance(inner, (list, tuple)) and len(inner) == len(self):
                return self._listed(inner)      # a pair (loss, slopes)
            return list(returned)
        return self._cut(np.asarray(returned))

    def _cut(self, array):
        """One array for several parameters: of their numbers in a row, or of as many parts."""
        sizes = [start.size for start in self.start]
        if array.dtype != object and array.ndim == 1 and array.size == sum(sizes):
            pieces = np.split(array, np.cumsum(sizes)[:-1])
            return [piece.reshape(start.shape) for piece, start in zip(pieces, self.start)]
        return list(array) if array.ndim else [array]

    def _keys(self, returned):
        """For each parameter the key of its slope: its name, or its name with d, grad or the like around it."""
        keys = {name: [key for key in returned if _is_slope_of(str(key), name)] for name in self.names}
        found = [name if name in returned else next(iter(keys[name]), None) for name in self.names]
        missing = [name for name, key in zip(self.names, found) if key is None]
        if missing:
            raise Stopped("names", f"The gradient returns a dictionary with {', '.join(map(repr, returned))}; expected "
                          f"{', '.join(map(repr, self.names))}, the names of the parameters.", missing)
        return found

    # ------------------------------------------------------------------------------- before the first nudge

    def look_over(self):
        """Notice functions that change what they are given, or give another answer when they are called again."""
        for what in ("loss", "gradient"):
            self._watch(what)
        first, second = (self.loss_at(self.start) for _ in range(2))
        if not np.isfinite(first):
            raise Stopped("not_finite", f"The loss is {first} at these parameters. Before slopes can be judged, it "
                          "must be a number: look for a division by zero, the logarithm of zero, or an exponential "
                          "of something large.", kind="disturbs")
        if abs(first - second) > 1e-12 * abs(first):
            self._random_loss(first, second)
        self._random_gradient()

    def _watch(self, what):
        """Notice whether a call of one of the functions changes parameters, or data, which are put back."""
        function, copies = getattr(self, what), [array.copy() for array in self.start]
        before = {name: np.array(array) for name, array in self.data.items() if isinstance(array, np.ndarray)}
        self._asked(function, copies)
        changed = [name for name, copy, start in zip(self.names, copies, self.start) if not same(copy, start)]
        spoilt = [name for name, array in before.items() if not same(array, self.data[name])]
        for name in spoilt:
            self.data[name][...] = before[name]
        if changed:
            self.careful = True
            self.findings.append(Finding("changes_parameters", tuple(changed), f"The {what} changes {listed(changed)} "
                                         "in place. Its caller's arrays are another place afterwards. (I handed it "
                                         "copies.)", {"which": what}, "disturbs"))
        if spoilt:
            raise Stopped("changes_data", f"The {what} changes {listed(spoilt)}, which belongs to the caller, so that "
                          "the next call has other data. Nothing can be judged before that is mended.", (), "disturbs")

    def as_given(self, slopes):
        """What differs when the parameters come in as they were given, whole numbers or float32: a `Finding`, or
        None."""
        kinds = {np.asarray(value).dtype.kind + str(np.asarray(value).itemsize) for value in self.given}
        if kinds <= {"f8"}:
            return None
        try:
            again = self.read(self._asked(self.gradient, [np.array(value) for value in self.given]))
        except Stopped:
            return None
        other = [name for name, a, b in zip(self.names, again, slopes) if a.shape != b.shape or not np.allclose(
            a, b, rtol=1e-2, atol=1e-3 * np.abs(b).max(initial=0), equal_nan=True)]
        if not other:
            return None
        whole = any(kind[0] in "iub" for kind in kinds)
        kind, why = ("whole numbers", " An array of whole numbers cuts fractions off.") if whole else ("float32", "")
        text = (f"With parameters of {kind}, as they were given, the slope of {listed(other)} is another one than with "
                f"float64.{why}")
        return Finding("rounded" if whole else "float32", tuple(other), text, {}, "disturbs")

    def _random_loss(self, first, second):
        self.seeded = True
        again = [self.loss_at(self.start) for _ in range(2)]
        told = (f"The loss is random: called twice at the same place, it gives {said(first, 6)} and {said(second, 6)}. "
                "A slope belongs to one draw, such as one dropout mask or one batch.")
        if again[0] != again[1]:
            raise Stopped("random_loss", told + " Hold the draw fixed, then ask again.", (), "disturbs")
        self.findings.append(Finding("random_loss", (), told + " I called np.random.seed(0) before each call of "
                                     "either function, so that both draw the same.", {}, "disturbs"))

    def _random_gradient(self):
        first, second = (self.gradient_at(self.start) for _ in range(2))
        other = [name for name, a, b in zip(self.names, first, second)
                 if a.shape != b.shape or not np.allclose(a, b, rtol=1e-9, atol=1e-300, equal_nan=True)]
        if other:
            raise Stopped("random_gradient", "The gradient gives another answer when it is called again at the same "
                          f"place, for {listed(other)}, and the loss does not. Something in it is drawn by chance, or "
                          "is left over from the call before.", other, "disturbs")


# ------------------------------------------------------------------------------- forms

def same(a, b):
    """Whether two arrays hold the same numbers."""
    return a.shape == b.shape and np.array_equal(a, b, equal_nan=a.dtype.kind in "fc")


@contextlib.contextmanager
def quiet():
    """What a reader's function prints or warns of, thousands of times, is not shown."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _seeded(wanted):
    """NumPy's global random numbers from their beginning, and afterwards as if nothing had been drawn."""
    if not wanted:
        yield
        return
    state = np.random.get_state()  # noqa: NPY002
    np.random.seed(0)  # noqa: NPY002
    try:
        yield
    finally:
        np.random.set_state(state)  # noqa: NPY002


def _contained(params):
    """(what held them, or None; the parameters)."""
    if not params:
        raise TypeError("diagnose needs the parameters at which the gradient is judged: "
                        "diagnose(loss, gradient, w, b).")
    only = params[0] if len(params) == 1 else None
    if isinstance(only, dict):
        return only, list(only.values())
    if isinstance(only, (list, tuple)) and not all(np.isscalar(item) for item in only):
        return only, list(only)
    return None, list(params)


def _read(name, value):
    array = as_reals(name, value)
    if not array.size:
        raise ValueError(f"{name} has shape {array.shape}; expected at least one number.")
    return value if isinstance(value, (np.matrix, int, float)) else np.asarray(value)


def _like(given, array):
    """An array in the form in which a parameter came: a number as a number."""
    if isinstance(given, np.matrix):
        return array.view(np.matrix)
    return float(array) if type(given) in (int, float) else array


def _names(names, container, loss, count):
    if names is not None:
        names = (names,) if isinstance(names, str) else tuple(names)
        if not len(set(names)) == len(names) == count or not all(isinstance(name, str) for name in names):
            raise ValueError(f"names must be {count} different words, one for each parameter, got {describe(names)}.")
        return names
    if isinstance(container, dict):
        return tuple(map(str, container))
    found = _signature(loss)
    usable = container is None and len(found) >= count and "_" not in found[:count]
    return tuple(found[:count]) if usable else tuple(f"parameter {i + 1}" for i in range(count))


def _signature(function):
    """The names of the arguments that a function takes by place or by name."""
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return []
    return [p.name for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def _further(function, count, data):
    """The data that a function asks for by name, after its first `count` arguments, or by **kwargs."""
    try:
        parameters = inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}
    taken = _signature(function)[:count]
    every = any(p.kind == p.VAR_KEYWORD for p in parameters.values())
    return {name: value for name, value in data.items() if name not in taken and (every or name in parameters)}


def _as_number(value):
    array = np.asarray(value)
    if value is None:
        raise Stopped("loss_not_a_number", "The loss returns None. Is a return missing?")
    if array.dtype.kind not in "fiub" or array.size != 1:
        came = f"an array of shape {array.shape}" if array.dtype.kind in "fiub" else describe(value)
        square = array.ndim == 2 and array.shape[0] == array.shape[1] > 1
        why = (f" An array of {len(array)} numbers that meets a column of {len(array)} becomes such a table."
               if square else " Is a mean or a sum missing?")
        raise Stopped("loss_not_a_number", f"The loss returns {came}; expected one number.{why}")
    return float(array.reshape(()))


def _slope(name, value):
    if value is None:
        raise Stopped("missing", f"The gradient returns None for {name}. Is something left out there?", (name,))
    try:
        array = np.asarray(value)
        array = array.astype(float) if array.dtype == object else array
    except (TypeError, ValueError):
        array = np.asarray("")
    if array.dtype.kind not in "fiub":
        raise Stopped("not_numbers", f"The gradient returns {describe(value)} for {name}; expected an array of real "
                      "numbers.", (name,))
    return array


def _second_of_pair(returned, shape):
    """Of a pair (loss, slope), the slope."""
    if isinstance(returned, (list, tuple)) and len(returned) == 2 and shape not in ((2,), (2, 1), (1, 2)):
        if np.ndim(_first(returned)) == 0 and returned[1] is not None:
            return returned[1]
    return returned


def _first(returned):
    return returned[0] if isinstance(returned[0], (int, float, np.ndarray, np.generic)) else [0]


def _is_slope_of(key, name):
    key, name = key.lower().replace("_", ""), name.lower().replace("_", "")
    return key in {name, f"d{name}", f"grad{name}", f"{name}grad", f"gradient{name}", f"dl{name}", f"dld{name}",
                   f"g{name}", f"delta{name}", f"nabla{name}", f"dj{name}", f"djd{name}", f"{name}gradient"}


def _count(n, noun):
    return f"{n} {noun}{'s' * (n != 1)}"
