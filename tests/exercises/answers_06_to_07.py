"""Answers to the exercises of lessons 06 and 07, as learners write them; see `answers`."""

import numpy as np

from gradlib.autodiff import sigmoid as sigmoid_of_var
from gradlib.autodiff import value_and_grad
from gradlib.calculus import linear_loss, logistic_gradient, logistic_loss, which_loss
from gradlib.numeric import complex_step

from .answers import odd, right, wrong


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# whose ------------------------------------------------------------------------------------------------------

@right("whose")
def whose_plain():
    first = "sum_cross_entropy"
    second = "half_sse"
    third = "mse"
    return first, second, third


@right("whose")
def whose_list():
    return ["sum_cross_entropy", "half_sse", "mse"]


@right("whose")
def whose_dict():
    return dict(third="mse", first="sum_cross_entropy", second="half_sse")


@right("whose")
def whose_spoken():
    return "Sum cross-entropy", "half SSE", "MSE "


@right("whose")
def whose_asked():
    X = np.array([[1.0, 0.5], [-1, 2], [4, 1], [0.3, -2]])
    y = np.array([1.0, 0, 0, 1])
    w = np.array([0.2, -0.3])
    formulas = [lambda X, y, w: X.T @ (sigmoid(X @ w) - y),
                lambda X, y, w: X.T @ (X @ w - y),
                lambda X, y, w: 2 * X.T @ ((sigmoid(X @ w) - y) * sigmoid(X @ w) * (1 - sigmoid(X @ w))) / len(y)]
    return [which_loss(X, y, w, f).loss for f in formulas]


@right("whose")
def whose_searched():
    X, y, w = np.array([[1.0], [-1], [4]]), np.array([1.0, 0, 0]), np.array([0.7])
    p, z = sigmoid(X @ w), X @ w
    found = []
    for slope, loss_of in ((X.T @ (p - y), logistic_loss), (X.T @ (z - y), linear_loss),
                           (2 * X.T @ ((p - y) * p * (1 - p)) / 3, logistic_loss)):
        for loss in ("half_mse", "mse", "half_sse", "sse") + ("cross_entropy", "sum_cross_entropy"):
            if loss_of is linear_loss and "cross" in loss:
                continue
            if np.allclose(complex_step(lambda w: loss_of(X, y, w, loss=loss), w), slope):
                found.append(loss)
    return tuple(found)


@wrong("whose", "mean_for_sum")
def _():
    first = "cross_entropy"
    second = "half_sse"
    third = "mse"
    return first, second, third


@wrong("whose", "no_sigmoid_slope@first+two_missing@second")
def _():
    return "half_sse", "sse", "mse"


@wrong("whose", "mean_for_sum")
def _():
    return ["sum_cross_entropy", "half_mse", "mse"]


@wrong("whose", "mean_for_sum@first,second")
def _():
    first, second, third = "cross_entropy", "half_mse", "mse"
    return first, second, third


@wrong("whose", "exchanged")
def _():
    first = "half_sse"
    second = "sum_cross_entropy"
    third = "mse"
    return first, second, third


@wrong("whose", "exchanged")
def _():
    return "half_sse", "cross_entropy", "mse"


@wrong("whose", "no_sigmoid_slope")
def _():
    same = "half_sse"
    return same, same, "mse"


@wrong("whose", "no_sigmoid_slope")
def _():
    return {"first": "sse", "second": "half_sse", "third": "mse"}


@wrong("whose", "no_sigmoid_slope@first+mean_and_two_missing@second")
def _():
    first = second = third = "mse"
    return first, second, third


@wrong("whose", "not_a_probability")
def _():
    same = "sum_cross_entropy"
    return [same, same, "mse"]


@wrong("whose", "mean_for_sum@first+not_a_probability@second")
def _():
    return ["cross_entropy", "cross_entropy", "mse"]


@wrong("whose", "slope_not_cancelled")
def _():
    third = "cross_entropy"
    return "sum_cross_entropy", "half_sse", third


@wrong("whose", "slope_not_cancelled")
def _():
    return ("sum_cross_entropy", "half_sse") + ("sum cross entropy",)


@wrong("whose", "sum_for_mean")
def _():
    return "sum_cross_entropy", "half_sse", "sse"


@wrong("whose", "two_is_there")
def _():
    return "sum_cross_entropy", "half_sse", "half_mse"


@wrong("whose", "two_missing")
def _():
    second = "SSE"
    return "sum_cross_entropy", second, "mse"


@wrong("whose", "two_missing@second+two_is_there@third")
def _():
    return "sum_cross_entropy", "sse", "half_mse"


@wrong("whose", "mean_and_two_missing")
def _():
    return "sum_cross_entropy", "mse", "mse"


@wrong("whose", "backwards")
def _():
    first, second, third = "sum_cross_entropy", "half_sse", "mse"
    return third, second, first


@wrong("whose", "not_numbers")
def _():
    return "bce", "half_sse", "mse"


@wrong("whose", "not_numbers")
def _():
    return "sum_cross_entropy", "half_sse"


