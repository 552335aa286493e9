"""Ten ways without backprop. Where all directions can be listed, the laws hold to rounding; elsewhere over a sample
with a fixed seed, within four standard errors of that sample itself."""

import functools
import itertools
import math

import numpy as np
import pytest

from gradlib import autodiff, calculus, data, network, numeric
from gradlib import without_backprop as wb
from tests.test_theory_batches import gaussian_design


def all_signs(d):
    """All 2^d vectors of signs."""
    return np.array(list(itertools.product([-1.0, 1.0], repeat=d)))


LISTED = {"signs": all_signs, "normal": gaussian_design}   # every direction, or as good: the same moments to the fifth


def bowl(d, seed=0):
    """A quadratic of d weights that is not round, its gradient, and a place."""
    rng = np.random.default_rng([d, seed])
    root, goal = rng.standard_normal((d, d)), rng.standard_normal(d)
    H = root.T @ root / d + 0.1 * np.eye(d)
    return lambda w: ((w - goal) @ (H @ (w - goal))) / 2 + 3.0, lambda w: H @ (w - goal), rng.standard_normal(d)


def wavy(w):
    return (np.sin(w) * w).sum()


def holds_on_average(sample, expected, slack=0.0):
    """The mean of a sample is what was expected, within four of its standard errors. (And slack, a relative one.)"""
    error = np.std(sample, axis=0, ddof=1) / math.sqrt(len(sample))
    np.testing.assert_array_less(np.abs(np.mean(sample, axis=0) - expected),
                                 4 * error + slack * np.abs(expected) + 1e-15)


def guesses(guess, count, seed=0):
    rng = np.random.default_rng(seed)
    return np.array([guess(rng) for _ in range(count)])


# --------------------------------------------------------------------------- guesses: right on average

@pytest.mark.parametrize("directions", LISTED)
@pytest.mark.parametrize("d", [1, 2, 4])
def test_over_all_directions_the_guess_is_the_gradient(d, directions):
    f, gradient, w = bowl(d)
    listed = LISTED[directions](d)
    by_losses = wb.gradient_from_slopes(lambda v: wb.difference_along(f, w, v, 0.1), listed)
    by_nudges = wb.gradient_from_slopes(lambda v: autodiff.jvp(f, w, v)[1], listed)
    np.testing.assert_allclose(by_losses, gradient(w), rtol=1e-10, atol=1e-10)
    np.testing.assert_allclose(by_nudges, gradient(w), rtol=1e-10, atol=1e-10)


def test_axes_are_as_good_if_they_are_long_enough():
    f, gradient, w = bowl(5)
    axes = math.sqrt(5) * np.eye(5)
    np.testing.assert_allclose(wb.gradient_from_slopes(lambda v: gradient(w) @ v, axes), gradient(w), rtol=1e-12)


@pytest.mark.parametrize("h", [1e-3, 0.1, 1.0, 10.0])
def test_on_a_quadratic_the_slope_along_a_direction_is_exact_for_any_nudge(h):
    for seed in range(20):
        f, gradient, w = bowl(6, seed)
        v = np.random.default_rng(seed).standard_normal(6)
        assert wb.difference_along(f, w, v, h) == pytest.approx(gradient(w) @ v, rel=1e-9, abs=1e-10)
    off = wb.difference_along(wavy, w, v, 1.0) - numeric.complex_step(lambda t: wavy(w + t * v), 0.0)
    assert abs(off) > 1e-3   # and on others it is not


@pytest.mark.parametrize("guess", [
    lambda w: lambda rng: wb.spsa(wavy, w, rng), lambda w: lambda rng: wb.spsa(wavy, w, rng, samples=3),
    lambda w: lambda rng: wb.evolution_strategies(wavy, w, rng, sigma=1e-3),
    lambda w: lambda rng: wb.forward_gradient(wavy, w, rng)])
def test_guesses_are_right_on_average_where_the_loss_is_no_parabola(guess):
    w = np.array([0.3, -1.2, 0.8, 2.0])
    holds_on_average(guesses(guess(w), 1000), numeric.complex_step(wavy, w), slack=1e-5)


def test_evolution_strategies_see_the_loss_through_a_blur():
    """Of sin, blurred by sigma, is left exp(-sigma^2 / 2) sin: the mean of sin(x + sigma v) over all v."""
    w, sigma = np.array([0.3, -0.5, 0.2]), 1.0
    sample = guesses(lambda rng: wb.evolution_strategies(lambda w: np.sin(w).sum(), w, rng, sigma), 4000)
    holds_on_average(sample, math.exp(-sigma**2 / 2) * np.cos(w))
    assert (np.abs(sample.mean(axis=0) - np.cos(w)) > 5 * sample.std(axis=0) / math.sqrt(len(sample))).all()


