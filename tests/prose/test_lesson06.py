"""Numbers in the prose of lesson 06 that no cell prints."""

import re

import numpy as np
import pytest

from gradlib import calculus, data, explorers
from gradlib.explorers import lesson06


@pytest.fixture
def birds():
    flipper, mass = data.penguins("flipper")
    return calculus.add_ones((flipper - flipper.mean()) / flipper.std()), (mass > 4.2).astype(float)


def test_the_sigmoid_and_its_slope():
    p = calculus.sigmoid(np.array([0, 2, -2, 6, 2.01]))
    assert f"{p[0]:.1f} {p[1]:.3f} {p[2]:.3f} {p[3]:.3f} {np.exp(-2):.3f}" == "0.5 0.881 0.119 0.998 0.135"
    assert [f"{slope:.3f}" for slope in (p * (1 - p))[[0, 1, 3]]] == ["0.250", "0.105", "0.002"]
    assert f"{p[1]:.6f} {p[4]:.6f} {(p[4] - p[1]) / 0.01:.3f}" == "0.880797 0.881843 0.105"


def test_the_products_come_out_with_the_digits_that_stand_beside_them():
    assert f"{1 / (1 + 0.135):.3f} {0.881 * 0.119:.3f} {0.998 * 0.002:.3f}" == "0.881 0.105 0.002"
    assert f"{(0.881843 - 0.880797) / 0.01:.3f} {342 * 0.25:.1f}" == "0.105 85.5"


def test_the_surprise():
    assert [f"{-np.log(p):.3f}" for p in (0.9, 0.1, 0.001)] == ["0.105", "2.303", "6.908"]


def test_the_straight_line_and_the_ordinary_data(birds):
    X, y = birds
    line = X.dot(calculus.least_squares(X, y))
    assert [f"{line.max():.1f}", f"{line.min():.1f}"] == ["1.2", "-0.3"]
    story = lesson06.tell(lesson06.DATA[2], True, "Xᵀe / n", "Σe²", 0.01)
    assert round(story.angles[0]) == 7 and story.losses[-1] < story.losses[0]


@pytest.mark.parametrize("line, loss, factor", [
    (lambda X, e, p: X.T @ e / len(e), "cross_entropy", 1),
    (lambda X, e, p: X.T @ e, "sum_cross_entropy", 1),
    (lambda X, e, p: X.T @ (e * p * (1 - p)), "half_sse", 1),
    (lambda X, e, p: X.T @ (e * p * (1 - p)), "sse", 0.5),
])
def test_the_three_lines_and_their_losses(birds, line, loss, factor):
    """The judge computes each loss alone, by the complex step."""
    def formula(X, y, w):
        p = calculus.sigmoid(X @ w)
        return line(X, p - y, p)

    match = next(match for match in calculus.which_loss(*birds, np.array([1.0, 0.3]), formula).matches
                 if (match.prediction, match.loss) == ("sigmoid", loss))
    assert match.angle == pytest.approx(0, abs=1e-5) and match.length == pytest.approx(factor)


def test_the_loss_falls_within_90_degrees_only(birds):
    X, y = birds
    w, rng = np.array([1.0, 0.0]), np.random.default_rng(0)
    start, gradient = calculus.logistic_loss(X, y, w), calculus.logistic_gradient(X, y, w)
    for formula in rng.standard_normal((100, 2)):
        change = calculus.logistic_loss(X, y, w - 1e-6 * formula) - start
        assert (change < 0) == (formula @ gradient > 0)


def test_what_the_picture_shows():
    stories = {formula: lesson06.tell(lesson06.DATA[0], True, formula, "Σe²", 0.01)
               for formula in lesson06.FORMULAS}
    falls = {formula: story.losses[1] < story.losses[0] for formula, story in stories.items()}
    assert falls == {"Xᵀe / n": False, "Xᵀe": False, "Xᵀ(e p(1−p))": True}
    blog = stories["Xᵀe / n"]
    assert round(blog.angles[0]) == 175 and blog.losses.argmax() == 117 and (blog.angles[:117] > 90).all()
    assert (np.diff(blog.losses[:117]) > 0).all()
    assert (blog.angles[118:177] < 90).all() and blog.angles[177] > 90
    assert abs(blog.losses[-1] - blog.losses[177]) < 0.01
    slow = lesson06.tell(lesson06.DATA[0], True, "Xᵀe / n", "Σe²", 0.001)
    assert slow.losses[-1] > slow.losses[0], "the wrong way, walked slowly"


def test_three_points_part_ways_and_the_hump():
    hump = lesson06.tell(lesson06.DATA[1], True, "Xᵀe / n", "Σe²", 0.01)
    assert hump.angles[0] == pytest.approx(180)
    assert hump.losses[:100].argmax() == 15 and hump.losses[-1] < hump.losses[0]
    assert hump.losses[-1] < hump.true_losses[-1], "a valley that the gradient does not find"


@pytest.mark.parametrize("stray", [{"stray_x": 1.0}, {"stray_y": 1.0}])
def test_with_the_stray_point_among_the_others_nothing_rises(stray):
    explorer = explorers.whose_gradient()
    for name, value in stray.items():
        assert explorer.sentence.startswith("Along Xᵀe / n the printed loss Σe² rises")
        explorer.controls[name].value = value
    assert re.match(r"Along Xᵀe / n the printed loss Σe² falls from \S+ to ", explorer.sentence)


def test_the_explorer_takes_the_lessons_own_function():
    def blog_gradient(X, y, w):
        error = calculus.sigmoid(X.dot(w)) - y
        return X.T.dot(error) / X.shape[0]

    sentence = explorers.whose_gradient().sentence
    assert explorers.whose_gradient(blog_gradient).sentence == sentence.replace("Xᵀe / n", "blog_gradient")


def test_without_the_sigmoid_the_line_belongs_to_the_squares_again():
    points = lesson06.DATA[2]
    none = lesson06.tell(points, False, "Xᵀe", "Σe²", 0.001)
    assert none.angles[0] < 1e-5 and none.lengths[0] == pytest.approx(0.5)


def test_the_stray_point_pulls_with_all_its_strength_in_cross_entropy_alone():
    X, y = data.seven_points()
    p = calculus.sigmoid(X @ np.array([2.0, 0.0]))
    e = p - y
    assert abs(e).argmax() == 6 and e[6] > 0.999 and e[6] * p[6] * (1 - p[6]) < 1e-9


def test_the_stray_point_pulls_harder_along_the_line_than_the_other_six_together():
    X, y = data.seven_points()
    w = np.array([2.0, 0.0])
    pulls = X[:, 0] * (calculus.sigmoid(X @ w) - y)
    assert X[6, 0] == 12 and abs(pulls[6]) > 3 * abs(pulls[:6]).sum()


def test_no_border_has_all_seven_points_right():
    X, y = data.seven_points()
    order = y[np.argsort(X[:, 0])]
    yes_above = [(order[:i] == 0).sum() + (order[i:] == 1).sum() for i in range(8)]
    assert max(yes_above) == 6 and max(7 - right for right in yes_above) < 6


def test_errors_and_their_squares():
    assert 342 * 0.5 == 171 and 342 * 0.5**2 == 85.5
