"""Answers to the exercises of lesson 01, as learners write them."""

from fractions import Fraction

import numpy as np

from . import odd, right, wrong, wrong_lines

# slope -------------------------------------------------------------------------------------------------------

@right("slope")
def slope_sum(w, x, y):
    error = w * x - y
    return np.sum(error * x) / len(x)


@right("slope")
def slope_dot(w, x, y):
    error = w * x - y
    return x.dot(error) / x.shape[0]


@right("slope")
def slope_loop(w, x, y):
    total = 0
    for xi, yi in zip(x, y):
        total += (w * xi - yi) * xi
    return total / len(x)


@right("slope")
def slope_einsum(w, x, y):
    return np.einsum("i,i->", w * x - y, x) / x.size


@right("slope")
def slope_expanded(w, x, y):
    return w * np.mean(x ** 2) - np.mean(x * y)


@right("slope")
def slope_columns(w, x, y):
    X, Y = x.reshape(-1, 1), y.reshape(-1, 1)
    return X.T @ (X * w - Y) / len(X)


@right("slope")
def slope_lists(w, x, y):
    slopes = [(w * a - b) * a for a, b in zip(list(x), list(y))]
    return [sum(slopes) / len(slopes)]


@right("slope")
def slope_float32(w, x, y):
    x, y = x.astype(np.float32), y.astype(np.float32)
    return np.mean((np.float32(w) * x - y) * x)


@right("slope")
def slope_other_sign(w, x, y):
    error = y - w * x
    return -np.mean(error * x)


@right("slope")
def slope_nudge(w, x, y):
    def loss(w):
        return np.sum((w * x - y) ** 2) / (2 * len(x))
    return (loss(w + 1e-4) - loss(w - 1e-4)) / 2e-4


@right("slope")
def slope_fraction(w, x, y):
    w, x, y = Fraction(w), [Fraction(a) for a in x.tolist()], [Fraction(b) for b in y.tolist()]
    return sum((w * a - b) * a for a, b in zip(x, y)) / len(x)


@right("slope")
def slope_recursive(w, x, y):
    first = (w * x[0] - y[0]) * x[0]
    n = len(x)
    return first if n == 1 else (first + (n - 1) * slope_recursive(w, x[1:], y[1:])) / n


@right("slope")
def slope_generator(w: float, x: np.ndarray, y: np.ndarray) -> float:
    return np.fromiter(((w * a - b) * a for a, b in zip(x, y)), float, len(x)).mean()


@odd("slope")
def _(w, x, y):
    error = w * x - y
    return np.mean(error * x) + w


@wrong("slope", "raises")
def _(w, x, y):
    error = w * x - y
    return mean(error * x)  # noqa: F821


@wrong("slope", "raises")
def _(w, x, y):
    error = w * x - y
    return np.sum(error * x) / n  # noqa: F821


