"""The exercises of lesson 07: the delta of a hidden layer, the whole way back, and a step that comes too early."""

import numpy as np

from ..calculus import sigmoid
from ..network import cross_entropy
from ..network import forward as way_forward
from .engine import Exercise, Mistake, Slip, numbers, times
from .evidence import nudged, rate, worst
from .lesson01 import count
from .messages import listed, number
from .shared import each, renamed, resized, slip, step_slips, told

# Exercise A: the delta of a hidden layer

def _delta_trials(rng):
    return [_delta_trial(rng, *sizes) for sizes in ((4, 3, 2), (3, 3, 3), (2, 4, 3), (5, 2, 1), (1, 2, 4), (3, 1, 2))]


def _delta_trial(rng, n, k, m):
    return numbers(rng, n, m), numbers(rng, k, m), rng.uniform(0.1, 0.9, (n, k)).round(2)


def _delta_measured(args, said, right):
    delta_out, W2, h = args
    _, (i, j), place = worst(said, right, ("",))
    slope = rate(lambda z: delta_out[i] @ (sigmoid(z) @ W2), [np.log(h[i] / (1 - h[i]))], 0, j)
    return (f"Take row {i}: the outputs have the slopes {number(delta_out[i])}, and hidden unit {j} stands at "
            f"{number(h[i, j])}. Nudging its z by 0.00001 changes the loss at a rate of {number(slope)}; for `{place}` "
            f"your function says {number(said[0][i, j])}.")


def _delta_noticed(delta_out, W2, h):
    arriving, slope = delta_out @ W2.T, h * (1 - h)
    i, j = np.unravel_index(np.argmin(slope), slope.shape)
    return (f"Each hidden unit hears from all {W2.shape[1]} outputs. At unit {j} of row {i} a slope of "
            f"{number(arriving[i, j])} arrives. The unit stands at {number(h[i, j])}, where the sigmoid is flat and "
            f"lets {number(slope[i, j])} of it through: {number((arriving * slope)[i, j])} goes on. Never is it more "
            "than a quarter. In a deep network of sigmoids that happens once for each layer.")


TO_THE_HIDDEN_LAYER = (   # in exercise A, and on the way back through a network
    Mistake("transposed", "`W2` lies the wrong way round on the way back.",
            "On the way back m numbers go in, and k come out. Where k and m are equal, yours runs and is still wrong.",
            "Write the shapes under your product: which two numbers must be equal?", "arriving = delta_out @ W2"),
    Mistake("wrong_side", "On the way back `W2` stands on the wrong side of your product.",
            "The examples stand in rows, from the input to the loss. So the rows must stay in front.",
            "Where does n stand in the shape of your product, and where should it stand?",
            each("arriving = {}", "W2 @ delta_out", "W2.T @ delta_out", "W2 @ delta_out.T", "W2.T @ delta_out.T")),
    Mistake("place_by_place", "On the way back your function multiplies place by place.",
            "Each hidden unit hears from all outputs, so it gets a sum of products. A * adds nothing up.",
            "Which sign multiplies and adds?", each("arriving = delta_out * W2{}", "", ".T")),
    Mistake("weights_skipped", "The weights of the second layer are missing on the way back.",
            "A hidden unit with a weight of 0 cannot move the loss, and one with a large weight moves it a lot.",
            "Where does `W2` enter your delta of the hidden layer?",
            ("arriving = delta_out", *each("arriving = delta_out.{}(axis=1, keepdims=True)", "sum", "mean"))),
    Mistake("one_output", "Your hidden units listen to one output only.",
            "Each of them moves all outputs, and through each of them the loss.",
            "How many columns of `W2` do you use?", each("arriving = np.outer(delta_out[:, {}], W2[:, {}])", 0, -1)),
    Mistake("sums_first", "On the way back your function adds up before it multiplies.",
            "Each output has its own slope and its own weight. They must meet before anything is added.",
            "Which comes first, your sum or product?", "arriving = np.outer(delta_out.sum(axis=1), W2.sum(axis=1))"),
    Mistake("inverse", "On the way back your function undoes the layer.",
            "To walk back is not to solve for what came in. A large weight makes a slope larger, not smaller.",
            "If all weights were twice as large, what should happen to your result?",
            each("arriving = delta_out @ np.linalg.{}(W2)", "pinv", "inv")),
    Mistake("slope_skipped", "The slope of the sigmoid is missing on the way back.",
            "Between a hidden unit's z and its value sits the sigmoid. It lets through a quarter of a slope at most.",
            "When a hidden z grows by a little, by how much does h grow?", "return arriving"),
    Mistake("sigmoid_twice", "On the way back the sigmoid is there twice.",
            "Its slope is written with what came out of it, and that is `h` already. Once more, and all slopes lie "
            "between 0.19 and 0.25. The network still learns, so it is hard to notice.",
            "What goes into your slope, z or h?", "return arriving * sigmoid(h) * (1 - sigmoid(h))"),
    told("half_slope", *each("return arriving * {}", "h", "(1 - h)", "h ** 2", "(1 - h) ** 2")),
    Mistake("other_curve", "Your slope is that of another curve.",
            "tanh and relu have other slopes. The hidden units here are sigmoids.",
            "At h = 1/2 the slope of the sigmoid is 1/4. What is yours there?",
            each("return arriving * {}", "(1 - h ** 2)", "(h > 0.5)", "(1 - np.tanh(np.log(h / (1 - h))) ** 2)")),
    told("divided_by_slope", *each("return arriving {} (h * (1 - h))", "/", "+", "-")),
    Mistake("slope_of_arriving", "Your slope of the sigmoid is taken from what arrives.",
            "It is written with what came out of the sigmoid on the way forward, the values of the hidden units.",
            "What does a hidden unit hand out?", each("return {} * (1 - arriving)", "arriving", "arriving * arriving")),
    Mistake("product_for_slope", "Your slopes of the sigmoid meet what arrives in a product that adds up.",
            "Each slope meets what arrives at its own place. A product of tables mixes the examples, or the units.",
            "Which of your products should add up, and which should go place by place?",
            each("return {}", "arriving @ (h * (1 - h)).T", "arriving @ (h * (1 - h))", "arriving.T @ (h * (1 - h))",
                 "h * (1 - h) @ arriving.T")),
)


