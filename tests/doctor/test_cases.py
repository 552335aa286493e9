"""The doctor on gradients of real people: most are explained, nothing false is said, no right one is accused.

The table says what is wrong in words of its own; `truth` turns them into the doctor's codes, and measures with
differences in long double, which share nothing with the doctor, whether the table is right and a statement holds.
"""

from functools import cache

import numpy as np
import pytest

import gradlib

from .cases import CASES, RIGHT_CASES
from .truth import explained, false_statements, measured, relative

EVERYTHING = [*CASES, *RIGHT_CASES]
NOT_SMOOTH = {"random", "nan", "kink"}      # nothing to measure


@cache
def made(case_name, seed=1):
    case = next(case for case in EVERYTHING if case.name == case_name)
    loss, gradient, params, data = case.make(np.random.default_rng(seed))
    claimed = [np.array(g) for g in gradient(*[p.copy() for p in params])]
    true = None if case.truth & NOT_SMOOTH else [measured(loss, params, i) for i in range(len(params))]
    return case, loss, gradient, params, data, claimed, true


@cache
def diagnosed(case_name):
    _, loss, gradient, params, data, *_ = made(case_name)
    names = [f"p{i}" for i in range(len(params))]
    return names, gradlib.diagnose(loss, gradient, *params, names=names, **data)


@pytest.mark.parametrize("case", EVERYTHING, ids=lambda case: case.name)
def test_the_table_is_right(case):
    *_, claimed, true = made(case.name)
    if true:
        assert case.wrong == tuple(i for i in range(len(true)) if relative(claimed[i], true[i]) > 1e-6)


@pytest.mark.parametrize("case", EVERYTHING, ids=lambda case: case.name)
def test_nothing_false_is_said(case):
    *_, params, _, claimed, true = made(case.name)
    names, found = diagnosed(case.name)
    assert false_statements(case, found, names, params, claimed, true or claimed) == []


def test_most_are_explained():
    lost = [case.name for case in CASES if not explained(case, diagnosed(case.name)[1], diagnosed(case.name)[0])]
    assert len(lost) <= 0.15 * len(CASES), lost
