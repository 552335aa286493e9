"""The open exercises of lesson 12: digits that are read, a noise floor that is met, and a judge of gradients."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from .. import data, theory
from ..descent import many_runs
from .calls import as_floats, in_order
from .claims import WRONG, case, claims, counted
from .messages import Result, form, number
from .open import Listing, OpenExercise

__all__ = ["birds", "case", "claims", "judge", "outlook", "read_digits", "settings"]

# Exercise A: digits that are read

HELD_OUT = 360
GOAL = 0.97
OTHER_NAMES = (3 * np.arange(10) + 7) % 10    # what a check calls the digits 0 to 9: none keeps its name


def _places():
    """Where the held-out pictures, and after them as many known ones, stand among those that are to be read."""
    return np.random.default_rng(1).permutation(2 * HELD_OUT)


def _reading_trials():
    (X, y), (held_out, _) = data.digits_apart()
    new = np.concatenate([held_out, X[:HELD_OUT]])[np.argsort(_places())]
    return [(X, OTHER_NAMES[y], new)]


def _as_digits(value, X, y, new):
    try:
        read = np.squeeze(as_floats(value))
    except (TypeError, ValueError):
        return f"Your function hands back a {type(value).__name__}, which cannot be read as digits."
    if read.shape != (len(new),):
        return f"Your function hands back {form(read)}."
    if np.isnan(read).any():
        return f"Of the digits that your function hands back, {np.isnan(read).sum()} are nan, not a number."
    strange = read[~np.isin(read, np.arange(10))]
    return f"Your function reads a picture as {number(strange[0])}." if strange.size else (read.astype(int),)


def _reading_measured(runs, answer):
    """Of two rows each: the held-out pictures and the known ones."""
    (_, y), (_, held_out) = data.digits_apart()
    read, true = runs[0].parts[0][_places()].reshape(2, HELD_OUT), np.array([held_out, y[:HELD_OUT]])
    shares = (read == OTHER_NAMES[true]).mean(axis=1)
    if shares[0] >= GOAL:
        return _well_read(read, true, shares)
    if np.ptp(read) == 0:
        return _one_class(shares)
    if (read == true).mean() > 0.5:
        return LEARNED_ELSEWHERE
    return _renamed(read, OTHER_NAMES[true]) or _badly_read(read, true, shares)


def _percent(share):
    return f"{number(round(100 * share, 1))} %"


def _tally(shares):
    return (f"Of {HELD_OUT} held-out pictures your function reads {round(HELD_OUT * shares[0])} rightly, "
            f"{_percent(shares[0])}; of {HELD_OUT} pictures in `X`, {_percent(shares[1])}.")


def _mistaken(read, true):
    """The three mistakes that are made most often with held-out pictures, by the digits' own names."""
    pairs = Counter(zip(true[0].tolist(), np.argsort(OTHER_NAMES)[read[0]].tolist()))
    most = [f"{digit} read as {said} ({times} of {(true[0] == digit).sum()})"
            for (digit, said), times in pairs.most_common() if digit != said][:3]
    return f"Mistaken most often: {', '.join(most)}." if most else "None of them is mistaken."


def _well_read(read, true, shares):
    chance = 100 * np.sqrt(shares[0] * (1 - shares[0]) / HELD_OUT)
    return Result("correct", "correct", _tally(shares), _mistaken(read, true),
                  "The held-out ones came in without their answers. Other pictures would give another share: by chance "
                  f"alone it moves by about {number(round(chance, 1))} points.")


def _one_class(shares):
    return Result("wrong", "one_class", "Your function reads every picture as the same digit.",
                  f"For {_percent(shares[0])} of the held-out ones that happens to be right. Scores that do not depend "
                  "on the picture do this. So do scores that are all nan: the largest of them is then the first.", "",
                  "What are the scores of two different pictures?")


LEARNED_ELSEWHERE = Result(
    "wrong", "learned_elsewhere", "Your function calls the digits by names that nobody told it.",
    "This check gives them other names: what is a 3 in the data is a 6 in the `y` that comes in. Your function "
    "uses the old names for most pictures. So it has learned from digits of an earlier cell, or brings a network from "
    "there, and may have seen the held-out ones.",
    "", "Is every name in your function made there, or does it come in through its brackets?")


