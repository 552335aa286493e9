"""Lesson 08: the picture of an outcome. Blue is what was measured, dashed black what is predicted, green the goal."""

import numpy as np

from .. import plots, theory
from ..calculus import least_squares, linear_loss
from ..live import Live, said
from .lesson08_outcome import LONGEST
from .reader import HALO, label

STEP_RANGE, RIGHT = (0.01, 2.0), 3.0   # the map goes on a little, for words
SPAN = np.array([1e-7, 1e2])   # of the loss above the lowest in the picture, where a run begins at about 0.4
FAN = 2       # so many of the runs are drawn one by one
SHADE = "#eeeeee"
THIN, THICK = {"linewidth": 1.0, "alpha": 0.7}, {"linewidth": 3.2, "alpha": 0.75}


class Picture:
    """Three panels: one run in the plane of the weights and the ends of all; the losses, step by step; the map of step
    sizes and batch sizes."""

    def __init__(self, ground):
        self.ground = ground
        self.best, self.begin = least_squares(ground.X, ground.y), theory.excess_loss(ground.X, ground.y, ground.start)
        fig, (self.valley, self.curve, self.chart) = plots.figure(3, width=10.8, height=3.7)
        self._draw_valley()
        plots.decorate(self.curve, "How the loss falls", "step", f"loss above the lowest ({ground.unit})")
        self.curve.set(xscale="log", yscale="log", xlim=(1, LONGEST), ylim=SPAN * 10.0 ** np.round(
            np.log10(self.begin / 0.4)))
        self._draw_chart()
        for axis in (self.curve.xaxis, self.curve.yaxis, self.chart.xaxis, self.chart.yaxis):
            axis.set_major_formatter(lambda number, _: _power(number))
        self.live = Live(fig, *self._move_lines(), *self._move_names())

    def _draw_valley(self):
        ground = self.ground
        lowest = linear_loss(ground.X, ground.y, self.best)
        ground.plane.draw(self.valley, ground.X, ground.y, lowest + self.begin * np.geomspace(0.0125, 5, 7))
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
        ax.text(0.95 * RIGHT, n**0.5, "no floor", rotation=90, ha="right", va="center", fontsize=9.5)
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
                 "ends": (self.valley, "o", plots.BLUE, {"markersize": 3.6, "alpha": 0.55}),
                 "path": (self.valley, "-", plots.BLUE, THIN),
                 "ring": (self.valley, "--", plots.BLACK, {"linewidth": 1.6}),
                 "chosen": (self.chart, "o", plots.BLUE, {"markersize": 9})}
        self.lines = {name: ax.plot([], [], style, color=colour, **more)[0]
                      for name, (ax, style, colour, more) in looks.items()}
        return self.lines.values()

    def _move_names(self):
        looks = {"path": (self.valley, plots.BLUE, "center", "bottom"),
                 "ends": (self.valley, plots.BLUE, "center", "bottom"),
                 "ring": (self.valley, plots.BLACK, "right", "center"),
                 "lowest": (self.valley, plots.GREEN, "center", "top"),
                 "fan": (self.curve, plots.BLUE, "center", "top"),
                 "mean": (self.curve, plots.BLUE, "left", "bottom"),
                 "predicted": (self.curve, plots.BLACK, "right", "bottom"),
                 "floor": (self.curve, plots.GREEN, "right", "top"),
                 "chosen": (self.chart, plots.BLUE, "center", "bottom")}
        self.names = {name: label(ax, "", colour, ha=ha, va=va) for name, (ax, colour, ha, va) in looks.items()}
        return self.names.values()

    def show(self, seen):
        """Set all lines and their names to an `Outcome`."""
        self._show_valley(seen)
        self._show_curve(seen)
        size, n = seen.batch_size, len(self.ground.X)
        self.lines["chosen"].set_data([seen.step_size], [size])
        self.names["chosen"].set_ha("left" if seen.step_size < 0.03 else "right" if seen.step_size > 0.7 else "center")
        self._name("chosen", "these runs", (seen.step_size, 1.3 * size if size < n / 2 else size / 1.9))

    def _show_valley(self, seen):
        plane, weights, ring = self.ground.plane, seen.weights, self._ring(seen.cloud)
        path, ends = plane.until_it_leaves(weights[:, 0]), plane.seen(weights[-1])
        self.lines["path"].set_data(*path[_some(len(path))].T)
        self.lines["ends"].set_data(*ends.T)
        self.lines["ring"].set_data(*ring.T)
        lower, upper = plane.views.T
        inside = ends[((lower <= ends) & (ends <= upper)).all(axis=1)]
        self._name("path", "one run", plane.seen(self.ground.start) + [0, 0.03 * (upper - lower)[1]])
        self._name_ends(len(ends), inside, lower, upper)
        self._name_goal(inside, ring, lower, upper)

    def _name_ends(self, runs, inside, lower, upper):
        """Above them, or below if they are still high up. If most lie outside, down in the middle."""
        (width, height), away, name = upper - lower, runs - len(inside), self.names["ends"]
        place, high_up = lower + [0.5 * width, 0.12 * height], False
        if len(inside) > away:
            high_up = inside.mean(axis=0)[1] > lower[1] + 0.7 * height
            up = inside[:, 1].min() - 0.03 * height if high_up else inside[:, 1].max() + 0.03 * height
            place = (np.clip(inside.mean(axis=0)[0], lower[0] + 0.4 * width, upper[0] - 0.32 * width),
                     min(up, upper[1] - 0.11 * height))
        name.set_va("top" if high_up else "bottom")
        self._name("ends", f"{away} of {runs} ends lie outside" if away else f"ends of {runs} runs", place)

    def _name_goal(self, inside, ring, lower, upper):
        """The lowest point below all ends, and the predicted ring: left of it or, where there is no room, within."""
        across, up = self.ground.plane.seen(self.best)
        pad = 0.03 * (upper - lower)
        near = inside[inside[:, 1] < up + 5 * pad[1]]
        self._name("lowest", "lowest loss", (across, max(min([up, *near[:, 1]]) - pad[1], lower[1] + 5 * pad[1])))
        left = min(ring, key=lambda point: point[0], default=(across, up))
        room = left[0] > lower[0] + 10 * pad[0]
        self.names["ring"].set_ha("right" if room else "left")
        self._name("ring", "predicted" if len(ring) and left[0] > lower[0] else "",
                   (left[0] + (-pad[0] if room else pad[0]), left[1]))

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
        self._name_runs(seen, drawn, mean, fan)
        self._name_predictions(seen)

    def _name_runs(self, seen, drawn, mean, fan):
        """The mean above its line or, where it leaves, right of it; single runs below the lowest."""
        low, high = self.curve.get_ylim()
        visible = drawn[(mean[drawn] > low) & (mean[drawn] < high)]
        middle = visible[min(np.searchsorted(visible, seen.steps**0.45), len(visible) // 2)]
        height = mean[middle] / 5 if mean[middle:].max() > high else 1.6 * mean[middle:6 * middle].max()
        self._name("mean", f"mean of {seen.excess.shape[1]} runs", (1.3 * middle, np.clip(height, 4 * low, high / 30)))
        late = drawn[drawn >= 0.3 * seen.steps]
        below = late[np.argmin(fan[late].min(axis=1))]
        alike = (fan[late].max(axis=1) <= 1.01 * fan[late].min(axis=1)).all() or not fan[below].min() < high
        self.names["fan"].set_ha("center" if below < LONGEST / 8 else "right")
        self._name("fan", "" if alike else "single runs", (below, max(fan[below].min() / 1.4, 6 * low)))

    def _name_predictions(self, seen):
        low, high = self.curve.get_ylim()
        lower, upper, _ = seen.floors
        expected = np.full(LONGEST + 1, upper) if seen.expected is None else seen.expected
        last = max(np.flatnonzero((expected > low) & (expected < high)), default=LONGEST)
        beside = last < LONGEST / 6   # the line leaves the picture, and there is room beside it
        self.names["predicted"].set_ha("left" if beside else "right")
        self._name("predicted", "way not predicted" if seen.expected is None else "predicted",
                   (last * (1.2 if beside else 0.9), np.clip(1.3 * expected[last], 2 * low, high / 4)))
        words, height = ("floor" if lower == upper else "floor in an epoch"), max(lower / 1.3, 4 * low)
        if seen.leaves or seen.quiet:
            words, height = "no floor", high / 8 if seen.quiet else 4 * low
        self._name("floor", words + (" (further down)" if words != "no floor" and upper < low else ""),
                   (0.9 * LONGEST, height))

    def _name(self, name, words, place):
        self.names[name].set_text(words)
        self.names[name].set_position(tuple(map(float, place)))


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
