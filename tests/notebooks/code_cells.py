"""Rules about the code that a reader meets."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator
from statistics import median

from .findings import rule
from .lesson import Cell, Lesson

NETWORK_MODULES = {"urllib", "requests", "socket", "http", "httpx", "aiohttp", "ftplib", "urllib3"}
ADDRESS = re.compile(r"\b(?:https?|ftp)://|\bwww\.", re.IGNORECASE)
REMOTE_PICTURE = re.compile(r"!\[[^\]]*\]\(\s*https?:|<img[^>]+src=[\"']https?:", re.IGNORECASE)
CAPTURING_WIDGETS = {"Output", "interact", "interactive", "interactive_output", "interact_manual"}
MARKERS = re.compile(r"nbval|raises-exception|skip-execution", re.IGNORECASE)  # tags
MARKER_COMMENT = re.compile(r"#\s*(?:NBVAL_|PYTEST_VALIDATE_)")


def trees(lesson: Lesson) -> Iterator[tuple[Cell, ast.Module]]:
    """The cells that are plain Python, parsed."""
    for cell in lesson.code:
        try:
            yield cell, ast.parse(cell.source)
        except SyntaxError:
            pass  # the rule plain_python speaks


def imports(tree: ast.Module) -> Iterator[tuple[ast.stmt, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            yield node, node.module or ""


def names(node: ast.AST) -> list[str]:
    """The names that a piece of code uses: a variable, an attribute, an import."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [node.name] if isinstance(node, ast.alias) else []


@rule
def plain_python(lesson):
    """Magics (%, !, ?) are no Python: what a beginner copies out of the lesson must run anywhere."""
    for cell in lesson.code:
        try:
            ast.parse(cell.source)
        except SyntaxError as error:
            yield cell.index, f"not plain Python (line {error.lineno}): magic, shell or syntax error"


@rule
def cell_lines(lesson):
    """A cell is one idea; more than 15 lines are several."""
    for cell in lesson.code:
        if len(cell.lines) > 15:
            yield cell.index, f"{len(cell.lines)} lines of code, at most 15"


@rule
def median_lines(lesson):
    """Most cells should be read at a glance."""
    middle = median([len(cell.lines) for cell in lesson.code] or [0])
    if middle > 5:
        yield None, f"median of {middle} lines in a code cell, at most 5"


@rule
def semicolon(lesson):
    """IPython hides a value before `;` in a notebook, and not under nbval: the two would differ."""
    for cell in lesson.code:
        if cell.source.rstrip().endswith(";"):
            yield cell.index, "ends with ;"


@rule
def network(lesson):
    """Lessons run on a train.  No addresses or network modules in code, no pictures from elsewhere."""
    for cell in lesson.code:
        if ADDRESS.search(cell.source):
            yield cell.index, "a network address in code"
    for cell, tree in trees(lesson):
        for _, name in imports(tree):
            if name.split(".")[0] in NETWORK_MODULES:
                yield cell.index, f"imports {name}"
    for cell in lesson.markdown:
        if REMOTE_PICTURE.search(cell.source):
            yield cell.index, "a picture from the network"


@rule
def output_widget(lesson):
    """Output and interact flicker, print outside themselves, and hide errors from nbclient."""
    for cell, tree in trees(lesson):
        used = CAPTURING_WIDGETS & {name for node in ast.walk(tree) for name in names(node)}
        if used:
            yield cell.index, f"uses {', '.join(sorted(used))}; use gradlib.live"


@rule
def no_marker(lesson):
    """A cell that nbval skips is a cell that nobody checks."""
    for cell in lesson.code:
        if MARKER_COMMENT.search(cell.source) or any(MARKERS.match(tag) for tag in cell.tags):
            yield cell.index, "marked to be left out of the comparison"


def setup_place(lesson: Lesson) -> int | None:
    """Where the imports belong: in the first code cell that is no self-check."""
    return next((cell.index for cell in lesson.code if "self-check" not in cell.tags), None)


@rule
def setup_cell(lesson):
    """All imports stand in one small cell at the top, so that a reader knows where names come from.

    Five lines: NumPy, the mathematics, exercises, explorers, predictions.  The self-check of lesson 00 comes before
    it: it asks whether they can be imported at all.
    """
    first, lines = setup_place(lesson), 0
    for cell, tree in trees(lesson):
        nodes = set() if "self-check" in cell.tags else {node for node, _ in imports(tree)} - in_handlers(tree)
        lines += len(nodes)
        if nodes and cell.index != first:
            yield cell.index, "imports outside the first code cell"
    if lines > 5:
        yield first, f"{lines} imports, at most 5"


def in_handlers(tree: ast.Module) -> set[ast.AST]:
    """All that stands after an `except`."""
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    return {node for handler in handlers for node in ast.walk(handler)}


GUARDED = ast.parse("""
try:
    pass
except ModuleNotFoundError as missing:
    import sys
    raise ImportError(f"This kernel is {sys.executable}, without {missing.name}. Choose the kernel .venv; "
                      "if there is none, lesson 00 says how to begin.") from None
""")


@rule
def setup_guard(lesson):
    """A kernel that lacks the course says so in one sentence, in every lesson, and which kernel to choose."""
    for cell, tree in trees(lesson):
        if cell.index == setup_place(lesson) and ast.dump(without_imports(tree)) != ast.dump(GUARDED):
            yield cell.index, f"expected all imports, and nothing else, in place of `pass`:\n{ast.unparse(GUARDED)}"


def without_imports(tree: ast.Module) -> ast.Module:
    """The code, with `pass` for the imports within its first statement, if that is a `try`."""
    copied = copy.deepcopy(tree)
    for block in copied.body[:1]:
        if isinstance(block, ast.Try) and all(isinstance(node, (ast.Import, ast.ImportFrom)) for node in block.body):
            block.body = [ast.Pass()]
    return copied


def bound(node: ast.AST) -> set[str]:
    """The names that a piece of code leaves behind for the cells after it: variables, functions, classes, imports."""
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {node.name}
    if isinstance(node, ast.alias):
        return {node.asname or node.name.partition(".")[0]}
    if isinstance(node, (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return set()
    own = {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()
    return own.union(*map(bound, ast.iter_child_nodes(node)))


@rule
def learners_name(lesson):
    """The name that an exercise asks for is the learner's own: where the lesson binds it too, the check may judge
    the lesson's function, or say Correct to a learner who has written nothing."""
    asked = set(lesson.named("exercise"))
    for cell, tree in trees(lesson):
        for name in sorted(asked & bound(tree) - set(cell.names("exercise"))):
            yield cell.index, f"binds {name}, which an exercise of this lesson asks for; choose another name"
