"""Lesson 12: move a digit's pixels along the gradient of the loss, and see what the network reads."""

from itertools import islice

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .. import autodiff, data, descent, network, plots
from ..live import Live, choice, explore, slider

SIZES, STEP_SIZE, BATCH_SIZE, EPOCHS = (64, 64, 10), 0.18, 16, 12
FARTHEST = 3.0            # of a picture's whole length of 3 to 5
CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) / 2
STAMP = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
CENTRES = np.stack(np.meshgrid(np.arange(8), 7 - np.arange(8)), axis=-1).reshape(64, 2)   # row by row from the top


def loss(W1, b1, W2, b2, X, Y):
    """The loss of lesson 12: mean cross-entropy of softmax, one hidden layer of tanh.  X (n, 64), Y (n, 10)."""
    return autodiff.cross_entropy(np.tanh(X @ W1 + b1) @ W2 + b2, Y)


slope_of_pixels = autodiff.value_and_grad(loss, wrt=4)


def reader(X, y):
    """The layers of a network that has learned to read: plain steps along shuffled batches.  X (n, 64), y (n,)."""
    rng, Y, both = np.random.default_rng(0), np.eye(10)[y], autodiff.compiled(loss, wrt=(0, 1, 2, 3))
    layers = network.initial(SIZES, rng)
    for batch in islice(descent.shuffled_epochs(len(X), BATCH_SIZE, rng), EPOCHS * -(-len(X) // BATCH_SIZE)):
        slopes = both(*layers, X[batch], Y[batch])[1]
        layers = [array - STEP_SIZE * slope for array, slope in zip(layers, slopes)]
    return layers


def shares(layers, x):
    """How sure the network is of each digit.  x (64,); returns (10,)."""
    return autodiff.softmax(network.forward(layers, x[None])[-1][0])


def moved(layers, x, digit, far):
    """The picture `far` down the gradient of the loss that wants it read as `digit`, ink kept from 0 to 1; the slope
    of that loss at each pixel of x.  x (64,); returns two arrays (64,)."""
    slope = slope_of_pixels(*layers, x[None], np.eye(10)[[digit]])[1][0]
    return np.clip(x - far * slope / np.linalg.norm(slope), 0, 1), slope


@plots.defaults()
def what_it_sees():
    """Choose a held-out digit and what it should be read as; move its pixels down the gradient of that loss."""
    (X, y), (X_held_out, y_held_out) = data.digits_apart()
    layers = reader(X, y)
    fig, axes = _figure()
    *greys, more, less, before, after = artists = _moving(*axes)

    def update(picture, towards, far):
        x = X_held_out[picture]
        now, slope = moved(layers, x, towards, far)
        for level, patch in enumerate(greys, start=1):
            patch.set_path(_squares(CENTRES[np.round(now * len(greys)) == level], 1.0))
        sizes = np.sqrt(abs(slope) / abs(slope).max())
        more.set_path(_squares(CENTRES, sizes * (slope < 0)))
        less.set_path(_squares(CENTRES, sizes * (slope > 0)))
        first, last = shares(layers, x), shares(layers, now)
        before.set_data(first, np.arange(10))
        after.set_segments([[(0, digit), (share, digit)] for digit, share in enumerate(last)])
        share_moved = np.linalg.norm(now - x) / np.linalg.norm(x)
        return _sentence(y_held_out[picture], towards, far, share_moved, first, last)

    return explore(update, Live(fig, *artists), picture=slider("picture", 0, len(X_held_out) - 1, 1, value=7),
                   towards=choice("towards", *map(str, range(10)), value=9),
                   far=slider("how far", 0.0, FARTHEST, 0.1, value=1.0))


def _moving(paper, slopes, bars):
    """The ink in eight greys; where ink lowers the loss, and where it raises it; the shares before and after."""
    greys = [_patch(paper, str(1 - level / 8), "none") for level in range(1, 9)]
    more, less = _patch(slopes, plots.VERMILLION, "none"), _patch(slopes, "none", plots.VERMILLION)
    before, = bars.plot([], [], "o", color=plots.GREY, markersize=9)
    return [*greys, more, less, before, bars.hlines([], [], [], color=plots.BLUE, linewidth=7)]


def _patch(ax, face, edge):
    return ax.add_patch(PathPatch(_squares(CENTRES[:0], 1.0), facecolor=face, edgecolor=edge, linewidth=1.5))


def _squares(centres, sizes):
    """One path of squares around these centres; those of no size are left out."""
    sizes = np.broadcast_to(sizes, len(centres))
    corners = (centres[:, None] + CORNERS * sizes[:, None, None])[sizes > 0.08].reshape(-1, 2)
    return Path(corners if len(corners) else np.empty((0, 2)), STAMP * (len(corners) // 5))


def _figure():
    fig, axes = plots.figure(3, width=9.6, height=3.6, width_ratios=(1, 1, 1.1))
    for ax, title in zip(axes, ("The picture now", "Slope at the untouched picture")):
        plots.decorate(ax, title, "", "")
        ax.set(xlim=(-0.6, 7.6), ylim=(-0.6, 7.6), aspect="equal", xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[["top", "right"]].set_visible(True)
    axes[0].set_xlabel("white: 0, black: 1;\nno pixel leaves this range")
    axes[1].set_xlabel("filled: more ink lowers the loss\nhollow: more ink raises it")
    plots.decorate(axes[2], "What the network reads", "share (bar: now, dot: before)", "digit")
    axes[2].set(xlim=(-0.03, 1.03), ylim=(-0.6, 9.6), yticks=range(10))
    return fig, axes


def _sentence(digit, towards, far, share_moved, first, last):
    read, now = first.argmax(), last.argmax()
    head = f"Somebody wrote a {digit}. The network reads a {read} ({100 * first[read]:.0f} %). "
    if far == 0:
        return head + "No pixel has moved."
    wanted = f"The share of {towards} goes from {100 * first[towards]:.0f} % to {100 * last[towards]:.0f} %."
    return head + (f"Moved towards {towards}, by {100 * share_moved:.0f} % of the picture's length, "
                   f"it reads as a {now} ({100 * last[now]:.0f} %). {wanted}")
