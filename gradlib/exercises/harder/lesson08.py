"""A step further than lesson 08: the noise of all weights, a batch with several outputs, and the mean of a path."""

from itertools import combinations

import numpy as np

from .. import lesson08
from ..engine import Mistake, numbers
from ..messages import number
from . import Harder


def _noise_measured(args, said, right):
    gradients, size = args
    means = np.mean([*combinations(gradients, size)], axis=1)
    distance = np.mean(np.sum((means - gradients.mean(axis=0)) ** 2, axis=1))
    return (f"I took every batch there is, {len(means)} of {size} out of {len(gradients)}. Their mean squared distance "
            f"is {number(distance.round(12))}; your function says {number(said[0])}.")


batch_noise = Harder(
    first=lesson08.batch_variance, idea="all weights at once, and how far a batch's gradient is from that of all rows",
    noun="noise", examples=("gradients",),
    head='''\
def batch_noise(gradients, batch_size):
    """How far a batch's gradient is from that of all rows, squared.

    gradients (n, d): those of the single examples at the same w; a batch's
    is the mean of batch_size different ones.  The mean over all batches.
    """
''',
    right='''\
n = len(gradients)
factor = (n - batch_size) / (batch_size * (n - 1))
return factor * np.var(gradients, axis=0).sum()
''',
    trials=lambda rng: [(numbers(rng, n, d), size) for n, d, size in ((5, 2, 2), (4, 3, 3), (6, 2, 1), (3, 2, 3),
                                                                       (6, 1, 4))],
    measure=_noise_measured,
    meaning="A squared distance is a sum over the weights, so the noise is a sum of variances. More weights, more "
            "noise, and the same factor for all of them.",
    hints=(
        "For one weight you have this number already. What did it say about the batches?",
        "How is the squared distance between two arrays made from the distances weight by weight?",
        "A variance without an axis takes in everything. Which mean belongs to each weight?",
    ),
    mistakes=(
        Mistake("variance_of_everything", "Your variance mixes the weights.",
                "Each weight has a mean of its own. Around one mean for all the numbers lie further away.",
                "How many means does your variance use?",
                ("return factor * np.var(gradients)", "return factor * np.var(gradients) * gradients.shape[1]")),
        Mistake("averaged_over_weights", "Your noise is a mean over the weights.",
                "A squared distance adds them up.", "How long is the arrow from 0 to (3, 4), squared?",
                "return factor * np.var(gradients, axis=0).mean()"),
        Mistake("per_weight", "Your function hands back one number for each weight.",
                "A distance is one number.", "How is the length of an arrow made from its sides?",
                "return factor * np.var(gradients, axis=0)"),
        Mistake("drawn_again", "Your batches may draw the same example twice.",
                "Here they are made of different ones. The batch of all n leaves nothing to chance.",
                "What does your function say for a batch of all rows?", "factor = 1 / batch_size"),
        Mistake("lengths_of_gradients", "Your distances are measured from 0.",
                "They should be measured from the gradient of all rows.",
                "If all rows had the same gradient, what should come out?",
                "return factor * np.mean(np.sum(gradients ** 2, axis=1))"),
        Mistake("not_squared", "That is a distance, and a squared one was asked for.",
                "Of the mean square, a root is taken at the end.", "Where does your code take a root?",
                "return np.sqrt(factor * np.var(gradients, axis=0).sum())"),
    ),
)


def _outputs_trial(rng, n, d, m, size):
    return (numbers(rng, n, d), numbers(rng, n, m), numbers(rng, d, m), numbers(rng, m),
            rng.permutation(n)[:size], round(rng.uniform(0.1, 0.5), 2))


