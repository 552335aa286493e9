"""Mistakes that real learners made: each is named, and by the same name on every input."""

import pytest

from .learners import mistakes

MISTAKES = list(mistakes())
# Facts that are true, and no name of a mistake.
NO_NAME = {"unrecognised", "near", "now_and_then", "factor", "correct"}


@pytest.mark.parametrize("exercise, code, answer", MISTAKES,
                         ids=[f"{exercise.name}-{code}-{i}" for i, (exercise, code, _) in enumerate(MISTAKES)])
def test_a_real_mistake_is_told_as_what_it_is(exercise, code, answer):
    assert {exercise.check(answer, seed).code for seed in range(3)} == {code}


def test_nearly_all_have_a_name():
    named = [code not in NO_NAME for _, code, _ in MISTAKES]
    assert len(named) >= 120 and sum(named) >= 0.95 * len(named) and "correct" not in {code for _, code, _ in MISTAKES}
