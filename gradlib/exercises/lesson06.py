"""The exercises of lesson 06: three gradients and their losses, cross-entropy, and a gradient of another loss."""

import numpy as np

from ..calculus import CONSTANTS, ENTROPIES, linear_gradient, linear_loss, logistic_gradient, logistic_loss, sigmoid
from ..data import three_points
from ..numeric import angle, central_difference
from .calls import close, in_order
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import NUDGE, nudged
from .lesson01 import SHAPES, constants, count, sign
from .messages import number
from .shared import each, renamed, slip, told, wrong_errors

LOSSES = [*CONSTANTS, *ENTROPIES]


# Exercise A: three gradients. A name is read as the gradient of its loss, at the three points of the lesson

POINTS = *three_points(), np.ones(1)
AT_THREE_POINTS = "Take three points, x = [1, −1, 4] with y = [1, 0, 0], at w = 1."
PARTS = ("first", "second", "third")
LINEAR = PARTS.index("second")


def _gradient_of(i, loss):
    """The gradient of a loss with the prediction of formula i.  Without a sigmoid there is no cross-entropy."""
    if i == LINEAR:
        return linear_gradient(*POINTS, loss=loss) if loss in CONSTANTS else np.array([np.nan])
    return logistic_gradient(*POINTS, loss=loss)


def _rate_of(i, loss):
    X, y, w = POINTS
    loss_of = linear_loss if i == LINEAR else logistic_loss
    return float(central_difference(lambda w: loss_of(X, y, w, loss=loss), w, NUDGE)[0])


def _as_gradients(value, *args):
    """Three names of losses as three gradients; or, if something else came, what it is."""
    value = in_order(value, PARTS)
    kind = type(value).__name__
    if not isinstance(value, (tuple, list)):
        return value if value is None or value is ... else kind
    if any(name is ... for name in value):
        return value
    strange = [name for name in value if _spelt(name) not in LOSSES]
    if strange or len(value) != len(PARTS):
        return f'{kind} with "{strange[0]}" in it' if strange else f"{kind} of length {len(value)}"
    return [_gradient_of(i, _spelt(name)) for i, name in enumerate(value)]


def _spelt(name):
    """A name as it stands in LOSSES, if it was written a little differently."""
    return str(name).strip().lower().replace(" ", "_").replace("-", "_")


def _whose_measured(args, said, right):
    i = next(i for i, pair in enumerate(zip(said, right)) if not close(*pair))
    if np.isnan(said[i]).any():
        return (f"{AT_THREE_POINTS} Without a sigmoid, the predictions are 1, −1 and 4. Cross-entropy needs the "
                "logarithm of p, and −1 has none; your function says that there is a slope.")
    loss = next(loss for loss in LOSSES if close(said[i], _gradient_of(i, loss)))
    return (f"{AT_THREE_POINTS} Of the {PARTS[i]} formula your function says {loss}. Nudging `w` by 0.00001 changes "
            f"{loss} at a rate of {number(_rate_of(i, loss))}; the formula gives {number(right[i][0])}.")


def _whose_noticed():
    first, second, third = (number(_rate_of(i, loss)) for i, loss in enumerate(whose.reference()))
    return (f"{AT_THREE_POINTS} Nudging w changes your three losses at rates of {first}, {second} and {third}, and "
            "that is what the three formulas give. The first two are the same letters: whose gradient they are, p "
            "decides. The first and the third do not agree on the sign. One loss wants a smaller w there, the other a "
            "larger one.")


