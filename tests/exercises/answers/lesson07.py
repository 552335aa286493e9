"""Answers to the exercises of lesson 07, as learners write them."""

from . import NAMED, answers

answers("hidden_delta", right="""
in_one_line:      return (delta_out @ W2.T) * h * (1 - h)
other_way_round:  return (W2 @ delta_out.T).T * (h - h ** 2)
einsum:           return np.einsum("nm,km,nk,nk->nk", delta_out, W2, h, 1 - h)
loops:
    n, k = h.shape
    result = [[0.0] * k for _ in range(n)]
    for i in range(n):
        for j in range(k):
            for o in range(W2.shape[1]):
                result[i][j] += delta_out[i, o] * W2[j, o]
            result[i][j] *= h[i, j] * (1 - h[i, j])
    return result
outers:
    arriving = np.zeros(h.shape)
    for o in range(W2.shape[1]):
        arriving += np.outer(delta_out[:, o], W2[:, o])
    return arriving * h * (1 - h)
autodiff:
    z = np.log(h / (1 - h))
    return autodiff.value_and_grad(lambda z: (autodiff.sigmoid(z).dot(W2) * delta_out).sum())(z)[1]
complex:
    z = np.log(h / (1 - h))
    return numeric.complex_step(lambda z: np.sum(delta_out * (sigmoid(z) @ W2)), z)
generators:
    def row(slopes, values):
        return ((weights @ slopes) * value * (1 - value) for weights, value in zip(W2, values))
    return [list(row(*pair)) for pair in zip(delta_out, h)]
""", wrong="""
raises                 arriving = delta @ W2.T
transposed             arriving = np.dot(delta_out, W2)
wrong_side             arriving = W2.dot(delta_out)
weights_skipped        arriving = delta_out.sum(axis=1)[:, None]
delta_skipped          arriving = np.sum(W2, 1)
one_output
    for o in range(W2.shape[1]):
        arriving = np.outer(delta_out[:, o], W2[:, o])
    return arriving * h * (1 - h)
values_not_slopes      out = h @ W2; return out
slope_of_weights       arriving = h.T @ delta_out; return arriving
sigmoid_twice          s = 1 / (1 + np.exp(-h)); return arriving * s * (1 - s)
slope_squared          arriving = delta_out @ W2.T * (h * (1 - h))
part_of_slope          arriving = delta_out @ W2.T * h
                       arriving = np.dot(delta_out, W2.T) * (1 - h)
other_curve            return arriving * (1 - h * h)
averaged_over_outputs  arriving = np.array([[np.mean(delta * weights) for weights in W2] for delta in delta_out])
divided_by_n           arriving = delta_out @ W2.T / len(delta_out)
sign_flipped           arriving = -delta_out @ W2.T
                       return arriving * h * (h - 1)
rows_summed            return (arriving * h * (1 - h)).sum(0)
product_for_slope      return arriving.dot((h * (1 - h)).T)
                       slope = h * (1 - h); return arriving @ slope
divided_by_slope       return arriving + h - h ** 2
                       return arriving / h / (1 - h)
mutates_input          h *= 1 - h; return arriving * h
""", odd="""
squared_weights  arriving = delta_out @ (W2 ** 2).T
""")

