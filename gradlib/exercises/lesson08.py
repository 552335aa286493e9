"""The exercises of lesson 08: how much batches differ, one step along a batch, and a mean over the wrong number."""

from itertools import combinations, combinations_with_replacement
from operator import truediv

import numpy as np

from ..calculus import linear_gradient, linear_loss
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import rate, worst
from .messages import number
from .shared import each, loss_slips, of_both_signs, resized, slip, step_slips, told, wrong_errors

ERROR_ROUND = " (Or the error was taken the other way round.)"

# Exercise A: how much the batches differ

def _variance_trials(rng):
    return [(numbers(rng, n), size) for n, size in ((5, 2), (4, 3), (6, 1), (3, 3), (7, 4), (6, 2))]


def _mean_slopes(slopes, batch_size):
    """The mean slope of each batch there is."""
    return np.mean([*combinations(slopes, batch_size)], axis=1)


def _variance_measured(args, said, right):
    n, size, means = len(args[0]), args[1], _mean_slopes(*args)
    all_of_them = (f"the mean slopes of the {len(means)} batches of {size} out of {n} have" if len(means) > 1
                   else f"there is one batch of {size} out of {n}, so its mean slope has")
    return (f"I took every batch there is: {all_of_them} the variance {number(np.var(means).round(12))}; your function "
            f"says {number(said[0])}.")


def _variance_noticed(slopes, size):
    n, means = len(slopes), _mean_slopes(slopes, size)
    return (f"I took every batch there is. The mean slopes of the {len(means)} batches of {size} out of {n} have the "
            f"mean {number(means.mean())}, and that is the slope of all {n} examples: a batch is right on average. "
            f"Their variance is {number(means.var())}, as you say; that of the single slopes is "
            f"{number(slopes.var())}. If a batch could draw the same example twice, it would be "
            f"{number(slopes.var() / size)}. And the batch of all {n} leaves nothing to chance.")


MEANS = "np.mean([*combinations(slopes, batch_size)], axis=1)"   # of all batches, in a learner's line

