"""Lesson 09: five update rules race on three losses. All get the same gradient, by backprop."""

from collections.abc import Callable
from typing import NamedTuple

import matplotlib
import numpy as np

from .. import network, plots
from ..autodiff import compiled
from ..data import moons
from ..descent import SGD, Adam, Momentum, Nesterov, RMSProp, cosine, descend
from ..live import Album, Live, choice, explore, log_slider, slider
from .lesson07 import boundary, draw_moons

STEPS = 150
DRAWN = np.unique([*range(30), *range(0, STEPS + 1, 6)])   # the steps that are drawn: the first ones, and some later
LOOKS = {"SGD": (plots.BLUE, "-", 1.3), "momentum": (plots.VERMILLION, "--", 1.8), "Nesterov": (plots.GREEN, "-.", 1.8),
         "RMSProp": (plots.PURPLE, ":", 3.0), "Adam": (plots.BLACK, "-", 2.4)}   # colour, style, width
SCHEDULES = ("constant", "cosine to zero")


class Track(NamedTuple):
    """What is raced on: w -> (loss, gradient), the start, and a step size for each rule that suits it.

    ground(ax) draws what stands still in the left picture, drawn(weights) is a run's line there, from (steps + 1, d).
    """

    name: str
    loss_and_gradient: Callable
    start: np.ndarray
    step_sizes: tuple
    loss_range: tuple
    ground: Callable
    drawn: Callable


def bowl():
    """A valley thirty times as steep across as along."""
    curvatures = np.array([1.0, 30.0])
    slope = compiled(lambda w: (curvatures * w * w).sum() / 2)
    start = np.array([-2.0, 0.7])
    return Track("a narrow bowl", slope, start, (0.06, 0.02, 0.02, 0.03, 0.1), (1e-8, 100),
                 _valley(slope, start, (0, 0), (-1.2, 1.2)), _path)


def rosenbrock():
    """A bent valley with its lowest point at (1, 1):  (1 - a)² + 100 (b - a²)².  Source: Rosenbrock (1960)."""
    slope = compiled(lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2)
    start = np.array([-1.2, 1.0])
    return Track("Rosenbrock's valley", slope, start, (0.002, 0.001, 0.001, 0.03, 0.2), (1e-3, 100),
                 _valley(slope, start, (1, 1), (-0.8, 2.2)), _path)


def two_moons():
    """The network of lesson 07, its layers laid end to end in one vector."""
    layers = network.initial((2, 16, 16, 1), np.random.default_rng(0))
    shapes, ends = [array.shape for array in layers], np.cumsum([array.size for array in layers])[:-1]
    slope = compiled(network.loss_of(*moons()), wrt=tuple(range(len(layers))))

    def unpacked(w):
        return [part.reshape(shape) for part, shape in zip(np.split(w, ends), shapes)]

    def loss_and_gradient(w):
        loss, slopes = slope(*unpacked(w))
        return loss, np.concatenate([array.ravel() for array in slopes])

    start = np.concatenate([array.ravel() for array in layers])
    return Track("two moons", loss_and_gradient, start, (1.0, 0.3, 0.3, 0.01, 0.03), (5e-3, 5),
                 lambda ax: draw_moons(ax, *moons(), "Where each network draws the line"),
                 lambda weights: boundary(unpacked(weights[-1])))


def _valley(loss_and_gradient, start, goal, second_range, first_range=(-2.3, 2.3)):
    """Draws the contour lines of a loss of two weights, with start and goal."""
    def ground(ax):
        first, second = np.meshgrid(np.linspace(*first_range, 121), np.linspace(*second_range, 121))
        heights = [loss_and_gradient(np.array(w))[0] for w in zip(first.ravel(), second.ravel())]
        ax.contour(first, second, np.reshape(heights, first.shape), levels=np.geomspace(0.02, 300, 10),
                   colors=plots.GREY, linewidths=0.9)
        ax.plot(*start, "s", color=plots.BLACK, markersize=6)
        ax.plot(*goal, "X", color=plots.GREEN, markersize=10)
        plots.decorate(ax, "The paths", "first weight", "second weight")
        ax.set(xlim=first_range, ylim=second_range)
    return ground


