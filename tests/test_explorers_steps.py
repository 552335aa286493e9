"""The explorers of lessons 08 and 09: what they say and show, worked out a second time, and with data of a reader's."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from gradlib import calculus, descent, explorers, plots, theory
from gradlib.explorers import lesson08, lesson08_ground, lesson08_outcome, lesson09, lesson09_picture

from .test_explorers import sweep
from .test_explorers_code import numbers

pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def found(pattern, sentence):
    """The numbers at the places of #."""
    place = r"([−\d.,]+(?: × 10[⁻⁰¹²³⁴-⁹]+)?|zero but for rounding|beyond a computer's numbers)"
    match = re.search(pattern.replace("#", place), sentence)
    assert match, sentence
    words = {"zero": 0.0, "beyond": np.inf}
    return [words[text.split()[0]] if text[0] in "zb" else numbers(text.rstrip(",."))[0].value
            for text in match.groups()]


# ------------------------------------------------------------------------------------------ step size and batch size

def runs_again(ground, values, count):
    """The loss above the lowest of the same runs, as a difference of losses, at the start and at the end."""
    X, y = ground.X, ground.y
    with np.errstate(over="ignore", invalid="ignore"):
        runs = descent.many_runs(X, y, ground.start, values["step_size"], values["batch_size"], values["steps"], count,
                                 np.random.default_rng(values["dice"]), manner(ground, values))[[0, -1]]
        loss = ((runs @ X.T - y) ** 2).mean(axis=-1) / 2 - calculus.linear_loss(X, y, calculus.least_squares(X, y))
    return np.nan_to_num(loss, nan=np.inf)


def manner(ground, values):
    return ("fresh", "shuffled")[values["batches"]] if values["batch_size"] < len(ground.X) else "fresh"


def check(ground, values, sentence):
    """Whether all is true that the sentence says."""
    X, y, eta, size, steps = ground.X, ground.y, values["step_size"], values["batch_size"], values["steps"]
    count = int(re.search(r"of (\d+) runs", sentence)[1])
    start, end = runs_again(ground, values, count)
    tiny = 1e-13 * (start[0] + np.square(y).mean())   # what a difference of losses loses
    with np.errstate(over="ignore"):
        assert found("^Measured #", sentence) == [pytest.approx(end.mean(), rel=0.051, abs=tiny)]
    assert numbers(f"{eta:.2g}")[0].value in [number.value for number in numbers(sentence)]
    limit = float(re.search(r"limit ([\d.]*\d)", sentence)[1])
    assert limit == pytest.approx(theory.mean_square_limit(X, size), rel=6e-3)
    if ", no floor:" in sentence or "no floor is" in sentence:
        check_without_floor(ground, values, sentence, start, end)
    elif manner(ground, values) == "fresh":
        expected = theory.expected_excess(X, y, ground.start, eta, size, 2000)
        floor = theory.noise_floor(X, y, eta, size)
        predicted, said_floor = found(r"predicted #, floor # ", sentence)
        assert (predicted, said_floor) == (pytest.approx(expected[steps], rel=0.051), pytest.approx(floor, rel=0.051))
        check_whether_settled(sentence, np.abs(expected - floor) <= 0.1 * floor, steps, end, floor)
    else:
        within = theory.shuffled_floor(X, y, eta, size)
        here, low, high = found(r"floor about # .*the floor goes from # to #[,;]", sentence)
        assert [here, low, high] == pytest.approx([within[steps % (len(within) - 1)], within.min(), within.max()],
                                                  rel=0.051)
        assert "not predicted" in sentence
        assert (f"last batch holds {len(X) % size};" in sentence) == (len(X) % size > 0)
        whole = theory.predicted_losses(X, y, ground.start, eta, 2000)
        away = whole - calculus.linear_loss(X, y, calculus.least_squares(X, y))
        check_whether_settled(sentence, away <= 0.1 * within.min(), steps, end, within[steps % (len(within) - 1)])


def check_without_floor(ground, values, sentence, start, end):
    X, y, size = ground.X, ground.y, values["batch_size"]
    floors = (theory.noise_floor if manner(ground, values) == "fresh" else theory.shuffled_floor)(
        X, y, values["step_size"], size)
    if "there is no noise" in sentence:
        assert np.max(floors) < 1e-12 * start[0] and ("in every step" in sentence) == (size == len(X))
    else:
        assert np.isinf(floors).all()
        higher, of = map(int, re.search(r"(\d+) of (\d+) runs have a higher loss than at the start", sentence).groups())
        assert (higher, of) == (np.sum(~(end <= start)), len(end))
        assert size < len(X) or "single runs may stay near" not in sentence   # they all take the same steps
        assert "numbers kg²" not in sentence


