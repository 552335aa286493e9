"""Lesson 02: the step size, with limit, best step and the whole loss curve predicted before the run."""


import numpy as np

from .. import plots, theory
from ..data import penguins
from ..live import Album, Drag, explore, log_slider, switch
from .lesson02_page import Page
from .lesson02_run import Setting
from .reader import Data, brought
from .valley import Plane, plane_of, ready_to_walk, standardised

START = np.array([-0.5, 0.6])
FLIPPER_RANGE, BILL_RANGE = (-0.9, 1.7), (-1.4, 1.4)


def step_size(X=None, y=None, names=None):
    """Move the step size; see the path and the loss, with the predicted curve and limit drawn beside the run.

    X (n, d), y (n,): data of your own, in place of the penguins, as they are: descent begins at zero. A single feature
    gets a column of ones, for the bias; of more than two columns the flattest and the steepest axis are drawn. names:
    those of the columns, and last that of y, such as ("size (m²)", "rooms", "rent (€)"); a DataFrame brings its own.
    Raises TypeError and ValueError as `brought`, and ValueError where no single weights are lowest, or the start is.
    """
    if X is None and y is None:
        return _step_size(birds(), settings())
    data = ready_to_walk(brought(X, y, names))
    start = np.zeros(data.X.shape[1])
    return _step_size(data, [Setting(X, data.y, start, plane_of(data, X, data.y, start))
                             for X in (data.X, standardised(data.X))])


def birds():
    """Flipper and bill of the penguins and their mass, each above its average."""
    X, y = penguins("flipper", "bill")
    return Data(X - X.mean(axis=0), y - y.mean(), ("flipper (cm)", "bill (mm)"), "mass (kg)")


def settings():
    """The penguins with flippers in cm and bills in mm, and with both features standardised."""
    data, views = birds(), np.array([FLIPPER_RANGE, BILL_RANGE])
    raw, scaled = ([f"weight of the {name} (kg per {unit})" for name, unit in zip(("flipper", "bill"), units)]
                   for units in (("cm", "mm"), ("standard dev.",) * 2))
    return [Setting(X, data.y, START, Plane(np.eye(2), np.zeros(2), titles, views, aspect="equal"))
            for X, titles in ((data.X, raw), (standardised(data.X), scaled))]


@plots.style()
def _step_size(data, choices):
    limits = [theory.step_limit(setting.X) for setting in choices]
    low, high = np.floor(2 * np.log10(min(limits) / 60)) / 2, np.ceil(2 * np.log10(max(limits) * 2.5)) / 2
    often = max(4, min(20, round(160 / (high - low))))   # stops for each power of ten
    begin = low + round((np.log10(0.3 * limits[0]) - low) * often) / often
    pages = [Page(data, setting, 10.0**low, 10.0**high, i == 1) for i, setting in enumerate(choices)]
    for page in pages:
        page.show(10.0**begin)   # so that nothing that moves lies where it was made, on a page not yet opened
    album = Album(*(page.live for page in pages))

    def update(step_size, standardise):
        album.turn_to(int(standardise))
        return pages[standardise].show(step_size)

    return explore(update, album, room=250 if data.own else 170, drag=Drag(album.figure.axes[-1], x="step_size"),
                   code=lambda step_size, standardise: pages[standardise].code(step_size),
                   step_size=log_slider("step size", 10.0**low, 10.0**high, 10.0**begin, per_decade=often),
                   standardise=switch("standardise the features"))
