"""The explorers of lessons 06 and 07: what they say and show of a descent, worked out a second time."""

import asyncio
import functools
import re

import numpy as np
import pytest

from gradlib import calculus, data, explorers, network, numeric
from gradlib.explorers import lesson06, lesson06_story, lesson07

from .test_explorers import sweep
from .test_explorers_code import numbers

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def values_in(text):
    return [number.value for number in numbers(text)]


def two_digits(value):
    return float(f"{value:.2g}")


# ---------------------------------------------------------------------------------------------- whose gradient?

NAMES = ["sse", "half_mse", "cross_entropy"]


@functools.lru_cache(20)
def both_ways(data, stray, bent, loss, formula, step_size):
    """Both descents, step by step: weights, losses, and formula and gradient as functions of w. The formula is as the
    blog writes it, the gradient by the complex step."""
    points = lesson06_story.DATA[data]
    X, y = points.X.copy(), points.y.copy()
    if data == 0:
        X[-1, 0], y[-1] = stray
    measure = calculus.logistic_loss if bent else calculus.linear_loss

    def claimed(w):
        p = calculus.sigmoid(X @ w) if bent else X @ w
        return X.T @ [(p - y) / len(y), p - y, (p - y) * p * (1 - p)][formula]

    def loss_at(w):
        return measure(X, y, w, loss=NAMES[loss])

    roads = claimed, functools.partial(numeric.complex_step, loss_at)
    runs = [descent(road, points.start, step_size) for road in roads]
    return runs, [[loss_at(w) for w in run] for run in runs], roads


def descent(gradient, w, step_size):
    """The weights after 0, 1, ..., 400 steps, or up to the first that are 1e12 times as large as the start."""
    run, limit = [w], 1e12 * max(1, np.abs(w).max())
    while len(run) <= 400 and np.abs(run[-1]).max() <= limit:
        run.append(run[-1] - step_size * gradient(run[-1]))
    return run


def check_way(told, losses):
    """"rises from 1.178 over 2.059 to 1.689" and the like."""
    first, *others = values_in(told)
    assert first == pytest.approx(losses[0], rel=6e-4)
    if told.startswith("flies apart"):
        assert others == [len(losses) - 1] and len(losses) <= 400
        return
    assert len(losses) == 401
    last = others[-1] if others else first
    assert last == pytest.approx(losses[-1], rel=6e-4)
    assert ("rises" in told, "falls" in told) == (last > first, last < first)
    assert ("over" in told) == (max(losses) > 1.001 * max(first, last)) or max(losses) < 1.002 * max(first, last)
    if "over" in told:
        assert others[0] == pytest.approx(max(losses), rel=6e-4)


def check_arrows(told, claimed, true):
    """The angle between two arrows in degrees, which side that is, and how many times as long the first is."""
    cosine = claimed @ true / np.sqrt(claimed @ claimed) / np.sqrt(true @ true)
    degrees = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    length = np.sqrt(claimed @ claimed / (true @ true))
    said = [0.0] * ("same direction" in told) + values_in(told) + [1.0] * ("just as long" in told)
    assert said == [pytest.approx(degrees, abs=0.51), pytest.approx(length, rel=6e-3)]
    assert ("uphill" in told) == (degrees > 90) or abs(degrees - 90) < 1e-6


def test_whose_gradient_tells_the_truth():
    ended = at_rest = 0
    for values, sentence, _ in sweep("whose_gradient"):
        bent, step = values["prediction"] == 0, values["step"]
        if values["loss"] == 2 and not bent:
            assert sentence.startswith("No loss to show: without the sigmoid, predictions run from")
            continue
        runs, losses, roads = both_ways(
            values["data"], (values["stray_x"], values["stray_y"]), bent, values["loss"], values["formula"],
            two_digits(values["step_size"]))
        *ways, said_step, arrows = re.match(
            r"Along .+? the printed loss \S+(?: mean e²)? (.+?); along its gradient it (.+?)\. "
            r"Step (\d+): (.+?)\. [STt]", sentence).groups()
        for told, those in zip(ways, losses):
            check_way(told, those)
        assert int(said_step) == step
        if "ended before" in arrows:
            ended += 1
            assert step >= len(runs[0])
        else:
            here, start = ([road(w) for road in roads] for w in (runs[0][step], runs[0][0]))
            if "zero to rounding" in arrows:
                at_rest += 1
                assert min(np.linalg.norm(a) / np.linalg.norm(b) for a, b in zip(here, start)) < 2e-10
            else:
                check_arrows(arrows, *here)
    assert ended and at_rest


