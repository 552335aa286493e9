"""Lesson 10: guesses at a gradient, their angle to it, and how far down they lead at equal cost, predicted before."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from .. import plots
from ..autodiff import cost
from ..live import choice, explore, said, slider, stops
from ..without_backprop import evolution_strategies, forward_gradient, mean_shrinkage, relative_length, spsa
from .lesson10_picture import BUDGET, DEEP, GUESSES, RUNS, angle, passes, run_down, stage, turn

NUDGE = 0.1     # h and sigma of the methods that look at two losses; the start is sqrt(2) away from the lowest point


class Method(NamedTuple):
    """guess(f, w, rng, samples), the kind of its directions, and whether it looks at losses, which may be noisy."""

    name: str
    guess: Callable
    directions: str
    looks: bool = True


METHODS = (Method("forward gradient", forward_gradient, "normal", False),
           Method("SPSA", lambda f, w, rng, P: spsa(f, w, rng, NUDGE, P), "signs"),
           Method("evolution strategies", lambda f, w, rng, P: evolution_strategies(f, w, rng, NUDGE, P), "normal"))


class Runs(NamedTuple):
    """Guesses at the start and runs from there, on the round bowl, and their prediction.

    guesses   along the gradient and across it, in lengths of the gradient: (guesses, 2);   mean   so their mean: (2,)
    length    the root of the mean squared length of a guess, predicted
    paid      the cost before each step, in losses: (steps + 1,)
    losses    the loss there, 1 at the start: (steps + 1, runs);   predicted their mean over all runs: (steps + 1,)
    """

    guesses: np.ndarray
    mean: np.ndarray
    length: float
    paid: np.ndarray
    losses: np.ndarray
    predicted: np.ndarray

    def typical(self):
        """As long as the root of the mean squared length, as far along as the mean: measured and predicted, (2, 2)."""
        along, length = self.guesses[:, 0].mean(), np.sqrt((self.guesses**2).sum(axis=1).mean())
        return np.array([(x, np.sqrt(r**2 - x**2)) for x, r in ((along, length), (1, self.length))])


def bowl(w):
    """|w|^2 / 2 of many w at once:  w (runs, d); returns (runs, 1)."""
    return (w ** 2).sum(axis=-1, keepdims=True) / 2


@cache
def counted(d):
    """The operations of the loss of one w, of its gradient, and of its slope along a direction."""
    return cost(lambda w: bowl(w).sum(), np.ones(d))


def price(method, d, samples):
    """The cost of a step in losses: two for each sample, or the loss and the nudge of forward mode."""
    return samples * (2 if method.looks else 1 + counted(d).nudge / counted(d).forward)


def predictions(method, d, samples, noise):
    """The step size that is best without noise, the mean squared length of a guess at the start, and the mean losses.

    Each loss is off by noise times a standard normal number, so a slope from two of them by noise / (NUDGE sqrt(2))
    times one. In the mean of P of them, each times its v, that makes d (noise / NUDGE)^2 / 2P of squared length.
    """
    R = relative_length(d, samples, method.directions)
    extra = d * (noise / NUDGE)**2 / (2 * samples) if method.looks else 0.0
    shrinkage, losses = mean_shrinkage(1 / R, d, samples, method.directions), [1.0]
    affordable = int(BUDGET / price(method, d, samples))
    while losses[-1] > DEEP and len(losses) <= affordable:
        losses.append(shrinkage * losses[-1] + extra / R**2 / 2)
    return 1 / R, R + extra / 2, np.array(losses)


def runs(method, d, samples, noise, dice):
    """The `Runs` of a method, by its own function of `gradlib.without_backprop`, which takes many w at once."""
    step_size, squared, predicted = predictions(method, d, samples, noise)
    rng = np.random.default_rng(dice)
    uphill = rng.standard_normal(d)
    uphill /= np.linalg.norm(uphill)

    def noisy(w):
        return bowl(w) + noise * rng.standard_normal((len(w), 1))

    def guessed(w):
        return method.guess(noisy if noise and method.looks else bowl, w, rng, samples)

    guesses = guessed(np.tile(np.sqrt(2) * uphill, (GUESSES, 1))) / np.sqrt(2)
    w = np.tile(np.sqrt(2) * uphill, (RUNS, 1))
    losses = [bowl(w)]
    for _ in predicted[1:]:
        w = w - step_size * guessed(w)
        losses.append(bowl(w))
    return Runs(_seen_from(uphill, guesses), _seen_from(uphill, guesses.mean(axis=0)), np.sqrt(squared),
                price(method, d, samples) * np.arange(len(predicted)), np.hstack(losses).T, predicted)


def _seen_from(uphill, arrows):
    """How long arrows (..., d) are along the unit vector uphill (d,), and across it: (..., 2)."""
    along = arrows @ uphill
    return np.stack([along, np.linalg.norm(arrows - np.multiply.outer(along, uphill), axis=-1)], axis=-1)


def alone(method, d, noise):
    """The cost and the mean loss before each step that are predicted for guesses from a single sample."""
    losses = predictions(method, d, 1, noise)[2]
    return price(method, d, 1) * np.arange(len(losses)), losses


@plots.style()
def guesses():
    """Choose how to guess, for how many weights, from how many samples: the angle, and the loss at equal cost."""
    live, left, right = stage(counted(50).ratio)

    def update(method, d, samples, noise, dice):
        found = runs(METHODS[method], d, samples, noise, dice)
        single = alone(METHODS[method], d, noise) if samples > 1 else None
        turn(left, found)
        run_down(right, found, single)
        return _sentence(METHODS[method], d, samples, noise, found, single)

    return explore(update, live, room=276, code=_code, together=[("d", "samples"), ("noise", "dice")],
                   method=choice("method", *(method.name for method in METHODS)),
                   d=stops("weights", 5, 10, 20, 50, value=20),
                   samples=stops("samples", 1, 2, 4, 8, 16, 32, 64, value=1),
                   noise=stops("noise", 0, 0.01, 0.03, 0.1, value=0), dice=slider("dice", 1, 20, 1, value=1))


def _sentence(method, d, samples, noise, found, single):
    """What happened first, then what was predicted, then where."""
    measured, predicted, off = (f"{angle(arrow):.0f}" for arrow in (*found.typical(), found.mean))
    disturbed = f"noise {noise:g}" + ("" if method.looks else ", which does not reach it") if noise else "no noise"
    return (f"{_told(found, single)} A typical guess is {measured} degrees off the gradient; predicted {predicted}. "
            f"The mean of {GUESSES} is {off} off. "
            f"{method.name[0].upper()}{method.name[1:]}, {d} weights, {samples} sample{'s' * (samples > 1)} a step, "
            f"{disturbed}.")


def _told(found, single):
    """What a hundredth of the loss costs, measured and predicted; where it is not reached, what is left in the end."""
    curves = [(found.paid, found.losses.mean(axis=1)), (found.paid, found.predicted), *([single] if single else [])]
    steps = [passes(losses) for _, losses in curves]
    if all(step < len(found.paid) for step in steps[:2]):
        measured, predicted, *one = (f"{paid[step]:.0f}" if step < len(paid) else f"not within {BUDGET}"
                                     for step, (paid, _) in zip(steps, curves))
        told = f"A hundredth of the loss is left at a cost of {measured} losses; predicted {predicted}"
    else:
        measured, predicted, *one = (_left(*curve, found.paid[-1]) for curve in curves)
        told = f"At a cost of {found.paid[-1]:.0f} losses, {measured} of the loss is left; predicted {predicted}"
    return ", with 1 sample ".join([told, *one]) + "."


def _left(paid, losses, cost):
    """The loss at the last step that costs no more. A run that ends before has less than DEEP left there."""
    step = np.searchsorted(paid, cost, "right") - 1
    return f"less than {said(DEEP)}" if losses[-1] < DEEP else said(losses[step])


def _code(method, d, samples, noise, dice):
    single = f"""
paid, losses = alone(METHODS[{method}], d={d}, noise={noise})   # at a cost of {BUDGET} at most
print("1 sample, predicted:", paid[losses < 0.01][:1], losses[paid <= found.paid[-1]][-1])""" if samples > 1 else ""
    return f"""from gradlib.explorers.lesson10 import METHODS, {"alone, " * (samples > 1)}angle, runs

found = runs(METHODS[{method}], d={d}, samples={samples}, noise={noise}, dice={dice})   # {METHODS[method].name}
for losses in (found.losses.mean(axis=1), found.predicted):
    print("a hundredth is left at", found.paid[losses < 0.01][:1], "in the end", losses[-1])
print("the end is at a cost of", found.paid[-1], "losses")
for arrow in (*found.typical(), found.mean):   # typical, as predicted, the mean
    print(angle(arrow), "degrees off, from", len(found.guesses), "guesses"){single}
"""