hidden_delta = Exercise(
    name="hidden_delta",
    head='''\
def hidden_delta(delta_out, W2, h):
    """Send the slopes at the outputs back to the hidden layer.

    delta_out (n, m): the slopes of the loss at the outputs' z.
    W2 (k, m): the weights from the k hidden units to the m outputs.
    h (n, k): the hidden units' values, h = sigmoid(z).
    Returns the slopes of the loss at the hidden units' z, (n, k).
    """
''',
    given='''\
arriving = ...  # the slopes at the hidden units' values h
return arriving * h * (1 - h)
''',
    right='''\
arriving = delta_out @ W2.T  # the slopes at the hidden units' values h
return arriving * h * (1 - h)
''',
    also=('''\
arriving = np.zeros(h.shape)
for o in range(W2.shape[1]):
    arriving += np.outer(delta_out[:, o], W2[:, o])
return arriving * h * (1 - h)
''', """\
arriving = delta_out @ W2.T
return arriving * (h - h ** 2)
"""),
    trials=_delta_trials, measure=_delta_measured, noticed=_delta_noticed,
    hints=(
        "Take one example, one hidden unit and two outputs. Nudge the unit's value by 0.01. How far does each output's "
        "z move, and how far does the loss move because of each? Two ways meet: what happens to them?",
        "For each hidden unit you want a sum over the outputs: slope times weight. Where in `W2` do the weights of one "
        "hidden unit stand, in a row or in a column?",
        "Write the shapes: (n, m) and (k, m) must become (n, k). So it is m that meets m and vanishes. Which of the "
        "two has to lie down?",
    ),
    slips=(
        Slip("averaged_over_outputs", "Your function takes a mean over the outputs.",
             "A hidden unit moves the loss through every output. Where ways meet, what they bring adds up.",
             "If one output passes on 2 and another 4, what arrives?", times(lambda delta_out, W2, h: 1 / W2.shape[1])),
        Slip("divided_by_n", "Your slopes are divided by the number of examples.",
             "The mean belongs to the loss. `delta_out` is a slope of the loss, so the mean is inside it already.",
             "Where do you divide, and by what?", times(lambda delta_out, W2, h: 1 / len(h))),
        Slip("sign_flipped", "Your slopes point the other way.",
             "Every size is right and every sign is wrong. The weights bring their own signs along.",
             "Where does a minus come in?", times(lambda *args: -1)),
        Slip("factor_two", "Your slopes are twice as large as they should be.",
             "A 2 has come in. No square stands on the way from the outputs to the hidden layer.",
             "Where does a 2 come in?", times(lambda *args: 2)),
    ),
    mistakes=(
        *TO_THE_HIDDEN_LAYER,
        Mistake("delta_skipped", "The slopes at the outputs are missing.",
                "The weights say how far the outputs move. Whether the loss cares is in `delta_out`.",
                "Where does `delta_out` enter your line?", each("arriving = W2.{}(axis=1)", "sum", "mean")),
        Mistake("values_not_slopes", "Your function sends values, not slopes.",
                "Hidden values and weights give the outputs: that is the way forward. What travels back are slopes.",
                "Which argument holds slopes?", ("return h @ W2", "arriving = h @ W2", "arriving = h @ W2 @ W2.T")),
        Mistake("slope_of_weights", "Those are slopes with respect to the weights.",
                "Hidden values and deltas give the slope of `W2`. Here we pass through W2, to what lies before it.",
                "Has your result the shape of `h` or of `W2`?", each("{} h.T @ delta_out", "return", "arriving =")),
        Mistake("slope_squared", "The slope of the sigmoid is there twice.",
                "The last line brings it in. If the line before has it as well, it is one too many.",
                "Is `arriving` the slopes at h, or at z?", "return arriving * (h * (1 - h)) ** 2"),
        Mistake("part_of_slope", "Part of the sigmoid's slope is in your line already.",
                "The last line brings all of it. So this part is there twice.",
                "Is `arriving` the slopes at h, or at z?", each("return arriving * h * (1 - h) * {}", "h", "(1 - h)")),
        Mistake("rows_summed", "Your function adds up the examples.",
                "That is done when the slope of a bias is wanted. A delta still has a row for each example.",
                "How many rows has your result?", each("return np.{}(arriving * h * (1 - h), axis=0)", "sum", "mean")),
        Mistake("on_its_side", "Your slopes lie on their side.",
                "The numbers are right. But a row belongs to an example, and a column to a hidden unit.",
                "Which shape has `h`, and which your result?", "return (arriving * h * (1 - h)).T"),
    ),
)


