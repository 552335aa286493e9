"""Answers to the exercises of lesson 02, as learners write them."""

from fractions import Fraction
from functools import reduce
from itertools import islice

import numpy as np

from . import odd, right, wrong, wrong_lines

# step --------------------------------------------------------------------------------------------------------

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


@right("step")
def step_generator(w: np.ndarray, gradient: np.ndarray, step_size: float) -> np.ndarray:
    return np.fromiter((a - step_size * g for a, g in zip(w, gradient)), float)


@right("step")
def step_fractions(w, gradient, step_size):
    return np.array([Fraction(a) - Fraction(step_size) * Fraction(g) for a, g in zip(w.tolist(), gradient.tolist())])


@odd("step")
def _(w, gradient, step_size):
    return w - step_size * gradient ** 3


@odd("step")
def _(w, gradient, step_size):
    return w - step_size * gradient - 0.3 * w


wrong_lines("step", """
uphill  new_w = w + step_size * gradient
returned_gradient  return gradient
returned_step  new_w = step_size * gradient
returned_step  new_w = - step_size * gradient
no_step_size  new_w = w - gradient
uphill+no_step_size  return w + gradient
divided  new_w = w - gradient / step_size
mutates_input
    w -= step_size * gradient
    new_w = w
mutates_input
    for i in range(len(w)):
        w[i] = w[i] - step_size * gradient[i]
    return w
mutates_input
    gradient *= step_size
    return w - gradient
averaged  new_w = (1 - step_size) * w + step_size * gradient
multiplied  new_w = w * gradient * step_size
scaled_all  new_w = (w - gradient) * step_size
sign_only  new_w = np.where(gradient > 0, w - step_size, w + step_size)
one_slope_for_all  new_w = w - step_size * np.mean(gradient)
one_slope_for_all  new_w = w - step_size * np.sqrt(np.sum(gradient ** 2))
start_and_goal_swapped  new_w = step_size * gradient - w
not_moved  return w
returned_none
    def step(w, gradient, step_size):
        new_w = w - step_size * gradient
        print(new_w)
no_gradient  new_w = w - step_size
ignores_argument  new_w = w - 0.1 * gradient
raises  new_w = w - step_size(gradient)
divided_by_d  return w - (1 / len(w)) * step_size * gradient
shape  return w, w - step_size * gradient
one_slope_for_all  new_w = w - step_size * gradient[0]
uphill+one_slope_for_all  new_w = w + step_size * gradient[0]
one_weight_only
    def step(w, gradient, step_size):
        new_w = np.zeros(len(w))
        for i in range(len(w)):
            new_w[i] = w[i] - step_size * gradient[i]
            return new_w
one_weight_only
    def step(w, gradient, step_size):
        new_w = w.copy()
        for i in range(len(w)):
            new_w[i] -= step_size * gradient[i]
            return new_w
one_weight_only
    def step(w, gradient, step_size):
        new_w = []
        for i in range(len(w)):
            new_w.append(w[i] - step_size * gradient[i])
            return new_w
one_weight_only
    for wi, gi in zip(w, gradient):
        new_w = wi - step_size * gi
    return new_w
one_weight_only  new_w = w[0] - step_size * gradient[0]
step_per_weight
    new_w = w
    for i in range(len(w)):
        new_w = new_w - step_size * gradient
    return new_w
added_step_size  new_w = w - gradient - step_size
added_step_size  new_w = w + gradient - step_size
whole_line_multiplied  new_w = gradient * (w - step_size)
a_power  new_w = w - step_size ** 2 * gradient
one_weight_only
    def step(w, gradient, step_size):
        new_w = w + 0
        new_w[-1:] = w[-1:] - step_size * gradient[-1:]
        return new_w
""")


# largest_step ------------------------------------------------------------------------------------------------

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


@right("largest_step")
def limit_typed(X: np.ndarray) -> float:
    return float(2 * len(X) / np.square(np.linalg.norm(X, ord=2)))


@odd("largest_step")
def _(X):
    return -2 / (1 + np.linalg.eigvalsh(X.T @ X / len(X)).max())


@wrong("largest_step", "raises")
def _(X):
    H = X.T @ X / n  # noqa: F821
    return 2 / np.linalg.eigvalsh(H).max()


