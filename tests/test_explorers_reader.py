"""The explorer of lesson 12: what it says of a moved picture, worked out a second time, at every stop."""

import numpy as np
import pytest

from gradlib import data, explorers, numeric
from gradlib.explorers import lesson12

from .test_explorers import numbers, sweep

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


@pytest.fixture(scope="module")
def reader():
    """The network that the explorer trains, and the held-out digits."""
    learn, held_out = data.digits_apart()
    return lesson12.reader(*learn), *held_out


def shares(layers, x):
    """Softmax by its definition, on one hidden layer of tanh."""
    W1, b1, W2, b2 = layers
    powers = np.exp(np.tanh(x.dot(W1) + b1).dot(W2) + b2)
    return powers / powers.sum()


def slope_at_the_pixels(layers, x, digit):
    """By the equations of lesson 07: the last delta, one layer back, and once more."""
    W1, b1, W2, _ = layers
    delta = (shares(layers, x) - np.eye(10)[digit]).dot(W2.T) * (1 - np.tanh(x.dot(W1) + b1) ** 2)
    return delta.dot(W1.T)


def test_the_reader_reads_97_percent_of_the_held_out_digits(reader):
    layers, X, y = reader
    assert np.mean([shares(layers, x).argmax() for x in X] == y) >= 0.97


def test_the_slope_at_the_pixels_is_that_of_a_nudge(reader):
    layers, X, _ = reader
    for i, digit in ((0, 3), (7, 9), (100, 0)):
        nudged = numeric.central_difference(lambda x, digit=digit: -np.log(shares(layers, x)[digit]), X[i])
        np.testing.assert_allclose(lesson12.moved(layers, X[i], digit, 1.0)[1], nudged, atol=1e-7 * abs(nudged).max())


def a_random_arrow(digit):
    return np.random.default_rng(digit).standard_normal(64)


def test_what_it_sees_tells_the_truth(reader):
    layers, X, y = reader
    for values, sentence, _ in sweep("what_it_sees"):
        x, towards = X[values["picture"]], values["towards"]
        before = shares(layers, x)
        read, sure, wrote = numbers(r"(?:moved:|Before,) read as an? # \(# %\); somebody wrote an? #\.", sentence)
        assert (wrote, read) == (y[values["picture"]], before.argmax())
        assert sure == pytest.approx(100 * before.max(), abs=0.501)
        if values["far"] == 0:
            assert sentence.startswith("No pixel has moved")
            continue
        arrow = a_random_arrow(towards) if values["way"] else slope_at_the_pixels(layers, x, towards)
        now = np.clip(x - values["far"] * arrow / np.sqrt(arrow.dot(arrow)), 0, 1)
        after = shares(layers, now)
        reads, surely, percent = numbers(r"Now read as an? # \(# %\), moved .* by # % of the picture's length\.",
                                         sentence)
        assert reads == after.argmax() and ("by chance" in sentence) == (values["way"] == 1)
        assert percent == pytest.approx(100 * np.linalg.norm(now - x) / np.linalg.norm(x), abs=0.501)
        wanted, first, last = numbers("The share of # went from # % to # %", sentence)
        assert wanted == towards
        assert [surely, first, last] == pytest.approx(
            [100 * after.max(), 100 * before[towards], 100 * after[towards]], abs=0.501)


def test_the_right_panel_shows_what_is_wanted_and_the_shares_now_and_before(reader):
    layers, X, _ = reader
    explorer = explorers.what_it_sees()
    explorer.controls["towards"].value, explorer.controls["picture"].value = 3, 33
    wanted, now, before = explorer.live.moving[10:13]
    assert wanted.get_ydata() == [3]
    first, last = shares(layers, X[33]), shares(layers, lesson12.moved(layers, X[33], 3, 1.0)[0])
    assert before.get_ydata().tolist() == np.flatnonzero(first > 0.005).tolist()
    np.testing.assert_allclose(before.get_xdata(), first[first > 0.005])
    drawn = {segment[1][1]: segment[1][0] for segment in now.get_segments()}
    assert drawn == pytest.approx({digit: share for digit, share in enumerate(last) if share > 0.005})


def test_every_pixel_with_ink_is_drawn_in_one_grey_and_every_slope_as_one_square(reader):
    layers, X, _ = reader
    explorer = explorers.what_it_sees()
    for picture, far in ((0, 0.0), (7, 1.0), (200, 3.0)):
        explorer.controls["picture"].value, explorer.controls["far"].value = picture, far
        greys, (more, less) = explorer.live.moving[:8], explorer.live.moving[8:10]
        drawn = {tuple(corners.mean(axis=0).round(6)) for patch in greys
                 for corners in patch.get_path().vertices.reshape(-1, 5, 2)[:, :4]}
        now, slope = lesson12.moved(layers, X[picture], 9, far)
        assert len(drawn) == (np.round(now * 8) > 0).sum()
        up, down = (len(patch.get_path().vertices) // 5 for patch in (less, more))
        visible = np.sqrt(abs(slope) / abs(slope).max()) > 0.08
        assert (up, down) == ((visible & (slope > 0)).sum(), (visible & (slope < 0)).sum())
