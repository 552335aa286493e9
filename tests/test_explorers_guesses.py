"""The explorer of lesson 10: its runs against the laws, its picture against geometry, its sentence at every stop."""

import itertools
import math
import re

import numpy as np
import pytest

from gradlib import autodiff, explorers, plots
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


def single_run(method, values):
    """What a step of one sample is predicted to cost, step by step, and to leave, from the tested law."""
    found = lesson10.runs(method, values["d"], 1, values["noise"], 1)
    return found.paid, found.predicted


def one_sample(pattern, sentence):
    return numbers(pattern, sentence) if re.search(r"with 1 sample \d", sentence) else []


def test_the_sentence_is_true_at_every_stop():
    for values, sentence, _ in sweep("guesses"):
        method = lesson10.METHODS[values["method"]]
        found = lesson10.runs(method, *(values[name] for name in ("d", "samples", "noise", "dice")))
        means = [(found.paid, found.losses.mean(axis=1)), (found.paid, found.predicted)]
        assert ("with 1 sample " in sentence) == (values["samples"] > 1)
        if sentence.startswith("A hundredth"):
            told = numbers("A hundredth of the loss is left at a cost of # losses; predicted #[.,]", sentence)
            for cost, (paid, losses) in zip([*told, *one_sample("with 1 sample #[.]", sentence)],
                                            [*means, single_run(method, values)]):
                before, step = [int(np.argmin(np.abs(paid - cost))) + shift for shift in (-1, 0)]
                assert paid[step] == pytest.approx(cost, abs=0.51) and losses[step] < 0.01 <= losses[before]
            if "not within 600" in sentence:
                assert single_run(method, values)[1][-1] >= 0.01
        else:
            assert not all((losses < 0.01).any() for _, losses in means)
            cost, *told = numbers("At a cost of # losses, # of the loss is left; predicted #[.,]", sentence)
            assert cost == pytest.approx(found.paid[-1], abs=0.51) and cost <= lesson10.BUDGET
            assert told == pytest.approx([losses[-1] for _, losses in means], rel=0.06)
            paid, losses = single_run(method, values)
            if "less than 0.001" in sentence:
                assert losses[-1] < 0.001 and paid[-1] <= found.paid[-1]
            for left in one_sample("with 1 sample #[.]", sentence):
                assert left == pytest.approx(losses[paid <= found.paid[-1]][-1], rel=0.06)
        measured, predicted = numbers("A typical guess is # degrees off the gradient; predicted #.", sentence)
        cosine = found.guesses[:, 0].mean() / math.sqrt((found.guesses**2).sum() / len(found.guesses))
        assert measured == pytest.approx(math.degrees(math.acos(cosine)), abs=0.51)
        assert predicted == pytest.approx(math.degrees(math.acos(1 / found.length)), abs=0.51)
        assert abs(measured - predicted) <= 6
        samples, noise = values["samples"], values["noise"]
        assert f"{method.name}, {values['d']} weights, {samples} sample{'s' if samples > 1 else ''} a step" in (
            sentence.replace("Forward", "forward").replace("Evolution", "evolution"))
        assert (f"noise {noise:g}" in sentence) == (noise > 0) and ("no noise" in sentence) == (noise == 0)
        assert ("does not reach" in sentence) == (noise > 0 and values["method"] == FORWARD)


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


def seen(explorer):
    """{panel: {label: its colour}} and {panel: {(colour, style) of a line that is drawn}}."""
    axes = explorer.live.figure.axes
    words = [{text.get_text(): text.get_color() for text in ax.texts if text.get_text()} for ax in axes]
    looks = [{(line.get_color(), line.get_linestyle()) for line in ax.lines if len(line.get_xdata())} for ax in axes]
    return words, looks


@pytest.mark.parametrize("samples", [1, 16])
def test_every_line_is_named_in_its_own_colour_and_a_colour_has_one_meaning(samples):
    explorer = explorers.guesses()
    explorer.controls["samples"].value = samples
    (left, right), (looks, other) = seen(explorer)
    for words, drawn in ((left, looks), (right, other)):
        colours = {colour for colour, _ in drawn} - {"#dddddd"}   # those of the rays, which bear their angles
        assert colours == {*words.values()}
        assert {style for colour, style in drawn if colour == "#111111"} == {"--"}   # black is predicted, and dashed
    assert {colour for text, colour in {**left, **right}.items() if "mean" in text} == {"#0072B2"}
    assert ("1 sample" in right) == (samples > 1)


@pytest.mark.parametrize("method, d, samples, noise", SETTINGS)
def test_a_dot_shows_where_the_mean_has_a_hundredth_left(method, d, samples, noise):
    explorer = explorers.guesses()
    for name, value in zip(("method", "d", "samples", "noise"), (method, d, samples, noise)):
        explorer.controls[name].value = value
    dot, = [line for line in explorer.live.figure.axes[1].lines if line.get_marker() == "o"]
    found = lesson10.runs(lesson10.METHODS[method], d, samples, noise, 1)
    low = np.flatnonzero(found.losses.mean(axis=1) < 0.01)[:1]
    np.testing.assert_array_equal(dot.get_xdata(), found.paid[low])
    fan = explorer.live.moving[8]
    assert np.nanmax(fan.get_xdata()) == found.paid[-1]   # single runs are drawn to their end


@pytest.mark.parametrize("method, d, samples, noise", SETTINGS)
def test_labels_stay_in_their_panels(method, d, samples, noise):
    explorer = explorers.guesses()
    for name, value in zip(("method", "d", "samples", "noise"), (method, d, samples, noise)):
        explorer.controls[name].value = value
    plots.drawn(explorer.live.figure)
    for ax in explorer.live.figure.axes:
        frame = ax.get_window_extent()
        for text in ax.texts:
            box = text.get_window_extent()
            assert not text.get_text() or frame.x0 - 1 <= box.x0 and box.x1 <= frame.x1 + 1, text