wrong_lines("largest_step", """
half_the_limit  return 1 / np.linalg.eigvalsh(H).max()
half_the_limit
    H = 2 * X.T @ X / len(X)
    return 2 / np.linalg.eigvalsh(H)[-1]
smallest_curvature  return 2 / np.linalg.eigvalsh(H)[0]
smallest_curvature
    values = np.linalg.svd(X.T @ X / len(X))[1]
    return 2 / min(values)
forgot_mean
    H = X.T.dot(X)
    eigenvalues = np.linalg.eigvalsh(H)
    return 2 / eigenvalues.max()
forgot_mean  return 2 / np.linalg.norm(X, 2) ** 2
forgot_mean  return 2 / np.linalg.eigvalsh(X @ X.T).max()
half_the_limit+forgot_mean  return 1 / np.linalg.eigvalsh(X.T @ X).max()
best_step
    values = np.linalg.eigvalsh(X.T @ X / len(X))
    return 2 / (values.min() + values.max())
sum_of_curvatures  return 2 / np.trace(H)
sum_of_curvatures  return 2 / np.mean(np.sum(X ** 2, axis=1))
not_squared
    s = np.linalg.svd(X, compute_uv=False)
    return 2 / s.max()
not_squared
    s = np.linalg.svd(X / np.sqrt(len(X)), compute_uv=False)
    return 2 / s.max()
centred  return 2 / np.linalg.eigvalsh(np.cov(X.T)).max()
centred  return 2 / np.linalg.eigvalsh(np.cov(X)).max()
centred
    centred = X - X.mean(axis=0)
    H = centred.T @ centred / len(X)
    return 2 / np.linalg.eigvalsh(H).max()
curvature_itself  return np.linalg.eigvalsh(X.T @ X / len(X)).max()
diagonal  return 2 / np.max(H)
diagonal  return 2 / np.max(np.mean(X ** 2, axis=0))
all_directions  return 2 / np.linalg.eigvalsh(H)
returned_none
    def largest_step(X):
        H = X.T @ X / len(X)
        print(2 / np.linalg.eigvalsh(H).max())
divided_by_d
    H = X.T @ X / X.shape[1]
    return 2 / np.linalg.eigvalsh(H).max()
raises  return 2 / np.linalg.eigvalsh(X).max()
shape  return 2 / H
ignores_argument  return 0.4759
length_of_matrix  return 2 / np.sqrt((H ** 2).sum())
second_curvature  return 2 / np.linalg.eigvalsh(H)[1]
half_the_limit+second_curvature
    small, large = np.linalg.eigvalsh(X.T.dot(X) / len(X))[:2]
    return 1 / large
unsorted  return 2 / np.linalg.eigvals(H)[-1]
unsorted
    values, vectors = np.linalg.eig(X.T @ X / len(X))
    return 2 / values[0]
forgot_mean+unsorted  return 2 / np.linalg.eigvals(X.T @ X)[-1]
missing_brackets  return 2 / np.linalg.eigvalsh(X.T @ X).max() / len(X)
missing_brackets
    H = X.T @ X / 2 * len(X)
    return 2 / np.linalg.eigvalsh(H).max()
factor  return 1.9 / curvatures.max()
factor  return 2.3 / np.linalg.norm(H, 2)
quarter_of_the_limit
    H = 2 * X.T @ X / len(X)
    return 1 / max(np.linalg.eigvalsh(H))
typed_number  H = X.T @ X / 100
first_example_left_out
    X = X[1:]
    H = X.T @ X / len(X)
last_example_only
    for row in X:
        H = np.outer(row, row)
    return 2 / np.linalg.eigvalsh(H).max()
""")


# descend -----------------------------------------------------------------------------------------------------

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
def descend_folded(X: np.ndarray, y: np.ndarray, w: np.ndarray, step_size: float, steps: int) -> np.ndarray:
    return reduce(lambda w, _: w - step_size * (X @ w - y) @ X / len(y), range(steps), w)


@right("descend")
def descend_generator(X, y, w, step_size, steps):
    def places(w):
        while True:
            yield w
            w = w - step_size * X.T @ (X @ w - y) / len(y)
    return next(islice(places(w), steps, None))


@right("descend")
def descend_float32(X, y, w, step_size, steps):
    X, y, w = X.astype(np.float32), y.astype(np.float32), w.astype(np.float32)
    for _ in range(steps):
        w = w - np.float32(step_size) * X.T.dot(X.dot(w) - y) / np.float32(len(y))
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
        w = 0.7 * w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w


@wrong("descend", "raises")
def _(X, y, w, step_size, steps):
    for _ in range(steps):
        w = w - step_size * X.T.dot(error) / len(y)  # noqa: F821
    return w


