"""Numbers in the prose of lesson 03 that no cell prints."""

from gradlib import autodiff
from gradlib.explorers import lesson03


def slopes_by_name(graph):
    """The slope that arrives at each box of a graph of the explorer."""
    loss, names, *_ = graph()
    autodiff.backward(loss)
    return {name: float(var.grad) for var, name in names.items()}


def test_the_chain_hands_on_10_10_and_30():
    assert slopes_by_name(lesson03.chain) == {"L": 1, "b": 10, "a": 10, "x": 30}


def test_a_value_used_twice_hands_on_what_has_arrived():
    assert slopes_by_name(lesson03.fan_out) == {"L": 1, "m": 1, "a": 2 + 1, "x": 6 + 3 * 3, "y": 3 * 2}


def test_the_regression_finds_e_x():
    slopes = slopes_by_name(lesson03.regression)
    assert (slopes["s"], slopes["e"] / slopes["s"]) == (0.5, 6)   # the half, and the square
    assert slopes["w"] == 3 * 4 and slopes["b"] == 3
