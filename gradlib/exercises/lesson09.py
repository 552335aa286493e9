"""The exercises of lesson 09: momentum, Adam and its correction, and an RMSProp that fears steep slopes too much."""

from types import SimpleNamespace

import numpy as np

from .calls import close
from .engine import Exercise, Mistake, Slip, numbers
from .messages import described, number

# What the three rules share: (w, g, memories, ..., step_size, ...) -> the new w and the new memories

QUIET = 0.0003   # a slope so small that it matters whether epsilon stands inside the root
STILL = 1e-7     # and one so small that it matters that epsilon is there, and that it is added


def _way(arguments, **steps):
    """A rule as steps, of which each knows all that came before it; and the rule with another idea of some of them."""
    def way(**other):
        def rule(*args):
            s = SimpleNamespace(**dict(zip(arguments.split(), args)))
            for name, step in (steps | other).items():
                setattr(s, name, step(s))
            return s.answer
        return rule
    return way


def _ways(way, name, *steps):
    """Rules that do one step differently."""
    return tuple(way(**{name: step}) for step in steps)


def _measured(parts, settings):
    """Evidence on where it begins: the first memory that is wrong or, if all are right, the weights."""
    def measured(args, said, right):
        i = next((i for i in range(1, len(right)) if not close(said[i], right[i])), 0)
        j = np.argmax(abs(said[i] - right[i]))
        given = f"Take {described(settings, args[-len(settings):])}, and a slope of {number(args[1][j])}."
        before, after, mine = args[i and i + 1][j], right[i][j], said[i][j]
        if i:
            return (f"{given} `{parts[i]}[{j}]` should go from {number(before)} to {number(after)}; your function says "
                    f"{number(mine)}.")
        return (f"{given} `w[{j}]` should move by {number(after - before)}; your function says a move of "
                f"{number(mine - before)}.")
    return measured


def _slips(place):
    """Step sizes that are wrong, where `place` is that of the step size among the arguments."""
    def scaled(size):
        return lambda f: lambda *args: f(*args[:place], size(args[place]), *args[place + 1:])
    return (
        Slip("no_step_size",
             "Your step leaves out the step size.",
             "How far to go is then left to the slopes alone.",
             "Which of the arguments have you not used?",
             scaled(lambda size: 1)),
        Slip("uphill",
             "Your step goes uphill.",
             "It adds what should be taken away. The gradient points to where the loss grows.",
             "If all slopes have been above zero so far, does your weight grow or shrink?",
             scaled(lambda size: -size)),
        Slip("divided_by_step_size",
             "Your step divides by the step size.",
             "Then a smaller step size would make a longer step.",
             "What should happen to the step when the step size comes close to zero?",
             scaled(lambda size: 1 / size)),
    )


def _changed(rule, *changes):
    """What becomes of the right answers of a rule: change(answer, arguments)."""
    return tuple(lambda *args, change=change: change(rule(*args), args) for change in changes)


def _handed_back(rule, memory, orders=(lambda new, args: new[::-1],)):
    """What can happen to a right answer on the last line; `memory` is the name of what is handed back beside w."""
    return (
        Mistake("another_order",
                "Your results stand in another order.",
                "All of them are right. The exercise asks for the new `w` first.",
                "In which order does your last line hand them back?",
                _changed(rule, *orders)),
        Mistake("weights_alone",
                f"Your function hands back `w` and not {memory}.",
                "The new weights are right. But a rule with a memory must hand it on, or the next step knows nothing "
                "of this one.",
                "How many names stand in your last line?",
                _changed(rule, lambda new, args: new[0])),
        Mistake("memory_lost",
                f"Your step is right, and your function hands back the old {memory}.",
                "The next step would begin as this one did, and nothing would ever be remembered.",
                f"Under which name does your code keep the new {memory}?",
                _changed(rule, lambda new, args: (new[0], *args[2:len(new) + 1]))),
        Mistake("not_moved",
                "The weights have not moved.",
                "Your function hands back the weights that it was given.",
                "Which name holds the new weights, and which one do you return?",
                _changed(rule, lambda new, args: (args[0], *new[1:]))),
        Mistake("returned_step",
                "Your function hands back the step in place of the weights.",
                "That is how far to go. Where one arrives depends on where one starts.",
                "Where does the old `w` enter your lines?",
                _changed(rule,
                         lambda new, args: (args[0] - new[0], *new[1:]),
                         lambda new, args: (new[0] - args[0], *new[1:]))),
    )


def _step_size(rng):
    return round(rng.uniform(0.05, 0.3), 2)


# Exercise A: momentum

def _momentum_trials(rng):
    return [(numbers(rng, d), numbers(rng, d), numbers(rng, d), _step_size(rng), round(rng.uniform(0.6, 0.95), 2))
            for d in (3, 2, 4, 1, 3)]


