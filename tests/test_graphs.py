"""Drawn graphs: the numbers are slopes, boxes and edges keep out of each other's way, and the words say the same."""

import itertools
import re

import matplotlib.pyplot
import numpy as np
import pytest

from gradlib import graphs, plots
from gradlib.autodiff import Var, backward, paths, relu
from gradlib.graphs import Drawing, describe, draw, expression, layout, shown, uses
from gradlib.numeric import central_difference

pytestmark = pytest.mark.filterwarnings("error")


def number(x):
    return Var(np.float64(x))


def chain():
    x = number(1.3)
    u = 3 * x
    L = np.tanh(u - 2)
    return L, {x: "x", u: "u", L: "L"}


def fan_out():
    x, y = number(2), number(3)
    a = x * y
    L = a * x + a
    return L, {x: "x", y: "y", a: "a", L: "L"}


def tree():
    leaves = [number(1 + 0.1 * i) for i in range(8)]
    level = leaves
    while len(level) > 1:
        level = [a * b for a, b in zip(level[::2], level[1::2])]
    return level[0], {leaf: f"x{i}" for i, leaf in enumerate(leaves)}


def crossing():
    x, y = number(3), number(2)
    return (x + y) * (x - y), {x: "x", y: "y"}


def twice():
    x = number(3)
    return x * x * x, {x: "x"}


def micrograd():
    """The expression of micrograd's README: 27 boxes."""
    a, b = number(-4), number(2)
    c = a + b
    d = a * b + b**3
    c = c + (c + 1)
    c = c + 1 + c + (-a)
    d = d + d * 2 + relu(b + a)
    d = d + 3 * d + relu(b - a)
    f = (c - d)**2
    return f / 2 + 10 / f, {a: "a", b: "b"}


def network():
    w = [number(i / 3 - 0.9) for i in range(6)]
    x, y = number(0.5), number(-1)
    h, k = np.tanh(w[0] * x + w[1] * y), np.tanh(w[2] * x + w[3] * y)
    return (w[4] * h + w[5] * k - 1)**2 / 2, {x: "x", y: "y", h: "h", k: "k"} | {v: f"w{i}" for i, v in enumerate(w)}


def random_graph(seed):
    rng = np.random.default_rng(seed)
    nodes = [number(x) for x in rng.uniform(0.5, 2, 3)]
    for _ in range(12):
        a, b = (nodes[i] for i in rng.integers(len(nodes), size=2))
        nodes.append([a + b, a * b, a - b, np.sin(a), a**2][rng.integers(5)])
    users = {id(edge.source) for node in nodes[3:] for edge in uses(node)}
    return sum((node for node in nodes[3:] if id(node) not in users), start=number(0.1)), {nodes[0]: "first"}


GRAPHS = {make.__name__: make for make in (chain, fan_out, tree, crossing, twice, micrograd, network)}
GRAPHS |= {f"random {seed}": lambda seed=seed: random_graph(seed) for seed in range(12)}
every_graph = pytest.mark.parametrize("name", GRAPHS)


def bounds(drawing, text):
    """A drawn text's corners, in inches."""
    box = text.get_window_extent(drawing.figure.canvas.get_renderer()).transformed(drawing.axes.transData.inverted())
    return np.array([[box.x0, box.y0], [box.x1, box.y1]])


def rectangle(box):
    x, y, width, height = box
    return np.array([[x, y], [x + width, y + height]])


def apart(a, b, margin=0.0):
    return bool((a[1] < b[0] + margin).any() or (b[1] < a[0] + margin).any())


def crossings(drawing):
    """Pairs of stretches of edges that run through each other."""
    stretches = [pair for points in drawing.routes.values() for pair in zip(points, points[1:])]

    def side(p, q, r):
        return np.sign(np.round(np.cross([*(q - p), 0], [*(r - p), 0])[2], 9))
    return sum(side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
               for (a, b), (c, d) in itertools.combinations(stretches, 2))


# ---------------------------------------------------------------------------------------------- the numbers