whose = Exercise(
    name="whose", parts=PARTS, changing=True,
    head='''\
def whose():
    """Of which loss is each formula the gradient?  Three names.

    The losses: "half_mse", "mse", "half_sse", "sse" of the errors p - y,
    "cross_entropy" (a mean) and "sum_cross_entropy".
    """
''',
    given='''\
# X.T @ (p - y), with p = sigmoid(X @ w)
first = ...
# X.T @ (p - y), with p = X @ w
second = ...
# 2 * X.T @ ((p - y) * p * (1 - p)) / n, with p = sigmoid(X @ w)
third = ...
return first, second, third
''',
    right='''\
# X.T @ (p - y), with p = sigmoid(X @ w)
first = "sum_cross_entropy"
# X.T @ (p - y), with p = X @ w
second = "half_sse"
# 2 * X.T @ ((p - y) * p * (1 - p)) / n, with p = sigmoid(X @ w)
third = "mse"
return first, second, third
''',
    trials=lambda rng: [()], measure=_whose_measured, noticed=_whose_noticed,
    read=_as_gradients, wanted="three names of losses",
    question=f"Which three of these names do you mean: {', '.join(LOSSES)}?",
    hints=(
        "Ask two things of each formula. Which family: squares or cross-entropy? And which constant: is there a mean, "
        "is there a 2? Take the families first.",
        "The chain rule goes from the loss to p, and from p to w. If a sigmoid stands on the way, its slope is one of "
        "the links. In one of the losses something cancels it. In which formulas do you still see it?",
        "For the constants, begin with a sum over the examples. Does the slope of one square have a 2? Does the name "
        "start with a half, which eats it? Is the loss a mean, and does the formula divide by n?",
    ),
    slips=(),
    mistakes=(
        Mistake("mean_for_sum", "Your loss is a mean, and the formula has none.",
                "A mean divides by n, and its gradient does too. The formula adds up what the examples say, no more.",
                "Where would the formula show the n of a mean?", ('first = "cross_entropy"', 'second = "half_mse"')),
        Mistake("sum_for_mean", "Your loss is a sum, and the formula takes a mean.",
                "It divides by n. What divides the gradient divides the loss as well.",
                "What does the formula do with the number of examples?", 'third = "sse"'),
        Mistake("no_sigmoid_slope", "In this formula the slope of the sigmoid is missing, and your loss would need it.",
                "From a square to p, and from p through the sigmoid to w: the second link has a slope of its own. It "
                "is natural to forget it: without a sigmoid the formula is right.",
                "Which link of the chain brings p (1 − p), and is it there?", each('first = "{}"', *CONSTANTS)),
        Mistake("slope_not_cancelled",
                "This formula still holds the slope of the sigmoid, and in your loss it cancels.",
                "A logarithm's slope divides by p, or by 1 − p. That meets the slope of the sigmoid, and cancels it.",
                "What is left of p (1 − p) after that?", ('third = "cross_entropy"', 'third = "sum_cross_entropy"')),
        Mistake("not_a_probability", "Your loss needs a probability, and this p is none.",
                "The formula looks like the first one. But without a sigmoid p can be any number, also one below 0.",
                "What is the logarithm of a p below 0?", 'second = "cross_entropy"'),
        Mistake("two_missing", "Of your loss, the gradient would have a 2 in front.",
                "The slope of a square is twice the thing itself, times the slope of the thing.",
                "Which loss has something that eats this 2?", 'second = "sse"'),
        Mistake("mean_and_two_missing", "Of your loss, the gradient would have a 2 in front, and divide by n.",
                "The name mse is often said for every loss with squares. Here it is the mean of the squares alone.",
                "Which of the two do you see in the formula?", 'second = "mse"'),
        Mistake("two_is_there", "In your loss, a half meets the 2 of the square.",
                "Then nothing is left of the 2. In this formula it is still there.",
                "Where does the 2 in front come from, and what would have eaten it?", 'third = "half_mse"'),
        Mistake("mean_and_two_are_there", "Two things are left in this formula that your loss would not bring.",
                "A 2, and a division by n. In your loss a half meets the 2 of the square, and a sum divides by "
                "nothing.",
                "Which name keeps its 2, and which divides?", 'third = "half_sse"'),
        Mistake("exchanged", "The families of your `first` and your `second` have changed places.",
                "Their formulas are the same letters. The p that goes in tells them apart: a probability, or any "
                "number.",
                "Which of the losses needs a p between 0 and 1?", 'first, second = "half_sse", "sum_cross_entropy"'),
        Mistake("backwards", "Your `first` and your `third` have changed places, so all stand the wrong way round.",
                "The exercise asks for the first formula first.", "Which name does your last line hand back first?",
                "return third, second, first"),
    ),
)


# Exercise B: the gradient of cross-entropy

def _logistic_trials(rng):
    return [_logistic_trial(rng, n, d, *steep) for (n, d), steep in zip(SHAPES, [()] * 4 + [(1.0, 4.7)])]


