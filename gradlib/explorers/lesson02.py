"""Lesson 02: the step size, with limit, best step and the whole loss curve predicted before the run."""

from typing import NamedTuple

import numpy as np

from .. import plots, theory
from ..calculus import least_squares, linear_gradient, linear_hessian, linear_loss
from ..data import penguins
from ..descent import gradient_descent
from ..live import Album, Drag, Live, explore, log_slider, said, switch
from .reader import HALO, Data, brought, label, own_lines_of_code, power_of_ten, squared
from .valley import Plane, plane_of, ready_to_walk, standardised

START = np.array([-0.5, 0.6])
STEPS = 40
FLIPPER_RANGE, BILL_RANGE = (-0.9, 1.7), (-1.1, 1.1)
SPAN = np.array([1e-6, 1e4])   # of the loss above the lowest in the picture, where a run begins at about 1
FEW = -10               # powers of ten below the beginning: a smaller loss is rounding


class Setting(NamedTuple):
    """One version of the data, where the run begins, and the plane that is drawn."""

    X: np.ndarray
    y: np.ndarray
    start: np.ndarray
    plane: Plane

    @property
    def goal(self):
        return least_squares(self.X, self.y)

    def excess(self, weights):
        """Loss above the lowest, for every row of weights."""
        return theory.excess_loss(self.X, self.y, weights)

    def predicted_excess(self, eta):
        """The loss above the lowest at every step, from the formula and not from a run."""
        return self.excess(theory.predicted_weights(self.X, self.y, self.start, eta, STEPS))

    def run(self, eta):
        return gradient_descent(lambda w: linear_gradient(self.X, self.y, w), self.start, eta, STEPS)


def step_size(X=None, y=None, names=None):
    """Move the step size; see the path and the loss, with the predicted curve and limit drawn beside the run.

    X (n, d), y (n,): data of your own, in place of the penguins, as they are: descent begins at zero. A single feature
    gets a column of ones, for the bias; of more than two columns the flattest and the steepest axis are drawn. names:
    those of the columns, and last that of y, such as ("size (m²)", "rooms", "rent (€)"); a DataFrame brings its own.
    Raises TypeError and ValueError as `brought`, and ValueError where no single weights are lowest, or the start is.
    """
    if X is None and y is None:
        return _step_size(birds(), settings())
    data = ready_to_walk(brought(X, y, names))
    start = np.zeros(data.X.shape[1])
    return _step_size(data, [Setting(X, data.y, start, plane_of(data, X, data.y, start))
                             for X in (data.X, standardised(data.X))])


def birds():
    """Flipper and bill of the penguins and their mass, each above its average."""
    X, y = penguins("flipper", "bill")
    return Data(X - X.mean(axis=0), y - y.mean(), ("flipper (cm)", "bill (mm)"), "mass (kg)")


def settings():
    """The penguins with flippers in cm and bills in mm, and with both features standardised."""
    data, views = birds(), np.array([FLIPPER_RANGE, BILL_RANGE])
    raw, scaled = ([f"weight of the {name} (kg per {unit})" for name, unit in zip(("flipper", "bill"), units)]
                   for units in (("cm", "mm"), ("standard dev.",) * 2))
    return [Setting(X, data.y, START, Plane(np.eye(2), np.zeros(2), titles, views, aspect="equal"))
            for X, titles in ((data.X, raw), (standardised(data.X), scaled))]


def measured_growth(setting, run):
    """How many times the last move along the steepest axis was as long as the one before, with its sign."""
    along = (run.weights[-3:] - setting.goal).dot(theory.steepest_axis(setting.X))
    before, last = np.diff(along) if len(along) == 3 else along   # a run may leave in its first step
    return last / before if before else np.nan


