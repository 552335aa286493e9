"""Lesson 08: the picture of an outcome. Blue is what was measured, dashed black what is predicted, green the goal."""

import numpy as np
from matplotlib.ticker import NullLocator

from .. import plots, theory
from ..calculus import least_squares, linear_loss
from ..live import Live, said
from .lesson08_names import Names
from .lesson08_outcome import LONGEST
from .reader import HALO

STEP_RANGE, RIGHT = (0.01, 2.0), 3.0   # the map goes on a little, for words
SPAN = np.array([1e-7, 1e2])   # of the loss above the lowest in the picture, where a run begins at about 0.4
FAN = 2       # so many of the runs are drawn one by one
SHADE = "#eeeeee"
THIN, THICK = {"linewidth": 0.9}, {"linewidth": 3.2, "alpha": 0.75}


class Picture:
    """Three panels: one run in the plane of the weights and the ends of all; the losses, step by step; the map of step
    sizes and batch sizes."""

    def __init__(self, ground):
        self.ground = ground
        self.best, self.begin = least_squares(ground.X, ground.y), theory.excess_loss(ground.X, ground.y, ground.start)
        fig, (self.valley, self.curve, self.chart) = plots.figure(3, width=9.5, height=3.2)
        self._draw_valley()
        plots.decorate(self.curve, "How the loss falls", "step", f"loss above the lowest ({ground.unit})")
        self.curve.set(xscale="log", yscale="log", xlim=(1, LONGEST), ylim=SPAN * 10.0 ** np.round(
            np.log10(self.begin / 0.4)))
        self._draw_chart()
        for axis in (self.curve.xaxis, self.curve.yaxis, self.chart.xaxis, self.chart.yaxis):
            axis.set_major_formatter(lambda number, _: _power(number))
            axis.set_minor_locator(NullLocator())
        self.names = Names(ground, self.best, self.valley, self.curve, self.chart)
        self.live = Live(fig, *self._move_lines(), *self.names.texts.values())

    def _draw_valley(self):
        ground = self.ground
        lowest = linear_loss(ground.X, ground.y, self.best)
        ground.plane.draw(self.valley, ground.X, ground.y, lowest + self.begin * np.geomspace(0.02, 5, 5))
        self.valley.set_title("One run, and where all end", loc="left")
        self.valley.text(0.98, 0.02, "grey: equal loss", color=plots.GREY, ha="right", fontsize=9.5, bbox=HALO,
                         transform=self.valley.transAxes)
        self.valley.plot(*ground.plane.seen(self.best), "X", color=plots.GREEN, markersize=10)

    def _draw_chart(self):
        """The limit for each batch size, and on this side of it lines of equal noise floor."""
        ax, X, n = self.chart, self.ground.X, len(self.ground.X)
        sizes = np.unique(np.geomspace(1, n, 30).round().astype(int))
        limits = [theory.mean_square_limit(X, int(size)) for size in sizes]
        ax.set(xscale="log", yscale="log", xlim=(STEP_RANGE[0], RIGHT), ylim=(0.8, 1.25 * n))
        ax.fill_betweenx(sizes, limits, RIGHT, color=SHADE)
        ax.plot(limits, sizes, "--", color=plots.BLACK, linewidth=1.6)
        self._draw_floors(np.geomspace(*STEP_RANGE, 18), sizes[:-1:2])
        ax.text(0.93 * limits[-1], 0.9 * n, "limit", ha="right", va="center", fontsize=9.5, bbox=HALO)
        ax.text(0.95 * RIGHT, n**0.5, "runs leave", rotation=90, ha="right", va="center", fontsize=9.5)
        plots.decorate(ax, f"Floor of fresh batches ({self.ground.unit})", "step size", "batch size")

    def _draw_floors(self, steps, sizes):
        floors = np.array([[theory.noise_floor(self.ground.X, self.ground.y, step, int(size)) for step in steps]
                           for size in sizes])
        floors = np.log10(np.ma.masked_where(~np.isfinite(floors) | (floors <= 0), floors))
        if floors.count():
            levels = np.arange(np.floor(floors.min()), min(floors.max(), np.log10(self.begin)))
            lines = self.chart.contour(steps, sizes, floors, levels=levels[-5:], colors=plots.GREEN, linestyles=":",
                                       linewidths=1.6)
            self.chart.clabel(lines, fmt=lambda level: _power(10**level), fontsize=9)

    def _move_lines(self):
        looks = {"fan": (self.curve, "-", plots.BLUE, THIN), "mean": (self.curve, "-", plots.BLUE, THICK),
                 "floor": (self.curve, ":", plots.GREEN, {}),
                 "predicted": (self.curve, "--", plots.BLACK, {"linewidth": 1.4}),
                 "ends": (self.valley, "o", plots.BLUE, {"markersize": 3.2, "alpha": 0.6}),
                 "path": (self.valley, "-", plots.BLUE, THIN),
                 "ring": (self.valley, "--", plots.BLACK, {"linewidth": 1.6}),
                 "chosen": (self.chart, "o", plots.BLUE, {"markersize": 9})}
        self.lines = {name: ax.plot([], [], style, color=colour, **more)[0]
                      for name, (ax, style, colour, more) in looks.items()}
        return self.lines.values()

    def show(self, seen):
        """Set all lines and their names to an `Outcome`."""
        self._show_valley(seen)
        self._show_curve(seen)
        self.lines["chosen"].set_data([seen.step_size], [seen.batch_size])
        self.names.show_pair(seen.step_size, seen.batch_size)

    def _show_valley(self, seen):
        plane, weights, ring = self.ground.plane, seen.weights, self._ring(seen.cloud)
        path, ends = plane.until_it_leaves(weights[:, 0]), plane.seen(weights[-1])
        self.lines["path"].set_data(*path[_some(len(path))].T)
        self.lines["ends"].set_data(*ends.T)
        self.lines["ring"].set_data(*ring.T)
        self.names.show_valley(ends, ring)

    def _ring(self, cloud):
        """Two standard deviations of the predicted cloud, as an ellipse around the best weights: (points, 2)."""
        if not np.isfinite(cloud).all() or not cloud.any():
            return np.empty((0, 2))
        shape = self.ground.plane.directions / self.ground.plane.scale
        variances, axes = np.linalg.eigh(shape.T.dot(cloud).dot(shape))
        turn = np.linspace(0, 2 * np.pi, 41)
        round_it = (axes * 2 * np.sqrt(np.maximum(variances, 0))).dot([np.cos(turn), np.sin(turn)])
        return self.ground.plane.seen(self.best) + round_it.T

    def _show_curve(self, seen):
        drawn, every = _spaced(seen.steps), _spaced(LONGEST)
        mean, fan = seen.mean, seen.excess[:, :FAN]
        self.lines["fan"].set_data(*_side_by_side(drawn, fan[drawn]))
        self.lines["mean"].set_data(drawn, mean[drawn])
        self.lines["predicted"].set_data(*((every, seen.expected[every]) if seen.expected is not None else ([], [])))
        low, high, _ = seen.floors
        self.lines["floor"].set_data([1, LONGEST, np.nan, 1, LONGEST], [low, low, np.nan, high, high])
        self.names.show_runs(seen, drawn, fan)
        self.names.show_predictions(seen)


def _spaced(steps):
    """The steps that are drawn: close at first, as the axis is."""
    return np.unique(np.geomspace(1, steps, 48).round().astype(int))


def _some(length):
    """Some of `length` points: the first ones all, then ever fewer."""
    return np.unique(np.r_[:min(length, 20), np.geomspace(20, max(length, 21), 30).round().astype(int) - 1].clip(
        0, length - 1))


def _power(number):
    """As `said`, with the 1 left out of 1 × 10⁻⁵."""
    return said(number).removeprefix("1 × ")


def _side_by_side(x, columns):
    """Several curves over the same x as one line, the pen lifted in between."""
    lifted = np.vstack([columns, np.full(columns.shape[1], np.nan)])
    return np.tile(np.append(x, np.nan), columns.shape[1]), lifted.T.ravel()