batch_variance = Exercise(
    name="batch_variance", noun="variance", examples=("slopes",),
    head='''\
def batch_variance(slopes, batch_size):
    """The variance of a batch's mean slope, over all batches there are.

    slopes (n,): the slope of one weight for each example, at the same w.
    A batch is made of batch_size different examples.
    """
''',
    given='''\
n = len(slopes)
factor = ...  # what a mean over a batch leaves of the variance
return factor * np.var(slopes)
''',
    right='''\
n = len(slopes)
factor = (n - batch_size) / (batch_size * (n - 1))
return factor * np.var(slopes)
''',
    trials=_variance_trials, measure=_variance_measured, noticed=_variance_noticed,
    names={each.__name__: each for each in (combinations, combinations_with_replacement, truediv)},
    hints=(
        "Try the two ends first. What must the factor be for batches of one example? And how many batches of all n "
        "examples are there, so what must it be then?",
        "If every example of a batch were drawn from all n, the variance would fall in proportion to the batch size: "
        "twice the batch, half the variance. That is one part of the factor. It does not vanish for the batch of all.",
        "The other part takes care of that. It is a share: of the other examples, those beside the first in the batch, "
        "how many are still outside? For a batch of one all of them are, for the batch of all none.",
    ),
    slips=(
        Slip("standard_deviation", "That is the standard deviation.",
             "The root of a variance has the unit of a slope, and is good to look at. Variances are what adds up.",
             "Which of them does your last line hand back?", lambda f: lambda slopes, size: np.sqrt(f(slopes, size))),
        Slip("ddof_one", "Your variance takes the {n} examples for a sample.",
             "To divide by one less than {n} is right where the rest must be guessed. Here the {n} are all there is.",
             "What does your variance divide by?", times(lambda slopes, size: len(slopes) / (len(slopes) - 1))),
    ),
    mistakes=(
        Mistake("with_replacement", "Your variance is that of batches in which an example may come twice.",
                "Each draw then knows nothing of the others, and the batch size alone counts. Here a batch holds "
                "different examples: the larger it is, the less is left to chance.",
                "How many batches of all n examples are there? So by how much can they differ?",
                ("factor = 1 / batch_size",
                 "return np.var([np.mean(batch) for batch in combinations_with_replacement(slopes, batch_size)])")),
        Mistake("only_outside", "Your factor only counts the examples that are left outside.",
                "For the batch of all your factor is right. In a mean, slopes that point different ways even out, too.",
                "Ten examples out of a million: how much of the variance is left, and what does your function say?",
                each("factor = {}", "(n - batch_size) / (n - 1)", "(n - batch_size) / n", "n - batch_size")),
        Mistake("n_for_n_less_one", "Your variance is a little too small.",
                "One part in {n} is missing. A batch of one has its example's slope, so all the variance must be left.",
                "What is your factor for batches of one example?", "factor = (n - batch_size) / (batch_size * n)"),
        Mistake("n_less_one_forgotten", "For batches of one your factor is n − 1, and it must be 1.",
                "Your line counts the examples outside the batch. What is needed is a share of the others, at most 1.",
                "For a batch of one, what share of the others is outside?", "factor = (n - batch_size) / batch_size"),
        Mistake("one_from_the_batch", "Your line takes one from the batch size, and divides by what is left.",
                "For batches of one that is zero. A first draw takes one from the examples, not from the batch size.",
                "Which numbers do you divide by, and what are they for a batch of one?",
                tuple(f"factor = {over}({above}, {below} * (batch_size - 1))"
                      for over in ("truediv", "np.divide")   # Python's numbers stop at zero, NumPy's go to infinity
                      for above in ("n - batch_size", "1") for below in ("1", "n", "(n - 1)", "batch_size"))),
        Mistake("divided_twice", "Your variance is divided by the batch size twice.",
                "A square comes in when a sum is turned into a mean. But a sum of several slopes also varies more "
                "than one of them does, and that takes one of the two away.",
                "Twice the batch: is the variance half as large, or a quarter?",
                each("factor = {}", "(n - batch_size) / (batch_size ** 2 * (n - 1))",
                     "(n - batch_size) / (batch_size ** 2 * n)", "(n - batch_size) / batch_size ** 2",
                     "1 / batch_size ** 2")),
        Mistake("summed", "Your variance belongs to the sum of the slopes in a batch.",
                "A step follows their mean. The variance of a sum is larger, by the square of the batch size. "
                "(Missing brackets behind a / do the same.)",
                "Where does your line divide by the batch size?",
                each("factor = (n - batch_size) * batch_size / {}", "(n - 1)", "n")),
        Mistake("brackets", "Brackets are missing in your line.",
                "Python goes through * and / from left to right, before any + or − gets a turn.",
                "Work your line out for 5 examples and batches of 2, sign by sign. What comes first?",
                each("factor = {}", "(n - batch_size) / batch_size * (n - 1)", "(n - batch_size) / batch_size * n",
                     "(n - batch_size) / batch_size * n - 1", "n - batch_size / (batch_size * (n - 1))",
                     "(n - batch_size) / (batch_size * n - 1)", "n - batch_size / batch_size * (n - 1) / n",
                     "n - batch_size / batch_size * n - 1")),
        Mistake("n_over_size", "Your factor is larger than one.",
                "A mean never varies more than what it is made of. Yours does, unless the batch holds everything.",
                "What must be left for the batch of all n?", each("factor = {} / batch_size", "n", "(n - 1)")),
        Mistake("grows", "Your variance grows with the batch.",
                "Growing is what a sum does. In a mean, slopes that point different ways even out.",
                "What should a larger batch do to the doubt about the slope?",
                each("factor = {}", "batch_size", "batch_size / n", "batch_size / (n - 1)",
                     "(batch_size - 1) / (n - 1)", "(batch_size - 1) / (batch_size * (n - 1))", "1 - 1 / batch_size")),
        Mistake("root_of_size", "Your variance falls with the root of the batch size.",
                "The standard deviation falls with the root, and it is often said that way. A variance is its square.",
                "Four times the batch: half the variance, or a quarter?",
                each("factor = {}", "1 / np.sqrt(batch_size)", "(n - batch_size) / (np.sqrt(batch_size) * (n - 1))")),
        Mistake("size_ignored", "That is the variance of the single slopes.",
                "A single slope is a batch of one example. The mean of several differs less.",
                "Where does `batch_size` enter your line?", "factor = 1"),
        Mistake("divided_by_examples",
                "Your variance shrinks with the number of all examples, whatever the batch size.",
                "What evens out are the slopes in one batch. In a batch of one nothing does, and yours still shrinks.",
                "What must be left of the variance for a batch of one, and what for the batch of all?",
                each("factor = {}", "1 / n", "1 / (n - 1)", "(n - batch_size) / (n * (n - 1))",
                     "(n - batch_size) / n ** 2", "(n - batch_size) / (n - 1) ** 2")),
        Mistake("by_both_numbers", "Your variance is divided by the batch size and by the number of all examples.",
                "The more examples there are, the smaller it becomes, although a batch holds no more of them.",
                "What must be left of the variance for batches of one, and what is left of yours?",
                each("factor = 1 / (batch_size * {})", "n", "(n - 1)")),
        Mistake("below_zero", "Your variance is below zero.",
                "A variance is a mean of squares. Two numbers have changed places in a difference.",
                "Which of the two is larger, the batch or all of the examples?",
                each("factor = (batch_size - n) / (batch_size * {})", "(n - 1)", "n")),
        Mistake("deviation_for_variance", "Your factor meets a standard deviation.",
                "The factor says what is left of a variance. A standard deviation is its root.",
                "Which of NumPy's functions gives the mean of the squares?", "return factor * np.std(slopes)"),
        Mistake("inside_a_batch", "That says how the slopes differ inside a batch.",
                "A step sees one number from each batch, its mean. How these means differ is asked for.",
                "What comes first in your code, the mean of a batch or a variance?",
                each("return {}", "np.var(slopes[:batch_size])", "np.var(slopes[:batch_size]) / batch_size",
                     "np.mean([np.var(batch) for batch in combinations(slopes, batch_size)])")),
        Mistake("some_batches", "Your function looks at some of the batches only.",
                "Your code cuts the examples in the order in which they came. A batch may hold any of them.",
                "Which batches of 2 out of 3 examples are there, and which of them does your code meet?",
                (*each("starts = range(0, n - batch_size + 1, {})\n"
                       "return np.var([np.mean(slopes[i:i + batch_size]) for i in starts])", "batch_size", "1"),
                 "return np.var([np.mean(batch) for batch in np.array_split(slopes, n // batch_size)])")),
        Mistake("batches_as_sample", "Your function takes the batches for a sample.",
                "Your code divides by one less than the number of batches. But you looked at all: nothing is guessed.",
                "What does your variance divide by, of how many batches?", f"return np.var({MEANS}, ddof=1)"),
        Mistake("not_centred", "Your function takes the mean of the squares.",
                "A variance says how far numbers lie from their mean. Yours says how far they lie from zero.",
                "If all slopes were 3, what should the variance be?",
                each("return {}", "factor * np.mean(slopes ** 2)", f"np.mean(np.square({MEANS}))")),
        Mistake("absolute_distance", "Your function takes the mean distance from the mean.",
                "A variance is the mean of their squares. Only squares add up, so the factor belongs to them.",
                "What happens to a distance before the mean is taken?",
                ("return factor * np.mean(abs(slopes - np.mean(slopes)))",
                 f"return np.mean(abs({MEANS} - np.mean(slopes)))")),
        Mistake("returned_means", "Those are the mean slopes, not how much they differ.",
                "On average the batches say what all examples say. How far one of them may be off is asked for.",
                "How many numbers does your function hand back, and what would they be if all slopes were 3?",
                each("return {}", MEANS, "np.mean(slopes)", "np.mean(slopes[:batch_size])")),
    ),
)


