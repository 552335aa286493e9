"""The predictions of lesson 09."""

import re

from . import Prediction
from .said import numbers


def steps(said):
    """How many steps momentum has taken."""
    return numbers(r"momentum: (\d+) steps", said)[0][0]


def left_behind(said):
    """The rules that have flown apart in the bowl, at ten times the step sizes."""
    rules, = re.findall(r"After 150 steps .* Flown apart: (.*?)\. A narrow bowl, 10 times the step sizes", said)
    return set(rules.split(", "))


def same_when_turned(said):
    """The rules that end at the same loss, straight and turned."""
    return [rule for rule, straight, turned in re.findall(r"(\w+) +straight (\S+) +turned (\S+)", said)
            if straight == turned]


momentum = Prediction(
    "104 steps by gradient descent in a valley with κ = 30: how many by momentum?",
    right=("about 30", lambda said: 22 < steps(said) < 38),
    wrong={
        "old_slopes_teach_nothing": ("about 90", lambda said: 80 < steps(said) < 104, (
            "A velocity is made of old slopes only, so it seems to know nothing new. It knows where slopes agree: "
            "along the valley they add up, and there gradient descent is slow.")),
        "gain_is_a_factor": ("about 50", lambda said: 42 < steps(said) < 60, (
            "Twice as fast, in every valley? The gain grows with the valley. Not κ decides, but its root, and the root "
            "of 30 is 5.5.")),
    },
)

ten_times = Prediction(
    "Which rules come home from the narrow bowl with ten times the step sizes?",
    right=("RMSProp and Adam", lambda said: left_behind(said) == {"SGD", "momentum", "Nesterov"}),
    wrong={
        "momentum_brakes_all": ("momentum and Nesterov", lambda said: left_behind(said) == {"SGD", "RMSProp", "Adam"}, (
            "Momentum brakes where slopes alternate, and so it stands somewhat longer steps than SGD. Ten times is too "
            "much: the slope grows with the distance, and with it the next step.")),
        "limit_is_the_valleys": ("none of the five", lambda said: len(left_behind(said)) == 5, (
            "The limit of lesson 02 holds for steps that grow with the slope. RMSProp and Adam divide the slope by its "
            "usual size, so a steep side makes no longer steps.")),
    },
    at=({"factor": 10},),
)

turned = Prediction(
    "Bowl and start are turned by 45 degrees. Which rules end at exactly the same loss?",
    right=("SGD and momentum", lambda said: same_when_turned(said) == ["SGD", "Momentum"]),
    wrong={
        "a_turn_changes_nothing": ("all four", lambda said: len(same_when_turned(said)) == 4, (
            "It is the same bowl, seen from another side, and for arrows that is all. But RMSProp and Adam work "
            "weight by weight, and in the turned bowl other weights share out the curvature.")),
        "adapts_to_any_shape": ("RMSProp and Adam", lambda said: same_when_turned(said) == ["RMSProp", "Adam"], (
            "They adapt, but only a number for each weight. In the slanting valley both weights have slopes of much "
            "the same size, so there is little to adapt.")),
        "memory_resists_a_turn": ("SGD alone", lambda said: same_when_turned(said) == ["SGD"], (
            "Momentum remembers, but what it remembers is a sum of gradients. These are arrows, and they turn along "
            "with the bowl.")),
    },
)
