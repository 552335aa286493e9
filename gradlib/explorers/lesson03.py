"""Lesson 03: backpropagation step by step. Values go from left to right, then slopes from right to left."""


import numpy as np

from .. import plots
from ..autodiff import Var
from ..graphs import shown, uses
from ..live import Album, choice, explore, slider, with_play
from .lesson03_walk import Walk
from .own_function import told, traced


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
    slopes that are not finite, for arrays on the way, and for a graph of more than 24 boxes.
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