def _momentum_noticed(w, g, v, step_size, beta):
    along, across = _speeds(beta, np.ones(300)), _speeds(beta, (-1.0) ** np.arange(301))
    return (f"I let your rule walk with beta = {number(beta)}, from v = 0. Where the slope is 1 at every step, `v` "
            f"goes {number(along[0])}, {number(along[1])}, {number(along[2])} and ends at {number(along[-1])}. Where "
            f"it changes between 1 and −1, `v` ends between {number(-across[-1])} and {number(across[-1])}. Along a "
            "valley the steps add up, and across it they cancel.")


def _speeds(beta, slopes):
    """v after each of these slopes, from v = 0."""
    speeds = [0.0]
    for slope in slopes:
        speeds.append(momentum_step.reference(0.0, slope, speeds[-1], 1.0, beta)[1])
    return speeds[1:]


_momentum = _way(
    "w g v step_size beta",
    new_v=lambda s: s.beta * s.v + s.g,
    new_w=lambda s: s.w - s.step_size * s.new_v,
    answer=lambda s: (s.new_w, s.new_v),
)

momentum_step = Exercise(
    name="momentum_step",
    head='''\
def momentum_step(w, g, v, step_size, beta):
    """One step of momentum: the new w and the new v.

    w (d,), and g (d,), the gradient at w.  v (d,): what is left of earlier
    gradients.  The share beta of it stays, and g joins it as it is.
    """
''',
    given='''\
v = ...
w = w - step_size * v
return w, v
''',
    right='''\
v = beta * v + g
w = w - step_size * v
return w, v
''',
    trials=_momentum_trials,
    measure=_measured(("w", "v"), ("step_size", "beta")),
    noticed=_momentum_noticed,
    parts=("w", "v"),
    hints=(
        "Do it on paper. The slope is 1 at every step, beta is a half, and v begins at 0. The old v loses half of "
        "itself, and 1 joins it. What is v after one step, after two, after three?",
        "What should v be with beta = 0? Then nothing of the past stays, and the step is that of plain gradient "
        "descent.",
        "And with beta = 1 nothing is ever lost: v is the sum of all slopes so far. Which of the two, `v` or `g`, does "
        "beta belong to?",
    ),
    slips=_slips(3),
    mistakes=(
        Mistake("moving_average",
                "Your `v` is a mean of the slopes so far.",
                "Many write momentum that way, and Adam does. The new slope then counts by the small share that has "
                "become free, so the steps are shorter from the start. Here the new slope counts in full.",
                "If the slope is 1 at every step, where should `v` end: at 1, or higher?",
                _ways(_momentum, "new_v", lambda s: s.beta * s.v + (1 - s.beta) * s.g)),
        Mistake("subtracted",
                "Your `v` takes the slope away.",
                "The last line has a minus already. With two of them the new slope pushes uphill.",
                "If the slope is above zero and `v` was 0, which sign should `v` have after the step?",
                _ways(_momentum, "new_v",
                      lambda s: s.beta * s.v - s.g,
                      lambda s: s.g - s.beta * s.v)),
        Mistake("step_size_inside",
                "The step size has come into `v`.",
                "Your `v` is a step, and many write momentum so: it is the same walk as long as the step size stays. "
                "Here `v` is made of slopes, and the step size comes in later, once, when the weights move.",
                "In which of your lines does `step_size` stand, and does `v` need it?",
                (*_ways(_momentum, "new_v",
                        lambda s: s.beta * s.v + s.step_size * s.g,
                        lambda s: s.beta * s.v - s.step_size * s.g,
                        lambda s: s.step_size * (s.beta * s.v + s.g)),
                 _momentum(new_v=lambda s: s.beta * s.v + s.step_size * s.g, new_w=lambda s: s.w - s.new_v),
                 _momentum(new_v=lambda s: s.beta * s.v - s.step_size * s.g, new_w=lambda s: s.w + s.new_v),
                 _momentum(new_v=lambda s: s.step_size * (s.beta * s.v + s.g), new_w=lambda s: s.w - s.new_v))),
        Mistake("old_v",
                "Your weights move with the old `v`.",
                "The new slope joins `v`, and is not felt until the next step. The first step of all goes nowhere.",
                "Which comes first in your code, the new `v` or the new `w`?",
                _ways(_momentum, "new_w", lambda s: s.w - s.step_size * s.v)),
        Mistake("nothing_stays",
                "Your `v` forgets all earlier slopes.",
                "It is the slope of this step alone, so the walk is plain gradient descent.",
                "Where does the old `v` enter your line?",
                _ways(_momentum, "new_v", lambda s: s.g)),
        Mistake("no_slope",
                "Your `v` never hears of the new slope.",
                "It only fades. A walk that starts at rest would stay at rest.",
                "Where does `g` enter your line?",
                _ways(_momentum, "new_v", lambda s: s.beta * s.v)),
        Mistake("nothing_fades",
                "Your `v` loses nothing.",
                "Without friction the walk swings through the valley for ever.",
                "Where does `beta` enter your line?",
                _ways(_momentum, "new_v", lambda s: s.v + s.g)),
        Mistake("beta_on_the_slope",
                "In your `v`, beta has met the slope and not the past.",
                "Then all of the past stays, and every new slope is made smaller.",
                "With beta = 0 the walk is plain gradient descent. What is yours?",
                _ways(_momentum, "new_v", lambda s: s.v + s.beta * s.g)),
        Mistake("beta_on_both",
                "In your `v`, beta has met the new slope as well.",
                "The new slope is made smaller before it has counted once. With beta = 0 nothing would move.",
                "Look at your brackets: what does beta multiply?",
                _ways(_momentum, "new_v", lambda s: s.beta * (s.v + s.g))),
        Mistake("shares_exchanged",
                "Your `v` keeps the wrong share.",
                "beta says how much stays. You took it for how much is lost, so a beta close to 1 forgets almost all.",
                "With beta = 0.9: how much of the old `v` is in the new one?",
                _ways(_momentum, "new_v",
                      lambda s: (1 - s.beta) * s.v + s.beta * s.g,
                      lambda s: (1 - s.beta) * s.v + s.g)),
        Mistake("faded_once_more",
                "Your weights move with a `v` that has faded once more, or not at all.",
                "What `v` has become after the slope has joined it, that is what moves the weights.",
                "How often does `beta` stand in your lines?",
                _ways(_momentum, "new_w",
                      lambda s: s.w - s.step_size * s.beta * s.new_v,
                      lambda s: s.w - s.step_size * (s.v + s.g))),
        Mistake("looked_ahead",
                "Your step looks ahead.",
                "That is Nesterov's rule: the step already counts what `v` will do next time. It is a good one, and "
                "not the one asked for.",
                "How often does the new slope come into your step?",
                _ways(_momentum, "new_w", lambda s: s.w - s.step_size * (s.g + s.beta * s.new_v))),
        Mistake("plain_step",
                "Your `v` is right, and your weights do not follow it.",
                "They move along the slope of this step alone. So the memory is kept and never used.",
                "Which name stands beside `step_size` in your code?",
                _ways(_momentum, "new_w", lambda s: s.w - s.step_size * s.g)),
        Mistake("slope_twice",
                "The new slope is in your step twice.",
                "It has joined `v` before `v` moves the weights.",
                "How many names stand beside `step_size` in your code?",
                (*_ways(_momentum, "new_w", lambda s: s.w - s.step_size * (s.new_v + s.g)),
                 *_ways(_momentum, "new_v", lambda s: s.beta * s.v + 2 * s.g))),
        Mistake("weights_remembered",
                "Your `v` is made of weights.",
                "The weights say where the walk is. What is to be remembered is where it was heading.",
                "Which of the arguments holds what is left of earlier gradients?",
                _ways(_momentum, "new_v",
                      lambda s: s.beta * s.w + s.g,
                      lambda s: s.beta * s.v + s.w)),
        Mistake("multiplied",
                "Your `v` multiplies the past with the new slope.",
                "A slope joins the others, it does not scale them. If `v` was 0, it could never become anything else.",
                "If `v` was 0, what should it be after a slope of 1?",
                _ways(_momentum, "new_v",
                      lambda s: s.beta * s.v * s.g,
                      lambda s: s.v * s.g)),
        *_handed_back(_momentum(), "`v`"),
    ),
)


