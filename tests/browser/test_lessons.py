"""Every lesson as its readers meet it: Run All, in both themes, in words alone, a wrong answer and a right one."""

from __future__ import annotations

import pytest

from gradlib.exercises.messages import LOOKS

from ..notebooks.inject import solutions
from ..notebooks.lesson import lesson_paths
from ..notebooks.outputs import SAFE_KINDS
from ..notebooks.test_inject import WRONG
from .axe import faults

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.parametrize("lesson", lesson_paths(), indirect=True, ids=lambda path: path.stem),
]
# Not JupyterLab around them.
OURS = ".jp-Notebook .jp-RenderedMarkdown", ".jp-Notebook .jp-OutputArea-output"
# Every day in the dark; in the light, in which axe also reads all pages of the site, where thoroughness is asked for.
THEMES = (pytest.param("Light", marks=pytest.mark.thorough), "Dark")
CORE = {"@jupyter-widgets/base", "@jupyter-widgets/controls"}
PICTURES = """
() => [...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output figure')].map(
  figure => [figure.querySelector('img').alt, figure.querySelector('figcaption').innerText])
"""


def test_run_all_ends_without_an_error(lesson, notebook):
    outputs = notebook.outputs()
    assert [notebook.count(cell.index) for cell in lesson.code] == [*range(1, len(lesson.code) + 1)]
    assert not [output for cell in outputs for output in cell if output["output_type"] == "error"]
    assert not [output for cell in outputs for output in cell if output.get("name") == "stderr"]
    assert not notebook.complaints


def test_only_core_widgets_and_safe_kinds_of_output_occur(notebook):
    """What every host of notebooks can show: JupyterLab, Colab, VS Code, Binder."""
    opened = notebook.heard("comm_open")
    assert {comm["target_name"] for comm in opened} <= {"jupyter.widget"}
    states = [comm["data"]["state"] for comm in opened]
    assert {state[f"_{part}_module"] for state in states for part in ("model", "view")} - {None} <= CORE
    shown = notebook.heard("display_data") + notebook.heard("execute_result")
    assert {kind for output in shown for kind in output["data"]} <= SAFE_KINDS


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_no_fault(notebook, theme):
    notebook.turn(theme)
    assert not faults(notebook.page, *OURS)


def test_every_picture_is_told_in_words(lesson, notebook):
    for alt, caption in notebook.page.evaluate(PICTURES):
        assert len(alt) >= 30 and caption.startswith(alt)
    for cell in lesson.tagged("explorer"):
        explorer = notebook.explorer(cell.index)
        explorer.control("img", explorer.sentence()).wait_for()
        assert explorer.root.get_by_text(explorer.sentence()).is_visible()


def test_a_wrong_answer_is_diagnosed_and_a_right_one_confirmed(lesson, notebook):
    assert lesson.path.name[:2] in WRONG, f"add a wrong answer for {lesson.path.name} to WRONG in test_inject.py"
    name, wrong, mistake = WRONG[lesson.path.name[:2]]
    for source, status, code in ((wrong, "wrong", mistake), (solutions(lesson)[name], "correct", "correct")):
        result, said = answered(lesson, notebook, name, source)
        assert (result["status"], result["code"]) == (status, code)
        sign, word, _ = LOOKS[status]
        assert said.startswith(f"{sign} {word} {result['title'].replace('`', '')}")
    assert not notebook.complaints


def answered(lesson, notebook, name, source):
    """Type an answer and run its check: the Result in the kernel, and what a screen reader says of it."""
    exercise, check = (lesson.named(part)[name].index for part in ("exercise", "check"))
    notebook.type(exercise, source)
    notebook.run(exercise)
    notebook.run(check)
    result = notebook.ask(f"vars(Out[{notebook.count(check)}])")
    return result, notebook.cell(check).get_by_role("status").inner_text()
