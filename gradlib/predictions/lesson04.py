"""The predictions of lesson 04."""

import re

from . import Prediction


def slope_of_x(said):
    """The first slope that is printed."""
    return float(re.search(r"slopes: ([\d.]+)", said)[1])


again = Prediction(
    "After a second call of backward(L): what is the slope of x?",
    right=("15", lambda said: slope_of_x(said) == 15),
    wrong={
        "slopes_pile_up": ("30", lambda said: slope_of_x(said) == 30, (
            "The loop adds with +=, so a second walk should bring a second 15. PyTorch does so at the weights. Here "
            "the walk begins with two lines that set the slope of every node to zero.")),
        "old_slopes_walk_on": ("51", lambda said: slope_of_x(said) == 51, (
            "If nothing were cleared, the old slopes would be handed on once more, together with the new ones: that "
            "gives 51. But two lines before the walk set every slope to zero.")),
    },
)

apart = Prediction(
    "Two hundred random graphs: how far will this engine and the course's be apart at most?",
    right=("less than a billionth", "billionth: True"),
    wrong={
        "rounding_piles_up": ("about a thousandth", "millionth: False", (
            "Every operation rounds, and such a graph has hundreds. But one rounding touches the sixteenth digit or "
            "so, and even a thousand of them leave the first nine alone, unless large numbers cancel.")),
        "two_programs_differ": ("about a millionth", "billionth: False", (
            "Two programs, written in two ways, should differ a little. They do, in the last digits: there the order "
            "of the arithmetic decides how a number is rounded. The products and sums are the same.")),
    },
)
