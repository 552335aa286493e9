"""The predictions of lesson 07."""

import re

from . import Prediction
from .said import numbers


def percent(pattern):
    """The first percentage behind this pattern, as a function of what is said."""
    return lambda said: numbers(rf"{pattern} ([\d.]+) ?%", said)[0][0]


straight, wrong_network = percent("right:"), percent("wrong:")


def equal_to(said):
    """The most digits to which all six slopes are equal, of 3, 6 and 12."""
    rows = [row.split() for row in re.findall(r"3, 6, 12 digits: (.*)", said)]
    return max(digits for digits, same in zip((3, 6, 12), zip(*rows)) if {*same} == {"True"})


def needs_longer(said):
    """The activations with less than nine tenths on the right side after 300 steps."""
    return [name for right, name in re.findall(
        r"([\d.]+) % of the points are on the right side after 300 steps.* hidden layers? of (\w+)", said)
        if float(right) < 90]


def last_to_first(said):
    """How many times the slope of the first sigmoid layer goes into that of the last."""
    first, last = numbers(r"sigmoid +([\d.]+).* ([\d.]+)", said)[0]
    return last / first


one_line = Prediction(
    "How many percent of the two moons can one straight line get right?",
    right=("about 90 %", lambda said: 85 < straight(said) < 95),
    wrong={
        "tangled_is_hopeless": ("about 50 %", lambda said: 45 < straight(said) < 55, (
            "The moons reach into each other, so no straight line parts them. Still most points of each moon lie on "
            "one side of a good line.")),
        "training_finds_a_way": ("all of them", lambda said: straight(said) == 100, (
            "Training moves and turns the line, and it stays straight. The moons reach into each other, so every "
            "straight line leaves some points on its wrong side.")),
    },
)

digits = Prediction(
    "To how many digits will backprop's slopes equal those by hand?",
    right=("at least twelve", lambda said: equal_to(said) >= 12),
    wrong={
        "backprop_estimates": ("about three", lambda said: equal_to(said) == 3, (
            "Three digits are what a nudge may give. Backprop nudges nothing: it multiplies the same slopes as the "
            "four equations.")),
        "rounding_piles_up": ("about six", lambda said: equal_to(said) == 6, (
            "Rounding does grow with the number of operations. But it begins in the sixteenth digit, and three layers "
            "do not bring it anywhere near the sixth.")),
    },
)

slow_bend = Prediction(
    "Which will need more than 300 steps to bend its line around the moons?",
    right=("sigmoid", lambda said: needs_longer(said) == ["sigmoid"]),
    wrong={
        "corners_cannot_bend": ("relu", lambda said: needs_longer(said) == ["relu"], (
            "A relu unit is two straight pieces, so the line has corners. Many short pieces follow a moon well, and "
            "where relu is not silent, its slope is a whole 1.")),
        "flat_ends_stop_all": ("tanh", lambda said: needs_longer(said) == ["tanh"], (
            "Far out tanh is flat. But the sums begin not far from zero. There its slope is up to 1, and that of the "
            "sigmoid a quarter at most.")),
    },
    at=({"activation": 0}, {"activation": 1}, {"activation": 2}),
)

vanishing = Prediction(
    "Five layers of sigmoid: how many times smaller is the first slope than the last?",
    right=("about 1,000 times", lambda said: 500 < last_to_first(said) < 2000),
    wrong={
        "factors_add_up": ("about 20 times", lambda said: 15 < last_to_first(said) < 30, (
            "Five layers, each with a factor of about four, make 20 if factors are added. Slopes along a path are "
            "multiplied: four times four, five layers long.")),
        "weights_make_up": ("about 5 times", lambda said: 3 < last_to_first(said) < 8, (
            "Weights could make up for a flat bend, were they large enough. The first weights are not: a "
            "typical layer still loses a factor of about four.")),
    },
)

spoilt = Prediction(
    "A wrong line for delta1, 600 steps: how many percent come out right?",
    right=("about 98 %", lambda said: 97 < wrong_network(said) < 99),
    wrong={
        "wrong_slopes_teach_nothing": ("about 50 %", lambda said: 45 < wrong_network(said) < 55, (
            "Only the slopes of the first layer are wrong. Those of the other two are true, and they learn to make "
            "something of whatever the first layer hands on.")),
        "spoilt_layer_as_none": ("about 90 %", lambda said: 85 < wrong_network(said) < 95, (
            "About 90 % is what a straight line reaches. But a first layer that learns wrongly still bends its sums, "
            "and the layers behind it learn to weigh them.")),
    },
)
