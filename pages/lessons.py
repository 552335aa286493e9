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
        """{number of a cell: the program that makes its explorer}, such as {31: "step_size()"}. Its last line is the
        call; those before make what a lesson gives to it."""
        code = {i: ast.parse(cell.source).body for i, cell in enumerate(self.notebook.cells)
                if cell.cell_type == "code"}
        tagged = [i for i in code if "explorer" in self.notebook.cells[i].metadata.get("tags", ())]
        return {i: program(explorer_call(code[i]), [line for j in code if j < i for line in code[j]]) for i in tagged}

    @property
    def sources(self):
        """The files of gradlib that it links to, as paths in the course."""
        links = LINK.findall("\n".join(cell.source for cell in self.notebook.cells if cell.cell_type == "markdown"))
        return [str(PurePosixPath(link).relative_to("..")) for link in links
                if link.startswith("../") and link.endswith(".py")]


def explorer_call(statements):
    """What makes an explorer in a cell: the call of a name, whatever is done with it."""
    return next(node for statement in statements for node in ast.walk(statement)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))


def program(call, before):
    """The text of a call, and above it those of the statements before on which it depends."""
    wanted, lines = names_in(call, ast.Load) - {call.func.id}, [ast.unparse(call)]
    for statement in reversed(before):
        parts = statement.body if isinstance(statement, ast.Try) else [statement]   # a lesson's imports
        for part in reversed(parts):
            if made := wanted & names_in(part, ast.Store):
                wanted = wanted - made | names_in(part, ast.Load)
                lines.append(ast.unparse(part))
    return "\n".join(reversed(lines))


def names_in(statement, kind):
    """The names that a statement reads (`ast.Load`) or makes (`ast.Store`)."""
    nodes = list(ast.walk(statement))
    names = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, kind)}
    made = {(node.asname or node.name) if isinstance(node, ast.alias) else node.name for node in nodes
            if isinstance(node, (ast.alias, ast.FunctionDef))}
    return names | made if kind is ast.Store else names


def all_lessons():
    """Every lesson, in order."""
    return [Lesson(path) for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))]


def linked_sources():
    """Every file of gradlib that some lesson links to."""
    return sorted({source for lesson in all_lessons() for source in lesson.sources})
