"""The exercises of lesson 10: a gradient guessed from two losses, and from one nudge; three claims about a plot."""

from functools import cache
from itertools import product

import numpy as np

from ..calculus import linear_gradient, linear_loss
from ..network import flat, forward, initial
from ..numeric import angle, central_difference
from ..without_backprop import feedback_alignment, random_feedback
from .calls import close, in_order
from .engine import Exercise, Mistake, Slip, missing_brackets, numbers, times
from .lesson01 import SHAPES, constants, sign
from .messages import number
from .shared import each, told, wrong_errors

# What both guesses share: a slope along v, one number, times v

def _last_line(elsewhere, lengths, sizes=()):
    """What can happen on the last line: the slope along another arrow, or v without its length, or no sign."""
    return (
        Mistake("slope_alone", "Your function hands back the slope along `v`, one number for all weights.",
                "It says how steep the loss is in this one direction. A guess at the gradient is an arrow that lies "
                "along `v`; the slope says how long it is, and which way it points.",
                "How many numbers does a gradient have, and how many has your answer?", "return slope"),
        Mistake("slope_elsewhere", "Your slope was measured along `v`, and your guess lies along another arrow.",
                "How steep the loss is there, nobody has asked.",
                "Along which arrow do you know how steep the loss is?", elsewhere),
        Mistake("took_a_step", "Those are weights, not a guess at the gradient.",
                "The guess only says which way is uphill. To step along it is another thing, and comes later.",
                "What is asked for: slopes, or better weights?",
                ("return w + slope * v", *each("return w - {} * slope * v", 1, 0.1, 0.01))),
        Mistake("sign_lost", "Your slope is never below zero.",
                "If the loss falls along `v`, the guess must point against `v`. A size without a sign cannot say so.",
                "What does your code make of a slope of −3?",
                ("return abs(slope) * v", "return slope ** 2 * v", *sizes)),
        Mistake("steepness_lost", "Your guess says which way, and no longer how steep.",
                "Ten times the loss should give ten times the guess. Yours would stay as it is.",
                "What does your code make of the size of the slope?",
                ("return np.sign(slope) * v", "return np.sign(slope) * v / np.linalg.norm(v)")),
        Mistake("length_of_v", "The length of `v` has been divided out of your guess, once or twice.",
                "It looks tidy. But the guess is right on average only with `v` as it was drawn. (Where all numbers in "
                "`v` are 1 or −1, its length is the root of their count.)",
                "What in your lines is divided by something that depends on `v`, or on how many weights there are?",
                lengths),
    )


SIDES = (1, -1, 1, -1, 1)   # of the slopes along v: some up, some down


def _facing(side, v, gradient):
    """v or -v, so that the loss goes up along it, or down."""
    return v if (gradient @ v > 0) == (side > 0) else -v


# Exercise A: two values of the loss

NUDGES = (1 / 256, 1 / 512, 1 / 256, 1 / 512, 1 / 256)   # powers of two: added and taken away they leave no trace


def _spsa_trials(rng):
    return [_spsa_trial(rng, d, h, side) for d, h, side in zip((3, 2, 4, 1, 5), NUDGES, SIDES)]


def _spsa_trial(rng, d, h, side):
    """A loss that bends, coins that did not all fall alike, and a slope that is not level."""
    while True:
        X, y, w, v = numbers(rng, 5, d), numbers(rng, 5), numbers(rng, d), rng.permutation((-1.0) ** np.arange(d))
        loss = _bent(X, y)
        gradient = central_difference(loss, w)
        if abs(gradient @ v) > 0.5:
            return loss, w, _facing(side, v, gradient), h


def _bent(X, y):
    return lambda w: np.mean((X.dot(w) - y) ** 2) / 2 + np.cos(w).sum()


def _spsa_measured(args, said, right):
    loss, w, v, h = args
    j = np.argmax(abs(said[0] - right[0]))
    up, down = (float(loss(w + side * h * v)) for side in (1, -1))
    return (f"With v = {number(v)} I nudged all weights by {number(h)}, first along `v`, then against it. The loss was "
            f"{up:.6f} and {down:.6f}. For `w[{j}]` that gives {number(right[0][j])}; your function says "
            f"{number(said[0][j])}.")


