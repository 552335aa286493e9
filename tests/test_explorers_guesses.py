"""The explorer of lesson 10: its runs against the laws, its picture against geometry, its sentence at every stop."""

import itertools
import math
import re

import numpy as np
import pytest

from gradlib import autodiff, explorers
from gradlib.explorers import lesson10

from .test_explorers import numbers, sweep
from .test_without_backprop import holds_on_average

pytestmark = pytest.mark.filterwarnings("error")
FORWARD, SPSA, STRATEGIES = range(3)
SETTINGS = [(FORWARD, 20, 1, 0), (FORWARD, 5, 8, 0.1), (SPSA, 50, 2, 0), (SPSA, 10, 16, 0.03), (SPSA, 5, 1, 0.1),
            (STRATEGIES, 20, 1, 0.01), (STRATEGIES, 10, 64, 0.1)]


def mean_loss(method, d, samples, noise, step_size, steps):
    """By another way: the moments of v written out, and the sum of a geometric series."""
    fourth = {FORWARD: 3, SPSA: 1, STRATEGIES: 3}[method]
    square = 1 + (fourth - 2 + d) / samples
    factor = 1 - 2 * step_size + step_size**2 * square
    slope_noise = 0 if method == FORWARD else noise**2 / (2 * lesson10.NUDGE**2)
    added = step_size**2 * d * slope_noise / samples / 2
    t = np.arange(steps)
    return factor**t + added * (1 - factor**t) / (1 - factor), square + d * slope_noise / samples / 2


@pytest.mark.parametrize("method, d, samples, noise", SETTINGS)
def test_runs_follow_their_prediction(method, d, samples, noise):
    several = [lesson10.runs(lesson10.METHODS[method], d, samples, noise, dice) for dice in range(1, 21)]
    one, first = several[0], np.concatenate([found.guesses for found in several])
    expected, squared = mean_loss(method, d, samples, noise, lesson10.predictions(
        lesson10.METHODS[method], d, samples, noise)[0], len(one.predicted))
    np.testing.assert_allclose(one.predicted, expected, rtol=1e-10)
    assert one.length**2 == pytest.approx(squared)
    holds_on_average(first[:, 0], 1)
    holds_on_average((first**2).sum(axis=1), squared)
    losses = np.hstack([found.losses for found in several])
    np.testing.assert_allclose(losses[0], 1)
    early = np.flatnonzero(expected > 0.1)   # later the mean is made by few slow runs, and 800 do not hold enough
    for t in (1, early[-1]):
        holds_on_average(losses[t], expected[t])


@pytest.mark.parametrize("method", range(3))
def test_a_step_costs_what_it_computes(method):
    count = autodiff.cost(lambda w: (w**2).sum() / 2, np.ones(50))
    price = lesson10.price(lesson10.METHODS[method], 50, 3)
    assert price == 6 if method else price == pytest.approx(3 * (count.forward + count.nudge) / count.forward, rel=0.01)


@pytest.mark.parametrize("method, d, samples, noise", SETTINGS)
def test_the_mean_of_guesses_is_nearer_to_the_gradient_the_more_there_are(method, d, samples, noise):
    several = [lesson10.runs(lesson10.METHODS[method], d, samples, noise, dice) for dice in range(1, 21)]
    off = np.array([found.mean - [1, 0] for found in several])
    variance = several[0].length**2 - 1   # of one guess, from its gradient
    holds_on_average((off**2).sum(axis=1), variance / lesson10.GUESSES)


