"""The predictions of lesson 06."""

import re

from . import Prediction
from .said import numbers


def squares(said):
    """The sum of the birds' squared errors at each step that is printed."""
    return [loss for loss, in numbers(r"sum of squared errors +([\d.]+)", said)]


def angle(said):
    """Degrees between the blog's line and the gradient of the printed loss, with a sigmoid."""
    return numbers(r"sigmoid +sse +([\d.]+)", said)[0][0]


def stray(said):
    """Whether the printed loss of the seven points is lower at the end, and how many are right then."""
    rows = numbers(r"squared errors ([\d.]+),.* right (\d) of 7", said)
    return rows[-1][0] < rows[0][0], rows[-1][1]


def falling(said):
    """The formulas along which the printed loss of the seven points falls and is never above its start."""
    runs = re.findall(r"Along (.+?) the printed loss \S+ (\w+) from [\d.]+( over [\d.]+)? to", said)
    return {formula for formula, way, peak in runs if way == "falls" and not peak}


half_sure = Prediction(
    "What is the sum of 342 squared errors before the first step, and will it fall?",
    right=("85.5, and it falls", lambda said: squares(said)[0] == 85.5 > squares(said)[-1]),
    wrong={
        "errors_unsquared": ("171, and it falls", lambda said: squares(said)[0] == 171 > squares(said)[-1], (
            "342 errors of a half add up to 171. The loss adds up their squares, and the square of a half is a "
            "quarter.")),
        "borrowed_line_leads_astray": ("85.5, and it rises", lambda said: squares(said)[-1] > 85.5, (
            "The line was found for straight predictions, so with a sigmoid it might lead anywhere. But short steps "
            "lower a loss along any formula that lies within 90 degrees of its gradient.")),
    },
)

printed_loss = Prediction(
    "What is the angle between the blog's line and the gradient of the printed loss?",
    right=("a few degrees", lambda said: 1 < angle(said) < 20),
    wrong={
        "same_look_same_loss": ("0 degrees", lambda said: angle(said) == 0, (
            "The line looks as it did for squared errors and a straight line. But between weights and error there is "
            "a sigmoid now, and its slope, another one for each bird, belongs into the gradient.")),
        "wrong_is_far_off": ("about 90 degrees", lambda said: 80 < angle(said) < 100, (
            "A formula that is not the gradient need not be far from it. Each bird lacks a factor, but all these "
            "factors are positive, and for these birds the arrows still add up to nearly the same direction.")),
    },
)

one_stray = Prediction(
    "Seven points, 400 steps along the blog's line: what becomes of the printed loss, and how many are right?",
    right=("it rises, 4 right", lambda said: stray(said) == (False, 4)),
    wrong={
        "nearly_right_everywhere": ("it falls, 6 right", lambda said: stray(said) == (True, 6), (
            "With the penguins the line pointed nearly the right way. That was the data's doing: where the model is "
            "sure and wrong about a point, the missing factor makes all the difference.")),
        "training_only_improves": ("it falls, 7 right", lambda said: stray(said) == (True, 7), (
            "Only the loss that is walked down gets better. And with one feature, all yes must lie on one side: the "
            "stray no lies beyond every yes, so seven of seven is out of reach.")),
        "one_of_seven_is_weak": ("it rises, 6 right", lambda said: stray(said) == (False, 6), (
            "It is one point against six. But the model is sure about it and wrong, its feature is 12, and along the "
            "blog's line it pulls harder at the start than the other six together.")),
    },
)

which_falls = Prediction(
    "Along which formulas will the printed loss of the seven points fall from the first step on?",
    right=("Xᵀ(e p(1−p)) alone", lambda said: falling(said) == {"Xᵀ(e p(1−p))"}),
    wrong={
        "shorter_is_safer": ("Xᵀe / n alone", lambda said: falling(said) == {"Xᵀe / n"}, (
            "Dividing by n makes each step shorter. It does not turn it, and here the step points nearly the wrong "
            "way.")),
        "any_formula_will_do": ("all three", lambda said: len(falling(said)) == 3, (
            "Short steps lower the loss along any formula within 90 degrees of the gradient. Without the sigmoid's "
            "slope, a formula begins at 175 degrees here.")),
    },
    at=({"formula": 0}, {"formula": 1}, {"formula": 2}),
)
