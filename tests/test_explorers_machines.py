"""The explorer of lesson 11: what it says and draws of a step and of a digit, from the two numbers, at every stop."""

import re

import numpy as np
import pytest

from gradlib import cluster, explorers, plots, theory

from .test_explorers import NUMBER, sweep

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]
UNITS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9, "rows": 1, "million rows": 1e6, "billion rows": 1e9}


def amounts(pattern, sentence):
    """As `numbers`, where # is a number with a unit: 42 ms, 10 million rows. Commas are left out."""
    unit = "( (?:" + "|".join(sorted(UNITS, key=len, reverse=True)) + r"))?"
    found = re.search(pattern.replace("#", NUMBER + unit), re.sub(r"(?<=\d),(?=\d)", "", sentence))
    assert found, sentence
    return [float(number) * UNITS[(unit or " rows").strip()] for number, unit in zip(*[iter(found.groups())] * 2)]


def test_many_machines_tells_the_truth():
    every = np.geomspace(1e3, 1e9, 2000)
    for values, sentence, _ in sweep("many_machines"):
        workers, rows, talk, d = values["workers"], values["rows"], values["talk"] / 1000, 20 * 10 ** values["columns"]

        def step(rows, k, talk=talk, d=d):
            return 13.6e-9 * d / 20 * rows / k + talk * (k > 1)

        def digit(rows, k, d=d, step=step):
            return step(rows, k) / np.log10((rows + d + 1) / (d + 1))

        time, said_rows = amounts("(?:takes?) # for a step over #", sentence)
        assert (time, said_rows) == (pytest.approx(step(rows, workers), rel=0.051), rows)
        twice, doubled = amounts("# would take #", sentence)
        assert (twice, doubled) == (2 * workers, pytest.approx(step(rows, 2 * workers), rel=0.051))
        mostly_talk = [k for k in 2 ** np.arange(1, 11) if talk > step(rows, k) / 2]
        assert (amounts("From # workers on", sentence) == [min(mostly_talk)] if mostly_talk else
                "Up to 1,024" in sentence)
        gained, each = amounts("gains # digits of the loss, # each", sentence)
        assert gained == pytest.approx(np.log10(1 + rows / (d + 1)), rel=0.051)
        assert each == pytest.approx(digit(rows, workers), rel=0.051)
        fastest, best = amounts(r"The fastest digit takes (?:at most )?# .#", sentence)
        assert fastest == pytest.approx(digit(every, workers).min(), rel=0.06)
        assert digit(best, workers) <= 1.01 * digit(every, workers).min()
        assert amounts("Critical batch: #", sentence) == [d + 1]
        if workers > 1:
            share, = amounts("#(?: %) of it talk", sentence)
            assert share == pytest.approx(100 * (1 - step(rows, workers, 0) / step(rows, workers)), abs=0.51)
            times, alone = amounts(r"talk: # times as (?:fast|long) as one .#", sentence)
            ratio = step(rows, 1) / step(rows, workers)
            assert ("times as fast" in sentence) == (ratio >= 1) and alone == pytest.approx(step(rows, 1), rel=0.051)
            assert times == pytest.approx(max(ratio, 1 / ratio), rel=0.051)
        assert (best == 1e3) == ("The fastest digit takes at most" in sentence)   # then fewer rows are faster still
        if workers > 1:
            fastest, best = amounts("with one worker at most # .#", sentence)
            assert (fastest, best) == (pytest.approx(digit(1e3, 1), rel=0.051), 1e3)


@pytest.mark.parametrize("seconds_per_row, talk", [(3e-9, 0.04), (2e-7, 0.001)])
def test_many_machines_draws_the_two_numbers_that_it_is_given(seconds_per_row, talk):
    """The workers are faster than one exactly from `crossing` on, and most is talk where the lines of both cross."""
    explorer, model = explorers.many_machines(seconds_per_row, talk), cluster.PerStep(seconds_per_row, talk)
    explorer.controls["workers"].value = 4
    many, few, computing, talking, both, curve, *_, gap, now, here, best = explorer.live.moving
    alone, = (line for line in curve.axes.lines if line.get_color() == plots.GREY and line.get_linestyle() == "-")
    np.testing.assert_array_equal(curve.get_ydata() < alone.get_ydata(), curve.get_xdata() > model.crossing(4))
    assert set(talking.get_ydata()) == {talk} and computing.get_ydata()[0] == pytest.approx(1e7 * seconds_per_row)
    assert many.get_x() == pytest.approx(max(2**0.5, 1e7 * seconds_per_row / talk))   # one worker never talks
    assert seconds_per_row * (few.get_x() + few.get_width()) / 4 == pytest.approx(talk, rel=1e-3)
    assert gap.get_xydata().tolist() == [[4, pytest.approx(computing.get_ydata()[2])], [4, now.get_ydata()[0]]]
    assert now.get_ydata()[0] == both.get_ydata()[2] == pytest.approx(model.time(1e7, 4))
    assert here.get_ydata() == pytest.approx(model.digit(theory.digits_per_step(10**7, 20), 1e7, 4))
    assert best.get_ydata() == curve.get_ydata().min()


@pytest.mark.parametrize("name", ["seconds_per_row", "talk"])
def test_many_machines_asks_for_positive_numbers(name):
    for bad, kind in ((0, ValueError), (-1.0, ValueError), ("fast", TypeError)):
        with pytest.raises(kind, match=f"{name} must be a positive number, got"):
            explorers.many_machines(**{name: bad})


def test_every_panel_can_be_read_alone():
    for page in explorers.many_machines().live.pages:
        for ax in page.figure.axes:
            assert ax.get_ylabel().startswith("time") and ax.get_xlabel() and ax.get_title(loc="left")
            assert all(label.get_visible() and label.get_text() for label in ax.get_yticklabels())
        assert len(page.panels) == 2


def test_no_colour_stands_for_a_slope_or_an_error_here():
    for values in ({}, {"workers": 1024}, {"talk": 0}):
        explorer = explorers.many_machines()
        for name, value in values.items():
            explorer.controls[name].value = value
        drawn = [artist for ax in explorer.live.figure.axes for artist in (*ax.lines, *ax.texts)]
        assert {artist.get_color() for artist in drawn} <= {plots.BLUE, plots.GREY, plots.GREEN, plots.BLACK}