# Exercise B: Adam and its correction

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def _adam_trials(rng):
    histories = [numbers(rng, t, d) for t, d in ((3, 3), (1, 2), (6, 1), (2, 4))]
    steady = np.tile([numbers(rng), QUIET, 0.0], (20, 1))
    return [*(_adam_trial(rng, history, _step_size(rng)) for history in histories), _adam_trial(rng, steady, 0.1)]


def _adam_trial(rng, history, step_size):
    """The step after this history of gradients, one in each row; the last of them is that of the step."""
    t, d = history.shape
    m, v = (_running_mean(history[:-1] ** power, beta) for power, beta in ((1, BETA1), (2, BETA2)))
    return numbers(rng, d), history[-1], m, v, t, step_size


def _running_mean(history, beta):
    """What a mean that starts at zero has become after these rows."""
    shares = (1 - beta) * beta ** np.arange(len(history))[::-1]
    return shares @ history


def _adam_noticed(w, g, m, v, t, step_size):
    def move(rule, size, t, *memory):
        return rule(w, size * g, *memory, t, step_size)[0] - w
    still = 0 * m, 0 * v
    shown, hundredfold, first = (number(move(adam_step.reference, *how)) for how in (
        (1, t, m, v), (100, t, 100 * m, 10000 * v), (1, 1, *still)))
    uncorrected = move(_adam(**UNCORRECTED), 1, 1, *still) / move(_adam(), 1, 1, *still)
    return (f"Your step {t} moves `w` by {shown}. I made all slopes so far a hundred times as steep, and it moved by "
            f"{hundredfold}. Adam asks how much the slopes agree, not how steep they are. From m = v = 0, the first "
            f"step moves by {first}: in every direction the step size. Without the correction it would be "
            f"{number(uncorrected[0])} times as long.")


