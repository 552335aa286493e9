"""The predictions of lesson 02."""

import re

from . import Prediction


def losses(said):
    """What is left of the loss at each setting that does not leave."""
    return [float(loss) for loss in re.findall(r"after 40 steps: ([\d.]+) above", said)]


kept = Prediction(
    "How much of the distance does the best step size keep in each step?",
    right=("nearly nine tenths", "measured  0.86"),
    wrong={
        "best_is_fast": ("about a tenth", "measured  0.1", (
            "Best sounds like fast. But it is the best of one step size for both axes, and the flat one sets the pace. "
            "To keep a tenth, κ would have to be about 1.2: a bowl that is almost round.")),
        "half_way": ("a half", "measured  0.5", (
            "A balance between two axes sounds like half the way on each. It would be a half for κ = 3. "
            "Here the flat axis bends 14 times less, and one step gets along it by a small part only.")),
    },
)

twice = Prediction(
    "At twice the step size, will the loss after 40 steps be lower or higher? And at four times?",
    right=("lower, then higher", lambda said: losses(said)[1] < losses(said)[0] and "leaves" in said),
    wrong={
        "small_is_safe": ("higher both times", lambda said: losses(said)[1] > losses(said)[0], (
            "A small step is safe, and it is slow. Below the limit, a longer step gets further along the valley in the "
            "same 40 steps.")),
        "long_is_fast": ("lower both times", lambda said: len(losses(said)) > 2, (
            "A longer step was better once, so why not again? Because there is a limit: beyond it, every step along "
            "the steep axis ends further away than it began.")),
    },
    at=({"step_size": 0.04}, {"step_size": 0.079}),
)
