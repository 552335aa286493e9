"""Lesson 05: what each road to the gradient costs, counted for a network of any width and depth."""

import numpy as np

from .. import plots
from ..autodiff import layered
from ..live import Live, explore, log_slider, said, slider

BATCH = 32
BAR, LIFT = 0.32, 0.43   # the height of a bar; how far its words stand above its middle
HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1}


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


def formula(n, depth=1, batch=BATCH):
    """Operations of the gradient from pen and paper, without the loss.

    At depth 1 that of lesson 01, X.T.dot(X.dot(w) - y) / n; else the four equations of lesson 07, which keep each
    column h for the way back:  delta = (p - y) / n, then layer by layer h.T.dot(delta), the sum of delta for the bias,
    and delta.dot(W.T) * (1 - h * h).
    """
    inner, row = depth - 1, batch * n
    matrix = 2 * row * n
    if not inner:
        return 4 * row + batch + n
    forward = inner * (matrix + 2 * row) + 2 * row
    # The first delta and the slopes of the vector; for each column a product by numbers, tanh, bias and matrix.
    return forward + 2 * batch + 3 * row + inner * (matrix + 4 * row) + (inner - 1) * matrix


def network(width, depth):
    """The loss of such a network, a function of its weights, and weights to count it at."""
    X, y = np.ones((BATCH, width)), np.ones(BATCH)

    def loss(*weights):
        h = X
        for W, b in zip(weights[:-1:2], weights[1:-1:2]):
            h = np.tanh(h @ W + b)
        return ((h @ weights[-1] - y) ** 2).mean() / 2

    return loss, [np.ones(shape) for _ in range(depth - 1) for shape in ((width, width), width)] + [np.ones(width)]


@plots.style()
def costs():
    """Move width and depth of a network: what each road to its gradient costs, and paths against edges."""
    fig, roads, ways = _stage()
    names = [*_ratios(1, 1), "paths", "edges"]
    colours = [plots.BLUE] + 5 * [plots.VERMILLION], [plots.GREY, plots.VERMILLION]
    bars = [bar for ax, several in zip((roads, ways), colours)
            for bar in ax.barh(range(len(several)), 1, left=1, color=several, height=BAR)]
    three, = roads.plot([], [], "--", color=plots.BLACK, linewidth=1.6)
    bound = roads.text(1, -0.95, "3 × the loss", ha="center", va="center", fontsize=9.5, bbox=HALO)
    words = [bar.axes.text(1.2, bar.get_y() + BAR / 2 - LIFT, "", va="center", fontsize=9.5, bbox=HALO)
             for bar in bars]

    def update(width, depth):
        width = round(width)
        (weights, cost), counted = counts(width, depth), layered([width] * depth + [1])
        loss, ratios = cost["loss alone"], _ratios(width, depth)
        ends = [loss * ratio for ratio in ratios.values()] + [*counted]
        told = [f"{_number(loss)} operations", *(f"{_number(ratio)} × the loss" for ratio in [*ratios.values()][1:]),
                *map(_number, counted)]
        for bar, word, name, text, end in zip(bars, words, names, told, ends):
            bar.set_width(float(end) - 1)
            word.set_text(f"{name}: {text}")
        three.set_data([3 * loss] * 2, [-0.7, 5.4])
        bound.set_x(3 * loss)
        return _sentence(width, depth, weights, cost, counted)

    return explore(update, Live(fig, *bars, three, bound, *words), room=352, code=_code, together=[("depth", "width")],
                   depth=slider("depth", 1, 12, 1, value=10),
                   width=log_slider("width", 10**(1 / 3), 10**(8 / 3), 100, per_decade=6))


def _ratios(width, depth):
    """{road: operations as a multiple of the loss}, the formula among them."""
    loss, *roads = (cost := counts(width, depth)[1]).values()
    return {"loss alone": 1.0, "formula by hand": formula(width, depth) / loss,
            **{road: operations / loss for road, operations in zip([*cost][1:], roads)}}


def _stage():
    fig, (roads, ways) = plots.figure(2, width=8.4, height=3.9, width_ratios=(11, 8))
    plots.decorate(roads, "What the gradient costs", "operations", "")
    plots.decorate(ways, "Paths are many, edges few", "from the inputs to the loss", "")
    ways.text(1.2, 3, "The chain rule adds up paths.\nBackprop multiplies once\nfor each edge.", va="center")
    for ax, last, decades in ((roads, 17, 5), (ways, 34, 10)):
        ax.set(xscale="log", xlim=(1, 10.0**last), xticks=10.0**np.arange(0, last, decades), yticks=[])
        ax.set_ylim(5.5, -1.2)
        ax.grid(False)
        ax.spines["left"].set_visible(False)
    return fig, roads, ways


def _sentence(width, depth, weights, cost, counted):
    ratios = [_number(ratio) for ratio in _ratios(width, depth).values()]
    others = ", ".join(f"{road} {ratio}" for road, ratio in zip([*cost][2:], ratios[3:]))
    head = (f"Reverse mode costs {ratios[2]} times the loss, the formula by hand {ratios[1]}, {others}. "
            f"The network has depth {depth}, width {width} and {_number(weights)} weights. ")
    if depth > 1:
        return head + "{} paths lead from the inputs to the loss, over {} edges.".format(*map(_number, counted))
    return head + ("That is linear regression: every path is one edge, nothing can be shared, and the formula "
                   f"({_number(formula(width))} operations) does the same two products as reverse mode "
                   f"({_number(cost['reverse mode'])}, loss included).")


def _code(width, depth):
    width = round(width)
    return f"""
from gradlib import autodiff
from gradlib.explorers.lesson05 import formula, network

loss, weights = network(width={width}, depth={depth})
cost, by_hand = autodiff.cost(loss, *weights, wrt=range(len(weights))), formula({width}, {depth})
d = sum(W.size for W in weights)   # numbers in all weights
print("reverse mode", cost.ratio, "by hand", by_hand / cost.forward, "differences", d + 1)
print("forward mode", d * (1 + cost.nudge / cost.forward), "complex step", 4 * d)
print("operations:", by_hand, "by hand,", cost.forward + cost.backward, "in reverse mode")
print(d, "weights; paths, edges:", *autodiff.layered([{width}] * {depth} + [1]))
"""


def _number(x):
    """Ratios to two digits, whole numbers as they are below ten million."""
    return said(float(x)) if x < 10 or x >= 1e7 else said(round(x), 7)
