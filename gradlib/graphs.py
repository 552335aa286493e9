"""The graph of a `Var` as a picture and in words: inputs left, loss right, values in the boxes.

    w, x = Var(np.float64(2)), Var(np.float64(3))
    loss = w * x
    names = {w: "w", x: "x", loss: "L"}
    plots.show(draw(loss, names), describe(loss, names))

Values are blue, slopes vermillion. On an edge stands its local slope; below a box, the slope that arrived there.
Going left, arrived slope times local slope is what the next box receives.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from . import plots
from .autodiff import Var, backward
from .autodiff.graph import tape, value_of

ROW, BOX, PORT, MARGIN = 0.95, 0.54, 0.1, 0.12   # inches: row to row, height of a box, edge from the middle, border
LETTER, SMALL = 0.086, 9.5    # inches for a letter; font size of the slopes
FEW = 3                       # an array of more numbers is shown by its shape
SIGNS = {"np.": "", " * ": " × ", " - ": " − ", " ** ": "^"}
TEXT = {"ha": "center", "va": "center"}
SLOPE = {**TEXT, "color": plots.VERMILLION, "fontsize": SMALL,
         "bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}


class Use(NamedTuple):
    """An edge of the graph: `source` is an operand of `target`, the first or the second."""

    target: Var
    source: Var
    second: bool

    def pull(self, slope):
        """What the source receives from a slope that has arrived at the target; None where nothing passes."""
        op = self.target.op
        rule = op.dy if self.second else op.dx
        return rule and rule(slope, self.target.value, value_of(self.target.x), value_of(self.target.y))

    @property
    def local(self):
        """The local slope, if the target has one number for each number of the source; else None."""
        matches = self.target.op.kind == "pointwise" and self.source.shape == self.target.shape
        return self.pull(np.ones_like(self.target.value)) if matches else None


def uses(out):
    """Every edge of the graph of `out`, in the order in which `backward` walks them."""
    if type(out) is not Var or out.op is None:
        raise TypeError(f"a graph needs a Var that was computed from others, got {out!r}.")
    return [Use(var, operand, second) for var in tape(out) for second, operand in enumerate((var.x, var.y))
            if type(operand) is Var]


def boxes(out):
    """Every `Var` of the graph of `out`, the oldest first."""
    return sorted({var for edge in uses(out) for var in edge[:2]}, key=lambda var: var.born)


def shown(value):
    """A number with four digits, a few numbers in brackets, a larger array by its shape."""
    if np.ndim(value) == 0:
        return f"{float(value) + 0.0:.4g}".replace("-", "−")
    return f"[{', '.join(map(shown, value))}]" if np.size(value) <= FEW else str(np.shape(value))


def expression(var, write):
    """The operation that made `var`, as text; `write` says how to write an operand that is a `Var`."""
    x, y = (write(operand) if type(operand) is Var else "array" if np.ndim(operand) else operand and shown(operand)
            for operand in (var.x, var.y))
    if var.op.kind in ("linear", "reduction", "symmetric"):   # y is a setting
        return f"{var.op.name}({x})"
    text = f"{x}²" if var.op.name == "square" else var.op.code.format(x=x, y=y)
    for code, sign in SIGNS.items():
        text = text.replace(code, sign)
    return text


def layout(out):
    """Where each box stands: {(var, column): row}, inputs in column 0, the first row on top.

    Boxes are in layers, each as near as possible to the mean row of its neighbours (a barycentre sweep), which
    keeps edges short and lets few of them cross. (var, c) in a column to the right of the box of var is the place
    where an edge passes through.
    """
    edges, column = uses(out)[::-1], defaultdict(int)
    for edge in edges:
        column[edge.target] = max(column[edge.target], column[edge.source] + 1)
    for source in {edge.source for edge in edges if edge.source.op is None}:   # just left of its first use
        column[source] = min(column[edge.target] for edge in edges if edge.source is source) - 1
    before, after = defaultdict(set), defaultdict(set)
    for target, source, _ in edges:
        way = [*((source, c) for c in range(column[source], column[target])), (target, column[target])]
        for left, right in zip(way, way[1:]):
            before[right].add(left)
            after[left].add(right)
    layers = defaultdict(list)
    for spot in sorted({*before, *after}, key=lambda spot: (spot[1], spot[0].born)):
        layers[spot[1]].append(spot)
    rows = {spot: float(row) for layer in layers.values() for row, spot in enumerate(layer)}
    for neighbours, step in ((before, 1), (after, -1)) * 12:
        for layer in list(layers.values())[::step]:
            rows.update(zip(layer, _apart([np.mean([rows[n] for n in neighbours[spot] or [spot]]) for spot in layer])))
    return {spot: row - min(rows.values()) for spot, row in rows.items()}


def _apart(wishes):
    """The rows nearest to the wishes that keep their order and lie one apart or more."""
    order, rank = np.argsort(np.round(wishes, 6), kind="stable"), np.arange(len(wishes))
    free = np.take(wishes, order) - rank
    free = (np.maximum.accumulate(free) + np.minimum.accumulate(free[::-1])[::-1]) / 2
    return (free + rank)[np.argsort(order)]


class Drawing:
    """The graph of a number `out`, laid out in inches; calls `backward(out)`. `paint(ax)` draws it.

    `size`: width and height; `boxes`: (left, bottom, width, height) of a Var; `routes`: the points of a Use. After
    `paint`, `values` and `slopes` are the texts of a Var and `locals` that of a Use.
    """

    def __init__(self, out, names):
        self.names, self.edges, rows = names, uses(out), layout(out)
        backward(out)
        column = {var: min(c for other, c in rows if other is var) for var in boxes(out)}
        last = max(column.values())
        wide = [max(self._width(var) for var in column if column[var] == c) for c in range(last + 1)]
        gaps = [0.34 + LETTER * max(len(_local(edge)) for edge in self.edges if column[edge.target] == c)
                for c in range(1, last + 1)]
        self.left = MARGIN + np.cumsum([0, *np.add(wide[:-1], gaps)])
        self.right = self.left + wide
        self.size = self.right[-1] + MARGIN, ROW * (max(rows.values()) + 1)
        self.height = {spot: self.size[1] - ROW * (row + 0.44) for spot, row in rows.items()}
        self.boxes = {var: (self.left[c], self.height[var, c] - BOX / 2, wide[c], BOX) for var, c in column.items()}
        self.routes = {edge: self._route(edge, column[edge.source], column[edge.target]) for edge in self.edges}

    def label(self, var):
        """Name and operation; without a name, or with an operand that has none, only one of them."""
        named = [operand in self.names for operand in (var, var.x, var.y) if type(operand) is Var]
        if var.op is None or named[0] and not all(named):
            return self.names.get(var, "")
        if named[0]:
            return f"{self.names[var]} = {expression(var, self.names.get)}"
        return expression(var, lambda operand: "").strip() if var.op.code[0] in "{-" and var.op.kind == "pointwise" else (
            var.op.name)

    def _width(self, var):
        return 0.14 + LETTER * max(len(self.label(var)), len(shown(var.value)), 0.9 * len(_arrived(var)))

    def _route(self, edge, start, end):
        """From the right of the source to the left of the target, level through the columns between."""
        target, source, second = edge
        other = target.x if second else target.y
        level, port = self.height[source, end - 1], 0
        if type(other) is Var:
            lower = second if other is source else level < self.height[other, end - 1]
            port = -PORT if lower else PORT
        way = [(x, self.height[source, c]) for c in range(start, end) for x in (self.left[c], self.right[c])][1:]
        way[0] = way[0][0], way[0][1] + port * (other is source)
        return np.array([*way, (self.left[end], self.height[target, end] + port)])

    def paint(self, ax):
        """Draw in the middle of axes that fill their figure."""
        page = ax.figure.get_size_inches()
        corner = (self.size - page) / 2
        ax.set(xlim=(corner[0], corner[0] + page[0]), ylim=(corner[1], corner[1] + page[1]), position=(0, 0, 1, 1))
        ax.set_axis_off()
        for points in self.routes.values():
            ax.add_patch(FancyArrowPatch(path=Path(points), arrowstyle="-|>", mutation_scale=11, color=plots.GREY))
        for var, (x, y, width, height) in self.boxes.items():
            ax.add_patch(Rectangle((x, y), width, height, facecolor="white", edgecolor=plots.GREY))
            ax.text(x + width / 2, y + 0.73 * height, self.label(var), **TEXT)
        self.values = {var: ax.text(x + width / 2, y + 0.27 * height, shown(var.value), color=plots.BLUE, **TEXT)
                       for var, (x, y, width, height) in self.boxes.items()}
        self.slopes = {var: ax.text(x + width / 2, y - 0.13, _arrived(var), **SLOPE)
                       for var, (x, y, width, _) in self.boxes.items()}
        self.locals = {}
        for edge in self.edges:
            self.locals[edge] = ax.text(*self._free_place(edge), _local(edge), **SLOPE)

    def _free_place(self, edge):
        """On the last stretch of an edge, the place nearest to its middle that no other text has taken."""
        a, b = self.routes[edge][-2:]
        taken = [text.get_position() for text in self.locals.values()]
        reach = max(0.0, 0.5 - (LETTER * len(_local(edge)) / 2 + 0.06) / (b[0] - a[0]))
        places = [a + (0.5 + reach * t) * (b - a) for t in (0, 0.5, -0.5, 1, -1)]
        return max(places, key=lambda place: min([1.0, *(
            max(abs(place - other) / (LETTER * 5, 0.17)) for other in taken)]))


def draw(out, names):
    """A private Figure of the graph of the number `out`, readable up to some 30 boxes.  names: {Var: its name}.

    Calls `backward(out)`. Raises TypeError if `out` is not a computed Var, ValueError if it is not one number.
    """
    drawing = Drawing(out, names)
    fig, ax = plots.figure(width=drawing.size[0], height=drawing.size[1])
    fig.set_layout_engine("none")
    drawing.paint(ax)
    return fig


def describe(out, names):
    """The same in words: every box, oldest first, then the slopes. A `Var` without a name gets a number."""
    nodes = boxes(out)
    backward(out)
    names = {var: names.get(var, f"v{i}") for i, var in enumerate(nodes, 1)}
    told = [" = ".join([names[var], *([expression(var, names.get)] if var.op else []), shown(var.value)])
            for var in nodes]
    slopes = [f"{_arrived(var)} at {names[var]}" for var in nodes[::-1] if var.grad is not None]
    return (f"A graph of {len(nodes)} boxes. Forward: {', '.join(told)}. "
            f"Backward from {names[out]}: {', '.join(slopes)}.")


def _arrived(var):
    return "" if var.grad is None else f"slope {shown(np.broadcast_to(var.grad, var.shape))}"


def _local(edge):
    local = edge.local
    return "" if local is None or np.size(local) > FEW else f"×{shown(local)}"
