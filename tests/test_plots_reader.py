"""The still pictures of lesson 12: every number that goes in is drawn where it belongs."""

import numpy as np
import pytest

from gradlib import plots

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def test_ink_is_dark_from_0_to_1_and_weights_are_grey_at_0():
    ink = np.linspace(0, 0.9, 64)
    axes = plots.pictures([ink, ink / 2], ["a", "b"]).axes
    assert [ax.get_title() for ax in axes] == ["a", "b"]
    for ax, image in zip(axes, (ink, ink / 2)):
        shown, = ax.images
        np.testing.assert_array_equal(shown.get_array(), image.reshape(8, 8))
        assert shown.get_clim() == (0, image.max())
    shown, = plots.pictures([ink - 0.3], [""]).axes[0].images
    assert shown.get_clim() == pytest.approx((-0.6, 0.6))


def test_a_learning_curve_shows_the_median_and_both_ends():
    percents = [[80, 84, 81], [90, 91, 95]]
    fig = plots.learning_curve((100, 200), percents)
    line, = [line for line in fig.axes[0].lines if line.get_linestyle() == "-"]
    assert line.get_xydata().tolist() == [[100, 81], [200, 91]]
    bars, = fig.axes[0].collections
    assert [segment[:, 1].tolist() for segment in bars.get_segments()] == [[80, 84], [90, 95]]


def test_every_start_is_a_dot_and_a_missing_row_is_said():
    fig = plots.starts({"ours": [3, 4, 4, 9], "theirs": None}, "right", "not here")
    ax, = fig.axes
    dots = np.concatenate([line.get_xydata() for line in ax.lines])
    assert sorted(dots[:, 0]) == [3, 4, 4, 9] and len({tuple(dot) for dot in dots}) == 4
    median, = ax.collections
    assert {x for x, _ in median.get_segments()[0]} == {4.0}
    assert [text.get_text() for text in ax.texts] == ["not here"]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["ours", "theirs"]
