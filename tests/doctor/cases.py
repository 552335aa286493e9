"""Wrong gradients of real people, and right ones that people doubted, each told again in this project's own code.

`source` is where it was asked or reported; the facts are theirs, the code is ours. `wrong` are the parameters, by
index, whose gradient is not the gradient of the loss, and `truth` is what is true of the mistake, in the words of this
table (more than one, where more than one is true):

    sign, factor          the gradient times a constant
    sum, mean             a sum where the loss has a mean, a mean where it has a sum
    stepped, itself       the parameters after a step come back, or before it, and not their slope
    early, stale          taken at weights that have already moved; at weights of long ago
    transposed            the gradient, or a matrix on the way, lies on its side
    slope missing, slope twice, slope of a, slope of z, slope of delta, slope other, slope elsewhere
                          an activation's slope: left out, once more, taken of the activation where it needs z, written
                          in a and given z, taken of what comes back, of another activation, of another layer or at
                          another place of the product
    decay missing, decay extra, decay factor
                          the penalty's part: left out, where the loss has none, times a constant
    bias mean, bias axis, shape
                          a bias averaged, summed over the wrong axis; an array of another shape
    zeros, clipped        no gradient; a gradient cut off
    other loss            the gradient of another loss
    wrong weights, wrong input, delta lost
                          another matrix, or none, on the way back; another layer's activations; what comes
                          back is dropped
    values back           what comes out of a layer goes back in the place of its delta
    wrong error           something else than the slope of the loss starts the way back
    constant added, signs lost
                          one number on top of some; the sizes without their signs
    one part              right in some coordinates or terms
    formula               none of these
    random, nan, mutates, kink, float32
                          what disturbs the judgement
"""

from typing import NamedTuple

import numpy as np

from .networks import (
    columns,
    half_mean,
    moved,
    network,
    per_example,
    sigmoid,
    slope_of,
    softmax,
    table,
)

GITHUB = "https://github.com/"


class Case(NamedTuple):
    """One gradient: make(rng) gives (loss, gradient, params, data)."""
    name: str
    source: str
    make: object
    truth: set
    wrong: tuple


# ---------------------------------------------------------------------------------------------- lines and sigmoids

def dot_then_mean(rng):
    """One weight w: the dot product has summed, so the mean that follows divides by one."""
    x, y = rng.normal(size=6), rng.normal(size=6)
    return (lambda w: np.mean((w * x - y) ** 2), lambda w: [np.dot(2 * x, w * x - y).mean()], [np.array(0.4)],
            {"x": x, "y": y})


def neuron_one_over_n(rng):
    """A sigmoid neuron with mean squared error: 1/n where 2/n belongs."""
    X, y, w = table(rng, n=8, classes=True)

    def gradient(w, b):
        p = sigmoid(X @ w + b)
        delta = (p - y) * p * (1 - p)
        return [X.T @ delta / len(y), delta.mean()]
    return lambda w, b: np.mean((sigmoid(X @ w + b) - y) ** 2), gradient, [w, np.array(0.2)], {"X": X, "y": y}


def halved_twice(rng):
    """J = Σe²/2m, and the gradient is divided by 2m as well."""
    X, y, w = table(rng, n=7)
    return (lambda w: np.sum((X @ w - y) ** 2) / (2 * len(y)), lambda w: [X.T @ (X @ w - y) / (2 * len(y))], [w],
            {"X": X, "y": y})


def logistic_sum(rng):
    """A mean cross-entropy and a gradient that sums."""
    X, y, w = table(rng, n=9, d=4, classes=True)

    def loss(w):
        p = sigmoid(X @ w)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, lambda w: [-(y - sigmoid(X @ w)) @ X], [w], {"X": X, "y": y}


def theta0_first(rng):
    """The intercept moves first, and the slope's gradient already uses it."""
    x, y = rng.normal(size=8), rng.normal(size=8)

    def gradient(t0, t1):
        g0 = np.mean(t0 + t1 * x - y)
        return [g0, np.mean((t0 - 0.1 * g0 + t1 * x - y) * x)]
    return (lambda t0, t1: np.mean((t0 + t1 * x - y) ** 2) / 2, gradient, [np.array(0.7), np.array(-0.4)],
            {"x": x, "y": y})


def alias_of_theta(rng):
    """The new weights are the old array under a second name, so each coordinate sees the steps before it."""
    X, y, w = table(rng, n=8, d=3)
    m, alpha = len(y), 0.1

    def gradient(theta):
        before, fresh = theta.copy(), theta
        for j in range(len(theta)):
            fresh[j] = theta[j] - alpha / m * np.sum((X @ theta - y) * X[:, j])
        return [(before - fresh) / alpha]
    return lambda theta: np.sum((X @ theta - y) ** 2) / (2 * m), gradient, [w], {"X": X, "y": y}


def first_theta_for_ever(rng):
    """The prediction inside the loop uses the weights of the beginning."""
    X, y, w = table(rng, n=8, d=3)
    initial = rng.normal(size=3)
    return (lambda w: np.sum((X @ w - y) ** 2) / (2 * len(y)), lambda w: [X.T @ (X @ initial - y) / len(y)], [w],
            {"X": X, "y": y})


def penalty_stretched(rng):
    """Ridge without the intercept, but α θ₁ is one number and is added to both coordinates."""
    X, y, _ = table(rng, n=10, d=2)
    X[:, 0], alpha = 1, 0.6
    return (lambda t: np.mean((X @ t - y) ** 2) + alpha / 2 * t[1] ** 2,
            lambda t: [2 / len(y) * X.T @ (X @ t - y) + alpha * t[1]], [rng.normal(size=2)], {"X": X, "y": y})


def intercept_twice(rng):
    """Every coordinate is shrunk and stepped, then the intercept once more: what the two lines do, as a gradient."""
    X, y, w = table(rng, n=9, d=3)
    X[:, 0], m, alpha, lam = 1, len(y), 0.2, 0.5

    def gradient(t):
        new = t * (1 - alpha * lam / m) - alpha / m * X.T @ (X @ t - y)
        new[0] -= alpha / m * X[:, 0] @ (X @ t - y)
        return [(t - new) / alpha]
    return (lambda t: (np.sum((X @ t - y) ** 2) + lam * np.sum(t[1:] ** 2)) / (2 * m), gradient, [w],
            {"X": X, "y": y})


def svm_right_class(rng, n=12, d=4, K=3):
    """Margins with the right class among them: its own count is one too many."""
    X, W, y = rng.normal(size=(n, d)), rng.normal(size=(d, K)), np.arange(n) % K
    rows = np.arange(n)

    def margins(W):
        scores = X @ W
        return np.maximum(0, scores - scores[rows, y][:, None] + 1)

    def gradient(W):
        mask = (margins(W) > 0) * 1.0
        mask[rows, y] = -mask.sum(axis=1)
        return [X.T @ mask / n]
    return lambda W: (margins(W).sum() - n) / n, gradient, [W], {"X": X, "y": y}


