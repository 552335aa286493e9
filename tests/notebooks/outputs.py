"""Rules about what is stored in the file: run order, outputs, figures, sizes, metadata."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator

from .figure import Figure
from .findings import rule
from .lesson import Cell, Lesson
from .text import pictures

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SAFE_KINDS = {"text/plain", "text/html", "text/markdown", "text/latex", "image/png", WIDGET_VIEW}
ACTIVE_HTML = re.compile(r"<(?:script|svg|iframe|object|embed)\b|<[^>]*\son[a-z]+\s*=|javascript:", re.IGNORECASE)
EMBEDDED_PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]*)")
MACHINE_PATH = re.compile(
    r"(?<![\w.])/(?:home|root|tmp|usr|opt|mnt|var|private|work|Users)/"
    r"|\b[A-Za-z]:\\{1,2}(?:Users|Windows|Program Files|Temp)\b"
    r"|\bipykernel_\d+"
)
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def outputs(lesson: Lesson) -> Iterator[tuple[Cell, dict]]:
    for cell in lesson.code:
        for output in cell.outputs:
            yield cell, output


def figures(lesson: Lesson) -> Iterator[tuple[Cell, dict]]:
    """(cell, data) of each stored output that shows a picture."""
    for cell, output in outputs(lesson):
        data = output.get("data", {})
        if "image/png" in data or "<img" in data.get("text/html", ""):
            yield cell, data


def strings(value) -> Iterator[str]:
    """All text in an output, at any depth, without the bytes of pictures."""
    if isinstance(value, str):
        yield EMBEDDED_PNG.sub("", value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from () if key == "image/png" else strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@rule
def run_order(lesson):
    """A reader who runs from top to bottom must get what is stored."""
    for count, cell in enumerate(lesson.code, start=1):
        if cell.raw.execution_count != count:
            yield cell.index, f"ran as number {cell.raw.execution_count}, expected {count}"


@rule
def no_error(lesson):
    """A traceback frightens; a lesson has none."""
    for cell, output in outputs(lesson):
        if output.output_type == "error":
            yield cell.index, f"stored error {output.ename}: {output.evalue}"


@rule
def no_stderr(lesson):
    """Warnings differ from machine to machine, and a beginner takes them for an own mistake."""
    for cell, output in outputs(lesson):
        if output.output_type == "stream" and output.name == "stderr":
            yield cell.index, f"writes to stderr: {output.text.strip()[-200:]}"


@rule
def file_size(lesson):
    """Small files open fast, diff well and keep the repository light."""
    size = len(json.dumps(lesson.notebook, indent=1, ensure_ascii=False).encode())
    if size > 300_000:
        yield None, f"{size // 1000} KB, at most 300"


@rule
def png_size(lesson):
    """A still picture of a simple figure needs no more than 30 KB."""
    for cell, data in figures(lesson):
        pictures = [data.get("image/png", ""), *EMBEDDED_PNG.findall(data.get("text/html", ""))]
        size = max(len(base64.b64decode(picture)) for picture in pictures)
        if size > 30_000:
            yield cell.index, f"picture of {size // 1000} KB, at most 30"


@rule
def output_kind(lesson):
    """JupyterLab strips SVG and scripts from a fresh clone: the reader would see nothing."""
    for cell, output in outputs(lesson):
        for kind in output.get("data", {}).keys() - SAFE_KINDS:
            yield cell.index, f"output of kind {kind}"
        active = ACTIVE_HTML.search(EMBEDDED_PNG.sub("", output.get("data", {}).get("text/html", "")))
        if active:
            yield cell.index, f"active HTML in an output: {active.group().strip()}"


@rule
def widget_state(lesson):
    """A stored widget without its model shows "model not found" in the place of the picture."""
    if "widgets" in lesson.notebook.metadata:
        yield None, "metadata.widgets is stored"
    for cell, output in outputs(lesson):
        if WIDGET_VIEW in output.get("data", {}):
            yield cell.index, f"{WIDGET_VIEW} is stored"


@rule
def metadata(lesson):
    """Metadata that names one machine or one session makes noise in every diff."""
    stored = {key: value for key, value in lesson.notebook.metadata.items() if key != "widgets"}
    if stored != METADATA:
        yield None, f"metadata is {stored}, expected {METADATA}"
    for cell in lesson.cells:
        if cell.raw.metadata.keys() - {"tags"}:
            yield cell.index, f"cell metadata {sorted(cell.raw.metadata.keys() - {'tags'})}"


@rule
def machine_path(lesson):
    """A path of the author's machine means nothing on the reader's, and differs at every run."""
    for cell in lesson.cells:
        found = MACHINE_PATH.search("\n".join([cell.source, *strings(cell.outputs)]))
        if found:
            yield cell.index, f"path of one machine: {found.group()}"


@rule
def cell_id(lesson):
    """Outputs are matched to cells by id, in diffs and when a lesson is run again."""
    for name, count in Counter(cell.raw.get("id") for cell in lesson.cells).items():
        if count > 1 or not name:
            yield None, f"{count} cells with the id {name}"


@rule
def figure_sentence(lesson):
    """The sentence is the picture for those who cannot see it, and what nbval compares."""
    for cell, data in figures(lesson):
        sentence = data.get("text/plain", "").strip()
        if sentence.startswith("<") or len(sentence.split()) < 4 or sentence[-1] not in ".!?":
            yield cell.index, f"text/plain of a figure is no sentence: {sentence[:60]!r}"


@rule
def figure_alt(lesson):
    """A screen reader says the alt text: long enough to say what is seen, short enough to listen to.  (Of a picture in
    several panels the first says it for all, and the others are silent.)"""
    html = [(cell, Figure(data.get("text/html", ""))) for cell, data in figures(lesson)]
    alts = [(cell, alt) for cell, figure in html
            for place, alt in enumerate(figure.alts or [""]) if alt != "" or place == 0]
    alts += [(cell, alt) for cell in lesson.markdown for alt, _ in pictures(cell.source)]
    for cell, alt in alts:
        if not 30 <= len(alt or "") <= 400:
            yield cell.index, f"alt text of {len(alt or '')} characters, expected 30 to 400"


@rule
def figure_caption(lesson):
    """JupyterLab shows no alt text, so the sentence stands under the figure for everybody."""
    for cell, data in figures(lesson):
        if not any(caption.strip() for caption in Figure(data.get("text/html", "")).captions):
            yield cell.index, "figure without a figcaption"


@rule
def explorer_picture(lesson):
    """A reader without a kernel sees the stored picture of an explorer, or nothing."""
    shown = {cell.index for cell, _ in figures(lesson)}
    for cell in lesson.tagged("explorer"):
        if cell.index not in shown:
            yield cell.index, "no still picture is stored"
