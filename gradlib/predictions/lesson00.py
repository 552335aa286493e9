"""The predictions of lesson 00."""

import re
from math import log10

from . import Prediction

RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def agreeing(said):
    """In how many digits the two slopes agree; at least, where their difference is only said to be below something."""
    slope, backprop, below = re.search(r"slope is −([\d.]+\d) by calculus and −([\d.]+\d) by backprop; "
                                       r"the difference is (?:below )?(?:\d × )?10([⁻⁰¹²³⁴-⁹]+)", said).groups()
    return int(log10(float(slope)) - int(below.translate(RAISED))) if slope == backprop else 0


digits = Prediction(
    "In how many digits will the two roads agree?",
    right=("thirteen or more", lambda said: agreeing(said) >= 13),
    wrong={
        "backprop_estimates": ("about three", lambda said: agreeing(said) in (2, 3, 4), (
            "So long a way sounds like an estimate. But nothing is estimated on it: backprop multiplies exact slopes, "
            "and only the rounding of the computer is left.")),
        "slope_by_nudging": ("about nine", lambda said: agreeing(said) in (8, 9, 10), (
            "A program that has only the loss could nudge w and look; that gives about nine digits. Backprop nudges "
            "nothing. It has recorded each operation, and the slope of each is known exactly.")),
    },
)

guesses = Prediction(
    "A thousand random guesses between −5 and 5: how large is the largest difference between the roads?",
    right=("less than a billionth", "billionth: True"),
    wrong={
        "far_is_worse": ("about a thousandth", "millionth: False", (
            "Far from the lowest point the slopes are larger, so the roads might part there. But a computer keeps "
            "about sixteen digits of any number, large or small.")),
        "one_must_fail": ("about a millionth", "billionth: False", (
            "Among a thousand guesses one should be unlucky. Here is nothing to be unlucky with: both roads are exact "
            "for every guess, and only the last digits are rounded in another way.")),
    },
)
