"""Numbers and promises in the prose of lesson 09 that no cell prints, and the moves of its derivation."""

import numpy as np
import pytest

from gradlib import calculus, descent, theory
from gradlib.explorers import lesson08, lesson09

CURVATURES, START = np.array([1.0, 30.0]), np.array([-2.0, 0.7])
VALLEY = np.diag(CURVATURES)
TURN = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
RULES = {descent.SGD: 0.06, descent.Momentum: 0.02, descent.RMSProp: 0.03, descent.Adam: 0.1}


def test_momentum_on_paper():
    def moves(slopes):
        v = 0.0
        for slope in slopes:
            v = 0.5 * v + slope
            yield v
    assert [round(0.1 * v, 3) for v in moves([1] * 3)] == [0.1, 0.15, 0.175]
    assert [*moves([1, -1, 1, -1])] == [1, -0.5, 0.75, -0.625]
    assert [abs([*moves(slopes)][-1]) for slopes in ([1] * 50, [1, -1] * 25)] == pytest.approx([2, 2 / 3])


def test_rmsprop_and_adam_on_paper():
    assert f"{0.4 / 0.016 ** 0.5:.1f}" == "3.2" and f"{0.016 ** 0.5:.3f}" == "0.126"
    for slope in (100.0, 0.01):
        first = [rule(0.03).step(np.zeros(1), np.array([slope]))[0] for rule in (descent.RMSProp, descent.Adam)]
        assert first == pytest.approx([-0.3, -0.03], rel=1e-4)


# ------------------------------------------------------------------------------------ where the rate comes from

def best_settings(kappa):
    root = np.sqrt(kappa)
    return (2 / (1 + root)) ** 2, ((root - 1) / (root + 1)) ** 2


def sizes_of_roots(eta, beta, curvature):
    return np.abs(np.roots([1, -(1 + beta - eta * curvature), beta]))


def test_a_run_obeys_the_line_of_three_distances():
    u = descent.descend(CURVATURES.__mul__, START, descent.Momentum(0.03, 0.6), 30).weights
    expected = (1 + 0.6 - 0.03 * CURVATURES) * u[1:-1] - 0.6 * u[:-2]
    assert u[2:] == pytest.approx(expected)


@pytest.mark.parametrize("beta", [0.04, 0.36, 0.81])
def test_inside_the_room_both_roots_have_one_size_and_outside_one_is_larger(beta):
    low, high = (1 - beta**0.5) ** 2, (1 + beta**0.5) ** 2
    for product in np.linspace(low + 1e-6, high - 1e-6, 9):
        assert sizes_of_roots(product, beta, 1) == pytest.approx(beta**0.5)
    for product in (0.9 * low, 1.1 * high):
        assert sizes_of_roots(product, beta, 1).max() > beta**0.5 + 1e-3


def test_with_the_best_settings_both_ends_touch_and_no_others_are_faster():
    eta, beta = best_settings(30)
    rate = (30**0.5 - 1) / (30**0.5 + 1)
    assert [eta * curvature for curvature in CURVATURES] == pytest.approx([(1 - rate) ** 2, (1 + rate) ** 2])
    assert beta**0.5 == pytest.approx(rate) and eta == pytest.approx(4 / (1 + 30**0.5) ** 2)
    others = [max(sizes_of_roots(step, share, curvature).max() for curvature in CURVATURES)
              for step in eta * np.linspace(0.3, 3, 28) for share in np.linspace(0, 0.99, 34)]
    assert min(others) > rate


def test_with_one_root_larger_the_room_is_widest_at_the_largest_beta():
    rho = 0.7
    rooms = []
    for beta in np.linspace(0, rho**2, 6):
        low, high = (1 - rho) * (1 - beta / rho), (1 + rho) * (1 + beta / rho)
        assert [sizes_of_roots(end, beta, 1).max() for end in (low, high)] == pytest.approx([rho, rho], abs=1e-6)
        rooms.append(high / low)
    assert rooms == sorted(rooms) and rooms[-1] == pytest.approx(((1 + rho) / (1 - rho)) ** 2)


def test_at_the_ends_runs_shrink_like_t_times_a_power():
    eta, beta = best_settings(30)
    u = descent.descend(CURVATURES.__mul__, START, descent.Momentum(eta, beta), 40).weights
    linear = u / (np.sqrt(beta) * np.array([1, -1])) ** np.arange(41)[:, None]
    assert np.diff(linear, n=2, axis=0) == pytest.approx(0, abs=1e-6) and (abs(np.diff(linear, axis=0)) > 0.1).all()


