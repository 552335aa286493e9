"""A cell that is run again when the whole lesson has run prints what it printed before.

Readers go back and forth. A later cell that gives a name another meaning would make an earlier one say something else.
"""

import contextlib
import dis
import io
from types import CodeType

import pytest

from tests.notebooks.lesson import lesson_paths, read_lesson


def read_and_bound(source):
    """The names that a cell takes from the cells before it, and those that it binds."""
    read, bound, inner = set(), set(), [compile(source, "cell", "exec")]
    for step in dis.get_instructions(inner[0]):
        if step.opname == "STORE_NAME":
            bound.add(step.argval)
        elif step.opname == "LOAD_NAME" and step.argval not in bound:
            read.add(step.argval)
    for code in inner:   # grows: functions in functions
        inner += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
        read |= {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"} - bound
    return read, bound


def has_second_meanings(cells):
    """Whether some cell reads a name that a later one binds."""
    names = [read_and_bound(cell) for cell in cells]
    return any(read & bound for i, (read, _) in enumerate(names) for _, bound in names[i + 1:])


def printed(cell, namespace):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(cell, namespace)
    return out.getvalue()


def what_changes(cells):
    """The cells that print something else, each run again alone after all."""
    if not has_second_meanings(cells):
        return []
    namespace, changed = {}, []
    before = [printed(cell, namespace) for cell in cells]
    end = dict(namespace)
    for cell, said in zip(cells, before):
        namespace.clear()
        namespace.update(end)   # in place: functions look their names up here
        if printed(cell, namespace) != said:
            changed.append(cell)
    return changed


@pytest.mark.parametrize("path", lesson_paths(), ids=lambda path: path.stem)
def test_a_cell_that_is_run_again_prints_the_same(path):
    assert not what_changes([cell.source for cell in read_lesson(path).code])


def test_a_name_with_a_second_meaning_is_found():
    cells = ["w = 1", "def double():\n    return 2 * w", "print(double())", "u = 5\nprint(u)", "v = [w for w in 'ab']"]
    assert not has_second_meanings(cells)
    assert what_changes([*cells, "w = 5"]) == ["print(double())"]
