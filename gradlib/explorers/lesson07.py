"""Lesson 07: a network learns two moons while you move the sliders."""

import numpy as np
from contourpy import contour_generator

from .. import network, plots
from ..data import moons
from ..live import Live, choice, explore, log_slider, slider
from ..longrun import LongRun

STEPS, CHUNK, CHUNKS = 300, 100, 60
UNITS, DEEPEST = 16, 5
STEP_RANGE, SCALE_RANGE = (0.01, 10), (0.1, 10)
LOSS_RANGE, SIZE_RANGE = (5e-4, 5), (1e-6, 30)
ACTIVATIONS = ("tanh", "sigmoid", "relu")
VIEW = (-1.6, 2.6), (-1.2, 1.7)
GRID = np.meshgrid(np.linspace(*VIEW[0], 36), np.linspace(*VIEW[1], 25))


class Pupil:
    """A network in training: its layers, and what each step has measured."""

    def __init__(self, activation, hidden, scale):
        self.activation = activation
        scheme = "he" if activation == "relu" else "xavier"
        widths = (2, *[UNITS] * hidden, 1)
        self.layers = network.initial(widths, np.random.default_rng(0), scheme, scale)
        self.losses, self.sizes = np.empty(0), np.empty((0, hidden + 1))

    def train(self, X, y, step_size, steps):
        """Some steps more; False if the loss is no longer a number."""
        run = network.train(self.layers, X, y, step_size, steps, self.activation)
        self.layers = run.layers
        self.losses = np.append(self.losses, run.losses)
        self.sizes = np.vstack([self.sizes, run.sizes])
        return len(run.losses) == steps

    def outputs(self, X):
        """What it says of each row: above 0 means yes."""
        return network.forward(self.layers, X, self.activation)[-1][:, 0]


def boundary(layers, activation="tanh"):
    """The line on which a network is undecided, with NaN between its pieces: (points, 2)."""
    z = network.forward(layers, np.stack(GRID, axis=-1).reshape(-1, 2), activation)[-1]
    pieces = contour_generator(*GRID, np.nan_to_num(z).reshape(GRID[0].shape)).lines(0.0)
    lift = [[np.nan, np.nan]]
    return np.concatenate([lift, *(part for piece in pieces for part in (piece, lift))])


@plots.defaults()
def training():
    """Step size, activation, depth and scale of the first weights; every move trains a network from its beginning."""
    X, y = moons()
    fig, (plane, curve, ladder) = _figure(X, y)
    edge, = plane.plot([], [], color=plots.BLUE)
    losses, = curve.plot([], [], color=plots.BLUE)
    first, = ladder.plot([], [], "s--", color=plots.BLACK, linewidth=1.6, markersize=6)
    last, = ladder.plot([], [], "o-", color=plots.VERMILLION)
    artists = edge, losses, first, last

    def update(step_size, **setting):
        pupil = _beginner(**setting)
        pupil.train(X, y, step_size, STEPS)
        return _draw(artists, pupil, X, y, step_size)

    explorer = explore(
        update, Live(fig, *artists), step_size=log_slider("step size", *STEP_RANGE, value=1.0, per_decade=10),
        activation=choice("activation", *ACTIVATIONS), hidden=slider("hidden layers", 1, DEEPEST, 1, value=2),
        scale=log_slider("first weights ×", *SCALE_RANGE, value=1.0, per_decade=10))
    longer = LongRun(f"train for {CHUNK * CHUNKS:,} steps", lambda: _chunks(explorer, artists, X, y), CHUNKS)
    for control in explorer.controls.values():
        control.observe(longer.stop, "value")
    explorer.children = (*explorer.children, longer)
    return explorer


def _beginner(activation, hidden, scale):
    return Pupil(ACTIVATIONS[activation], hidden, scale)


def _chunks(explorer, artists, X, y):
    """A longer training with the settings of the controls, shown after every chunk."""
    settings = {name: control.value for name, control in explorer.controls.items()}
    step_size = settings.pop("step_size")
    pupil = _beginner(**settings)
    while pupil.train(X, y, step_size, CHUNK):
        explorer.show(_draw(artists, pupil, X, y, step_size))
        yield


@np.errstate(over="ignore", invalid="ignore")   # a network may fly apart, and then says infinity, or nothing
def _draw(artists, pupil, X, y, step_size):
    edge, losses, first, last = artists
    shown = np.unique(np.geomspace(1, len(pupil.losses), 200).astype(int)) - 1   # even on the log axis
    edge.set_data(*boundary(pupil.layers, pupil.activation).T)
    losses.set_data(1 + shown, pupil.losses[shown])
    layers = np.arange(1, pupil.sizes.shape[1] + 1)
    first.set_data(layers, pupil.sizes[0])
    last.set_data(layers, pupil.sizes[-1])
    return _sentence(pupil, X, y, step_size)


def _figure(X, y):
    fig, axes = plots.figure(3, width=10, height=3.6)
    plane, curve, ladder = axes
    draw_moons(plane, X, y, "Two moons and the line between")
    plots.decorate(curve, "The loss", "step", "mean cross-entropy")
    curve.set(xscale="log", yscale="log", xlim=(1, CHUNK * CHUNKS), ylim=LOSS_RANGE)
    plots.decorate(ladder, "Size of each layer's slope", "layer", "root mean square")
    ladder.set(yscale="log", xlim=(0.7, DEEPEST + 1.3), ylim=SIZE_RANGE, xticks=range(1, DEEPEST + 2))
    ladder.annotate("dashed: first step\nsolid: last step", (0.5, 0.88), xycoords="axes fraction", fontsize=9.5)
    return fig, axes


def draw_moons(ax, X, y, title):
    """The points of both moons, each with its own mark."""
    ax.plot(*X[y == 0].T, "o", color=plots.PURPLE, markersize=4)
    ax.plot(*X[y == 1].T, "^", color=plots.GREEN, markersize=4)
    plots.decorate(ax, title, "first feature", "second feature")
    ax.set(xlim=VIEW[0], ylim=VIEW[1])


def _sentence(pupil, X, y, step_size):
    hidden, steps = pupil.sizes.shape[1] - 1, len(pupil.losses)
    layers = "1 hidden layer" if hidden == 1 else f"{hidden} hidden layers"
    head = f"Step size {step_size:.3g}, {layers} of {pupil.activation}: "
    z = pupil.outputs(X)
    if not np.isfinite(z).all():
        return head + f"it flies apart; after {steps} steps its outputs are no longer numbers."
    right = np.mean((z > 0) == y)
    stuck = network.stuck_units(pupil.layers, X, pupil.activation)
    flat = f"{sum(stuck.dead)} of {hidden * UNITS} units are dead" if pupil.activation == "relu" else (
        f"{sum(stuck.saturated)} of {hidden * UNITS} units are saturated")
    share = pupil.sizes[0][0] / pupil.sizes[0][-1]
    loss = network.cross_entropy(z, y)
    return head + (f"after {steps:,} steps {100 * right:.1f} % of the points are on the right side, loss {loss:.2g}. "
                   f"At the start the first layer's slope is {share:.2g} times the last layer's; at the end {flat}.")