def hinge_bias_averaged(rng):
    """½|w|² + C Σ hinge: the bias lacks the factor n."""
    X, y, w = table(rng, n=11, d=3, classes=True)
    y, C = 2 * y - 1, 0.7

    def gradient(w, b):
        active = (y * (X @ w + b) < 1) * -y
        return [w + C * active @ X, C * active.mean()]
    return (lambda w, b: w @ w / 2 + C * np.sum(np.maximum(0, 1 - y * (X @ w + b))), gradient, [w, np.array(0.3)],
            {"X": X, "y": y})


def slope_upside_down(rng):
    """σ' written as σ (σ − 1)."""
    X, y, w = table(rng, n=8, d=3, classes=True)

    def gradient(w):
        p = sigmoid(X @ w)
        return [2 / len(y) * X.T @ ((p - y) * p * (p - 1))]
    return lambda w: np.mean((sigmoid(X @ w) - y) ** 2), gradient, [w], {"X": X, "y": y}


def table_not_transposed(rng):
    """X where Xᵀ belongs; it runs, because there are as many examples as features."""
    X, y, w = table(rng, n=5, d=5, classes=True)

    def loss(w):
        p = sigmoid(X @ w)
        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))
    return loss, lambda w: [X @ (sigmoid(X @ w) - y)], [w], {"X": X, "y": y}


def squared_hinge_squared_again(rng):
    """a = max(0, 1 − y s)² is what the slope should have the root of."""
    X, y, w = table(rng, n=9, d=3, classes=True)
    y = 2 * y - 1
    return (lambda w: np.sum(np.maximum(0, 1 - y * (X @ w)) ** 2),
            lambda w: [X.T @ (2 * np.maximum(0, 1 - y * (X @ w)) ** 2 * -y)], [w], {"X": X, "y": y})


def quantile_sign(rng):
    """The loss has a wrong sign where the prediction is above, so it is not the one whose gradient is taken."""
    X, y, w = table(rng, n=12, d=3)
    q = 0.3

    def loss(w):
        e = y - X @ w
        return (q * e[e > 0].sum() + (1 - q) * e[e <= 0].sum()) / len(y)

    def gradient(w):
        above = y <= X @ w
        return [X.T @ ((1 - q) * above - q * ~above) / len(y)]
    return loss, gradient, [w], {"X": X, "y": y}


def quadratic_half(rng):
    """xᵀAx − bᵀx with Ax − b: the first term lacks its 2."""
    A, b = rng.normal(size=(2, 2)), rng.normal(size=2)
    A = A @ A.T + np.eye(2)
    return lambda x: x @ A @ x - b @ x, lambda x: [A @ x - b], [rng.normal(size=2)], {"A": A, "b": b}


def output_as_loss(rng):
    """The check was given the network's output instead of its loss."""
    x, y = np.array([1.0, 0.5]), 0.2
    return (lambda w, b: w @ x + b, lambda w, b: [(w @ x + b - y) * x, w @ x + b - y],
            [np.array([0.34, 0.56]), np.array(0.54)], {"x": x, "y": y})


def moving_in_the_loop(rng):
    """One pass over the examples, each of which moves the weights at once: the pass as a gradient."""
    X, y, w = table(rng, n=6, d=3)
    step = 0.05

    def gradient(w):
        new = w.copy()
        for x, t in zip(X, y):
            new = new - step * (x @ new - t) * x
        return [(w - new) / step]
    return lambda w: np.sum((X @ w - y) ** 2) / 2, gradient, [w], {"X": X, "y": y}


def one_weight_half(rng):
    """((0.5 w) − 0.8)², and delta · input as its slope."""
    x, goal = np.array(0.5), np.array(0.8)
    return lambda w: (x * w - goal) ** 2, lambda w: [(x * w - goal) * x], [np.array(0.3)], {"x": x, "y": goal}


def outer_on_its_side(rng):
    """Three inputs, three outputs, and the outer product the other way round."""
    x, y, W = rng.normal(size=3), rng.normal(size=3), rng.normal(size=(3, 3))
    return lambda W: np.sum((W @ x - y) ** 2), lambda W: [2 * np.outer(x, W @ x - y)], [W], {"x": x, "y": y}


def mean_of_all_entries(rng):
    """The loss is a mean over rows and columns, the gradient divides by the rows."""
    X, Y, W = rng.normal(size=(8, 3)), rng.normal(size=(8, 4)), rng.normal(size=(3, 4))
    return lambda W: np.mean((X @ W - Y) ** 2), lambda W: [2 / len(X) * X.T @ (X @ W - Y)], [W], {"X": X, "Y": Y}


def divided_by_features(rng):
    """One example; the gradient is divided by the number of its features."""
    x, t, w = rng.normal(size=(1, 5)), rng.normal(size=(1, 1)), rng.normal(size=(5, 1))
    return (lambda w, b: np.sum((x @ w + b - t) ** 2) / 2,
            lambda w, b: [x.T @ (x @ w + b - t) / x.size, (x @ w + b - t) / x.size], [w, np.array([[0.1]])],
            {"X": x, "y": t})


# ------------------------------------------------------------------------------------------------ softmax and logits

def logits_divided(rng):
    """The loss divides by len(y), here the number of classes; s − y does not."""
    y = np.eye(5)[2]

    def p(z):
        return softmax(z[None])[0]
    return lambda z: -np.sum(y * np.log(p(z))) / len(y), lambda z: [p(z) - y], [rng.normal(size=5)], {"y": y}


def softmax_regression(rng, k, weight, bias, n=9, d=4, K=3):
    """(loss, gradient, …) for X W + b under k times the cross-entropy; weight and bias get (X, P, Y)."""
    X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, K)), 0.3 * rng.normal(size=K)
    Y = np.eye(K)[np.arange(n) % K]

    def P(W, b):
        return softmax(X @ W + b)
    return (lambda W, b: -k * np.sum(Y * np.log(P(W, b))),
            lambda W, b: [weight(X, P(W, b), Y), bias(X, P(W, b), Y)], [W, b], {"X": X, "Y": Y})


def one_sum_for_all_classes(rng):
    return softmax_regression(rng, 1.0, lambda X, P, Y: -(X.T @ (Y - P)), lambda X, P, Y: -np.sum(Y - P) * np.ones(3))


def by_the_number_of_elements(rng):
    return softmax_regression(rng, 1 / 9, lambda X, P, Y: X.T @ (P - Y) / P.size,
                              lambda X, P, Y: np.sum(P - Y, axis=0) / P.size)


def diagonal_only(rng):
    """−y/p times p (1 − p): the slope of softmax without what one logit does to the other probabilities."""
    return softmax_regression(rng, 1.0, lambda X, P, Y: X.T @ (-Y / P * P * (1 - P)),
                              lambda X, P, Y: np.sum(-Y / P * P * (1 - P), axis=0))


