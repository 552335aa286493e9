"""The page of what is done: every belief once, every mistake that is open, and what a teacher gets."""

from __future__ import annotations

import csv
import re
from html import unescape

import pytest

import gradlib
from gradlib.memory import READER, Memory
from gradlib.predictions import RIGHT, SURENESS, Prediction
from gradlib.progress import course, page

from ..notebooks.lesson import FOLDER


@pytest.fixture
def memory(monkeypatch, tmp_path):
    """A memory of its own, in the folder of the lessons; a test has no reader to ask about."""
    assert READER.file is None
    mine = Memory(None)
    for module in (course, page, gradlib.progress):
        monkeypatch.setattr(module, "READER", mine)
    monkeypatch.chdir(FOLDER)
    return mine


def asked():
    return [prediction for lesson in course.lessons() for prediction in lesson.predictions.values()]


def test_an_empty_page_says_where_to_begin(memory):
    shown = gradlib.progress()
    assert [step for step, *_ in shown.next_steps()] == ["Go on with lesson 00."]
    assert len(shown.lessons) == len([*FOLDER.glob("*.ipynb")]) and not shown.calibration()


def test_who_is_wrong_everywhere_hears_of_each_belief_once_the_surest_first(memory):
    for i, prediction in enumerate(asked()):
        code = next(code for code in prediction.options if code != RIGHT)
        for _ in range(2):
            memory.add("prediction", prediction.place, code=code, sure=SURENESS[i % 3])
    shown = gradlib.progress()
    beliefs = [prediction.options[entry["code"]].belief for _, prediction, entry in shown.beliefs()]
    assert len(beliefs) == len(set(beliefs)) == len(asked())
    told = [rest for _, rest, _ in shown.next_steps()]
    assert [sum(belief in rest for rest in told) for belief in beliefs] == [1] * len(beliefs)
    sure = [SURENESS.index(entry["sure"]) for _, _, entry in shown.beliefs()]
    assert sure == sorted(sure, reverse=True)
    assert all(right == 0 for _, right, _ in shown.calibration())
    assert sum(count for *_, count in shown.calibration()) == len(asked())


def test_a_mistake_is_open_until_the_exercise_is_right(memory):
    memory.add("exercise", "02/step", code="uphill", title="Your step goes uphill.")
    memory.add("exercise", "02/descend", code="sign", title="It climbs.")
    memory.add("exercise", "02/descend", code="correct", title="Right.")
    shown = gradlib.progress()
    lesson = next(lesson for lesson in shown.lessons if lesson.number == "02")
    assert list(lesson.open) == ["step"] and lesson.solved == ["descend"] and lesson.mistakes() == (2, 1)
    assert "Your step goes uphill." in repr(shown) and "It climbs." not in repr(shown)


def test_a_lesson_is_done_when_all_is_made_and_solved(memory):
    lesson = next(lesson for lesson in course.lessons() if lesson.number == "02")
    for prediction in lesson.predictions.values():
        memory.add("prediction", prediction.place, code=RIGHT, sure="sure")
    for name in lesson.exercises:
        assert not next(lesson for lesson in course.lessons() if lesson.number == "02").is_done
        memory.add("exercise", f"02/{name}", code="correct")
    assert next(lesson for lesson in course.lessons() if lesson.number == "02").is_done


def test_exercises_are_counted_as_they_are():
    from gradlib.exercises import lesson02, lesson12
    found = {lesson.number: lesson.exercises for lesson in course.lessons()}
    for number, module in (("02", lesson02), ("12", lesson12)):
        assert found[number] == [name for name, one in vars(module).items() if hasattr(one, "stub")]


def test_links_lead_to_cells_that_exist(memory):
    for prediction in asked():
        wrong = next(code for code in prediction.options if code != RIGHT)
        memory.add("prediction", prediction.place, code=wrong, sure="sure")
    memory.add("exercise", "02/step", code="uphill", title="Your step goes uphill.")
    for _, _, address in gradlib.progress().next_steps():
        name, _, cell = address.partition("#cell-id=")
        assert (FOLDER / name).is_file() and (not cell or f'"id": "{cell}"' in (FOLDER / name).read_text("utf-8"))
    assert "#cell-id=" in gradlib.progress()._repr_html_()


def test_html_and_text_say_the_same(memory):
    memory.add("prediction", "02/kept", code="half_way", sure="sure")
    shown = gradlib.progress()
    words = unescape(re.sub("<[^>]*>", " ", shown._repr_html_()))
    for step, rest, _ in shown.next_steps():
        assert step in words and rest in words and f"{step} {rest}".strip() in repr(shown)
    assert "0 of 1 right" in words and "0 of 1 right" in repr(shown)


def test_a_teacher_gets_a_line_for_each_lesson(memory, tmp_path):
    memory.add("prediction", "02/kept", code=RIGHT, sure="sure")
    said = gradlib.progress.export(tmp_path / "ada.csv")
    with open(tmp_path / "ada.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert "ada.csv" in said and [row["lesson"] for row in rows] == [lesson.number for lesson in course.lessons()]
    row = next(row for row in rows if row["lesson"] == "02")
    assert (row["made"], row["right"], row["sure and right"], row["solved"]) == ("1", "1", "1", "0")


def test_what_no_longer_exists_is_passed_over(memory):
    for place in ("99/gone", "02/gone", "", "02/"):
        memory.add("exercise", place, code="a")
        memory.add("prediction", place, code="a", sure="sure")
    memory.add("prediction", "02/kept", code="gone", sure="sure")
    assert not gradlib.progress().calibration() and [*gradlib.progress().next_steps()][0][0].startswith("Go on")


def test_all_is_forgotten_when_asked(memory):
    memory.add("exercise", "02/step", code="uphill")
    assert gradlib.progress.forget() and memory.entries() == []


def test_only_predictions_of_lessons_have_a_place():
    assert Prediction("Is it?", right=("yes", ""), wrong={}).place == ""
