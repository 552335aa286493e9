"""Lesson 09: the picture of a race. Each rule has one look in both panels, and its name at its line."""

import numpy as np

from .. import plots
from ..live import Live
from .reader import label

LOOKS = {"SGD": (plots.BLUE, "-", 1.4), "momentum": ("#882255", "--", 1.8), "Nesterov": ("#6B6B00", "-.", 1.8),
         "RMSProp": ("#5A3FBF", ":", 3.0), "Adam": ("#6F4518", "-", 2.4)}   # colour, style, width
HOME, NEXT = 0.03, 0.02   # of the picture: what a path does so near to the goal, to its last point, is not drawn
MOST = 42       # points of a path
ABOVE = 0.045   # of the picture: so far above its place stands a name
NAMES, FLAT = 0.055, (0.35, 1)   # of the picture: names stand so far apart at least, and across more, as they are wide
FLOWN = 1e6     # a loss from which on a rule has flown apart


class Page:
    """The stage of one track, and its moving lines: left what each rule does, right how its loss falls."""

    def __init__(self, track, steps):
        self.track, self.steps = track, steps
        fig, (self.left, self.right) = plots.figure(2, width=9.2, height=4)
        track.ground(self.left)
        limits = np.transpose([self.left.get_xlim(), self.left.get_ylim()])
        self.corner, self.size = limits[0], limits[1] - limits[0]
        # What stands below the goal, as if it were a name, which stand above their places.
        self.written = [(track.goal - self.corner) / self.size - [0, 2 * ABOVE]] if track.turns else []
        plots.decorate(self.right, "The loss", "step", "loss")
        self.right.set(yscale="log", xlim=(0, 1.4 * steps), ylim=track.loss_range, xticks=range(0, steps + 1, 50))
        self.moment = self.right.axvline(steps, color=plots.GREY, linewidth=1)
        self.lines, self.curves = ({name: ax.plot([], [], style, color=colour, linewidth=width)[0]
                                    for name, (colour, style, width) in LOOKS.items()}
                                   for ax in (self.left, self.right))
        self.heads = {name: self.left.plot([], [], "o", color=colour, clip_on=False, in_layout=False)[0]
                      for name, (colour, _, _) in LOOKS.items()}
        self.names, self.labels = ({name: label(ax, "", LOOKS[name][0], va="center", ha=ha) for name in LOOKS}
                                   for ax, ha in ((self.left, "center"), (self.right, "left")))
        self.cross = [self.left.plot([], [], "-", color=plots.GREY, linewidth=1.4)[0] for _ in range(2)]
        self.weights = [label(self.left, "", plots.GREY, va="center", ha="center") for _ in range(2)]
        self.live = Live(fig, self.moment, *self.cross, *self.weights, *self._in_order())

    def _in_order(self):
        """RMSProp's dots on top, for they hide nothing; names above all lines."""
        order = [name for name in LOOKS if name != "RMSProp"] + ["RMSProp"]
        return [part[name] for part in (self.lines, self.curves, self.heads, self.names, self.labels) for name in order]

    def show(self, racing, step, turn):
        """Set all lines to a race {rule: (weights, losses)}, as it stands after `step` steps."""
        self.moment.set_xdata([step, step])
        paths = {name: self._path(weights[:step + 1], losses[:step + 1][-1] < FLOWN)
                 for name, (weights, losses) in racing.items()}
        heads = {name: weights[step] for name, (weights, _) in racing.items() if self._on_its_way(weights, step)}
        for name in LOOKS:
            _, losses = racing.get(name, (None, np.empty(0)))
            some = _some(len(losses), 2, 7)
            path, (low, high) = paths.get(name, np.empty((0, 2))), self.track.loss_range
            self._set(self.lines[name], path.T, not self._away(path, self.corner + self.size / 2, 0.5).any())
            self._set(self.curves[name], (some, losses[some]), ((low < losses[some]) & (losses[some] < high)).all())
            self.heads[name].set_data(*np.transpose([heads[name]] if name in heads else np.empty((0, 2))))
        self._name_paths(paths, heads)
        self._name_curves({name: losses[min(self.steps, len(losses) - 1)] for name, (_, losses) in racing.items()})
        self._show_cross(turn)

    def _set(self, line, places, in_sight):
        """What lies in sight needs no clipping, which costs a hundred bytes."""
        line.set_data(*places)
        line.set_clip_on(not in_sight)

    def _on_its_way(self, weights, step):
        """Whether a run is neither at the goal nor out of sight."""
        return (self.track.turns and step < len(weights) and self._away(weights[step], self.track.goal, HOME)
                and not self._away(weights[step], self.corner + self.size / 2, 0.5))

    def _path(self, weights, stays):
        """A run's line. For a valley: up to where it is at home for good or, if it flies apart, out of sight."""
        with np.errstate(over="ignore", invalid="ignore"):
            line = self.track.drawn(weights)
        if not self.track.turns:
            return self._thinned(line)
        away = np.flatnonzero(self._away(line, self.track.goal, HOME))
        gone = np.flatnonzero(self._away(line, self.corner + self.size / 2, 0.5)) if not stays else []
        return self._thinned(line[:gone[0] + 1 if len(gone) else away[-1] + 2 if len(away) else 1])

    def _thinned(self, line, share=NEXT):
        """Without points that lie next to the point before; at most MOST of them."""
        kept = [0]
        for i, place in enumerate(line):
            if self._away(place, line[kept[-1]], share) or i == len(line) - 1:
                kept.append(i)
        return line[kept] if len(kept) <= MOST else self._thinned(line, 1.4 * share)

    def _away(self, places, middle, share):
        """Whether places (..., 2) are farther from a place than this share of the picture."""
        return ~(np.abs((places - middle) / self.size).max(axis=-1) <= share)

    def _name_paths(self, paths, heads):
        """Each name at the head of its line if that stands alone, else where it is farthest from other lines and
        names."""
        lines = {name: (line[~np.isnan(line).any(axis=1)] - self.corner) / self.size for name, line in paths.items()}
        heads = {name: (place - self.corner) / self.size for name, place in heads.items()}
        taken = [*self.written]
        for name in LOOKS:
            best = self._place(name, lines, heads, taken) if name in lines else None
            self.names[name].set_text("" if best is None else name)
            if best is not None:
                taken.append(best)
                self.names[name].set_position(tuple(self.corner + self.size * (best + [0, ABOVE])))

    def _place(self, name, lines, heads, taken):
        others = [place * FLAT for other, place in heads.items() if other != name] + [place * FLAT for place in taken]
        if name in heads and _nearest(heads[name][None] * FLAT, others) > NAMES:
            return heads[name]
        places = lines[name][((0.1 < lines[name]) & (lines[name] < 0.9)).all(axis=1)]
        room = np.minimum(_nearest(places * FLAT, [place * FLAT for place in taken]), 2 * NAMES)
        room += np.min([_nearest(places, _close(line)) for other, line in lines.items() if other != name] or [0 * room],
                       axis=0)
        return places[np.argmax(room)] if len(places) else None

    def _name_curves(self, ends):
        """The names right of the curves, in their order, none over another."""
        low, high = np.log10(self.track.loss_range)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            heights = {name: (np.log10(np.clip(np.nan_to_num(end, nan=np.inf), 1e-300, 1e300)) - low) / (high - low)
                       for name, end in ends.items()}
        order = sorted(heights, key=heights.get)
        for name, height in zip(order, _apart([np.clip(heights[name], 0.03, 0.97) for name in order])):
            self.labels[name].set_position((1.03 * self.steps, 10 ** (low + height * (high - low))))
        for name in LOOKS:
            self.labels[name].set_text(name if name in ends else "")

    def _show_cross(self, turn):
        """The directions of the two weights, in the valley's picture: it is turned back, so that the valley stays."""
        angle = np.radians(turn)
        middle = self.corner + [0.76, 0.84] * self.size
        for i, (line, word) in enumerate(zip(self.cross, self.weights)):
            arm = 0.09 * self.size * [np.cos(angle - i * np.pi / 2), -np.sin(angle - i * np.pi / 2)]
            line.set_data(*np.transpose([middle, middle + arm]) if self.track.turns else ([], []))
            word.set_text(f"weight {i + 1}" if self.track.turns else "")
            word.set_position(tuple(middle + 1.4 * arm))


def _some(length, first, every):
    """Some of `length` points: the first ones all, then every so many, and the last."""
    return np.unique(np.r_[:min(first, length), first:length:every, max(length - 1, 0)]).astype(int)[:length]


def _close(line):
    """A line with three points in place of one, so that distances from it hardly miss its straight pieces."""
    return np.concatenate([line[1:] * share + line[:-1] * (1 - share) for share in (0, 1 / 3, 2 / 3)] + [line[-1:]])


def _nearest(points, others):
    """How far each point is from the nearest of the others."""
    away = points[:, None] - np.reshape(others, (-1, 2))
    return np.sqrt((away**2).sum(axis=2)).min(axis=1, initial=9)


def _apart(heights):
    """Ascending heights, moved apart where they are too close, and kept below the top."""
    placed = []
    for height in heights:
        placed.append(max(height, placed[-1] + NAMES) if placed else height)
    top = 0.97
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], top)
        top = placed[i] - NAMES
    return placed
