"""Lesson 08: the words in the picture. Each stands at its line, in the line's colour, wherever that moves."""

import numpy as np

from .. import plots
from .lesson08_outcome import LONGEST
from .reader import label


class Names:
    """Moving texts for three panels: the plane of the weights, the losses, the map."""

    def __init__(self, ground, best, valley, curve, chart):
        self.ground, self.best, self.curve = ground, best, curve
        looks = {"path": (valley, plots.BLUE, "center", "bottom"), "ends": (valley, plots.BLUE, "center", "bottom"),
                 "ring": (valley, plots.BLACK, "right", "center"), "lowest": (valley, plots.GREEN, "center", "top"),
                 "fan": (curve, plots.BLUE, "center", "top"), "mean": (curve, plots.BLUE, "left", "bottom"),
                 "predicted": (curve, plots.BLACK, "right", "bottom"), "floor": (curve, plots.GREEN, "right", "top"),
                 "chosen": (chart, plots.BLUE, "center", "bottom")}
        self.texts = {name: label(ax, "", colour, ha=ha, va=va) for name, (ax, colour, ha, va) in looks.items()}

    def show_pair(self, step_size, batch_size):
        """Name the point on the map."""
        n = len(self.ground.X)
        self.texts["chosen"].set_ha("left" if step_size < 0.03 else "right" if step_size > 0.7 else "center")
        self._name("chosen", "these runs", (step_size, 1.3 * batch_size if batch_size < n / 2 else batch_size / 1.9))

    def show_valley(self, ends, ring):
        """Name what is in the plane: one run, all ends (runs, 2), the predicted ring (points, 2), the lowest point."""
        lower, upper = self.ground.plane.views.T
        inside = ends[((lower <= ends) & (ends <= upper)).all(axis=1)]
        self._name("path", "one run", self.ground.plane.seen(self.ground.start) + [0, 0.03 * (upper - lower)[1]])
        self._name_ends(len(ends), inside, lower, upper)
        self._name_goal(inside, ring, lower, upper)

    def _name_ends(self, runs, inside, lower, upper):
        """Above them, or below if they are still high up. If most lie outside, down in the middle."""
        (width, height), away, name = upper - lower, runs - len(inside), self.texts["ends"]
        place, high_up = lower + [0.5 * width, 0.12 * height], False
        if len(inside) > away:
            high_up = inside.mean(axis=0)[1] > lower[1] + 0.7 * height
            up = inside[:, 1].min() - 0.03 * height if high_up else inside[:, 1].max() + 0.03 * height
            place = (np.clip(inside.mean(axis=0)[0], lower[0] + 0.4 * width, upper[0] - 0.32 * width),
                     min(up, upper[1] - 0.11 * height))
        name.set_va("top" if high_up else "bottom")
        self._name("ends", f"{away} of {runs} ends lie outside" if away else f"ends of {runs} runs", place)

    def _name_goal(self, inside, ring, lower, upper):
        """The lowest point below all ends, and the predicted ring: left of it or, where there is no room, within."""
        across, up = self.ground.plane.seen(self.best)
        pad = 0.03 * (upper - lower)
        near = inside[inside[:, 1] < up + 5 * pad[1]]
        self._name("lowest", "lowest loss", (across, max(min([up, *near[:, 1]]) - pad[1], lower[1] + 5 * pad[1])))
        left = min(ring, key=lambda point: point[0], default=(across, up))
        room = left[0] > lower[0] + 10 * pad[0]
        self.texts["ring"].set_ha("right" if room else "left")
        self._name("ring", "predicted" if len(ring) and left[0] > lower[0] else "",
                   (left[0] + (-pad[0] if room else pad[0]), left[1]))

    def show_runs(self, seen, drawn, fan):
        """The mean above its line or, where it leaves, right of it; single runs below the lowest."""
        (low, high), mean = self.curve.get_ylim(), seen.mean
        visible = [step for step in drawn if low < mean[step] < high] or [1]
        middle = visible[min(np.searchsorted(visible, seen.steps**0.45), len(visible) // 2)]
        height = mean[middle] / 5 if mean[middle:].max() > high else 1.6 * mean[middle:6 * middle].max()
        self._name("mean", f"mean of {seen.excess.shape[1]} runs", (1.3 * middle, np.clip(height, 4 * low, high / 30)))
        late = drawn[drawn >= 0.3 * seen.steps]
        below = late[np.argmin(fan[late].min(axis=1))]
        alike = (fan[late].max(axis=1) <= 1.01 * fan[late].min(axis=1)).all() or not fan[below].min() < high
        self.texts["fan"].set_ha("center" if below < LONGEST / 8 else "right")
        self._name("fan", "" if alike else "single runs", (below, max(fan[below].min() / 1.4, 6 * low)))

    def show_predictions(self, seen):
        """The prediction at its right end, the floor under it."""
        low, high = self.curve.get_ylim()
        lower, upper, _ = seen.floors
        expected = np.full(LONGEST + 1, upper) if seen.expected is None else seen.expected
        last = max(np.flatnonzero((expected > low) & (expected < high)), default=LONGEST)
        beside = last < LONGEST / 6   # the line leaves the picture, and there is room beside it
        self.texts["predicted"].set_ha("left" if beside else "right")
        self._name("predicted", "way not predicted" if seen.expected is None else "predicted",
                   (last * (1.2 if beside else 0.9), np.clip(1.3 * expected[last], 2 * low, high / 4)))
        words, height = ("floor" if lower == upper else "floor in an epoch"), max(lower / 1.3, 4 * low)
        if seen.leaves or seen.quiet:
            words, height = "no floor", high / 8 if seen.quiet else 4 * low
        self._name("floor", words + (" (further down)" if words != "no floor" and upper < low else ""),
                   (0.9 * LONGEST, height))

    def _name(self, name, words, place):
        self.texts[name].set_text(words)
        self.texts[name].set_position(tuple(map(float, place)))