def _renamed(read, true):
    """A verdict on digits that are told apart and exchanged, such as those that are counted from another number."""
    names = np.array([np.bincount(true[read == said], minlength=10).argmax() for said in range(10)])
    exchanged, would_be = names != np.arange(10), names[read] == true
    if not exchanged.any() or len(set(names)) < 10 or would_be.mean() < 0.9:
        return None
    said = int(np.argmax(exchanged))
    return Result("wrong", "renamed", "Your function tells the digits apart, and calls them by wrong names.",
                  f"What it calls {said} is mostly {names[said]} in `y`. With the names exchanged, "
                  f"{_percent(would_be[0].mean())} of the held-out ones would be right.", "",
                  "Which of your scores belongs to which digit?")


def _badly_read(read, true, shares):
    code, why, question = GUESSING if shares[0] < 0.2 else NOT_LEARNED if shares[1] < GOAL else NOT_GENERAL
    return Result("wrong", code,
                  f"{_percent(shares[0])} of the held-out digits are read, and {_percent(GOAL)} are asked for.",
                  f"{_tally(shares)} {why}", _mistaken(read, true), question)


GUESSING = (
    "guessing", "Guessing reads one in ten.",
    "Does the loss fall while your function learns, and does each picture keep its own answer?")
NOT_LEARNED = (
    "not_learned", "It reads too few of those in `X`, too: so it has not learned enough.",
    "Where is the loss at the end of your run: still falling, at rest, or jumping?")
NOT_GENERAL = (
    "not_general", "It reads those in `X`, and new ones less well.",
    "What could a network know about the pictures in `X` that does not help with others?")

read_digits = OpenExercise(
    name="read_digits",
    head='''\
def read_digits(X, y, new):
    """Learn from the pictures X and their digits y, then read new ones.

    X (n, 64) and new (m, 64): pixels from 0 to 1.  y (n,): whole numbers
    from 0 to 9.  Returns the digits that you read in new, (m,).
    """
''',
    given="...",
    right='''\
rng = np.random.default_rng(0)
W1, b1 = rng.normal(size=(64, 64)) / 8, np.zeros(64)
W2, b2 = rng.normal(size=(64, 10)) / 8, np.zeros(10)
for epoch in range(40):
    order = rng.permutation(len(X))
    for batch in np.split(order, range(32, len(X), 32)):
        h = np.tanh(X[batch] @ W1 + b1)
        p = np.exp(h @ W2 + b2)
        p = p / p.sum(axis=1, keepdims=True)
        delta2 = (p - np.eye(10)[y[batch]]) / len(batch)
        delta1 = delta2 @ W2.T * (1 - h ** 2)
        W2, b2 = W2 - 0.2 * h.T @ delta2, b2 - 0.2 * delta2.sum(axis=0)
        W1 = W1 - 0.2 * X[batch].T @ delta1
        b1 = b1 - 0.2 * delta1.sum(axis=0)
scores = np.tanh(new @ W1 + b1) @ W2 + b2
return scores.argmax(axis=1)
''',
    hints=(
        "Three things are needed: weights to begin with, a loop that improves them, and the way forward once more for "
        "the new pictures. Which of them have you written before, in lessons 07 to 09?",
        "Ten outputs, one for each digit: the largest is what you read. The loss is a cross-entropy over ten classes. "
        "Its slope at the outputs is a difference again, of probabilities and of a row with a single 1 in it.",
        "One hidden layer of some dozens of units is enough, with small batches and some dozens of epochs. Watch the "
        "loss on the pictures you learn from. If it jumps, think of lesson 02; if it creeps, too.",
    ),
    trials=_reading_trials,
    read=_as_digits,
    wanted=f"Expected: one whole number from 0 to 9 for each new picture, an array of shape ({2 * HELD_OUT},).",
    question="What is the last thing that your function makes: digits, or scores?",
    measured=_reading_measured,
)


# Exercise B: a step size and a batch size that meet a noise floor

BIRDS = 1000      # to be spent in a run
FLOOR = 0.002     # kg² above the lowest loss
RUNS = 400


def birds():
    """The birds of lesson 08: flipper and bill, standardised, X (342, 2), and mass less its mean, y (342,) in kg."""
    X, y = data.penguins("flipper", "bill")
    return (X - X.mean(axis=0)) / X.std(axis=0), y - y.mean()


