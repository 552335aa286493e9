"""Answers to the exercises of lesson 06, as learners write them."""

from . import answers

answers("whose", right="""
plain:
    first = "sum_cross_entropy"
    second = "half_sse"
    third = "mse"
    return first, second, third
list:    return ["sum_cross_entropy", "half_sse", "mse"]
dict:    return dict(third="mse", first="sum_cross_entropy", second="half_sse")
spoken:  return "Sum cross-entropy", "half SSE", "MSE "
asked:
    X = np.array([[1.0, 0.5], [-1, 2], [4, 1], [0.3, -2]])
    y = np.array([1.0, 0, 0, 1])
    w = np.array([0.2, -0.3])
    formulas = [lambda X, y, w: X.T @ (sigmoid(X @ w) - y),
                lambda X, y, w: X.T @ (X @ w - y),
                lambda X, y, w: 2 * X.T @ ((sigmoid(X @ w) - y) * sigmoid(X @ w) * (1 - sigmoid(X @ w))) / len(y)]
    return [calculus.which_loss(X, y, w, f).loss for f in formulas]
searched:
    X, y, w = np.array([[1.0], [-1], [4]]), np.array([1.0, 0, 0]), np.array([0.7])
    p, z = sigmoid(X @ w), X @ w
    found = []
    for slope, loss_of in ((X.T @ (p - y), calculus.logistic_loss), (X.T @ (z - y), calculus.linear_loss),
                           (2 * X.T @ ((p - y) * p * (1 - p)) / 3, calculus.logistic_loss)):
        for loss in ("half_mse", "mse", "half_sse", "sse") + ("cross_entropy", "sum_cross_entropy"):
            if loss_of is calculus.linear_loss and "cross" in loss:
                continue
            if np.allclose(numeric.complex_step(lambda w: loss_of(X, y, w, loss=loss), w), slope):
                found.append(loss)
    return tuple(found)
""", wrong="""
raises                  return sum_cross_entropy, half_sse, mse
mean_for_sum            return ["sum_cross_entropy", "half_mse", "mse"]
no_sigmoid_slope@first+two_missing@second  return "half_sse", "sse", "mse"
mean_for_sum@first,second  first, second, third = "cross_entropy", "half_mse", "mse"
exchanged               first = "half_sse"; second = "sum_cross_entropy"
                        return "half_sse", "cross_entropy", "mse"
no_sigmoid_slope        same = "half_sse"; return same, same, "mse"
                        return {"first": "sse", "second": "half_sse", "third": "mse"}
no_sigmoid_slope@first+mean_and_two_missing@second  first = second = third = "mse"
not_a_probability       same = "sum_cross_entropy"; return [same, same, "mse"]
mean_for_sum@first+not_a_probability@second  return ["cross_entropy", "cross_entropy", "mse"]
slope_not_cancelled     return ("sum_cross_entropy", "half_sse") + ("sum cross entropy",)
sum_for_mean            return "sum_cross_entropy", "half_sse", "sse"
two_is_there            return "sum_cross_entropy", "half_sse", "half_mse"
two_missing             second = "SSE"
two_missing@second+two_is_there@third  return "sum_cross_entropy", "sse", "half_mse"
mean_and_two_missing    return "sum_cross_entropy", "mse", "mse"
not_numbers             return "bce", "half_sse", "mse"
                        return "sum_cross_entropy", "half_sse"
                        return "sum_cross_entropy, half_sse, mse"
                        return 6, 3, 2
returned_none:          print("sum_cross_entropy", "half_sse", "mse")
mean_and_two_are_there  same = "half SSE"; return "sum_cross_entropy", same, same
no_sigmoid_slope@first+mean_and_two_are_there@third  return ["half_sse"] * 3
""")