@wrong("whose", "not_numbers")
def _():
    return "sum_cross_entropy, half_sse, mse"


@wrong("whose", "not_numbers")
def _():
    return 6, 3, 2


@wrong("whose", "returned_none")
def _():
    print("sum_cross_entropy", "half_sse", "mse")


@wrong("whose", "raises")
def _():
    return sum_cross_entropy, half_sse, mse  # noqa: F821


@wrong("whose", "mean_and_two_are_there")
def _():
    same = "half SSE"
    return "sum_cross_entropy", same, same


@wrong("whose", "no_sigmoid_slope@first+mean_and_two_are_there@third")
def _():
    return ["half_sse"] * 3


# entropy_gradient -------------------------------------------------------------------------------------------

@right("entropy_gradient")
def entropy_gradient_in_one_line(X, y, w):
    return (1 / (1 + np.exp(-X.dot(w))) - y) @ X / X.shape[0]


@right("entropy_gradient")
def entropy_gradient_chain(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    dL_dp = -(y / p) + (1 - y) / (1 - p)
    dp_dz = p * (1 - p)
    dz_dw = X
    return np.mean(dL_dp[:, None] * dp_dz[:, None] * dz_dw, axis=0)


@right("entropy_gradient")
def entropy_gradient_loops(X, y, w):
    n, d = X.shape
    gradient = [0] * d
    for i in range(n):
        z = 0
        for j in range(d):
            z += X[i, j] * w[j]
        p = 1 / (1 + np.exp(-z))
        for j in range(d):
            gradient[j] += (p - y[i]) * X[i, j] / n
    return gradient


@right("entropy_gradient")
def entropy_gradient_cases(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    ones, zeros = y == 1, y == 0
    total = ((p[ones] - 1)[:, None] * X[ones]).sum(axis=0) + (p[zeros][:, None] * X[zeros]).sum(axis=0)
    return total / len(y)


@right("entropy_gradient")
def entropy_gradient_einsum(X, y, w):
    p = np.exp(X @ w) / (1 + np.exp(X @ w))
    return np.einsum("ij,i->j", X, p - y) / len(y)


@right("entropy_gradient")
def entropy_gradient_autodiff(X, y, w):
    def loss(w):
        z = X @ w
        return ((1 - y) * z + np.log(1 + np.exp(-z))).mean()
    return value_and_grad(loss)(w)[1]


@right("entropy_gradient")
def entropy_gradient_complex(X, y, w):
    def loss(w):
        p = 1 / (1 + np.exp(-X @ w))
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.array([loss(w + 1e-30j * np.eye(len(w))[j]).imag / 1e-30 for j in range(len(w))])


@right("entropy_gradient")
def entropy_gradient_nudge(X, y, w):
    def loss(w):
        p = 1 / (1 + np.exp(-X @ w))
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    gradient, h = np.zeros(len(w)), 1e-5
    for j in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[j] = h
        gradient[j] = (loss(w + nudge) - loss(w - nudge)) / (2 * h)
    return gradient


@right("entropy_gradient")
def entropy_gradient_margins(X, y, w):
    t = 2 * y - 1
    return (-(t / (1 + np.exp(t * (X @ w))))[None, :] @ X / len(y)).T


@wrong("entropy_gradient", "sign_flipped")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    error = y - p
    return X.T @ error / len(y)


@wrong("entropy_gradient", "forgot_mean")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    grad = np.zeros_like(w)
    for xi, pi, yi in zip(X, p, y):
        grad += xi * (pi - yi)
    return grad


@wrong("entropy_gradient", "sign_flipped+forgot_mean")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return np.dot(X.T, y - p)


@wrong("entropy_gradient", "factor_two")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return 2 / len(y) * X.T @ (p - y)


@wrong("entropy_gradient", "factor_half")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) / (2 * len(y))


@wrong("entropy_gradient", "divided_twice")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    error = (p - y) / len(y)
    return np.mean(X * error[:, np.newaxis], axis=0)


@wrong("entropy_gradient", "slope_kept")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    delta = (p - y) * (p * (1 - p))
    return X.T @ delta / len(y)


@wrong("entropy_gradient", "slope_kept")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    dsigmoid = np.exp(-X @ w) / (1 + np.exp(-X @ w)) ** 2
    return ((p - y) * dsigmoid) @ X / X.shape[0]


@wrong("entropy_gradient", "factor_two+slope_kept")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return np.mean(2 * (p - y)[:, None] * (p * (1 - p))[:, None] * X, axis=0)


@wrong("entropy_gradient", "transposed")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X @ (p - y) / len(y)


@wrong("entropy_gradient", "transposed")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    e = p - y
    return e @ X.T / len(X)


@wrong("entropy_gradient", "no_sigmoid")
def _(X, y, w):
    p = X @ w
    return X.T @ (p - y) / len(y)


@wrong("entropy_gradient", "rounded")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    guess = (p > 0.5).astype(float)
    return X.T @ (guess - y) / len(y)


@wrong("entropy_gradient", "rounded")
def _(X, y, w):
    guess = np.where(X @ w >= 0, 1, 0)
    return (guess - y) @ X / len(y)


@wrong("entropy_gradient", "stopped_at_p")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    dL_dp = (p - y) / (p * (1 - p))
    return X.T @ dL_dp / len(y)


@wrong("entropy_gradient", "stopped_at_p")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return -X.T @ (y / p - (1 - y) / (1 - p)) / len(y)


@wrong("entropy_gradient", "inner_minus")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    dL_dp = -(y / p + (1 - y) / (1 - p))
    return X.T @ (dL_dp * p * (1 - p)) / len(y)


@wrong("entropy_gradient", "inner_minus")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return -np.mean((y / p + (1 - y) / (1 - p))[:, None] * X, axis=0)


@wrong("entropy_gradient", "only_ones")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    dL_dp = -y / p
    dp_dz = p * (1 - p)
    return X.T @ (dL_dp * dp_dz) / len(y)


@wrong("entropy_gradient", "only_zeros")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    p[y == 1] = 0
    return X.T @ p / len(y)


@wrong("entropy_gradient", "logarithm_left")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    losses = -y * np.log(p) - (1 - y) * np.log(1 - p)
    return X.T @ losses / len(y)


@wrong("entropy_gradient", "sigmoid_twice")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (1 / (1 + np.exp(-p)) - y) / len(y)


@wrong("entropy_gradient", "minus_in_sigmoid")
def _(X, y, w):
    p = 1 / (1 + np.exp(X @ w))
    return X.T @ (p - y) / len(y)


@wrong("entropy_gradient", "sigmoid_brackets")
def _(X, y, w):
    p = 1 / 1 + np.exp(-X @ w)
    return X.T @ (p - y) / len(y)


@wrong("entropy_gradient", "plus_minus_targets")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    t = np.where(y == 1, 1, -1)
    return X.T @ (p - t) / len(y)


@wrong("entropy_gradient", "no_target")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T.dot(p) / len(y)


@wrong("entropy_gradient", "sign_flipped+no_prediction")
def _(X, y, w):
    return -X.T @ y / len(y)


@wrong("entropy_gradient", "added_target")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p + y) / len(y)