# Exercise B: one step along a batch

SIZES = ((6, 2, 3), (5, 3, 2), (4, 2, 2), (5, 1, 1), (3, 2, 3), (7, 3, 4))   # n, d, batch size


def _step_trials(rng):
    return of_both_signs(
        lambda: [_step_trial(rng, *sizes) for sizes in SIZES], lambda X, y, w, b, *rest: b)


def _step_trial(rng, n, d, size):
    """Draw until the errors of the batch are not all small, so that what bends them shows."""
    while True:
        X, y, w, b, batch = *_data(rng, n, d), round(rng.uniform(-2, 2), 2), _batch(rng, n, size)
        step_size = _step_size(rng)
        if np.abs(X[batch] @ w + b - y[batch]).max() > 0.3:
            return X, y, w, b, batch, step_size


def _data(rng, n, d):
    return numbers(rng, n, d), numbers(rng, n), numbers(rng, d)


def _batch(rng, n, size):
    """Some row numbers, not those of the first rows in their order."""
    rows = rng.permutation(n)
    return rows[rows != 0][:size] if size < n else np.roll(np.arange(n), 1)


def _step_size(rng):
    return round(rng.uniform(0.05, 0.45), 2)


def _step_measured(args, said, right):
    X, y, w, b, batch, step_size = args
    part, place, name = worst(said, right, "wb")
    slope = rate(linear_loss, (X[batch], y[batch], w, b), 2 + part, place)
    mine = said[part][place] - (w[place] if part == 0 else b)
    return (f"The batch is {_rows(batch)}. There, nudging `{name}` by 0.00001 changes the loss at a rate of "
            f"{number(slope)}. So a step of size {number(step_size)} moves `{name}` by {number(-step_size * slope)}; "
            f"your function says {number(mine)}.")