def test_the_opening_sentence_says_that_the_loss_rose():
    assert re.match(r"Along .* the printed loss .* rises from 1\.178 over 2\.059 to 1\.689;",
                    explorers.whose_gradient().sentence)


def moved(explorer, **values):
    for name, value in values.items():
        explorer.controls[name].value = value
    return explorer


@pytest.mark.parametrize("values", [{}, {"step": 150}, {"data": 2, "formula": 1, "step": 0}, {"data": 1, "step": 5}])
def test_the_arrows_and_the_shaded_half_show_what_the_sentence_says(values):
    explorer = moved(explorers.whose_gradient(), **values)
    # The moving artists, by what they are in the picture.
    lines = [artist for artist in explorer.live.moving if hasattr(artist, "get_xydata")]
    vermillion, blue = [line for line in lines if line.axes.get_title(loc="left").startswith("Directions")]
    wedge, = [artist for artist in explorer.live.moving if hasattr(artist, "theta1")]
    true, claimed = (line.get_xydata()[1] for line in (vermillion, blue))
    degrees = numeric.angle(true, claimed)
    told = re.search(r"Step \d+: (.*?), and the formula", explorer.sentence)[1]
    assert degrees == pytest.approx(0 if "same" in told else values_in(told)[0], abs=0.51)
    turned = (np.degrees(np.arctan2(*claimed[::-1])) - wedge.theta1) % 360
    assert (turned < 180) == ("uphill" in told)
    for axes in ("The printed", "Angle"):   # the dot is on its line, where the slider is
        cursor, line, dot = [line for line in lines if line.axes.get_title(loc="left").startswith(axes)
                             and line.get_color() != vermillion.get_color()]
        assert cursor.get_xdata()[0] == dot.get_xdata()[0] == explorer.controls["step"].value
        assert dot.get_ydata()[0] == pytest.approx(np.interp(dot.get_xdata()[0], *line.get_data()), rel=0.02)


def test_without_a_sigmoid_and_with_cross_entropy_the_run_along_the_formula_is_still_drawn():
    explorer = moved(explorers.whose_gradient(), prediction=1, loss=2)
    seen = [artist for artist in explorer.live.moving if artist.get_visible()]
    assert any(getattr(artist, "get_text", str)() == "no loss to show" for artist in seen)
    cloud = [artist for artist in seen if artist.axes.get_title(loc="left").startswith("Predictions")
             and hasattr(artist, "get_xydata") and len(artist.get_xdata()) > 20]
    assert sum(np.isfinite(line.get_ydata()).all() for line in cloud) == 1


def test_the_stray_point_belongs_to_the_seven():
    explorer = moved(explorers.whose_gradient(), stray_x=2.0, stray_y=1.0)
    runs, losses, _ = both_ways(0, (2.0, 1.0), True, 0, 0, 0.01)
    check_way(re.search(r"Σe² (.+?);", explorer.sentence)[1], losses[0])
    before = moved(explorer, data=2).sentence
    assert explorer.controls["stray_x"].disabled and moved(explorer, stray_x=5.0).sentence == before
    assert not moved(explorer, data=0).controls["stray_x"].disabled


# ------------------------------------------------------------------------------------- a formula of the reader's own

def blog(X, y, w):
    return X.T.dot(calculus.sigmoid(X.dot(w)) - y) / X.shape[0]


def spoils(X, y, w):
    """As a beginner may write it: what it is given is no longer what it was."""
    z = X.dot(w)
    y -= calculus.sigmoid(z)
    w[:] = X.T.dot(-y) / len(y)
    X[:] = 0
    return w


@pytest.mark.parametrize("own", [blog, spoils, lambda X, y, w: list(blog(X, y, w))])
def test_an_own_formula_says_what_the_same_one_of_ours_says(own):
    explorer, ours = explorers.whose_gradient(own), explorers.whose_gradient()
    name = explorer.controls["formula"].label
    assert name == ("your formula" if own.__name__ == "<lambda>" else own.__name__)
    for values in ({}, {"step": 300}, {"data": 1}, {"data": 2, "loss": 2}, {"data": 0, "stray_x": 3.0, "step": 20}):
        assert moved(explorer, **values).sentence.replace(name, "Xᵀe / n") == moved(ours, **values).sentence
    assert moved(explorer, formula=2).sentence == moved(ours, formula=2).sentence


