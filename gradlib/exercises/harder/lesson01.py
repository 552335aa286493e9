"""A step further than lesson 01: examples that count more than others, and a penalty on large weights."""

import numpy as np

from ...calculus import linear_loss
from .. import lesson01
from ..engine import Mistake, numbers
from ..shared import of_both_signs
from . import Harder


def counts(rng, *shape):
    """How much each example counts: numbers above zero, of several sizes."""
    return rng.uniform(0.2, 3, shape).round(1)


def _weighted_loss(w, x, y, c):
    return np.average((w * x - y) ** 2, weights=c) / 2


weighted_slope = Harder(
    first=lesson01.slope, idea="the examples do not all count the same, `c` says how much each of them does",
    examples=("x", "y", "c"),
    head='''\
def weighted_slope(w, x, y, c):
    """The slope at w of the loss sum(c * (w*x - y)**2) / (2 * sum(c)).

    w is a number, x, y and c (n,), all of c above 0; returns a number.
    """
''',
    right="return np.sum(c * (w * x - y) * x) / np.sum(c)",
    also=('''
slope, total = 0, 0
for i in range(len(x)):
    slope += c[i] * (w * x[i] - y[i]) * x[i]
    total += c[i]
return slope / total
''',),
    trials=lambda rng: of_both_signs(
        lambda: [(float(numbers(rng)), numbers(rng, n), numbers(rng, n), counts(rng, n)) for n in (4, 3, 5, 2)],
        lambda w, *rest: w, lambda *args: weighted_slope.reference(*args)),
    loss=_weighted_loss, of=("w",),
    meaning="An example with c = 2 counts as if it stood there twice. If all count the same, this is the slope of the "
            "exercise before.",
    hints=(
        "Take two examples, and let the first count twice. Which three numbers would you take the mean of?",
        "A mean divides by how many there are. By what must it divide where some count more than once?",
        "Each error meets its own x, and its own count, before anything is added up.",
    ),
    mistakes=(
        Mistake("divided_by_n", "Your slope divides by the number of examples.",
                "The loss divides by the sum of the counts. With c = 1 for all, that is the number of examples.",
                "What should come out if all counts are doubled?", "return np.sum(c * (w * x - y) * x) / len(x)"),
        Mistake("not_divided", "Your slope does not divide by the sum of the counts.",
                "The loss does, so that it does not grow when all examples count twice.",
                "What should come out if all counts are doubled?", "return np.sum(c * (w * x - y) * x)"),
        Mistake("counted_twice", "The counts come in squared.", "In the loss each count stands in front of a square, "
                "and is not squared itself.", "Where does `c` enter your lines, and how often?",
                "return np.sum(c ** 2 * (w * x - y) * x) / np.sum(c)"),
    ),
)


def _ridge_loss(X, y, w, b, strength):
    return linear_loss(X, y, w, b) + strength / 2 * np.sum(w ** 2)


