"""Execute the lessons in fresh kernels, and store them the same way on every machine.

python -m tests.notebooks.run             says which lessons would change; exit code 1 if any would
python -m tests.notebooks.run --write     stores them, if every cell of every lesson ran
python -m tests.notebooks.run FILE …      these only
"""

from __future__ import annotations

import argparse
import base64
import copy
import hashlib
import io
import json
import re
import sys
from pathlib import Path

import nbformat
from PIL import Image

from .kernels import LessonFailed, failed, kernel, run_cells, together
from .lesson import Lesson, lesson_paths
from .outputs import METADATA, WIDGET_VIEW, machine_path, no_stderr

PNG_IN_JSON = re.compile(r"iVBORw0KGgo(?:[A-Za-z0-9+/=]|\\n)*")


async def executed(notebook, folder: Path, name: str):
    """A copy of the notebook, executed and tidied; the original is not touched."""
    result = copy.deepcopy(notebook)
    async with kernel(result, folder) as client:
        await run_cells(client, name)
    return tidied(result)


def tidied(notebook):
    """Keep what a reader sees; drop what belongs to one machine or one session."""
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({"tags": cell.metadata.tags} if cell.metadata.get("tags") else {})
        if cell.cell_type == "code":
            cell.outputs = without_widget_views(merged_streams(cell.outputs))
    return notebook


def merged_streams(outputs: list) -> list:
    """Neighbouring pieces of one stream as one: how the kernel cut them is chance."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else {}
        if output.output_type == last.get("output_type") == "stream" and output.name == last["name"]:
            last["text"] += output.text
        else:
            merged.append(output)
    return merged


def without_widget_views(outputs: list) -> list:
    """A stored view has no model: JupyterLab would show an error in place of the still picture."""
    for output in outputs:
        output.get("data", {}).pop(WIDGET_VIEW, None)
    return outputs


def keep_equal_pictures(new, stored) -> None:
    """Where outputs differ in the bytes of pictures only, not in pixels, keep the stored ones."""
    before = {cell.get("id"): cell for cell in stored.cells}
    for cell in new.cells:
        old = before.get(cell.id)
        if cell.cell_type == "code" and old and as_pixels(old.get("outputs")) == as_pixels(cell.outputs):
            cell.outputs = old.outputs


def as_pixels(outputs) -> str:
    """The outputs as text, each PNG replaced by a digest of its pixels."""
    return PNG_IN_JSON.sub(lambda png: pixels(png.group()), json.dumps(outputs, sort_keys=True))


def pixels(png_in_json: str) -> str:
    try:
        with Image.open(io.BytesIO(base64.b64decode(png_in_json.replace(r"\n", "")))) as image:
            return f"{image.size} {hashlib.sha256(image.convert('RGBA').tobytes()).hexdigest()}"
    except (ValueError, OSError):
        return png_in_json  # not a picture that can be read: compare it as it stands


def as_text(notebook) -> str:
    """The file as Jupyter writes it."""
    return nbformat.writes(notebook) + "\n"


async def refreshed(path: Path) -> str:
    """The text that the lesson's file should have."""
    stored = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    new = await executed(stored, path.parent, path.name)
    for finding in [*no_stderr(Lesson(path, new)), *machine_path(Lesson(path, new))]:
        raise failed(path.name, finding.cell, new.cells[finding.cell].source, finding.message)
    keep_equal_pictures(new, stored)
    return as_text(new)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser("python -m tests.notebooks.run", description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the executed lessons")
    parser.add_argument("notebook", nargs="*", type=Path, help="default: all of notebooks/")
    options = parser.parse_args(arguments)
    paths = options.notebook or lesson_paths()
    if not paths:
        parser.error("there are no lessons in notebooks/")
    texts = dict(zip(paths, together([refreshed(path) for path in paths])))
    failures = [str(text) for text in texts.values() if isinstance(text, LessonFailed)]
    if failures:
        print("\n".join([*failures, "Nothing was written."]), file=sys.stderr)
        return 1
    changed = [path for path, text in texts.items() if text != path.read_bytes().decode()]
    for path in changed:
        if options.write:
            path.write_bytes(texts[path].encode())
        print(f"{path.name}: {'written' if options.write else 'would change'}")
    print(f"{len(texts)} executed, {len(changed)} changed")
    return int(bool(changed) and not options.write)


if __name__ == "__main__":
    sys.exit(main())
