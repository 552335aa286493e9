"""The data that ship: what they are, that nobody changed them, and that their licences lie beside them."""

import hashlib

import numpy as np
import pytest

from gradlib import calculus, data, theory

CHECKSUMS = {
    "penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
    "moons.csv": "aaf7bee98d4fd2a882184c77aeec897b4ae03cbe57e01b074eaf5533835d0122",
    "digits.csv.gz": "e31b7ccbf8cc2b158de948b1bb7a67bf39a856fb064b3aa8ef489f12a2dc4b63",
}


@pytest.mark.parametrize("name", CHECKSUMS)
def test_files_are_unchanged_and_have_a_licence(name):
    assert hashlib.sha256((data.FOLDER / name).read_bytes()).hexdigest() == CHECKSUMS[name]
    assert "Licence" in (data.FOLDER / f"LICENSE-{name.split('.')[0]}.txt").read_text(encoding="ascii")


def test_every_file_is_listed():
    assert {path.name for path in data.FOLDER.iterdir() if not path.name.startswith("LICENSE")} == set(CHECKSUMS)


def test_penguins_in_our_units():
    X, y = data.penguins("flipper", "bill", "bill_depth")
    assert X.shape == (342, 3) and y.shape == (342,)
    np.testing.assert_allclose(X[0], [18.1, 39.1, 18.7])
    assert y[0] == 3.75
    np.testing.assert_allclose(X.mean(axis=0), [20.091520, 43.921930, 17.151170], atol=1e-6)
    assert y.mean() == pytest.approx(4.201754, abs=1e-6)


def test_flipper_is_the_default_feature():
    np.testing.assert_array_equal(data.penguins()[0], data.penguins("flipper")[0])


def test_unknown_feature():
    with pytest.raises(ValueError, match="feature must be one of 'flipper', 'bill', 'bill_depth'; got 'wing'"):
        data.penguins("wing")


def test_moons_are_two_noisy_half_circles_of_a_hundred_points():
    X, y = data.moons()
    assert X.shape == (200, 2) and y.sum() == 100 and set(y) == {0, 1}
    away = np.linalg.norm(X - np.column_stack([y, y / 2]), axis=1) - 1   # the circles' middles: (0, 0) and (1, 1/2)
    assert away.std() == pytest.approx(0.15, abs=0.02) and abs(away.mean()) < 0.04


def test_digits_are_pictures_of_ink_on_paper():
    X, y = data.digits()
    assert X.shape == (1797, 64) and X.min() == 0 and X.max() == 1 and y.dtype.kind == "i"
    np.testing.assert_array_equal(np.bincount(y), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    zero = X[y == 0].mean(axis=0).reshape(8, 8)
    assert zero[4, 4] < 0.1 < 0.5 < zero[4, 2]   # a hole, with ink around it


def test_flats_have_the_curvatures_that_lesson_02_tells_about():
    X, y = data.flats()
    assert X.shape == (20, 2) and y.shape == (20,)
    assert 4e-4 < theory.step_limit(X) < 5e-4
    assert theory.condition_number(X) > 30_000


@pytest.mark.parametrize("curvatures, goal", [([3.0], [2.0]), ([1, 10], [0.5, -1]), ([0.1, 1, 50], [1, 2, 3])])
def test_a_bowl_has_the_curvatures_and_the_goal_asked_for(curvatures, goal):
    X, y = data.bowl(curvatures, goal)
    np.testing.assert_allclose(calculus.linear_hessian(X), np.diag(curvatures), rtol=1e-14)
    np.testing.assert_allclose(calculus.least_squares(X, y), goal, rtol=1e-13)
    assert calculus.linear_loss(X, y, goal) == pytest.approx(0, abs=1e-25)


def test_bad_bowls():
    with pytest.raises(ValueError, match=r"curvatures must be a list of positive numbers, got \[1\.0, -1\.0\]\."):
        data.bowl([1, -1], [0, 0])
    with pytest.raises(ValueError, match=r"goal has shape \(1,\); expected \(2,\)\."):
        data.bowl([1, 2], [0])


def test_the_two_parts_of_the_digits_are_all_digits_once():
    (X, y), (X_held_out, y_held_out) = data.digits_apart()
    assert X.shape == (1437, 64) and X_held_out.shape == (360, 64)
    both = np.column_stack([np.vstack([X, X_held_out]), np.append(y, y_held_out)])
    every = np.column_stack(data.digits())
    np.testing.assert_array_equal(both[np.lexsort(both.T)], every[np.lexsort(every.T)])
    assert all((y_held_out == digit).sum() > 20 for digit in range(10))
