"""The exercises of lesson 06: three gradients and their losses, cross-entropy, and a gradient of another loss."""

import numpy as np

from ..calculus import CONSTANTS, ENTROPIES, linear_gradient, linear_loss, logistic_gradient, logistic_loss, sigmoid
from ..data import three_points
from ..numeric import angle, central_difference
from .calls import close
from .engine import Exercise, Mistake, Slip, numbers, times
from .lesson01 import SHAPES, constants, count, sign
from .lesson03 import NUDGE
from .messages import number

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
    if isinstance(value, dict):
        value = [value.get(part) for part in PARTS]
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
    name="whose",
    changing=True,
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
    trials=lambda rng: [()],
    measure=_whose_measured,
    noticed=_whose_noticed,
    parts=PARTS,
    read=_as_gradients,
    wanted="three names of losses",
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
                "A mean divides by n, and its gradient does too. The formula adds up what the examples say, and "
                "leaves it at that.",
                "Where would you see the n of a mean in the formula?",
                ('first = "cross_entropy"', 'second = "half_mse"')),
        Mistake("sum_for_mean", "Your loss is a sum, and the formula takes a mean.",
                "It divides by n. What divides the gradient divides the loss as well.",
                "What does the formula do with the number of examples?", 'third = "sse"'),
        Mistake("no_sigmoid_slope", "In this formula the slope of the sigmoid is missing, and your loss would need it.",
                "From a square to p, and from p through the sigmoid to w: the second link has a slope of its own. It "
                "is natural to forget it, for without a sigmoid the formula is right.",
                "Which link of the chain would bring p (1 − p) into the gradient of squares, and is it there?",
                tuple(f'first = "{loss}"' for loss in CONSTANTS)),
        Mistake("slope_not_cancelled",
                "This formula still holds the slope of the sigmoid, and in your loss it cancels.",
                "The slope of a logarithm divides by p, or by 1 − p. That meets the slope of the sigmoid, and removes "
                "it.",
                "What is left of p (1 − p) when the slope of the logarithm has met it?",
                ('third = "cross_entropy"', 'third = "sum_cross_entropy"')),
        Mistake("not_a_probability", "Your loss needs a probability, and this p is none.",
                "The formula looks like the first one, so the same name is tempting. But without a sigmoid p can be "
                "any number, also one below 0.",
                "What is the logarithm of a p below 0?", 'second = "cross_entropy"'),
        Mistake("two_missing", "Of your loss, the gradient would have a 2 in front.",
                "The slope of a square is twice the thing itself, times the slope of the thing.",
                "Which loss has something that eats this 2?", 'second = "sse"'),
        Mistake("mean_and_two_missing", "Of your loss, the gradient would have a 2 in front, and divide by n.",
                "The name mse is often said for every loss with squares. Here it is the mean of the squares and "
                "nothing else.",
                "Which of the two do you see in the formula?", 'second = "mse"'),
        Mistake("two_is_there", "In your loss, a half meets the 2 of the square.",
                "Then nothing is left of the 2. In this formula it is still there.",
                "Where does the 2 in front of the formula come from, and what would have eaten it?",
                'third = "half_mse"'),
        Mistake("mean_and_two_are_there", "Two things are left in this formula that your loss would not bring.",
                "One is a 2, the other a division by n. In your loss a half meets the 2 of the square, and a sum "
                "divides by nothing.",
                "Which name keeps its 2, and which divides?", 'third = "half_sse"'),
        Mistake("exchanged", "The families of your `first` and your `second` have changed places.",
                "Their formulas are the same letters. What tells them apart is the p that goes in: a probability, or "
                "any number.",
                "Which of the two losses needs a p between 0 and 1?",
                'first, second = "half_sse", "sum_cross_entropy"'),
        Mistake("backwards", "Your `first` and your `third` have changed places, so all stand the wrong way round.",
                "The exercise asks for the first formula first.", "Which name does your last line hand back first?",
                "return third, second, first"),
    ),
)