@wrong("entropy_gradient", "only_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - p ** 2) / len(y)


@wrong("entropy_gradient", "not_averaged")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X * (p - y).reshape(-1, 1)


@wrong("entropy_gradient", "one_example")
def _(X, y, w):
    for i in range(len(y)):
        p = 1 / (1 + np.exp(-X[i] @ w))
        grad = (p - y[i]) * X[i]
    return grad / len(y)


@wrong("entropy_gradient", "averaged_over_weights")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return np.mean((p - y)[:, None] * X)


@wrong("entropy_gradient", "divided_by_d")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) / len(w)


@wrong("entropy_gradient", "returned_errors")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return p - y


@wrong("entropy_gradient", "returned_loss")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


@wrong("entropy_gradient", "returned_predictions")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return p


@wrong("entropy_gradient", "took_a_step")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    step_size = 0.1
    return w - step_size * (X.T @ (p - y) / len(y))


@wrong("entropy_gradient", "outer_broadcast")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w.reshape(-1, 1)))
    return (X.T @ (p - y) / len(y)).sum(axis=1)


@wrong("entropy_gradient", "raises")
def _(X, y, w):
    return X.T @ (sigmoid(z) - y) / len(y)  # noqa: F821


@wrong("entropy_gradient", "returned_none")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    print(X.T @ (p - y) / len(y))


@odd("entropy_gradient")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) / len(y) + 0.01 * w


@odd("entropy_gradient")
def _(X, y, w):
    p = 1 / (1 + np.exp(-2 * X @ w))
    return X.T @ (p - y) / len(y)


# loss_gradient ----------------------------------------------------------------------------------------------

@right("loss_gradient")
def loss_gradient_in_one_line(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


@right("loss_gradient")
def loss_gradient_exponential(X, y, w):
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return ((p - y) * slope) @ X / len(X)


@right("loss_gradient")
def loss_gradient_diagonal(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ np.diag(p - p ** 2) @ (p - y) / len(y)


@right("loss_gradient")
def loss_gradient_loops(X, y, w):
    total = 0
    for row, target in zip(X, y):
        p = 1 / (1 + np.exp(-sum(row * w)))
        total = total + (p - target) * p * (1 - p) * row
    return total / len(y)


@right("loss_gradient")
def loss_gradient_einsum(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return np.einsum("i,i,i,ij->j", p - y, p, 1 - p, X) / len(y)


@right("loss_gradient")
def loss_gradient_autodiff(X, y, w):
    def loss(w):
        e = sigmoid_of_var(X @ w) - y
        return (e * e).mean() / 2
    return value_and_grad(loss)(w)[1]


@right("loss_gradient")
def loss_gradient_complex(X, y, w):
    return complex_step(lambda w: np.mean((sigmoid(X @ w) - y) ** 2) / 2, w)


@right("loss_gradient")
def loss_gradient_columns(X, y, w):
    y, w = y.reshape(-1, 1), w.reshape(-1, 1)
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "cross_entropy")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    error = p - y
    return np.mean(error[:, None] * X, axis=0)


@wrong("loss_gradient", "forgot_mean+cross_entropy")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y)


@wrong("loss_gradient", "factor_two+cross_entropy")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return 2 * X.T @ (p - y) / len(y)


@wrong("loss_gradient", "sigmoid_twice")
def _(X, y, w):
    def sigmoid_slope(z):
        s = 1 / (1 + np.exp(-z))
        return s * (1 - s)
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * sigmoid_slope(p)) / len(y)


