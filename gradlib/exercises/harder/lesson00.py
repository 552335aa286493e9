"""A step further than lesson 00: the error of a line that does not go through zero."""

from .. import lesson00
from ..engine import Mistake, numbers
from ..shared import of_both_signs
from . import Harder

error_with_bias = Harder(
    first=lesson00.error, idea="the line has a bias as well, a number `b` that every prediction gets on top",
    head='''\
def error_with_bias(w, b, x, y):
    """The error of the line w*x + b for one example.

    It is prediction minus target; w, b, x and y are numbers.
    """
''',
    right="return w * x + b - y",
    trials=lambda rng: of_both_signs(
        lambda: [tuple(map(float, numbers(rng, 4, decimals=decimals))) for decimals in (2, 2, 2, 2, 6)]),
    meaning="The bias moves all predictions by the same amount, so it moves all errors by that amount too. For an "
            "average flipper, x = 0, it is the whole prediction.",
    hints=(
        "On paper: the line is 0.5 times x plus 0.2. For x = 2, what does it predict, and how far is that from y = 1?",
        "What is left of the prediction for x = 0?",
        "The bias belongs to the prediction. Does a larger one make the error larger or smaller?",
    ),
    mistakes=(
        Mistake("bias_off", "Your function takes the bias away.",
                "The line gets the bias on top. A larger bias makes a larger prediction, and so a larger error.",
                "If only the bias grows, should the error grow or shrink?", "return w * x - b - y"),
        Mistake("bias_multiplied", "Your bias is multiplied by something.",
                "It is the same for all examples. Neither the weight nor x has a say in it.",
                "What should the line predict for x = 0?", ("return w * (x + b) - y", "return (w + b) * x - y")),
    ),
)