wrong_lines("slope", """
forgot_mean  return np.sum(error * x)
forgot_mean
    s = 0
    for i in range(len(x)):
        s += error[i] * x[i]
    return s
factor_two  return 2 * np.mean(error * x)
factor_half  return np.sum(error * x) / (2 * len(x))
forgot_mean+factor_two  return (2 * error * x).sum()
sign_flipped  error = y - w * x
sign_flipped+forgot_mean  return -x.dot(error)
no_inner_derivative  return error.mean()
forgot_mean+no_inner_derivative  return np.sum(error)
product_of_means  return error.mean() * x.mean()
still_squared  return (error ** 2).dot(x) / len(x)
returned_loss  return sum(error ** 2) / (2 * len(x))
not_averaged  return error * x
times_w  return w * np.mean(error)
absolute_error  error = abs(w * x - y)
prediction_not_error
    p = w * x
    return np.mean(p * x)
last_example_only
    for i in range(len(x)):
        error = w * x[i] - y[i]
        slope = error * x[i]
    return slope
divided_twice  return np.mean(error * x) / len(x)
returned_none
    def slope(w, x, y):
        error = w * x - y
        print(np.mean(error * x))
took_a_step
    w = w - 0.1 * np.mean(error * x)
    return w
outer_broadcast  error = w * x.reshape(-1, 1) - y
mutates_input
    x *= w
    x -= y
    return np.mean(x)
sign_flipped  return np.mean(-error * x)
missing_brackets  return 1/2*len(x)*np.sum(error * x)
missing_brackets  return sum(error * x) / 2 * len(x)
missing_brackets
    n = len(x)
    return 1 / 2 * n * np.sum(2 * error * x)
sign_flipped+missing_brackets
    error = y - w * x
    return 1/2*len(x)*np.sum(error * x)
forgot_mean+factor_half  return np.sum(error * x) / 2
averaged_too_early  return np.mean(error) * x
averaged_too_early  return sum(error) / len(error) * x
returned_errors  return error
not_averaged  return 1 / len(x) * error * x
first_example_only
    def slope(w, x, y):
        total = 0
        for i in range(len(x)):
            total += (w * x[i] - y[i]) * x[i]
            return total / len(x)
not_reset
    def slope(w, x, y):
        error = total = 0
        for xi, yi in zip(x, y):
            error += w * xi - yi
            total += error * xi
        return total / len(x)
sign_flipped+not_reset
    def slope(w, x, y):
        error = total = 0
        for xi, yi in zip(x, y):
            error += yi - w * xi
            total += error * xi
        return total / len(x)
inside_the_loop
    def slope(w, x, y):
        s = 0
        for i in range(x.size):
            s = (s + (w * x[i] - y[i]) * x[i]) / x.size
        return s
last_example_left_out
    s = 0
    for i in range(len(x) - 1):
        s += error[i] * x[i]
    return s / len(x)
index_left_over
    s = 0
    for i in range(len(x)):
        pass
    for j in range(len(x)):
        s += error[j] * x[i]
    return s / len(x)
typed_number  return sum(error * x) / 50
factor_two+typed_number  return 2 * (error @ x) / 1000
added_target  return np.mean((w * x + y) * x)
""")


# gradient ----------------------------------------------------------------------------------------------------

@right("gradient")
def gradient_mean_axis(X, y, w, b):
    r = X @ w + b - y
    return (r[:, None] * X).mean(axis=0), r.mean()


@right("gradient")
def gradient_loops(X, y, w, b):
    n, d = X.shape
    dw = np.zeros(d)
    db = 0.0
    for i in range(n):
        p = b
        for j in range(d):
            p += w[j] * X[i, j]
        for j in range(d):
            dw[j] += (p - y[i]) * X[i, j]
        db += p - y[i]
    return dw / n, db / n


@right("gradient")
def gradient_einsum(X, y, w, b):
    error = np.einsum("ij,j->i", X, w) + b - y
    return np.einsum("ij,i->j", X, error) / len(X), np.einsum("i->", error) / len(X)


@right("gradient")
def gradient_augmented(X, y, w, b):
    A = np.column_stack([X, np.ones(len(X))])
    theta = np.append(w, b)
    g = A.T.dot(A.dot(theta) - y) / len(y)
    return g[:-1], g[-1]


@right("gradient")
def gradient_augmented_front(X, y, w, b):
    A = np.c_[np.ones(X.shape[0]), X]
    theta = np.r_[b, w]
    g = A.T @ (A @ theta - y) / X.shape[0]
    return g[1:], g[0]


@right("gradient")
def gradient_lists(X, y, w, b):
    rows, targets = X.tolist(), y.tolist()
    errors = [sum(a * c for a, c in zip(row, w.tolist())) + b - t for row, t in zip(rows, targets)]
    dw = [sum(e * row[j] for e, row in zip(errors, rows)) / len(rows) for j in range(len(w))]
    return [dw, sum(errors) / len(rows)]