def check_whether_settled(sentence, near, steps, end, floor):
    """Settled is what is predicted to stay near the floor, and is there, give or take chance."""
    after = 0 if near.all() else 1 + np.flatnonzero(~near)[-1]
    if after > steps:
        takes = re.search(r"not settled, that takes (?:about |(more than ))?([\d,]+) steps", sentence)
        assert takes and int(takes[2].replace(",", "")) == min(after, 2000) and bool(takes[1]) == (after > 2000)
        return
    error = end.std() / len(end) ** 0.5
    assert ("settled, to within chance" in sentence) != ("settled by the prediction, but" in sentence)
    if abs(end.mean() - floor) <= 2 * error:
        assert "to within chance" in sentence
    if "to within chance" in sentence:   # the spread of few runs may come out too small
        assert abs(end.mean() - floor) <= 2 * max(error, 1.7 * floor / len(end) ** 0.5)


def test_step_and_batch_tells_the_truth():
    ground = lesson08.lesson_ground(*lesson08.birds(), lesson08.START, lesson08.VIEW, lesson08.BATCH_SIZES)
    kinds = set()
    for values, sentence, _ in sweep("step_and_batch"):
        check(ground, {**values, "step_size": float(f"{values['step_size']:.2g}")}, sentence)
        kinds |= {kind for kind in ("no floor:", "no floor is", "there is no noise", "not settled", "within chance",
                                    "by the prediction", "last batch") if kind in sentence}
    assert len(kinds) == 7


@pytest.mark.parametrize("name", ["step_and_batch", "optimizer_race"])
def test_the_longest_sentence_has_room(name):
    longest = max(len(sentence) for _, sentence, _ in sweep(name))
    assert longest <= getattr(explorers, name)().room <= longest + 40


@settings(max_examples=25)
@given(some.integers(8, 60), some.integers(1, 4), some.floats(-3, 3), some.integers(0, 10**6))
def test_what_is_said_of_a_readers_data_is_true(n, d, size, seed):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) @ rng.standard_normal((d, d)) + 5
    if theory.condition_number(X - X.mean(axis=0)) > 1e4:
        return
    ground = lesson08_ground.ground_of(X, 10**size * (X.sum(axis=1) + rng.exponential(size=n)))
    values = {"step_size": 0.3, "batch_size": int(rng.choice(ground.batch_sizes)), "steps": 60,
              "batches": int(rng.integers(2)), "dice": 1}
    with np.errstate(over="ignore", invalid="ignore"):
        sentence = lesson08.sentence(lesson08_outcome.outcome_of(ground, **values))
    if theory.mean_square_limit(ground.X, values["batch_size"]) > 0.3:   # else the limit may round to the step size
        check(ground, values, sentence)
    np.testing.assert_allclose(ground.X[:, :d].std(axis=0), 1)
    np.testing.assert_allclose(ground.y.mean(), 0, atol=1e-9 * ground.y.std())


def test_a_readers_picture_has_the_readers_names():
    rng = np.random.default_rng(0)
    X, y = rng.standard_normal((40, 2)), rng.standard_normal(40)
    explorer = explorers.step_and_batch(X, y, ("size (m²)", "rooms", "rent (€)"))
    valley, curve, chart = explorer.live.figure.axes
    assert "size" in valley.get_xlabel() and "rooms" in valley.get_ylabel() and "(€²)" in curve.get_ylabel()
    assert " €²: " in explorer.sentence and explorer.stops("batch_size")[-1][0] == 40
    assert explorers.step_and_batch(X[:, 0], y).live.figure.axes[0].get_ylabel().startswith("bias")


@pytest.mark.parametrize("X, y, told", [
    ([[1, 2]] * 3, [1, 2, 3], "X has 3 rows"), (np.eye(1001)[:, :2], range(1001), "X has 1001 rows"),
    (np.eye(9)[:, :5], range(9), "X has 5 columns"), ([[i, 7] for i in range(9)], range(9), "x2 holds one number only"),
    ([[i, i * i] for i in range(9)], [4] * 9, "y holds one number only"), (range(9), None, "y is missing"),
    ([[i, 3 * i] for i in range(9)], range(9), "the columns of X say the same")])
def test_what_cannot_be_shown_gets_one_sentence(X, y, told):
    with pytest.raises(ValueError, match=told):
        explorers.step_and_batch(X, y)


def test_the_ring_is_the_predicted_cloud_and_every_name_has_the_colour_of_its_line():
    explorer = explorers.step_and_batch()
    X, y = lesson08.birds()
    update, moving = explorer._update, explorer.live.moving
    texts = {text.get_text().strip(): text.get_color() for text in moving if hasattr(text, "get_text")}
    lines = {line.get_color() for line in moving if not hasattr(line, "get_text")}
    assert set(texts.values()) == lines == {plots.BLUE, plots.BLACK, plots.GREEN}
    assert [texts[words] for words in ("predicted", "floor", "mean of 40 runs")] == [
        plots.BLACK, plots.GREEN, plots.BLUE]
    ring, chosen = moving[6:8]
    update(step_size=0.2, batch_size=6, steps=60, batches=0, dice=1)
    around = np.transpose(ring.get_data()) - calculus.least_squares(X, y)
    C = theory.stationary_covariance(X, y, 0.2, 6)
    np.testing.assert_allclose(np.einsum("ti,ij,tj->t", around, np.linalg.inv(C), around), 4)
    update(step_size=0.05, batch_size=342, steps=60, batches=1, dice=1)
    assert (chosen.get_xdata()[0], chosen.get_ydata()[0], len(ring.get_xdata())) == (0.05, 342, 0)


