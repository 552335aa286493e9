"""Update rules and schedules: steps by hand, laws, and PyTorch where it is installed."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from gradlib import descent

HAS_TORCH = importlib.util.find_spec("torch") is not None
RULES = {
    "SGD": lambda: descent.SGD(0.02),
    "Momentum": lambda: descent.Momentum(0.02, beta=0.8),
    "Nesterov": lambda: descent.Nesterov(0.02, beta=0.7),
    "RMSProp": lambda: descent.RMSProp(0.02, decay=0.95, epsilon=1e-3),
    "Adam": lambda: descent.Adam(0.02, beta1=0.8, beta2=0.98, epsilon=1e-3),
}
each_rule = pytest.mark.parametrize("rule", RULES)

# Two steps from 0 with gradients 1 and 3, worked out on paper.
BY_HAND = [
    (descent.SGD(0.1), [-0.1, -0.4]),
    (descent.Momentum(0.1, beta=0.5), [-0.1, -0.1 - 0.1 * 3.5]),
    (descent.Nesterov(0.1, beta=0.5), [-0.1 * 1.5, -0.15 - 0.1 * (3 + 0.5 * 3.5)]),
    (descent.RMSProp(0.1, decay=0.75, epsilon=0.5), [-0.1 * 1 / (0.5 + 0.5), -0.1 - 0.1 * 3 / (2.4375**0.5 + 0.5)]),
    (descent.Adam(0.1, beta1=0.5, beta2=0.75, epsilon=0.5),
     [-0.1 * 1 / 1.5, -0.1 / 1.5 - 0.1 * (3.5 / 1.5) / ((9.75 / 1.75)**0.5 + 0.5)]),
]


@pytest.mark.parametrize("rule, expected", BY_HAND, ids=[type(rule).__name__ for rule, _ in BY_HAND])
def test_two_steps_by_hand(rule, expected):
    first = rule.step(np.array([0.0]), np.array([1.0]))
    second = rule.step(first, np.array([3.0]))
    np.testing.assert_allclose([first[0], second[0]], expected, rtol=1e-14)


@each_rule
def test_any_shape_is_many_numbers_and_none_is_changed(rule):
    rng = np.random.default_rng(0)
    whole, numbers = RULES[rule](), [RULES[rule]() for _ in range(6)]
    w, single = rng.standard_normal((2, 3)), None
    single = [float(x) for x in w.ravel()]
    for _ in range(5):
        g = rng.standard_normal((2, 3))
        old_w, old_g = w.copy(), g.copy()
        new = whole.step(w, g)
        np.testing.assert_array_equal(w, old_w)
        np.testing.assert_array_equal(g, old_g)
        single = [one.step(x, slope) for one, x, slope in zip(numbers, single, g.ravel())]
        np.testing.assert_allclose(new.ravel(), single, rtol=1e-13)
        w = new


@each_rule
def test_a_gradient_that_is_overwritten_later_does_no_harm(rule):
    """A compiled loss may hand out the same array every time."""
    careless, careful = RULES[rule](), RULES[rule]()
    buffer, a, b = np.empty(3), np.zeros(3), np.zeros(3)
    for slope in ([1.0, 2, 3], [-1.0, 0, 2], [4.0, 1, 1]):
        buffer[:] = slope
        a, b = careless.step(a, buffer), careful.step(b, np.array(slope))
    np.testing.assert_array_equal(a, b)


@each_rule
def test_float32_stays_float32(rule):
    step, w = RULES[rule](), np.ones(4, np.float32)
    for _ in range(3):
        w = step.step(w, w)
    assert w.dtype == np.float32


@each_rule
def test_every_rule_finds_the_bottom_of_a_bowl(rule):
    w = descent.descend(lambda w: np.array([1.0, 10.0]) * (w - [1, -2]), [0.0, 0.0], RULES[rule](), 3000).weights[-1]
    np.testing.assert_allclose(w, [1, -2], atol=0.02)


def test_momentum_of_nothing_is_sgd_and_a_constant_gradient_ends_in_longer_steps():
    for rule in (descent.Momentum(0.1, beta=0), descent.Nesterov(0.1, beta=0)):
        assert rule.step(1.0, 3.0) == pytest.approx(0.7)
    for rule in (descent.Momentum(0.1, beta=0.9), descent.Nesterov(0.1, beta=0.9)):
        w = [0.0]
        for _ in range(400):
            w.append(rule.step(w[-1], 2.0))
        assert w[-2] - w[-1] == pytest.approx(0.1 * 2 / (1 - 0.9), rel=1e-9)


def test_nesterov_is_momentum_seen_from_the_point_ahead():
    """Nesterov's own form: u <- u - eta v, v <- beta v + g(u - eta beta v). Ours stands at u - eta beta v."""
    def gradient(w):
        return np.sin(w) + w
    rule, w, u, v = descent.Nesterov(0.05, beta=0.8), 2.0, 2.0, 0.0
    for _ in range(20):
        w = rule.step(w, gradient(w))
        v = 0.8 * v + gradient(u - 0.05 * 0.8 * v)
        u = u - 0.05 * v
        assert w == pytest.approx(u - 0.05 * 0.8 * v, rel=1e-13)


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
def test_adams_first_step_is_the_step_size_whatever_the_gradient(scale):
    """With both moments corrected m = g and sqrt(v) = |g|."""
    w = descent.Adam(0.01, epsilon=0).step(np.zeros(3), scale * np.array([2.0, -0.5, 7.0]))
    np.testing.assert_allclose(w, [-0.01, 0.01, -0.01], rtol=1e-12)


