"""The open exercises of lesson 13: a gradient for a loss, a loss for a gradient, and a network to repair.

Any answer is right that the doctor finds right. Where it is not, the check tells what the doctor says.
"""

import numpy as np

from ..doctor import diagnose
from ..wording import said
from . import posted
from .calls import TOLERANCE, as_floats, bare_call, in_order
from .messages import Result, form, number
from .open import Listing, OpenExercise

NUDGE = 1e-4

__all__ = ["loss_of", "mend", "posted", "slopes_of"]


def _features():
    """Eleven examples of three features, and their targets, so that some errors are below 1: X (11, 3), y (11,).

    No size is 2: a 2 that is lost or too much is then not called by a size.
    """
    rng = np.random.default_rng(4)
    return rng.standard_normal((11, 3)), 1.5 * rng.standard_normal(11)


def _told(found, right, question, title="The slopes are not those of the loss.", why="", kept_back=()):
    """What the doctor says, as the `Result` of a check; without the findings of these codes."""
    if _agrees(found):
        return _right(found, right)
    if found.right is None:
        title, why = "Whether these are the slopes of the loss cannot be told.", ""
    texts = dict.fromkeys(finding.text for finding in found.findings if finding.code not in kept_back)
    code = found.codes[0] if found.codes else "unexplained"
    return Listing("wrong", code, title, why, "", question, lines=(*map(str, found.parameters.values()), *texts))


def _agrees(found):
    """Whether the claim is right, or nothing but rounding hides that it is, to the digits that exercises ask for."""
    return found.right or found.right is None and bool(found.parameters) and all(
        verdict.error < TOLERANCE for verdict in found.parameters.values())


def _right(found, right):
    title = "The doctor finds every slope right." if found.right else "Right, as far as rounding lets the doctor see."
    largest = said(max(verdict.error for verdict in found.parameters.values()))
    return Result("correct", "correct", title,
                  f"It called the loss {found.calls} times. The largest relative error is {largest}.", right)


def _as_array(value, like, name=""):
    """The answer, or one of its parts, as an array of this shape, up to axes of length one; or what came instead."""
    called = f" as `{name}`" if name else ""
    try:
        numbers = as_floats(value)
    except (TypeError, ValueError):
        kind = type(value).__name__
        return f"Your function hands back something of the type {kind}{called}, which cannot be read as numbers."
    if _long_axes(numbers.shape) != _long_axes(like):
        return f"Your function hands back {form(numbers)}{called}."
    return (numbers.reshape(like),)


def _or_as_it_came(read, value, *like):
    """What was read; where that is nothing, the value itself, for the doctor to say so."""
    parts = read(value, *like)
    return value if isinstance(parts, str) else list(parts)


def _long_axes(shape):
    return [size for size in shape if size != 1]


# Exercise A: the slopes of a loss

def smooth_distance(w, X, y):
    """The loss of exercise A: the mean of sqrt(1 + error^2) - 1, error = X w - y.  w (d,), X (n, d), y (n,)."""
    return (np.sqrt(1 + (X @ w - y)**2) - 1).mean()


def _slopes_measured(runs, answer):
    w, X, y = runs[0].args
    found = diagnose(lambda w: smooth_distance(w, X, y),
                     lambda w: _or_as_it_came(_as_array, answer(w, X, y), w.shape), w, X=X, y=y, names=("w",),
                     tolerance=TOLERANCE)
    return _told(found, "Far from its target an example pulls with its row alone, however large the error: one outlier "
                 "cannot lead. Near it, with its error, as always.",
                 "What is the slope of the square root, and what of the sum inside it?")


slopes_of = OpenExercise(
    name="slopes_of",
    head='''\
def slopes_of(w, X, y):
    """The gradient of  mean(sqrt(1 + error**2) - 1),  error = X @ w - y.

    w (d,), X (n, d), y (n,); returns (d,).
    """
''',
    given="error = X @ w - y\nreturn ...",
    right="error = X @ w - y\nreturn X.T @ (error / np.sqrt(1 + error**2)) / len(y)",
    hints=(
        "Take one example with the error 3. The loss is √10 − 1. At which rate does it grow with the error? A nudge "
        "will tell you whether you are right.",
        "Three links of a chain: from w to the error, from the error to the sum under the root, from there to the "
        "root. Their slopes multiply.",
        "The first link and the mean are those of lesson 01. So only what stands in the place of the error is new.",
    ),
    trials=lambda: [(np.array([0.4, -0.7, 0.2]), *_features())],
    read=lambda value, w, X, y: _as_array(value, w.shape),
    wanted="Expected: one slope for each weight, an array of shape (3,).",
    question="What has your last line: one number for each weight, for each example, or something else?",
    measured=_slopes_measured,
)


