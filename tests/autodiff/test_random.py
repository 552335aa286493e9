"""Thousands of random programs, each in every mode: walked, walked by hand, pushed, compiled, printed and run alone.

Three judges, which share no code with the engine. Values and their types are those of NumPy. First derivatives are a
complex step along a random direction, exact to the last digits, where the functions without complex derivatives
(abs, maximum, ...) are written for complex numbers in `programs`; second ones are differences of that. The judges are
themselves compared, where no line stands at a kink. Every error is relative to the largest slope of the program.

Four threads work at the same time, so what one of them does must not show in another.
"""

import itertools
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest

from gradlib.autodiff import Var, backward, compiled, hessian_vector_product, jvp, operators, program, value_and_grad

from .programs import WORDS, random_program, relative_error, richardson

PROGRAMS, CHUNK = 2000, 250
LEVEL = 0.01   # a loss with smaller slopes counts as level for differences, which lose ten digits
NUMPY_1 = np.lib.NumpyVersion(np.__version__) < "2.0.0"   # there, np.float32(2) * 3.0 is a float64


def chunks(everyday, at_once, last):
    """Numbers of programs: some for every day, the rest for -m thorough."""
    return pytest.mark.parametrize("seeds", [
        pytest.param(range(first, min(first + at_once, end)), id=f"{first}-", marks=marks)
        for start, end, marks in [(0, everyday, []), (everyday, last, pytest.mark.thorough)]
        for first in range(start, end, at_once)])


def holds(seeds, check):
    """check(program) passes for each of the programs, four at a time; the message is the program."""
    def held(seed):
        made = random_program(seed)
        if made.single and NUMPY_1:
            return
        try:
            check(made)
        except Exception as problem:
            raise AssertionError(f"random_program({seed}): {type(problem).__name__} {problem}\n{made}") from problem
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5e-4)
    try:
        with ThreadPoolExecutor(4) as pool:
            for _ in pool.map(held, seeds):
                pass
    finally:
        sys.setswitchinterval(interval)


# ------------------------------------------------------------------------------- every way to get slopes

def by_hand(f, wrt):
    """`backward`, with a `Var` for each leaf."""
    def run(*args, **named):
        args = [Var(np.asarray(x) * 1.0 if np.asarray(x).dtype == bool else x) if i in wrt else x
                for i, x in enumerate(args)]
        out = f(*args, **named)
        backward(out)
        return out.value, [np.zeros(x.shape, x.dtype.type)[()] if x.grad is None else x.grad for x in args[: len(wrt)]]
    return run


def printed(f, wrt):
    """The text by itself, which is written once."""
    namespace = {"np": np}

    def run(*args):
        args = [np.asarray(x)[()] * 1.0 if i in wrt and not (isinstance(x, np.ndarray) and x.ndim) else x
                for i, x in enumerate(args)]
        if "step" not in namespace:
            text = program(f, *args, wrt=wrt)
            assert "= ..." not in text
            exec(text, namespace)
        return namespace["step"](*args)
    return run


def same(found, expected):
    """Whether two pairs of a value and slopes are equal to the last bit."""
    return found[0] == expected[0] and all(map(np.array_equal, found[1], expected[1]))


MODES = {"value_and_grad": value_and_grad, "backward": by_hand, "compiled": compiled, "program": printed}


