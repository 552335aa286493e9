"""The stepper and the cost explorer: every sentence and every number in the picture against independent arithmetic."""

import functools
import itertools
import re

import numpy as np
import pytest

from gradlib import explorers, numeric, plots
from gradlib.autodiff import backward, cost, layered, operations, paths
from gradlib.explorers import lesson03, lesson05

pytestmark = pytest.mark.filterwarnings("error")
NUMBER = r"(−?\d[\d,.]*\d|\d)"


def value(text):
    """A number as the sentences write it: 1,234 or −0.5 or 4.6 × 10²⁶ or 10²⁰."""
    factor, ten, power = re.fullmatch(r"(?:([\d,.−]+)(?: × |$))?(?:(10)([⁰¹²³⁴⁵⁶⁷⁸⁹]+))?", text).groups()
    plain = float((factor or "1").replace(",", "").replace("−", "-"))
    return plain * 10.0**int("".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".index(digit)) for digit in power)) if ten else plain


def computed(text):
    """The arithmetic that a sentence writes out."""
    return eval(text.replace("×", "*").replace("−", "-").replace("²", "**2"), {"__builtins__": {}})


def inside_and_apart(axes, texts):
    """No text leaves the figure, none covers another."""
    figure = axes[0].figure
    figure.canvas.draw()
    boxes = [text.get_window_extent(figure.canvas.get_renderer()) for text in texts if text.get_text()]
    assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.width and box.y1 <= figure.bbox.height
               for box in boxes)
    return not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


# --------------------------------------------------------------------------------------------- the stepper

# Every graph once more, in plain Python: the rule of each box in the order of computing, and the inputs.
RULES = [
    ({"a": lambda v: 3 * v["x"], "b": lambda v: v["a"] + 2, "L": lambda v: v["b"]**2}, {"x": 1}, set()),
    ({"a": lambda v: v["x"] * v["y"], "m": lambda v: v["a"] * v["x"], "L": lambda v: v["m"] + v["a"]},
     {"x": 2, "y": 3}, set()),
    ({"m": lambda v: v["w"] * v["x"], "p": lambda v: v["m"] + v["b"], "e": lambda v: v["p"] - v["y"],
      "s": lambda v: v["e"]**2, "L": lambda v: v["s"] / 2}, {"w": 2, "x": 4, "b": 1, "y": 6}, {"x", "y"}),
]
LOSSES = [lambda x: (3 * x + 2)**2, lambda x, y: x * y * x + x * y, lambda w, x, b, y: (w * x + b - y)**2 / 2]
MAKERS = [lesson03.chain, lesson03.fan_out, lesson03.regression]
every_graph = pytest.mark.parametrize("graph", range(3))


def run(graph, forced=()):
    """All values by name, some of them forced."""
    rules, inputs, _ = RULES[graph]
    values = inputs | dict(forced)
    for name, rule in rules.items():
        if name not in values:
            values[name] = rule(values)
    return values


def slope(graph, name):
    """dL/d(name) by a nudge of that value alone."""
    return numeric.central_difference(lambda x: run(graph, {name: x})["L"], float(run(graph)[name]))


def local_slope(graph, target, source):
    values = run(graph)
    return numeric.central_difference(lambda x: RULES[graph][0][target](values | {source: x}), float(values[source]))


def walk(graph):
    return lesson03.Walk(*MAKERS[graph]())


@functools.cache
def walked(graph):
    """What is said and seen at each step: the sentence, and values, slopes, local slopes, bold ones by their names."""
    return [(this.show(i), *visible(this)) for this in [walk(graph)] for i in range(len(this.steps))]


def visible(walk):
    names, drawing = walk.names, walk.drawing
    values, slopes = ({names[var]: text.get_text() for var, text in texts.items() if text.get_visible()}
                      for texts in (drawing.values, drawing.slopes))
    locals_ = {(names[edge.target], names[edge.source]): text for edge, text in drawing.locals.items()
               if text.get_visible()}
    bold = [ends for ends, text in locals_.items() if text.get_weight() == "bold"]
    return values, slopes, {ends: text.get_text() for ends, text in locals_.items()}, bold