@pytest.mark.parametrize("guess", [wb.spsa, wb.evolution_strategies, wb.forward_gradient])
def test_many_places_at_once_are_guessed_for_one_by_one(guess):
    w = np.random.default_rng(0).standard_normal((4, 3))
    def f(w):
        return (np.sin(w) * w).sum(axis=-1, keepdims=True)
    found = guess(f, w, np.random.default_rng(1), samples=2) if guess is not wb.evolution_strategies else guess(
        f, w, np.random.default_rng(1), pairs=2)
    shape = 2, 4, 3   # the directions as each guess draws them
    rng = np.random.default_rng(1)
    V = rng.integers(2, size=shape, dtype=np.int8) * 2.0 - 1 if guess is wb.spsa else rng.standard_normal(shape)
    h = {wb.spsa: 1e-3, wb.evolution_strategies: 0.1}.get(guess)
    for row in range(4):
        def slope(v, row=row):
            return (wb.difference_along(wavy, w[row], v, h) if h else
                    numeric.complex_step(lambda t: wavy(w[row] + t * v), 0.0))
        np.testing.assert_allclose(found[row], wb.gradient_from_slopes(slope, V[:, row]), rtol=1e-8, atol=1e-10)


def test_a_short_step_against_a_forward_gradient_never_leads_uphill():
    f, gradient, w = bowl(30)
    assert (guesses(lambda rng: wb.forward_gradient(f, w, rng), 200) @ gradient(w) >= 0).all()


# --------------------------------------------------------------------------- and how far off

@pytest.mark.parametrize("directions", LISTED)
@pytest.mark.parametrize("d, samples", [(1, 1), (2, 1), (4, 1), (1, 3), (2, 2)])
def test_squared_length_over_all_directions(d, samples, directions):
    g = np.random.default_rng(d).standard_normal(d)
    single = [(g @ v) * v for v in LISTED[directions](d)]
    lengths = [np.sum(np.mean(several, axis=0)**2) for several in itertools.product(single, repeat=samples)]
    assert np.mean(lengths) == pytest.approx(wb.relative_length(d, samples, directions) * (g @ g), rel=1e-12)
    if samples == 1:
        assert wb.relative_length(d, 1, directions) == {"signs": d, "normal": d + 2}[directions]


@pytest.mark.parametrize("d, samples", [(10, 1), (20, 2)])
def test_squared_length_of_what_the_functions_give(d, samples):
    f, gradient, w = bowl(d)
    g = gradient(w)
    for guess, directions in (
            (lambda rng: wb.forward_gradient(f, w, rng, samples), "normal"),
            (lambda rng: wb.spsa(f, w, rng, samples=samples), "signs"),
            *((lambda rng, sigma=sigma: wb.evolution_strategies(f, w, rng, sigma, samples), "normal")
              for sigma in (1.0, 0.01))):
        sample = guesses(guess, 600, seed=d)
        holds_on_average((sample**2).sum(axis=1) / (g @ g), wb.relative_length(d, samples, directions))
        variance = ((sample - g)**2).sum(axis=1) / (g @ g)
        holds_on_average(variance, wb.relative_length(d, samples, directions) - 1)
        assert wb.relative_length(d, samples, directions) - 1 == pytest.approx(
            (d + 1 if directions == "normal" else d - 1) / samples)


def test_the_mean_cosine_is_that_of_geometry():
    """The first coordinate of a random point on the sphere, by an integral over its latitude."""
    angles = np.linspace(0, math.pi, 200_001)
    for d in (2, 3, 4, 10, 50):
        latitudes = np.sin(angles) ** (d - 2)
        mean = (np.abs(np.cos(angles)) * latitudes).sum() / latitudes.sum()
        assert wb.mean_cosine(d) == pytest.approx(mean, rel=1e-4)
        assert wb.mean_cosine(d) == pytest.approx(math.sqrt(2 / (math.pi * d)), rel=0.4 / d)
        assert wb.mean_cosine(d) == pytest.approx(
            math.gamma(d / 2) / (math.sqrt(math.pi) * math.gamma((d + 1) / 2)), rel=1e-12)
    assert [wb.mean_cosine(1), wb.mean_cosine(2), wb.mean_cosine(3)] == pytest.approx([1, 2 / math.pi, 1 / 2])


