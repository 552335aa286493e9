"""Pictures that move: the figure is drawn once, and a move sends only the lines that changed.

    live = Live(fig, *moving_artists)
    explore(update, live, room=80, w=slider("slope w", 0, 1, 0.05, value=0.3))

Matplotlib draws everything that stands still once, as PNGs: the stage. The moving artists are read from
Matplotlib (their data, transforms, colours) and laid over the stage as a few kilobytes of SVG. Only core
ipywidgets are used: sliders and HTML. No pyplot, no Output widget, and no JavaScript but the few lines of `spoken`,
without which the pictures move all the same.
"""

from ..wording import said
from .controls import choice, log_slider, slider, stops, switch, with_play
from .drag import Drag
from .explorer import Explorer, explore
from .picture import Album, Live

__all__ = ["Album", "Drag", "Explorer", "Live", "choice", "explore", "log_slider", "said", "slider", "stops", "switch",
           "with_play"]
