"""How far off guesses at a gradient are, and how fast they lead down: known before the run.

ghat is the mean of (g.v) v over P = samples random directions v of d weights: standard normal ("normal", as in
`forward_gradient`, and in `evolution_strategies` on a quadratic), or d random signs ("signs", as in `spsa` on a
quadratic). The round bowl is the loss |w|^2 / 2, whose gradient is w. All laws return a number without a unit.
"""

from math import erfc, exp, lgamma, pi, sqrt

from .._checks import one_of, positive_number, whole_number

FOURTH = {"normal": 3, "signs": 1}   # the mean of v_i^4


def relative_length(d, samples=1, directions="normal"):
    """Mean of |ghat|^2 / |g|^2:  (d + 1 + P) / P for normal directions, (d - 1 + P) / P for signs. Exact for any g.

    One direction: d + 2, or d. Less 1 it is the relative variance, the mean of |ghat - g|^2 / |g|^2.
    Raises TypeError for d or samples that are not whole, ValueError for less than 1, and for unknown `directions`.
    """
    d, P = _sizes(d, samples)
    return (d - 2 + FOURTH[one_of("directions", directions, FOURTH)] + P) / P


def mean_cosine(d, samples=1):
    """Mean cosine of the angle between ghat and g, normal directions:

        Gamma((P + 1)/2) Gamma((P + d - 1)/2) / (Gamma(P/2) Gamma((P + d)/2)).

    One direction: for many weights about sqrt(2 / (pi d)). The square of the cosine has the beta distribution with P/2
    and (d - 1)/2, so its mean is P / (P + d - 1). For one vector of signs the same holds on average over all
    directions of g. Errors as for `relative_length`.
    """
    d, P = _sizes(d, samples)
    return exp(lgamma((P + 1) / 2) - lgamma(P / 2) + lgamma((P + d - 1) / 2) - lgamma((P + d) / 2))


def mean_shrinkage(step_size, d, samples=1, directions="normal"):
    """Mean loss after a step along ghat on the round bowl, in units of the loss before:  1 - 2 eta + eta^2 R.

    R is `relative_length`, eta = step_size. Best is eta = 1/R, the limit 2/R. At the best, the mean falls to a
    hundredth in about R ln 100 steps, slightly fewer; most runs are there earlier, for the mean is made by a few slow
    ones. Raises ValueError for a step size that is not positive; other errors as for `relative_length`.
    """
    eta = positive_number("step_size", step_size)
    return 1 - 2 * eta + eta**2 * relative_length(d, samples, directions)


def climbing_rate(sigma):
    """How far hill climbing on the round bowl lowers ln(loss) on average in d tries, for many weights:

        2 sigma phi(sigma/2) - sigma^2 Phi(-sigma/2),    sigma in units of |w| / d,

    phi and Phi the density and the distribution of a standard normal number. A try succeeds with Phi(-sigma/2). Best is
    sigma = 1.22, with 0.405: a factor of 100 in about 11.4 d tries. Raises TypeError for a sigma that is no number,
    ValueError for one that is not positive. Source: Rechenberg (1973); Beyer, The Theory of Evolution Strategies
    (2001), whose progress rate is half of this.
    """
    sigma = positive_number("sigma", sigma)
    below = erfc(sigma / 2 / sqrt(2)) / 2
    return 2 * sigma * exp(-(sigma / 2)**2 / 2) / sqrt(2 * pi) - sigma**2 * below


def _sizes(d, samples):
    return whole_number("d", d, least=1), whole_number("samples", samples, least=1)
