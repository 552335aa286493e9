"""Thousands of random programs: eager, forward mode, second derivatives and printed programs against differences.

The judge of first derivatives is a complex step, exact to the last digits, where the functions without complex
derivatives (abs, maximum, ...) are written for complex numbers in `programs`. It is itself compared with differences
of the plain program. Every error is relative to the largest slope of the program.
"""

import re

import numpy as np
import pytest

from gradlib.autodiff import compiled, hessian_vector_product, jvp, operators, program, value_and_grad

from .programs import WORDS, random_program, relative_error, richardson

PROGRAMS, CHUNK = 2000, 250
LEVEL = 0.01   # a loss with smaller slopes counts as level for differences, which lose ten digits
CHUNKS = [pytest.param(range(first, first + CHUNK), id=f"{first}-") for first in range(0, PROGRAMS, CHUNK)]
CHUNKS += [pytest.param(range(first, first + 2000), id=f"{first}-", marks=pytest.mark.thorough)
           for first in range(PROGRAMS, 12_000, 2000)]
randomly = pytest.mark.parametrize("seeds", CHUNKS)
on_fewer = pytest.mark.parametrize("seeds", [pytest.param(range(250), id="0-"),
                                             pytest.param(range(250, 4000), id="250-", marks=pytest.mark.thorough)])

on_a_few = pytest.mark.parametrize("seeds", [pytest.param(range(80), id="0-"),   # each writes several programs
                                             pytest.param(range(80, 4000), id="80-", marks=pytest.mark.thorough)])


def holds(seeds, error, bound):
    """error(program) is at most the bound, for each of the programs; the message is the program."""
    for seed in seeds:
        made = random_program(seed)
        try:
            found = error(made)
        except Exception as problem:
            raise AssertionError(f"random_program({seed}): {problem}\n{made}") from problem
        assert found <= bound, f"random_program({seed}): relative error {found:.1e}\n{made}"


def both(made, derive=value_and_grad):
    """Value and slopes with respect to all leaves."""
    return derive(made.f, tuple(range(len(made.leaves))))(*made.leaves)


@randomly
def test_the_judge_agrees_with_differences_of_the_plain_program(seeds):
    def error(made):
        v = made.direction()
        assert made.judge(*made.leaves) == pytest.approx(made.f(*made.leaves), rel=1e-13)
        steepest = max(np.abs(slope).max() for slope in made.complex_gradient())
        differences = richardson(lambda t: made.f(*made.moved(v, t)))
        return relative_error([differences], [made.complex_step(v)], max(steepest, LEVEL))
    holds(seeds, error, 1e-8)


@randomly
def test_gradients(seeds):
    def error(made):
        value, slopes = both(made)
        assert value == pytest.approx(made.f(*made.leaves), rel=1e-13)
        return relative_error(slopes, made.complex_gradient())
    holds(seeds, error, 1e-10)


@randomly
def test_forward_mode(seeds):
    def error(made):
        v = made.direction()
        value, slope = jvp(made.packed(), made.pack(made.leaves), made.pack(v))
        steepest = max(np.abs(slope).max() for slope in both(made)[1])
        assert value == pytest.approx(made.f(*made.leaves), rel=1e-13)
        return relative_error([slope], [made.complex_step(v)], max(steepest, 1e-3))
    holds(seeds, error, 1e-10)


@randomly
def test_hessian_vector_products_agree_with_differences_of_gradients(seeds):
    def error(made):
        f, x, v = made.packed(), made.pack(made.leaves), made.pack(made.direction())
        differences = richardson(lambda t: value_and_grad(f)(x + t * v)[1])
        steepest = np.abs(value_and_grad(f)(x)[1]).max()   # differences are blind to 1e-16 of this, over h
        return relative_error([hessian_vector_product(f, x, v)], [differences], max(steepest, LEVEL))
    holds(seeds, error, 1e-8)


@randomly
def test_compiled_programs_equal_eager_leave_arguments_alone_and_repeat(seeds):
    def error(made):
        copies = [leaf.copy() for leaf in made.leaves]
        positions = tuple(range(len(copies)))
        run = compiled(made.f, positions)
        value, slopes = run(*made.leaves)
        first = [slope.copy() for slope in slopes]
        run(*made.moved(made.direction(), 1e-3))
        np.testing.assert_equal(slopes, first)             # the next call has not written over them
        for slope in slopes:
            if slope.ndim:
                slope += 1                                 # nor are they anybody else's
        np.testing.assert_equal(made.leaves, copies)
        np.testing.assert_equal(run(*made.leaves), (value, first))
        expected, eager = both(made)
        assert value == pytest.approx(expected, rel=1e-13)
        return relative_error(first, eager)
    holds(seeds, error, 1e-13)


