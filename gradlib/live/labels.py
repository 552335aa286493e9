"""Words that fit: moving ones make room for each other, and a title or label is no wider than its axes."""

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

TOUCH, GAP = 1, 2   # pixels: so far words may reach into each other; and so far apart stand those that had to move
BEYOND, SMALLEST = 0.1, 0.7   # inches that a title may be wider than its axes; of its letters, the least that is left


class Labels:
    """The moving texts of a figure; the still ones stay where they are."""

    def __init__(self, figure, moving):
        self._figure, self._moving = figure, moving
        self._places = {artist: artist.get_transform() for artist in moving
                        if isinstance(artist, Text) and artist.axes is not None}

    def look_at_the_still_ones(self):
        """Note where they stand. The numbers along axes lie outside, where nothing moves."""
        numbers = {text for ax in self._figure.axes for axis in (ax.xaxis, ax.yaxis)
                   for text in set(axis.findobj(Text)) - {axis.label}}
        others = numbers | set(self._moving)   # and the rest in its own order, in which equally near gaps are taken
        self._still = list(filter(None, (box_of(text) for text in self._figure.findobj(Text) if text not in others)))

    def make_room(self):
        """Put each text where it belongs or, if another stands there already, into the nearest gap of its axes."""
        taken, points = list(self._still), [box_of_point(artist) for artist in self._moving if is_point(artist)]
        for text, place in self._places.items():
            text.set_transform(place)
            box = box_of(text)
            if box is not None:
                shift = nearest_gap(box, taken, text.axes.bbox, points)
                if any(shift):
                    text.set_transform(place + Affine2D().translate(*shift))
                taken.append(box.translated(*shift))


def box_of(text):
    """Where it is seen, in pixels; None where nothing of it is."""
    if not (text.get_visible() and text.get_text().strip()):
        return None
    box = text.get_window_extent()
    return Bbox.intersection(box, text.axes.bbox) if text.axes is not None and text.get_clip_on() else box


def is_point(artist):
    """Whether it is a single marker that is seen: what a word stands beside, and must not hide."""
    return (isinstance(artist, Line2D) and artist.get_visible() and artist.get_marker() not in ("None", None, "", " ")
            and len(artist.get_xydata()) == 1)


def box_of_point(line):
    """Where its marker is seen, in pixels."""
    half = line.get_markersize() * line.get_figure().dpi / 72 / 2
    return Bbox(np.repeat(line.get_transform().transform(line.get_xydata()), 2, axis=0)).padded(half)


def fit(figure):
    """Write a title or a label across in smaller letters where it is wider than its axes: it would be cut off, or reach
    into the next ones."""
    for ax in figure.axes:
        most = ax.bbox.width + min(BEYOND * figure.dpi, figure.bbox.x1 - ax.bbox.x1 - GAP)
        titles = [child for child in ax.get_children() if isinstance(child, Text)
                  and child.get_text() == ax.get_title(loc="left")]
        for words in (ax.xaxis.label, *titles):
            least = SMALLEST * words.get_fontsize()
            while words.get_window_extent().width > most and words.get_fontsize() > least:
                words.set_fontsize(max(words.get_fontsize() - 0.5, least))


def nearest_gap(box, taken, room, avoided=()):
    """How far a box has to move, (across, up) in pixels, to lie on none of those that are taken, nor then on those
    avoided. It stays in the room, or where it sticks out sticks out no farther; where there is no gap, it stays."""
    edges = np.array([other.extents for other in (*taken, *avoided)]).reshape(-1, 4)
    if not overlaps(box.extents, edges[:len(taken)]).any():
        return 0.0, 0.0
    sides = [np.r_[0, edges[:, i] - box.extents[i + 2] - GAP, edges[:, i + 2] - box.extents[i] + GAP] for i in (0, 1)]
    shifts, room = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2), Bbox.union([room, box])
    shifts = shifts[np.argsort(np.hypot(*shifts.T).round(6), kind="stable")]
    moved = box.extents + np.tile(shifts, 2)
    inside = (moved[:, :2] >= room.min).all(axis=1) & (moved[:, 2:] <= room.max).all(axis=1)
    return next((tuple(shift) for shift, place in zip(shifts[inside].tolist(), moved[inside])
                 if not overlaps(place, edges).any()), (0.0, 0.0))


def overlaps(box, others):
    """Which of the others it lies on.  box (4,), others (n, 4): left, bottom, right, top."""
    return ((box[:2] < others[:, 2:] - TOUCH) & (others[:, :2] < box[2:] - TOUCH)).all(axis=1)
