"""Lesson 05: what each road to the gradient costs, counted for a network of any width and depth."""

import matplotlib
import numpy as np

from .. import plots
from ..autodiff import layered
from ..live import Live, explore, log_slider, slider

BATCH = 32
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def counts(n, depth, batch=BATCH):
    """The number of weights, and {road: operations}, of a network with `depth` columns of n numbers and one output.

    The first column are the inputs. Between columns come a matrix, a bias and tanh; at the end a vector and half
    the mean squared error of two examples or more. Counted to the last operation as in `autodiff.cost`, and the
    roads as in `gradlib.roads`: for every weight, finite differences take a loss (and one more to compare with),
    forward mode a loss and a nudge, and the complex step a loss whose operations count as four.
    """
    inner, row = depth - 1, batch * n   # matrices; the numbers of one column
    matrix, error = 2 * row * n, 3 * batch + 2   # a product; p - y, its square, their sum, two divisions
    weights = inner * (n * n + n) + n
    loss = inner * (matrix + 2 * row) + 2 * row + error
    # Back: a product for the slopes of each matrix, 2 operations a number for a bias and 3 for a tanh.
    back = inner * (matrix + 5 * row) + 2 * row + batch + 3
    # A nudge: a product for the nudge of each matrix, 1 operation a number for a bias and 1 for a tanh.
    nudge = inner * (matrix + 2 * row) + 2 * row + error
    if inner:   # and one more product for what goes into each matrix but the first, and into the vector
        back += (inner - 1) * matrix + row
        nudge += (inner - 1) * (matrix + row) + 2 * row + batch
    return weights, {"loss alone": loss, "reverse mode": loss + back, "finite differences": (weights + 1) * loss,
                     "forward mode": weights * (loss + nudge), "complex step": 4 * weights * loss}


def formula(d, batch=BATCH):
    """Operations of the formula of lesson 01, X.T.dot(X.dot(w) - y) / n.  X (batch, d)."""
    return 4 * batch * d + batch + d


@plots.defaults()
def costs():
    """Move width and depth of a network: what each road to its gradient costs, and paths against edges."""
    fig, roads, ways = _stage()
    bars = [*roads.barh([*counts(1, 1)[1]], 1, left=1, color=[plots.BLUE] + 4 * [plots.VERMILLION], height=0.6),
            *ways.barh(["paths", "edges"], 1, left=1, color=[plots.GREY, plots.VERMILLION], height=0.6)]
    words = [bar.axes.text(1, bar.get_y() + 0.3, "", va="center_baseline", fontsize=9.5) for bar in bars]

    def update(width, depth):
        width = round(width)
        (weights, cost), (paths, edges) = counts(width, depth), layered([width] * depth + [1])
        loss, *others = cost.values()
        ratios = [_number(other / loss) for other in others]
        told = [f"{_number(loss)} operations", *(f"{ratio} × the loss" for ratio in ratios),
                _number(paths), _number(edges)]
        for bar, word, text, end in zip(bars, words, told, map(float, [*cost.values(), paths, edges])):
            bar.set_width(end - 1)
            word.set(x=1.3 * end, text=text)
        times = ", ".join(f"{road} {ratio} times" for road, ratio in zip([*cost][2:], ratios[1:]))
        return (f"Width {width}, depth {depth}: {_number(weights)} weights. Reverse mode needs {ratios[0]} times the "
                f"operations of the loss, {times}. " + _why(width, depth, cost, paths, edges))

    return explore(update, Live(fig, *bars, *words), depth=slider("depth", 1, 12, 1, value=10),
                   width=log_slider("width", 10**(1 / 3), 10**(8 / 3), 100, per_decade=6, readout=".0f"))


def _stage():
    fig, corner = plots.figure(height=4.2)
    corner.remove()
    with matplotlib.rc_context(plots.STYLE):
        roads, ways = fig.subplots(2, 1, height_ratios=(5, 2))
    plots.decorate(roads, "What loss and gradient cost", "operations", "")
    plots.decorate(ways, "Paths are many, edges few", "from the inputs to the loss", "")
    for ax, decades in ((roads, 5), (ways, 10)):   # the axes leave room for the words
        ax.set(xscale="log", xlim=(1, 10.0**(4.4 * decades)), xticks=10.0**(decades * np.arange(5)))
        ax.grid(False)
        ax.invert_yaxis()
    return fig, roads, ways


def _why(width, depth, cost, paths, edges):
    if depth > 1:
        return f"{_number(paths)} paths lead from the inputs to the loss, over {_number(edges)} edges."
    return ("Depth 1 is linear regression: every path is one edge, and nothing can be shared. The formula "
            f"({_number(formula(width))} operations) and reverse mode ({_number(cost['reverse mode'])}, loss included) "
            "do the same two products.")


def _number(x):
    """One digit after the point for small ratios; from ten million on, powers of ten."""
    if x < 1e7:
        return f"{x:.1f}" if x < 10 and x != int(x) else f"{x:,.0f}"
    factor, power = f"{x:.1e}".split("e+")
    exact = x == 10**int(power)
    return f"{'' if exact else f'{factor} × '}10{str(int(power)).translate(SUPERSCRIPTS)}"
