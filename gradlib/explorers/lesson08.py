"""Lesson 08: step size and batch size together, with the noise floor and the limit predicted before the runs."""

import matplotlib
import numpy as np

from .. import plots, theory
from ..calculus import least_squares, linear_loss
from ..data import penguins
from ..descent import many_runs
from ..live import Live, choice, explore, log_slider, slider, stops

START = np.array([-0.5, 0.75])
STEPS, RUNS, FAN = 60, 40, 5   # FAN: how many of the runs are drawn one by one
STEP_RANGE = (0.01, 2.0)
BATCH_SIZES = (1, 2, 3, 6, 9, 18, 38, 57, 114)   # they divide 342, so every batch of an epoch has one size
BATCHES = ("fresh", "shuffled")
VIEW = (-0.75, 1.25), (-0.6, 1.0)
EXCESS_RANGE = (1e-5, 3)


def birds():
    """Flipper and bill of the penguins, standardised, and the mass above average in kg."""
    X, y = penguins("flipper", "bill")
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


@plots.defaults()
def step_and_batch():
    """Move step size and batch size: one path on the loss, forty runs against examples, and where theory puts them."""
    X, y = birds()
    fig, axes = _figure(X, y)
    artists = cloud, path, ring, fan, mean, predicted, floor, chosen = _moving(*axes)
    live = Live(fig, *artists)

    def update(step_size, batch_size, batches, dice):
        manner = BATCHES[batches]
        runs = many_runs(X, y, START, step_size, batch_size, STEPS, RUNS, np.random.default_rng(dice), manner)
        excess, seen = theory.excess_loss(X, y, runs), batch_size * np.arange(1, STEPS + 1)
        expected = theory.expected_excess(X, y, START, step_size, batch_size, STEPS)
        low, high = _floor(X, y, step_size, batch_size, manner)
        cloud.set_data(*runs[-1].T)
        path.set_data(*runs[:, 0].T)
        ring.set_data(*_ring(X, y, step_size, batch_size, manner).T)
        fan.set_data(*_side_by_side(seen, excess[1:, :FAN]))
        mean.set_data(seen, excess[1:].mean(axis=1))
        predicted.set_data(*((seen, expected[1:]) if manner == "fresh" else ([], [])))
        floor.set_data([1, 1e5, np.nan, 1, 1e5], [low, low, np.nan, high, high])
        chosen.set_data([step_size], [batch_size])
        return _sentence(X, step_size, batch_size, manner, excess[-1], expected[-1], (low, high))

    return explore(update, live, step_size=log_slider("step size", *STEP_RANGE, value=10**-0.7),
                   batch_size=stops("batch size", *BATCH_SIZES, value=6), batches=choice("batches", *BATCHES),
                   dice=slider("dice", 1, 20, 1, value=1))


def _moving(valley, curve, chart):
    """Ends of all runs, one path, the predicted ring; some runs, their mean, its prediction, the floor; the pair."""
    looks = [(valley, "o", plots.GREY, {"markersize": 4, "alpha": 0.7}),
             (valley, "o-", plots.BLUE, {"markersize": 3, "linewidth": 1.2}),
             (valley, "--", plots.BLACK, {"linewidth": 1.6}),
             (curve, "-", plots.GREY, {"linewidth": 0.8, "alpha": 0.6}),
             (curve, "-", plots.BLUE, {}),
             (curve, "--", plots.BLACK, {"linewidth": 1.6}),
             (curve, ":", plots.GREEN, {}),
             (chart, "o", plots.BLUE, {"markersize": 9})]
    return [ax.plot([], [], style, color=colour, **more)[0] for ax, style, colour, more in looks]


def _floor(X, y, step_size, batch_size, manner):
    """The loss above the lowest at which runs settle: its smallest and its largest value within an epoch."""
    if manner == "fresh":
        return (theory.noise_floor(X, y, step_size, batch_size),) * 2
    within = theory.shuffled_floor(X, y, step_size, batch_size)
    return within.min(), within.max()


