"""Still pictures: private Matplotlib figures in one style, and `show`, which refuses a picture without words.

Figures made here are unknown to pyplot, so nothing is drawn twice and nothing needs closing.
Four colours that stay apart for colour-blind eyes (Okabe and Ito, 2008), each always with its own line
style or marker. One colour means one thing throughout the course: blue is the current guess or run,
vermillion its slope or gradient, purple its errors, green the goal; what theory predicts is dashed black.
"""

import base64
import io
import logging
from html import escape

from ._matplotlib import matplotlib  # first: what follows imports it, too

# isort: split
import matplotlib.style
import matplotlib.ticker
import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from .calculus import least_squares, linear_loss
from .numeric import central_difference, forward_difference
from .theory import excess_loss
from .wording import said

BLUE, VERMILLION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
GREY, BLACK = "#767676", "#111111"
DPI = 120   # five pixels for four CSS pixels: crisp on ordinary screens, and below 30 KB a picture
CSS_PIXELS_PER_INCH = 96
PNG_COLOURS = 128   # a palette: a picture of a few lines needs no more
NARROWEST = 2.2     # inches of a panel: figures of smaller ones are not cut apart
WIDEST = 6.5        # inches of a panel that may shrink as much as a phone asks: wider ones scroll

PICTURE = "gradlib-picture"   # the class of what is turned over where a page is dark: colours stay, white becomes ink
DARK = ", ".join(f"{dark} .{PICTURE}" for dark in (
    'body[data-jp-theme-light="false"]', "body.vscode-dark", 'html[theme="dark"]'))
AT_NIGHT = f"{DARK} {{ filter: invert(0.88) hue-rotate(180deg); }}"
ROW = "display: flex; flex-wrap: wrap; align-items: flex-start"

# Where Matplotlib first builds its list of fonts it says so, in red, in the middle of a lesson.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

STYLE = {
    "axes.grid": True, "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False,
    "axes.edgecolor": GREY, "axes.titlesize": 12, "axes.labelsize": 11,
    "figure.facecolor": "white", "axes.facecolor": "white", "font.family": "DejaVu Sans", "font.size": 10.5,
    "grid.color": "#dddddd", "grid.linewidth": 0.8, "lines.linewidth": 2.2, "lines.markersize": 7,
    "xtick.color": "#333333", "ytick.color": "#333333", "text.color": BLACK, "axes.labelcolor": BLACK,
}


def defaults():
    """Matplotlib's own defaults in the place of a reader's settings, `with defaults():` or as a decorator.

    What makes or draws a picture of the course does so under these: a foreign font, LaTeX or a dark style that stands
    in somebody's matplotlibrc would spoil it.
    """
    return matplotlib.style.context("default")


def style():
    """The course's style for all that is drawn in it, `with style():` or as a decorator: `defaults` and more."""
    return matplotlib.style.context(["default", STYLE])


def figure(columns=1, width=8.0, height=3.6, **subplots):
    """A private figure and its axes (one, or an array of `columns`), in the course's style. Sizes in inches."""
    with style():
        fig = Figure(figsize=(width, height), dpi=DPI, layout="constrained")
        FigureCanvasAgg(fig)
        return fig, fig.subplots(1, columns, **subplots)


def decorate(ax, title, xlabel, ylabel):
    """Title and both axis labels in one call: an unlabelled axis should take effort."""
    ax.set_title(title, loc="left")
    ax.set(xlabel=xlabel, ylabel=ylabel)


def landscape(ax, X, y, first_range, second_range, levels):
    """Contour lines of the half mean squared error of two weights.  X (n, 2), y (n,)."""
    grid = np.meshgrid(np.linspace(*first_range, 121), np.linspace(*second_range, 121))
    lowest = linear_loss(X, y, least_squares(X, y))
    losses = lowest + excess_loss(X, y, np.stack(grid, axis=-1))   # which takes no more memory for more examples
    ax.contour(*grid, losses, levels=levels, colors=GREY, linewidths=0.9)
    ax.set(xlim=first_range, ylim=second_range, aspect="equal")


@defaults()
def chord(f, x, h):
    """The curve f around x, its tangent there, and the chord from x - h to x + h: the central difference."""
    fig, ax = figure(width=5.5, height=3.2)
    across, ends = np.linspace(x - 1.6 * h, x + 1.6 * h, 101), np.array([x - h, x + h])
    slope = central_difference(f, x)
    ax.plot(across, [f(u) for u in across], color=GREY)
    ax.plot(ends, [f(u) for u in ends], "o-", color=BLUE)
    ax.plot(ends, f(x) + slope * (ends - x), "--", color=VERMILLION)
    ax.plot([x], [f(x)], "o", color=VERMILLION)
    ax.annotate("chord", (x, np.mean([f(u) for u in ends])), (0, 8), textcoords="offset points", color=BLUE, ha="right")
    ax.annotate("tangent", (x + h / 2, f(x) + slope * h / 2), (6, -12), textcoords="offset points", color=VERMILLION)
    decorate(ax, "The chord is parallel to the tangent", "first weight", "loss")
    return fig