# Exercise B: the gradient of cross-entropy

def _logistic_trials(rng):
    return [_logistic_trial(rng, n, d) for n, d in SHAPES]


def _logistic_trial(rng, n, d):
    """Both kinds of examples and, unless there is one only, some on the right side of 1/2 and some on the wrong."""
    while True:
        X, w, y = numbers(rng, n, d), numbers(rng, d) / 4, rng.permutation(np.arange(n) % 2.0)
        right = np.sum((X @ w > 0) == y)
        if n == 1 or 0 < right < n:
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
        return (f"Nudging `w[{i}]` by 0.00001 changes the loss at a rate of {number(_rates(args, loss)[i])}; your "
                f"function says {number(said[0][i])}.{owner}")
    return measured


def _entropy_noticed(X, y, w):
    line, squares = linear_gradient(X, y, w), logistic_gradient(X, y, w, loss="half_mse")
    return (f"A nudge of each weight measures {number(_rates((X, y, w), 'cross_entropy'))}, as your function says. "
            f"With the same letters and no sigmoid, the gradient of half_mse is {number(line)}. With the sigmoid, "
            f"that of half_mse is {number(squares)}. So a formula alone is nobody's gradient: it takes the loss and "
            "the prediction to say whose it is.")


AROUND_THE_ERRORS = (  # before the errors are there, and what is done with them
    Mistake("minus_in_sigmoid", "Your sigmoid falls where it should rise.",
            "The minus in front of its argument is lost, or there are two. So the probability of a no has taken the "
            "place of p.",
            "For a very large X times w, is your prediction close to 1?", "p = 1 / (1 + np.exp(X @ w))"),
    Mistake("sigmoid_brackets", "In your sigmoid the brackets are missing.",
            "Python divides before it adds. So 1 is divided by 1, and the exponential is added to that.",
            "Can your prediction be larger than 1?", "p = 1 / 1 + np.exp(-X @ w)"),
    Mistake("other_sigmoid", "Your p does not come from the sigmoid.",
            "Another curve has taken its place. Or something in the fraction has moved: a 1, a minus or an "
            "exponential.",
            "What is your p where X times w is 0, where it is very large, and where it is far below 0?",
            tuple(f"p = {curve}" for curve in (
                "np.exp(X @ w) / np.exp(1 + X @ w)", "np.exp(X @ w) / (1 + np.exp(-X @ w))", "1 / np.exp(1 - X @ w)",
                "np.exp(-X @ w) / (1 + np.exp(X @ w))", "1 / (1 - np.exp(-X @ w))", "np.exp(X @ w)", "np.exp(-X @ w)",
                "np.tanh(X @ w)", "(1 + np.tanh(X @ w)) / 2", "np.exp(X @ w) / np.sum(np.exp(X @ w))"))),
    Mistake("transposed", "`X` lies the wrong way round.",
            "Each weight needs its own column of X, n numbers that meet the n errors. Yours meet d numbers with n. "
            "That only fits when n and d happen to be equal, and then it runs and is still wrong.",
            "Write the shapes under your product: which two numbers must be equal, and which should remain?",
            "return X @ pull / len(y)"),
    Mistake("no_features", "The features are missing on the way from the errors to the weights.",
            "A weight moves an output by as much as its feature is large.",
            "Which part of your code differs from one weight to the next?",
            ("return pull.mean()", "return np.full(len(w), pull.mean())")),
    Mistake("times_weights", "Your gradient is multiplied by the weights.",
            "A weight does not decide how far its own nudge goes. In X times w, that is up to the feature beside it.",
            "If a weight is 0, can its slope be another number than 0?",
            ("return pull.mean() * w", "return X.T @ pull * w / len(y)")),
    Mistake("weight_decay", "The weights are added to your gradient.",
            "That is the slope of a penalty on large weights. The loss here has none.",
            "Which loss is in the docstring, and where do the weights enter it?",
            tuple(f"return X.T @ pull / len(y) + {share} * w" for share in (1, 2, 0.1, 0.01, "1 / len(y)"))),
    Mistake("one_example", "Your gradient listens to one example only.",
            "A loop that writes into the same name again forgets what stood there before. A return inside a loop ends "
            "it in the first round.",
            "What is in your names after the first example, and what after the second?",
            tuple(f"return X[{i}] * pull[{i}]{share}" for i in (-1, 0) for share in ("", " / len(y)"))),
    Mistake("not_averaged", "Your gradient still has numbers for every single example.",
            "They are what the single examples say. The loss is one number, so each weight has one slope.",
            "What does the loss do with the numbers of all examples?",
            tuple(f"return {table}{share}" for table in ("X * pull[:, None]", "X.T * pull")
                  for share in ("", " / len(y)"))),
    Mistake("averaged_over_weights", "Your mean or your sum swallows the weights as well.",
            "Without an axis it turns the whole table into one number. Each weight needs its own.",
            "How many numbers should be left?",
            ("return np.mean(X * pull[:, None])", "return np.sum(X * pull[:, None]) / len(y)")),
    Mistake("product_of_means", "You took means first and multiplied them then.",
            "The mean of products is not the product of means. Each error must meet its own features first.",
            "In which order do your multiplication and your mean happen?", "return X.mean(axis=0) * pull.mean()"),
    Mistake("divided_by_d", "Your gradient divides by the number of weights.",
            "The loss is a mean over the examples. How many weights there are has no say in that.",
            "Which entry of a shape counts the rows, and which the columns?",
            ("return X.T @ pull / len(w)", "return X.T @ pull / X.size")),
    Mistake("whole_division", "A // cuts everything off.",
            "Between whole numbers // gives a whole number, and forgets the rest.",
            "Which of your divisions should keep its fraction?",
            ("return X.T @ pull * (1 // len(y))", "return X.T @ pull // len(y)", "return X.T @ (pull // len(y))")),
    Mistake("returned_errors", "Your function hands back one number for each example.",
            "They are needed on the way. The gradient has one number for each weight.",
            "How do n numbers become one for each weight?", ("return pull", "return pull / len(y)")),
    Mistake("only_slope", "Your gradient holds the slope of the sigmoid, and no error.",
            "How fast p moves says nothing on whether it should.", "Where do the targets enter your last line?",
            "return X.T @ (p * (1 - p)) / len(y)"),
    Mistake("returned_loss", "That is a loss, not a gradient.",
            "The loss says how bad these weights are. The gradient says how that changes when each of them moves.",
            "How many numbers does a gradient have, for d weights?",
            ("return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))",
             "return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))", "return np.mean((p - y) ** 2) / 2",
             "return np.mean((p - y) ** 2)")),
    Mistake("returned_predictions", "Those are the predictions.",
            "They are given. What is asked for is how fast the loss changes when each of the weights moves.",
            "Which shape is asked for, and which has `p`?", "return p"),
    Mistake("took_a_step", "Those are the weights after a step, not the gradient.",
            "The gradient only says where uphill is.", "What is asked for: slopes, or better weights?",
            tuple(f"return w - {step} * X.T @ pull / len(y)" for step in (1, 0.1, 0.01))),
)


