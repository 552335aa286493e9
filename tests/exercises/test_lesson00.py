"""What the exercise of lesson 00 promises: centimetres and kilograms above average, of penguins like the lesson's."""

import re

from gradlib.exercises.lesson00 import error

from .conftest import first_inputs, inputs


def test_the_penguins_are_those_of_the_lesson():
    for w, x, y in inputs(error):
        assert 0.2 <= abs(w) <= 0.9 and 0.5 <= abs(x) <= 3 and 0.2 <= abs(y) <= 1.5
        assert len({1, abs(w), abs(x), abs(y)}) == 4 and abs(w * x - y) > 0.19
        assert all(len(repr(abs(value))) <= 4 for value in (x, y))
    assert {(x > 0, y > 0) for _, x, y in inputs(error)} == {(a, b) for a in (True, False) for b in (True, False)}


def test_the_first_penguin_is_longer_heavier_and_guessed_too_low():
    for w, x, y in first_inputs(error):
        assert x > 0 and y > 0 and w * x < y and w == round(w, 1)


def test_the_first_hint_has_numbers_of_the_same_size():
    assert {"0.5", "2", "0.6"} <= set(re.findall(r"[\d.]*\d", error.hints[0]))
