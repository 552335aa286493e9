"""A step further than lesson 09: momentum that looks ahead, weights that decay beside Adam, and slopes that spread."""

import numpy as np

from .. import lesson09
from ..engine import Mistake, numbers
from . import Harder

nesterov_step = Harder(
    first=lesson09.momentum_step, idea="the step looks ahead, to where the momentum will carry the weights next",
    noun="step", parts=("w", "v"),
    head='''\
def nesterov_step(w, g, v, step_size, beta):
    """One step of Nesterov's momentum: the new w and the new v.

    The new v is that of momentum: the share beta of the old v stays, and g
    joins it.  The step goes along g plus the share beta of the new v.
    w, g and v (d,), step_size and beta numbers.
    """
''',
    right='''\
v = beta * v + g
w = w - step_size * (g + beta * v)
return w, v
''',
    trials=lesson09.momentum_step.trials, measure=lesson09.momentum_step.measure,
    meaning="The newest slope counts for more than in plain momentum, 1 + beta times what it did. So the rule turns "
            "round a little sooner at the other side of a valley.",
    hints=(
        "The memory is the one that you know. Which of the two lines is new?",
        "On paper: v = 2, g = 1, and beta a half. What is the new v, and along what does the step go?",
        "In the line of the step, which v stands there: the one that came in, or the new one?",
    ),
    mistakes=(
        Mistake("slope_twice", "Your step takes the new v as it is, and the slope on top.",
                "Only the share beta of the new v belongs there.", "Which share of v stands in your step?",
                "w = w - step_size * (g + v)"),
        Mistake("without_slope", "Your step leaves out the slope.",
                "The share beta of the new v is one part of it, and g is the other.",
                "For beta = 0, should the weights move?", "w = w - step_size * beta * v"),
        Mistake("share_twice", "Your step takes the share beta of the slope as well.",
                "The slope joins as it is.", "For beta = 0, should the weights move?",
                "w = w - step_size * beta * (g + v)"),
        Mistake("step_in_memory", "What your step goes along is kept as the new v.",
                "The memory stays that of momentum. What the step looks ahead to is used once, and not kept.",
                "Which `v` does your last line hand back?",
                "v = g + beta * (beta * v + g)\nw = w - step_size * v"),
    ),
)


ADAM = """\
beta1, beta2, epsilon = 0.9, 0.999, 1e-8
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g ** 2
mean = m / (1 - beta1 ** t)
mean_square = v / (1 - beta2 ** t)
ratio = mean / (np.sqrt(mean_square) + epsilon)
"""


adamw_step = Harder(
    first=lesson09.adam_step, idea="the weights decay, and Adam's division does not touch that: AdamW", noun="step",
    parts=("w", "m", "v"),
    head='''\
def adamw_step(w, g, m, v, t, step_size, decay):
    """Step number t of AdamW: the new w, m and v.

    All is as in Adam, with one thing beside it: each weight also loses the
    share step_size * decay of what it was before the step.
    """
''',
    given=ADAM + "w = ...\nreturn w, m, v\n",
    right=ADAM + "w = w - step_size * ratio - step_size * decay * w\nreturn w, m, v\n",
    trials=lambda rng: [(*args, round(rng.uniform(0.2, 0.9), 2)) for args in lesson09.adam_step.trials(rng)],
    meaning="A penalty in the loss would have gone through the division, and a weight with steep slopes would hardly "
            "have noticed it. Beside it, all weights lose the same share.",
    hints=(
        "The six lines above are Adam. What would stand in the missing line without the decay?",
        "A weight of 2, a step size of 0.1 and a decay of 0.5: how much does it lose, besides Adam's step?",
        "Which weight loses the share: the one before the step, or the one after it?",
    ),
    mistakes=(
        Mistake("in_the_gradient", "Your decay is a part of the gradient.",
                "Then it goes into both memories, and through the division: that is Adam with a penalty in the loss.",
                "Do your m and v know of the decay?", """\
def adamw_step(w, g, m, v, t, step_size, decay):
    g = g + decay * w
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g ** 2
    return w - step_size * m / (1 - 0.9 ** t) / (np.sqrt(v / (1 - 0.999 ** t)) + 1e-8), m, v
"""),
        Mistake("no_step_size", "Your decay leaves out the step size.",
                "A weight loses the share step size times decay.", "What should a step of size 0 do?",
                "w = w - step_size * ratio - decay * w"),
        Mistake("grown", "Your weights grow where they should decay.", "They lose a share of themselves.",
                "What becomes of a weight whose slopes are all 0?",
                "w = w - step_size * ratio + step_size * decay * w"),
        Mistake("decayed_after", "Your weights decay after the step.",
                "The share is one of what they were before it.", "Which w stands behind your decay?",
                "w = (1 - step_size * decay) * (w - step_size * ratio)"),
        Mistake("no_ratio", "Your weights decay, and make no step.", "Adam's step stands beside the decay.",
                "Where is `ratio` in your line?", "w = w - step_size * decay * w"),
        Mistake("same_for_all", "Your decay takes the same from all weights.",
                "Each loses a share of itself.", "How much does a weight of 0 lose?",
                "w = w - step_size * ratio - step_size * decay"),
    ),
)