@wrong("loss_gradient", "sigmoid_twice")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    p = 1 / (1 + np.exp(-p))
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "slope_of_z")
def _(X, y, w):
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    return X.T @ ((p - y) * (z * (1 - z))) / len(y)


@wrong("loss_gradient", "half_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * p) / len(y)


@wrong("loss_gradient", "half_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * (1 - p)) / len(y)


@wrong("loss_gradient", "half_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p) / len(y)


@wrong("loss_gradient", "slope_of_tanh")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * (1 - p ** 2)) / len(y)


@wrong("loss_gradient", "bare_exponential")
def _(X, y, w):
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    return X.T @ ((p - y) * -np.exp(-z)) / len(y)


@wrong("loss_gradient", "slope_on_target")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y * p * (1 - p)) / len(y)


@wrong("loss_gradient", "slope_of_target")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * y * (1 - y)) / len(y)


@wrong("loss_gradient", "slope_of_error")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    error = p - y
    return X.T @ (error * error * (1 - error)) / len(y)


@wrong("loss_gradient", "slope_too_late")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) * p * (1 - p) / len(y)


@wrong("loss_gradient", "slope_too_late")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    gradient = X.T @ (p - y) / len(y)
    slope = p * (1 - p)
    return gradient @ slope


@wrong("loss_gradient", "slope_averaged")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p - y) / len(y) * (p * (1 - p)).mean()


@wrong("loss_gradient", "slope_averaged")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T * np.dot(p - y, p * (1 - p)) / len(y)


@wrong("loss_gradient", "slope_squared")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    slope = p * (1 - p)
    return X.T @ ((p - y) * slope * slope) / len(y)


@wrong("loss_gradient", "divided_by_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) / (p * (1 - p))) / len(y)


@wrong("loss_gradient", "straight_line")
def _(X, y, w):
    error = X @ w - y
    return X.T @ error / len(y)


@wrong("loss_gradient", "sign_flipped")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((y - p) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "factor_two")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return 2 * X.T @ ((p - y) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "forgot_mean")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * (1 - p))


@wrong("loss_gradient", "forgot_mean+factor_two")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return 2 * X.T @ ((p - y) * p * (1 - p))


@wrong("loss_gradient", "factor_half")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return 0.5 * np.mean(X * ((p - y) * p * (1 - p))[:, None], axis=0)


@wrong("loss_gradient", "still_squared")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) ** 2 * p * (1 - p)) / len(y)


@wrong("loss_gradient", "only_slope")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ (p * (1 - p)) / len(y)


@wrong("loss_gradient", "transposed")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    delta = (p - y) * p * (1 - p)
    return X @ delta / len(y)


@wrong("loss_gradient", "not_averaged")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T * ((p - y) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "returned_loss")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return np.sum((p - y) ** 2) / (2 * len(y))


@wrong("loss_gradient", "took_a_step")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    w = w - X.T @ ((p - y) * p * (1 - p)) / len(y)
    return w


@wrong("loss_gradient", "mutates_input")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    y -= p
    return -X.T @ (y * p * (1 - p)) / len(y)


@wrong("loss_gradient", "ignores_argument")
def _(X, y, w):
    y = np.zeros(len(X))
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * (1 - p)) / len(y)


@wrong("loss_gradient", "raises")
def _(X, y, w):
    return X.T @ ((p - y) * p * (1 - p)) / len(y)  # noqa: F821


@odd("loss_gradient")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * np.sqrt(p * (1 - p))) / len(y)


@odd("loss_gradient")
def _(X, y, w):
    p = 1 / (1 + np.exp(-X @ w))
    return logistic_gradient(X, y, w) + X.T @ (p * (1 - p)) / len(y)


# hidden_delta -----------------------------------------------------------------------------------------------

@right("hidden_delta")
def hidden_delta_in_one_line(delta_out, W2, h):
    return (delta_out @ W2.T) * h * (1 - h)


@right("hidden_delta")
def hidden_delta_other_way_round(delta_out, W2, h):
    return (W2 @ delta_out.T).T * (h - h ** 2)


@right("hidden_delta")
def hidden_delta_einsum(delta_out, W2, h):
    return np.einsum("nm,km,nk,nk->nk", delta_out, W2, h, 1 - h)