@every_graph
def test_the_local_slope_is_what_a_nudge_of_the_operand_measures(name):
    out, _ = GRAPHS[name]()
    for edge in uses(out):
        operands = [operand.value if type(operand) is Var else operand for operand in (edge.target.x, edge.target.y)]

        def nudged(value, edge=edge, operands=operands):
            moved = [value if i == edge.second else operand for i, operand in enumerate(operands)]
            return edge.target.op.run(*(operand for operand in moved if operand is not None))
        assert edge.local == pytest.approx(central_difference(nudged, edge.source.value), abs=1e-6, rel=1e-7)


@every_graph
def test_a_slope_is_the_sum_over_its_uses_of_arrived_times_local(name):
    out, _ = GRAPHS[name]()
    edges = uses(out)
    backward(out)
    for var in {edge.source for edge in edges}:
        received = [edge.target.grad * edge.local for edge in edges if edge.source is var]
        assert var.grad == pytest.approx(sum(received), rel=1e-12)
        assert sum(edge.pull(edge.target.grad) for edge in edges if edge.source is var) == pytest.approx(var.grad)


def test_uses_are_in_the_order_of_backward():
    out, names = fan_out()
    walk = [(names.get(edge.target, "m"), names.get(edge.source, "m"), edge.second) for edge in uses(out)]
    assert walk == [("L", "m", 0), ("L", "a", 1), ("m", "a", 0), ("m", "x", 1), ("a", "x", 0), ("a", "y", 1)]


def test_no_slope_passes_through_a_comparison():
    x = number(2)
    out = x * (x > 1)
    assert [edge.pull(1.0) for edge in uses(out) if edge.target is not out] == [None]
    assert len(draw(out, {x: "x"}).axes) == 1


@pytest.mark.parametrize("value, text", [
    (3, "3"), (-0.5, "−0.5"), (-0.0, "0"), (1 / 3, "0.3333"), (-1e-5, "−1 × 10⁻⁵"), (np.array([1.0, -2.0]), "[1, −2]"),
    (np.ones((2, 3)), "(2, 3)"), (np.array([[1.0, 2.0]]), "[[1, 2]]"), (None, "")], ids=str)
def test_numbers_are_shown_short(value, text):
    assert shown(value) == text


@pytest.mark.parametrize("write, text", [
    (lambda x: 3 * x, "3 × x"), (lambda x: x - 2, "x − 2"), (lambda x: -x, "−x"), (lambda x: x**2, "x²"),
    (lambda x: x**3, "x^3"), (lambda x: 1 / x, "1 / x"), (np.tanh, "tanh(x)"), (lambda x: x + x, "x + x"),
    (lambda x: x * np.ones(4), "x × array")], ids=range(9))
def test_operations_read_as_one_writes_them(write, text):
    assert expression(write(number(2)), lambda x: "x") == text


def test_settings_are_not_operands():
    X = Var(np.ones((2, 3)))
    assert [expression(var, lambda x: "X") for var in (X.sum(0), X.T, X[0], X.reshape(6))] == [
        "sum(X)", "transpose(X)", "index(X)", "reshape(X)"]


# ----------------------------------------------------------------------------------------------- the layout

@every_graph
def test_operands_stand_left_and_the_loss_stands_last(name):
    out, names = GRAPHS[name]()
    drawing = Drawing(out, names)
    left = {var: box[0] for var, box in drawing.boxes.items()}
    assert all(left[edge.source] < left[edge.target] for edge in drawing.edges)
    assert left[out] == max(left.values())
    firsts = {edge.source for edge in drawing.edges if edge.source.op is None}
    assert min(left.values()) == min(left[var] for var in firsts)


@every_graph
def test_boxes_keep_apart_and_no_edge_runs_through_a_box(name):
    out, names = GRAPHS[name]()
    drawing = Drawing(out, names)
    for a, b in itertools.combinations(map(rectangle, drawing.boxes.values()), 2):
        assert apart(a, b)
    for points, box in itertools.product(drawing.routes.values(), map(rectangle, drawing.boxes.values())):
        for start, end in zip(points, points[1:]):
            inner = start + np.linspace(0.01, 0.99, 99)[:, None] * (end - start)
            assert not ((box[0] < inner) & (inner < box[1])).all(axis=1).any()


