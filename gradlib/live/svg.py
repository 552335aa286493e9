"""Artists of Matplotlib as SVG: `svg_of(artist, flip)`, or a TypeError that says what cannot be drawn."""

from functools import singledispatch
from html import escape

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text

MARGIN = 100   # pixels beyond the figure's edge that are still drawn
DASHES = {"--": (4, 2), ":": (1, 1.6), "-.": (5, 2, 1, 2)}   # in line widths
STYLES = {"-": "-", "solid": "-", "--": "--", "dashed": "--", ":": ":", "dotted": ":", "-.": "-.", "dashdot": "-."}
ANCHORS = {"left": "start", "center": "middle", "right": "end"}
BASELINES = {"center": "central", "top": "hanging", "center_baseline": "central"}
CURVES = {int(Path.CURVE3), int(Path.CURVE4), int(Path.STOP)}
COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


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


def clipped(artist, flip):
    """The artist's SVG in a nested SVG element, which shows only what lies within the axes and needs no id that could
    clash."""
    svg = svg_of(artist, flip)
    if not svg or artist.axes is None or not artist.get_clip_on():
        return svg
    x0, y0, w, h = artist.axes.bbox.bounds
    box = f"{x0:.1f} {flip.height - y0 - h:.1f} {w:.1f} {h:.1f}"
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
    if line.get_linestyle() != "None" and line.get_linewidth() > 0:
        d = flip.polyline(line.get_xydata(), line.get_transform())
        drawn += f'<path d="{d}" fill="none"{_stroke(line, line.get_color())} stroke-linejoin="round"/>'
    if line.get_marker() not in ("None", None, "", " "):
        drawn += _markers(line, flip.near(line.get_transform().transform(line.get_xydata())))
    return drawn


@svg_of.register
def _(text: Text, flip):
    (x, y), = flip(text.get_transform().transform([text.get_unitless_position()]))
    box = text.get_bbox_patch()   # letters with an outline in the colour of the box, whatever the browser's font
    halo = "" if box is None else (f'stroke="{to_hex(box.get_facecolor())}" paint-order="stroke" '
                                   f'stroke-width="{_pixels(text, 4):.1f}" ')
    family = "DejaVu Sans Mono, Menlo, Consolas, monospace" if "Mono" in text.get_family()[0] else (
        "DejaVu Sans, Verdana, sans-serif")
    turned = f'transform="rotate({-text.get_rotation():g} {x} {y})" ' if text.get_rotation() else ""
    return (f'<text x="{x}" y="{y}" {_paint("fill", text.get_color(), text)} font-family="{family}" '
            f'font-size="{_pixels(text, text.get_size()):.1f}" font-weight="{text.get_weight()}" {halo}{turned}'
            f'text-anchor="{ANCHORS[text.get_horizontalalignment()]}" style="white-space: pre" '
            f'dominant-baseline="{BASELINES.get(text.get_verticalalignment(), "auto")}">'
            f"{escape(text.get_text())}</text>") if text.get_text() else ""


@svg_of.register
def _(patch: Patch, flip):
    path = patch.get_transform().transform_path(patch.get_path())
    d = _straight(path, flip) if path.codes is not None and not CURVES & {*map(int, path.codes)} else "".join(
        "Z" if code == Path.CLOSEPOLY else COMMANDS[code] + _numbers(flip(vertices))
        for vertices, code in path.iter_segments(simplify=False))
    fill = _paint("fill", patch.get_facecolor(), patch)
    return f'<path d="{d}" {fill}{_stroke(patch, patch.get_edgecolor())}/>' if d else ""


def _straight(path, flip):
    """A path without curves: all its corners are mapped at once."""
    return "".join("Z" if code == Path.CLOSEPOLY else f"{COMMANDS[code]}{x:g} {y:g}"
                   for code, (x, y) in zip(path.codes, flip(path.vertices)))


@svg_of.register
def _(lines: LineCollection, flip):
    """All in the look of the first."""
    lift = [[np.nan, np.nan]]
    points = [corner for segment in lines.get_segments() for corner in (*segment, *lift)]
    if not points:
        return ""
    d = flip.polyline(points, lines.get_transform())
    return f'<path d="{d}" fill="none"{_stroke(lines, lines.get_color()[0])}/>'


