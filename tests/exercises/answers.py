"""Answers as learners write them: RIGHT in many styles, WRONG with the code they should get, ODD.

They are not copied from the catalogues in gradlib.exercises, and should not be tidied.
"""

import math
from collections import defaultdict

import numpy as np

RIGHT, WRONG, ODD = defaultdict(list), defaultdict(list), defaultdict(list)


def right(exercise):
    def keep(function):
        RIGHT[exercise].append(function)
        return function
    return keep


def wrong(exercise, code):
    def keep(function):
        WRONG[exercise].append((code, function))
        return function
    return keep


def odd(exercise):
    def keep(function):
        ODD[exercise].append(function)
        return function
    return keep


# error ------------------------------------------------------------------------------------------------------

@right("error")
def error_short(w, x, y):
    return x * w - y


@right("error")
def error_in_steps(weight, flipper, mass):
    prediction = weight * flipper
    return prediction - mass


@right("error")
def error_negated(w, x, y):
    return -(y - w * x)


@right("error")
def error_float32(w, x, y):
    return np.float32(w) * np.float32(x) - np.float32(y)


@right("error")
def error_array(w, x, y):
    return np.array(w) * x - y


@right("error")
def error_list(w, x, y):
    return [w * x - y]


@right("error")
def error_if(w, x, y):
    guess = w * x
    if guess > y:
        return abs(guess - y)
    else:
        return -abs(guess - y)


@wrong("error", "sign_flipped")
def _(w, x, y):
    prediction = w * x
    return y - prediction


@wrong("error", "absolute")
def _(w, x, y):
    return math.sqrt((w * x - y) ** 2)


@wrong("error", "absolute")
def _(w, x, y):
    prediction = w * x
    if prediction > y:
        return prediction - y
    else:
        return y - prediction


@wrong("error", "squared")
def _(w, x, y):
    e = w * x - y
    return e * e


@wrong("error", "half_squared")
def _(w, x, y):
    return 0.5 * (y - w * x) ** 2


@wrong("error", "prediction")
def _(w, x, y):
    prediction = w * x
    error = prediction - y  # noqa: F841
    return prediction


@wrong("error", "forgot_weight")
def _(w, x, y):
    return x - y


@wrong("error", "sign_flipped+forgot_weight")
def _(w, x, y):
    return y - x


@wrong("error", "weight_on_target")
def _(w, x, y):
    diff = x - y
    return w * diff


@wrong("error", "added_weight")
def _(w, x, y):
    prediction = w + x
    return prediction - y


@wrong("error", "relative")
def _(w, x, y):
    return w * x / y - 1


@wrong("error", "sign_flipped+relative")
def _(w, x, y):
    return (y - w * x) / y


@wrong("error", "ratio")
def _(w, x, y):
    return (w * x) / y


@wrong("error", "returned_none")
def _(w, x, y):
    error = w * x - y
    print("the error is", error)


@wrong("error", "returned_none")
def _(w, x, y):
    w * x - y


@wrong("error", "rounded")
def _(w, x, y):
    return round(w * x) - round(y) if False else round(w * x - y, 1)


@wrong("error", "swapped")
def _(w, x, y):
    return y * w - x


@wrong("error", "ignores_argument")
def _(w, x, y):
    w = 2.0
    return w * x - y


@wrong("error", "divided")
def _(w, x, y):
    prediction = x / w
    return prediction - y


@wrong("error", "raises")
def _(w, x, y):
    return (w * x - y)[0]


@wrong("error", "not_numbers")
def _(w, x, y):
    return f"{w * x - y:.2f}"


@wrong("error", "rounded")
def _(w, x, y):
    return round(w * x - y, 2)


@wrong("error", "raises")
def _(w, x, y):
    return wx - y  # noqa: F821


@wrong("error", "raises")
def _(w, x, y):
    return prediction - y  # noqa: F821


@odd("error")
def _(w, x, y):
    return 100 * (w * x - y) / y


@odd("error")
def _(w, x, y):
    return w * x - y ** 2


# slope ------------------------------------------------------------------------------------------------------

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


@wrong("slope", "forgot_mean")
def _(w, x, y):
    error = w * x - y
    return np.sum(error * x)


@wrong("slope", "forgot_mean")
def _(w, x, y):
    error = w * x - y
    s = 0
    for i in range(len(x)):
        s += error[i] * x[i]
    return s


@wrong("slope", "factor_two")
def _(w, x, y):
    error = w * x - y
    return 2 * np.mean(error * x)


@wrong("slope", "factor_half")
def _(w, x, y):
    error = w * x - y
    return np.sum(error * x) / (2 * len(x))


@wrong("slope", "forgot_mean+factor_two")
def _(w, x, y):
    error = w * x - y
    return (2 * error * x).sum()


@wrong("slope", "sign_flipped")
def _(w, x, y):
    error = y - w * x
    return np.mean(error * x)


@wrong("slope", "sign_flipped+forgot_mean")
def _(w, x, y):
    error = w * x - y
    return -x.dot(error)


@wrong("slope", "no_inner_derivative")
def _(w, x, y):
    error = w * x - y
    return error.mean()


@wrong("slope", "forgot_mean+no_inner_derivative")
def _(w, x, y):
    error = w * x - y
    return np.sum(error)