def _rows(batch):
    return f"row {batch[0]}" if len(batch) == 1 else f"rows {_listed(batch)}"


def _listed(values):
    """1, 2 and 3: numbers, in words."""
    *others, last = map(number, values)
    return f"{', '.join(others)} and {last}" if others else last


def _step_noticed(X, y, w, b, batch, step_size):
    n, size = len(X), len(batch)
    moves = [_sgd(X, y, w, b, list(rows), step_size)[0][0] - w[0] for rows in combinations(range(n), size)]
    mine, whole = (number(_sgd(X, y, w, b, rows, step_size)[0][0] - w[0]) for rows in (batch, range(n)))
    return (f"Your batch, {_rows(batch)}, moves `w[0]` by {mine}. All {n} rows would move it by {whole}. I took every "
            f"batch there is: the {len(moves)} batches of {size} move it by anything from {number(min(moves))} to "
            f"{number(max(moves))}, and by {number(np.mean(moves))} on average. A batch is a guess at the gradient, "
            "right on average.")


def _sgd(X, y, w, b, rows, step_size):
    """A step along the mean gradient of some rows."""
    dw, db = linear_gradient(X[rows], y[rows], w, b)
    return w - step_size * dw, b - step_size * db


IN_TURN = """\
for j in range(len(w)):
    w = w - step_size * np.eye(len(w))[j] * (rows[:, j] @ (rows @ w + b - targets) / len(batch))"""
SUMS = "dw = rows.T @ error\ndb = error.sum()"