def _logistic_trial(rng, n, d, share=0.25, least=0.0):
    """Both kinds of examples and, unless there is one only, some on the right side of 1/2 and some on the wrong.

    share: of the weights that are drawn; least: the largest |z| is no smaller, so that a cut through p shows.
    """
    while True:
        X, w, y = numbers(rng, n, d), numbers(rng, d) * share, rng.permutation(np.arange(n) % 2.0)
        right = np.sum((X @ w > 0) == y)
        if (n == 1 or 0 < right < n) and abs(X @ w).max() >= least:
            return X, y, w


def _rates(args, loss):
    X, y, w = args
    return central_difference(lambda w: logistic_loss(X, y, w, loss=loss), w, NUDGE)


def _measured(loss):
    """Evidence on a gradient of this loss: one weight nudged, and whose gradient it is if it is somebody else's."""
    def measured(args, said, right):
        i = np.argmax(abs(said[0] - right[0]))
        others = [other for other in LOSSES if close(said[0], logistic_gradient(*args, loss=other))]
        owner = f" That is the rate of {others[0]}." if others else ""
        return nudged(f"w[{i}]", _rates(args, loss)[i], said[0][i]) + owner
    return measured


def _entropy_noticed(X, y, w):
    line, squares = linear_gradient(X, y, w), logistic_gradient(X, y, w, loss="half_mse")
    return (f"A nudge of each weight measures {number(_rates((X, y, w), 'cross_entropy'))}, as your function says. "
            f"With the same letters and no sigmoid, the gradient of half_mse is {number(line)}. With the sigmoid, "
            f"that of half_mse is {number(squares)}. So a formula alone is nobody's gradient: it takes the loss and "
            "the prediction to say whose it is.")


SHARED = (   # what both gradients may do; pull is what an error becomes before it meets the features
    told("minus_in_sigmoid", "p = 1 / (1 + np.exp(X @ w))"),
    told("sigmoid_brackets", "p = 1 / 1 + np.exp(-X @ w)"),
    Mistake("other_sigmoid", "Your p does not come from the sigmoid.",
            "Another curve has taken its place, or something in the fraction has moved: a 1, a minus, an exponential.",
            "What is your p where X times w is 0, where it is very large, and where it is far below 0?",
            each("p = {}", "np.exp(X @ w) / np.exp(1 + X @ w)", "np.exp(X @ w) / (1 + np.exp(-X @ w))",
                 "1 / np.exp(1 - X @ w)", "np.exp(-X @ w) / (1 + np.exp(X @ w))", "1 / (1 - np.exp(-X @ w))",
                 "np.exp(X @ w)", "np.exp(-X @ w)", "np.tanh(X @ w)", "(1 + np.tanh(X @ w)) / 2",
                 "np.exp(X @ w) / np.sum(np.exp(X @ w))")),
    *wrong_errors("gradient", "p"),
    told("rounded", "error = np.round(p) - y"),
    told("plus_minus_targets", "error = p - (2 * y - 1)"),
    Mistake("left_over", "One example lends its numbers to all the others.",
            "An index picks one row, or is left over from a loop. Each example has its own features and its own error.",
            "Which index stands in your line at that moment?",
            each("return X[{}] * pull.sum() / len(y)", -1, 0) + each("return X.sum(axis=0) * pull[{}] / len(y)", -1, 0)
            + each("error = p[{}] - y", -1, 0)),
    Mistake("all_targets", "Your errors mix the examples: one number meets all predictions, or all targets.",
            "A whole array stands where one number belongs, or a column has met a row. Each prediction has its target.",
            "Which shapes have your predictions and your targets at that moment?",
            each("error = {}", "len(y) * p - y.sum()", "p.sum() - len(y) * y", "p - y.mean()", "p.mean() - y")),
    told("transposed", "return X @ pull / len(y)"),
    Mistake("no_features", "The features are missing on the way from the errors to the weights.",
            "A weight moves an output by as much as its feature is large.", "What differs from weight to weight?",
            each("return {}", "pull.mean()", "np.full(len(w), pull.mean())")),
    Mistake("times_weights", "Your gradient is multiplied by the weights.",
            "A weight does not decide how far its own nudge goes. In X times w, that is up to the feature beside it.",
            "If a weight is 0, must its slope be 0?", each("return {} * w", "pull.mean()", "X.T @ pull / len(y)")),
    told("weight_decay", *each("return X.T @ pull / len(y) + {} * w", 1, 2, 0.1, 0.01, "1 / len(y)"), noun="gradient"),
    Mistake("not_averaged", "Your gradient still has numbers for every single example.",
            "They are what the single examples say. The loss is one number, so each weight has one slope.",
            "What does the loss do with the numbers of all examples?",
            each("return {}", "X * pull[:, None]", "X * pull[:, None] / len(y)", "X.T * pull", "X.T * pull / len(y)")),
    Mistake("averaged_over_weights", "Your mean or your sum swallows the weights as well.",
            "Without an axis it turns the whole table into one number. Each weight needs its own.",
            "How many numbers should be left?",
            each("return {}", "np.mean(X * pull[:, None])", "np.sum(X * pull[:, None]) / len(y)")),
    told("product_of_means", "return X.mean(axis=0) * pull.mean()", noun="gradient"),
    told("divided_by_d", *each("return X.T @ pull / {}", "len(w)", "X.size"), noun="gradient"),
    told("whole_division", *each("return X.T @ {}", "pull * (1 // len(y))", "pull // len(y)", "(pull // len(y))")),
    Mistake("returned_errors", "Your function hands back one number for each example.",
            "They are needed on the way. The gradient has one number for each weight.",
            "How do n numbers become one for each weight?", each("return {}", "pull", "pull / len(y)")),
    Mistake("only_slope", "Your gradient holds the slope of the sigmoid, and no error.",
            "How fast p moves says nothing on whether it should.", "Where do the targets enter your last line?",
            "return X.T @ (p * (1 - p)) / len(y)"),
    told("returned_loss", *each("return {}", "-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
                                "-np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))", "np.mean((p - y) ** 2) / 2",
                                "np.mean((p - y) ** 2)"), noun="gradient"),
    Mistake("returned_predictions", "Those are the predictions.",
            "They are given. What is asked for is how fast the loss changes when each of the weights moves.",
            "Which shape is asked for, and which has `p`?", "return p"),
    told("took_a_step", *each("return w - {} * X.T @ pull / len(y)", 1, 0.1, 0.01), noun="gradient"),
)
SIGN = sign("gradient", "The error is prediction minus target here.",
            "If a prediction grows a little, does your error grow with it?")