def test_the_sentence_is_true_at_every_stop():
    for values, sentence, _ in sweep("guesses"):
        method = lesson10.METHODS[values["method"]]
        found = lesson10.runs(method, *(values[name] for name in ("d", "samples", "noise", "dice")))
        means = found.losses.mean(axis=1), found.predicted
        if sentence.startswith("A hundredth"):
            told = numbers("A hundredth of the loss is left at a cost of # losses; predicted #.", sentence)
            for cost, losses in zip(told, means):
                before, step = [int(np.argmin(np.abs(found.paid - cost))) + shift for shift in (-1, 0)]
                assert found.paid[step] == pytest.approx(cost, abs=0.51) and losses[step] < 0.01 <= losses[before]
        else:
            assert min(losses.min() for losses in means) >= 0.01 or not all((losses < 0.01).any() for losses in means)
            cost, *told = numbers("At a cost of # losses, # of the loss is left; predicted #.", sentence)
            assert cost == pytest.approx(found.paid[-1], abs=0.51) and cost <= lesson10.BUDGET
            assert told == pytest.approx([losses[-1] for losses in means], rel=0.06)
        measured, predicted = numbers("A typical guess is # degrees off the gradient; predicted #.", sentence)
        cosine = found.guesses[:, 0].mean() / math.sqrt((found.guesses**2).sum() / len(found.guesses))
        assert measured == pytest.approx(math.degrees(math.acos(cosine)), abs=0.51)
        assert predicted == pytest.approx(math.degrees(math.acos(1 / found.length)), abs=0.51)
        assert abs(measured - predicted) <= 6
        samples, noise = values["samples"], values["noise"]
        assert f"({method.name}, {values['d']} weights, {samples} sample{'s' if samples > 1 else ''} a step" in sentence
        assert (f"noise {noise:g}" in sentence) == (noise > 0) and ("no noise" in sentence) == (noise == 0)
        assert ("does not reach" in sentence) == (noise > 0 and values["method"] == FORWARD)


def test_sentences_are_nearly_equally_long():
    """So that the page does not jump while a control moves."""
    lengths = [len(sentence) for _, sentence, _ in sweep("guesses")]
    assert max(lengths) - min(lengths) < 60


def test_noise_does_not_reach_forward_mode():
    quiet, noisy = (lesson10.runs(lesson10.METHODS[FORWARD], 10, 1, noise, 1) for noise in (0, 0.1))
    np.testing.assert_allclose(noisy.predicted, quiet.predicted)
    quiet, noisy = (lesson10.runs(lesson10.METHODS[SPSA], 10, 1, noise, 1) for noise in (0, 0.1))
    assert noisy.predicted[-1] > 100 * quiet.predicted[-1]


def test_more_samples_turn_the_guess_and_do_not_make_the_run_cheaper():
    """What the lesson says of the samples control, for the predictions of all methods without noise."""
    for method, d in itertools.product(lesson10.METHODS, (5, 20, 50)):
        lengths, costs = [], []
        for samples in (1, 2, 4, 8, 16):
            _, squared, losses = lesson10.predictions(method, d, samples, 0)
            lengths.append(squared)
            costs.append(samples * math.log(100) / -math.log(losses[1]))
        assert (np.diff(lengths) < 0).all() and (np.diff(costs) > -1e-9).all()


@pytest.mark.parametrize("method, d, samples, noise", SETTINGS)
def test_the_picture_is_a_right_triangle(method, d, samples, noise):
    """The gradient, what is across, and the guess that both make; a guess as predicted is 1 long at every setting."""
    explorer = explorers.guesses()
    for name, value in zip(("method", "d", "samples", "noise"), (method, d, samples, noise)):
        explorer.controls[name].value = value
    tips, gradient, measured, expected, together, *_ = explorer.live.moving
    (_, tip), (_, level) = gradient.get_data()
    assert level == 0 and expected.get_data()[0][1] == pytest.approx(tip)
    assert np.linalg.norm(expected.get_xydata()[1]) == pytest.approx(1)
    said, = numbers("A typical guess is # degrees", explorer.sentence)
    assert math.degrees(math.atan2(*measured.get_xydata()[1][::-1])) == pytest.approx(said, abs=0.51)
    said, = numbers("The mean of 200 is # off.", explorer.sentence)
    assert math.degrees(math.atan2(*together.get_xydata()[1][::-1])) == pytest.approx(said, abs=0.51)
    assert len(tips.get_xydata()) == lesson10.GUESSES and (tips.get_ydata() >= 0).all()
    assert tips.get_xdata().mean() == pytest.approx(together.get_xdata()[1])


def test_each_look_has_one_meaning():
    fig = explorers.guesses().live.figure
    legend, = fig.legends
    named = {text.get_text(): (line.get_color(), line.get_linestyle())
             for text, line in zip(legend.get_texts(), legend.get_lines())}
    assert len(set(named.values())) == len(named) == 5
    for ax in fig.axes:
        drawn = {(line.get_color(), line.get_linestyle()) for line in ax.lines if line.get_color() != "#dddddd"}
        assert {(colour, style) for colour, style in drawn if style != "None"} <= set(named.values())
        assert {colour for colour, _ in drawn} <= {colour for colour, _ in named.values()}
    assert not re.search(r"[A-Z]{2,}", " ".join(named))
