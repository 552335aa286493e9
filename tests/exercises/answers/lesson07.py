"""Answers to the exercises of lesson 07, as learners write them."""

from collections import namedtuple

import numpy as np

from gradlib.autodiff import sigmoid as sigmoid_of_var
from gradlib.autodiff import value_and_grad
from gradlib.numeric import complex_step

from . import odd, right, wrong, wrong_lines


def sigmoid(z):
    return 1 / (1 + np.exp(-z))



# hidden_delta ------------------------------------------------------------------------------------------------

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


@right("hidden_delta")
def hidden_delta_generators(delta_out, W2, h):
    def row(slopes, values):
        return ((weights @ slopes) * value * (1 - value) for weights, value in zip(W2, values))
    return [list(row(*pair)) for pair in zip(delta_out, h)]


@odd("hidden_delta")
def _(delta_out, W2, h):
    arriving = delta_out @ (W2 ** 2).T
    return arriving * h * (1 - h)


@wrong("hidden_delta", "raises")
def _(delta_out, W2, h):
    arriving = delta @ W2.T  # noqa: F821
    return arriving * h * (1 - h)


wrong_lines("hidden_delta", """
transposed  arriving = delta_out @ W2
transposed
    arriving = np.dot(delta_out, W2)
    slope = h * (1 - h)
    return slope * arriving
wrong_side  arriving = W2.dot(delta_out)
wrong_side  arriving = W2 @ delta_out.T
place_by_place  arriving = delta_out * W2.T
weights_skipped  arriving = delta_out
weights_skipped  arriving = delta_out.sum(axis=1)[:, None]
delta_skipped  arriving = np.sum(W2, 1)
one_output
    arriving = np.zeros(h.shape)
    for o in range(W2.shape[1]):
        arriving = np.outer(delta_out[:, o], W2[:, o])
    return arriving * h * (1 - h)
inverse  arriving = delta_out @ np.linalg.inv(W2)
values_not_slopes
    out = h @ W2
    return out
slope_of_weights
    arriving = h.T @ delta_out
    return arriving
slope_skipped  return arriving
sigmoid_twice
    s = 1 / (1 + np.exp(-h))
    return arriving * s * (1 - s)
slope_squared  arriving = delta_out @ W2.T * (h * (1 - h))
part_of_slope  arriving = delta_out @ W2.T * h
part_of_slope  arriving = np.dot(delta_out, W2.T) * (1 - h)
half_slope  return arriving * h
other_curve  return arriving * (1 - h * h)
averaged_over_outputs  arriving = np.array([[np.mean(delta * weights) for weights in W2] for delta in delta_out])
divided_by_n  arriving = delta_out @ W2.T / len(delta_out)
sign_flipped  arriving = -delta_out @ W2.T
sign_flipped  return arriving * h * (h - 1)
rows_summed  return (arriving * h * (1 - h)).sum(0)
product_for_slope  return arriving.dot((h * (1 - h)).T)
product_for_slope
    slope = h * (1 - h)
    return arriving @ slope
divided_by_slope  return arriving + h - h ** 2
divided_by_slope  return arriving / h / (1 - h)
mutates_input
    h *= 1 - h
    return arriving * h
""")


# backward ----------------------------------------------------------------------------------------------------

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


@right("backward")
def backward_named(X, y, W1, b1, W2, b2):
    Slopes = namedtuple("Slopes", "dW1 db1 dW2 db2")
    h = sigmoid(X @ W1 + b1)
    out = np.divide(sigmoid(h @ W2 + b2) - y, X.shape[0])
    hidden = np.multiply(np.inner(out, W2), h - h * h)
    return Slopes(*(part for a, delta in ((X, hidden), (h, out)) for part in (a.T @ delta, np.ones(len(X)) @ delta)))