@pytest.mark.parametrize("degrees, length", [(30, 2.0), (60, 0.25), (120, 1.5), (180, 1.0)])
def test_the_gradient_turned_by_an_angle_is_that_angle_apart_at_every_step(degrees, length):
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))

    def turned(X, y, w):
        gradient = numeric.complex_step(lambda w: calculus.logistic_loss(X, y, w), w)
        return length * np.array([[cosine, -sine], [sine, cosine]]) @ gradient

    explorer = moved(explorers.whose_gradient(turned), loss=2)
    for values in ({"step": 0}, {"step": 400}, {"data": 2, "step": 50}):
        told = re.search(r"Step \d+: (.*?)\. [ST]", moved(explorer, **values).sentence)[1]
        side = "uphill" if degrees > 90 else "downhill"
        long = "just as long" if length == 1 else f"{length:g} times as long"
        assert told == f"{degrees} degrees apart, {side}, and the formula is {long}"


@pytest.mark.parametrize("own, said", [
    (lambda X, y, w: None, "Is a return missing?"), (lambda X, y, w: 3.0, r"has shape \(\); expected \(2,\)"),
    (lambda X, y, w: X.T @ X, r"has shape \(2, 2\)"), (lambda X, y, w: 1 / 0, "division by zero"),
    (lambda X, y, w: X.T @ (X * w), "mismatch|shape"), (lambda X, y: X, "argument")])
def test_what_cannot_be_shown_is_one_sentence_and_the_points(own, said):
    explorer = explorers.whose_gradient(own)
    assert explorer.sentence.startswith("your formula cannot be shown with the seven points: ")
    assert re.search(said, explorer.sentence) and len(explorer.sentence) <= explorer.room
    assert sum(artist.get_visible() for artist in explorer.live.moving) == 3   # the six, the stray one, its label
    assert "rises" in moved(explorer, formula=0).sentence


@pytest.mark.parametrize("name", ["formula", "loss", "blog"])
def test_the_code_of_an_own_formula_runs_where_that_has_a_name(name, capsys):
    def own(X, y, w):
        return blog(X, y, w)

    own.__name__ = name
    exec(explorers.whose_gradient(own).code(**explorers.whose_gradient(own).values()), {name: own})
    theirs = capsys.readouterr().out
    exec(explorers.whose_gradient().code(**explorers.whose_gradient().values()), {})
    assert values_in(theirs) == pytest.approx(values_in(capsys.readouterr().out))


def test_a_formula_for_two_weights_fails_on_one_alone():
    explorer = explorers.whose_gradient(lambda X, y, w: np.array([w[0], w[1]]))
    assert "Along your formula" in explorer.sentence
    assert "cannot be shown with the three points: index 1 is out of bounds" in moved(explorer, data=1).sentence


@pytest.mark.parametrize("own", [3, "X.T.dot(error)"])
def test_an_own_formula_is_a_function(own):
    with pytest.raises(TypeError, match="formula must be a function, got"):
        explorers.whose_gradient(own)


def test_own_formulas_of_any_values_draw_without_a_warning():
    """NaN, infinity, nothing, and what overflows."""
    for own in (lambda X, y, w: w * np.nan, lambda X, y, w: w + np.inf, lambda X, y, w: 0 * w,
                lambda X, y, w: np.exp(1e3 * w), lambda X, y, w: 1e200 * w):
        explorer = explorers.whose_gradient(own)
        for values in ({"step": 0}, {"step": 400}, {"data": 2, "loss": 1}, {"prediction": 1}, {"loss": 2}):
            assert moved(explorer, **values).sentence


# --------------------------------------------------------------------------------------------------- the training

def test_training_tells_the_truth():
    """Where the steps are too long, a run follows its rounding errors: compared are those that a nudge leaves alone."""
    X, y = data.moons()
    compared, seen = 0, sweep("training")[::14]
    for values, sentence, _ in seen:
        name, hidden, step = lesson07.ACTIVATIONS[values["activation"]], values["hidden"], values["step"]
        scheme = "he" if name == "relu" else "xavier"
        scale, step_size = two_digits(values["scale"]), two_digits(values["step_size"])
        layers = network.initial((2, *[16] * hidden, 1), np.random.default_rng(0), scheme, scale)
        first = network.sizes(network.gradient(layers, X, y, name)[1])
        if "flies apart" in sentence:
            continue
        right, steps, loss, share, stuck, units, *_ = values_in(sentence)
        assert (steps, units) == (step, 16 * hidden) and share == pytest.approx(first[0] / first[-1], rel=0.06)
        assert ("it vanishes" in sentence) == (first[0] / first[-1] < 0.01)
        truth, nudged = (trained_by_hand([a * factor for a in layers], X, y, step_size, name, step)
                         for factor in (1, 1 + 1e-9))
        if truth == pytest.approx(nudged, abs=1e-5):
            compared += 1
            assert (right, stuck) == (pytest.approx(truth[0]), truth[2]) and loss == pytest.approx(truth[1], rel=0.06)
    assert compared >= len(seen) / 2