@on_fewer
def test_the_printed_text_is_what_runs(seeds):
    """Where all constants can be read in the text, it runs as it is, with NumPy alone."""
    def error(made):
        positions = tuple(range(len(made.leaves)))
        text = program(made.f, *made.leaves, wrt=positions)
        if "= ..." in text:
            return 0
        namespace = {"np": np}
        exec(text, namespace)
        value, slopes = namespace["step"](*made.leaves)
        compiled_value, compiled_slopes = both(made, compiled)
        assert value == pytest.approx(compiled_value, rel=1e-15)
        np.testing.assert_equal(slopes, compiled_slopes)
        return 0
    holds(seeds, error, 0)


@on_fewer
def test_a_part_of_the_arguments(seeds):
    """Slopes of one argument alone are the same; the others stay plain arrays."""
    def error(made):
        slopes = both(made)[1]
        if ".dot(" in made.text:       # an array's own dot cannot take a Var
            return 0
        parts = [value_and_grad(made.f, i)(*made.leaves)[1] for i in range(len(made.leaves))]
        printed = [compiled(made.f, i)(*made.leaves)[1] for i in range(len(made.leaves))]
        return max(relative_error(parts, slopes), relative_error(printed, slopes))
    holds(seeds, error, 1e-13)


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < "2.0.0",
                    reason="NumPy 1 turns a float32 number beside a float into float64")
@on_fewer
def test_float32_stays_float32(seeds):
    def error(made):
        small = made.as_type(np.float32)
        for derive in (value_and_grad, compiled):
            value, slopes = both(small, derive)
            assert value.dtype == np.float32
            assert [slope.dtype for slope in slopes] == [np.float32] * len(slopes)
            assert relative_error(slopes, made.complex_gradient()) < 1e-2
        value, slope = jvp(small.packed(), small.pack(small.leaves), small.pack(small.direction()))
        assert (value.dtype, np.asarray(slope).dtype) == (np.float32, np.float32)
        return 0
    holds(seeds, error, 0)


@on_a_few
def test_gradients_inside_gradients(seeds):
    """Half the squared length of a gradient has the slope H g; and third derivatives agree with differences."""
    def error(made):
        f, x, v = made.packed(), made.pack(made.leaves), made.pack(made.direction())
        g = value_and_grad(f)(x)[1]
        along = hessian_vector_product(f, x, g)
        inner = [lambda p: (value_and_grad(f)(p)[1] ** 2).sum() / 2, lambda p: (compiled(f)(p)[1] ** 2).sum() / 2]
        found = [derive(h)(x)[1] for h in inner for derive in (value_and_grad, compiled)]
        pushed = [jvp(inner[0], x, v)[1], jvp(lambda p: value_and_grad(f)(p)[1], x, v)[1].dot(g)]
        steepest = max(np.abs(along).max(), np.abs(g).max(), LEVEL)
        assert relative_error(pushed, [along.dot(v)] * 2, steepest) < 1e-9
        return relative_error(found, [along] * len(found), steepest)
    holds(seeds, error, 1e-9)


@on_a_few
def test_third_derivatives(seeds):
    def error(made):
        f, x, v = made.packed(), made.pack(made.leaves), made.pack(made.direction())
        along = lambda p: jvp(f, p, v)[1]   # noqa: E731
        second = lambda p: (hessian_vector_product(f, p, v) * v).sum()   # noqa: E731
        differences = richardson(lambda t: second(x + t * v))
        size = max(abs(second(x)), abs(along(x)), LEVEL)
        found = [jvp(second, x, v)[1], (value_and_grad(second)(x)[1] * v).sum(),
                 (hessian_vector_product(along, x, v) * v).sum()]
        return relative_error(found, [differences] * 3, max(size, abs(differences)))
    holds(seeds, error, 1e-7)


def test_every_function_every_word_and_every_method_occurs():
    text = "\n".join(random_program(seed).text for seed in range(PROGRAMS))
    for function in operators.FUNCTIONS:
        assert re.search(rf"np\.(linalg\.)?{function.__name__}\(", text), function
    for word in WORDS:
        assert re.search(rf"(?<![.\w]){word}\(", text), word
    for written in (".sum(", ".mean(", ".max(", ".dot(", ".reshape(", ".transpose(", ".T", "abs(", " @ ", " ** ", "-t",
                    "keepdims=True", "[::-1]", "None", "...", "axis=(0, 1)", "axis=-1", " > ", " >= ", " < ", " <= "):
        assert written in text, written