@pytest.mark.parametrize("batch_size", [38, 114])
def test_the_cloud_of_shuffled_epochs_has_the_predicted_shape(batch_size):
    X, y = lesson08.birds()
    per_epoch = 342 // batch_size
    runs = descent.many_runs(X, y, calculus.least_squares(X, y), 0.3, batch_size, 20 * per_epoch, 1000,
                             np.random.default_rng(0), "shuffled")
    clouds = theory.shuffled_covariance(X, y, 0.3, batch_size)
    for phase in (0, per_epoch // 2):
        measured = np.cov(runs[19 * per_epoch + phase].T)
        np.testing.assert_allclose(measured, clouds[phase], atol=0.1 * clouds[phase].trace())


# ---------------------------------------------------------------------------------------------- the race of the rules

def ends_said(sentence):
    """{rule: loss} in the order of the sentence, and those that have flown apart."""
    said = re.findall(r"(SGD|momentum|Nesterov|RMSProp|Adam) ([\d.,]+(?: × 10[⁻⁰¹²³⁴-⁹]+)?|0)(?=[,.] )", sentence)
    apart = re.search(r"Flown apart: ([^.]*)\.", sentence)
    return {rule: numbers(text)[0].value for rule, text in said}, apart[1].split(", ") if apart else []


def test_the_optimizer_race_tells_the_truth():
    tracks = lesson09.bowl(), lesson09.rosenbrock(), lesson09.two_moons()
    for values, sentence, _ in sweep("optimizer_race"):
        track, step, factor = tracks[values["track"]], values["step"], float(f"{values['factor']:.2g}")
        ends, apart = ends_said(sentence)
        shown = {name for name in lesson09_picture.LOOKS if values[name]}
        assert {*ends, *apart} == shown and list(ends.values()) == sorted(ends.values())
        assert f"{track.name[1:]}, {factor:g} times the step sizes" in sentence
        assert ("against the weights" in sentence) == (values["turn"] > 0 and values["track"] < 2)
        if not shown:
            assert sentence.startswith("No rule is switched on.")
        if ends:
            assert sentence.startswith(f"After {step} step") and f"{next(iter(ends))} is lowest" in sentence
        if "SGD" in shown and (values["track"] < 2 or "SGD" in apart):
            loss, farthest = plain_descent(track, factor * track.step_sizes[0], values["schedule"], step)
            if "SGD" in apart:   # whatever it did afterwards
                assert not (loss < 1e6 and farthest < 1e12)
            elif loss > 1e-12:
                assert ends["SGD"] == pytest.approx(loss, rel=0.06)


def plain_descent(track, eta, cosine, steps):
    """The loss after so many steps, without a turn (which changes nothing for SGD), and the farthest weight."""
    w, farthest = track.start, 0
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(steps):
            w = w - (eta * (1 + np.cos(np.pi * t / 150)) / 2 if cosine else eta) * track.loss_and_gradient(w)[1]
            farthest = max(farthest, np.abs(w).max())
        return track.loss_and_gradient(w)[0], farthest


def test_a_turn_moves_only_the_rules_that_adapt_each_weight():
    straight, turned = (lesson09.race(lesson09.bowl(), turn=degrees) for degrees in (0, 45))
    for name, (weights, _) in straight.items():
        same = np.allclose(weights, turned[name][0], atol=1e-9)
        assert same == (name in ("SGD", "momentum", "Nesterov"))
        assert turned[name][0][0] == pytest.approx(weights[0])
    assert f"{turned['RMSProp'][1][100]:.1e} {turned['Adam'][1][100]:.1e}" == "2.5e-02 1.9e-03"   # as the lesson's cell
    quarter = lesson09.race(lesson09.bowl(), turn=90)["RMSProp"][1]
    np.testing.assert_allclose(quarter[:100], straight["RMSProp"][1][:100], rtol=1e-6)   # the axes have changed places


def test_every_rule_has_its_name_at_its_line_in_both_panels_until_it_is_muted():
    explorer = explorers.optimizer_race()
    values = explorer.values()
    for track in range(3):
        for step in (1, 20, 150):
            explorer._update(**{**values, "track": track, "step": step, "Adam": False})
            figure = explorer.live.page.figure
            for ax in figure.axes:
                said = [text.get_text() for text in ax.texts if text.get_text() in lesson09_picture.LOOKS]
                assert set(said) <= set(lesson09_picture.LOOKS) - {"Adam"} and len(said) == len(set(said))
                assert ax is figure.axes[0] or len(said) == 4
    heights = lesson09_picture._apart([0.03, 0.03, 0.03, 0.97, 0.97])
    assert (np.diff(heights) > 0.05).all() and heights[-1] == 0.97