@every_graph
def test_edges_begin_and_end_at_their_boxes_and_never_share_an_arrow_head(name):
    out, names = GRAPHS[name]()
    drawing = Drawing(out, names)
    for edge, points in drawing.routes.items():
        for var, point, side in ((edge.source, points[0], 1), (edge.target, points[-1], 0)):
            box = rectangle(drawing.boxes[var])
            assert point[0] == pytest.approx(box[side, 0]) and box[0, 1] < point[1] < box[1, 1]
    heads = [tuple(points[-1].round(6)) for points in drawing.routes.values()]
    assert len(set(heads)) == len(heads)


@pytest.mark.parametrize("name, few", [("chain", 0), ("fan_out", 0), ("tree", 0), ("twice", 1), ("crossing", 1),
                                       ("network", 4), ("micrograd", 30)])
def test_edges_rarely_cross(name, few):
    assert crossings(Drawing(*GRAPHS[name]())) <= few


def test_rows_of_a_chain_are_level_and_a_tree_is_symmetric():
    assert set(layout(chain()[0]).values()) == {0}
    out, _ = tree()
    rows = layout(out)
    assert rows[out, 3] == max(rows.values()) / 2
    assert layout(out) == rows   # drawn twice, it looks the same


@pytest.mark.parametrize("seed", range(20))
def test_pushing_apart_moves_as_little_as_possible(seed):
    wishes = np.random.default_rng(seed).uniform(0, 4, 6)
    rows = graphs._apart(wishes)
    assert (np.diff(np.sort(rows)) >= 1 - 1e-12).all() and (np.argsort(rows) == np.argsort(wishes)).all()
    spread = np.array([0.0, 2.0, 5.0])
    assert graphs._apart(spread) == pytest.approx(spread)


# ---------------------------------------------------------------------------------------------- the picture

@every_graph
def test_every_text_is_inside_the_picture_and_covers_no_other(name):
    out, names = GRAPHS[name]()
    drawing = Drawing(out, names)
    drawing.figure.canvas.draw()
    page = np.array([drawing.axes.get_xlim(), drawing.axes.get_ylim()]).T
    texts = [text for text in drawing.axes.texts if text.get_text()]
    extents = [bounds(drawing, text) for text in texts]
    assert all((page[0] <= box[0]).all() and (box[1] <= page[1]).all() for box in extents)
    if name in ("chain", "fan_out", "tree", "crossing", "twice", "network"):
        for (a, one), (b, other) in itertools.combinations(zip(texts, extents), 2):
            assert apart(one, other, 0.03), (a.get_text(), b.get_text())
    for var, box in drawing.boxes.items():
        held = [bounds(drawing, text) for text in texts if text.get_text() in (drawing.label(var), shown(var.value))
                and not apart(bounds(drawing, text), rectangle(box))]
        assert all((rectangle(box)[0] <= text[0]).all() and (text[1] <= rectangle(box)[1]).all() for text in held)


@every_graph
def test_values_and_slopes_are_written_at_their_boxes(name):
    out, names = GRAPHS[name]()
    drawing = Drawing(out, names)
    backward(out)
    for var, (x, y, width, height) in drawing.boxes.items():
        value, slope = drawing.values[var], drawing.slopes[var]
        assert value.get_text() == shown(var.value) and slope.get_text().removeprefix("slope ") == shown(var.grad)
        assert x < value.get_position()[0] < x + width and y < value.get_position()[1] < y + height
        assert x < slope.get_position()[0] < x + width and y - 0.3 < slope.get_position()[1] < y
        assert (value.get_color(), slope.get_color()) == (plots.BLUE, plots.VERMILLION)
    for edge, text in drawing.locals.items():
        assert text.get_text() == f"×{shown(edge.local)}"
        start, end = drawing.routes[edge][-2:]
        assert start[0] < text.get_position()[0] < end[0]