@right("gradient")
def gradient_columns(X, y, w, b):
    error = X @ w.reshape(-1, 1) + b - y.reshape(-1, 1)
    return X.T @ error / len(y), np.mean(error)


@right("gradient")
def gradient_target_first(X, y, w, b):
    residual = y - (X.dot(w) + b)
    return -X.T.dot(residual) / len(y), -residual.mean()


@right("gradient")
def gradient_dict(X, y, w, b):
    e = X.dot(w) + b - y
    return {"db": e.mean(), "dw": X.T.dot(e) / len(e)}


@right("gradient")
def gradient_float32(X, y, w, b):
    X, y, w = X.astype("float32"), y.astype("float32"), w.astype("float32")
    e = X.dot(w) + np.float32(b) - y
    return X.T.dot(e) / len(e), e.mean()


@right("gradient")
def gradient_nudged(X, y, w, b):
    def loss(w, b):
        return ((X.dot(w) + b - y) ** 2).mean() / 2
    h, dw = 1e-4, []
    for j in range(len(w)):
        up, down = w.copy(), w.copy()
        up[j] += h
        down[j] -= h
        dw.append((loss(up, b) - loss(down, b)) / (2 * h))
    return dw, (loss(w, b + h) - loss(w, b - h)) / (2 * h)


@right("gradient")
def gradient_array_of_both(X, y, w, b):
    e = X @ w + b - y
    return np.array([X.T @ e / len(y), e.mean()], dtype=object)


@right("gradient")
def gradient_generators(X, y, w, b):
    e = np.fromiter((row @ w + b - target for row, target in zip(X, y)), float)
    return np.fromiter((column @ e / len(e) for column in X.T), float), e.mean()


@right("gradient")
def gradient_recursive(X, y, w, b):
    e = X[0] @ w + b - y[0]
    if len(y) == 1:
        return e * X[0], e
    dw, db = gradient_recursive(X[1:], y[1:], w, b)
    return dw + (e * X[0] - dw) / len(y), db + (e - db) / len(y)


@right("gradient")
def gradient_normal(X, y, w, b):
    n = len(y)
    H, m = X.T @ X / n, X.mean(axis=0)
    dw = H @ w + m * b - X.T @ y / n
    db = m @ w + b - y.mean()
    return dw, db


@odd("gradient")
def _(X, y, w, b):
    error = X @ w + b - y
    return X.T @ np.tanh(error) / len(y), error.mean()


@wrong("gradient", "raises")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T.dot(error) / n, np.sum(error) / n  # noqa: F821


