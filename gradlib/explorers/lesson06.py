"""Lesson 06: a formula beside the true gradient of the printed loss: the angle between them, and both descents."""

import functools

import numpy as np

from .. import plots
from .._checks import as_function
from ..live import Drag, choice, explore, log_slider, said, slider
from .lesson06_picture import Picture
from .lesson06_story import DATA, FORMULAS, LOSSES, PREDICTIONS, STEPS, defined, tell, with_stray

STEP_RANGE = 0.001, 0.1
LONGEST_NAME, ROOM = 20, 290
MEMORY = 8   # of so many settings the descents are kept, while the cursor moves along them
WRITTEN = "X.T @ (p - y) / len(y)", "X.T @ (p - y)", "X.T @ ((p - y) * p * (1 - p))"


def name_of(formula):
    """What a reader's formula is called on its button."""
    name = getattr(formula, "__name__", "")
    return name if name.isidentifier() and len(name) <= LONGEST_NAME and name not in FORMULAS else "your formula"


@plots.style()
def whose_gradient(formula=None):
    """Choose data, prediction, printed loss and formula; see whether the loss falls, and the angle between the two.

    formula: one of your own beside the three, a function of X (n, d), y (n,) and w (d,) that returns (d,). Where it
    fails, or returns another shape, a sentence says so. Raises TypeError if it is no function.
    """
    formulas, picture = _with_own(formula), Picture(STEPS)
    remembered = functools.lru_cache(MEMORY)(lambda data, stray, bent, name, loss, step_size: tell(
        _points(data, *stray), bent, formulas[name], loss, step_size))

    def update(data, prediction, loss, formula, step_size, step, stray_x, stray_y):
        points, bent = _points(data, stray_x, stray_y), prediction == 0
        name, loss = [*formulas][formula], [*LOSSES][loss]
        try:
            story = remembered(data, (stray_x, stray_y), bent, name, loss, step_size)
            sentence = _sentence(points, bent, name, loss, step_size, story, step)
        except Exception as error:   # whatever a reader's function may raise
            story, sentence = None, f"{name} cannot be shown with the {points.name}: {error}"[:ROOM]
        picture.show(points, data == 0, bent, story, step)
        return sentence

    explorer = explore(
        update, picture.live, room=ROOM, code=functools.partial(code, [*formulas]),
        together=[("data", "prediction"), ("loss", "formula"), ("step_size", "step"), ("stray_x", "stray_y")],
        drag=(Drag(picture.cloud, x="stray_x", y="stray_y"), Drag(picture.curve, x="step")), **_controls(formulas))
    explorer.controls["data"].observe(functools.partial(_lend, explorer.controls), "value")
    return explorer


def _with_own(formula):
    """The formulas by name; a reader's, if there is one, as the last."""
    known = {name: name for name in FORMULAS}
    return known if formula is None else known | {name_of(as_function("formula", formula)): formula}


def _controls(formulas):
    return {"data": choice("data", *(points.name for points in DATA)), "prediction": choice("bent by", *PREDICTIONS),
            "loss": choice("printed loss", *LOSSES),
            "formula": choice("formula", *formulas, value=len(FORMULAS) * (len(formulas) > len(FORMULAS))),
            "step_size": log_slider("step size", *STEP_RANGE, value=0.01, per_decade=5),
            "step": slider("look at step", 0, STEPS, 5, value=100),
            "stray_x": slider("stray feature", -3, 12, 0.5, value=12.0),
            "stray_y": slider("stray answer", 0, 1, 0.1, value=0.0)}


def _lend(controls, change):
    """The stray point belongs to the seven."""
    for name in ("stray_x", "stray_y"):
        controls[name].disabled = bool(change["new"])


def _points(data, stray_x, stray_y):
    """One of DATA; of the seven points, the last lies where the reader has put it."""
    return DATA[data] if data else with_stray(DATA[0], stray_x, stray_y)


def _sentence(points, bent, name, loss, step_size, story, step):
    ways = _undefined(name, points) if not defined(loss, bent) else (
        f"Along {name} the printed loss {loss} {_way(story.losses)}; along its gradient it {_way(story.true_losses)}. "
        f"Step {step}: {_apart(story, step)}.")
    bend = "bent by a sigmoid" if bent else "not bent"
    return f"{ways} {points.name.capitalize()}, {bend}, step size {said(step_size)}."


def _way(losses):
    """How a loss went: rose, fell or stayed, from where to where."""
    first, last, peak = losses[0], losses[-1], losses.max()
    if len(losses) <= STEPS:
        return f"flies apart from {said(first, 4)} on, and is cut off at step {len(losses) - 1}"
    over = f" over {said(peak, 4)}" if said(peak, 4) not in (said(first, 4), said(last, 4)) else ""
    if said(first, 4) == said(last, 4) and not over:
        return f"stays at {said(first, 4)}"
    return f"{'rises' if last > first else 'falls'} from {said(first, 4)}{over} to {said(last, 4)}"


def _apart(story, step):
    """Angle and length of the formula beside the gradient after so many steps."""
    if step >= len(story.weights):
        return "the run along the formula has ended before"
    degrees, length = story.angles[step], story.lengths[step]
    if not np.isfinite(degrees + length):
        return "one of the two is zero to rounding, and has no direction"
    way = "uphill" if degrees > 90 else "downhill"
    apart = f"the same direction, {way}" if degrees < 0.05 else f"{degrees:.0f} degrees apart, {way}"
    long = "just as long" if abs(length - 1) < 1e-9 else f"{said(length, 3)} times as long"
    return f"{apart}, and the formula is {long}"


def _undefined(name, points):
    start = points.X @ points.start
    return (f"No loss to show: without the sigmoid, predictions run from {said(start.min())} to {said(start.max())} at "
            f"the start, and cross-entropy asks for numbers between 0 and 1. {name} moves them all the same.")


FORMULA = """
def formula(X, y, w):
    p = {p}
    return {written}
"""
DESCENTS = """
for losses in (story.losses, story.true_losses):   # along the formula, along the gradient
    print(losses[0], losses.max(), losses[-1], "after", len(losses) - 1, "steps")
print(story.angles[{step}:][:1], "degrees,", story.lengths[{step}:][:1], "times as long")"""
UNDEFINED = """
predictions = points.X @ points.start   # cross-entropy asks for numbers between 0 and 1
print(predictions.min(), predictions.max())
print("moved to", story.weights[-1])"""


def code(names, data, prediction, loss, formula, step_size, step, stray_x, stray_y):
    """The program that gives the sentence's numbers."""
    bent, own = prediction == 0, formula == len(WRITTEN)   # a reader's, whatever it is called
    name = names[formula].replace(" ", "_") if own else "formula"
    written = "" if own else FORMULA.format(p="sigmoid(X @ w)" if bent else "X @ w", written=WRITTEN[formula])
    points = f"with_stray(DATA[0], {stray_x:g}, {stray_y:g})" if data == 0 else f"DATA[{data}]"
    imports = "from gradlib.calculus import sigmoid\n" * (bent and not own)
    return f"""{imports}from gradlib.explorers.lesson06_story import DATA, tell{', with_stray' * (data == 0)}
{written}
points = {points}   # the {DATA[data].name}
story = tell(points, bent={bent}, formula={name}, loss="{[*LOSSES][loss]}", step_size={step_size})
{(DESCENTS if defined([*LOSSES][loss], bent) else UNDEFINED).format(step=step).strip()}"""