def _other_errors(then=""):
    """Other ideas of an error; then: what it is multiplied with in the same line."""
    return (
        Mistake("left_over", "One example lends its numbers to all the others.",
                "An index picks one row, or is left over from a loop that has ended. Each example has its own "
                "features and its own error.",
                "Which index stands in your line at that moment?",
                tuple(line for i in (-1, 0) for line in (
                    f"return X[{i}] * pull.sum() / len(y)",
                    f"return X.sum(axis=0) * pull[{i}] / len(y)",
                    f"pull = (p[{i}] - y){then}"))),
        Mistake("all_targets", "Your errors mix the examples: one number meets all predictions, or all targets.",
                "A whole array stands where one number of it belongs, or a column has met a row, and then all is "
                "added up. Each prediction has a target of its own.",
                "Which shapes have your predictions and your targets at that moment?",
                tuple(f"pull = ({errors}){then}" for errors in (
                    "len(y) * p - y.sum()", "p.sum() - len(y) * y", "p - y.mean()", "p.mean() - y"))),
        Mistake("rounded", "Your predictions are rounded to 0 and 1.",
                "A yes or a no does not move when a weight is nudged. The loss asks how sure the prediction is.",
                "What is your error for an example with p = 0.6 and target 1?", f"pull = (np.round(p) - y){then}"),
        Mistake("plus_minus_targets", "Your error takes the targets to be −1 and 1.",
                "There is a form of this loss with such targets. Here they are 0 and 1.",
                "What is your error for a perfect no, with p = 0 and target 0?", f"pull = (p - (2 * y - 1)){then}"),
        Mistake("no_target", "The targets are missing in your gradient.",
                "Then all predictions would be pulled the same way, whatever the right answers are.",
                "Where does `y` enter your last line?", f"pull = p{then}"),
        Mistake("no_prediction", "The predictions are missing in your error.",
                "Then nothing says whether a prediction is too high or too low, and by how much.",
                "What is your error for a perfect yes, with p = 1 and target 1?", f"pull = y{then}"),
        Mistake("added_target", "Your error adds the target to the prediction.",
                "An error is a difference: it is zero when the prediction is perfect.",
                "What should the error be for p = 1 and target 1?", f"pull = (p + y){then}"),
        Mistake("still_squared", "The errors in your gradient are squared.",
                "A square has lost its sign, so nothing can pull a weight the other way.",
                "Which power of the error should be left in a slope?", f"pull = (p - y) ** 2{then}"),
        Mistake("absolute_error", "The errors in your gradient have lost their signs.",
                "A prediction too high pulls one way, a prediction too low the other. Without signs they pull "
                "together.",
                "Which part of your code makes every error positive?", f"pull = abs(p - y){then}"),
        Mistake("sign_of_error", "Your gradient only uses the sign of each error.",
                "A prediction that is nearly right should pull less than one that is quite wrong.",
                "Where does your code use how large an error is?", f"pull = np.sign(p - y){then}"),
    )