sgd_step = Exercise(
    name="sgd_step", parts=("w", "b"), examples=("batch",), state=("w", "b"),
    head='''\
def sgd_step(X, y, w, b, batch, step_size):
    """One step of stochastic gradient descent: the new w and the new b.

    The loss is the half mean squared error of the rows in batch.
    X (n, d), y (n,), w (d,), b a number; batch: an array of row numbers.
    """
''',
    given="...",
    right='''\
rows, targets = X[batch], y[batch]
error = rows @ w + b - targets
dw = rows.T @ error / len(batch)
db = error.mean()
return w - step_size * dw, b - step_size * db
''',
    trials=_step_trials, measure=_step_measured, noticed=_step_noticed,
    also=("""\
dw, db = np.zeros(len(w)), 0
for i in batch:
    error = X[i] @ w + b - y[i]
    dw += error * X[i] / len(batch)
    db += error / len(batch)
return w - step_size * dw, b - step_size * db
""",),
    hints=(
        "Leave the batch aside for a moment. How would one step with all rows go, that of lesson 02, with the bias of "
        "lesson 01 beside the weights?",
        "Now the rows. An array of row numbers in square brackets picks these rows, in that order. Which of your "
        "arrays have rows? And how many errors do you get?",
        "Find both slopes before anything moves: they belong to the same place. And each is a mean. Over how many "
        "rows?",
    ),
    slips=(
        *step_slips(5, ERROR_ROUND),
        *loss_slips(5),
        Slip("summed", "Your step adds up what the rows of the batch say.",
             "So the step grows with the batch, although the loss is a mean over it.",
             "Which line knows how many rows are in the batch?", resized(5, lambda size, *args: size * len(args[4]))),
        Slip("scaled_by_n", "Your step is divided by the number of all rows.",
             "The sum runs over the rows of the batch. Divided by all {n} rows, it is shorter than a mean.",
             "How many numbers do you add up, and by how many do you divide?",
             resized(5, lambda size, X, *others: size * len(others[3]) / len(X))),
        Slip("divided_twice", "Your step is divided by the batch size twice.", "A mean has divided already.",
             "How often does your code divide, and what for?", resized(5, lambda size, *args: size / len(args[4]))),
        slip("divided_by_d", resized(5, lambda size, X, *others: size * len(others[3]) / X.shape[1]), noun="step"),
    ),
    mistakes=(
        Mistake("updated_before", "Something moves before all slopes are known.",
                "All slopes belong to the place where the step starts. Your code asks for one when something has "
                "moved already. For small steps the difference is small, so nobody notices.",
                "With which `w` and which `b` is each of your errors worked out?",
                ("db = np.mean(rows @ (w - step_size * dw) + b - targets)",
                 "dw = rows.T @ (error - step_size * error.mean()) / len(batch)",
                 *each(f"{IN_TURN}\nreturn w, b - step_size * {{}}", "db", "np.mean(rows @ w + b - targets)"))),
        told("full_batch", *each("rows, targets = X, y\n{}", "", "dw = rows.T @ error / len(y)",
                                 "db = error.sum() / len(batch)", SUMS), step="Your step"),
        told("first_rows", *each("rows, targets = X[:len(batch)], y[:len(batch)]\n{}", "", SUMS), step="Your step"),
        told("rows_apart", *each("error = {}", "rows @ w + b - y[:len(batch)]", "X[:len(batch)] @ w + b - targets",
                                 "rows @ w + b - y", "X @ w + b - targets", "rows @ w + b - y[np.sort(batch)]",
                                 "X[np.sort(batch)] @ w + b - targets")),
        Mistake("other_rows", "Your step uses other rows than those of the batch.",
                "The numbers in `batch` are those of the rows, counted from 0.",
                "Which numbers are in `batch`, and which rows does your code take?",
                each("rows, targets = X[{}], y[{}]\ndw = rows.T @ error / len(error)", "-len(batch):", "batch - 1",
                     ":len(batch) + 1")),
        told("one_row", *(line for rest in ("dw = rows.T @ error", "db = error.sum() / len(batch)") for line in each(
            f"rows, targets = X[batch[{{}}]], y[batch[{{}}]]\n{rest}", ":1", "-1:")), step="Your step"),
        told("returned_gradient", "return dw, db"),
        told("returned_step", *each("return {}step_size * dw, {}step_size * db", "", "-")),
        Mistake("bias_forgotten", "Your `b` has not moved.", "The bias has a slope as every weight has.",
                "What happens to `b` between your first line and your last?", "return w - step_size * dw, b"),
        Mistake("weights_forgotten", "Your `w` has not moved.",
                "Perhaps the new weights live under another name than the one that you hand back.",
                "What happens to `w` from first line to last?", each("return w, {}", "b - step_size * db", "b")),
        Mistake("bias_alone_missing", "Your function hands back `w` and no `b`.",
                "The weights are right. The exercise asks for two things, in this order.",
                "How many names stand in your last line?", "return w - step_size * dw"),
        Mistake("bias_not_predicted", "The bias is missing in your predictions.",
                "It moves, but the errors do not know of it. So it would go on moving for ever.",
                "What is the prediction for a row of zeros?", "error = rows @ w - targets"),
        *wrong_errors("step", "rows @ w + b", "targets"),
        told("transposed", "dw = rows @ error / len(batch)"),
        Mistake("bias_not_summed", "Your `b` has become an array, with a number for each row of the batch.",
                "There is one bias, and every row has used it. What the rows say is put together in one number.",
                "Which shape has the slope of `b` in your code?", each("db = error{}", "", " / len(batch)")),
        Mistake("slope_of_weights_for_b", "Your `b` moves along the slopes of the weights.",
                "These slopes have met the features. To a bias, every row is as good as one with the feature 1.",
                "When b grows by a little, by how much does an error grow?", each("db = dw.{}()", "mean", "sum")),
        Mistake("no_features", "The features are missing in the slope of `w`.",
                "Yours is the slope of a bias. How far an error moves when a weight does, depends on the feature.",
                "In w times x, what decides how far the product moves when w does?",
                ("dw = error.mean()", "dw = error.sum()\ndb = error.sum()")),
        told("product_of_means", "dw = rows.mean(axis=0) * error.mean()", noun="slope of `w`"),
        told("one_slope_for_all", *each("dw = {}", "np.mean(rows * error[:, None])",
                                        "np.sum(rows * error[:, None]) / len(batch)")),
    ),
)