def _path(weights):
    return weights[DRAWN[DRAWN < len(weights)]]


def race(track, factor=1.0, beta=0.9, schedule=0):
    """{rule: (weights, losses)} of a race: `factor` times the track's step sizes, and beta for all that have one."""
    sizes = [factor * size for size in track.step_sizes]
    if schedule:
        sizes = [cosine(size, STEPS) for size in sizes]
    makers = (SGD, lambda s: Momentum(s, beta), lambda s: Nesterov(s, beta), RMSProp, lambda s: Adam(s, beta))
    return {name: _run(track, make(size)) for name, make, size in zip(LOOKS, makers, sizes)}


def _run(track, rule):
    losses = []

    def gradient(w):
        loss, g = track.loss_and_gradient(w)
        losses.append(loss)
        return g

    with np.errstate(over="ignore", invalid="ignore"):
        run = descend(gradient, track.start, rule, STEPS)
        gradient(run.weights[-1])
    return run.weights, np.array(losses)


@plots.defaults()
def optimizer_race():
    """Choose the track, the step sizes, the momentum and the schedule; see five rules take the same gradient."""
    tracks = bowl(), rosenbrock(), two_moons()
    pages = [_page(track) for track in tracks]
    album = Album(*(live for live, _, _ in pages))

    def update(track, factor, beta, schedule):
        album.turn_to(track)
        _, lines, curves = pages[track]
        results = race(tracks[track], factor, beta, schedule)
        for line, curve, (weights, losses) in zip(lines, curves, results.values()):
            with np.errstate(over="ignore", invalid="ignore"):
                line.set_data(*tracks[track].drawn(weights).T)
            steps = np.arange(0, len(losses), 5)
            curve.set_data(steps, losses[steps])
        return _sentence(tracks[track].name, factor, results)

    return explore(update, album, track=choice("loss", *(track.name for track in tracks)),
                   factor=log_slider("step sizes ×", 0.1, 10, value=1.0, per_decade=10),
                   beta=slider("momentum", 0.0, 0.99, 0.01, value=0.9), schedule=choice("schedule", *SCHEDULES))


def _page(track):
    """The stage of one track, and its moving lines: left what each rule does, right how its loss falls."""
    fig, (left, right) = plots.figure(2, width=9, height=3.3)
    with matplotlib.rc_context(plots.STYLE):
        track.ground(left)
    lines, curves = ([ax.plot([], [], style, color=colour, label=name, linewidth=width)[0]
                      for name, (colour, style, width) in LOOKS.items()] for ax in (left, right))
    plots.decorate(right, "The loss", "step", "loss")
    right.set(yscale="log", xlim=(0, STEPS), ylim=track.loss_range)
    right.legend(loc="upper right", fontsize=9.5, framealpha=0.9)
    dotted = list(LOOKS).index("RMSProp")   # on top, for dots hide nothing
    order = [line for both in (lines, curves) for line in (*both[:dotted], *both[dotted + 1:], both[dotted])]
    return Live(fig, *order), lines, curves


def _sentence(name, factor, results):
    ends = {rule: losses[-1] if len(losses) > STEPS and losses[-1] < 1e6 else np.inf
            for rule, (_, losses) in results.items()}
    said = ", ".join(f"{rule} {end:.1e}" if end < np.inf else f"{rule} has flown apart" for rule, end in ends.items())
    best = min(ends, key=ends.get)
    return (f"On {name}, with {factor:.3g} times the step sizes, after {STEPS} steps: {said}. "
            + (f"Lowest: {best}." if ends[best] < np.inf else "None has come home."))