@every_graph
def test_the_stepper_computes_the_loss_that_it_names(graph):
    _, inputs, _ = RULES[graph]
    assert run(graph)["L"] == LOSSES[graph](**inputs)
    formula = re.search(r"L = (.*?)(?:, where a = x × y)?\. Given: (.*)\.$", walked(graph)[0][0])
    given = dict(part.split(" = ") for part in formula.group(2).split(", "))
    assert {name: float(x) for name, x in given.items()} == inputs
    written = formula.group(1).replace("3x", "3 * x").replace("²", "**2").replace("×", "*").replace("−", "-")
    assert eval(written, {}, run(graph)) == run(graph)["L"]


@every_graph
def test_every_step_has_a_place_and_a_direction(graph):
    rules, _, _ = RULES[graph]
    sentences = [sentence for sentence, *_ in walked(graph)]
    last = len(sentences) - 1
    for i, sentence in enumerate(sentences):
        direction = "Start" if i == 0 else "Forward" if i <= len(rules) else "Backward"
        assert sentence.startswith(f"{direction}, step {i} of {last}: ")
    assert len(set(sentences)) == len(sentences)


@every_graph
def test_every_forward_step_computes_its_box(graph):
    for i, name in enumerate(RULES[graph][0], 1):
        sentence, values, slopes, locals_, bold = walked(graph)[i]
        said, written, numbers, result = sentence.split(": ", 1)[1].removesuffix(".").split(" = ")
        expected = run(graph)[name]
        assert said == name and float(result) == computed(numbers) == expected
        assert eval(written.replace("×", "*").replace("−", "-").replace("²", "**2"), {}, run(graph)) == expected
        assert set(values) == set(RULES[graph][1]) | set(list(RULES[graph][0])[:i])
        assert not slopes and not locals_ and not bold


@every_graph
def test_every_backward_step_tells_the_slopes_that_nudges_measure(graph):
    rules, inputs, data = RULES[graph]
    assert walked(graph)[len(rules) + 1][0].endswith("it starts at the loss L, whose slope to itself is 1.")
    received, used = {"L": [1.0]}, []
    for sentence, _, slopes, locals_, bold in walked(graph)[len(rules) + 2:]:
        target, arrived, source, local, source_again, product, result = re.search(
            rf"(\w) has slope {NUMBER}, its local slope to (\w) is {NUMBER}, "
            rf"so (\w) receives (.*?) = {NUMBER}\.", sentence).groups()
        assert value(arrived) == pytest.approx(slope(graph, target), abs=1e-6)
        assert value(arrived) == pytest.approx(sum(received[target]))   # complete before it is handed on
        assert value(local) == pytest.approx(local_slope(graph, target, source), abs=1e-6)
        assert source == source_again and product == f"{arrived} × {local}"
        assert value(result) == pytest.approx(computed(product))
        received.setdefault(source, []).append(value(result))
        used.append((target, source))
        again = re.search(rf"(\w) was used twice, so the slopes add: (.*?) = {NUMBER}\.", sentence)
        assert bool(again) == (len(received[source]) == 2)
        if again:
            assert again.group(1) == source and again.group(2).endswith(f" + {product}")
            assert value(again.group(3)) == pytest.approx(computed(again.group(2)))
            assert value(again.group(3)) == pytest.approx(slope(graph, source), abs=1e-6)
        assert {name: value(text.removeprefix("slope ")) for name, text in slopes.items()} == pytest.approx(
            {name: sum(parts) for name, parts in received.items()})
        assert {ends: value(text.removeprefix("×")) for ends, text in locals_.items()} == pytest.approx(
            {ends: local_slope(graph, *ends) for ends in used}, abs=1e-6)
        assert bold == [(target, source)]
    assert {name: sum(parts) for name, parts in received.items()} == pytest.approx(
        {name: slope(graph, name) for name in {*rules, *inputs} - data}, abs=1e-6)


