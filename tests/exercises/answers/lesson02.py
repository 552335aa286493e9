"""Answers to the exercises of lesson 02, as learners write them."""

from . import answers

answers("step", right="""
one_line:   return w - step_size * gradient
added:      return w + (-gradient) * step_size
loop:
    new_w = np.zeros(len(w))
    for i in range(len(w)):
        new_w[i] = w[i] - step_size * gradient[i]
    return new_w
list:       return [a - step_size * g for a, g in zip(w, gradient)]
copy:       new_w = w.copy(); new_w -= step_size * gradient; return new_w
subtract:   return np.subtract(w, np.multiply(step_size, gradient))
matrix:     return np.stack([w, gradient], axis=1) @ np.array([1, -step_size])
columns:    return w.reshape(-1, 1) - step_size * gradient.reshape(-1, 1)
float32:    return w.astype(np.float32) - np.float32(step_size) * gradient.astype(np.float32)
einsum:     return w - np.einsum("i,->i", gradient, step_size)
generator
    def step(w: np.ndarray, gradient: np.ndarray, step_size: float) -> np.ndarray:
        return np.fromiter((a - step_size * g for a, g in zip(w, gradient)), float)
fractions:
    w, gradient, step_size = map(Fraction, w), map(Fraction, gradient), Fraction(step_size)
    return np.array([a - step_size * g for a, g in zip(w, gradient)])
""", wrong="""
uphill                 new_w = w + step_size * gradient
uphill+no_step_size    return w + gradient
mutates_input          w -= step_size * gradient; new_w = w
                       gradient *= step_size; return w - gradient
mutates_input
    for i in range(len(w)):
        w[i] = w[i] - step_size * gradient[i]
    return w
multiplied             new_w = w * gradient * step_size
scaled_all             new_w = (w - gradient) * step_size
sign_only              new_w = np.where(gradient > 0, w - step_size, w + step_size)
one_slope_for_all      new_w = w - step_size * np.mean(gradient)
                       new_w = w - step_size * np.sqrt(np.sum(gradient ** 2))
not_moved              return w
returned_none:         new_w = w - step_size * gradient; print(new_w)
ignores_argument       new_w = w - 0.1 * gradient
raises                 new_w = w - step_size(gradient)
divided_by_d           return w - (1 / len(w)) * step_size * gradient
shape                  return w, w - step_size * gradient
uphill+one_slope_for_all  new_w = w + step_size * gradient[0]
one_weight_only:       new_w = w + 0; new_w[-1:] = w[-1:] - step_size * gradient[-1:]; return new_w
one_weight_only:
    new_w = np.zeros(len(w))
    for i in range(len(w)):
        new_w[i] = w[i] - step_size * gradient[i]
        return new_w
one_weight_only:
    new_w = w.copy()
    for i in range(len(w)):
        new_w[i] -= step_size * gradient[i]
        return new_w
one_weight_only:
    new_w = []
    for i in range(len(w)):
        new_w.append(w[i] - step_size * gradient[i])
        return new_w
one_weight_only
    for wi, gi in zip(w, gradient):
        new_w = wi - step_size * gi
    return new_w
step_per_weight
    new_w = w
    for i in range(len(w)):
        new_w = new_w - step_size * gradient
    return new_w
added_step_size        new_w = w - gradient - step_size
                       new_w = w + gradient - step_size
whole_line_multiplied  new_w = gradient * (w - step_size)
a_power                new_w = w - step_size ** 2 * gradient
""", odd="""
cubed:       return w - step_size * gradient ** 3
pulled_in:   return w - step_size * gradient - 0.3 * np.sin(w)
""")

