"""Lesson 03: the steps of one graph, what is said at each, and its picture."""

from typing import NamedTuple

import numpy as np
from matplotlib.patches import Rectangle

from .. import plots
from ..autodiff import Var
from ..graphs import Drawing, expression, shown
from ..live import Live
from .own_function import program_of, told

HEAD = np.array([0.07, 0])   # inches from a box to the middle of the arrow head at it
PAGE = 8.05, 3               # inches of the picture at least


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
from gradlib import autodiff, graphs

{lines}
autodiff.backward({self.names[self.out]})   # step {i} of {len(self.steps) - 1}
for edge in graphs.uses({self.names[self.out]}):
    slope = edge.target.grad
    print(edge.target.value, slope, edge.local, edge.pull(slope), edge.source.grad)"""

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
