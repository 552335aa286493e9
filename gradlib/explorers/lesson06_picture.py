"""The picture of lesson 06: predictions and the next step on the left, the loss and the angle along the steps right."""

import numpy as np
from matplotlib.patches import Wedge

from .. import plots
from ..calculus import sigmoid
from ..live import Live

STRIDE, COARSE = 5, np.r_[0:20:4, 20:1000:10]   # the steps that are drawn, of the angle and of the losses
FEATURES, ANSWERS, PARTS = (-4, 13), (-0.4, 1.4), (0, 2.3)   # what the axes show
LOOKS = {"gradient": ("--", plots.VERMILLION), "formula": ("-", plots.BLUE)}
HEAD = np.array([[0, 0], [1, 0], [0.82, 0.09], [1, 0], [0.82, -0.09]])   # an arrow as a line: along it, and across
UPHILL = "#e6e6e6"
HALO = {"facecolor": "white", "edgecolor": "none", "pad": 1}


class Picture:
    """`live`, and the axes `cloud` with the points; `show` sets all that moves."""

    def __init__(self, steps):
        fig, self.cloud, self.curve, self.arrows, self.compass = figure(steps)
        self.across, sides = np.linspace(*FEATURES, 36), (self.cloud, self.curve)
        self.points, = self.cloud.plot([], [], "o", color=plots.GREY, markersize=6, alpha=0.7)
        self.stray, = self.cloud.plot([], [], "o", color=plots.GREY, markersize=11, fillstyle="none")
        self.hint = _label(self.cloud, "drag me", plots.GREY, "right")
        self.uphill = self.arrows.add_patch(Wedge((0, 0), 1.2, 0, 180, facecolor=UPHILL))
        self.above = _label(self.arrows, "uphill", plots.BLACK, "center", box=None)
        self.cursors = [ax.plot([], [], color=plots.GREY, linewidth=1)[0] for ax in (self.curve, self.compass)]
        self.lines = [[ax.plot([], [], style, color=colour)[0] for style, colour in LOOKS.values()] for ax in sides]
        self.angles, = self.compass.plot([], [], color=plots.BLUE)
        self.dots = [ax.plot([], [], "o", color=plots.BLUE)[0] for ax in (self.curve, self.compass)]
        self.heads = [self.arrows.plot([], [], color=colour, linewidth=2.6)[0] for _, colour in LOOKS.values()]
        self.names = [[_label(ax, name, colour, where) for name, (_, colour) in LOOKS.items()]
                      for ax, where in ((self.cloud, "right"), (self.curve, "right"), (self.arrows, "center"))]
        self.nothing = _label(self.curve, "no loss to show", plots.GREY, "center", steps / 2, 1.5)
        self.live = Live(fig, self.points, self.stray, self.hint, self.uphill, self.above, *self.cursors,
                         *sum(self.lines, []), self.angles, *self.dots, *self.heads, *sum(self.names, []), self.nothing)

    @np.errstate(all="ignore")   # a run may have flown apart
    def show(self, points, movable, bent, story, step):
        """The points; and, if there is a story, both descents and where they are after so many steps."""
        for artist in self.live.moving:
            artist.set_visible(story is not None)
        self.points.set_visible(True)
        self.points.set_data(points.X[:len(points.X) - movable, 0], points.y[:len(points.y) - movable])
        for artist in (self.stray, self.hint):
            artist.set_visible(movable)
        self.stray.set_data(points.X[-1:, 0], points.y[-1:])
        (x, y), side = (points.X[-1, 0], points.y[-1]), -1 if points.X[-1, 0] > 0 else 1
        beside = (0.5 * side, 0.12) if y < 0.5 else (-0.9 * side, 0.27)   # up there the names of the lines are near
        self.hint.set(position=np.add((x, y), beside), ha="right" if side < 0 else "left")
        if story is not None:
            self._predictions(bent, story, step)
            self._losses(story, step)
            self._directions(story, step)

    def _predictions(self, bent, story, step):
        runs = story.true_weights, story.weights
        z = [_line(weights[min(step, len(weights) - 1)], self.across) for weights in runs]
        heights = [sigmoid(row) if bent else row for row in z]
        for line, height in zip(self.lines[0], heights):
            line.set_data(self.across, height)
        self._name(0, 10, [height[27] for height in heights], ANSWERS, 0.2)   # beyond the six, before the stray

    def _losses(self, story, step):
        ends = []
        for line, losses in zip(self.lines[1], (story.true_losses, story.losses)):
            parts = losses / losses[0]
            shown = np.union1d(COARSE[COARSE < len(parts)], [np.argmax(parts), len(parts) - 1])
            line.set_data(shown, parts[shown])
            ends.append(parts[min(len(parts) - 1, 340)])
        self._name(1, self.curve.get_xlim()[1] - 5, ends, PARTS, 0.2)
        self.angles.set_data(np.arange(len(story.angles))[::STRIDE], story.angles[::STRIDE])
        self.nothing.set_visible(bool(np.isnan(story.losses[0])))
        there = slice(step, step + 1)   # nothing where the run has ended before
        for dot, values in zip(self.dots, (story.losses / story.losses[0], story.angles)):
            dot.set_data(np.arange(len(values))[there], values[there])
        for cursor in self.cursors:
            cursor.set_data([step, step], cursor.axes.get_ylim())

    def _name(self, which, x, heights, limits, least):
        """Names at their lines; where these lie close together, names do not."""
        margin = 0.06 * (limits[1] - limits[0])
        low, high = np.clip(np.nan_to_num(heights, posinf=limits[1]), limits[0] + margin, limits[1] - margin - least)
        apart = max(0, least - abs(high - low)) * (1 if high >= low else -1)
        for name, line, y in zip(self.names[which], self.lines[which], (low, high + apart)):
            name.set_position((x, y))
            name.set_visible(bool(np.isfinite(line.get_ydata()).any()))

    def _directions(self, story, step):
        """The next steps, against formula and gradient, all of one length."""
        seen = step < len(story.claimed)
        tips = [_direction(arrow[step]) if seen else np.zeros(2) for arrow in (story.true, story.claimed)]
        for head, tip, name, turned in zip(self.heads, tips, self.names[2], _spread(*tips)):
            head.set_data(*(HEAD @ [tip, (-tip[1], tip[0])]).T)
            name.set_position([1.42, 1.2] * turned)
            for artist in (head, name):
                artist.set_visible(bool(tip.any()))
        steepest = np.degrees(np.arctan2(*-tips[0][::-1]))
        self.uphill.set(theta1=steepest - 90, theta2=steepest + 90)
        side = -55 if tips[0][1] * tips[1][0] > tips[0][0] * tips[1][1] else 55   # the one without an arrow
        self.above.set_position(0.8 * _at(steepest + side))
        for artist in (self.uphill, self.above):
            artist.set_visible(bool(tips[0].any()))


