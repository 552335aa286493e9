"""The explorer of lesson 05: every count, every number and every bar against independent arithmetic."""

import functools
import itertools
import re

import numpy as np
import pytest

from gradlib import explorers, numeric, plots
from gradlib.autodiff import cost, layered, operations
from gradlib.explorers import lesson05

from .test_explorers_backprop import inside_and_apart, value

pytestmark = pytest.mark.filterwarnings("error")
NUMBER = r"(\d[\d,]*(?:\.\d+)?(?: × 10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?)"


def network(n, depth, batch, seed=0):
    """The network that `counts` describes, as a loss of its weights."""
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((batch, n)), rng.standard_normal(batch)
    weights = [rng.standard_normal(shape) for _ in range(depth - 1) for shape in ((n, n), n)] + [rng.standard_normal(n)]

    def loss(*weights):
        h = X
        for W, b in zip(weights[:-1:2], weights[1:-1:2]):
            h = np.tanh(h @ W + b)
        return ((h @ weights[-1] - y)**2).mean() / 2
    return loss, weights


def counted(n, depth, batch):
    loss, weights = network(n, depth, batch)
    return sum(w.size for w in weights), cost(loss, *weights, wrt=tuple(range(len(weights))))


@pytest.mark.parametrize("n, depth, batch", [*itertools.product(range(2, 7), range(1, 5), (2, 3, 32))])
def test_counts_are_those_of_cost_to_the_last_operation(n, depth, batch):
    weights, roads = lesson05.counts(n, depth, batch)
    size, found = counted(n, depth, batch)
    assert weights == size
    assert roads == {"loss alone": found.forward, "reverse mode": found.forward + found.backward,
                     "finite differences": (size + 1) * found.forward,
                     "forward mode": size * (found.forward + found.nudge), "complex step": 4 * size * found.forward}


@pytest.mark.parametrize("n, depth", [*itertools.product((2, 3), (1, 2, 3))])
def test_nudges_take_as_many_losses_as_counted(n, depth):
    loss, weights = network(n, depth, 3)
    shapes = [w.shape for w in weights]
    ends = np.cumsum([w.size for w in weights])
    calls = []

    def packed(w):
        calls.append(1)
        return loss(*(part.reshape(shape) for part, shape in zip(np.split(w, ends[:-1]), shapes)))
    w = np.concatenate([w.ravel() for w in weights])
    slopes = numeric.forward_difference(packed, w)
    assert len(calls) == w.size + 1
    calls.clear()
    assert numeric.complex_step(packed, w) == pytest.approx(slopes, abs=1e-5)
    assert len(calls) == w.size


@pytest.mark.parametrize("d, batch", [(2, 5), (6, 32), (7, 1)])
def test_the_formula_is_counted_and_does_the_same_products_as_reverse_mode(d, batch):
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((batch, d)), rng.standard_normal(batch), rng.standard_normal(d)
    assert lesson05.formula(d, batch=batch) == operations(lambda w: X.T @ (X @ w - y) / float(batch), w)
    products = operations(lambda w: X.T @ (X @ w), w)
    _, roads = lesson05.counts(d, 1, batch)
    assert lesson05.formula(d, batch=batch) - products == batch + d
    assert roads["reverse mode"] - products == 4 * batch + 5   # error, square, sum, divisions: no other product


