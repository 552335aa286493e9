"""The graph of a `Var` as a picture and in words: inputs left, loss right, values in the boxes.

    names = {w: "w", x: "x", loss: "L"}
    plots.show(draw(loss, names), describe(loss, names))

Values are blue, slopes vermillion: on an edge its local slope, below a box the slope that has arrived there. Going
left, the slope of a box times the local slope of the edge is what the next box receives.
"""

from collections import defaultdict
from dataclasses import dataclass

from . import plots  # first: it imports Matplotlib whatever MPLBACKEND says

# isort: split
import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from .autodiff import Var, backward
from .autodiff.graph import tape, value_of
from .wording import said

ROW, BOX, PORT, MARGIN = 0.95, 0.54, 0.1, 0.12   # inches: row to row, height of a box, edge from the middle, border
NARROW, LETTER, NUMBER = 0.64, 0.08, 0.25   # inches: the narrowest box, a letter, the room that a short number takes
FEW = 3     # an array of more numbers is shown by its shape
MANY = 12   # a graph of more boxes has no room for the word slope
WORDS = {"ha": "center", "va": "center"}
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1}
SLOPE = WORDS | {"color": plots.VERMILLION, "fontsize": 9.5, "bbox": WHITE}


@dataclass(frozen=True, eq=False)   # a use is equal to itself only, as a Var is
class Use:
    """An edge of the graph: `source` is an operand of `target`, the first or the second."""

    target: Var
    source: Var
    second: bool

    def pull(self, slope):
        """What the source receives when this slope has arrived at the target; None where nothing passes."""
        op = self.target.op
        rule = op.dy if self.second else op.dx
        return rule and rule(slope, self.target.held, value_of(self.target.x), value_of(self.target.y))

    @property
    def local(self):
        """The local slope, where every number of the source makes one of the target; else None."""
        matches = self.target.op.kind == "pointwise" and self.source.shape == self.target.shape
        return self.pull(np.ones_like(self.target.held)) if matches else None


def uses(out):
    """Every edge of the graph of `out`, in the order in which `backward` walks them."""
    if type(out) is not Var or out.op is None:
        raise TypeError(f"a graph needs a Var that was computed from others, got {out!r}.")
    return [Use(var, operand, second) for var in tape(out) for second, operand in enumerate((var.x, var.y))
            if type(operand) is Var]


def shown(value):
    """A number with at most four digits, a few numbers in brackets, a larger array by its shape; nothing for None."""
    if value is None or isinstance(value, str):
        return value or ""
    if np.ndim(value) == 0:
        return said(float(value) + 0.0, 4)
    return f"[{', '.join(map(shown, value))}]" if np.size(value) <= FEW else str(np.shape(value))


def expression(var, write):
    """The operation that made `var`, as text; `write` says how to write an operand that is a `Var`."""
    x, y = (write(operand) if type(operand) is Var else "array" if np.ndim(operand) else shown(operand)
            for operand in (var.x, var.y))
    if var.op.kind in ("linear", "moving", "reduction", "symmetric"):   # y is a setting
        return f"{var.op.name}({x})"
    code = "{x}²" if var.op.name == "square" else var.op.code
    if "(" not in code:   # a minus that begins an operand could be taken for the operation's own
        x, y = (f"({operand})" if operand.startswith("−") else operand for operand in (x, y))
    return code.format(x=x, y=y).replace("np.", "").replace(" * ", " × ").replace("-", "−").replace(" ** ", "^")


def layout(out):
    """Where each box stands, as {(var, column): row}: inputs in column 0, the first row on top.

    Every box wishes for the mean row of its neighbours, left and right in turn (a barycentre sweep), which keeps
    edges short and lets few of them cross. (var, c) right of the box of var is where an edge of it passes through.
    """
    edges, column = uses(out)[::-1], defaultdict(int)
    for edge in edges:
        column[edge.target] = max(column[edge.target], column[edge.source] + 1)
    for leaf in {edge.source for edge in edges if edge.source.op is None}:   # just left of its first use
        column[leaf] = min(column[edge.target] for edge in edges if edge.source is leaf) - 1
    before, after = defaultdict(set), defaultdict(set)
    for edge in edges:
        first, last = column[edge.source], column[edge.target]
        way = [*((edge.source, c) for c in range(first, last)), (edge.target, last)]
        for left, right in zip(way, way[1:]):
            before[right].add(left)
            after[left].add(right)
    spots = sorted({*before, *after}, key=lambda spot: spot[0].born)
    layers = [[spot for spot in spots if spot[1] == c] for c in range(column[out] + 1)]
    rows = {spot: float(row) for layer in layers for row, spot in enumerate(layer)}
    for neighbours, way in ((before, layers), (after, layers[::-1])) * 12:
        for layer in way:
            rows.update(zip(layer, _apart([np.mean([rows[n] for n in neighbours[spot] or [spot]]) for spot in layer])))
    if rows[spots[0]] > np.mean(list(rows.values())):   # the oldest in the upper half
        rows = {spot: -row for spot, row in rows.items()}
    return {spot: row - min(rows.values()) for spot, row in rows.items()}


def _apart(wishes):
    """The rows nearest to the wishes that keep their order and lie one apart or more."""
    order, rank = np.argsort(np.round(wishes, 6), kind="stable"), np.arange(len(wishes))
    free = np.take(wishes, order) - rank
    free = (np.maximum.accumulate(free) + np.minimum.accumulate(free[::-1])[::-1]) / 2
    return (free + rank)[np.argsort(order)]