def _as_settings(value):
    value = in_order(value, ("step_size", "batch_size"))
    if isinstance(value, dict):
        return "Your function hands back a dictionary without the keys step_size and batch_size."
    try:
        pair = as_floats(value)
    except (TypeError, ValueError):
        return f"Your function hands back a {type(value).__name__} that does not hold two numbers."
    if pair.shape != (2,):
        return f"Your function hands back {form(pair)}."
    step_size, batch_size = pair
    if not 0 < step_size < np.inf:
        return f"Your step size is {number(step_size)}. A step needs a size above zero."
    if batch_size not in range(1, len(birds()[0]) + 1):
        return f"Your batch size is {number(batch_size)}. A batch holds a whole number of birds, from 1 to 342."
    return pair[:1], pair[1:]


class Outlook(NamedTuple):
    """Runs from w = 0 over 1,000 birds, in kg² above the lowest loss.

    limit, floor, end    predicted: the step size from which on runs leave, where they settle, the mean after `steps`
    ends                 measured: after the last step, (400,)
    """

    steps: int
    limit: float
    floor: float
    end: float
    ends: np.ndarray


def outlook(step_size, batch_size):
    """The `Outlook` for runs with fresh batches."""
    (X, y), start, steps = birds(), np.zeros(2), BIRDS // batch_size
    runs = many_runs(X, y, start, step_size, batch_size, steps, RUNS, np.random.default_rng(0))
    return Outlook(steps, theory.mean_square_limit(X, batch_size), theory.noise_floor(X, y, step_size, batch_size),
                   theory.expected_excess(X, y, start, step_size, batch_size, steps)[-1],
                   theory.excess_loss(X, y, runs[-1]))


def _settings_measured(runs, answer):
    step_size, batch_size = (part.item() for part in runs[0].parts)
    seen = outlook(step_size, int(batch_size))
    if step_size >= seen.limit:
        return _leaving(step_size, int(batch_size), seen)
    if seen.floor > FLOOR:
        return Result(
            "wrong", "too_high",
            f"Your noise floor is too high: {_kg2(seen.floor)}, and {_kg2(FLOOR)} are asked for.",
            "There each step throws the runs as far away from the lowest loss as the slope pulls them back.",
            _measured_beside(seen), "Which of your two numbers could bring the floor down, and what would that cost?")
    if seen.end > FLOOR:
        return Result(
            "wrong", "on_the_way",
            f"Your runs do not arrive: after {_steps(seen)} they are {_kg2(seen.end)} above the lowest loss.",
            f"{_kg2(FLOOR)} are asked for. Your noise floor would be low enough, {_kg2(seen.floor)}.",
            _measured_beside(seen), "Are your steps too short, or are there too few of them?")
    return _met(step_size, int(batch_size), seen)


def _steps(seen):
    return f"{seen.steps:,} steps"


def _kg2(value, digits=3):
    """A small number, written out."""
    return f"{np.format_float_positional(float(f'{value:.{digits}g}'), trim='-')} kg²"


def _measured_beside(seen):
    chance = seen.ends.std() / np.sqrt(RUNS)
    return (f"I made {RUNS} runs of {_steps(seen)}. They ended {_kg2(seen.ends.mean())} above the lowest loss on "
            f"average; {_kg2(seen.end)} are predicted. By chance such an average is off by about {_kg2(chance, 1)}.")


def _leaving(step_size, batch_size, seen):
    X, y = birds()
    higher = RUNS - np.sum(seen.ends <= theory.excess_loss(X, y, np.zeros(2)))
    return Result("wrong", "leaving", "With these two numbers the runs settle nowhere.",
                  f"With batches of {batch_size} the mean over all runs grows without end from a step size of "
                  f"{number(seen.limit)} on. Yours is {number(step_size)}.",
                  f"I made {RUNS} runs of {_steps(seen)}: {higher} of them ended higher than they began.",
                  "Which batch size would allow such a step, and how many steps would be left?")


def _met(step_size, batch_size, seen):
    X, y = birds()
    half = theory.noise_floor(X, y, step_size / 2, batch_size)
    return Result("correct", "correct",
                  f"{_steps(seen)} lead to {_kg2(seen.end)} above the lowest loss, with a noise floor of "
                  f"{_kg2(seen.floor)}.", _measured_beside(seen),
                  f"Both were known before the first run. Half the step would have a floor of {_kg2(half)}, and "
                  "take longer to arrive. Many pairs are right.")


