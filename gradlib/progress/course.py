"""The course as a map: what there is in each lesson, and what this reader has done of it."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path

from .. import predictions
from ..memory import READER

PACKAGE = Path(__file__).parents[1]
# Exercises are counted in their source: to import them all, with their hundreds of mistakes, takes seconds.
EXERCISE = re.compile(r"^(\w+) = (?:Open)?Exercise\(", re.MULTILINE)
HEAD = ("lesson", "title", "predictions", "made", "right", "sure", "sure and right", "exercises", "solved",
        "mistakes met", "mistakes mended", "last day")


@dataclass
class Lesson:
    """One lesson. `entries` are those of the memory that belong to it."""

    number: str
    predictions: dict
    exercises: list
    entries: list

    @cached_property
    def file(self):
        """The notebook beside the one that asks, or None."""
        return next(iter(sorted(Path.cwd().glob(f"{self.number}_*.ipynb"))), None)

    @property
    def title(self):
        """In the words of the file's name."""
        return f"{self.number} {self.file.stem[3:].replace('_', ' ')}" if self.file else f"lesson {self.number}"

    @cached_property
    def made(self):
        """[(prediction, entry)] of those that are made, the first choice of each."""
        made = [(prediction, prediction.first(self.entries)) for prediction in self.predictions.values()]
        return [(prediction, entry) for prediction, entry in made if entry]

    @cached_property
    def checked(self):
        """Exercise -> its entries, in order."""
        found = {name: [entry for entry in self.entries if entry["kind"] == "exercise"
                        and entry["place"] == f"{self.number}/{name}"] for name in self.exercises}
        return {name: entries for name, entries in found.items() if entries}

    @property
    def solved(self):
        """The exercises that have been right, whatever came after."""
        return [name for name, entries in self.checked.items() if any(map(is_right, entries))]

    @property
    def open(self):
        """Exercise -> the last verdict, where that was a mistake."""
        return {name: entries[-1] for name, entries in self.checked.items() if not is_right(entries[-1])}

    @property
    def is_done(self):
        """Whether every prediction is made and every exercise solved."""
        return len(self.made) == len(self.predictions) and len(self.solved) == len(self.exercises)

    def mistakes(self):
        """How many kinds of mistakes were met, and how many of them are mended."""
        met = {name: {entry["code"] for entry in entries if not is_right(entry)}
               for name, entries in self.checked.items()}
        return (sum(map(len, met.values())), sum(len(codes) for name, codes in met.items() if name not in self.open))

    def row(self):
        """The numbers of HEAD."""
        sure = [entry for _, entry in self.made if entry["sure"] == predictions.SURENESS[-1]]
        entries = [entry for _, entry in self.made]
        return (self.number, self.title, len(self.predictions), len(entries), sum(map(is_right, entries)), len(sure),
                sum(map(is_right, sure)), len(self.exercises), len(self.solved), *self.mistakes(),
                max((entry["day"] for entry in self.entries), default=""))

    @cached_property
    def cells(self):
        """Tag -> the id of the first cell that has it."""
        try:
            cells = json.loads(self.file.read_text(encoding="utf-8"))["cells"] if self.file else []
            return {tag: cell["id"] for cell in reversed(cells) for tag in cell["metadata"].get("tags", [])}
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return {}

    def address(self, tag=""):
        """A link to the lesson, or to the cell with this tag; None where the lesson is not at hand."""
        cell = self.cells.get(tag) if tag else None
        return self.file and self.file.name + (f"#cell-id={cell}" if cell else "")


def is_right(entry):
    """Whether a prediction or an answer was right."""
    return entry["code"] in (predictions.RIGHT, "correct")


def lessons():
    """Every lesson of the course, in order."""
    remembered = READER.entries()
    numbers = sorted(path.stem[-2:] for path in (PACKAGE / "exercises").glob("lesson??.py"))
    return [lesson(number, [entry for entry in remembered if entry["place"][:3] == f"{number}/"])
            for number in numbers]


def lesson(number, entries):
    """A lesson, with what belongs to it."""
    source = PACKAGE / "exercises" / f"lesson{number}.py"
    asked = {}
    if (PACKAGE / "predictions" / source.name).is_file():
        module = import_module(f"gradlib.predictions.{source.stem}")
        asked = {name: kept for name, kept in vars(module).items() if isinstance(kept, predictions.Prediction)}
    return Lesson(number, asked, EXERCISE.findall(source.read_text(encoding="utf-8")), entries)