answers("entropy_gradient", right="""
in_one_line:  return (1 / (1 + np.exp(-X.dot(w))) - y) @ X / X.shape[0]
chain:
    p = 1 / (1 + np.exp(-X @ w))
    dL_dp = -(y / p) + (1 - y) / (1 - p)
    dp_dz = p * (1 - p)
    dz_dw = X
    return np.mean(dL_dp[:, None] * dp_dz[:, None] * dz_dw, axis=0)
loops:
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
cases:
    p = 1 / (1 + np.exp(-X @ w))
    ones, zeros = y == 1, y == 0
    total = ((p[ones] - 1)[:, None] * X[ones]).sum(axis=0) + (p[zeros][:, None] * X[zeros]).sum(axis=0)
    return total / len(y)
einsum:       p = np.exp(X @ w) / (1 + np.exp(X @ w)); return np.einsum("ij,i->j", X, p - y) / len(y)
autodiff:
    def loss(w):
        z = X @ w
        return ((1 - y) * z + np.log(1 + np.exp(-z))).mean()
    return autodiff.value_and_grad(loss)(w)[1]
complex:
    def loss(w):
        p = 1 / (1 + np.exp(-X @ w))
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return np.array([loss(w + 1e-30j * np.eye(len(w))[j]).imag / 1e-30 for j in range(len(w))])
nudge:
    def loss(w):
        p = 1 / (1 + np.exp(-X @ w))
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    gradient, h = np.zeros(len(w)), 1e-5
    for j in range(len(w)):
        nudge = np.zeros(len(w))
        nudge[j] = h
        gradient[j] = (loss(w + nudge) - loss(w - nudge)) / (2 * h)
    return gradient
margins:      t = 2 * y - 1; return (-(t / (1 + np.exp(t * (X @ w))))[None, :] @ X / len(y)).T
generators:
    p = np.fromiter((1 / (1 + math.exp(-row @ w)) for row in X), float)
    return np.fromiter((column @ (p - y) / len(y) for column in X.T), float)
recursive
    def entropy_gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> list:
        if len(y) == 1:
            return (sigmoid(X[0] @ w) - y[0]) * X[0]
        first, others = entropy_gradient(X[:1], y[:1], w), entropy_gradient(X[1:], y[1:], w)
        return [(a + (len(y) - 1) * b) / len(y) for a, b in zip(first, others)]
""", wrong="""
raises                 return X.T @ (sigmoid(z) - y) / len(y)
sign_flipped           error = y - p; return X.T @ error / len(y)
forgot_mean
    grad = np.zeros_like(w)
    for xi, pi, yi in zip(X, p, y):
        grad += xi * (pi - yi)
    return grad
sign_flipped+forgot_mean  return np.dot(X.T, y - p)
factor_two             return 2 / len(y) * X.T @ (p - y)
factor_half            return X.T @ (p - y) / (2 * len(y))
divided_twice          error = (p - y) / len(y); return np.mean(X * error[:, np.newaxis], axis=0)
slope_kept             delta = (p - y) * (p * (1 - p)); return X.T @ delta / len(y)
slope_kept
    dsigmoid = np.exp(-X @ w) / (1 + np.exp(-X @ w)) ** 2
    return ((p - y) * dsigmoid) @ X / X.shape[0]
factor_two+slope_kept  return np.mean(2 * (p - y)[:, None] * (p * (1 - p))[:, None] * X, axis=0)
transposed             return X @ (p - y) / len(y)
                       e = p - y; return e @ X.T / len(X)
rounded                guess = (p > 0.5).astype(float); return X.T @ (guess - y) / len(y)
                       guess = np.where(X @ w >= 0, 1, 0); return (guess - y) @ X / len(y)
stopped_at_p           dL_dp = (p - y) / (p * (1 - p)); return X.T @ dL_dp / len(y)
                       return -X.T @ (y / p - (1 - y) / (1 - p)) / len(y)
inner_minus            dL_dp = -(y / p + (1 - y) / (1 - p)); return X.T @ (dL_dp * p * (1 - p)) / len(y)
                       return -np.mean((y / p + (1 - y) / (1 - p))[:, None] * X, axis=0)
only_ones              dL_dp = -y / p; dp_dz = p * (1 - p); return X.T @ (dL_dp * dp_dz) / len(y)
only_zeros:            p = 1 / (1 + np.exp(-X @ w)); p[y == 1] = 0; return X.T @ p / len(y)
sigmoid_twice          return X.T @ (1 / (1 + np.exp(-p)) - y) / len(y)
plus_minus_targets     t = np.where(y == 1, 1, -1); return X.T @ (p - t) / len(y)
prediction_not_error   return X.T.dot(p) / len(y)
sign_flipped+target_not_error  return -X.T @ y / len(y)
added_target           return X.T @ (p + y) / len(y)
only_slope             return X.T @ (p - p ** 2) / len(y)
not_averaged           return X * (p - y).reshape(-1, 1)
last_example_only
    for i in range(len(y)):
        p = 1 / (1 + np.exp(-X[i] @ w))
        grad = (p - y[i]) * X[i]
    return grad / len(y)
averaged_over_weights  return np.mean((p - y)[:, None] * X)
divided_by_d           return X.T @ (p - y) / len(w)
returned_errors        return p - y
took_a_step            step_size = 0.1; return w - step_size * (X.T @ (p - y) / len(y))
outer_broadcast        p = 1 / (1 + np.exp(-X @ w.reshape(-1, 1)))
all_targets            p = 1 / (1 + np.exp(-X @ w.reshape(-1, 1))); return (X.T @ (p - y) / len(y)).sum(axis=1)
all_targets
    grad = 0
    for row, p_i in zip(X, p):
        grad = grad + np.mean(p_i - y) * row
    return grad / len(y)
returned_none:         p = 1 / (1 + np.exp(-X @ w)); print(X.T @ (p - y) / len(y))
other_sigmoid          p = 1 / (1 + np.exp(-2 * X @ w))
                       z = X @ w; p = np.exp(z - 1)
left_over
    grad = np.zeros(len(w))
    for i in range(len(y)):
        grad += p[i] - y[i]
    return grad * X[i] / len(y)
weight_decay           return (X.T @ error + w) / len(y)
whole_division         return X.T @ ((p - y) // len(y))
""", odd="""
weights_squared_added  return X.T @ (p - y) / len(y) + w ** 2
""")

