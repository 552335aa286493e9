"""What the exercises of lesson 09 promise besides what every exercise does."""

import importlib.util
import re

import numpy as np
import pytest

from gradlib import descent
from gradlib.exercises.lesson09 import QUIET, STILL, adam_step, momentum_step, rmsprop_step

from .conftest import an_answer, inputs

# The solutions are right


def walked(step, w, gradients, *memories, count=False):
    """The weights after all these gradients, by the function of an exercise."""
    for t, g in enumerate(gradients, 1):
        w, *memories = step(w, g, *memories, *([t] if count else []))
    return w


def walks(w, gradients):
    """(what the exercise makes of these gradients, the same rule in gradlib, its name and settings in PyTorch)."""
    zero = np.zeros(len(w))
    return [
        (walked(lambda w, g, v: momentum_step.reference(w, g, v, 0.1, 0.8), w, gradients, zero),
         descent.Momentum(0.1, beta=0.8), ("SGD", {"lr": 0.1, "momentum": 0.8})),
        (walked(lambda w, g, m, v, t: adam_step.reference(w, g, m, v, t, 0.1), w, gradients, zero, zero, count=True),
         descent.Adam(0.1), ("Adam", {"lr": 0.1})),
        (walked(lambda w, g, s: rmsprop_step.reference(w, g, s, 0.1), w, gradients, zero),
         descent.RMSProp(0.1, decay=0.99), ("RMSprop", {"lr": 0.1, "alpha": 0.99})),
    ]


def some_gradients():
    rng = np.random.default_rng(3)
    return rng.standard_normal(3), rng.standard_normal((20, 3)) * [1, 1e-3, 50]


def test_the_rules_are_those_of_gradlib():
    w, gradients = some_gradients()
    for mine, rule, _ in walks(w, gradients):
        other = w
        for g in gradients:
            other = rule.step(other, g)
        assert np.allclose(mine, other, rtol=1e-12)


@pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")
def test_the_rules_are_those_of_pytorch():
    import torch

    w, gradients = some_gradients()
    for mine, _, (name, settings) in walks(w, gradients):
        weights = torch.tensor(w, requires_grad=True)
        rule = getattr(torch.optim, name)([weights], **settings)
        for g in gradients:
            weights.grad = torch.tensor(g)
            rule.step()
        assert np.allclose(mine, weights.detach().numpy(), rtol=1e-10)


# The inputs fit

def test_memories_are_those_of_a_walk():
    for _, g, m, v, t, _ in inputs(adam_step):
        assert (t == 1) == (not m.any() and not v.any()) and (v >= 0).all() and (m ** 2 <= v * 100 * t).all()
        assert type(t) is int and m.shape == v.shape == g.shape
    for _, _, s, _ in inputs(rmsprop_step):
        assert (s >= 0).all()


def test_it_matters_where_epsilon_stands_and_only_there():
    for exercise in (adam_step, rmsprop_step):
        for args in exercise.trials(np.random.default_rng(0)):
            assert (QUIET in args[1]) == (0 in args[1]) == (len(args[1]) > 2 and args[1][1] == QUIET)
    other = adam_step.rights[3]   # epsilon before the correction, as in the paper's faster form
    for args in inputs(adam_step):
        seen = abs(other(*args)[0] - adam_step.reference(*args)[0]) > 5e-5
        assert (seen == (args[1] == STILL)).all()


@pytest.mark.parametrize("exercise", [adam_step, rmsprop_step], ids=lambda exercise: exercise.name)
def test_only_a_slope_near_epsilon_tells_the_sign_of_epsilon(exercise):
    for args in inputs(exercise):
        seen = abs(an_answer(exercise, "epsilon_subtracted")(*args)[0] - exercise.reference(*args)[0]) > 1e-3
        assert (seen == (args[1] == STILL)).all()


# What is said

def test_only_the_repaired_rmsprop_does_not_ask_for_the_unit_of_the_loss():
    for w, g, s, step_size in inputs(rmsprop_step)[:4]:
        for f, times in ((rmsprop_step.reference, 1), (rmsprop_step.as_given, 1 / 50)):
            move, steeper = (f(w, k * g, k * k * s, step_size)[0] - w for k in (1, 50))
            assert np.allclose(steeper, times * move, rtol=1e-3, atol=1e-9)


def test_signs_cancel_in_a_mean_of_slopes_and_not_in_one_of_lengths():
    ends = {}
    for code in ("not_squared", "mean_of_lengths"):
        rule, s = next(mistake for mistake in rmsprop_step.mistakes if mistake.code == code), np.zeros(1)
        for t in range(2000):
            _, s = rule.way(np.zeros(1), np.array([3.0 * (-1) ** t]), s, 0.1)
        ends[code] = (s[0], "signs cancel in a mean" in rule.why, "no signs cancel" in rule.why)
    assert ends["not_squared"] == (pytest.approx(0, abs=0.02), True, False)
    assert ends["mean_of_lengths"] == (pytest.approx(3), False, True)


def test_the_evidence_of_a_rule_begins_with_its_memory():
    def doubled(*args):
        w, m, v = adam_step.reference(*args)
        return 2 * w, m, 2 * v
    found = re.fullmatch(r"Take t = 3, step_size = \S+, and a slope of \S+\. `v\[\d\]` should go from (\S+) to (\S+); "
                         r"your function says (\S+)\.", adam_step.check(doubled).evidence)
    _, right, said = map(float, found.groups())
    assert np.isclose(said, 2 * right, rtol=2e-3)
    evidence = momentum_step.check(an_answer(momentum_step, "uphill")).evidence
    found = re.fullmatch(r"Take step_size = \S+, beta = \S+, and a slope of \S+\. `w\[\d\]` should move by (\S+); your "
                         r"function says a move of (\S+)\.", evidence)
    right, said = (float(text.replace("−", "-")) for text in found.groups())
    assert np.isclose(said, -right)


@pytest.mark.parametrize("seed", range(5))
def test_what_is_noticed_is_true(seed):
    said = momentum_step.check(momentum_step.reference, seed).title
    beta, end, across = (float(re.search(f"{before} (\\d[\\d.]*\\d)", said)[1])
                         for before in ("beta =", "ends at", "between −.* and"))
    assert np.allclose([end, across], [1 / (1 - beta), 1 / (1 + beta)], rtol=1e-3)
    assert "would be 3.162 times as long" in adam_step.check(adam_step.reference, seed).title
