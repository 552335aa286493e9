"""Exercises in the notebook: the untouched lesson, the lesson with all answers, and then one of them made wrong.

What the checks said is read from their Results in the kernel.  The untouched lesson is not run here once more: strict
nbval does it, and compares what it says with what is stored.
"""

from __future__ import annotations

import pytest

from . import toy
from .inject import answered, play, solutions
from .kernels import LessonFailed, together
from .lesson import Lesson, lesson_paths, read_lesson
from .sample import sample_notebook, write_sample

LESSONS = lesson_paths()

# In which lessons the rest runs after a wrong answer is asked every day; its diagnosis is seen in JupyterLab in all.
EVERY_DAY = ("02", "08")
# One wrong answer per lesson, as a learner would write it: exercise, cell, and the code it should get.
WRONG = {
    "00": (
        "error",
        "def error(w, x, y):\n    return y - w * x",
        "sign_flipped",
    ),
    "01": (
        "gradient",
        "def gradient(X, y, w, b):\n    e = X.dot(w) + b - y\n    return X.T.dot(e), e.sum()",
        "forgot_mean",
    ),
    "02": (
        "step",
        "def step(w, gradient, step_size):\n    return w + step_size * gradient",
        "uphill",
    ),
    "03": (
        "slopes",
        "def slopes(edges, count):\n    slope = [0.0] * count\n    slope[-1] = 1.0\n"
        "    for result, operand, local in edges:\n        slope[operand] = local * slope[result]\n    return slope",
        "overwritten",
    ),
    "04": (
        "tanh_rule",
        "def tanh_rule(g, z, x):\n    return 1 - z ** 2",
        "forgot_g",
    ),
    "05": (
        "forward",
        "def forward(x, dx, y, dy):\n    return dx * dy, np.cos(x) * dx",
        "product_of_nudges",
    ),
    "06": (
        "entropy_gradient",
        "def entropy_gradient(X, y, w):\n    p = 1 / (1 + np.exp(-X @ w))\n    return X.T @ (p - y)",
        "forgot_mean",
    ),
    "07": (
        "hidden_delta",
        "def hidden_delta(delta_out, W2, h):\n    return delta_out @ W2.T",
        "slope_skipped",
    ),
    "08": (
        "sgd_step",
        "def sgd_step(X, y, w, b, batch, step_size):\n"
        "    e = X[batch] @ w + b - y[batch]\n"
        "    return w - step_size * X[batch].T @ e / len(y), b - step_size * e.sum() / len(y)",
        "scaled_by_n",
    ),
    "09": (
        "momentum_step",
        "def momentum_step(w, g, v, step_size, beta):\n"
        "    v = beta * v + (1 - beta) * g\n"
        "    return w - step_size * v, v",
        "moving_average",
    ),
    "10": (
        "spsa",
        "def spsa(loss, w, v, h):\n    return (loss(w + h * v) - loss(w)) / h * v",
        "one_sided",
    ),
    "11": (
        "combine",
        "def combine(parts):\n    return np.mean([slopes / count for slopes, count in parts if count], axis=0)",
        "mean_of_means",
    ),
    "12": (
        "judge",
        "def judge(loss, gradient, w):\n    return loss(w - 0.001 * gradient(w)) < loss(w)",
        "lets_pass",
    ),
    "13": (
        "loss_of",
        "def loss_of(w, X, y):\n    far = abs(X @ w - y)\n    return np.mean(np.where(far < 1, far**2 / 2, far))",
        "jumps",
    ),
}


def test_there_are_lessons():
    assert LESSONS, "notebooks/ holds no lesson: without one, nothing below is tested"


def wrong(lesson: Lesson) -> dict[str, str]:
    """All answers, and one of them wrong; not if the lesson has none yet, which its test will say."""
    name, source, _ = WRONG.get(lesson.path.name[:2], (None, None, None))
    return solutions(lesson) | ({name: source} if name else {})


STATES = {"solved": solutions, "wrong": wrong}


@pytest.fixture(scope="module")
def played(request):
    """Lesson -> state -> what each check said, or the LessonFailed."""
    thorough = "thorough" in request.config.option.markexpr
    return dict(zip(LESSONS, together([
        play(in_states(read_lesson(path), both=thorough or path.name[:2] in EVERY_DAY)) for path in LESSONS])))


def in_states(lesson: Lesson, both: bool) -> dict[str, Lesson]:
    """All answers right; and one of them wrong."""
    states = STATES if both else {"solved": solutions}
    return {state: answered(lesson, answers(lesson)) for state, answers in states.items()}


def said(played, path, state: str) -> dict:
    result = played[path][state]
    if isinstance(result, LessonFailed):
        pytest.fail(str(result))
    assert result.keys() == read_lesson(path).named("exercise").keys(), "each exercise has one check"
    return result


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_the_untouched_lesson_says_not_attempted(path):
    lesson = read_lesson(path)
    assert lesson.named("check").keys() == lesson.named("exercise").keys(), "each exercise has one check"
    for name, cell in lesson.named("check").items():
        exercise, (output,) = getattr(lesson.exercises, name), cell.outputs
        result = exercise.check(exercise.as_given)
        assert result.status == "not_attempted"
        assert output["data"]["text/plain"] == repr(result)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_with_the_solutions_every_check_says_correct_and_the_rest_runs(played, path):
    results = {name: tuple(result) for name, result in said(played, path, "solved").items()}
    assert results == dict.fromkeys(results, ("correct", "correct"))


@pytest.mark.parametrize("path", [
    pytest.param(path, id=path.stem, marks=[] if path.name[:2] in EVERY_DAY else pytest.mark.thorough)
    for path in LESSONS])
def test_a_wrong_answer_gets_its_code_and_the_rest_runs(played, path):
    assert path.name[:2] in WRONG, f"add a wrong answer for {path.name} to WRONG in this file"
    name, _, code = WRONG[path.name[:2]]
    results = said(played, path, "wrong")
    assert results.pop(name) == ("wrong", code)
    assert all(result.status == "correct" for result in results.values())


def test_an_answer_reaches_its_check_and_a_cell_that_fails_is_named(tmp_path):
    """The tool itself, on the sample lesson and the toy's exercise."""
    lesson = Lesson(write_sample(tmp_path), sample_notebook(), toy.exercises)
    flipped = answered(lesson, {"slope": "def slope(w, x, y):\n    return (y - w * x) * x"})
    raising = answered(lesson, {"slope": "def slope(w, x, y):\n    return w * missing"})
    results, = together([play({"raising": raising, "flipped": flipped})])
    assert results["flipped"] == {"slope": ("wrong", "sign_flipped")}
    failure = results["raising"]
    assert isinstance(failure, LessonFailed)
    assert str(failure).startswith("00_sample.ipynb (raising), cell 21 (exercises.slope.check(slope)): NameError")
    assert lesson.named("exercise")["slope"].raw.source == toy.exercises.slope.stub  # is not touched
