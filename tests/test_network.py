"""The network: four equations against complex step, autodiff and the printed program; first weights; stuck units."""

import numpy as np
import pytest

from gradlib import network
from gradlib.autodiff import compiled, value_and_grad
from gradlib.data import moons
from gradlib.numeric import central_difference, complex_step

SIZES = [(2, 16, 16, 1), (3, 1), (1, 4, 1), (5, 3, 4, 2, 1), (4, 4, 4, 1)]


def problem(sizes, n=7, seed=0, scheme="xavier"):
    """Layers with biases that are not zero, features, and answers."""
    rng = np.random.default_rng([seed, *sizes])
    layers = [array + 0.3 * rng.standard_normal(array.shape) for array in network.initial(sizes, rng, scheme)]
    return layers, rng.standard_normal((n, sizes[0])), rng.integers(0, 2, n).astype(float)


def plain_loss(layers, X, y, activation):
    """The loss, written a second time and for complex numbers: example by example, unit by unit."""
    act = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "relu": lambda z: z * (z.real > 0)}[activation]
    total = 0
    for row, target in zip(X, y):
        h = row
        for i, (W, b) in enumerate(zip(layers[::2], layers[1::2])):
            z = np.array([sum(h[j] * W[j, k] for j in range(len(h))) + b[k] for k in range(len(b))])
            h = act(z) if 2 * i + 2 < len(layers) else z
        p = 1 / (1 + np.exp(-h[0]))
        total = total - target * np.log(p) - (1 - target) * np.log(1 - p)
    return total / len(y)


@pytest.mark.parametrize("activation", network.ACTIVATIONS)
@pytest.mark.parametrize("sizes", SIZES)
def test_the_four_equations_agree_with_complex_step(sizes, activation):
    layers, X, y = problem(sizes, n=3)
    loss, slopes = network.gradient(layers, X, y, activation)
    assert loss == pytest.approx(plain_loss(layers, X, y, activation), rel=1e-12)
    for i, slope in enumerate(slopes):
        judged = complex_step(lambda a, i=i: plain_loss([*layers[:i], a, *layers[i + 1:]], X, y, activation), layers[i])
        np.testing.assert_allclose(slope, judged, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("activation", network.ACTIVATIONS)
@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("n", [1, 4, 50])
def test_by_hand_by_backprop_and_by_its_program(sizes, activation, n):
    for seed in range(5):
        layers, X, y = problem(sizes, n, seed)
        loss, slopes = network.gradient(layers, X, y, activation)
        f, wrt = network.loss_of(X, y, activation), tuple(range(len(layers)))
        for road in (value_and_grad, compiled):
            other, others = road(f, wrt=wrt)(*layers)
            assert other == pytest.approx(loss, rel=1e-12)
            for ours, theirs in zip(slopes, others):
                np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-12 * np.abs(theirs).max() + 1e-300)


@pytest.mark.parametrize("name", network.ACTIVATIONS)
def test_slopes_of_activations(name):
    z = np.array([-4.0, -1.5, -0.2, 0.3, 1.1, 5.0])
    act = network.ACTIVATIONS[name]
    np.testing.assert_allclose(act.slope(act.of(z)), central_difference(lambda z: act.of(z).sum(), z), atol=1e-9)


def test_values_on_the_way():
    layers, X, _ = problem((2, 5, 3, 1), n=6)
    values = network.forward(layers, X)
    assert [value.shape for value in values] == [(6, 2), (6, 5), (6, 3), (6, 1)]
    np.testing.assert_allclose(network.probabilities(layers, X), 1 / (1 + np.exp(-values[-1][:, 0])), rtol=1e-12)


@pytest.mark.parametrize("scheme, spread", [("xavier", (2 / 500) ** 0.5), ("he", (2 / 300) ** 0.5), ("unit", 1)])
def test_first_weights_have_the_spread_of_their_scheme(scheme, spread):
    W, b = network.initial((300, 200), np.random.default_rng(0), scheme, scale=2.0)
    assert W.std() == pytest.approx(2 * spread, rel=0.01) and not b.any()


@pytest.mark.parametrize("activation, scheme", [("tanh", "xavier"), ("relu", "he")])
def test_a_scheme_keeps_values_alive_through_ten_layers(activation, scheme):
    rng = np.random.default_rng(1)
    layers = network.initial((100,) * 11 + (1,), rng, scheme)
    sizes = [value.std() for value in network.forward(layers, rng.standard_normal((200, 100)), activation)[:-1]]
    assert 0.2 < sizes[-1] / sizes[1] < 2
    small = network.initial((100,) * 11 + (1,), rng, scheme, scale=0.3)
    sizes = [value.std() for value in network.forward(small, rng.standard_normal((200, 100)), activation)[:-1]]
    assert sizes[-1] / sizes[1] < 1e-3