def _spsa_noticed(loss, w, v, h):
    tosses = np.array([*product((1.0, -1.0), repeat=len(w))])
    guesses, gradient = np.array([spsa.reference(loss, w, toss, h) for toss in tosses]), central_difference(loss, w)
    lengths = (guesses ** 2).sum(axis=1)
    return (f"Your guess is {number(spsa.reference(loss, w, v, h))}, and the gradient {number(gradient)}. I tried all "
            f"{len(tosses)} tosses of {len(w)} coins: the mean of your guesses is {number(guesses.mean(axis=0))}. But "
            f"the mean square of their length is {number(lengths.mean())}, and that of the gradient "
            f"{number(gradient @ gradient)}. Right on average, and mostly noise, for two losses.")


def _weight_by_weight(f=lambda slopes, v: slopes, sides=(1, -1)):
    """Each weight nudged alone."""
    def way(loss, w, v, h):
        axes = h * np.eye(len(w))
        slopes = [(loss(w + sides[0] * e) - loss(w + sides[1] * e)) / (h * (sides[0] - sides[1])) for e in axes]
        return f(np.array(slopes), v)
    return way


spsa = Exercise(
    name="spsa",
    head='''\
def spsa(loss, w, v, h):
    """A guess at the gradient of loss at w, from two values of the loss.

    loss takes an array like w and returns a number; w (d,); h is a number.
    v (d,): 1 or -1 for each weight, by the toss of a coin.
    """
''',
    given='''\
slope = ...  # along v: all weights nudged at once, by h to either side
return slope * v
''',
    right='''\
slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
return slope * v
''',
    trials=_spsa_trials,
    measure=_spsa_measured,
    noticed=_spsa_noticed,
    noun="guess",
    hints=(
        "Begin with one weight, w = 3, and a nudge of 0.01 to either side. Which two values of the loss do you "
        "compare, and how far apart are the two places?",
        "Now there are many weights, and all are nudged at once. `v` says for each of them which way. At which two "
        "places do you ask for the loss?",
        "The last line is given, and it takes care of the direction. So your line makes one number: by how much the "
        "loss grows along `v`, for a nudge of one. Does it stay the same when h is half as large?",
    ),
    slips=(
        Slip("sign_flipped", "Your guess points the other way.",
             "Every size is right and every sign is wrong. If the loss grows along `v`, the slope is above zero.",
             "Which of the two values comes first in your difference?", times(lambda *args: -1)),
        Slip("divided_by_one_nudge", "Your guess is twice as long as it should be.",
             "The two places are twice as far apart as your line takes them to be. They lie to either side of `w`.",
             "How far apart are the two places, and by what do you divide?", times(lambda *args: 2)),
        Slip("factor_half", "Your guess is half as long as it should be.",
             "A half has come in, and there is one already: the one for the two nudges between the places.",
             "How far apart are the two places, and by what do you divide?", times(lambda *args: 0.5)),
        Slip("forgot_h", "Your guess is not divided by the nudge.",
             "So a smaller nudge makes it smaller. A slope is how far the loss moves, per nudge.",
             "What happens to your result when h is half as large?",
             (times(lambda loss, w, v, h: h), times(lambda loss, w, v, h: 2 * h))),
        Slip("times_h", "Your guess is multiplied by the nudge.", "A slope is how far the loss moves, per nudge.",
             "What happens to your result when h is half as large?", times(lambda loss, w, v, h: 2 * h ** 2)),
        missing_brackets("Your guess is multiplied by the nudge, and should be divided by it.",
                         times(lambda loss, w, v, h: h ** 2)),
        Slip("divided_twice", "Your guess is divided by the nudge twice.",
             "A slope is how far the loss moves, per nudge. Divided once more, it grows when the nudge gets smaller.",
             "What happens to your result when h is half as large?", times(lambda loss, w, v, h: 1 / h)),
    ),
    mistakes=(
        *_last_line(("return slope * w", "return slope * (w + v)"),
                    ("return slope * v / np.linalg.norm(v)", "return slope * v / len(w)")),
        Mistake("one_sided", "Your nudge goes to one side only.",
                "Then the bend of the loss is in your slope as well. With a nudge to either side it cancels, and that "
                "takes two values of the loss as before.",
                "At which two places do you ask for the loss, and where is `w` between them?",
                each("slope = {}", "(loss(w + h * v) - loss(w)) / h", "(loss(w) - loss(w - h * v)) / h",
                        "(loss(w + 2 * h * v) - loss(w)) / (2 * h)")),
        Mistake("one_sided_and_half", "Your nudge goes to one side only, and you divide by two nudges.",
                "From `w` to one side it is half the way.",
                "How far apart are the two places at which you ask for the loss?",
                each("slope = {}", "(loss(w + h * v) - loss(w)) / (2 * h)", "(loss(w) - loss(w - h * v)) / (2 * h)")),
        Mistake("v_not_in_the_nudge", "Your nudge moves all weights the same way.",
                "So it measures the slope along one direction. That of the coins, in which some weights go up and "
                "others down, is another.",
                "Which weights go down in your nudge while others go up?",
                each("slope = {}", "(loss(w + h) - loss(w - h)) / (2 * h)", "(loss(w + h) - loss(w - h)) / (2 * h) * v",
                        "(loss(w + h) - loss(w)) / h")),
        Mistake("v_twice", "`v` is in your guess once too often, and its signs are gone.",
                "The given last line multiplies with `v`. If your line does so too, or divides by it, then 1 and −1 "
                "both become 1. So all weights get the same number.",
                "How often does `v` stand in your two lines, outside the nudge?",
                ("return slope * v * v", "slope = (loss(w + h * v) - loss(w)) / h\nreturn slope * v * v")),
        Mistake("nudged_too_far", "Your nudge is a whole `v`.",
                "The loss bends over such a distance, so this is not its slope at `w`.",
                "How far is each weight moved, and by what do you divide?",
                each("slope = {}", "(loss(w + v) - loss(w - v)) / 2", "loss(w + v) - loss(w - v)",
                        "(loss(w + v) - loss(w - v)) / (2 * h)", "(loss(w + v) - loss(w - v)) / h")),
        Mistake("bend_for_slope", "Your number is how the loss bends along `v`, not how steep it is.",
                "The two places are added up and compared with the middle. A slope compares the two with each other.",
                "If the loss were a straight line along `v`, what would your number be?",
                "slope = (loss(w + h * v) - 2 * loss(w) + loss(w - h * v)) / h ** 2"),
        Mistake("away_from_w", "Your function asks for the loss far away from `w`.",
                "The slope at `w` is wanted. Your two places lie close to another point.",
                "For w = [3, 5] and h = 0.01, at which two places is the loss asked for?",
                each("slope = {} / (2 * h)", "(loss(h * v) - loss(-h * v))", "(loss(w * h * v) - loss(-w * h * v))")),
        Mistake("relative_nudge", "Your nudge depends on the weight.",
                "A large weight is pushed further than a small one, and the last line does not know it.",
                "How far is each weight moved, and by what do you divide?",
                each("slope = {}", "(loss(w * (1 + h * v)) - loss(w * (1 - h * v))) / (2 * h)")),
        Mistake("no_difference_left", "Your guess is zero for every weight.",
                "The loss is asked for twice at the same place. Or its two values have been added and taken away.",
                "Which sign has the nudge in the first value, and which in the second?", each("slope = {}", "0.0")),
        Mistake("values_added", "Your function adds the two values of the loss.",
                "How high the loss is says nothing about how steep it is.",
                "If the loss were 7 everywhere, what should your guess be?",
                each("slope = (loss(w + h * v) + loss(w - h * v)) / {}", "(2 * h)", "2")),
        Mistake("one_value", "Your function asks for the loss at one place only.",
                "Over many tosses this, too, is right on average. But it holds the height of the loss, divided by the "
                "nudge. That is far larger than any slope, and says nothing.",
                "If the loss were 7 everywhere, what should your guess be?",
                each("slope = {}", "loss(w + h * v) / h", "loss(w + h * v) / (2 * h)", "loss(w + h * v)")),
        Mistake("nudge_outside", "Your nudge is added to the loss, and should be added to the weights.",
                "A bracket ends too early. So the loss never hears of the nudge.",
                "At which places is the loss asked for in your line?", "return v * v"),
        Mistake("weight_by_weight", "Your function nudges one weight after the other.",
                "That is the road of lesson 05. It takes two losses for each weight. Here two losses must do for all "
                "of them.",
                "How often does your function ask for the loss, for a million weights?",
                (_weight_by_weight(), _weight_by_weight(lambda slopes, v: slopes * v),
                 _weight_by_weight(sides=(1, 0)), _weight_by_weight(lambda slopes, v: slopes * v, sides=(1, 0)))),
    ),
)


