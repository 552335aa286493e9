"""Lesson 09: five update rules race on three losses. All get the same gradient, by backprop."""

import functools

import numpy as np

from .. import plots
from ..descent import SGD, Adam, Momentum, Nesterov, RMSProp, cosine, descend
from ..live import Album, choice, explore, log_slider, said, slider, switch
from .lesson09_picture import LOOKS, Page
from .lesson09_tracks import bowl, rosenbrock, two_moons

STEPS = 150
SCHEDULES = ("constant", "cosine to zero")
MAKERS = {"SGD": "SGD({})", "momentum": "Momentum({}, {})", "Nesterov": "Nesterov({}, {})",
          "RMSProp": "RMSProp({})", "Adam": "Adam({}, {})"}
APART = 1e6   # a loss from which on a rule has flown apart


def race(track, factor=1.0, beta=0.9, schedule=0, turn=0):
    """{rule: (weights, losses)} of a race, in the track's own directions: `factor` times its step sizes, beta for all
    that have one, and the valley turned by so many degrees against the weights."""
    sizes = [factor * size for size in track.step_sizes]
    if schedule:
        sizes = [cosine(size, STEPS) for size in sizes]
    makers = (SGD, lambda s: Momentum(s, beta), lambda s: Nesterov(s, beta), RMSProp, lambda s: Adam(s, beta))
    return {name: _run(track, make(size), turn) for name, make, size in zip(LOOKS, makers, sizes)}


def turned(degrees):
    """The matrix of a turn."""
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def _run(track, rule, degrees):
    turn = turned(degrees) if degrees else np.eye(len(track.start))
    slope, losses = track.loss_and_gradient, []

    def gradient(w):
        loss, g = slope(turn.T @ w) if degrees else slope(w)
        losses.append(loss)
        return turn @ g if degrees else g

    with np.errstate(over="ignore", invalid="ignore"):
        run = descend(gradient, turn @ track.start if degrees else track.start, rule, STEPS)
        gradient(run.weights[-1])
        return run.weights @ turn if degrees else run.weights, np.array(losses)


@plots.style()
def optimizer_race():
    """Choose the track, the step sizes, the momentum and the schedule; turn the valley; see five rules take the same
    gradient, step by step."""
    tracks = bowl(), rosenbrock(), two_moons()
    pages = [Page(track, STEPS) for track in tracks]
    album = Album(*(page.live for page in pages))
    run = functools.lru_cache(maxsize=1)(lambda number, *settings: race(tracks[number], *settings))

    def update(track, factor, beta, schedule, turn, step, **shown):
        album.turn_to(track)
        turn = turn if tracks[track].turns else 0
        racing = {name: result for name, result in run(track, factor, beta, schedule, turn).items() if shown[name]}
        pages[track].show(racing, step, turn)
        return sentence(tracks[track].name, factor, turn, step, racing)

    return explore(
        update, album, room=240, code=lambda track, **values: code(tracks[track], **values), together=[(*LOOKS,)],
        track=choice("loss", *(track.name for track in tracks)),
        factor=log_slider("step sizes ×", 0.1, 10, value=1.0, per_decade=10),
        beta=slider("momentum", 0.0, 0.99, 0.01, value=0.9), schedule=choice("schedule", *SCHEDULES),
        turn=slider("turn the valley", 0, 90, 5, value=0), step=slider("step", 1, STEPS, 1, value=STEPS),
        **{name: switch(name, True) for name in LOOKS})


def sentence(name, factor, turn, step, racing):
    """Who is lowest, and where the others are."""
    ends = {rule: losses[step] for rule, (_, losses) in racing.items() if step < len(losses) and losses[step] < APART}
    there = sorted(ends, key=ends.get)
    apart = [rule for rule in racing if rule not in ends]
    where = (f" {name[0].upper()}{name[1:]}, {said(factor)} times the step sizes"
             + (f", turned by {turn} degrees against the weights." if turn else "."))
    if not racing:
        return "No rule is switched on." + where
    lowest = (f"After {step} step{'s' * (step > 1)} {there[0]} is lowest: "
              + ", ".join(f"{rule} {said(ends[rule])}" for rule in there) + "." if there else
              f"After {step} step{'s' * (step > 1)} no rule is left.")
    return lowest + (f" Flown apart: {', '.join(apart)}." if apart else "") + where


def code(track, factor, beta, schedule, turn, step, **shown):
    """The program that prints the sentence's numbers."""
    turn = turn if track.turns else 0
    at, back = ("turn.T @ w", "turn @ ") if turn else ("w", "")
    size = f"cosine({factor:g} * size, {STEPS})" if schedule else f"{factor:g} * size"
    rules = [MAKERS[name].format(f"sizes[{i}]", f"{beta:g}") for i, name in enumerate(LOOKS) if shown[name]]
    return "\n".join([
        f"from gradlib import {', '.join(['autodiff'] * track.turns + ['explorers'] * (turn > 0 or not track.turns))}",
        f"from gradlib.descent import SGD, Adam, Momentum, Nesterov, RMSProp, {'cosine, ' * schedule}descend", "",
        *track.code, *[f"turn = explorers.lesson09.turned({turn})"] * (turn > 0),
        f"sizes = [{size} for size in {track.step_sizes}]",
        f"rules = [{', '.join(rules[:3])}" + ",\n         " * (len(rules) > 3) + f"{', '.join(rules[3:])}]",
        "for rule in rules:",
        f"    run = descend(lambda w: {back}slope({at})[1], {back}{track.begin}, rule, {step})",
        f"    print(type(rule).__name__, slope({at.replace('w', 'run.weights[-1]')})[0])"])
