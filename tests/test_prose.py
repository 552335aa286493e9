"""Numbers that stand in the prose of the lessons and that no cell prints: each is worked out here."""

import itertools
import re

import numpy as np
import pytest

from gradlib import calculus, data, descent, network, theory
from gradlib.explorers import lesson08, lesson09, training


def test_lesson_07_on_paper():
    layers = [np.array([[1.0, -1]]), np.zeros(2), np.array([[1.0], [3]]), np.array([-2.0])]
    values = network.forward(layers, [[2.0]], "relu")
    assert [value.tolist() for value in values] == [[[2]], [[2, 0]], [[0]]]
    slopes = network.backward(layers, values, np.array([1.0]), "relu")
    assert [slope.tolist() for slope in slopes] == [[[-1, 0]], [-0.5, 0], [[-1], [0]], [-0.5]]


def test_lesson_07_the_first_of_six_sigmoid_layers():
    X, y = data.moons()
    deep = network.initial((2, 16, 16, 16, 16, 16, 1), np.random.default_rng(0))
    sizes = network.sizes(network.gradient(deep, X, y, "sigmoid")[1])
    assert 1000 < sizes[-1] / sizes[0] < 1500 and 2 < np.median(sizes[1:] / sizes[:-1]) < 6


def test_lesson_07_what_the_sliders_do():
    def right(**settings):
        explorer = training()
        for name, value in settings.items():
            explorer.controls[name].value = value
        return float(re.search(r"([\d.]+) % of the points", explorer.sentence)[1])
    assert right() == 97.5
    assert right(step_size=0.1) <= 88 and right(activation=1) == 88
    assert right(activation=2) > 97


@pytest.fixture
def standard_birds():
    return lesson08.birds()


def test_lesson_08_on_paper():
    slopes = np.array([-1.0, -3, -2, -5])
    X, y = data.four_points()
    assert (X[:, 0] * (X @ [0, 0] - y)).tolist() == slopes.tolist()
    means = [sum(pair) / 2 for pair in itertools.combinations(slopes, 2)]
    assert means == [-2, -1.5, -3, -2.5, -4, -3.5] and sum(means) == -16.5
    assert f"{np.var(slopes):.4f} {np.var(means):.4f}" == "2.1875 0.7292"


def test_lesson_08_what_the_floors_do(standard_birds):
    X, y = standard_birds
    floors = {(eta, B): theory.noise_floor(X, y, eta, B) for eta in (0.2, 0.8) for B in (1, 6, 8, 18, 32)}
    assert 0.22 < floors[0.2, 32] / floors[0.2, 8] < 0.25
    assert f"{floors[0.8, 8] / theory.small_step_floor(X, y, 0.8, 8):.1f}" == "3.5"
    assert round(floors[0.2, 1] / floors[0.2, 18]) == 24 and f"{floors[0.2, 6]:.4f}" == "0.0028"
    assert f"{theory.gradient_covariance(X, y, calculus.least_squares(X, y)).trace():.3f}" == "0.278"
    ends = [theory.shuffled_floor(X, y, eta, 38)[-1] for eta in (0.2, 0.1, 0.05, 0.025)]
    assert 6 < ends[0] / ends[1] < ends[1] / ends[2] < ends[2] / ends[3] < 8.5
    assert theory.shuffled_floor(X, y, 0.2, 38).max() < 0.75 * theory.noise_floor(X, y, 0.2, 38)
    diagonal = [theory.noise_floor(X, y, 0.04 * B, B) for B in (1, 2, 4, 8, 16)]
    assert [f"{floor:.4f}" for floor in diagonal] == ["0.0030", "0.0031", "0.0033", "0.0038", "0.0056"]