# Exercise B: one nudge, pushed forward

def _forward_trials(rng):
    return [_forward_trial(rng, n, d, side) for (n, d), side in zip(SHAPES, SIDES)]


def _forward_trial(rng, n, d, side):
    X, y, w, v = numbers(rng, n, d), numbers(rng, n), numbers(rng, d), numbers(rng, d)
    return X, y, w, _facing(side, v, linear_gradient(X, y, w))


def _forward_measured(args, said, right):
    X, y, w, v = args
    j = np.argmax(abs(said[0] - right[0]))
    rate = central_difference(lambda t: linear_loss(X, y, w + t * v), 0.0)
    return (f"With v = {number(v)}, the loss changes along `v` at a rate of {number(float(rate))}. For `w[{j}]` that "
            f"gives {number(right[0][j])}; your function says {number(said[0][j])}.")


def _forward_noticed(X, y, w, v):
    gradient, guess = linear_gradient(X, y, w), forward_gradient.reference(X, y, w, v)
    draws = np.random.default_rng(0).standard_normal((1000, len(w)))
    guesses = np.array([forward_gradient.reference(X, y, w, draw) for draw in draws])
    return (f"Your guess is {number(guess)}, and the gradient {number(gradient)}: {float(angle(guess, gradient)):.0f} "
            f"degrees apart. I drew a thousand other nudges: {int((guesses @ gradient >= 0).sum())} of the guesses lie "
            f"within 90 degrees of the gradient, and their mean is {number(guesses.mean(axis=0))}. Nothing was stored "
            "on the way, and no `X` had to be turned on its side.")