entropy_gradient = Exercise(
    name="entropy_gradient", noun="gradient", examples=("X", "y"),
    head='''\
def entropy_gradient(X, y, w):
    """The gradient of mean cross-entropy,

        -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)).

    X (n, d), y (n,) of 0 and 1, w (d,); returns (d,).
    """
''',
    given='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
return ...
''',
    right='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
error = p - y
return X.T @ error / len(y)
''',
    also=('''\
total = np.zeros(len(w))
for i in range(len(y)):
    p = 1 / (1 + np.exp(-X[i] @ w))
    total += (p - y[i]) * X[i]
total = total / len(y)
return total
''',),
    trials=_logistic_trials, measure=_measured("cross_entropy"), noticed=_entropy_noticed,
    hints=(
        "Take one example with target 1, so that the loss is minus the logarithm of p. There are three links: from the "
        "loss to p, from p to z, and from z to a weight. Write down the slope of each.",
        "The slope of the logarithm is one over its argument. The slope of the sigmoid is p times 1 − p. Multiply the "
        "two: what cancels? Then do the same for target 0. Can one expression say both?",
        "What is left is one number for each example, and it is zero for a perfect prediction. From here on all is as "
        "in lesson 01: each weight gets a mean of such numbers, weighted with its own feature.",
    ),
    slips=(
        SIGN,
        slip("forgot_mean", times(count), subject="Your gradient is"),
        Slip("factor_two", "Your gradient is twice as large as it should be.",
             "A 2 comes down from a square. Cross-entropy is made of logarithms, and there is no square in it.",
             "Where does a 2 come in?", times(lambda *args: 2)),
        Slip("factor_half", "Your gradient is half as large as it should be.",
             "A half goes with a square, to meet the 2 that comes down. Cross-entropy has neither of them.",
             "Where do you divide by 2, and what for?", times(lambda *args: 0.5)),
        slip("divided_twice", times(lambda *args: 1 / count(*args)), subject="Your gradient is"),
    ),
    mistakes=(
        Mistake("slope_kept", "Yours is the gradient of another loss, the squared one.",
                "The slope of the sigmoid is right for a square. Here a logarithm's own slope should have met it.",
                "Where in your derivation is the slope of the logarithm?", "error = (p - y) * p * (1 - p)"),
        Mistake("half_cancelled", "A factor p or 1 − p is left over in your gradient.",
                "When the slope of the logarithm and the slope of the sigmoid meet, nothing is left but the error.",
                "For a target of 1, what is the slope of the logarithm times the slope of the sigmoid?",
                each("error = (p - y) {}", "* p", "* (1 - p)", "/ p", "/ (1 - p)")),
        Mistake("no_sigmoid", "Your error is that of a straight line.",
                "It compares the target with X times w. Here that goes through the sigmoid first.",
                "Is your prediction always between 0 and 1?", "p = X @ w"),
        Mistake("stopped_at_p", "Your gradient stops at the probability.",
                "It goes from the logarithms to the features. Between them sits the sigmoid, with a slope of its own.",
                "When the output z grows by a little, by how much does p grow?", "error = (1 - y) / (1 - p) - y / p"),
        Mistake("inner_minus", "In one of the two halves a minus is lost.",
                "1 − p falls when p grows. So the slope of its logarithm is below zero.",
                "If p grows, does the logarithm of 1 − p grow or shrink?",
                each("error = {}", "-y * (1 - p) - (1 - y) * p", "-y / p - (1 - y) / (1 - p)")),
        Mistake("only_ones", "Your gradient leaves out the examples with target 0.",
                "The loss has two halves. For a target of 1 the first speaks, for a target of 0 the second.",
                "What does your function say if all targets are 0?", each("error = -y {}", "* (1 - p)", "/ p")),
        Mistake("only_zeros", "Your gradient leaves out the examples with target 1.",
                "The loss has two halves. For a target of 1 the first speaks, for a target of 0 the second.",
                "What does your function say if all targets are 1?", each("error = (1 - y) {}", "* p", "/ (1 - p)")),
        told("logarithm_left", *each("error = {}", "-y * np.log(p) - (1 - y) * np.log(1 - p)",
                                      "(1 - y) * np.log(1 - p) - y * np.log(p)", "np.log(p) - y", "-y * np.log(p)",
                                      "-(1 - y) * np.log(1 - p)"), noun="gradient"),
        Mistake("sigmoid_twice", "Your predictions have gone through the sigmoid twice.",
                "`p` is a probability already. Once more, and it lies between 0.5 and 0.73, whatever the weights are.",
                "Which values can your prediction take at all?", "p = sigmoid(sigmoid(X @ w))"),
        *renamed(SHARED, {"pull": "error"}),
    ),
)