UNCORRECTED = {"m_hat": lambda s: s.new_m, "v_hat": lambda s: s.new_v}
_adam = _way(
    "w g m v t step_size",
    new_m=lambda s: BETA1 * s.m + (1 - BETA1) * s.g,
    new_v=lambda s: BETA2 * s.v + (1 - BETA2) * s.g ** 2,
    m_hat=lambda s: s.new_m / (1 - BETA1 ** s.t),
    v_hat=lambda s: s.new_v / (1 - BETA2 ** s.t),
    direction=lambda s: s.m_hat / (np.sqrt(s.v_hat) + EPSILON),
    new_w=lambda s: s.w - s.step_size * s.direction,
    answer=lambda s: (s.new_w, s.new_m, s.new_v),
)


def _corrected(divisor):
    """Adam with another idea of what the means are divided by: divisor(beta, t)."""
    return _adam(m_hat=lambda s: np.divide(s.new_m, divisor(BETA1, s.t)),
                 v_hat=lambda s: np.divide(s.new_v, divisor(BETA2, s.t)))


def _shares(past, present):
    """Adam with other shares of the past and of the present in both means, in the first, and in the second."""
    m = {"new_m": lambda s: past(BETA1) * s.m + present(BETA1) * s.g}
    v = {"new_v": lambda s: past(BETA2) * s.v + present(BETA2) * s.g ** 2}
    return tuple(_adam(**other) for other in (m | v, m, v))