forward_gradient = Exercise(
    name="forward_gradient",
    head='''\
def forward_gradient(X, y, w, v):
    """A guess at the gradient of half the mean squared error of X @ w.

    X (n, d), y (n,), w (d,).  v (d,): a nudge for all weights at once.
    Push v forward to the loss; returns an array (d,).
    """
''',
    given="...",
    right='''\
error = X @ w - y
nudge = X @ v
slope = np.mean(error * nudge)
return slope * v
''',
    trials=_forward_trials,
    measure=_forward_measured,
    noticed=_forward_noticed,
    noun="guess",
    examples=("X", "y"),
    hints=(
        "Go forward as in lesson 05, and carry two things: the value and its nudge. The weights have the nudge `v`. "
        "Which nudge have the n predictions, and which the n errors?",
        "Half the square of an error of 3 is 4.5. Let the error move by 0.01 times 2. How far does the half square "
        "move, to first order? Then take the mean over the examples, of the nudges as of the values.",
        "Now you have one number: how fast the loss grows along `v`. What did exercise A do with it in its last line?",
    ),
    slips=(
        sign("guess",
             "The error is prediction minus target. Taken the other way round, it shrinks when the prediction grows.",
             "If a prediction grows a little, does your error grow with it?"),
        *constants("guess"),
    ),
    mistakes=(
        *_last_line(each("return slope * {}", "w", "(w + v)", "w * v", "np.sign(v)", "np.ones(len(w))",
                         "(X.T @ error / len(y))"),
                    ("return slope * v / np.linalg.norm(v)", "return slope * v / (v @ v)"),
                    each("slope = {}", "np.mean(abs(error * nudge))", "np.mean(error ** 2 * nudge ** 2)")),
        *wrong_errors("guess", "X @ w"),
        Mistake("v_twice", "`v` is in your guess once too often, and its signs are gone.",
                "Once it is in the slope, as the way along which the loss was asked. Once it is behind the slope, as "
                "the arrow of the guess. Yours has it once more.",
                "How often does `v` stand in your code, and what for?", "return slope * v * v"),
        Mistake("divided_by_v", "Your guess divides the slope by `v`.",
                "For coins, 1 and −1, this comes to the same. Here a weight that was hardly nudged would get the "
                "largest share of the slope.",
                "What should happen to the slope of a weight whose nudge comes close to zero?", "return slope / v"),
        Mistake("whole_gradient", "That is the whole gradient, by the formula.",
                "It is right, and better than a guess. But it takes the walk back, with `X` on its side. Here we "
                "learn what can be had without.",
                "Where does `v` enter your result?", "return X.T @ error / len(y)"),
        Mistake("each_with_its_own", "Each weight listens to its own nudge only.",
                "The nudges of all weights meet in a prediction, and add up there. So there is one slope, that of all "
                "together, and it serves every weight.",
                "In one prediction, how many weights have been nudged?",
                ("return X.T @ error / len(y) * v", "return X.T @ error / len(y) * v * v")),
        told("product_of_means", "slope = np.mean(error) * np.mean(nudge)", noun="slope"),
        Mistake("added", "Your slope adds the errors to their nudges.",
                "Where an error is zero, its square does not move at first. In a sum it would.",
                "Half the square of 3 is 4.5. How far does it move when the 3 moves by 0.01?",
                "slope = np.mean(error + nudge)"),
        Mistake("walked_back", "What the examples say is sent back through `X`.",
                "Nothing goes back here: the slope along `v` is one number, and the guess lies along `v`.",
                "Which shape has the slope along one direction?", "return X.T @ (error * nudge) / len(y)"),
        Mistake("v_not_in_the_nudge", "Your nudge pushes all weights up alike.",
                "So it measures the slope in one direction, and gives it to another.",
                "Where does `v` enter your nudge?", "nudge = X.sum(axis=1)"),
        Mistake("error_missing", "Your slope only knows how far the predictions move.",
                "Whether that makes the loss larger depends on the error. Where a prediction is too high, moving up "
                "is bad; where it is too low, it is good.",
                "Where do the targets enter your code?", ("slope = np.mean(nudge)", "slope = np.mean(nudge ** 2)")),
        Mistake("nudge_missing", "Your slope only knows the errors.",
                "How fast a half square moves is its error, times how fast that error moves itself.",
                "Where does `v` enter your slope?", ("slope = np.mean(error)", "slope = np.mean(error ** 2)",
                                                     "slope = np.mean(error ** 2) / 2")),
        Mistake("target_moves", "In your nudge, the target has moved as well.",
                "Nudge the weights, and each prediction moves. The target stays where it is, so it has no nudge.",
                "If `v` were zero, should the nudges of the errors be zero? Are yours?", "nudge = X @ v - y"),
        Mistake("value_for_nudge", "In your nudge, the weights stand where `v` belongs.",
                "What is pushed forward is the nudge of the weights. Their values have gone forward already.",
                "If `v` were zero, should anything move? Does it in your code?",
                ("nudge = X @ w", "nudge = X @ (w + v)", "error = X @ v - y\nnudge = X @ w")),
        Mistake("after_the_nudge", "Your errors are those after the whole nudge.",
                "The slope is wanted at `w`. It tells what a very small share of `v` would do.",
                "At which weights are your predictions made?", "error = X @ (w + v) - y"),
        Mistake("one_long_step", "Your function compares the loss before and after the whole nudge.",
                "`v` is long, and the loss bends on the way. A slope is what a very small share of it would change.",
                "At which two places do you ask for the loss, and how far apart are they?",
                tuple(f"slope = np.mean((X @ (w + v) - y) ** 2){half} - np.mean(error ** 2){half}"
                      for half in (" / 2", ""))),
        Mistake("not_averaged", "Your guess still has a row, or a number, for every single example.",
                "The loss is one number, the mean over the examples. So along `v` it has one slope.",
                "What does the loss do with the numbers of all examples?",
                ("return error * nudge", "return error * nudge / len(y)", "return (error * nudge)[:, None] * v",
                 "return (error * nudge)[:, None] * v / len(y)")),
        Mistake("wrong_axis", "Your mean runs along the wrong axis.",
                "It mixes the weights of one example. We want to mix the examples, so that one number for each weight "
                "is left.",
                "Axis 0 runs down the examples, axis 1 across the weights. Which one should disappear?",
                "return np.mean((error * nudge)[:, None] * v, axis=1)"),
        Mistake("averaged_over_weights", "Your mean swallows the weights as well.",
                "A mean without an axis turns a whole table into one number. Each weight needs its own.",
                "How many numbers should be left?", "return np.mean((error * nudge)[:, None] * v)"),
        told("divided_by_d", "slope = np.sum(error * nudge) / len(w)", "return slope * v / len(w)", noun="guess"),
        Mistake("nudges_handed_back", "Those are the nudges of the predictions.",
                "They are needed on the way. The guess has one number for each weight.",
                "How do the nudges of n predictions become one for the loss?", "return nudge"),
    ),
)


