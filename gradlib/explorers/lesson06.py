"""Lesson 06: a formula beside the true gradient of the printed loss: the angle between them, and both descents."""

from typing import NamedTuple

import numpy as np

from .. import plots
from ..calculus import sigmoid
from ..data import seven_points, three_points
from ..descent import gradient_descent
from ..live import Live, choice, explore, log_slider
from ..numeric import angle

STEPS, STRIDE = 400, 4   # every fourth step is drawn
STEP_RANGE = (0.001, 0.1)


class Points(NamedTuple):
    """A data set with one feature, as X (n, d), y (n,), and the weights at which both descents start."""

    name: str
    X: np.ndarray
    y: np.ndarray
    start: np.ndarray


def ordinary_points():
    """Thirty points, two overlapping groups, nothing strange."""
    rng = np.random.default_rng(3)
    y = np.repeat([0.0, 1.0], 15)
    x = (rng.standard_normal(30) + 2 * y - 1).round(2)
    return Points("thirty points", np.column_stack([x, np.ones(30)]), y, np.array([1.0, 0.5]))


DATA = (Points("seven points", *seven_points(), np.array([2.0, 0.0])),
        Points("three points", *three_points(), np.array([1.0])), ordinary_points())
PREDICTIONS = ("sigmoid", "none")
# A gradient is X' times what arrives at each example: here that is written with p, y, n and the sigmoid's slope s.
FORMULAS = {
    "Xᵀe / n": lambda p, y, n: (p - y) / n,
    "Xᵀe": lambda p, y, n: p - y,
    "Xᵀ(e p(1−p))": lambda p, y, n: (p - y) * p * (1 - p),
}
LOSSES = {
    "Σe²": (lambda z, p, y: ((p - y) ** 2).sum(-1), lambda p, y, n, s: 2 * (p - y) * s),
    "½ mean e²": (lambda z, p, y: ((p - y) ** 2).mean(-1) / 2, lambda p, y, n, s: (p - y) * s / n),
    "cross-entropy": (lambda z, p, y: ((1 - y) * z + np.logaddexp(0, -z)).mean(-1), lambda p, y, n, s: (p - y) / n),
}


class Story(NamedTuple):
    """Both descents and what they say: loss after each step, and the angle between formula and true gradient along
    the run of the formula, in degrees; the length of the formula at the start, in lengths of the gradient."""

    weights: np.ndarray
    true_weights: np.ndarray
    losses: np.ndarray
    true_losses: np.ndarray
    angles: np.ndarray
    length: float


def tell(points, bent, formula, loss, step_size):
    """Descend by the formula and by the true gradient of the loss; bent: predictions pass through a sigmoid."""
    X, y, n = points.X, points.y, len(points.y)
    measure, slope = LOSSES[loss]

    def p_of(w):
        return sigmoid(w @ X.T) if bent else w @ X.T

    def claimed(w):
        return FORMULAS[formula](p_of(w), y, n) @ X

    def true(w):
        p = p_of(w)
        return slope(p, y, n, p * (1 - p) if bent else 1.0) @ X

    runs = [gradient_descent(road, points.start, step_size, STEPS).weights for road in (claimed, true)]
    losses = [measure(weights @ X.T, p_of(weights), y) for weights in runs]
    start = points.start
    length = np.linalg.norm(claimed(start)) / np.linalg.norm(true(start))
    return Story(*runs, *losses, angle(claimed(runs[0]), true(runs[0])), length)


@plots.defaults()
def whose_gradient():
    """Choose data, prediction, printed loss and formula; see whether the loss falls, and the angle between the two."""
    fig, (cloud, curve, compass) = _figure()
    marks, = cloud.plot([], [], "o", color=plots.GREY, markersize=6, alpha=0.7)
    lines = [ax.plot([], [], style, color=colour)[0] for ax in (cloud, curve)
             for style, colour in (("--", plots.GREEN), ("-", plots.BLUE))]
    angles, = compass.plot([], [], color=plots.VERMILLION)
    live = Live(fig, marks, *lines, angles)
    across = np.linspace(*cloud.get_xlim(), 69)

    def update(data, prediction, loss, formula, step_size):
        points, bent = DATA[data], prediction == 0
        loss, formula = list(LOSSES)[loss], list(FORMULAS)[formula]
        marks.set_data(points.X[:, 0], points.y)
        if loss == "cross-entropy" and not bent:
            for line in (*lines, angles):
                line.set_data([], [])
            return "Cross-entropy asks for predictions between 0 and 1, and without the sigmoid they are not."
        story = tell(points, bent, formula, loss, step_size)
        for line, weights in zip(lines, (story.true_weights, story.weights)):
            z = _line(weights[-1], across)
            line.set_data(across, sigmoid(z) if bent else z)
        for line, losses in zip(lines[2:], (story.true_losses, story.losses)):
            line.set_data(np.arange(len(losses))[::STRIDE], losses[::STRIDE] / losses[0])
        angles.set_data(np.arange(len(story.angles))[::STRIDE], story.angles[::STRIDE])
        return _sentence(points, formula, loss, story)

    return explore(update, live, data=choice("data", *(points.name for points in DATA)),
                   prediction=choice("bent by", *PREDICTIONS), loss=choice("printed loss", *LOSSES),
                   formula=choice("formula", *FORMULAS),
                   step_size=log_slider("step size", *STEP_RANGE, value=0.01, per_decade=5))


def _line(w, x):
    """Xw along the feature x, with the bias if there is one."""
    return w[0] * x + (w[1] if len(w) > 1 else 0.0)


def _figure():
    fig, axes = plots.figure(3, width=10, height=3.5)
    cloud, curve, compass = axes
    plots.decorate(cloud, f"Predictions after {STEPS} steps", "feature", "target, prediction")
    cloud.set(xlim=(-4, 13), ylim=(-0.4, 1.4))
    plots.decorate(curve, "The printed loss", "step", "loss, as part of its start")
    curve.set(xlim=(0, STEPS), ylim=(0, 2.3))
    curve.axhline(1, color=plots.GREY, linewidth=1)
    curve.text(0.04 * STEPS, 2.16, "solid: along the formula", color=plots.BLUE)
    curve.text(0.04 * STEPS, 2.0, "dashed: along the gradient", color=plots.GREEN)
    plots.decorate(compass, "Formula against gradient", "step of the formula's run", "angle in degrees")
    compass.set(xlim=(0, STEPS), ylim=(0, 185), yticks=[0, 45, 90, 135, 180])
    compass.axhline(90, color=plots.BLACK, linestyle="--", linewidth=1.6)
    return fig, axes


def _sentence(points, formula, loss, story):
    same_way = story.angles[0] < 0.05
    apart = "the same direction" if same_way else f"{story.angles[0]:.0f} degrees apart"
    long = "just as long" if abs(story.length - 1) < 1e-9 else f"{story.length:.3g} times as long"
    head = f"{points.name.capitalize()}, {formula} beside the gradient of {loss}: at the start {apart}, {long}. "
    peak = f" over {story.losses.max():.4g}" if story.losses.argmax() not in (0, len(story.losses) - 1) else ""
    return head + (f"In {STEPS} steps the formula takes the loss from {story.losses[0]:.4g}{peak} to "
                   f"{_end(story.losses)}, the gradient to {_end(story.true_losses)}.")


def _end(losses):
    return f"{losses[-1]:.4g}" if len(losses) > STEPS else "infinity"   # a run that flies apart is cut short