# ------------------------------------------------------------------------------------------------ whole networks

def bias_in_the_weights(rng, step=0.05):
    """Two layers, the bias as a last row of each matrix; the output's weights move before the hidden delta."""
    X, Y = rng.normal(size=(1, 4)), rng.random((1, 3))
    V, W = rng.normal(size=(5, 4)), rng.normal(size=(5, 3))

    def one(A):
        return np.hstack([A, np.ones((len(A), 1))])

    def forward(V, W):
        H = sigmoid(one(X) @ V)
        return H, sigmoid(one(H) @ W)

    def gradient(V, W):
        H, P = forward(V, W)
        out = P * (1 - P) * (P - Y)
        dW = one(H).T @ out
        hidden = H * (1 - H) * (out @ (W - step * dW)[:-1].T)
        return [one(X).T @ hidden, dW]
    return lambda V, W: np.sum((forward(V, W)[1] - Y) ** 2) / 2, gradient, [V, W], {"X": X, "Y": Y}


def cbow_biases(rng):
    """The biases are the row sums of the weights' gradients."""
    return columns(network(rng, (4, 5, 3), ("relu", "softmax"), per_example, cross=True, n=8,
                           bias=lambda s, i: (s.a[i].T @ s.delta).sum(axis=0).reshape(s.b[i].shape)))


def redrawn_mask(rng):
    """Dropout draws another mask at every call, of the loss and of the gradient."""
    X, Y, V, W = rng.normal(size=(6, 3)), rng.normal(size=(6, 2)), rng.normal(size=(3, 5)), rng.normal(size=(5, 2))

    def mask():
        return (rng.random((6, 5)) < 0.7) / 0.7

    def loss(V, W):
        return np.sum((np.tanh(X @ V) * mask() @ W - Y) ** 2) / 12

    def gradient(V, W):
        m, H = mask(), np.tanh(X @ V)
        error = (H * m @ W - Y) / 6
        return [X.T @ ((error @ W.T) * m * (1 - H ** 2)), (H * m).T @ error]
    return loss, gradient, [V, W], {"X": X, "Y": Y}


def scale_of_batch_norm(rng):
    """γ x̂ + β after X W; the way back forgets γ."""
    X, Y, W = rng.normal(size=(8, 3)), rng.normal(size=(8, 4)), rng.normal(size=(3, 4))
    gamma, beta = 0.5 + rng.random(4), rng.normal(size=4)

    def normalised(W):
        Z = X @ W
        scale = np.sqrt(Z.var(axis=0) + 1e-5)
        return (Z - Z.mean(axis=0)) / scale, scale

    def gradient(W, gamma, beta):
        N, scale = normalised(W)
        d = (gamma * N + beta - Y) / len(X)
        return [X.T @ ((d - d.mean(axis=0) - N * (d * N).mean(axis=0)) / scale), np.sum(d * N, axis=0), d.sum(axis=0)]
    return (lambda W, g, b: np.sum((g * normalised(W)[0] + b - Y) ** 2) / (2 * len(X)), gradient, [W, gamma, beta],
            {"X": X, "Y": Y})


def nobody_stops_at_one(rng):
    """Updates of a bias are skipped where there is one example."""
    return network(rng, (4, 5, 3), ("tanh", "softmax"), 1.0, cross=True, n=1,
                   bias=lambda s, i: np.zeros_like(s.b[i]))


def log_of_zero(rng):
    """A right gradient, and a loss that takes the logarithm of 1 − 1."""
    X, y = 60 * rng.normal(size=(12, 3)), (np.arange(12) % 2) * 1.0

    def loss(w):
        with np.errstate(all="ignore"):
            p = sigmoid(X @ w)
            return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))

    def gradient(w):
        with np.errstate(all="ignore"):
            return [X.T @ (sigmoid(X @ w) - y) / len(y)]
    return loss, gradient, [2 * rng.normal(size=3)], {"X": X, "y": y}


def svm_half_the_penalty(rng, n=12, d=5, K=3, reg=0.2):
    """reg ΣW² in the loss, reg W in the gradient."""
    X, W, y = rng.normal(size=(n, d)), rng.normal(size=(d, K)), np.arange(n) % K
    rows = np.arange(n)

    def margins(W):
        scores = X @ W
        return np.maximum(0, scores - scores[rows, y][:, None] + 1) * (np.arange(K) != y[:, None])

    def gradient(W):
        mask = (margins(W) > 0) * 1.0
        mask[rows, y] = -mask.sum(axis=1)
        return [X.T @ mask / n + reg * W]
    return lambda W: margins(W).sum() / n + reg * np.sum(W * W), gradient, [W], {"X": X, "y": y}


def ones_in_the_penalty(rng, n=7, lam=1.0):
    """The penalty's slope begins with a column of ones, where the biases, which have none, need noughts."""
    X, Y, T, U = rng.normal(size=(n, 3)), np.eye(3)[np.arange(n) % 3], rng.normal(size=(4, 4)), rng.normal(size=(3, 5))

    def one(A):
        return np.hstack([np.ones((len(A), 1)), A])

    def forward(T, U):
        H = sigmoid(one(X) @ T.T)
        return H, sigmoid(one(H) @ U.T)

    def loss(T, U):
        P = forward(T, U)[1]
        penalty = np.sum(T[:, 1:] ** 2) + np.sum(U[:, 1:] ** 2)
        return (lam / 2 * penalty - np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P))) / n

    def gradient(T, U):
        H, P = forward(T, U)
        hidden = (P - Y) @ U[:, 1:] * H * (1 - H)
        return [(hidden.T @ one(X) + lam * one(T[:, 1:])) / n, ((P - Y).T @ one(H) + lam * one(U[:, 1:])) / n]
    return loss, gradient, [T, U], {"X": X, "y": Y}


def logistic(rng, gradient, d=4, lam=1.5, first=1):
    """Mean cross-entropy and λ/2m Σθ² from θ_first on; gradient gets (X, error, θ, λ)."""
    X, y, w = table(rng, n=9, d=d, classes=True)
    X[:, 0] = 1

    def loss(t):
        p = sigmoid(X @ t)
        return (lam / 2 * np.sum(t[first:] ** 2) - np.sum(y * np.log(p) + (1 - y) * np.log(1 - p))) / len(y)
    return loss, lambda t: [gradient(X, sigmoid(X @ t) - y, t, lam)], [w], {"X": X, "y": y}


def theta1_is_spared(rng):
    """θ₁ is set to nought in the penalty's slope where θ₀ should be."""
    return logistic(rng, lambda X, e, t, lam: (X.T @ e + lam * t * (np.arange(len(t)) != 1)) / len(e), d=6)


def theta0_is_not_spared(rng):
    """θ₀ is in the penalty of the loss, and not in its slope."""
    return logistic(rng, lambda X, e, t, lam: (X.T @ e + lam * t * (np.arange(len(t)) > 0)) / len(e), first=0)


