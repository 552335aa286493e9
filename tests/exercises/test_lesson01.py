"""What the exercises of lesson 01 promise besides what every exercise does."""

import re

import numpy as np
import pytest

from gradlib.exercises.lesson01 import half_mse, slope

from .conftest import inputs


@pytest.mark.parametrize("answer", [
    lambda w, x, y: np.mean(-(w * x - y) * x), lambda w, x, y: np.mean((y - w * x) * x)])
def test_a_minus_in_the_slope_is_not_blamed_on_the_given_error(answer):
    result = slope.check(answer)
    assert result.code == "sign_flipped"
    assert result.look_at == "Is there a minus in your code that the formula does not have?"


def test_the_hints_of_the_slope_name_no_function():
    assert not re.search("np|mean\\(|`", " ".join(slope.hints))


def test_a_loss_taken_for_a_slope_is_asked_for_its_lowest_point():
    assert slope.check(lambda w, x, y: np.mean((w * x - y) ** 2)).look_at.endswith("Is yours zero there?")


def test_the_table_is_called_too_large_only_where_it_is():
    sides = set()
    for X, y, w in inputs(half_mse):
        if len(y) > 1:
            side = "small" if half_mse.as_given(X, y, w) < half_mse.reference(X, y, w) else "large"
            assert f"That is too {side} here" in half_mse.noticed(X, y, w)
            sides.add(side)
    assert sides == {"small", "large"}


def test_no_text_says_that_a_table_makes_the_loss_larger():
    for mistake in half_mse.mistakes:
        assert not re.search("too (large|small)|larger|smaller", mistake.title + mistake.why), mistake.code
