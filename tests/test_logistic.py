"""Logistic regression: losses and gradients against the complex step, and of which loss a formula is the gradient."""

import numpy as np
import pytest

from gradlib import calculus, data, numeric

LOSSES = calculus.CONSTANTS | calculus.ENTROPIES


def random_problem(n, d, seed=0):
    rng = np.random.default_rng([seed, n, d])
    return (rng.standard_normal((n, d)), rng.integers(0, 2, n).astype(float), rng.standard_normal(d),
            rng.standard_normal())


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("shape", [(1, 1), (5, 1), (1, 4), (3, 3), (7, 2), (4, 9)])
def test_gradient_agrees_with_complex_step(shape, loss):
    for seed in range(20):
        X, y, w, b = random_problem(*shape, seed)
        dw, db = calculus.logistic_gradient(X, y, w, b, loss)
        judged = numeric.complex_step(lambda wb: calculus.logistic_loss(X, y, wb[:-1], wb[-1], loss), [*w, b])
        np.testing.assert_allclose([*dw, db], judged, rtol=1e-12, atol=1e-12 * np.abs(judged).max())
        np.testing.assert_array_equal(calculus.logistic_gradient(X, y, w, loss=loss),
                                      calculus.logistic_gradient(X, y, w, 0.0, loss)[0])


def test_cross_entropy_is_what_its_name_says():
    X, y, w, b = random_problem(9, 3)
    p = 1 / (1 + np.exp(-(X @ w + b)))
    mean = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    assert calculus.logistic_loss(X, y, w, b) == pytest.approx(mean, rel=1e-14)
    assert calculus.logistic_loss(X, y, w, b, "sum_cross_entropy") == pytest.approx(9 * mean, rel=1e-14)
    assert calculus.logistic_loss(X, y, w, b, "mse") == pytest.approx(np.mean((p - y) ** 2), rel=1e-14)


@pytest.mark.parametrize("z", [-800.0, -30.0, 30.0, 800.0])
def test_no_digit_is_lost_where_the_network_is_sure(z):
    """log(1 + exp(-|z|)) is exp(-|z|) there, and a wrong answer costs |z|."""
    X, sure = np.array([[1.0]]), np.exp(-abs(z))
    right, wrong = (calculus.logistic_loss(X, [float(answer)], [z]) for answer in (z > 0, z < 0))
    assert right == pytest.approx(sure, rel=1e-12, abs=0) and wrong == pytest.approx(abs(z), rel=1e-12)
    assert calculus.logistic_gradient(X, [float(z < 0)], [z]) == pytest.approx([np.sign(z)], rel=1e-12)


def test_fractions_are_targets_too():
    X, _, w, _ = random_problem(6, 2)
    y = np.linspace(0, 1, 6)
    judged = numeric.complex_step(lambda w: calculus.logistic_loss(X, y, w), w)
    np.testing.assert_allclose(calculus.logistic_gradient(X, y, w), judged, rtol=1e-12)


@pytest.mark.parametrize("change, message", [
    ({"y": [0, 2, 1]}, r"y must lie between 0 \(no\) and 1 \(yes\), got 2\. Use \(y == name\)"),
    ({"y": [[0], [1], [1]]}, r"y has shape \(3, 1\); expected \(3,\)\. Use np\.ravel\(y\)\."),
    ({"w": [1, 2]}, r"w has shape \(2,\); expected \(1,\)\."),
    ({"loss": "bce"}, "loss must be one of 'half_mse', 'mse', 'half_sse', 'sse', 'cross_entropy', "
                      "'sum_cross_entropy'; got 'bce'"),
])
@pytest.mark.parametrize("function", [calculus.logistic_loss, calculus.logistic_gradient])
def test_bad_input(function, change, message):
    with pytest.raises(ValueError, match=message):
        function(**{"X": [[1], [2], [3]], "y": [0, 1, 1], "w": [1]} | change)


# Whose gradient is it?

def linear(X, y, w):
    return X.T.dot(X.dot(w) - y)


def logistic(X, y, w):
    return X.T.dot(calculus.sigmoid(X.dot(w)) - y)


def bent(X, y, w):
    p = calculus.sigmoid(X.dot(w))
    return X.T.dot((p - y) * p * (1 - p))


WHOSE = [
    (linear, {1 / 8: "half_mse", 2 / 8: "mse", 1: "half_sse", 2: "sse"}, "linear"),
    (bent, {1 / 8: "half_mse", 2 / 8: "mse", 1: "half_sse", 2: "sse"}, "sigmoid"),
    (logistic, {1 / 8: "cross_entropy", 1: "sum_cross_entropy"}, "sigmoid"),
]
CASES = [(formula, factor, loss, prediction)
         for formula, losses, prediction in WHOSE for factor, loss in losses.items()]


