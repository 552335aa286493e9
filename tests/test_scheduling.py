"""What stays together in one worker, and what begins first."""

import os
from pathlib import Path

import numpy  # noqa: F401  whose threads are counted
import pytest

from .notebooks.lesson import lesson_paths
from .scheduling import FIRST, turn, unit

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("start", FIRST)
def test_what_begins_first_is_there(start):
    lessons = [f"tests/browser/{path.stem}" for path in lesson_paths()]
    assert (ROOT / start).exists() or any(name.startswith(start) for name in lessons)


def test_a_lesson_is_opened_once_for_all_tests_of_it():
    tests = ["test_endurance.py::test_a[02_step_size]", "test_lessons.py::test_b[Dark-02_step_size]"]
    assert {unit(f"tests/browser/{test}") for test in tests} == {"tests/browser/02_step_size"}
    assert unit("tests/browser/test_lessons.py::test_b[Dark-10_next]") == "tests/browser/10_next"
    assert turn(f"tests/browser/{tests[1]}") < turn(f"tests/browser/{tests[0]}")


def test_other_files_stay_together_and_wrong_answers_do_not():
    assert unit("tests/test_data.py::test_a[1]") == unit("tests/test_data.py::test_b") == "tests/test_data.py"
    assert unit("notebooks/01_a.ipynb::Cell 0") == unit("notebooks/01_a.ipynb::Cell 12")
    assert len({unit(f"tests/exercises/test_answers.py::test_a[{name}]") for name in ("error", "slope")}) == 2


def test_what_takes_long_begins_before_what_does_not():
    assert turn("tests/test_colab.py::test") < turn("notebooks/01_a.ipynb::Cell 0") < turn("tests/test_data.py::test")


def test_matrices_are_multiplied_by_one_thread_in_each_worker():
    pools = pytest.importorskip("threadpoolctl").threadpool_info()
    threads = {pool["num_threads"] for pool in pools if pool["internal_api"] == "openblas"}
    assert threads <= {int(os.environ["OPENBLAS_NUM_THREADS"])}