@wrong("slope", "product_of_means")
def _(w, x, y):
    error = w * x - y
    return error.mean() * x.mean()


@wrong("slope", "still_squared")
def _(w, x, y):
    error = w * x - y
    return (error ** 2).dot(x) / len(x)


@wrong("slope", "returned_loss")
def _(w, x, y):
    error = w * x - y
    return sum(error ** 2) / (2 * len(x))


@wrong("slope", "not_averaged")
def _(w, x, y):
    error = w * x - y
    return error * x


@wrong("slope", "times_w")
def _(w, x, y):
    error = w * x - y
    return w * np.mean(error)


@wrong("slope", "absolute_error")
def _(w, x, y):
    error = abs(w * x - y)
    return np.mean(error * x)


@wrong("slope", "prediction_not_error")
def _(w, x, y):
    p = w * x
    return np.mean(p * x)


@wrong("slope", "last_example_only")
def _(w, x, y):
    for i in range(len(x)):
        error = w * x[i] - y[i]
        slope = error * x[i]
    return slope


@wrong("slope", "divided_twice")
def _(w, x, y):
    error = w * x - y
    return np.mean(error * x) / len(x)


@wrong("slope", "returned_none")
def _(w, x, y):
    error = w * x - y
    print(np.mean(error * x))


@wrong("slope", "took_a_step")
def _(w, x, y):
    error = w * x - y
    w = w - 0.1 * np.mean(error * x)
    return w


@wrong("slope", "outer_broadcast")
def _(w, x, y):
    error = w * x.reshape(-1, 1) - y
    return np.mean(error * x)


@wrong("slope", "mutates_input")
def _(w, x, y):
    x *= w
    x -= y
    return np.mean(x)


@wrong("slope", "raises")
def _(w, x, y):
    error = w * x - y
    return mean(error * x)  # noqa: F821


@wrong("slope", "raises")
def _(w, x, y):
    error = w * x - y
    return np.sum(error * x) / n  # noqa: F821


@wrong("slope", "sign_flipped")
def _(w, x, y):
    error = w * x - y
    return np.mean(-error * x)


@wrong("slope", "missing_brackets")
def _(w, x, y):
    error = w * x - y
    return 1/2*len(x)*np.sum(error * x)


@wrong("slope", "missing_brackets")
def _(w, x, y):
    error = w * x - y
    return sum(error * x) / 2 * len(x)


@wrong("slope", "missing_brackets")
def _(w, x, y):
    error = w * x - y
    n = len(x)
    return 1 / 2 * n * np.sum(2 * error * x)


@wrong("slope", "sign_flipped+missing_brackets")
def _(w, x, y):
    error = y - w * x
    return 1/2*len(x)*np.sum(error * x)


@wrong("slope", "forgot_mean+factor_half")
def _(w, x, y):
    error = w * x - y
    return np.sum(error * x) / 2


@wrong("slope", "averaged_too_early")
def _(w, x, y):
    error = w * x - y
    return np.mean(error) * x


@wrong("slope", "averaged_too_early")
def _(w, x, y):
    error = w * x - y
    return sum(error) / len(error) * x


@wrong("slope", "returned_errors")
def _(w, x, y):
    error = w * x - y
    return error


@wrong("slope", "not_averaged")
def _(w, x, y):
    error = w * x - y
    return 1 / len(x) * error * x


@wrong("slope", "last_example_only")
def _(w, x, y):
    total = 0
    for i in range(len(x)):
        total += (w * x[i] - y[i]) * x[i]
        return total / len(x)


@odd("slope")
def _(w, x, y):
    error = w * x - y
    return np.mean(error * x) + w


@odd("slope")
def _(w, x, y):
    error = w * x - y
    return np.median(error * x) * np.exp(-w)


# gradient ---------------------------------------------------------------------------------------------------

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
def gradient_normal(X, y, w, b):
    n = len(y)
    H, m = X.T @ X / n, X.mean(axis=0)
    dw = H @ w + m * b - X.T @ y / n
    db = m @ w + b - y.mean()
    return dw, db


@wrong("gradient", "forgot_mean")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T.dot(error), error.sum()


