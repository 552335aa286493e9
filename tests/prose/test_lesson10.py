"""Numbers and promises in the prose of lesson 10 that no cell prints, and the moves of its derivation."""

from itertools import product

import numpy as np
import pytest

from gradlib import autodiff, data, network, without_backprop
from gradlib.explorers import guesses, lesson10
from gradlib.numeric import angle

# ----------------------------------------------------------------------------------------- sixty degrees off


def bowl(w):
    return np.sum(np.square(w)) / 2


def test_sixty_degrees_on_paper():
    straight, aside = (2 - 0.1, 0), (2 - 0.1 * 0.5, -0.1 * 3**0.5 / 2)
    assert np.round(aside, 3).tolist() == [1.95, -0.087]
    assert [f"{bowl(w):.3f}" for w in (straight, aside)] == ["1.805", "1.905"]
    assert [f"{2 - bowl(w):.3f}" for w in (straight, aside)] == ["0.195", "0.095"]


# ----------------------------------------------------------------------------------------- random weights

RNG = np.random.default_rng(0)
X = RNG.standard_normal((60, 4))
Y = np.tanh(X @ RNG.standard_normal((4, 2)))


def sent_and_true(layers, feedback):
    values = network.forward(layers, X)
    return [without_backprop.feedback_alignment(layers, values, (values[-1] - Y) / 60, back)
            for back in (feedback, [W.T for W in layers[2::2]])]


def aligned(sizes, seed, scale, steps):
    """The layers and the matrices of a run of feedback alignment, before each step."""
    rng = np.random.default_rng(seed)
    layers = network.initial(sizes, rng, scale=scale)
    feedback, run = without_backprop.random_feedback(layers, rng), []
    for _ in range(steps + 1):
        run.append(layers)
        layers = [array - 0.1 * slope for array, slope in zip(layers, sent_and_true(layers, feedback)[0])]
    return run, feedback


def first_layer(layers, feedback):
    sent, true = sent_and_true(layers, feedback)
    return angle(sent[0].ravel(), true[0].ravel())


def test_with_transposed_weights_the_line_is_backprop():
    layers = network.initial((4, 16, 16, 2), np.random.default_rng(5))

    def loss(*layers):
        return ((network.forward(layers, X)[-1] - Y) ** 2).sum() / 120
    _, gradient = autodiff.value_and_grad(loss, wrt=tuple(range(6)))(*layers)
    true = sent_and_true(layers, [np.zeros((16, 16)), np.zeros((2, 16))])[1]
    assert all(np.allclose(ours, theirs) for ours, theirs in zip(true, gradient))


def test_the_weights_turn_towards_the_matrix_and_large_ones_more_slowly():
    for seed in range(10):
        run, (B,) = aligned((4, 16, 2), seed, 0.1, 20)
        before, after = (angle(layers[2].ravel(), B.T.ravel()) for layers in (run[0], run[-1]))
        assert after < 45 and after < before - 30
    run, (B,) = aligned((4, 16, 2), 0, 0.1, 50)   # the last number that the lesson prints
    printed = [angle(run[step][2].ravel(), B.T.ravel()) for step in (0, 5, 10, 20, 50)]
    assert 85 < printed[0] < 95 and (np.diff(printed) < 0).all() and printed[3] < 20
    means = [np.mean([first_layer(run[-1], feedback) for run, feedback in
                      (aligned((4, 16, 2), seed, scale, 20) for seed in range(10))]) for scale in (0.1, 1.0)]
    assert means[0] < 30 and means[1] > 75


def test_the_plot_is_what_the_lesson_says_of_it():
    run, feedback = aligned((4, 16, 16, 2), 4, 1.0, 300)
    losses = [np.sum((network.forward(layers, X)[-1] - Y) ** 2) / 120 for layers in run]
    first = np.array([first_layer(layers, feedback) for layers in run])
    whole = [angle(*map(network.flat, sent_and_true(layers, feedback))) for layers in run]
    assert np.mean(first > 90) > 0.8 and (first[100:] > 90).all()
    assert [round(min(whole)), round(max(whole))] == [59, 75]
    assert (np.diff(losses) < 0).all() and losses[-1] < losses[0] / 50
    assert f"{losses[0]:.2f}" == "1.25" and f"{losses[-1]:.3f}" == "0.017"


def test_the_inner_product_is_the_sum_of_those_of_the_layers():
    run, feedback = aligned((4, 16, 16, 2), 4, 1.0, 150)
    for step, said in ((0, [-0.14, 0.10, 0.30]), (150, None)):
        sent, true = sent_and_true(run[step], feedback)
        lengths = [np.linalg.norm(network.flat(arrow)) for arrow in (sent, true)]
        parts = np.array([np.sum(a * b) for a, b in zip(sent, true)]).reshape(3, 2).sum(axis=1) / np.prod(lengths)
        whole = np.cos(np.radians(angle(network.flat(sent), network.flat(true))))
        assert parts[0] < 0 and (parts[1:] > 0).all() and parts.sum() == pytest.approx(whole)
        assert said is None or (parts.round(2).tolist() == said and round(whole, 2) == 0.26)


