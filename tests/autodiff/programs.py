"""Random programs as text: what a learner might write, run on arrays, on complex numbers, on `Var`s, and on torch.

A program is made line by line on numbers, so every line can be kept away from kinks (abs at 0, two largest numbers
alike) and from the edges of domains (log of 0), and no number grows large. Where a line stands at a kink on purpose,
it stands exactly there, and the judge knows what is agreed on for it. What programs are called with is as varied as
their lines: see `dressed`. The text of a program is what a failing test prints.
"""

import functools
import itertools
import re
from collections import Counter
from fractions import Fraction

import numpy as np

from gradlib import autodiff

GAP = 0.05       # how far a number stays away from a kink
TIE = 1e-3       # the judge takes numbers for equal that are this close
LARGEST = 30     # no number is larger
MOST = 30        # no array has more numbers, so that all constants are written out in a printed text
WORDS = {name: getattr(autodiff, name)
         for name in ("relu", "sigmoid", "softmax", "logsumexp", "cross_entropy", "concatenate", "dot", "log_sigmoid")}


# ------------------------------------------------------------------------------- the same words for complex numbers

class ComplexNumPy:
    """NumPy, with the functions that have no derivative at a complex number continued from the real line.

    Numbers that are equal up to `TIE` go the way that is agreed on: the first of two has the slope, the largest of
    several share it, abs and relu and a length are flat at zero.
    """

    float32 = float64 = complex   # every precision is the judge's own

    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def sign(x):
        return np.where(np.abs(np.real(x)) <= TIE, 0.0, np.sign(np.real(x)))[()]

    @classmethod
    def absolute(cls, x):
        return np.where(np.abs(np.real(x)) <= TIE, 0, np.where(np.real(x) < 0, -x, x))[()]

    abs = absolute

    @staticmethod
    def maximum(x, y):
        return np.where(np.real(x) >= np.real(y) - TIE, x, y)[()]

    @staticmethod
    def minimum(x, y):
        return np.where(np.real(x) <= np.real(y) + TIE, x, y)[()]

    @staticmethod
    def max(x, axis=None, keepdims=False):
        winners = np.real(x) >= np.max(np.real(x), axis=axis, keepdims=True) - TIE
        return np.where(winners, x, 0).sum(axis=axis, keepdims=keepdims) / winners.sum(axis=axis, keepdims=keepdims)

    @classmethod
    def min(cls, x, axis=None, keepdims=False):
        return -cls.max(-x, axis, keepdims)

    amax, amin = max, min

    @staticmethod
    def greater(x, y):
        return np.real(x) > np.real(y) + TIE

    @staticmethod
    def greater_equal(x, y):
        return np.real(x) >= np.real(y) - TIE

    @staticmethod
    def less(x, y):
        return np.real(x) < np.real(y) - TIE

    @staticmethod
    def less_equal(x, y):
        return np.real(x) <= np.real(y) + TIE

    @staticmethod
    def where(mask, x, y):
        return np.where(np.real(mask) > 0, x, y)[()]

    @classmethod
    def clip(cls, x, a_min=None, a_max=None, min=None, max=None):
        low, high = min if a_min is None else a_min, max if a_max is None else a_max
        x = x if low is None else cls.maximum(x, low)
        return x if high is None else cls.minimum(x, high)

    @staticmethod
    def var(x, axis=None, ddof=0, keepdims=False):
        away = x - np.mean(x, axis=axis, keepdims=True)
        n = away.size / np.sum(away * 0, axis=axis).size
        return (away * away).sum(axis=axis, keepdims=keepdims) / (n - ddof)

    @classmethod
    def std(cls, x, axis=None, ddof=0, keepdims=False):
        return _root(cls.var(x, axis, ddof, keepdims))

    class linalg:
        @staticmethod
        def norm(x, ord=None, axis=None, keepdims=False):
            return _root((x * x).sum(axis=axis, keepdims=keepdims))

    @staticmethod
    def logaddexp(x, y):
        return np.log(np.exp(x) + np.exp(y))


def _root(x):
    """A length from its square."""
    return np.sqrt(np.where(np.real(x) > TIE**2, x, 0))[()]


def _softmax(x, axis=-1):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def _logsumexp(x, axis=None, keepdims=False):
    return np.log(np.exp(x).sum(axis=axis, keepdims=keepdims))


def _sigmoid(x):
    e = np.exp(np.where(np.real(x) < 0, x, -x))
    return np.where(np.real(x) < 0, e / (1 + e), 1 / (1 + e))[()]


# Words for real numbers, one formula each; and for complex ones.
REAL = {
    "relu": lambda x: np.maximum(x, 0), "sigmoid": _sigmoid, "log_sigmoid": lambda x: -np.logaddexp(0, -x),
    "softmax": _softmax, "logsumexp": _logsumexp, "concatenate": np.concatenate, "dot": np.dot,
    "cross_entropy": lambda x, y: (_logsumexp(x, -1) - (x * y).sum(axis=-1)).mean(),
}
COMPLEX = REAL | {
    "np": ComplexNumPy(), "abs": ComplexNumPy.absolute,
    "relu": lambda x: np.where(np.real(x) > TIE, x, 0)[()],
    "log_sigmoid": lambda x: -np.log(1 + np.exp(-x)),
}


# ------------------------------------------------------------------------------- a program

