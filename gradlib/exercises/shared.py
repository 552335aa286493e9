"""What several exercises share: the texts of mistakes, the slips of a step, and rows of ways."""

import re
from dataclasses import replace

import numpy as np

from .mistakes import Mistake, Slip


def each(line, *values):
    """Ways that differ in one place: the line with each of the values where {} stands."""
    return tuple(line.replace("{}", str(value)) for value in values)


def told(code, *ways, **words):
    """A mistake with a text of the table below; words fill what stands in {} there, but for {n} and {d}."""
    return Mistake(code, *_texts(code, words), ways)


def slip(code, way, **words):
    """The same for a slip."""
    return Slip(code, *_texts(code, words), way)


def _texts(code, words):
    texts = TEXTS[code]
    for name, word in words.items():
        texts = [text.replace(f"{{{name}}}", word) for text in texts]
    return texts


def renamed(mistakes, names):
    """The same mistakes where the solution has other names: {old: new}."""
    def lines(way):
        for old, new in names.items():
            way = re.sub(rf"\b{old}\b", new, way)
        return way
    def ways(mistake):
        return mistake.ways if isinstance(mistake.ways, tuple) else (mistake.ways,)
    return tuple(replace(mistake, ways=tuple(map(lines, ways(mistake)))) for mistake in mistakes)


def missing_part(first, second):
    """Two mistakes of an exercise with two parts: one of them is handed back alone."""
    return tuple(Mistake(f"only_{there}", f"`{missing}` is missing.",
                         "What you hand back is right, and half of what is asked for.",
                         "How many things should your last line hand back?", f"return {there}")
                 for there, missing in ((first, second), (second, first)))


def of_both_signs(draw, *numbers):
    """Trials, drawn until each of these numbers of a trial has come with either sign: so that losing it shows.
    Without any, those are the arguments themselves, where all are numbers."""
    while True:
        trials = draw()
        numbers = numbers or [lambda *trial, i=i: trial[i] for i in range(len(trials[0]))]
        if all({-1, 1} <= {np.sign(number(*trial)) for trial in trials} for number in numbers):
            return trials


def wrong_errors(noun, prediction, target="y"):
    """What may stand in the place of the errors, prediction minus target."""
    return (
        Mistake("still_squared", f"The error in your {noun} is still squared.",
                "A square has lost its sign: a prediction too high and one too low pull the same way.",
                "Which power of the error should be left in a slope?", f"error = ({prediction} - {target}) ** 2"),
        Mistake("absolute_error", f"The errors in your {noun} have lost their signs.",
                "Without its sign, a prediction too high pulls the same way as one too low.",
                "Which part of your code makes every error positive?", f"error = abs({prediction} - {target})"),
        Mistake("sign_of_error", f"Your {noun} only uses the sign of each error.",
                "A prediction that is nearly right should pull less than one that is quite wrong.",
                "Where does your code use how large an error is?", f"error = np.sign({prediction} - {target})"),
        Mistake("added_target", "Your error adds the target to the prediction.",
                "An error is a difference: it is zero when the prediction is perfect.",
                "What should the error be when prediction and target are the same?",
                f"error = {prediction} + {target}"),
        Mistake("prediction_not_error", f"Your {noun} uses predictions where errors belong.",
                "Then it would be zero for predictions of zero, whatever the targets say.",
                "Where do the targets enter your code?", f"error = {prediction}"),
        Mistake("target_not_error", f"Your {noun} uses targets where errors belong.",
                "Then nothing says how far a prediction is off.",
                "Where do the predictions enter your code?", f"error = {target}"),
    )