# Exercise B: the whole way back

SIZES = ((5, 3, 4, 2), (3, 3, 3, 3), (4, 2, 3, 1), (6, 1, 2, 3), (1, 2, 3, 2), (4, 3, 1, 2))   # n, d, k, m
ARRAYS = ("W1", "b1", "W2", "b2")
BACKWARDS = (2, 3, 0, 1)


def _network_trials(rng):
    return [_network_trial(rng, *sizes) for sizes in SIZES]


def _network_trial(rng, n, d, k, m):
    layers = (numbers(rng, *shape) / 2 for shape in ((d, k), (k,), (k, m), (m,)))
    return numbers(rng, n, d), rng.integers(0, 2, (n, m)) * 1.0, *layers


def _loss(X, y, *layers):
    return sum(cross_entropy(z, target) for z, target in zip(way_forward(layers, X, "sigmoid")[-1].T, y.T))


def _first_wrong(said, right):
    """Where it begins: the first array on the way back that is wrong, and its worst number."""
    part, place, name = worst(*([arrays[i] for i in BACKWARDS] for arrays in (said, right, ARRAYS)))
    return BACKWARDS[part], place, name


def _backward_measured(args, said, right):
    i, place, name = _first_wrong(said, right)
    return nudged(name, rate(_loss, args, 2 + i, place), said[i][place])


def _backward_noticed(X, y, *layers):
    count, h = sum(array.size for array in layers), way_forward(layers, X, "sigmoid")[1]
    low, high = (number(of(h * (1 - h))) for of in (np.min, np.max))
    return (f"A nudge of each of the {count} weights and biases measures the same. That takes {count + 1} ways forward "
            "or more. You went forward once and back once. At the hidden units the sigmoid let through between "
            f"{low} and {high} of what arrived, and never can it be more than 1/4.")


def _concluded(right, wrong):
    """Which parts are right tells where the mistake sits.  If none is, nothing follows."""
    first = [name for name in right if name.endswith("1")]
    if first:
        are = "are" if wrong[1:] else "is"
        return f"So both deltas are right, and the mistake sits where {listed(wrong)} {are} made."
    if right:
        own = f" Look also at the line of `{wrong[-1]}`." if len(right) == 1 else ""
        return ("So the way forward and the delta of the outputs are right. The mistake sits between `W2` and `W1`, on "
                f"the way from the outputs to the hidden layer.{own}")
    return ""


def _layers(first, second):
    """The same slip in both layers, or in one of them."""
    return f"{first}\n{second}", first, second