DECAY = 0.9


def _centred_trial(rng, t, d):
    """The step after t slopes of each weight, one of them steady."""
    slopes = numbers(rng, t, d) + 0.0
    slopes[:, 0] = abs(slopes[:, 0]) + 1
    shares = (1 - DECAY) * DECAY ** np.arange(t - 1)[::-1]
    past = slopes[:-1]
    return numbers(rng, d), slopes[-1], shares @ past ** 2, shares @ past, round(rng.uniform(0.05, 0.3), 2)


centred_rmsprop_step = Harder(
    first=lesson09.rmsprop_step,
    idea="not how large the slopes are decides, but how much they spread around their mean",
    noun="step", parts=("w", "s", "m"), before=False,
    head='''\
def centred_rmsprop_step(w, g, s, m, step_size):
    """One step of centred RMSProp: the new w, s and m.

    s and m (d,): running means of the squared slopes and of the slopes,
    both with the same decay. The step divides g by the root of the
    variance, s - m**2 of the new ones, plus epsilon.
    """
''',
    given='''\
decay, epsilon = 0.9, 0.01
s = decay * s + (1 - decay) * g ** 2
m = ...
w = ...
return w, s, m
''',
    right='''\
decay, epsilon = 0.9, 0.01
s = decay * s + (1 - decay) * g ** 2
m = decay * m + (1 - decay) * g
w = w - step_size * g / (np.sqrt(s - m ** 2) + epsilon)
return w, s, m
''',
    trials=lambda rng: [_centred_trial(rng, *sizes) for sizes in ((5, 3), (8, 2), (3, 4), (12, 1))],
    meaning="A slope that is steep and steady has a large s and a small variance, so it may go on with long steps. "
            "Only one that goes to and fro is held back.",
    hints=(
        "The mean of the slopes is kept as that of their squares is. Which line can you copy?",
        "The variance is the mean of the squares minus the square of the mean. Which of your names are these two?",
        "Both new means go into the division. In which order must your lines stand?",
    ),
    mistakes=(
        Mistake("not_centred", "Your step divides by the root of the mean square.",
                "That is RMSProp. Here the square of the mean is taken off first.",
                "Where does `m` enter your step?", "w = w - step_size * g / (np.sqrt(s) + epsilon)"),
        Mistake("mean_not_squared", "The mean is taken off as it is, and should be squared.",
                "One cannot take a slope from a squared slope. Where it is large, less than 0 would be left.",
                "In which unit is s, and in which m?", "w = w - step_size * g / (np.sqrt(abs(s - m)) + epsilon)"),
        Mistake("no_root", "The root is missing.",
                "A variance is in squared slopes. The root brings it back to the unit of a slope.",
                "What happens to your step if all slopes are ten times as steep?",
                "w = w - step_size * g / (s - m ** 2 + epsilon)"),
        Mistake("old_mean", "Your variance takes the old mean.",
                "s has the new slope in it, and m must have it too.", "Which of your lines comes first?",
                "old = m\nm = decay * m + (1 - decay) * g\nw = w - step_size * g / (np.sqrt(s - old ** 2) + epsilon)"),
        Mistake("along_the_mean", "Your step goes along the mean of the slopes.",
                "That is a good idea, and another rule. Here it goes along g.", "What stands above the division?",
                "w = w - step_size * m / (np.sqrt(s - m ** 2) + epsilon)"),
        Mistake("squared_in_the_mean", "Your m is a mean of squares, too.",
                "It should be the mean of the slopes as they are, with their signs.",
                "Which of your two memories can be below 0?", "m = decay * m + (1 - decay) * g ** 2"),
    ),
)
