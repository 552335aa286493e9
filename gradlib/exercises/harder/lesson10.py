"""A step further than lesson 10: many tosses, a bias that is nudged as well, and three other claims about the plot."""

import numpy as np

from .. import lesson10
from ..engine import Mistake, numbers
from ..shared import of_both_signs
from . import Harder


def _tosses_trials(rng):
    for loss, w, _, h in lesson10.spsa.trials(rng):
        if len(w) > 1:
            tosses = [rng.permutation((-1.0) ** np.arange(len(w) + k % 2)[:len(w)]) for k in range(4)]
            yield loss, w, np.array([*tosses, np.ones(len(w))]), h


spsa_mean = Harder(
    first=lesson10.spsa, idea="the coins are tossed several times, and the mean of all guesses is taken", noun="guess",
    head='''\
def spsa_mean(loss, w, V, h):
    """A guess at the gradient of loss at w: the mean of several.

    V (k, d): in each row 1 or -1 for each weight.  Each row makes a guess,
    as spsa does, from two values of the loss.
    loss takes an array like w and returns a number; w (d,); h is a number.
    """
''',
    right='''\
guesses = []
for v in V:
    slope = (loss(w + h * v) - loss(w - h * v)) / (2 * h)
    guesses.append(slope * v)
return np.mean(guesses, axis=0)
''',
    trials=lambda rng: list(_tosses_trials(rng)),
    meaning="One guess costs two losses, k guesses cost 2k. The noise falls with the root of k: for a guess ten times "
            "as good you pay a hundred times as much.",
    hints=(
        "Write one guess first, for one row of V.",
        "What belongs to one toss, and what to all? Where does your loop begin, and where does it end?",
        "A mean of arrays, number by number: along which axis?",
    ),
    mistakes=(
        Mistake("added_up", "Your guess is a sum of guesses.",
                "More tosses would make it longer. A mean stays about as long as one guess.",
                "What should come out if all rows of `V` are the same?", "return np.sum(guesses, axis=0)"),
        Mistake("one_guess", "Your function keeps one guess only.",
                "A return inside the loop ends it, or a name is written over in each round.",
                "How many guesses are still there when your last line runs?",
                ("return guesses[-1]", "return guesses[0]")),
        Mistake("mean_toss", "Your function takes the mean of the tosses first, and then one guess.",
                "Tosses cancel in their mean. Each of them needs two losses of its own.",
                "How often does your function ask for the loss?", """\
def spsa_mean(loss, w, V, h):
    v = V.mean(axis=0)
    return (loss(w + h * v) - loss(w - h * v)) / (2 * h) * v
"""),
        Mistake("mean_of_everything", "Your mean mixes the weights.",
                "Each weight has a slope of its own.", "How many numbers should come out?",
                "return np.mean(guesses)"),
        Mistake("one_sided", "Your slopes are taken to one side only.",
                "The nudge goes along the toss and against it, so that the bend of the loss cancels.",
                "At which two places do you ask for the loss?", "slope = (loss(w + h * v) - loss(w)) / h"),
    ),
)


def _bias_trial(rng, n, d, side):
    X, y, w, b, v, u = (numbers(rng, *shape) for shape in ((n, d), (n,), (d,), (), (d,), ()))
    error = X @ w + b - y
    turned = side * np.sign(np.mean(error * (X @ v + u)))
    return X, y, w, float(b), turned * v, float(turned * u)


