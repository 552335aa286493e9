"""A step further than lesson 07: a layer with two outputs behind it, any number of layers, and weights that decay."""

import numpy as np

from .. import lesson07
from ..engine import Mistake, numbers
from . import Harder


def _two_heads(rng, n, k, a, b):
    return (numbers(rng, n, a), numbers(rng, k, a), numbers(rng, n, b), numbers(rng, k, b),
            rng.uniform(0.1, 0.9, (n, k)).round(2))


two_heads_delta = Harder(
    first=lesson07.hidden_delta, idea="two layers of outputs read the same hidden units", noun="slopes",
    head='''\
def two_heads_delta(delta_a, A, delta_b, B, h):
    """Send the slopes at two layers of outputs back to the hidden layer.

    delta_a (n, p), delta_b (n, q): the slopes of the loss at their z.
    A (k, p), B (k, q): their weights, from the same k hidden units.
    h (n, k): the hidden units' values, h = sigmoid(z).
    Returns the slopes of the loss at the hidden units' z, (n, k).
    """
''',
    right='''\
arriving = delta_a @ A.T + delta_b @ B.T
return arriving * h * (1 - h)
''',
    trials=lambda rng: [_two_heads(rng, *sizes) for sizes in ((3, 3, 2, 4), (3, 3, 3, 3), (2, 4, 1, 2), (1, 2, 3, 1))],
    meaning="Where a value is used twice, slopes add up, and it does not matter how large the users are. In this way "
            "a network can learn two things at once from one hidden layer.",
    hints=(
        "For one layer of outputs you have written this before. What do the hidden units hear from the other one?",
        "A value has two users. What happens to the slopes that arrive from them?",
        "Through the sigmoid all of it goes once. Does it matter whether you add before or after?",
    ),
    mistakes=(
        Mistake("one_head", "Your hidden units hear from one of the two layers only.",
                "Both read the same hidden units, so both send something back.",
                "Where do `B` and `delta_b` enter your lines, and where `A` and `delta_a`?",
                ("arriving = delta_a @ A.T", "arriving = delta_b @ B.T")),
        Mistake("averaged", "Your function takes the mean of what the two layers send.",
                "Where ways meet, what they bring adds up.", "If one sends 2 and the other 4, what arrives?",
                "arriving = (delta_a @ A.T + delta_b @ B.T) / 2"),
        Mistake("multiplied", "Your function multiplies what the two layers send.",
                "Links of one chain are multiplied. These are two chains, and they meet.",
                "If one layer sends 0, should the other be silenced?", "arriving = (delta_a @ A.T) * (delta_b @ B.T)"),
        Mistake("slope_skipped", "The slope of the sigmoid is missing.",
                "Between a hidden unit's z and its value sits the sigmoid.",
                "When a hidden z grows by a little, by how much does h grow?", "return arriving"),
        Mistake("slope_of_one", "Only a part of what arrives goes through the sigmoid.",
                "The sigmoid stands before both layers, so all of it comes back through it.",
                "What does each of your two summands have to pass?",
                ("return delta_a @ A.T + delta_b @ B.T * h * (1 - h)",
                 "return delta_a @ A.T * h * (1 - h) + delta_b @ B.T")),
    ),
)


def _deep_loss(X, y, weights):
    for W in weights:
        X = 1 / (1 + np.exp(-X @ W))
    return -np.sum(y * np.log(X) + (1 - y) * np.log(1 - X)) / len(X)


def _deep_trial(rng, n, d, layers):
    return numbers(rng, n, d), rng.integers(0, 2, (n, d)) * 1.0, numbers(rng, layers, d, d)


