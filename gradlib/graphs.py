"""A graph of `Var`s as a picture and as words: inputs left, loss right, values in the boxes.

    w, x = Var(np.float64(2)), Var(np.float64(3))
    m = w * x
    show(draw(m, {w: "w", x: "x", m: "m"}), describe(m, {w: "w", x: "x", m: "m"}))

On an edge stands the local slope of the result to that operand, below a box the slope of the loss that arrived
there: a number times the local slope is what the next box to the left receives. Values are blue, slopes vermillion.
"""

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.path import Path

from . import plots
from .autodiff import Var, backward
from .autodiff.graph import tape, value_of

GAP, ROW, BOX, PORT = 0.6, 1.0, 0.54, 0.1   # inches: between columns, from row to row, height of a box, half between edges
LETTER, SMALLEST = 0.088, 0.5      # width of a letter and of the narrowest box, in inches
FEW = 3           # arrays of up to this many numbers are written out, others by shape
SWEEPS = 12
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 1}


class Use(NamedTuple):
    """An edge: `source` is an operand of `target`, the first or the second."""

    target: Var
    source: Var
    second: bool

    def pull(self, slope):
        """What the source receives when `slope` has arrived at the target; None where nothing passes."""
        op = self.target.op
        rule = op.dy if self.second else op.dx
        return rule and rule(slope, self.target.value, value_of(self.target.x), value_of(self.target.y))

    @property
    def local(self):
        """The local slope, where it is a number for each number of the target; else None."""
        alike = self.target.op.kind == "pointwise" and self.source.shape == self.target.shape
        return self.pull(np.ones_like(self.target.value)) if alike else None


def uses(out):
    """Every edge of the graph of `out`, in the order in which `backward` walks them."""
    if type(out) is not Var or out.op is None:
        raise TypeError(f"a graph needs a Var that was computed from other Vars, got {out!r}.")
    return [Use(var, operand, second) for var in tape(out) for second, operand in enumerate((var.x, var.y))
            if type(operand) is Var]


def shown(value):
    """A number with four digits, a few numbers as a list, and of a larger array the shape."""
    if np.ndim(value) == 0:
        return f"{float(value) + 0.0:.4g}".replace("-", "−")
    return f"[{', '.join(map(shown, value))}]" if np.size(value) <= FEW else str(np.shape(value))


def expression(var, write):
    """The operation of a result as text; write(operand) says how an operand that is a Var or a number is written."""
    op, operands = var.op, [write(operand) for operand in (var.x, var.y)]
    if op.name == "square":
        return f"{operands[0]}²"
    is_setting = type(var.y) in (tuple, int, slice, list)   # axes, a shape, a key
    code = f"{op.name}({{x}})" if is_setting and op.kind in ("linear", "reduction", "symmetric") else op.code
    text = code.format(x=operands[0], y=operands[1]).replace("np.", "")
    return text.replace(" * ", " × ").replace(" - ", " − ").replace(" ** ", " ^ ")


def layout(out):
    """Where each box goes: {(var, column): row}, column 0 left and row 0 on top, so that edges are short and rarely
    cross. (var, column) to the right of the box of var is where its edge passes through a column on its way."""
    column = {}
    edges = uses(out)
    for edge in reversed(edges):
        column[edge.target] = max(column.get(edge.target, 0), 1 + column.get(edge.source, 0))
    for edge in edges:
        if edge.source.op is None:   # an input stands just left of its first use
            column[edge.source] = min(column.get(edge.source, np.inf), column[edge.target] - 1)
    before, after, columns = defaultdict(set), defaultdict(set), defaultdict(dict)
    for edge in reversed(edges):
        here = [(edge.source, c) for c in range(column[edge.source], column[edge.target])]
        for a, b in zip(here, [*here[1:], (edge.target, column[edge.target])]):
            before[b].add(a)
            after[a].add(b)
            columns[a[1]][a] = columns[b[1]][b] = None
    return _sweep([list(columns[c]) for c in sorted(columns)], before, after)


def _sweep(columns, before, after):
    """Let every box wish for the mean row of its neighbours, on its left and on its right in turn."""
    rows = {spot: float(i) for column in columns for i, spot in enumerate(column)}
    for neighbours, order in [(before, columns), (after, columns[::-1])] * SWEEPS:
        for column in order:
            wishes = [np.mean([rows[n] for n in neighbours[spot]]) if neighbours[spot] else rows[spot]
                      for spot in column]
            rows.update(zip(column, _apart(np.round(wishes, 6))))
    top = min(rows.values())
    return {spot: row - top for spot, row in rows.items()}


def _apart(wishes):
    """The rows nearest to the wishes that keep their order and lie at least one apart."""
    order, rank = np.argsort(wishes, kind="stable"), np.arange(len(wishes))
    slack = wishes[order] - rank
    slack = (np.maximum.accumulate(slack) + np.minimum.accumulate(slack[::-1])[::-1]) / 2
    rows = np.empty(len(wishes))
    rows[order] = slack + rank
    return rows