# Exercise C: three claims about the plot, and for each a step of the run that refutes it

CLAIMS = ("first", "second", "third")
REFUTES, AGREES, ELSEWHERE, NO_STEP = 1.0, 2.0, 3.0, 4.0   # what an answer is to a claim


@cache
def plotted(step_size=0.1, steps=300):
    """The run of the lesson's plot, feedback alignment on 60 made-up examples: (steps + 1, 3).

    Before each step the loss, and the angles of the first layer and of all weights to the gradient, in degrees.
    """
    rng = np.random.default_rng(0)
    X = rng.standard_normal((60, 4))
    Y = np.tanh(X @ rng.standard_normal((4, 2)))
    rng = np.random.default_rng(4)
    layers = initial((4, 16, 16, 2), rng)
    feedback, seen = random_feedback(layers, rng), []
    for _ in range(steps + 1):
        values = forward(layers, X)
        error = values[-1] - Y
        sent = feedback_alignment(layers, values, error / 60, feedback)
        true = feedback_alignment(layers, values, error / 60, [W.T for W in layers[2::2]])
        angles = angle(sent[0].ravel(), true[0].ravel()), angle(flat(sent), flat(true))
        seen.append((np.sum(error ** 2) / 120, *angles))
        layers = [array - step_size * slope for array, slope in zip(layers, sent)]
    return np.array(seen)


