"""Every explorer, at every stop of every control: no exception, no warning, few bytes, and a true sentence."""

import asyncio
import functools
import itertools
import re

import matplotlib.pyplot
import numpy as np
import psutil
import pytest
from matplotlib.text import Text

from gradlib import calculus, cluster, data, descent, explorers, network, numeric, plots, theory
from gradlib.explorers import lesson01, lesson02, lesson06, lesson07, lesson08, lesson09, lesson10

NUMBER = r"(-?\d+\.?\d*(?:e[-+]?\d+)?)"
pytestmark = [pytest.mark.filterwarnings("error"), pytest.mark.usefixtures("foreign_settings")]


def stops(control):
    """Every value that a control can take by hand."""
    if hasattr(control, "options"):
        return [option[1] if isinstance(option, tuple) else option for option in control.options]
    if not hasattr(control, "step"):
        return [False, True]
    positions = control.min + control.step * np.arange(round((control.max - control.min) / control.step) + 1)
    positions = np.append(positions[positions < control.max - 1e-9], control.max)
    return control.base**positions if hasattr(control, "base") else positions


def settings(controls):
    """Every combination of stops; where they are too many, every stop of every control, and 80 combinations."""
    choices = list(map(stops, controls))
    if np.prod([len(choice) for choice in choices]) <= 1000:
        return itertools.product(*choices)
    begun = [control.value for control in controls]
    alone = [(*begun[:i], stop, *begun[i + 1:]) for i, choice in enumerate(choices) for stop in choice]
    rng = np.random.default_rng(0)
    return alone + [[choice[rng.integers(len(choice))] for choice in choices] for _ in range(80)]


@functools.cache
def sweep(name):
    """What happens at `settings`, switches outermost: a list of (values, sentence, bytes sent)."""
    explorer = getattr(explorers, name)()
    controls = dict(sorted(explorer.controls.items(), key=lambda item: len(stops(item[1]))))
    for control in controls.values():
        control.unobserve(explorer._move, "value")   # one move for each setting, not one for each of its values
    seen = []
    for values in settings(controls.values()):
        for control, value in zip(controls.values(), values):
            control.value = value
        explorer._move()
        now = {name: control.value for name, control in controls.items()}
        seen.append((now, explorer.sentence, len(explorer._layer.value) + len(explorer._words.value)))
    return seen


def numbers(pattern, sentence):
    found = re.search(pattern.replace("#", NUMBER), sentence.replace("−", "-"))
    assert found, sentence
    return [float(group) for group in found.groups()]


@pytest.mark.parametrize("name", explorers.__all__)
def test_messages_are_small_at_every_stop(name):
    assert max(sent for _, _, sent in sweep(name)) <= 10_000


@pytest.mark.parametrize("name", explorers.__all__)
def test_controls_have_names_and_a_still_picture_exists(name):
    explorer = getattr(explorers, name)()
    assert all(control.description for control in explorer.controls.values())
    bundle = explorer._repr_mimebundle_()
    assert len(bundle["image/png"]) * 3 / 4 <= 30_000
    assert bundle["text/plain"] == explorer.sentence and len(explorer.sentence) > 30


@pytest.mark.parametrize("name", explorers.__all__)
def test_no_title_label_or_note_is_cut_off_at_the_edge_of_the_picture(name):
    live = getattr(explorers, name)().live
    for fig in [page.figure for page in getattr(live, "pages", [live])]:
        for text in written(fig):
            box = text.get_window_extent()
            assert fig.bbox.padded(1).containsx(box.x0) and fig.bbox.padded(1).containsx(box.x1), text
            assert fig.bbox.padded(1).containsy(box.y0) and fig.bbox.padded(1).containsy(box.y1), text


def written(fig):
    """All texts that are seen, but for the numbers along the axes, which Matplotlib also keeps where none is shown."""
    numbers = {label for ax in fig.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels(which="both")}
    return [text for text in set(fig.findobj(Text)) - numbers if text.get_visible() and text.get_text().strip()]