# Exercise C: repair a mean over the wrong number

LENGTHS = ((7, 2, (3, 3, 1)), (6, 3, (2, 4)), (5, 1, (2, 2, 1)), (4, 2, (4,)), (8, 2, (1, 5, 2)), (4, 4, (3, 1)),
           (6, 2, (2, 3)))   # n, d, lengths of the batches; in the last, one row is in no batch


def _epoch_trials(rng):
    return [(*_data(rng, n, d), _batches(rng, n, lengths), _step_size(rng)) for n, d, lengths in LENGTHS]


def _batches(rng, n, lengths):
    rows = np.roll(rng.permutation(n), 1).tolist()
    return [np.array([rows.pop() for _ in range(length)]) for length in lengths]


def _epoch_measured(args, said, right):
    _, _, w, batches, _ = args
    i = np.argmax(abs(said[0] - right[0]))
    before = f"`w[{i}]` starts at {number(w[i])}. After the batch{'es' if len(batches) > 1 else ''} {_listed(batches)}"
    return f"{before} it should be {_listed(_path(*args)[1:, i])}; in your weights it is {number(said[0][i])}."


def _epoch_noticed(X, y, w, batches, step_size):
    lengths = [len(batch) for batch in batches]
    right, given = ([np.linalg.norm(f(X, y, w, [batch], step_size) - w) for batch in batches]
                    for f in (epoch.reference, epoch.as_given))
    shorter = np.divide(right, given)
    return (f"This epoch has batches of {_listed(lengths)} rows, out of {len(X)}. As it was given, the function made "
            f"their steps {_listed(shorter)} times too short. So one and the same step size stood for another step "
            f"with every batch size. One thing is left, and it is no mistake: the last batch has {lengths[-1]} row, "
            f"and that row has as much say in its step as {lengths[0]} rows together have in the first.")


def _path(X, y, w, batches, step_size):
    """The weights at the start and after each batch."""
    path = [w]
    for batch in batches:
        path.append(epoch.reference(X, y, path[-1], [batch], step_size))
    return np.array(path)


DIVIDED = "w = w - step_size * X[batch].T @ error / ({})"   # by another number
SHRUNK = ("step_size = {} * step_size\nerror = X[batch] @ w - y[batch]",
          "w, step_size = w - step_size * X[batch].T @ error / len(batch), {} * step_size")
OTHER_BATCHES = """\
def epoch(X, y, w, batches, step_size):
    for batch in {}:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w
"""
ONE_MOVE = """\
def epoch(X, y, w, batches, step_size):
    gradients = np.array([X[batch].T @ (X[batch] @ w - y[batch]) / len(batch) for batch in batches])
    lengths = np.array([[len(batch)] for batch in batches])
    return w - step_size * {}
"""