answers("largest_step", right="""
eigvalsh:         return 2 / max(np.linalg.eigvalsh(X.T @ X / X.shape[0]))
singular_values:  s = np.linalg.svd(X, compute_uv=False); return 2 * len(X) / s[0] ** 2
eig:              values, vectors = np.linalg.eig(X.T.dot(X)); return 2 / (np.max(values) / len(X))
norm:             return 2 / np.linalg.norm(np.dot(X.T, X) / len(X), ord=2)
big_matrix:       return 2 / np.linalg.eigvalsh(X @ X.T / len(X))[-1]
loops:
    n, d = X.shape
    H = np.zeros((d, d))
    for i in range(d):
        for j in range(d):
            for k in range(n):
                H[i][j] += X[k][i] * X[k][j] / n
    return 2 / np.sort(np.linalg.eigvals(H))[-1]
einsum:           return 2 / np.linalg.eigh(np.einsum("ki,kj->ij", X, X) / len(X)).eigenvalues.max()
power_iteration:
    v = np.ones(X.shape[1])
    for _ in range(500):
        v = X.T @ (X @ v)
        v = v / np.linalg.norm(v)
    return 2 / (v @ (X.T @ (X @ v)) / len(X))
list:             return [2.0 / np.linalg.eigvalsh(X.T @ X / len(X)).max()]
float32:
    X = X.astype(np.float32)
    return np.float32(2) / np.linalg.eigvalsh(X.T @ X / np.float32(len(X)))[-1]
complex:          return 2 / np.linalg.eigvals(X.T @ X / len(X)).astype(complex).max()
typed
    def largest_step(X: np.ndarray) -> float:
        return float(2 * len(X) / np.square(np.linalg.norm(X, ord=2)))
""", wrong="""
raises                  H = X.T @ X / n
                        return 2 / np.linalg.eigvalsh(X).max()
half_the_limit          return 1 / np.linalg.eigvalsh(H).max()
                        H = 2 * X.T @ X / len(X)
smallest_curvature      return 2 / np.linalg.eigvalsh(H)[0]
                        values = np.linalg.svd(X.T @ X / len(X))[1]; return 2 / min(values)
forgot_mean             H = X.T.dot(X)
                        return 2 / np.linalg.norm(X, 2) ** 2
                        return 2 / np.linalg.eigvalsh(X @ X.T).max()
half_the_limit+forgot_mean  return 1 / np.linalg.eigvalsh(X.T @ X).max()
best_step               values = np.linalg.eigvalsh(X.T @ X / len(X)); return 2 / (values.min() + values.max())
sum_of_curvatures       return 2 / np.trace(H)
                        return 2 / np.mean(np.sum(X ** 2, axis=1))
not_squared             s = np.linalg.svd(X, compute_uv=False); return 2 / s.max()
                        s = np.linalg.svd(X / np.sqrt(len(X)), compute_uv=False); return 2 / s.max()
centred                 return 2 / np.linalg.eigvalsh(np.cov(X.T)).max()
                        return 2 / np.linalg.eigvalsh(np.cov(X)).max()
                        centred = X - X.mean(axis=0); H = centred.T @ centred / len(X)
curvature_itself        return np.linalg.eigvalsh(X.T @ X / len(X)).max()
diagonal                return 2 / np.max(H)
                        return 2 / np.max(np.mean(X ** 2, axis=0))
all_directions          return 2 / np.linalg.eigvalsh(H)
returned_none:          H = X.T @ X / len(X); print(2 / np.linalg.eigvalsh(H).max())
divided_by_d            H = X.T @ X / X.shape[1]
shape                   return 2 / H
ignores_argument        return 0.4759
length_of_matrix        return 2 / np.sqrt((H ** 2).sum())
second_curvature        return 2 / np.linalg.eigvalsh(H)[1]
half_the_limit+second_curvature  small, large = np.linalg.eigvalsh(X.T.dot(X) / len(X))[:2]; return 1 / large
unsorted                values, vectors = np.linalg.eig(X.T @ X / len(X)); return 2 / values[0]
forgot_mean+unsorted    return 2 / np.linalg.eigvals(X.T @ X)[-1]
missing_brackets        return 2 / np.linalg.eigvalsh(X.T @ X).max() / len(X)
                        H = X.T @ X / 2 * len(X)
factor                  return 1.9 / curvatures.max()
                        return 2.3 / np.linalg.norm(H, 2)
quarter_of_the_limit    H = 2 * X.T @ X / len(X); return 1 / max(np.linalg.eigvalsh(H))
typed_number            H = X.T @ X / 100
first_example_left_out  X = X[1:]; H = X.T @ X / len(X)
last_example_only
    for row in X:
        H = np.outer(row, row)
    return 2 / np.linalg.eigvalsh(H).max()
""", odd="""
one_added:  return -2 / (1 + np.linalg.eigvalsh(X.T @ X / len(X)).max())
""")