settings = OpenExercise(
    name="settings",
    head='''\
def settings():
    """A step size and a batch size for the birds of lesson 08.

    From w = 0, with fresh batches, 1,000 birds in all: 1,000 // batch_size
    steps.  Then the loss must lie, on average over all runs, at most
    0.002 kg² above the lowest, and the noise floor must lie there, too.
    """
''',
    given='''\
step_size = ...
batch_size = ...
return step_size, batch_size
''',
    right='''\
step_size = 0.1
batch_size = 8
return step_size, batch_size
''',
    hints=(
        "Two things can go wrong. The runs settle too high, or they do not arrive with the steps that 1,000 birds "
        "allow. Which of the two does a longer step mend, and which does it worsen?",
        "Take any batch size between the ends, and find the longest step with which the noise floor is low enough. "
        "`theory` predicts it without a run.",
        "Then predict where the runs are after the last step. Still too high? Half the batch makes twice as many "
        "steps. How long may they be then?",
    ),
    trials=lambda: [()],
    read=_as_settings,
    wanted="Expected: two numbers, the step size and the batch size.",
    question="Which of your two numbers says how far a step goes, and which counts birds?",
    measured=_settings_measured,
)


# Exercise C: the judge

TINY = 1e-6    # a slope
SHOWN = 10     # names of survivors


def _as_verdict(value, *args):
    if isinstance(value, (bool, np.bool_)) or isinstance(value, np.ndarray) and value.dtype == bool and not value.ndim:
        return (np.array(float(value)),)
    came = f"an array of shape {value.shape}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
    return f"Your judge hands back {came}, and neither True nor False."


class Shared(NamedTuple):
    """Something that claims may have in common: what to say of it, and what to ask."""

    holds: Callable
    told: str
    question: str


def _tiny(claim):
    return np.abs(claim.true).max() < TINY


OF_SURVIVORS = (     # the most special first
    Shared(_tiny,
           "Their true slopes are all below 0.000001: it is lesson 01's slope once more, with x and y in kilometres.",
           "Does your judge compare with a fixed number, or with the size of the slopes?"),
    Shared(lambda claim: abs(claim.slopes[0] - claim.true[0]) <= WRONG * abs(claim.true[0]),
           "In all of them the first number is right.",
           "How many of the numbers does your judge look at?"),
    Shared(lambda claim: claim.error < 0.1,
           "All of them are less than 10 % off.",
           "How far off can your own measurement be, and how far off may a claim be?"),
    Shared(lambda claim: claim.cosine > np.cos(np.radians(10)),
           "All of them point almost the right way, to within 10 degrees.",
           "What can be wrong with an arrow that points the right way?"),
    Shared(lambda claim: abs(np.linalg.norm(claim.slopes) / np.linalg.norm(claim.true) - 1) < 0.01,
           "All of them are as long as the true gradient, to within 1 %.",
           "What can be wrong with an arrow of the right length?"),
    Shared(lambda claim: (np.sign(claim.slopes) == np.sign(claim.true)).all(),
           "All of their signs are right.",
           "What does your judge ask of the sizes?"),
    Shared(lambda claim: claim.cosine > 0,
           "All of them point less than 90 degrees away from the true gradient. So the loss falls along them, if the "
           "step is short enough.",
           "What does a loss that falls say about the gradient?"),
    Shared(lambda claim: True, "",
           "What does your judge ask of the first of them, and why is that true of it?"),
)
OF_ACCUSED = (
    Shared(lambda claim: "single" in claim.title,
           "All of the accused are right to seven digits, and rounded there.",
           "How many digits can your judge ask for?"),
    Shared(_tiny,
           "All of the accused have slopes below 0.000001: it is lesson 01's slope once more, with x and y in "
           "kilometres.",
           "Does your judge use a fixed number, and how large is it beside these slopes?"),
    Shared(lambda claim: True, "",
           "How far off is your own measurement where the claim is right?"),
)


def _judge_measured(runs, answer):
    verdicts = [bool(run.parts[0]) for run in runs]
    tally, all_claims = counted(claims(), verdicts), claims()
    wrongly = [i for i, claim in enumerate(all_claims) if claim.right != verdicts[i]]
    if not wrongly:
        return _just(tally)
    if tally.passed in (0, tally.wrong) and tally.accused in (0, tally.right):
        return _always(tally)
    passed = [i for i in wrongly if not all_claims[i].right]
    return _unjust(tally, sorted(passed, key=lambda i: -all_claims[i].error), [i for i in wrongly if i not in passed])


