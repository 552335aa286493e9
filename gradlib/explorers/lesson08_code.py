"""Lesson 08: the program that prints the numbers of a sentence."""

import numpy as np

from .. import theory
from .lesson08_ground import birds, ground_of
from .lesson08_outcome import LONGEST, forgotten_after, manner_of, number_of_runs, settled_after

MEASURED = 'print("measured", theory.excess_loss(X, y, runs[-1]).mean(), '
HIGHER = (   # told of runs that leave
    "loss = theory.excess_loss(X, y, runs)",
    'print(loss[-1].mean(), "higher than at first:", (~(loss[-1] <= loss[0])).sum(), "runs")')
FRESH = (
    f"expected = theory.expected_excess(X, y, start, {{eta}}, {{B}}, steps={LONGEST})",
    "floor, limit = theory.noise_floor(X, y, {eta}, {B}), theory.mean_square_limit(X, {B})",
    MEASURED + '"predicted", expected[{steps}])',
    'print("floor", floor, "limit", limit, "settles after", settled_after(expected, floor))')
FRESH_LEAVES = (
    *HIGHER, 'print("predicted", theory.expected_excess(X, y, start, {eta}, {B}, {steps})[-1])',
    'print("limit", theory.mean_square_limit(X, {B}))')
BESIDE = 'print("fresh ones", theory.noise_floor(X, y, {eta}, {B}), theory.mean_square_limit(X, {B}))'
SHUFFLED = (
    "floors = theory.shuffled_floor(X, y, {eta}, {B})", MEASURED + '"last batch", len(X) % {B})',
    'print("floor", floors[{steps} % (len(floors) - 1)], "from", floors.min(), "to", floors.max())',
    f'print("settles after", forgotten_after(X, y, start, {{eta}}, floors.min()))   # inf: over {LONGEST}', BESIDE)
TOLD = {("fresh", True): FRESH, ("fresh", False): FRESH_LEAVES, ("shuffled", True): SHUFFLED,
        ("shuffled", False): (*HIGHER, BESIDE)}   # and whether they settle
HELPERS = birds, ground_of, forgotten_after, settled_after


def code(ground, step_size, batch_size, steps, batches, dice):
    """The program that prints the sentence's numbers."""
    manner, runs = manner_of(ground, batch_size, batches), number_of_runs(ground, batch_size, steps)
    floor = theory.noise_floor if manner == "fresh" else theory.shuffled_floor
    settles = bool(np.isfinite(floor(ground.X, ground.y, step_size, batch_size)).all())
    eta, how = f"{step_size:g}", f"steps={steps}, runs={runs}, rng=default_rng({dice})"
    if manner == "shuffled":
        how = f'{steps}, {runs}, default_rng({dice}), "shuffled"'
    body = "\n".join([
        ground.code, f"runs = descent.many_runs(X, y, start, {eta}, {batch_size}, {how})",
        *(line.format(eta=eta, B=batch_size, steps=steps) for line in TOLD[manner, settles])])
    helpers = ", ".join(helper.__name__ for helper in HELPERS if f"{helper.__name__}(" in body)
    return "\n".join([
        "from numpy.random import default_rng",
        "from gradlib import descent, theory", f"from gradlib.explorers.lesson08_code import {helpers}", "", body])
