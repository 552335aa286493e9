"""The question on a belief or mistake of one's own comes in the next lesson, and three later again."""

from __future__ import annotations

import pytest

from gradlib.predictions import RIGHT
from gradlib.progress import course
from gradlib.progress.spaced import SPACING, recall

from .test_progress import memory  # noqa: F401  (a fixture)

NUMBERS = [lesson.number for lesson in course.lessons()]


def wrong(number):
    """A prediction of this lesson, and the code of a wrong answer to it."""
    lesson = next(lesson for lesson in course.lessons() if lesson.number == number)
    prediction = next(iter(lesson.predictions.values()))
    return prediction, next(code for code in prediction.options if code != RIGHT)


@pytest.mark.parametrize("number", NUMBERS[1:])
def test_without_a_memory_it_asks_what_the_lesson_before_asked(number):
    before = course.lessons()[NUMBERS.index(number) - 1]
    asked = recall(number)
    prediction, = [each for each in before.predictions.values() if each.question in asked.question]
    assert prediction.options[RIGHT].words in asked.answer and asked.answer not in asked.question


def test_a_wrong_belief_comes_back_when_it_is_due_and_only_then(memory):  # noqa: F811
    prediction, code = wrong("02")
    memory.add("prediction", prediction.place, code=code, sure="sure")
    belief = prediction.options[code].belief
    due = [NUMBERS[NUMBERS.index("02") + distance] for distance in SPACING]
    assert [number for number in NUMBERS[1:] if belief in recall(number).answer] == due


def test_the_surest_belief_comes_first_and_a_belief_before_a_mistake(memory):  # noqa: F811
    memory.add("exercise", "08/sgd_step", code="scaled_by_n", title="You divide by n.")
    assert "You divide by n." in recall("09").answer
    lesson = course.lessons()[NUMBERS.index("08")]
    for prediction, sure in zip(lesson.predictions.values(), ("a guess", "sure", "fairly sure")):
        code = next(code for code in prediction.options if code != RIGHT)
        memory.add("prediction", prediction.place, code=code, sure=sure)
    assert [*lesson.predictions.values()][1].question in recall("09").question
    assert "You divide by n." not in recall("09").answer


def test_the_answer_is_folded(memory):  # noqa: F811
    asked = recall("03")
    shown, fold = asked._repr_html_().split("<details>")
    assert asked.answer in repr(asked) and "answer" not in shown and fold.endswith("</details>")