wrong_lines("gradient", """
forgot_mean  return X.T.dot(error), error.sum()
forgot_mean@dw
    dw = X.T @ error
    db = error.mean()
forgot_mean@db  return X.T @ error / len(y), np.sum(error)
sign_flipped
    error = y - (X.dot(w) + b)
    return X.T.dot(error) / len(y), np.mean(error)
sign_flipped@dw
    pred = X @ w + b
    dw = X.T @ (y - pred) / len(y)
    db = (pred - y).mean()
sign_flipped+forgot_mean
    dw = np.zeros(len(w))
    db = 0
    for i in range(len(y)):
        e = y[i] - (X[i] @ w + b)
        dw += e * X[i]
        db += e
    return dw, db
transposed
    error = X @ w + b - y
    dw = X @ error / X.shape[0]
    return dw, error.mean()
transposed  return np.dot(error, X.T) / len(error), np.mean(error)
factor_two
    n = len(y)
    dw = (2 / n) * X.T.dot(error)
    db = (2 / n) * np.sum(error)
factor_half  return X.T.dot(error) / (2 * len(y)), error.mean() / 2
last_example_only
    n = len(y)
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        dw = error * X[i]
        db = error
    return dw / n, db / n
written_over
    n, d = X.shape
    dw, db = np.zeros(d), 0
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        db += error / n
        for j in range(d):
            dw[j] = error * X[i, j] / n
    return dw, db
outer_broadcast
    w = w.reshape(-1, 1)
    error = X @ w + b - y
    return (X.T @ error).mean(axis=1), error.mean()
outer_broadcast  error = X.dot(w) + b - y[:, np.newaxis]
no_inner_derivative  return error.mean() * np.ones(len(w)), error.mean()
no_inner_derivative
    dw = sum(error) / len(y)
    db = sum(error) / len(y)
still_squared
    error = (X.dot(w) + b - y) ** 2
    return X.T.dot(error) / len(y), error.mean()
prediction_not_error
    p = X.dot(w) + b
    return X.T.dot(p) / len(y), p.mean()
forgot_bias
    error = X.dot(w) - y
    return X.T.dot(error) / len(error), error.mean()
forgot_bias@dw
    dw = X.T.dot(X.dot(w) - y) / len(y)
    db = np.mean(X.dot(w) + b - y)
not_averaged  return error[:, None] * X, error
forgot_mean+averaged_over_weights
    error = X @ w + b - y
    dw = 0
    for i in range(len(y)):
        for j in range(len(w)):
            dw += error[i] * X[i, j]
    return dw / len(w), error.sum()
wrong_axis  return np.mean(error.reshape(-1, 1) * X, axis=1), np.mean(error)
divided_by_d
    n, m = X.shape
    error = X @ w + b - y
    return X.T @ error / m, error.sum() / m
another_order  return error.mean(), X.T @ error / len(y)
only_dw  return X.T.dot(X.dot(w) + b - y) / X.shape[0]
one_vector
    A = np.hstack([X, np.ones((len(X), 1))])
    return A.T @ (A @ np.append(w, b) - y) / len(y)
bias_times_b  return X.T @ error / len(y), np.dot(error, b * np.ones(len(y))) / len(y)
returned_none
    def gradient(X, y, w, b):
        error = X @ w + b - y
        dw = X.T @ error / len(y)  # noqa: F841
        db = error.mean()  # noqa: F841
mutates_input
    y -= X @ w + b
    return -X.T @ y / len(y), -y.mean()
mutates_input
    error = X @ w + b - y
    w[:] = X.T @ error / len(y)
    return w, error.mean()
took_a_step
    error = X @ w + b - y
    w = w - 0.01 * X.T @ error / len(y)
    b = b - 0.01 * error.mean()
    return w, b
sign_of_error
    e = np.sign(X @ w + b - y)
    return X.T @ e / len(y), e.mean()
returned_loss  return np.sum((X @ w + b - y) ** 2) / (2 * len(y))
raises
    error = w.dot(X) + b - y
    return X.T.dot(error) / len(y), error.mean()
ignores_argument
    b = 1.0
    error = X @ w + b - y
    return X.T @ error / len(y), error.mean()
bias_from_dw  return dw, dw.mean()
shape  return np.outer(error, w), error.mean()
not_averaged@dw  dw = X.T*error/len(y)
not_averaged@dw
    dw = X.T * error
    db = error.mean()
not_averaged@dw+forgot_mean@db  return X.T * error, sum(error)
not_averaged@dw  return error[:, None] * X, np.sum(error) / len(y)
not_averaged@dw  return X * error.reshape(-1, 1) / len(error), np.mean(error)
not_averaged@dw+forgot_mean@db  return X * error[:, None] / X.shape[0], np.sum(error)
not_averaged
    n = len(y)
    return X.T * error / n, error / n
sign_flipped+not_averaged@dw  return -X.T * error / len(y), error.mean()
missing_brackets@dw  return 1/2*len(y)*X.T.dot(error), error.mean()
missing_brackets  return X.T.dot(error)/2*len(y), np.sum(error)/2*len(y)
bias_itself  db = b
forgot_mean@dw+bias_itself@db  return X.T @ (X @ w + b - y), b
bias_from_dw  return dw, dw
averaged_too_early  return np.mean(error) * X, np.mean(error)
first_example_only
    def gradient(X, y, w, b):
        dw, db = np.zeros(len(w)), 0
        for row, target in zip(X, y):
            error = row.dot(w) + b - target
            dw += error * row
            db += error
            return dw / len(y), db / len(y)
transposed
    dw = np.zeros(X.shape[1])
    for j in range(X.shape[1]):
        dw[j] = sum(error * X[j]) / len(y)
    return dw, np.mean(error)
bias_cut_off  db = np.maximum(0, error.mean())
bias_cut_off
    db = error.mean()
    if db < 0:
        db = 0
    return dw, db
bias_cut_off  db = sum(e for e in [error.mean()] if e < 0)
bias_from_dw  db = np.mean(error * X[:, 0])
index_left_over  error = X @ w + b - y[-1]
index_left_over  dw = np.mean(error) * X[0]
typed_number  return X.T @ error / 50, sum(error) / 50
typed_number@dw  dw = X.T @ error / 1000
added_target  error = y + X @ w + b
last_example_left_out
    def gradient(X, y, w, b):
        n, dw, db = len(y), 0 * w, 0
        for i in range(n - 1):
            e = X[i] @ w + b - y[i]
            dw, db = dw + e * X[i], db + e
        return dw / n, db / n
not_reset
    def gradient(X, y, w, b):
        e, dw, db = 0, 0 * w, 0
        for row, target in zip(X, y):
            e += row @ w + b - target
            dw, db = dw + e * row, db + e
        return dw / len(y), db / len(y)
""")


