"""Explorers that move on a page without Python: every control is moved through its stops here, and what each setting
shows is stored.

    bake("step_size()")   ->  a `Baked`: what the page holds of it, and the file that it fetches to move

A file holds all settings, in the order of `moves.settings`. What they show is a table: one column for each moving
artist, one for the sentence, one for the code. Of a column every text is stored once, without the beginning and the end
that all of them share, and for every setting how far to go on in the list of texts.
"""

import contextlib
import functools
import gzip
import itertools
import json
import multiprocessing
import os
import textwrap
from base64 import b64encode
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gradlib import explorers, plots  # first: it imports Matplotlib whatever MPLBACKEND says

# isort: split
from ipywidgets import Button

from .moves import CHOSEN, left_out, moves_of, settings

FOLDER = "explorers"   # in the site
TEMPLATES = Path(__file__).with_name("templates")
WIDTHS, LONG = range(30, 121), 60   # columns of words, in characters; how many long sentences are tried in them
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Baked:
    """What a page needs of an explorer.

    name     of the function that makes it;   moves   {name: Move};   rows   those that are on the page, row by row
    width    the most that it is worth to draw it at, in CSS pixels;   panels   what the template needs of each
    opening  the `Frame` at which it opens
    drags    where in which panel a pointer moves what;   buttons   what stands on those of long runs
    longest  sentences, of which one takes the most lines in any column;   lines   of the longest code
    data     the bytes of the file
    """

    name: str
    moves: dict
    rows: list
    width: int
    panels: list
    opening: tuple
    drags: list
    buttons: list
    longest: list
    lines: int
    data: bytes

    @property
    def file(self):
        """Where its file lies in the site."""
        return f"{FOLDER}/{self.name}.json.gz"

    def html(self, up, run):
        """What stands of it on a page.  up leads from the page to the top of the site, run to the lesson that runs."""
        return templates().get_template("explorer.html.j2").render(explorer=self, up=up, run=run)

    def script(self, up):
        """What the script needs before it has fetched anything."""
        moves = [{"name": move.name, "label": move.label, "texts": move.texts, "by": move.by}
                 for move in self.moves.values()]
        drags = [{name: drag[name] for name in ("area", "places")} for drag in self.drags]
        return json.dumps({"file": up + self.file, "moves": moves, "drags": drags}, ensure_ascii=False)

    @property
    def settings(self):
        """At what its controls stand as it opens."""
        return " · ".join(f"{move.label}: {move.texts[move.at]}" for move in self.moves.values())

    @property
    def left_out(self):
        """What of its controls is not on the page."""
        return left_out(self.moves)


def templates():
    """Jinja's, in which a name that nobody gave is an error."""
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


def bake_all(calls):
    """{call: Baked}, in as many processes as there are processors."""
    with one_thread(), ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as workers:
        return dict(zip(calls, workers.map(bake, calls)))


@contextlib.contextmanager
def one_thread():
    """Processes that begin in here compute on one thread each."""
    before = {name: os.environ.get(name) for name in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


def bake(call):
    """The `Baked` of the explorer that a call makes; above the call may stand lines that make what is given to it."""
    explorer, moves = made(call)
    opening, frames = explorer.frame(**explorer.values()), list(frames_of(explorer, moves))
    rows = [[moves[name] for name in row if moves[name].kind != "fixed"] for row in explorer.rows]
    drags = sorted((draggable(drag, explorer, moves) for drag in explorer.drags), key=itemgetter("panel"))
    return Baked(
        named(call), moves, list(filter(None, rows)), plots.css_width(explorer.live.figure), panels(explorer, opening),
        opening, [drag for drag in drags if drag["places"]], buttons(explorer.below), longest(frames),
        max(len(frame.code.splitlines()) for frame in frames), packed(explorer, frames))


def frames_of(explorer, moves):
    """The `Frame` of every setting."""
    known = {}
    for values in settings(moves):
        key = tuple(values.values())
        known[key] = known.get(key) or explorer.frame(**values)
        yield known[key]


def made(call):
    """The explorer that a call makes, and its moves."""
    names, (before, _, last) = dict(vars(explorers)), call.rpartition("\n")
    exec(before, names)
    explorer = eval(last, names)
    return explorer, moves_of(explorer, CHOSEN.get(named(call), {}))


def named(call):
    """The name of the function in a call, with _own behind it where a lesson gives data of its own."""
    before, _, last = call.rpartition("\n")
    return last.partition("(")[0] + "_own" * bool(before)


def stages(explorer):
    """What stands still, as PNGs in base64: for each page those of its panels."""
    pages = getattr(explorer.live, "pages", [explorer.live])
    return [[b64encode(picture).decode("ascii") for picture in page.stages] for page in pages]


def panels(explorer, frame):
    """What a page needs of each panel."""
    fig, edges = explorer.live.figure, explorer.live.panels
    _, height = fig.canvas.get_width_height()
    return [{"left": left, "width": right - left, "height": height, "style": plots.panel_style(fig, (left, right)),
             "stage": stage, "pieces": pieces}
            for (left, right), stage, pieces in zip(edges, stages(explorer)[frame.page], frame.pieces)]


def draggable(drag, explorer, moves):
    """A place in which a pointer moves controls: its panel, its name and style there; its edges and {control: (0 for
    across or 1 for down, where its stops lie)}, in pixels of the picture."""
    height = explorer.live.figure.canvas.get_width_height()[1]
    panel, area, css = drag.spot(explorer.live)
    places = {name: (axis, [pixels[number] for number in moves[name].numbers])
              for name, (axis, pixels) in drag.places(explorer.controls, height).items() if moves[name].kind != "fixed"}
    return {"panel": panel, "label": " and ".join(moves[name].label for name in places),
            "style": f"{css}; touch-action: {'none' if drag.y in places else 'pan-y'}", "area": area, "places": places}


def buttons(parts):
    """What stands on the buttons among these widgets."""
    inner = [part for box in parts for part in (box, *getattr(box, "children", ()))]
    return [part.description for part in inner if isinstance(part, Button)]


def longest(frames):
    """Of the sentences those that take the most lines in a column of some width, and half a line more, for letters are
    not all of one width. They keep the place of all."""
    sentences = sorted({frame.sentence for frame in frames}, key=len)[-LONG:]

    def lines(sentence, width):
        return len(textwrap.wrap(sentence, width, break_on_hyphens=False)), len(sentence)

    return sorted({f"{max(sentences, key=functools.partial(lines, width=width))} and as much as half a line"
                   for width in WIDTHS})


def packed(explorer, frames):
    """The file of an explorer."""
    drawn = [[column(texts) for texts in itertools.zip_longest(*(frame.pieces[i] for frame in frames), fillvalue="")]
             for i in range(len(explorer.live.panels))]
    words = {name: column([getattr(frame, name) for frame in frames]) for name in ("sentence", "code")}
    content = {"stages": stages(explorer), "page": [int(frame.page) for frame in frames], "panels": drawn, **words}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def column(texts):
    """One column: the beginning and the end that its texts share, what lies between (None for no text at all), and
    how far to go on from setting to setting."""
    known = {}
    places = [known.setdefault(text, len(known)) for text in texts]
    head = os.path.commonprefix([text for text in known if text])
    rests = [text[len(head):] for text in known]
    tail = os.path.commonprefix([rest[::-1] for rest, text in zip(rests, known) if text])[::-1]
    return {"head": head, "tail": tail,
            "texts": [rest[:len(rest) - len(tail)] if text else None for rest, text in zip(rests, known)],
            "steps": [place - before for before, place in itertools.pairwise([0, *places])]}