def _seen():
    """(steps that a claim speaks of, steps that go against what it says) for each claim, from the run."""
    losses, layer, whole = plotted().T
    falls, grows = np.diff(losses) < 0, np.diff(layer) > 0
    return (layer[:-1] > 90, falls), (np.ones(len(grows), bool), grows), (whole[:-1] < 90, ~falls)


def as_seen(value, seen=_seen):
    """Three steps as what each is to its claim; or, if something else came, what it is."""
    value = in_order(value, CLAIMS)
    if value is None or value is ... or not isinstance(value, (tuple, list, np.ndarray)):
        return value if value is None or value is ... else type(value).__name__
    if any(step is ... for step in value):
        return value
    strange = [step for step in value if not _is_step(step)]
    if strange or len(value) != len(CLAIMS):
        return f"{type(value).__name__} with {strange[0]!r} in it" if strange else f"row of {len(value)} answers"
    return [_kind(step, *claim) for step, claim in zip(value, seen())]


def _is_step(step):
    """Whether this is a step of the run with another one behind it, or None."""
    whole = isinstance(step, (int, float, np.number)) and not isinstance(step, bool) and step == int(step)
    return step is None or whole and 0 <= step < len(plotted()) - 1


def _kind(step, spoken_of, against):
    if step is None:
        return NO_STEP
    if not spoken_of[int(step)]:
        return ELSEWHERE
    return REFUTES if against[int(step)] else AGREES