def test_sizes_are_root_mean_squares_of_the_weights_slopes():
    np.testing.assert_allclose(network.sizes([np.array([[3.0, 4]]), np.ones(2), np.full((2, 1), 5.0), np.ones(1)]),
                               [12.5 ** 0.5, 5])


def test_stuck_units_are_counted_by_layer():
    X = np.linspace(-1, 1, 9)[:, None]
    W1, b1 = np.array([[1.0, 1.0, 1.0]]), np.array([0.0, -2.0, 4.0])   # alive; never above 0; always above 0
    W2, b2 = np.eye(3)[:, :2], np.array([0.5, -9.0])
    layers = [W1, b1, W2, b2, np.ones((2, 1)), np.zeros(1)]
    assert network.stuck_units(layers, X, "relu") == ([1, 1], [1, 1])
    assert network.stuck_units(layers, X, "tanh") == ([0, 0], [1, 1])   # tanh(3) is flat to a tenth, tanh(-1) is not
    assert network.stuck_units([W1, b1 + [0, 0, 40], W2, b2, *layers[4:]], X, "tanh").dead == [1, 0]


def test_training_reaches_97_percent_of_the_moons_and_is_plain_gradient_descent():
    X, y = moons()
    layers = network.initial((2, 16, 16, 1), np.random.default_rng(0))
    run = network.train(layers, X, y, 1.0, 300)
    assert network.accuracy(run.layers, X, y) >= 0.97 and run.losses.shape == (300,) and run.sizes.shape == (300, 3)
    for t in range(20):
        loss, slopes = network.gradient(layers, X, y)
        assert loss == pytest.approx(run.losses[t], rel=1e-9)
        np.testing.assert_allclose(network.sizes(slopes), run.sizes[t], rtol=1e-7)
        layers = [array - slope for array, slope in zip(layers, slopes)]


def test_a_run_that_flies_apart_ends():
    X, y = moons()
    layers = network.initial((2, 16, 16, 1), np.random.default_rng(0), "he", scale=10.0)
    run = network.train(layers, X, y, 1e200, 300, "relu")
    assert len(run.losses) == len(run.sizes) < 300 and np.isfinite(run.losses).all()
    with np.errstate(over="ignore", invalid="ignore"):
        assert not np.isfinite(network.forward(run.layers, X, "relu")[-1]).all()


@pytest.mark.parametrize("call, error, message", [
    (lambda rng: network.initial((2,), rng), ValueError, r"sizes must name inputs and outputs, such as \(2, 16, 1\); "
                                                         r"got \[2\]"),
    (lambda rng: network.initial((2, 0, 1), rng), ValueError, "a layer's size must be at least 1, got 0"),
    (lambda rng: network.initial((2, 1.5), rng), TypeError, "a layer's size must be a whole number, got 1.5"),
    (lambda rng: network.initial((2, 1), rng, "xaver"), ValueError, "scheme must be one of 'xavier', 'he', 'unit'"),
    (lambda rng: network.initial((2, 1), rng, scale=-1), ValueError, "scale must be a positive number, got -1"),
    (lambda rng: network.forward(network.initial((2, 1), rng), np.ones((3, 4))), ValueError,
     "X has 4 columns; the first layer expects 2"),
    (lambda rng: network.forward(network.initial((2, 1), rng), np.ones((3, 2)), "tan"), ValueError,
     "activation must be one of 'tanh', 'sigmoid', 'relu'; got 'tan'"),
    (lambda rng: network.gradient(network.initial((2, 1), rng), np.ones((3, 2)), [0, 1, 2]), ValueError,
     "y must lie between 0"),
    (lambda rng: network.gradient(network.initial((2, 1), rng), np.ones((3, 2)), [[0], [1], [1]]), ValueError,
     r"y has shape \(3, 1\); expected \(3,\)"),
    (lambda rng: network.train(network.initial((2, 1), rng), np.ones((3, 2)), [0, 1, 1], None, 5), TypeError,
     "step_size must be a positive number, got None"),
])
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call(np.random.default_rng(0))


@pytest.mark.parametrize("sizes", SIZES)
def test_split_undoes_flat_and_lets_a_loss_of_one_vector_be_differentiated(sizes):
    layers, X, y = problem(sizes)
    w = network.flat(layers)
    for ours, theirs in zip(network.split(w, sizes), layers, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    loss = network.loss_of(X, y)
    slope = value_and_grad(lambda w: loss(*network.split(w, sizes)))(w)[1]
    np.testing.assert_allclose(slope, network.flat(network.gradient(layers, X, y)[1]), rtol=1e-12, atol=1e-15)


def test_split_says_how_many_weights_it_expects():
    with pytest.raises(ValueError, match="have 9 weights"):
        network.split(np.zeros(8), (2, 2, 1))