# ------------------------------------------------------------------------------- a rule belongs to one run

@each_rule
def test_a_rule_that_has_stepped_is_refused_and_a_new_one_walks_the_same_way(rule):
    used = RULES[rule]()
    first = descent.descend(np.sin, [1.0, 2.0], used, 5)
    with pytest.raises(ValueError, match=f"this {rule} has already taken 5 steps; .* new rule"):
        descent.descend(np.sin, [1.0, 2.0], used, 5)
    np.testing.assert_array_equal(descent.descend(np.sin, [1.0, 2.0], RULES[rule](), 5).weights, first.weights)


@each_rule
def test_steps_by_hand_count_and_no_steps_do_not(rule):
    used = RULES[rule]()
    descent.descend(np.sin, [1.0, 2.0], used, 0)
    descent.descend(np.sin, [1.0, 2.0], used, 0)
    used.step(np.ones(2), np.ones(2))
    with pytest.raises(ValueError, match="taken 1 step;"):
        descent.descend(np.sin, [1.0, 2.0], used, 5)


@each_rule
def test_a_run_goes_on_by_hand_where_descend_left_it(rule):
    whole, parts = RULES[rule](), RULES[rule]()
    expected = descent.descend(np.sin, [1.0, 2.0], whole, 8).weights[-1]
    w = descent.descend(np.sin, [1.0, 2.0], parts, 5).weights[-1]
    for _ in range(3):
        w = parts.step(w, np.sin(w))
    np.testing.assert_array_equal(w, expected)


def test_a_rule_of_ones_own_needs_only_a_step():
    class Signs:
        def step(self, w, g):
            return w - 0.5 * np.sign(g)
    rule = Signs()
    for _ in range(2):
        np.testing.assert_array_equal(descent.descend(np.sin, [1.0, -2.0], rule, 2).weights[-1], [0, -1])


# ------------------------------------------------------------------------------- schedules

@pytest.mark.parametrize("schedule, expected", [
    (descent.constant(0.2), [0.2, 0.2, 0.2, 0.2, 0.2]),
    (descent.step_decay(0.8, 0.5, every=2), [0.8, 0.8, 0.4, 0.4, 0.2]),
    (descent.inverse_time(0.6, halved=2), [0.6, 0.4, 0.3, 0.24, 0.2]),
    (descent.cosine(0.2, steps=4), [0.2, 0.1 + 0.1 * 0.5**0.5, 0.1, 0.1 - 0.1 * 0.5**0.5, 0]),
    (descent.warm_up(0.3, steps=3), [0.1, 0.2, 0.3, 0.3, 0.3]),
    (descent.warm_up(descent.step_decay(0.8, 0.5, every=2), steps=2), [0.4, 0.8, 0.4, 0.4, 0.2]),
])
def test_schedules(schedule, expected):
    np.testing.assert_allclose([schedule(t) for t in range(5)], expected, rtol=1e-14, atol=1e-17)