def test_the_last_words_are_true():
    chain, fan, regression = (walked(graph)[-1][0] for graph in range(3))
    assert computed(re.search(r"multiply: (.*?) = 30\.$", chain).group(1)) == 30 == round(slope(0, "x"), 6)
    out, names, *_ = lesson03.fan_out()
    assert "Three ways lead from x to L" in fan
    assert paths(out, next(var for var, name in names.items() if name == "x")) == 3
    product, e, x = re.search(r"multiply: (.*?) = 12\. That is e × x = (\d) × (\d),", regression).groups()
    values = run(2)
    assert computed(product) == 12 == int(e) * int(x) == values["e"] * values["x"] == round(slope(2, "w"), 6)


@every_graph
def test_the_slopes_are_those_of_backward(graph):
    out, names, data, *_ = MAKERS[graph]()
    backward(out)
    _, _, slopes, _, _ = walked(graph)[-1]
    assert slopes == {name: f"slope {var.grad:g}" for var, name in names.items() if var not in data}


@every_graph
def test_a_step_looks_the_same_from_wherever_one_comes(graph):
    stepper = explorers.backprop_stepper()
    stepper.controls["graph"].value = graph
    step = stepper.controls["step"]
    layers = {}
    for i in [*range(step.max + 1), *np.random.default_rng(0).permutation(step.max + 1).tolist()]:
        step.value = i
        assert layers.setdefault(i, stepper._layer.value) == stepper._layer.value
        assert stepper.sentence == walked(graph)[i][0]
        assert len(stepper._layer.value) + len(stepper._words.value) <= 10_000
    assert len(set(layers.values())) == len(layers) == len(walked(graph))


@every_graph
def test_the_edge_in_use_is_marked_forward_in_blue_and_back_in_vermillion(graph):
    this = walk(graph)
    for i, step in enumerate(this.steps):
        back = this.show(i).startswith("Backward")
        drawn = this.way.get_xydata()
        assert all((drawn == point).all(axis=1).any() for edge in step.edges for point in this.drawing.routes[edge])
        assert np.isfinite(drawn).all(axis=1).sum() == sum(len(this.drawing.routes[edge]) for edge in step.edges)
        assert (this.way.get_color(), this.way.get_linestyle(), this.head.get_marker()) == (
            (plots.VERMILLION, "--", "<") if back else (plots.BLUE, "-", ">"))
        assert this.frame.get_visible() == bool(i)
        if i:
            frame = *this.frame.get_xy(), this.frame.get_width(), this.frame.get_height()
            assert frame == pytest.approx(this.drawing.boxes[step.var])


@every_graph
def test_pictures_of_the_stepper_fit_and_nothing_overlaps(graph):
    this = walk(graph)
    axes, = this.live.figure.axes
    for i in range(len(this.steps)):
        this.show(i)
        assert inside_and_apart([axes], [text for text in axes.texts if text.get_visible()])
        assert len(plots.png(this.live.figure)) <= 30_000
    low, high = axes.get_xlim()
    for x, y, width, _ in this.drawing.boxes.values():
        assert low <= x and x + width <= high and axes.get_ylim()[0] <= y - 0.25


def test_another_graph_begins_at_its_start_with_its_own_number_of_steps():
    stepper = explorers.backprop_stepper(graph=2, step=12)
    graphs, step = stepper.controls.values()
    assert stepper.sentence.startswith("Backward, step 12 of 12") and step.max == 12
    for graph, last in ((0, 7), (1, 10), (2, 12)):
        graphs.value = graph
        assert (step.value, step.max) == (0, last) and stepper.sentence.startswith(f"Start, step 0 of {last}")
        step.value = last


def test_the_stepper_can_be_played():
    stepper = explorers.backprop_stepper()
    graphs, row, *_ = stepper.children
    assert graphs is stepper.controls["graph"] and row.children[0] is stepper.controls["step"]
    assert row.children[1].max == stepper.controls["step"].max and row.children[1].description


