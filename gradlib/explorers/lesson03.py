"""Lesson 03: backpropagation step by step. Values go from left to right, then slopes from right to left."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from .. import plots
from ..autodiff import Var
from ..graphs import Drawing, expression, shown, uses
from ..live import Album, Live, choice, explore, slider, with_play

HEAD = np.array([0.07, 0])   # inches from a box to the middle of the arrow head at it


def chain():
    """L, names, what is data and needs no slope, and the first and last words, for L = (3x + 2)² at x = 1."""
    x = Var(np.float64(1))
    a = 3 * x
    b = a + 2
    L = b**2
    return L, dict(zip((x, a, b, L), "xabL")), set(), "L = (3x + 2)²", (
        f"Along the way back to x, {_multiplied(L, {b, a, x})}.")


def fan_out():
    """The same five for L = a x + a, where a = x y, at x = 2 and y = 3."""
    x, y = Var(np.float64(2)), Var(np.float64(3))
    a = x * y
    m = a * x
    L = m + a
    return L, dict(zip((x, y, a, m, L), "xyamL")), set(), "L = a × x + a, where a = x × y", (
        "Three ways lead from x to L, and its slope is the sum over all three; yet every edge was used only once.")


def regression():
    """The same five for L = (w x + b - y)² / 2 at w = 2 and b = 1, for one example x = 4, y = 6."""
    w, x, b, y = (Var(np.float64(number)) for number in (2, 4, 1, 6))
    m = w * x
    p = m + b
    e = p - y
    s = e**2
    L = s / 2
    return L, dict(zip((w, x, b, y, m, p, e, s, L), "wxbympesL")), {x, y}, "L = (w × x + b − y)² / 2", (
        f"Along the way back to w, {_multiplied(L, {s, e, p, m, w})}. "
        f"That is e × x = {shown(e.value)} × {shown(x.value)}, the formula of calculus.")


def _multiplied(out, way):
    slopes = [edge.local for edge in uses(out) if edge.source in way]
    return f"the local slopes multiply: {' × '.join(map(shown, slopes))} = {shown(np.prod(slopes))}"


class Step(NamedTuple):
    """A box that gets a value, or on the way back a slope; the edges it comes over; and what is said."""

    var: Var | None
    edges: list
    back: bool
    said: str

    def slope(self):
        """The slope that arrives at the box on the way back."""
        return self.edges[0].pull(self.edges[0].target.grad) if self.edges else 1


class Walk:
    """One graph, its steps, and its picture."""

    def __init__(self, out, names, data, first_words, last_words):
        self.names, self.drawing = names, Drawing(out, names, page=(8, 3))
        self.values = {var: text for var, text in self.drawing.values.items() if var.op}
        edges = [edge for edge in self.drawing.edges if edge.source not in data]
        self.steps = [*self._forward(first_words), *self._backward(out, edges)]
        self.steps[-1] = self.steps[-1]._replace(said=f"{self.steps[-1].said} {last_words}")
        axes = self.drawing.figure.axes[0]
        self.way, = axes.plot([], [], linewidth=2.8)
        self.head, = axes.plot([], [], markersize=10)
        self.frame = axes.add_patch(Rectangle((0, 0), 0, 0, fill=False, linewidth=2.8))
        self.live = Live(axes.figure, self.way, self.head, self.frame, *self.values.values(),
                         *self.drawing.slopes.values(), *self.drawing.locals.values())

    def _forward(self, first_words):
        given = ", ".join(f"{name} = {shown(var.value)}" for var, name in self.names.items() if var.op is None)
        yield Step(None, [], False, f"{first_words}. Given: {given}.")
        for var in self.values:
            numbers = expression(var, lambda operand: shown(operand.value))
            yield Step(var, [edge for edge in self.drawing.edges if edge.target is var], False,
                       f"{self.drawing.label(var)} = {numbers} = {shown(var.value)}.")

    def _backward(self, out, edges):
        yield Step(out, [], True, f"it starts at the loss {self.names[out]}, whose slope to itself is 1.")
        terms = {}
        for edge in edges:
            target, source = self.names[edge.target], self.names[edge.source]
            slope, local = shown(edge.target.grad), shown(edge.local)
            added = terms.setdefault(source, [])
            added.append(f"{slope} × {local}")
            words = (f"{target} has slope {slope}, its local slope to {source} is {local}, so {source} receives "
                     f"{added[-1]} = {shown(edge.pull(edge.target.grad))}.")
            if len(added) > 1:
                words += (f" {source} was used twice, so the slopes add: {' + '.join(added)} = "
                          f"{shown(edge.source.grad)}.")
            yield Step(edge.source, [edge], True, words)

    def show(self, i):
        """Set the picture to step i, and say what happens there."""
        step, done = self.steps[i], self.steps[:i + 1]
        for var, text in self.values.items():
            text.set_visible(any(s.var is var for s in done))
        for var, text in self.drawing.slopes.items():
            slopes = [s.slope() for s in done if s.back and s.var is var]
            text.set(text=f"slope {shown(sum(slopes))}", visible=bool(slopes))
        for edge, text in self.drawing.locals.items():
            text.set(visible=any(s.back and edge in s.edges for s in done),
                     weight="bold" if edge in step.edges else "normal")
        self._mark(step.var, [self.drawing.routes[edge] for edge in step.edges], step.back)
        direction = "Backward" if step.back else "Forward" if i else "Start"
        return f"{direction}, step {i} of {len(self.steps) - 1}: {step.said}"

    def _mark(self, var, routes, back):
        """The edges in use and the box they lead to: blue and solid, or on the way back vermillion and dashed."""
        lift = [[np.nan, np.nan]]
        self.way.set_data(*np.vstack([lift, *(part for route in routes for part in (route, lift))]).T)
        self.head.set_data(*np.vstack([lift, *(route[0] + HEAD if back else route[-1] - HEAD for route in routes)]).T)
        self.frame.set(bounds=self.drawing.boxes.get(var, (0, 0, 0, 0)), visible=var is not None)
        for artist in (self.way, self.head, self.frame):
            artist.set(color=plots.VERMILLION if back else plots.BLUE, linestyle="--" if back else "-")
        self.head.set(marker="<" if back else ">", linestyle="None")


@plots.defaults()
def backprop_stepper(graph=0, step=0):
    """Step or play through forward and backward pass on three graphs: values, local slopes, slopes that arrive.

    graph (0 a chain, 1 values used twice, 2 linear regression) and step are where it begins.
    """
    walks = [Walk(*make()) for make in (chain, fan_out, regression)]
    album = Album(*(walk.live for walk in walks))
    graphs = choice("graph", "a chain", "values used twice", "linear regression", value=graph)
    steps = slider("step", 0, len(walks[graph].steps) - 1, 1, value=step)

    def rewind(change):
        steps.max, steps.value = len(walks[graphs.value].steps) - 1, 0

    def update(graph, step):
        album.turn_to(graph)
        return walks[graph].show(step)

    graphs.observe(rewind, "value")   # before the explorer looks: it never asks for a step that does not exist
    explorer = explore(update, album, graph=graphs, step=steps)
    explorer.children = (graphs, with_play(steps), *explorer.children[2:])
    return explorer