@defaults()
def difference_errors(f, x, exact):
    """Relative error of forward and central differences of f at the number x, for nudges from 1e-14 to 1."""
    fig, ax = figure(width=6, height=3.4)
    nudges = np.logspace(-14, 0, 85)
    for difference, colour, style in ((forward_difference, PURPLE, "--"), (central_difference, BLUE, "-")):
        errors = [abs(difference(f, x, h) / exact - 1) for h in nudges]
        ax.loglog(nudges, np.maximum(errors, 1e-17), style, color=colour)
    ax.annotate("one-sided", (1e-3, 3e-3), color=PURPLE, ha="right")
    ax.annotate("central", (1e-2, 1e-7), color=BLUE)
    ax.set_ylim(1e-13, 10)
    decorate(ax, "Too large and too small a nudge are both bad", "nudge h", "relative error")
    return fig


@defaults()
def batch_map(step_sizes, batch_sizes, floors):
    """The noise floor for every pair of step size and batch size, as a table; inf, where runs leave, is hatched.

    floors (batch sizes, step sizes), above zero.
    """
    fig, ax = figure(width=6, height=3.2)
    ax.imshow(np.log10(np.where(np.isfinite(floors), floors, np.nan)), origin="lower", aspect="auto", cmap="Blues",
              vmin=np.log10(floors.min()), vmax=1)   # all cells pale enough for letters on them
    for (row, column), floor in np.ndenumerate(floors):
        settles = np.isfinite(floor)
        ax.text(column, row, said(floor) if settles else "leaves", ha="center", va="center",
                bbox=None if settles else {"facecolor": "white", "edgecolor": "none", "pad": 2})
        if not settles:
            ax.fill_between([column - 0.5, column + 0.5], row - 0.5, row + 0.5, facecolor="none", edgecolor=GREY,
                            hatch="//", linewidth=0)
    ax.set(xticks=range(len(step_sizes)), xticklabels=step_sizes, yticks=range(len(batch_sizes)),
           yticklabels=batch_sizes)
    ax.grid(False)
    decorate(ax, "Predicted noise floor (kg²)", "step size", "batch size")
    return fig


@defaults()
def tasks(layers, without):
    """How many tasks each layer of a graph has, as bars; where there are no layers, the words `without`.

    layers: a list of (what, how many), as `cluster.layers` gives it.
    """
    fig, ax = figure(width=6, height=1.2 + 0.24 * max(len(layers), 6))
    counts = [count for _, count in layers]
    ax.barh(range(len(layers)), counts, color=BLUE, height=0.6)
    for height, count in enumerate(counts):
        ax.annotate(count, (count, height), (4, 0), textcoords="offset points", va="center")
    if not layers:
        ax.text(0.5, 0.5, without, transform=ax.transAxes, ha="center", wrap=True)
        ax.set_xticks([])
    ax.set(yticks=range(len(layers)), yticklabels=[what for what, _ in layers], ylim=(max(len(layers), 1) - 0.4, -0.6))
    ax.grid(False)
    decorate(ax, "What the line becomes, from top to bottom", "tasks", "")
    return fig


