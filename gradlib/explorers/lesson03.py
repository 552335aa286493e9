"""Lesson 03: backpropagation step by step. Values go from left to right, then slopes from right to left."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from .. import plots
from ..autodiff import Var
from ..graphs import Drawing, expression, shown, uses
from ..live import Album, Live, choice, explore, slider, with_play
from .own_function import program_of, told, traced

HEAD = np.array([0.07, 0])   # inches from a box to the middle of the arrow head at it
PAGE = 8.05, 3               # inches of the picture at least


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
        self.out, self.names = out, names
        self.drawing = Drawing(out, names, page=PAGE)
        self.values = {var: text for var, text in self.drawing.values.items() if var.op}
        self.edges = [edge for edge in self.drawing.edges
                      if edge.source not in data and edge.pull(edge.target.grad) is not None]
        self.steps = [*self._forward(first_words), *self._backward()]
        self.steps[-1] = self.steps[-1]._replace(said=f"{self.steps[-1].said} {last_words}")
        axes = self.drawing.figure.axes[0]
        self.way, = axes.plot([], [], linewidth=2.8)
        self.head, = axes.plot([], [], markersize=10)
        self.frame = axes.add_patch(Rectangle((0, 0), 0, 0, fill=False, linewidth=2.8))
        self.live = Live(axes.figure, self.way, self.head, self.frame, *self.values.values(),
                         *self.drawing.slopes.values(), *self.drawing.locals.values())

    def _forward(self, first_words):
        given = ", ".join(f"{name} {told(var.held)} {shown(var.held)}" for var, name in self.names.items()
                          if var.op is None)
        yield Step(None, [], False, f"{first_words}. Given: {given}.")
        for var in self.values:
            operands = [operand for operand in (var.x, var.y) if operand is not None]
            sign = told(var.held, *(getattr(operand, "held", operand) for operand in operands))
            numbers = expression(var, lambda operand: shown(operand.held))
            yield Step(var, [edge for edge in self.drawing.edges if edge.target is var], False,
                       f"{self.drawing.label(var)} {'=' if sign == '=' else '≈'} {numbers} {sign} {shown(var.held)}.")

    def _backward(self):
        yield Step(self.out, [], True, f"it starts at the loss {self.names[self.out]}, whose slope to itself is 1.")
        terms, parts, met = {}, {}, {}
        for edge in self.edges:
            target, source = self.names[edge.target], self.names[edge.source]
            slope, pulled = edge.target.grad, edge.pull(edge.target.grad)
            added, numbers = terms.setdefault(source, []), met.setdefault(source, [])
            added.append(f"{_bracketed(slope)} × {_bracketed(edge.local)}")
            numbers += slope, edge.local, pulled
            parts[source] = parts.get(source, 0) + pulled
            words = (f"{target} has slope {shown(slope)}, its local slope to {source} is {shown(edge.local)}, "
                     f"so {source} receives {added[-1]} {told(slope, edge.local, pulled)} {shown(pulled)}.")
            if len(added) > 1:
                words += (f" {source} was used {'twice' if len(added) == 2 else f'{len(added)} times'}, so the slopes "
                          f"add: {' + '.join(added)} {told(*numbers, parts[source])} {shown(parts[source])}.")
            if edge.source.op and len(added) < self.uses_of(edge.source):
                words += f" {source} is used elsewhere, too: it waits for what comes from there."
            yield Step(edge.source, [edge], True, words)

    def uses_of(self, var):
        """Over how many edges a slope comes to a box; the loss has its own."""
        return sum(edge.source is var for edge in self.edges)

    def show(self, i):
        """Set the picture to step i, and say what happens there."""
        step, done = self.steps[i], self.steps[:i + 1]
        for var, text in self.values.items():
            text.set_visible(any(s.var is var for s in done))
        for var, text in self.drawing.slopes.items():
            slopes = [s.slope() for s in done if s.back and s.var is var]
            more = " + …" if len(slopes) < self.uses_of(var) else ""
            text.set(text=f"slope {shown(sum(slopes))}{more}", visible=bool(slopes))
        for edge, text in self.drawing.locals.items():
            text.set(visible=any(s.back and edge in s.edges for s in done),
                     weight="bold" if edge in step.edges else "normal")
        self._mark(step.var, [self.drawing.routes[edge] for edge in step.edges], step.back)
        direction = "Backward" if step.back else "Forward" if i else "Start"
        return f"{direction}, step {i} of {len(self.steps) - 1}: {step.said}"

    def code(self, i):
        """The program that gives the numbers of step i."""
        lines = program_of(self.out, self.names)
        return f"""{'import numpy as np' * ('np.' in lines)}
