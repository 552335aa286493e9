"""A figure whose moving artists are SVG over a stage of PNGs, cut into panels that stand side by side or stacked."""

from html import escape

from .. import plots
from .labels import Labels, fit
from .svg import Flip, check, clipped


class Live:
    """A Matplotlib figure whose `moving` artists change from move to move; the rest is the stage.

    The layout is frozen after the first drawing. Change the data of moving artists freely; after changing
    anything else (axes, data set), call `redraw()`. Supported: lines with and without markers, texts of one line,
    patches such as arrows, and line collections of one look. Raises TypeError for any other artist or look. A moving
    text that would lie over another one is put beside it.
    """

    def __init__(self, fig, *moving):
        for artist in moving:
            check(artist)
        self.figure, self.moving = fig, moving
        plots.drawn(fig)
        fit(fig)
        fig.set_layout_engine("none")
        self.labels = Labels(fig, moving)
        self.flip = Flip(*fig.canvas.get_width_height())
        self.panels = plots.panels(fig)
        self.redraw()

    def redraw(self):
        """Draw the stage again."""
        shown = [artist for artist in self.moving if artist.get_visible()]
        for artist in shown:
            artist.set_visible(False)
        self.stages = plots.pngs(self.figure, self.panels)
        self.labels.look_at_the_still_ones()
        for artist in shown:
            artist.set_visible(True)

    def pieces(self):
        """The moving artists as SVG: for each panel a list of strings, one for each artist, in their order; "" for one
        that is not visible."""
        self.labels.make_room()
        pieces = [[] for _ in self.panels]
        for artist in self.moving:
            pieces[self.panel_of(artist.axes)].append(
                clipped(artist, self.flip) if artist.get_visible() else "")
        return pieces

    def panel_of(self, axes):
        """The number of the panel in which these axes lie (the first for None: artists of the figure itself)."""
        if axes is None:
            return 0
        middle = (axes.bbox.x0 + axes.bbox.x1) / 2
        return next(i for i, (left, right) in enumerate(self.panels) if left <= middle < right)

    def svg(self, sentence):
        """The moving artists as SVG, one element for each panel, and together an image whose name is the sentence."""
        height = self.figure.canvas.get_width_height()[1]
        boxes = [f'<svg viewBox="{left} 0 {right - left} {height}" aria-hidden="true" '
                 f'style="{plots.panel_style(self.figure, (left, right))}">{"".join(pieces)}</svg>'
                 for (left, right), pieces in zip(self.panels, self.pieces())]
        return f'<div role="img" aria-label="{escape(sentence)}" style="{plots.ROW}">{"".join(boxes)}</div>'


class Album:
    """Several `Live` pictures of one size, of which one at a time is open: `turn_to(i)`. For what a control changes
    as a whole; every stage is drawn only once."""

    def __init__(self, *pages):
        self.pages = pages
        self.turn_to(0)

    def turn_to(self, i):
        """Open page i, counted from 0."""
        self.number, self.page = i, self.pages[i]

    def __getattr__(self, name):   # figure, stages, svg, redraw: those of the open page
        return getattr(self.page, name)