@plots.style()
def _step_size(data, choices):
    limits = [theory.step_limit(setting.X) for setting in choices]
    low, high = np.floor(2 * np.log10(min(limits) / 60)) / 2, np.ceil(2 * np.log10(max(limits) * 2.5)) / 2
    often = max(4, min(20, round(160 / (high - low))))   # stops for each power of ten
    begin = low + round((np.log10(0.3 * limits[0]) - low) * often) / often
    pages = [Page(data, setting, 10.0**low, 10.0**high, i == 1) for i, setting in enumerate(choices)]
    album = Album(*(page.live for page in pages))

    def update(step_size, standardise):
        album.turn_to(int(standardise))
        return pages[standardise].show(step_size)

    return explore(update, album, room=220, code=lambda step_size, standardise: pages[standardise].code(step_size),
                   drag=Drag(album.figure.axes[-1], x="step_size"), standardise=switch("standardise the features"),
                   step_size=log_slider("step size", 10.0**low, 10.0**high, 10.0**begin, per_decade=often))


class Page:
    """The picture of one setting: what stands still, and what moves with the step size."""

    def __init__(self, data, setting, low, high, standard):
        self.data, self.setting, self.standard = data, setting, standard
        self.limit, self.unit = theory.step_limit(setting.X), squared(data.target)
        curvatures, axes = np.linalg.eigh(linear_hessian(setting.X))
        far = np.abs(axes.T.dot(setting.start - setting.goal))
        self.turning = curvatures[far > 1e-6 * far.max()].max()   # the steepest along which there is a way to go
        self.size = round(np.log10(0.8 * setting.excess(setting.start)))   # the power of ten at which the loss begins
        fig, corner = plots.figure(height=4.4)
        corner.remove()
        axes = fig.subplot_mosaic([["valley", "curve"], ["valley", "ruler"]], height_ratios=[5, 1])
        self.valley, self.curve, self.ruler = axes["valley"], axes["curve"], axes["ruler"]
        self._draw_valley()
        self._draw_ruler(low, high)
        plots.decorate(self.curve, "How far above the lowest loss", "step", f"loss above the lowest ({self.unit})")
        self.curve.set(yscale="log", xlim=(-1, STEPS + 1), ylim=SPAN * 10.0**self.size)
        moving = self._move_things()
        self.live = Live(fig, *moving)

    def _draw_valley(self):
        setting, plane = self.setting, self.setting.plane
        goal = setting.goal
        lowest, begin = linear_loss(setting.X, setting.y, goal), setting.excess(setting.start)
        plane.draw(self.valley, setting.X, setting.y, lowest + begin * np.geomspace(0.003, 9, 10))
        self.valley.plot(*plane.seen(goal), "X", color=plots.GREEN, markersize=10)
        self.valley.plot(*plane.seen(setting.start), "s", color=plots.BLACK, markersize=6)
        for words, weights, colour in (("lowest", goal, plots.GREEN), ("start", setting.start, plots.BLACK)):
            self.valley.annotate(words, plane.seen(weights), (0, 9), textcoords="offset points", ha="center",
                                 color=colour, fontsize=9.5, bbox=HALO)

    def _draw_ruler(self, low, high):
        best, ruler = theory.best_step(self.setting.X), self.ruler
        ruler.set(xscale="log", xlim=(0.8 * low, 3 * high), ylim=(-1, 1), yticks=[], xlabel="step size")
        ruler.spines["left"].set_visible(False)
        ruler.axvspan(self.limit, 3 * high, color="#eeeeee")
        ruler.text(0.98, 0.5, "leaves", transform=ruler.transAxes, ha="right", va="center", fontsize=9.5)
        ruler.axvline(best, color=plots.GREEN, linestyle=":")
        ruler.axvline(self.limit, color=plots.BLACK, linestyle="--", linewidth=1.6)
        ruler.text(best, 1.1, f"best {said(best, 3)} ", color=plots.GREEN, ha="right", va="bottom", fontsize=9.5)
        ruler.text(self.limit, 1.1, f" limit {said(self.limit, 3)}", ha="left", va="bottom", fontsize=9.5)

    def _move_things(self):
        self.path, = self.valley.plot([], [], "o-", color=plots.BLUE, markersize=4, linewidth=1.4)
        self.measured, = self.curve.plot([], [], "o", color=plots.BLUE, markersize=6, alpha=0.45)
        self.predicted, = self.curve.plot([], [], "--", color=plots.BLACK, linewidth=1.6)
        self.chosen, = self.ruler.plot([], [], "o", color=plots.BLUE, markersize=9)
        self.names = [label(self.curve, "measured", plots.BLUE), label(self.curve, "predicted", plots.BLACK)]
        return self.path, self.measured, self.predicted, self.chosen, *self.names

    def show(self, eta):
        """Set the picture to a step size, and say what happens there."""
        run, expected = self.setting.run(eta), self.setting.predicted_excess(eta)
        measured = self.setting.excess(run.weights)
        self.path.set_data(self.setting.plane.until_it_leaves(run.weights).T)
        self.measured.set_data(np.arange(len(measured)), measured)
        self.predicted.set_data(np.arange(STEPS + 1), expected)
        self.chosen.set_data([eta], [0])
        for name, losses, t in zip(self.names, (measured, expected), (6, 24)):
            _put_at(name, losses, t, *self.curve.get_ylim())
        return self._sentence(eta, run, measured, expected)

    def _sentence(self, eta, run, measured, expected):
        factor = theory.growth(self.setting.X, eta)
        share = f"Step size {said(eta)} is {said(eta / self.limit, 3)} of the limit {said(self.limit, 3)}."
        if factor >= -1:
            manner = "zigzags across the valley" if eta * self.turning > 1 else "walks smoothly"
            return (f"Measured after {STEPS} steps: {self._amount(measured[-1])} above the lowest loss; "
                    f"predicted: {self._amount(expected[-1])}. It {manner}. {share}")
        growth = measured_growth(self.setting, run)
        if abs(growth / factor - 1) <= 1e-6:
            return (f"It leaves. Along the steepest axis each step is measured {said(growth, 7)} times the step "
                    f"before; predicted: {said(factor, 7)}. {share}")
        begun = "It leaves, but" if measured[-1] > measured[0] else f"It has not left in {STEPS} steps, for"
        return (f"{begun} it starts with next to no distance along the steepest axis, where each step is predicted to "
                f"be {said(factor, 7)} times the step before. {share}")

    def _amount(self, excess):
        """Four digits, where rounding has left four."""
        few = self.size + FEW
        return f"{said(excess, 4)}" if excess > 10.0**few else f"less than {power_of_ten(few)}"

    def code(self, eta):
        """The program that gives the numbers of the sentence."""
        start, eta = self.setting.start.tolist(), float(eta)
        end = ("print(theory.excess_loss(X, y, run.weights)[-1], theory.excess_loss(X, y, predicted)[-1])"
               if theory.growth(self.setting.X, eta) >= -1 else
               "moves = np.diff(run.weights.dot(theory.steepest_axis(X)))\n"
               f"print(moves[-1] / moves[-2], theory.growth(X, {eta}))")
        return f"""import numpy as np
from gradlib import calculus, {'' if self.data.own else 'data, '}descent, theory

{self._lines_of_data()}
run = descent.gradient_descent(lambda w: calculus.linear_gradient(X, y, w), {start}, {eta}, {STEPS})
predicted = theory.predicted_weights(X, y, {start}, {eta}, {STEPS})
print({eta} / theory.step_limit(X), theory.step_limit(X))
{end}"""

    def _lines_of_data(self):
        if not self.data.own:
            return ('X, y = data.penguins("flipper", "bill")\nX, y = X - X.mean(axis=0), y - y.mean()'
                    + "\nX = X / X.std(axis=0)" * self.standard)
        return own_lines_of_code(self.data, "X") + """
for x in X.T:
    if np.ptp(x) > 1e-9 * abs(x).max():
        x[:] = (x - x.mean()) / x.std()""" * self.standard


def _put_at(name, losses, t, low, high):
    """The name beside its curve, at step t or the last one in sight: above one that falls, below one that rises."""
    seen = np.flatnonzero((low < losses) & (losses < high))
    rises, t = losses[-1] > losses[0], seen[min(t, len(seen) - 1)] if len(seen) else 0
    name.set(position=(t + 0.8, losses[t] * (1 if rises else 2.5)), va="top" if rises else "bottom",
             visible=bool(len(seen)))