@right("hidden_delta")
def hidden_delta_loops(delta_out, W2, h):
    n, k = h.shape
    result = [[0.0] * k for _ in range(n)]
    for i in range(n):
        for j in range(k):
            for o in range(W2.shape[1]):
                result[i][j] += delta_out[i, o] * W2[j, o]
            result[i][j] *= h[i, j] * (1 - h[i, j])
    return result


@right("hidden_delta")
def hidden_delta_outers(delta_out, W2, h):
    arriving = np.zeros(h.shape)
    for o in range(W2.shape[1]):
        arriving += np.outer(delta_out[:, o], W2[:, o])
    return arriving * h * (1 - h)


@right("hidden_delta")
def hidden_delta_autodiff(delta_out, W2, h):
    z = np.log(h / (1 - h))
    return value_and_grad(lambda z: (sigmoid_of_var(z).dot(W2) * delta_out).sum())(z)[1]


@right("hidden_delta")
def hidden_delta_complex(delta_out, W2, h):
    z = np.log(h / (1 - h))
    return complex_step(lambda z: np.sum(delta_out * (sigmoid(z) @ W2)), z)


@wrong("hidden_delta", "not_transposed")
def _(delta_out, W2, h):
    arriving = delta_out @ W2
    return arriving * h * (1 - h)


@wrong("hidden_delta", "not_transposed")
def _(delta_out, W2, h):
    arriving = np.dot(delta_out, W2)
    slope = h * (1 - h)
    return slope * arriving


@wrong("hidden_delta", "wrong_side")
def _(delta_out, W2, h):
    arriving = W2.dot(delta_out)
    return arriving * h * (1 - h)


@wrong("hidden_delta", "wrong_side")
def _(delta_out, W2, h):
    arriving = W2 @ delta_out.T
    return arriving * h * (1 - h)


@wrong("hidden_delta", "place_by_place")
def _(delta_out, W2, h):
    arriving = delta_out * W2.T
    return arriving * h * (1 - h)


@wrong("hidden_delta", "weights_skipped")
def _(delta_out, W2, h):
    arriving = delta_out
    return arriving * h * (1 - h)


@wrong("hidden_delta", "weights_skipped")
def _(delta_out, W2, h):
    arriving = delta_out.sum(axis=1)[:, None]
    return arriving * h * (1 - h)


@wrong("hidden_delta", "delta_skipped")
def _(delta_out, W2, h):
    arriving = np.sum(W2, 1)
    return arriving * h * (1 - h)


@wrong("hidden_delta", "one_output")
def _(delta_out, W2, h):
    arriving = np.zeros(h.shape)
    for o in range(W2.shape[1]):
        arriving = np.outer(delta_out[:, o], W2[:, o])
    return arriving * h * (1 - h)


@wrong("hidden_delta", "inverse")
def _(delta_out, W2, h):
    arriving = delta_out @ np.linalg.inv(W2)
    return arriving * h * (1 - h)


@wrong("hidden_delta", "values_not_slopes")
def _(delta_out, W2, h):
    out = h @ W2
    return out


@wrong("hidden_delta", "slope_of_weights")
def _(delta_out, W2, h):
    arriving = h.T @ delta_out
    return arriving


@wrong("hidden_delta", "slope_skipped")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    return arriving


@wrong("hidden_delta", "sigmoid_twice")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    s = 1 / (1 + np.exp(-h))
    return arriving * s * (1 - s)


@wrong("hidden_delta", "slope_squared")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T * (h * (1 - h))
    return arriving * h * (1 - h)


@wrong("hidden_delta", "part_of_slope")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T * h
    return arriving * h * (1 - h)


@wrong("hidden_delta", "part_of_slope")
def _(delta_out, W2, h):
    arriving = np.dot(delta_out, W2.T) * (1 - h)
    return arriving * h * (1 - h)


@wrong("hidden_delta", "half_slope")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    return arriving * h


@wrong("hidden_delta", "slope_of_tanh")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    return arriving * (1 - h * h)


@wrong("hidden_delta", "averaged_over_outputs")
def _(delta_out, W2, h):
    arriving = np.array([[np.mean(delta * weights) for weights in W2] for delta in delta_out])
    return arriving * h * (1 - h)


@wrong("hidden_delta", "divided_by_n")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T / len(delta_out)
    return arriving * h * (1 - h)


@wrong("hidden_delta", "sign_flipped")
def _(delta_out, W2, h):
    arriving = -delta_out @ W2.T
    return arriving * h * (1 - h)


@wrong("hidden_delta", "sign_flipped")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    return arriving * h * (h - 1)


@wrong("hidden_delta", "rows_summed")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    return (arriving * h * (1 - h)).sum(0)


@wrong("hidden_delta", "mutates_input")
def _(delta_out, W2, h):
    arriving = delta_out @ W2.T
    h *= 1 - h
    return arriving * h


@wrong("hidden_delta", "raises")
def _(delta_out, W2, h):
    arriving = delta @ W2.T  # noqa: F821
    return arriving * h * (1 - h)


@odd("hidden_delta")
def _(delta_out, W2, h):
    arriving = delta_out @ abs(W2).T
    return arriving * h * (1 - h)