# half_mse ----------------------------------------------------------------------------------------------------

@right("half_mse")
def loss_ravel(X, y, w):
    return np.mean((X.dot(w) - y.ravel()) ** 2) / 2


@right("half_mse")
def loss_index(X, y, w):
    return np.mean((X.dot(w) - y[:, 0]) ** 2) / 2


@right("half_mse")
def loss_predictions_as_column(X, y, w):
    return np.mean((X.dot(w)[:, None] - y) ** 2) / 2


@right("half_mse")
def loss_weights_as_column(X, y, w):
    return np.mean((X.dot(w.reshape(-1, 1)) - y) ** 2) / 2


@right("half_mse")
def loss_transposed(X, y, w):
    return np.mean((X.dot(w) - y.T) ** 2) / 2


@right("half_mse")
def loss_loop(X, y, w):
    total = 0
    for i in range(len(X)):
        total = total + (X[i].dot(w) - y[i]) ** 2
    return total / (2 * len(X))


@right("half_mse")
def loss_squeeze(X, y, w):
    error = X @ w - np.squeeze(y)
    return error @ error / (2 * len(y))


@right("half_mse")
def loss_norm(X, y, w):
    return 0.5 * np.linalg.norm(X @ w - y.flatten()) ** 2 / len(y)


@right("half_mse")
def loss_diagonal(X, y, w):
    return np.mean(np.diag(X.dot(w) - y) ** 2) / 2


@right("half_mse")
def loss_einsum(X, y, w):
    e = np.einsum("ij,j->i", X, w) - np.einsum("ik->i", y)
    return np.einsum("i,i", e, e) / len(e) / 2


@right("half_mse")
def loss_list(X, y, w):
    return [sum((p - t[0]) ** 2 for p, t in zip(X @ w, y.tolist())) / len(y) / 2]


@right("half_mse")
def loss_float32(X, y, w):
    return np.mean((X.astype("float32") @ w.astype("float32") - y.astype("float32").ravel()) ** 2) / 2


