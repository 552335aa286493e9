"""Numbers and promises in the prose of lesson 07 that no cell prints."""

import itertools

import numpy as np
import pytest

from gradlib import autodiff, data, network
from gradlib.explorers.lesson07 import Pupil


@pytest.fixture(scope="module")
def moons():
    return data.moons()


def test_on_paper():
    layers = [np.array([[1.0, -1]]), np.zeros(2), np.array([[1.0], [3]]), np.array([-2.0])]
    values = network.forward(layers, [[2.0]], "relu")
    assert [value.tolist() for value in values] == [[[2]], [[2, 0]], [[0]]]
    slopes = network.backward(layers, values, np.array([1.0]), "relu")
    assert [slope.tolist() for slope in slopes] == [[[-1, 0]], [-0.5, 0], [[-1], [0]], [-0.5]]


def test_no_straight_line_gets_beyond_89_percent(moons):
    """Any line can be moved, without passing a point, until it goes through two of them: try all, both ways round."""
    X, y = moons
    first, second = np.array([*itertools.combinations(range(len(X)), 2)]).T
    along = X[second] - X[first]
    across = np.column_stack([-along[:, 1], along[:, 0]])
    side = X @ across.T - np.einsum("pd,pd->p", X[first], across)
    free = abs(side) < 1e-12    # on the line: counted as right, so this is a bound
    right = ((side > 0) == (y[:, None] == 1)) & ~free
    counts = np.concatenate([(right | free).sum(axis=0), (~right).sum(axis=0)])
    assert counts.max() / len(X) == 0.89


def test_a_column_minus_a_flat_array_is_a_table():
    assert (np.ones((7, 1)) - np.ones(7)).shape == (7, 7)


def test_the_program_of_one_hidden_layer_holds_the_four_equations(moons):
    small = network.initial((2, 3, 1), np.random.default_rng(0))
    text = autodiff.program(network.loss_of(*moons), *small, wrt=(0, 1, 2, 3))
    for line in ("t8 = t7.dot(x2.T)", "t10 = 1 - t9", "t8 *= t10", "dx3 = k3.dot(t7)", "dx1 = k3.dot(t8)",
                 "dx2 = t0.T.dot(t7)", "dx0 = k4.dot(t8)"):
        assert line in text


def test_the_first_of_six_sigmoid_layers(moons):
    deep = network.initial((2, 16, 16, 16, 16, 16, 1), np.random.default_rng(0))
    sizes = network.sizes(network.gradient(deep, *moons, "sigmoid")[1])
    assert 1000 < sizes[-1] / sizes[0] < 1500 and 2 < np.median(sizes[1:] / sizes[:-1]) < 6


def trained(moons, activation="tanh", hidden=2, scale=1.0, step_size=1.0, steps=300):
    pupil = Pupil(activation, hidden, scale)
    pupil.train(*moons, step_size, steps)
    return pupil


def right(pupil, moons):
    return np.mean((pupil.outputs(moons[0]) > 0) == moons[1])


def test_what_the_sliders_do(moons):
    assert right(trained(moons), moons) == 0.975 and right(trained(moons, "relu"), moons) > 0.97
    assert right(trained(moons, step_size=0.1), moons) <= 0.88 and right(trained(moons, "sigmoid"), moons) == 0.88
    jumping = trained(moons, step_size=10.0)
    assert (np.diff(jumping.losses) > 0).sum() > 20
    large, small = trained(moons, scale=10.0), trained(moons, scale=0.1)
    assert sum(network.stuck_units(large.layers, moons[0]).saturated) == 10
    assert small.sizes[0, 0] < trained(moons, steps=1).sizes[0, 0] / 20


def test_two_layers_of_sigmoid_bend_after_about_2300_steps(moons):
    pupil = trained(moons, "sigmoid", steps=2200)
    before = right(pupil, moons)
    pupil.train(*moons, 1.0, 200)
    assert before <= 0.89 and right(pupil, moons) > 0.95


def test_five_layers_of_sigmoid_stand_still_for_800_steps(moons):
    losses = trained(moons, "sigmoid", hidden=5, steps=1001).losses
    assert losses[10] - losses[800] < 0.01 and losses[1000] < 0.35


def test_the_network_with_a_wrong_mask_learns_almost_as_well_from_ten_starts(moons):
    """Ten networks side by side, as stacks of matrices."""
    X, y = moons
    starts = [network.initial((2, 16, 16, 1), np.random.default_rng(seed), scheme="he") for seed in range(10)]

    def accuracy(mask):
        W1, b1, W2, b2, W3, b3 = (np.stack(arrays) if arrays[0].ndim == 2 else np.stack(arrays)[:, None, :]
                                  for arrays in zip(*starts))
        for _ in range(600):
            h1 = np.maximum(X @ W1 + b1, 0)
            h2 = np.maximum(h1 @ W2 + b2, 0)
            delta3 = (1 / (1 + np.exp(-(h2 @ W3 + b3))) - y[:, None]) / len(y)
            delta2 = delta3 @ W3.swapaxes(1, 2) * (h2 > 0)
            delta1 = delta2 @ W2.swapaxes(1, 2) * (mask(h1, h2) > 0)
            W1, W2, W3 = (W - 0.3 * h.swapaxes(-1, -2) @ delta
                          for W, h, delta in ((W1, X, delta1), (W2, h1, delta2), (W3, h2, delta3)))
            b1, b2, b3 = (b - 0.3 * delta.sum(axis=1, keepdims=True)
                          for b, delta in ((b1, delta1), (b2, delta2), (b3, delta3)))
        z = np.maximum(np.maximum(X @ W1 + b1, 0) @ W2 + b2, 0) @ W3 + b3
        return ((z[..., 0] > 0) == y).mean()
    assert accuracy(lambda h1, h2: h1) == pytest.approx(0.982, abs=0.001)
    assert accuracy(lambda h1, h2: h2) == pytest.approx(0.975, abs=0.001)