def test_lesson_08_how_long_single_runs_stay_near(standard_birds):
    """The mean logarithm of the growth of one run decides: below 0 it stays near, above it leaves."""
    X, _ = standard_birds
    rng = np.random.default_rng(0)
    for size, times in ((1, 1.7), (16, 1.1)):
        grows = []
        for factor in (0.96, 1.06):
            eta, w, grown = factor * times * theory.mean_square_limit(X, size), np.ones(2), 0.0
            for batch in itertools.islice(descent.fresh_batches(len(X), size, rng), 20_000):
                w = w - eta * X[batch].T.dot(X[batch].dot(w)) / size
                grown += np.log(np.linalg.norm(w))
                w = w / np.linalg.norm(w)
            grows.append(grown > 0)
        assert grows == [False, True]


def test_lesson_08_the_limits(standard_birds):
    X, _ = standard_birds
    assert theory.mean_square_limit(X, 1) / theory.step_limit(X) == pytest.approx(0.5, abs=0.02)
    assert theory.gaussian_limit(21, 20) == 1 and theory.gaussian_limit(10**9, 20) == pytest.approx(2)


def test_lesson_09_on_paper():
    v, moves = 0.0, []
    for slope in (1, 1, 1):
        v = 0.5 * v + slope
        moves.append(round(0.1 * v, 3))
    assert moves == [0.1, 0.15, 0.175]
    v, alternating = 0.0, []
    for slope in (1, -1, 1):
        v = 0.5 * v + slope
        alternating.append(v)
    assert alternating == [1, -0.5, 0.75]
    assert f"{0.4 / 0.016 ** 0.5:.1f}" == "3.2" and f"{0.016 ** 0.5:.3f}" == "0.126"
    for slope in (100, 0.01):
        assert slope / (0.01 * slope ** 2) ** 0.5 == pytest.approx(10)


def test_lesson_09_the_root_of_kappa_and_the_scale_of_the_loss():
    def steps(rule, kappa, most):
        gradient, start = np.array([1.0, kappa]).__mul__, np.array([-2.0, 0.7])
        distance = np.linalg.norm(descent.descend(gradient, start, rule, most).weights, axis=1)
        return np.argmax(distance < distance[0] / 1000)
    assert steps(descent.SGD(2 / 10_001), 10_000, 40_000) == 34_539
    assert steps(descent.Momentum((2 / 101) ** 2, (99 / 101) ** 2), 10_000, 1000) == 648
    assert round(np.log(1000) / -np.log((30**0.5 - 1) / (30**0.5 + 1))) == 19
    curvatures, start = np.array([1.0, 30]), np.array([-2.0, 0.7])
    for rule in (descent.RMSProp, descent.Adam):
        ends = [descent.descend(lambda w, scale=scale: scale * curvatures * w, start, rule(0.03), 100).weights[-1]
                for scale in (1, 1000)]
        assert ends[0] == pytest.approx(ends[1], rel=1e-2, abs=1e-6)


def test_lesson_09_what_the_race_shows():
    ends = {name: losses[-1] for name, (_, losses) in lesson09.race(lesson09.bowl()).items()}
    assert min(ends, key=ends.get) == "RMSProp" and ends["momentum"] > ends["SGD"]
    assert f"{lesson09.race(lesson09.bowl(), 1, 0.8)['momentum'][1][-1]:.0e}" == "2e-14"
    root = (1 + 0.9**0.5) / (1 - 0.9**0.5)   # 0.9 = ((root - 1) / (root + 1))²
    assert round(root**2, -2) == 1400
    ends = {name: losses[-1] for name, (_, losses) in lesson09.race(lesson09.rosenbrock()).items()}
    assert min(ends, key=ends.get) == "momentum"
    bent = [name for name, (_, losses) in lesson09.race(lesson09.two_moons()).items() if losses[-1] < 0.1]
    assert bent == ["momentum", "Nesterov", "Adam"]
    memoryless = {name: losses[-1] for name, (_, losses) in lesson09.race(lesson09.bowl(), 1, 0.0).items()}
    assert min(memoryless, key=memoryless.get) == "Adam"
    fast = {name: len(losses) for name, (_, losses) in lesson09.race(lesson09.bowl(), 10).items()}
    assert [name for name, steps in fast.items() if steps < 151] == ["SGD", "momentum", "Nesterov"]