class Check:
    """One program in every mode."""

    def __init__(self, made):
        self.made, self.u, self.v = made, made.direction(0), made.direction(1)
        self.plain = made.plain()
        self.rounding, self.within, self.second = (1e-4, 1e-2, 1e-1) if made.single else (1e-13, 1e-10, 1e-7)
        self.value, self.along = made.complex_step(self.u)
        self.close(self.value, self.plain, self.rounding, 1)
        self.before = [np.copy(x) for x in self.kept()]

    def kept(self):
        """All that a caller has, and that nobody may change."""
        return [*self.made.arguments, *self.made.constants.values()]

    def close(self, found, expected, within, scale=0.0):
        assert abs(found - expected) <= within * max(abs(expected), scale, 1e-3), f"{found!r} instead of {expected!r}"

    def all(self):
        self.first, self.runs = {}, {}
        for mode, derive in MODES.items():
            try:
                self.first[mode] = self.slopes(mode, derive(self.made.f, self.made.wrt))
            except Exception as problem:
                raise AssertionError(f"{mode}: {type(problem).__name__} {problem}") from problem
        assert same(self.first["program"], self.first["compiled"])
        self.steepest = max(np.abs(slope).max(initial=1e-3) for slope in self.first["value_and_grad"][1])
        self.pushed()
        self.captured_numbers_are_frozen()
        for x, before in zip(self.kept(), self.before):
            assert np.array_equal(x, before), "what the caller has was changed"

    def slopes(self, mode, run):
        """Value and slopes are right, of the right types, the caller's own, and the same again."""
        made, self.runs[mode] = self.made, run
        value, slopes = run(*made.arguments)
        first = [np.copy(slope)[()] for slope in slopes]
        plain = self.plain if mode in ("value_and_grad", "backward") else made.plain(whole_are_floats=True)
        assert value.dtype == plain.dtype, f"the value is {value.dtype} instead of {plain.dtype}"
        self.close(value, plain, self.rounding, 1)
        found = [(x.shape, x.dtype) for x in first]
        assert found == [(x.shape, x.dtype.newbyteorder("=")) for x in made.points], f"slopes of {found}"
        steepest = max(np.abs(slope).max(initial=0) for slope in first)
        self.close(sum((slope * d).sum() for slope, d in zip(first, self.u)), self.along, self.within, steepest)
        for slope in slopes:
            if slope.ndim:
                slope[...] = 7   # in place: nothing else may see it
        again, other = run(*made.leaves, **made.data) if made.by_name and mode != "program" else run(*made.arguments)
        for slope, kept, x in zip(slopes, first, other):
            assert np.array_equal(kept, x), f"{x!r} the second time, instead of {kept!r}"
            assert slope.ndim == 0 or (slope == 7).all(), "a slope was written over"
        assert again == value
        return value, first

    def pushed(self):
        """Forward mode and second derivatives, of all leaves in one array or of a single leaf as it is."""
        made = self.made
        alone = ".dot(" not in made.text and not any(isinstance(c, Fraction) for c in self.kept())
        i = len(made.text) % (len(made.leaves) + 1) if alone else len(made.leaves)
        if i == len(made.leaves):
            f, x, v, direction = made.packed(), made.pack(made.points), made.pack(self.v), self.v
        else:
            f = lambda x: made.f(*made.points[:i], x, *made.points[i + 1:], *made.data.values())   # noqa: E731
            x, v, direction = made.leaves[i], self.v[i], [d * (j == i) for j, d in enumerate(self.v)]
        value, slope = jvp(f, x, v)
        self.close(value, self.plain, self.rounding, 1)
        self.close(slope, made.complex_step(direction)[1], self.within, self.steepest)
        assert value.dtype == slope.dtype == (self.plain.dtype if i < len(made.leaves) else value.dtype)
        second = hessian_vector_product(f, x, v)
        found = (second * (made.pack(self.u) if i == len(made.leaves) else self.u[i])).sum()
        u = self.u if i == len(made.leaves) else [d * (j == i) for j, d in enumerate(self.u)]
        self.close(found, made.curvature(u, direction), self.second, max(self.steepest, LEVEL))

    def captured_numbers_are_frozen(self):
        """A program has copies: it gives the same when what it took from outside is changed."""
        made = self.made
        mine = [c for c in made.constants.values() if isinstance(c, np.ndarray) and c.ndim and not any(
            np.shares_memory(c, x) for x in made.arguments if isinstance(x, np.ndarray))]
        before = [c.copy() for c in mine]
        for c in mine:
            c[...] = 1
        found = self.runs["compiled"](*made.arguments)
        for c, old in zip(mine, before):
            c[...] = old
        assert same(found, self.first["compiled"])


@chunks(PROGRAMS, CHUNK, 12_000)
def test_every_mode(seeds):
    holds(seeds, lambda made: Check(made).all())


@chunks(80, 80, 4000)
def test_a_part_of_the_arguments(seeds):
    """Slopes of one argument alone are the same; the others stay plain arrays."""
    def check(made):
        if ".dot(" in made.text or any(isinstance(c, Fraction) for c in [*made.arguments, *made.constants.values()]):
            return   # an array's own dot cannot take a Var, nor NumPy a fraction
        slopes = value_and_grad(made.f, made.wrt)(*made.points, *made.data.values())[1]
        for derive in (value_and_grad, compiled):
            parts = [derive(made.f, i)(*made.points, *made.data.values())[1] for i in made.wrt]
            assert relative_error(parts, slopes) <= (1e-2 if made.single else 1e-13)
    holds(seeds, check)


def precise(check):
    """A check for programs in one precision."""
    return lambda made: made.single or check(made)