# Exercise B: a loss for a formula

def clipped_line(w, X, y):
    """The formula of exercise B: the blog's line with its errors clipped to the range from -1 to 1."""
    return X.T @ np.clip(X @ w - y, -1, 1) / len(y)


def _loss_measured(runs, answer):
    w, X, y = runs[0].args
    found = diagnose(lambda w: _number(answer(w, X, y)), lambda w: clipped_line(w, X, y), w, X=X, y=y, names=("w",),
                     tolerance=TOLERANCE)
    return (_agrees(found) and _jumping(answer, w, X, y)) or _told(
        found, "A constant more or less would be right, too: no slope sees it. Half the square in the middle and "
        "straight lines outside: it is known as the Huber loss.",
        "Which function of the error has the slope that the formula wants: inside from −1 to 1, and outside?",
        "The formula is not the gradient of your loss.", _one_example(answer, runs[0].trial),
        kept_back=("other_loss", "unexplained"))


def _number(value):
    """One number, of whatever shape it came."""
    return float(np.squeeze(value))


def _one_example(answer, trial):
    """What the loss of one example alone tells, in sentences."""
    def loss(error):
        parts = bare_call(answer, trial, (np.array([error]), np.ones((1, 1)), np.zeros(1))).parts
        return float(parts[0]) if parts else np.nan

    whose = "(What is called the slope of w below is the formula's. The true one is that of your loss.)"
    errors = np.array([0.5, 3.0, -0.5, -3.0])
    slopes = np.array([(loss(error + NUDGE) - loss(error - NUDGE)) / (2 * NUDGE) for error in errors])
    off = abs(slopes - np.clip(errors, -1, 1)) > 0.01
    if not off.any():
        return "" if np.isnan(slopes).any() else (
            f"For one example alone the slopes fit: so look at how your loss puts the examples together. {whose}")
    error, slope = errors[off][0], slopes[off][0]
    return (f"Take one example alone, with 1 as its only feature. Where its error is {number(error)}, the slope of "
            f"your loss is {said(slope, 3)}. The formula says {number(np.clip(error, -1, 1))}. {whose}")


def _jumping(answer, w, X, y):
    """A loss that jumps can have the right slopes at every place that is nudged. So a long way: what the slopes along
    it add up to is how much the loss changes."""
    way, pieces = np.array([2.0, -3.0, 1.0]), 4000
    middles = (np.arange(pieces) + 0.5) / pieces
    climbed = np.mean([clipped_line(w + part * way, X, y) @ way for part in middles])
    changed = _number(answer(w + way, X, y)) - _number(answer(w, X, y))
    if abs(changed - climbed) < 1e-4 * abs(climbed):
        return None
    told = (f"From w = ({_numbers(w)}) to ({_numbers(w + way)}) it changes by {said(changed, 4)}. The slopes along the "
            f"way add up to {said(climbed, 4)}.")
    return Result("wrong", "jumps", "Where I nudged, the slopes fit. But along a longer way they do not.",
                  f"{told} So your loss jumps on the way, or has other slopes on a part of it.", "",
                  "How high and how steep is each of your pieces where two of them meet?")


def _numbers(vector):
    return ", ".join(map(number, vector.round(12)))


loss_of = OpenExercise(
    name="loss_of",
    head='''\
def loss_of(w, X, y):
    """A loss whose gradient is  X.T @ np.clip(error, -1, 1) / len(y).

    error = X @ w - y.  w (d,), X (n, d), y (n,); returns a number.
    """
''',
    given="...",
    right="error = X @ w - y\nfar = np.abs(error)\nreturn np.where(far <= 1, error**2 / 2, far - 0.5).mean()",
    hints=(
        "Draw the slope over the error: flat at −1, a ramp from −1 to 1, flat at 1. Which curve has these slopes?",
        "Between −1 and 1 it is the loss of lesson 01. Outside the slope is a constant: what curve is that?",
        "Where two pieces meet, at an error of 1, they must have the same height. Otherwise the loss jumps there.",
    ),
    trials=lambda: [(np.array([0.4, -0.7, 0.2]), *_features())],
    read=lambda value, w, X, y: _as_array(value, ()),
    wanted="Expected: one number, the loss.",
    question="What has your last line: one number for all examples, one for each, or something else?",
    measured=_loss_measured,
)


