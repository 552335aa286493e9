"""Counted operations against figures worked out by hand, and paths and edges against enumeration."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradlib.autodiff import Var, backward, cost, cross_entropy, dot, edges, layered, paths, relu

from .programs import random_program


def network(widths, rows):
    """The cost of the loss of a classifier with relu layers, with respect to all its weights."""
    weights = [np.ones(shape) for a, b in zip(widths, widths[1:]) for shape in ((a, b), (b,))]

    def loss(*weights):
        h = np.ones((rows, widths[0]))
        for W, b in zip(weights[:-2:2], weights[1:-2:2]):
            h = relu(dot(h, W) + b)
        return cross_entropy(dot(h, weights[-2]) + weights[-1], np.ones((rows, widths[-1])))
    return cost(loss, *weights, wrt=tuple(range(len(weights))))


@pytest.mark.parametrize("widths, rows, expected", [
    ((2, 16, 16, 2), 32, 1.912), ((64, 128, 10), 64, 1.148), ((784, 512, 512, 10), 128, 1.401)], ids=str)
def test_backward_over_forward(widths, rows, expected):
    """Twice the products, less those with the first layer's input, which needs no slope."""
    counted = network(widths, rows)
    assert counted.backward / counted.forward == pytest.approx(expected, rel=0.01)
    multiplied = [a * b for a, b in zip(widths, widths[1:])]
    assert counted.backward / counted.forward == pytest.approx(2 - multiplied[0] / sum(multiplied), rel=0.015)


@pytest.mark.parametrize("widths, rows, expected", [((784, 30, 10), 10, 2.01), ([100] * 11, 10, 2.90)], ids=str)
def test_loss_and_slopes_over_loss(widths, rows, expected):
    assert network(widths, rows).ratio == pytest.approx(expected, rel=0.01)


def test_the_forward_count_is_the_count_by_hand():
    rows, inputs, hidden, classes = 32, 2, 16, 3
    first = rows * hidden * (2 * inputs + 1 + 1)           # multiply, add; the bias; the relu
    second = rows * classes * (2 * hidden + 1)
    assert network((inputs, hidden, classes), rows).forward == first + second + rows * classes


def test_counts_do_not_depend_on_the_values_nor_on_unused_arguments():
    f = lambda w, unused: (np.exp(w) * w).sum()   # noqa: E731
    w = np.array([0.3, -1.2, 2.0])
    assert cost(f, w, w) == cost(f, 10 * w, w) == cost(f, w, w, wrt=(0, 1))
    assert cost(f, w, w).forward == 9    # three exponentials, three products, and a sum of three
    assert cost(f, w, w, wrt=1).backward == 0


def test_moving_numbers_is_free():
    w = np.arange(6.0).reshape(2, 3)
    plain, moved = cost(lambda w: (w * w).sum(), w), cost(lambda w: (w.T.reshape(6)[::-1] * w.reshape(6)).sum(), w)
    assert plain.forward == moved.forward == 12
    assert plain.stored == moved.stored


# ------------------------------------------------------------------------------- paths and edges

def operands(var):
    return [operand for operand in (var.x, var.y) if type(operand) is Var]


def enumerated(var, leaf):
    """Every way from the leaf to var, one by one."""
    if var is leaf:
        return 1
    return sum(enumerated(operand, leaf) for operand in operands(var))


def graph_of(choices):
    """A graph of numbers: each choice adds a product or a sum of two that are there already."""
    numbers = [Var(np.float64(0.5)), Var(np.float64(1.5))]
    for first, second, times in choices:
        a, b = numbers[first % len(numbers)], numbers[second % len(numbers)]
        numbers.append(a * b if times else a + b)
    return numbers


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans()), min_size=1, max_size=9))
def test_paths_and_edges_are_what_enumeration_finds(choices):
    numbers = graph_of(choices)
    out, reached, waiting = numbers[-1], [], [numbers[-1]]
    while waiting:
        var = waiting.pop()
        if not any(var is other for other in reached):
            reached.append(var)
            waiting += operands(var)
    assert edges(out) == sum(len(operands(var)) for var in reached)
    for leaf in numbers[:2]:
        assert paths(out, leaf) == enumerated(out, leaf)


def test_every_term_of_the_chain_rule_is_a_path():
    """With sums only, every path contributes 1: the slope counts the paths."""
    numbers = graph_of([(0, 1, False), (2, 2, False), (3, 0, False), (4, 3, False), (5, 4, False)])
    ways = [paths(numbers[-1], leaf) for leaf in numbers[:2]]
    backward(numbers[-1])
    assert ways == [leaf.grad for leaf in numbers[:2]] == [8, 6]


def test_paths_grow_as_powers_and_edges_as_multiples():
    w = Var(np.float64(1.0))
    out = w
    for _ in range(100):
        out = out + out
    assert (paths(out, w), edges(out)) == (2**100, 200)


def test_layered_networks():
    assert layered([100] * 10) == (10**20, 90_000)
    assert layered([100] * 10 + [1]) == (10**20, 90_100)
    assert layered([2, 3, 2]) == (12, 12)


def test_counting_leaves_the_slopes_as_they_are():
    made = random_program(10)
    leaves = [Var(leaf) for leaf in made.leaves]
    loss = made.f(*leaves, *made.data.values())
    backward(loss)
    before = [leaf.grad for leaf in leaves]
    assert paths(loss, leaves[0]) > 0 and edges(loss) > 0
    np.testing.assert_equal([leaf.grad for leaf in leaves], before)
