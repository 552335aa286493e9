"""The open exercises of lesson 13: what the doctor says reaches the learner, and nothing that is right is refused.

Their catalogue is the doctor's, which has tests of its own (tests/doctor). Here: the laws that hold for every exercise.
"""

import functools
import re

import numpy as np
import pytest

from gradlib.exercises import lesson13, posted
from gradlib.exercises.messages import LOOKS, markup
from gradlib.exercises.open import OpenExercise
from gradlib.numeric import central_difference, complex_step

from .answers import lesson13 as answers
from .test_messages import BELITTLING, secrets, squeezed

TABLES = {"slopes_of": answers.SLOPES, "loss_of": answers.LOSSES, "mend": answers.LAYERS}
ANSWERS = [(name, code, answer) for name, table in TABLES.items() for code, answer in table]


@functools.cache
def told(name, answer):
    """What the check says; each answer runs once."""
    return getattr(lesson13, name).check(answer)


@pytest.fixture(params=TABLES)
def exercise(request):
    return getattr(lesson13, request.param)


@pytest.mark.parametrize("name, code, answer", ANSWERS, ids=[
    f"{name}-{code}-{answer.__name__}" for name, code, answer in ANSWERS])
def test_an_answer_is_told_as_what_it_is(name, code, answer):
    assert told(name, answer).code == code


def test_all_exercises_are_here_with_right_answers_in_five_styles(exercise):
    assert [value.name for value in vars(lesson13).values() if isinstance(value, OpenExercise)] == list(TABLES)
    assert [code for code, _ in TABLES[exercise.name]].count("correct") >= 5


def test_the_solution_is_right_and_the_stub_is_not_attempted(exercise):
    assert exercise.check(exercise.reference).code == "correct"
    assert exercise.check(exercise.as_given).status == "not_attempted"
    assert exercise.check(None).code == "not_a_function"


def test_later_cells_can_go_on_with_the_reference(exercise):
    right, wrong = (next(answer for code, answer in TABLES[exercise.name] if (code == "correct") == is_right)
                    for is_right in (True, False))
    assert exercise.or_reference(right) is right and exercise.or_reference(wrong) is exercise.reference


def test_texts_betray_nothing_and_are_plain(exercise):
    results = [told(exercise.name, answer) for _, answer in TABLES[exercise.name]]
    texts = [*exercise.hints, exercise.wanted, exercise.question,
             *(text for result in results for text in (result.title, result.why, result.evidence, result.look_at))]
    for text in filter(None, texts):
        assert not any(secret in squeezed(text) for secret in secrets(exercise)), text
        assert not re.search(BELITTLING, text, re.IGNORECASE), text
    for result in results:
        assert result.status in LOOKS and result.title.endswith((".", "?"))
        assert result.look_at.endswith("?") or result.status != "wrong"
        assert all(len(line) <= 96 for line in repr(result).splitlines())
        assert all(markup(line) in result._repr_html_() for line in getattr(result, "lines", ()))


def test_a_network_with_one_mistake_mended_is_told_which_slopes_are_right():
    lines = told("mend", answers.bias_still_a_mean).lines
    assert [line.split(":")[0] for line in lines[:6]] == ["✓ W1", "✗ b1", "✓ W2", "✓ b2", "✓ W3", "✓ b3"]


def test_the_name_of_the_loss_is_not_told_before_it_is_found():
    for code, answer in TABLES["loss_of"]:
        assert code == "correct" or "Huber" not in repr(told("loss_of", answer)), answer.__name__


def test_one_example_alone_says_whether_the_pieces_or_their_sum_are_to_be_looked_at():
    assert "error is 3, the slope of your loss is 3. The formula" in told("loss_of", answers.half_the_square).why
    assert "puts the examples together" in told("loss_of", answers.a_sum_of_losses).why
    assert "puts the examples together" in told("loss_of", answers.all_near_or_all_far).why


def test_a_two_from_a_square_is_not_called_by_a_size(exercise):
    sizes = [size for trial in exercise.trials() for array in trial for size in array.shape]
    assert 2 not in sizes


def test_what_cannot_be_read_at_some_places_only_is_wrong():
    result = lesson13.slopes_of.check(lambda w, X, y: answers.in_a_loop(w, X, y) if w[0] <= 0.4 else X @ w - y)
    assert result.status == "wrong" and "str" not in repr(result)


def test_the_smooth_distance_has_the_slopes_of_the_solution():
    rng = np.random.default_rng(0)
    X, y, w = rng.standard_normal((7, 3)), rng.standard_normal(7), rng.standard_normal(3)
    slopes = complex_step(lambda w: lesson13.smooth_distance(w, X, y), w)
    np.testing.assert_allclose(lesson13.slopes_of.reference(w, X, y), slopes, rtol=1e-12)


# -------------------------------------------------------------------- networks that people post, and files of a reader

def flat(arrays):
    return np.concatenate([np.ravel(array) for array in arrays])


def nudged(layers):
    return flat([central_difference(lambda x, i=i: posted.loss(*[*layers[:i], x.reshape(layers[i].shape),
                                                                 *layers[i + 1:]]), array.ravel(), 1e-5)
                 for i, array in enumerate(layers)])


def test_the_right_backward_pass_is_right_and_each_posted_one_is_not():
    layers = posted.start(3)
    true = nudged(layers)
    np.testing.assert_allclose(flat(posted.right(*layers)), true, rtol=1e-6, atol=1e-9)
    for bug in posted.NETWORKS:
        assert np.linalg.norm(flat(bug.slopes(*layers)) - true) > 0.001 * np.linalg.norm(true)
        assert bug.line.split(" = ")[0] == bug.place and bug.line != posted.LINES[bug.place]


def test_without_a_file_the_example_takes_its_place(tmp_path):
    names = posted.own(tmp_path / "my_network.py")
    assert isinstance(names["loss"](*names["parameters"]), float) and len(names["gradient"](*names["parameters"])) == 4


def test_a_file_of_the_reader_is_read_or_refused_in_a_sentence(tmp_path):
    file = tmp_path / "my_network.py"
    file.write_text("def loss(w):\n    return w * w\ndef gradient(w):\n    return 2 * w\nparameters = [3.0]\n")
    assert posted.own(file)["gradient"](4.0) == 8
    file.write_text("def loss(w):\n    return w * w\n")
    with pytest.raises(ValueError, match="does not define gradient, parameters"):
        posted.own(file)
    file.write_text("def loss(w:\n")
    with pytest.raises(ValueError, match="is no Python.*line 1"):
        posted.own(file)
    file.write_text("def loss(w):\n    return w * w\ngradient, parameters = 2, [3.0]\n")
    with pytest.raises(ValueError, match="defines gradient as something of the type int"):
        posted.own(file)
    file.write_bytes(b"\0")
    with pytest.raises(ValueError, match="is no Python"):
        posted.own(file)


def test_a_file_runs_as_a_module_does(tmp_path):
    file = tmp_path / "my_network.py"
    file.write_text("""
from __future__ import annotations
from dataclasses import dataclass
from pathlib import Path

@dataclass
class Settings:
    rate: float = 2.0

def loss(w):
    return w * w

def gradient(w):
    return Settings().rate * w

parameters = [3.0]
HERE = Path(__file__).parent
if __name__ == "__main__":
    raise SystemExit
""", encoding="utf-8-sig")
    names = posted.own(file)
    assert names["gradient"](4.0) == 8 and names["HERE"] == tmp_path
