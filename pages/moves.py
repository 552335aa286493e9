"""What moves on a page: the controls of an explorer, and the stops at which it is computed beforehand.

Most explorers have more settings than a page should fetch. `CHOSEN` names the stops of a control, as they stand beside
it; of a control that is not named there, all are taken. The stop at which the explorer opens is always among them.
"""

import itertools
import math
from typing import NamedTuple

import ipywidgets as widgets

from courseware.troubles import Trouble

MOST = 10_000   # settings of an explorer on a page
CHOSEN = {   # {explorer, as `baking.named` calls it: {control: stops}}
    "whose_gradient": {
        "step_size": ("0.01",), "step": ("0", "50", "100", "115", "120", "150", "180", "200", "400"),
        "stray_x": ("−3", "1", "4", "8", "12"), "stray_y": ("0", "1")},
    "training": {
        "step_size": ("0.01", "0.1", "1", "10"), "hidden": ("1", "2", "5"), "scale": ("0.1", "1", "10"),
        "step": ("1", "20", "100", "300")},
    "step_and_batch": {
        "step_size": ("0.01", "0.02", "0.05", "0.1", "0.14", "0.2", "0.28", "0.4", "0.5", "0.71", "1", "1.4", "2"),
        "batch_size": ("1", "2", "6", "18", "38", "114", "342"), "steps": ("60", "600"), "dice": ("1",)},
    "step_and_batch_own": {
        "step_size": ("0.01", "0.02", "0.05", "0.1", "0.2", "0.4", "0.5", "0.71", "1", "1.4", "1.6", "2"),
        "steps": ("60", "600"), "dice": ("1",)},
    "optimizer_race": {
        "factor": ("0.32", "1", "3.2", "10"), "beta": ("0", "0.8", "0.9"), "turn": ("0", "45"),
        "step": ("20", "50", "150"), **dict.fromkeys(("SGD", "momentum", "Nesterov", "RMSProp", "Adam"), ("yes",))},
    "guesses": {
        "d": ("5", "20", "50"), "samples": ("1", "2", "4", "16", "64"), "noise": ("0", "0.1"), "dice": ("1",)},
    "many_machines": {
        "workers": ("1", "2", "8", "64", "512"),
        "rows": ("10,000", "100,000", "1 million", "10 million", "100 million", "1 billion"),
        "talk": ("0", "1", "25", "100")},
    "what_it_sees": {
        "picture": ("0", "5", "7", "12", "21", "25"), "far": ("0", "0.2", "0.4", "0.7", "1", "1.5", "2", "3")},
}


class Move(NamedTuple):
    """A control on a page.

    kind     "range", "choice" or "switch"; "fixed" where it has one stop only
    values   its stops, as the explorer hears them;   texts   what stands beside it
    at       the number of the stop at which it opens
    numbers  of its stops among those of the lesson that runs;   of   how many it has there
    seconds  how long its play button waits at each, or None
    by       the control on which it depends how many stops there are, and these numbers, 0 where it is switched off; or
             None
    most, off  the number of its last stop, and whether it is switched off, as the explorer opens
    """

    name: str
    label: str
    kind: str
    values: tuple
    texts: tuple
    at: int
    numbers: list
    of: int
    seconds: float | None
    by: tuple | None
    most: int
    off: bool

    def count(self, at):
        """How many stops it has where the other controls are at these; 0 if it is switched off.  at {name: number}."""
        if self.by is None:
            return len(self.values)
        leader, counts = self.by
        return min(counts[at[leader]], len(self.values))


def left_out(moves):
    """What of the controls is not on the page, as a list of a few words each.  moves {name: Move}."""
    fewer = [f"{len(move.texts)} of {move.of} stops of “{move.label}”" for move in moves.values()
             if 1 < len(move.texts) < move.of]
    fixed = {}
    for move in moves.values():
        if len(move.texts) == 1:
            where = {"yes": "always on", "no": "always off"}.get(move.texts[0], f"fixed at {move.texts[0]}")
            fixed.setdefault(where, []).append(f"“{move.label}”")
    return fewer + [f"{', '.join(labels)} {where}" for where, labels in fixed.items()]


def moves_of(explorer, chosen):
    """{name: Move} of an explorer, in the order of its controls.  chosen {name: stops}."""
    for name in chosen.keys() - explorer.controls.keys():
        raise Trouble(f"pages/moves.py chooses stops of {name}, and the explorer has {', '.join(explorer.controls)}.")
    longest, dependent = counted(explorer)
    values, moves = explorer.values(), {}
    for name, control in explorer.controls.items():
        stops = longest[name]
        opening = [value for value, _ in stops].index(values[name])
        numbers = sorted({opening, *picked(name, chosen.get(name), [text for _, text in stops])})
        kept, texts = zip(*(stops[number] for number in numbers))
        moves[name] = Move(
            name, control.description, kind_of(control) if len(kept) > 1 else "fixed", kept, texts,
            numbers.index(opening), numbers, len(stops), explorer.plays.get(name), dependent.get(name),
            most=min(len(explorer.stops(name)), len(kept)) - 1, off=control.disabled)
    return moves


def settings(moves):
    """The values of the controls by name, for every setting. One that is switched off stays as it opens, and where one
    has fewer stops, the last one stays."""
    numbers = [range(len(move.values)) for move in moves.values()]
    if math.prod(map(len, numbers)) > MOST:
        raise Trouble(f"An explorer with the controls {', '.join(moves)} has more than {MOST:,} settings. "
                      "Choose some of its stops in pages/moves.py.")
    for places in itertools.product(*numbers):
        at = dict(zip(moves, places))
        for name, move in moves.items():
            count = move.count(at)
            at[name] = min(at[name], count - 1) if count else move.at
        yield {name: moves[name].values[place] for name, place in at.items()}


def picked(name, chosen, texts):
    """The numbers of the chosen stops, or of all."""
    for text in chosen or ():
        if text not in texts:
            raise Trouble(f"The control {name} has no stop {text}, which pages/moves.py chooses. It stops at "
                          f"{', '.join(texts)}.")
    return range(len(texts)) if chosen is None else map(texts.index, chosen)


def counted(explorer):
    """For each control its longest list of stops; and for one whose list depends on a choice, which, and how long."""
    longest, dependent = {name: explorer.stops(name) for name in explorer.controls}, {}
    for by, control in explorer.controls.items():
        for name, lists in lists_by(explorer, by).items() if kind_of(control) == "choice" else ():
            counts = [len(stops) for stops in lists]
            if len(set(counts)) > 1:
                longest[name], dependent[name] = max(lists, key=len), (by, counts)
    return longest, dependent


def lists_by(explorer, by):
    """{control: its stops at each stop of the choice `by`, none where it is switched off}. Afterwards the explorer
    stands as before."""
    before = {name: control.value for name, control in explorer.controls.items()}
    lists = {name: [] for name in before}
    for value, _ in explorer.stops(by):
        explorer.controls[by].value = value
        for name, found in lists.items():
            found.append([] if explorer.controls[name].disabled else explorer.stops(name))
    for name, value in before.items():
        explorer.controls[name].value = value
    return lists


def kind_of(control):
    """What it is on a page."""
    return {widgets.Checkbox: "switch", widgets.ToggleButtons: "choice"}.get(type(control), "range")
