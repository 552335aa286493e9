"""Random programs as text: what a learner might write, run on arrays, on complex numbers, on `Var`s, and on torch.

A program is made line by line on numbers, so every line can be kept away from kinks (abs at 0, two largest numbers
alike) and from the edges of domains (log of 0), and no number grows large. The text of a program is what a failing
test prints.
"""

import functools
import itertools
import re
from collections import Counter

import numpy as np

from gradlib import autodiff

GAP = 0.05       # how far a number stays away from a kink
LARGEST = 30     # no number is larger
WORDS = {name: getattr(autodiff, name)
         for name in ("relu", "sigmoid", "softmax", "logsumexp", "cross_entropy", "concatenate", "dot", "log_sigmoid")}


# ------------------------------------------------------------------------------- the same words for complex numbers

class ComplexNumPy:
    """NumPy, with the functions that have no derivative at a complex number continued from the real line."""

    def __getattr__(self, name):
        return getattr(np, name)

    @staticmethod
    def absolute(x):
        return np.where(np.real(x) < 0, -x, x)[()]

    abs = absolute

    @staticmethod
    def sign(x):
        return np.sign(np.real(x))

    @staticmethod
    def maximum(x, y):
        return np.where(np.real(x) >= np.real(y), x, y)[()]

    @staticmethod
    def minimum(x, y):
        return np.where(np.real(x) <= np.real(y), x, y)[()]

    @staticmethod
    def where(mask, x, y):
        return np.where(np.real(mask) > 0, x, y)[()]

    @classmethod
    def clip(cls, x, low, high):
        return cls.minimum(x if low is None else cls.maximum(x, low), high)

    @staticmethod
    def var(x, axis=None, ddof=0):
        away = x - np.mean(x, axis=axis, keepdims=True)
        return (away * away).sum(axis=axis) / (away.size / np.sum(away * 0, axis=axis).size - ddof)

    @classmethod
    def std(cls, x, axis=None):
        return np.sqrt(cls.var(x, axis))

    class linalg:
        @staticmethod
        def norm(x, axis=None):
            return np.sqrt((x * x).sum(axis=axis))

    @staticmethod
    def logaddexp(x, y):
        return np.log(np.exp(x) + np.exp(y))


def _softmax(x, axis=-1):
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


def _logsumexp(x, axis=None, keepdims=False):
    return np.log(np.exp(x).sum(axis=axis, keepdims=keepdims))


COMPLEX = {
    "np": ComplexNumPy(), "abs": ComplexNumPy.absolute,
    "relu": lambda x: np.where(np.real(x) > 0, x, 0)[()], "sigmoid": lambda x: 1 / (1 + np.exp(-x)),
    "log_sigmoid": lambda x: -np.log(1 + np.exp(-x)),
    "softmax": _softmax, "logsumexp": _logsumexp, "concatenate": np.concatenate, "dot": np.dot,
    "cross_entropy": lambda x, y: (_logsumexp(x, -1) - (x * y).sum(axis=-1)).mean(),
}


# ------------------------------------------------------------------------------- a program

class Program:
    """The text of a function of the leaves x0, x1, ..., with its constants, and a point to run it at."""

    def __init__(self, lines, leaves, constants):
        self.lines, self.leaves, self.constants = lines, leaves, constants
        names = ", ".join(f"x{i}" for i in range(len(leaves)))
        self.text = "\n    ".join([f"def f({names}):", *lines])

    def __repr__(self):
        points = [f"x{i} = {leaf!r}" for i, leaf in enumerate(self.leaves)]
        return "\n".join([*points, *(f"{name} = {value!r}" for name, value in self.constants.items()), self.text])

    def function(self, words=None, constants=None):
        """The function, where `words` say what np, relu, ... mean: by default NumPy and gradlib.autodiff."""
        namespace = {"np": np, **WORDS, **(words or {}), **(constants or self.constants)}
        exec(self.text, namespace)
        return namespace["f"]

    @functools.cached_property
    def f(self):
        return self.function()

    @functools.cached_property
    def judge(self):
        return self.function(COMPLEX)

    def as_type(self, dtype):
        """The same program at the same point, in another precision."""
        constants = {name: _cast(value, dtype) for name, value in self.constants.items()}
        return Program(self.lines, [_cast(leaf, dtype) for leaf in self.leaves], constants)

    def complex_step(self, v):
        """The slope of the function along one direction, an array for each leaf."""
        return np.imag(self.judge(*[x + 1e-30j * d for x, d in zip(self.leaves, v)])) / 1e-30

    def complex_gradient(self):
        """An array of slopes for each leaf."""
        slopes = [np.zeros(np.shape(leaf)) for leaf in self.leaves]
        for slope in slopes:
            for place in np.ndindex(slope.shape):
                unit = [np.zeros(other.shape) for other in slopes]
                unit[next(i for i, other in enumerate(slopes) if other is slope)][place] = 1
                slope[place] = self.complex_step(unit)
        return slopes

    def direction(self, seed=0):
        """A direction of length one, an array for each leaf."""
        rng = np.random.default_rng(seed)
        v = [rng.standard_normal(np.shape(leaf)) for leaf in self.leaves]
        length = np.sqrt(sum((d**2).sum() for d in v))
        return [d / length for d in v]

    def moved(self, v, step):
        return [x + step * d for x, d in zip(self.leaves, v)]

    # One array for all leaves: what `jvp` and `hessian_vector_product` take.

    def pack(self, arrays):
        return np.concatenate([np.ravel(array) for array in arrays])

    def packed(self, function=None):
        """The function of one flat array, which it cuts into the leaves."""
        ends = np.cumsum([0, *(leaf.size for leaf in self.leaves)])

        def f(p):
            parts = [p[int(start)] if leaf.ndim == 0 else p[start:end].reshape(leaf.shape)
                     for leaf, start, end in zip(self.leaves, ends, ends[1:])]
            return (function or self.f)(*parts)
        return f


