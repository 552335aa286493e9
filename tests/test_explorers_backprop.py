"""The stepper and the cost explorer: every sentence and every number in the picture against independent arithmetic."""

import functools
import itertools
import re

import numpy as np
import pytest

from gradlib import explorers, numeric, plots
from gradlib.autodiff import backward, paths
from gradlib.explorers import lesson03

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
        assert {name: value(text.removeprefix("slope ").removesuffix(" + …")) for name, text in slopes.items()} == (
            pytest.approx({name: sum(parts) for name, parts in received.items()}))
        waiting = {name for name, parts in received.items() if abs(sum(parts) - slope(graph, name)) > 1e-6}
        assert {name for name, text in slopes.items() if text.endswith(" + …")} == waiting
        assert ("it waits" in sentence) == (source in waiting and source in rules)
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
        assert layers.setdefault(i, stepper.layer.value) == stepper.layer.value
        assert stepper.sentence == walked(graph)[i][0]
        assert len(stepper.layer.value) + len(stepper.words.value) <= 10_000
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