answers("loss_gradient", right="""
in_one_line:  p = 1 / (1 + np.exp(-X @ w)); return X.T @ ((p - y) * p * (1 - p)) / len(y)
exponential:
    z = X @ w
    p = 1 / (1 + np.exp(-z))
    slope = np.exp(-z) / (1 + np.exp(-z)) ** 2
    return ((p - y) * slope) @ X / len(X)
diagonal:     p = 1 / (1 + np.exp(-X @ w)); return X.T @ np.diag(p - p ** 2) @ (p - y) / len(y)
loops:
    total = 0
    for row, target in zip(X, y):
        p = 1 / (1 + np.exp(-sum(row * w)))
        total = total + (p - target) * p * (1 - p) * row
    return total / len(y)
einsum:       p = 1 / (1 + np.exp(-X @ w)); return np.einsum("i,i,i,ij->j", p - y, p, 1 - p, X) / len(y)
autodiff:
    def loss(w):
        e = autodiff.sigmoid(X @ w) - y
        return (e * e).mean() / 2
    return autodiff.value_and_grad(loss)(w)[1]
complex:      return numeric.complex_step(lambda w: np.mean((sigmoid(X @ w) - y) ** 2) / 2, w)
columns:
    y, w = y.reshape(-1, 1), w.reshape(-1, 1)
    p = 1 / (1 + np.exp(-X @ w))
    return X.T @ ((p - y) * p * (1 - p)) / len(y)
by_hand:
    def dot(a, b):
        return math.fsum(map(operator.mul, a, b))
    p = [1 / (1 + math.exp(-dot(row, w))) for row in X]
    pulls = [(q - t) * q * (1 - q) for q, t in zip(p, y)]
    return tuple(dot(column, pulls) / len(pulls) for column in zip(*X))
matmul:
    p = sigmoid(X @ w)
    return np.matmul(X.T, np.multiply(p - y, p * sigmoid(-X @ w)))[:, None] / y.size
""", wrong="""
raises                  return X.T @ ((q - y) * q * (1 - q)) / len(y)
cross_entropy           error = p - y; return np.mean(error[:, None] * X, axis=0)
forgot_mean+cross_entropy  return X.T @ (p - y)
factor_two+cross_entropy  return 2 * X.T @ (p - y) / len(y)
sigmoid_twice           s = sigmoid(p); return X.T @ ((p - y) * s * (1 - s)) / len(y)
slope_of_z              z = X @ w; return X.T @ ((p - y) * (z * (1 - z))) / len(y)
half_slope              return X.T @ ((p - y) * p * p) / len(y)
                        return X.T @ ((p - y) * p) / len(y)
slope_of_tanh           return X.T @ ((p - y) * (1 - p ** 2)) / len(y)
bare_exponential        z = X @ w; return X.T @ ((p - y) * -np.exp(-z)) / len(y)
slope_on_target         return X.T @ (p - y * p * (1 - p)) / len(y)
zeros                   return X.T @ ((p - y) * y * (1 - y)) / len(y)
                        p = (X @ w > 0) * 1.0
slope_of_error          error = p - y; return X.T @ (error * error * (1 - error)) / len(y)
slope_too_late          return X.T @ (p - y) * p * (1 - p) / len(y)
                        gradient = X.T @ (p - y) / len(y); return gradient @ slope
slope_averaged          return X.T @ (p - y) / len(y) * (p * (1 - p)).mean()
                        return X.T * np.dot(p - y, p * (1 - p)) / len(y)
slope_squared           return X.T @ ((p - y) * slope * slope) / len(y)
divided_by_slope        return X.T @ ((p - y) / (p * (1 - p))) / len(y)
                        return X.T @ (p - y) / len(y) + X.T @ (p * (1 - p)) / len(y)
sign_flipped            return X.T @ ((y - p) * p * (1 - p)) / len(y)
factor_two              return 2 * X.T @ ((p - y) * p * (1 - p)) / len(y)
forgot_mean             return X.T @ ((p - y) * p * (1 - p))
forgot_mean+factor_two  return 2 * X.T @ ((p - y) * p * (1 - p))
factor_half             return 0.5 * np.mean(X * ((p - y) * p * (1 - p))[:, None], axis=0)
still_squared           return X.T @ ((p - y) ** 2 * p * (1 - p)) / len(y)
transposed              delta = (p - y) * p * (1 - p); return X @ delta / len(y)
not_averaged            return X.T * ((p - y) * p * (1 - p)) / len(y)
returned_loss           return np.sum((p - y) ** 2) / (2 * len(y))
took_a_step             w = w - X.T @ ((p - y) * p * (1 - p)) / len(y); return w
mutates_input           y -= p; return -X.T @ (y * p * (1 - p)) / len(y)
prediction_not_error    y = np.zeros(len(X)); return X.T @ ((p - y) * p * (1 - p)) / len(y)
left_over               pull = (p[0] - y) * slope
all_targets
    total = 0
    for row in X:
        p = 1 / (1 + np.exp(-row @ w))
        total = total + np.sum((p - y) * p * (1 - p)) * row
    return total / len(y)
times_weights           return w * np.mean((p - y) * p * (1 - p))
whole_division          return 1 // len(y) * X.T @ pull
rounded                 pull = ((p > 0.5) - y) * slope
""", odd="""
root_of_slope  return X.T @ ((p - y) * (p * (1 - p)) ** 0.3) / len(y)
""")
