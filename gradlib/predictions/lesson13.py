"""The predictions of lesson 13."""

from . import Prediction
from .said import numbers


def lengths(said):
    """How many times as long as the true ones the claimed slopes are."""
    return [length for length, in numbers(r"([\d.]+) times as long", said)]


def floors(said):
    """The noise floors that the explorer's sentences tell, as it opens and with batches of 1."""
    return [floor for floor, in numbers(r"floor ([\d.]+)", said)]


def losses(said):
    """The losses at the start and after 300 steps."""
    return [loss for loss, in numbers(r"the loss is ([\d.]+)", said)]


def below(said, height=0.4):
    """How many of the eight networks end below this loss."""
    return sum(loss < height for loss, in numbers(r"after 500 steps: loss ([\d.]+)", said))


printed = Prediction(
    "What is the blog's line to the loss that the blog prints, a sum of squared errors of sigmoids?",
    right=("the gradient of another loss", "cross-entropy"),
    wrong={
        "it_came_with_it": ("its gradient", "The gradient is right", (
            "The two stand on the same page, and the loss falls. But the printed loss only has to fall along with "
            "the one that the steps go down.")),
        "only_the_mean": ("its gradient, but for a constant", lambda said: lengths(said) and "angle 0°" in said, (
            "A sum beside a mean does make a constant. Here the angle is not 0: the slope of the sigmoid is missing, "
            "and it is another number for each example.")),
    },
)

flats = Prediction(
    "The same line beside the mean of the squared errors, no sigmoid: what is it to this loss?",
    right=("half its gradient", lambda said: lengths(said) == [0.5]),
    wrong={
        "books_leave_it_out": ("its gradient", "The gradient is right", (
            "Many books write one and compute the other, since a constant does not move the lowest point. But the "
            "slope of a square brings a 2, and only a half in the loss takes it away.")),
        "the_two_twice": ("twice its gradient", lambda said: lengths(said) == [2], (
            "There is a factor of two between them. The 2 stands in the gradient of this loss, and the line is "
            "without it: so it is the line that is too short.")),
    },
)

no_floor = Prediction(
    "Batches of 1 in place of 4: how much higher is the noise floor of these flats?",
    right=("more than four times", lambda said: 4 < floors(said)[1] / floors(said)[0] < 9),
    wrong={
        "root_of_batch": ("twice as high", lambda said: 1.7 < floors(said)[1] / floors(said)[0] < 2.3, (
            "The noise in a slope falls with the root of the batch size. The floor is a loss, so it goes with the "
            "square of that noise.")),
        "step_alone": ("not at all", lambda said: floors(said)[1] == floors(said)[0], (
            "The step size stays the same, and it does set the floor. But each step now follows one flat alone, and "
            "is thrown off further.")),
    },
    at=({"batch_size": 1},),
)

own_file = Prediction(
    "The slope of W1 is wrong, all others are right. Does the network in the file still learn?",
    right=("it learns", lambda said: losses(said)[1] < losses(said)[0] / 2),
    wrong={
        "wrong_is_useless": ("it stays where it is", lambda said: abs(losses(said)[1] / losses(said)[0] - 1) < 0.1, (
            "Three of four slopes are right, and the fourth still has the right direction. That is enough to go "
            "down.")),
        "wrong_explodes": ("it flies apart", lambda said: losses(said)[1] > losses(said)[0], (
            "It would with longer steps: the wrong slope is 50 times as long. Here the steps were short enough.")),
    },
)

eight = Prediction(
    "Eight wrong gradients, 500 steps each: how many networks come below a loss of 0.40?",
    right=("six", lambda said: below(said) == 6),
    wrong={
        "wrong_never_learns": ("none", lambda said: below(said) == 0, (
            "A wrong gradient sounds as if it led nowhere. But to go down, a direction need not be the steepest: "
            "within 90 degrees all short steps do.")),
        "wrong_is_harmless": ("all eight", lambda said: below(said) == 8, (
            "Most do. But one of these slopes takes the other sign where a unit is far from zero, and one is 200 "
            "times as long as it should be.")),
    },
)