forward_gradient_bias = Harder(
    first=lesson10.forward_gradient, idea="there is a bias, and it is nudged at the same time", noun="guess",
    parts=("dw", "db"), examples=("X", "y"), before=False,
    head='''\
def forward_gradient_bias(X, y, w, b, v, u):
    """A guess at the gradient of half the mean squared error of X @ w + b.

    X (n, d), y (n,), w (d,), b a number.  v (d,) nudges the weights and u,
    a number, the bias, all at once.  Returns dw (d,) and db, a number.
    """
''',
    right='''\
error = X @ w + b - y
slope = np.mean(error * (X @ v + u))
return slope * v, slope * u
''',
    trials=lambda rng: of_both_signs(
        lambda: [_bias_trial(rng, *sizes) for sizes in ((5, 3, 1), (4, 2, -1), (3, 3, 1), (4, 1, -1))],
        lambda X, y, w, b, v, u: b, lambda X, y, w, b, v, u: u,
        lambda *args: forward_gradient_bias.reference(*args)[1]),
    meaning="There is one slope, that along the whole nudge, however many arrays it is made of. For a network with "
            "ten layers it would still be one number.",
    hints=(
        "All is nudged at once. By how much does one prediction move, from the weights and from the bias?",
        "How many slopes does the loss have along one nudge?",
        "The guess lies along the nudge. Which part of the nudge belongs to the weights, and which to the bias?",
    ),
    mistakes=(
        Mistake("bias_stands_still", "In your nudge of the predictions, the bias stands still.",
                "It moves by `u`, and every prediction moves with it.",
                "If `v` were 0 and `u` were not, should the loss move?", "slope = np.mean(error * (X @ v))"),
        Mistake("two_slopes", "Your function measures two slopes, one for the weights and one for the bias.",
                "All is nudged at once, so there is one slope. Two nudges would be two passes.",
                "How many nudges are pushed forward?",
                "return np.mean(error * (X @ v)) * v, np.mean(error * u) * u"),
        Mistake("true_slope_of_bias", "Your `db` is the slope itself, and no guess.",
                "A forward pass does not know that slope: it knows the one along the whole nudge.",
                "Where does `u` enter your `db`?", ("db = np.mean(error)\nreturn slope * v, db",)),
        Mistake("slope_alone", "Your `db` is the slope along the nudge, without the nudge.",
                "The guess lies along the nudge, for the bias as for the weights.",
                "If `u` were 0, what should your `db` be?", "return slope * v, slope"),
        Mistake("value_for_nudge", "In your nudge, the bias stands where `u` belongs.",
                "What is pushed forward is the nudge. The value has gone forward already.",
                "If `v` and `u` were 0, should anything move?", "slope = np.mean(error * (X @ v + b))"),
        Mistake("forgot_bias", "The bias is missing in your predictions.",
                "Then all errors are off by the same amount.", "What does the line predict for a row of zeros?",
                "error = X @ w - y"),
    ),
)


def _seen():
    """(steps that a claim speaks of, steps that go against what it says) for each claim, from the run."""
    losses, layer, whole = lesson10.plotted().T
    all_steps, grows, too = np.ones(len(losses) - 1, bool), np.diff(layer) > 0, np.diff(whole) > 0
    return (grows, ~too), (all_steps, layer[:-1] > 90), (all_steps, layer[:-1] <= whole[:-1])


def _witnesses_noticed():
    first, second, third = ((spoken_of & against).sum() for spoken_of, against in _seen())
    return (f"One step is enough against a claim, and there were {first} against the first and {second} against the "
            f"second. Against the third there is {third or 'none'}, in this run. Why it should hold in others, no plot "
            "can say.")


other_witnesses = Harder(
    first=lesson10.witnesses, idea="three other claims about the same plot", parts=lesson10.CLAIMS, noun="answer",
    before=False,
    head='''\
def other_witnesses():
    """For each claim about the plot, a step that refutes it; or None.

    1. Where the angle of the first layer grows, that of all weights grows
       too.
    2. While the loss falls, the first layer is at most 90 degrees off.
    3. The first layer is always further off than all weights together.
    """
''',
    given='''\
first = ...
second = ...
third = ...
return first, second, third
''',
    right='''\
first = 140   # one grows until step 172, the other until 121
second = 0    # 116 degrees, and the loss falls
third = None  # in this run
return first, second, third
''',
    trials=lesson10.witnesses.trials, read=lambda value, *args: lesson10.as_seen(value, _seen),
    measure=lambda args, said, right: lesson10.witness_measured(args, said, right, _seen),
    wanted=lesson10.witnesses.wanted, question=lesson10.witnesses.question,
    noticed=_witnesses_noticed,
    hints=(
        "A claim that begins with where, or while, speaks of some steps only. Find these first.",
        "For the first claim, look for a stretch in which one curve still rises, and the other does not any more.",
        "For the third, look for a step at which the two curves meet or cross. If there is none, say so.",
    ),
    mistakes=(
        Mistake("first_believed", "You let the first claim stand, and a step of the run refutes it.",
                "The two curves rise together for a long time. But one of them turns first.",
                "Where is the highest point of each of the two curves?", "first = None"),
        Mistake("first_agrees", "At your first step both angles grow, as the first claim says.",
                "A claim is refuted by what goes against it.", "What does the curve of all weights do there?",
                "first = 60"),
        Mistake("first_elsewhere", "At your first step the angle of the first layer shrinks.",
                "The first claim speaks of steps at which it grows. About all others it says nothing.",
                "Is the curve of the first layer higher or lower, one step later?", "first = 3"),
        Mistake("second_believed", "You let the second claim stand, and a step of the run refutes it.",
                "All weights together lead downhill, and so the loss falls, whatever this layer does.",
                "Is the curve of the first layer ever above the line of 90 degrees?", "second = None"),
        Mistake("second_agrees", "At your second step the layer is within 90 degrees, as the claim says.",
                "A claim is refuted by what goes against it.",
                "On which side of the line of 90 degrees is the curve at your step?", "second = 20"),
        Mistake("third_agrees", "At your third step the first layer is further off, as the third claim says.",
                "It may be wrong for other runs. But only a step of this run could refute it here.",
                "Do the two curves ever meet?", "third = 0"),
    ),
)