@wrong("gradient", "forgot_mean@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    dw = X.T @ error
    db = error.mean()
    return dw, db


@wrong("gradient", "forgot_mean@db")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T @ error / len(y), np.sum(error)


@wrong("gradient", "sign_flipped")
def _(X, y, w, b):
    error = y - (X.dot(w) + b)
    return X.T.dot(error) / len(y), np.mean(error)


@wrong("gradient", "sign_flipped@dw")
def _(X, y, w, b):
    pred = X @ w + b
    dw = X.T @ (y - pred) / len(y)
    db = (pred - y).mean()
    return dw, db


@wrong("gradient", "sign_flipped+forgot_mean")
def _(X, y, w, b):
    dw = np.zeros(len(w))
    db = 0
    for i in range(len(y)):
        e = y[i] - (X[i] @ w + b)
        dw += e * X[i]
        db += e
    return dw, db


@wrong("gradient", "transposed")
def _(X, y, w, b):
    error = X @ w + b - y
    dw = X @ error / X.shape[0]
    return dw, error.mean()


@wrong("gradient", "transposed")
def _(X, y, w, b):
    error = X @ w + b - y
    return np.dot(error, X.T) / len(error), np.mean(error)


@wrong("gradient", "factor_two")
def _(X, y, w, b):
    n = len(y)
    error = X.dot(w) + b - y
    dw = (2 / n) * X.T.dot(error)
    db = (2 / n) * np.sum(error)
    return dw, db


@wrong("gradient", "factor_half")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T.dot(error) / (2 * len(y)), error.mean() / 2


@wrong("gradient", "overwrote")
def _(X, y, w, b):
    n = len(y)
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        dw = error * X[i]
        db = error
    return dw / n, db / n


@wrong("gradient", "overwrote@dw")
def _(X, y, w, b):
    n, d = X.shape
    dw, db = np.zeros(d), 0
    for i in range(n):
        error = X[i].dot(w) + b - y[i]
        db += error / n
        for j in range(d):
            dw[j] = error * X[i, j] / n
    return dw, db


@wrong("gradient", "outer_broadcast")
def _(X, y, w, b):
    w = w.reshape(-1, 1)
    error = X @ w + b - y
    return (X.T @ error).mean(axis=1), error.mean()


@wrong("gradient", "outer_broadcast")
def _(X, y, w, b):
    error = X.dot(w) + b - y[:, np.newaxis]
    dw = X.T.dot(error) / len(y)
    db = np.mean(error)
    return dw, db


@wrong("gradient", "no_inner_derivative")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return error.mean() * np.ones(len(w)), error.mean()


@wrong("gradient", "no_inner_derivative")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    dw = sum(error) / len(y)
    db = sum(error) / len(y)
    return dw, db


@wrong("gradient", "still_squared")
def _(X, y, w, b):
    error = (X.dot(w) + b - y) ** 2
    return X.T.dot(error) / len(y), error.mean()


@wrong("gradient", "prediction_not_error")
def _(X, y, w, b):
    p = X.dot(w) + b
    return X.T.dot(p) / len(y), p.mean()


@wrong("gradient", "forgot_bias")
def _(X, y, w, b):
    error = X.dot(w) - y
    return X.T.dot(error) / len(error), error.mean()


@wrong("gradient", "forgot_bias@dw")
def _(X, y, w, b):
    dw = X.T.dot(X.dot(w) - y) / len(y)
    db = np.mean(X.dot(w) + b - y)
    return dw, db


@wrong("gradient", "not_averaged")
def _(X, y, w, b):
    error = X @ w + b - y
    return error[:, None] * X, error


@wrong("gradient", "forgot_mean+averaged_over_weights")
def _(X, y, w, b):
    error = X @ w + b - y
    dw = 0
    for i in range(len(y)):
        for j in range(len(w)):
            dw += error[i] * X[i, j]
    return dw / len(w), error.sum()


@wrong("gradient", "wrong_axis")
def _(X, y, w, b):
    error = X @ w + b - y
    return np.mean(error.reshape(-1, 1) * X, axis=1), np.mean(error)


@wrong("gradient", "divided_by_d")
def _(X, y, w, b):
    n, m = X.shape
    error = X @ w + b - y
    return X.T @ error / m, error.sum() / m


@wrong("gradient", "swapped")
def _(X, y, w, b):
    error = X @ w + b - y
    return error.mean(), X.T @ error / len(y)


@wrong("gradient", "only_dw")
def _(X, y, w, b):
    return X.T.dot(X.dot(w) + b - y) / X.shape[0]


@wrong("gradient", "one_vector")
def _(X, y, w, b):
    A = np.hstack([X, np.ones((len(X), 1))])
    return A.T @ (A @ np.append(w, b) - y) / len(y)


@wrong("gradient", "bias_times_b")
def _(X, y, w, b):
    error = X @ w + b - y
    return X.T @ error / len(y), np.dot(error, b * np.ones(len(y))) / len(y)


@wrong("gradient", "returned_none")
def _(X, y, w, b):
    error = X @ w + b - y
    dw = X.T @ error / len(y)  # noqa: F841
    db = error.mean()  # noqa: F841


@wrong("gradient", "mutates_input")
def _(X, y, w, b):
    y -= X @ w + b
    return -X.T @ y / len(y), -y.mean()


@wrong("gradient", "mutates_input")
def _(X, y, w, b):
    error = X @ w + b - y
    w[:] = X.T @ error / len(y)
    return w, error.mean()


@wrong("gradient", "took_a_step")
def _(X, y, w, b):
    error = X @ w + b - y
    w = w - 0.01 * X.T @ error / len(y)
    b = b - 0.01 * error.mean()
    return w, b


@wrong("gradient", "sign_of_error")
def _(X, y, w, b):
    e = np.sign(X @ w + b - y)
    return X.T @ e / len(y), e.mean()


@wrong("gradient", "returned_loss")
def _(X, y, w, b):
    return np.sum((X @ w + b - y) ** 2) / (2 * len(y))


@wrong("gradient", "raises")
def _(X, y, w, b):
    error = w.dot(X) + b - y
    return X.T.dot(error) / len(y), error.mean()


@wrong("gradient", "ignores_argument")
def _(X, y, w, b):
    b = 1.0
    error = X @ w + b - y
    return X.T @ error / len(y), error.mean()


@wrong("gradient", "bias_from_dw")
def _(X, y, w, b):
    error = X @ w + b - y
    dw = X.T @ error / len(y)
    return dw, dw.mean()


@wrong("gradient", "shape")
def _(X, y, w, b):
    error = X @ w + b - y
    return np.outer(error, w), error.mean()


@wrong("gradient", "raises")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T.dot(error) / n, np.sum(error) / n  # noqa: F821


@wrong("gradient", "not_averaged@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    dw = X.T*error/len(y)
    db = np.mean(error)
    return dw, db


@wrong("gradient", "not_averaged@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    dw = X.T * error
    db = error.mean()
    return dw, db


@wrong("gradient", "not_averaged@dw+forgot_mean@db")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T * error, sum(error)


@wrong("gradient", "not_averaged@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return error[:, None] * X, np.sum(error) / len(y)


@wrong("gradient", "not_averaged@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X * error.reshape(-1, 1) / len(error), np.mean(error)


@wrong("gradient", "not_averaged@dw+forgot_mean@db")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X * error[:, None] / X.shape[0], np.sum(error)


@wrong("gradient", "not_averaged")
def _(X, y, w, b):
    n = len(y)
    error = X.dot(w) + b - y
    return X.T * error / n, error / n


@wrong("gradient", "sign_flipped+not_averaged@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return -X.T * error / len(y), error.mean()


@wrong("gradient", "missing_brackets@dw")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return 1/2*len(y)*X.T.dot(error), error.mean()


@wrong("gradient", "missing_brackets")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return X.T.dot(error)/2*len(y), np.sum(error)/2*len(y)


@wrong("gradient", "bias_itself")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    dw = X.T.dot(error) / len(y)
    db = b
    return dw, db


@wrong("gradient", "forgot_mean@dw+bias_itself@db")
def _(X, y, w, b):
    return X.T @ (X @ w + b - y), b


@wrong("gradient", "bias_from_dw")
def _(X, y, w, b):
    dw = X.T @ (X @ w + b - y) / len(y)
    return dw, dw


@wrong("gradient", "averaged_too_early")
def _(X, y, w, b):
    error = X.dot(w) + b - y
    return np.mean(error) * X, np.mean(error)


@wrong("gradient", "overwrote")
def _(X, y, w, b):
    dw, db = np.zeros(len(w)), 0
    for row, target in zip(X, y):
        error = row.dot(w) + b - target
        dw += error * row
        db += error
        return dw / len(y), db / len(y)


@odd("gradient")
def _(X, y, w, b):
    error = X @ w + b - y
    return X.T @ error / len(y) + 0.1 * w, error.mean()


@odd("gradient")
def _(X, y, w, b):
    error = X @ w + b - y
    return X.T @ np.tanh(error) / len(y), error.mean() ** 3


# half_mse ---------------------------------------------------------------------------------------------------

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


@wrong("half_mse", "outer_broadcast")
def _(X, y, w):
    return np.mean((X.dot(w).T - y) ** 2) / 2


@wrong("half_mse", "outer_broadcast")
def _(X, y, w):
    prediction = X.dot(w).reshape(1, -1)
    return np.mean((prediction - y) ** 2) / 2


@wrong("half_mse", "outer_broadcast")
def _(X, y, w):
    error = X @ w - y
    return np.sum(error ** 2) / (2 * len(y))


@wrong("half_mse", "outer_broadcast")
def _(X, y, w):
    error = X @ w - y
    return np.mean(error ** 2, axis=1) / 2


@wrong("half_mse", "first_target")
def _(X, y, w):
    error = X.dot(w) - y
    error = error[0]
    return np.mean(error ** 2) / 2


@wrong("half_mse", "forgot_half")
def _(X, y, w):
    return np.mean((X.dot(w) - y.ravel()) ** 2)


@wrong("half_mse", "forgot_mean")
def _(X, y, w):
    return np.sum((X.dot(w) - y.flatten()) ** 2) / 2


@wrong("half_mse", "forgot_mean+forgot_half")
def _(X, y, w):
    return ((X.dot(w) - y[:, 0]) ** 2).sum()


@wrong("half_mse", "outer_broadcast")
def _(X, y, w):
    return np.mean((y - X.dot(w)) ** 2)


@wrong("half_mse", "mean_before_square")
def _(X, y, w):
    return np.mean(X.dot(w) - y.ravel()) ** 2 / 2


@wrong("half_mse", "mean_before_square")
def _(X, y, w):
    return np.mean(X.dot(w) - y) ** 2 / 2


@wrong("half_mse", "not_averaged")
def _(X, y, w):
    return np.mean((X.dot(w)[:, None] - y) ** 2, axis=1) / 2


@wrong("half_mse", "first_target")
def _(X, y, w):
    return np.mean((X.dot(w) - y[0]) ** 2) / 2


@wrong("half_mse", "first_target")
def _(X, y, w):
    return np.mean((X.dot(w) - np.mean(y)) ** 2) / 2


@wrong("half_mse", "took_root")
def _(X, y, w):
    return np.linalg.norm(X.dot(w) - y.ravel()) / np.sqrt(len(y)) / 2


@wrong("half_mse", "absolute_error")
def _(X, y, w):
    return np.mean(np.abs(X.dot(w) - y.ravel())) / 2


@wrong("half_mse", "not_squared")
def _(X, y, w):
    return np.mean(X.dot(w) - y.ravel()) / 2


@wrong("half_mse", "divided_twice")
def _(X, y, w):
    return np.mean((X.dot(w) - y.ravel()) ** 2) / (2 * len(y))


@wrong("half_mse", "returned_none")
def _(X, y, w):
    y = y.ravel()
    np.mean((X.dot(w) - y) ** 2) / 2


@wrong("half_mse", "raises")
def _(X, y, w):
    return np.mean((w.dot(X) - y.ravel()) ** 2) / 2


@wrong("half_mse", "mutates_input")
def _(X, y, w):
    y -= X.dot(w)[:, None]
    return np.mean(y ** 2) / 2


@wrong("half_mse", "as_given")
def _(X, y, w):
    """My own words above the line as given."""
    return np.mean((X.dot(w) - y) ** 2) / 2


@wrong("half_mse", "missing_brackets")
def _(X, y, w):
    return np.sum((X.dot(w) - y.ravel()) ** 2) / 2 * len(y)


@wrong("half_mse", "missing_brackets")
def _(X, y, w):
    return 1/2*len(y)*np.sum((X.dot(w) - y[:, 0]) ** 2)


@wrong("half_mse", "missing_brackets")
def _(X, y, w):
    return sum((X.dot(w) - y[:, 0]) ** 2) / len(y) * 2


@wrong("half_mse", "first_example")
def _(X, y, w):
    total = 0
    for i in range(len(y)):
        total += (X[i].dot(w) - y[i, 0]) ** 2
        return total / (2 * len(y))


@odd("half_mse")
def _(X, y, w):
    return np.mean((X.dot(w) - np.sort(y.ravel())) ** 2) / 2 + 1


@odd("half_mse")
def _(X, y, w):
    e = X.dot(w) - y.ravel()
    return np.mean(e ** 4) / 2


# step -------------------------------------------------------------------------------------------------------

@right("step")
def step_one_line(w, gradient, step_size):
    return w - step_size * gradient


@right("step")
def step_added(w, gradient, step_size):
    return w + (-gradient) * step_size


@right("step")
def step_loop(w, gradient, step_size):
    new_w = np.zeros(len(w))
    for i in range(len(w)):
        new_w[i] = w[i] - step_size * gradient[i]
    return new_w


@right("step")
def step_list(w, gradient, step_size):
    return [a - step_size * g for a, g in zip(w, gradient)]


@right("step")
def step_copy(w, gradient, step_size):
    new_w = w.copy()
    new_w -= step_size * gradient
    return new_w


@right("step")
def step_subtract(w, gradient, step_size):
    return np.subtract(w, np.multiply(step_size, gradient))


@right("step")
def step_matrix(w, gradient, step_size):
    return np.stack([w, gradient], axis=1) @ np.array([1, -step_size])


@right("step")
def step_columns(w, gradient, step_size):
    return w.reshape(-1, 1) - step_size * gradient.reshape(-1, 1)


@right("step")
def step_float32(w, gradient, step_size):
    return w.astype(np.float32) - np.float32(step_size) * gradient.astype(np.float32)


@right("step")
def step_einsum(w, gradient, step_size):
    return w - np.einsum("i,->i", gradient, step_size)


@wrong("step", "uphill")
def _(w, gradient, step_size):
    new_w = w + step_size * gradient
    return new_w


@wrong("step", "returned_gradient")
def _(w, gradient, step_size):
    new_w = w - step_size * gradient  # noqa: F841
    return gradient


@wrong("step", "returned_step")
def _(w, gradient, step_size):
    new_w = step_size * gradient
    return new_w


@wrong("step", "returned_step")
def _(w, gradient, step_size):
    new_w = - step_size * gradient
    return new_w


@wrong("step", "no_step_size")
def _(w, gradient, step_size):
    new_w = w - gradient
    return new_w


@wrong("step", "uphill+no_step_size")
def _(w, gradient, step_size):
    return w + gradient


@wrong("step", "divided")
def _(w, gradient, step_size):
    new_w = w - gradient / step_size
    return new_w


@wrong("step", "mutates_input")
def _(w, gradient, step_size):
    w -= step_size * gradient
    new_w = w
    return new_w


@wrong("step", "mutates_input")
def _(w, gradient, step_size):
    for i in range(len(w)):
        w[i] = w[i] - step_size * gradient[i]
    return w


@wrong("step", "mutates_input")
def _(w, gradient, step_size):
    gradient *= step_size
    return w - gradient


@wrong("step", "averaged")
def _(w, gradient, step_size):
    new_w = (1 - step_size) * w + step_size * gradient
    return new_w


@wrong("step", "multiplied")
def _(w, gradient, step_size):
    new_w = w * gradient * step_size
    return new_w


@wrong("step", "scaled_all")
def _(w, gradient, step_size):
    new_w = (w - gradient) * step_size
    return new_w


@wrong("step", "sign_only")
def _(w, gradient, step_size):
    new_w = np.where(gradient > 0, w - step_size, w + step_size)
    return new_w


@wrong("step", "one_slope_for_all")
def _(w, gradient, step_size):
    new_w = w - step_size * np.mean(gradient)
    return new_w


@wrong("step", "one_slope_for_all")
def _(w, gradient, step_size):
    new_w = w - step_size * np.sqrt(np.sum(gradient ** 2))
    return new_w


@wrong("step", "start_and_goal_swapped")
def _(w, gradient, step_size):
    new_w = step_size * gradient - w
    return new_w


@wrong("step", "returned_old_weights")
def _(w, gradient, step_size):
    new_w = w - step_size * gradient  # noqa: F841
    return w


@wrong("step", "returned_none")
def _(w, gradient, step_size):
    new_w = w - step_size * gradient
    print(new_w)


@wrong("step", "no_gradient")
def _(w, gradient, step_size):
    new_w = w - step_size
    return new_w


@wrong("step", "ignores_argument")
def _(w, gradient, step_size):
    new_w = w - 0.1 * gradient
    return new_w


@wrong("step", "raises")
def _(w, gradient, step_size):
    new_w = w - step_size(gradient)
    return new_w


@wrong("step", "divided_by_d")
def _(w, gradient, step_size):
    return w - (1 / len(w)) * step_size * gradient


@wrong("step", "shape")
def _(w, gradient, step_size):
    return w, w - step_size * gradient


@wrong("step", "one_slope_for_all")
def _(w, gradient, step_size):
    new_w = w - step_size * gradient[0]
    return new_w


@wrong("step", "uphill+one_slope_for_all")
def _(w, gradient, step_size):
    new_w = w + step_size * gradient[0]
    return new_w


@wrong("step", "one_weight_only")
def _(w, gradient, step_size):
    new_w = np.zeros(len(w))
    for i in range(len(w)):
        new_w[i] = w[i] - step_size * gradient[i]
        return new_w


@wrong("step", "one_weight_only")
def _(w, gradient, step_size):
    new_w = w.copy()
    for i in range(len(w)):
        new_w[i] -= step_size * gradient[i]
        return new_w


@wrong("step", "one_weight_only")
def _(w, gradient, step_size):
    new_w = []
    for i in range(len(w)):
        new_w.append(w[i] - step_size * gradient[i])
        return new_w


@wrong("step", "one_weight_only")
def _(w, gradient, step_size):
    for wi, gi in zip(w, gradient):
        new_w = wi - step_size * gi
    return new_w


@wrong("step", "one_weight_only")
def _(w, gradient, step_size):
    new_w = w[0] - step_size * gradient[0]
    return new_w


@wrong("step", "step_per_weight")
def _(w, gradient, step_size):
    new_w = w
    for i in range(len(w)):
        new_w = new_w - step_size * gradient
    return new_w


@odd("step")
def _(w, gradient, step_size):
    return w - step_size * gradient ** 3


@odd("step")
def _(w, gradient, step_size):
    return w - step_size * gradient - 0.01 * w


# largest_step -----------------------------------------------------------------------------------------------

@right("largest_step")
def limit_eigvalsh(X):
    return 2 / max(np.linalg.eigvalsh(X.T @ X / X.shape[0]))


@right("largest_step")
def limit_singular_values(X):
    s = np.linalg.svd(X, compute_uv=False)
    return 2 * len(X) / s[0] ** 2


@right("largest_step")
def limit_eig(X):
    values, vectors = np.linalg.eig(X.T.dot(X))
    return 2 / (np.max(values) / len(X))


@right("largest_step")
def limit_norm(X):
    return 2 / np.linalg.norm(np.dot(X.T, X) / len(X), ord=2)


@right("largest_step")
def limit_big_matrix(X):
    return 2 / np.linalg.eigvalsh(X @ X.T / len(X))[-1]


@right("largest_step")
def limit_loops(X):
    n, d = X.shape
    H = np.zeros((d, d))
    for i in range(d):
        for j in range(d):
            for k in range(n):
                H[i][j] += X[k][i] * X[k][j] / n
    return 2 / np.sort(np.linalg.eigvals(H))[-1]


@right("largest_step")
def limit_einsum(X):
    return 2 / np.linalg.eigh(np.einsum("ki,kj->ij", X, X) / len(X)).eigenvalues.max()


@right("largest_step")
def limit_power_iteration(X):
    v = np.ones(X.shape[1])
    for _ in range(500):
        v = X.T @ (X @ v)
        v = v / np.linalg.norm(v)
    return 2 / (v @ (X.T @ (X @ v)) / len(X))


@right("largest_step")
def limit_list(X):
    return [2.0 / np.linalg.eigvalsh(X.T @ X / len(X)).max()]


@right("largest_step")
def limit_float32(X):
    X = X.astype(np.float32)
    return np.float32(2) / np.linalg.eigvalsh(X.T @ X / np.float32(len(X)))[-1]


@right("largest_step")
def limit_complex(X):
    return 2 / np.linalg.eigvals(X.T @ X / len(X)).astype(complex).max()


@wrong("largest_step", "half_the_limit")
def _(X):
    H = X.T @ X / len(X)
    return 1 / np.linalg.eigvalsh(H).max()


@wrong("largest_step", "half_the_limit")
def _(X):
    H = 2 * X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(H)[-1]


@wrong("largest_step", "smallest_curvature")
def _(X):
    H = X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(H)[0]


@wrong("largest_step", "smallest_curvature")
def _(X):
    values = np.linalg.svd(X.T @ X / len(X))[1]
    return 2 / min(values)


@wrong("largest_step", "forgot_mean")
def _(X):
    H = X.T.dot(X)
    eigenvalues = np.linalg.eigvalsh(H)
    return 2 / eigenvalues.max()


@wrong("largest_step", "forgot_mean")
def _(X):
    return 2 / np.linalg.norm(X, 2) ** 2


@wrong("largest_step", "forgot_mean")
def _(X):
    return 2 / np.linalg.eigvalsh(X @ X.T).max()


@wrong("largest_step", "half_the_limit+forgot_mean")
def _(X):
    return 1 / np.linalg.eigvalsh(X.T @ X).max()


@wrong("largest_step", "best_step")
def _(X):
    values = np.linalg.eigvalsh(X.T @ X / len(X))
    return 2 / (values.min() + values.max())


@wrong("largest_step", "sum_of_curvatures")
def _(X):
    H = X.T @ X / len(X)
    return 2 / np.trace(H)


@wrong("largest_step", "sum_of_curvatures")
def _(X):
    return 2 / np.mean(np.sum(X ** 2, axis=1))


@wrong("largest_step", "not_squared")
def _(X):
    s = np.linalg.svd(X, compute_uv=False)
    return 2 / s.max()


@wrong("largest_step", "not_squared")
def _(X):
    s = np.linalg.svd(X / np.sqrt(len(X)), compute_uv=False)
    return 2 / s.max()


@wrong("largest_step", "centred")
def _(X):
    return 2 / np.linalg.eigvalsh(np.cov(X.T)).max()


@wrong("largest_step", "centred")
def _(X):
    return 2 / np.linalg.eigvalsh(np.cov(X)).max()


@wrong("largest_step", "centred")
def _(X):
    centred = X - X.mean(axis=0)
    H = centred.T @ centred / len(X)
    return 2 / np.linalg.eigvalsh(H).max()


@wrong("largest_step", "curvature_itself")
def _(X):
    return np.linalg.eigvalsh(X.T @ X / len(X)).max()


@wrong("largest_step", "diagonal")
def _(X):
    H = X.T @ X / len(X)
    return 2 / np.max(H)


@wrong("largest_step", "diagonal")
def _(X):
    return 2 / np.max(np.mean(X ** 2, axis=0))


@wrong("largest_step", "all_directions")
def _(X):
    H = X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(H)


@wrong("largest_step", "returned_none")
def _(X):
    H = X.T @ X / len(X)
    print(2 / np.linalg.eigvalsh(H).max())


@wrong("largest_step", "divided_by_d")
def _(X):
    H = X.T @ X / X.shape[1]
    return 2 / np.linalg.eigvalsh(H).max()


@wrong("largest_step", "raises")
def _(X):
    return 2 / np.linalg.eigvalsh(X).max()


@wrong("largest_step", "shape")
def _(X):
    H = X.T @ X / len(X)
    return 2 / H


@wrong("largest_step", "ignores_argument")
def _(X):
    return 0.4759


@wrong("largest_step", "length_of_matrix")
def _(X):
    H = X.T @ X / len(X)
    return 2 / np.sqrt((H ** 2).sum())


@wrong("largest_step", "second_curvature")
def _(X):
    H = X.T.dot(X) / len(X)
    return 2 / np.linalg.eigvalsh(H)[1]


@wrong("largest_step", "half_the_limit+second_curvature")
def _(X):
    small, large = np.linalg.eigvalsh(X.T.dot(X) / len(X))[:2]
    return 1 / large


@wrong("largest_step", "unsorted")
def _(X):
    H = X.T.dot(X) / X.shape[0]
    return 2 / np.linalg.eigvals(H)[-1]


@wrong("largest_step", "unsorted")
def _(X):
    values, vectors = np.linalg.eig(X.T @ X / len(X))
    return 2 / values[0]


@wrong("largest_step", "forgot_mean+unsorted")
def _(X):
    return 2 / np.linalg.eigvals(X.T @ X)[-1]


@wrong("largest_step", "missing_brackets")
def _(X):
    return 2 / np.linalg.eigvalsh(X.T @ X).max() / len(X)


@wrong("largest_step", "missing_brackets")
def _(X):
    H = X.T @ X / 2 * len(X)
    return 2 / np.linalg.eigvalsh(H).max()


@wrong("largest_step", "raises")
def _(X):
    H = X.T @ X / n  # noqa: F821
    return 2 / np.linalg.eigvalsh(H).max()


@odd("largest_step")
def _(X):
    return -2 / (1 + np.linalg.eigvalsh(X.T @ X / len(X)).max())


@odd("largest_step")
def _(X):
    return 1.9 / np.linalg.eigvalsh(X.T @ X / len(X)).max()


@odd("largest_step")
def _(X):
    return 2.3 / np.linalg.eigvalsh(X.T @ X / len(X)).max()


# descend ----------------------------------------------------------------------------------------------------

@right("descend")
def descend_plus(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y - X.dot(w)
        w = w + step_size * X.T.dot(error) / len(y)
    return w


@right("descend")
def descend_while(X, y, w, step_size, steps):
    done = 0
    while done < steps:
        gradient = X.T @ (X @ w - y) / X.shape[0]
        w = w - step_size * gradient
        done += 1
    return w


@right("descend")
def descend_loops(X, y, w, step_size, steps):
    w = list(w)
    n, d = X.shape
    for _ in range(steps):
        errors = [sum(X[i][j] * w[j] for j in range(d)) - y[i] for i in range(n)]
        slopes = [sum(errors[i] * X[i][j] for i in range(n)) / n for j in range(d)]
        w = [w[j] - step_size * slopes[j] for j in range(d)]
    return w


@right("descend")
def descend_recursive(X, y, w, step_size, steps):
    if steps == 0:
        return w
    new_w = w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return descend_recursive(X, y, new_w, step_size, steps - 1)


@right("descend")
def descend_copy(X, y, w, step_size, steps):
    w = w.copy()
    for _ in range(steps):
        w -= step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w


@right("descend")
def descend_einsum(X, y, w, step_size, steps):
    for _ in range(steps):
        error = np.einsum("ij,j->i", X, w) - y
        w = w - step_size * np.einsum("ij,i->j", X, error) / len(error)
    return w


@right("descend")
def descend_columns(X, y, w, step_size, steps):
    w, y = w[:, None], y[:, None]
    for _ in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
    return w


@right("descend")
def descend_matrix(X, y, w, step_size, steps):
    H, c = X.T @ X / len(y), X.T @ y / len(y)
    for _ in range(steps):
        w = w - step_size * (H @ w - c)
    return w


@right("descend")
def descend_path(X, y, w, step_size, steps):
    path = [w]
    for i in range(steps):
        error = X.dot(path[i]) - y
        path.append(path[i] - step_size * np.mean(error[:, None] * X, axis=0))
    return path[-1]


@right("descend")
def descend_float32(X, y, w, step_size, steps):
    X, y, w = X.astype(np.float32), y.astype(np.float32), w.astype(np.float32)
    for _ in range(steps):
        w = w - np.float32(step_size) * X.T.dot(X.dot(w) - y) / np.float32(len(y))
    return w


@wrong("descend", "as_given")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y - X.dot(w)
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "uphill")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w + step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "uphill")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = -(X.dot(w) - y)
        gradient = X.T.dot(error) / len(y)
        w = w - step_size * gradient
    return w


@wrong("descend", "one_step")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
        return w


@wrong("descend", "one_step")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        new_w = w - step_size * X.T.dot(error) / len(y)
    return new_w


@wrong("descend", "gradient_once")
def _(X, y, w, step_size, steps):
    error = X.dot(w) - y
    for _ in range(steps):
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "uphill+gradient_once")
def _(X, y, w, step_size, steps):
    error = y - X.dot(w)
    gradient = X.T.dot(error) / len(y)
    for _ in range(steps):
        w = w - step_size * gradient
    return w


@wrong("descend", "one_step_too_few")
def _(X, y, w, step_size, steps):
    for i in range(1, steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "one_step_too_many")
def _(X, y, w, step_size, steps):
    i = 0
    while i <= steps:
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
        i += 1
    return w


@wrong("descend", "forgot_mean")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error)
    return w


@wrong("descend", "uphill+forgot_mean")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y - X.dot(w)
        w = w - step_size * X.T.dot(error)
    return w


@wrong("descend", "factor_two")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * 2 * X.T.dot(error) / len(y)
    return w


@wrong("descend", "returned_loss")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return np.mean((X.dot(w) - y) ** 2) / 2


@wrong("descend", "mutates_input")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w -= step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "mutates_input")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y - X.dot(w)
        w -= step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "returned_path")
def _(X, y, w, step_size, steps):
    ws = [w]
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
        ws.append(w)
    return np.array(ws)


@wrong("descend", "starts_at_zero")
def _(X, y, w, step_size, steps):
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "returned_gradient")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        g = X.T.dot(error) / len(y)
        w = w - step_size * g
    return g


