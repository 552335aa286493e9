"""What the exercises of lesson 05 promise besides what every exercise does."""

import numpy as np

from gradlib.autodiff import layered
from gradlib.exercises.lesson05 import count, finite_differences, forward
from gradlib.numeric import central_difference

from .conftest import inputs


def test_paths_and_edges_are_those_of_gradlib():
    for widths, in inputs(count):
        assert count.reference(widths) == layered(widths)
        assert all(type(width) is int for width in widths)
    assert count.reference([100] * 10) == (10 ** 20, 90000)


def test_the_solution_agrees_with_a_nudge():
    for x, dx, y, dy in inputs(forward):
        nudged = central_difference(lambda t: (x + t * dx) * (y + t * dy), 0.0)
        assert np.allclose(forward.reference(x, dx, y, dy), [nudged, np.cos(x) * dx])


def test_nudges_leave_no_trace_and_the_given_loop_gives_nearly_the_running_sum():
    for f, w, h in inputs(finite_differences):
        assert np.array_equal((w + h) - h, w) and np.array_equal((w + h) - 2 * h + h, w)
        right, given = finite_differences.reference(f, w, h), finite_differences.as_given(f, w.copy(), h)
        assert np.allclose(given, np.cumsum(right), atol=1.5) and np.isclose(given[0], right[0])


def test_the_evidence_names_the_weight_that_moved():
    result = finite_differences.check(lambda *args: finite_differences.as_given(*args))
    assert result.evidence.startswith("With `w[1]` alone moved by 0.01562, f goes from")