def penalised_without_x(rng):
    """The formula with the penalty has lost its x."""
    return logistic(rng, lambda X, e, t, lam: (e.sum() + lam * t * (np.arange(len(t)) > 0)) / len(e))


def last_x_only(rng):
    """The errors are added up in a loop, and the x after it is that of the last example."""
    return logistic(rng, lambda X, e, t, lam: e.sum() * X[-1] / len(e), lam=0.0)


def x_twice(rng):
    """The error term has x in it already, and is multiplied by x."""
    return logistic(rng, lambda X, e, t, lam: (X * X).T @ e / len(e), lam=0.0)


def hinge_with_z(rng):
    """−y z where the slope of max(0, 1 − y z) is −y."""
    X, y, w = table(rng, n=11, d=3, classes=True)
    y = 2 * y - 1

    def gradient(w, b):
        z = X @ w + b
        error = (y * z < 1) * -y * z
        return [X.T @ error / len(y), error.mean()]
    return (lambda w, b: np.mean(np.maximum(0, 1 - y * (X @ w + b))), gradient, [w, np.array(0.3)],
            {"X": X, "y": y})


def product_of_features(rng):
    """The slope is multiplied by one feature after another, and never begins anew."""
    X, y, w = table(rng, n=10, d=4)
    return (lambda w: np.mean((X @ w - y) ** 2) / 2, lambda w: [np.cumprod(X, axis=1).T @ (X @ w - y) / len(y)], [w],
            {"X": X, "y": y})


def only_y_divided(rng):
    """The mean is taken of −y, and not of p."""
    return softmax_regression(rng, 1 / 9, lambda X, P, Y: X.T @ (P - Y / 9), lambda X, P, Y: np.sum(P - Y / 9, axis=0))


def absolute_slopes(rng):
    """The direction of steepest descent, without its signs."""
    A, b = rng.normal(size=(5, 5)), rng.normal(size=5)
    A = A @ A.T + np.eye(5)
    return lambda x: x @ A @ x / 2 - b @ x, lambda x: [np.abs(A @ x - b)], [rng.normal(size=5)], {"A": A, "b": b}


def kept_from_before(rng):
    """The slopes are added to those of the call before."""
    loss, gradient, params, data = network(rng, (2, 3, 1), SS, 0.5, n=4)
    kept = [0 * p for p in params]

    def adding(*params):
        kept[:] = [1.3 * old + new for old, new in zip(kept, gradient(*params))]
        return kept
    return loss, adding, params, data


def dropped_units_move(rng):
    """Dropout on the way there, a fixed mask; on the way back its scale alone."""
    return network(rng, (3, 6, 2), TI, half_mean, n=8, mask=lambda rng, n, h: (rng.random((n, h)) < 0.7) / 0.7,
                   finish=lambda s, gradients: [s.X.T @ (s.carried * s.slope / 0.7), *gradients[1:]])


def biases_in_the_penalty(rng):
    """The loss punishes biases, too, and their slope does not know."""
    loss, gradient, params, data = network(rng, (4, 5, 3), ("relu", "softmax"), per_example, cross=True, n=8, decay=0.1)
    return (lambda *p: loss(*p) + 0.05 * (np.sum(p[1] ** 2) + np.sum(p[3] ** 2)), gradient, params, data)


def new_theta_returned(rng):
    """What is printed as the gradient is theta minus the gradient."""
    x, y = rng.normal(size=5), rng.normal(size=5)
    X = np.column_stack([np.ones(5), x])
    return (lambda t: np.sum((X @ t - y) ** 2) / 10, lambda t: [t - X.T @ (X @ t - y) / 5], [np.array([2, 0.7])],
            {"x": x, "y": y})


def skipped_layer(rng):
    """What comes back to the last hidden layer is taken for that of the one before, too."""
    def carry(s, i):
        s.kept = s.delta @ s.W[i].T if i == 2 else s.kept
        return s.kept
    return columns(network(rng, (3, 4, 4, 1), ("relu", "relu", "sigmoid"), per_example, cross=True, n=8, carry=carry))


def half_a_cost(rng):
    """−y log p + (1 − y) log(1 − p) is printed, and the right gradient of the other taken."""
    X, y, w = table(rng, n=9, d=4, classes=True)

    def loss(w):
        p = sigmoid(X @ w)
        return np.mean((1 - y) * np.log(1 - p) - y * np.log(p))
    return loss, lambda w: [X.T @ (sigmoid(X @ w) - y) / len(y)], [w], {"X": X, "y": y}


def huber_doubled(rng):
    """e² near zero, and e as its slope."""
    X, y, w = table(rng, n=19)

    def loss(w):
        e = np.abs(y - X @ w)
        return np.mean(np.where(e <= 1, e * e, 2 * e - 1))
    return loss, lambda w: [X.T @ np.clip(X @ w - y, -1, 1) / len(y)], [w], {"X": X, "y": y}


def first_for_third(rng):
    """The loss punishes the first layer's weights twice, and the third's not; the gradient is as it should be."""
    loss, gradient, params, data = network(rng, (4, 5, 4, 3), ("relu", "relu", "softmax"), per_example, cross=True, n=8,
                                           decay=0.1)
    return (lambda *p: loss(*p) + 0.05 * (np.sum(p[0] ** 2) - np.sum(p[4] ** 2)), gradient, params, data)


TWO = (3, 4, 2)
THREE = (3, 5, 4, 2)
SS, TI, RI, TS = ("sigmoid", "sigmoid"), ("tanh", "identity"), ("relu", "identity"), ("tanh", "softmax")