class Program:
    """The text of a function of the leaves x0, x1, ... and of data, with what it captures, and a point to run it at.

    leaves      what it is differentiated for, as a caller hands it over: of any type that holds numbers
    data        {name: value} of the other arguments; `constants` {name: value} of what is captured
    single      whether some of it is in float32;  tied  whether a line stands at a kink on purpose
    by_name     whether the data are handed over by their names
    """

    def __init__(self, lines, leaves, constants, data=(), single=False, tied=False, by_name=False):
        self.lines, self.leaves, self.constants, self.data = lines, leaves, constants, dict(data)
        self.single, self.tied, self.by_name = single, tied, by_name
        names = ", ".join([*(f"x{i}" for i in range(len(leaves))), *self.data])
        self.text = "\n    ".join([f"def f({names}):", *lines])

    def __repr__(self):
        points = [f"x{i} = {leaf!r}" for i, leaf in enumerate(self.leaves)]
        named = {**self.data, **self.constants}
        return "\n".join([*points, *(f"{name} = {value!r}" for name, value in named.items()), self.text])

    def function(self, words=None, constants=None):
        """The function, where `words` say what np, relu, ... mean: by default NumPy and gradlib.autodiff."""
        namespace = {"np": np, **WORDS, **(words or {}), **(constants or self.constants)}
        exec(self._code, namespace)
        return namespace["f"]

    @functools.cached_property
    def _code(self):
        return compile(self.text, "<program>", "exec")

    @functools.cached_property
    def f(self):
        return self.function()

    @property
    def wrt(self):
        return tuple(range(len(self.leaves)))

    @property
    def arguments(self):
        return (*self.leaves, *self.data.values())

    # The judge: complex numbers, and never less than double precision.

    @functools.cached_property
    def points(self):
        """The leaves as floats: whole numbers become some."""
        return [x if (x := np.asarray(leaf)[()]).dtype.kind == "f" else x.astype(float) for leaf in self.leaves]

    @functools.cached_property
    def judge(self):
        f = self.function(COMPLEX, {name: _double(name, value) for name, value in self.constants.items()})
        data = [_double(name, value) for name, value in self.data.items()]
        return lambda *leaves: f(*leaves, *data)

    def plain(self, x=None, whole_are_floats=False):
        """Its value at x as NumPy has it; with arguments of whole numbers made floats before, as a program does."""
        data = [value.astype(float) if whole_are_floats and isinstance(value, np.ndarray) and value.dtype.kind in "iu"
                else _weak(value) for value in self.data.values()]
        return self._plain(*(x or self.points), *data)

    @functools.cached_property
    def _plain(self):
        return self.function(REAL, {name: _weak(value) for name, value in self.constants.items()})

    def complex_step(self, v, x=None):
        """Value, and slope along one direction, an array for each leaf; at x in place of the leaves."""
        with np.errstate(all="ignore"):
            value = self.judge(*[p + 1e-30j * d for p, d in zip(x or self.points, v)])
        return np.real(value), np.imag(value) / 1e-30

    def curvature(self, u, v):
        """u . H v, by differences of the judge's slopes."""
        return richardson(lambda t: self.complex_step(u, self.moved(v, t))[1])

    def direction(self, seed=0):
        """A direction of length one, an array for each leaf."""
        v = np.random.default_rng(seed).standard_normal(sum(x.size for x in self.points))
        return self.cut(v / (np.sqrt(v.dot(v)) or 1))

    def moved(self, v, step):
        return [x + step * d for x, d in zip(self.points, v)]

    # One array for all leaves: what `jvp` and `hessian_vector_product` take.

    def pack(self, arrays):
        return np.concatenate([np.ravel(array) for array in arrays])

    def cut(self, p):
        """One flat array, or `Var`, as the leaves."""
        ends = np.cumsum([0, *(x.size for x in self.points)]).tolist()
        return [p[start] if x.ndim == 0 else p[start:end].reshape(x.shape)
                for x, start, end in zip(self.points, ends, ends[1:])]

    def packed(self):
        """The function of one flat array, which it cuts into the leaves."""
        data = self.data.values()
        return lambda p: self.f(*self.cut(p), *data)


def _double(name, value):
    """Numbers of any type, as the judge takes them; masks and indices (they are called k0, k1, ...) as they are."""
    return value if name[0] == "k" else np.asarray(value).astype(float)[()]


def _weak(value):
    return float(value) if isinstance(value, Fraction) else value


def relative_error(found, expected, scale=1e-3):
    """The largest difference, relative to the largest slope (or to `scale`, where all slopes cancel)."""
    assert [np.shape(x) for x in found] == [np.shape(x) for x in expected]
    largest = max(float(np.abs(x).max(initial=scale)) for x in expected)
    return max(float(np.abs(x - y).max(initial=0)) for x, y in zip(found, expected)) / largest


def richardson(f, h=1e-4):
    """f'(0) of a function of one number, from four values: the error is of order h^4."""
    return (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)


# ------------------------------------------------------------------------------- making one