answers("backward", right="""
four_equations:
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    n = X.shape[0]
    d2 = p - y
    d1 = (d2 @ W2.T) * h * (1 - h)
    return X.T @ d1 / n, np.mean(d1, axis=0), h.T @ d2 / n, np.mean(d2, axis=0)
one_example_at_a_time:
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
ones_in_front:
    ones = np.ones((len(X), 1))
    A = np.hstack([ones, X])
    V1, V2 = np.vstack([b1, W1]), np.vstack([b2, W2])
    B = np.hstack([ones, sigmoid(A @ V1)])
    out = (sigmoid(B @ V2) - y) / len(X)
    slopes2 = B.T @ out
    slopes1 = A.T @ ((out @ V2.T) * B * (1 - B))[:, 1:]
    return {"dW1": slopes1[1:], "db1": slopes1[0], "dW2": slopes2[1:], "db2": slopes2[0]}
einsum:
    h = sigmoid(np.einsum("nd,dk->nk", X, W1) + b1)
    out = (sigmoid(np.einsum("nk,km->nm", h, W2) + b2) - y) / len(y)
    hidden = np.einsum("nm,km,nk,nk->nk", out, W2, h, 1 - h)
    return (np.einsum("nd,nk->dk", X, hidden), np.einsum("nk->k", hidden),
            np.einsum("nk,nm->km", h, out), np.einsum("nm->m", out))
autodiff:
    def loss(W1, b1, W2, b2):
        p = autodiff.sigmoid(autodiff.sigmoid(X @ W1 + b1) @ W2 + b2)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(X)
    return autodiff.value_and_grad(loss, wrt=range(4))(W1, b1, W2, b2)[1]
complex:
    layers = [W1, b1, W2, b2]
    def loss(i, array):
        V1, c1, V2, c2 = [*layers[:i], array, *layers[i + 1:]]
        p = sigmoid(sigmoid(X @ V1 + c1) @ V2 + c2)
        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(X)
    return [numeric.complex_step(lambda array, i=i: loss(i, array), layers[i]) for i in range(4)]
long_chain:
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
named:
    Slopes = collections.namedtuple("Slopes", "dW1 db1 dW2 db2")
    h = sigmoid(X @ W1 + b1)
    out = np.divide(sigmoid(h @ W2 + b2) - y, X.shape[0])
    hidden = np.multiply(np.inner(out, W2), h - h * h)
    return Slopes(*(part for a, delta in ((X, hidden), (h, out)) for part in (a.T @ delta, np.ones(len(X)) @ delta)))
""", wrong="""
raises              delta2 = (prediction - y) / len(X)
slope_skipped       delta1 = delta2 @ W2.T
sigmoid_twice       s = 1 / (1 + np.exp(-h)); delta1 = delta2 @ W2.T * s * (1 - s)
half_slope          delta1 = delta2 @ W2.T * (1 - h)
other_curve         delta1 = np.where(z1 > 0, delta2 @ W2.T, 0)
weights_skipped     delta1 = delta2 * h * (1 - h)
transposed          delta1 = np.dot(delta2, W2) * (h * (1 - h))
place_by_place      delta1 = (delta2 * W2.T) * (h * (1 - h))
sent_prediction     delta1 = p @ W2.T * h * (1 - h) / len(X)
updated_before      W2 = W2 - 0.1 * dW2; delta1 = delta2 @ W2.T * h * (1 - h)
                    new_W2 = W2 - h.T @ delta2; delta1 = delta2 @ new_W2.T * h * (1 - h)
outputs_of_squares  delta2 = (p - y) * p * (1 - p) / y.shape[0]
factor_two+outputs_of_squares  delta2 = 2 * (p - y) * p * (1 - p) / len(X)
stopped_at_p        delta2 = ((1 - y) / (1 - p) - y / p) / len(X)
slope_of_outputs    delta1 = delta2 @ W2.T * p * (1 - p)
divided_by_outputs  delta2 = (p - y) / y.size
mean_again          delta1 = delta2 @ W2.T * h * (1 - h) / len(X)
mean_lost           hidden = (p - y) @ W2.T * h * (1 - h); return X.T @ hidden, hidden.sum(axis=0), dW2, db2
mean_in_one_kind    delta2 = p - y; return X.T @ delta1, delta1.mean(axis=0), h.T @ delta2, delta2.mean(axis=0)
mean_in_one_kind    delta2 = p - y; return X.T @ delta1 / len(X), delta1.sum(0), h.T @ delta2 / len(X), delta2.sum(0)
bias_mean           return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.mean(delta2, axis=0)
bias_mean@db1       return X.T @ delta1, np.mean(delta1, axis=0), h.T @ delta2, np.sum(delta2, axis=0)
mean_again@dW1,db1+sign_flipped@dW2  delta1 = delta2 @ W2.T * h * (1 - h) / len(X); dW2 = -h.T @ delta2
factor_two@dW1,db1  delta1 = 2 * delta2 @ W2.T * h * (1 - h)
bias_total          return X.T @ delta1, np.sum(delta1), h.T @ delta2, np.sum(delta2)
bias_not_summed     db2 = (p - y) / len(X); db1 = db2 @ W2.T * h * (1 - h)
bias_wrong_axis     return X.T @ delta1, delta1.sum(1), h.T @ delta2, delta2.sum(1)
input_missing       dW1 = 0 * W1 + delta1.sum(axis=0); dW2 = 0 * W2 + delta2.sum(axis=0)
wrong_delta         delta = (p - y) / len(X); dW2, dW1 = h.T @ delta, X.T @ delta; db2 = db1 = delta.sum(axis=0)
on_its_side         return delta1.T @ X, delta1.sum(axis=0), delta2.T @ h, delta2.sum(axis=0)
another_order       return h.T @ delta2, db2, X.T @ delta1, db1
half_of_it          return X.T @ delta1, h.T @ delta2
took_a_step         return [W1 - 0.1 * dW1, b1 - 0.1 * db1, W2 - 0.1 * dW2, b2 - 0.1 * db2]
mutates_input       W2 -= 0.01 * dW2; delta1 = delta2 @ W2.T * h * (1 - h)
sigmoid_brackets    p = 1 + np.exp(-z2)
minus_in_sigmoid    h = np.exp(-z1) / (1 + np.exp(-z1)); p = np.exp(-z2) / (1 + np.exp(-z2))
bias_sign           h = 1 / (1 + np.exp(-X @ W1 + b1)); p = 1 / (1 + np.exp(-h @ W2 + b2))
                    h = 1 / (1 + np.exp(-X @ W1 + b1))
bias_forgotten      z2 = np.dot(h, W2)
                    h = sigmoid(X @ W1); p = sigmoid(h @ W2)
other_sigmoid       h = np.maximum(0, z1); delta1 = np.where(h > 0, delta2 @ W2.T, 0)
                    scores = np.exp(z2); p = scores / scores.sum(axis=1, keepdims=True)
                    delta2 = (z2 - y) / len(X)
slope_of_error      e = p - y; delta2 = (e - e ** 2) / len(X)
plus_minus_targets  delta2 = (p - np.where(y > 0, 1, -1)) / len(X)
whole_division      delta2 = 1 // len(X) * (p - y)
product_for_slope   slope = h * (1 - h); delta1 = np.dot(np.dot(delta2, W2.T), slope.T)
divided_by_slope    delta1 = np.dot(delta2, W2.T) + h * (1 - h)
slope_of_arriving   dh = np.dot(delta2, W2.T); delta1 = dh * dh * (1 - dh)
delta_missing       dW1 = np.dot(X.T, h)
logarithm_left      delta2 = -y * np.log(p) / len(X) - (1 - y) * np.log(1 - p) / len(X)
mean_in_one_layer   out = p - y; dW2 = h.T.dot(out); return dW1, db1, dW2, out.sum(axis=0)
weight_decay        return dW1 + 0.01 * W1, db1, dW2 + 0.01 * W2, db2
one_output          delta1 = np.outer(delta2[:, 0], W2[:, 0]) * h * (1 - h)
times_weights       return db1 * W1, db1, db2 * W2, db2
                    dW1 = W1 * np.mean(delta1, axis=0)
product_of_means    dW1 = X.mean(axis=0)[:, None] * delta1.sum(axis=0)
last_example_only
    for x, t in zip(X, y):
        h = 1 / (1 + np.exp(-(x @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        out = p - t
        hidden = W2 @ out * h * (1 - h)
        slopes = np.outer(x, hidden), hidden, np.outer(h, out), out
    return slopes
""", odd="""
squared_weights  delta1 = delta2 @ (W2 ** 2).T * h * (1 - h)
last_line        dW1 = X.T @ delta1 + W1 ** 2
two_places       delta1 = delta2 @ (W2 ** 2).T * h * (1 - h); dW2 = h.T @ delta2 + W2 ** 2
from_the_start   z1 = X @ W1 + 2 * b1
""")

