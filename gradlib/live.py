"""Pictures that move: the figure is drawn once, and a move sends only the lines that changed.

    live = Live(fig, *moving_artists)
    explore(update, live, w=slider("slope w", 0, 1, 0.05, value=0.3))

Matplotlib draws everything that stands still once, as a PNG: the stage. The moving artists are read from
Matplotlib (their data, transforms, colours) and laid over the stage as a few kilobytes of SVG. Only core
ipywidgets are used: sliders and HTML. No pyplot, no Output widget, and no JavaScript but the few lines of `spoken`,
without which the pictures move all the same.
"""

import re
from functools import singledispatch
from html import escape

from . import plots  # first: it imports Matplotlib whatever MPLBACKEND says

# isort: split
import ipywidgets as widgets
import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text

from .spoken import voice

WORDS = "margin: 0; max-width: 60em; line-height: 1.5; font-size: var(--jp-content-font-size1, 14px)"
MARGIN = 100   # pixels beyond the figure's edge that are still drawn
DASHES = {"--": (4, 2), ":": (1, 1.6), "-.": (5, 2, 1, 2)}   # in line widths
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
BASELINES = {"center": "central", "top": "hanging", "center_baseline": "central"}
COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


class Live:
    """A Matplotlib figure whose `moving` artists change from move to move; the rest is the stage.

    The layout is frozen after the first drawing. Change the data of moving artists freely; after changing
    anything else (axes, data set), call `redraw()`. Supported: lines with and without markers, texts,
    patches such as arrows, and line collections. Raises TypeError for any other artist.
    """

    def __init__(self, fig, *moving):
        for artist in moving:
            if svg_of.dispatch(type(artist)) is svg_of.dispatch(object):
                svg_of(artist, None)   # raises, and says what can move
        self.figure, self.moving = fig, moving
        plots.drawn(fig)
        fig.set_layout_engine("none")
        self.redraw()

    def redraw(self):
        """Draw the stage again."""
        shown = [artist for artist in self.moving if artist.get_visible()]
        for artist in shown:
            artist.set_visible(False)
        self.stage = plots.png(self.figure)
        for artist in shown:
            artist.set_visible(True)

    def svg(self, sentence):
        """The moving artists as one SVG image whose accessible name is the sentence."""
        width, height = self.figure.canvas.get_width_height()
        flip = Flip(width, height)
        layers = "".join(_clipped(artist, svg_of(artist, flip), height)
                         for artist in self.moving if artist.get_visible())
        return (f'<svg role="img" aria-label="{escape(sentence)}" viewBox="0 0 {width} {height}" '
                f'style="display: block; width: 100%">{layers}</svg>')


class Album:
    """Several `Live` pictures of one size, of which one at a time is open: `turn_to(i)`. For what a control changes
    as a whole; every stage is drawn only once."""

    def __init__(self, *pages):
        self.pages = pages
        self.turn_to(0)

    def turn_to(self, i):
        """Open page i, counted from 0."""
        self.page = self.pages[i]

    def __getattr__(self, name):   # figure, stage, svg, redraw: those of the open page
        return getattr(self.page, name)


class Flip:
    """Display coordinates (origin bottom left) to SVG coordinates (origin top left), rounded to 0.1 pixel."""

    def __init__(self, width, height):
        self.height = height
        self.frame = (-MARGIN, -MARGIN, width + MARGIN, height + MARGIN)

    def __call__(self, points):
        x, y = np.asarray(points, float).reshape(-1, 2).T
        return np.round(np.column_stack([x, self.height - y]), 1).tolist()

    def near(self, points):
        """Only those points that lie within the frame; NaN does not."""
        x, y = np.asarray(points, float).T
        left, bottom, right, top = self.frame
        return self(points[(left <= x) & (x <= right) & (bottom <= y) & (y <= top)])

    def polyline(self, points, transform):
        """Data points joined by lines, as an SVG path cut off at the frame: however far a run flies, its
        lines keep their direction and their length in bytes. A NaN lifts the pen."""
        path = Path(transform.transform(points)).cleaned(remove_nans=True, clip=self.frame)
        drawn = path.codes != Path.STOP
        return "".join(f"{COMMANDS[code]}{x:g} {y:g}"
                       for code, (x, y) in zip(path.codes[drawn], self(path.vertices[drawn])))


