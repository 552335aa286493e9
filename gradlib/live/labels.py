"""Moving words make room for each other: one that would lie over another stands beside it."""

import numpy as np
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Bbox

TOUCH, GAP = 1, 2   # pixels: so far words may reach into each other; and so far apart stand those that had to move


class Labels:
    """The moving texts of a figure; the still ones stay where they are."""

    def __init__(self, figure, moving):
        self._figure, self._moving = figure, moving
        self._places = {artist: artist.get_transform() for artist in moving
                        if isinstance(artist, Text) and artist.axes is not None}

    def look_at_the_still_ones(self):
        """Note where they stand. The numbers along axes lie outside, where nothing moves."""
        numbers = {text for ax in self._figure.axes for axis in (ax.xaxis, ax.yaxis)
                   for text in axis.get_ticklabels(which="both")}
        still = set(self._figure.findobj(Text)) - numbers - set(self._moving)
        self._still = list(filter(None, map(box_of, still)))

    def make_room(self):
        """Put each text where it belongs or, if another stands there already, into the nearest gap of its axes."""
        taken = list(self._still)
        for text, place in self._places.items():
            text.set_transform(place)
            box = box_of(text)
            if box is not None:
                shift = nearest_gap(box, taken, text.axes.bbox)
                if any(shift):
                    text.set_transform(place + Affine2D().translate(*shift))
                taken.append(box.translated(*shift))


def box_of(text):
    """Where it is seen, in pixels; None where nothing of it is."""
    if not (text.get_visible() and text.get_text().strip()):
        return None
    box = text.get_window_extent()
    return Bbox.intersection(box, text.axes.bbox) if text.axes is not None and text.get_clip_on() else box


def nearest_gap(box, taken, room):
    """How far a box has to move, (across, up) in pixels, to lie on none of those that are taken. It stays in the room,
    or where it sticks out sticks out no farther; where there is no gap, it stays."""
    taken = np.array([other.extents for other in taken]).reshape(-1, 4)
    if not overlaps(box.extents, taken).any():
        return 0.0, 0.0
    sides = [np.r_[0, taken[:, i] - box.extents[i + 2] - GAP, taken[:, i + 2] - box.extents[i] + GAP] for i in (0, 1)]
    shifts, room = np.stack(np.meshgrid(*sides), axis=-1).reshape(-1, 2), Bbox.union([room, box])
    shifts = shifts[np.argsort(np.hypot(*shifts.T))]
    moved = box.extents + np.tile(shifts, 2)
    inside = (moved[:, :2] >= room.min).all(axis=1) & (moved[:, 2:] <= room.max).all(axis=1)
    return next((tuple(shift) for shift, place in zip(shifts[inside].tolist(), moved[inside])
                 if not overlaps(place, taken).any()), (0.0, 0.0))


def overlaps(box, others):
    """Which of the others it lies on.  box (4,), others (n, 4): left, bottom, right, top."""
    return ((box[:2] < others[:, 2:] - TOUCH) & (others[:, :2] < box[2:] - TOUCH)).all(axis=1)