FOUR_SLOPES = '''\
z1 = X @ W1 + b1
h = 1 / (1 + np.exp(-z1))
z2 = h @ W2 + b2
p = 1 / (1 + np.exp(-z2))
delta2 = (p - y) / len(X)
dW2 = h.T @ delta2
db2 = delta2.sum(axis=0)
arriving = delta2 @ W2.T  # as in exercise A
delta1 = arriving * h * (1 - h)
dW1 = X.T @ delta1
db1 = delta1.sum(axis=0)
'''
ON_THE_WAY_BACK = (
    told("sigmoid_brackets", *_layers("h = 1 / 1 + np.exp(-z1)", "p = 1 / 1 + np.exp(-z2)")),
    told("minus_in_sigmoid", *_layers("h = 1 / (1 + np.exp(z1))", "p = 1 / (1 + np.exp(z2))")),
    Mistake("bias_sign", "On your way forward a bias is taken off.",
            "It is added to the product. A minus in front of a sum without brackets reaches the first part only.",
            "What stands behind the minus in your exponential?", _layers("z1 = X @ W1 - b1", "z2 = h @ W2 - b2")),
    Mistake("bias_forgotten", "On your way forward a bias is missing.",
            "Each unit adds its own bias to what comes in through the weights.",
            "Where do `b1` and `b2` enter your way forward?", _layers("z1 = X @ W1", "z2 = h @ W2")),
    Mistake("other_sigmoid", "On your way forward a layer has another curve than the sigmoid, or none.",
            "Here the hidden units and the outputs are sigmoids, both of them, and each layer goes through it once.",
            "Between which two numbers must your h lie, and your p?",
            (*_layers("h = z1", "p = z2"), *_layers("h = np.tanh(z1)", "p = np.tanh(z2)"),
             *_layers("h = sigmoid(sigmoid(z1))", "p = sigmoid(sigmoid(z2))"), "h = np.maximum(z1, 0)",
             "p = np.exp(z2) / np.exp(z2).sum(axis=1, keepdims=True)", "h = z1\ndelta1 = arriving",
             "h = np.tanh(z1)\ndelta1 = arriving * (1 - h ** 2)",
             "h = np.maximum(z1, 0)\ndelta1 = arriving * (z1 > 0)")),
    Mistake("slope_of_error", "In your delta of the outputs a slope is taken from the errors.",
            "The sigmoid does not know the target. And with cross-entropy its slope cancels, as in lesson 06.",
            "Which loss is in the docstring, and what is left of its slope at z?",
            each("delta2 = {} / len(X)", "(p - y) * (1 - (p - y))", "(1 - (p - y))")),
    told("logarithm_left", "delta2 = -(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(X)",
         "delta2 = (np.log(p) - y) / len(X)", noun="delta of the outputs"),
    told("plus_minus_targets", "delta2 = (p - (2 * y - 1)) / len(X)"),
    told("whole_division", "delta2 = (p - y) * (1 // len(X))", "delta2 = (p - y) // len(X)"),
    Mistake("times_weights", "A slope is multiplied by its own weight.",
            "It is made of the delta of its layer and what went into the layer. How large the weight is has no say.",
            "If a weight is 0, can its slope be another number than 0?",
            (*_layers("dW1 = W1 * delta1.sum(axis=0)", "dW2 = W2 * delta2.sum(axis=0)"),
             *_layers("dW1 = W1 * delta1.mean(axis=0)", "dW2 = W2 * delta2.mean(axis=0)"),
             *_layers("dW1 = W1 * (X.T @ delta1)", "dW2 = W2 * (h.T @ delta2)"))),
    Mistake("delta_missing", "The slope of a weight is made without a delta.",
            "Values alone say how far an output moves. Whether the loss cares is in the delta.",
            "Which two things make the slope of a weight?", _layers("dW1 = X.T @ h", "dW2 = h.T @ p")),
    told("weight_decay", *each("dW1 = X.T @ delta1 + {} * W1\ndW2 = h.T @ delta2 + {} * W2", 1, 2, 0.1, 0.01,
                               "1 / len(X)"), noun="slopes"),
    told("product_of_means", *_layers("dW1 = np.outer(X.mean(axis=0), delta1.sum(axis=0))",
                                      "dW2 = np.outer(h.mean(axis=0), delta2.sum(axis=0))"), noun="slope of a weight"),
    Mistake("z_for_h", "Your slope of the sigmoid puts z where h belongs.",
            "Its short form wants what came out of the sigmoid. With z, it can be large, and even below zero.",
            "Can the slope of a curve that always rises be below zero?", "delta1 = arriving * z1 * (1 - z1)"),
    Mistake("sent_back_slopes", "The delta has gone back through the slopes of the weights.",
            "They are what was found last, so their name is at hand. But the way forward went through the weights.",
            "What were the hidden values multiplied with on the way forward?", "arriving = delta2 @ dW2.T"),
    Mistake("sent_prediction", "What goes back to the hidden layer is not the delta of the outputs.",
            "It is the prediction, or the target. At a perfect prediction nothing should go back at all.",
            "If all predictions were right, what would your hidden layer get?",
            each("arriving = {} @ W2.T", "p", "p / len(X)", "y", "y / len(X)")),
    Mistake("slope_of_outputs", "The slope of the outputs stands where that of the hidden units belongs.",
            "On this way sits the sigmoid of the hidden units. That of the outputs is inside their delta already.",
            "Through which sigmoid does a hidden z act on h?",
            ("delta1 = (delta2 * p * (1 - p)) @ W2.T", "arriving = (delta2 * p * (1 - p)) @ W2.T",
             "delta1 = arriving * p * (1 - p)")),
    Mistake("outputs_of_squares", "Your delta of the outputs belongs to another loss, the squared one.",
            "It still holds the slope of the outputs' sigmoid. With cross-entropy that cancels, as in lesson 06.",
            "Which loss is in the docstring, and what is its slope at z?", "delta2 = (p - y) * p * (1 - p) / len(X)"),
    Mistake("stopped_at_p", "Your delta of the outputs stops at the probability.",
            "It is the slope of the loss at p. A delta is the slope at z, and between the two sits the sigmoid.",
            "When an output's z grows a little, by how much does p?", "delta2 = (p - y) / (p * (1 - p)) / len(X)"),
    Mistake("target_missing", "The targets are missing in your delta of the outputs.",
            "Then all predictions are pulled the same way, whatever the right answers are.",
            "Where does `y` enter your way back?", "delta2 = p / len(X)"),
    told("rounded", "delta2 = (np.round(p) - y) / len(X)"),
    Mistake("lost_signs", "The errors in your delta of the outputs have lost their signs.",
            "A prediction too high pulls one way, a prediction too low the other.", "What makes every error positive?",
            ("delta2 = (p - y) ** 2 / len(X)", "delta2 = abs(p - y) / len(X)")),
    Mistake("wrong_input", "A weight has met the input of another layer.",
            "Into the first layer went X, and into the second the values of the hidden units.",
            "For each layer: what was multiplied with its weights on the way forward?",
            ("dW2 = X.T @ delta2", "dW2 = z1.T @ delta2", "dW1 = h.T @ delta1", "dW1 = z1.T @ delta1")),
    Mistake("not_transposed", "What went into a layer lies the wrong way round.",
            "Examples must meet examples and vanish. Where the numbers are equal yours runs, and is still wrong.",
            "Write the shapes under your product: which two numbers must be equal, and which should remain?",
            ("dW1 = X @ delta1", "dW2 = h @ delta2", "dW1 = X @ delta1\ndW2 = h @ delta2")),
    Mistake("bias_mean", "Your slope of a bias is a mean over the examples.",
            "The mean of the loss is inside the delta already. What the rows of the delta say adds up.",
            "How often is your slope of a bias divided by n?", "db1 = delta1.mean(axis=0)\ndb2 = delta2.mean(axis=0)"),
    Mistake("mean_in_one_kind", "The mean is in one kind of your slopes, and not in the other.",
            "A product with the examples adds up, as a sum of rows does. Weights and biases need the mean alike.",
            "Which of your lines know how many examples there are?",
            ("dW1 = X.T @ delta1 * len(X)\ndW2 = h.T @ delta2 * len(X)",
             "db1 = delta1.sum(axis=0) * len(X)\ndb2 = delta2.sum(axis=0) * len(X)")),
    Mistake("bias_total", "Your slope of a bias is one number for the whole layer.",
            "Without an axis a sum swallows the units as well. Each unit has a bias, and each bias a slope.",
            "How many biases has each layer?", each("db1 = delta1.{}()\ndb2 = delta2.{}()", "sum", "mean")),
    Mistake("bias_times_b", "Your slope of a bias is multiplied by the bias.",
            "A weight is multiplied with its input. A bias is added as it is: nudge it, and z moves by the nudge.",
            "Forward, what multiplies a bias?", "db1 = delta1.sum(axis=0) * b1\ndb2 = delta2.sum(axis=0) * b2"),
    Mistake("bias_from_weights", "Your slope of a bias is made from that of the weights.",
            "A bias has no input. Its slope comes from the delta of its layer alone.",
            "Which of your lines could give the slope of a bias without X and without h?",
            each("db1 = dW1.{}(axis=0)\ndb2 = dW2.{}(axis=0)", "sum", "mean")),
    Mistake("mean_again", "The first layer is divided by the number of examples once more.",
            "What comes from the delta of the outputs has the mean inside already.",
            "How often do you divide between the loss and the first layer?", "arriving = delta2 @ W2.T / len(X)"),
    Mistake("mean_lost", "The first layer has lost the mean over the examples.",
            "The second layer has it. In the first the examples are added up, and no more.",
            "How often do you divide on the way from the loss to the first layer?", "arriving = (p - y) @ W2.T"),
    Mistake("mean_in_one_layer", "The second layer has lost the mean over the examples.",
            "The first layer has it. In the second the examples are added up, and no more.",
            "How often do you divide from the loss to that layer?", "dW2 = h.T @ (p - y)\ndb2 = (p - y).sum(axis=0)"),
)


