"""The same explorer, made and moved in this process: what the page must show."""

from __future__ import annotations

import re
from html import unescape

import ipywidgets as widgets

from ..notebooks.explorer import explorer_in


class Twin:
    """What a cell of a lesson makes: one call of `gradlib.explorers`, perhaps as the result of a prediction."""

    def __init__(self, lesson, cell):
        self.explorer = explorer_in(lesson, cell)
        self.controls = self.explorer.controls

    def move(self, values: dict):
        for name, value in values.items():   # in the order of the controls: one may set another
            self.controls[name].value = value

    def shown(self) -> tuple[str, str]:
        """The sentence, and the moving layer of the picture."""
        return self.explorer.sentence, self.explorer.live.svg(self.explorer.sentence)

    def parts(self, kind: type) -> list:
        """The widgets of one kind, in the order in which they stand."""
        return [part for part in descendants(self.explorer) if isinstance(part, kind)]

    def tab_stops(self) -> list[str]:
        """What a screen reader should call the things that Tab leads to."""
        return [name for part in descendants(self.explorer) for name in names(part)]

    def dragged(self) -> list[str]:
        """The names of the places in the picture that can be dragged."""
        return [name for part in self.parts(widgets.HTML) for name in reached(part.value)]


def descendants(widget):
    for child in getattr(widget, "children", ()):
        yield child
        yield from descendants(child)


def names(widget) -> list[str]:
    """What Tab leads to in one widget."""
    if isinstance(widget, widgets.ToggleButtons):
        return [label for label, _ in widget.options]
    if isinstance(widget, widgets.Play):
        return ["play", "back to the start"]
    if isinstance(widget, (widgets.Checkbox, widgets.Button, widgets.ToggleButton)):
        return [widget.description]
    if isinstance(widget, widgets.HTML):
        return reached(widget.value)
    if hasattr(widget, "readout"):
        return [widget.description, f"{widget.description}, as a number"]
    return []


def reached(html: str) -> list[str]:
    """The names of what Tab leads to in HTML."""
    return [unescape(re.search('aria-label="([^"]*)"', tag).group(1))
            for tag in re.findall(r'<div[^>]*tabindex="0"[^>]*>', html)]
