"""Lesson 08: step size and batch size together, with the noise floor and the limit predicted before the runs."""

import numpy as np

from .. import plots, theory
from ..live import Drag, choice, explore, log_slider, said, slider, stops
from .lesson08_code import code
from .lesson08_ground import birds, ground_of, lesson_ground
from .lesson08_outcome import BATCHES, LONGEST, outcome_of
from .lesson08_picture import STEP_RANGE, Picture

STEPS = (60, 200, 600, LONGEST)
START = np.array([-0.5, 0.75])
VIEW = np.array([(-0.75, 1.25), (-0.85, 1.15)])
BATCH_SIZES = (1, 2, 4, 6, 8, 18, 32, 38, 114, 342)   # those of the lesson, and all
NOTHING, BEYOND = 1e-20, 1e300   # a loss below is rounding, and one above no number any more


def step_and_batch(X=None, y=None, names=None):
    """Move step size and batch size: one path on the loss, many runs against steps, and where theory puts them.

    X (n, d), y (n,): data of your own, in place of the penguins, with 8 to 1,000 rows and up to four columns. They are
    standardised, y is taken from its average; a single feature gets a column of ones, for the bias; of more than two
    weights the flattest and the steepest axis are drawn. names: those of the columns, and last that of y, such as
    ("size (m²)", "rooms", "rent (€)"); a DataFrame brings its own. Raises TypeError and ValueError as `brought`, and
    ValueError for other sizes, columns that hold one number only, and columns that say the same.
    """
    if X is None and y is None:
        return _step_and_batch(lesson_ground(*birds(), START, VIEW, BATCH_SIZES))
    return _step_and_batch(ground_of(X, y, names))


@plots.style()
def _step_and_batch(ground):
    picture = Picture(ground)

    def update(**values):
        with np.errstate(over="ignore", invalid="ignore"):   # of runs that leave
            outcome = outcome_of(ground, **values)
            picture.show(outcome)
            return sentence(outcome)

    sizes = ground.batch_sizes
    return explore(update, picture.live, room=425, code=lambda **values: code(ground, **values),
                   together=[("batches", "dice")], drag=Drag(picture.chart, x="step_size", y="batch_size"),
                   step_size=log_slider("step size", *STEP_RANGE, value=10**-0.7),
                   batch_size=stops("batch size", *sizes, value=min(sizes, key=lambda size: abs(size - 6))),
                   steps=stops("steps", *STEPS, value=STEPS[0]), batches=choice("batches", *BATCHES),
                   dice=slider("dice", 1, 20, 1, value=1))


# ------------------------------------------------------------------------------------------------------- in words

def sentence(seen):
    """What was measured, what was predicted, and then the settings."""
    measured = f"Measured {_number(seen.mean[-1])}"
    if seen.expected is not None:
        measured += f", predicted {_number(seen.expected[seen.steps])}"
    speak = _leaving if seen.leaves else _without_noise if seen.quiet else _at_the_floor
    return measured + speak(seen, seen.ground.unit)


def _at_the_floor(seen, unit):
    low, high, here = map(said, seen.floors)
    about = "about " * (seen.manner == "shuffled")
    return f", floor {about}{here} {unit}: {_verdict(seen)} {_settings(seen)}" + (
        f" Within an epoch the floor goes from {low} to {high}{_rest(seen)}; the way there is not predicted: its mean "
        f"goes over all orders of examples. {_fresh_ones(seen)}" if about else "")


def _verdict(seen):
    about = "about " * (seen.manner == "shuffled")
    if seen.steps < seen.after:
        after = f"{about}{said(seen.after, 4)}" if seen.after <= LONGEST else f"more than {LONGEST:,}"
        return f"not settled, that takes {after} steps."
    if seen.by_chance:
        return "settled, to within chance."
    return "settled by the prediction, but the mean is off by more than two standard errors."


def _settings(seen):
    limit = f" (limit {said(_limit(seen), 3)})" * (seen.manner == "fresh")
    return (f"{seen.manner.capitalize()} batches of {seen.batch_size}, step size {said(seen.step_size)}{limit}: the "
            f"loss above the lowest after {seen.steps:,} steps, mean of {seen.excess.shape[1]} runs.")


def _rest(seen):
    rest = len(seen.ground.X) % seen.batch_size
    return f", and its last batch holds {rest}" if rest else ""


def _fresh_ones(seen):
    floor = theory.noise_floor(seen.ground.X, seen.ground.y, seen.step_size, seen.batch_size)
    return f"Fresh ones: limit {said(_limit(seen), 3)}, {f'floor {said(floor)}' if floor < np.inf else 'no floor'}."


def _without_noise(seen, unit):
    n = len(seen.ground.X)
    why = (f"with all {n} examples in every step there is no noise" if seen.batch_size == n else
           "every error is zero at the lowest point, so there is no noise")
    return f" {unit}, no floor: {why}. {_settings(seen)}"


def _leaving(seen, unit):
    higher, runs = np.sum(~(seen.excess[-1] <= seen.excess[0])), seen.excess.shape[1]
    counted = f"{higher} of {runs} runs have a higher loss than at the start after {seen.steps:,} steps."
    setting = f"{seen.manner} batches of {seen.batch_size}"
    last = (seen.mean if seen.expected is None else seen.expected)[seen.steps]
    above = (f" {unit}" if last < BEYOND else "") + " above the lowest loss"
    if seen.manner == "shuffled":
        return (f"{above}, and no floor is predicted for {setting} with step size "
                f"{said(seen.step_size)}: {counted} {_fresh_ones(seen)}")
    alike = "the loss grows without end" if seen.batch_size == len(seen.ground.X) else (
        "the mean over all runs grows without end, though single runs may stay near")
    return (f"{above}, no floor: step size {said(seen.step_size)} is beyond the limit "
            f"{said(_limit(seen), 3)} of {setting}. In the long run {alike}: {counted}")


def _limit(seen):
    return theory.mean_square_limit(seen.ground.X, seen.batch_size)


def _number(value):
    if not value < BEYOND:
        return "beyond a computer's numbers"
    return said(value) if value >= NOTHING else "zero but for rounding"