@pytest.mark.parametrize("d, samples", [(10, 1), (10, 3), (10, 10), (60, 1), (60, 20), (3, 50)])
def test_the_mean_cosine_of_forward_gradients(d, samples):
    rng, g = np.random.default_rng(d), bowl(d)[1](np.zeros(d))
    V = rng.standard_normal((2000, samples, d))
    many = np.einsum("kp,kpd->kd", V @ g, V) / samples
    one = wb.forward_gradient(bowl(d)[0], np.zeros(d), np.random.default_rng(1), samples)
    np.testing.assert_allclose(one, wb.gradient_from_slopes(
        lambda v: g @ v, np.random.default_rng(1).standard_normal((samples, d))), rtol=1e-9, atol=1e-12)
    cosines = np.cos(np.radians(numeric.angle(many, g)))
    holds_on_average(cosines, wb.mean_cosine(d, samples))
    holds_on_average(cosines**2, samples / (samples + d - 1))


def test_signs_have_the_same_cosine_over_all_directions_of_the_gradient():
    d, rng = 10, np.random.default_rng(0)
    g = rng.standard_normal((20_000, d))
    holds_on_average(np.abs(g.sum(axis=1)) / np.linalg.norm(g, axis=1) / math.sqrt(d), wb.mean_cosine(d))


# --------------------------------------------------------------------------- and how fast it leads down

def round_bowl(w):
    return (w * w).sum() / 2


@pytest.mark.parametrize("directions", LISTED)
@pytest.mark.parametrize("samples", [1, 2])
def test_one_step_on_the_round_bowl_over_all_directions(directions, samples):
    w = np.random.default_rng(0).standard_normal(2)
    steps = [np.mean([(w @ v) * v for v in several], axis=0)
             for several in itertools.product(LISTED[directions](2), repeat=samples)]
    for eta in (0.01, 0.2, 1 / wb.relative_length(2, samples, directions), 0.7):
        after = np.mean([round_bowl(w - eta * step) for step in steps])
        assert after / round_bowl(w) == pytest.approx(wb.mean_shrinkage(eta, 2, samples, directions), rel=1e-12)


def test_the_best_step_and_the_limit():
    for d, samples in itertools.product((1, 5, 80), (1, 7)):
        R = wb.relative_length(d, samples)
        etas = np.linspace(0.01, 1.99, 199) / R
        rates = [wb.mean_shrinkage(eta, d, samples) for eta in etas]
        assert etas[np.argmin(rates)] == pytest.approx(1 / R, rel=0.011)
        assert wb.mean_shrinkage(2 / R, d, samples) == pytest.approx(1)
        assert wb.mean_shrinkage(1 / R, d, samples) == pytest.approx(1 - 1 / R)


