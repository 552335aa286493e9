"""Curvature and noise along the eigenvectors of H = X'X/n, where the matrix H is the list of its eigenvalues."""

import numpy as np

from ..calculus import least_squares, linear_hessian
from .one_batch import gradient_covariance


def pairs(X):
    """All products of two features, example by example: (n, d) -> (n, d d)."""
    return (X[:, :, None] * X[:, None, :]).reshape(len(X), -1)


def steep_axes(X):
    """Eigenvectors of H (d, k), and their curvatures (k,). Flat directions are left out: nothing moves along them."""
    curvatures, axes = np.linalg.eigh(linear_hessian(X))
    steep = curvatures > 1e-12 * curvatures[-1]
    if not steep.any():
        raise ValueError("X holds nothing but zeros, so the loss is level everywhere, and there is nothing to predict.")
    return axes[:, steep], curvatures[steep]


def curvature(X):
    """`steep_axes`, and the spread (k k, k k) of the examples' own curvatures xx'.

    The spread is the map M(C) - HCH, M(C) = mean(xx' C xx').
    """
    axes, curvatures = steep_axes(X)
    products = pairs(np.dot(X, axes))
    return axes, curvatures, products.T.dot(products) / len(X) - np.diag(np.outer(curvatures, curvatures).ravel())


def noise(X, y, axes):
    """S along the axes: the covariance of the gradients of single examples at w*.  Returns (k, k)."""
    return axes.T.dot(gradient_covariance(X, y, least_squares(X, y))).dot(axes)


def noise_in_the_cloud(gain, spread, noise):
    """Covariance of the gradients where C, that of the weights, keeps itself alive:  N = S + spread C, C = gain N."""
    return np.linalg.solve(np.eye(noise.size) - spread * gain.ravel(), noise.ravel()).reshape(noise.shape)


def largest(gain, operator):
    """The largest eigenvalue of the map C -> gain operator(C): how much of C survives it at most."""
    return np.abs(np.linalg.eigvals(gain.ravel()[:, None] * operator)).max()


def sums(curvatures):
    """lambda_i + lambda_j for every pair of axes: what HC + CH does to C.  Returns (k, k)."""
    return np.add.outer(curvatures, curvatures)


def ratio(above, below):
    """above / below, and infinity where `below` is zero."""
    return above / below if below else np.inf