answers("descend", right="""
plus:
    for _ in range(steps):
        error = y - X.dot(w)
        w = w + step_size * X.T.dot(error) / len(y)
    return w
while:
    done = 0
    while done < steps:
        gradient = X.T @ (X @ w - y) / X.shape[0]
        w = w - step_size * gradient
        done += 1
    return w
loops:
    w = list(w)
    n, d = X.shape
    for _ in range(steps):
        errors = [sum(X[i][j] * w[j] for j in range(d)) - y[i] for i in range(n)]
        slopes = [sum(errors[i] * X[i][j] for i in range(n)) / n for j in range(d)]
        w = [w[j] - step_size * slopes[j] for j in range(d)]
    return w
recursive:
    if steps == 0:
        return w
    new_w = w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return descend(X, y, new_w, step_size, steps - 1)
copy:
    w = w.copy()
    for _ in range(steps):
        w -= step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w
einsum:
    for _ in range(steps):
        error = np.einsum("ij,j->i", X, w) - y
        w = w - step_size * np.einsum("ij,i->j", X, error) / len(error)
    return w
columns:
    w, y = w[:, None], y[:, None]
    for _ in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
    return w
matrix:
    H, c = X.T @ X / len(y), X.T @ y / len(y)
    for _ in range(steps):
        w = w - step_size * (H @ w - c)
    return w
path:
    path = [w]
    for i in range(steps):
        error = X.dot(path[i]) - y
        path.append(path[i] - step_size * np.mean(error[:, None] * X, axis=0))
    return path[-1]
folded
    def descend(X: np.ndarray, y: np.ndarray, w: np.ndarray, step_size: float, steps: int) -> np.ndarray:
        return functools.reduce(lambda w, _: w - step_size * (X @ w - y) @ X / len(y), range(steps), w)
generator:
    def places(w):
        while True:
            yield w
            w = w - step_size * X.T @ (X @ w - y) / len(y)
    return next(itertools.islice(places(w), steps, None))
float32:
    X, y, w = X.astype(np.float32), y.astype(np.float32), w.astype(np.float32)
    for _ in range(steps):
        w = w - np.float32(step_size) * X.T.dot(X.dot(w) - y) / np.float32(len(y))
    return w
""", wrong="""
raises:
    for _ in range(steps):
        w = w - step_size * X.T.dot(error) / len(y)
    return w
raises
    for _ in steps:
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w
as_given              error = y - X.dot(w)
uphill                w = w + step_size * X.T.dot(error) / len(y)
                      error = -(X.dot(w) - y)
one_step:
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
        return w
one_step:
    for _ in range(steps):
        error = X.dot(w) - y
        new_w = w - step_size * X.T.dot(error) / len(y)
    return new_w
gradient_once:
    error = X.dot(w) - y
    for _ in range(steps):
        w = w - step_size * X.T.dot(error) / len(y)
    return w
uphill+gradient_once:
    error = y - X.dot(w)
    gradient = X.T.dot(error) / len(y)
    for _ in range(steps):
        w = w - step_size * gradient
    return w
one_step_too_few:
    for i in range(1, steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w
one_step_too_many:
    i = 0
    while i <= steps:
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
        i += 1
    return w
forgot_mean           w = w - step_size * X.T.dot(error)
uphill+forgot_mean    error = y - X.dot(w); w = w - step_size * X.T.dot(error)
factor_two            w = w - step_size * 2 * X.T.dot(error) / len(y)
returned_loss         return np.mean((X.dot(w) - y) ** 2) / 2
mutates_input         w -= step_size * X.T.dot(error) / len(y)
                      error = y - X.dot(w); w -= step_size * X.T.dot(error) / len(y)
returned_path:
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
returned_gradient     g = X.T.dot(error) / len(y); return g
not_moved:
    for _ in range(steps):
        error = X.dot(w) - y
        new_w = w - step_size * X.T.dot(error) / len(y)
    return w
returned_none:
    for _ in range(steps):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
added_target          error = y + X.dot(w)
absolute_error        error = np.abs(y - X.dot(w))
ignores_argument:
    for _ in range(20):
        error = X.dot(w) - y
        w = w - step_size * X.T.dot(error) / len(y)
    return w
no_step_size          w = w - X.T.dot(X.dot(w) - y) / len(y)
not_numbers           return w, X.dot(w) - y
missing_brackets      w = w - step_size * 1/2*len(y) * X.T.dot(error)
uphill+missing_brackets  error = y - X.dot(w); w = w - step_size * X.T.dot(error) / 2 * len(y)
row_by_row:
    for _ in range(steps):
        for i in range(len(y)):
            w = w - step_size * (X[i] @ w - y[i]) * X[i]
    return w
one_after_the_other
    w = list(w)
    for _ in range(steps):
        for j in range(len(w)):
            w[j] -= step_size * np.mean((X @ w - y) * X[:, j])
    return np.array(w)
not_reset:
    gradient = 0
    for _ in range(steps):
        gradient = gradient + X.T @ (X @ w - y) / len(y)
        w = w - step_size * gradient
    return w
first_example_only    w = w - step_size * (X[0] @ w - y[0]) * X[0]
forgot_old_weights    w =- step_size * X.T @ error / len(y)
prediction_not_error  error = X @ w
sign_of_error         error = np.where(X @ w > y, 1, -1)
one_slope_for_all     w = w - step_size * error.mean()
product_of_means      w = w - step_size * np.mean(error.mean() * X, axis=0)
uphill+product_of_means  w = w + step_size * np.mean(error) * X.mean(axis=0)
typed_number          w = w - step_size * X.T @ error / 1000
shrinking_steps       w = w - step_size / (_ + 1) * X.T @ error / len(y)
shrinking_steps:
    for _ in range(steps):
        w = w - step_size * X.T @ (X @ w - y) / len(y)
        step_size = step_size * 0.9
    return w
divided_by_steps      w = w - step_size / steps * X.T @ error / len(y)
""", odd="""
velocity:
    velocity = 0
    for _ in range(steps):
        velocity = 0.9 * velocity + X.T.dot(X.dot(w) - y) / len(y)
        w = w - step_size * velocity
    return w + 0.1
pulled_in:
    for _ in range(steps):
        w = 0.7 * w - step_size * X.T.dot(X.dot(w) - y) / len(y)
    return w
""")