# Exercise C: repair a gradient that belongs to another loss

def _squares_noticed(X, y, w):
    right, given = (logistic_gradient(X, y, w, loss=loss) for loss in ("half_mse", "cross_entropy"))
    apart = angle(right, given)
    p = sigmoid(X @ w)
    return (f"A nudge measures {number(_rates((X, y, w), 'half_mse'))}, as your function says. As it was given, it "
            f"said {number(given)}: the gradient of mean cross-entropy, at an angle of {apart:.0f} degrees to yours. "
            f"The slopes of the sigmoid are {number(p * (1 - p))} here, never above 1/4. They are what the given line "
            "left out.")


loss_gradient = Exercise(
    name="loss_gradient", noun="gradient", examples=("X", "y"),
    head='''\
def loss_gradient(X, y, w):
    """The gradient of half the mean squared error of p, half_mse.

    X (n, d), y (n,) of 0 and 1, w (d,); returns (d,).
    """
''',
    given='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
return X.T @ (p - y) / len(y)
''',
    right='''\
p = 1 / (1 + np.exp(-X @ w))  # sigmoid
error = p - y
slope = p * (1 - p)
pull = error * slope
return X.T @ pull / len(y)
''',
    also=('''\
total = np.zeros(len(w))
for i in range(len(y)):
    p = 1 / (1 + np.exp(-X[i] @ w))
    total += (p - y[i]) * p * (1 - p) * X[i]
total = total / len(y)
return total
''',),
    trials=_logistic_trials, measure=_measured("half_mse"), noticed=_squares_noticed,
    hints=(
        "Walk the chain for one example: from half a square to p, from p to z = x times w, from z to w. How many of "
        "these three links do you find in the given line?",
        "The missing link says how fast p moves when z does. Look it up above, under 'The sigmoid, with numbers', or "
        "work it out: at z = 0, where p is 1/2, it is 1/4. Where p is close to 0 or 1, it is close to 0.",
        "Each example has its own z, so each has its own link. So where must it stand: before the examples are added "
        "up, or after?",
    ),
    slips=(SIGN, *constants("gradient")),
    mistakes=(
        Mistake("cross_entropy", "Yours is the gradient of another loss, mean cross-entropy.",
                "It goes from the error to the weights as if p moved as fast as z. For a straight line it does, and "
                "for cross-entropy that cancels out. For squares it does neither.",
                "When z grows by a little, by how much does p grow?", "pull = p - y"),
        Mistake("straight_line", "Yours is the gradient of another prediction, a straight line.",
                "Without the sigmoid this is the squared loss of lesson 01. But here p is a probability.",
                "Is your prediction always between 0 and 1?", ("pull = X @ w - y", "error = X @ w - y", "p = X @ w")),
        Mistake("sigmoid_twice", "The slope of your sigmoid is taken at the wrong place.",
                "Many functions for this slope take the sigmoid of what they get. They want z, and yours gets `p`. So "
                "the sigmoid is there twice, and the slope lies between 0.19 and 0.25 everywhere.",
                "What goes into your slope: z, or what has come out of the sigmoid already?",
                ("slope = sigmoid(p) * (1 - sigmoid(p))", "p = sigmoid(sigmoid(X @ w))")),
        Mistake("slope_of_z", "Your slope puts z where the probability belongs.",
                "The short form of this slope wants what came out of the sigmoid. With z, it can even be below zero.",
                "Can the slope of a curve that always rises be below zero?", "slope = (X @ w) * (1 - X @ w)"),
        told("half_slope", *each("slope = {}", "p", "1 - p", "p ** 2", "(1 - p) ** 2")),
        Mistake("slope_of_tanh", "Your slope is that of another curve, tanh.",
                "tanh goes from −1 to 1 and is steep where it is 0. The sigmoid goes from 0 to 1.",
                "At p = 1/2 a sigmoid's slope is 1/4. And yours?", each("slope = 1 - {} ** 2", "p", "np.tanh(X @ w)")),
        Mistake("bare_exponential", "Your slope is not finished.",
                "The sigmoid is 1 over something. Its slope has the square of that something below the line.",
                "At p = 1/2 a sigmoid's slope is 1/4. And yours?", each("slope = {}np.exp(-X @ w)", "", "-")),
        Mistake("slope_on_target", "Your slope multiplies the target alone.",
                "Python multiplies before it subtracts. Without brackets the prediction gets nothing of the slope.",
                "Which brackets hold the error together?", ("pull = p - y * slope", "pull = slope - y")),
        Mistake("slope_of_error", "Your slope is taken from the errors.",
                "The sigmoid does not know the target. How steep it is depends on where the prediction stands.",
                "Which number comes out of the sigmoid?", each("slope = {}", "(p - y) * (1 - (p - y))", "1 - (p - y)")),
        Mistake("slope_too_late", "Your slopes come after the sum.",
                "Each example has its own slope, which must meet its own error before the examples are added up.",
                "How many slopes are there, and how many numbers are left after the product with `X`?",
                each("return X.T @ (p - y) {} slope / len(y)", "*", "@")),
        Mistake("slope_averaged", "Your function takes one slope for all examples.",
                "It melts the slopes into one number. But an unsure example lets more through than a sure one.",
                "In which order do your multiplication and your mean happen?",
                (*each("slope = np.{}(p * (1 - p))", "mean", "sum"), "return X.T * ((p - y) @ slope) / len(y)")),
        Mistake("slope_squared", "The slope of the sigmoid is there twice.",
                "The way from w to the loss goes through one sigmoid, so there is one such link.",
                "How often do p and 1 − p stand in your code, all lines together?", "slope = (p * (1 - p)) ** 2"),
        told("divided_by_slope", "slope = 1 / (p * (1 - p))", *each("pull = p - y {} slope", "+", "-")),
        *SHARED,
    ),
)