@np.errstate(over="ignore", invalid="ignore")
def trained_by_hand(layers, X, y, step_size, activation, steps):
    """Percent of the points on the right side, loss, and stuck units, after some steps by the four equations."""
    for _ in range(steps):
        layers = [a - step_size * s for a, s in zip(layers, network.gradient(layers, X, y, activation)[1])]
    stuck = network.stuck_units(layers, X, activation)
    return (100 * network.accuracy(layers, X, y, activation), network.gradient(layers, X, y, activation)[0],
            sum(stuck.dead if activation == "relu" else stuck.saturated))


def test_the_default_training_reaches_97_percent_of_the_moons():
    assert values_in(explorers.training().sentence)[0] >= 97


@pytest.mark.parametrize("looks", [(300, 50, 10), (10, 300, 50), (50, 10, 300)])
def test_a_look_at_a_step_is_that_training_up_to_there(looks):
    """To the last bit, in whatever order they come."""
    X, y = data.moons()
    training = lesson07.Training(X, y, 1.0, "tanh", 2, 1.0)
    start = network.initial((2, 16, 16, 1), np.random.default_rng(0))
    for steps in looks:
        pupil, run = training.after(steps), network.train(start, X, y, 1.0, steps)
        assert all(np.array_equal(a, b) for a, b in zip(pupil.layers, run.layers))
        np.testing.assert_array_equal(pupil.losses, run.losses)
        np.testing.assert_array_equal(pupil.sizes, run.sizes)


@pytest.mark.parametrize("values", [{}, {"step": 20}, {"activation": 2, "scale": 10.0, "step": 5}])
def test_the_shade_lies_where_it_says_yes_and_purple_points_are_wrong(values):
    X, y = data.moons()
    explorer = moved(explorers.training(), **values)
    _, yes, wrong, losses, here, *_ = explorer.live.moving
    layers = network.initial((2, 16, 16, 1), np.random.default_rng(0), "he" if values.get("activation") else "xavier",
                             values.get("scale", 1.0))
    activation, step = lesson07.ACTIVATIONS[values.get("activation", 0)], values.get("step", 300)
    run = network.train(layers, X, y, 1.0, step, activation)
    nodes = np.stack(lesson07.GRID, axis=-1)[1:-1, 1:-1].reshape(-1, 2)
    says = network.forward(run.layers, nodes, activation)[-1][:, 0]
    assert 0.05 < np.mean(says > 0) < 0.95
    np.testing.assert_array_equal(yes.get_path().contains_points(nodes)[abs(says) > 1e-9], says[abs(says) > 1e-9] > 0)
    z = network.forward(run.layers, X, activation)[-1][:, 0]
    np.testing.assert_array_equal(wrong.get_xydata(), X[(z > 0) != y])
    assert here.get_xydata().tolist() == [[step, pytest.approx(network.cross_entropy(z, y))]]
    assert here.get_xydata()[0].tolist() in losses.get_xydata().tolist() or step not in losses.get_xdata()


def test_a_longer_training_goes_on_where_the_short_one_ends_and_can_be_stopped():
    explorer = explorers.training()
    (longer,), short = explorer.below, explorer.sentence
    explorer._button.value = True
    longer.button.click()
    assert "steps=6000" in explorer._listing.value   # the code is that of what is shown
    right, steps, *_ = values_in(explorer.sentence)
    assert steps == longer.bar.value * lesson07.CHUNK == 6000 and right >= 99
    assert longer.button.description == "train for 6,000 steps"

    async def stopped():
        run = asyncio.ensure_future(longer.play())
        await asyncio.sleep(0)
        assert longer.button.description == "stop"
        explorer.controls["hidden"].value = 3   # a move stops the long run, and shows its own
        await run
    asyncio.run(stopped())
    assert longer.bar.value < 3 and "3 hidden layers" in explorer.sentence
    explorer.controls["hidden"].value = 2
    assert explorer.sentence == short


@pytest.mark.parametrize("name, values, room", [
    ("whose_gradient", {"data": 2, "prediction": 1, "formula": 1, "step_size": 0.025, "step": 195}, lesson06.ROOM),
    ("training", {"activation": 1, "hidden": 5, "step_size": 6.3, "scale": 0.13, "step": 150}, lesson07.ROOM)])
def test_the_longest_sentence_fits_its_room(name, values, room):
    assert room - 40 <= len(moved(getattr(explorers, name)(), **values).sentence) <= room