SIGN = sign("gradient",
            "The error is prediction minus target here. Taken the other way round, it shrinks when the prediction "
            "grows.",
            "If a prediction grows a little, does your error grow with it?")

entropy_gradient = Exercise(
    name="entropy_gradient",
    noun="gradient",
    examples=("X", "y"),
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
pull = p - y
return X.T @ pull / len(y)
''',
    also=('''\
total = np.zeros(len(w))
for i in range(len(y)):
    p = 1 / (1 + np.exp(-X[i] @ w))
    total += (p - y[i]) * X[i]
total = total / len(y)
return total
''',),
    trials=_logistic_trials,
    measure=_measured("cross_entropy"),
    noticed=_entropy_noticed,
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
        Slip("forgot_mean", "Your gradient is {n} times too large.",
             "It adds up what all {n} examples say. That belongs to a sum; the loss here is a mean.",
             "Which line of your code knows how many examples there are?", times(count)),
        Slip("factor_two", "Your gradient is twice as large as it should be.",
             "A 2 comes down from a square. Cross-entropy is made of logarithms, and there is no square in it.",
             "Where does a 2 come in?", times(lambda *args: 2)),
        Slip("factor_half", "Your gradient is half as large as it should be.",
             "A half goes with a square, to meet the 2 that comes down. Cross-entropy has neither of them.",
             "Where do you divide by 2, and what for?", times(lambda *args: 0.5)),
        Slip("divided_twice", "Your gradient is {n} times too small.",
             "It divides by the number of examples twice. A mean has divided already.",
             "How often does your code divide by the number of examples?", times(lambda *args: 1 / count(*args))),
    ),
    mistakes=(
        Mistake("slope_kept", "Yours is the gradient of another loss, the squared one.",
                "The slope of the sigmoid is right for a square. Here a logarithm stands between, and its own slope "
                "should have met the slope of the sigmoid.",
                "Where in your derivation is the slope of the logarithm?", "pull = (p - y) * p * (1 - p)"),
        Mistake("half_cancelled", "A factor p or 1 − p is left over in your gradient.",
                "The slope of the logarithm and the slope of the sigmoid meet. Of what they bring along, nothing is "
                "left but the error.",
                "For a target of 1, what is the slope of the logarithm times the slope of the sigmoid?",
                tuple(f"pull = (p - y) {factor}" for factor in ("* p", "* (1 - p)", "/ p", "/ (1 - p)"))),
        Mistake("no_sigmoid", "Your error is that of a straight line.",
                "It compares the target with X times w. Here that goes through the sigmoid first, and becomes a "
                "probability.",
                "Is your prediction always between 0 and 1?", "p = X @ w"),
        Mistake("stopped_at_p", "Your gradient stops at the probability.",
                "You took the slope of the logarithms, and multiplied by the features. Between the two sits the "
                "sigmoid, and it has a slope of its own.",
                "When the output z grows by a little, by how much does p grow?", "pull = (1 - y) / (1 - p) - y / p"),
        Mistake("inner_minus", "In one of the two halves a minus is lost.",
                "1 − p falls when p grows. So the slope of its logarithm is below zero.",
                "If p grows, does the logarithm of 1 − p grow or shrink?",
                ("pull = -y * (1 - p) - (1 - y) * p", "pull = -y / p - (1 - y) / (1 - p)")),
        Mistake("only_ones", "Your gradient leaves out the examples with target 0.",
                "The loss has two halves. For a target of 1 the first speaks, for a target of 0 the second.",
                "What does your function say if all targets are 0?", ("pull = -y * (1 - p)", "pull = -y / p")),
        Mistake("only_zeros", "Your gradient leaves out the examples with target 1.",
                "The loss has two halves. For a target of 1 the first speaks, for a target of 0 the second.",
                "What does your function say if all targets are 1?",
                ("pull = (1 - y) * p", "pull = (1 - y) / (1 - p)")),
        Mistake("logarithm_left", "The logarithms are still in your gradient.",
                "A logarithm says how large this part of the loss is. How fast that changes is another function, and "
                "no logarithm is left in it.",
                "What is the slope of the logarithm at 1, and what is the logarithm there?",
                ("pull = -y * np.log(p) - (1 - y) * np.log(1 - p)", "pull = (1 - y) * np.log(1 - p) - y * np.log(p)",
                 "pull = np.log(p) - y", "pull = -y * np.log(p)", "pull = -(1 - y) * np.log(1 - p)")),
        Mistake("sigmoid_twice", "Your predictions have gone through the sigmoid twice.",
                "`p` is a probability already. Once more, and it lies between 0.5 and 0.73, whatever the weights are.",
                "Which values can your prediction take at all?", "p = sigmoid(sigmoid(X @ w))"),
        *_other_errors(),
        *AROUND_THE_ERRORS,
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
    name="loss_gradient",
    noun="gradient",
    examples=("X", "y"),
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
slope = p * (1 - p)
pull = (p - y) * slope
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
    trials=_logistic_trials,
    measure=_measured("half_mse"),
    noticed=_squares_noticed,
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
                "It goes from the error to the weights as if p moved as fast as z. For a straight line that is so, "
                "and for cross-entropy it cancels out. For squares it does neither.",
                "When z grows by a little, by how much does p grow?", "pull = p - y"),
        Mistake("straight_line", "Yours is the gradient of another prediction, a straight line.",
                "Without the sigmoid this is the squared loss of lesson 01. But here p is a probability.",
                "Is your prediction always between 0 and 1?",
                ("pull = X @ w - y", "pull = (X @ w - y) * slope", "p = X @ w")),
        Mistake("sigmoid_twice", "The slope of your sigmoid is taken at the wrong place.",
                "Many functions for this slope begin by taking the sigmoid of what they get. They want z, and yours "
                "gets `p`. So the sigmoid is there twice, and the slope lies between 0.19 and 0.25 everywhere.",
                "What goes into your slope: z, or what has come out of the sigmoid already?",
                ("slope = sigmoid(p) * (1 - sigmoid(p))", "p = sigmoid(sigmoid(X @ w))")),
        Mistake("slope_of_z", "Your slope puts z where the probability belongs.",
                "The short form of this slope is written with what came out of the sigmoid. With z, it can be large, "
                "and even below zero.",
                "Can the slope of a curve that always rises be below zero?", "slope = (X @ w) * (1 - X @ w)"),
        Mistake("half_slope", "Your slope has one factor, or one factor twice.",
                "The sigmoid is flat at both ends: where p is close to 0, and where it is close to 1. Yours is flat "
                "at one end only.",
                "What is your slope where p is almost 0, and where it is almost 1?",
                ("slope = p", "slope = 1 - p", "slope = p ** 2", "slope = (1 - p) ** 2")),
        Mistake("slope_of_tanh", "Your slope is that of another curve, tanh.",
                "tanh goes from −1 to 1 and is steep where it is 0. The sigmoid goes from 0 to 1.",
                "At p = 1/2 the slope of the sigmoid is 1/4. What is yours there?",
                ("slope = 1 - p ** 2", "slope = 1 - np.tanh(X @ w) ** 2")),
        Mistake("bare_exponential", "Your slope is not finished.",
                "The sigmoid is 1 over something. Its slope has the square of that something below the line.",
                "At p = 1/2 the slope of the sigmoid is 1/4. What is yours there?",
                ("slope = np.exp(-X @ w)", "slope = -np.exp(-X @ w)")),
        Mistake("slope_on_target", "Your slope multiplies the target alone.",
                "Python multiplies before it subtracts. So without brackets the prediction gets nothing of the slope.",
                "Which brackets hold the error together?", ("pull = p - y * slope", "pull = slope - y")),
        Mistake("slope_of_error", "Your slope is taken from the errors.",
                "The sigmoid does not know the target. How steep it is depends on where the prediction stands.",
                "Whose slope is it, and which number does that curve hand out?",
                ("slope = (p - y) * (1 - (p - y))", "slope = 1 - (p - y)")),
        Mistake("slope_too_late", "Your slopes come after the sum.",
                "Each example has its own slope, and must meet its own error. Once the examples are added up, that is "
                "no longer possible.",
                "How many slopes are there, and how many numbers are left after the product with `X`?",
                ("return X.T @ (p - y) * slope / len(y)", "return X.T @ (p - y) @ slope / len(y)")),
        Mistake("slope_averaged", "Your function takes one slope for all examples.",
                "It melts the slopes into one number. But an unsure example lets more through than a sure one.",
                "In which order do your multiplication and your mean happen?",
                ("slope = np.mean(p * (1 - p))", "slope = np.sum(p * (1 - p))",
                 "return X.T * ((p - y) @ slope) / len(y)")),
        Mistake("slope_squared", "The slope of the sigmoid is there twice.",
                "The way from w to the loss goes through one sigmoid, so there is one such link.",
                "How often do p and 1 − p stand in your code, all lines together?", "slope = (p * (1 - p)) ** 2"),
        Mistake("divided_by_slope", "Your function divides by the slope of the sigmoid, or adds it, or takes it off.",
                "Links of a chain are multiplied. Where the sigmoid is flat, a weight can do little.",
                "If p moved ten times as fast, should a weight matter more or less?",
                ("slope = 1 / (p * (1 - p))", "pull = p - y + slope", "pull = p - y - slope")),
        *_other_errors(" * slope"),
        *AROUND_THE_ERRORS,
    ),
)