backward = Exercise(
    name="backward", noun="way back", parts=("dW1", "db1", "dW2", "db2"), examples=("X", "y"),
    head='''\
def backward(X, y, W1, b1, W2, b2):
    """All slopes of the loss: the way back through a network.

    X (n, d), W1 (d, k), b1 (k,), W2 (k, m), b2 (m,), y (n, m) of 0 and 1.
    The loss adds up the m cross-entropies of an example, and takes the
    mean over the n examples.  Returns dW1, db1, dW2, db2.
    """
''',
    given='''\
z1 = X @ W1 + b1
h = 1 / (1 + np.exp(-z1))
z2 = h @ W2 + b2
p = 1 / (1 + np.exp(-z2))
dW1, db1, dW2, db2 = ..., ..., ..., ...
return dW1, db1, dW2, db2
''',
    right=FOUR_SLOPES + "return dW1, db1, dW2, db2",
    trials=_network_trials, measure=_backward_measured, noticed=_backward_noticed, concluded=_concluded,
    hints=(
        "Begin at the end. The delta of the outputs is the slope of the loss at `z2`, and lesson 06 has found it: with "
        "cross-entropy it is short. It has the shape of `p`. And where does the mean over the examples come in?",
        "Each layer then does the same two things with its delta. What went into the layer and the delta make the "
        "slope of the weights. The delta alone makes that of the biases. The shapes say how, and which number must "
        "vanish.",
        "Between the two layers stands exercise A: through the weights, then through the sigmoid. Do it with the "
        "weights that the way forward has used. Then look at your four results: has each the shape of its own array?",
    ),
    slips=(
        Slip("sign_flipped", "Your slopes point the other way.",
             "Every size is right and every sign is wrong. The error is prediction minus target here.",
             "If a prediction grows a little, does your error grow with it?", times(lambda *args: -1)),
        slip("forgot_mean", times(count), subject="Your slopes are"),
        Slip("divided_twice", "Your slopes are {n} times too small.",
             "What the delta of the outputs is divided by goes all the way back with it. Once is enough.",
             "How often do you divide on the way from the loss to this slope?", times(lambda X, *others: 1 / len(X))),
        slip("divided_by_outputs", times(lambda X, y, *layers: 1 / y.shape[1]), subject="Your slopes are"),
        Slip("factor_two", "Your slopes are twice as large as they should be.",
             "A 2 comes down from a square. Cross-entropy is made of logarithms, and there is no square in it.",
             "Where does a 2 come in?", times(lambda *args: 2)),
    ),
    mistakes=(
        Mistake("updated_before", "The second layer has made its step before the delta went back.",
                "So the delta passes through new weights, and the way forward has used the old ones. It is natural to "
                "finish one layer before going on to the next. But all four slopes belong to one place.",
                "Which weights made the prediction, and through which does your delta go back?",
                each("arriving = delta2 @ (W2 - {} * dW2).T", 1, 0.5, 0.1, 0.01)),
        Mistake("input_missing", "A weight has not met its input.",
                "The slope of a weight is made of its layer's delta and what went in. Yours has the delta only.",
                "In z = x times w, what decides how far z moves when w does?",
                ("dW1 = delta1", "dW1 = delta1.sum(axis=0)", "dW1 = delta1\ndW2 = delta2",
                 "dW1 = delta1.sum(axis=0)\ndW2 = delta2.sum(axis=0)",
                 "dW1 = np.ones_like(X).T @ delta1\ndW2 = np.ones_like(h).T @ delta2")),
        Mistake("wrong_delta", "A layer has met the delta of the other layer.",
                "Each layer has its own delta, with a column for each of its units.",
                "Which shape has each of your two deltas, and how many units has each layer?",
                ("dW1 = X.T @ delta2\ndb1 = delta2.sum(axis=0)", "dW1 = X.T @ delta2",
                 "return dW1, db1, h.T @ delta1, delta1.sum(axis=0)")),
        Mistake("on_its_side", "The slopes of a layer lie on their side.",
                "The numbers are right. But a slope has the shape of the thing that it belongs to.",
                "Which shapes have your results?", ("dW1 = delta1.T @ X", "dW1 = delta1.T @ X\ndW2 = delta2.T @ h")),
        Mistake("bias_not_summed", "Your slope of a bias still has a row for each example.",
                "A bias has moved the output of every example. What they all say adds up.",
                "Which shapes have `b1` and `b2`, and which have your results?", "db1 = delta1\ndb2 = delta2"),
        Mistake("bias_wrong_axis", "Your sum for the biases runs along the wrong axis.",
                "It adds up the units of one example. We want to add up the examples of one unit.",
                "Axis 0 runs down the examples, axis 1 across the units. Which one should disappear?",
                each("db1 = delta1.{}(axis=1)\ndb2 = delta2.{}(axis=1)", "sum", "mean")),
        *ON_THE_WAY_BACK,
        *renamed(TO_THE_HIDDEN_LAYER, {"delta_out": "delta2", "return": "delta1 ="}),
        Mistake("half_of_it", "Some of the four slopes are missing.",
                "What you hand back is right. Each layer has weights and biases, and all of them move the loss.",
                "How many slopes are asked for?", each("return {}", "dW1, dW2", "dW2, db2", "dW1, db1", "dW2", "dW1")),
        told("returned_loss", "return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(X)", noun="slopes"),
        told("took_a_step", *each("return W1 - {} * dW1, b1 - {} * db1, W2 - {} * dW2, b2 - {} * db2", 1, 0.1, 0.01),
             noun="slopes"),
    ),
)


