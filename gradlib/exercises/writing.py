"""Exercises are written as lines of code: here they become functions, and a wrong line takes a right one's place."""

import ast
import linecache
import math
import textwrap

import numpy as np

from ..calculus import sigmoid

NAMES = {"np": np, "math": math, "sigmoid": sigmoid}   # what the lines of an exercise may use

RETURNED = "returned"


def built(source, names=NAMES):
    """The last function that a text defines. Its lines can be read again, as those of a notebook's cell."""
    file = f"<exercise {abs(hash(source))}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    namespace, tree = dict(names), ast.parse(source)
    exec(compile(tree, file, "exec"), namespace)
    return namespace[tree.body[-1].name]


class Lines:
    """The lines of a function, carried out one by one: where one is changed, only that one has to be compiled.

    `body` are its statements, without the docstring; `whole` is False where a line but the last returns, or where a
    while stands: with another line in it that may go on for ever.
    """

    def __init__(self, source, names=NAMES):
        function = ast.parse(source).body[-1]
        self.names, self.arguments, self._codes = names, [each.arg for each in function.args.args], {}
        *lines, last = function.body[ast.get_docstring(function) is not None:]
        self.whole = isinstance(last, ast.Return) and not any(
            isinstance(node, (ast.Return, ast.While)) for line in lines for node in ast.walk(line)
            if not isinstance(line, ast.FunctionDef))
        returned = ast.Assign([ast.Name(RETURNED, ast.Store())], getattr(last, "value", None))
        self.body = [*lines, ast.fix_missing_locations(returned)]

    def function(self, body):
        """The function with these statements in the place of its own."""
        def run(*args):
            names = {**self.names, **dict(zip(self.arguments, args))}
            for statement in body:
                exec(self._code(statement), names)
            return names[RETURNED]
        return run

    def _code(self, statement):
        if id(statement) not in self._codes:
            code = compile(ast.Module([statement], []), "<line>", "exec")
            self._codes[id(statement)] = statement, code   # both are kept, so that no other gets this id
        return self._codes[id(statement)][1]


def cell(head, lines):
    """The text of a notebook's cell: def and docstring, and the lines of the body."""
    return head + textwrap.indent(lines.strip("\n") + "\n", "    ")


def rewritten(source, lines):
    """`source`, a function, with other `lines` in the place of those that make the same names.

    A line takes the place of the last one that makes the same name in the same way (= or +=), else in any way;
    a return that of the return.  A line that makes a new name goes before the next one, or behind the last.  A
    loop takes the place of a loop over the same, with all that is in it.  Lines that begin with def are a
    function of their own.  Raises ValueError where no line finds a place.
    """
    lines = textwrap.dedent(lines)
    if lines.lstrip().startswith("def "):
        return lines
    tree, waiting, last, lines = ast.parse(source), [], None, ast.parse(_as_body(lines)).body[0].body
    for line in filter(_rounds, lines):    # first the loops, so that no other line finds its place in them
        body, i = _place(tree.body[0], line, lines) or ([None], 0)
        body[i] = line
    for line in lines:
        place = _place(tree.body[0], line, lines)
        if place is None:
            waiting.append(line)
        else:
            body, i = place
            body[i:i + 1] = [*waiting, line]
            last, waiting = (body, i + len(waiting) + 1), []
    if waiting and last:
        body, i = last
        body[i:i] = waiting
    elif waiting:
        raise ValueError(f"No line of the solution makes what `{ast.unparse(waiting[0])}` makes, and none follows.")
    return ast.unparse(tree) + "\n"


def _as_body(lines):
    return "def lines():\n" + textwrap.indent(lines.strip("\n"), "    ")


def _rounds(statement):
    """What a loop runs over, as text."""
    over = getattr(statement, "iter", getattr(statement, "test", None))
    return ast.unparse(over) if over else ""


def _place(function, line, closed):
    """(list of statements, position) of the line whose place another takes, or None: a line of the same kind if there
    is one, and where all that is needed has been made before.  No line has its place inside of one of those that
    are closed."""
    made, needed = _makes(line), _needs(line)
    statements = [(body, i, _all_names(body[i])) for body, i in _statements(function.body, closed)]
    unknown = {name for *_, names in statements for name in names}
    known, found = set(), []
    for body, i, names in statements:
        if body[i] is line:
            return body, i
        if made & _makes(body[i]) and _rounds(line) == _rounds(body[i]):
            found.append((needed & unknown <= known, type(line) is type(body[i]), body, i))
        known |= names if not _rounds(body[i]) else _targets(body[i])
    best = max((each[:2] for each in found), default=None)
    return next(((body, i) for *rank, body, i in reversed(found) if tuple(rank) == best), None)


def _needs(line):
    return {node.id for node in ast.walk(line) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}


INWARD = ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda


def _all_names(statement):
    return {node.id for node in _own(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _own(node):
    """The nodes of a statement, without the inside of comprehensions: their names are gone when they end."""
    nodes = [node]
    for node in nodes:   # which grow on the way
        nodes += [child for child in ast.iter_child_nodes(node) if not isinstance(child, INWARD)]
    return nodes


def _targets(loop):
    return _all_names(loop.target) if isinstance(loop, ast.For) else set()


def _statements(body, closed=()):
    for i, statement in enumerate(body):
        yield body, i
        for inner in ("body", "orelse") if statement not in closed else ():
            yield from _statements(getattr(statement, inner, []), closed)


def _makes(statement):
    """The names that one statement makes; a return makes "return", and a loop all that is made in it."""
    if isinstance(statement, ast.Return):
        return {"return"}
    if _rounds(statement):
        return {name for body, i in _statements(statement.body) for name in _makes(body[i]) - {"return"}}
    return {_base(node) for node in _own(statement)
            if isinstance(getattr(node, "ctx", None), ast.Store) and not isinstance(node, (ast.Tuple, ast.List))}


def _base(target):
    """The name that an assignment writes into: grad of grad[j]."""
    while not isinstance(target, ast.Name):
        target = target.value
    return target.id