adam_step = Exercise(
    name="adam_step",
    head='''\
def adam_step(w, g, m, v, t, step_size):
    """Step number t of Adam, t = 1, 2, ...: the new w, m and v.

    w (d,), and g (d,), the gradient at w.  m and v (d,): the running means
    of the gradients and of their squares, 0 before the first step.
    Hand m and v back as they are, uncorrected.
    """
''',
    given='''\
beta1, beta2, epsilon = 0.9, 0.999, 1e-8
return ...
''',
    right='''\
beta1, beta2, epsilon = 0.9, 0.999, 1e-8
m = beta1 * m + (1 - beta1) * g
v = beta2 * v + (1 - beta2) * g ** 2
mean = m / (1 - beta1 ** t)
mean_square = v / (1 - beta2 ** t)
w = w - step_size * mean / (np.sqrt(mean_square) + epsilon)
return w, m, v
''',
    trials=_adam_trials,
    measure=_measured(("w", "m", "v"), ("t", "step_size")),
    noticed=_adam_noticed,
    parts=("w", "m", "v"),
    hints=(
        "Five lines: two running means, two corrections, one step. In a running mean the old value keeps the share "
        "beta, and the new number gets the rest. Begin with these two.",
        "Take the first step on paper, with a slope of 2 and m = 0 before it. What is m now? The mean of one slope of "
        "2 should be 2: what must m be divided by? And after two slopes of 2?",
        "The step goes along the corrected mean. How far the slopes mostly reach is told by the corrected mean square; "
        "bring it back to the unit of a slope before you divide by it. epsilon is there so that nobody divides by "
        "zero, and comes last.",
    ),
    slips=_slips(5),
    mistakes=(
        Mistake("no_correction",
                "Your means are not corrected.",
                "They start at zero, so at first they are too small, the mean of the squares far more than that of the "
                "slopes. So the first steps come out too long.",
                "After one slope of 2, what should the mean of all slopes so far be?",
                _adam(**UNCORRECTED)),
        Mistake("times_for_power",
                "Your correction multiplies beta by t.",
                "At the first step that makes no difference. But each step lets the share beta stay of what the one "
                "before has left. At the second step your correction is below zero already.",
                "Of the zero at the start, which share is left after one step, after two, after three?",
                _corrected(lambda beta, t: 1 - beta * t)),
        Mistake("without_t",
                "Your correction is the same at every step.",
                "At the first step it is right. Later the means have seen more slopes, and need less of it.",
                "Where does `t` enter your code?",
                _corrected(lambda beta, t: 1 - beta)),
        Mistake("t_from_zero",
                "Your correction counts the steps from zero.",
                "So at the first step it divides by zero.",
                "What is `t` at the first step, and how many slopes have the means seen by then?",
                _corrected(lambda beta, t: 1 - beta ** (t - 1))),
        Mistake("one_step_ahead",
                "Your correction is one step ahead.",
                "It takes the means for a step older than they are.",
                "What is `t` at the first step, and how many slopes have the means seen by then?",
                _corrected(lambda beta, t: 1 - beta ** (t + 1))),
        Mistake("power_not_share",
                "Your correction divides by what is left of the zero, not by what the slopes have got.",
                "That share becomes smaller and smaller, so your steps blow up.",
                "After a thousand steps, how much should the correction change?",
                _corrected(lambda beta, t: beta ** t)),
        Mistake("multiplied_by_correction",
                "Your correction makes small means smaller.",
                "A mean that starts at zero is too small, so the correction has to make it larger.",
                "Is your corrected mean further from zero than the other one, or closer?",
                _corrected(lambda beta, t: 1 / (1 - beta ** t))),
        Mistake("correction_stored",
                "Your step is right, and the corrected means are handed back.",
                "The next step starts from them and corrects them once more. Keep what is stored apart from what is "
                "used.",
                "Which names stand in your last line, and what has happened to them by then?",
                _adam(answer=lambda s: (s.new_w, s.m_hat, s.v_hat))),
        Mistake("corrected_twice",
                "Your means are corrected twice.",
                "Once fills up what the zero at the start has taken. Twice is too much.",
                "How often does your code divide `m`, from the old one to the step?",
                (_corrected(lambda beta, t: (1 - beta ** t) ** 2),
                 _adam(new_m=lambda s: (BETA1 * s.m + (1 - BETA1) * s.g) / (1 - BETA1 ** s.t),
                       new_v=lambda s: (BETA2 * s.v + (1 - BETA2) * s.g ** 2) / (1 - BETA2 ** s.t)))),
        Mistake("only_m_corrected",
                "Only your mean of the slopes is corrected.",
                "The mean of the squares starts at zero as well, and it takes far longer to fill up. So your first "
                "steps are much too long.",
                "How many corrections are in your code?",
                _adam(v_hat=lambda s: s.new_v)),
        Mistake("only_v_corrected",
                "Only your mean of the squares is corrected.",
                "The mean of the slopes starts at zero as well. So your first steps are much too short.",
                "How many corrections are in your code?",
                _adam(m_hat=lambda s: s.new_m)),
        Mistake("correction_outside",
                "Your correction of the mean square comes after the root.",
                "What was too small is the mean of the squares. So it has to be corrected before its root is taken.",
                "In which order does your code take the root and correct?",
                _adam(direction=lambda s: s.m_hat / (np.sqrt(s.new_v) / (1 - BETA2 ** s.t) + EPSILON))),
        Mistake("betas_exchanged",
                "The two betas have changed places.",
                "The slopes have the shorter memory, about ten steps. Their squares have the longer, about a thousand.",
                "Which beta stands beside `m`, and which beside `v`, in every one of your lines?",
                (_adam(new_m=lambda s: BETA2 * s.m + (1 - BETA2) * s.g,
                       new_v=lambda s: BETA1 * s.v + (1 - BETA1) * s.g ** 2),
                 _adam(new_m=lambda s: BETA2 * s.m + (1 - BETA2) * s.g,
                       new_v=lambda s: BETA1 * s.v + (1 - BETA1) * s.g ** 2,
                       m_hat=lambda s: s.new_m / (1 - BETA2 ** s.t),
                       v_hat=lambda s: s.new_v / (1 - BETA1 ** s.t)),
                 _adam(m_hat=lambda s: s.new_m / (1 - BETA2 ** s.t),
                       v_hat=lambda s: s.new_v / (1 - BETA1 ** s.t)))),
        Mistake("one_beta",
                "One beta serves both of your means.",
                "There are two, since slopes and squares are remembered for different times.",
                "Where do `beta1` and `beta2` stand in your code?",
                (_adam(new_v=lambda s: BETA1 * s.v + (1 - BETA1) * s.g ** 2,
                       v_hat=lambda s: s.new_v / (1 - BETA1 ** s.t)),
                 _adam(v_hat=lambda s: s.new_v / (1 - BETA1 ** s.t)),
                 _adam(m_hat=lambda s: s.new_m / (1 - BETA2 ** s.t)))),
        Mistake("not_a_mean",
                "At least one of your running means grows too large.",
                "The old value keeps its share, and the new number joins in full. That is a sum that fades, as in "
                "momentum. In a mean, old and new share one whole.",
                "If the slope is 2 at every step, where should `m` end?",
                _shares(lambda beta: beta, lambda beta: 1)),
        Mistake("shares_exchanged",
                "In at least one of your running means, old and new have each other's share.",
                "beta is close to one and says how much stays. Yours forgets almost everything at each step.",
                "With beta = 0.9: how much of the old `m` is in the new one?",
                _shares(lambda beta: 1 - beta, lambda beta: beta)),
        Mistake("nothing_fades",
                "At least one of your running means loses nothing.",
                "The past should make room for what is new. Yours only gathers more and more.",
                "How much of the old `m` is in the new one?",
                _shares(lambda beta: 1, lambda beta: 1 - beta)),
        Mistake("nothing_stays",
                "At least one of your means knows the last slope only.",
                "One slope has nothing to be averaged with, and the next one may say the opposite.",
                "Where do the old `m` and the old `v` enter your lines?",
                (*_shares(lambda beta: 0, lambda beta: 1 - beta),
                 *_shares(lambda beta: 0, lambda beta: 1))),
        Mistake("not_squared",
                "Your `v` is not made of squares.",
                "Slopes of both signs cancel in a mean. Squares do not: they say how far the slopes reach, on either "
                "side.",
                "Can your `v` be below zero? And which unit should it have?",
                _ways(_adam, "new_v",
                      lambda s: BETA2 * s.v + (1 - BETA2) * s.g,
                      lambda s: BETA2 * s.v + (1 - BETA2) * abs(s.g))),
        Mistake("square_of_mean",
                "Your `v` squares the mean, and not each slope.",
                "Where the slopes change their sign, their mean is nearly zero, and so is its square. Dividing by that "
                "makes the longest steps where the slopes agree least.",
                "What comes first in your code, the square or the mean?",
                _ways(_adam, "new_v",
                      lambda s: BETA2 * s.v + (1 - BETA2) * s.new_m ** 2,
                      lambda s: s.new_m ** 2,
                      lambda s: (BETA2 * s.v + (1 - BETA2) * s.g) ** 2)),
        Mistake("one_for_all",
                "Your `v` is the same for all weights.",
                "Each weight has slopes of its own size, and Adam gives it a step of its own.",
                "Which shape has what you square, and which shape has it after that?",
                _ways(_adam, "new_v",
                      lambda s: BETA2 * s.v + (1 - BETA2) * s.g.dot(s.g),
                      lambda s: BETA2 * s.v + (1 - BETA2) * np.mean(s.g ** 2))),
        Mistake("root_missing",
                "Your step shrinks where the slopes are large.",
                "It divides a slope by something that grows as the square of slopes. Count the loss in another unit, "
                "so that all slopes are a thousand times as steep, and your steps are a thousandth. Those of Adam stay "
                "as they are.",
                "If all slopes are ten times as steep, what happens to what you divide, and to what you divide by?",
                _adam(direction=lambda s: s.m_hat / (s.v_hat + EPSILON))),
        Mistake("epsilon_inside",
                "Your epsilon stands inside the root.",
                "There it acts as its own root, 0.0001, and no longer as 0.00000001. A weight with slopes as small as "
                "that would feel it, and move less than the others.",
                "Which comes last in your code, the root or epsilon?",
                _adam(direction=lambda s: s.m_hat / np.sqrt(s.v_hat + EPSILON))),
        Mistake("no_epsilon",
                "Your step divides zero by zero.",
                "A weight whose slopes have all been zero has zero above and zero below. That is what epsilon is for. "
                "(Missing brackets behind a / do the same.)",
                "What exactly stands below the line of your division?",
                _adam(direction=lambda s: s.m_hat / np.sqrt(s.v_hat))),
        Mistake("multiplied_by_root",
                "Your step multiplies where it should divide.",
                "Steep directions need caution, and yours become the fastest.",
                "What should a weight with large slopes do: move further than the others, or as far?",
                _adam(direction=lambda s: s.m_hat * np.sqrt(s.v_hat))),
        Mistake("only_momentum",
                "Your step does not use the mean of the squares.",
                "It is momentum. Every weight moves with the same step size, steep or flat.",
                "Where does `v` enter your step?",
                (_adam(direction=lambda s: s.m_hat),
                 _adam(direction=lambda s: s.new_m))),
        Mistake("only_the_slope",
                "Your step goes along the last slope, not along the mean.",
                "It is RMSProp, with a correction. The mean of the slopes is kept and never used.",
                "Where does `m` enter your step?",
                (_adam(direction=lambda s: s.g / (np.sqrt(s.v_hat) + EPSILON)),
                 _adam(direction=lambda s: s.g / (np.sqrt(s.new_v) + EPSILON)))),
        Mistake("old_means",
                "Your weights move with the old means.",
                "The new slope joins them, and is not felt until the next step. The first step of all goes nowhere.",
                "Which come first in your code, the new means or the new `w`?",
                _adam(m_hat=lambda s: s.m / (1 - BETA1 ** s.t), v_hat=lambda s: s.v / (1 - BETA2 ** s.t))),
        *_handed_back(_adam(), "`m` and `v`", (lambda new, args: (*new[1:], new[0]),
                                               lambda new, args: new[::-1],
                                               lambda new, args: (new[0], *new[:0:-1]))),
    ),
)


