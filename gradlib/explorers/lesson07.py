"""Lesson 07: a network learns two moons while you move the sliders."""

import functools

import numpy as np
from contourpy import contour_generator
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from .. import network, plots
from ..data import moons
from ..live import Drag, Live, choice, explore, log_slider, slider, stops
from ..longrun import LongRun
from .lesson07_pupil import ACTIVATIONS, Pupil, Training, code, sentence

STEPS, CHUNK, CHUNKS = 300, 100, 60
LOOKS_AT = (1, 2, 5, 10, 20, 50, 100, 150, 200, 250, STEPS)
DEEPEST = 5
STEP_RANGE, SCALE_RANGE = (0.01, 10), (0.1, 10)
LOSS_RANGE, SIZE_RANGE = (5e-4, 5), (1e-6, 30)
VIEW = (-1.6, 2.6), (-1.2, 1.7)
GRID = np.meshgrid(np.linspace(-1.75, 2.75, 33), np.linspace(-1.35, 1.85, 23))   # its edge lies out of sight
SHADES = np.log(9), 0.0   # the outputs z beyond which the plane is shaded: yes with nine tenths, and yes
RAGGED, NOTHING = 350, Path(np.empty((0, 2)))   # of outlines with more corners, only that of yes is drawn
FARTHEST = 100.0   # larger outputs are drawn as this one
ROOM = 275
APART = 3.5   # names at lines are as far apart as this factor on the axis of sizes
HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def boundary(layers, activation="tanh"):
    """The line on which a network is undecided, with NaN between its pieces: (points, 2)."""
    lift = [[np.nan, np.nan]]
    return np.concatenate([lift, *(part for piece in _plane(layers, activation).lines(0.0) for part in (piece, lift))])


def _plane(layers, activation):
    """The network's output all over the picture, for its contours."""
    z = network.forward(layers, np.stack(GRID, axis=-1).reshape(-1, 2), activation)[-1]
    z = np.clip(np.nan_to_num(z), -FARTHEST, FARTHEST)
    return contour_generator(*GRID, z.reshape(GRID[0].shape), fill_type="OuterCode")


def _shade(plane, least):
    """All places at which the output is above `least`, as one path."""
    pieces = [_corners(*piece) for piece in zip(*plane.filled(least, 2 * FARTHEST))]
    return Path.make_compound_path(*pieces) if pieces else NOTHING


def _corners(points, codes):
    """The same outline without points on straight lines, as along the edge of the picture."""
    before, after = points - np.roll(points, 1, axis=0), np.roll(points, -1, axis=0) - points
    bends = abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]) > 1e-12
    kept = bends | (codes != Path.LINETO)
    return Path(points[kept], codes[kept])


@plots.style()
def training():
    """Step size, activation, depth and scale of the first weights; every move trains a network from its beginning."""
    X, y = moons()
    picture = _Picture(X, y)
    begun = functools.lru_cache(1)(lambda *setting: Training(X, y, *setting))

    def update(step_size, activation, hidden, scale, step):
        course = begun(step_size, ACTIVATIONS[activation], hidden, scale)
        picture.show(course.after(step), course.after(STEPS))
        return sentence(course.after(step), X, y, step_size, scale)

    longer = LongRun(f"train for {CHUNK * CHUNKS:,} steps", lambda: _chunks(explorer, picture, X, y), CHUNKS)
    explorer = explore(
        update, picture.live, room=ROOM, code=code, above=[longer], drag=Drag(picture.curve, x="step"),
        together=[("step_size", "scale"), ("activation", "hidden")],
        step_size=log_slider("step size", *STEP_RANGE, value=1.0, per_decade=10),
        activation=choice("activation", *ACTIVATIONS), hidden=slider("hidden layers", 1, DEEPEST, 1, value=2),
        scale=log_slider("first weights ×", *SCALE_RANGE, value=1.0, per_decade=10),
        step=stops("look at step", *(step for step in LOOKS_AT if step <= STEPS), value=STEPS))
    for control in explorer.controls.values():
        control.observe(longer.stop, "value")
    return explorer


def _chunks(explorer, picture, X, y):
    """A longer training with the settings of the controls, shown after every chunk."""
    values = explorer.values()
    pupil = Pupil(ACTIVATIONS[values["activation"]], values["hidden"], values["scale"])
    while pupil.train(X, y, values["step_size"], CHUNK):
        picture.show(pupil, pupil)
        explorer.show(sentence(pupil, X, y, values["step_size"], values["scale"]),
                      step=len(pupil.losses))
        yield