class Drawing:
    """The `figure` of the graph of a number `out`; calls `backward(out)`. page: its least inches.

    `values` and `slopes` are the texts of a Var, `locals` those of a Use; `boxes` the (left, bottom, width, height)
    of a Var, oldest first, `routes` the points of a Use, both in inches.
    """

    def __init__(self, out, names, page=(0, 0)):
        self.names, self.edges, rows = names, uses(out), layout(out)
        backward(out)
        column = {}
        for var, c in sorted(rows, key=lambda spot: (spot[0].born, -spot[1])):
            column[var] = c   # the leftmost spot of a Var is its box
        widths, gaps = np.zeros((2, column[out] + 1))
        for var, c in column.items():
            words = max(len(self.label(var)), len(shown(var.held)), 0.9 * len(_arrived(var, column)))
            widths[c] = max(widths[c], NARROW, 0.16 + LETTER * words)
        for edge in self.edges:
            gaps[column[edge.target]] = max(gaps[column[edge.target]], 0.34 + LETTER * len(_local(edge)))
        self.right = np.cumsum(gaps + widths) + MARGIN
        self.left = self.right - widths
        size = np.array([self.right[-1] + MARGIN, ROW * (max(rows.values()) + 1)])
        self.height = {spot: size[1] - ROW * (row + 0.44) for spot, row in rows.items()}
        self.boxes = {var: (self.left[c], self.height[var, c] - BOX / 2, widths[c], BOX) for var, c in column.items()}
        self.routes = {edge: self._route(edge, column[edge.source], column[edge.target]) for edge in self.edges}
        self._paint(size, np.maximum(size, page))

    def label(self, var):
        """Name and operation; a square stands for an operand without a name."""
        operation = var.op and expression(var, lambda operand: self.names.get(operand, "□"))
        return " = ".join(filter(None, [self.names.get(var), operation]))

    def _route(self, edge, start, end):
        """From the right of the source to the left of the target, level through the columns between."""
        target, source = edge.target, edge.source
        other, port = target.x if edge.second else target.y, 0
        if type(other) is Var:
            lower = edge.second if other is source else self.height[source, end - 1] < self.height[other, end - 1]
            port = -PORT if lower else PORT
        way = [(x, self.height[source, c]) for c in range(start, end) for x in (self.left[c], self.right[c])][1:]
        way[0] = way[0][0], way[0][1] + port * (other is source)
        return np.array([*way, (self.left[end], self.height[target, end] + port)])

    def _free_place(self, start, end):
        """On the last stretch of an edge, the first place that no other number has taken, or else the emptiest."""
        taken = [text.get_position() for text in self.locals.values()]
        places = [start + t * (end - start) for t in (0.5, 0.62, 0.38, 0.56, 0.44, 0.68, 0.32)]
        distances = [min([1, *(np.abs((place - other) / NUMBER).max() for other in taken)]) for place in places]
        return places[np.argmax(distances)]

    @plots.defaults()
    def _paint(self, size, page):
        self.figure, self.axes = plots.figure(width=page[0], height=page[1])
        self.figure.set_layout_engine("none")
        (left, low), (right, high) = (size - page) / 2, (size + page) / 2   # the graph in the middle
        self.axes.set(xlim=(left, right), ylim=(low, high), position=(0, 0, 1, 1))
        self.axes.set_axis_off()
        self.values, self.slopes, self.locals = {}, {}, {}
        for edge, points in self.routes.items():
            self.axes.add_patch(FancyArrowPatch(path=Path(points), arrowstyle="-|>", mutation_scale=11,
                                                color=plots.GREY))
            self.locals[edge] = self.axes.text(*self._free_place(*points[-2:]), _local(edge), **SLOPE)
        for var, (x, y, width, height) in self.boxes.items():
            self.axes.add_patch(Rectangle((x, y), width, height, facecolor="white", edgecolor=plots.GREY))
            x += width / 2
            self.axes.text(x, y + 0.73 * height, self.label(var), **WORDS)
            self.values[var] = self.axes.text(x, y + 0.27 * height, shown(var.held), color=plots.BLUE, **WORDS)
            self.slopes[var] = self.axes.text(x, y - 0.13, _arrived(var, self.boxes), **SLOPE)


def draw(out, names):
    """A private Figure of the graph of the number `out`, readable up to some 30 boxes.  names: {Var: its name}.

    Calls `backward(out)`. Raises TypeError if `out` is not a computed Var, ValueError if it is not one number.
    """
    return Drawing(out, names).figure


def describe(out, names):
    """The same in words: every box, oldest first, then the slopes. A `Var` without a name gets a number."""
    nodes = sorted({var for edge in uses(out) for var in (edge.target, edge.source)}, key=lambda var: var.born)
    backward(out)
    names = {var: names.get(var, f"v{i}") for i, var in enumerate(nodes, 1)}
    told = [" = ".join(filter(None, [names[var], var.op and expression(var, names.get), shown(var.held)]))
            for var in nodes]
    slopes = [f"{_arrived(var)} at {names[var]}" for var in nodes[::-1] if var.grad is not None]
    return f"A graph of {len(nodes)} boxes. Forward: {', '.join(told)}. Backward: {', '.join(slopes)}."


def _arrived(var, among=()):
    word = "slope " if len(among) <= MANY else ""
    return "" if var.grad is None else word + shown(np.broadcast_to(var.grad, var.shape))


def _local(edge):
    local = edge.local
    return "" if local is None or np.size(local) > FEW else f"×{shown(local)}"