# ------------------------------------------------------------------------------------------------ the costs

def network(n, depth, batch, seed=0):
    """The network that `counts` describes, as a loss of its weights."""
    rng = np.random.default_rng(seed)
    X, y = rng.standard_normal((batch, n)), rng.standard_normal(batch)
    weights = [rng.standard_normal(shape) for _ in range(depth - 1) for shape in ((n, n), n)] + [rng.standard_normal(n)]

    def loss(*weights):
        h = X
        for W, b in zip(weights[:-1:2], weights[1:-1:2]):
            h = np.tanh(h @ W + b)
        return ((h @ weights[-1] - y)**2).mean() / 2
    return loss, weights


def counted(n, depth, batch):
    loss, weights = network(n, depth, batch)
    return sum(w.size for w in weights), cost(loss, *weights, wrt=tuple(range(len(weights))))


@pytest.mark.parametrize("n, depth, batch", [*itertools.product(range(2, 7), range(1, 5), (2, 3, 32))])
def test_counts_are_those_of_cost_to_the_last_operation(n, depth, batch):
    weights, roads = lesson05.counts(n, depth, batch)
    size, found = counted(n, depth, batch)
    assert weights == size
    assert roads == {"loss alone": found.forward, "reverse mode": found.forward + found.backward,
                     "finite differences": (size + 1) * found.forward,
                     "forward mode": size * (found.forward + found.nudge), "complex step": 4 * size * found.forward}


@pytest.mark.parametrize("n, depth", [*itertools.product((2, 3), (1, 2, 3))])
def test_nudges_take_as_many_losses_as_counted(n, depth):
    loss, weights = network(n, depth, 3)
    shapes = [w.shape for w in weights]
    ends = np.cumsum([w.size for w in weights])
    calls = []

    def packed(w):
        calls.append(1)
        return loss(*(part.reshape(shape) for part, shape in zip(np.split(w, ends[:-1]), shapes)))
    w = np.concatenate([w.ravel() for w in weights])
    slopes = numeric.forward_difference(packed, w)
    assert len(calls) == w.size + 1
    calls.clear()
    assert numeric.complex_step(packed, w) == pytest.approx(slopes, abs=1e-5)
    assert len(calls) == w.size


@pytest.mark.parametrize("d, batch", [(2, 5), (6, 32), (7, 1)])
def test_the_formula_is_counted_and_does_the_same_products_as_reverse_mode(d, batch):
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((batch, d)), rng.standard_normal(batch), rng.standard_normal(d)
    assert lesson05.formula(d, batch) == operations(lambda w: X.T @ (X @ w - y) / float(batch), w)
    products = operations(lambda w: X.T @ (X @ w), w)
    _, roads = lesson05.counts(d, 1, batch)
    assert lesson05.formula(d, batch) - products == batch + d
    assert roads["reverse mode"] - products == 4 * batch + 5   # error, square, sum, divisions: no other product


@functools.cache
def costs_sweep():
    explorer = explorers.costs()
    width, depth = explorer.controls["width"], explorer.controls["depth"]
    seen = []
    for position in width.min + width.step * np.arange(round((width.max - width.min) / width.step) + 1):
        width.value = 10**position
        for layers in range(depth.min, depth.max + 1):
            depth.value = layers
            texts = [text.get_text() for text in explorer.live.moving[7:]]
            ends = [bar.get_x() + bar.get_width() for bar in explorer.live.moving[:7]]
            seen.append((round(width.value), layers, explorer.sentence, texts, ends))
    return seen


def test_widths_are_whole_and_differ_and_hold_10_and_100():
    widths = sorted({width for width, *_ in costs_sweep()})
    assert widths == [2, 3, 5, 7, 10, 15, 22, 32, 46, 68, 100, 147, 215, 316, 464]
    assert len(costs_sweep()) == len(widths) * 12