TEXTS = {   # code: title, why, where to look
    # a mean
    "forgot_mean": (
        "{subject} {n} times too large.",
        "Your function adds up what all {n} examples say. The loss takes their mean.",
        "Which line of your code knows how many examples there are?"),
    "divided_twice": (
        "{subject} {n} times too small.",
        "Your function divides by the number of examples twice. A mean has divided already.",
        "How often does your code divide by the number of examples?"),
    "divided_by_outputs": (
        "{subject} divided by the number of outputs as well.",
        "A mean without an axis runs over all n times m numbers. The loss adds up the outputs of an example.",
        "By which number do you divide: that of the examples, or that of all predictions?"),
    "whole_division": (
        "A // cuts something off.", "Between whole numbers // gives a whole number, and forgets the rest.",
        "Which of your divisions should keep its fraction?"),
    # a step
    "returned_gradient": (
        "Your function hands back the gradient.",
        "The gradient says where uphill is. Where one arrives is asked for.",
        "If all slopes were 0, what should your function hand back?"),
    "returned_step": (
        "Your function hands back the step alone.",
        "That is how far to go. Where one arrives depends on where one starts.",
        "Where do the old weights enter your lines?"),
    "not_moved": (
        "The weights have not moved.",
        "Your function hands back the weights that it was given.",
        "Which name holds the new weights, and which one do you return?"),
    "one_slope_for_all": (
        "Your step moves all weights by the same amount.",
        "A mean or a sum without an axis takes in the weights as well. Or the features are missing.",
        "Which shape has the slope of `w` in your code?"),
    "no_step_size": (
        "Your step leaves out the step size.", "How far to go is then left to the slopes alone.",
        "Which of the arguments have you not used?"),
    "divided_by_step_size": (
        "Your step divides by the step size.", "Then a smaller step size would make a longer step.",
        "What should happen to the step when the step size comes close to zero?"),
    "shrinking_steps": (
        "Your steps are of different lengths.",
        "That is a schedule, as of steps that get shorter one by one. Here the step size stays as it was given.",
        "What stands in the place of the step size in your first step, and what in your second?"),
    "square_of_mean": (
        "Your {noun} squares the mean, and not each slope.",
        "Where slopes change their sign, their mean is nearly zero: the longest steps come where they agree least.",
        "What comes first in your code, the square or the mean?"),
    "root_twice": (
        "There are two roots in your code.",
        "One brings the mean of the squares back to the unit of a slope. The second takes it on from there.",
        "In which of your lines is a root taken, and of what?"),
    # a batch
    "full_batch": (
        "{step} uses all rows.", "That is gradient descent. Here the rows of the batch are asked, and no others.",
        "Where does `batch` enter your code?"),
    "first_rows": (
        "{step} uses the first rows, not those of its batch.",
        "The number of rows is right. But the same ones would be asked again and again, and the others never.",
        "Which numbers are in `batch`, and which rows does your code take?"),
    "rows_apart": (
        "Your rows of `X` do not belong to your targets, or to your errors.",
        "Row 4 of `X` needs the target of row 4. One array has met the batch in another way, or not at all.",
        "For the first row of your batch: which target meets its prediction, and which error its features?"),
    "one_row": (
        "{step} listens to one row of its batch only.",
        "An index picked one row, a loop writes over what the last round has left, or a return ends it too early.",
        "How many errors does your code work out, and how many are left when it steps?"),
    # a gradient
    "took_a_step": (
        "Those are weights after a step, not the {noun}.", "The gradient only says where uphill is.",
        "What is asked for: slopes, or better weights?"),
    "returned_loss": (
        "That is a loss, not the {noun}.",
        "The loss says how bad these weights are. A slope says how that changes when one of them moves.",
        "How many slopes should your function hand back?"),
    "weight_decay": (
        "The weights are added to your {noun}.",
        "That is the slope of a penalty on large weights. The loss here has none.",
        "Which loss is in the docstring, and where do the weights enter it?"),
    "product_of_means": (
        "Your {noun} is a product of means.",
        "The mean of products is not the product of means. What belongs to one example must meet first.",
        "What comes first in your code, the product or the mean?"),
    "transposed": (
        "`X` lies the wrong way round.",
        "Each weight needs its own column of X. Yours runs where errors and weights are equally many, and is wrong.",
        "Write the shapes under your product: which two numbers must be equal, and which should remain?"),
    "divided_by_d": (
        "Your {noun} is divided by the number of weights.",
        "The loss is a mean over the examples. How many weights there are has no say in that.",
        "Which entry of a shape counts the rows, and which the columns?"),
    # a sigmoid
    "minus_in_sigmoid": (
        "A probability falls where it should rise.",
        "The minus in front of a sigmoid's argument is lost, or there are two. Or one minus p stands where p belongs.",
        "For a very large z, is what stands for the probability close to 1?"),
    "sigmoid_brackets": (
        "In your sigmoid the brackets are missing.",
        "Python divides before it adds. So 1 is divided by 1, and the exponential is added to that.",
        "Can what comes out of your sigmoid be larger than 1?"),
    "half_slope": (
        "Your slope of the sigmoid has one factor, or one factor twice.",
        "The sigmoid is flat at both ends: where it is close to 0, and where it is close to 1.",
        "What is your slope where the sigmoid is almost 0, and where it is almost 1?"),
    "divided_by_slope": (
        "Your function divides by the slope of the sigmoid, or adds it, or takes it off.",
        "Links of a chain are multiplied. Where the sigmoid is flat, little gets through.",
        "Where the sigmoid is steeper, should more get through, or less?"),
    "rounded": (
        "Your predictions are rounded to 0 and 1.",
        "A yes or a no does not move when a weight is nudged. The loss asks how sure the prediction is.",
        "What is your error for p = 0.6 and target 1?"),
    "plus_minus_targets": (
        "Your error takes the targets to be −1 and 1.",
        "There is a form of this loss with such targets. Here they are 0 and 1.",
        "What is your error for a perfect no, with p = 0 and target 0?"),
    "logarithm_left": (
        "A logarithm is left in your {noun}.",
        "It says how large this part of the loss is. How fast that changes is another function.",
        "What is the slope of the logarithm at 1, and what is the logarithm there?"),
}


# ------------------------------------------------------------------------------- a wrong step size

def resized(place, size):
    """The slip of another step size, the argument at `place`: size(step_size, *args)."""
    return lambda f: lambda *args: f(*args[:place], size(args[place], *args), *args[place + 1:])


def step_slips(place, rest=""):
    """What can be wrong with the step size, the argument at `place`; rest is said of a step that goes uphill."""
    return (
        slip("no_step_size", resized(place, lambda size, *args: 1)),
        Slip("uphill", "Your step goes uphill.",
             f"It adds what should be taken away. The gradient points to where the loss grows.{rest}",
             "If all slopes have been above zero so far, does your weight grow or shrink?",
             resized(place, lambda size, *args: -size)),
        slip("divided_by_step_size", resized(place, lambda size, *args: 1 / size)),
    )


def loss_slips(place):
    """What the half in the loss can do to a step."""
    return (
        Slip("factor_two", "Your step is twice as long as it should be.",
             "A 2 has come in, perhaps from the slope of a square. The half in the loss has already used it up.",
             "Where does a 2 come in?", resized(place, lambda size, *args: 2 * size)),
        Slip("factor_half", "Your step is half as long as it should be.",
             "A half has come in. The one in the loss has already met the 2 from the square.",
             "Where do you divide by 2, and what for?", resized(place, lambda size, *args: size / 2)),
    )
