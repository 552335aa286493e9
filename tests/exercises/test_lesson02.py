"""What the exercises of lesson 02 promise besides what every exercise does."""

import numpy as np

from gradlib.calculus import linear_loss
from gradlib.exercises.lesson02 import descend, largest_step

from .conftest import SEEDS, inputs


def test_weights_are_compared_where_a_wrong_run_has_the_lower_loss():
    sides = set()
    for X, y, w, step_size, steps in inputs(descend):
        right, doubled = (descend.reference(X, y, w, s, steps) for s in (step_size, 2 * step_size))
        better = linear_loss(X, y, doubled) < linear_loss(X, y, right)
        evidence = descend.measure((X, y, w, step_size, steps), [doubled], [right])
        assert ("should be" in evidence and "loss" not in evidence) or not better
        sides.add(better)
    assert sides == {True, False}


def test_the_step_of_two_weights_needs_the_order_of_its_curvatures():
    for seed in SEEDS:
        tables = [X for X, in largest_step.trials(np.random.default_rng(seed)) if X.shape[1] == 2]
        (first, second), (third, fourth) = ((X ** 2).sum(axis=0) for X in tables)
        assert first > second and third < fourth


def test_both_repairs_are_right_and_the_solution_says_so():
    def other(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w = w + step_size * X.T.dot(error) / len(y)
        return w
    assert descend.check(other).code == "correct"
    assert "Also right: leave the line above as given, and write w + below" in descend.source


def test_the_limit_is_not_called_a_stable_step():
    assert "stable" not in largest_step.stub + largest_step.source and "limit" in largest_step.stub
