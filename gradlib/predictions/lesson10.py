"""The predictions of lesson 10."""

import re

from . import Prediction
from .said import numbers


def first_layer_off(said):
    """Degrees between the first layer's arrow and its gradient after 20 steps."""
    return numbers(r"step 20: .* layer 1 (\d+)", said)[0][0]


def gain_of_the_late_steps(said):
    """By what the loss is multiplied from step 100 to step 300, all of them with the first layer past 90 degrees."""
    rows = numbers(r"step (\d+): first layer (\d+) degrees, all weights \d+, loss ([\d.]+\d)", said)
    late = [loss for step, off, loss in rows if step >= 100 and off > 90]
    return late[-1] / late[0]


def steps_of_320(said):
    """How many steps 320 weights need."""
    return numbers(r"320 weights: (\d+) steps", said)[0][0]


def guesses_off(said):
    """Degrees between a single guess and the gradient, for the three ways that guess."""
    ways = "evolution strategies", "SPSA", "forward gradient"
    return [numbers(rf"{way} .* (\d+) degrees", said)[0][0] for way in ways]


def price_of_sixteen(said):
    """What a hundredth of the loss costs with 16 samples a step, divided by what it costs with one."""
    cost = {samples: cost for cost, samples in numbers(r"cost of (\d+) losses.* (\d+) sample", said)}
    return cost[16] / cost[1]


def ends(names):
    """Whether the three end in this order, the lowest loss first: an answer, and its test."""
    def holds(said):
        found = re.findall(r"(hill climbing|SPSA|backprop) ([\d.]+)", said)
        return names == ", ".join(name for name, _ in sorted(found, key=lambda end: float(end[1])))
    return names, holds


alignment = Prediction(
    "How far off is the first layer's arrow after 20 steps through a random B?",
    right=("under 45 degrees", lambda said: first_layer_off(said) < 45),
    wrong={
        "random_stays_random": ("about 90 degrees", lambda said: 80 < first_layer_off(said) < 100, (
            "B stays as random as it was, and it need not change. What changes is W2: it learns from a layer that was "
            "shaped through B.")),
        "weights_turn_slowly": ("about 60 degrees", lambda said: 50 < first_layer_off(said) < 70, (
            "Weights turn slowly where they are large. These begin small, so after a few steps nearly all of W2 is "
            "what it has learned since.")),
    },
)

past_ninety = Prediction(
    "The first layer is more than 90 degrees off. What does the loss do?",
    right=("it falls", lambda said: gain_of_the_late_steps(said) < 0.9),
    wrong={
        "one_layer_decides": ("it rises", lambda said: gain_of_the_late_steps(said) > 1.1, (
            "By itself this layer would walk uphill. But all layers move at once, their inner products add up, and the "
            "other two give more than the first one takes.")),
        "layers_cancel": ("it stands still", lambda said: 0.9 < gain_of_the_late_steps(said) < 1.1, (
            "Up and down would cancel if both were equal. Then all weights together would be 90 degrees off, and they "
            "are not: the other two layers weigh more.")),
    },
)

many_weights = Prediction(
    "320 weights: how many steps of the forward gradient to a hundredth of the loss?",
    right=("about 1,500", lambda said: 1200 < steps_of_320(said) < 1800),
    wrong={
        "right_on_average_is_right": ("about 5", lambda said: steps_of_320(said) < 20, (
            "Right on average is not yet right. Nearly all of one guess is noise, so the step size must be 322 times "
            "smaller than along the gradient.")),
        "one_step_per_weight": ("about 300", lambda said: 200 < steps_of_320(said) < 400, (
            "One step for each weight would do if each settled its direction for good. Random arrows overlap: after "
            "320 steps, on average, more than a third of the loss is left.")),
    },
)

single_guess = Prediction(
    "How many degrees off is a single guess, with 337 weights?",
    right=("nearly 90", lambda said: min(guesses_off(said)) > 80),
    wrong={
        "average_points_right": ("about 30", lambda said: max(guesses_off(said)) < 45, (
            "The mean of very many guesses points right. A single one has the same short way along the gradient, and "
            "noise in 336 other directions.")),
        "halfway_to_ninety": ("about 60", lambda said: 50 < min(guesses_off(said)) <= max(guesses_off(said)) < 70, (
            "A forward gradient lies between 0 and 90 degrees off, but not evenly spread. Among so many weights, "
            "nearly all arrows are nearly at right angles to each other.")),
    },
)

sixteen = Prediction(
    "At equal cost, will the loss be lower or higher with the mean of 16 guesses?",
    right=("higher", lambda said: price_of_sixteen(said) > 1.1),
    wrong={
        "better_guess_pays": ("lower", lambda said: price_of_sixteen(said) < 0.9, (
            "A better arrow allows longer steps, here about nine times as long. But it costs as much as 16 steps along "
            "bad arrows, and every one of these moves on from a new place.")),
        "price_and_gain_cancel": ("the same", lambda said: 0.9 < price_of_sixteen(said) < 1.1, (
            "16 times the price would be fair for steps 16 times as long. With 20 weights they are about nine times "
            "as long.")),
    },
    at=({"samples": 16},),
)

climbers = Prediction(
    "In which order do the three end, the lowest loss first?",
    right=ends("backprop, hill climbing, SPSA"),
    wrong={
        "more_told_more_learnt": (*ends("backprop, SPSA, hill climbing"), (
            "SPSA does hear more: by how much. But what it makes of it is nearly all noise, and it steps along that "
            "every time. Hill climbing keeps only the moves that help.")),
        "many_looks_beat_few_steps": (*ends("SPSA, hill climbing, backprop"), (
            "For the price of 1,000 losses backprop makes only 333 steps. But each goes along the true gradient of all "
            "337 weights.")),
    },
)
