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

    Each round multiplies the part along another eigenvector by its eigenvalue over lambda. w (d,); returns v.Hv, a
    number, 0 where f has no curvature.
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

    Right on average; its spread falls with the root of the number of probes. Source: Hutchinson (1989).
    """
    f, w, probes = as_function("f", f), as_point("w", w), whole_number("probes", probes, least=1)
    signs = as_rng(rng).choice([-1.0, 1.0], (probes, len(w)))
    return np.mean([v.dot(hessian_vector_product(f, w, v)) for v in signs])


def safe_step(steepest, total, batch_size):
    """A step size at or below the limit for batches of B:  2 B / ((B + 1) lambda + tr H).

    With all curvatures 1 it is the limit, `gaussian_limit`, lesson 08's 2B / (B + d + 1). For Gaussian features with
    any curvatures and endless data the mean square of w - w* shrinks below it: the limit is where the sum of
    eta c lambda_i / (2 - eta (1 + c) lambda_i), c = 1/B, is 1, and putting the largest lambda into the bracket makes
    each term larger.
    """
    B, steepest = whole_number("batch_size", batch_size, least=1), positive_number("steepest", steepest)
    return 2 * B / ((B + 1) * steepest + positive_number("total", total))


def gradient_noise(gradient, w, n):
    """tr Sigma, the mean squared distance of an example's gradient from the mean of all.

    gradient(w, rows) is the gradient (d,) of the mean loss of some rows of n.
    """
    gradient, w, n = as_function("gradient", gradient), as_point("w", w), whole_number("n", n, least=1)
    slopes = np.array([as_slope("gradient(w, rows)", gradient(w, [i]), w.shape) for i in range(n)])
    return ((slopes - slopes.mean(axis=0)) ** 2).sum(axis=1).mean()