def _just(tally):
    closest = min((claim for claim in claims() if not claim.right), key=lambda claim: claim.error)
    return Result("correct", "correct",
                  f"Your judge catches all {tally.wrong} wrong gradients, and accuses none of the {tally.right} right "
                  "ones.", f"The closest of the wrong ones was {_off(closest)}: “{closest.title}” (lesson "
                  f"{closest.lesson:02d}). None of the right ones was more than 0.00001 % off.",
                  "Your judge knows no formula, so every formula can come before it. Keep it: the next gradient that "
                  "you write is a claim like these.")


def _always(tally):
    code, title, question = {
        (True, False): ALWAYS_TRUE, (False, True): ALWAYS_FALSE, (True, True): UPSIDE_DOWN,
    }[tally.passed > 0, tally.accused > 0]
    return Result("wrong", code, title.format(**tally._asdict()), look_at=question)


ALWAYS_TRUE = (
    "always_true", "Your judge says True to everything, to all {wrong} wrong gradients.",
    "Which line of your judge can say False, and when?")
ALWAYS_FALSE = (
    "always_false", "Your judge says False to everything, to all {right} right gradients.",
    "Which line of your judge can say True, and when? Is a measured slope ever exactly the claimed one?")
UPSIDE_DOWN = (
    "upside_down", "Your judge says True to all {wrong} wrong gradients, and False to all {right} right ones.",
    "What does True stand for in the docstring?")


def _unjust(tally, passed, accused):
    found = [[claims()[i] for i in places] for places in (passed, accused)]
    shared = [next(each for each in among if all(map(each.holds, those)))
              for among, those in zip((OF_SURVIVORS, OF_ACCUSED), found) if those]
    code = "unjust" if passed and accused else "lets_pass" if passed else "accuses"
    return Listing("wrong", code, f"Your judge {tally}.", " ".join(each.told for each in shared if each.told), "",
                   shared[0].question, PASTE.format((passed or accused)[0]),
                   lines=_named("The survivors, worst first, as their own lessons would name them:", found[0], _off)
                   or _named("The accused:", found[1], lambda claim: ""))


PASTE = "loss, gradient, w = exercises.case({})\njudge(loss, gradient, w)"


def _named(heading, those, told):
    """What those are called, a line for each name, in their order. told(claim) is said of the first with a name."""
    names = {}
    for claim in those:
        names.setdefault((claim.lesson, claim.title), []).append(claim)
    lines = [f"Lesson {lesson:02d}, {_of_cases(len(same))}{told(same[0])}: “{title}”"
             for (lesson, title), same in names.items()]
    more = [f"And {len(lines) - SHOWN} more names."] if lines[SHOWN:] else []
    return (heading, *lines[:SHOWN], *more) if lines else ()


def _of_cases(many):
    return f"{many} cases, the worst " if many > 1 else ""


def _off(claim):
    return f"{number(float(f'{100 * claim.error:.2g}'))} % off" if claim.error < 10 else "over 1000 % off"


judge = OpenExercise(
    name="judge",
    head='''\
def judge(loss, gradient, w):
    """Is gradient(w) the gradient of loss at w?  True or False.

    w (d,): a flat array of weights.  loss(w) returns a number.
    gradient(w) returns an array (d,): what somebody claims.
    """
''',
    given="...",
    right='''\
claimed, measured, h = gradient(w), np.zeros(len(w)), 1e-5
for i in range(len(w)):
    nudge = np.zeros(len(w))
    nudge[i] = h
    measured[i] = (loss(w + nudge) - loss(w - nudge)) / (2 * h)
off = np.linalg.norm(claimed - measured)
return off <= 1e-4 * np.linalg.norm(measured)
''',
    hints=(
        "A slope is a promise: nudge this weight, and the loss changes at this rate. Which function of lesson 05 holds "
        "it to that, without knowing any formula?",
        "A gradient is as many promises as there are weights. How many of them must be kept for a True?",
        "A measured rate is never quite the slope, and a right gradient is rounded. So how far may the two be apart? "
        "Think of slopes near a million, and of slopes near a billionth.",
    ),
    trials=lambda: [(claim.loss, claim.gradient, claim.w) for claim in claims()],
    read=_as_verdict,
    wanted="Expected: True or False, one word on the whole gradient.",
    question="Which comparison is your verdict, and for how many numbers does it speak?",
    measured=_judge_measured,
)