# ----------------------------------------------------------------------------------------- guesses

def test_coins_on_paper():
    g = np.array([3, 4])
    guesses = {v: (g @ v * np.array(v)).tolist() for v in product((1, -1), repeat=2)}
    assert guesses[1, 1] == guesses[-1, -1] == [7, 7] and guesses[1, -1] == guesses[-1, 1] == [-1, 1]
    assert np.mean([*guesses.values()], axis=0).tolist() == [3, 4]
    squares = [np.square(guess).sum() for guess in guesses.values()]
    assert sorted({*squares}) == [2, 98] and np.mean(squares) == 50 and g @ g == 25


def normal_average(f, d):
    """The mean of f(v) over d normal numbers, for a polynomial f, by Gauss and Hermite's points."""
    points, weights = np.polynomial.hermite_e.hermegauss(4)
    weights = weights / weights.sum()
    return sum(np.prod(weights[list(i)]) * f(points[list(i)]) for i in product(range(4), repeat=d))


def test_the_moves_of_the_derivation():
    g = np.array([0.5, -2.0, 1.0])
    assert normal_average(lambda v: g @ v * v, 3) == pytest.approx(g)
    assert normal_average(lambda v: v[0] ** 4, 2) == pytest.approx(3)
    assert normal_average(lambda v: v[0] ** 2 * v[1] ** 2, 2) == pytest.approx(1)
    assert normal_average(lambda v: (g @ v) ** 2 * (v @ v), 3) == pytest.approx((3 + 2) * (g @ g))
    for d in (1, 3):
        w = np.ones(d)
        left = {eta: normal_average(lambda v, eta=eta: np.sum((w - eta * (w @ v) * v) ** 2), d) / d
                for eta in (0.5 / (d + 2), 1 / (d + 2), 1.5 / (d + 2))}
        assert [*left.values()] == pytest.approx([1 - 2 * eta + eta**2 * (d + 2) for eta in left])
        assert min(left, key=left.get) == 1 / (d + 2) and left[1 / (d + 2)] == pytest.approx(1 - 1 / (d + 2))
    t = (320 + 2) * np.log(100)
    assert (1 - 1 / 322) ** t == pytest.approx(0.01, rel=0.01)
    assert 1e6 < (1e6 + 2) * np.log(100) < 1e7


def test_how_many_steps_320_weights_need():
    assert [round((d + 2) * np.log(100)) for d in (5, 20, 80, 320)] == [32, 101, 378, 1483]
    assert 1 / 3 < (1 - 1 / 322) ** 320 < 0.4


def test_the_mean_of_sixteen_guesses_allows_steps_about_nine_times_as_long():
    single, mean = (lesson10.predictions(lesson10.METHODS[0], 20, samples, 0)[0] for samples in (1, 16))
    assert 9 <= mean / single < 10


def test_gradient_descent_can_arrive_in_one_step_on_the_round_bowl():
    w = np.array([3.0, -1.0])
    assert (w - 1.0 * w == 0).all()


def test_what_the_explorer_shows():
    explorer = guesses()

    def said(**values):
        for name, control in explorer.controls.items():
            control.value = {"method": 0, "d": 20, "samples": 1, "noise": 0, "dice": 1, **values}[name]
        return explorer.sentence
    for values, cost in (({}, 248), ({"samples": 16}, 357), ({"d": 5}, 73), ({"d": 50}, 578), ({"method": 1}, 178)):
        assert f"A hundredth of the loss is left at a cost of {cost} losses" in said(**values)
    assert " 78 degrees off" in said() and " 49 degrees off" in said(samples=16)
    left = [float(said(method=1, noise=0.1, samples=samples).split(" losses, ")[1].split()[0]) for samples in (1, 16)]
    assert abs(left[0] - 0.25) < 0.02 and left[1] < 0.7 * left[0]
    assert said(noise=0.1).startswith("A hundredth of the loss is left at a cost of 248 losses")


def test_what_the_picture_of_the_explorer_shows():
    found = lesson10.runs(lesson10.METHODS[0], 20, 1, 0, 1)
    along, across = found.guesses.T
    off = np.degrees(np.arctan2(across, along))
    assert off.max() <= 90 and np.mean(off > 60) > 0.9
    assert np.degrees(np.arctan2(*found.mean[::-1])) < 20 and abs(np.hypot(*found.mean) - 1) < 0.3
    for dice in (1, 2, 3):
        losses = lesson10.runs(lesson10.METHODS[0], 20, 1, 0, dice).losses[-1]
        assert np.mean(losses < losses.mean()) > 0.5 and np.sort(losses)[-10:].sum() > losses.sum() / 2