# In each of their moves hundreds of steps are computed: here fewer, by the same code.
SHORTER_RUNS = {"whose_gradient": (lesson06, "STEPS", 40), "training": (lesson07, "STEPS", 30),
                "optimizer_race": (lesson09, "STEPS", 15), "guesses": (lesson10, "BUDGET", 40)}


@pytest.mark.parametrize("name", explorers.__all__)
def test_hundreds_of_moves_leave_no_figure_and_no_memory(name, monkeypatch):
    if name in SHORTER_RUNS:
        monkeypatch.setattr(*SHORTER_RUNS[name])
    explorer = getattr(explorers, name)()
    control = next(iter(explorer.controls.values()))
    values = np.resize(stops(control), 700)
    for value in values[:200]:   # first the caches fill
        control.value = value
    before = psutil.Process().memory_info().rss
    for value in values[200:]:
        control.value = value
    assert psutil.Process().memory_info().rss - before <= 2**20
    assert matplotlib.pyplot.get_fignums() == []


def test_two_roads_tells_the_truth():
    X, y = data.penguins("flipper")
    X, y = X - X.mean(), y - y.mean()
    for values, sentence, _ in sweep("two_roads"):
        w = [values["w"]]
        slope = numeric.complex_step(lambda w: calculus.linear_loss(X, y, w), w)[0]
        said_w, loss, by_calculus, by_backprop = numbers(
            "w = #: the loss is #. Its slope by calculus is #, by backprop #.", sentence)
        assert said_w == pytest.approx(w[0], abs=0.0051)
        assert loss == pytest.approx(calculus.linear_loss(X, y, w), abs=5.1e-5)
        assert by_calculus == by_backprop == pytest.approx(slope, abs=5.1e-10)
        assert ("larger w" in sentence) == (slope <= -0.01) and ("smaller w" in sentence) == (slope >= 0.01)


def test_line_and_landscape_tells_the_truth():
    X, y = data.penguins("flipper")
    both = calculus.add_ones(X - X.mean())
    for values, sentence, _ in sweep("line_and_landscape"):
        weights = np.array([values["w"], values["b"]])
        said_w, said_b, loss, dw, db = numbers(
            r"Weight #, bias #: the loss is #. The gradient is \(#, #\)", sentence)
        assert [said_w, said_b] == pytest.approx(weights, abs=0.0051)
        assert loss == pytest.approx(calculus.linear_loss(both, y, weights), abs=5.1e-5)
        slopes = numeric.complex_step(lambda w: calculus.linear_loss(both, y, w), weights)
        assert [dw, db] == pytest.approx(slopes, abs=5.1e-4)
        for words, slope in (("weight", slopes[0]), ("bias", slopes[1])):
            assert (f"raise the {words}" in sentence) == (slope <= -lesson01.FLAT)
            assert (f"lower the {words}" in sentence) == (slope >= lesson01.FLAT)


def test_the_gradient_arrow_stays_in_the_picture():
    X, y = data.penguins("flipper")
    X = X - X.mean()
    for w, b in itertools.product(lesson01.W_RANGE, lesson01.B_RANGE):
        (dw,), db = calculus.linear_gradient(X, y, [w], b)
        assert lesson01.W_VIEW[0] < w + lesson01.ARROW * dw < lesson01.W_VIEW[1]
        assert lesson01.B_VIEW[0] < b + lesson01.ARROW * db < lesson01.B_VIEW[1]


def test_step_size_tells_the_truth():
    X, y = data.penguins("flipper", "bill")
    X, y = X - X.mean(axis=0), y - y.mean()
    start = np.array([-0.5, 0.6])
    for values, sentence, _ in sweep("step_size"):
        features = X / X.std(axis=0) if values["standardise"] else X
        eta, limit = values["step_size"], theory.step_limit(features)
        said, fraction, said_limit = numbers("Step size #, # of the limit #:", sentence)
        assert [said, said_limit] == pytest.approx([eta, limit], rel=5.1e-3)
        assert fraction == pytest.approx(eta / limit, abs=0.0051)
        assert ("it leaves" in sentence) == (eta > limit)
        if eta > limit:
            measured, predicted = numbers("every step is # times the step before; predicted #.", sentence)
            assert measured == predicted == pytest.approx(theory.growth(features, eta), abs=5.1e-7)
        else:
            assert ("zigzags" in sentence) == (theory.growth(features, eta) < 0)
            excess = (theory.predicted_losses(features, y, start, eta, 40)[-1]
                      - calculus.linear_loss(features, y, calculus.least_squares(features, y)))
            if excess < 1e-10:
                assert sentence.endswith("is less than 1e-10 above the lowest; predicted less than 1e-10.")
            else:
                measured, predicted = numbers("the loss is # above the lowest; predicted #.", sentence)
                assert [measured, predicted] == pytest.approx([excess] * 2, rel=6e-4)


