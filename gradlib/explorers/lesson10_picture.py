"""Lesson 10: what its explorer draws: guesses and their angles, runs and their costs."""

import numpy as np

from .. import plots
from ..live import Live

BUDGET = 600    # what a run may cost, in losses
DEEP, GOAL = 1e-3, 1e-2   # a run ends where only so much of the loss is predicted to be left; what it is judged by
GUESSES, RUNS, FAN = 200, 40, 10   # of the runs, some are drawn one by one
# One look, one meaning, left and right.
ONE, TYPICAL = {"color": plots.GREY, "linewidth": 0.8, "alpha": 0.5}, {"color": plots.GREY, "linewidth": 4}
MEAN, LAW = {"color": plots.BLUE, "markersize": 8}, {"color": plots.BLACK, "linewidth": 1.6}
TRUE = {"color": plots.VERMILLION, "linewidth": 5}


def stage(ratio):
    """The `Live` picture and its moving artists, left and right. Still are rays at some angles, the gradient's name,
    and what backprop costs: ratio losses."""
    fig, (arrows, curve) = plots.figure(2, width=8.4, height=3.6)
    for degrees in (30, 60, 90, 120):
        ray = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        arrows.plot(*np.outer(ray, [0, 2.7]), color="#dddddd", linewidth=0.8)
        arrows.text(*2.87 * ray, f"{degrees}°", color=plots.GREY, ha="center", va="center")
    arrows.text(0, -0.12, "the gradient, by backprop", color=TRUE["color"], va="top")
    plots.decorate(arrows, f"{GUESSES} guesses (dots)", "along the gradient", "across the gradient")
    arrows.set(xlim=(-2.3, 2.9), ylim=(-0.5, 3.2), aspect="equal", xticks=[], yticks=[])
    curve.axvline(ratio, **TRUE)
    curve.text(12, 1.3, "backprop: one step", color=TRUE["color"])
    curve.axhline(GOAL, color=plots.GREY, linewidth=0.8)
    curve.text(BUDGET, GOAL, "a hundredth", color=plots.GREY, ha="right", va="top")
    plots.decorate(curve, f"{FAN} of {RUNS} runs, and the mean of all", "cost, in losses", "loss, 1 at the start")
    curve.set(yscale="log", xlim=(0, BUDGET), ylim=(DEEP, 2.4))
    curve.set_yticks([1, 0.1, GOAL, DEEP], ["1", "0.1", "0.01", "0.001"])
    curve.minorticks_off()
    left, right = _arrows(arrows), _curves(curve)
    return Live(fig, *left, *right), left, right


def _arrows(ax):
    """Guesses, the gradient, the typical guess measured and predicted, the mean; and the words at the last three."""
    return [*(ax.plot([], [], style, **look)[0] for style, look in (
        ("o", {**ONE, "markersize": 3}), ("-", TRUE), ("-", TYPICAL), ("--", LAW), ("-", MEAN))),
        *(_label(ax, look, ha, va) for look, ha, va in (
            (TYPICAL, "right", "bottom"), (LAW, "right", "bottom"), (MEAN, "left", "center")))]


def _curves(ax):
    """Some runs, their mean, where it passes the goal, what is predicted, for one sample too; and words at the last."""
    return [*(ax.plot([], [], style, **look)[0] for style, look in (
        ("-", ONE), ("-", MEAN), ("o", MEAN), ("--", LAW), ("--", {**LAW, "linewidth": 1.1}))),
        *(_label(ax, look, "left", "bottom") for look in (MEAN, LAW, LAW))]


def _label(ax, look, ha, va):
    return ax.text(0, 1, "", color=look["color"], ha=ha, va=va,
                   bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})


def turn(artists, found):
    """The left panel, in lengths of a guess as predicted."""
    tips, *lines = artists[:5]
    arrows = np.array([(1, 0), *found.typical(), found.mean]) / found.length
    tips.set_data(*found.guesses.T / found.length)
    for line, tip in zip(lines, arrows):
        line.set_data(*np.outer(tip, [0, 1]))
    x, y = 0.72 * arrows[2] + (-0.08, 0.04)
    for word, text, arrow, place in zip(artists[5:], ("a typical guess", "predicted", "their mean"), arrows[1:],
                                        ((x, y + 0.27), (x, y), arrows[3] + (0.09, 0))):
        word.set(position=place, text=f"{text}: {angle(arrow):.0f}°")


def run_down(artists, found, single):
    """The right panel. single: cost and loss that are predicted for one sample a step, or None."""
    fan, mean, passed, law, one, *words = artists
    drawn, means = _some(found.paid, 21), found.losses.mean(axis=1)
    paid, there, some = found.paid[drawn], passes(means), np.union1d(drawn[::2], drawn[-1:])
    fan.set_data(np.tile(np.append(found.paid[some], np.nan), FAN),
                 np.pad(found.losses[some, :FAN], [(0, 1), (0, 0)], constant_values=np.nan).T.ravel())
    mean.set_data(paid, means[drawn])
    law.set_data(paid, found.predicted[drawn])
    passed.set_data(found.paid[there:there + 1], means[there:there + 1])
    for word, share, text in zip(words, (0.15, 0.35), (f"mean of {RUNS}", "predicted")):
        _put(word, text, found.paid, found.predicted, share)
    if single is None:
        one.set_data([], [])
        words[-1].set_text("")
    else:
        one.set_data(*(values[_some(values, 12)] for values in single))
        (*_, end), (*_, left) = single
        lower = end > 250 and left < 0.8 * np.interp(end, found.paid, found.predicted)
        _put(words[-1], "1 sample", *single, 0.8, lower)


def _some(points, count):
    """Places of at most so many of them, both ends among these."""
    return np.unique(np.linspace(0, len(points) - 1, count).astype(int))


def _put(word, text, costs, losses, share, lower=False):
    """A word on the right of a curve, or on the left, where there is room below it."""
    place = share * costs[-1]
    level = np.exp(np.interp(place, costs, np.log(losses)))
    word.set(position=(place - 8, level / 1.1) if lower else (place + 6, 1.1 * level), text=text,
             **{"ha": "right", "va": "top"} if lower else {"ha": "left", "va": "bottom"})


def angle(arrow):
    """The degrees between the gradient and an arrow of which we know how long it is along and across."""
    along, across = arrow
    return np.degrees(np.arctan2(across, along))


def passes(losses):
    """Before which step less than a hundredth is left, counted from 0; where that never is, their number."""
    return int(np.argmax(np.append(losses, 0) < GOAL))
