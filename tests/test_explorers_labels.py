"""Words in the picture: at random stops none lies over another."""

from __future__ import annotations

import itertools

import pytest
from matplotlib.transforms import Bbox

from gradlib import data, explorers

from .test_explorers import written
from .test_explorers_code import settings

SETTINGS, SHARE = 40, 0.1   # of the smaller one of two words, which may lie over the other


def boxes(fig):
    """Where each word is seen."""
    for text in written(fig):
        box = text.get_window_extent()
        if text.axes is not None and text.get_clip_on():
            box = Bbox.intersection(box, text.axes.bbox)
        if box is not None and box.width * box.height > 0:
            yield text.get_text(), box


def share_over(one, other):
    both = Bbox.intersection(one, other)
    smaller = min(box.width * box.height for box in (one, other))
    return both.width * both.height / smaller if both is not None else 0


@pytest.mark.parametrize("name", explorers.__all__)
def test_no_word_lies_over_another(name):
    explorer = getattr(explorers, name)()
    for values in settings(explorer, f"{name} in words", SETTINGS):
        explorer.frame(**values)
        for (one, here), (other, there) in itertools.combinations(boxes(explorer.live.figure), 2):
            assert share_over(here, there) <= SHARE, (one, other, values)


def test_long_names_of_the_readers_own_data_leave_three_panels_and_all_words_in_sight():
    """The data of lesson 13."""
    flats, rents = data.flats()
    live = explorers.step_and_batch(flats[:, :1], rents / 100, names=("size (sd)", "rent (100 €)")).live
    assert len(live.panels) == 3
    assert all(live.figure.bbox.padded(1).contains(x, y) for _, box in boxes(live.figure) for x, y in box.corners())