ridge_gradient = Harder(
    first=lesson01.gradient, idea="the loss has a penalty on large weights, which leaves the bias alone",
    examples=("X", "y"), parts=("dw", "db"),
    head='''\
def ridge_gradient(X, y, w, b, strength):
    """The gradient of half_mse(X.dot(w) + b, y) + strength / 2 * sum(w**2).

    half_mse is the half mean squared error; X (n, d), y (n,), w (d,), b
    and strength numbers.  Returns dw (d,) and db, a number.
    """
''',
    right='''
error = X.dot(w) + b - y
dw = X.T.dot(error) / len(y) + strength * w
db = np.mean(error)
return dw, db
''',
    trials=lambda rng: of_both_signs(
        lambda: [(numbers(rng, n, d), numbers(rng, n), numbers(rng, d), float(numbers(rng)),
                  round(rng.uniform(0.2, 2), 2)) for n, d in ((5, 3), (4, 2), (3, 3), (2, 1))],
        lambda X, y, w, b, strength: b),
    loss=_ridge_loss, of=("w", "b"),
    meaning="The penalty pulls every weight towards 0, the harder the further away it is. A step of gradient descent "
            "then takes a share off each weight: that is called weight decay.",
    hints=(
        "The slope of a sum is the sum of the slopes. Which of the two parts have you written before?",
        "What is the slope of half a square? And of a number times that?",
        "The penalty knows nothing of the examples. What does that say about the mean?",
    ),
    mistakes=(
        Mistake("penalty_averaged", "Your penalty is divided by the number of examples.",
                "The mean belongs to the errors alone. The penalty stands beside it.",
                "In the formula of the loss, what does the mean take in?",
                "dw = (X.T.dot(error) + strength * w) / len(y)"),
        Mistake("penalty_doubled", "Your penalty pulls twice as hard, or half as hard.",
                "The half in the penalty meets the 2 from the square.", "What is the slope of half a square?",
                ("dw = X.T.dot(error) / len(y) + 2 * strength * w", "dw = X.T.dot(error) / len(y) + strength / 2 * w")),
        Mistake("penalty_off", "Your penalty pushes the weights away from 0.",
                "It makes the loss larger where a weight is large, so its slope has the sign of the weight.",
                "For a weight above 0, does the penalty rise or fall when it grows?",
                "dw = X.T.dot(error) / len(y) - strength * w"),
        Mistake("penalty_on_bias", "Your penalty takes in the bias.",
                "It adds up the squares of the weights. The bias is not one of them.",
                "Which names stand in the penalty of the docstring?", "db = np.mean(error) + strength * b"),
        Mistake("penalty_itself", "The penalty stands in your gradient, not its slope.",
                "The slope says how the penalty changes when one weight moves: a number for each.",
                "How many numbers does the penalty's part of `dw` hold?",
                ("dw = X.T.dot(error) / len(y) + strength / 2 * np.sum(w ** 2)",
                 "dw = X.T.dot(error) / len(y) + strength / 2 * w ** 2",
                 "dw = X.T.dot(error) / len(y) + strength * w ** 2")),
    ),
)


weighted_half_mse = Harder(
    first=lesson01.half_mse, idea="a second column of the table says how much each example counts",
    examples=("X", "y", "c"),
    head='''\
def weighted_half_mse(X, y, w, c):
    """The loss sum(c * error**2) / (2 * sum(c)) of the errors X.dot(w) - y.

    X (n, d), w (d,), y and c columns (n, 1) of a table; returns a number.
    """
''',
    right='''
error = X.dot(w) - y.ravel()
return np.sum(c.ravel() * error ** 2) / (2 * np.sum(c))
''',
    trials=lambda rng: of_both_signs(
        lambda: [(numbers(rng, n, d), numbers(rng, n, 1), numbers(rng, d), counts(rng, n, 1))
                 for n, d in ((4, 2), (3, 3), (5, 1), (2, 2))], lambda X, y, w, c: w[0]),
    meaning="Two columns can go wrong in two ways: one of them alone makes a table of all pairs. Where no sum is to "
            "have more than n items, print the shape of what you add up.",
    hints=(
        "Which shape has the prediction, and which have the two columns?",
        "A column of n numbers and a row of n numbers make a table, without a warning. Where could that happen here?",
        "Bring all three to one shape first. After that the formula can be written as it stands.",
    ),
    mistakes=(
        Mistake("table_of_counts", "Every count meets every error.",
                "The counts are still a column, the errors are not. So a table of all pairs is added up.",
                "Which shape has the product of the counts and the errors?",
                "return np.sum(c * error ** 2) / (2 * np.sum(c))"),
        Mistake("table_of_errors", "Every prediction meets every target.",
                "The targets are still a column, the predictions are not. So a table of all pairs is made.",
                "Which shape has your error?",
                ("error = X.dot(w) - y\nreturn np.sum(c * error ** 2) / (2 * np.sum(c))", "error = X.dot(w) - y")),
        Mistake("divided_by_n", "Your loss divides by the number of examples.",
                "It should divide by the sum of the counts. With c = 1 for all, that is the number of examples.",
                "What should come out if all counts are doubled?", "return np.mean(c.ravel() * error ** 2) / 2"),
    ),
)
