"""Every exercise meets answers as learners write them: the right ones pass, the wrong ones get their name."""

import ast
import inspect
import re
from dataclasses import replace

import pytest

from gradlib.exercises.calls import quiet, source_tree
from gradlib.exercises.engine import Exercise
from gradlib.exercises.harder import Harder
from gradlib.exercises.lesson01 import gradient

from .answers import LESSONS, NAMED, ODD, RIGHT, WRONG
from .conftest import SEEDS

# Each of their answers has a name, 216 of the first two and 64 and 24 of the others.
ALL_KNOWN = {"whose", "whose_else", "witnesses", "other_witnesses"}


def enough(exercise):
    """How many codes the wrong answers must cover: all that the catalogue has, up to eight; three for a harder one."""
    return min(3 if isinstance(exercise, Harder) else 8,
               len({mistake.code for mistake in (*exercise.mistakes, *exercise.slips)}))


def codes(exercise, answer, seeds):
    """What `check` says, without its watch, which takes longer to start than most answers run."""
    with quiet():
        return {exercise.diagnosed(answer, seed).code for seed in seeds}


def test_right_answers_pass_in_many_styles(exercise):
    assert len(RIGHT[exercise.name]) >= (2 if isinstance(exercise, Harder) else 5)
    found = {answer.__name__: codes(exercise, answer, SEEDS[:3]) for answer in RIGHT[exercise.name]}
    assert found == {name: {"correct"} for name in found} and len(found) == len(RIGHT[exercise.name])


@pytest.mark.parametrize("seeds", [SEEDS[:5], pytest.param(SEEDS, marks=pytest.mark.thorough)], ids=["few", "all"])
def test_wrong_answers_get_their_name_with_every_seed(exercise, seeds):
    wrong = WRONG[exercise.name]
    said = {answer: set() for _, answer in wrong}
    for seed in seeds:  # all answers to one seed, then the next: the catalogue answers each seed once
        for _, answer in wrong:
            said[answer] |= codes(exercise, answer, [seed])
    for code, answer in wrong:
        assert said[answer] == {code}, inspect.getsource(answer)


def test_wrong_answers_leave_the_inputs_of_the_next_check_alone(exercise):
    before = repr(exercise.check(exercise.reference))
    for _, answer in WRONG[exercise.name]:
        exercise.check(answer)
    assert repr(exercise.check(exercise.reference)) == before and "Correct" in before


def test_wrong_answers_are_not_taken_from_the_catalogue(exercise):
    catalogue = {written(mistake.way) for mistake in exercise.mistakes}
    own = {code for code, answer in WRONG[exercise.name] if written(answer) not in catalogue}
    assert len(own) >= enough(exercise)


def written(function):
    """The lines of a function in one spelling; where they cannot be had, the function itself."""
    tree = source_tree(function)
    return function if tree is None else ast.unparse(tree.body)


def test_odd_answers_are_measured(exercise):
    assert bool(ODD[exercise.name]) != (exercise.name in ALL_KNOWN)
    for answer in ODD[exercise.name]:
        assert codes(exercise, answer, SEEDS[:2]) == {"unrecognised"}
        result = exercise.check(answer)
        assert re.search("[Yy]our function says|your weights it is", result.evidence)
        assert result.look_at.endswith("?")


def test_an_odd_answer_is_told_which_part_is_right():
    result = gradient.check(ODD["gradient"][0])
    assert result.why == "`db` is right."
    assert "w[" in result.evidence


def test_the_stub_is_not_attempted_and_the_solution_is_correct(exercise, built):
    assert exercise.check(built(exercise.stub, exercise.name)).status == "not_attempted"
    assert exercise.check(built(exercise.source, exercise.name)).code == "correct"


@pytest.mark.parametrize("seeds", [SEEDS[:2], pytest.param(SEEDS[:10], marks=pytest.mark.thorough)], ids=["few", "ten"])
def test_the_exercise_tests_itself(exercise, seeds):
    for seed in seeds:
        assert exercise.self_test(seed) == []


def test_self_test_finds_twins_and_strays(exercise):
    first = exercise.mistakes[0]
    twin = replace(exercise, mistakes=(first, replace(first, code="twin")))
    assert twin.self_test() == [f"twin is taken for {first.code}.", f"{first.code} and twin do the same."]


def test_or_reference(exercise):
    right, (_, wrong) = RIGHT[exercise.name][0], WRONG[exercise.name][0]
    assert exercise.or_reference(right) is right
    assert exercise.or_reference(wrong) is exercise.reference
    assert exercise.check(exercise.or_reference(exercise.as_given)).code == "correct"


def test_an_exercise_is_bound_to_its_own_name():
    for lesson in LESSONS:
        assert all(value.name == name for name, value in vars(lesson).items() if isinstance(value, Exercise))


def test_answers_are_those_of_exercises_that_exist():
    assert {*RIGHT, *WRONG, *ODD} == set(NAMED)