def test_whose_gradient_tells_the_truth():
    names = ["sse", "half_mse", "cross_entropy"]
    for values, sentence, _ in sweep("whose_gradient"):
        X, y, start = lesson06.DATA[values["data"]][1:]
        loss, bent = names[values["loss"]], values["prediction"] == 0
        if loss == "cross_entropy" and not bent:
            assert sentence.startswith("Cross-entropy asks for predictions between 0 and 1")
            continue
        claimed, true, measure = both_roads(X, y, loss, bent, values["formula"])
        angle, length = lesson_06_arrows(claimed(start), true(start))
        said_length = 1.0 if "just as long" in sentence else numbers("# times as long", sentence)[0]
        assert said_length == pytest.approx(length, rel=6e-3)
        said_angle = 0.0 if "same direction" in sentence else numbers("# degrees apart", sentence)[0]
        assert said_angle == pytest.approx(angle, abs=0.51)
        ends = [descend(road, start, values["step_size"]) for road in (claimed, true)]
        for end, pattern in zip(ends, (r"to (\S+), the gradient", r"the gradient to (\S+)\.$")):
            said = float(re.search(pattern, sentence)[1].replace("infinity", "inf"))
            assert said == np.inf if end is None else said == pytest.approx(measure(end), rel=6e-4)


def both_roads(X, y, loss, bent, formula):
    """The formula as the blog writes it, the gradient by the complex step, and the loss, as functions of w."""
    measure = calculus.logistic_loss if bent else calculus.linear_loss

    def claimed(w):
        p = calculus.sigmoid(X @ w) if bent else X @ w
        return X.T @ [(p - y) / len(y), p - y, (p - y) * p * (1 - p)][formula]

    def loss_at(w):
        return measure(X, y, w, loss=loss)
    return claimed, functools.partial(numeric.complex_step, loss_at), loss_at


def lesson_06_arrows(a, b):
    """The angle between two arrows in degrees, and how many times as long the first is."""
    cosine = a @ b / np.sqrt(a @ a) / np.sqrt(b @ b)
    return np.degrees(np.arccos(min(1, max(-1, cosine)))), np.sqrt(a @ a / (b @ b))


def descend(gradient, w, step_size):
    """The weights after 400 steps; None where they fly apart."""
    for _ in range(400):
        w = w - step_size * gradient(w)
        if not np.abs(w).max() <= 2e12:
            return None
    return w


def test_training_tells_the_truth():
    """Where the steps are too long, a run follows its rounding errors: compared are those that a nudge leaves alone."""
    X, y = data.moons()
    compared, seen = 0, sweep("training")[::14]
    for values, sentence, _ in seen:
        name, hidden = lesson07.ACTIVATIONS[values["activation"]], values["hidden"]
        scheme = "he" if name == "relu" else "xavier"
        layers = network.initial((2, *[16] * hidden, 1), np.random.default_rng(0), scheme, values["scale"])
        first = network.sizes(network.gradient(layers, X, y, name)[1])
        if "flies apart" not in sentence:
            share, = numbers("first layer's slope is # times", sentence)
            assert share == pytest.approx(first[0] / first[-1], rel=0.06)
            truth, nudged = (trained_by_hand([a * factor for a in layers], X, y, values["step_size"], name)
                             for factor in (1, 1 + 1e-9))
            if truth == pytest.approx(nudged, abs=1e-5):
                compared += 1
                steps, right, loss = numbers("after # steps # % of the points .* side, loss #. ", sentence)
                assert (steps, right) == (300, pytest.approx(truth[0])) and loss == pytest.approx(truth[1], rel=0.06)
    assert compared >= len(seen) / 2


