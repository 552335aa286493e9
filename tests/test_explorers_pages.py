"""What the pages know of a lesson's explorer: the program that makes it from the lesson's own data."""

from __future__ import annotations

import ast

import pytest

from pages import baking
from pages.lessons import all_lessons, program

LESSONS = [lesson for lesson in all_lessons() if lesson.explorers]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.number)
def test_its_program_makes_what_the_lesson_shows(lesson):
    tagged = [i for i, cell in enumerate(lesson.notebook.cells) if "explorer" in cell.metadata.get("tags", ())]
    assert [*lesson.explorers] == tagged
    for i, call in lesson.explorers.items():
        explorer, _ = baking.made(call)
        shown = "".join(output.data["text/plain"] for output in lesson.notebook.cells[i].outputs)
        assert shown.startswith(explorer.sentence)


def test_each_has_a_file_of_its_own():
    names = [baking.named(call) for lesson in LESSONS for call in lesson.explorers.values()]
    assert len(names) == len(set(names)) >= 13


def test_a_program_holds_what_the_call_needs_and_the_last_of_it():
    before = ast.parse("try:\n    import numpy as np\n    import os\nexcept ModuleNotFoundError:\n    raise\n"
                       "a = np.ones(3)\na = a + 1\nother = 2 * a\ndef b(x):\n    return x\nprint(a)").body
    call = ast.parse("show(a, b(1), named=a[:1])").body[0].value
    assert program(call, before).splitlines() == [
        "import numpy as np", "a = np.ones(3)", "a = a + 1", "def b(x):", "    return x", ast.unparse(call)]
