"""Lesson 02: the step size, with limit, best step and the whole loss curve predicted before the run."""

from typing import NamedTuple

import matplotlib
import numpy as np

from .. import plots, theory
from ..calculus import least_squares, linear_gradient, linear_loss
from ..data import penguins
from ..descent import gradient_descent
from ..live import Album, Live, explore, log_slider, switch

START = np.array([-0.5, 0.6])
STEPS = 40
FLIPPER_RANGE, BILL_RANGE = (-0.9, 1.7), (-1.1, 1.1)
STEP_RANGE = (0.001, 3.0)
START_STEP = 10**-1.7   # a stop of the slider, about 0.02
EXCESS_RANGE = (1e-6, 1e4)


class Setting(NamedTuple):
    """One version of the data, and what theory says about it before any run."""

    X: np.ndarray
    y: np.ndarray
    units: tuple[str, str]   # of flipper and bill

    @property
    def goal(self):
        return least_squares(self.X, self.y)

    def excess(self, weights):
        """Loss above the lowest, for every row of weights."""
        lowest = linear_loss(self.X, self.y, self.goal)
        return np.array([linear_loss(self.X, self.y, w) for w in weights]) - lowest

    def predicted_excess(self, eta):
        """The loss above the lowest at every step, from the formula and not from a run."""
        losses = theory.predicted_losses(self.X, self.y, START, eta, STEPS)
        return losses - linear_loss(self.X, self.y, self.goal)

    def run(self, eta):
        return gradient_descent(lambda w: linear_gradient(self.X, self.y, w), START, eta, STEPS)


def settings():
    """The penguins with flippers in cm and bills in mm, and with both features standardised."""
    X, y = penguins("flipper", "bill")
    X, y = X - X.mean(axis=0), y - y.mean()
    return Setting(X, y, ("cm", "mm")), Setting(X / X.std(axis=0), y, ("standard dev.",) * 2)


def measured_growth(run, X):
    """How many times the last move along the steepest axis was as long as the one before, with its sign."""
    before, last = np.diff(run.weights[-3:].dot(theory.steepest_axis(X)))
    return last / before


@plots.defaults()
def step_size():
    """Move the step size; see the path and the loss, with the predicted curve and limit drawn beside the run."""
    choices = settings()
    pages = [_page(setting) for setting in choices]
    album = Album(*(live for live, *_ in pages))

    def update(step_size, standardise):
        album.turn_to(standardise)
        setting, (_, path, measured, predicted, chosen) = choices[standardise], pages[standardise]
        run = setting.run(step_size)
        path.set_data(_until_it_leaves(run.weights).T)
        measured.set_data(np.arange(len(run.weights)), setting.excess(run.weights))
        predicted.set_data(np.arange(STEPS + 1), setting.predicted_excess(step_size))
        chosen.set_data([step_size], [0])
        return _sentence(setting, step_size, run)

    return explore(update, album, step_size=log_slider("step size", *STEP_RANGE, value=START_STEP),
                   standardise=switch("standardise the features"))


def _until_it_leaves(weights):
    """The path up to its first point outside the picture: what comes back and leaves again only clutters."""
    low, high = np.transpose([FLIPPER_RANGE, BILL_RANGE])
    inside = ((low <= weights) & (weights <= high)).all(axis=1)
    return weights if inside.all() else weights[:inside.argmin() + 1]


def _page(setting):
    """The stage of one setting, with all that does not depend on the step size, and what moves on it: the path, the
    measured and the predicted loss, the mark of the step size."""
    fig, corner = plots.figure(height=4.4)
    corner.remove()
    with matplotlib.rc_context(plots.STYLE):
        axes = fig.subplot_mosaic([["valley", "curve"], ["valley", "ruler"]], height_ratios=[5, 1])
        valley, curve, ruler = axes["valley"], axes["curve"], axes["ruler"]
        _draw_valley(valley, setting)
        _draw_ruler(ruler, theory.best_step(setting.X), theory.step_limit(setting.X))
    plots.decorate(curve, "Loss: dots measured, line predicted", "step", "loss above the lowest (kg²)")
    curve.set(yscale="log", xlim=(-1, STEPS + 1), ylim=EXCESS_RANGE)
    path, = valley.plot([], [], "o-", color=plots.BLUE, markersize=4, linewidth=1.4)
    measured, = curve.plot([], [], "o", color=plots.BLUE, markersize=6, alpha=0.45)
    predicted, = curve.plot([], [], "--", color=plots.BLACK, linewidth=1.6)
    chosen, = ruler.plot([], [], "o", color=plots.BLUE, markersize=9)
    return Live(fig, path, measured, predicted, chosen), path, measured, predicted, chosen


def _draw_valley(ax, setting):
    lowest = linear_loss(setting.X, setting.y, setting.goal)
    plots.landscape(ax, setting.X, setting.y, FLIPPER_RANGE, BILL_RANGE, lowest + np.geomspace(0.01, 30, 10))
    plots.decorate(ax, "The path on the loss", f"weight of the flipper (kg per {setting.units[0]})",
                   f"weight of the bill (kg per {setting.units[1]})")
    ax.set_anchor("N")
    ax.plot(*setting.goal, "X", color=plots.GREEN, markersize=10)
    ax.plot(*START, "s", color=plots.BLACK, markersize=6)
    ax.text(START[0] - 0.06, START[1] + 0.1, "start", ha="right",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})


def _draw_ruler(ax, best, limit):
    ax.set(xscale="log", xlim=(0.8 * STEP_RANGE[0], 1.3 * STEP_RANGE[1]), ylim=(-1, 1), yticks=[], xlabel="step size")
    ax.spines["left"].set_visible(False)
    ax.axvspan(limit, ax.get_xlim()[1], color="#eeeeee")
    ax.axvline(best, color=plots.GREEN, linestyle=":")
    ax.axvline(limit, color=plots.BLACK, linestyle="--", linewidth=1.6)
    ax.set_title(f"best {best:.3g} (dotted), limit {limit:.3g} (dashed)", loc="left", fontsize=10.5)


def _sentence(setting, eta, run):
    limit, factor = theory.step_limit(setting.X), theory.growth(setting.X, eta)
    head = f"Step size {eta:.3g}, {eta / limit:.2f} of the limit {limit:.3g}: "
    if factor < -1:
        return head + (f"it leaves. Along the steepest axis every step is {measured_growth(run, setting.X):.6f} "
                       f"times the step before; predicted {factor:.6f}.")
    manner = "it zigzags across the valley" if factor < 0 else "it walks smoothly"
    measured, predicted = setting.excess(run.weights[-1:])[0], setting.predicted_excess(eta)[-1]
    return head + (f"{manner}. After {STEPS} steps the loss is {_amount(measured)} above the lowest; "
                   f"predicted {_amount(predicted)}.")


def _amount(excess):
    """Four digits, where rounding has left four."""
    return f"{excess:.4g}" if excess > 1e-10 else "less than 1e-10"