@np.errstate(over="ignore", invalid="ignore")
def trained_by_hand(layers, X, y, step_size, activation):
    """Percent of the points on the right side, and loss, after 300 steps by the four equations."""
    for _ in range(300):
        layers = [a - step_size * s for a, s in zip(layers, network.gradient(layers, X, y, activation)[1])]
    return 100 * network.accuracy(layers, X, y, activation), network.gradient(layers, X, y, activation)[0]


def test_the_default_training_reaches_97_percent_of_the_moons():
    assert numbers("# % of the points", explorers.training().sentence)[0] >= 97


def test_a_longer_training_goes_on_where_the_short_one_ends_and_can_be_stopped():
    explorer = explorers.training()
    longer, short = explorer.children[-1], explorer.sentence
    longer.button.click()
    steps, right = numbers("after # steps # %", explorer.sentence.replace(",", ""))
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


def test_step_and_batch_tells_the_truth():
    X, y = lesson08.birds()
    for values, sentence, _ in sweep("step_and_batch"):
        eta, size, manner = values["step_size"], values["batch_size"], lesson08.BATCHES[values["batches"]]
        said, said_size, limit, seen = numbers(r"Step size #, \w+ batches of #: .* is #. After # examples",
                                               re.sub(r"(?<=\d),(?=\d)", "", sentence))
        assert (said, said_size, seen) == (pytest.approx(eta, rel=6e-3), size, 60 * size)
        assert limit == pytest.approx(theory.mean_square_limit(X, size), rel=6e-3)
        runs = descent.many_runs(X, y, lesson08.START, eta, size, 60, 40, np.random.default_rng(values["dice"]), manner)
        lowest = calculus.linear_loss(X, y, calculus.least_squares(X, y))
        with np.errstate(over="ignore", invalid="ignore"):
            excess = ((runs[-1] @ X.T - y) ** 2).mean(axis=1) / 2 - lowest
        if "on average they leave" in sentence:
            assert (f"{(excess > 1).sum()} of 40 runs are more than 1 kg²" in sentence)
            assert eta > 0.9 * limit
        else:
            mean, = numbers("the mean of 40 runs is # kg²", sentence)
            assert mean == pytest.approx(excess.mean(), rel=0.06, abs=1e-9)
            if manner == "fresh":
                assert eta < limit * 1.006
                predicted, floor = numbers("predicted #. They settle at #", sentence)
                assert floor == pytest.approx(theory.noise_floor(X, y, eta, size), rel=0.06)
                assert predicted == pytest.approx(
                    theory.expected_excess(X, y, lesson08.START, eta, size, 60)[-1], rel=0.06)


def test_the_optimizer_race_tells_the_truth():
    tracks = lesson09.bowl(), lesson09.rosenbrock(), lesson09.two_moons()
    for values, sentence, _ in sweep("optimizer_race"):
        track = tracks[values["track"]]
        assert f"On {track.name}, with {values['factor']:.3g} times" in sentence
        rule, = re.findall(r"(?:after 150 steps: |, )(?:SGD) ([\d.e+−-]+|has flown apart)", sentence)
        w, eta = track.start, values["factor"] * track.step_sizes[0]
        with np.errstate(over="ignore", invalid="ignore"):
            farthest = 0
            for t in range(150):
                step = eta * (1 + np.cos(np.pi * t / 150)) / 2 if values["schedule"] else eta
                w = w - step * track.loss_and_gradient(w)[1]
                farthest = max(farthest, np.abs(w).max())
            loss = track.loss_and_gradient(w)[0]
        if rule == "has flown apart":   # whatever it did afterwards
            assert not (loss < 1e6 and farthest < 1e12)
        elif values["track"] < 2 and loss > 1e-12:
            assert float(rule.replace("−", "-")) == pytest.approx(loss, rel=0.06)
        ends = {name: float(end) for name, end in re.findall(r"(\w+) ([\d.]+e[+-]\d+)", sentence)}
        assert ("None has come home" in sentence) == (not ends)
        if ends:
            assert ends[re.search(r"Lowest: (\w+)", sentence)[1]] == min(ends.values())