CASES = (
    Case("a mean of one number", GITHUB + "patrickloeber/pytorchTutorial/pull/10", dot_then_mean,
         {"sum", "factor"}, (0,)),
    Case("1/n for 2/n in a neuron", GITHUB + "Open-Deep-ML/DML-OpenProblem/issues/54", neuron_one_over_n,
         {"factor"}, (0, 1)),
    Case("divided by 2m twice", GITHUB + "42-AI/bootcamp_machine-learning/issues/20", halved_twice, {"factor"}, (0,)),
    Case("logistic without 1/n", GITHUB + "eriklindernoren/ML-From-Scratch/issues/124", logistic_sum,
         {"sum", "factor"}, (0,)),
    Case("theta0 first", "https://zh-tw.coursera.org/lecture/machine-learning/gradient-descent-8SpIM", theta0_first,
         {"early"}, (1,)),
    Case("a second name is no copy", GITHUB + "kaleko/CourseraML/issues/12", alias_of_theta,
         {"early", "mutates", "one part"}, (0,)),
    Case("the first theta for ever", GITHUB + "kaleko/CourseraML/issues/4", first_theta_for_ever, {"stale"}, (0,)),
    Case("a penalty stretched over both", GITHUB + "ageron/handson-ml2/issues/510", penalty_stretched,
         {"decay extra", "one part"}, (0,)),
    Case("the intercept twice", GITHUB + "trekhleb/homemade-machine-learning/pull/63", intercept_twice,
         {"decay extra", "factor", "one part"}, (0,)),
    Case("svm: one too many for the right class", GITHUB + "bruceoutdoors/CS231n/issues/5", svm_right_class,
         {"formula", "one part"}, (0,)),
    Case("hinge: the bias averaged", GITHUB + "purushottamkar/ml19-20a/issues/5", hinge_bias_averaged,
         {"bias mean", "mean", "factor"}, (1,)),
    Case("the slope upside down", GITHUB + "JuliaAI/MLJLinearModels.jl/issues/104", slope_upside_down, {"sign"}, (0,)),
    Case("X for its transpose", GITHUB + "apachecn/ailearning/issues/443", table_not_transposed, {"transposed"}, (0,)),
    Case("squared hinge, squared again", GITHUB + "vlfeat/matconvnet/issues/164", squared_hinge_squared_again,
         {"formula"}, (0,)),
    Case("quantiles: the loss with a wrong sign", GITHUB + "scikit-learn/scikit-learn/issues/6076", quantile_sign,
         {"other loss", "one part"}, (0,)),
    Case("a quadratic without its 2", GITHUB + "mml-book/mml-book.github.io/issues/226", quadratic_half,
         {"formula", "one part"}, (0,)),
    Case("the output as the loss", "https://stats.stackexchange.com/questions/188678", output_as_loss,
         {"other loss"}, (0, 1)),
    Case("moving inside the loop", GITHUB + "hans/glove.py/issues/6", moving_in_the_loop, {"early", "one part"}, (0,)),
    Case("one weight without the 2", GITHUB + "iamtrask/Grokking-Deep-Learning/issues/49", one_weight_half,
         {"factor"}, (0,)),
    Case("the outer product on its side", GITHUB + "iamtrask/Grokking-Deep-Learning/issues/23", outer_on_its_side,
         {"transposed"}, (0,)),
    Case("a mean over all entries", GITHUB + "pytorch/pytorch/issues/3924", mean_of_all_entries,
         {"factor", "sum"}, (0,)),
    Case("one example, divided by its features", GITHUB + "deeplearning4j/deeplearning4j/pull/1452",
         divided_by_features, {"factor"}, (0, 1)),
    Case("logits: divided in the loss alone", "https://z.id.vn/?p=348969", logits_divided, {"factor", "sum"}, (0,)),
    Case("one sum for all classes", GITHUB + "rasbt/stat453-deep-learning-ss21/issues/5", one_sum_for_all_classes,
         {"bias axis", "zeros"}, (1,)),
    Case("divided by all elements", GITHUB + "victorlempitsky/Mate/issues/2", by_the_number_of_elements,
         {"factor"}, (0, 1)),
    Case("softmax: the diagonal only", GITHUB + "deeplearning4j/libnd4j/issues/440", diagonal_only,
         {"slope other", "one part", "formula"}, (0, 1)),
    Case("weights summed, biases averaged", GITHUB + "hunkim/DeepLearningZeroToAll/issues/173",
         lambda rng: network(rng, TWO, SS, per_example, cross=True, n=6,
                             weight=lambda s, i: s.n * s.a[i].T @ s.delta),
         {"sum", "factor"}, (0, 2)),
    Case("cbow: biases from the weights' rows",
         GITHUB + "rust0258/Deeplearning.ai-Natural-Language-Processing-Specialization/issues/64", cbow_biases,
         {"formula"}, (1, 3)),
    Case("a bias for every example", GITHUB + "jimfleming/differentiation/issues/1",
         lambda rng: network(rng, (3, 4), ("tanh",), half_mean, n=4, flat=True, bias=lambda s, i: s.delta),
         {"shape", "bias axis"}, (1,)),
    Case("three layers, moved too early", GITHUB + "kim-marcel/basic_neural_network/issues/7",
         lambda rng: columns(network(rng, THREE, ("sigmoid",) * 3, half_mean, carry=moved)),
         {"early"}, (0, 1, 2, 3)),
    Case("moved too early, the bias in the weights", GITHUB + "louisjc/mnist-neural-network/issues/1",
         bias_in_the_weights, {"early"}, (0,)),
    Case("too early, and no slope at the output", GITHUB + "Bot-Academy/NeuralNetworkFromScratch/pull/3",
         lambda rng: columns(network(rng, (4, 5, 3), SS, half_mean, n=6, first=lambda s, i: s.error,
                                     carry=lambda s, i: moved(s, i, 0.01))),
         {"early", "slope missing", "other loss"}, (0, 1, 2, 3)),
    Case("the hidden error without the output's slope",
         GITHUB + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/88",
         lambda rng: columns(network(rng, (4, 3, 2), SS, 0.5, n=5, biased=False,
                                     carry=lambda s, i: s.error @ s.W[i].T)),
         {"slope missing", "other loss"}, (0,)),
    Case("the output's weights without its slope", "https://stackoverflow.com/questions/59399842",
         lambda rng: network(rng, (2, 2, 1), SS, 0.5, n=4, biased=False,
                             weight=lambda s, i: s.a[i].T @ (s.error if i else s.delta)),
         {"slope missing", "other loss"}, (1,)),
    Case("sigmoid' given the activation", "https://datascience.stackexchange.com/questions/37545",
         lambda rng: network(rng, (2, 3, 1), SS, 0.5, n=4, biased=False,
                             first=lambda s, i: s.error * slope_of("sigmoid", s.a[-1]),
                             slope=lambda s, i: slope_of("sigmoid", s.a[i + 1])),
         {"slope of a"}, (0, 1)),
    Case("sigmoid' given the activation, with biases", GITHUB + "dwhitena/gophernet/issues/6",
         lambda rng: network(rng, (4, 3, 3), SS, 0.5, n=7,
                             first=lambda s, i: s.error * slope_of("sigmoid", s.a[-1]),
                             slope=lambda s, i: slope_of("sigmoid", s.a[i + 1])),
         {"slope of a"}, (0, 1, 2, 3)),
    Case("x (1 − x) given z", GITHUB + "BoltzmannEntropy/interviews.ai/issues/4",
         lambda rng: network(rng, (3, 4, 1), SS, half_mean, slope=lambda s, i: s.z[i] * (1 - s.z[i])),
         {"slope of z"}, (0, 1)),
    Case("tanh' given the activation", GITHUB + "davidrmiller/neural2d/issues/40",
         lambda rng: network(rng, (3, 5, 4, 1), ("tanh", "tanh", "identity"), 0.5,
                             slope=lambda s, i: slope_of("tanh", s.a[i + 1])),
         {"slope of a"}, (0, 1, 2, 3)),
    Case("σ (1 − σ(incoming))", GITHUB + "yizt/numpy_neural_network/issues/3",
         lambda rng: network(rng, TWO, ("sigmoid", "softmax"), per_example, cross=True,
                             back=lambda s, i: sigmoid(1 - sigmoid(s.carried))),
         {"slope of delta", "formula"}, (0, 1)),
    Case("1 − tanh²(incoming)", GITHUB + "yizt/numpy_neural_network/issues/6",
         lambda rng: network(rng, TWO, TS, per_example, cross=True, back=lambda s, i: 1 - np.tanh(s.carried) ** 2),
         {"slope of delta"}, (0, 1)),
    Case("relu writes over what comes back", GITHUB + "haifengl/smile/issues/528",
         lambda rng: network(rng, (3, 6, 2), RI, half_mean, back=lambda s, i: s.slope),
         {"delta lost", "wrong weights"}, (0, 1)),
    Case("relu's output is never negative", GITHUB + "iamtrask/Grokking-Deep-Learning/issues/9",
         lambda rng: network(rng, (3, 6, 2), RI, 1.0, biased=False, slope=lambda s, i: (s.a[i + 1] >= 0) * 1.0),
         {"slope missing"}, (0,)),
    Case("leaky relu with relu's slope", GITHUB + "scientific-computing/FKB/issues/15",
         lambda rng: network(rng, (3, 6, 2), ("leaky", "identity"), half_mean, n=8,
                             slope=lambda s, i: slope_of("relu", s.z[i])),
         {"slope other"}, (0, 1)),
    Case("leaky relu with another leak", GITHUB + "deeplearning4j/deeplearning4j/issues/8178",
         lambda rng: network(rng, (3, 6, 2), ("leaky", "identity"), half_mean, n=8,
                             slope=lambda s, i: np.where(s.z[i] > 0, 1.0, 0.01)),
         {"slope other"}, (0, 1)),
    Case("elu: y + 1 given z", GITHUB + "mlpack/mlpack/pull/1540",
         lambda rng: network(rng, (3, 5, 2), ("elu", "identity"), half_mean,
                             slope=lambda s, i: np.where(s.z[i] > 0, 1.0, s.z[i] + 1)),
         {"slope of z"}, (0, 1)),
    Case("softmax under squared error: the diagonal only", GITHUB + "SebLague/Neural-Network-Experiments/pull/5",
         lambda rng: network(rng, (4, 5, 3), ("sigmoid", "softmax"), half_mean,
                             first=lambda s, i: s.error * s.a[-1] * (1 - s.a[-1])),
         {"slope other", "one part", "formula"}, (0, 1, 2, 3)),
    Case("softmax under squared error, as under cross-entropy", GITHUB + "april-org/april-ann/issues/5",
         lambda rng: network(rng, (4, 5, 3), TS, half_mean, first=lambda s, i: (s.a[-1] - s.Y) / s.n),
         {"other loss", "slope missing"}, (0, 1, 2, 3)),
    Case("cross-entropy, and the slope once more", GITHUB + "mnielsen/neural-networks-and-deep-learning/pull/77",
         lambda rng: columns(network(rng, (3, 5, 2), SS, per_example, cross=True, n=6,
                                     first=lambda s, i: s.k * (s.a[-1] - s.Y) * slope_of("sigmoid", s.z[-1]))),
         {"slope twice", "other loss"}, (0, 1, 2, 3)),
    Case("dropout draws anew", GITHUB + "torch/tutorials/issues/25", redrawn_mask, {"random"}, ()),
    Case("dropout without its scale on the way back", GITHUB + "HomericIntelligence/Odyssey/issues/2068",
         lambda rng: network(rng, (3, 6, 2), TI, half_mean, n=8,
                             mask=lambda rng, n, h: (rng.random((n, h)) < 0.8) / 0.8,
                             back=lambda s, i: s.carried * s.slope * 0.8),
         {"factor"}, (0, 1)),
    Case("twice here, four times there", GITHUB + "bighuang624/Andrew-Ng-Deep-Learning-notes/issues/10",
         lambda rng: columns(network(rng, (4, 5, 3, 1), ("relu", "relu", "sigmoid"), per_example, cross=True,
                                     weight=lambda s, i: (2 if i == 1 else 1) * s.a[i].T @ s.delta,
                                     bias=lambda s, i: (1 if i else 4) * s.delta.sum(axis=0, keepdims=True))),
         {"factor"}, (1, 2)),
    Case("the gradient where the weights belong", GITHUB + "jcjohnson/pytorch-examples/issues/5",
         lambda rng: network(rng, (5, 4, 3), RI, 1.0, biased=False, carry=lambda s, i: s.delta @ s.dW[i].T),
         {"wrong weights"}, (0,)),
    Case("the input for every layer", GITHUB + "ralampay/ann/pull/22",
         lambda rng: network(rng, (4, 4, 4, 2), ("sigmoid",) * 3, 0.5, biased=False,
                             weight=lambda s, i: s.a[0].T @ s.delta),
         {"wrong input"}, (1, 2)),
    Case("the slope before the matrix", GITHUB + "JulianoLagana/deep-machine-learning/issues/6",
         lambda rng: network(rng, (3, 4, 4, 2), ("tanh", "tanh", "identity"), half_mean,
                             back=lambda s, i: s.delta * s.slope @ s.W[i + 1].T if i == 0 else s.carried * s.slope),
         {"slope elsewhere"}, (0, 1)),
    Case("why transpose?", GITHUB + "makeyourownneuralnetwork/makeyourownneuralnetwork/issues/77",
         lambda rng: columns(network(rng, (3, 3, 3), SS, 0.5, n=5, biased=False,
                                     carry=lambda s, i: s.delta @ s.W[i])),
         {"transposed", "wrong weights"}, (0,)),
    Case("a bias of nought, a gradient of nought", GITHUB + "xnought/backprop-explainer/issues/18",
         lambda rng: network(rng, (1, 1), ("identity",), per_example, n=5, bias=lambda s, i: np.zeros_like(s.b[i])),
         {"zeros"}, (1,)),
    Case("1 − z² for tanh", GITHUB + "lazyprogrammer/facial-expression-recognition/issues/2",
         lambda rng: network(rng, (3, 5, 2), TS, 1.0, cross=True, flat=True, slope=lambda s, i: 1 - s.z[i] ** 2),
         {"slope of z"}, (0, 1)),
    Case("1 + tanh²", GITHUB + "nicodjimenez/lstm/issues/41",
         lambda rng: network(rng, (3, 5, 2), TI, half_mean, slope=lambda s, i: 1 + np.tanh(s.z[i]) ** 2),
         {"slope other"}, (0, 1)),
    Case("−tanh²", GITHUB + "scutan90/DeepLearning-500-questions/issues/544",
         lambda rng: network(rng, (3, 5, 2), TI, half_mean, slope=lambda s, i: -np.tanh(s.z[i]) ** 2),
         {"slope other", "formula"}, (0, 1)),
    Case("the activation for its slope", GITHUB + "filipecalasans/mlp/issues/1",
         lambda rng: network(rng, (3, 4, 2), SS, 0.5, first=lambda s, i: s.error * s.a[-1]),
         {"slope other"}, (0, 1, 2, 3)),
    Case("no bias for a batch of one", GITHUB + "deeplearning4j/deeplearning4j/pull/364", nobody_stops_at_one,
         {"zeros"}, (1, 3)),
    Case("batch normalisation forgets its scale", GITHUB + "denizyuret/Knet.jl/issues/288", scale_of_batch_norm,
         {"formula"}, (0,)),
    Case("relu of what comes back", GITHUB + "shantanu1109/Coursera-DeepLearning.AI-Natural-Language-Processing-"
         "Specialization/issues/1",
         lambda rng: columns(network(rng, (4, 5, 3), ("relu", "softmax"), per_example, cross=True, n=8,
                                     back=lambda s, i: np.maximum(0, s.carried))),
         {"slope of delta", "slope other"}, (0, 1)),
    Case("svm: half the penalty's slope", GITHUB + "jingtinghuang/CS231n-Spring-2017/issues/3", svm_half_the_penalty,
         {"decay missing"}, (0,)),
    Case("the penalty with the other sign", GITHUB + "andersbll/nnet/issues/4",
         lambda rng: network(rng, (4, 5, 3), ("relu", "softmax"), per_example, cross=True, n=8, decay=0.1,
                             penalty=lambda s, i: -s.decay * s.W[i]),
         {"decay missing"}, (0, 2)),
    Case("tanh for its slope", GITHUB + "andersbll/nnet/issues/4",
         lambda rng: network(rng, (4, 5, 3), TS, per_example, cross=True, n=8, slope=lambda s, i: s.a[i + 1]),
         {"slope other"}, (0, 1)),
    Case("ones in the penalty", GITHUB + "JWarmenhoven/Coursera-Machine-Learning/issues/3", ones_in_the_penalty,
         {"constant added", "one part"}, (0, 1)),
    Case("theta1 for theta0", GITHUB + "dibgerge/ml-coursera-python-assignments/issues/45", theta1_is_spared,
         {"decay missing", "decay extra", "one part"}, (0,)),
    Case("theta0 in the loss alone", GITHUB + "kaleko/CourseraML/issues/9", theta0_is_not_spared,
         {"decay missing", "one part"}, (0,)),
    Case("a penalty, and no x", GITHUB + "fengdu78/Coursera-ML-AndrewNg-Notes/issues/82", penalised_without_x,
         {"wrong input"}, (0,)),
    Case("the last x for all", "https://huggingface.co/datasets/nvidia/Nemotron-CC-Math-v1", last_x_only,
         {"wrong input"}, (0,)),
    Case("x twice", GITHUB + "udacity/deep-learning-v2-pytorch/issues/409", x_twice, {"wrong input"}, (0,)),
    Case("hinge: −y z", GITHUB + "online-ml/river/pull/28", hinge_with_z, {"formula"}, (0, 1)),
    Case("one feature after another", GITHUB + "h2oai/datatable/pull/3234", product_of_features,
         {"formula", "one part"}, (0,)),
    Case("only y divided by n", GITHUB + "mlpack/mlpack/pull/3469", only_y_divided, {"wrong error"}, (0, 1)),
    Case("p for the slope of softmax", GITHUB + "HomericIntelligence/Odyssey/issues/2134",
         lambda rng: network(rng, (4, 5, 3), TS, per_example, n=9, first=lambda s, i: s.error * s.a[-1]),
         {"slope other"}, (0, 1, 2, 3)),
    Case("p for the slope of softmax, under cross-entropy", GITHUB + "HomericIntelligence/Odyssey/issues/2134",
         lambda rng: network(rng, (4, 5, 3), TS, per_example, cross=True, n=8, first=lambda s, i: -s.k * s.Y),
         {"slope other", "stale"}, (0, 1, 2, 3)),
    Case("values go back", GITHUB + "davidrmiller/neural2d/issues/36",
         lambda rng: network(rng, (2, 4, 1), SS, 0.5, n=4, carry=lambda s, i: s.a[i + 1] @ s.W[i].T),
         {"values back"}, (0, 1)),
    Case("without signs", GITHUB + "bashardudin/Epita-SCIA-OCVX/issues/1", absolute_slopes, {"signs lost"}, (0,)),
    Case("added to those before", "https://www.codeproject.com/Questions/1097336", kept_from_before, {"random"}, ()),
    Case("dropped units move", GITHUB + "ddbourgin/numpy-ml/issues/94", dropped_units_move, {"formula"}, (0,)),
    Case("biases in the penalty", GITHUB + "Burton2000/CS231n-2017/issues/9", biases_in_the_penalty,
         {"decay missing"}, (1, 3)),
    Case("the first layer for the third", GITHUB + "lightaime/cs231n/pull/2", first_for_third,
         {"decay missing", "decay extra"}, (0, 4)),
    Case("theta minus its gradient", GITHUB + "42-AI/bootcamp_machine-learning/issues/64", new_theta_returned,
         {"stepped"}, (0,)),
    Case("w − α w", GITHUB + "udacity/sdc-issue-reports/issues/75",
         lambda rng: network(rng, (3, 4, 2), SS, half_mean, biased=False,
                             finish=lambda s, gradients: [gradients[0], s.W[1]]),
         {"itself"}, (1,)),
    Case("values of the layer after go back", GITHUB + "davidrmiller/neural2d/issues/36",
         lambda rng: network(rng, (2, 4, 3, 1), ("tanh", "tanh", "identity"), 0.5, n=6,
                             carry=lambda s, i: (s.a[2] if i == 1 else s.delta) @ s.W[i].T),
         {"values back"}, (0, 1)),
    Case("all dA from the last layer", GITHUB + "fanghao6666/neural-networks-and-deep-learning/pull/7",
         skipped_layer, {"formula"}, (0, 1)),
    Case("the cost with the other sign in one term", GITHUB + "bfortuner/ml-glossary/pull/64", half_a_cost,
         {"other loss", "formula"}, (0,)),
    Case("Huber's loss, doubled", GITHUB + "chiphuyen/stanford-tensorflow-tutorials/issues/123", huber_doubled,
         {"factor"}, (0,)),
    Case("σ' under cross-entropy, summed", GITHUB + "hunkim/DeepLearningZeroToAll/issues/25",
         lambda rng: network(rng, (4, 5, 3), SS, per_example, cross=True, n=6,
                             first=lambda s, i: (s.a[-1] - s.Y) * slope_of("sigmoid", s.z[-1])),
         {"slope twice", "other loss"}, (0, 1, 2, 3)),
    Case("the bias moves once for every feature", GITHUB + "luisguiserrano/manning/issues/46",
         lambda rng: network(rng, (4, 1), ("sigmoid",), per_example, cross=True, n=9,
                             bias=lambda s, i: 4 * s.delta.sum(axis=0, keepdims=True)),
         {"factor"}, (1,)),
    Case("tanh' at the outputs", GITHUB + "dennybritz/nn-from-scratch/pull/3",
         lambda rng: network(rng, (2, 3, 3), TS, per_example, cross=True, n=10,
                             slope=lambda s, i: slope_of("tanh", s.z[i + 1])),
         {"slope elsewhere"}, (0, 1)),
    Case("the next layer's slope", GITHUB + "amaas/stanford_dl_ex/issues/15",
         lambda rng: network(rng, (3, 3, 3, 3), ("sigmoid",) * 3, half_mean, biased=False,
                             finish=lambda s, gradients: [*gradients[1:], gradients[-1]]),
         {"wrong input"}, (0, 1)),
)