class _Picture:
    """The plane, the loss, and the sizes of the slopes; `show` sets all that moves."""

    def __init__(self, X, y):
        self.X, self.y = X, y
        fig, (plane, self.curve, ladder) = _figure(X, y)
        self.shades = [plane.add_patch(PathPatch(NOTHING, facecolor=(plots.BLUE, 0.13), edgecolor=edge,
                                                 linewidth=2.2)) for edge in ("none", plots.BLUE)]
        self.wrong, = plane.plot([], [], "o", color=plots.PURPLE, markersize=5)
        self.losses, = self.curve.plot([], [], color=plots.BLUE)
        self.here, = self.curve.plot([], [], "o", color=plots.BLUE)
        self.first, = ladder.plot([], [], "s--", color=plots.GREY, linewidth=1.6, markersize=6)
        self.now, = ladder.plot([], [], "o-", color=plots.VERMILLION)
        self.names = [ladder.text(0, 0, "", color=line.get_color(), fontsize=9.5, va="center", bbox=HALO)
                      for line in (self.first, self.now)]
        self.live = Live(fig, *self.shades, self.wrong, self.losses, self.here, self.first, self.now,
                         *self.names)

    @np.errstate(over="ignore", invalid="ignore")   # a network may fly apart, and then says infinity, or nothing
    def show(self, pupil, whole):
        """A pupil, and the pupil at the end of the same training."""
        plane, z = _plane(pupil.layers, pupil.activation), pupil.outputs(self.X)
        sure, yes = (_shade(plane, least) for least in SHADES)
        for shade, path in zip(self.shades, (sure if len(sure) + len(yes) < RAGGED else NOTHING, yes)):
            shade.set_path(path)
        self.wrong.set_data(*self.X[(z > 0) != self.y].T)
        losses = np.append(whole.losses, network.cross_entropy(whole.outputs(self.X), self.y))   # after 0, 1, ... steps
        shown = np.unique(np.geomspace(1, len(losses) - 1, 90).astype(int))   # even on the log axis
        self.losses.set_data(shown, losses[shown])
        self.here.set_data([len(pupil.losses)], losses[[len(pupil.losses)]])
        self._ladder(pupil)

    def _ladder(self, pupil):
        layers, rows = np.arange(1, pupil.sizes.shape[1] + 1), (pupil.sizes[0], pupil.sizes[-1])
        for line, sizes in zip((self.first, self.now), rows):
            line.set_data(layers, sizes)
        ends = np.log([np.clip(sizes[-1], *SIZE_RANGE) for sizes in rows])
        push = max(0, np.log(APART) - abs(ends[1] - ends[0])) / 2 * (1 if ends[1] > ends[0] else -1)
        for name, end, text in zip(self.names, np.exp(ends + [-push, push]), (1, len(pupil.losses))):
            name.set(position=(layers[-1] + 0.2, end), text=f"step {text:,}")


def _figure(X, y):
    fig, axes = plots.figure(3, width=10, height=3.6)
    plane, curve, ladder = axes
    draw_moons(plane, X, y, "Two moons (shaded: it says yes)")
    plane.text(0.03, 0.94, "on the wrong side", transform=plane.transAxes, color=plots.PURPLE, fontsize=9.5)
    plots.decorate(curve, "The loss", "step", "mean cross-entropy")
    curve.set(xscale="log", yscale="log", xlim=(1, CHUNK * CHUNKS), ylim=LOSS_RANGE)
    curve.axvline(STEPS, color=plots.GREY, linewidth=1)
    curve.text(1.1 * STEPS, 2.8, f"{STEPS} steps", color=plots.GREY, fontsize=9.5)
    plots.decorate(ladder, "Size of each layer's slope", "layer", "root mean square")
    ladder.set(yscale="log", xlim=(0.7, DEEPEST + 3), ylim=SIZE_RANGE, xticks=range(1, DEEPEST + 2))
    return fig, axes


def draw_moons(ax, X, y, title):
    """The points of both moons, each with its own mark."""
    ax.plot(*X[y == 0].T, "o", color=plots.GREY, markersize=4, fillstyle="none")
    ax.plot(*X[y == 1].T, "^", color=plots.GREY, markersize=4)
    for word, place in (("no", (-1.3, 0.85)), ("yes", (2.2, -0.45))):
        ax.text(*place, word, ha="center")
    plots.decorate(ax, title, "first feature", "second feature")
    ax.set(xlim=VIEW[0], ylim=VIEW[1])