# ----------------------------------------------------------------------------------------- the moons

POINTS, MOON = data.moons()
START = network.initial((2, 16, 16, 1), np.random.default_rng(0))


def test_the_moons_network_has_337_weights_and_a_thousand_losses_pay_for_333_steps_of_backprop():
    assert network.flat(START).size == 337
    price = autodiff.cost(network.loss_of(POINTS, MOON), *START, wrt=tuple(range(6))).ratio
    assert 960 < 333 * price < 1000 and 333 * 3 < 1000


def test_one_loss_of_the_moons_is_counted():
    assert autodiff.cost(network.loss_of(POINTS, MOON), *START, wrt=tuple(range(6))).forward == 135_601


def test_most_guesses_are_nearly_ninety_degrees_off():
    off = [angle(arrow, ways["backprop"][0]) for seed in range(5)
           for ways in [without_backprop.ways(START, POINTS, MOON, np.random.default_rng(seed))]
           for name, (arrow, _) in ways.items() if name in ("SPSA", "evolution strategies", "forward gradient")]
    assert np.mean(off) > 84 and min(off) > 75


def test_the_loss_of_the_moons_is_steep_in_few_directions():
    def slopes(w):
        return network.flat(network.gradient(network.split(w, network.sizes_of(START)), POINTS, MOON)[1])
    for layers in (START, network.train(START, POINTS, MOON, step_size=3.0, steps=333).layers):
        w = network.flat(layers)
        H = np.array([(slopes(w + 1e-5 * e) - slopes(w - 1e-5 * e)) / 2e-5 for e in np.eye(337)])
        curvatures = abs(np.linalg.eigvalsh((H + H.T) / 2))
        assert curvatures.sum() < 15 * curvatures.max()   # on a round bowl it would be 337 times


def test_hill_climbing_beats_spsa_here_with_other_dice_too():
    def f(w):
        return float(network.loss_of(POINTS, MOON)(*network.split(w, network.sizes_of(START))))
    w, rng = network.flat(START), np.random.default_rng(1)
    climb = without_backprop.hill_climbing(f, w, 0.03, 1000, np.random.default_rng(1)).losses[-1]
    for _ in range(500):
        w = w - 0.1 * without_backprop.spsa(f, w, rng)
    assert climb < 0.75 * f(w)


# ----------------------------------------------------------------------------------------- nothing is sent

def test_forward_forward_is_hardly_better_than_the_straight_line_of_lesson_07():
    right, wrong = (without_backprop.with_label(POINTS, label, 2) for label in (MOON, 1 - MOON))
    for seed in range(3):
        local = network.initial((4, 32, 32), np.random.default_rng(seed), scheme="he")
        for _ in range(500):
            local = [a - s for a, s in zip(local, without_backprop.forward_forward(local, right, wrong))]
        assert 0.88 < np.mean(without_backprop.classify(local, POINTS, 2) == MOON) < 0.92   # the line: 0.88


def test_gauss_and_seidel_on_paper():
    assert 5 / 2 == 2.5 and (4 - 2.5) / 2 == 0.75 and (5 - 0.75) / 2 == 2.125 and (2 * 2 + 1, 2 + 2 * 1) == (5, 4)


# ----------------------------------------------------------------------------------------- the map

def test_costs_on_the_map_in_losses():
    def operations(f, layers):
        return autodiff.operations(lambda w: network.flat(f(network.split(w, network.sizes_of(layers)))),
                                   network.flat(layers))
    found = without_backprop.ways(START, POINTS, MOON, np.random.default_rng(0))
    assert all(2 < found[f"{direct}feedback alignment"][1] / 135_601 < 3 for direct in ("", "direct "))
    right, wrong = (without_backprop.with_label(POINTS, label, 2) for label in (MOON, 1 - MOON))
    local = network.initial((4, 32, 32), np.random.default_rng(0), scheme="he")
    one = operations(lambda layers: network.forward(layers, right, "relu")[1:], local)
    assert 4 < operations(lambda layers: without_backprop.forward_forward(layers, right, wrong), local) / one < 5


def test_costs_of_linear_regression_in_losses():
    n, d = 50, 100
    features, target = np.ones((n, d)), np.ones(n)
    count = autodiff.cost(lambda w: ((features @ w - target) ** 2).mean() / 2, np.ones(d))
    assert count.ratio == pytest.approx(2, rel=0.05)
    assert 4 * n / count.forward == pytest.approx(2 / d, rel=0.05)      # a slope of one weight, and its change
    assert 2 * d**2 * n / count.forward == pytest.approx(d, rel=0.05)   # X' X