# Exercise C: a network to repair

LAYERS = ("W1", "b1", "W2", "b2", "W3", "b3")

def two_hidden_layers(W1, b1, W2, b2, W3, b3, X, Y):
    """The loss of exercise C: half the mean squared error of a network with two hidden layers of tanh.

    X (n, d), Y (n, 1), weights (inputs, outputs), biases (outputs,).
    """
    a1 = np.tanh(X @ W1 + b1)
    a2 = np.tanh(a1 @ W2 + b2)
    return ((a2 @ W3 + b3 - Y)**2).mean() / 2


def _network():
    rng = np.random.default_rng(5)
    shapes = (3, 7), (7,), (7, 5), (5,), (5, 1), (1,)
    X, y = _features()
    return (*(rng.standard_normal(shape) / 2 for shape in shapes), X, y[:, None])


def _as_layers(value, *args):
    value = in_order(value, LAYERS)
    if not isinstance(value, (list, tuple)) or len(value) != len(LAYERS):
        what = f"{len(value)} things" if isinstance(value, (list, tuple)) else f"one {type(value).__name__}"
        return f"Your function hands back {what}, not six arrays."
    parts = [_as_array(part, like.shape, name) for part, like, name in zip(value, args, LAYERS)]
    return next((part for part in parts if isinstance(part, str)), tuple(part[0] for part in parts))


def _mend_measured(runs, answer):
    *layers, X, Y = runs[0].args
    found = diagnose(lambda *layers: two_hidden_layers(*layers, X, Y),
                     lambda *layers: _or_as_it_came(_as_layers, answer(*layers, X, Y), *layers), *layers, X=X, Y=Y,
                     names=LAYERS, tolerance=TOLERANCE)
    return _told(found, "Which slopes were right said where to look: what they do not use is where the mistakes sat.",
                 "Which slopes are right already, and which line do only the wrong ones use?")


mend = OpenExercise(
    name="mend",
    head='''\
def mend(W1, b1, W2, b2, W3, b3, X, Y):
    """The slopes of half the mean squared error: two hidden layers of tanh.

    X (n, 3), Y (n, 1); returns six arrays, in the order of the parameters.
    """
''',
    given='''\
a1 = np.tanh(X @ W1 + b1)
a2 = np.tanh(a1 @ W2 + b2)
delta3 = (a2 @ W3 + b3 - Y) / len(X)
delta2 = delta3 @ W3.T * (1 - a2**2)
delta1 = delta2 @ W2.T * (1 - a2[:, :1]**2)
return (X.T @ delta1, delta1.mean(axis=0), a1.T @ delta2, delta2.sum(axis=0),
        a2.T @ delta3, delta3.sum(axis=0))
''',
    right='''\
a1 = np.tanh(X @ W1 + b1)
a2 = np.tanh(a1 @ W2 + b2)
delta3 = (a2 @ W3 + b3 - Y) / len(X)
delta2 = delta3 @ W3.T * (1 - a2**2)
delta1 = delta2 @ W2.T * (1 - a1**2)
return (X.T @ delta1, delta1.sum(axis=0), a1.T @ delta2, delta2.sum(axis=0),
        a2.T @ delta3, delta3.sum(axis=0))
''',
    hints=(
        "Change one line that you suspect, and run the check: it says which of the six slopes are right. Begin at the "
        "loss and walk back to the first wrong one.",
        "Each delta takes the slope of the tanh of its own layer. Compare the lines of two deltas, letter by letter.",
        "One mistake spoils two slopes, the other one of them alone. When one is mended, what does the check say?",
    ),
    trials=lambda: [_network()],
    read=_as_layers,
    wanted="Expected: six arrays, each of the shape of its parameter.",
    question="What does your last line hand back, in which order, and which shape has each?",
    measured=_mend_measured,
)