def _clipped(artist, svg, height):
    """A nested SVG element shows only what lies within the axes, and needs no id that could clash."""
    if artist.axes is None or not artist.get_clip_on():
        return svg
    x0, y0, w, h = artist.axes.bbox.bounds
    box = f"{x0:.1f} {height - y0 - h:.1f} {w:.1f} {h:.1f}"
    x, y, _, _ = box.split()
    return f'<svg x="{x}" y="{y}" width="{w:.1f}" height="{h:.1f}" viewBox="{box}">{svg}</svg>'


@singledispatch
def svg_of(artist, flip):
    """One artist as SVG; `flip` maps its display coordinates."""
    raise TypeError(f"{type(artist).__name__} cannot move. What can: lines (ax.plot), texts (ax.text), "
                    "patches such as arrows, and line collections (ax.vlines).")


@svg_of.register
def _(line: Line2D, flip):
    drawn = ""
    if line.get_linestyle() != "None":
        drawn += (f'<path d="{flip.polyline(line.get_xydata(), line.get_transform())}" fill="none" '
                  f'stroke="{to_hex(line.get_color())}" stroke-linejoin="round"{_stroke(line)}{_alpha(line)}/>')
    if line.get_marker() not in ("None", None, ""):
        drawn += _markers(line, flip.near(line.get_transform().transform(line.get_xydata())))
    return drawn


@svg_of.register
def _(text: Text, flip):
    (x, y), = flip(text.get_transform().transform([text.get_unitless_position()]))
    box = text.get_bbox_patch()   # letters with an outline in the colour of the box, whatever the browser's font
    halo = "" if box is None else (f'stroke="{to_hex(box.get_facecolor())}" paint-order="stroke" '
                                   f'stroke-width="{_pixels(text, 4)}" ')
    family = "DejaVu Sans Mono, Menlo, Consolas, monospace" if "Mono" in text.get_family()[0] else (
        "DejaVu Sans, Verdana, sans-serif")
    return (f'<text x="{x}" y="{y}" fill="{to_hex(text.get_color())}" font-family="{family}" '
            f'font-size="{_pixels(text, text.get_size()):.1f}" font-weight="{text.get_weight()}" {halo}'
            f'text-anchor="{ANCHORS[text.get_horizontalalignment()]}" style="white-space: pre" '
            f'dominant-baseline="{BASELINES.get(text.get_verticalalignment(), "auto")}">'
            f"{escape(text.get_text())}</text>")


@svg_of.register
def _(patch: Patch, flip):
    path = patch.get_transform().transform_path(patch.get_path())
    d = "".join("Z" if code == Path.CLOSEPOLY else COMMANDS[code] + _numbers(flip(vertices))
                for vertices, code in path.iter_segments(simplify=False))
    fill, edge = (to_hex(colour) if colour[3] else "none" for colour in (patch.get_facecolor(), patch.get_edgecolor()))
    return f'<path d="{d}" fill="{fill}" stroke="{edge}"{_stroke(patch)}{_alpha(patch)}/>'


@svg_of.register
def _(lines: LineCollection, flip):
    lift = [[np.nan, np.nan]]
    points = [corner for segment in lines.get_segments() for corner in (*segment, *lift)] or lift
    width = _pixels(lines, lines.get_linewidth()[0])
    return (f'<path d="{flip.polyline(points, lines.get_transform())}" fill="none" '
            f'stroke="{to_hex(lines.get_color()[0])}" stroke-width="{width:.1f}"{_alpha(lines)}/>')


def _markers(line, points):
    """The line's marker at every point: a round dot is a line of no length with a round end, the shortest SVG."""
    colour, size = to_hex(line.get_markerfacecolor()), _pixels(line, line.get_markersize())
    if line.get_marker() == "o":
        dots = "".join(f"M{x:g} {y:g}h0" for x, y in points)
        return f'<path d="{dots}" stroke="{colour}" stroke-width="{size:.1f}" stroke-linecap="round"{_alpha(line)}/>'
    style = MarkerStyle(line.get_marker())
    outline = style.get_path().transformed(style.get_transform().scale(size, -size)).to_polygons()
    shapes = "".join(f"M{_numbers(np.round(point + corners, 1).tolist())}Z" for point in points for corners in outline)
    return f'<path d="{shapes}" fill="{colour}"{_alpha(line)}/>'


def _numbers(points):
    return " ".join(f"{x:g} {y:g}" for x, y in points)


def _pixels(artist, size):
    return size * artist.get_figure().dpi / 72


