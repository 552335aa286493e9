"""Step sizes for any loss: against the whole Hessian, against what is exact for linear regression, and by runs."""

import numpy as np
import pytest

from gradlib import autodiff, calculus, theory


def bent(w):
    """A loss that is no bowl, with curvatures of both signs."""
    return (np.tanh(w) * np.arange(1.0, 7)).sum() + (w**3).mean() + (w * w)[0]


PLACE = np.array([0.3, -0.7, 1.1, 0.4, -0.2, 0.9])


def hessian(f, w):
    return np.array([autodiff.hessian_vector_product(f, w, axis) for axis in np.eye(len(w))])


def linear(n=300, d=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((n, d)) * np.array([2, 1, 0.7, 0.5, 0.3])[:d]
    return X, X @ rng.standard_normal(d) + rng.standard_normal(n)


@pytest.mark.parametrize("seed", range(5))
def test_the_steepest_curvature_is_the_largest_eigenvalue(seed):
    curvatures = np.linalg.eigvalsh(hessian(bent, PLACE))
    largest = curvatures[np.abs(curvatures).argmax()]
    found = theory.steepest_curvature(bent, PLACE, np.random.default_rng(seed), rounds=300)
    assert found == pytest.approx(largest, rel=1e-6)


def test_the_sum_of_the_curvatures_is_the_trace_within_its_own_spread():
    """The spread of v'Hv over signs v is exact: 2 (sum of squares off the diagonal)."""
    X, y = linear()
    H = calculus.linear_hessian(X)
    def loss(w):
        return ((X @ w - y) ** 2).mean() / 2
    found = theory.total_curvature(loss, np.ones(5), np.random.default_rng(0), probes=400)
    spread = np.sqrt(2 * (H**2).sum() - 2 * (H.diagonal() ** 2).sum())
    assert abs(found - np.trace(H)) <= 4 * spread / 20


def test_where_nothing_bends_there_is_no_curvature():
    def straight(w):
        return w.sum()
    assert theory.steepest_curvature(straight, PLACE, np.random.default_rng(0)) == 0
    assert theory.total_curvature(straight, PLACE, np.random.default_rng(0)) == 0


@pytest.mark.parametrize("B", [1, 2, 7, 21, 500])
def test_with_equal_curvatures_the_limit_is_that_of_lesson_08(B):
    assert theory.safe_step(1.0, 20.0, B) == pytest.approx(theory.gaussian_limit(B, 20))


def gaussian_growth(curvatures, B, step_size):
    """The largest factor of one step on the mean squares along the axes: Gaussian features, endless data."""
    lam = np.asarray(curvatures)
    A = np.diag(1 - 2 * step_size * lam + step_size**2 * (1 + 1 / B) * lam**2) + step_size**2 / B * np.outer(lam, lam)
    return np.abs(np.linalg.eigvals(A)).max()


@pytest.mark.parametrize("B", [1, 3, 10, 100])
def test_below_it_the_mean_square_shrinks_for_gaussian_features_of_any_curvatures(B):
    rng = np.random.default_rng(B)
    for _ in range(50):
        curvatures = rng.exponential(size=rng.integers(1, 12)) ** 2 + 0.01
        limit = theory.safe_step(curvatures.max(), curvatures.sum(), B)
        assert gaussian_growth(curvatures, B, 0.99 * limit) < 1
        assert gaussian_growth(curvatures, B, 2.1 * limit) > 1   # and it is never too careful by more than about two


def test_for_equal_curvatures_it_is_the_limit_itself():
    for B in (1, 4, 30):
        limit = theory.safe_step(0.5, 0.5 * 7, B)
        assert gaussian_growth([0.5] * 7, B, 0.999 * limit) < 1 < gaussian_growth([0.5] * 7, B, 1.001 * limit)


def test_the_noise_is_the_trace_of_the_covariance_of_the_gradients():
    X, y = linear(40)
    w = np.linspace(-1, 1, 5)
    found = theory.gradient_noise(lambda w, rows: calculus.linear_gradient(X[rows], y[rows], w), w, len(X))
    assert found == pytest.approx(theory.gradient_covariance(X, y, w).trace(), rel=1e-12)


@pytest.mark.parametrize("call", [
    lambda: theory.safe_step(1.0, 2.0, 0), lambda: theory.gradient_noise(lambda w, rows: w, PLACE, 0),
    lambda: theory.steepest_curvature(bent, PLACE, np.random.default_rng(0), 0),
    lambda: theory.total_curvature(bent, PLACE, np.random.default_rng(0), 0)])
def test_bad_input_is_refused(call):
    with pytest.raises(ValueError, match="must be"):
        call()