def test_labels_have_name_and_operation():
    out, names = fan_out()
    drawing = Drawing(out, names)
    labels = [drawing.label(var) for var in drawing.boxes]
    assert labels == ["x", "y", "a = x × y", "a × x", "L = □ + a"]


def test_arrays_show_their_shape_and_a_few_numbers():
    X, w = Var(np.arange(10.0).reshape(5, 2)), Var(np.array([1.0, -2.0]))
    e = X @ w - np.ones(5)
    L = (e**2).mean() / 2
    names = {X: "X", w: "w", e: "e", L: "L"}
    drawing = Drawing(L, names)
    backward(L)
    assert drawing.values[X].get_text() == "(5, 2)" and drawing.values[w].get_text() == "[1, −2]"
    assert drawing.slopes[X].get_text() == "slope (5, 2)" and drawing.slopes[w].get_text() == f"slope {shown(w.grad)}"
    assert [text.get_text() for text in drawing.locals.values()].count("") == 5   # matrices of slopes are not written
    square, = (var for var in drawing.boxes if var.op and var.op.name == "square")
    assert drawing.slopes[square].get_text() == "slope (5,)"   # though backward may keep one number for all
    assert "X = (5, 2)" in describe(L, names) and "e = v" in describe(L, names)


def test_a_figure_is_private_and_as_large_as_its_graph():
    out, names = micrograd()
    fig = draw(out, names)
    assert matplotlib.pyplot.get_fignums() == []
    assert fig.get_figwidth() < 18 and fig.get_figheight() < 8
    assert len(plots.png(draw(*fan_out()))) < 10_000


# ------------------------------------------------------------------------------------------------ the words

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


@every_graph
def test_the_words_name_every_value_and_slope(name):
    out, names = GRAPHS[name]()
    words = re.sub(" × 10([⁻⁰¹²³⁴-⁹]+)", lambda power: f"e{power[1].translate(RAISED)}",
                   describe(out, names).replace("−", "-"))
    backward(out)
    forward, walk = re.fullmatch(r"A graph of \d+ boxes\. Forward: (.*)\. Backward: (.*)\.", words).groups()
    nodes = sorted({var for edge in uses(out) for var in (edge.source, edge.target)}, key=lambda var: var.born)
    backward(out)
    told = [part.split(" = ") for part in re.split(r", (?=\w+ = )", forward)]
    assert [float(part[-1]) for part in told] == pytest.approx([var.value for var in nodes], rel=1e-3, abs=1e-9)
    assert [part[0] for part in told] == [names.get(var, f"v{i}") for i, var in enumerate(nodes, 1)]
    slopes = {name: float(slope) for slope, name in re.findall(r"slope (\S+) at (\w+)", walk)}
    assert list(slopes.values()) == pytest.approx([var.grad for var in nodes[::-1]], rel=1e-3)
    assert str(len(nodes)) in words.split(".")[0]


def test_the_words_of_a_small_graph():
    out, names = fan_out()
    assert describe(out, names) == (
        "A graph of 5 boxes. Forward: x = 2, y = 3, a = x × y = 6, v4 = a × x = 12, L = v4 + a = 18. "
        "Backward: slope 1 at L, slope 1 at v4, slope 3 at a, slope 6 at y, slope 15 at x.")
    assert paths(out, next(var for var, name in names.items() if name == "x")) == 3


@pytest.mark.parametrize("out", [2.0, number(2), np.ones(3)], ids=["number", "leaf", "array"])
@pytest.mark.parametrize("what", [draw, describe])
def test_only_a_computed_var_has_a_graph(what, out):
    with pytest.raises(TypeError, match="a graph needs a Var that was computed from others, got"):
        what(out, {})


def test_a_loss_must_be_one_number():
    with pytest.raises(ValueError, match="one number"):
        draw(Var(np.ones(3)) * 2, {})