class Maker:
    """Adds one line after the other; `values` holds what each name is at the chosen point."""

    def __init__(self, rng, shapes, single, kinds):
        self.rng, self.single, self.kinds, self.tied = rng, single, kinds, False
        self.lines, self.values, self.constants, self.numbered = [], {}, {}, itertools.count()
        for i, shape in enumerate(shapes):
            self.values[f"x{i}"] = self.leaf(shape)
        self.leaves = list(self.values.values())

    def leaf(self, shape):
        """Numbers, whole ones at times; or another leaf once more: the same array, or a view of it."""
        others = [x for x in self.values.values() if np.ndim(x) and x.size == np.prod(shape)]
        if shape and others and self.chance(0.4):
            x = self.one_of(*others)
            return self.one_of(x, x[::-1], x.T).reshape(shape)
        return self.rng.integers(-3, 4, shape).astype(float)[()] if self.chance(0.1) else self.numbers(shape)

    def numbers(self, shape):
        """Numbers that are neither zero nor special."""
        return (self.rng.choice([-1, 1], shape) * self.rng.uniform(0.3, 1.8, shape))[()]

    def whole(self, shape, low=-3):
        """Whole numbers, or a mask, in one of NumPy's types."""
        dtype = self.one_of(*[bool, np.uint8, np.int64] if low >= 0 else [np.int8, np.int16, np.int32, np.int64])
        return self.rng.integers(low, 2 if dtype is bool else 4, shape).astype(dtype)

    def mask(self, shape):
        return self.rng.integers(0, 2, shape).astype(bool)

    def chance(self, p=0.5):
        return self.rng.random() < p

    def one_of(self, *choices):
        return choices[self.rng.integers(len(choices))]

    def constant(self, value, letter="c"):
        """The name of numbers; with the letter k, of a mask or an index."""
        name = f"{letter}{next(self.numbered)}"
        self.constants[name] = value
        return name

    def name(self, condition=lambda value: True):
        """A name whose value is as wanted, the young ones more often; None if there is none."""
        names = [name for name, value in self.values.items() if np.size(value) and condition(value)]
        return names[-1 - min(int(self.rng.exponential(3)), len(names) - 1)] if names else None

    def positive(self):
        return self.name(lambda x: np.min(x) > 0.3) or f"({self.one_of('{0} * {0} + 0.5', 'np.exp(-{0})')})".format(
            self.name(lambda x: np.max(np.abs(x)) < 3) or self.name())

    def away(self, edge=0.0):
        return self.name(lambda x: np.min(np.abs(x - edge)) > GAP)

    def pair(self, apart=False):
        """Two names, or a name and a constant on either side, that broadcast together."""
        x = self.name()
        fits = functools.partial(_broadcast, self.values[x])
        other = self.name(fits) if self.chance(0.6) else self.some_constant(np.shape(self.values[x]))
        value = self.value(other)
        if apart and np.min(np.abs(self.values[x] - value)) < GAP:
            return None
        return (x, other) if self.chance() else (other, x)

    def some_constant(self, shape):
        """A number as Python or NumPy has it, or an array that broadcasts with the shape, smaller or larger."""
        kind = self.rng.integers(7)
        if kind == 0:
            return repr(int(self.rng.integers(1, 4)))
        if kind == 1:
            return repr(round(float(self.numbers(())), 3))
        if kind == 2:
            return self.constant(self.one_of(*NUMBERS)(self.rng.integers(1, 8) / 4))
        if kind == 3 and (same := [leaf for leaf in self.leaves if np.shape(leaf) == shape and np.size(leaf)]):
            return self.constant(same[0])   # a leaf a second time, as data
        part = shape[self.rng.integers(len(shape) + 1):]
        fitting = [int(self.rng.integers(1, 4)) if size == 1 else self.one_of(size, size, 1) for size in part]
        larger = [2] * (len(fitting) == len(shape) < 3 and self.chance(0.2))
        make = self.whole if kind == 4 else self.numbers
        return self.constant(np.asarray(make((*larger, *fitting))))

    def value(self, expression):
        with np.errstate(all="ignore"):
            weak = {name: _weak(value) for name, value in self.constants.items()}
            return eval(expression, {"np": np, **WORDS, **weak, **self.values})

    def step(self):
        """One more line, of a kind chosen at random."""
        before, tied = dict(self.constants), self.tied
        expression = self.one_of(*self.kinds)(self)
        if expression is None or not self.tame(value := self.value(expression)):
            self.constants, self.tied = before, tied
            return
        name = f"t{len(self.lines)}"
        self.values[name] = value
        self.lines.append(f"{name} = {expression}")

    def tame(self, value):
        return 0 < value.size <= MOST and value.ndim <= 3 and value.dtype.kind == "f" and bool(
            np.isfinite(value).all() and np.abs(value).max() <= LARGEST)

    def loss(self, most=4):
        """What no line uses, each made a number of its own, added up."""
        mentioned = Counter(re.findall(r"\w+", "\n".join(self.lines)))
        loose = [name for name in self.values if name[0] == "t" and mentioned[name] == 1][-most:]
        return " + ".join(self.term(name) for name in loose or [self.name()])

    def program(self, returned):
        """All lines so far, and what is returned."""
        used = {*re.findall(r"\w+", "\n".join([*self.lines, returned]))}
        constants = {name: value for name, value in self.constants.items() if name in used}
        return Program([*self.lines, f"return {returned}"], self.leaves, constants, (), self.single, self.tied)

    def term(self, name):
        value = self.values[name]
        weights = self.constant(np.asarray(self.numbers(np.shape(value))))
        return self.one_of(f"({name} * {weights}).sum()", f"({weights} * {name}).mean()",
                           f"np.sum(np.sin({name}) * {weights})", f"(({name} - {weights}) ** 2).mean() / 2",
                           f"logsumexp({name} * {weights})")