def test_after_its_end_the_cosine_stays_at_zero():
    assert descent.cosine(0.1, 10)(11) == descent.cosine(0.1, 10)(10**6) == 0


@each_rule
def test_a_rule_takes_a_schedule_for_its_step_size(rule):
    changing, half = RULES[rule](), RULES[rule]()
    changing.schedule = descent.step_decay(0.02, 0.5, every=1)
    w = changing.step(1.0, 2.0)
    assert half.step(1.0, 2.0) == w
    assert changing.step(0.0, 3.0) == pytest.approx(half.step(0.0, 3.0) / 2, rel=1e-13)
    one = np.ones(2, np.float32)
    assert descent.SGD(descent.cosine(0.1, 5)).step(one, one).dtype == np.float32


# ------------------------------------------------------------------------------- bad input

@each_rule
@pytest.mark.parametrize("step_size, kind, sentence", [
    (0, ValueError, "step_size must be a positive number, got 0."),
    ([0.1], TypeError, "step_size must be a positive number, got [0.1] (list)."),
    (None, TypeError, "step_size must be a positive number, got None (NoneType)."),
])
def test_bad_step_sizes(rule, step_size, kind, sentence):
    with pytest.raises(kind) as caught:
        getattr(descent, rule)(step_size)
    assert str(caught.value) == sentence


def test_other_bad_input():
    with pytest.raises(ValueError, match=r"beta must be a number from 0 to below 1, got 1\."):
        descent.Momentum(0.1, 1)
    with pytest.raises(ValueError, match="beta2 must be a number from 0 to below 1, got nan"):
        descent.Adam(0.1, beta2=np.nan)
    with pytest.raises(TypeError, match=r"decay must be a number from 0 to below 1, got '0\.9' \(str\)"):
        descent.RMSProp(0.1, "0.9")
    with pytest.raises(ValueError, match=r"the gradient has shape \(3, 1\); expected \(3,\), the shape of the weights"):
        descent.SGD(0.1).step(np.zeros(3), np.zeros((3, 1)))
    with pytest.raises(ValueError, match="steps must be at least 1, got 0"):
        descent.cosine(0.1, 0)
    with pytest.raises(ValueError, match="factor must be a positive number, got -1"):
        descent.step_decay(0.1, -1, 5)
    with pytest.raises(TypeError, match="step_size must be a positive number, got None"):
        descent.warm_up(None, 5)


# ------------------------------------------------------------------------------- beside PyTorch

def errors_beside_torch(steps=40):
    """For each rule the largest difference to torch.optim over some steps, on the same random gradients."""
    import torch
    peers = {"SGD": lambda w: torch.optim.SGD([w], 0.02),
             "Momentum": lambda w: torch.optim.SGD([w], 0.02, momentum=0.8),
             "Nesterov": lambda w: torch.optim.SGD([w], 0.02, momentum=0.7, nesterov=True),
             "RMSProp": lambda w: torch.optim.RMSprop([w], 0.02, alpha=0.95, eps=1e-3),
             "Adam": lambda w: torch.optim.Adam([w], 0.02, betas=(0.8, 0.98), eps=1e-3)}
    for name, peer in peers.items():
        rng = np.random.default_rng(0)
        w, rule, worst = rng.standard_normal((5, 3)), RULES[name](), 0.0
        theirs = torch.tensor(w)
        optimizer = peer(theirs)
        for _ in range(steps):
            g = rng.standard_normal(w.shape) * 10 ** rng.uniform(-3, 3)
            theirs.grad = torch.tensor(g)
            optimizer.step()
            w = rule.step(w, g)
            worst = max(worst, np.abs(w - theirs.numpy()).max() / np.abs(w).max())
        yield name, worst


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
def test_every_rule_goes_the_way_of_its_peer_in_torch():
    """In a process of its own: an imported torch changes how memory is handed out, which other tests count."""
    done = subprocess.run([sys.executable, "-m", "tests.test_descent_rules"], capture_output=True, text=True,
                          cwd=Path(__file__).parents[1])
    assert done.returncode == 0, done.stderr
    lines = dict(line.split() for line in done.stdout.splitlines())
    assert set(lines) == set(RULES)
    assert all(float(error) < 1e-12 for error in lines.values()), lines


if __name__ == "__main__":
    for name, error in errors_beside_torch():
        print(name, error)
