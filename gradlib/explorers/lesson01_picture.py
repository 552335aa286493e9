"""Lesson 01: what stands still and what moves in its picture."""

import numpy as np
from matplotlib.patches import FancyArrowPatch

from .. import plots
from ..calculus import add_ones
from .reader import above, draw_points, label, per, spread, unit

SHOWN = 38   # errors that are drawn
SEEN = 33    # stops to either side of the lowest point that the picture shows


def to_show(x):
    """Which errors are drawn: of every ninth penguin, and of no more other examples."""
    return np.arange(0, len(x), -(-len(x) // SHOWN))


def stage(here):
    """Figure and axes with all that stands still: the examples, and the landscape with its lowest point."""
    X, (feature,), target = add_ones(here.X), here.data.features, here.data.target
    fig, (points, valley) = plots.figure(2, height=3.9)
    draw_points(points, here.X, here.y, "The line and its errors", above(feature), target)
    views = [stops.at([-SEEN, SEEN]) for stops in (here.w, here.b)]
    plots.landscape(valley, X, here.y, *views, here.lowest + spread(here.y) ** 2 * np.geomspace(0.03, 6, 10))
    valley.plot(*here.best, "X", color=plots.GREEN, markersize=9)
    label(valley, "lowest", plots.GREEN, va="center").set_position(here.best + [2.5 * here.w.step, 0])
    plots.decorate(valley, "The loss of every line", f"weight w ({per(target, feature)})", f"bias b ({unit(target)})")
    return fig, points, valley


def moving_parts(points, valley, arrow):
    """The line, the errors, the gradient and the guess on the map, each with its name."""
    line, = points.plot([], [], color=plots.BLUE)
    errors = points.vlines([], [], [], color=plots.PURPLE, linewidth=1.4)
    point, = valley.plot([], [], "o", color=plots.BLUE, markersize=9)
    patch = valley.add_patch(FancyArrowPatch((0, 0), (1, 1), arrowstyle="-|>", mutation_scale=14, shrinkA=0,
                                             shrinkB=0, color=plots.VERMILLION, linewidth=2.2))
    return [line, label(points, "line", plots.BLUE, va="bottom"),
            errors, label(points, "error", plots.PURPLE, ha="center", va="bottom"),
            patch, label(valley, f"gradient × {arrow:g}", plots.VERMILLION, ha="center"),
            point, label(valley, "line", plots.BLUE, ha="center")]


def put_beside(name, w, b, ax):
    """The name above its line, as far to the right as the line is in sight."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    heights = b + w * np.linspace(left, right, 41)
    seen = np.flatnonzero((low + 0.03 * (high - low) < heights) & (heights < low + 0.9 * (high - low)))
    i = min(seen[-1], 34) if len(seen) else 20
    place = left + (right - left) * i / 40, heights[i] + 0.02 * (high - low)
    name.set(position=place, ha="right" if w > 0 else "left")