# backward ---------------------------------------------------------------------------------------------------

@right("backward")
def backward_four_equations(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    n = X.shape[0]
    d2 = p - y
    d1 = (d2 @ W2.T) * h * (1 - h)
    return X.T @ d1 / n, np.mean(d1, axis=0), h.T @ d2 / n, np.mean(d2, axis=0)


@right("backward")
def backward_one_example_at_a_time(X, y, W1, b1, W2, b2):
    dW1, db1, dW2, db2 = 0, 0, 0, 0
    for x, t in zip(X, y):
        h = 1 / (1 + np.exp(-(x @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        out = (p - t) / len(X)
        hidden = W2 @ out * h * (1 - h)
        dW2 = dW2 + np.outer(h, out)
        db2 = db2 + out
        dW1 = dW1 + np.outer(x, hidden)
        db1 = db1 + hidden
    return [dW1, db1, dW2, db2]


@right("backward")
def backward_ones_in_front(X, y, W1, b1, W2, b2):
    ones = np.ones((len(X), 1))
    A = np.hstack([ones, X])
    V1, V2 = np.vstack([b1, W1]), np.vstack([b2, W2])
    B = np.hstack([ones, sigmoid(A @ V1)])
    out = (sigmoid(B @ V2) - y) / len(X)
    slopes2 = B.T @ out
    slopes1 = A.T @ ((out @ V2.T) * B * (1 - B))[:, 1:]
    return {"dW1": slopes1[1:], "db1": slopes1[0], "dW2": slopes2[1:], "db2": slopes2[0]}


@right("backward")
def backward_einsum(X, y, W1, b1, W2, b2):
    h = sigmoid(np.einsum("nd,dk->nk", X, W1) + b1)
    out = (sigmoid(np.einsum("nk,km->nm", h, W2) + b2) - y) / len(y)
    hidden = np.einsum("nm,km,nk,nk->nk", out, W2, h, 1 - h)
    return (np.einsum("nd,nk->dk", X, hidden), np.einsum("nk->k", hidden),
            np.einsum("nk,nm->km", h, out), np.einsum("nm->m", out))


@right("backward")
def backward_autodiff(X, y, W1, b1, W2, b2):
    def loss(W1, b1, W2, b2):
        p = sigmoid_of_var(sigmoid_of_var(X @ W1 + b1) @ W2 + b2)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(X)
    return value_and_grad(loss, wrt=range(4))(W1, b1, W2, b2)[1]


@right("backward")
def backward_complex(X, y, W1, b1, W2, b2):
    layers = [W1, b1, W2, b2]

    def loss(i, array):
        V1, c1, V2, c2 = [*layers[:i], array, *layers[i + 1:]]
        p = sigmoid(sigmoid(X @ V1 + c1) @ V2 + c2)
        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(X)
    return [complex_step(lambda array, i=i: loss(i, array), layers[i]) for i in range(4)]


@right("backward")
def backward_long_chain(X, y, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = 1 / (1 + np.exp(-z1))
    z2 = h @ W2 + b2
    p = 1 / (1 + np.exp(-z2))
    dp = (-y / p + (1 - y) / (1 - p)) / len(X)
    dz2 = dp * p * (1 - p)
    dW2, db2, dh = h.T @ dz2, sum(dz2), dz2 @ W2.T
    dz1 = dh * np.exp(-z1) / (1 + np.exp(-z1)) ** 2
    dW1, db1 = X.T @ dz1, sum(dz1)
    return dW1, db1, dW2, db2


@wrong("backward", "slope_skipped")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(y)
    hidden = out @ W2.T
    return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)


@wrong("backward", "sigmoid_twice")
def _(X, y, W1, b1, W2, b2):
    def sig(z):
        return 1 / (1 + np.exp(-z))

    def dsig(z):
        return sig(z) * (1 - sig(z))
    h = sig(X @ W1 + b1)
    p = sig(h @ W2 + b2)
    out = (p - y) / len(y)
    hidden = out @ W2.T * dsig(h)
    return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)


@wrong("backward", "z_for_h")
def _(X, y, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = 1 / (1 + np.exp(-z1))
    z2 = h @ W2 + b2
    p = 1 / (1 + np.exp(-z2))
    delta2 = (p - y) / len(X)
    delta1 = (delta2 @ W2.T) * z1 * (1 - z1)
    return X.T @ delta1, delta1.sum(0), h.T @ delta2, delta2.sum(0)


@wrong("backward", "half_slope")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (p - y) / len(X)
    dh = e @ W2.T
    dz = dh * (1 - h)
    return X.T @ dz, np.sum(dz, 0), h.T @ e, np.sum(e, 0)


@wrong("backward", "other_curve")
def _(X, y, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = 1 / (1 + np.exp(-z1))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (p - y) / len(X)
    dz = e @ W2.T
    dz[z1 <= 0] = 0
    return X.T @ dz, np.sum(dz, 0), h.T @ e, np.sum(e, 0)


@wrong("backward", "weights_skipped")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2, db2 = h.T @ delta, delta.sum(axis=0)
    delta = delta * h * (1 - h)
    dW1, db1 = X.T @ delta, delta.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "transposed")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2, db2 = h.T @ delta, delta.sum(axis=0)
    delta = np.dot(delta, W2) * (h * (1 - h))
    dW1, db1 = X.T @ delta, delta.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "place_by_place")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2, db2 = h.T @ delta, delta.sum(axis=0)
    delta = (delta * W2.T) * (h * (1 - h))
    dW1, db1 = X.T @ delta, delta.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "sent_back_slopes")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    dW2 = h.T @ delta2
    db2 = delta2.sum(axis=0)
    delta1 = delta2 @ dW2.T * h * (1 - h)
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "sent_prediction")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = p @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "updated_before")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    dW2 = h.T @ delta2
    db2 = delta2.sum(axis=0)
    W2 = W2 - 0.1 * dW2
    delta1 = delta2 @ W2.T * h * (1 - h)
    dW1 = X.T @ delta1
    db1 = delta1.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "updated_before")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    new_W2 = W2 - h.T @ delta2
    delta1 = delta2 @ new_W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "target_missing")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "outputs_of_squares")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) * p * (1 - p)
    delta1 = delta2 @ W2.T * h * (1 - h)
    n = len(X)
    return X.T @ delta1 / n, delta1.sum(axis=0) / n, h.T @ delta2 / n, delta2.sum(axis=0) / n


