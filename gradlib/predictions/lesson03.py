"""The predictions of lesson 03."""

import re

from . import Prediction


def waits(said, name):
    """Whether a node gets its slope in parts, and hands on only after the last of them."""
    got = [match.start() for match in re.finditer(f"so {name} receives", said)]
    handed_on = re.search(f"{name} has slope", said)
    return len(got) > 1 and handed_on is not None and handed_on.start() > got[-1]


waiting = Prediction(
    "Half-way through the backward pass of L = ax + a: which of a and x must wait before it may hand its slope on?",
    right=("only a", lambda said: waits(said, "a") and not waits(said, "x")),
    wrong={
        "inputs_hand_on": ("only x", lambda said: waits(said, "x") and not waits(said, "a"), (
            "It is true that x collects from two sides. But x is an input: nothing went into it, so there is nobody to "
            "whom it could hand a slope. The node that stands between is a.")),
        "all_shared_wait": ("both", lambda said: waits(said, "a") and waits(said, "x"), (
            "Both are used twice, so both collect. But only a hands on what it has collected: "
            "x is an input, and its slope is an end of the walk.")),
        "hand_on_at_once": ("neither", lambda said: not waits(said, "a") and not waits(said, "x"), (
            "Each part could be handed on by itself as it comes, and the sum would be right. That is a walk along "
            "every path, and paths multiply. A node that waits hands on once, and every edge is crossed once.")),
    },
    at=tuple({"step": step} for step in range(5, 11)),
)
