"""The exercises of lesson 09: momentum, Adam and its correction, and an RMSProp that fears steep slopes too much."""

import numpy as np

from .calls import close
from .engine import Exercise, Mistake, numbers
from .messages import described, number
from .shared import each, step_slips, told

# What the three rules share: (w, g, memories, ..., step_size, ...) -> the new w and the new memories

QUIET = 0.0003   # a slope so small that it matters whether epsilon stands inside the root
STILL = 1e-7     # and one so small that it matters that epsilon is there, and that it is added


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


def _handed_back(first, direction, *memory):
    """What can happen on the last line.

    first is the line that makes the first memory, direction what is multiplied by the step size, memory the names of
    what is handed back beside w.
    """
    memories, names = " and ".join(f"`{name}`" for name in memory), ", ".join(memory)
    return (
        Mistake("weights_alone", f"Your function hands back `w` and not {memories}.",
                "A rule with a memory must hand it on, or the next step knows nothing of this one.",
                "How many names stand in your last line?", "return w"),
        Mistake("memory_lost", f"Your step is right, and your function hands back the old {memories}.",
                "The next step would begin as this one did, and nothing would ever be remembered.",
                f"Under which name do you keep the new {memories}?", f"old = {names},\n{first}\nreturn w, *old"),
        told("not_moved", "w = w"),
        told("returned_step", *each(f"w = {{}}step_size * {direction}", "", "-")),
    )


