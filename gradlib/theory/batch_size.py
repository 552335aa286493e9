"""Which batch size? Three answers for linear regression (loss half_mse): two for one step, one for all of them.

`noise_scale` and `simple_noise_scale` ask about the next step from a place w: they depend on w, and grow without end
on the way to w*. `critical_batch_size` asks how long steps may be at all: it depends on X alone. All are called
"critical batch size" somewhere; none can stand for another.

`replace` as in `covariance_factor`. Lesson 08 derives `gaussian_limit`.
"""

import numpy as np

from .._checks import as_features, as_flag, whole_number
from .axes import curvature, largest, ratio, sums
from .one_batch import covariance_factor, gradient_covariance, shape


def best_step_for_batch(X, y, w, batch_size, replace=False):
    """The step size at w that lowers the mean loss most:  |g|^2 / (g'Hg + c tr(H Sigma)).

    With c = 1/B that is eta* / (1 + B_noise / B), eta* = |g|^2 / g'Hg being the best with all examples.
    Returns a number, in the unit of a step size. Data and errors as for `gradient_covariance`, batch_size and `replace`
    as for `covariance_factor`.
    Source: McCandlish et al. (2018), arXiv 1812.06162.
    """
    steep, curved, noisy = shape(X, y, w)
    return ratio(steep, curved + covariance_factor(len(X), batch_size, replace) * noisy)


def noise_scale(X, y, w):
    """B_noise = tr(H Sigma) / g'Hg: the batch size (drawn with replacement) at which the best step is half of eta*.

    Much smaller batches waste steps, much larger ones waste examples. inf at w*, where only noise is left.
    Returns a number of examples, rarely whole. Arguments and errors as for `gradient_covariance`.
    Source: McCandlish et al. (2018), arXiv 1812.06162.
    """
    _, curved, noisy = shape(X, y, w)
    return ratio(noisy, curved)


def simple_noise_scale(X, y, w):
    """B_simple = tr(Sigma) / |g|^2, the batch size at which noise and gradient are equally long. inf at w*.

    Returns a number of examples, rarely whole. Arguments and errors as for `gradient_covariance`.
    Source: McCandlish et al. (2018), arXiv 1812.06162.
    """
    return ratio(gradient_covariance(X, y, w).trace(), shape(X, y, w)[0])


def critical_batch_size(X, replace=False):
    """The batch size, rarely whole, at which `mean_square_limit` is half of what all examples allow, 1 / lambda_max.

    Below it, half the batch needs about half the step; above it, larger batches gain little. With replacement it is q,
    the largest eigenvalue of (lambda_max A - HxH)^-1 (M - HxH), without it n q / (n - 1 + q); the letters are those of
    `mean_square_limit`.  X (n, d); returns a number of examples. Raises TypeError for anything but real numbers and a
    `replace` of True or False, ValueError for an X that is not (n, d), NaN, infinity.
    """
    replace, (_, curvatures, spread) = as_flag("replace", replace), curvature(as_features(X))
    q = largest(1 / (curvatures[-1] * sums(curvatures) - np.outer(curvatures, curvatures)), spread)
    return q if replace else len(X) * q / (len(X) - 1 + q)


def gaussian_limit(batch_size, d):
    """`mean_square_limit` for d independent standard normal features and endless data:  2B / (B + d + 1).

    B = batch_size. At B = d + 1, the critical batch size, it is half of what an endless batch allows.
    Raises TypeError for a batch_size or d that is not whole, ValueError below 1.
    """
    B, d = whole_number("batch_size", batch_size, least=1), whole_number("d", d, least=1)
    return 2 * B / (B + d + 1)
