"""Lesson 09: what is raced on."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .. import network, plots
from ..autodiff import compiled
from ..data import moons
from .lesson07 import boundary, draw_moons
from .reader import HALO

WIDTHS = (2, 16, 16, 1)   # the network of lesson 07


class Track(NamedTuple):
    """What is raced on: w -> (loss, gradient), the start, and a step size for each rule that suits it.

    ground(ax) draws what stands still in the left picture, drawn(weights) is a run's line there, from (steps + 1, d).
    goal: where all want to go, None where there is no such place; turns: whether it is a valley that can be turned;
    code: the lines that make `slope`;   begin: how a program writes the start.
    """

    name: str
    loss_and_gradient: Callable
    start: np.ndarray
    step_sizes: tuple
    loss_range: tuple
    ground: Callable
    drawn: Callable
    goal: np.ndarray | None
    turns: bool
    code: tuple
    begin: str


def bowl():
    """A valley thirty times as steep across as along."""
    return _valley("a narrow bowl", lambda w: (w[0] ** 2 + 30 * w[1] ** 2) / 2, "(w[0] ** 2 + 30 * w[1] ** 2) / 2",
                   (-2.0, 0.7), (0, 0), (0.06, 0.02, 0.02, 0.03, 0.1), (1e-15, 1e3), (-1.2, 1.2),
                   ("along the valley", "across the valley"))


def rosenbrock():
    """A bent valley with its lowest point at (1, 1):  (1 - a)² + 100 (b - a²)².  Source: Rosenbrock (1960)."""
    return _valley("Rosenbrock's valley", lambda w: (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2,
                   "(1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2",
                   (-1.2, 1.0), (1, 1), (0.002, 0.001, 0.001, 0.03, 0.2), (1e-3, 1e3), (-0.8, 2.2), ("a", "b"))


def two_moons():
    """The network of lesson 07, its layers laid end to end in one vector."""
    loss = network.loss_of(*moons())
    slope = compiled(lambda w: loss(*network.split(w, WIDTHS)))
    start = network.flat(network.initial(WIDTHS, np.random.default_rng(0)))
    return Track("two moons", slope, start, (1.0, 0.3, 0.3, 0.01, 0.03), (1e-3, 10),
                 lambda ax: draw_moons(ax, *moons(), "Where each network draws the line"),
                 lambda weights: boundary(network.split(weights[-1], WIDTHS)), None, False, (
                     "track = explorers.lesson09.two_moons()   # the network of lesson 07",
                     "slope = track.loss_and_gradient"), "track.start")


def _valley(name, loss, written, start, goal, step_sizes, loss_range, second_range, titles, first_range=(-2.3, 2.3)):
    """The `Track` of a loss of two weights, `written` in code, with its contour lines, start and goal."""
    start, goal = np.array(start), np.array(goal)

    def ground(ax):
        grid = np.meshgrid(np.linspace(*first_range, 121), np.linspace(*second_range, 121))
        ax.contour(*grid, loss(grid), levels=np.geomspace(0.02, 300, 10), colors=plots.GREY, linewidths=0.5, alpha=0.6)
        for words, place, marker, colour in (("start", start, "s", plots.GREY), ("lowest", goal, "X", plots.GREEN)):
            ax.plot(*place, marker, color=colour, markersize=8)
            side = 1 if place[1] > goal[1] else -1   # away from the paths
            ax.annotate(words, place, (0, 9 * side), textcoords="offset points", color=colour, ha="center",
                        va="bottom" if side > 0 else "top", fontsize=9.5, bbox=HALO)
        plots.decorate(ax, "The paths", *titles)
        ax.set(xlim=first_range, ylim=second_range)
    return Track(name, compiled(loss), start, step_sizes, loss_range, ground, np.asarray, goal, True, (
        f"slope = autodiff.compiled(lambda w: {written})",), str(start.tolist()))