# Numbers as Python and NumPy have them.
NUMBERS = (np.float64, np.float64, np.float32, int, np.int64, np.int8, np.uint8, bool, np.bool_, Fraction)


def _broadcast(x, y):
    try:
        return np.broadcast(x, y).size <= MOST
    except ValueError:
        return False


# ------------------------------------------------------------------------------- the kinds of lines

def arithmetic(m):
    x, y = m.pair()
    sign, function = m.one_of(("+", "add"), ("-", "subtract"), ("*", "multiply"), ("*", "multiply"))
    return f"{x} {sign} {y}" if m.chance(0.7) else f"np.{function}({x}, {y})"


def division(m):
    x, y = m.pair()
    if np.min(np.abs(m.value(y))) < 0.4:
        return None
    return m.one_of(f"{x} / {y}", f"np.divide({x}, {y})")


def square_and_such(m):
    x = m.name(lambda x: np.min(np.abs(x)) > 0.4) or m.positive()
    anywhere = m.name()
    return m.one_of(f"{anywhere} ** 2", f"{anywhere} ** 3", f"np.square({anywhere})", f"np.power({anywhere}, 2)",
                    f"{x} ** -1", f"{x} ** -2", f"{anywhere} ** 2.0", f"{anywhere} ** 1")


def power(m):
    x = m.positive()
    exponent = m.name(lambda y: np.max(np.abs(y)) < 3 and _broadcast(m.value(x), y))
    constant = m.constant(np.asarray(m.numbers(np.shape(m.value(x)))))
    if exponent is None or m.chance():
        return m.one_of(f"{x} ** 0.5", f"{x} ** 1.5", f"{x} ** -0.7", f"{x} ** {constant}", f"np.power({x}, 2.5)")
    base = m.constant(np.abs(m.numbers(np.shape(m.values[exponent]))))
    return m.one_of(f"{x} ** {exponent}", f"np.power({x}, {exponent})", f"2 ** {exponent}", f"1.5 ** {exponent}",
                    f"{base} ** {exponent}")


def smooth(m):
    small, positive = m.name(lambda x: np.max(x) < 3), m.positive()
    above = m.name(lambda x: np.min(x) > -0.7) or positive
    x = m.name()
    return m.one_of(small and f"np.exp({small})", f"np.log({positive})", f"np.log1p({above})", f"np.sqrt({positive})",
                    f"np.sin({x})", f"np.cos({x})", f"np.tanh({x})", f"sigmoid({x})", f"-{x}", f"np.negative({x})")


def kinked(m):
    x = m.away()
    return x and m.one_of(f"np.abs({x})", f"abs({x})", f"np.absolute({x})", f"relu({x})", f"np.maximum({x}, 0)",
                          f"np.maximum(0.0, {x})", f"np.sign({x}) * {x}")


def two_numbers(m):
    pair = m.pair(apart=True)
    return pair and m.one_of("np.maximum({}, {})", "np.logaddexp({}, {})").format(*pair)


def mask(m):
    pair = m.pair(apart=True)
    if pair is None:
        return None
    sign, function = m.one_of((">", "greater"), (">=", "greater_equal"), ("<", "less"), ("<=", "less_equal"))
    x, y = pair
    kept = f"({x} + {y})" if m.chance(0.3) or {x, y} <= set(m.values) else x if x in m.values else y
    condition = m.one_of(f"({x} {sign} {y})", f"np.{function}({x}, {y})")
    return m.one_of(f"{condition} * {kept}", f"{kept} * {condition}")


def _axes(m, x):
    """An axis, several, or none, as an argument."""
    ndim = np.ndim(x)
    axis = int(m.rng.integers(-ndim, ndim)) if ndim else None
    several = tuple(sorted(int(a) - ndim * m.chance(0.3) for a in m.rng.permutation(ndim)[:2]))
    return m.one_of(None, axis, axis, several if len(several) == 2 else None)


def reduction(m):
    x = m.name()
    axis = _axes(m, m.values[x])
    keep = m.chance(0.4)
    winners = m.values[x] >= np.max(m.values[x], axis=axis, keepdims=True) - GAP
    names = ["sum", "mean", "logsumexp"] + ["max", "max"] * bool((winners.sum(axis=axis) == 1).all())
    name = m.one_of(*names)
    arguments = m.one_of(f"axis={axis}", f"{axis}") + f", keepdims={keep}" * (keep or m.chance(0.2))
    if axis is None and not keep and m.chance():
        arguments = ""
    if name == "logsumexp":
        return f"logsumexp({x}{', ' * bool(arguments)}{arguments})"
    if m.chance():
        return f"{x}.{name}({arguments if 'keep' not in arguments else f'axis={axis}, keepdims={keep}'})"
    function = "amax" if name == "max" and m.chance() else name
    return f"np.{function}({x}, axis={axis}{f', keepdims={keep}' * keep})"


def normalised(m):
    x = m.name(lambda x: np.ndim(x) > 0)
    if x is None:
        return None
    ndim = np.ndim(m.values[x])
    axis = int(m.rng.integers(-ndim, ndim))
    target = m.constant(np.abs(m.numbers(np.shape(m.values[x]))))
    other = m.name(lambda y: np.shape(y) == np.shape(m.values[x]))
    return m.one_of(f"softmax({x})", f"softmax({x}, {axis})", f"softmax({x}, axis={axis})",
                    f"cross_entropy({x}, {target})", f"cross_entropy({x}, softmax({other}))")


