"""Controls, a picture that moves, a sentence, and the code that gives the sentence's numbers."""

import contextlib
import re
from html import escape
from typing import NamedTuple

import ipywidgets as widgets

from .. import plots
from ..spoken import voice
from .controls import shown, stops_of, value_of
from .drag import Drag, Handles

WORDS = "margin: 0; max-width: 60em; line-height: 1.5; font-size: var(--jp-content-font-size1, 14px)"
FILLER = "words of a usual length "   # as long as the longest sentence, and never seen: it keeps the place
ROW_HEIGHT = 32   # pixels of a row of controls, in the browser
SHOW_CODE = "Show the code of this picture"


class Frame(NamedTuple):
    """What one setting of the controls shows.

    page   the number of the stage;   pieces   the moving artists, as `Live.pieces` gives them;
    sentence   what is said of them;   code   the program that gives its numbers, or ""
    """

    page: int
    pieces: list
    sentence: str
    code: str


class Explorer(widgets.VBox):
    """Controls, the picture, and one sentence that says in words what the picture shows.

    `sentence` is the text under the picture, the picture's accessible name, and what a saved notebook
    and a terminal show. `controls` are the widgets by name; `stage`, `layer` and `words` those that show it;
    `plays` the seconds of a step of those with a play button; `below` the widgets that the explorer brought.
    """

    def __init__(self, update, live, controls, room, code=None, above=(), below=(), together=(), drag=()):
        self._update, self._code, self._sent, self._held = update, code, None, False
        self.live, self.controls, self.room = live, {name: _inner(part) for name, part in controls.items()}, room
        self.rows, self.below = _rows(controls, together), (*above, *below)
        self.plays = {name: part.seconds for name, part in controls.items() if hasattr(part, "seconds")}
        self.stage, self.layer, self.words = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.drags = (drag,) if isinstance(drag, Drag) else tuple(drag)
        self._handles = Handles(self.drags, live, self.controls, self._move_all)
        self._move()
        for control in self.controls.values():
            control.observe(self._move, "value")
        super().__init__([*self._laid_out(controls), *above, self._picture(), self.words, *below, *self._program(),
                          *([self._handles.mailbox] if self.drags else []), voice()])
        self.add_class("gradlib-explorer")

    def values(self):
        """The controls' values by name, as `update` is given them."""
        return {name: value_of(control) for name, control in self.controls.items()}

    def stops(self, name):
        """All that a control can be set to now: pairs of (value, what stands beside it)."""
        return stops_of(self.controls[name])

    def frame(self, **values):
        """The `Frame` of these values; what is on the screen stays as it is until the next move."""
        sentence = _with_minus_signs(self._update(**values))
        return Frame(getattr(self.live, "number", 0), self.live.pieces(), sentence, self.code(**values))

    def code(self, **values):
        """The program of these values; "" if the explorer has none."""
        return self._code(**values).strip() if self._code else ""

    def show(self, sentence, **instead):
        """Send the picture as its artists stand now, with this sentence; instead: what it shows in the place of values
        of the controls."""
        self.sentence, self._instead = _with_minus_signs(sentence), instead
        if self._sent is not self.live.stages:
            self._sent = self.live.stages
            self.stage.value = plots.images(self.live.figure, self._sent, self.live.panels, alt="")
        self.layer.value = self.live.svg(self.sentence)
        self.words.value = (f'<div style="display: grid; {WORDS}"><p role="status" style="margin: 0; grid-area: 1 / 1">'
                            f'{escape(self.sentence)}</p><span aria-hidden="true" style="visibility: hidden; '
                            f'grid-area: 1 / 1">{(FILLER * self.room)[:self.room]}</span></div>')
        self._tell_code()

    def _move(self, change=None):
        if not self._held:
            self.show(self._update(**self.values()))

    @contextlib.contextmanager
    def _move_all(self):
        """Several controls move, and the picture once."""
        self._held, before = True, self.values()
        try:
            yield
        finally:
            self._held = False
            if self.values() != before:
                self._move()

    def _laid_out(self, controls):
        """The rows of controls."""
        for row in self.rows:
            parts = [controls[name] for name in row]
            yield parts[0] if len(parts) == 1 else _beside(parts)

    def _picture(self):
        """The stage, the moving layer and what can be dragged in the same cell of a grid: one lies over the other."""
        layers = [self.stage, self.layer, *([self._handles.places] if self.drags else [])]
        for layer in layers:
            layer.layout = widgets.Layout(grid_area="1 / 1 / 2 / 2", margin="0", width="100%")
        width = f"{plots.css_width(self.live.figure)}px"
        grid = widgets.GridBox(layers, layout=widgets.Layout(width="100%", max_width=width,
                                                              overflow="auto hidden"))
        grid.add_class(plots.PICTURE)
        return grid

    def _program(self):
        """The button that shows the code, and its place."""
        if not self._code:
            return []
        self._button = widgets.ToggleButton(description=SHOW_CODE, layout=widgets.Layout(
            width="auto", align_self="flex-start"))
        self._listing = widgets.HTML(layout=widgets.Layout(width="100%"))
        self._button.observe(self._tell_code, "value")
        return [self._button, self._listing]

    def _tell_code(self, change=None):
        if self._code and getattr(self, "_button", None) is not None:
            self._listing.value = (f"<pre>{escape(self.code(**self.values() | self._instead))}</pre>"
                                   if self._button.value else "")

    def __repr__(self):
        return self.sentence

    def _repr_mimebundle_(self, **kwargs):
        """What a saved notebook keeps: the still picture, its settings and its sentence, beside the live widget."""
        return {**super()._repr_mimebundle_(**kwargs), **self.still("Run the notebook to move it.")}

    def still(self, remark):
        """The picture as it is, with settings and sentence, in the forms of `plots.picture_bundle`."""
        rows = ("; ".join(f"{self.controls[name].description}: {shown(self.controls[name])}" for name in row)
                for row in self.rows)
        settings = "".join(f'<div style="min-height: {ROW_HEIGHT}px">{escape(row)}</div>' for row in rows)
        return plots.picture_bundle(self.live.figure, self.sentence, f"{self.sentence} (A still picture. {remark})",
                                    above=settings)


def explore(update, live, *, room, code=None, above=(), below=(), together=(), drag=(), **controls):
    """An `Explorer`: whenever a control moves, `update(**values)` sets the moving artists' data and returns
    the sentence for the new picture.

    room   as many characters as the longest sentence has: its place is kept, and nothing jumps
    code   a function of the same values: the text of a program that prints the sentence's numbers
    above, below   widgets between controls and picture, and under the sentence
    together   tuples of names of controls that stand side by side
    drag   a `Drag`, or several: where in the picture a pointer moves controls
    """
    return Explorer(update, live, controls, room, code, above, below, together, drag)


def _rows(names, together):
    """Rows in the order of the controls; `together` are those of several."""
    first = {row[0]: tuple(row) for row in together}
    later = {name for row in together for name in row[1:]}
    return [first.get(name, (name,)) for name in names if name not in later]


def _beside(parts):
    """Controls that share a row, and begin a new one where it is narrow."""
    for part in parts:
        if part.layout.width == "100%":
            part.layout.width, part.layout.flex = "auto", "1 1 19em"
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))


def _inner(part):
    """The control itself, if it stands in a row with a play button."""
    return getattr(part, "control", part)


def _with_minus_signs(sentence):
    """A true minus before a number: a screen reader is silent on a hyphen."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", sentence)
