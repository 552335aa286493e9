"""What the site knows of a lesson: what stands in its first cell, and where it leads."""

import ast
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

import nbformat

from courseware.places import FOLDER
from courseware.troubles import Trouble

NOTEBOOKS = FOLDER / "notebooks"
LINK = re.compile(r"\]\(([^)#]+)")


@dataclass(frozen=True)
class Lesson:
    """One notebook. `path` is a file in the folder notebooks."""

    path: Path

    @cached_property
    def notebook(self):
        return nbformat.read(self.path, as_version=4)

    @cached_property
    def _opening(self):
        """Title, sentence, and the line that says how long it takes: the paragraphs of the first cell."""
        return self.notebook.cells[0].source.split("\n\n")

    @property
    def number(self):
        return self.path.name[:2]

    @property
    def title(self):
        return re.sub(r"^# (\d\d )?", "", self._opening[0])

    @property
    def sentence(self):
        return self._opening[1]

    @property
    def minutes(self):
        found = re.search(r"(\d+) minutes", self.notebook.cells[0].source)
        if not found:
            raise Trouble(f"{self.path.name} does not say how long it takes. "
                                 'Write "About 30 minutes" into its first cell.')
        return int(found.group(1))

    @property
    def page(self):
        """Where its page lies in the site."""
        return f"notebooks/{self.path.stem}.html"

    @property
    def run(self):
        """Where it opens in JupyterLite, in the site."""
        return f"run/notebooks/index.html?path=notebooks/{self.path.name}"

    @cached_property
    def explorers(self):
        """{number of a cell: the call in it that makes an explorer}, such as {31: "step_size()"}."""
        calls = {i: explorer_call(cell.source) for i, cell in enumerate(self.notebook.cells)
                 if cell.cell_type == "code" and "explorer" in cell.metadata.get("tags", ())}
        return {i: call for i, call in calls.items() if call}

    @property
    def sources(self):
        """The files of gradlib that it links to, as paths in the course."""
        links = LINK.findall("\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "markdown"))
        return [str(PurePosixPath(link).relative_to("..")) for link in links
                if link.startswith("../") and link.endswith(".py")]


def explorer_call(source):
    """What makes an explorer in this code, or None: a call of a name with literals alone, whatever is done with it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
            if all(isinstance(value, ast.Constant) for value in given):
                return ast.unparse(node)
    return None


def all_lessons():
    """Every lesson, in order."""
    return [Lesson(path) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))]


def linked_sources():
    """Every file of gradlib that some lesson links to."""
    return sorted({source for lesson in all_lessons() for source in lesson.sources})