@defaults()
def per_step(model, rows, seconds):
    """The time of a step over the number of rows, for 1, 2 and 100 workers, as model, a `cluster.PerStep`, predicts it;
    and a step of two workers as it was measured, its rows and its seconds. The title holds the numbers."""
    fig, ax = figure(width=6.4, height=3.6)
    crossing = model.crossing()
    across = crossing * np.logspace(-2, 2, 41)
    for workers, style, colour in ((1, "-", GREY), (2, "--", BLACK), (100, ":", BLACK)):
        times = model.time(across, workers)
        ax.loglog(across, times, style, color=colour)
        ax.annotate(f"{workers} worker{'s' * (workers > 1)}", (across[-1], times[-1]), (6, 0),
                    textcoords="offset points", color=colour, va="center")
    ax.plot(rows, seconds, "o", color=BLUE)
    ax.annotate("2 workers, measured", (max(rows, 15 * across[0]), seconds), (4, 8), color=BLUE, ha="right",
                textcoords="offset points", bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
    ax.axvline(crossing, color=GREEN, linewidth=1.2)
    ax.annotate("two pay from here on", (crossing, 0.02), (4, 0), xycoords=("data", "axes fraction"),
                textcoords="offset points", color=GREEN)
    decorate(ax, f"A million rows: {said(1e9 * model.seconds_per_row)} ms. Talk: {said(1e3 * model.talk)} ms.\n"
             f"Two workers pay from {said(crossing / 1e6)} million rows on.", "rows in a step",
             "seconds per step (lines: predicted)")
    return fig


@defaults()
def local_floors(steps, predicted, measured):
    """Noise floors over the number of local steps: dashed lines as predicted, markers as measured, one for each name.

    steps (m,); predicted and measured: {name: floors (m,)}.
    """
    fig, ax = figure(width=6, height=3.2)
    for (name, floors), marker, face in zip(predicted.items(), "os", (BLUE, "none")):
        ax.loglog(steps, floors, "--", color=BLACK, linewidth=1.6)
        ax.plot(steps, measured[name], marker, color=BLUE, markerfacecolor=face, markeredgewidth=1.6)
        ax.annotate(name, (steps[-1], floors[-1]), (10, 0), textcoords="offset points", va="center")
    ax.set_xticks(steps, map(str, steps))
    ax.set_xlim(right=2.5 * steps[-1])
    ax.yaxis.set_major_locator(matplotlib.ticker.LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter(lambda floor, _: said(floor))
    ax.minorticks_off()
    decorate(ax, "Where the rounds settle (dashed: predicted)", "local steps in a round", "loss above the lowest")
    return fig


@defaults()
def pictures(images, titles, columns=10):
    """Small pictures of 8 by 8 pixels in rows, each with a title above it.

    images (m, 64), each on a scale of its own: ink from 0, which is paper; or, if any number is negative, weights: grey
    at 0, towards ink above, towards paper below. (Where a page is dark, so is the paper.)
    """
    images = np.asarray(images)
    fig, axes = figure(1, width=8.4, height=1.05 * -(-len(images) // columns))
    axes.remove()
    for i, (image, title) in enumerate(zip(images, titles)):
        ax = fig.add_subplot(-(-len(images) // columns), columns, i + 1)
        most = abs(image).max()
        ax.imshow(image.reshape(8, 8), cmap="Greys", vmin=0 if images.min() >= 0 else -most, vmax=most)
        ax.set_title(title, fontsize=10.5, pad=3)
        ax.set_axis_off()
    return fig


@defaults()
def learning_curve(amounts, percents):
    """Percent right over the number of examples: the median of the starts, and bars from the lowest to the highest.

    amounts (m,), percents (m, starts).
    """
    fig, ax = figure(width=6, height=3.2)
    low, middle, high = np.percentile(percents, [0, 50, 100], axis=1)
    ax.errorbar(amounts, middle, [middle - low, high - middle], fmt="o-", color=BLUE, capsize=4, elinewidth=1.4)
    ax.set(xscale="log", xticks=amounts, xticklabels=amounts)
    ax.minorticks_off()
    decorate(ax, "A learning curve (dot: median; bar: all starts)",
             "pictures to learn from (equal steps: equal factors)", "held out, read rightly (%)")
    return fig


@defaults()
def starts(rows, xlabel, missing):
    """A row of dots for each name, one dot per start, and a line at their median; `missing` where a row is None.

    rows: {name: numbers, or None}.
    """
    fig, ax = figure(width=6.4, height=0.9 + 0.5 * len(rows))
    for height, found in enumerate(rows.values()):
        if found is None:
            ax.text(0.5, height, missing, transform=ax.get_yaxis_transform(), ha="center", va="center", color=GREY)
            continue
        values, counts = np.unique(found, return_counts=True)
        for value, count in zip(values, counts):
            piled = height + 0.13 * (np.arange(count) - (count - 1) / 2)
            ax.plot([value] * count, piled, "o", color=BLUE, markersize=4)
        ax.vlines(np.median(found), height - 0.42, height + 0.42, color=BLACK)
    ax.set(yticks=range(len(rows)), yticklabels=rows, ylim=(len(rows) - 0.5, -0.5))
    decorate(ax, "Ten starts each; the line is their median", xlabel, "")
    return fig


@defaults()
def drawn(fig):
    """Draw the figure; returns its pixels (height, width, 3)."""
    fig.canvas.draw()
    return np.asarray(fig.canvas.buffer_rgba())[..., :3]


def png(fig):
    """The figure as PNG bytes, with a small palette."""
    return _compressed(drawn(fig))


def pngs(fig, panels):
    """The same for each of these panels (left, right), in pixels."""
    pixels = drawn(fig)
    return [_compressed(pixels[:, left:right]) for left, right in panels]


def _compressed(pixels):
    file = io.BytesIO()
    Image.fromarray(pixels).quantize(PNG_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        file, "PNG", optimize=True)
    return file.getvalue()


def panels(fig):
    """Where a drawn figure may be cut from top to bottom: [(left, right)] in pixels, one for each column of axes.

    So a page can put them side by side, or one below the other where it is narrow. Columns that reach into each other
    or are as narrow as stamps stay together.
    """
    width, _ = fig.canvas.get_width_height()
    parts = [part for part in (*fig.axes, *fig.texts, *fig.legends) if part.get_visible() and part.get_in_layout()]
    boxes = [part.get_tightbbox(fig.canvas.get_renderer()) for part in parts]
    columns = []
    for left, right in sorted((box.x0, box.x1) for box in boxes if box is not None):
        if columns and left <= columns[-1][1]:
            columns[-1][1] = max(right, columns[-1][1])
        else:
            columns.append([left, right])
    edges = [0, *(round((before[1] + after[0]) / 2) for before, after in zip(columns, columns[1:])), width]
    cut = list(zip(edges, edges[1:]))
    return cut if min(right - left for left, right in cut) >= NARROWEST * fig.dpi else [(0, width)]


def css_width(fig):
    """The figure's width on the page, in CSS pixels."""
    return round(fig.get_figwidth() * CSS_PIXELS_PER_INCH)


def is_wide(fig, panel):
    """Whether a panel would be too small to read on a phone: then it scrolls."""
    left, right = panel
    return right - left > WIDEST * fig.dpi


def panel_style(fig, panel):
    """How a panel (left, right) shares its row: all shrink alike, and one by one they begin a new row."""
    left, right = panel
    width = (right - left) * CSS_PIXELS_PER_INCH / fig.dpi
    least = 0.72 * width if is_wide(fig, panel) else 0
    return (f"display: block; flex: {width:.0f} 1 {0.72 * width:.0f}px; min-width: {least:.0f}px; "
            f"max-width: {1.25 * width:.0f}px; "
            f"aspect-ratio: {right - left} / {fig.canvas.get_width_height()[1]}")


def images(fig, pictures, panels, alt):
    """PNGs of the panels as HTML images that carry their own bytes; the first has the words."""
    silent = 'aria-hidden="true" '   # JupyterLab calls a picture without words "Image"
    tags = (f'<img src="data:image/png;base64,{base64.b64encode(picture).decode("ascii")}" alt="{escape(words)}" '
            f'{"" if words else silent}width="{(right - left) * CSS_PIXELS_PER_INCH / fig.dpi:.0f}" '
            f'style="{panel_style(fig, (left, right))}; height: auto">'
            for picture, (left, right), words in zip(pictures, panels, [alt, *[""] * len(pictures)]))
    reach = 'tabindex="0" role="group" aria-label="The picture: arrow keys scroll it where it is cut off" '
    reach *= any(is_wide(fig, panel) for panel in panels)   # what scrolls must be reached without a mouse
    return f'<div {reach}style="{ROW}">{"".join(tags)}</div>'


def picture_bundle(fig, alt, caption, above=""):
    """One output in three forms: HTML with alt text and a visible caption, a PNG, and the words alone.

    above   HTML that stands over the picture.
    """
    whole, cut = png(fig), panels(fig)
    picture = images(fig, pngs(fig, cut), cut, alt)
    html = (f"<figure><style>{AT_NIGHT}</style>{above}"
            f'<div class="{PICTURE}" style="overflow: auto hidden; max-width: {css_width(fig)}px">{picture}</div>'
            f"<figcaption>{escape(caption)}</figcaption></figure>")
    return {"text/html": html, "image/png": base64.b64encode(whole).decode("ascii"), "text/plain": alt}


def say(sentence, here=""):
    """Show a sentence that is true on every machine, and in its place the one that holds here, if there is one.

    A stored notebook keeps the first where `here` is empty, and only the first is compared.
    """
    shown = display({"text/plain": sentence}, raw=True, display_id=True)
    if here and shown is not None:
        shown.update({"text/plain": here}, raw=True)


def show(fig, alt):
    """Show a figure with a sentence that says what to see.

    The sentence is the visible caption, the alt text for screen readers, and all that a terminal prints.
    Raises ValueError if it is missing or only a word or two.
    """
    if len(alt.split()) < 5:
        raise ValueError(f"a picture needs a sentence that says what to see, got {alt!r}. "
                         "Name the kind of picture, its axes, and what stands out.")
    display(picture_bundle(fig, alt, alt), raw=True)
