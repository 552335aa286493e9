"""What one batch says about the gradient of linear regression (loss half_mse): right on average, with a known spread.

The gradient g_B of a batch is the mean over its B = batch_size examples. Over all batches its mean is g, the gradient
of all n examples, and its covariance is c Sigma: Sigma depends on data and weights, c on how the batch is drawn. With
`replace` an example may be drawn again; without, a batch is B different examples, drawn afresh for every step.
Lesson 08 derives c.
"""

from .._checks import as_batch_size, as_features, as_targets, positive_number, whole_number
from ..calculus import linear_gradient, linear_hessian, linear_loss, predict


def covariance_factor(n, batch_size, replace=False):
    """c in Cov(g_B) = c Sigma:  1/B with replacement,  (n - B) / (B (n - 1)) without, which is 0 at B = n.

    Raises TypeError for an n or batch size that is not whole, and a `replace` that is neither True nor False;
    ValueError below 1 and, without replacement, for a batch size above n.
    """
    n = whole_number("n", n, least=1)
    B = as_batch_size(batch_size, n, replace)
    return 1 / B if replace else (n - B) / (B * max(n - 1, 1))


def gradient_covariance(X, y, w):
    """Sigma = (1/n) sum (g_i - g)(g_i - g)', where g_i = x_i e_i is the gradient of example i alone.

    The sum is divided by n, not n - 1: the n examples are all there is. X (n, d), y (n,), w (d,); returns (d, d), in
    the squared unit of g. Errors as for `calculus.linear_loss`.
    """
    slopes = as_features(X) * (predict(X, w) - as_targets(y, len(X)))[:, None]
    deviations = slopes - slopes.mean(axis=0)
    return deviations.T.dot(deviations) / len(X)


def expected_loss_after_step(X, y, w, step_size, batch_size, replace=False):
    """Mean over all batches of the loss after one step,  L - eta |g|^2 + eta^2 (g'Hg + c tr(H Sigma)) / 2.

    Exact, because the loss is a parabola. X (n, d), y (n,), w (d,), eta = step_size; returns a number in the squared
    unit of y. Raises ValueError for a step size that is not positive; other errors as for `gradient_covariance`, those
    of the batch as for `covariance_factor`.
    """
    loss, (steep, curved, noisy) = linear_loss(X, y, w), shape(X, y, w)
    eta, c = positive_number("step_size", step_size), covariance_factor(len(X), batch_size, replace)
    return loss - eta * steep + eta**2 * (curved + c * noisy) / 2


def shape(X, y, w):
    """|g|^2, g'Hg and tr(H Sigma): how steep the loss is at w, how curved along g, and how curved along the noise."""
    g, H = linear_gradient(X, y, w), linear_hessian(X)
    return g.dot(g), g.dot(H).dot(g), (H * gradient_covariance(X, y, w)).sum()