from gradlib import autodiff
from gradlib.graphs import uses
{lines}
autodiff.backward({self.names[self.out]})   # step {i} of {len(self.steps) - 1}
print(*(var.value for var in ({', '.join(self.names.values())})))
for edge in uses({self.names[self.out]}):
    print(edge.target.grad, edge.local, edge.pull(edge.target.grad), edge.source.grad)"""

    def _mark(self, var, routes, back):
        """The edges in use and the box they lead to: blue and solid, or on the way back vermillion and dashed."""
        lift = [[np.nan, np.nan]]
        self.way.set_data(*np.vstack([lift, *(part for route in routes for part in (route, lift))]).T)
        self.head.set_data(*np.vstack([lift, *(route[0] + HEAD if back else route[-1] - HEAD for route in routes)]).T)
        self.frame.set(bounds=self.drawing.boxes.get(var, (0, 0, 0, 0)), visible=var is not None)
        for artist in (self.way, self.head, self.frame):
            artist.set(color=plots.VERMILLION if back else plots.BLUE, linestyle="--" if back else "-")
        self.head.set(marker="<" if back else ">", linestyle="None")


def _bracketed(number):
    """A factor or term: a negative one in brackets."""
    text = shown(number)
    return f"({text})" if text.startswith("−") else text


def own_graph(f, numbers):
    """The five of `chain` for a reader's own function."""
    out, names, words = traced(f, numbers)
    L, called = names[out], getattr(f, "__name__", "")
    slopes = {name: f"d{L}/d{name} {told(var.grad)} {shown(var.grad)}" for var, name in names.items() if var.op is None}
    unused = "".join(f" {word} is not used, so its slope is 0." for word in words if word not in slopes)
    return out, names, set(), f"{L} = {called if called.isidentifier() else 'f'}({', '.join(words)})", (
        f"So {', '.join(slopes.values())}.{unused}")


@plots.style()
def backprop_stepper(f=None, *numbers, graph=0, step=0):
    """Step or play through forward and backward pass: values, local slopes, slopes that arrive.

    Without f on three graphs, of which `graph` (0 a chain, 1 values used twice, 2 linear regression) comes first; else
    on that of your own f at these numbers, such as backprop_stepper(lambda w, x: (w * x - 1)**2, 2.0, 3.0). step is
    where it begins. Raises TypeError if f is no function of so many numbers that gives one, ValueError for values or
    slopes that are not finite, for arrays on the way, and for more than 24 operations.
    """
    graphs = [own_graph(f, numbers)] if f is not None else [chain(), fan_out(), regression()]
    walks, graph = [Walk(*made) for made in graphs], 0 if f is not None else graph
    album, walked = Album(*(walk.live for walk in walks)), slider("step", 0, len(walks[graph].steps) - 1, 1, value=step)
    controls = {"step": with_play(walked)}

    def rewind(change):
        walked.max, walked.value = len(walks[change["new"]].steps) - 1, 0

    if f is None:
        chosen = choice("graph", "a chain", "values used twice", "linear regression", value=graph)
        chosen.observe(rewind, "value")   # before the explorer looks: it never asks for a step that does not exist
        controls = {"graph": chosen, **controls}

    def update(step, graph=0):
        album.turn_to(graph)
        return walks[graph].show(step)

    return explore(update, album, room=max(len(walk.show(i)) for walk in walks for i in range(len(walk.steps))),
                   code=lambda step, graph=0: walks[graph].code(step), **controls)