def test_the_root_of_kappa_decides():
    def steps(rule, kappa, most):
        gradient = np.array([1.0, kappa]).__mul__
        distance = np.linalg.norm(descent.descend(gradient, START, rule, most).weights, axis=1)
        return np.argmax(distance < distance[0] / 1000)
    assert steps(descent.SGD(2 / 10_001), 10_000, 40_000) == 34_539
    assert steps(descent.Momentum(*best_settings(10_000)), 10_000, 1000) == 648
    assert round(np.log(1000) / -np.log((30**0.5 - 1) / (30**0.5 + 1))) == 19
    assert f"{29 / 31:.3f}" == "0.935"


# ------------------------------------------------------------------------------------------- race and turn

def test_what_the_race_shows():
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


def losses_of(rule, step_size, matrix, start):
    w = descent.descend(matrix.dot, start, rule(step_size), 300).weights
    return np.einsum("ti,ij,tj->t", w, matrix, w) / 2


def test_who_notices_that_the_valley_is_turned():
    straight, turned = ({rule.__name__: losses_of(rule, step_size, matrix, start)
                         for rule, step_size in RULES.items()}
                        for matrix, start in ((VALLEY, START), (TURN @ VALLEY @ TURN.T, TURN @ START)))

    def steps(losses):
        return [int(np.argmax(losses[name] < losses[name][0] / 1000)) for name in ("RMSProp", "Adam", "SGD")]
    assert steps(straight) == [33, 23, 44] and steps(turned) == [118, 89, 44]
    assert (turned["RMSProp"][10:] > turned["SGD"][10:]).all()
    ratio = turned["Adam"] / straight["Adam"]
    assert 19 < ratio[100] < 21.5 and round(ratio[80], -1) == 160 and ratio[300] < 1


def test_in_the_turned_valley_both_weights_have_slopes_of_much_the_same_size():
    for rule in (descent.RMSProp, descent.Adam):
        for matrix, start, least, most in ((VALLEY, START, 5, 8), (TURN @ VALLEY @ TURN.T, TURN @ START, 1, 1.5)):
            slopes = descent.descend(matrix.dot, start, rule(RULES[rule]), 30).weights @ matrix
            sizes = np.sqrt(np.mean(slopes**2, axis=0))
            assert least <= sizes.max() / sizes.min() < most


def test_momentum_stands_longer_steps_than_sgd_but_not_ten_times_its_own():
    for eta, beta, stands in ((0.07, 0, False), (0.07, 0.9, True), (0.2, 0.9, False)):
        assert (sizes_of_roots(eta, beta, 30).max() < 1) == stands


def test_the_scale_of_the_loss():
    for rule in (descent.RMSProp, descent.Adam):
        paths = [descent.descend(lambda w, scale=scale: scale * CURVATURES * w, START, rule(0.03), 100).weights
                 for scale in (1, 1000)]
        assert paths[0] == pytest.approx(paths[1], rel=1e-2, abs=1e-6)


# ---------------------------------------------------------------------------------------------- schedules

def test_how_far_below_the_floor_a_schedule_ends():
    X, y = lesson08.birds()
    schedules = descent.constant(0.2), descent.inverse_time(0.2, 100), descent.cosine(0.2, 3000)
    floor, slow, wave = (theory.expected_excess(X, y, [0, 0], schedule, 8, 3000)[-1] for schedule in schedules)
    assert f"{floor:.5f}" == "0.00205" and [round(floor / slow), round(floor / wave)] == [36, 58]
    assert [schedules[1](t) for t in (100, 200)] == pytest.approx([0.1, 0.2 / 3]) and schedules[2](3000) == 0


def test_five_runs_are_too_few_to_carry_ratios():
    X, y = lesson08.birds()

    def end(schedule, seed):
        batches = descent.fresh_batches(len(X), 8, np.random.default_rng(seed))
        run = descent.descend(lambda w, batch: calculus.linear_gradient(X[batch], y[batch], w), np.zeros(2),
                              descent.SGD(schedule), 3000, batches)
        return theory.excess_loss(X, y, run.weights[-1])
    schedules = descent.constant(0.2), descent.inverse_time(0.2, 100), descent.cosine(0.2, 3000)
    floor, slow, wave = (sum(end(schedule, seed) for seed in range(5)) for schedule in schedules)
    assert [round(floor / slow), round(floor / wave)] == [81, 132]   # of all runs: 36 and 58