# Exercise C: repair an RMSProp that fears steep slopes too much

DECAY = 0.99
STEEPNESS = np.array([0.05, 20.0, 1.0, 0.4])   # no two weights alike, as on a valley's floor and on its walls


def _rmsprop_trials(rng):
    histories = [numbers(rng, t, d) * STEEPNESS[:d] for t, d in ((4, 3), (1, 2), (6, 1), (3, 4))]
    steady = np.tile([numbers(rng), QUIET, STILL, 0.0], (20, 1))
    return [_rmsprop_trial(rng, history) for history in (*histories, steady)]


def _rmsprop_trial(rng, history):
    """The step after this history of gradients, one in each row; the last of them is that of the step."""
    return numbers(rng, history.shape[1]), history[-1], _running_mean(history[:-1] ** 2, DECAY), _step_size(rng)


def _rmsprop_noticed(w, g, s, step_size):
    def moves(rule, size=1):
        return number((rule(w, size * g, size ** 2 * s, step_size)[0] - w)[:2])
    rules = rmsprop_step.as_given, rmsprop_step.reference
    (given, given_steeper), (mine, mine_steeper) = ((moves(rule), moves(rule, 100)) for rule in rules)
    return (f"The slopes of the first two weights are {number(g[:2])}. As it was given, the function moved them by "
            f"{given}: the flat one flew. Yours moves them by {mine}. Then I made all slopes so far a hundred times as "
            f"steep. The given function moved them by {given_steeper}, and yours by {mine_steeper}: it does not ask in "
            "which unit the loss is counted.")