class Drawing:
    """The graph of one number `out`, laid out; `paint(ax)` draws it in inches, and `size` says how many.

    Afterwards `values`, `slopes` (texts by Var) and `locals` (texts by Use) may be hidden or changed; `boxes`
    (left, bottom, width, height by Var) and `routes` (points by Use) say where things are. Calls `backward(out)`.
    """

    def __init__(self, out, names):
        self.edges, self.names = uses(out), names
        spots = layout(out)
        backward(out)
        self.nodes = list(dict.fromkeys(var for edge in reversed(self.edges) for var in (edge.source, edge.target)))
        at = {var: min(c for v, c in spots if v is var) for var in self.nodes}
        widths = [max(self._width(var) for var in self.nodes if at[var] == c) if c in at.values() else SMALLEST
                  for c in range(max(at.values()) + 1)]
        self.left = GAP / 4 + np.cumsum([0, *widths]) + GAP * np.arange(len(widths) + 1)
        self.right = self.left[:-1] + widths
        bottom = max(spots.values())
        self.size = self.right[-1] + GAP / 4, ROW * (bottom + 1)
        self.height = {spot: ROW * (bottom - row + 0.55) for spot, row in spots.items()}
        self.boxes = {var: (self.left[c], self.height[var, c] - BOX / 2, widths[c], BOX) for var, c in at.items()}
        self.routes = {edge: self._route(edge, at[edge.source], at[edge.target]) for edge in self.edges}

    def label(self, var):
        """The name of a Var, with its operation if all operands have names; without a name, the operation."""
        operands = [operand for operand in (var.x, var.y) if type(operand) is Var]
        named = var in self.names and all(operand in self.names for operand in operands)
        if var.op is None or var in self.names and not named:
            return self.names.get(var, "")
        text = expression(var, lambda x: _constant(x) if type(x) is not Var else self.names[x] if named else "")
        return f"{self.names[var]} = {text}" if named else text.replace("()", "").strip()

    def _width(self, var):
        longest = max(len(self.label(var)), len(shown(var.value)), len(_arrived(var)) - 1)
        return max(SMALLEST, LETTER * longest + 0.16)

    def _route(self, edge, start, end):
        """From the right side of the source to the left side of the target, level through the columns between."""
        target, source, second = edge
        height = self.height[source, end - 1]
        other = next((e.source for e in self.edges if e.target is target and e.second != second), None)
        below = second if other is source else other is not None and self.height[other, end - 1] > height
        port = 0 if other is None else -PORT if below else PORT
        points = [(self.right[start], self.height[source, start] + (port if other is source else 0))]
        for c in range(start + 1, end):
            points += [(x, self.height[source, c]) for x in (self.left[c], self.right[c])]
        return np.array([*points, (self.left[end], self.height[target, end] + port)])

    def paint(self, ax):
        """Draw on these axes, which become as many inches wide and high as their figure; the graph is in the middle."""
        sides = np.array(ax.figure.get_size_inches())
        low = (np.array(self.size) - sides) / 2
        ax.set(xlim=(low[0], low[0] + sides[0]), ylim=(low[1], low[1] + sides[1]))
        ax.set_axis_off()
        for points in self.routes.values():
            ax.add_patch(FancyArrowPatch(path=Path(points), arrowstyle="-|>", mutation_scale=11, shrinkA=0, shrinkB=0,
                                         color=plots.GREY, linewidth=1.2))
        self.values, self.slopes, self.locals = {}, {}, {}
        for var, (x, y, width, height) in self.boxes.items():
            middle = {"x": x + width / 2, "ha": "center", "va": "center"}
            ax.add_patch(Rectangle((x, y), width, height, facecolor="white", edgecolor=plots.GREY, linewidth=1.2))
            ax.text(y=y + 0.73 * height, s=self.label(var), **middle)
            self.values[var] = ax.text(y=y + 0.27 * height, s=shown(var.value), color=plots.BLUE, **middle)
            self.slopes[var] = ax.text(y=y - 0.12, s=_arrived(var), color=plots.VERMILLION, fontsize=9.5, bbox=WHITE,
                                       **middle)
        for edge, points in self.routes.items():
            local = edge.local
            text = "" if local is None or np.size(local) > FEW else f"×{shown(local)}"
            self.locals[edge] = ax.text(*points[-2] + 0.52 * (points[-1] - points[-2]), text, color=plots.VERMILLION,
                                        fontsize=9.5, ha="center", va="center", bbox=WHITE)


def draw(out, names):
    """A private Figure of the graph of the number `out`; names: {Var: its name}. Readable up to some 30 boxes.

    Calls `backward(out)`. Raises TypeError if out is not a computed Var, ValueError if it is not one number.
    """
    drawing = Drawing(out, names)
    fig, ax = plots.figure(width=drawing.size[0], height=drawing.size[1])
    fig.set_layout_engine("none")
    ax.set_position((0, 0, 1, 1))
    drawing.paint(ax)
    return fig


def describe(out, names):
    """The same in words: every value with the operation it comes from, then the slopes. What has no name is numbered."""
    nodes = list(dict.fromkeys(var for edge in reversed(uses(out)) for var in (edge.source, edge.target)))
    backward(out)
    names = {var: names.get(var, f"v{i}") for i, var in enumerate(nodes, 1)}

    def told(var):
        text = expression(var, lambda x: names[x] if type(x) is Var else _constant(x)) if var.op else ""
        equals = "of shape" if np.size(var.value) > FEW else "="
        return " = ".join(filter(None, [names[var], text])) + f" {equals} {shown(var.value)}"
    slopes = "; ".join(f"{names[var]} {shown(var.grad)}" for var in reversed(nodes) if var.grad is not None)
    return (f"A graph of {len(nodes)} boxes, from left to right: {'; '.join(map(told, nodes))}. "
            f"Slopes of {names[out]}, from right to left: {slopes}.")


def _constant(x):
    return "array" if np.size(x) > FEW else shown(x) if np.ndim(x) == 0 and x is not None else str(x)


def _arrived(var):
    return "" if var.grad is None else f"slope {shown(var.grad)}"
