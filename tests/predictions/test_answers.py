"""Every prediction of every lesson: the right answer is what its result shows, and each wrong one is not."""

from __future__ import annotations

import re

import pytest

from gradlib.predictions import RIGHT

from ..notebooks.explorer import explorer_in
from ..notebooks.lesson import lesson_paths, read_lesson

LESSONS = {path.stem: read_lesson(path) for path in lesson_paths()}
PREDICTIONS = [(lesson, name) for lesson in LESSONS.values() for name in lesson.named("prediction")]
every = pytest.mark.parametrize(("lesson", "name"), PREDICTIONS,
                                ids=[f"lesson{lesson.number:02d}-{name}" for lesson, name in PREDICTIONS])
LONGEST, SHORTEST = 45, 6   # letters on a button; words of a belief


def told(lesson, name):
    """The text of the stored result; where it is an explorer, also its sentence at each setting that is named."""
    cell = lesson.named("result")[name]
    texts = [output["data"]["text/plain"] for output in cell.outputs]
    for setting in getattr(lesson.predictions, name).at:
        explorer = explorer_in(lesson, cell)
        for control, value in setting.items():
            explorer.controls[control].value = value
        texts.append(explorer.sentence)
    return "\n".join(texts)


def is_so(option, text):
    return bool(option.holds(text)) if callable(option.holds) else option.holds in text


@every
def test_the_right_answer_is_what_the_result_shows_and_no_other_is(lesson, name):
    prediction, text = getattr(lesson.predictions, name), told(lesson, name)
    said = {code: is_so(option, text) for code, option in prediction.options.items()}
    assert said == {code: code == RIGHT for code in prediction.options}, text


@every
def test_answers_fit_on_buttons_and_do_not_stand_out(lesson, name):
    words = {code: option.words for code, option in getattr(lesson.predictions, name).options.items()}
    assert 3 <= len(words) <= 5 and len(set(words.values())) == len(words)
    assert all(0 < len(answer) <= LONGEST and not answer.endswith(".") for answer in words.values())
    assert len(words[RIGHT]) <= 2 * max(len(answer) for code, answer in words.items() if code != RIGHT)


@every
def test_behind_every_wrong_answer_stands_a_belief_with_a_name(lesson, name):
    prediction = getattr(lesson.predictions, name)
    assert prediction.place == f"{lesson.number:02d}/{name}" and prediction.question.endswith("?")
    for code, option in prediction.options.items():
        assert re.fullmatch(r"[a-z]\w+", code)
        assert not re.search(r"[$`\\]", option.belief + option.words), f"{code}: a plain text, without formulas or code"
        if code != RIGHT:
            assert len(option.belief.split()) >= SHORTEST and option.belief.endswith("."), code


def test_one_belief_has_one_text():
    """Where two predictions share a text, a reader's page names it once."""
    beliefs = [option.belief for lesson, name in PREDICTIONS
               for option in getattr(lesson.predictions, name).options.values() if option.belief]
    assert len(set(beliefs)) == len(beliefs) > 0


def test_the_order_does_not_tell():
    """The right answer is not always at the same place."""
    places = [getattr(lesson.predictions, name).order.index(RIGHT) for lesson, name in PREDICTIONS]
    assert len(set(places)) > 1