# ------------------------------------------------------------------------------------------------ right, and doubted

def thin_column(rng):
    """Whole numbers as weights, thousands as features: a right gradient whose descent ran away."""
    X = np.column_stack([np.ones(30), rng.integers(30, 100, 30), rng.integers(30, 100, 30)]).astype(float)
    y = rng.integers(30, 100, 30).astype(float)
    return (lambda w: np.sum((X @ w - y) ** 2) / 2, lambda w: [X.T @ (X @ w - y)], [np.array([1, 2, -1])],
            {"X": X, "y": y})


def house_prices(rng):
    """Squares of feet beside bedrooms."""
    X = np.column_stack([np.ones(5), [2104, 1600, 2400, 1416, 3000], [3, 3, 3, 2, 4]])
    y = np.array([400.0, 330, 369, 232, 540])
    return (lambda t: np.sum((X @ t - y) ** 2) / 2, lambda t: [-(y - X @ t) @ X], [np.array([20.0, 0.2, 3.0])],
            {"X": X, "y": y})


def lambda_over_m(rng):
    """1/m in front of both parts."""
    X, y, w = table(rng, n=9, d=4, classes=True)
    X[:, 0], lam, m = 1, 1.5, 9

    def loss(t):
        p = sigmoid(X @ t)
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)) + lam / (2 * m) * np.sum(t[1:] ** 2)
    return (loss, lambda t: [1 / m * (X.T @ (sigmoid(X @ t) - y) + lam * np.concatenate([[0], t[1:]]))], [w],
            {"X": X, "y": y})


