"""What the checks of earlier lessons know, as claims for a judge: right and wrong gradients of a loss at one place.

All weights of an exercise become one flat array. A mistake is a wrong claim where it has the right shape and wrong
numbers; a wrong shape needs no judge. What is wrong is measured by the complex step, which shares no code with a claim.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import NamedTuple

import numpy as np

from ..calculus import sigmoid
from ..numeric import complex_step
from .calls import bare_call, quiet
from .messages import shapes

WRONG = 1e-3       # of the true length: a wrong claim is further off than this, and rounding never comes near
KILOMETRE = 1e-5   # one centimetre, in kilometres


@dataclass(frozen=True)
class Claim:
    """A gradient that somebody claims for a loss: its slopes at w (d,), and the true ones.

    title is what the check of that lesson says of it; of a right one, how it is written.
    """

    lesson: int
    title: str
    right: bool
    loss: Callable
    gradient: Callable
    w: np.ndarray
    slopes: np.ndarray
    true: np.ndarray

    @property
    def error(self):
        """How far it is off, as a multiple of the true length; inf where it is not of numbers."""
        error = np.linalg.norm(self.slopes - self.true) / np.linalg.norm(self.true)
        return error if np.isfinite(error) else np.inf

    @property
    def cosine(self):
        """Of the angle between the two."""
        return self.slopes @ self.true / np.linalg.norm(self.slopes) / np.linalg.norm(self.true)


class Count(NamedTuple):
    """How a judge has decided: how many wrong claims pass, how many right ones are accused, and of how many."""

    passed: int
    wrong: int
    accused: int
    right: int

    def __str__(self):
        return (f"lets {self.passed} of {self.wrong} wrong gradients pass, and accuses {self.accused} of {self.right} "
                "right ones")

    __repr__ = __str__


def claims():
    """All claims, as a list: right gradients, and the wrong ones that the checks of lessons 01, 06 and 07 know."""
    return [claim for bench in BENCHES for claim in claims_on(bench)]


def case(i):
    """One of `claims()` as a judge meets it: loss, gradient, w."""
    claim = claims()[i]
    return claim.loss, claim.gradient, claim.w.copy()


def counted(chosen, verdicts):
    """The `Count` of verdicts, one for each of these claims."""
    of_right, of_wrong = ([verdict for claim, verdict in zip(chosen, verdicts) if claim.right == right]
                          for right in (True, False))
    return Count(of_wrong.count(True), len(of_wrong), of_right.count(False), len(of_right))


# ------------------------------------------------------------------------------- exercises, their losses, one flat w

@dataclass(frozen=True)
class Bench:
    """An exercise whose answers are gradients.

    places       those of its arguments that are weights
    loss(*args)  the loss; for complex numbers, too, and for any weights: what flies apart is no error
    unit         what its inputs are multiplied by
    """

    lesson: int
    name: str
    places: tuple
    loss: Callable
    unit: float = 1.0

    @property
    def exercise(self):
        """The `Exercise`. (Earlier lessons are loaded when a judge needs them.)"""
        return getattr(import_module(f".lesson{self.lesson:02d}", __package__), self.name)

    def trials(self):
        """The trials of the exercise, in this unit."""
        trials = self.exercise.trials_of(0)
        return trials if self.unit == 1 else [self.exercise.trial(tuple(
            arg if i in self.places else self.unit * arg for i, arg in enumerate(trial.args))) for trial in trials]

    def with_weights(self, args):
        """The function that hands back these arguments with the numbers of a flat w for weights."""
        ends = np.cumsum([np.size(args[i]) for i in self.places]).tolist()
        pieces = [(i, slice(*ends_of), np.shape(args[i])) for i, *ends_of in zip(self.places, [0, *ends], ends)]

        def placed(w):
            if np.shape(w) != (ends[-1],):
                raise ValueError(f"w has shape {np.shape(w)}; expected ({ends[-1]},).")
            w, given = np.asarray(w), list(args)
            for i, piece, shape in pieces:
                given[i] = w[piece].reshape(shape)[()]
            return given
        return placed


def _half_mse(w, x, y):
    return np.mean((w * x - y) ** 2) / 2


def _half_mse_of_a_line(X, y, w, b):
    return np.mean((X @ w + b - y) ** 2) / 2


def _half_mse_of_probabilities(X, y, w):
    return np.mean((sigmoid(X @ w) - y) ** 2) / 2


def _cross_entropy(X, y, w):
    return _entropies(X @ w, y)


def _cross_entropy_of_a_network(X, y, W1, b1, W2, b2):
    return _entropies(sigmoid(X @ W1 + b1) @ W2 + b2, y)


def _entropies(z, y):
    """Cross-entropies of sigmoid(z), added up over the outputs and averaged over the examples.  (n,) or (n, m)."""
    return np.sum((1 - y) * z + np.log1p(np.exp(-z))) / len(y)


BENCHES = (
    Bench(1, "slope", (0,), _half_mse),
    Bench(1, "slope", (0,), _half_mse, KILOMETRE),
    Bench(1, "gradient", (2, 3), _half_mse_of_a_line),
    Bench(6, "entropy_gradient", (2,), _cross_entropy),
    Bench(6, "loss_gradient", (2,), _half_mse_of_probabilities),
    Bench(7, "backward", (2, 3, 4, 5), _cross_entropy_of_a_network),
)


# ------------------------------------------------------------------------------- from answers to claims

@cache
def claims_on(bench):
    """The claims of one exercise, the right ones first."""
    exercise = bench.exercise
    known = [*exercise.mistakes, *exercise.slipped[:len(exercise.slips)]]
    with quiet():
        return [*_right_claims(bench), *filter(None, (_wrong_claim(bench, mistake) for mistake in known))]


def _claim(bench, trial, answer, title, right=False):
    placed = bench.with_weights(trial.args)

    def loss(w):
        return bench.loss(*placed(w))

    def gradient(w):
        args = placed(w)
        return _flat(trial.read(answer(*args), *args))

    w = _flat(trial.args[i] for i in bench.places)
    return Claim(bench.lesson, title, right, loss, gradient, w, gradient(w), complex_step(loss, w))


def _flat(parts):
    return np.concatenate([np.ravel(part) for part in parts])


def _wrong_claim(bench, mistake):
    """A mistake on the first trial on which its numbers are wrong; None if its shape is, wherever it is wrong."""
    for trial in bench.trials():
        run = bare_call(mistake.way, trial, trial.copied())
        if not run.raised and shapes(run.parts) == shapes(trial.rights[0]):
            n, *d = next(np.shape(arg) for arg in trial.args if np.ndim(arg))
            claim = _claim(bench, trial, mistake.way, mistake.title.format(n=n, d=d[0] if d else 1))
            if claim.error > WRONG:
                return claim
    return None


def _right_claims(bench):
    """The right answers on every trial, and what rounding makes of the first of them."""
    reference, *others = bench.exercise.rights
    for trial in bench.trials():
        for answer, how in ((reference, "as the solution writes it"),
                            *((other, "written in another way") for other in others),
                            (_in_single_precision(reference, trial), "in single precision"),
                            (_in_another_order(reference, bench.exercise), "with the examples in another order")):
            yield _claim(bench, trial, answer, f"The right gradient, {how}.", right=True)


def _in_single_precision(answer, trial):
    return lambda *args: [part.astype(np.float32) for part in trial.read(answer(*args), *args)]


def _in_another_order(answer, exercise):
    places = [exercise.arguments.index(name) for name in exercise.examples]
    return lambda *args: answer(*(arg[::-1] if i in places else arg for i, arg in enumerate(args)))