def test_measured_growth_equals_the_predicted_one_to_12_digits():
    for setting in lesson02.settings():
        limit = theory.step_limit(setting.X)
        for eta in limit * np.geomspace(1.001, 30, 40):
            assert lesson02.measured_growth(setting.run(eta), setting.X) == pytest.approx(
                theory.growth(setting.X, eta), rel=1e-12)


UNITS = {"s": 1, "ms": 1e-3, "µs": 1e-6, "rows": 1, "million rows": 1e6, "billion rows": 1e9}


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

        time, said_rows, share = amounts("(?:takes?) # for a step over # .#(?: %) talk", sentence)
        assert (time, said_rows) == (pytest.approx(step(rows, workers), rel=0.051), rows)
        assert share == pytest.approx(100 * (1 - step(rows, workers, 0) / step(rows, workers)), abs=0.51)
        twice, doubled = amounts("# need #", sentence)
        assert (twice, doubled) == (2 * workers, pytest.approx(step(rows, 2 * workers), rel=0.051))
        saved = {k: 1 - step(rows, 2 * k) / step(rows, k) for k in 2 ** np.arange(1, 11)}
        little = [k for k in saved if saved[k] < 0.25 - 1e-12]
        assert amounts("From # workers on", sentence) == [min(little)] if little else "Up to 1,024" in sentence
        gained, each = amounts("gains # digits of the loss, # each", sentence)
        assert gained == pytest.approx(np.log10(1 + rows / (d + 1)), rel=0.051)
        assert each == pytest.approx(digit(rows, workers), rel=0.051)
        fastest, best = amounts(r"The fastest digit takes # .#", sentence)
        assert fastest == pytest.approx(digit(every, workers).min(), rel=0.06)
        assert digit(best, workers) <= 1.01 * digit(every, workers).min()
        assert amounts("Critical batch: #", sentence) == [d + 1]
        if workers > 1:
            alone, = amounts("one needs #", sentence)
            assert alone == pytest.approx(step(rows, 1), rel=0.051)
            fastest, best = amounts("with one worker # .#", sentence)
            assert (fastest, best) == (pytest.approx(digit(1e3, 1), rel=0.051), 1e3)


@pytest.mark.parametrize("seconds_per_row, talk", [(3e-9, 0.04), (2e-7, 0.001)])
def test_many_machines_draws_the_two_numbers_that_it_is_given(seconds_per_row, talk):
    """The workers are faster than one exactly from `crossing` on, and most is talk where the lines of both cross."""
    explorer, model = explorers.many_machines(seconds_per_row, talk), cluster.PerStep(seconds_per_row, talk)
    explorer.controls["workers"].value = 4
    many, few, computing, talking, both, curve, *_, now, here, best = explorer.live.moving
    alone, = (line for line in curve.axes.lines if line.get_color() == plots.GREY)
    np.testing.assert_array_equal(curve.get_ydata() < alone.get_ydata(), curve.get_xdata() > model.crossing(4))
    assert set(talking.get_ydata()) == {talk} and computing.get_ydata()[0] == pytest.approx(1e7 * seconds_per_row)
    assert many.get_x() == pytest.approx(max(2**0.5, 1e7 * seconds_per_row / talk))   # one worker never talks
    assert seconds_per_row * (few.get_x() + few.get_width()) / 4 == pytest.approx(talk, rel=1e-3)
    assert now.get_ydata()[0] == both.get_ydata()[2] == pytest.approx(model.time(1e7, 4))
    assert here.get_ydata() == pytest.approx(model.digit(theory.digits_per_step(10**7, 20), 1e7, 4))
    assert best.get_ydata() == curve.get_ydata().min()


@pytest.mark.parametrize("name", ["seconds_per_row", "talk"])
def test_many_machines_asks_for_positive_numbers(name):
    for bad, kind in ((0, ValueError), (-1.0, ValueError), ("fast", TypeError)):
        with pytest.raises(kind, match=f"{name} must be a positive number, got"):
            explorers.many_machines(**{name: bad})