def without_the_vanishing_term(rng):
    """Batch normalisation without the term of the mean that the variance brings: it is nought."""
    loss, _, params, data = scale_of_batch_norm(rng)
    X, Y = data["X"], data["Y"]

    def gradient(W, gamma, beta):
        Z = X @ W
        n, centred, variance = len(X), Z - Z.mean(axis=0), Z.var(axis=0) + 1e-5
        d = (gamma * centred / np.sqrt(variance) + beta - Y) / n
        dN = d * gamma
        dvar = np.sum(dN * centred, axis=0) * -0.5 * variance ** -1.5
        dmean = -dN.sum(axis=0) / np.sqrt(variance)
        return [X.T @ (dN / np.sqrt(variance) + dvar * 2 * centred / n + dmean / n),
                np.sum(d * centred / np.sqrt(variance), axis=0), d.sum(axis=0)]
    return loss, gradient, params, data


def seven_blank_rows(rng):
    """Rows of noughts and biases of nought: relu stands on its kink."""
    loss, gradient, params, data = network(rng, (3, 5, 2), RI, half_mean, n=8)
    data["X"][:2] = 0
    params[1][:] = 0
    return loss, gradient, params, data


RIGHT_CASES = (
    Case("whole numbers, and a sum", "https://gamwe6.github.io/obafuro/python/%E6%A9%9F%E6%A2%B0%E5%AD%A6%E7%BF%92/"
         "2018/08/22/47721.html", thin_column, set(), ()),
    Case("square feet and bedrooms", "http://stackoverflow.com/questions/3837692", house_prices, set(), ()),
    Case("sigmoid and cross-entropy: no slope", GITHUB + "rasbt/python-machine-learning-book-2nd-edition/issues/54",
         lambda rng: network(rng, TWO, SS, 1.0, cross=True, decay=0.1), set(), ()),
    Case("sigmoid and squares: with the slope", GITHUB + "hunkim/DeepLearningZeroToAll/pull/113",
         lambda rng: network(rng, (2, 4, 1), SS, 0.5, n=4), set(), ()),
    Case("relu's slope from its output", GITHUB + "scikit-learn/scikit-learn/issues/14244",
         lambda rng: network(rng, (3, 6, 5, 2), ("relu", "relu", "softmax"), per_example, cross=True,
                             slope=lambda s, i: (s.a[i + 1] != 0) * 1.0), set(), ()),
    Case("a (1 − a)", GITHUB + "PacktPublishing/Neural-Network-Projects-with-Python/issues/4",
         lambda rng: network(rng, (3, 4, 1), SS, 1.0, n=4, biased=False,
                             slope=lambda s, i: s.a[i + 1] * (1 - s.a[i + 1])), set(), ()),
    Case("λ/m, m in front", GITHUB + "schneems/Octave/issues/12", lambda_over_m, set(), ()),
    Case("relu on its kink", GITHUB + "trusthlt/nlp-with-deep-learning-lectures/pull/4", seven_blank_rows,
         {"kink"}, ()),
    Case("divided in the last line", GITHUB + "SkalskiP/ILearnDeepLearning.py/issues/29",
         lambda rng: columns(network(rng, (2, 6, 4, 1), ("relu", "relu", "sigmoid"), per_example, cross=True, n=9)),
         set(), ()),
    Case("one mask for both ways", GITHUB + "HomericIntelligence/Odyssey/pull/2090",
         lambda rng: network(rng, (3, 6, 2), TI, half_mean, mask=lambda rng, n, h: (rng.random((n, h)) < 0.7) / 0.7),
         set(), ()),
    Case("the weights where the weights belong", GITHUB + "jcjohnson/pytorch-examples/issues/28",
         lambda rng: network(rng, (6, 5, 3), RI, 1.0, n=4, biased=False), set(), ()),
    Case("a product of every entry, with one output", "https://community.deeplearning.ai/t/week-3-exercise-6-cost-"
         "function/723602/2",
         lambda rng: columns(network(rng, (2, 4, 1), ("tanh", "sigmoid"), per_example, cross=True, n=8,
                                     carry=lambda s, i: s.delta * s.W[i].T)), set(), ()),
    Case("batch normalisation without the term that is nought", GITHUB + "AlexeyAB/darknet/issues/4605",
         without_the_vanishing_term, set(), ()),
    Case("the logarithm of nought", GITHUB + "rasbt/python-machine-learning-book-2nd-edition/issues/49", log_of_zero,
         {"nan"}, ()),
)