epoch = Exercise(
    name="epoch", state=("w",),
    head='''\
def epoch(X, y, w, batches, step_size):
    """The weights after one step for each batch, in order, from w.

    The loss of a batch is the half mean squared error of its rows.
    X (n, d), y (n,), w (d,); batches: a list of arrays of row numbers,
    not all of one length.
    """
''',
    given='''\
for batch in batches:
    error = X[batch] @ w - y[batch]
    w = w - step_size * X[batch].T @ error / len(X)
return w
''',
    right='''\
for batch in batches:
    error = X[batch] @ w - y[batch]
    w = w - step_size * X[batch].T @ error / len(batch)
return w
''',
    trials=_epoch_trials, measure=_epoch_measured, noticed=_epoch_noticed,
    also=("""\
for batch in batches:
    gradient = np.zeros(len(w))
    for i in batch:
        gradient += (X[i] @ w - y[i]) * X[i] / len(batch)
    w = w - step_size * gradient
return w
""",),
    hints=(
        "Take 100 rows that are all alike. Then one row knows as much as all of them. How far does the given function "
        "step with a batch of 1, of 10, and of all 100?",
        "For which batch size is the given function right? What is special about it?",
        "A mean is a sum divided by how many were added. How many are added in one round of the loop, and does the "
        "given line divide by that number, also when the last batch is a short one?",
    ),
    slips=(*step_slips(4, ERROR_ROUND), *loss_slips(4)),
    mistakes=(
        Mistake("by_all_rows", "Your steps are divided by the number of all rows, as in the function that was given.",
                "The sum runs over the rows of one batch. Divided by all rows it is no mean: half the batch makes "
                "half the step, even where all rows say the same.",
                "How many numbers does one round add up, and by how many does it divide?",
                each(DIVIDED, "len(y)", "sum(map(len, batches))", "len(y) / len(batch)")),
        Mistake("summed", "Your steps add up what the rows of a batch say.",
                "Nothing divides. So the step grows with the batch, even where all rows say the same.",
                "The loss of a batch is a mean. Where is that in your loop?", each(DIVIDED, 1)),
        Mistake("by_number_of_batches", "Your steps are divided by the number of batches.",
                "That suits one step in which all batches have their say. Here each batch makes a step of its own.",
                "What does `batches` count?", each(DIVIDED, "len(batches)", "len(batch) * len(batches)")),
        Mistake("one_length_for_all", "Your function takes all batches to be of one length.",
                "Mostly they are. But the last one of an epoch may be shorter, and then its step comes out wrong.",
                "Where does the number that you divide by come from, and is it asked for again in every round?",
                each(DIVIDED, "len(batches[0])", "len(batches[-1])", "max(map(len, batches))", "min(map(len, batches))",
                     "np.mean([*map(len, batches)])", "sum(map(len, batches)) // len(batches)", "len(X) / len(batches)",
                     "len(X) // len(batches)")),
        Mistake("divided_twice", "Your steps are divided by the batch size twice.",
                "A mean has divided already. Now larger batches make shorter steps.",
                "How often does your loop divide, and what for?", each(DIVIDED, "len(batch) ** 2")),
        Mistake("divided_by_both", "Your line divides by two numbers.",
                "One of them makes a mean of the sum. The other makes every step too short, and all of them alike.",
                "Which of them did the given line bring along?", each(DIVIDED, "len(X) * len(batch)")),
        Mistake("by_number_of_weights", "Your steps are divided by the number of weights.",
                "The loss is a mean over rows. How many weights there are has no say in that.",
                "Which entry of a shape counts rows, and which columns?", each(DIVIDED, "len(w)", "X[batch].size")),
        Mistake("one_step_for_all", "Your function takes one step, for all batches together.",
                "Each batch should look from where the last one has led. Yours all look from the start.",
                "Where does `w` stand when the second batch is asked?",
                each(ONE_MOVE, "gradients.sum(axis=0)", "gradients.mean(axis=0)", "(gradients * lengths).sum(axis=0)",
                     "(gradients * lengths).sum(axis=0) / lengths.sum()", "X.T @ (X @ w - y) / len(X)")),
        Mistake("first_batch_only", "Your epoch ends after its first batch.",
                "A return inside a loop ends the function in the first round.", "How far is your return line indented?",
                each(OTHER_BATCHES, "batches[:1]")),
        Mistake("same_batch", "Each of your steps asks one and the same batch.",
                "The number of steps is right. But the rows of the other batches have no say in this epoch.",
                "What changes in your loop from one round to the next?",
                each(OTHER_BATCHES, "batches[:1] * len(batches)", "batches[-1:] * len(batches)")),
        Mistake("last_batch_only", "Your weights know of the last batch only.",
                "Each round starts from the first weights and writes over what the last one has left.",
                "From which `w` does the second round start?", each(OTHER_BATCHES, "batches[-1:]")),
        Mistake("last_batch_left_out", "Your epoch leaves out the last batch.",
                "A range ends before its last number. Or short batches are skipped, and then some rows have no say.",
                "With three batches, how many steps does your function take?",
                each(OTHER_BATCHES, "batches[:-1]", "[batch for batch in batches if len(batch) == len(batches[0])]")),
        Mistake("first_batch_left_out", "Your epoch leaves out the first batch.",
                "A range that starts at 1 leaves out its first round.",
                "With three batches, how many steps does your function take?", each(OTHER_BATCHES, "batches[1:]")),
        Mistake("backwards", "Your epoch takes the batches from last to first.",
                "Each step starts where the one before has led, so the order is seen in the end.",
                "Which batch makes your first step?", each(OTHER_BATCHES, "batches[::-1]")),
        told("full_batch", *each("error = X @ w - y\nw = w - step_size * X.T @ error / len({})", "X", "batch"),
             step="Each of your steps"),
        told("first_rows", "batch = range(len(batch))\nerror = X[batch] @ w - y[batch]", step="Each of your steps"),
        told("rows_apart", "error = X[batch] @ w - y[:len(batch)]", "error = X[:len(batch)] @ w - y[batch]",
             "w = w - step_size * X[:len(batch)].T @ error / len(batch)"),
        *wrong_errors("step", "X[batch] @ w", "y[batch]"),
        told("product_of_means", "w = w - step_size * X[batch].mean(axis=0) * error.mean()", noun="gradient"),
        told("one_slope_for_all", *each("w = w - step_size * {}", "np.mean(X[batch].T * error)", "error.mean()",
                                        "np.mean(X[batch].T @ error)")),
        told("one_row", *(line for count in ("1", "len(batch)") for line in each(
            f"w = w - step_size * X[batch[{{}}]].T @ error[{{}}] / {count}", ":1", "-1:")), step="Each of your steps"),
        Mistake("row_by_row", "Your function takes a step for each row.",
                "That is an epoch with batches of one. In a batch all rows speak about one place: that is one step.",
                "Where does `w` stand when the second row of a batch is asked?",
                each("for i in batch:\n    w = w - step_size * (X[i] @ w - y[i]) * X[i] / {}\nw = w", 1, "len(batch)")),
        told("not_moved", "w = w"),
        told("returned_gradient", *each("return {}X[batch].T @ error / len(batch)", "", "step_size * ")),
        Mistake("returned_path", "Your function hands back the weights after every batch.",
                "A path is good to look at. Here only its end is asked for.", "How do you take the last of a list?",
                (_path, lambda *args: _path(*args)[1:])),
        Mistake("averaged_path", "Your function hands back the mean of the path.",
                "That is an idea of its own: it calms the noise at the end of a long run. Here the end is asked for.",
                "Which name stands in your last line?",
                (lambda *args: _path(*args)[1:].mean(axis=0), lambda *args: _path(*args).mean(axis=0))),
        told("shrinking_steps", *(way for line in SHRUNK for way in each(line, 0.5, 0.9, 0.95, 0.99)), """\
def epoch(X, y, w, batches, step_size):
    for i, batch in enumerate(batches, 1):
        w = w - step_size / i * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
    return w
"""),
        Mistake("root_of_size", "Your steps are divided by the root of the batch size.",
                "The noise of a batch falls with that root. A mean divides by how many were added.",
                "How many does one round add up, and what does it divide by?", each(DIVIDED, "len(batch) ** 0.5")),
    ),
)
