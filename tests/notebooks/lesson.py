"""A lesson as the checks see it: its cells with their tags, its place on disk, its exercises and predictions."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import nbformat

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"


def lesson_paths() -> list[Path]:
    """The lessons on disk in the order of the course."""
    return sorted(FOLDER.glob("*.ipynb"))


@dataclass(frozen=True)
class Cell:
    index: int
    kind: str
    source: str
    tags: frozenset[str]
    outputs: list = field(default_factory=list)
    raw: dict = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        return [line for line in self.source.splitlines() if line.strip()]

    def names(self, prefix: str) -> list[str]:
        """The NAMEs in its tags prefix:NAME."""
        return [tag.partition(":")[2] for tag in sorted(self.tags) if tag.startswith(prefix + ":")]


class Lesson:
    """A parsed notebook.  `exercises` holds one object per exercise NAME, with its `stub` as text; `predictions` one
    per prediction NAME."""

    def __init__(self, path: Path, notebook, exercises=None, predictions=None):
        self.path, self.notebook, self.exercises = Path(path), notebook, exercises
        self.predictions = predictions or SimpleNamespace()
        if not re.match(r"\d\d_", self.path.name):
            raise ValueError(f"a lesson is called 00_name.ipynb, with its number in front; got {self.path.name}")
        self.number = int(self.path.name[:2])
        self.cells = [as_cell(index, cell) for index, cell in enumerate(notebook.cells)]
        self.markdown = [cell for cell in self.cells if cell.kind == "markdown"]
        self.code = [cell for cell in self.cells if cell.kind == "code"]

    def tagged(self, tag: str) -> list[Cell]:
        return [cell for cell in self.cells if tag in cell.tags]

    def named(self, prefix: str) -> dict[str, Cell]:
        """NAME -> cell, for all cells tagged prefix:NAME, in order."""
        return {name: cell for cell in self.cells for name in cell.names(prefix)}


def as_cell(index: int, raw) -> Cell:
    tags = frozenset(raw.metadata.get("tags", []))
    return Cell(index, raw.cell_type, raw.source, tags, raw.get("outputs", []), raw)


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file; its exercises and predictions come from the modules of the same number in gradlib."""
    notebook = nbformat.reads(Path(path).read_text(encoding="utf-8"), as_version=4)
    number = Lesson(path, notebook).number
    return Lesson(path, notebook, module_of("exercises", number), module_of("predictions", number))


def module_of(part: str, number: int):
    """gradlib.PART.lessonNN, or None where there is none."""
    module = f"gradlib.{part}.lesson{number:02d}"
    return importlib.import_module(module) if importlib.util.find_spec(module) else None