@wrong("backward", "factor_two+outputs_of_squares")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = 2 * (p - y) * p * (1 - p) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "stopped_at_p")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = ((1 - y) / (1 - p) - y / p) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "slope_of_outputs")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * p * (1 - p)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "sign_flipped")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (y - p) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "forgot_mean")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p - y
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "divided_by_outputs")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / y.size
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "mean_again")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "mean_lost")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    n = len(X)
    dW2, db2 = h.T @ (p - y) / n, (p - y).sum(axis=0) / n
    hidden = (p - y) @ W2.T * h * (1 - h)
    return X.T @ hidden, hidden.sum(axis=0), dW2, db2


@wrong("backward", "mean_in_one_kind")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p - y
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.mean(axis=0), h.T @ delta2, delta2.mean(axis=0)


@wrong("backward", "mean_in_one_kind")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = p - y
    hidden = out @ W2.T * h * (1 - h)
    return X.T @ hidden / len(X), hidden.sum(axis=0), h.T @ out / len(X), out.sum(axis=0)


@wrong("backward", "bias_mean")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.mean(delta2, axis=0)


@wrong("backward", "bias_mean@db1")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.sum(delta2, axis=0)


@wrong("backward", "mean_again@dW1,db1+sign_flipped@dW2")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), -h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "factor_two@dW1,db1")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = 2 * delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "bias_total")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, np.sum(delta1), h.T @ delta2, np.sum(delta2)


@wrong("backward", "bias_not_summed")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    db2 = (p - y) / len(X)
    db1 = db2 @ W2.T * h * (1 - h)
    return X.T @ db1, db1, h.T @ db2, db2


@wrong("backward", "bias_wrong_axis")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(1), h.T @ delta2, delta2.sum(1)


@wrong("backward", "input_missing")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    dW1 = delta1
    return dW1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "wrong_input")
def _(X, y, W1, b1, W2, b2):
    z1 = X @ W1 + b1
    h = 1 / (1 + np.exp(-z1))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    dW1 = X.T @ delta1
    dW2 = z1.T @ delta2
    return dW1, delta1.sum(axis=0), dW2, delta2.sum(axis=0)


@wrong("backward", "wrong_delta")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2, dW1 = h.T @ delta, X.T @ delta
    db2 = db1 = delta.sum(axis=0)
    return dW1, db1, dW2, db2


@wrong("backward", "not_transposed")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    dW1 = X @ delta1
    return dW1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "on_its_side")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return delta1.T @ X, delta1.sum(axis=0), delta2.T @ h, delta2.sum(axis=0)


@wrong("backward", "another_order")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    slopes = [h.T @ delta, delta.sum(axis=0)]
    delta = delta @ W2.T * h * (1 - h)
    slopes += [X.T @ delta, delta.sum(axis=0)]
    return slopes


@wrong("backward", "half_of_it")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, h.T @ delta2


@wrong("backward", "took_a_step")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    step_size = 0.1
    return (W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))


@wrong("backward", "mutates_input")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    dW2, db2 = h.T @ delta2, delta2.sum(axis=0)
    W2 -= 0.01 * dW2
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), dW2, db2


