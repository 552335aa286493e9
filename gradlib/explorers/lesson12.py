"""Lesson 12: move a digit's pixels along the gradient of the loss, and see what the network reads."""

from itertools import islice

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .. import autodiff, data, descent, network, plots
from ..live import Drag, Live, choice, explore, slider

SIZES, STEP_SIZE, BATCH_SIZE, EPOCHS = (64, 64, 10), 0.18, 16, 12
TRACE = 0.005             # a share that is drawn and, rounded, said
FARTHEST = 3.0            # of a picture's whole length of 3 to 5
WAYS = ("down the gradient", "by chance")
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


def moved(layers, x, digit, far, way=0):
    """The picture `far` down the gradient of the loss that wants it read as `digit` (way 0), or as far a random way
    (way 1), ink kept from 0 to 1; the slope of that loss at each pixel of x.  x (64,); returns two arrays (64,)."""
    slope = slope_of_pixels(*layers, x[None], np.eye(10)[[digit]])[1][0]
    arrow = slope if way == 0 else np.random.default_rng(digit).standard_normal(64)
    return np.clip(x - far * arrow / np.linalg.norm(arrow), 0, 1), slope


@plots.style()
def what_it_sees():
    """Choose a held-out digit and what it should be read as; move its pixels down the gradient of that loss."""
    (X, y), (X_held_out, y_held_out) = data.digits_apart()
    layers = reader(X, y)
    fig, axes = _figure()
    artists = _moving(*axes)
    greys, (more, less, wanted, after, before, *words) = artists[:8], artists[8:]

    def update(picture, towards, way, far):
        x = X_held_out[picture]
        now, slope = moved(layers, x, towards, far, way)
        for level, patch in enumerate(greys, start=1):
            patch.set_path(_squares(CENTRES[np.round(now * len(greys)) == level], 1.0))
        sizes = np.sqrt(abs(slope) / abs(slope).max())
        more.set_path(_squares(CENTRES, sizes * (slope < 0)))
        less.set_path(_squares(CENTRES, sizes * (slope > 0)))
        first, last = shares(layers, x), shares(layers, now)
        wanted.set_data([1], [towards])
        before.set_data(first[first > TRACE], np.flatnonzero(first > TRACE))
        after.set_segments([[(0, digit), (share, digit)] for digit, share in enumerate(last) if share > TRACE])
        for word, place in zip(words, ((1.07, towards), (first.max(), first.argmax() - 0.55),
                                       (0.02, last.argmax() - 0.55))):
            word.set_position(place)
        share_moved = np.linalg.norm(now - x) / np.linalg.norm(x)
        return _sentence(y_held_out[picture], towards, way, far, share_moved, first, last)

    return explore(update, Live(fig, *artists), room=166, code=_code, drag=Drag(axes[2], y="towards"),
                   picture=slider("picture", 0, len(X_held_out) - 1, 1, value=7),
                   towards=choice("towards", *map(str, range(10)), value=9),
                   way=choice("way", *WAYS), far=slider("how far", 0.0, FARTHEST, 0.1, value=1.0))


def _moving(paper, slopes, bars):
    """The ink in eight greys; where ink lowers the loss, and where it raises it; the digit wanted, the shares before
    and after, and words at these."""
    greys = [_patch(paper, str(1 - level / 8), "none") for level in range(1, 9)]
    more, less = _patch(slopes, plots.VERMILLION, "none"), _patch(slopes, "none", plots.VERMILLION)
    wanted, = bars.plot([], [], "X", color=plots.GREEN, markersize=10)
    before, = bars.plot([], [], "o", color=plots.GREY, markersize=10, markerfacecolor="none", markeredgewidth=2)
    words = [bars.text(0, 0, text, color=colour, ha=ha, va="center", fontsize=9.5)
             for text, colour, ha in (("wanted", plots.GREEN, "left"), ("before", plots.GREY, "right"),
                                      ("now", plots.BLUE, "left"))]
    return [*greys, more, less, wanted, bars.hlines([], [], [], color=plots.BLUE, linewidth=7), before, *words]


def _patch(ax, face, edge):
    return ax.add_patch(PathPatch(_squares(CENTRES[:0], 1.0), facecolor=face, edgecolor=edge, linewidth=1.5,
                                  clip_on=False))


def _squares(centres, sizes):
    """One path of squares around these centres; those of no size are left out."""
    sizes = np.broadcast_to(sizes, len(centres))
    corners = (centres[:, None] + CORNERS * sizes[:, None, None])[sizes > 0.08].reshape(-1, 2)
    return Path(corners, np.resize(STAMP, len(corners)))


def _figure():
    fig, axes = plots.figure(3, width=9.6, height=3.6, width_ratios=(1, 1, 1.1))
    for ax, title in zip(axes, ("The picture now", "Slope at the untouched picture")):
        plots.decorate(ax, title, "", "")
        ax.set(xlim=(-0.6, 7.6), ylim=(-0.6, 7.6), aspect="equal", xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[["top", "right"]].set_visible(True)
    axes[0].set_xlabel("paper: 0, full ink: 1;\nno pixel leaves this range")
    axes[1].set_xlabel("filled: more ink lowers the loss\nhollow: more ink raises it")
    plots.decorate(axes[2], "What the network reads", "share (bar: now, ring: before)", "digit")
    axes[2].set(xlim=(-0.04, 1.4), ylim=(-1.0, 9.6), xticks=[0, 0.5, 1], yticks=range(10))
    return fig, axes


def _sentence(digit, towards, way, far, share_moved, first, last):
    """What is read now, how far the picture has moved, what was read before."""
    read, now = first.argmax(), last.argmax()
    before = f"read as {_a(read)} ({100 * first[read]:.0f} %); somebody wrote {_a(digit)}."
    if far == 0:
        return f"No pixel has moved: {before}"
    how = f"towards {towards}" if way == 0 else "by chance"
    return (f"Now read as {_a(now)} ({100 * last[now]:.0f} %), moved {how} by {100 * share_moved:.0f} % of the "
            f"picture's length. Before, {before} The share of {towards} went from {100 * first[towards]:.0f} % "
            f"to {100 * last[towards]:.0f} %.")


def _a(digit):
    return f"an {digit}" if digit == 8 else f"a {digit}"


def _code(picture, towards, way, far):
    arrow = (f"autodiff.value_and_grad(loss, wrt=4)(*layers, x[None], np.eye(10)[[{towards}]])[1][0]" if way == 0 else
             f"np.random.default_rng({towards}).standard_normal(64)   # {WAYS[1]}")
    return f"""import numpy as np
from gradlib import {'autodiff, ' * (way == 0)}data
from gradlib.explorers.lesson12 import {'loss, ' * (way == 0)}reader, shares

(X, y), (X_held_out, y_held_out) = data.digits_apart()
layers, x = reader(X, y), X_held_out[{picture}]
arrow = {arrow}
now = np.clip(x - {far:.1f} * arrow / np.linalg.norm(arrow), 0, 1)
print(y_held_out[{picture}], "moved by", 100 * np.linalg.norm(now - x) / np.linalg.norm(x), "%")
for p in (shares(layers, x), shares(layers, now)):
    print("read as", p.argmax(), "shares in %:", (100 * p).round(2).tolist())
"""
