"""A step further than lesson 06: three other formulas, a rare kind of example, and another curve than the sigmoid."""

from dataclasses import replace

import numpy as np

from .. import lesson06
from ..engine import Mistake
from . import Harder

KNOWN = {mistake.code: mistake for mistake in lesson06.whose.mistakes}


def _again(code, *ways):
    """A mistake of the exercise before, where it is in these lines."""
    return replace(KNOWN[code], ways=ways)


def _names(part, *losses):
    return [f'{part} = "{loss}"' for loss in losses]


whose_else = Harder(
    first=lesson06.whose, idea="three other formulas, and the constants have changed places", noun="answer",
    parts=lesson06.PARTS, changing=True,
    head=lesson06.whose.head.replace("whose()", "whose_else()"),
    given='''\
# X.T @ (p - y) / n, with p = sigmoid(X @ w)
first = ...
# 2 * X.T @ (p - y) / n, with p = X @ w
second = ...
# X.T @ ((p - y) * p * (1 - p)), with p = sigmoid(X @ w)
third = ...
return first, second, third
''',
    right='''\
# X.T @ (p - y) / n, with p = sigmoid(X @ w)
first = "cross_entropy"
# 2 * X.T @ (p - y) / n, with p = X @ w
second = "mse"
# X.T @ ((p - y) * p * (1 - p)), with p = sigmoid(X @ w)
third = "half_sse"
return first, second, third
''',
    trials=lesson06.whose.trials, measure=lesson06.whose.measure, read=lesson06.whose.read,
    wanted=lesson06.whose.wanted, question=lesson06.whose.question,
    meaning="Two questions were enough for each: is the slope of the sigmoid there, and which constant stands in "
            "front? The same two tell in a strange program what it minimises.",
    hints=(
        "Ask first for the family. In which of the formulas do you see the slope of the sigmoid, and where has "
        "something cancelled it?",
        "Then the constants. A mean divides by n, in the loss and in the gradient alike.",
        "Where does a 2 come from, and which losses have a half that eats it?",
    ),
    mistakes=(
        _again("sum_for_mean", *_names("first", "sum_cross_entropy"), *_names("second", "sse")),
        _again("no_sigmoid_slope", *_names("first", "half_mse", "mse", "half_sse", "sse")),
        _again("two_is_there", *_names("second", "half_mse")),
        _again("mean_and_two_are_there", *_names("second", "half_sse")),
        _again("not_a_probability", *_names("second", "cross_entropy")),
        _again("two_missing", *_names("third", "sse")),
        _again("mean_for_sum", *_names("third", "half_mse")),
        _again("mean_and_two_missing", *_names("third", "mse")),
        _again("slope_not_cancelled", *_names("third", "cross_entropy", "sum_cross_entropy")),
    ),
)


def _rare_loss(X, y, w, rare):
    p = 1 / (1 + np.exp(-X @ w))
    return -np.mean(rare * y * np.log(p) + (1 - y) * np.log(1 - p))


rare_entropy_gradient = Harder(
    first=lesson06.entropy_gradient, idea="the examples with target 1 are rare, and count `rare` times as much",
    examples=("X", "y"),
    head='''\
def rare_entropy_gradient(X, y, w, rare):
    """The gradient of cross-entropy with a weight on class 1,

        -np.mean(rare * y * np.log(p) + (1 - y) * np.log(1 - p)).

    X (n, d), y (n,) of 0 and 1, w (d,), rare a number; returns (d,).
    """
''',
    given='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
return ...
''',
    right='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
pull = (1 - y) * p - rare * y * (1 - p)
return X.T @ pull / len(y)
''',
    trials=lambda rng: [(*args, float(rng.integers(2, 6))) for args in lesson06.entropy_gradient.trials(rng)],
    loss=_rare_loss, of=("w",),
    meaning="An example of class 1 pulls as if it stood there `rare` times. So the predictions rise, also where they "
            "were right on average: what comes out is no longer a share that can be trusted.",
    hints=(
        "Take one example with target 1 and one with target 0. What does each of them say without the weight?",
        "Of the error p − y, which examples should pull more, and by how much?",
        "The mean still runs over n examples. Does the weight change that?",
    ),
    mistakes=(
        Mistake("all_weighted", "Every example has the weight of the rare ones.",
                "It stands before the logarithm of the examples with target 1, and not before the others.",
                "What does your function do with an example of class 0?", "pull = rare * (p - y)"),
        Mistake("other_class", "The weight is on the other class.", "It belongs to the examples with target 1.",
                "For y = 0, is `rare` still in your pull?", "pull = rare * (1 - y) * p - y * (1 - p)"),
        Mistake("target_weighted", "The weight stands before the target alone.",
                "For target 1, both parts of the error pull: rare times p minus rare. Yours takes p once.",
                "For p = 1 and target 1, should anything pull?", "pull = p - rare * y"),
        Mistake("weighted_mean", "Your mean divides by the sum of the weights.",
                "The loss here divides by n, the number of examples.",
                "By what does the formula divide?",
                "return X.T @ pull / np.sum(np.where(y == 1, rare, 1))"),
    ),
)


def _tanh_loss(X, y, w):
    return np.mean((np.tanh(X @ w) - y) ** 2) / 2


tanh_loss_gradient = Harder(
    first=lesson06.loss_gradient, idea="the prediction is a tanh, with targets of −1 and 1", examples=("X", "y"),
    head='''\
def tanh_loss_gradient(X, y, w):
    """The gradient of half the mean squared error of p = tanh(X @ w).

    X (n, d), y (n,) of -1 and 1, w (d,); returns (d,).
    """
''',
    given='''\
p = np.tanh(X @ w)
return ...
''',
    right='''\
p = np.tanh(X @ w)
pull = (p - y) * (1 - p ** 2)
return X.T @ pull / len(y)
''',
    trials=lambda rng: [(X, 2 * y - 1, w) for X, y, w in lesson06.loss_gradient.trials(rng)],
    loss=_tanh_loss, of=("w",),
    meaning="Only one link of the chain is new: how fast the prediction moves. And as with the sigmoid, an example "
            "that is quite wrong, p near 1 and y = −1, hardly pulls: the curve is flat there.",
    hints=(
        "From the loss to p, from p to z, from z to a weight. Which of the three links has changed?",
        "How fast does tanh move where it is 0, and how fast where it is nearly 1? Lesson 04 had it in an exercise.",
        "Each example has its own z, so each has its own link. Does yours come before the mean?",
    ),
    mistakes=(
        Mistake("sigmoid_slope", "Your slope is that of the sigmoid.",
                "The curve has changed, and its slope with it. tanh is steepest where it is 0, with a slope of 1.",
                "What is your slope where p is 0?", "pull = (p - y) * p * (1 - p)"),
        Mistake("no_slope", "The slope of tanh is missing.",
                "It stands between p and z, and nothing cancels it in a square.",
                "When z grows by a little, by how much does p grow?", "pull = p - y"),
        Mistake("slope_at_z", "Your slope is written with z where p belongs.",
                "What has come out of tanh tells its slope, not what has gone in.",
                "Is your slope ever below 0?", "pull = (p - y) * (1 - (X @ w) ** 2)"),
        Mistake("tanh_twice", "The tanh is there twice.",
                "`p` has come out of it already.", "What goes into your slope: z, or what has come out?",
                "pull = (p - y) * (1 - np.tanh(p) ** 2)"),
        Mistake("half_slope", "Your slope has lost the square.",
                "It would be above 1 for negative p. The slope of tanh is never above 1.",
                "What is your slope for p = −1, where tanh is flat?", "pull = (p - y) * (1 - p)"),
    ),
)