@odd("backward")
def backward_squared_weights(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ (W2 ** 2).T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@odd("backward")
def backward_last_line(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1 + W1 ** 2, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@odd("backward")
def backward_two_places(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ (W2 ** 2).T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2 + W2 ** 2, delta2.sum(axis=0)


@odd("backward")
def backward_from_the_start(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + 2 * b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


@wrong("backward", "raises")
def _(X, y, W1, b1, W2, b2):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    delta2 = (p - y) / len(X)  # noqa: F821
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)


wrong_lines("backward", """
slope_skipped
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(y)
    hidden = out @ W2.T
    return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)
sigmoid_twice
    def backward(X, y, W1, b1, W2, b2):
        def sig(z):
            return 1 / (1 + np.exp(-z))

        def dsig(z):
            return sig(z) * (1 - sig(z))
        h = sig(X @ W1 + b1)
        p = sig(h @ W2 + b2)
        out = (p - y) / len(y)
        hidden = out @ W2.T * dsig(h)
        return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)
z_for_h
    delta1 = (delta2 @ W2.T) * z1 * (1 - z1)
    return X.T @ delta1, delta1.sum(0), h.T @ delta2, delta2.sum(0)
half_slope
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (p - y) / len(X)
    dh = e @ W2.T
    dz = dh * (1 - h)
    return X.T @ dz, np.sum(dz, 0), h.T @ e, np.sum(e, 0)
other_curve
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    e = (p - y) / len(X)
    dz = e @ W2.T
    dz[z1 <= 0] = 0
    return X.T @ dz, np.sum(dz, 0), h.T @ e, np.sum(e, 0)
weights_skipped
    def backward(X, y, W1, b1, W2, b2):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        dW2, db2 = h.T @ delta, delta.sum(axis=0)
        delta = delta * h * (1 - h)
        dW1, db1 = X.T @ delta, delta.sum(axis=0)
        return dW1, db1, dW2, db2
transposed
    def backward(X, y, W1, b1, W2, b2):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        dW2, db2 = h.T @ delta, delta.sum(axis=0)
        delta = np.dot(delta, W2) * (h * (1 - h))
        dW1, db1 = X.T @ delta, delta.sum(axis=0)
        return dW1, db1, dW2, db2
place_by_place
    def backward(X, y, W1, b1, W2, b2):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        dW2, db2 = h.T @ delta, delta.sum(axis=0)
        delta = (delta * W2.T) * (h * (1 - h))
        dW1, db1 = X.T @ delta, delta.sum(axis=0)
        return dW1, db1, dW2, db2
sent_back_slopes
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = delta2 @ dW2.T * h * (1 - h)
sent_prediction
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = p @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
updated_before
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
updated_before
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    new_W2 = W2 - h.T @ delta2
    delta1 = delta2 @ new_W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
target_missing
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
outputs_of_squares
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) * p * (1 - p)
    n = len(X)
    return X.T @ delta1 / n, delta1.sum(axis=0) / n, h.T @ delta2 / n, delta2.sum(axis=0) / n
factor_two+outputs_of_squares
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = 2 * (p - y) * p * (1 - p) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
stopped_at_p
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = ((1 - y) / (1 - p) - y / p) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
slope_of_outputs
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = delta2 @ W2.T * p * (1 - p)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
sign_flipped
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (y - p) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
forgot_mean
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p - y
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
divided_by_outputs
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / y.size
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
mean_again
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = delta2 @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
mean_lost
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    n = len(X)
    dW2, db2 = h.T @ (p - y) / n, (p - y).sum(axis=0) / n
    hidden = (p - y) @ W2.T * h * (1 - h)
    return X.T @ hidden, hidden.sum(axis=0), dW2, db2
mean_in_one_kind
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = p - y
    return X.T @ delta1, delta1.mean(axis=0), h.T @ delta2, delta2.mean(axis=0)
mean_in_one_kind
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = p - y
    hidden = out @ W2.T * h * (1 - h)
    return X.T @ hidden / len(X), hidden.sum(axis=0), h.T @ out / len(X), out.sum(axis=0)
bias_mean  return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.mean(delta2, axis=0)
bias_mean@db1  return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.sum(delta2, axis=0)
mean_again@dW1,db1+sign_flipped@dW2
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = delta2 @ W2.T * h * (1 - h) / len(X)
    return X.T @ delta1, delta1.sum(axis=0), -h.T @ delta2, delta2.sum(axis=0)
factor_two@dW1,db1
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta1 = 2 * delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
bias_total  return X.T @ delta1, np.sum(delta1), h.T @ delta2, np.sum(delta2)
bias_not_summed
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    db2 = (p - y) / len(X)
    db1 = db2 @ W2.T * h * (1 - h)
    return X.T @ db1, db1, h.T @ db2, db2
bias_wrong_axis  return X.T @ delta1, delta1.sum(1), h.T @ delta2, delta2.sum(1)
input_missing
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    dW1 = delta1
    return dW1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
wrong_input
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    dW2 = z1.T @ delta2
    return dW1, delta1.sum(axis=0), dW2, delta2.sum(axis=0)
wrong_delta
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    dW2, dW1 = h.T @ delta, X.T @ delta
    db2 = db1 = delta.sum(axis=0)
not_transposed
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    dW1 = X @ delta1
    return dW1, delta1.sum(axis=0), h.T @ delta2, delta2.sum(axis=0)
on_its_side  return delta1.T @ X, delta1.sum(axis=0), delta2.T @ h, delta2.sum(axis=0)
another_order
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    slopes = [h.T @ delta, delta.sum(axis=0)]
    delta = delta @ W2.T * h * (1 - h)
    slopes += [X.T @ delta, delta.sum(axis=0)]
    return slopes
half_of_it  return X.T @ delta1, h.T @ delta2
took_a_step
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    step_size = 0.1
    return (W1 - step_size * X.T @ delta1, b1 - step_size * delta1.sum(axis=0),
            W2 - step_size * h.T @ delta2, b2 - step_size * delta2.sum(axis=0))
mutates_input
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta2 = (p - y) / len(X)
    dW2, db2 = h.T @ delta2, delta2.sum(axis=0)
    W2 -= 0.01 * dW2
    delta1 = delta2 @ W2.T * h * (1 - h)
    return X.T @ delta1, delta1.sum(axis=0), dW2, db2
""")

wrong_lines("backward", """
sigmoid_brackets
    h = 1 / 1 + np.exp(-z1)
    z2 = h.dot(W2) + b2
sigmoid_brackets  p = 1 + np.exp(-z2)
minus_in_sigmoid
    def backward(X, y, W1, b1, W2, b2):
        def sig(z):
            return np.exp(-z) / (1 + np.exp(-z))
        h = sig(X @ W1 + b1)
        p = sig(h @ W2 + b2)
        out = (p - y) / len(y)
        hidden = out @ W2.T * h * (1 - h)
        return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)
bias_sign
    h = 1 / (1 + np.exp(-X @ W1 + b1))
    p = 1 / (1 + np.exp(-h @ W2 + b2))
bias_sign  h = 1 / (1 + np.exp(-X @ W1 + b1))
bias_forgotten  z2 = np.dot(h, W2)
bias_forgotten
    h = sigmoid(X @ W1)
    p = sigmoid(h @ W2)
other_sigmoid
    h = np.maximum(0, z1)
    delta1 = np.where(h > 0, delta2 @ W2.T, 0)
other_sigmoid
    scores = np.exp(z2)
    p = scores / scores.sum(axis=1, keepdims=True)
other_sigmoid  delta2 = (z2 - y) / len(X)
slope_of_error
    e = p - y
    delta2 = (e - e ** 2) / len(X)
plus_minus_targets  delta2 = (p - np.where(y > 0, 1, -1)) / len(X)
whole_division  delta2 = 1 // len(X) * (p - y)
product_for_slope
    slope = h * (1 - h)
    delta1 = np.dot(np.dot(delta2, W2.T), slope.T)
divided_by_slope  delta1 = np.dot(delta2, W2.T) + h * (1 - h)
slope_of_arriving
    dh = np.dot(delta2, W2.T)
    delta1 = dh * dh * (1 - dh)
delta_missing  dW1 = np.dot(X.T, h)
logarithm_left  delta2 = -y * np.log(p) / len(X) - (1 - y) * np.log(1 - p) / len(X)
mean_in_one_layer
    out = p - y
    dW2 = h.T.dot(out)
    return dW1, db1, dW2, out.sum(axis=0)
weight_decay  return dW1 + 0.01 * W1, db1, dW2 + 0.01 * W2, db2
one_output  delta1 = np.outer(delta2[:, 0], W2[:, 0]) * h * (1 - h)
times_weights
    return db1 * W1, db1, db2 * W2, db2
times_weights  dW1 = W1 * np.mean(delta1, axis=0)
input_missing
    dW1 = np.tile(delta1.sum(axis=0), (X.shape[1], 1))
    dW2 = np.tile(delta2.sum(axis=0), (h.shape[1], 1))
product_of_means  dW1 = X.mean(axis=0)[:, None] * delta1.sum(axis=0)
last_example_only
    def backward(X, y, W1, b1, W2, b2):
        for x, t in zip(X, y):
            h = 1 / (1 + np.exp(-(x @ W1 + b1)))
            p = 1 / (1 + np.exp(-(h @ W2 + b2)))
            out = p - t
            hidden = W2 @ out * h * (1 - h)
            slopes = np.outer(x, hidden), hidden, np.outer(h, out), out
        return slopes
""")


# train_step --------------------------------------------------------------------------------------------------

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


@right("train_step")
def train_step_in_a_loop(X, y, *layers_and_step_size):
    *layers, step_size = layers_and_step_size
    slopes = backward_named(X, y, *layers)
    return tuple(array - step_size * slope for array, slope in zip(layers, slopes))


@odd("train_step")
def train_step_both_weights(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    new_W2 = W2 - step_size * h.T @ out
    hidden = out @ (20 * W2 * new_W2).T * h * (1 - h)
    return (W1 - step_size * X.T @ hidden, b1 - step_size * hidden.sum(axis=0),
            new_W2, b2 - step_size * out.sum(axis=0))


@odd("train_step")
def train_step_squared(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    out = (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    return (W1 - step_size * X.T @ hidden, b1 - step_size * hidden.sum(axis=0),
            W2 ** 2 - step_size * h.T @ out, b2 - step_size * out.sum(axis=0))


@wrong("train_step", "another_order")
def _(X, y, W1, b1, W2, b2, step_size):
    new_W1, new_b1, new_W2, new_b2 = train_step_saved(X, y, W1, b1, W2, b2, step_size)
    return new_W2, new_b2, new_W1, new_b1


@wrong("train_step", "raises")
def _(X, y, W1, b1, W2, b2, step_size):
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = (p - y) / len(X)
    W2 = W2 - step_size * h.T @ delta
    delta = delta @ old_W2.T * h * (1 - h)  # noqa: F821
    W1 = W1 - step_size * X.T @ delta
    return W1, b1, W2, b2


wrong_lines("train_step", """
updated_before
    out = (p - y) / len(X)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    hidden = out @ W2.T * h * (1 - h)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
updated_before
    def train_step(X, y, W1, b1, W2, b2, step_size):
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
delta_overwritten
    delta = (p - y) / len(X)
    delta = delta @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ delta
    b1 = b1 - step_size * delta.sum(axis=0)
wrong_delta
    delta = (p - y) / len(X)
    hidden = delta @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ delta
    b2 = b2 - step_size * delta.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * delta.sum(axis=0)
forward_again
    def train_step(X, y, W1, b1, W2, b2, step_size):
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
biases_stay
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        out = (p - y) / len(X)
        hidden = out @ W2.T * h * (1 - h)
        return W1 - step_size * X.T @ hidden, b1, W2 - step_size * h.T @ out, b2
second_layer_stays
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        new_W2 = W2 - step_size * h.T @ delta  # noqa: F841
        new_b2 = b2 - step_size * delta.sum(axis=0)  # noqa: F841
        delta = delta @ W2.T * h * (1 - h)
        W1 = W1 - step_size * X.T @ delta
        b1 = b1 - step_size * delta.sum(axis=0)
        return W1, b1, W2, b2
returned_slopes
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        out = (p - y) / len(X)
        hidden = out @ W2.T * h * (1 - h)
        return X.T @ hidden, hidden.sum(axis=0), h.T @ out, out.sum(axis=0)
uphill
    out = (y - p) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
uphill+updated_before
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        W2 = W2 + step_size * h.T @ delta
        b2 = b2 + step_size * delta.sum(axis=0)
        delta = delta @ W2.T * h * (1 - h)
        W1 = W1 + step_size * X.T @ delta
        b1 = b1 + step_size * delta.sum(axis=0)
        return W1, b1, W2, b2
no_step_size
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        out = (p - y) / len(X)
        hidden = out @ W2.T * h * (1 - h)
        return W1 - X.T @ hidden, b1 - sum(hidden), W2 - h.T @ out, b2 - sum(out)
step_size_twice
    out = step_size * (p - y) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
forgot_mean
    out = p - y
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
slope_skipped
    out = (p - y) / len(X)
    hidden = out @ W2.T
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
outputs_of_squares
    out = (p - y) * p * (1 - p) / len(X)
    hidden = out @ W2.T * h * (1 - h)
    W2 = W2 - step_size * h.T @ out
    b2 = b2 - step_size * out.sum(axis=0)
    W1 = W1 - step_size * X.T @ hidden
    b1 = b1 - step_size * hidden.sum(axis=0)
mutates_input
    def train_step(X, y, W1, b1, W2, b2, step_size):
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
returned_none
    def train_step(X, y, W1, b1, W2, b2, step_size):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        delta = (p - y) / len(X)
        hidden = delta @ W2.T * h * (1 - h)
        W2 = W2 - step_size * h.T @ delta
        b2 = b2 - step_size * delta.sum(axis=0)
        W1 = W1 - step_size * X.T @ hidden
        b1 = b1 - step_size * hidden.sum(axis=0)
""")