sgd_step_outputs = Harder(
    first=lesson08.sgd_step, idea="each example has several targets, and as many predictions", noun="step",
    parts=("W", "b"), examples=("batch",), state=("W", "b"),
    head='''\
def sgd_step_outputs(X, Y, W, b, batch, step_size):
    """One step of stochastic gradient descent: the new W and the new b.

    The loss of a batch: half the squared errors of an example, added up
    over its outputs, then the mean over the rows in batch.
    X (n, d), Y (n, m), W (d, m), b (m,); batch: an array of row numbers.
    """
''',
    right='''\
error = X[batch] @ W + b - Y[batch]
dW = X[batch].T @ error / len(batch)
db = error.mean(axis=0)
return W - step_size * dW, b - step_size * db
''',
    trials=lambda rng: [_outputs_trial(rng, *sizes) for sizes in ((5, 2, 3, 4), (4, 3, 2, 2), (4, 2, 2, 3),
                                                                   (3, 1, 2, 2))],
    meaning="Nothing mixes the outputs: each column of W goes its own way, with its own errors. So these are m "
            "straight lines that learn side by side.",
    hints=(
        "Take one output alone, one column. You have written its step before. What changes for all of them?",
        "The error is a table now. Which of its axes are the rows of the batch, and which the outputs?",
        "The loss takes a mean over one of them and a sum over the other. Which axis must disappear in the slope of "
        "the bias?",
    ),
    mistakes=(
        Mistake("bias_for_all", "All biases make the same step.",
                "A mean without an axis takes in the outputs as well. Each output has its own bias.",
                "How many numbers should your slope of the bias hold?", "db = error.mean()"),
        Mistake("divided_by_outputs", "Your step is divided by the number of outputs as well.",
                "The loss adds up the outputs of an example. Only over the rows it takes a mean.",
                "By which number do you divide: that of the rows, or that of all errors?",
                ("dW = X[batch].T @ error / error.size\ndb = error.mean(axis=0) / error.shape[1]",
                 "dW = X[batch].T @ error / error.size")),
        Mistake("wrong_axis", "Your slope of the bias runs along the wrong axis.",
                "It mixes the outputs of one row. The rows should be mixed.",
                "Which of the two axes of the error counts the rows?", "db = error.mean(axis=1)"),
        Mistake("full_batch", "Your step uses all rows.",
                "That is gradient descent. Here the rows of the batch are asked, and no others.",
                "Where does `batch` enter your code?",
                "error = X @ W + b - Y\ndW = X.T @ error / len(X)"),
        Mistake("uphill", "Your step goes uphill.", "The gradient points to where the loss grows.",
                "If a prediction is too high, should the bias grow?",
                "return W + step_size * dW, b + step_size * db"),
    ),
)


averaged_epoch = Harder(
    first=lesson08.epoch, idea="not where the walk ends is asked for, but the mean of all its places", noun="mean",
    head='''\
def averaged_epoch(X, y, w, batches, step_size):
    """The mean of the weights after each batch: one step for each, from w.

    The loss of a batch is the half mean squared error of its rows.  The
    start is not part of the mean.  X (n, d), y (n,), w (d,); batches: a
    list of arrays of row numbers, not all of one length.
    """
''',
    right='''\
total = np.zeros(len(w))
for batch in batches:
    error = X[batch] @ w - y[batch]
    w = w - step_size * X[batch].T @ error / len(batch)
    total = total + w
return total / len(batches)
''',
    trials=lesson08.epoch.trials,
    meaning="Near the bottom the steps go to and fro with the rows that were drawn. In a mean much of that cancels, "
            "and the step size may stay long. At the start of a run it hurts: it keeps old places in memory.",
    hints=(
        "Write the walk first, as in the exercise before. After which line is there a new place?",
        "A mean needs a sum, and how many there are. How many places does one epoch have?",
        "The walk itself must not notice the mean. From where does your next step begin?",
    ),
    mistakes=(
        Mistake("with_the_start", "The start is part of your mean.",
                "The places after each batch were asked for. The start is the place before the first.",
                "For one batch, what should come out?",
                ("total = 1 * w\nfor batch in batches:\n    error = X[batch] @ w - y[batch]\n"
                 "    w = w - step_size * X[batch].T @ error / len(batch)\n    total = total + w\n"
                 "return total / (len(batches) + 1)",)),
        Mistake("without_the_end", "Your mean takes the places before each step.",
                "Then the start is in it, and the end is not.", "For one batch, what should come out?",
                "for batch in batches:\n    total = total + w\n    error = X[batch] @ w - y[batch]\n"
                "    w = w - step_size * X[batch].T @ error / len(batch)"),
        Mistake("walked_from_the_mean", "Your walk goes on from the mean.",
                "The mean only looks on. Each step begins where the last one ended.",
                "Under which names do the place and the mean live?", """\
def averaged_epoch(X, y, w, batches, step_size):
    mean = w
    for k, batch in enumerate(batches):
        new = mean - step_size * X[batch].T @ (X[batch] @ mean - y[batch]) / len(batch)
        mean = new if k == 0 else (k * mean + new) / (k + 1)
    return mean
"""),
        Mistake("halved", "Your mean forgets: the last place counts as much as all before it.",
                "Half of the old mean and half of the new place is a running mean. Here all places count the same.",
                "For three places, which share has the first?", """\
def averaged_epoch(X, y, w, batches, step_size):
    mean = None
    for batch in batches:
        w = w - step_size * X[batch].T @ (X[batch] @ w - y[batch]) / len(batch)
        mean = w if mean is None else (mean + w) / 2
    return mean
"""),
        Mistake("not_averaged", "Your function adds up the places.",
                "A mean divides by how many there are.", "If the walk stood still, what should come out?",
                "return total"),
    ),
)
