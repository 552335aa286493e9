"""Lesson 02: the picture of one setting of the data, what is said at each step size, and the program for it."""

import numpy as np

from .. import plots, theory
from ..calculus import linear_hessian, linear_loss
from ..live import Live, said
from .lesson02_run import STEPS, measured_growth
from .reader import HALO, label, own_lines_of_code, power_of_ten, squared

SPAN = np.array([1e-6, 1e4])   # of the loss above the lowest in the picture, where a run begins at about 1
FEW = -10               # powers of ten below the beginning: a smaller loss is rounding


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
        for name, losses, t, share in zip(self.names, (measured, expected), (6, 24), (1 / 3, 1)):
            _put_at(name, losses, t, share, *self.curve.get_ylim())
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
            return (f"It leaves. Along the steepest axis each distance is measured {said(growth, 7)} times the one "
                    f"before; predicted: {said(factor, 7)}. {share}")
        begun = "It leaves, but" if measured[-1] > measured[0] else f"It has not left in {STEPS} steps, for"
        return (f"{begun} it starts with next to no distance along the steepest axis, where each one is predicted to "
                f"be {said(factor, 7)} times the one before. {share}")

    def _amount(self, excess):
        """Four digits, where rounding has left four."""
        few = self.size + FEW
        return f"{said(excess, 4)}" if excess > 10.0**few else f"less than {power_of_ten(few)}"

    def code(self, eta):
        """The program that gives the numbers of the sentence."""
        start, eta = self.setting.start.tolist(), float(eta)
        end = (f"predicted = theory.predicted_weights(X, y, {start}, {eta}, {STEPS})\n"
               "print(theory.excess_loss(X, y, run.weights)[-1], theory.excess_loss(X, y, predicted)[-1])"
               if theory.growth(self.setting.X, eta) >= -1 else
               "away = (run.weights - calculus.least_squares(X, y)).dot(theory.steepest_axis(X))\n"
               f"print(away[-1] / away[-2], theory.growth(X, {eta}))")
        head = ("from gradlib import calculus, data, descent, theory" if not self.data.own else
                "import numpy as np\nfrom gradlib import calculus, descent, theory")
        return f"""{head}

{self._lines_of_data()}
run = descent.gradient_descent(
    lambda w: calculus.linear_gradient(X, y, w), {start}, {eta}, {STEPS})
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


def _put_at(name, losses, t, share, low, high):
    """The name beside its curve, at step t or, where fewer are in sight, at this share of these: above a curve that
    falls, below one that rises."""
    seen = np.flatnonzero((low < losses) & (losses < high))
    rises, t = losses[-1] > losses[0], seen[min(t, int(share * (len(seen) - 1)))] if len(seen) else 0
    lower = 0.05 if share < 1 and len(seen) == 1 else 1   # below the other name, which stands at the same point
    name.set(position=(t + 0.8, lower * losses[t] * (1 if rises else 2.5)), va="top" if rises else "bottom",
             visible=bool(len(seen)))