def check(artist):
    """TypeError for an artist, or a look of one, that cannot be drawn as Matplotlib would."""
    if svg_of.dispatch(type(artist)) is svg_of.dispatch(object):
        svg_of(artist, None)
    for wrong, what in ((isinstance(artist, Patch) and artist.get_hatch(), "a hatch"),
                        (artist.get_path_effects(), "path effects"),
                        (isinstance(artist, LineCollection) and len(_looks(artist)) > 1, "lines of several looks"),
                        (isinstance(artist, Line2D) and artist.get_drawstyle() != "default", "steps"),
                        (isinstance(artist, Text) and "\n" in artist.get_text(), "several lines of text"),
                        (isinstance(artist, Text) and "$" in artist.get_text(), "a formula")):
        if wrong:
            raise TypeError(f"{type(artist).__name__} cannot move with {what}. Draw it without, or as several artists, "
                            "or as a part of the stage.")


def _looks(lines):
    return {*map(tuple, lines.get_color())} | {*map(float, lines.get_linewidth()[1:])} - {lines.get_linewidth()[0]}


def _markers(line, points):
    """The line's marker at every point: a full round dot is a line of no length with a round end, the shortest SVG."""
    style = MarkerStyle(line.get_marker())
    size, face, edge = _pixels(line, line.get_markersize()), line.get_markerfacecolor(), line.get_markeredgecolor()
    hollow, open_ended = _is_none(face) or line.get_fillstyle() == "none", not style.is_filled()
    if line.get_marker() == "o" and not hollow:
        dots = "".join(f"M{x:g} {y:g}h0" for x, y in points)
        return (f'<path d="{dots}" {_paint("stroke", face, line)} stroke-width="{size:.1f}" stroke-linecap="round"/>'
                if dots else "")
    outlines = style.get_path().transformed(style.get_transform().scale(size, -size)).to_polygons(closed_only=False)
    end = "" if open_ended else "Z"
    shapes = "".join(f"M{_numbers(np.round(point + corners, 1).tolist())}{end}"
                     for point in points for corners in outlines)
    pen = (f' {_paint("stroke", edge, line)} stroke-width="{_pixels(line, line.get_markeredgewidth()):.1f}"'
           if hollow or open_ended else "")
    fill = 'fill="none"' if hollow or open_ended else _paint("fill", face, line)
    return f'<path d="{shapes}" {fill}{pen}/>' if shapes else ""


def _numbers(points):
    return " ".join(f"{x:g} {y:g}" for x, y in points)


def _pixels(artist, size):
    return size * artist.get_figure().dpi / 72


def _is_none(colour):
    return isinstance(colour, str) and colour.lower() == "none" or to_rgba(colour)[3] == 0


def _paint(where, colour, artist):
    """A colour as an attribute, and how much of it covers what lies below, if not all."""
    if _is_none(colour):
        return f'{where}="none"'
    alpha = to_rgba(colour)[3] if artist.get_alpha() is None else artist.get_alpha()
    return f'{where}="{to_hex(colour)}"' + (f' {where}-opacity="{alpha:g}"' if alpha != 1 else "")


def _stroke(artist, colour):
    width, dashes = np.ravel(artist.get_linewidth())[0], _dashes(artist)
    if not width or _is_none(colour):
        return ' stroke="none"'
    width = _pixels(artist, width)
    pattern = f' stroke-dasharray="{" ".join(f"{dash * width:.1f}" for dash in dashes)}"' if dashes else ""
    return f' {_paint("stroke", colour, artist)} stroke-width="{width:.1f}"{pattern}'


def _dashes(artist):
    """The lengths of its dashes and gaps, in line widths; None for a solid line."""
    style = artist.get_linestyle()
    if isinstance(artist, LineCollection):   # [(offset, lengths in points, or None)]
        lengths = style[0][1]
        return None if lengths is None else [length / artist.get_linewidth()[0] for length in lengths]
    return DASHES.get(STYLES.get(style))