_rmsprop = _way(
    "w g s step_size",
    new_s=lambda s: DECAY * s.s + (1 - DECAY) * s.g ** 2,
    direction=lambda s: s.g / (np.sqrt(s.new_s) + EPSILON),
    new_w=lambda s: s.w - s.step_size * s.direction,
    answer=lambda s: (s.new_w, s.new_s),
)


rmsprop_step = Exercise(
    name="rmsprop_step",
    head='''\
def rmsprop_step(w, g, s, step_size):
    """One step of RMSProp: the new w and the new s.

    w (d,), and g (d,), the gradient at w.
    s (d,): for each weight a running mean of its squared slopes.
    """
''',
    given='''\
decay, epsilon = 0.99, 1e-8
s = decay * s + (1 - decay) * g ** 2
w = w - step_size * g / (s + epsilon)
return w, s
''',
    right='''\
decay, epsilon = 0.99, 1e-8
s = decay * s + (1 - decay) * g ** 2
w = w - step_size * g / (np.sqrt(s) + epsilon)
return w, s
''',
    trials=_rmsprop_trials,
    measure=_measured(("w", "s"), ("step_size",)),
    noticed=_rmsprop_noticed,
    parts=("w", "s"),
    hints=(
        "Take a weight whose slope is 10 at every step, and another whose slope is 0.1. Where do their `s` end? And "
        "how far does the given function then move each of them, with a step size of 1?",
        "The idea of RMSProp is that both of them move equally far. Which of the two lines does not keep that promise, "
        "the one for `s` or the one for `w`?",
        "Say it with units. A slope is in grams, say, per unit of the weight. In which unit is `s`? For the units to "
        "cancel, what must a slope be divided by? The name of the rule says it: it begins with R.",
    ),
    slips=_slips(3),
    mistakes=(
        Mistake("given_division",
                "Your step shrinks where the slopes are large, as in the function that was given.",
                "A weight with steady slopes of 10 then moves a hundredth as far as one with steady slopes of 0.1. So "
                "the flat directions fly and the steep ones crawl. And a loss in another unit, a thousand times as "
                "large, makes all steps a thousandth.",
                "If all slopes are ten times as steep, what happens to what you divide, and to what you divide by?",
                (_rmsprop(direction=lambda s: s.g / (s.new_s + EPSILON)),
                 _rmsprop(direction=lambda s: s.g / s.new_s))),
        Mistake("not_squared",
                "Your `s` is not made of squares.",
                "A root is not needed then, and the units cancel. But slopes of both signs cancel as well, and where "
                "they do, the step has almost nothing below its line.",
                "What is your `s` where the slope goes 3, −3, 3, −3?",
                tuple(_rmsprop(new_s=lambda s: DECAY * s.s + (1 - DECAY) * s.g,
                               direction=lambda s, below=below: s.g / (below(s.new_s) + EPSILON))
                      for below in (lambda s: s, abs, np.sqrt))),
        Mistake("mean_of_lengths",
                "Your `s` is a mean of lengths, not of squares.",
                "A length has the unit of a slope, so such a mean needs no root, and no signs cancel in it. But it is "
                "another rule: a steep slope among many flat ones counts for less. The line for `s` was given, and it "
                "is right.",
                "Which of the two given lines had to be mended?",
                tuple(_rmsprop(new_s=lambda s: DECAY * s.s + (1 - DECAY) * abs(s.g),
                               direction=lambda s, below=below: s.g / (below(s.new_s) + EPSILON))
                      for below in (lambda s: s, np.sqrt))),
        Mistake("square_of_mean",
                "Your `s` squares the mean, and not each slope.",
                "Where the slopes change their sign, their mean is nearly zero, and so is its square. Then the longest "
                "steps come where the slopes agree least.",
                "What comes first in your code, the square or the mean?",
                (*_ways(_rmsprop, "new_s", lambda s: (DECAY * s.s + (1 - DECAY) * s.g) ** 2),
                 _rmsprop(new_s=lambda s: (DECAY * s.s + (1 - DECAY) * s.g) ** 2,
                          direction=lambda s: s.g / (s.new_s + EPSILON)))),
        Mistake("slope_squared",
                "Your step squares the slope above the line as well.",
                "The units cancel, and the sign is gone: every weight goes to the same side, wherever downhill is for "
                "it.",
                "Which way does your weight move when its slope is below zero?",
                (_rmsprop(direction=lambda s: s.g ** 2 / (s.new_s + EPSILON)),
                 _rmsprop(direction=lambda s: s.g ** 2 / (np.sqrt(s.new_s) + EPSILON)),
                 _rmsprop(direction=lambda s: abs(s.g) / (np.sqrt(s.new_s) + EPSILON)))),
        Mistake("root_of_slope",
                "Your step takes the root of too much.",
                "The whole division is under the root, or the slope alone. A slope below zero has no root, and a "
                "slope above zero loses its unit.",
                "What exactly stands in the brackets of your root?",
                (_rmsprop(direction=lambda s: np.sqrt(s.g / (s.new_s + EPSILON))),
                 _rmsprop(direction=lambda s: np.sqrt(s.g) / (np.sqrt(s.new_s) + EPSILON)),
                 _rmsprop(direction=lambda s: np.sqrt(s.g) / (s.new_s + EPSILON)))),
        Mistake("root_stored",
                "Your step is right, and `s` is handed back after its root.",
                "The next step would take it for a mean of squares. Keep what is stored apart from what is used.",
                "Which name stands in your last line, and what has happened to it by then?",
                _rmsprop(answer=lambda s: (s.new_w, np.sqrt(s.new_s)))),
        Mistake("root_twice",
                "There are two roots in your code.",
                "One brings the mean of the squares back to the unit of a slope. The second takes it on from there.",
                "In which of your lines is a root taken, and of what?",
                (_rmsprop(direction=lambda s: s.g / (np.sqrt(np.sqrt(s.new_s)) + EPSILON)),
                 _rmsprop(direction=lambda s: s.g / (np.sqrt(np.sqrt(s.new_s)) + EPSILON),
                          answer=lambda s: (s.new_w, np.sqrt(s.new_s))))),
        Mistake("old_s",
                "Your step divides by the old `s`.",
                "At the first step that is zero, so the first step flies away. The new slope has to be inside before "
                "its size is asked for.",
                "Which comes first in your code, the new `s` or the new `w`?",
                (_rmsprop(direction=lambda s: s.g / (np.sqrt(s.s) + EPSILON)),
                 _rmsprop(direction=lambda s: s.g / (s.s + EPSILON)))),
        Mistake("epsilon_inside",
                "Your epsilon stands inside the root.",
                "There it acts as its own root, 0.0001, and no longer as 0.00000001. A weight with slopes as small as "
                "that would feel it, and move less than the others.",
                "Which comes last in your code, the root or epsilon?",
                _rmsprop(direction=lambda s: s.g / np.sqrt(s.new_s + EPSILON))),
        Mistake("no_epsilon",
                "Your step divides zero by zero.",
                "A weight whose slopes have all been zero has zero above and zero below. That is what epsilon is for. "
                "(Missing brackets behind a / do the same.)",
                "What exactly stands below the line of your division?",
                _rmsprop(direction=lambda s: s.g / np.sqrt(s.new_s))),
        Mistake("multiplied",
                "Your step multiplies where it should divide.",
                "Steep directions need caution, and yours become the fastest.",
                "What should a weight with large slopes do: move further than the others, or as far?",
                _rmsprop(direction=lambda s: s.g * np.sqrt(s.new_s))),
        Mistake("division_gone",
                "Your step is that of plain gradient descent.",
                "`s` is kept and never used. So the steep directions again go far and the flat ones crawl.",
                "Where does `s` enter your step?",
                _rmsprop(direction=lambda s: s.g)),
        Mistake("slope_gone",
                "Your step leaves out the slope.",
                "What is left has no sign, so every weight goes to the same side, wherever downhill is for it.",
                "Where does `g` enter your step?",
                _rmsprop(direction=lambda s: 1 / (np.sqrt(s.new_s) + EPSILON))),
        Mistake("not_a_mean",
                "In your `s` the new square joins in full.",
                "In a mean, old and new share one whole. (Where nothing of the old is lost, that is another rule, "
                "AdaGrad: its steps become shorter and shorter.) The line for `s` was given, and it is right.",
                "If the slope is 3 at every step, where should `s` end?",
                _ways(_rmsprop, "new_s",
                      lambda s: s.s + s.g ** 2,
                      lambda s: DECAY * s.s + s.g ** 2)),
        Mistake("shares_exchanged",
                "In your `s`, old and new have each other's share.",
                "Then the past is forgotten at once, and a slope is divided by its own size. The line for `s` was "
                "given, and it is right.",
                "How much of the old `s` is in the new one?",
                _ways(_rmsprop, "new_s",
                      lambda s: (1 - DECAY) * s.s + DECAY * s.g ** 2,
                      lambda s: s.g ** 2)),
        Mistake("one_for_all",
                "Your step divides by one number for all weights.",
                "Each weight has slopes of its own size, and RMSProp gives it a step of its own.",
                "Which shape has what you divide by?",
                (_rmsprop(direction=lambda s: s.g / (np.sqrt(np.mean(s.new_s)) + EPSILON)),
                 _rmsprop(direction=lambda s: s.g / (np.sqrt(np.sum(s.new_s)) + EPSILON)),
                 _rmsprop(direction=lambda s: s.g / (np.linalg.norm(s.g) + EPSILON)),
                 *_ways(_rmsprop, "new_s",
                        lambda s: DECAY * s.s + (1 - DECAY) * s.g.dot(s.g),
                        lambda s: DECAY * s.s + (1 - DECAY) * np.mean(s.g ** 2)))),
        *_handed_back(_rmsprop(), "`s`"),
    ),
)
