"""The checker is tested as tests are: every small change of a right answer must be caught.

EQUIVALENT lists the changes that change nothing, as `mutants` words them: X is as long as y, a symmetric
matrix is its own transpose, and an array serves as well as a list.
"""

import inspect

import pytest

from gradlib.exercises.lesson01 import gradient
from gradlib.exercises.lesson02 import descend

from .answers import RIGHT
from .mutants import survivors

EQUIVALENT = {
    "gradient": ["dw = X.T.dot(error) / len(y)  [y -> X]"],
    "gradient_augmented": ["g = A.T.dot(A.dot(theta) - y) / len(y)  [y -> X]",
                           "A = np.column_stack([X, np.ones(len(X))])  [X -> y]"],
    "gradient_target_first": ["return -X.T.dot(residual) / len(y), -residual.mean()  [y -> X]"],
    "gradient_normal": ["n = len(y)  [y -> X]",
                        "dw = H @ w + m * b - X.T @ y / n  [H @ w -> w @ H]",
                        "db = m @ w + b - y.mean()  [m @ w -> w @ m]"],
    "descend": ["w = w - step_size * X.T.dot(error) / len(y)  [y -> X]"],
    "descend_plus": ["w = w + step_size * X.T.dot(error) / len(y)  [y -> X]"],
    "descend_copy": ["w -= step_size * X.T.dot(X.dot(w) - y) / len(y)  [y -> X]"],
    "descend_loops": ["w = list(w)  [w = list(w) -> pass]"],
    "descend_matrix": ["H, c = X.T @ X / len(y), X.T @ y / len(y)  [y -> X]",
                       "H, c = X.T @ X / len(y), X.T @ y / len(y)  [y -> X]",
                       "w = w - step_size * (H @ w - c)  [H @ w -> w @ H]"],
}
SOURCES = [(exercise, exercise.name, exercise.source) for exercise in (gradient, descend)] + [
    (exercise, answer.__name__, inspect.getsource(answer))
    for exercise, names in (
        (gradient, ("mean_axis", "loops", "augmented", "target_first", "normal")),
        (descend, ("plus", "copy", "loops", "path", "matrix")))
    for answer in RIGHT[exercise.name] if answer.__name__.removeprefix(f"{exercise.name}_") in names]


@pytest.mark.parametrize("exercise, name, source", SOURCES, ids=[name for _, name, _ in SOURCES])
def test_every_small_change_is_caught(exercise, name, source):
    alive, count = survivors(exercise, source)
    assert alive == sorted(EQUIVALENT.get(name, [])) and count > 40