def _cast(x, dtype):
    return x.astype(dtype) if x.dtype.kind == "f" else x


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

    def __init__(self, rng, shapes):
        self.rng, self.lines, self.values, self.constants = rng, [], {}, {}
        for i, shape in enumerate(shapes):
            self.values[f"x{i}"] = self.numbers(shape)
        self.leaves = list(self.values.values())

    def numbers(self, shape):
        """Numbers that are neither zero nor special."""
        return (self.rng.choice([-1, 1], shape) * self.rng.uniform(0.3, 1.8, shape))[()]

    def chance(self, p=0.5):
        return self.rng.random() < p

    def one_of(self, *choices):
        return choices[self.rng.integers(len(choices))]

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def name(self, condition=lambda value: True):
        """A name whose value is as wanted, the young ones more often; None if there is none."""
        names = [name for name, value in self.values.items() if condition(value)]
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
        kind = self.rng.integers(5)
        if kind == 0:
            return repr(int(self.rng.integers(1, 4)))
        if kind == 1:
            return repr(round(float(self.numbers(())), 3))
        if kind == 2:
            return self.constant(np.float64(self.numbers(())))
        part = shape[self.rng.integers(len(shape) + 1):]
        fitting = [int(self.rng.integers(1, 4)) if size == 1 else self.one_of(size, size, 1) for size in part]
        larger = [2] * (len(fitting) == len(shape) < 3 and self.chance(0.2))
        return self.constant(np.asarray(self.numbers((*larger, *fitting))))

    def value(self, expression):
        with np.errstate(all="ignore"):
            return eval(expression, {"np": np, **WORDS, **self.constants, **self.values})

    def step(self):
        """One more line, of a kind chosen at random."""
        before = dict(self.constants)
        expression = self.one_of(*KINDS)(self)
        if expression is None or not self.tame(value := self.value(expression)):
            self.constants = before
            return
        name = f"t{len(self.lines)}"
        self.values[name] = value
        self.lines.append(f"{name} = {expression}")

    def tame(self, value):
        return value.size and value.size <= 40 and value.ndim <= 3 and value.dtype.kind == "f" and bool(
            np.isfinite(value).all() and np.abs(value).max() <= LARGEST)

    def loss(self, most=4):
        """What no line uses, each made a number of its own, added up."""
        mentioned = Counter(re.findall(r"\w+", "\n".join(self.lines)))
        loose = [name for name in self.values if name[0] == "t" and mentioned[name] == 1][-most:]
        return " + ".join(self.term(name) for name in loose or [self.name()])

    def program(self, returned):
        """All lines so far, and what is returned."""
        return Program([*self.lines, f"return {returned}"], self.leaves, self.constants)

    def term(self, name):
        value = self.values[name]
        weights = self.constant(np.asarray(self.numbers(np.shape(value))))
        return self.one_of(f"({name} * {weights}).sum()", f"({weights} * {name}).mean()",
                           f"np.sum(np.sin({name}) * {weights})", f"(({name} - {weights}) ** 2).mean() / 2",
                           f"logsumexp({name} * {weights})")


def _broadcast(x, y):
    try:
        return np.broadcast(x, y).size <= 40
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
            key.append(m.one_of(str(picked.tolist()), m.constant(picked)))
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


KINDS = [arithmetic] * 3 + [division, square_and_such, power] + [smooth] * 3 + [kinked, two_numbers, mask] + [
    reduction] * 2 + [normalised, shape_change] + [indexing] * 2 + [joined] + [product] * 2 + [
    rarer, chosen, spread, shapes, products_of_arrays]


def random_lines(seed):
    """1 to 3 leaves and up to 12 lines."""
    rng = np.random.default_rng([2024, seed])
    n, m = rng.integers(1, 5), rng.integers(1, 4)
    family = [(), (1,), (m,), (n,), (n, 1), (1, m), (n, m), (m, n), (m, m), (2, n, m), (2, 1, m), (1, 1)]
    chosen = [tuple(map(int, family[i])) for i in rng.integers(len(family), size=rng.integers(1, 4))]
    maker, wanted = Maker(rng, chosen), rng.integers(3, 13)
    for _ in itertools.takewhile(lambda _: len(maker.lines) < wanted, range(200)):
        maker.step()
    return maker


@functools.cache
def random_program(seed):
    """The program of this number."""
    maker = random_lines(seed)
    return maker.program(maker.loss())


def random_family(seed):
    """Two losses and an array that share their lines, at one point."""
    maker = random_lines(seed)
    return maker.program(maker.loss()), maker.program(maker.term(maker.name())), maker.program(maker.name())