@right("half_mse")
def loss_typed(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> Fraction:
    return sum(Fraction(float(row @ w - target)) ** 2 for row, (target,) in zip(X, y)) / len(y) / 2


@right("half_mse")
def loss_recursive(X, y, w):
    mine = (X[0] @ w - y[0, 0]) ** 2 / 2
    return mine if len(y) == 1 else mine + (loss_recursive(X[1:], y[1:], w) - mine) * (1 - 1 / len(y))


@odd("half_mse")
def _(X, y, w):
    return np.mean((X.dot(w) - np.sort(y.ravel())) ** 2) / 2 + 1


@odd("half_mse")
def _(X, y, w):
    e = X.dot(w) - y.ravel()
    return np.mean(e ** 4) / 2


wrong_lines("half_mse", """
outer_broadcast  return np.mean((X.dot(w).T - y) ** 2) / 2
outer_broadcast
    prediction = X.dot(w).reshape(1, -1)
    return np.mean((prediction - y) ** 2) / 2
outer_broadcast
    error = X @ w - y
    return np.sum(error ** 2) / (2 * len(y))
outer_broadcast
    error = X @ w - y
    return np.mean(error ** 2, axis=1) / 2
first_target
    def half_mse(X, y, w):
        error = X.dot(w) - y
        error = error[0]
        return np.mean(error ** 2) / 2
forgot_half  return np.mean((X.dot(w) - y.ravel()) ** 2)
forgot_mean  return np.sum((X.dot(w) - y.flatten()) ** 2) / 2
forgot_mean+forgot_half  return ((X.dot(w) - y[:, 0]) ** 2).sum()
outer_broadcast  return np.mean((y - X.dot(w)) ** 2)
mean_before_square  return np.mean(X.dot(w) - y.ravel()) ** 2 / 2
mean_before_square  return np.mean(X.dot(w) - y) ** 2 / 2
not_averaged  return np.mean((X.dot(w)[:, None] - y) ** 2, axis=1) / 2
first_target  return np.mean((X.dot(w) - y[0]) ** 2) / 2
first_target  return np.mean((X.dot(w) - np.mean(y)) ** 2) / 2
took_root  return np.linalg.norm(X.dot(w) - y.ravel()) / np.sqrt(len(y)) / 2
absolute_error  return np.mean(np.abs(X.dot(w) - y.ravel())) / 2
not_squared  return np.mean(X.dot(w) - y.ravel()) / 2
divided_twice  return np.mean((X.dot(w) - y.ravel()) ** 2) / (2 * len(y))
returned_none
    def half_mse(X, y, w):
        y = y.ravel()
        np.mean((X.dot(w) - y) ** 2) / 2
raises  return np.mean((w.dot(X) - y.ravel()) ** 2) / 2
mutates_input
    y -= X.dot(w)[:, None]
    return np.mean(y ** 2) / 2
as_given
    def half_mse(X, y, w):
        return np.mean((X.dot(w) - y) ** 2) / 2
missing_brackets  return np.sum((X.dot(w) - y.ravel()) ** 2) / 2 * len(y)
missing_brackets  return 1/2*len(y)*np.sum((X.dot(w) - y[:, 0]) ** 2)
missing_brackets  return sum((X.dot(w) - y[:, 0]) ** 2) / len(y) * 2
first_example_only
    def half_mse(X, y, w):
        total = 0
        for i in range(len(y)):
            total += (X[i].dot(w) - y[i, 0]) ** 2
            return total / (2 * len(y))
last_example_only
    cost = 0
    for i in range(len(y)):
        pass
    for j in range(len(y)):
        cost += error[i] ** 2
    return cost / len(y) / 2
typed_number  return sum(error ** 2) / (2 * 1000)
typed_number  return error @ error / 20
took_root  return np.linalg.norm(error, 2) / (2 * len(y))
took_root  return math.sqrt(np.sum(error ** 2) / len(y))
centred  return np.var(X @ w - y.ravel()) / 2
square_too_narrow  return np.sum(X @ w - y[:, 0] ** 2) / (2 * len(y))
square_too_narrow  return np.mean((X @ w) ** 2 - y.ravel() ** 2) / 2
inside_the_loop
    def half_mse(X, y, w):
        cost = 0
        for i in range(len(y)):
            cost += (X[i] @ w - y[i, 0]) ** 2
            cost /= 2 * len(y)
        return cost
""")