@wrong("descend", "not_moved")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        new_w = w - step_size * X.T.dot(error) / len(y)  # noqa: F841
    return w


@wrong("descend", "returned_none")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)


@wrong("descend", "transposed")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.dot(error) / len(y)
    return w


@wrong("descend", "added_target")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y + X.dot(w)
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "absolute_error")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = np.abs(y - X.dot(w))
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "ignores_argument")
def _(X, y, w, step_size, steps):
    for _ in range(20):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "no_step_size")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        w = w - X.T.dot(X.dot(w) - y) / len(y)
    return w


@wrong("descend", "not_numbers")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        w = w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w, X.dot(w) - y


@wrong("descend", "raises")
def _(X, y, w, step_size, steps):
    for _ in steps:
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w


@wrong("descend", "missing_brackets")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * 1/2*len(y) * X.T.dot(error)
    return w


@wrong("descend", "uphill+missing_brackets")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        error = y - X.dot(w)
        w = w - step_size * X.T.dot(error) / 2 * len(y)
    return w


@wrong("descend", "raises")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        w = w - step_size * X.T.dot(error) / len(y)  # noqa: F821
    return w


@odd("descend")
def _(X, y, w, step_size, steps):
    velocity = 0
    for _ in range(steps):
        velocity = 0.9 * velocity + X.T.dot(X.dot(w) - y) / len(y)
        w = w - step_size * velocity
    return w + 0.1


@odd("descend")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        w = 0.99 * w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w
