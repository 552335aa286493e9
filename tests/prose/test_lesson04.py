"""Numbers and promises in the prose of lesson 04 that no cell prints."""

import numpy as np
import pytest

from gradlib import numeric
from gradlib.autodiff import graph, reverse, rules


def test_without_zeroing_a_second_walk_says_51():
    slopes = {"x": 15.0, "y": 6.0, "a": 3.0, "m": 1.0, "L": 1.0}
    local = [("L", "m", 1), ("L", "a", 1), ("m", "a", 2), ("m", "x", 6), ("a", "x", 3), ("a", "y", 2)]
    for result, operand, slope in local:
        slopes[operand] += slopes[result] * slope
    assert slopes["x"] == 51


def test_the_slope_of_tanh_is_one_minus_the_square_of_its_value():
    x = np.arctanh(0.6)
    assert numeric.complex_step(np.tanh, x) == pytest.approx(0.64)
    u, v = np.exp(x), np.exp(-x)
    assert ((u + v) ** 2 - (u - v) ** 2) / (u + v) ** 2 == pytest.approx(0.64)


def test_one_twelfth_is_the_half_and_the_mean_of_six():
    squares = np.arange(6.0) ** 2
    assert np.full((1, 6), 1 / 12) @ squares[:, None] == pytest.approx(squares.mean() / 2)


def test_a_column_minus_a_flat_array_meets_each_with_each():
    assert (np.ones((7, 1)) - np.ones(7)).shape == (7, 7)


def test_the_engine_of_the_course_has_the_parts_under_the_names_that_are_told():
    assert all(map(callable, (graph.Var, graph.tape, rules.fold, reverse.walk_back)))
    assert rules.multiply.dx and rules.multiply.dy, "a rule for x, and one for y"