@wrong("backward", "raises")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    delta2 = (p - y) / len(X)  # noqa: F821
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@odd("backward")
def backward_abs(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ abs(W2).T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@odd("backward")
def backward_last_line(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1 + 0.01 * W1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@odd("backward")
def backward_two_places(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ abs(W2).T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2 + 0.01 * W2, delta2.sum(axis=0)


@odd("backward")
def backward_from_the_start(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 - b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


# train_step -------------------------------------------------------------------------------------------------

@right("train_step")
def train_step_saved(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    old_W2 = W2
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    delta = delta @ old_W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@right("train_step")
def train_step_undone(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2 = h.T @ delta
    W2 = W2 - step_size * dW2
    b2 = b2 - step_size * delta.sum(axis=0)
    delta = delta @ (W2 + step_size * dW2).T * h * (1 - h)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@right("train_step")
def train_step_slopes_first(X, y, W1, b1, W2, b2, step_size):
    layers = W1, b1, W2, b2
    slopes = backward_four_equations(X, y, *layers)
    return [old - step_size * slope for old, slope in zip(layers, slopes)]


@right("train_step")
def train_step_first_layer_first(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = step_size * (p - y) / len(X)
    hidden = (delta @ W2.T) * h * (1 - h)
    W1 = W1 - X.T @ hidden
    b1 = b1 - hidden.sum(axis=0)
    W2 = W2 - h.T @ delta
    b2 = b2 - delta.sum(axis=0)
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)


@right("train_step")
def train_step_copies(X, y, W1, b1, W2, b2, step_size):
    W1, b1, new_W2, b2 = W1.copy(), b1.copy(), W2.copy(), b2.copy()
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    for x, unit, prediction, target in zip(X, h, p, y):
        delta = (prediction - target) / len(X)
        new_W2 -= step_size * np.outer(unit, delta)
        b2 -= step_size * delta
        delta = W2 @ delta * unit * (1 - unit)
        W1 -= step_size * np.outer(x, delta)
        b1 -= step_size * delta
    return W1, b1, new_W2, b2


@right("train_step")
def train_step_autodiff(X, y, W1, b1, W2, b2, step_size):
    slopes = backward_autodiff(X, y, W1, b1, W2, b2)
    return tuple(array - step_size * slope for array, slope in zip((W1, b1, W2, b2), slopes))


@right("train_step")
def train_step_complex(X, y, W1, b1, W2, b2, step_size):
    dW1, db1, dW2, db2 = backward_complex(X, y, W1, b1, W2, b2)
    return W1 - step_size * dW1, b1 - step_size * db1, W2 - step_size * dW2, b2 - step_size * db2


@wrong("train_step", "updated_before")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    hidden = out @ W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "updated_before")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    b2 = b2 - step_size * delta.sum(axis=0)
    W2 = W2 - step_size * h.T @ delta
    old_W2 = W2
    delta = delta @ old_W2.T * h * (1 - h)
    b1 = b1 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ delta
    return W1, b1, W2, b2


@wrong("train_step", "delta_overwritten")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    delta = delta @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "wrong_delta")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    hidden = delta @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "forward_again")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    delta = delta @ W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "biases_stay")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    return W1 - step_size * X.T @ hidden, b1, W2 - step_size * h.T @ out, b2


@wrong("train_step", "second_layer_stays")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    new_W2 = W2 - step_size * h.T @ delta  # noqa: F841
    new_b2 = b2 - step_size * delta.sum(axis=0)  # noqa: F841
    delta = delta @ W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "returned_slopes")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)


@wrong("train_step", "uphill")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (y - p) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "uphill+updated_before")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    W2 = W2 + step_size * h.T @ delta
    b2 = b2 + step_size * delta.sum(axis=0)
    delta = delta @ W2.T * h * (1 - h)
    W1 = W1 + step_size * X.T @ delta
    b1 = b1 + step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "no_step_size")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    return W1 - X.T @ hidden, b1 - sum(hidden), W2 - h.T @ out, b2 - sum(out)


@wrong("train_step", "step_size_twice")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = step_size * (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "forgot_mean")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = p - y
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "slope_skipped")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "outputs_of_squares")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) * p * (1 - p) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "another_order")
def _(X, y, W1, b1, W2, b2, step_size):
    new_W1, new_b1, new_W2, new_b2 = train_step_saved(X, y, W1, b1, W2, b2, step_size)
    return new_W2, new_b2, new_W1, new_b1


@wrong("train_step", "mutates_input")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    old_W2 = W2
    W2 -= step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    delta = delta @ old_W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
    return W1, b1, W2, b2


@wrong("train_step", "returned_none")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    hidden = delta @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)


@wrong("train_step", "raises")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    W2 = W2 - step_size * h.T @ delta
    delta = delta @ old_W2.T * h * (1 - h)  # noqa: F821
    W1 = W1 - step_size * X.T @ delta
    return W1, b1, W2, b2


@odd("train_step")
def train_step_half_way(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    new_W2 = W2 - step_size * h.T @ out
    hidden = out @ (W2 + new_W2).T / 2 * h * (1 - h)
    return (W1 - step_size * X.T @ hidden, b1 - step_size * hidden.sum(axis=0),
            new_W2, b2 - step_size * out.sum(axis=0))


@odd("train_step")
def train_step_heavy(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    return (W1 - step_size * X.T @ hidden, b1 - step_size * hidden.sum(axis=0),
            0.9 * W2 - step_size * h.T @ out, b2 - step_size * out.sum(axis=0))
