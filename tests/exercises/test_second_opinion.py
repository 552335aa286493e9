"""Where the catalogue knows nothing, the doctor of gradlib is asked; and only what it explains is told."""

import numpy as np

from gradlib.calculus import sigmoid
from gradlib.exercises import lesson01, lesson02, lesson07
from gradlib.exercises.calls import bare_call
from gradlib.exercises.second_opinion import second_opinion


def early_and_long(X, y, W1, b1, W2, b2):
    """The second layer moves first, by a long step."""
    h = sigmoid(X @ W1 + b1)
    delta2 = (sigmoid(h @ W2 + b2) - y) / len(X)
    delta1 = delta2 @ (W2 - 7.0 * h.T @ delta2).T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


def odd(X, y, w, b):
    """Nothing that anybody would explain."""
    error = X @ w + b - y
    return np.sin(X.T @ error), np.cos(error.mean())


def test_what_the_doctor_explains_is_told():
    result = lesson07.backward.check(early_and_long)
    assert result.code == "examined" and "7" in result.why and "moved" in result.why


def test_what_nothing_explains_stays_unrecognised_with_its_facts():
    result = lesson01.gradient.check(odd)
    assert result.code == "unrecognised" and "Nudging" in result.evidence


def test_an_exercise_without_a_loss_has_no_second_opinion():
    exercise = lesson02.largest_step
    run = bare_call(exercise.reference, exercise.trials_of(0)[0], exercise.trials_of(0)[0].copied())
    assert second_opinion(exercise, run, exercise.reference) == ()