backward_deep = Harder(
    first=lesson07.backward, idea="there are as many layers as come in, all of one width and without biases",
    noun="way back", examples=("X", "y"),
    head='''\
def backward_deep(X, y, weights):
    """The slopes of the loss with respect to all weights of all layers.

    weights (layers, d, d): the first layer's first, each followed by a
    sigmoid.  X (n, d), y (n, d) of 0 and 1.  The loss adds up the d
    cross-entropies of an example, and takes the mean over the examples.
    Returns an array (layers, d, d).
    """
''',
    given='''\
values = [X]  # what goes into each layer, and at last the predictions
for W in weights:
    values.append(1 / (1 + np.exp(-values[-1] @ W)))
slopes = ...  # an array of the shape of weights
return slopes
''',
    right='''\
values = [X]  # what goes into each layer, and at last the predictions
for W in weights:
    values.append(1 / (1 + np.exp(-values[-1] @ W)))
slopes = np.zeros(weights.shape)
delta = (values[-1] - y) / len(X)
for i in reversed(range(len(weights))):
    slopes[i] = values[i].T @ delta
    delta = delta @ weights[i].T * values[i] * (1 - values[i])
return slopes
''',
    trials=lambda rng: [_deep_trial(rng, *sizes) for sizes in ((4, 2, 3), (2, 3, 2), (3, 2, 4), (3, 1, 1))],
    loss=_deep_loss, of=("weights",),
    meaning="Each round of the loop does what exercise A does once, for two layers or for two hundred. And each layer "
            "of sigmoids lets a quarter of what arrives through, at most.",
    hints=(
        "Write the way back for two layers first, with names. Which lines stand there twice?",
        "Two things happen at each layer: its slopes are made, and the delta goes on. Which of them needs what went "
        "into the layer?",
        "The layers have their turn from the last to the first. Which place of `values` belongs to layer i?",
    ),
    mistakes=(
        Mistake("sigmoid_skipped", "The slope of the sigmoid is missing on the way back.",
                "Between two layers sits a sigmoid, and it lets a part of each slope through.",
                "What stands between the z of a layer and its value?", "delta = delta @ weights[i].T"),
        Mistake("not_transposed", "The weights lie the wrong way round on the way back.",
                "As all layers have one width, yours runs, and is still wrong.",
                "In which direction do the numbers go through a layer now?",
                "delta = delta @ weights[i] * values[i] * (1 - values[i])"),
        Mistake("other_values", "The slopes of a layer meet what came out of it.",
                "They need what went into it, as on the way forward.",
                "Which place of `values` went into layer 0?", "slopes[i] = values[i + 1].T @ delta"),
        Mistake("delta_stays", "The same delta is used for all layers.",
                "It must go back through a layer before the next one has its turn.",
                "In which of your lines does the delta change?", "delta = delta"),
        Mistake("last_layer_only", "Only the last layer has slopes.",
                "The others move the loss as well.", "How many rounds does your loop take?",
                "for i in reversed(range(len(weights))):\n    slopes[i] = values[i].T @ delta\n    delta = 0 * delta"),
    ),
)


DECAYED = """\
W2 = W2 - step_size * (dW2 + strength * W2)
b2 = b2 - step_size * db2
W1 = W1 - step_size * (dW1 + strength * W1)
b1 = b1 - step_size * db1
return W1, b1, W2, b2
"""


train_step_decayed = Harder(
    first=lesson07.train_step, idea="the loss has a penalty on large weights, of both layers, but not on biases",
    noun="step", parts=lesson07.ARRAYS, examples=("X", "y"), state=lesson07.ARRAYS,
    head='''\
def train_step_decayed(X, y, W1, b1, W2, b2, step_size, strength):
    """One step of gradient descent: the new W1, b1, W2, b2.

    Network and shapes are those of backward.  To its loss is added
    strength / 2 times the sum of the squares in W1 and W2.
    """
''',
    given=lesson07.FOUR_SLOPES + "return ...", right=lesson07.FOUR_SLOPES + DECAYED,
    trials=lambda rng: [(*args, round(rng.uniform(0.1, 0.8), 2)) for args in lesson07.train_step.trials(rng)[:3]],
    meaning="The penalty needs no way back: it knows nothing of the examples, nor of the other layer. Each weight "
            "loses a share of itself in each step, and where the data say nothing it goes to 0.",
    hints=(
        "The four slopes stand there already. Which of them does the penalty change?",
        "What is the slope of half a square, and of a number times that?",
        "All four arrays move from where the way forward has found them. Is there an old one behind a new name?",
    ),
    mistakes=(
        Mistake("no_step_size", "The penalty's part of your step leaves out the step size.",
                "It is a part of the gradient as any other.", "What should a step of size 0 do?",
                "W2 = W2 - step_size * dW2 - strength * W2\nW1 = W1 - step_size * dW1 - strength * W1"),
        Mistake("grown", "Your penalty makes the weights larger.",
                "It makes the loss larger where a weight is large, so a step downhill shrinks it.",
                "What becomes of a weight whose other slope is 0?",
                "W2 = W2 - step_size * (dW2 - strength * W2)\nW1 = W1 - step_size * (dW1 - strength * W1)"),
        Mistake("biases_too", "Your penalty takes in the biases.",
                "It adds up the squares of the weights. The biases are left alone.",
                "Which arrays stand in the penalty of the docstring?",
                "b2 = b2 - step_size * (db2 + strength * b2)\nb1 = b1 - step_size * (db1 + strength * b1)"),
        Mistake("one_layer", "Your penalty holds for one of the two layers only.",
                "It adds up the squares in both.", "Where does `strength` enter your lines?",
                ("W1 = W1 - step_size * dW1", "W2 = W2 - step_size * dW2")),
        Mistake("penalty_averaged", "Your penalty is divided by the number of examples.",
                "The mean belongs to the errors alone.", "In the docstring, what does the mean take in?",
                "W2 = W2 - step_size * (dW2 + strength * W2 / len(X))\n"
                "W1 = W1 - step_size * (dW1 + strength * W1 / len(X))"),
    ),
)
