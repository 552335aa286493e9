"""Random right gradients, never accused; and random mutants of them: none is called right, and nothing false is said.

Some hundred every day; two thousand, and ten thousand, where thoroughness is asked for.
"""

import numpy as np
import pytest

import gradlib

from .mutants import afterwards, random_net, structural
from .oracle import Oracle

WRONG = 1e-5     # of the true length: a wrong slope is further off than this


def named(P):
    return tuple(f"P{k}" for k in range(len(P)))


def error(claimed, true):
    """The largest relative error of a parameter's slope; inf where it has another size."""
    return max(np.linalg.norm(c.ravel() - t.ravel()) / max(np.linalg.norm(t), 1e-300) if c.size == t.size else np.inf
               for c, t in zip(claimed, true))


# ------------------------------------------------------------------------------- right ones

def single(f):
    """A function that takes and gives float32."""
    def rounded(*P):
        found = f(*(np.float32(p) for p in P))
        return [np.float32(g) for g in found] if isinstance(found, list) else np.float32(found)
    return rounded


def right_one(kind, rng):
    """(loss, gradient, parameters, data) of a kind: as it is, in float32, at kinks, behind masks, tiny, large."""
    net = random_net(rng)
    P = net.start(rng)
    loss, gradient = net.loss, lambda *P: net.gradient(P)
    if kind == "float32":
        net.X, net.Y, net.constant = np.float32(net.X), np.float32(net.Y), np.float32(net.constant)
        loss, gradient = single(loss), single(gradient)
    if kind == "kinks":
        net.hidden, net.X[::2] = "relu", 0
        P = [0 * p if net.biases and k % 2 else p for k, p in enumerate(P)]
    if kind == "masks":
        masks = [(rng.random(p.shape) < 0.6) * 1.0 for p in P]

        def hidden(P):
            return [p * mask for p, mask in zip(P, masks)]
        return (lambda *P: net.loss(*hidden(P)), lambda *P: hidden(net.gradient(hidden(P))), P, net.data)
    return loss, gradient, [p * {"tiny": 1e-3, "large": 3.0}.get(kind, 1.0) for p in P], net.data


KINDS = ("float64", "float32", "kinks", "masks", "tiny", "large")


def none_is_accused(count, seed):
    rng, sure = np.random.default_rng(seed), 0
    for i in range(count):
        kind = KINDS[i % len(KINDS)]
        loss, gradient, P, data = right_one(kind, rng)
        found = gradlib.diagnose(loss, gradient, *P, **data)
        assert found.right is not False, f"{kind}\n{found}"
        assert kind in ("float32", "tiny", "large") or found.right, f"{kind}\n{found}"
        sure += found.right is True
    assert sure > 0.7 * count


def test_no_right_gradient_is_accused():
    none_is_accused(48, 1)


@pytest.mark.thorough
def test_none_of_two_thousand_right_gradients_is_accused():
    none_is_accused(2000, 2)


# ------------------------------------------------------------------------------- mutants

def mutants(net, P, count, rng):
    """Gradients with a mistake on the way back, with one afterwards, or with both."""
    ways, changes = list(structural(net)), list(afterwards(net, rng, P))
    for _ in range(count):
        kind = rng.random()
        hooks = ways[int(rng.integers(len(ways)))][2] if kind < 0.45 or kind > 0.85 else {}
        change = changes[int(rng.integers(len(changes)))][2] if kind >= 0.45 else lambda Q, G: G
        yield lambda *Q, hooks=hooks, change=change: change(Q, net.gradient(Q, hooks))


def telling_places(net, claimed, P, rng):
    """Two places; and more, while all slopes of a parameter, true or claimed, are zero at all of them, as behind units
    of relu that are off: there everything would hold, or nothing."""
    def away(rng):
        return [p + 0.3 * rng.standard_normal(p.shape) for p in P]
    places, others = [away(rng) for _ in range(2)], np.random.default_rng(0)
    while len(places) < 50 and not all(any(slope.any() for slope in slopes) for slopes in zip(
            *(net.gradient(Q) + list(claimed(*Q)) for Q in places))):
        places.append(away(others))
    return places


def judged(net, P, claimed, data, rng):
    """Nothing false is said of one mutant; returns whether it is wrong, and whether all of it is explained."""
    with np.errstate(all="ignore"):
        wrong = error(claimed(*P), net.gradient(P))
        found = gradlib.diagnose(net.loss, claimed, *P, names=named(P), **data)
        oracle = Oracle(net, claimed, telling_places(net, claimed, P, rng), P)
        assert not (found.right and wrong > WRONG), f"{net}\n{wrong}\n{found}"
        for k, name in enumerate(named(P)):
            about = [finding for finding in found.findings if name in finding.parameters]
            false = [f for f in about if not oracle.holds(f, k, [f.code for f in about])]
            assert not false, f"{net}\n{name}: {false}\n{found}"
    return found.right is False, "unexplained" not in found.codes


def nothing_false_is_said(nets, each, seed):
    rng, explained, wrong = np.random.default_rng(seed), 0, 0
    for _ in range(nets):
        net = random_net(rng)
        P = net.start(rng)
        for claimed in mutants(net, P, each, rng):
            with np.errstate(all="ignore"):
                finite = all(np.isfinite(g).all() for g in claimed(*P))
            if finite:
                is_wrong, is_explained = judged(net, P, claimed, net.data if rng.random() < 0.8 else {}, rng)
                wrong, explained = wrong + is_wrong, explained + (is_wrong and is_explained)
    assert wrong > 0.8 * nets * each and explained > 0.5 * wrong     # many mutants are what nobody writes


@pytest.mark.parametrize("seed", range(2))
def test_nothing_false_is_said_of_mutants(seed):
    nothing_false_is_said(4, 6, seed)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(100, 120))
def test_nothing_false_is_said_of_ten_thousand_mutants(seed):
    nothing_false_is_said(50, 10, seed)


# ------------------------------------------------------------------------------- where the loss is rounded

def gross(net):
    """Mistakes that nobody may overlook: twice as long, the other sign, an activation's slope left out."""
    yield lambda *P: [2 * g for g in net.gradient(P)]
    yield lambda *P: [-g for g in net.gradient(P)]
    for code, key, hooks in structural(net):
        if code == "slope_missing" and key == (1,):
            yield lambda *P, hooks=hooks: net.gradient(P, hooks)


def test_gross_mistakes_in_float32_are_called_wrong():
    rng, found = np.random.default_rng(3), []
    for _ in range(8):
        net = random_net(rng)
        P = net.start(rng)
        for claimed in gross(net):
            if error(claimed(*P), net.gradient(P)) > 0.1:
                found.append(gradlib.diagnose(single(net.loss), single(claimed), *P, budget=1500).right is False)
    assert np.mean(found) >= 0.8


@pytest.mark.parametrize("period", [1e-8, 1e-7, 1e-6, 1e-5])
@pytest.mark.parametrize("told", [0.0, 1.0])
def test_no_ripple_makes_a_right_gradient_wrong(period, told):
    """A ripple in the loss, and in its gradient or not; twice the gradient is wrong all the same."""
    def loss(w):
        return ((w - 1) ** 2).sum() + np.cos(w).sum() + 0.05 * period * np.sin(w / period).sum()

    def gradient(w):
        return 2 * (w - 1) - np.sin(w) + told * 0.05 * np.cos(w / period)
    for seed in range(4):
        w = np.random.default_rng(seed).standard_normal(3)
        assert gradlib.diagnose(loss, gradient, w).right is not False
    assert told or gradlib.diagnose(loss, lambda w: 2 * gradient(w), w).right is False