def test_costs_tells_the_truth_at_every_stop():
    for width, depth, sentence, texts, ends in costs_sweep():
        weights, roads = lesson05.counts(width, depth)
        loss, *others = roads.values()
        said = re.match(rf"Width (\d+), depth (\d+): {NUMBER} weights\. Reverse mode needs {NUMBER} times the "
                        rf"operations of the loss, finite differences {NUMBER} times, forward mode {NUMBER} times, "
                        rf"complex step {NUMBER} times\. ", sentence)
        assert [value(group) for group in said.groups()[:3]] == [width, depth, weights]
        ratios = [other / loss for other in others]
        for group, ratio in zip(said.groups()[3:], ratios):
            assert value(group) == pytest.approx(ratio, abs=0.0501 if ratio < 10 else 0.501)
        assert 1.5 < ratios[0] < 3.5   # the cheap gradient
        assert ends == pytest.approx([loss, *others, *layered([width] * depth + [1])])
        assert [text.removesuffix(" × the loss") for text in texts[1:5]] == [*said.groups()[3:]]
        assert value(texts[0].removesuffix(" operations")) == pytest.approx(loss, rel=0.05)
        assert [value(text) for text in texts[5:]] == pytest.approx([width**depth, ends[6]], rel=0.05)
        if depth > 1:
            told = re.search(r"times\. (.*) paths lead from the inputs to the loss, over (.*) edges\.$", sentence)
            assert [*told.groups()] == texts[5:]
        else:
            formula, reverse = re.search(rf"The formula \({NUMBER} operations\) and reverse mode \({NUMBER}, loss "
                                         r"included\) do the same two products\.$", sentence).groups()
            assert [value(formula), value(reverse)] == [lesson05.formula(width), others[0]]
            assert texts[5] == texts[6] == str(width)


@pytest.mark.parametrize("width, depth", [*itertools.product((2, 3, 5, 7), (1, 2, 5, 12))])
def test_costs_agrees_with_cost_on_the_small_networks_that_it_shows(width, depth):
    _, found = counted(width, depth, lesson05.BATCH)
    ends, = (ends for w, d, _, _, ends in costs_sweep() if (w, d) == (width, depth))
    assert ends[:2] == pytest.approx([found.forward, found.forward + found.backward], rel=1e-12)


def test_the_numbers_of_the_course():
    """Ten layers of 100, as the lesson quotes them."""
    sentence, texts = next((s, t) for width, depth, s, t, _ in costs_sweep() if (width, depth) == (100, 10))
    assert sentence.startswith("Width 100, depth 10: 91,000 weights. Reverse mode needs 2.9 times")
    assert "finite differences 91,001 times" in sentence and "complex step 364,000 times" in sentence
    assert sentence.endswith("10²⁰ paths lead from the inputs to the loss, over 90,100 edges.")
    depth_one = next(s for width, depth, s, *_ in costs_sweep() if (width, depth) == (100, 1))
    assert "every path is one edge, and nothing can be shared" in depth_one
    assert "The formula (12,932 operations) and reverse mode (12,933, loss included)" in depth_one


@pytest.mark.parametrize("width", [2, 100, 464])
@pytest.mark.parametrize("depth", [1, 5, 12])
def test_the_picture_of_the_costs_fits(width, depth):
    explorer = explorers.costs()
    explorer.controls["width"].value, explorer.controls["depth"].value = width, depth
    axes = explorer.live.figure.axes
    words = [text for ax in axes for text in [*ax.texts, ax.xaxis.label, *ax.get_yticklabels(), *ax.get_xticklabels()]]
    assert inside_and_apart(axes, words)
    assert len(plots.png(explorer.live.figure)) <= 30_000


@pytest.mark.parametrize("x, text", [
    (2.904, "2.9"), (2.0, "2"), (2.0001, "2.0"), (91001, "91,001"), (10**20, "10²⁰"), (1.5e8, "1.5 × 10⁸"),
    (464**12, "1.0 × 10³²"), (9_999_999, "9,999,999")])
def test_numbers_of_any_size(x, text):
    assert lesson05._number(x) == text and value(text) == pytest.approx(x, rel=0.05)
