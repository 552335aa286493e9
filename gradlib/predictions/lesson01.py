"""The predictions of lesson 01."""

from math import atan2, degrees

from . import Prediction
from .said import numbers


def right_digits(said):
    """How many digits of the first slope the largest nudge gets right."""
    formula, nudged = (line.split()[-2].replace(".", "") for line in said.splitlines()[:2])
    return next((i for i, (one, other) in enumerate(zip(formula, nudged)) if one != other), len(formula))


def turned(said):
    """By how many degrees the gradient is turned from the way straight from the lowest point."""
    (w, b, dw, db), (lowest_w, lowest_b, *_) = numbers(
        r"weight ([-\d.]+) and bias ([-\d.]+) is \(([-\d.]+), ([-\d.]+)\)", said.replace("−", "-"))
    angle = degrees(atan2(db, dw) - atan2(b - lowest_b, w - lowest_w)) % 360
    return min(angle, 360 - angle)


nudge = Prediction(
    "How many of the printed digits will a nudge of 1 get right?",
    right=("all of them", lambda said: right_digits(said) == 10),
    wrong={
        "large_nudge_is_useless": ("none of them", lambda said: right_digits(said) == 0, (
            "A slope is about small moves, and 1 is a large one. Up alone it gives too much, down alone too little. "
            "But by the same amount, and in the central difference that cancels.")),
        "nudge_fades_slowly": ("the first two", lambda said: right_digits(said) == 2, (
            "A smaller nudge usually brings more digits, so a large one should bring a few. That is so where the bend "
            "of the loss changes on the way. On a parabola it does not, and no nudge is too large.")),
    },
)

arrow = Prediction(
    "The gradient as an arrow on the map of the loss: which way does it point?",
    right=("uphill, not straight from the lowest point", lambda said: 5 < turned(said) < 85),
    wrong={
        "away_from_lowest": ("uphill, straight from the lowest point", lambda said: turned(said) < 5, (
            "On a round valley it does. This one is oval, and the gradient knows only the ground under its feet: "
            "it stands at a right angle to the contour, wherever the lowest point lies.")),
        "points_to_lowest": ("downhill, straight to the lowest point", lambda said: turned(said) > 175, (
            "We want to go to the lowest point, so an arrow should show the way. But the gradient says where the loss "
            "rises fastest, and it says so of this place only.")),
        "gradient_goes_down": ("downhill, not straight to the lowest point", lambda said: 95 < turned(said) < 175, (
            "Gradient descent goes down, so its gradient sounds like the way down. The gradient is the slope, and a "
            "slope says where the loss rises. Descent walks against it: that is its minus.")),
    },
    at=({"w": 0.5, "b": 4.2},),
)