# Exercise C: repair a network that learns with a wrong gradient

def _step_trials(rng):
    return [(*args, round(rng.uniform(0.6, 1.6), 2)) for args in _network_trials(rng)]


def _step_measured(args, said, right):
    *network, step_size = args
    i, place, name = _first_wrong(said, right)
    start, slope = network[2 + i][place], rate(_loss, network, 2 + i, place)
    return (f"Nudging `{name}` by 0.00001 changes the loss at a rate of {number(slope)}. So a step of size "
            f"{number(step_size)} moves it by {number(-step_size * slope)}; what your function says is a move of "
            f"{number(said[i][place] - start)}.")


def _step_noticed(X, y, *layers_and_step_size):
    *layers, step_size = layers_and_step_size
    off = [_off(X, y, layers, step) for step in (step_size, step_size / 10, step_size / 100)]
    return (f"As it was given, the function moved `W2` and `b2` as it should. Its move of `W1` was off by {off[0]}%, "
            f"with a step size of {number(step_size)}. With a tenth of that it is off by {off[1]}%, with a hundredth "
            f"by {off[2]}%. The error shrinks with the step size, so a small step goes almost straight downhill. That "
            "is why the network learned all the same, and why nobody looked.")


def _off(X, y, layers, step_size):
    """By how many percent the given function is off in its move of W1."""
    given, right = (f(X, y, *layers, step_size)[0] - layers[0] for f in (train_step.as_given, train_step.reference))
    return number(float(f"{100 * np.linalg.norm(given - right) / np.linalg.norm(right):.2g}"))


