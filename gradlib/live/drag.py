"""A point of the picture that can be dragged: by mouse, by finger, by the arrow keys."""

import json
from html import escape
from typing import NamedTuple

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes

from .. import plots
from .controls import stops_of


class Drag(NamedTuple):
    """Within these axes a pointer moves the controls named x and y (either may be None) to the stops next to it.

    The values of the controls are data coordinates of the axes.
    """

    axes: Axes
    x: str | None = None
    y: str | None = None

    @property
    def names(self):
        return [name for name in (self.x, self.y) if name]

    def spot(self, live):
        """Where the axes lie: the number of their panel, their [left, top, right, bottom] in SVG pixels of the figure,
        and as CSS within the panel."""
        height, box, panel = live.figure.canvas.get_width_height()[1], self.axes.bbox, live.panel_of(self.axes)
        left, right = live.panels[panel]
        css = (f"left: {100 * (box.x0 - left) / (right - left):.2f}%; top: {100 * (1 - box.y1 / height):.2f}%; "
               f"width: {100 * box.width / (right - left):.2f}%; height: {100 * box.height / height:.2f}%")
        return panel, [box.x0, height - box.y1, box.x1, height - box.y0], css

    def places(self, controls, height):
        """Where the stops lie, in SVG pixels of the figure: {control: (0 for across or 1 for down, [pixels])}."""
        found = {}
        for i, name in enumerate((self.x, self.y)):
            if name:
                values = np.array([value for value, _ in stops_of(controls[name])], float)
                points = np.column_stack([values, values])
                with np.errstate(all="ignore"):   # of a logarithmic axis nothing at or below 0 lies anywhere
                    pixels = self.axes.transData.transform(points)[:, i]
                pixels = height - pixels if i else pixels
                found[name] = i, [float(place) for place in np.nan_to_num(np.round(pixels, 1), nan=-1e6)]
        return found


class Handles:
    """The places in the picture that can be dragged, over all that is drawn, and the hidden field by which the browser
    says to the kernel where the pointer is: a text such as {"to": {"step_size": 12}} (stops, counted from 0)
    or {"by": {"step_size": 1}}."""

    def __init__(self, drags, live, controls, move_all):
        self._controls, self._move_all = controls, move_all
        self._names = {name for drag in drags for name in drag.names}
        self.mailbox = widgets.Text(layout=widgets.Layout(display="none"), description="drag")
        self.mailbox.add_class("gradlib-mailbox")
        self.mailbox.observe(self._heard, "value")
        self.places = widgets.HTML(_html(drags, live, controls))

    def _heard(self, change):
        """What the browser said. Anything else in the field is nothing."""
        try:
            said = json.loads(change["new"])
        except ValueError:
            return
        with self._move_all():
            for name in self._names:
                self._set(name, said.get("to", {}).get(name), said.get("by", {}).get(name, 0))

    def _set(self, name, to, by):
        control = self._controls[name]
        values = [value for value, _ in stops_of(control)]
        if to is None and by == 0:
            return
        if to is None:
            to = by + int(np.argmin([abs(value - control.value) for value in values]))
        control.value = values[min(max(int(to), 0), len(values) - 1)]


def _html(drags, live, controls):
    """An empty box for each panel, and in it what can be dragged."""
    boxes = [[] for _ in live.panels]
    for drag in drags:
        boxes[live.panel_of(drag.axes)].append(_place(drag, live, controls))
    return f'<div style="{plots.ROW}">' + "".join(
        f'<div style="position: relative; {plots.panel_style(live.figure, panel)}">{"".join(inside)}</div>'
        for panel, inside in zip(live.panels, boxes)) + "</div>"


def _place(drag, live, controls):
    """What can be dragged: it covers its axes, and knows where the stops of its controls lie."""
    height = live.figure.canvas.get_width_height()[1]
    _, area, css = drag.spot(live)
    style = f"position: absolute; cursor: crosshair; touch-action: {'none' if drag.y else 'pan-y'}; {css}"
    names = " and ".join(controls[name].description for name in drag.names)
    data = json.dumps({"area": area, "places": drag.places(controls, height)})
    return (f'<div class="gradlib-drag" tabindex="0" role="application" data-drag="{escape(data)}" style="{style}" '
            f'aria-label="{escape(names)}: drag, or press the arrow keys"></div>')