def _divided(above, mean_square, multiplied):
    """What can go wrong where a step is divided by the root of a mean square; multiplied is the code of one of them."""
    line = f"w = w - step_size * {above} {{}}"
    return (
        Mistake("epsilon_inside", "Your epsilon stands inside the root.",
                "There it acts as its own root, 0.0001. A weight with slopes as small as that moves less than others.",
                "What comes last in your code, root or epsilon?", each(line, f"/ np.sqrt({mean_square} + epsilon)")),
        Mistake("epsilon_subtracted", "Your epsilon is taken off, and should be added.",
                "A root as small as epsilon then leaves zero to divide by, and a smaller one turns the step round.",
                "For which root does your line divide by zero?", each(line, f"/ (np.sqrt({mean_square}) - epsilon)")),
        Mistake("no_epsilon", "Your step divides zero by zero.",
                "A weight whose slopes have all been zero has zero above and zero below. That is what epsilon is for. "
                "(Missing brackets behind a / do the same.)",
                "What exactly stands below the line of your division?", each(line, f"/ np.sqrt({mean_square})")),
        Mistake(multiplied, "Your step multiplies where it should divide.",
                "Steep directions need caution, and yours become the fastest.",
                "What should a weight with large slopes do: move further than the others, or as far?",
                each(line, f"* np.sqrt({mean_square})", f"* {mean_square}")),
        Mistake("squared_for_root", "Your step divides by a square where the root belongs.",
                "A mean of squares is there already. Its root has the unit of a slope, and its square does not.",
                "What undoes a square: a power or a root?", each(line, f"/ ({mean_square} ** 2 + epsilon)")),
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


OLD = "old = v\nv = beta * v + g"   # the old v, kept under another name

STEPS_KEPT = (("beta * v + step_size * g", "-"), ("beta * v - step_size * g", "+"), ("step_size * (beta * v + g)", "-"))

momentum_step = Exercise(
    name="momentum_step", parts=("w", "v"),
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
    trials=_momentum_trials, measure=_measured(("w", "v"), ("step_size", "beta")), noticed=_momentum_noticed,
    hints=(
        "Do it on paper. The slope is 1 at every step, beta is a half, and v begins at 0. The old v loses half of "
        "itself, and 1 joins it. What is v after one step, after two, after three?",
        "What should v be with beta = 0? Then nothing of the past stays, and the step is that of plain gradient "
        "descent.",
        "And with beta = 1 nothing is ever lost: v is the sum of all slopes so far. Which of the two, `v` or `g`, does "
        "beta belong to?",
    ),
    slips=step_slips(3),
    mistakes=(
        Mistake("moving_average", "Your `v` is a mean of the slopes so far.",
                "Many write momentum so, and Adam does. Then a slope counts by a small share. Here it counts in full.",
                "With a slope of 1 at every step, does `v` end at 1, or higher?", "v = beta * v + (1 - beta) * g"),
        Mistake("subtracted", "Your `v` takes the slope away.",
                "The last line has a minus already. With two of them the new slope pushes uphill.",
                "If the slope is above zero and `v` was 0, which sign should `v` have after the step?",
                each("v = {}", "beta * v - g", "g - beta * v")),
        Mistake("step_size_inside", "The step size has come into `v`.",
                "Many write momentum so. It is the same walk while the step size stays. Here `v` is made of slopes.",
                "In which of your lines does `step_size` stand, and does `v` need it?",
                tuple(f"v = {v}\n{w}" for v, sign in STEPS_KEPT for w in ("", f"w = w {sign} v"))),
        Mistake("step_size_inside_uphill", "The step size has come into `v`, and the new slope leads uphill.",
                "Your `v` is a step. What is added to the weights must hold the slope with a minus.",
                "If the slope is above zero and `v` was 0, does your weight grow or shrink?",
                tuple(f"v = {v}\nw = w {'+' if sign == '-' else '-'} v" for v, sign in STEPS_KEPT)),
        Mistake("past_without_step_size", "In your step, the past has not met the step size.",
                "That is how it is written where `v` is made of steps. Here `v` is made of slopes, all of them.",
                "What does `step_size` multiply in your line, and what stands beside it?",
                tuple(f"{OLD}\nw = w - step_size * g {sign} beta * {v}" for sign in "-+" for v in ("v", "old"))),
        Mistake("slope_not_itself", "Your `v` takes in the new slope without its sign.",
                "A square or a length is never below zero. So slopes of both signs could not cancel.",
                "What happens to `g` before it joins `v`?", each("v = beta * v + {}", "g ** 2", "abs(g)")),
        Mistake("past_uphill", "Your step takes the new slope away and adds the past.",
                "The past is made of slopes, too. Yours pushes against a new slope even where all of them agree.",
                "Which sign stands before each part of your step?",
                ("w = w + step_size * (beta * v - g)", f"{OLD}\nw = w + step_size * (beta * old - g)",
                 "v = beta * v + step_size * g\nw = w + beta * v - step_size * g")),
        Mistake("old_v", "Your weights move with the old `v`.",
                "The new slope joins `v`, and is not felt until the next step. The first step of all goes nowhere.",
                "Which comes first in your code, the new `v` or the new `w`?", f"{OLD}\nw = w - step_size * old"),
        Mistake("nothing_stays", "Your `v` forgets all earlier slopes.",
                "It is the slope of this step alone, so the walk is plain gradient descent.",
                "Where does the old `v` enter your line?", "v = g"),
        Mistake("no_slope", "Your `v` never hears of the new slope.",
                "It only fades. A walk that starts at rest would stay at rest.", "Where does `g` enter your line?",
                "v = beta * v"),
        Mistake("nothing_fades", "Your `v` loses nothing.",
                "Without friction the walk swings through the valley for ever.", "Where does `beta` enter your line?",
                "v = v + g"),
        Mistake("beta_on_the_slope", "In your `v`, beta has met the slope and not the past.",
                "Then all of the past stays, and every new slope is made smaller.",
                "With beta = 0 the walk is plain gradient descent. What is yours?", "v = v + beta * g"),
        Mistake("beta_on_both", "In your `v`, beta has met the new slope as well.",
                "The new slope is made smaller before it has counted once. With beta = 0 nothing would move.",
                "Look at your brackets: what does beta multiply?", "v = beta * (v + g)"),
        Mistake("shares_exchanged", "Your `v` keeps the wrong share.",
                "beta says how much stays. You took it for how much is lost, so a beta close to 1 forgets almost all.",
                "With beta = 0.9, how much of the old `v` stays?", each("v = (1 - beta) * v + {}", "beta * g", "g")),
        Mistake("faded_once_more", "Your weights move with a `v` that has faded once more, or not at all.",
                "What `v` has become after the slope has joined it, that is what moves the weights.",
                "How often does `beta` stand in your lines?",
                ("w = w - step_size * beta * v", f"{OLD}\nw = w - step_size * (old + g)")),
        Mistake("looked_ahead", "Your step looks ahead.",
                "That is Nesterov's rule, a good one: it counts what `v` will do next time. Another is asked for.",
                "How often does the new slope come into your step?", "w = w - step_size * (g + beta * v)"),
        Mistake("plain_step", "Your `v` is right, and your weights do not follow it.",
                "They move along the slope of this step alone. So the memory is kept and never used.",
                "Which name stands beside `step_size` in your code?", "w = w - step_size * g"),
        Mistake("slope_twice", "The new slope is in your step twice.",
                "It has joined `v` before `v` moves the weights.", "How many names stand beside `step_size`?",
                ("w = w - step_size * (v + g)", "v = beta * v + 2 * g")),
        Mistake("weights_remembered", "Your `v` is made of weights.",
                "The weights say where the walk is. What is to be remembered is where it was heading.",
                "Which argument holds what is left of the past?", each("v = {}", "beta * w + g", "beta * v + w")),
        Mistake("multiplied", "Your `v` multiplies the past with the new slope.",
                "A slope joins the others, it does not scale them. If `v` was 0, it could never become anything else.",
                "If `v` was 0, what should it be after a slope of 1?", each("v = {}", "beta * v * g", "v * g")),
        Mistake("past_squared", "Your `v` multiplies the past with itself.",
                "What is left of the past is a share of it. A square has lost its sign and its unit.",
                "How often does the old `v` stand in your lines?",
                each("v = {}", "beta * v * v + g", "v ** 2 + g", "(beta * v) ** 2 + g", "beta * v * v")),
        *_handed_back("v = beta * v + g", "v", "v"),
    ),
)


# Exercise B: Adam and its correction

BETA1, BETA2 = 0.9, 0.999


def _adam_trials(rng):
    histories = [numbers(rng, t, d) for t, d in ((3, 3), (1, 2), (6, 1), (2, 4))]
    histories[2][-1] *= 0.01   # one slope far below the others: v falls
    steady = np.tile([numbers(rng), QUIET, STILL, 0.0], (20, 1))
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
    uncorrected = move(adam_step.way(UNCORRECTED), 1, 1, *still) / move(adam_step.reference, 1, 1, *still)
    return (f"Your step {t} moves `w` by {shown}. I made all slopes so far a hundred times as steep, and it moved by "
            f"{hundredfold}. Adam asks how much the slopes agree, not how steep they are. From m = v = 0, the first "
            f"step moves by {first}: in every direction the step size. Without the correction it would be "
            f"{number(uncorrected[0])} times as long.")


RATIO = "np.sqrt(1 - beta2 ** t) / (1 - beta1 ** t)"   # both corrections in one
UNCORRECTED = "mean = m\nmean_square = v"


STORED = "m = (beta1 * m + (1 - beta1) * g) / (1 - beta1)\nv = (beta2 * v + (1 - beta2) * g ** 2) / (1 - beta2)"


def _corrected(divisor):
    """Lines with another idea of what both means are divided by; beta stands for the beta of each."""
    return "\n".join(f"{mean} / ({divisor.replace('beta', beta)})"
                     for mean, beta in (("mean = m", "beta1"), ("mean_square = v", "beta2")))


def _shares(past, present):
    """Lines with other shares of the past and of the present in both means, in the first, and in the second."""
    m, v = (f"{mean} = ({past}) * {mean} + ({present}) * {new}".replace("beta", beta)
            for mean, new, beta in (("m", "g", "beta1"), ("v", "g ** 2", "beta2")))
    return f"{m}\n{v}", m, v


adam_step = Exercise(
    name="adam_step", parts=("w", "m", "v"),
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
    trials=_adam_trials, measure=_measured(("w", "m", "v"), ("t", "step_size")), noticed=_adam_noticed,
    hints=(
        "Five lines: two running means, two corrections, one step. In a running mean the old value keeps the share "
        "beta, and the new number gets the rest. Begin with these two.",
        "Take the first step on paper, with a slope of 2 and m = 0 before it. What is m now? The mean of one slope of "
        "2 should be 2: what must m be divided by? And after two slopes of 2?",
        "The step goes along the corrected mean. How far the slopes mostly reach is told by the corrected mean square; "
        "bring it back to the unit of a slope before you divide by it. epsilon is there so that nobody divides by "
        "zero, and comes last.",
    ),
    slips=step_slips(5),
    accepted={
        "Your epsilon is 0.0000001, as Keras has it; this is accepted.":
            "w = w - step_size * mean / (np.sqrt(mean_square) + 1e-7)",
        "Your rule takes the larger of the root and epsilon; this is accepted.":
            "w = w - step_size * mean / np.maximum(np.sqrt(mean_square), epsilon)",
        "Your epsilon joins the root before the correction, as in the faster form of the paper; this is accepted.":
            "w = w - step_size * mean * np.sqrt(1 - beta2 ** t) / (np.sqrt(v) + epsilon)",
        "Your epsilon is 0.0000001, and joins the root before the correction, as TensorFlow has it; this is accepted.":
            "w = w - step_size * mean * np.sqrt(1 - beta2 ** t) / (np.sqrt(v) + 1e-7)"},
    mistakes=(
        Mistake("no_correction", "Your means are not corrected.",
                "They start at zero and are too small at first, above all that of the squares. So steps are too long.",
                "After one slope of 2, what should the mean of all slopes so far be?", UNCORRECTED),
        Mistake("times_for_power", "Your correction multiplies beta by t.",
                "At the first step that makes no difference. At the second, your correction is below zero already.",
                "Which share of the zero is left after one step, after two, after three?", _corrected("1 - beta * t")),
        Mistake("without_t", "Your correction is the same at every step.",
                "What the means need at the first step is too much later, when they have seen more slopes.",
                "Where does `t` enter your code?",
                (_corrected("1 - beta"),
                 "w = w - step_size * np.sqrt(1 - beta2) / (1 - beta1) * m / (np.sqrt(v) + epsilon)",
                 *(f"{STORED}\nw = w - step_size{size} * m / (np.sqrt(v) + epsilon)"
                   for size in ("", " * np.sqrt(1 - beta2) / (1 - beta1)")))),
        Mistake("t_from_zero", "Your correction counts the steps from zero.",
                "So at the first step it divides by zero.",
                "What is `t` at the first step, when the means have seen one slope?",
                _corrected("1 - beta ** (t - 1)")),
        Mistake("one_step_ahead", "Your correction is one step ahead.",
                "It takes the means for a step older than they are.",
                "What is `t` at the first step, when the means have seen one slope?",
                _corrected("1 - beta ** (t + 1)")),
        Mistake("power_not_share",
                "Your correction divides by what is left of the zero, not by what the slopes have got.",
                "That share becomes smaller and smaller, so your steps blow up.",
                "After a thousand steps, how much should the correction change?", _corrected("beta ** t")),
        Mistake("multiplied_by_correction", "Your correction makes small means smaller.",
                "A mean that starts at zero is too small, so the correction has to make it larger.",
                "Is your corrected mean further from zero than the other one, or closer?",
                (_corrected("1 / (1 - beta ** t)"), f"w = w - step_size / ({RATIO}) * m / (np.sqrt(v) + epsilon)")),
        Mistake("correction_stored", "Your step is right, and the corrected means are handed back.",
                "The next step corrects them once more. Keep what is stored apart from what is used.",
                "Which names stand in your last line, and what has become of them?", "return w, mean, mean_square"),
        Mistake("corrected_twice", "Your means are corrected twice.",
                "Once fills up what the zero at the start has taken. Twice is too much.",
                "How often does your code divide `m`, from the old one to the step?",
                (_corrected("(1 - beta ** t) ** 2"),
                 _corrected("(1 - beta ** t) ** 2") + "\nreturn w, m / (1 - beta1 ** t), v / (1 - beta2 ** t)",
                 f"w = w - step_size * {RATIO} * mean / (np.sqrt(mean_square) + epsilon)")),
        Mistake("only_m_corrected", "Only your mean of the slopes is corrected.",
                "The mean of the squares starts at zero as well. So your first steps are much too long.",
                "How many corrections are in your code?", "mean_square = v"),
        Mistake("only_v_corrected", "Only your mean of the squares is corrected.",
                "The mean of the slopes starts at zero as well. So your first steps are much too short.",
                "How many corrections are in your code?", "mean = m"),
        Mistake("correction_outside", "Your correction of the mean square comes after the root.",
                "What was too small is the mean of the squares. So it has to be corrected before its root is taken.",
                "In which order does your code take the root and correct?",
                "w = w - step_size * mean / (np.sqrt(v) / (1 - beta2 ** t) + epsilon)"),
        Mistake("betas_exchanged", "The two betas have changed places.",
                "The slopes have the shorter memory, about ten steps. Their squares have the longer, about a thousand.",
                "Which beta stands beside `m`, and which beside `v`, in every one of your lines?",
                ("m = beta2 * m + (1 - beta2) * g\nv = beta1 * v + (1 - beta1) * g ** 2",
                 "beta1, beta2, epsilon = 0.999, 0.9, 1e-8",
                 "mean = m / (1 - beta2 ** t)\nmean_square = v / (1 - beta1 ** t)")),
        Mistake("one_beta", "One beta serves both of your means.",
                "There are two, since slopes and squares are remembered for different times.",
                "Where do `beta1` and `beta2` stand in your code?",
                ("beta1, beta2, epsilon = 0.9, 0.9, 1e-8", "beta1, beta2, epsilon = 0.999, 0.999, 1e-8",
                 "mean_square = v / (1 - beta1 ** t)", "mean = m / (1 - beta2 ** t)")),
        Mistake("other_betas", "Your betas are not the two that were given.",
                "Other rules, and other settings of this one, forget faster or more slowly.",
                "Which numbers stand in your first line, and which stood there?",
                each("beta1, beta2, epsilon = {}, 1e-8", "0.9, 0.99", "0.99, 0.999", "0.95, 0.999", "0.9, 0.95",
                     "0.5, 0.999")),
        Mistake("not_a_mean", "At least one of your running means grows too large.",
                "The new number joins in full, as in momentum. In a mean, old and new share one whole.",
                "If the slope is 2 at every step, where should `m` end?", _shares("beta", "1")),
        Mistake("shares_exchanged", "In at least one of your running means, old and new have each other's share.",
                "beta is close to one and says how much stays. Yours forgets almost everything at each step.",
                "With beta = 0.9: how much of the old `m` is in the new one?", _shares("1 - beta", "beta")),
        Mistake("nothing_fades", "At least one of your running means loses nothing.",
                "The past should make room for what is new. Yours only gathers more and more.",
                "How much of the old `m` is in the new one?", _shares("1", "1 - beta")),
        Mistake("nothing_stays", "At least one of your means knows the last slope only.",
                "One slope has nothing to be averaged with, and the next one may say the opposite.",
                "Where do the old `m` and `v` enter your lines?", (*_shares("0", "1 - beta"), *_shares("0", "1"))),
        Mistake("not_squared", "Your `v` is not made of squares.",
                "Slopes of both signs cancel in a mean. Squares do not: they say how far slopes reach on either side.",
                "Can your `v` be below zero?", each("v = beta2 * v + (1 - beta2) * {}", "g", "abs(g)")),
        told("square_of_mean", *each("v = {}", "beta2 * v + (1 - beta2) * m ** 2", "m ** 2",
                                     "(beta2 * v + (1 - beta2) * g) ** 2"), noun="`v`"),
        Mistake("one_for_all", "Your `v` is the same for all weights.",
                "Each weight has slopes of its own size, and Adam gives it a step of its own.",
                "Which shape has what you square, and which shape has it after that?",
                each("v = beta2 * v + (1 - beta2) * {}", "g @ g", "np.mean(g ** 2)")),
        Mistake("root_missing", "Your step shrinks where the slopes are large.",
                "Make all slopes a thousand times as steep, and your steps are a thousandth. Those of Adam stay.",
                "If all slopes are ten times as steep, what happens to what you divide, and to what you divide by?",
                each("w = w - step_size * mean / ({} + epsilon)", "mean_square", "v")),
        Mistake("only_momentum", "Your step does not use the mean of the squares.",
                "It is momentum. Every weight moves with the same step size, steep or flat.",
                "Where does `v` enter your step?", each("w = w - step_size * {}", "mean", "m")),
        Mistake("only_the_slope", "Your step goes along the last slope, not along the mean.",
                "It is RMSProp, with a correction. The mean of the slopes is kept and never used.",
                "Where does `m` enter your step?", ("mean = g", "w = w - step_size * g / (np.sqrt(v) + epsilon)")),
        Mistake("wrong_number_to_the_power", "Your correction takes the power of the wrong number.",
                "Each step lets the share beta of the zero stay, so the power is that of beta.",
                "In which order does your line take the power and the difference?",
                (_corrected("(1 - beta) ** t"), _corrected("1 / (1 - beta) ** t"))),
        Mistake("plus_in_correction", "Your correction adds where it should take away.",
                "What the slopes have got is one minus what is left of the zero. Yours is larger than one.",
                "At the first step, which share of `m` is the slope's?", _corrected("1 + beta ** t")),
        Mistake("same_share_twice", "In at least one of your running means, old and new have the same share.",
                "Together the two shares are one whole. Yours are almost two.",
                "If the slope is 2 at every step, where should `m` end?", _shares("beta", "beta")),
        Mistake("kept_largest", "Your `v` never falls.",
                "The largest mean so far is kept, as in AMSGrad. In Adam the mean follows the squares down as well.",
                "After many small slopes, where should `v` be?", "v = np.maximum(v, beta2 * v + (1 - beta2) * g ** 2)"),
        told("root_twice", "mean_square = np.sqrt(v / (1 - beta2 ** t))"),
        told("shrinking_steps", *each("w = w - step_size / {} * mean / (np.sqrt(mean_square) + epsilon)", "t",
                                      "np.sqrt(t)")),
        Mistake("old_means", "Your weights move with the old means.",
                "The new slope joins them, and is not felt until the next step. The first step of all goes nowhere.",
                "Which come first in your code, the new means or the new `w`?",
                "old_m, old_v = m, v\nm = beta1 * m + (1 - beta1) * g\n"
                "mean = old_m / (1 - beta1 ** t)\nmean_square = old_v / (1 - beta2 ** t)"),
        *_divided("mean", "mean_square", "multiplied_by_root"),
        *_handed_back("m = beta1 * m + (1 - beta1) * g", "mean / (np.sqrt(mean_square) + epsilon)", "m", "v"),
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


STEP = "w = w - step_size * {}"

rmsprop_step = Exercise(
    name="rmsprop_step", parts=("w", "s"),
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
    trials=_rmsprop_trials, measure=_measured(("w", "s"), ("step_size",)), noticed=_rmsprop_noticed,
    hints=(
        "Take a weight whose slope is 10 at every step, and another whose slope is 0.1. Where do their `s` end? And "
        "how far does the given function then move each of them, with a step size of 1?",
        "The idea of RMSProp is that both of them move equally far. Which of the two lines does not keep that promise, "
        "the one for `s` or the one for `w`?",
        "Say it with units. A slope is in grams, say, per unit of the weight. In which unit is `s`? For the units to "
        "cancel, what must a slope be divided by? The name of the rule says it: it begins with R.",
    ),
    accepted={
        "Your epsilon is 0.0000001, as Keras has it; this is accepted.":
            "w = w - step_size * g / (np.sqrt(s) + 1e-7)",
        "Your rule takes the larger of the root and epsilon; this is accepted.":
            "w = w - step_size * g / np.maximum(np.sqrt(s), epsilon)"},
    slips=step_slips(3),
    mistakes=(
        Mistake("given_division", "Your step shrinks where the slopes are large, as in the function that was given.",
                "A weight with steady slopes of 10 then moves a hundredth as far as one with steady slopes of 0.1. So "
                "the flat directions fly and the steep ones crawl.",
                "If all slopes are ten times as steep, what happens to what you divide, and to what you divide by?",
                each(STEP, "(g / (s + epsilon))", "g / s")),
        Mistake("not_squared", "Your `s` is not made of squares.",
                "Slopes of both signs cancel in a mean. Then the step has almost nothing below its line.",
                "What is your `s` where the slope goes 3, −3, 3, −3?",
                each("s = decay * s + (1 - decay) * g\nw = w - step_size * g / ({}(s) + epsilon)", "", "abs",
                     "np.sqrt")),
        Mistake("mean_of_lengths", "Your `s` is a mean of lengths, not of squares.",
                "It needs no root, and no signs cancel in it. But a steep slope among many flat ones counts for less. "
                "The line for `s` was given, and it is right.",
                "Which of the two given lines had to be mended?",
                each("s = decay * s + (1 - decay) * abs(g)\nw = w - step_size * g / ({}(s) + epsilon)", "", "np.sqrt")),
        told("square_of_mean", *each("s = (decay * s + (1 - decay) * g) ** 2\nw = w - step_size * g / {}",
                                     "(s + epsilon)", "(np.sqrt(s) + epsilon)"), noun="`s`"),
        Mistake("slope_squared", "Above its line, your step has lost the sign of the slope.",
                "So every weight goes to the same side, wherever downhill is for it.",
                "Which way does your weight move when its slope is below zero?",
                each(STEP, "g ** 2 / (s + epsilon)", "g ** 2 / (np.sqrt(s) + epsilon)",
                     "abs(g) / (np.sqrt(s) + epsilon)")),
        Mistake("root_of_slope", "Your step takes the root of too much.",
                "The whole division is under the root, or the slope alone. But a slope below zero has no root.",
                "What exactly stands in the brackets of your root?",
                each(STEP, "np.sqrt(g / (s + epsilon))", "np.sqrt(g) / (np.sqrt(s) + epsilon)",
                     "np.sqrt(g) / (s + epsilon)")),
        Mistake("root_stored", "Your step is right, and `s` is handed back after its root.",
                "The next step would take it for a mean of squares. Keep what is stored apart from what is used.",
                "Which name stands in your last line, and what has happened to it by then?", "return w, np.sqrt(s)"),
        told("root_twice", *each("w = w - step_size * g / (np.sqrt(np.sqrt(s)) + epsilon)\nreturn w, {}", "s",
                                 "np.sqrt(s)")),
        Mistake("old_s", "Your step divides by the old `s`.",
                "At the first step that is zero, so that step flies away. First the new slope has to be inside.",
                "Which comes first in your code, the new `s` or the new `w`?",
                each("old = s\ns = decay * s + (1 - decay) * g ** 2\nw = w - step_size * g / ({}(old) + epsilon)",
                     "np.sqrt", "")),
        Mistake("division_gone", "Your step is that of plain gradient descent.",
                "`s` is kept and never used. So the steep directions again go far and the flat ones crawl.",
                "Where does `s` enter your step?", each(STEP, "g")),
        Mistake("own_size", "Your step divides each slope by its own size.",
                "All that is left of it is its sign, and `s` is never used.", "Where does `s` enter your step?",
                each(STEP, "np.sign(g)", "g / (abs(g) + epsilon)")),
        Mistake("slope_gone", "Your step leaves out the slope.",
                "What is left has no sign, so every weight goes to the same side, wherever downhill is for it.",
                "Where does `g` enter your step?", each(STEP, "1 / (np.sqrt(s) + epsilon)")),
        Mistake("shares_apart", "In your `s` the shares of old and new do not add up to one.",
                "In a mean, old and new share one whole. Otherwise it ends elsewhere, for slopes that stay the same.",
                "If the slope is 3 at every step, where should `s` end?",
                each("s = decay * s + {} * g ** 2", 0.1, 0.001)),
        Mistake("not_a_mean", "In your `s` the new square joins in full.",
                "In a mean, old and new share one whole. (Where nothing of the old is lost, that is another rule, "
                "AdaGrad: its steps become shorter and shorter.) The line for `s` was given, and it is right.",
                "If the slope is 3 at every step, where should `s` end?", each("s = {} + g ** 2", "s", "decay * s")),
        Mistake("shares_exchanged", "Your `s` forgets the past at once, or almost.",
                "Old and new have each other's share, or the old has none. The line for `s` was given, and is right.",
                "How much of the old `s` is in the new one?", ("s = (1 - decay) * s + decay * g ** 2", "s = g ** 2")),
        Mistake("other_decay", "Your decay is not the one that was given.",
                "Other settings of the rule forget faster, or more slowly. The first line was given, and it is right.",
                "Which number stood in the first line as given?", each("decay, epsilon = {}, 1e-8", 0.9, 0.95, 0.999)),
        Mistake("one_for_all", "Your step divides by one number for all weights.",
                "Each weight has slopes of its own size, and RMSProp gives it a step of its own.",
                "Which shape has what you divide by?",
                (*each(STEP, "g / (np.sqrt(np.mean(s)) + epsilon)", "g / (np.sqrt(np.sum(s)) + epsilon)",
                        "g / (np.linalg.norm(g) + epsilon)"),
                 *each("s = decay * s + (1 - decay) * {}", "g @ g", "np.mean(g ** 2)"))),
        *_divided("g", "s", "multiplied"),
        *_handed_back("s = decay * s + (1 - decay) * g ** 2", "g / (np.sqrt(s) + epsilon)", "s"),
    ),
)