def _stroke(artist):
    width = _pixels(artist, artist.get_linewidth())
    dashes = DASHES.get(artist.get_linestyle())
    pattern = f' stroke-dasharray="{" ".join(f"{dash * width:.1f}" for dash in dashes)}"' if dashes else ""
    return f' stroke-width="{width:.1f}"{pattern}'


def _alpha(artist):
    return "" if artist.get_alpha() is None else f' opacity="{artist.get_alpha():g}"'


class Explorer(widgets.VBox):
    """Controls, the picture, and one sentence that says in words what the picture shows.

    `sentence` is the text under the picture, the picture's accessible name, and what a saved notebook
    and a terminal show. `controls` are the widgets by name.
    """

    def __init__(self, update, live, controls):
        self._update, self.live, self.controls = update, live, controls
        self._stage, self._layer, self._words = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._sent = None
        self._move()
        for control in controls.values():
            control.observe(self._move, "value")
        super().__init__([*controls.values(), self._picture(), self._words, voice()])

    def _picture(self):
        """The moving layer and the stage in the same cell of a grid: one lies over the other."""
        for layer in (self._stage, self._layer):
            layer.layout = widgets.Layout(grid_area="1 / 1 / 2 / 2", margin="0", width="100%")
        width = f"{plots.css_width(self.live.figure)}px"
        return widgets.GridBox([self._stage, self._layer], layout=widgets.Layout(width="100%", max_width=width))

    def _move(self, change=None):
        self.show(self._update(**{name: control.value for name, control in self.controls.items()}))

    def show(self, sentence):
        """Send the picture as its artists stand now, with this sentence."""
        self.sentence = _with_minus_signs(sentence)
        if self._sent is not self.live.stage:
            self._sent = self.live.stage
            self._stage.value = plots.img_tag(self._sent, plots.css_width(self.live.figure), alt="")
        self._layer.value = self.live.svg(self.sentence)
        self._words.value = f'<p role="status" style="{WORDS}">{escape(self.sentence)}</p>'

    def __repr__(self):
        return self.sentence

    def _repr_mimebundle_(self, **kwargs):
        """What a saved notebook keeps: the still picture and its sentence, beside the live widget."""
        caption = f"{self.sentence} (A still picture. Run the notebook to move it.)"
        widget = super()._repr_mimebundle_(**kwargs)
        return {**widget, **plots.picture_bundle(self.live.figure, self.sentence, caption)}


def _with_minus_signs(sentence):
    """A true minus before a number: a screen reader is silent on a hyphen."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", sentence)


def explore(update, live, **controls):
    """An `Explorer`: whenever a control moves, `update(**values)` sets the moving artists' data and returns
    the sentence for the new picture."""
    return Explorer(update, live, controls)


def slider(label, low, high, step, value, readout=".2f"):
    """A slider for one number, with its exact value beside it. A whole step gives whole numbers."""
    if isinstance(step, int):
        return widgets.IntSlider(value=value, min=low, max=high, step=step, **_control(label))
    return widgets.FloatSlider(value=value, min=low, max=high, step=step, readout_format=readout, **_control(label))


def log_slider(label, low, high, value, per_decade=20, readout=".3g"):
    """A slider whose equal moves multiply: `per_decade` stops from one power of ten to the next."""
    return widgets.FloatLogSlider(value=value, min=np.log10(low), max=np.log10(high), step=1 / per_decade,
                                  readout_format=readout, **_control(label))


def stops(label, *values, value):
    """A slider that stops at these values only."""
    return widgets.SelectionSlider(options=values, value=value, **_control(label))


def switch(label, value=False):
    """A check box."""
    return widgets.Checkbox(value=value, description=label, indent=False)


def choice(label, *options, value=0):
    """Buttons side by side, of which one is pressed. The value is its number, counted from 0."""
    buttons = widgets.ToggleButtons(options=[(option, i) for i, option in enumerate(options)], value=value,
                                    **_control(label))
    buttons.style.button_width, buttons.layout.display = "auto", "flex"
    return buttons


def with_play(control, seconds=2.0):
    """A whole-number slider and beside it a button that walks it on, one stop every few seconds, in the browser."""
    player = widgets.Play(value=control.value, min=control.min, max=control.max, step=control.step, show_repeat=False,
                          interval=round(1000 * seconds), description="play")
    for trait in ("value", "max"):
        widgets.jslink((control, trait), (player, trait))
    return widgets.HBox([control, player])


def _control(label):
    return {"description": label, "tooltip": "", "style": {"description_width": "9em"},
            "layout": widgets.Layout(width="100%", max_width="40em")}