def by_hand(n, depth, batch):
    """The four equations of lesson 07 for that network, from pen and paper: a function of all weights in one vector."""
    loss, weights = network(n, depth, batch)
    shapes = [w.shape for w in weights]
    ends = np.cumsum([w.size for w in weights])
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((batch, n)), rng.standard_normal(batch)

    def slopes(w):
        *layers, V = [w[end - np.prod(shape):end].reshape(shape) for end, shape in zip(ends, shapes)]
        values = [X]
        for W, b in zip(layers[::2], layers[1::2]):
            values.append(np.tanh(values[-1] @ W + b))
        delta = (values[-1] @ V - y) / batch
        found = [values[-1].T @ delta]
        delta = delta.reshape(batch, 1) * V
        for i in reversed(range(len(layers) // 2)):
            delta = delta * (1 - values[i + 1] * values[i + 1])
            found = [(values[i].T @ delta).reshape(n * n), delta.sum(axis=0), *found]
            delta = delta @ layers[2 * i].T if i else None
        return np.concatenate(found)
    return loss, weights, slopes


@pytest.mark.parametrize("n, depth, batch", [(2, 2, 5), (5, 2, 32), (3, 3, 4), (4, 5, 7)])
def test_the_formula_by_hand_is_the_gradient_and_is_counted(n, depth, batch):
    loss, weights, slopes = by_hand(n, depth, batch)
    w = np.concatenate([part.ravel() for part in weights])
    ends = np.cumsum([part.size for part in weights])[:-1]
    packed = numeric.complex_step(lambda w: loss(*(part.reshape(like.shape) for part, like in zip(
        np.split(w, ends), weights))), w)
    np.testing.assert_allclose(slopes(w), packed, rtol=1e-10, atol=1e-14)
    assert lesson05.formula(n, depth, batch) == operations(slopes, w)


@functools.cache
def costs_sweep():
    """What each width and depth says and shows: sentence, words at the bars, ends of the bars, place of the line."""
    explorer, seen = explorers.costs(), {}
    for width, _ in explorer.stops("width"):
        for depth, _ in explorer.stops("depth"):
            sentence = explorer.frame(depth=depth, width=width).sentence
            moving = explorer.live.moving
            bars, (three, bound), words = moving[:8], moving[8:10], moving[10:]
            seen[round(width), depth] = (sentence, [word.get_text() for word in words],
                                         [bar.get_x() + bar.get_width() for bar in bars],
                                         {*three.get_xdata(), bound.get_position()[0]})
    return seen


def test_widths_are_whole_and_differ_and_hold_10_and_100():
    widths = sorted({width for width, _ in costs_sweep()})
    assert widths == [2, 3, 5, 7, 10, 15, 22, 32, 46, 68, 100, 150, 220, 320, 460]
    assert len(costs_sweep()) == len(widths) * 12


def test_costs_tells_the_truth_at_every_stop():
    for (width, depth), (sentence, texts, ends, three) in costs_sweep().items():
        weights, roads = lesson05.counts(width, depth)
        loss, *others = roads.values()
        hand = lesson05.formula(width, depth)
        ratios = [others[0] / loss, hand / loss, *(other / loss for other in others[1:])]
        said = re.match(rf"Reverse mode costs {NUMBER} times the loss, the formula by hand {NUMBER}, finite "
                        rf"differences {NUMBER}, forward mode {NUMBER}, complex step {NUMBER}\. The network has depth "
                        rf"{NUMBER}, width {NUMBER} and {NUMBER} weights\. ", sentence)
        for group, ratio in zip(said.groups()[:5], ratios):
            assert value(group) == pytest.approx(ratio, abs=0.0501 if ratio < 10 else 0.501, rel=0.05 * (ratio >= 1e7))
        assert [value(group) for group in said.groups()[5:]] == [depth, width, weights]
        assert 1.5 < ratios[0] < 3.1   # the cheap gradient
        assert three == {3 * loss}
        assert ends == pytest.approx([loss, hand, *others, *layered([width] * depth + [1])])
        shown = [text.split(": ")[1] for text in texts]
        assert [text.removesuffix(" × the loss") for text in shown[1:6]] == [said[2], said[1], *said.groups()[2:5]]
        assert value(shown[0].removesuffix(" operations")) == pytest.approx(loss, rel=0.05)
        assert [value(text) for text in shown[6:]] == pytest.approx([width**depth, ends[7]], rel=0.05)
        if depth > 1:
            told = re.search(r"weights\. (.*) paths lead from the inputs to the loss, over (.*) edges\.$", sentence)
            assert [*told.groups()] == shown[6:]
        else:
            formula, reverse = re.search(rf"the formula \({NUMBER} operations\) does the same two products as reverse "
                                         rf"mode \({NUMBER}, loss included\)\.$", sentence).groups()
            assert [value(formula), value(reverse)] == [hand, others[0]]
            assert shown[6] == shown[7] == str(width)


@pytest.mark.parametrize("width, depth", [*itertools.product((2, 3, 5, 7), (1, 2, 5, 12))])
def test_costs_agrees_with_cost_on_the_small_networks_that_it_shows(width, depth):
    _, found = counted(width, depth, lesson05.BATCH)
    ends = costs_sweep()[width, depth][2]
    assert [ends[0], ends[2]] == pytest.approx([found.forward, found.forward + found.backward], rel=1e-12)


def test_the_numbers_of_the_course():
    """Ten layers of 100, as the lesson quotes them."""
    sentence = costs_sweep()[100, 10][0]
    assert sentence.startswith("Reverse mode costs 2.9 times the loss, the formula by hand 2.9, ")
    for said in ("finite differences 91,001,", "complex step 364,000", "91,000 weights"):
        assert said in sentence
    assert sentence.endswith("1 × 10²⁰ paths lead from the inputs to the loss, over 90,100 edges.")
    assert "(12,932 operations) does the same two products as reverse mode (12,933," in costs_sweep()[100, 1][0]


@pytest.mark.parametrize("width", [2, 100, 460])
@pytest.mark.parametrize("depth", [1, 5, 12])
def test_the_picture_of_the_costs_fits(width, depth):
    explorer = explorers.costs()
    explorer.controls["width"].value, explorer.controls["depth"].value = width, depth
    axes = explorer.live.figure.axes
    words = [text for ax in axes for text in [*ax.texts, ax.xaxis.label, *ax.get_xticklabels()]]
    assert inside_and_apart(axes, words)
    assert len(plots.png(explorer.live.figure)) <= 30_000


def test_the_longest_sentence_fits_its_room():
    longest = max(len(sentence) for sentence, *_ in costs_sweep().values())
    assert longest <= explorers.costs().room <= longest + 40