@chunks(80, 80, 4000)
def test_gradients_inside_gradients(seeds):
    """Half the squared length of a gradient has the slope H g, in any mode inside any mode."""
    @precise
    def check(made):
        f, x, v = made.packed(), made.pack(made.points), made.pack(made.direction())
        g = value_and_grad(f)(x)[1]
        along = hessian_vector_product(f, x, g)
        inner = [lambda p: (value_and_grad(f)(p)[1] ** 2).sum() / 2, lambda p: (compiled(f)(p)[1] ** 2).sum() / 2]
        found = [derive(h)(x)[1] for h in inner for derive in (value_and_grad, compiled)]
        pushed = [jvp(inner[0], x, v)[1], jvp(lambda p: value_and_grad(f)(p)[1], x, v)[1].dot(g)]
        steepest = max(np.abs(along).max(), np.abs(g).max(), LEVEL)
        assert relative_error(pushed, [along.dot(v)] * 2, steepest) < 1e-9
        assert relative_error(found, [along] * len(found), steepest) < 1e-9
    holds(seeds, check)


@chunks(80, 80, 4000)
def test_third_derivatives(seeds):
    """Of every mode of second derivatives, against differences of the judge's second ones."""
    @precise
    def check(made):
        f, x, d = made.packed(), made.pack(made.points), made.direction()
        v = made.pack(d)
        along = lambda p: jvp(f, p, v)[1]   # noqa: E731
        second = lambda p: (hessian_vector_product(f, p, v) * v).sum()   # noqa: E731
        found = [jvp(second, x, v)[1], (value_and_grad(second)(x)[1] * v).sum(),
                 (hessian_vector_product(along, x, v) * v).sum()]
        if made.tied:   # differences would step off the kink
            assert relative_error(found, [found[0]] * 3, max(abs(second(x)), LEVEL)) < 1e-9
            return
        differences = richardson(lambda t: second(x + t * v))
        size = max(abs(second(x)), abs(along(x)), LEVEL)
        assert relative_error(found, [differences] * 3, max(size, abs(differences))) < 1e-7
    holds(seeds, check)


@chunks(80, 80, 4000)
def test_the_judges_agree(seeds):
    """The complex step, and differences of the program as NumPy runs it."""
    @precise
    def check(made):
        if made.tied:
            return
        v, steepest = made.direction(), max(abs(made.complex_step(made.direction(i))[1]) for i in range(4))
        differences = richardson(lambda t: made.plain(made.moved(v, t)))
        assert relative_error([differences], [made.complex_step(v)[1]], max(steepest, LEVEL)) < 1e-8
    holds(seeds, check)


def test_every_function_every_word_every_method_and_every_kind_occurs():
    made = [random_program(seed) for seed in range(PROGRAMS)]
    text = "\n".join(program.text for program in made)
    for function in operators.FUNCTIONS:
        assert re.search(rf"np\.(linalg\.)?{function.__name__}\(", text), function
    for word in WORDS:
        assert re.search(rf"(?<![.\w]){word}\(", text), word
    for written in (".sum(", ".mean(", ".max(", ".dot(", ".reshape(", ".transpose(", ".T", "abs(", " @ ", " ** ", "-t",
                    "keepdims=True", "[::-1]", "None", "...", "axis=(0, 1)", "axis=-1", " > ", " >= ", " < ", " <= ",
                    "[:0]", "axis=np.int64(", "-np.inf", ".astype(", "axes=", "a_min=", "ddof="):
        assert written in text, written
    captured = {type(x) for each in made for x in each.constants.values()}
    handed = {type(x) for each in made for x in each.arguments}
    assert {int, bool, Fraction, np.float32, np.float64, np.int8, np.int64, np.bool_, np.ndarray} <= captured & handed
    arrays = [x for each in made for x in each.leaves if isinstance(x, np.ndarray)]
    assert {"f", "i", "u", "b"} == {x.dtype.kind for x in arrays}
    for kind in (lambda x: not x.size, lambda x: not x.ndim, lambda x: x.base is not None, lambda x: x.flags.fnc,
                 lambda x: not x.flags.writeable, lambda x: not x.dtype.isnative, lambda x: x.dtype == np.float32):
        assert any(map(kind, arrays))
    assert any(x is y for each in made for x, y in itertools.combinations(each.arguments, 2) if np.ndim(x))
    assert all(any(getattr(each, said) for each in made) for said in ("single", "tied", "by_name", "data"))
