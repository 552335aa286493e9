"""Lesson 10: guesses at a gradient, their angle to it, and how far down they lead at equal cost, predicted before."""

from collections.abc import Callable
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.lines import Line2D

from .. import plots
from ..autodiff import cost
from ..live import Live, choice, explore, slider, stops
from ..without_backprop import evolution_strategies, forward_gradient, mean_shrinkage, relative_length, spsa

NUDGE = 0.1     # h and sigma of the methods that look at two losses; the start is sqrt(2) away from the lowest point
BUDGET = 600    # what a run may cost, in losses
DEEP = 1e-3     # it ends earlier where only this fraction of the loss is predicted to be left
GUESSES, RUNS, FAN = 200, 40, 20   # of the runs, some are drawn one by one
ONE, MEAN, TYPICAL, LAW, TRUE = "one", "their mean", "typical guess", "predicted", "the gradient, by backprop"
LOOKS = {ONE: {"color": plots.GREY, "linewidth": 0.8, "markersize": 3, "alpha": 0.5}, MEAN: {"color": plots.BLUE},
         TYPICAL: {"color": plots.GREEN, "linewidth": 3}, LAW: {"color": plots.BLACK, "linewidth": 1.6},
         TRUE: {"color": plots.VERMILLION, "linewidth": 5}}


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


def bowl(w):
    """|w|^2 / 2 of many w at once:  w (runs, d); returns (runs, 1)."""
    return (w ** 2).sum(axis=-1, keepdims=True) / 2


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


@plots.defaults()
def guesses():
    """Choose how to guess, for how many weights, from how many samples: the angle, and the loss at equal cost."""
    fig, arrows, curve = _figure()
    moving = tips, gradient, measured, expected, together, fan, mean, law = [
        ax.plot([], [], style, **LOOKS[look])[0] for ax, style, look in (
            (arrows, "o", ONE), (arrows, "-", TRUE), (arrows, "-", TYPICAL), (arrows, "--", LAW),
            (arrows, "-", MEAN), (curve, "-", ONE), (curve, "-", MEAN), (curve, "--", LAW))]

    def update(method, d, samples, noise, dice):
        found = runs(METHODS[method], d, samples, noise, dice)
        along, length = found.guesses[:, 0].mean(), np.sqrt((found.guesses**2).sum(axis=1).mean())
        typical = [(x, np.sqrt(r**2 - x**2)) for x, r in ((along, length), (1, found.length))]   # of length r, x along
        tips.set_data(*found.guesses.T / found.length)
        for arrow, tip in zip((gradient, measured, expected, together), ((1, 0), *typical, found.mean)):
            arrow.set_data(*np.outer(tip, [0, 1 / found.length]))
        drawn = np.unique(np.linspace(0, len(found.paid) - 1, 31).astype(int))
        paid, losses = found.paid[drawn], found.losses[drawn]
        fan.set_data(np.tile(np.append(paid[::2], np.nan), FAN),
                     np.pad(losses[::2, :FAN], [(0, 1), (0, 0)], constant_values=np.nan).T.ravel())
        mean.set_data(paid, losses.mean(axis=1))
        law.set_data(paid, found.predicted[drawn])
        return _sentence(METHODS[method], d, samples, noise, found, typical)

    return explore(update, Live(fig, *moving), method=choice("method", *(method.name for method in METHODS)),
                   d=stops("weights", 5, 10, 20, 50, value=20),
                   samples=stops("samples", 1, 2, 4, 8, 16, 32, 64, value=1),
                   noise=stops("noise", 0, 0.01, 0.03, 0.1, value=0), dice=slider("dice", 1, 20, 1, value=1))


def _figure():
    """The stage: rays at some angles, the cost of backprop, and one legend, because a look means the same in both."""
    fig, (arrows, curve) = plots.figure(2, width=9.6, height=4.0)
    with matplotlib.rc_context(plots.STYLE):
        for angle in (30, 60, 90, 120):
            ray = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            arrows.plot(*np.outer(ray, [0, 2.7]), color="#dddddd", linewidth=0.8)
            arrows.text(*2.85 * ray, f"{angle}°", color=plots.GREY, ha="center", va="center")
        curve.axvline(counted(50).ratio, **LOOKS[TRUE])
        fig.legend(handles=[Line2D([], [], marker="o" if look == ONE else "", linestyle="--" if look == LAW else "-",
                                   label=look, **style) for look, style in LOOKS.items()],
                   loc="outside lower center", ncols=5, frameon=False)
    plots.decorate(arrows, f"{GUESSES} guesses, and their mean", "along the gradient", "across it")
    arrows.set(xlim=(-1.9, 3.2), ylim=(-0.1, 3.3), aspect="equal", xticks=[], yticks=[])
    plots.decorate(curve, f"{FAN} of {RUNS} runs, and the mean of all", "cost, in losses", "loss, 1 at the start")
    curve.set(yscale="log", xlim=(0, BUDGET), ylim=(DEEP, 1.6))
    return fig, arrows, curve


def _sentence(method, d, samples, noise, found, tips):
    """What happened first, then why, then where."""
    curves = found.losses.mean(axis=1), found.predicted
    hundredth = [int(np.argmax(losses < 0.01)) for losses in curves]
    if all(hundredth):
        measured, predicted = (f"{found.paid[step]:.0f}" for step in hundredth)
        told = f"A hundredth of the loss is left at a cost of {measured} losses; predicted {predicted}."
    else:
        measured, predicted = (f"{losses[-1]:.2g}" for losses in curves)
        told = f"At a cost of {found.paid[-1]:.0f} losses, {measured} of the loss is left; predicted {predicted}."
    measured, predicted = (f"{np.degrees(np.arctan2(across, along)):.0f}" for along, across in tips)
    disturbed = f"noise {noise:g}" + ("" if method.looks else ", which does not reach it") if noise else "no noise"
    return (f"{told} A typical guess is {measured} degrees off the gradient; predicted {predicted}. "
            f"The mean of {GUESSES} is {np.degrees(np.arctan2(*found.mean[::-1])):.0f} off. "
            f"({method.name}, {d} weights, {samples} sample{'s' * (samples > 1)} a step, {disturbed}).")