def figure(steps):
    """The figure, and its axes: points, loss, arrows, angle."""
    fig, corner = plots.figure(width=8.4, height=5.6)
    corner.remove()
    (cloud, curve), (arrows, compass) = fig.subplots(2, 2, height_ratios=(1, 1))
    plots.decorate(cloud, "Predictions at this step", "feature", "answer, prediction")
    cloud.set(xlim=FEATURES, ylim=ANSWERS)
    plots.decorate(curve, "The printed loss", "step", "as part of its start")
    curve.set(xlim=(0, steps), ylim=PARTS)
    plots.decorate(arrows, "Directions of the next step", "weight", "bias")
    arrows.set(xlim=(-1.85, 1.85), ylim=(-1.3, 1.3), aspect="equal", xticks=[], yticks=[])
    plots.decorate(compass, "Angle between the two", "step along the formula", "degrees")
    compass.set(xlim=(0, steps), ylim=(0, 185), yticks=[0, 45, 90, 135, 180])
    compass.axhspan(90, 185, color=UPHILL, linewidth=0)
    compass.axhline(90, color=plots.GREY, linewidth=1.6)
    for side, text in (("bottom", "over 90°: uphill"), ("top", "downhill")):
        compass.annotate(text, (0, 90), (5, 4 if side == "bottom" else -4), textcoords="offset points", va=side,
                         fontsize=9.5)
    return fig, cloud, curve, arrows, compass


def _label(ax, text, colour, where, x=0.0, y=0.0, box=HALO):
    return ax.text(x, y, text, color=colour, fontsize=9.5, ha=where, va="center", bbox=box)


def _line(w, x):
    """Xw along the feature x, with the bias if there is one."""
    return w[0] * x + (w[1] if len(w) > 1 else 0.0)


def _direction(arrow):
    """The unit vector against it; zeros where it has no direction."""
    both = -np.append(arrow, 0.0)[:2]
    length = np.linalg.norm(both)
    return both / length if 0 < length < np.inf else np.zeros(2)


def _at(degrees):
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])


def _spread(first, second, least=38):
    """Both directions, turned away from each other until names beside them do not touch."""
    a, b = (np.degrees(np.arctan2(*tip[::-1])) for tip in (first, second))
    between = (b - a + 180) % 360 - 180
    turn = max(0, least - abs(between)) / 2 * (1 if between >= 0 else -1)
    return _at(a - turn), _at(b + turn)