train_step = Exercise(
    name="train_step", noun="step", parts=ARRAYS, examples=("X", "y"), state=ARRAYS,
    head='''\
def train_step(X, y, W1, b1, W2, b2, step_size):
    """One step of gradient descent: the new W1, b1, W2, b2.

    Network, loss and shapes are those of backward; step_size is a number.
    """
''',
    given='''\
h = 1 / (1 + np.exp(-(X @ W1 + b1)))
p = 1 / (1 + np.exp(-(h @ W2 + b2)))
delta = (p - y) / len(X)
W2 = W2 - step_size * h.T @ delta
b2 = b2 - step_size * delta.sum(axis=0)
delta = delta @ W2.T * h * (1 - h)
W1 = W1 - step_size * X.T @ delta
b1 = b1 - step_size * delta.sum(axis=0)
return W1, b1, W2, b2
''',
    right=FOUR_SLOPES + '''\
W2 = W2 - step_size * dW2
b2 = b2 - step_size * db2
W1 = W1 - step_size * dW1
b1 = b1 - step_size * db1
return W1, b1, W2, b2
''',
    trials=_step_trials, measure=_step_measured, noticed=_step_noticed, concluded=_concluded,
    hints=(
        "Which of the four results of the given function are right? Change something that does no harm, such as the "
        "name of a delta, and the check will tell you. So between which two lines must the mistake sit?",
        "Go through the lines with a pencil, and write beside each name whether it is the old array or the new one. "
        "Where does a new one stand on the way back?",
        "The four slopes belong to one place, that of the weights on the way forward. So all deltas have to be known "
        "before anything moves. Take care when you move a line: two deltas, and how many names?",
    ),
    slips=(
        *step_slips(6),
        slip("forgot_mean", resized(6, lambda size, *args: size * count(*args)), subject="Your step is"),
        slip("divided_twice", resized(6, lambda size, *args: size / count(*args)), subject="Your step is"),
        slip("divided_by_outputs", resized(6, lambda size, X, y, *others: size / y.shape[1]), subject="Your step is"),
        Slip("step_size_twice", "The step size is there twice.",
             "If it is inside a delta, it goes along to everything that is made from it.",
             "How often does `step_size` stand between loss and weights?", resized(6, lambda size, *args: size ** 2)),
    ),
    mistakes=(
        Mistake("updated_before", "The second layer makes its step before the delta goes back.",
                "So the delta passes through weights that the way forward has never used. Yet the error shrinks with "
                "the step size, and that is why the network learns all the same.",
                "Through which weights does your delta go back?", "arriving = delta2 @ (W2 - step_size * dW2).T"),
        Mistake("delta_overwritten", "The second layer makes its step with the delta of the first.",
                "A line has moved up, and that is the right idea. But now both deltas live under one name, and the "
                "later has taken the place of the earlier before that was used.",
                "Which delta is in that name when `W2` makes its step?",
                "W2 = W2 - step_size * h.T @ delta1\nb2 = b2 - step_size * delta1.sum(axis=0)"),
        Mistake("wrong_delta", "The first layer makes its step with the delta of the outputs.",
                "Each layer has its own delta, with a column for each of its units.",
                "Which delta is in your name when `W1` makes its step, and which shape does it have?",
                ("dW1 = X.T @ delta2\ndb1 = delta2.sum(axis=0)", "db1 = delta2.sum(axis=0)")),
        Mistake("forward_again", "Your function goes forward again after the second layer has moved.",
                "Then the first layer looks from another place than the second: not one step along one gradient.",
                "How many predictions does your function make for one step?",
                each("later = sigmoid(h @ (W2 - step_size * dW2) + b2 - step_size * db2)\n"
                     "arriving = (later - y) / len(X) @ {}.T", "W2", "(W2 - step_size * dW2)")),
        Mistake("hidden_again", "Your second layer listens to hidden units that have moved already.",
                "The first layer has made its step, and the way forward is walked again before `W2` makes its own.",
                "With which `W1` is the `h` made that your slope of `W2` uses?",
                "later = sigmoid(X @ (W1 - step_size * dW1) + b1 - step_size * db1)\n"
                "W2 = W2 - step_size * later.T @ delta2"),
        Mistake("biases_stay", "The biases do not move.",
                "They move the loss as the weights do, and have slopes of their own.",
                "Which of the four arrays does your function change?", "db1 = 0\ndb2 = 0"),
        *(Mistake(f"{which}_layer_stays", f"The {which} layer does not move.",
                  "Perhaps its lines are gone, or the old array is handed back in the place of the new one.",
                  f"Under which names does your function hand back the {which} layer?", f"W{i} = W{i}\nb{i} = b{i}")
          for i, which in ((1, "first"), (2, "second"))),
        Mistake("returned_slopes", "Your function hands back slopes, or moves.",
                "They say where to go. Where the numbers stand after the step is asked for.",
                "If all slopes were 0, what should your function hand back?",
                each("return {}dW1, {}db1, {}dW2, {}db2", "", "step_size * ", "-step_size * ")),
        *ON_THE_WAY_BACK,
        *renamed(TO_THE_HIDDEN_LAYER, {"delta_out": "delta2", "return": "delta1 ="}),
    ),
)