def _ring(X, y, step_size, batch_size, manner):
    """Two standard deviations of the cloud of fresh batches, as an ellipse around the best weights: (points, 2)."""
    C = theory.stationary_covariance(X, y, step_size, batch_size)
    if manner != "fresh" or not np.isfinite(C).all():
        return np.full((1, 2), np.nan)
    curvatures, axes = np.linalg.eigh(C)
    turn = np.linspace(0, 2 * np.pi, 49)
    return least_squares(X, y) + (axes * (2 * np.sqrt(np.maximum(curvatures, 0)))).dot([np.cos(turn), np.sin(turn)]).T


def _side_by_side(x, columns):
    """Several curves over the same x as one line, the pen lifted in between."""
    lifted = np.vstack([columns, np.full(columns.shape[1], np.nan)])
    return np.tile(np.append(x, np.nan), columns.shape[1]), lifted.T.ravel()


def _figure(X, y):
    fig, axes = plots.figure(3, width=9.6, height=3.4)
    valley, curve, chart = axes
    with matplotlib.rc_context(plots.STYLE):
        plots.landscape(valley, X, y, *VIEW, linear_loss(X, y, least_squares(X, y)) + np.geomspace(0.005, 2, 7))
        valley.plot(*least_squares(X, y), "X", color=plots.GREEN, markersize=10)
        _draw_chart(chart, X, y)
    plots.decorate(valley, "One run, and where 40 end", "weight of the flipper", "weight of the bill")
    plots.decorate(curve, "Loss above the lowest", "examples seen", "kg²")
    curve.set(xscale="log", yscale="log", xlim=(1, 2e4), ylim=EXCESS_RANGE)
    plots.decorate(chart, "Where they settle (kg²)", "step size", "batch size")
    return fig, axes


def _draw_chart(ax, X, y):
    """The limit for each batch size, and on this side of it lines of equal noise floor."""
    sizes = np.unique(np.geomspace(1, BATCH_SIZES[-1], 60).astype(int))
    limits = [theory.mean_square_limit(X, int(size)) for size in sizes]
    ax.set(xscale="log", yscale="log", xlim=STEP_RANGE, ylim=(0.8, 1.25 * BATCH_SIZES[-1]))
    ax.fill_betweenx(sizes, limits, STEP_RANGE[1], color="#eeeeee")
    ax.plot(limits, sizes, "--", color=plots.BLACK, linewidth=1.6)
    steps = np.geomspace(*STEP_RANGE, 30)
    floors = [[theory.noise_floor(X, y, step, size) for step in steps] for size in BATCH_SIZES]
    lines = ax.contour(steps, BATCH_SIZES, np.ma.masked_invalid(floors), levels=[1e-5, 1e-4, 1e-3, 1e-2, 1e-1],
                       colors=plots.GREEN, linestyles=":", linewidths=1.4)
    ax.clabel(lines, fmt="%.0e", fontsize=8.5)


def _sentence(X, step_size, batch_size, manner, excess, expected, floors):
    limit = theory.mean_square_limit(X, batch_size)
    examples = STEPS * batch_size
    head = (f"Step size {step_size:.3g}, {manner} batches of {batch_size}: the limit for fresh ones is {limit:.3g}. "
            f"After {examples:,} examples ")
    if not np.isfinite(floors).all():
        return head + (f"{(excess > 1).sum()} of {RUNS} runs are more than 1 kg² above the lowest loss; on average "
                       "they leave.")
    measured = f"the mean of {RUNS} runs is {excess.mean():.2g} kg² above the lowest loss"
    low, high = (f"{value:.2g}" for value in floors)
    if manner == "shuffled":
        return head + f"{measured}; within an epoch they settle between {low} and {high}."
    return head + f"{measured}; predicted {expected:.2g}. They settle at {low}."