answers("train_step", backward=NAMED["backward"].reference, right="""
saved:
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
undone:
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
slopes_first:
    layers = W1, b1, W2, b2
    return [old - step_size * slope for old, slope in zip(layers, backward(X, y, *layers))]
first_layer_first:
    h = 1 / (1 + np.exp(-(X @ W1 + b1)))
    p = 1 / (1 + np.exp(-(h @ W2 + b2)))
    delta = step_size * (p - y) / len(X)
    hidden = (delta @ W2.T) * h * (1 - h)
    W1 = W1 - X.T @ hidden
    b1 = b1 - hidden.sum(axis=0)
    W2 = W2 - h.T @ delta
    b2 = b2 - delta.sum(axis=0)
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)
copies:
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
autodiff:
    def loss(W1, b1, W2, b2):
        p = autodiff.sigmoid(autodiff.sigmoid(X @ W1 + b1) @ W2 + b2)
        return -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum() / len(X)
    slopes = autodiff.value_and_grad(loss, wrt=range(4))(W1, b1, W2, b2)[1]
    return tuple(array - step_size * slope for array, slope in zip((W1, b1, W2, b2), slopes))
complex:
    layers = [W1, b1, W2, b2]
    def loss(i, array):
        V1, c1, V2, c2 = [*layers[:i], array, *layers[i + 1:]]
        p = sigmoid(sigmoid(X @ V1 + c1) @ V2 + c2)
        return -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)) / len(X)
    slopes = [numeric.complex_step(lambda array, i=i: loss(i, array), layers[i]) for i in range(4)]
    return [array - step_size * slope for array, slope in zip(layers, slopes)]
in_a_loop
    def train_step(X, y, *layers_and_step_size):
        *layers, step_size = layers_and_step_size
        return tuple(array - step_size * slope for array, slope in zip(layers, backward(X, y, *layers)))
""", wrong="""
another_order          return W2, b2, W1, b1
raises                 arriving = delta2 @ old_W2.T
updated_before         new_W2 = W2 - step_size * dW2; arriving = delta2 @ new_W2.T
                       W2_new = W2.copy(); W2_new -= step_size * dW2; delta1 = delta2 @ W2_new.T * h * (1 - h)
delta_overwritten      W2 = W2 - step_size * np.dot(h.T, delta1); b2 = b2 - step_size * sum(delta1)
wrong_delta            b1 = b1 - step_size * np.sum(delta2, 0)
forward_again
    new_W2, new_b2 = W2 - step_size * dW2, b2 - step_size * db2
    error = (sigmoid(h @ new_W2 + new_b2) - y) / len(X)
    arriving = error @ new_W2.T
biases_stay            db1 = np.zeros(len(b1)); db2 = np.zeros(len(b2))
second_layer_stays     dW2 = np.zeros(W2.shape); db2 = np.zeros(len(b2))
returned_slopes        return X.T @ delta1, db1, h.T @ delta2, db2
uphill                 delta2 = (y - p) / len(X)
uphill+updated_before  delta2 = (y - p) / len(X); new_W2 = W2 - step_size * dW2; arriving = delta2 @ new_W2.T
no_step_size           W2 = W2 - dW2; b2 = b2 - db2; W1 = W1 - dW1; b1 = b1 - db1
step_size_twice        delta2 = step_size * (p - y) / len(X)
forgot_mean            delta2 = p - y
slope_skipped          delta1 = delta2 @ W2.T
mutates_input          new_W2 = W2; new_W2 -= step_size * dW2; arriving = delta2 @ new_W2.T
returned_none:         h = sigmoid(X @ W1 + b1); p = sigmoid(h @ W2 + b2)
""", odd="""
both_weights  new_W2 = W2 - step_size * dW2; arriving = delta2 @ (20 * W2 * new_W2).T
squared       W2 = W2 ** 2 - step_size * dW2
""")