@pytest.mark.parametrize("d", [5, 20])
def test_a_factor_of_a_hundred_takes_d_plus_2_times_ln_100_steps(d):
    """The mean over all runs does. Most runs are there a little earlier: the mean is made by few slow ones."""
    steps, rng = round((d + 2) * math.log(100)), np.random.default_rng(d)
    w, losses = np.ones((400, d)), []
    for _ in range(3 * steps):
        losses.append((w * w).sum(axis=1) / d)
        v = rng.standard_normal(w.shape)
        w = w - (w * v).sum(axis=1, keepdims=True) * v / (d + 2)
    for t in (1, steps // 8, steps // 2, steps):
        holds_on_average(losses[t], wb.mean_shrinkage(1 / (d + 2), d) ** t)
    assert wb.mean_shrinkage(1 / (d + 2), d) ** steps == pytest.approx(0.01, rel=0.5 if d == 5 else 0.15)
    assert 0.7 * steps < np.mean(np.argmax(np.array(losses) < 0.01, axis=0)) < steps
    one = np.ones(d) - wb.forward_gradient(round_bowl, np.ones(d), np.random.default_rng(0)) / (d + 2)
    v = np.random.default_rng(0).standard_normal(d)
    np.testing.assert_allclose(one, np.ones(d) - v.sum() * v / (d + 2), rtol=1e-12)


# --------------------------------------------------------------------------- try, and keep what is lower

def test_hill_climbing_never_goes_up_and_asks_once_for_each_try():
    asked = []

    def steps(w):   # no slope anywhere, and a cliff
        asked.append(w)
        return float(np.floor(4 * np.abs(w)).sum() + (w[0] > 1))
    climb = wb.hill_climbing(steps, [2.0, -1.0, 1.5], 0.5, 300, np.random.default_rng(0))
    assert len(asked) == 301 and climb.weights.shape == (301, 3)
    assert (np.diff(climb.losses) <= 0).all() and climb.losses[-1] < climb.losses[0]
    assert climb.losses.tolist() == [steps(w) for w in climb.weights]
    moved = np.abs(np.diff(climb.weights, axis=0)).max(axis=1) > 0
    assert (moved == (np.diff(climb.losses) < 0)).all()


@pytest.mark.parametrize("sigma", [0.3, 1.224, 3.0])
def test_hill_climbing_on_the_round_bowl_is_as_fast_as_rechenberg_says(sigma):
    """In 400 weights; what the limit of many weights leaves out is of the order of a few of them in a hundred."""
    d = 400
    v = np.random.default_rng(0).standard_normal((8000, d))
    fall = -np.minimum(np.log(((np.ones(d) + sigma / math.sqrt(d) * v) ** 2).sum(axis=1) / d), 0)
    holds_on_average(d * fall, wb.climbing_rate(sigma), slack=0.02)
    climb = wb.hill_climbing(round_bowl, np.ones(d), sigma / math.sqrt(d), 1, np.random.default_rng(0))
    assert -math.log(climb.losses[1] / climb.losses[0]) == pytest.approx(fall[0], abs=1e-12)


def test_the_best_reach_of_hill_climbing():
    """Beyer's figures for the (1+1) strategy on the sphere: 1.224, 0.202 for the distance, 0.27 of the tries."""
    sigmas = np.linspace(0.5, 2, 1501)
    rates = [wb.climbing_rate(sigma) for sigma in sigmas]
    assert sigmas[np.argmax(rates)] == pytest.approx(1.224, abs=0.002)
    assert max(rates) / 2 == pytest.approx(0.202, abs=5e-4)
    assert math.erfc(1.224 / 2 / math.sqrt(2)) / 2 == pytest.approx(0.27, abs=0.005)
    assert math.log(100) / max(rates) == pytest.approx(11.4, abs=0.05)


# --------------------------------------------------------------------------- networks: something else is sent back

def half_squared_error(X, Y, values=network.forward):
    return lambda *layers: ((values(layers, X)[-1] - Y) ** 2).sum() / (2 * len(X))


def regression(seed, sizes=(4, 16, 16, 2), n=100):
    """Layers to begin with, and two curves of four features."""
    rng = np.random.default_rng([seed, *sizes])
    X = rng.standard_normal((n, sizes[0]))
    Y = np.column_stack([np.sin(X[:, 0]), X[:, 1] * X[:, 2] / 2])
    return network.initial(sizes, rng), X, Y, rng


def true_gradient(loss, layers):
    return autodiff.value_and_grad(loss, wrt=tuple(range(len(layers))))(*layers)[1]


@pytest.mark.parametrize("activation", network.ACTIVATIONS)
def test_with_the_weights_themselves_on_the_way_back_it_is_backprop(activation):
    for seed in range(5):
        layers, X, Y, _ = regression(seed)
        values = network.forward(layers, X, activation)
        slopes = wb.feedback_alignment(layers, values, (values[-1] - Y) / len(X), [W.T for W in layers[2::2]],
                                       activation)
        loss = half_squared_error(X, Y, functools.partial(network.forward, activation=activation))
        for ours, true in zip(slopes, true_gradient(loss, layers), strict=True):
            np.testing.assert_allclose(ours, true, rtol=1e-10, atol=1e-13)


def test_direct_feedback_through_the_product_of_the_weights_is_backprop_where_nothing_bends():
    """Its own factor activation' is 1 - h h: near 1 for small values."""
    layers, X, Y, _ = regression(0)
    X = 1e-5 * X
    values = network.forward(layers, X)
    W2, W3 = layers[2::2]
    slopes = wb.direct_feedback_alignment(layers, values, (values[-1] - Y) / len(X), [(W2 @ W3).T, W3.T])
    for ours, true in zip(slopes, true_gradient(half_squared_error(X, Y), layers), strict=True):
        np.testing.assert_allclose(ours, true, rtol=1e-6, atol=1e-16)


def trained(by, layers, X, Y, feedback, step_size, steps):
    def send(layers):
        values = network.forward(layers, X)
        return by(layers, values, (values[-1] - Y) / len(X), feedback)
    return wb.learn(half_squared_error(X, Y), send, layers, step_size, steps)


def test_one_hidden_layer_aligns_from_90_to_under_45_degrees():
    """Lesson 07's moons, ten networks 2-16-1: at random first, and 300 steps later all but aligned."""
    X, y = data.moons()
    angles = []
    for seed in range(10):
        rng = np.random.default_rng(seed)
        layers = network.initial((2, 16, 1), rng)
        feedback = wb.random_feedback(layers, rng)

        def send(layers, feedback=feedback):
            values = network.forward(layers, X)
            delta = (autodiff.sigmoid(values[-1]) - y[:, None]) / len(y)
            return wb.feedback_alignment(layers, values, delta, feedback)
        run = wb.learn(network.loss_of(X, y), send, layers, 1.0, 301)
        assert run.losses[-1] < 0.5 * run.losses[0]
        angles.append(run.angles[[0, -1], 0])
        assert (run.angles[:, 1] < 1e-4).all()   # the last layer's slopes are the true ones
    begun, ended = np.array(angles).T
    holds_on_average(begun, 90)
    assert ended.mean() + 2 * ended.std(ddof=1) / math.sqrt(10) < 45


def test_with_two_hidden_layers_the_first_stays_near_90_degrees_and_the_loss_falls():
    falls, angles = [], []
    for seed in range(6):
        layers, X, Y, rng = regression(seed)
        run = trained(wb.feedback_alignment, layers, X, Y, wb.random_feedback(layers, rng), 0.1, 300)
        falls.append(run.losses[-1] / run.losses[0])
        angles.append([run.angles[:, 0].mean(), *run.angles[-1, :2]])
    whole, first, second = np.mean(angles, axis=0)
    error = np.std(angles, axis=0, ddof=1) / math.sqrt(6)
    assert max(falls) < 1 / 2 and np.mean(falls) < 1 / 4
    assert abs(whole - 90) < 5 and abs(first - 90) < 10
    assert second + 4 * error[2] < 80


def test_direct_feedback_learns():
    for seed in range(2):
        layers, X, Y, rng = regression(seed)
        feedback = wb.random_feedback(layers, rng, direct=True)
        run = trained(wb.direct_feedback_alignment, layers, X, Y, feedback, 0.1, 300)
        assert run.losses[-1] < run.losses[0] / 4


def test_targets_through_exact_inverses_always_have_less_than_90_degrees():
    worst, some = 0, []
    for seed in range(150):
        rng = np.random.default_rng(seed)
        sizes = np.sort(rng.integers(1, 9, rng.integers(3, 6)))[::-1].tolist()
        layers = [array + rng.standard_normal(array.shape) for array in network.initial(sizes, rng)]
        X, Y = rng.standard_normal((12, sizes[0])), rng.standard_normal((12, sizes[-1]))
        values = wb.linear_values(layers, X)
        delta = (values[-1] - Y) / len(X)
        slopes, true = wb.target_propagation(layers, values, delta), true_gradient(
            half_squared_error(X, Y, wb.linear_values), layers)
        for ours, exact, h in zip(slopes[::2], true[::2], values):
            assert (ours * exact).sum() == pytest.approx(((h.T @ delta) ** 2).sum(), rel=1e-6)
        angles = wb.layer_angles(slopes, true)
        worst = max(worst, angles.max())
        some.append(angles[0])
    assert worst < 90 and 45 < np.median(some)   # and not because it is the gradient in disguise


def test_each_example_has_the_same_inner_product():
    """The target's slope and the true one at h_1, example by example: e e, whatever the weights."""
    rng = np.random.default_rng(0)
    layers = network.initial((6, 5, 3), rng)
    X, delta = rng.standard_normal((1, 6)), rng.standard_normal((1, 3))
    sent = wb.target_propagation(layers, wb.linear_values(layers, X), delta)[1]   # of one example: its own delta_1
    assert sent @ (delta @ layers[2].T)[0] == pytest.approx((delta ** 2).sum())


# --------------------------------------------------------------------------- forward-forward

CENTRES = np.array([[0.0, 2.0], [-1.8, -1.0], [1.8, -1.0]])


def clouds(rng, n):
    """Three classes, each a round normal cloud: the nearest centre is the best that anybody can say."""
    labels = rng.integers(0, 3, n)
    return CENTRES[labels] + 0.8 * rng.standard_normal((n, 2)), labels


@pytest.mark.parametrize("seed", range(3))
def test_forward_forward_comes_close_to_the_best_there_is(seed):
    rng = np.random.default_rng(seed)
    (X, labels), (fresh, answers) = clouds(rng, 300), clouds(rng, 4000)
    layers, right = network.initial((5, 32, 32), rng, "he"), wb.with_label(X, labels, 3)
    assert np.mean(wb.classify(layers, fresh, 3) == answers) < 0.8
    for _ in range(200):
        wrong = wb.with_label(X, (labels + rng.integers(1, 3, len(X))) % 3, 3)
        layers = [array - 0.1 * slope for array, slope in zip(layers, wb.forward_forward(layers, right, wrong))]
    best = np.argmin(((fresh[:, None] - CENTRES) ** 2).sum(axis=2), axis=1) == answers
    ours = wb.classify(layers, fresh, 3) == answers
    assert 0.95 < best.mean() and ours.mean() > best.mean() - 0.01


def local_losses(layers, positive, negative, threshold):
    """The loss of every layer, written a second time."""
    losses, x, s = [], np.vstack([positive, negative]), np.repeat([1.0, -1.0], [len(positive), len(negative)])
    for W, b in zip(layers[::2], layers[1::2]):
        h = np.maximum(x @ W + b, 0)
        losses.append(np.logaddexp(0, s * (threshold - np.square(h).sum(axis=1))).mean())
        x = h / np.sqrt(np.square(h).sum(axis=1) + 1e-12).reshape(-1, 1)
    return losses


def test_forward_forward_descends_the_loss_of_each_layer_and_not_their_sum():
    layers, X, _, rng = regression(3, (4, 8, 6, 5), n=20)
    layers = [array + 0.1 for array in layers]
    other = rng.standard_normal((30, 4))
    slopes = wb.forward_forward(layers, X, other, 1.5)
    for i, slope in enumerate(slopes):
        def loss(array, i=i):
            return local_losses([*layers[:i], array, *layers[i + 1:]], X, other, 1.5)[i // 2]
        np.testing.assert_allclose(slope, numeric.central_difference(loss, layers[i]), atol=1e-8)
    total = true_gradient(lambda *layers: sum(local_losses(layers, X, other, 1.5)), layers)
    angles = wb.layer_angles(slopes, total)
    assert angles[-1] < 1e-4 and (angles[:-1] > 1).all()


# --------------------------------------------------------------------------- linear regression

def penguins():
    X, y = data.penguins("flipper", "bill")
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def random_regression(d=6, n=30):
    rng = np.random.default_rng(d)
    return rng.standard_normal((n, d)) @ rng.standard_normal((d, d)), rng.standard_normal(n)


@pytest.mark.parametrize("X, y", [penguins(), random_regression()], ids=["penguins", "random"])
def test_coordinate_descent_is_gauss_and_seidel_number_by_number(X, y):
    A, b, d = X.T @ X, X.T @ y, X.shape[1]
    w = np.linspace(-1, 1, d)
    weights = wb.coordinate_descent(X, y, w, 10 * d)
    assert weights.shape == (10 * d + 1, d)
    for sweep in range(1, 11):
        w = np.linalg.solve(np.tril(A), b - np.triu(A, 1) @ w)
        np.testing.assert_allclose(weights[sweep * d], w, rtol=1e-10, atol=1e-12)


def test_every_move_is_along_one_axis_to_its_lowest_point():
    X, y = random_regression()
    weights = wb.coordinate_descent(X, y, np.zeros(6), 40)
    losses = [calculus.linear_loss(X, y, w) for w in weights]
    assert (np.diff(losses) <= 1e-15).all()
    for t, (before, after) in enumerate(zip(weights, weights[1:])):
        assert np.flatnonzero(before != after).tolist() == [t % 6]
        assert calculus.linear_gradient(X, y, after)[t % 6] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("X, y", [penguins(), random_regression()], ids=["penguins", "random"])
def test_normal_equations_set_the_gradient_to_zero(X, y):
    w = wb.normal_equations(X, y)
    np.testing.assert_allclose(calculus.linear_gradient(X, y, w), 0, atol=1e-12)
    np.testing.assert_allclose(w, calculus.least_squares(X, y), rtol=1e-9)
    np.testing.assert_allclose(wb.coordinate_descent(X, y, np.zeros(len(w)), 4000)[-1], w, rtol=1e-8)


def test_normal_equations_square_the_condition_number():
    """Two features that differ in the seventh digit: the singular values keep nine digits, X'X only two or three."""
    t = np.linspace(-1, 1, 50)
    X, w = np.column_stack([t, t + 1e-7 * t**2]), np.array([1.0, 2.0])
    errors = [np.abs(solve(X, X @ w) - w).max() for solve in (calculus.least_squares, wb.normal_equations)]
    assert errors[0] < 1e-7 and errors[1] > 1000 * errors[0]


# --------------------------------------------------------------------------- what it costs

def moons_network(sizes=(2, 16, 16, 1)):
    X, y = data.moons()
    layers = network.initial(sizes, np.random.default_rng(0))
    return layers, X, y, wb.ways(layers, X, y, np.random.default_rng(1))


def test_what_is_flat_can_be_split_by_its_sizes():
    layers = regression(0)[0]
    for before, after in zip(layers, network.split(network.flat(layers), network.sizes_of(layers)), strict=True):
        np.testing.assert_array_equal(before, after)


def test_ways_are_those_of_the_network_and_cost_what_they_say():
    layers, X, y, ways = moons_network()
    loss, slopes = network.gradient(layers, X, y)
    np.testing.assert_allclose(ways["backprop"][0], network.flat(slopes), rtol=1e-10, atol=1e-14)
    one = autodiff.cost(network.loss_of(X, y), *layers, wrt=tuple(range(6))).forward
    d = ways["backprop"][0].size
    counts = {name: count for name, (_, count) in ways.items()}
    assert counts["feedback alignment"] == counts["backprop"] > counts["direct feedback alignment"]
    for name in ("SPSA", "evolution strategies"):   # two losses; nudging, dividing, and the product with the direction
        assert 2 * one < counts[name] < 2 * one + 10 * d
    assert 2 * one < counts["forward gradient"] < 3 * one and 2 * one < counts["backprop"] < 3 * one


def test_no_guess_asks_more_often_than_it_says():
    asked = []

    def f(w):
        asked.append(w)
        return round_bowl(w)
    for guess, losses in ((wb.spsa, 2), (wb.evolution_strategies, 2), (wb.forward_gradient, 1)):
        for samples in (1, 3):
            asked.clear()
            guess(f, np.ones(4), np.random.default_rng(0), **{"pairs" if losses == 2 and guess is not wb.spsa
                                                               else "samples": samples})
            assert len(asked) == losses * samples


def test_targets_cost_as_much_as_backprop_but_for_the_inverses():
    """The weights are constants here: counted is what depends on the features, which is all but the inverses."""
    rng = np.random.default_rng(0)
    layers, X, Y = network.initial((8, 8, 6, 4), rng), rng.standard_normal((50, 8)), rng.standard_normal((50, 4))

    def counted(send):
        def slopes(X):
            values = [X]
            for W, b in zip(layers[::2], layers[1::2]):
                values.append(values[-1] @ W + b)
            delta = (values[-1] - Y) / 50.0
            return network.flat(send(values, delta))
        return autodiff.operations(slopes, X)

    def backprop(values, delta):
        hidden = delta @ layers[4].T
        deltas = [hidden @ layers[2].T, hidden, delta]
        return [part for h, d in zip(values, deltas) for part in (h.T @ d, d.sum(axis=0))]

    ours, theirs = counted(lambda values, delta: wb.target_propagation(layers, values, delta)), counted(backprop)
    numbers = 50 * (8 + 6 + 4)
    assert theirs < ours <= theirs + 3 * numbers


def test_forward_forward_costs_a_product_forward_and_one_for_the_slopes():
    rng = np.random.default_rng(0)
    layers, X, other = network.initial((5, 32, 32), rng), rng.standard_normal((40, 5)), rng.standard_normal((40, 5))
    products = 2 * 80 * (5 * 32 + 32 * 32)

    def moves(w):
        return network.flat(wb.forward_forward(network.split(w, (5, 32, 32)), X, other))
    count = autodiff.operations(moves, network.flat(layers))
    assert 2 * products < count < 2.3 * products


def test_angles_of_what_linear_regression_moves_by():
    """One weight's move: a cosine of |g_j| / |g|.  The way to the normal equations' answer: always below 90 degrees."""
    X, y = random_regression()
    w = np.linspace(-1, 1, 6)
    g = calculus.linear_gradient(X, y, w)
    move = w - wb.coordinate_descent(X, y, w, 1)[1]
    assert np.cos(np.radians(numeric.angle(move, g))) == pytest.approx(abs(g[0]) / np.linalg.norm(g))
    for seed in range(50):
        w = np.random.default_rng(seed).standard_normal(6)
        assert numeric.angle(w - wb.normal_equations(X, y), calculus.linear_gradient(X, y, w)) < 90


def test_costs_of_linear_regression():
    X, y = random_regression()
    n, d = X.shape
    e, column = X @ np.ones(d) - y, X[:, 0]
    assert autodiff.operations(lambda e: e + (column @ e) / -2.0 * column, e) == 4 * n + 1
    assert autodiff.operations(lambda X: X.T @ X, X) == 2 * n * d**2
    assert autodiff.operations(lambda y: X.T @ y, y) == 2 * n * d


# --------------------------------------------------------------------------- bad input, and runs that fly apart

LAYERS = network.initial((2, 4, 3, 1), np.random.default_rng(0))
VALUES = network.forward(LAYERS, np.ones((5, 2)))
RNG = np.random.default_rng(0)


@pytest.mark.parametrize("call, says", [
    (lambda: wb.spsa(round_bowl, np.ones(3), RNG, h=0.0), "h must be a positive number, got 0.0"),
    (lambda: wb.spsa(round_bowl, [1.0, np.nan], RNG), "w has 1 value that is not finite"),
    (lambda: wb.evolution_strategies(round_bowl, np.ones(3), RNG, pairs=0), "pairs must be at least 1, got 0"),
    (lambda: wb.evolution_strategies(round_bowl, np.ones(3), RNG, sigma=-1.0), "sigma must be a positive number"),
    (lambda: wb.forward_gradient(round_bowl, np.ones(3), RNG, samples=0), "samples must be at least 1, got 0"),
    *((lambda guess=guess: guess(lambda w: (w - 1) ** 2, np.ones(3), RNG), r"one number, got an array of shape \(3,\)")
      for guess in (wb.spsa, wb.evolution_strategies, wb.forward_gradient)),
    (lambda: wb.hill_climbing(lambda w: w, [1.0, 2.0], 0.1, 5, RNG), "the loss must be one number, got an array of"),
    (lambda: wb.difference_along(round_bowl, np.ones(3), np.ones(3), 0), "h must be a positive number"),
    (lambda: wb.hill_climbing(round_bowl, [1.0], 0.0, 5, RNG), "sigma must be a positive number, got 0.0"),
    (lambda: wb.feedback_alignment(LAYERS, VALUES, np.ones(5), wb.random_feedback(LAYERS, RNG)),
     r"delta has shape \(5,\); expected \(5, 1\)"),
    (lambda: wb.feedback_alignment(LAYERS, VALUES, np.ones((5, 1)), wb.random_feedback(LAYERS, RNG, direct=True)),
     r"shapes \[\(1, 4\), \(1, 3\)\]; expected \[\(3, 4\), \(1, 3\)\]"),
    (lambda: wb.feedback_alignment(LAYERS, VALUES, np.ones((5, 1)), []), r"shapes \[\]; expected"),
    (lambda: wb.direct_feedback_alignment(LAYERS, VALUES, np.ones((5, 1)), wb.random_feedback(LAYERS, RNG)),
     r"shapes \[\(3, 4\), \(1, 3\)\]; expected \[\(1, 4\), \(1, 3\)\]"),
    (lambda: wb.feedback_alignment(LAYERS, VALUES, np.ones((5, 1)), wb.random_feedback(LAYERS, RNG), "linear"),
     "activation must be one of 'tanh'"),
    (lambda: wb.target_propagation(network.initial((2, 2, 3), RNG), wb.linear_values(network.initial(
        (2, 2, 3), RNG), np.ones((5, 2))), np.ones((5, 3))), "cannot be undone: it needs 3 independent columns"),
    (lambda: wb.with_label(np.ones((3, 2)), [0, 1, 3], 3), "labels must be whole numbers from 0 to 2"),
    (lambda: wb.forward_forward(LAYERS, np.ones((3, 2)), np.ones((3, 2)), -1.0), "threshold must be a positive number"),
    (lambda: wb.coordinate_descent([[1.0, 0.0], [2.0, 0.0]], [1.0, 2.0], [0.0, 0.0], 3), "feature 1 of X is 0"),
    (lambda: wb.normal_equations([[1.0, 2.0], [2.0, 4.0]], [1.0, 2.0]), "the 2 features are not independent"),
    (lambda: wb.relative_length(3, directions="axes"), "directions must be one of 'normal', 'signs'; got 'axes'"),
    (lambda: wb.mean_cosine(0), "d must be at least 1, got 0"),
    (lambda: wb.learn(round_bowl, lambda layers: layers, LAYERS, 0.0, 3), "step_size must be a positive number"),
])
def test_bad_input_is_answered_in_one_sentence(call, says):
    with pytest.raises(ValueError, match=says):
        call()


def test_a_run_that_flies_apart_is_a_result():
    layers, X, Y, rng = regression(0)
    run = trained(wb.feedback_alignment, layers, X, Y, wb.random_feedback(layers, rng), 1e3, 100)
    assert len(run.losses) == len(run.angles) < 100 and np.isfinite(run.losses).all()
