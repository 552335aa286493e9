"""Step sizes for any loss, from its curvatures at one place: what linear regression would do if it had them everywhere.

No network has, for its curvatures change on the way. So this is where the predictions of lessons 02 and 08 end, and
lesson 12 measures how far they carry. f is a function of one vector w that returns one number, written for
`gradlib.autodiff`; a curvature is asked for by `hessian_vector_product`, and no matrix is formed.
"""

import numpy as np

from .._checks import as_function, as_point, as_rng, as_slope, positive_number, whole_number
from ..autodiff import hessian_vector_product


def steepest_curvature(f, w, rng, rounds=15):
    """Lambda, the eigenvalue of the Hessian H of f at w that is largest in size, by power iteration:  v <- Hv / |Hv|.

    Each round multiplies the part along another eigenvector by its eigenvalue over lambda; there are `rounds` of them.
    rng is a `numpy.random.default_rng(seed)`. w (d,); returns v.Hv, a number in the unit of f over that of w^2, 0 where
    f has no curvature. Raises TypeError if f is no function or returns anything but one number, for an rng that is no
    generator, and a w of anything but real numbers; ValueError for a w that is not (d,) and finite, and for less than
    one round.
    """
    f, w = as_function("f", f), as_point("w", w)
    v = as_rng(rng).standard_normal(w.shape)
    for _ in range(whole_number("rounds", rounds, least=1)):
        v = v / np.linalg.norm(v)
        bent = hessian_vector_product(f, w, v)
        curvature, v = v.dot(bent), bent if bent.any() else v
    return curvature


def total_curvature(f, w, rng, probes=20):
    """The sum of all curvatures, the trace of H, as the mean of v.Hv over random v of plus and minus ones.

    Right on average; its spread falls with the root of the number of `probes`. Returns a number. Arguments and errors
    as for `steepest_curvature`. Source: Hutchinson (1989).
    """
    f, w, probes = as_function("f", f), as_point("w", w), whole_number("probes", probes, least=1)
    signs = as_rng(rng).choice([-1.0, 1.0], (probes, len(w)))
    return np.mean([v.dot(hessian_vector_product(f, w, v)) for v in signs])


def safe_step(steepest, total, batch_size):
    """A step size at or below the limit for batches of B:  2 B / ((B + 1) lambda + tr H).

    lambda = steepest and tr H = total are those of the two functions above, B = batch_size. With all curvatures 1 it is
    the limit, `gaussian_limit`, lesson 08's 2B / (B + d + 1). For Gaussian features with any curvatures and endless
    data the mean square of w - w* shrinks below it: the limit is where the sum of eta c lambda_i / (2 - eta (1 + c)
    lambda_i), c = 1/B, is 1, and putting the largest lambda into the bracket makes each term larger. Raises TypeError
    for anything but numbers and a whole batch size, ValueError for curvatures that are not positive, to which no limit
    belongs, and a batch size below 1.
    """
    B, steepest = whole_number("batch_size", batch_size, least=1), positive_number("steepest", steepest)
    return 2 * B / ((B + 1) * steepest + positive_number("total", total))


def gradient_noise(gradient, w, n):
    """tr Sigma, the mean squared distance of an example's gradient from the mean of all.

    gradient(w, rows) is the gradient (d,) of the mean loss of some rows of n, w (d,); returns a number in the squared
    unit of a gradient. Raises TypeError if gradient is no function or returns anything but numbers, and for a w or n of
    anything else; ValueError for a gradient that is not shaped like w, a w that is not (d,), an n below 1.
    """
    gradient, w, n = as_function("gradient", gradient), as_point("w", w), whole_number("n", n, least=1)
    slopes = np.array([as_slope("gradient(w, rows)", gradient(w, [i]), w.shape) for i in range(n)])
    return ((slopes - slopes.mean(axis=0)) ** 2).sum(axis=1).mean()