def witness_measured(args, said, right, seen=_seen):
    """How many steps the first wrong claim speaks of, and in how many of these it is wrong."""
    i = next(i for i, pair in enumerate(zip(said, right)) if not close(*pair))
    spoken_of, against = seen()[i]
    wrong = (spoken_of & against).sum()
    mine = "says that there is none" if said[i] == NO_STEP else "names another step" if wrong else "names one"
    return (f"The {CLAIMS[i]} claim speaks of {spoken_of.sum()} of the {len(against)} steps. In {wrong or 'none'} of "
            f"these it is wrong; your function {mine}.")


def _witness_noticed():
    losses, layer, whole = plotted().T
    before, after = plotted(step_size=3.0, steps=1)[:, 0]
    return (f"In {np.mean(layer[:-1] > 90):.0%} of the steps the first layer goes where the loss would rise, were it "
            f"alone. And the loss never rises, for all weights together are between {whole.min():.0f} and "
            f"{whole.max():.0f} degrees off. So the third claim stands, in this run. That is no proof: with a first "
            f"step thirty times as long, the loss goes from {number(before)} to {number(after)}. One step is enough to "
            "refute a claim about all steps. No run is long enough to prove it.")


witnesses = Exercise(
    name="witnesses",
    head='''\
def witnesses():
    """For each claim about the plot, a step that refutes it; or None.

    1. While the first layer's arrow is more than 90 degrees off, the loss
       does not fall.
    2. The angle of the first layer never grows.
    3. While the arrow of all weights is less than 90 degrees off, the
       loss falls.
    """
''',
    given='''\
first = None
second = None
third = 0
return first, second, third
''',
    right='''\
first = 100   # 101 degrees, and the loss falls
second = 50   # from here to step 150 it grows
third = None  # in this run
return first, second, third
''',
    trials=lambda rng: [()],
    measure=witness_measured,
    noticed=_witness_noticed,
    parts=CLAIMS,
    read=as_seen,
    wanted="three steps from 0 to 299, or None",
    question="Which step of the plot do you mean, from 0 to 299, or None if there is none?",
    hints=(
        "A claim about every step is refuted by one step at which it is wrong. What must be seen at a step that "
        "refutes the first claim? Two things at once.",
        "Look for them from left to right: where is the curve of the first layer above the line of 90 degrees? And "
        "what does the loss do there?",
        "For the second claim, follow the curve of the first layer: where does it go up? For the third, look for a "
        "step at which the loss rises. If you find none, say so.",
    ),
    slips=(),
    mistakes=(
        Mistake("first_believed", "You let the first claim stand, and a step of the run refutes it.",
                "It is natural to believe it: this layer alone would make the loss rise. But the other layers step at "
                "the same time.",
                "Where is the curve of the first layer above the line of 90 degrees, and what does the loss do there?",
                "first = None"),
        Mistake("first_within", "Your first step shows a layer that is within 90 degrees.",
                "The first claim speaks of steps at which it is more than 90 degrees off. About all others it says "
                "nothing, so they cannot refute it.",
                "On which side of the line of 90 degrees is the curve at your step?", "first = 20"),
        Mistake("second_believed", "You let the second claim stand, and a step of the run refutes it.",
                "Weights often turn towards the random matrix, and the angle gets smaller. Nothing says that it must "
                "do so at every step.",
                "Does the curve of the first layer ever go up?", "second = None"),
        Mistake("second_shrinks", "At your second step, the angle of the first layer gets smaller.",
                "That agrees with the second claim. A claim is refuted by what goes against it.",
                "Is the curve higher or lower, one step later?", "second = 5"),
        Mistake("third_agrees", "At your third step the loss falls, as the third claim says.",
                "It may be wrong for other runs. But only a step of this run could refute it here.",
                "Does the curve of the loss ever rise?", "third = 0"),
    ),
)