wrong_lines("descend", """
as_given
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w = w - step_size * X.T.dot(error) / len(y)
        return w
uphill
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w + step_size * X.T.dot(error) / len(y)
        return w
uphill
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = -(X.dot(w) - y)
            gradient = X.T.dot(error) / len(y)
            w = w - step_size * gradient
        return w
one_step
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
            return w
one_step
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            new_w = w - step_size * X.T.dot(error) / len(y)
        return new_w
gradient_once
    def descend(X, y, w, step_size, steps):
        error = X.dot(w) - y
        for _ in range(steps):
            w = w - step_size * X.T.dot(error) / len(y)
        return w
uphill+gradient_once
    def descend(X, y, w, step_size, steps):
        error = y - X.dot(w)
        gradient = X.T.dot(error) / len(y)
        for _ in range(steps):
            w = w - step_size * gradient
        return w
one_step_too_few
    def descend(X, y, w, step_size, steps):
        for i in range(1, steps):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
        return w
one_step_too_many
    def descend(X, y, w, step_size, steps):
        i = 0
        while i <= steps:
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
            i += 1
        return w
forgot_mean
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error)
        return w
uphill+forgot_mean
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w = w - step_size * X.T.dot(error)
        return w
factor_two
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * 2 * X.T.dot(error) / len(y)
        return w
returned_loss  return np.mean((X.dot(w) - y) ** 2) / 2
mutates_input
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w -= step_size * X.T.dot(error) / len(y)
        return w
mutates_input
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w -= step_size * X.T.dot(error) / len(y)
        return w
returned_path
    def descend(X, y, w, step_size, steps):
        ws = [w]
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
            ws.append(w)
        return np.array(ws)
starts_at_zero
    w = np.zeros(X.shape[1])
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w
returned_gradient
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            g = X.T.dot(error) / len(y)
            w = w - step_size * g
        return g
not_moved
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            new_w = w - step_size * X.T.dot(error) / len(y)  # noqa: F841
        return w
returned_none
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
transposed
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * X.dot(error) / len(y)
        return w
added_target
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y + X.dot(w)
            w = w - step_size * X.T.dot(error) / len(y)
        return w
absolute_error
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = np.abs(y - X.dot(w))
            w = w - step_size * X.T.dot(error) / len(y)
        return w
ignores_argument
    def descend(X, y, w, step_size, steps):
        for _ in range(20):
            error = X.dot(w) - y
            w = w - step_size * X.T.dot(error) / len(y)
        return w
no_step_size
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            w = w - X.T.dot(X.dot(w) - y) / len(y)
        return w
not_numbers
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            w = w - step_size * X.T.dot(X.dot(w) - y) / len(y)
        return w, X.dot(w) - y
raises
    for _ in steps:
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w
missing_brackets
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = X.dot(w) - y
            w = w - step_size * 1/2*len(y) * X.T.dot(error)
        return w
uphill+missing_brackets
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            error = y - X.dot(w)
            w = w - step_size * X.T.dot(error) / 2 * len(y)
        return w
row_by_row
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            for i in range(len(y)):
                w = w - step_size * (X[i] @ w - y[i]) * X[i]
        return w
one_after_the_other
    def descend(X, y, w, step_size, steps):
        w = list(w)
        for _ in range(steps):
            for j in range(len(w)):
                w[j] -= step_size * np.mean((X @ w - y) * X[:, j])
        return np.array(w)
not_reset
    def descend(X, y, w, step_size, steps):
        gradient = 0
        for _ in range(steps):
            gradient = gradient + X.T @ (X @ w - y) / len(y)
            w = w - step_size * gradient
        return w
first_example_only  w = w - step_size * (X[0] @ w - y[0]) * X[0]
forgot_old_weights  w =- step_size * X.T @ error / len(y)
prediction_not_error  error = X @ w
target_not_error  error = y
sign_of_error  error = np.where(X @ w > y, 1, -1)
one_slope_for_all  w = w - step_size * error.mean()
product_of_means  w = w - step_size * np.mean(error.mean() * X, axis=0)
uphill+product_of_means  w = w + step_size * np.mean(error) * X.mean(axis=0)
typed_number  w = w - step_size * X.T @ error / 1000
shrinking_steps  w = w - step_size / (_ + 1) * X.T @ error / len(y)
shrinking_steps
    def descend(X, y, w, step_size, steps):
        for _ in range(steps):
            w = w - step_size * X.T @ (X @ w - y) / len(y)
            step_size = step_size * 0.9
        return w
divided_by_steps  w = w - step_size / steps * X.T @ error / len(y)
""")