@pytest.mark.parametrize("formula, factor, loss, prediction", CASES)
def test_every_loss_is_found(formula, factor, loss, prediction):
    X, y, w, _ = random_problem(8, 3)
    found = calculus.which_loss(X, y, w, lambda *args: factor * formula(*args))
    assert (found.prediction, found.loss) == (prediction, loss)
    match, = (match for match in found.matches if (match.prediction, match.loss) == (prediction, loss))
    assert match.angle < 1e-5 and match.length == pytest.approx(1)
    assert str(found).endswith(f"The gradient of {loss}, prediction {prediction}.")


@pytest.mark.parametrize("formula", [lambda X, y, w: 3 * linear(X, y, w), lambda X, y, w: -logistic(X, y, w),
                                     lambda X, y, w: np.ones(3)])
def test_what_is_nobodys_gradient_is_called_so(formula):
    X, y, w, _ = random_problem(8, 3)
    found = calculus.which_loss(X, y, w, formula)
    assert (found.prediction, found.loss) == (None, None)
    assert repr(found).endswith("The gradient of none of these losses.")


def test_a_formula_that_is_right_at_one_place_only_is_not_believed():
    X, y, w, _ = random_problem(8, 3)
    there = logistic(X, y, w) / 8
    found = calculus.which_loss(X, y, w, lambda X, y, w: there)
    assert found.loss is None and min(match.angle for match in found.matches) < 1e-5


def test_angles_and_lengths_of_known_arrows():
    """At w = 0 the linear error is -y: the gradient of half_mse points along the first axis."""
    X, y = np.eye(2), np.array([1.0, 0.0])
    along = {angle: calculus.which_loss(X, y, [0, 0], lambda *_, v=v: np.array(v)).matches[0]
             for angle, v in {0: (-2, 0), 90: (0, 1), 135: (1, 1), 180: (3, 0)}.items()}
    for angle, match in along.items():
        assert match.angle == pytest.approx(angle)
    assert along[0].length == pytest.approx(4) and along[180].length == pytest.approx(6)


def test_no_gradient_no_angle():
    assert np.isnan(calculus.which_loss(np.eye(2), np.zeros(2), [0, 0], lambda X, y, w: w).matches[0].angle)


def test_a_formula_of_another_shape():
    X, y, w, _ = random_problem(8, 3)
    with pytest.raises(ValueError, match=r"the formula's result has shape \(8,\); expected \(3,\)"):
        calculus.which_loss(X, y, w, lambda X, y, w: y)


# The exhibits of lesson 06

def blog(X, y, w):
    return X.T.dot(calculus.sigmoid(X.dot(w)) - y) / X.shape[0]


def test_three_points_with_opposite_signs():
    X, y = data.three_points()
    assert round(blog(X, y, np.array([1.0]))[0], 6) == 1.130057
    printed = numeric.complex_step(lambda w: calculus.logistic_loss(X, y, w, loss="sse"), [1.0])
    assert round(printed[0], 6) == -0.072748


def test_seven_points_whose_printed_loss_rises():
    X, y = data.seven_points()
    stories = {}
    for name, road in {"blog": blog, "true": lambda X, y, w: 2 * bent(X, y, w)}.items():
        w, stories[name] = np.array([2.0, 0.0]), []
        for _ in range(401):
            z = X.dot(w)
            p = 1 / (1 + np.exp(-z))
            entropy = np.mean(np.logaddexp(0, z) - y * z)
            stories[name].append((((p - y) ** 2).sum(), entropy, ((p > 0.5) == y).sum()))
            w = w - 0.01 * road(X, y, w)
    printed, entropy, right = np.transpose(stories["blog"])
    assert [round(value, 3) for value in (printed[0], printed.max(), printed[-1])] == [1.178, 2.059, 1.689]
    assert [round(value, 3) for value in (entropy[0], entropy[-1])] == [3.568, 0.672]
    assert (right[0], right[-1]) == (6, 4)
    printed, _, right = np.transpose(stories["true"])
    assert round(printed[-1], 3) == 1.111 and right[-1] == 6
    match, = (m for m in calculus.which_loss(X, y, [2.0, 0.0], blog).matches if m[:2] == ("sigmoid", "sse"))
    assert round(np.cos(np.radians(match.angle)), 3) == -0.996