def shape_change(m):
    x = m.name()
    value = m.values[x]
    factors = [(value.size,), (1, value.size), (value.size, 1), (-1,)]
    factors += [(i, value.size // i) for i in range(2, value.size) if value.size % i == 0] + [value.shape[::-1]]
    shape = m.one_of(*factors)
    stretched = m.one_of((2, *np.shape(value)), (3, *np.shape(value)),
                         tuple(3 if size == 1 else size for size in np.shape(value)))
    return m.one_of(f"{x}.reshape({shape})", f"{x}.reshape{shape}" if shape else f"{x}.reshape(())",
                    f"np.reshape({x}, {shape})", f"{x}.T", f"np.transpose({x})", f"{x}.transpose()",
                    f"np.broadcast_to({x}, {stretched})")


def indexing(m):
    """Numbers, slices with any step, None, Ellipsis, and integer arrays that repeat."""
    x = m.name()
    key, arrays = [], 0
    for size in np.shape(m.values[x])[: m.rng.integers(np.ndim(m.values[x]) + 1)]:
        kind = m.rng.integers(5)
        start, stop = sorted(m.rng.integers(0, size + 1, 2).tolist())
        if kind == 0:
            key.append(str(int(m.rng.integers(-size, size))))
        elif kind <= 2:
            key.append(m.one_of(":", f"{start}:", f"{start}:{stop}", "::-1", "::2", "-1:", f"{stop}::-2"))
        elif arrays == 0 or m.chance(0.3):
            picked = m.rng.integers(-size, size, int(m.rng.integers(1, 4)) if arrays == 0 else 1)
            key.append(m.one_of(str(picked.tolist()), m.constant(picked, "k")))
            arrays += 1
        else:
            key.append(":")
    if m.chance(0.3):
        key.insert(int(m.rng.integers(len(key) + 1)), m.one_of("None", "None", "np.newaxis"))
    if m.chance(0.3) or not key:
        key.append("...")
    if len(key) == np.ndim(m.values[x]) and m.chance(0.2):
        key[-1] = "..."
    return f"{x}[{', '.join(key)}]"


def joined(m):
    x = m.name(lambda x: np.ndim(x) > 0)
    if x is None:
        return None
    shape = np.shape(m.values[x])
    axis = int(m.rng.integers(-len(shape), len(shape)))
    fitting = [name for name, y in m.values.items() if np.ndim(y) == len(shape)
               and np.delete(np.shape(y), axis).tolist() == np.delete(shape, axis).tolist()]
    parts = [m.one_of(*fitting) for _ in range(m.rng.integers(0, 3))] + [x]
    if m.chance(0.3):
        parts.insert(int(m.rng.integers(len(parts) + 1)), m.constant(m.numbers(shape)))
    return f"{m.one_of('np.', '')}concatenate([{', '.join(parts)}], axis={axis})"


def product(m):
    """Every pair of numbers, vectors and matrices that fit."""
    x = m.name(lambda x: np.ndim(x) <= 2)
    if x is None:
        return None
    a = m.values[x]
    y = m.name(lambda y: np.ndim(y) <= 2 and (not np.ndim(a) or not np.ndim(y) or a.shape[-1] == y.shape[0]))
    if y is None or m.chance(0.3):
        inner = a.shape[-1:]
        y = m.constant(np.asarray(m.numbers(m.one_of(inner, (*inner, 2) if inner else (), ()))))
        if not inner or m.chance(0.3):
            x, y = y, x
            if np.ndim(a) and np.ndim(m.value(x)):
                m.constants[x] = np.asarray(m.numbers(m.one_of((a.shape[0],), (2, a.shape[0]))))
    if np.ndim(m.value(x)) == 0 or np.ndim(m.value(y)) == 0:
        return m.one_of(f"dot({x}, {y})", f"np.dot({x}, {y})")
    written = [f"{x} @ {y}", f"dot({x}, {y})", f"np.dot({x}, {y})", f"np.matmul({x}, {y})"]
    return m.one_of(*written, *[f"{x}.dot({y})"] * (x in m.values))


def rarer(m):
    """Functions of one number that are written less often."""
    x, small, level = m.name(), m.name(lambda x: np.max(np.abs(x)) < 3), m.name(lambda x: np.max(np.abs(x)) < 1.2)
    positive = m.positive()
    return m.one_of(small and f"np.expm1({small})", f"np.log2({positive})", f"np.log10({positive})", f"np.arctan({x})",
                    small and f"np.sinh({small})", small and f"np.cosh({small})", level and f"np.tan({level})",
                    f"np.positive({x})", f"+{x}", f"{x}.copy()" if np.ndim(m.values[x]) else None,
                    f"log_sigmoid({x})", f"np.log(sigmoid({x}))")


def chosen(m):
    """The smaller of two, one of two by a mask, or what lies between two edges."""
    pair = m.pair(apart=True)
    if pair is None or not any(name in m.values for name in pair):
        return None
    x, y = pair
    kept = x if x in m.values else y
    if np.min(np.abs(np.abs(m.values[kept]) - 1)) > GAP and m.chance(0.4):
        return m.one_of(f"np.clip({kept}, -1, 1.0)", f"np.clip({kept}, None, 1)", f"{kept}.clip(-1, 1)") \
            if np.ndim(m.values[kept]) else f"np.clip({kept}, -1, 1)"
    half = f"np.where(np.logical_not({x} <= {y}), {kept} * 2, 0.5)" if {x, y} - set(m.values) else None
    return m.one_of(f"np.minimum({x}, {y})", f"np.where({x} > {y}, {x}, {y})", half)


def spread(m):
    """Variances, lengths, products and running sums."""
    x = m.name(lambda x: np.ndim(x) > 0 and x.size > 1 and np.std(x) > 0.2)
    if x is None:
        return None
    value = m.values[x]
    axis = int(m.rng.integers(-value.ndim, value.ndim))
    lengths = np.sqrt((value**2).sum(axis=axis))
    losers = np.sort(value, axis=axis)
    apart = value.shape[axis] == 1 or np.min(np.diff(losers, axis=axis)) > GAP
    return m.one_of(f"np.var({x})", f"np.var({x}, axis={axis})", f"np.std({x})", f"np.var({x}, ddof=1)",
                    f"np.linalg.norm({x})", f"np.linalg.norm({x}, axis={axis})" if lengths.min() > 0.3 else None,
                    f"np.prod({x}, axis={axis})", f"np.prod({x})", f"np.cumsum({x}, axis={axis})", f"np.cumsum({x})",
                    m.one_of(f"np.min({x}, axis={axis})", f"np.amin({x}, axis={axis})", f"{x}.min(axis={axis})")
                    if apart else None)


def shapes(m):
    """Words for shapes."""
    x = m.name(lambda x: np.ndim(x) > 0)
    if x is None:
        return None
    ndim = np.ndim(m.values[x])
    axis, axes = int(m.rng.integers(-ndim, ndim)), tuple(map(int, m.rng.permutation(ndim)))
    other = m.one_of(*[name for name, y in m.values.items() if np.shape(y) == np.shape(m.values[x])])
    return m.one_of(f"np.ravel({x})", f"{x}.ravel()", f"{x}.flatten()", f"np.squeeze({x})", f"{x}.squeeze()",
                    f"np.expand_dims({x}, {axis})", f"np.swapaxes({x}, 0, {axis})", f"np.transpose({x}, {axes})",
                    f"{x}.transpose({axes})", f"np.stack([{x}, {other}], axis={axis})", f"np.stack([{other}, {x}])")


def products_of_arrays(m):
    """Outer products, sums over letters, and stacks of matrices."""
    x = m.name(lambda x: np.ndim(x) in (1, 2, 3))
    if x is None:
        return None
    shape = np.shape(m.values[x])
    row = m.constant(m.numbers((shape[-1], 2)))
    if len(shape) == 3:
        return m.one_of(f"{x} @ {row}", f"np.matmul({x}, {row})", f"np.tensordot({x}, {row}, 1)",
                        f"{x} @ {m.constant(m.numbers((shape[-1],)))}",
                        f"np.einsum('abc,cd->adb', {x}, {row})", f"np.einsum('abc->ca', {x})")
    if len(shape) == 2:
        stack = m.constant(m.numbers((2, shape[1], 2)))
        return m.one_of(f"{x} @ {stack}", f"np.einsum('ij,jk->ki', {x}, {row})", f"np.einsum('ij,jk->i', {x}, {row})",
                        f"np.tensordot({x}, {row}, ([1], [0]))", f"np.einsum('ij->j', {x})")
    other = m.name(lambda x: np.ndim(x) == 1)
    return m.one_of(f"np.outer({x}, {other})", f"np.einsum('i,j->ji', {x}, {other})", f"np.einsum('i,ij', {x}, {row})")


def _if(condition, *written):
    return [*written] if condition else []


def whole_numbers(m):
    """Data of whole numbers, and masks."""
    x = m.name()
    value = m.values[x]
    c, few, mask = m.constant(m.whole(value.shape)), m.whole(value.shape, 0), m.constant(m.mask(value.shape), "k")
    large = np.min(np.abs(value)) > 0.4 and np.max(np.abs(value)) < 3
    small = m.name(lambda y: np.max(np.abs(y)) < 3 and np.shape(y) == value.shape)
    written = [f"{x} * {c}", f"{c} - {x}", f"{x} / ({c} + 4)", f"{x} * {mask}", f"{mask} - {x}",
               f"np.where({mask}, {x}, {c})", f"np.where({mask}, {x}, -1)", f"np.where({mask}, 0.5, {x})"]
    written += _if(large, f"{x} ** {m.constant(few)}") + _if(small, f"{m.constant(few + 1)} ** {small}")
    written += _if(np.min(np.abs(value - m.value(c))) > GAP, f"np.maximum({x}, {c})")
    if value.ndim:
        written += [f"{x}[{mask}]", f"cross_entropy({x}, {m.constant(few)})"] + _if(value.ndim < 3, f"{x} @ {c}.T")
    return m.one_of(*written)


def _gaps(x, axis=None):
    """The smallest difference between numbers that are not equal."""
    gaps = np.diff(np.sort(x, axis=axis), axis=-1 if axis is None else axis)
    return np.min(gaps, where=gaps > 0, initial=1)


def ties(m):
    """Exactly at a kink, where only a convention decides: a leaf beside its own numbers."""
    x = m.name(lambda y: any(y is leaf for leaf in m.leaves) and _gaps(y) > GAP)
    if x is None or m.single:
        return None
    m.tied, value = True, m.values[x]
    c = m.constant(np.array(value))
    mask = f"np.{m.one_of('greater', 'greater_equal', 'less', 'less_equal')}({x}, {c})"
    several = [f"np.max(np.stack([{x}, {c}]), axis=0)", f"np.min(np.stack([{c}, {x}, {x}]), axis=0)",
               f"np.max(np.concatenate([{x}, {c}]))", f"np.amin(np.concatenate([{c}, {x}, {x}]))",
               f"np.std({x} - {c})"] if value.ndim else []
    return m.one_of(f"np.maximum({x}, {c})", f"np.maximum({c}, {x})", f"np.minimum({x}, {c})", f"np.minimum({c}, {x})",
                    f"relu({x} - {c})", f"relu({c} - {x})", f"abs({x} - {c})", f"np.abs({c} - {x})",
                    f"np.sign({x} - {c}) * {x}", f"{mask} * {x}", f"np.where({mask}, {x}, -{x})",
                    f"np.linalg.norm({x} - {c})", f"np.clip({x}, {c}, 99)", f"np.clip({x}, None, {c})", *several)


def infinities(m):
    """What is minus infinity drops out."""
    x = m.away()
    if x is None:
        return None
    shape = m.values[x].shape
    out = np.where(m.mask(shape), -np.inf, 0.0)
    if shape:
        out[..., :1] = 0   # of every row something is left
    c, value = m.constant(out), m.values[x] + out
    written = [f"np.exp({x} + {c})", f"sigmoid({x} + {c})", f"np.tanh({x} + {c})", f"relu({x} + {c})",
               f"np.expm1({x} + {c})", f"np.maximum({x}, {c})", f"np.minimum({x}, np.inf)", f"np.maximum(-np.inf, {x})",
               f"np.clip({x}, -np.inf, np.inf)", f"np.where({c} < 0, 0.5, {x} + {c})", f"{x} / np.inf + {x}",
               f"np.logaddexp({x}, {c})"]
    if shape:
        left = m.constant(out == 0, "k")
        written += [f"softmax({x} + {c})", f"logsumexp({x} + {c}, axis=-1)", f"logsumexp({x} + {c})",
                    f"logsumexp({c} + {x}, axis=-1, keepdims=True)", f"cross_entropy({x} + {c}, {left})"]
        written += _if(_gaps(np.maximum(value, -9), -1) > GAP, f"np.max({x} + {c}, axis=-1)")
    return m.one_of(*written)


def nothing(m):
    """Arrays without numbers, and what is made of them."""
    x = m.one_of(*[name for name, value in m.values.items() if np.ndim(value)] or [None])
    if x is None:
        return None
    e = x if m.values[x].size == 0 else f"{x}[:0]"
    shape = m.value(e).shape
    left = f"{m.constant(np.ones((2, shape[0])))} @ {e}.reshape({shape[0]}, {int(np.prod(shape[1:]))})"
    return m.one_of(f"{e}.sum()", f"np.exp({e}).sum(axis=0)", f"({e} * {e}).sum()", f"np.prod({e}, axis=0)", left,
                    f"relu({e}).sum()", f"np.cumsum({e}, axis=0).sum()", f"np.where({e} > 0, {e}, 1.0).sum()",
                    f"np.linalg.norm({e})", f"np.stack([{e}, {e}]).sum(axis=0).sum()", f"({e} + {e}.sum()).sum() + 1",
                    f"np.concatenate([{e}, {x}], axis=0)", f"np.ravel({e}).dot(np.ravel({e}))",
                    f"np.broadcast_to({e}.sum(), (2, 1))", f"np.einsum('i,j->', {e}.ravel(), {x}.ravel())")


def keywords(m):
    """Arguments by their names."""
    x = m.name(lambda x: np.ndim(x) > 0)
    if x is None:
        return None
    value = m.values[x]
    axis = int(m.rng.integers(-value.ndim, value.ndim))
    axis, keep, n = m.one_of(axis, f"np.int64({axis})"), m.one_of("", ", keepdims=True", ", keepdims=False"), axis
    spread, length = np.std(value, axis=n).min() > 0.2, np.sqrt((value**2).sum(axis=n)).min() > 0.3
    unique, c = _gaps(value, n) > GAP and _gaps(value) < 1, m.constant(m.numbers((value.shape[-1], 2)))
    written = [f"np.sum({x}, axis={axis}{keep})", f"{x}.mean(axis={axis}{keep})", f"np.var({x}, axis={axis}{keep})",
               f"np.prod({x}, axis={axis}{keep})", f"np.cumsum({x}, axis={axis})", f"np.expand_dims({x}, axis={axis})",
               f"np.concatenate(({x}, {x}), axis={axis})", f"np.stack(arrays=[{x}, {x}], axis={axis})",
               f"np.swapaxes({x}, axis1=0, axis2={axis})", f"np.broadcast_to({x}, shape={(2, *value.shape)})",
               f"np.transpose({x}, axes={tuple(range(value.ndim))[::-1]})", f"np.concatenate([{x}, {x}], axis=None)",
               f"np.tensordot({x}, {c}, axes=1)", f"np.tensordot({x}, {c}, axes=([-1], [0]))",
               f"softmax({x}, axis={axis})", f"logsumexp({x}, axis={axis}{keep})", f"np.squeeze({x}[None], axis=0)"]
    written += _if(spread, f"np.std({x}, axis={axis}, ddof=0{keep})")
    written += _if(length, f"np.linalg.norm({x}, axis={axis}{keep})", f"np.linalg.norm({x}, ord=2, axis={axis})")
    written += _if(unique, f"np.max({x}, axis={axis}{keep})", f"{x}.min(axis={axis}{keep})")
    if np.min(np.abs(np.abs(value) - 1)) > GAP:
        written += [f"np.clip({x}, a_min=-1, a_max=1)", f"{x}.clip(min=-1, max=1)"]
    return m.one_of(*written)


def precision(m):
    """A change of precision in the middle, in programs that are in several anyway."""
    x = m.name(lambda x: np.ndim(x) > 0 and np.min(np.abs(x)) > GAP)
    if x is None or not m.single:
        return None
    return m.one_of(f"{x}.astype(np.float32)", f"{x}.astype(dtype=np.float64)", f"{x} * np.float64(1.25)",
                    f"np.float32(0.75) * {x}", f"({x} > 0).astype(np.float32) * {x}")


COMMON = [arithmetic] * 3 + [division, square_and_such, power] + [smooth] * 3 + [kinked, two_numbers, mask] + [
    reduction] * 2 + [normalised, shape_change] + [indexing] * 2 + [joined] + [product] * 2
KINDS = COMMON + [rarer, chosen, spread, shapes, products_of_arrays, whole_numbers, ties, infinities, nothing, keywords,
                  precision]


def random_lines(seed, single=None, kinds=KINDS):
    """1 to 3 leaves and up to 12 lines; every sixth program is in several precisions, unless one is asked for."""
    rng = np.random.default_rng([2024, seed])
    n, m = rng.integers(1, 5), rng.integers(1, 4)
    family = [(), (1,), (m,), (n,), (n, 1), (1, m), (n, m), (m, n), (m, m), (2, n, m), (2, 1, m), (1, 1)]
    chosen = [tuple(map(int, family[i])) for i in rng.integers(len(family), size=rng.integers(1, 4))]
    chosen += [[(0,), (0, m), (n, 0)][rng.integers(3)]] * (rng.random() < 0.05)
    maker = Maker(rng, chosen, rng.random() < 1 / 6 if single is None else single, kinds)
    wanted = rng.integers(3, 13)
    for _ in itertools.takewhile(lambda _: len(maker.lines) < wanted, range(200)):
        maker.step()
    return maker


@functools.cache
def random_program(seed):
    """The program of this number, with what it is called with dressed up."""
    maker = random_lines(seed)
    return dressed(maker.program(maker.loss()), maker)


def common_program(seed):
    """A program of the lines that other engines have as well."""
    maker = random_lines(seed, single=False, kinds=COMMON)
    return _without_fractions(maker.program(maker.loss()))


def random_family(seed):
    """Two losses and an array that share their lines, at one point, in one precision."""
    maker = random_lines(seed, single=False)
    returned = maker.loss(), maker.term(maker.name()), maker.name()
    return [_without_fractions(maker.program(each)) for each in returned]


def _without_fractions(made):
    """For plain arrays, which make objects of them."""
    made.constants = {name: _weak(value) for name, value in made.constants.items()}
    return made


# ------------------------------------------------------------------------------- what a program is called with

def dressed(made, m):
    """The same program, where some of what it captured is an argument, and leaves come in other types and layouts."""
    numbers = {name: _as_single(value, m) for name, value in made.constants.items()}
    leaves = [_as_single(leaf, m) for leaf in made.leaves]
    data = {name: numbers.pop(name) for name in made.constants if name[0] == "c" and m.chance(0.3)}
    alone = [not any(np.shares_memory(x, y) for y in [*leaves[:i], *leaves[i + 1:], *numbers.values(), *data.values()])
             for i, x in enumerate(leaves)]
    leaves = [_handed_over(x, m) if own else x for x, own in zip(leaves, alone)]
    return Program(made.lines, leaves, numbers, data, made.single, made.tied, by_name=m.chance())


def _as_single(x, m):
    """In programs of several precisions, half of what is float64 in float32."""
    double = isinstance(x, (np.ndarray, np.float64)) and x.dtype == np.float64
    return x.astype(np.float32) if m.single and double and m.chance() else x


def _handed_over(x, m):
    """A leaf in another type that holds the same numbers, or in another layout of memory."""
    if (x == np.round(x)).all() and m.chance(0.7):
        kinds = [np.int64, np.int8, np.int32] + [np.uint8] * bool((x >= 0).all()) + [bool] * bool((x * x == x).all())
        whole = x.astype(m.one_of(*kinds))
        return m.one_of(whole, whole.tolist())
    if np.ndim(x) == 0:
        return m.one_of(x, np.array(x), float(x) if x.dtype == float else x)
    fixed = x.copy()
    fixed.flags.writeable = False
    return m.one_of(x, x, x.copy("F"), np.repeat(x, 2, axis=-1)[..., ::2], np.flip(np.flip(x).copy()), fixed,
                    x.astype(x.dtype.newbyteorder(">")), x.tolist() if x.dtype == float and x.size else x)
